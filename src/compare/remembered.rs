//! A generation from the ledger: what it remembers of the entries that a feed holds.

use std::cmp::Reverse;

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
            home: ledger.site.clone(),
            updated: ledger.date_of(feed),
            entries,
            reach: None,
        }
    }
}
