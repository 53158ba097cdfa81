//! Merges of branches on which feeds were built. Git merges the ledger with `merge=union`. After each merge, either the
//! build goes on with the ids of both branches, or it names the line of the ledger that a person must choose.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Command, Output},
};

use feedwright::{
    ledger::{LastPublished, Ledger, Record},
    time::Timestamp,
    url::Id,
};
use proptest::prelude::*;

use crate::site::{NOW, Site, stderr};

fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.output().unwrap()
}

/// What happens on a branch before its feeds are built.
type Changes = fn(&Site);

fn article(site: &Site, name: &str, words: &str) {
    let day = name.bytes().map(u32::from).sum::<u32>() % 28 + 1;
    let text = format!("---\ntitle: The {name} of the harbor\ndate: 2026-01-{day:02}\n---\nThe tide and {words}.\n");
    site.write(&format!("input/{name}.md"), text);
}

fn rename(site: &Site, from: &str, to: &str) {
    let path = |name| site.folder.join(format!("input/{name}.md"));
    fs::rename(path(from), path(to)).unwrap();
}

/// Builds a site on two branches and merges them. Returns the site, and the ids of both branches by the article's title.
fn merge(ours: Changes, theirs: Changes) -> (Site, BTreeMap<String, String>) {
    let site = Site::new();
    let run = |arguments: &[&str]| assert!(git(&site.folder, arguments).status.success(), "{arguments:?}");
    let mut ids = BTreeMap::new();
    let mut commit = |changes: Changes, now: &str| {
        changes(&site);
        let output = site.run(&["build", "--now", now, "--allow-shrink"]);
        assert!(output.status.success(), "{}", stderr(&output));
        ids.extend(site.each("title").into_iter().zip(site.each("id")));
        run(&["add", "."]);
        run(&["commit", "-qm", "x"]);
    };
    run(&["init", "-q", "-b", "main"]);
    // Not to be found by Git while the ledger is merged.
    site.write(".gitignore", "feeds/\n");
    site.write(".gitattributes", "feedwright.ledger merge=union\n");
    commit(
        |site| ["a", "c", "d", "h"].iter().for_each(|name| article(site, name, name)),
        NOW,
    );
    run(&["checkout", "-qb", "theirs"]);
    commit(theirs, "2026-11-22T12:00:00Z");
    run(&["checkout", "-q", "main"]);
    commit(ours, "2026-11-22T13:00:00Z");
    let merged = git(&site.folder, &["merge", "-q", "theirs", "-m", "x"]);
    assert!(merged.status.success(), "{}", String::from_utf8_lossy(&merged.stdout));
    (site, ids)
}

