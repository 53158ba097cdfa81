//! The ledger: what is written can be read back, and damage is reported with its line.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use feedwright::{
    Error,
    ledger::{LastPublished, Ledger, RecentChanges, Record, Totals, is_articleless, key_without_article},
    time::Timestamp,
    url::Id,
};
use proptest::prelude::*;

use crate::snapshot::{self, Snapshots};

fn record(id: &str, fingerprint: u128) -> Record {
    Record {
        id: Id::new(id).unwrap(),
        fingerprint,
        first_seen: instant("2026-11-21T12:00:00Z"),
        updated: instant("2026-11-22T12:00:00Z"),
        last_published: None,
    }
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn last_published(title: &str) -> LastPublished {
    LastPublished {
        published: instant("2026-03-01T08:00:00Z"),
        declared_date: None,
        link: String::new(),
        title: title.to_owned(),
        content: None,
        feeds: BTreeMap::new(),
        retained_since: None,
    }
}

/// Replaces each `@` by the checksum of its line.
fn with_checksums(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| match line.strip_suffix("\t@\n") {
        Some(fields) => format!(
            "{fields}\t{:08x}\n",
            xxhash_rust::xxh3::xxh3_64(fields.as_bytes()) as u32
        ),
        None => line.to_owned(),
    });
    lines.collect()
}

#[test]
fn a_ledger_has_one_line_per_article_sorted_by_path() {
    let mut ledger = Ledger {
        authority: Some("example.org,2026-11-21".to_owned()),
        site: Some("https://example.org/".to_owned()),
        feeds: BTreeMap::from([("old feed.xml".to_owned(), instant("2026-11-20T12:00:00Z"))]),
        recent: BTreeSet::from([RecentChanges {
            at: instant("2026-11-22T12:00:00Z"),
            feeds: BTreeSet::from(["a b.xml".to_owned(), "rss.xml".to_owned()]),
            changes: Totals {
                entries: 30,
                added: 1,
                removed: BTreeSet::from([0xbeef, 0xfeed]),
                redated: BTreeSet::new(),
                edited: BTreeSet::from([7]),
            },
        }]),
        ..Ledger::default()
    };
    for (path, id) in [
        ("b.md", "tag:example.org,2026-11-21:b"),
        ("a/ü\t100%.md", "urn:x:a"),
        ("#1.md", "urn:x:1"),
    ] {
        ledger.records.insert(path.to_owned(), record(id, 0xfeed));
    }
    ledger.records.get_mut("b.md").unwrap().last_published = Some(last_published("#1"));
    ledger.records.get_mut("a/ü\t100%.md").unwrap().last_published = Some(LastPublished {
        link: "https://example.org/a/".to_owned(),
        content: Some(0xbeef),
        feeds: BTreeMap::from([("rss.xml".to_owned(), false), ("a b.xml".to_owned(), true)]),
        retained_since: Some(instant("2026-11-21T12:00:00Z")),
        ..last_published("100% true")
    });
    let expected = with_checksums(include_str!("../data/ledger/three-records.ledger"));
    assert_eq!(ledger.to_text(), expected);
    assert_eq!(Ledger::parse(&ledger.to_text()), Ok(ledger.clone()));
    let windows = ledger.to_text().replace('\n', "\r\n");
    assert_eq!(
        Ledger::parse(&windows),
        Ok(ledger),
        "a checkout with Windows line endings"
    );
}

/// Each case is a ledger, with `@` for a correct checksum, and the expected message.
#[test]
fn a_damaged_ledger_is_reported_with_its_line() {
    let mut snapshots = Snapshots::default();
    let cases = snapshot::files(&snapshot::cases("ledger/damaged"), "ledger");
    assert!(cases.len() >= 20);
    for case in cases {
        let text = with_checksums(&std::fs::read_to_string(&case).unwrap());
        let damage = Ledger::parse(&text).expect_err(&case.display().to_string());
        let message = format!("{}: {}\nhelp: {}\n", damage.line, damage.message, damage.help);
        snapshots.compare(&case.with_extension("expected"), &message);
    }
    snapshots.finish();
}

