//! Independent parsers read back from each of the three formats whatever the model contains.

use std::path::Path;

pub(crate) mod any_feed;
mod read_back;
mod sample;

use any_feed::feed;
use feedwright::{
    check,
    finding::Severity,
    model::Feed,
    render::{Format, render},
};
use proptest::prelude::*;
use read_back::{assert_atom, assert_json, assert_rss};

fn rendered(feed: &Feed, format: Format) -> String {
    let text = String::from_utf8(render(feed, format)).unwrap();
    assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
    text
}

/// Compares with `tests/data/render/CASE`. On a difference, the rendered file is kept in the target folder.
fn assert_written(case: &str, feed: &Feed) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/render")
        .join(case);
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join("render").join(case);
    for format in [Format::Rss, Format::Atom, Format::Json] {
        let bytes = render(feed, format);
        let name = format.file_name();
        if std::fs::read(data.join(name)).unwrap_or_default() != bytes {
            std::fs::create_dir_all(&actual).unwrap();
            std::fs::write(actual.join(name), &bytes).unwrap();
            panic!(
                "{case}/{name} differs from what was rendered: see {}",
                actual.join(name).display()
            );
        }
    }
}

#[test]
fn every_element_is_rendered_as_recorded() {
    assert_written("full", &sample::feed());
}

#[test]
fn a_feed_of_summaries_contains_content_only_without_a_summary() {
    let feed = Feed {
        full_content: false,
        description: None,
        language: None,
        ..sample::feed()
    };
    assert_written("summary-only", &feed);
}

/// Each entry as `feed-rs` reads it.
fn as_read(feed: &Feed, format: Format) -> Vec<(String, String, String, i64, i64)> {
    let parsed = feed_rs::parser::parse(rendered(feed, format).as_bytes()).unwrap();
    let read = |entry: feed_rs::model::Entry| {
        let link = entry
            .links
            .iter()
            .find(|link| link.rel.as_deref().unwrap_or("alternate") == "alternate");
        let updated = entry.updated.or(entry.published).unwrap().timestamp();
        (
            entry.id,
            entry.title.unwrap().content,
            link.unwrap().href.clone(),
            entry.published.unwrap().timestamp(),
            updated,
        )
    };
    parsed.entries.into_iter().map(read).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_feed_reads_back_from_rss_unchanged(feed in feed()) {
        assert_rss(&feed);
    }

    #[test]
    fn any_feed_reads_back_from_atom_unchanged(feed in feed()) {
        assert_atom(&feed);
    }

    #[test]
    fn any_feed_reads_back_from_json_feed_unchanged(feed in feed()) {
        assert_json(&feed);
    }

    // The model must not be able to represent what `check` calls an error: then the whole build would end.
    #[test]
    fn check_finds_no_error_in_any_feed(feed in feed()) {
        for format in [Format::Rss, Format::Atom, Format::Json] {
            let bytes = render(&feed, format);
            let report = check::check(&bytes, &check::Options::default());
            let errors: Vec<_> = report.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
            prop_assert!(errors.is_empty(), "{:?}: {:#?}\n{}", format, errors, String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_reader_sees_the_same_entries_in_all_formats(feed in feed()) {
        let mut atom = as_read(&feed, Format::Atom);
        // Outside Atom, an imported id may be any string.
        for (read, entry) in atom.iter_mut().zip(&feed.entries) {
            prop_assert_eq!(&read.0, entry.id.as_str());
            read.0 = entry.id.name().to_owned();
        }
        prop_assert_eq!(&as_read(&feed, Format::Json), &atom);
        let without_updated = |(id, title, link, published, _): (String, String, String, i64, i64)| (id, title, link, published);
        let rss: Vec<_> = as_read(&feed, Format::Rss).into_iter().map(without_updated).collect();
        prop_assert_eq!(rss, atom.into_iter().map(without_updated).collect::<Vec<_>>());
    }
}