#[track_caller]
fn keeps_all_ids(ours: Changes, theirs: Changes) {
    for (ours, theirs) in [(ours, theirs), (theirs, ours)] {
        let (site, ids) = merge(ours, theirs);
        let output = site.run(&["build", "--now", "2026-11-23T12:00:00Z"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        for (title, id) in site.each("title").into_iter().zip(site.each("id")) {
            assert_eq!(ids.get(&title), Some(&id), "{title}");
        }
        let ledger = site.read("feedwright.ledger");
        for id in ids.values() {
            assert_eq!(ledger.matches(&format!("\t{id}\t")).count(), 1, "{id} in\n{ledger}");
        }
        // The next build changes nothing.
        site.run(&["build", "--now", "2026-11-24T12:00:00Z"]);
        assert_eq!(site.read("feedwright.ledger"), ledger);
    }
}

#[test]
fn branches_that_add_neighbors_merge() {
    keeps_all_ids(|site| article(site, "e", "eels"), |site| article(site, "f", "fog"));
    keeps_all_ids(
        |site| ["e", "i", "k"].iter().for_each(|name| article(site, name, name)),
        |site| ["f", "g", "j", "k"].iter().for_each(|name| article(site, name, name)),
    );
}

#[test]
fn branches_that_edit_neighbors_merge() {
    keeps_all_ids(|site| article(site, "c", "crabs"), |site| article(site, "d", "docks"));
}

/// Both branches edit one article in different places, and Git merges its text.
#[test]
fn branches_that_edit_the_same_article_merge() {
    fn add_line(site: &Site, from: &str, to: &str) {
        let text = site.read("input/d.md").replace(from, to);
        site.write("input/d.md", text);
    }
    keeps_all_ids(
        |site| add_line(site, "date:", "tags: [docks]\ndate:"),
        |site| add_line(site, "The tide and d.", "The tide and d.\n\nThe tide and the docks."),
    );
    keeps_all_ids(
        |site| add_line(site, "---\nThe tide", "summary: Docks\n---\nA tide"),
        |site| add_line(site, "---\nThe tide", "summary: Docks\n---\nA tide"),
    );
}

#[test]
fn an_article_that_one_branch_renames_and_the_other_edits_keeps_its_id() {
    keeps_all_ids(|site| rename(site, "d", "z"), |site| article(site, "d", "docks"));
    keeps_all_ids(|site| rename(site, "d", "b"), |site| article(site, "d", "docks"));
    // Git keeps the line of the old name, because the other branch edited its neighbor.
    keeps_all_ids(|site| rename(site, "d", "z"), |site| article(site, "c", "crabs"));
    keeps_all_ids(
        |site| {
            rename(site, "d", "z");
            rename(site, "a", "b");
        },
        |site| {
            article(site, "c", "crabs");
            article(site, "e", "eels");
        },
    );
}

#[test]
fn an_article_that_one_branch_deletes_keeps_its_record() {
    fn delete(site: &Site) {
        fs::remove_file(site.folder.join("input/d.md")).unwrap();
    }
    keeps_all_ids(delete, |site| article(site, "c", "crabs"));
    keeps_all_ids(delete, |site| rename(site, "c", "z"));
}

#[test]
fn a_new_article_at_the_old_path_of_a_renamed_one_is_reported_with_its_line() {
    let (site, _) = merge(
        |site| {
            rename(site, "d", "z");
            article(site, "d", "something else entirely");
            let text = site
                .read("input/d.md")
                .replace("title: The d", "title: A new d")
                .replace("2026-01", "2026-02");
            site.write("input/d.md", text);
        },
        |site| article(site, "c", "crabs"),
    );
    let before = site.published();
    let message = stderr(&site.build(3));
    assert!(message.contains("feedwright.ledger:"), "{message}");
    assert!(message.contains("`d.md` already has a different id"), "{message}");
    assert_eq!(site.published(), before);
}

/// The site moved on one branch, and the other branch changed a neighboring line.
#[test]
fn two_addresses_of_the_site_are_reported_with_their_line() {
    let (site, _) = merge(
        |site| {
            let config = site.read("feedwright.yaml").replace("example.org", "example.net");
            site.write("feedwright.yaml", config);
            let output = site.run(&["build", "--now", "2026-11-22T12:30:00Z", "--allow-move"]);
            assert!(output.status.success(), "{}", stderr(&output));
        },
        |site| article(site, "0", "zeros"),
    );
    let message = stderr(&site.build(3));
    assert!(message.contains("feedwright.ledger:"), "{message}");
    assert!(message.contains("more than one site"), "{message}");
}

/// A change of one record in a ledger.
#[derive(Debug, Clone)]
enum Change {
    Add(u8),
    Edit(u8),
    EditWithoutUpdate(u8),
    Rename(u8, u8),
    LeaveFeed(u8),
    Retain(u8),
    Redate(u8),
    Fail(u8),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let name = 0..12u8;
    let change = prop_oneof![
        name.clone().prop_map(Change::Add),
        name.clone().prop_map(Change::Edit),
        name.clone().prop_map(Change::EditWithoutUpdate),
        (name.clone(), name.clone()).prop_map(|(from, to)| Change::Rename(from, to)),
        name.clone().prop_map(Change::LeaveFeed),
        name.clone().prop_map(Change::Retain),
        name.clone().prop_map(Change::Redate),
        name.prop_map(Change::Fail),
    ];
    prop::collection::vec(change, 0..5)
}

fn path(name: u8) -> String {
    format!("{name:02}.md")
}

/// Applies the changes that are possible. `seed` differs between the branches.
fn apply(ledger: &mut Ledger, changes: &[Change], seed: i64) {
    for (at, change) in changes.iter().enumerate() {
        let now = Timestamp::from_unix(1_800_000_000 + seed * 1000 + at as i64).unwrap();
        let records = &mut ledger.records;
        match *change {
            Change::Add(name) if !records.contains_key(&path(name)) => {
                records.insert(path(name), record(&format!("{name}-{}", now.unix()), now));
            }
            Change::Edit(name) => {
                if let Some(record) = records.get_mut(&path(name)) {
                    (record.updated, record.fingerprint) = (now, now.unix() as u128);
                }
            }
            Change::EditWithoutUpdate(name) => {
                if let Some(record) = records.get_mut(&path(name)) {
                    record.fingerprint = now.unix() as u128;
                }
            }
            Change::Rename(from, to) if !records.contains_key(&path(to)) => {
                if let Some(record) = records.remove(&path(from)) {
                    records.insert(path(to), record);
                }
            }
            Change::LeaveFeed(name) | Change::Retain(name) | Change::Redate(name) => {
                let last = records.get_mut(&path(name)).and_then(|it| it.last_published.as_mut());
                let Some(last) = last else { continue };
                match change {
                    Change::LeaveFeed(_) => last.feeds = BTreeMap::from([("rss.xml".to_owned(), false)]),
                    Change::Retain(_) => last.retained_since = Some(now),
                    _ => last.published = now,
                }
            }
            Change::Fail(number) => ledger.accepted_failures = number.into(),
            Change::Add(_) | Change::Rename(..) => {}
        }
    }
}

fn record(id: &str, now: Timestamp) -> Record {
    Record {
        id: Id::new(&format!("urn:x:{id}")).unwrap(),
        fingerprint: now.unix() as u128,
        first_seen: now,
        updated: now,
        last_published: Some(LastPublished {
            published: now,
            declared_date: None,
            link: String::new(),
            title: String::new(),
            content: None,
            feeds: BTreeMap::from([("rss.xml".to_owned(), true)]),
            retained_since: None,
        }),
    }
}

/// Where each id's article is after a merge: where the branch that renamed it put it. `None` if both renamed it.
fn merged_paths(base: &Ledger, ours: &Ledger, theirs: &Ledger) -> Option<BTreeMap<Id, String>> {
    let by_id = |ledger: &Ledger| -> BTreeMap<Id, String> {
        let records = ledger.records.iter();
        records
            .map(|(path, record)| (record.id.clone(), path.clone()))
            .collect()
    };
    let (base, ours, theirs) = (by_id(base), by_id(ours), by_id(theirs));
    let mut merged = BTreeMap::new();
    for id in ours.keys().chain(theirs.keys()) {
        let path = match (base.get(id), ours.get(id), theirs.get(id)) {
            (_, Some(ours), Some(theirs)) if ours == theirs => ours,
            (Some(base), Some(ours), Some(theirs)) if base == ours => theirs,
            (Some(base), Some(ours), Some(theirs)) if base == theirs => ours,
            (_, Some(path), None) | (_, None, Some(path)) => path,
            _ => return None,
        };
        merged.insert(id.clone(), path.clone());
    }
    Some(merged)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_union_merge_keeps_every_id_or_is_reported_with_its_line(before in changes(), ours in changes(), theirs in changes()) {
        let mut base = Ledger { authority: Some("example.org,2026".to_owned()), ..Ledger::default() };
        for name in [1, 3, 4, 5, 8] {
            base.records.insert(path(name), record(&name.to_string(), Timestamp::from_unix(1_700_000_000).unwrap()));
        }
        apply(&mut base, &before, 0);
        let branches = [(&ours, 1), (&theirs, 2)].map(|(changes, seed)| {
            let mut ledger = base.clone();
            apply(&mut ledger, changes, seed);
            ledger
        });
        let site = Site::empty();
        site.write("base", base.to_text());
        site.write("ours", branches[0].to_text());
        site.write("theirs", branches[1].to_text());
        let texts = [["ours", "theirs"], ["theirs", "ours"]].map(|[ours, theirs]| {
            let output = git(&site.folder, &["merge-file", "-p", "--union", ours, "base", theirs]);
            String::from_utf8(output.stdout).unwrap()
        });
        let Some(paths) = merged_paths(&base, &branches[0], &branches[1]) else { return Ok(()) };
        let files: BTreeSet<&String> = paths.values().collect();
        let ledgers = [&base, &branches[0], &branches[1]];
        let owners: BTreeSet<_> = ledgers.into_iter().flat_map(|ledger| ledger.records.iter().map(|(path, record)| (path, &record.id))).collect();
        let paths_ever: BTreeSet<_> = owners.iter().map(|(path, _)| path).collect();
        let is_redated = ours.iter().chain(&theirs).any(|change| matches!(change, Change::Redate(_)));
        let is_unambiguous = owners.len() == paths_ever.len() && !is_redated;
        let [ours, theirs] = texts.map(|text| Ledger::parse_merged(&text, |path| files.contains(&path.to_owned())).map_err(|damage| (damage, text)));
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => {
                prop_assert_eq!(&ours, &theirs, "the order of the branches does not matter");
                for (id, path) in &paths {
                    prop_assert_eq!(ours.records.get(path).map(|record| &record.id), Some(id), "{}", path);
                }
                for branch in &branches {
                    for record in branch.records.values() {
                        let merged = ours.records.values().find(|it| it.id == record.id).unwrap();
                        prop_assert!(merged.updated >= record.updated);
                    }
                }
            }
            (Err((damage, text)), Err(_)) => {
                prop_assert!(!is_unambiguous, "{:?} in\n{}", damage, text);
                let line = text.lines().nth(damage.line as usize - 1).unwrap();
                prop_assert!(line.contains(".md\t"), "{:?}: {}", damage, line);
            }
            (ours, theirs) => prop_assert!(false, "{:?} {:?}", ours, theirs),
        }
    }
}

/// What `init` prints about Git, and `.gitattributes` afterwards. `None` if there is no such file.
fn init(site: &Site, arguments: &[&str]) -> (String, Option<String>) {
    let mut command = site.command(&[&["init"], arguments].concat());
    command.env("GIT_CEILING_DIRECTORIES", site.folder.parent().unwrap());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let report = String::from_utf8(output.stdout).unwrap();
    let line = report.lines().find(|line| line.contains("merge")).unwrap_or_default();
    (
        line.to_owned(),
        fs::read_to_string(site.folder.join(".gitattributes")).ok(),
    )
}

const LINE: &str = "feedwright.ledger merge=union\n";
const ADDED: &str = "added `feedwright.ledger merge=union` to .gitattributes";

#[test]
fn init_makes_git_merge_the_ledger_line_by_line() {
    let site = Site::empty();
    assert_eq!(init(&site, &[]), (String::new(), None), "not a Git work tree");
    git(&site.folder, &["init", "-q"]);
    assert_eq!(init(&site, &["--force"]), (ADDED.to_owned(), Some(LINE.to_owned())));
    assert_eq!(
        init(&site, &["--force"]),
        (String::new(), Some(LINE.to_owned())),
        "already added"
    );

    site.write(".gitattributes", "*.png binary");
    assert_eq!(init(&site, &["--force"]).1, Some(format!("*.png binary\n{LINE}")));

    // The site is a folder of the work tree.
    fs::remove_file(site.folder.join(".gitattributes")).unwrap();
    fs::create_dir(site.folder.join("site")).unwrap();
    let (report, _) = init(&site, &["site"]);
    assert_eq!(report, "added `feedwright.ledger merge=union` to site/.gitattributes");
    assert_eq!(site.read("site/.gitattributes"), LINE);
    assert!(!site.folder.join(".gitattributes").exists());
}

#[test]
fn init_replaces_another_way_to_merge_the_ledger_only_with_force() {
    let site = Site::empty();
    git(&site.folder, &["init", "-q"]);
    site.write(".gitattributes", "*.ledger merge=ours\n");
    let (report, text) = init(&site, &[]);
    assert_eq!(
        report,
        "kept the Git attribute merge=ours for feedwright.ledger; to replace it, use `--force`"
    );
    assert_eq!(text.unwrap(), "*.ledger merge=ours\n");
    let (report, text) = init(&site, &["--force"]);
    assert_eq!(
        (report.as_str(), text.unwrap()),
        (ADDED, format!("*.ledger merge=ours\n{LINE}"))
    );
}

#[test]
fn init_does_not_write_attributes_through_a_link() {
    let site = Site::empty();
    git(&site.folder, &["init", "-q"]);
    std::os::unix::fs::symlink("target", site.folder.join(".gitattributes")).unwrap();
    let (report, _) = init(&site, &[]);
    assert!(report.contains(".gitattributes is not a regular file"), "{report}");
    assert!(!site.folder.join("target").exists());
}
