//! The entries in feeds as `compare` and `import` read them: each file in `tests/data/read` is a feed, and the file
//! with `.entries` added to its name is the result. To add a case, add a feed.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use feedwright::{
    compare::{self, Generation},
    time::Timestamp,
};

use crate::snapshot::{Snapshots, cases};

fn format(generation: &Generation) -> String {
    let date = |date: Option<Timestamp>| date.map(|date| date.rfc3339()).unwrap_or_default();
    let mut out = String::new();
    let _ = writeln!(out, "home {}", generation.home.as_deref().unwrap_or_default());
    let _ = writeln!(out, "updated {}", date(generation.updated));
    for entry in &generation.entries {
        let _ = writeln!(out, "\nid {}", entry.id);
        let _ = writeln!(out, "link {}", entry.link.as_deref().unwrap_or_default());
        let _ = writeln!(out, "title {}", entry.title);
        let _ = writeln!(out, "published {}", date(entry.published));
        let _ = writeln!(out, "updated {}", date(entry.updated));
        // The fingerprint of the text; cases with the same text have the same one.
        let _ = writeln!(out, "content {:032x}", entry.content.unwrap_or_default());
    }
    // A line without a value must not end with a space.
    out.replace(" \n", "\n")
}

#[test]
fn feeds_are_read_as_their_results_say() {
    let mut snapshots = Snapshots::default();
    let all = fs::read_dir(cases("read")).unwrap().map(|entry| entry.unwrap().path());
    let feeds: Vec<PathBuf> = all.filter(|path| path.extension().unwrap() != "entries").collect();
    for path in &feeds {
        let actual = match compare::read(&fs::read(path).unwrap()) {
            Ok(generation) => format(&generation),
            Err(unreadable) => format!("error: {}\n", unreadable.0),
        };
        let mut expected = path.clone().into_os_string();
        expected.push(".entries");
        snapshots.compare(expected.as_ref(), &actual);
    }
    snapshots.finish();
    assert!(feeds.len() > 40);
}

#[test]
fn documents_of_millions_of_tiny_parts_do_not_fill_the_memory() {
    for (start, part, count, expected) in [
        (
            "<rss><channel>",
            "<a/>",
            4_000_001,
            "the document contains more than 4,000,000 elements, attributes and pieces of text",
        ),
        (
            "<rss><channel>",
            "<a b='' c='' d='' e='' f='' g='' h=''/>",
            500_001,
            "the document contains more than 4,000,000 elements, attributes and pieces of text",
        ),
        (
            "{\"items\": [",
            "1,",
            2_000_001,
            "the document has more than 2,000,000 values",
        ),
    ] {
        let bytes = format!("{start}{}", part.repeat(count)).into_bytes();
        let message = compare::read(&bytes).unwrap_err().0;
        assert!(message.ends_with(expected), "{part}: {message}");
    }
}
