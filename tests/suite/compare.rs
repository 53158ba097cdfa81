//! `compare` reads feeds of any format, and finds the changes that subscribers would see.

use feedwright::{
    compare::{self, Changes, FeedEntry, Generation, Pair, read},
    time::Timestamp,
};

use crate::site::root;

#[test]
fn the_three_formats_of_a_feed_are_read_as_equal_entries() {
    let read = |name: &str| {
        let bytes = std::fs::read(root().join("feeds").join(name)).unwrap();
        let generation = read(&bytes).unwrap();
        assert_eq!(generation.home.as_deref(), Some("https://wrenmouth.example/"));
        generation.entries
    };
    let rss = read("rss.xml");
    assert!(rss.len() > 20);
    for (name, others) in ["atom.xml", "feed.json"].map(|name| (name, read(name))) {
        assert_eq!(rss.len(), others.len());
        for (entry, other) in rss.iter().zip(&others) {
            assert_eq!(entry, other, "{name}");
        }
    }
    assert!(
        rss.iter()
            .all(|entry| entry.published.is_some() && entry.updated.is_some())
    );
}

#[test]
fn feeds_of_other_generators_are_read_as_readers_read_them() {
    let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <title>T</title><link>https://example.org/</link><description/>
        <item><title>Tea &amp;amp; toast</title><guid>https://example.org/?p=1</guid>
          <pubDate>Sun, 01 Mar 2026 09:00:00 EST</pubDate><description>&lt;p&gt;Warm.&lt;/p&gt;</description></item>
        <item><title>No id</title><link> https://example.org/no-id/ </link><dc:date>2026-03-01T09:00:00+01:00</dc:date></item>
        <item><title>Only a title</title></item>
        <item><description>Nothing identifies this item</description></item>
        </channel></rss>"#;
    let generation = read(rss.as_bytes()).unwrap();
    let entries: Vec<_> = generation
        .entries
        .iter()
        .map(|entry| {
            let published = entry.published.map(|it| it.rfc3339()).unwrap_or_default();
            (
                entry.id.as_str(),
                entry.link.as_deref(),
                entry.title.as_str(),
                published,
            )
        })
        .collect();
    let page = "https://example.org/?p=1";
    let no_id = "https://example.org/no-id/";
    assert_eq!(
        entries,
        [
            (page, Some(page), "Tea & toast", "2026-03-01T14:00:00Z".to_owned()),
            (no_id, Some(no_id), "No id", "2026-03-01T08:00:00Z".to_owned()),
            ("Only a title", None, "Only a title", String::new()),
        ]
    );

    let json = r#"{"version": "https://jsonfeed.org/version/1", "title": "T", "items": [
        {"id": 7, "url": "https://example.org/7", "content_text": "x", "date_published": "2026-03-01"}]}"#;
    let generation = read(json.as_bytes()).unwrap();
    assert_eq!(generation.entries[0].id, "7");

    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:x</id><updated>2026-03-02T00:00:00Z</updated>
        <entry><id>urn:x:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; title</title><updated>2026-03-01T00:00:00Z</updated>
        <link rel="self" href="https://example.org/1.atom"/><link href="https://example.org/1"/></entry></feed>"#;
    let generation = read(atom.as_bytes()).unwrap();
    let entry = &generation.entries[0];
    assert_eq!(
        (entry.title.as_str(), entry.link.as_deref()),
        ("A bold title", Some("https://example.org/1"))
    );
    assert_eq!(
        entry.published, entry.updated,
        "without `published`, readers show `updated`"
    );
}

#[test]
fn what_is_not_a_feed_is_reported() {
    for (bytes, expected) in [
        ("", "the file is empty"),
        ("hello", "the file is neither XML nor JSON"),
        ("{\"items\": 1}", "a JSON Feed must have an `items` array"),
    ] {
        assert_eq!(read(bytes.as_bytes()).unwrap_err().0, expected);
    }
    for torn in [
        "<rss><channel><item>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
        "{\"items\": [",
        "<html/>",
    ] {
        assert!(!read(torn.as_bytes()).unwrap_err().0.is_empty());
    }
}

fn entry(id: &str, day: i64, title: &str, text: &str) -> FeedEntry {
    FeedEntry {
        id: id.to_owned(),
        link: Some(format!("https://example.org/{id}/")),
        title: title.to_owned(),
        published: Timestamp::from_unix(day * 86_400),
        updated: None,
        content: Some(compare::fingerprint(text)),
        article: None,
    }
}

fn generation(entries: impl IntoIterator<Item = FeedEntry>) -> Generation {
    Generation {
        entries: entries.into_iter().collect(),
        ..Generation::default()
    }
}

