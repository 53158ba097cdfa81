//! The ledger: what is written reads back, and what is damaged is refused with its line.

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use feedwright::{
    Error,
    ledger::{Ledger, Record},
    time::Timestamp,
    url::Id,
};
use proptest::prelude::*;

fn record(id: &str, fingerprint: u128) -> Record {
    Record {
        id: Id::new(id).unwrap(),
        fingerprint,
        first_seen: Timestamp::parse_rfc3339("2026-11-21T12:00:00Z").unwrap(),
        updated: Timestamp::parse_rfc3339("2026-11-22T12:00:00Z").unwrap(),
    }
}

#[test]
fn a_ledger_is_lines_in_the_order_of_paths() {
    let mut ledger = Ledger {
        authority: Some("example.org,2026-11-21".to_owned()),
        ..Ledger::default()
    };
    for (path, id) in [
        ("b.md", "tag:example.org,2026-11-21:b"),
        ("a/ü\t100%.md", "urn:x:a"),
        ("#1.md", "urn:x:1"),
    ] {
        ledger.records.insert(path.to_owned(), record(id, 0xfeed));
    }
    let expected = include_str!("../data/ledger/three-records.ledger");
    assert_eq!(ledger.to_text(), expected);
    assert_eq!(Ledger::parse(expected), Ok(ledger.clone()));
    assert_eq!(
        Ledger::parse(&expected.replace('\n', "\r\n")),
        Ok(ledger),
        "a checkout with Windows line ends"
    );
}

/// Each case: the file, and beside it what is said about it.
#[test]
fn a_damaged_ledger_is_refused_with_its_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ledger/damaged");
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    cases.retain(|path| path.extension().is_some_and(|it| it == "ledger"));
    cases.sort();
    assert!(cases.len() >= 10);
    for case in cases {
        let damage = Ledger::parse(&std::fs::read_to_string(&case).unwrap()).unwrap_err();
        let mut said = String::new();
        writeln!(said, "{}: {}\nhelp: {}", damage.line, damage.message, damage.help).unwrap();
        let expected = std::fs::read_to_string(case.with_extension("expected")).unwrap_or_default();
        assert_eq!(said, expected, "{}", case.display());
    }
}

#[test]
fn a_missing_file_is_an_empty_ledger_and_a_damaged_one_an_error() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ledger");
    assert_eq!(Ledger::load(&data.join("none.ledger")).unwrap(), Ledger::default());
    let error = Ledger::load(&data.join("damaged/version.ledger")).unwrap_err();
    assert!(
        matches!(
            error,
            Error::Config {
                position: Some((1, 1)),
                ..
            }
        ),
        "{error:?}"
    );
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
fn an_id_that_comes_to_another_path_leaves_the_old_one() {
    let mut ledger = Ledger::default();
    ledger.learn([
        ("old.md".to_owned(), record("urn:x:own", 1)),
        ("other.md".to_owned(), record("urn:x:2", 2)),
    ]);
    ledger.learn([
        ("new.md".to_owned(), record("urn:x:own", 3)),
        ("twin.md".to_owned(), record("urn:x:own", 4)),
    ]);
    assert_eq!(ledger.records.keys().collect::<Vec<_>>(), ["new.md", "other.md"]);
    assert_eq!(
        Ledger::parse(&ledger.to_text()),
        Ok(ledger),
        "what is written can be read"
    );
}

prop_compose! {
    fn ledger()(
        authority in prop::option::of(prop::sample::select(vec!["example.org,2026", "ada@example.org,2026-11-21"])),
        records in prop::collection::vec((any::<String>(), "[!#-;=?-\\[\\]_a-z~]{1,20}", any::<u128>(), 0..253_402_300_799i64), 0..8),
    ) -> Ledger {
        let mut ledger = Ledger { authority: authority.map(str::to_owned), ..Ledger::default() };
        let mut ids = BTreeSet::new();
        for (path, name, fingerprint, seconds) in records {
            let instant = Timestamp::from_unix(seconds).unwrap();
            let id = Id::new(&format!("tag:{name}")).unwrap();
            if !path.is_empty() && ids.insert(id.clone()) {
                ledger.records.insert(path, Record { id, fingerprint, first_seen: instant, updated: instant });
            }
        }
        ledger
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ledger_reads_back_as_it_was(ledger in ledger()) {
        prop_assert_eq!(Ledger::parse(&ledger.to_text()), Ok(ledger));
    }

    #[test]
    fn no_text_makes_the_ledger_panic(text in "(# feedwright ledger 1\n)?(\\PC{0,9}[\t\n%#]){0,20}") {
        let _ = Ledger::parse(&text);
    }
}
