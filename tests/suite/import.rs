//! Import: whatever ids a feed has, a build after the import shows no subscriber an entry again.

use std::fs;

use feedwright::{
    compare::{self, Generation},
    output::Lock,
    url::Id,
};
use proptest::prelude::*;

use crate::site::{CONFIG, NOW, Site, stderr};

/// An entry of a feed of another generator.
#[derive(Debug, Clone)]
struct Entry {
    id: String,
    link: String,
    /// The day of 2026, 0-based, and the second of that day.
    day: u32,
    second: u32,
}

/// Ids as feeds have them: addresses, tags, numbers, hashes, words, non-Latin scripts.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        "https://old\\.example/\\?p=[1-9][0-9]{0,4}",
        "tag:old\\.example,20[0-9]{2}:[a-z0-9]{1,9}",
        "[0-9]{1,6}",
        "[0-9a-f]{24}",
        "[0-9]{1,4} at https://old\\.example",
        "[A-Za-z0-9 .:/#%&<>\"'-]{1,20}".prop_map(|id| format!("x{id}x")),
        "urn:[a-z]{1,3}:[a-z]{1,5}",
        "日本[0-9]{1,4}",
    ]
}

prop_compose! {
    fn entries()(
        entries in prop::collection::btree_map(id(), ("(http|https)://(www\\.)?old\\.example", any::<bool>(), 0..300u32, 0..86_400u32), 1..7),
    ) -> Vec<Entry> {
        let entries = entries.into_iter().enumerate();
        entries
            .map(|(number, (id, (host, is_index, day, second)))| Entry {
                id,
                link: format!("{host}/notes/note-{number}/{}", if is_index { "index.html" } else { "" }),
                day,
                second,
            })
            .collect()
    }
}

fn date(entry: &Entry) -> String {
    let instant = chrono::DateTime::from_timestamp(1_767_225_600 + i64::from(entry.day * 86_400 + entry.second), 0);
    instant.unwrap().to_rfc3339()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn rss(entries: &[Entry]) -> String {
    let item = |(number, entry): (usize, &Entry)| {
        format!(
            "<item><title>Note {number}</title><link>{}</link><guid isPermaLink=\"false\">{}</guid>\
             <dc:date>{}</dc:date></item>\n",
            entry.link,
            escaped(&entry.id),
            date(entry)
        )
    };
    let items: String = entries.iter().enumerate().map(item).collect();
    format!(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T</title>\
         <link>https://old.example/</link><description/>\n{items}</channel></rss>"
    )
}

fn atom(entries: &[Entry]) -> String {
    let entry = |(number, entry): (usize, &Entry)| {
        format!(
            "<entry><title>Note {number}</title><link href=\"{}\"/><id>{}</id><published>{date}</published>\
             <updated>{date}</updated></entry>\n",
            entry.link,
            escaped(&entry.id),
            date = date(entry)
        )
    };
    let entries: String = entries.iter().enumerate().map(entry).collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><id>urn:old</id>\
         <updated>2026-11-01T00:00:00Z</updated>\n{entries}</feed>"
    )
}

