//! Feeds as real generators write them. In feeds that every reader accepts, the default profile finds no errors; in the
//! others, it finds exactly the errors that were determined by hand.
//!
//! `tests/data/feeds/verdicts.tsv` has a line for each feed: the file, `fine` or the rules that it violates with severity
//! error, and a reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use feedwright::{
    check::{self, Options},
    finding::Severity,
};

use crate::snapshot;

/// 2026-11-22, which is after every date in the feeds.
const NOW: i64 = 1_795_305_600;

/// The expected errors of each file, determined by hand.
fn verdicts() -> BTreeMap<String, BTreeSet<String>> {
    let list = fs::read_to_string(snapshot::cases("feeds").join("verdicts.tsv")).unwrap();
    let verdict = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [file, verdict, reason] = columns[..] else {
            panic!("expected three columns: {line}");
        };
        assert!(!reason.trim().is_empty(), "{file}: there is no reason");
        let rules = verdict.split(' ').filter(|rule| *rule != "fine").map(str::to_owned);
        (file.to_owned(), rules.collect())
    };
    list.lines().skip(1).map(verdict).collect()
}

#[test]
fn feeds_of_real_generators_have_exactly_the_expected_errors() {
    let folder = snapshot::cases("feeds");
    let verdicts = verdicts();
    let mut wrong = Vec::new();
    for (file, expected) in &verdicts {
        let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let options = Options {
            now: Some(NOW),
            ..Options::default()
        };
        let found = check::check(&bytes, &options).findings;
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
        let errors: BTreeSet<String> = errors.map(|finding| finding.rule.id.to_owned()).collect();
        if errors != *expected {
            wrong.push(format!("{file}: {errors:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_feed_is_listed() {
    let files: BTreeSet<String> = fs::read_dir(snapshot::cases("feeds"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "verdicts.tsv")
        .collect();
    let verdicts = verdicts();
    assert_eq!(files, verdicts.keys().cloned().collect());
    let fine = verdicts.values().filter(|rules| rules.is_empty()).count();
    assert!(fine >= 60, "only {fine} feeds are fine");
}
