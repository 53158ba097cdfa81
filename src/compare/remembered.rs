//! A generation from the ledger: what it remembers of the entries that a feed holds.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Generation, Seen};
use crate::ledger::{Ledger, is_pathless};

impl Generation {
    /// The entries that a feed holds by the ledger, newest first.
    pub fn remembered(ledger: &Ledger, feed: &str) -> Self {
        let held = ledger.held_by(feed).map(|(path, record, shown)| Seen {
            id: record.id.to_string(),
            link: Some(shown.link.clone()),
            title: shown.title.clone(),
            published: Some(shown.published),
            updated: Some(record.updated),
            content: shown.content,
            article: (!is_pathless(path)).then(|| path.to_owned()),
        });
        let mut entries: Vec<Seen> = held.collect();
        entries.sort_by_key(|seen| Reverse(seen.published));
        Generation {
            is_atom: false,
            home: ledger.site.clone(),
            updated: ledger.date_of(feed),
            entries,
            reach: None,
        }
    }

    /// Adds the articles that the ledger knows entries by.
    #[must_use]
    pub fn with_articles(mut self, ledger: &Ledger) -> Self {
        let known = ledger.records.iter().filter(|(path, _)| !is_pathless(path));
        let faces = known.flat_map(|(path, record)| record.id.faces().map(move |face| (face, path)));
        let paths: BTreeMap<&str, &String> = faces.collect();
        for seen in &mut self.entries {
            seen.article = paths.get(seen.id.as_str()).map(|path| (*path).clone());
        }
        self
    }
}