fn json(entries: &[Entry]) -> String {
    let item = |(number, entry): (usize, &Entry)| {
        serde_json::json!({
            "id": entry.id, "url": entry.link, "title": format!("Note {number}"), "content_text": "x",
            "date_published": date(entry),
        })
    };
    let items: Vec<_> = entries.iter().enumerate().map(item).collect();
    serde_json::json!({ "version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items }).to_string()
}

/// A site with an article for each entry.
fn site(entries: &[Entry]) -> Site {
    let site = Site::new();
    site.write("feedwright.yaml", CONFIG.replace("example.org", "new.example"));
    for (number, entry) in entries.iter().enumerate() {
        // Some articles have only the day, some no date.
        let date = match number % 3 {
            0 => format!("date: {}\n", date(entry)),
            1 => format!("date: {}\n", &date(entry)[..10]),
            _ => String::new(),
        };
        let text = format!("---\ntitle: Note {number}\n{date}---\n\nWords of note {number}.\n");
        site.write(&format!("input/notes/note-{number}.md"), text);
    }
    site
}

fn read(site: &Site, path: &str) -> Generation {
    compare::read(&fs::read(site.folder.join(path)).unwrap()).unwrap()
}

/// No subscriber of an imported feed sees an entry again.
#[track_caller]
fn check_ids(site: &Site, imported: &str, built: &str) {
    let (old, new) = (read(site, imported), read(site, built));
    let changes = compare::changes(&old, &new);
    assert!(
        changes.reidentified.is_empty() && changes.reused.is_empty(),
        "{imported}: {changes:#?}"
    );
    assert!(
        changes.added.is_empty() && changes.removed.is_empty(),
        "{imported}: {changes:#?}"
    );
}

/// As [`check_ids`], and no entry changes its date.
#[track_caller]
fn check_unchanged(site: &Site, imported: &str, built: &str) {
    check_ids(site, imported, built);
    let (old, new) = (read(site, imported), read(site, built));
    let changes = compare::changes(&old, &new);
    assert!(changes.redated.is_empty(), "{imported}: {changes:#?}");
}

fn import(site: &Site, arguments: &[&str]) {
    let output = site.run(&[&["import", "--now", NOW], arguments].concat());
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        stderr(&output)
    );
}

#[test]
fn an_import_needs_the_lock_and_an_undamaged_ledger() {
    let entry = Entry {
        id: "17".to_owned(),
        link: "https://old.example/notes/note-0/".to_owned(),
        day: 1,
        second: 0,
    };
    let site = site(std::slice::from_ref(&entry));
    site.write("old.json", json(&[entry]));
    let run = |arguments: &[&str]| site.run(&[&["import", "old.json", "--now", NOW], arguments].concat());
    let lock = Lock::acquire(&site.folder.join("feeds")).unwrap();
    assert_eq!(run(&[]).status.code(), Some(75));
    assert_eq!(run(&["--dry-run"]).status.code(), Some(0), "a dry run needs no lock");
    assert!(!site.folder.join("feedwright.ledger").exists());
    drop(lock);
    assert_eq!(run(&[]).status.code(), Some(0));
    let damaged = site.read("feedwright.ledger").replace("17", "18");
    site.write("feedwright.ledger", &damaged);
    assert_eq!(run(&[]).status.code(), Some(3));
    assert_eq!(site.read("feedwright.ledger"), damaged);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_imported_entry_is_not_new_in_any_reader(entries in entries(), is_json in any::<bool>()) {
        let site = site(&entries);
        let (name, text) = if is_json { ("old.json", json(&entries)) } else { ("old.xml", rss(&entries)) };
        site.write(name, text);
        import(&site, &[name]);
        site.build(0);
        check_unchanged(&site, name, "feeds/rss.xml");
        check_unchanged(&site, name, "feeds/feed.json");
        let before = site.published();
        site.build(0);
        prop_assert_eq!(&site.published(), &before);
        fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
        site.build(0);
        check_ids(&site, name, "feeds/rss.xml");
    }

    #[test]
    fn each_format_keeps_its_own_imported_ids(entries in entries(), ids in prop::collection::btree_set(id(), 7)) {
        let site = site(&entries);
        let in_atom = entries.iter().zip(&ids);
        let mut in_atom: Vec<Entry> = in_atom.map(|(entry, id)| Entry { id: id.clone(), ..entry.clone() }).collect();
        // An id with spaces is not valid in Atom; and two entries must not share an id across formats.
        in_atom.retain(|entry| Id::from_published(&entry.id).is_some() && entries.iter().all(|other| other.id != entry.id));
        prop_assume!(in_atom.len() == entries.len());
        site.write("old.xml", rss(&entries));
        site.write("old-atom.xml", atom(&in_atom));
        import(&site, &["old.xml", "old-atom.xml"]);
        site.build(0);
        check_unchanged(&site, "old.xml", "feeds/rss.xml");
        check_unchanged(&site, "old.xml", "feeds/feed.json");
        check_unchanged(&site, "old-atom.xml", "feeds/atom.xml");
    }
}
