//! Builds a [`Generation`] from the ledger: the entries that a feed contains according to the ledger's records.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{FeedEntry, Generation};
use crate::ledger::{LastPublished, Ledger, Record, is_articleless};

impl FeedEntry {
    /// The entry as it was last published, according to its record. `article` is the path of its article, if the path
    /// is known.
    pub(crate) fn from_record(article: Option<String>, record: &Record, last: &LastPublished) -> Self {
        FeedEntry {
            id: record.id.to_string(),
            link: Some(last.link.clone()),
            title: last.title.clone(),
            published: Some(last.published),
            updated: Some(record.updated),
            content: last.content,
            article,
        }
    }
}

impl Generation {
    /// The entries that a feed contains according to the ledger, newest first.
    ///
    /// The guards compare ledgers rather than files, so they work even if the feeds are missing, for example in a fresh
    /// clone of a repository in which the output is not committed.
    pub fn from_ledger(ledger: &Ledger, feed: &str) -> Self {
        let entries = ledger.entries_in(feed).map(|(path, record, last)| {
            let path = (!is_articleless(path)).then(|| path.to_owned());
            FeedEntry::from_record(path, record, last)
        });
        let mut entries: Vec<FeedEntry> = entries.collect();
        // The ledger is sorted by path, not by date.
        entries.sort_by_key(|entry| Reverse(entry.published));
        Generation {
            is_atom: false,
            home: ledger.site.clone(),
            updated: ledger.feed_updated(feed),
            entries,
            // Only the build knows which entries do not fit into the feed, so the caller sets the cutoff.
            cutoff: None,
            too_old: None,
            expired: BTreeMap::new(),
        }
    }

    /// Adds the path of each entry's article, if the ledger contains the entry's id.
    #[must_use]
    pub fn with_articles(mut self, ledger: &Ledger) -> Self {
        let records = ledger.records.iter().filter(|(path, _)| !is_articleless(path));
        // An id may have two forms: the URI that Atom requires, and a different name in RSS and JSON Feed. The map
        // contains both.
        let faces = records.flat_map(|(path, record)| record.id.all_names().map(move |face| (face, path)));
        let paths: BTreeMap<&str, &String> = faces.collect();
        for entry in &mut self.entries {
            entry.article = paths.get(entry.id.as_str()).map(|path| (*path).clone());
        }
        self
    }
}