/// The ids in each list that is not empty.
fn format_ids(changes: &Changes<'_>) -> String {
    let ids = |entries: &[&FeedEntry]| entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    let pairs = |pairs: &[Pair<'_>]| {
        let both = |pair: &Pair<'_>| match pair.old.id == pair.new.id {
            true => pair.old.id.clone(),
            false => format!("{}>{}", pair.old.id, pair.new.id),
        };
        pairs.iter().map(both).collect::<Vec<_>>()
    };
    [
        ("added", ids(&changes.added)),
        ("removed", ids(&changes.removed)),
        ("slid out", ids(&changes.slid_out)),
        ("reidentified", pairs(&changes.reidentified)),
        ("reused", pairs(&changes.reused)),
        ("redated", pairs(&changes.redated)),
        ("edited", pairs(&changes.edited)),
    ]
    .into_iter()
    .filter(|(_, ids)| !ids.is_empty())
    .map(|(list, ids)| format!("{list} {}", ids.join(" ")))
    .collect::<Vec<_>>()
    .join("; ")
}

#[test]
fn each_change_is_in_its_list() {
    let three = || {
        [
            entry("c", 3, "C", "c"),
            entry("b", 2, "B", "b"),
            entry("a", 1, "A", "a"),
        ]
    };
    let with = |change: fn(&mut [FeedEntry; 3])| {
        let mut entries = three();
        change(&mut entries);
        generation(entries)
    };
    let other_id = |id: &str, entry: &FeedEntry| FeedEntry {
        id: id.to_owned(),
        ..entry.clone()
    };
    let [c, b, a] = three();
    for (expected, new) in [
        ("", generation(three())),
        ("removed b", generation([c.clone(), a.clone()])),
        (
            "added d; slid out a",
            generation([entry("d", 4, "D", "d"), c.clone(), b.clone()]),
        ),
        (
            "added d; removed b",
            generation([entry("d", 4, "D", "d"), c.clone(), a.clone()]),
        ),
        ("removed a", generation([c.clone(), b.clone()])),
        (
            "redated b",
            with(|three| three[1].published = Timestamp::from_unix(86_400)),
        ),
        (
            "edited b",
            with(|three| three[1].content = Some(compare::fingerprint("other"))),
        ),
        (
            "",
            with(|three| three[1].content = Some(compare::fingerprint(" b\u{a0}"))),
        ),
        (
            "reidentified b>x",
            generation([c.clone(), other_id("x", &b), a.clone()]),
        ),
        (
            "reidentified b>x",
            generation([
                c.clone(),
                FeedEntry {
                    link: None,
                    ..other_id("x", &b)
                },
                a.clone(),
            ]),
        ),
        (
            "reused b",
            generation([
                c.clone(),
                FeedEntry {
                    id: "b".to_owned(),
                    ..entry("y", 2, "Y", "y")
                },
                a.clone(),
            ]),
        ),
        (
            "",
            with(|three| three[1].link = Some("http://www.example.net/b".to_owned())),
        ),
        ("", generation([c.clone(), b.clone(), b.clone(), a.clone()])),
    ] {
        let old = generation(three());
        let changes = compare::changes(&old, &new);
        assert_eq!(format_ids(&changes), expected);
        assert_eq!(changes.are_none(), expected.is_empty());
    }
}

#[test]
fn a_known_cutoff_decides_which_entries_slid_out() {
    let old = generation([
        entry("c", 3, "C", "c"),
        entry("b", 2, "B", "b"),
        entry("a", 1, "A", "a"),
    ]);
    let mut new = generation([entry("d", 4, "D", "d"), entry("c", 3, "C", "c")]);
    assert_eq!(format_ids(&compare::changes(&old, &new)), "added d; removed b a");
    new.cutoff = Timestamp::from_unix(86_400);
    assert_eq!(
        format_ids(&compare::changes(&old, &new)),
        "added d; removed b; slid out a"
    );
    // Only one entry came in, so only one slid out, whatever the limit is.
    new.cutoff = Timestamp::from_unix(2 * 86_400);
    assert_eq!(
        format_ids(&compare::changes(&old, &new)),
        "added d; removed b; slid out a"
    );
    // An entry that has passed the age limit in the last month slides out by itself.
    new.entries.remove(0);
    new.too_old = Timestamp::from_unix(2 * 86_400);
    assert_eq!(format_ids(&compare::changes(&old, &new)), "removed b; slid out a");
    new.too_old = Timestamp::from_unix(60 * 86_400);
    assert_eq!(format_ids(&compare::changes(&old, &new)), "removed b a");
}