/// A union merge keeps the line of each branch. A feed's date must not move backward.
#[test]
fn the_later_of_two_dates_of_a_feed_counts() {
    let (early, late) = ("2026-03-01T08:00:00Z", "2026-03-02T08:00:00Z");
    for dates in [[early, late], [late, early]] {
        let lines = dates.map(|date| format!("feed\trss.xml\t{date}\t@\n")).concat();
        let text = with_checksums(&format!("# feedwright ledger 2\n{lines}"));
        assert_eq!(Ledger::parse(&text).unwrap().feeds["rss.xml"], instant(late));
    }
}

/// Git merges branches that changed different lines; a conflict is reported.
#[test]
fn a_merge_of_two_branches_is_valid_or_reported() {
    let git = |folder: &Path, arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args([
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "-c",
            "init.defaultBranch=main",
        ]);
        command
            .args(arguments)
            .current_dir(folder)
            .output()
            .unwrap()
            .status
            .success()
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ledger-merge");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let ledger_of = |names: &[&str]| {
        let mut ledger = Ledger::default();
        for name in names {
            ledger
                .records
                .insert(format!("{name}.md"), record(&format!("urn:x:{name}"), 1));
        }
        ledger
    };
    let all = ["a", "c", "d", "e", "f", "h"];
    let commit = |ledger: &Ledger| {
        std::fs::write(folder.join("l"), ledger.to_text()).unwrap();
        assert!(git(&folder, &["add", "l"]) && git(&folder, &["commit", "-qm", "x"]));
    };
    assert!(git(&folder, &["init", "-q"]));
    commit(&ledger_of(&all));
    assert!(git(&folder, &["checkout", "-qb", "other"]));
    commit(&ledger_of(&["a", "b", "c", "d", "e", "f", "h"]));
    assert!(git(&folder, &["checkout", "-q", "main"]));
    commit(&ledger_of(&["a", "c", "d", "e", "f", "g", "h"]));
    assert!(
        git(&folder, &["merge", "-q", "other"]),
        "two new articles do not conflict"
    );
    let merged = Ledger::load(&folder.join("l")).unwrap().unwrap();
    assert_eq!(merged, ledger_of(&["a", "b", "c", "d", "e", "f", "g", "h"]));

    let changed = |second: i64| {
        let mut ledger = merged.clone();
        ledger.records.get_mut("d.md").unwrap().updated = Timestamp::from_unix(second).unwrap();
        ledger
    };
    assert!(git(&folder, &["checkout", "-qb", "third"]));
    commit(&changed(1));
    assert!(git(&folder, &["checkout", "-q", "main"]));
    commit(&changed(2));
    assert!(
        !git(&folder, &["merge", "-q", "third"]),
        "an article that changed on both sides conflicts"
    );
    let error = Ledger::load(&folder.join("l")).unwrap_err();
    assert_eq!(error.exit_code(), 3);
    assert!(matches!(error, Error::Damaged { line: 5, .. }), "{error:?}");
}

#[test]
fn a_missing_ledger_is_none_and_a_damaged_one_is_an_error() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ledger");
    assert_eq!(Ledger::load(&data.join("none.ledger")).unwrap(), None);
    let error = Ledger::load(&data.join("damaged/version.ledger")).unwrap_err();
    assert!(matches!(error, Error::Damaged { line: 1, .. }), "{error:?}");
    assert!(matches!(Ledger::load(&data).unwrap_err(), Error::Io { .. }), "a folder");
}

#[test]
fn a_moved_article_is_found_by_its_fingerprint() {
    let mut ledger = Ledger::default();
    for (path, fingerprint) in [("c.md", 7), ("a.md", 7), ("b.md", 1), ("d.md", u128::MAX)] {
        ledger
            .records
            .insert(path.to_owned(), record(&format!("urn:x:{path}"), fingerprint));
    }
    let index = ledger.by_fingerprint();
    assert_eq!(index.paths(7).collect::<Vec<_>>(), ["a.md", "c.md"]);
    assert_eq!(index.paths(u128::MAX).collect::<Vec<_>>(), ["d.md"]);
    assert_eq!(index.paths(2).count(), 0);
}

#[test]
fn an_id_has_a_single_record() {
    let mut ledger = Ledger::default();
    ledger.insert_records([
        ("old.md".to_owned(), record("urn:x:own", 1)),
        ("other.md".to_owned(), record("urn:x:2", 2)),
    ]);
    ledger.insert_records([
        ("new.md".to_owned(), record("urn:x:own", 3)),
        ("second.md".to_owned(), record("urn:x:own", 4)),
    ]);
    assert_eq!(ledger.records.keys().collect::<Vec<_>>(), ["new.md", "other.md"]);
    assert_eq!(
        Ledger::parse(&ledger.to_text()),
        Ok(ledger),
        "what is written can be read"
    );
}

#[test]
fn ids_with_the_same_uri_and_different_names_have_a_single_record() {
    let named = |name: &str, fingerprint| Record {
        id: Id::new("urn:x:own").unwrap().with_name(name).unwrap(),
        ..record("urn:x:own", fingerprint)
    };
    let mut ledger = Ledger::default();
    ledger.insert_records([("old.md".to_owned(), record("urn:x:own", 1))]);
    ledger.insert_records([
        ("new.md".to_owned(), named("first", 2)),
        ("second.md".to_owned(), named("second", 3)),
        ("third.md".to_owned(), record("urn:x:own", 4)),
    ]);
    assert_eq!(ledger.records.keys().collect::<Vec<_>>(), ["new.md"]);
    assert_eq!(Ledger::parse(&ledger.to_text()), Ok(ledger));
}

prop_compose! {
    fn ledger()(
        authority in prop::option::of(prop::sample::select(vec!["example.org,2026", "ada@example.org,2026-11-21"])),
        records in prop::collection::vec((any::<String>(), "[!#-;=?-\\[\\]_a-z~]{1,20}", any::<u128>(), 0..253_402_300_799i64), 0..8),
    ) -> Ledger {
        let mut ledger = Ledger { authority: authority.map(str::to_owned), ..Ledger::default() };
        let mut names = BTreeSet::new();
        for (path, name, fingerprint, seconds) in records {
            let instant = Timestamp::from_unix(seconds).unwrap();
            let last_published = (fingerprint % 3 > 0).then(|| LastPublished {
                content: (fingerprint % 5 > 0).then_some(fingerprint),
                declared_date: (fingerprint % 7 > 3).then_some(instant),
                feeds: BTreeMap::from([(path.clone() + "x", true), ("rss.xml".to_owned(), false)]),
                ..last_published(&path)
            });
            let id = Id::new(&format!("tag:{name}")).unwrap();
            let id = id.clone().with_name(&path).filter(|_| fingerprint % 4 > 1).unwrap_or(id);
            // Two records must share neither a URI nor a name.
            if !path.is_empty() && !id.all_names().any(|name| names.contains(name)) {
                names.extend(id.all_names().map(str::to_owned));
                ledger.records.insert(path, Record { id, fingerprint, first_seen: instant, updated: instant, last_published });
            }
        }
        ledger
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ledger_reads_back_unchanged(ledger in ledger()) {
        prop_assert_eq!(Ledger::parse(&ledger.to_text()), Ok(ledger));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "(# feedwright ledger 2\n)?(\\PC{0,9}[\t\n%#]){0,20}") {
        let _ = Ledger::parse(&text);
    }
}

#[test]
fn the_key_of_an_entry_without_an_article_is_not_a_path() {
    let key = key_without_article(&Id::new("urn:x:1").unwrap());
    assert!(is_articleless(&key) && !is_articleless("a/b.md"));
}
