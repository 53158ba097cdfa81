//! What an import writes down of an article.

use std::collections::{BTreeMap, BTreeSet};

use super::here::Here;
use crate::{
    compare::Seen,
    compose::identity,
    config::Config,
    ledger::{Ledger, Record, Shown},
    time::Timestamp,
    url::{Id, Url},
};

/// What the feeds say of an article's entry.
pub(super) struct Draft {
    /// Its id in RSS and JSON Feed.
    pub(super) name: Option<String>,
    /// Its id in Atom.
    pub(super) uri: Option<String>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    link: Option<Url>,
}

impl Draft {
    pub(super) fn of(seen: &Seen) -> Self {
        let mut draft = Draft {
            name: None,
            uri: None,
            published: None,
            updated: None,
            link: None,
        };
        draft.complete(seen);
        draft
    }

    /// Takes what no feed has said before.
    pub(super) fn complete(&mut self, seen: &Seen) {
        self.published = self.published.or(seen.published);
        self.updated = self.updated.or(seen.updated);
        self.link = self.link.take().or_else(|| Url::parse(seen.link.as_ref()?));
    }

    fn id(&self, authority: &str) -> Option<Id> {
        match (&self.uri, &self.name) {
            (Some(uri), Some(name)) => Id::published(uri)?.named(name),
            (Some(uri), None) => Id::published(uri),
            (None, Some(name)) => identity::published_as(name, authority),
            (None, None) => None,
        }
    }

    fn record(&self, here: &Here<'_>, authority: &str, config: &Config, now: Timestamp) -> Option<Record> {
        let old = here.known.map(|(_, record)| record);
        let before = old.and_then(|record| record.shown.as_ref());
        let first_seen = old.map_or(now, |record| record.first_seen);
        let own = here.item.published;
        // Readers with 32-bit clocks show anything earlier as the year 2104.
        let earliest = Timestamp::from_unix(Timestamp::EARLIEST)?;
        let published = self.published.map(|published| published.min(now).max(earliest));
        let published = published.or(own).unwrap_or(first_seen);
        let updated = self
            .updated
            .map_or(published, |updated| updated.min(now).max(published));
        let link = self.link.clone();
        Some(Record {
            id: self.id(authority)?,
            fingerprint: here.item.fingerprint,
            // An article without a date is published when it was first seen.
            first_seen: if own.is_none() { published } else { first_seen },
            updated: old.map_or(updated, |record| updated.max(record.updated)),
            shown: Some(Shown {
                published,
                own_date: own.filter(|own| *own != published),
                link: link.unwrap_or_else(|| here.link(published, config)).to_string(),
                // Another generator's way with titles and texts is no change worth telling.
                title: here.title.clone(),
                content: before.and_then(|shown| shown.content),
                feeds: before.map(|shown| shown.feeds.clone()).unwrap_or_default(),
                held: None,
            }),
        })
    }
}

/// The ledger with what was taken; each record under the path where its article lies now.
pub(super) fn with_drafts(
    ledger: &Ledger,
    articles: &[Here<'_>],
    drafts: BTreeMap<usize, Draft>,
    authority: String,
    config: &Config,
    now: Timestamp,
) -> Ledger {
    let mut after = ledger.clone();
    let mut records = Vec::new();
    for (at, here) in articles.iter().enumerate() {
        let drafted = drafts
            .get(&at)
            .and_then(|draft| draft.record(here, &authority, config, now));
        let known = here.known.map(|(path, record)| {
            after.records.remove(path);
            record.clone()
        });
        records.extend(drafted.or(known).map(|record| (here.path().to_owned(), record)));
    }
    // An entry whose article is gone gives its id to the one that is it now.
    let faces = records.iter().flat_map(|(_, record)| record.id.faces());
    let faces: BTreeSet<&str> = faces.collect();
    after
        .records
        .retain(|_, record| !record.id.faces().any(|face| faces.contains(face)));
    after.records.extend(records);
    after.authority = Some(authority);
    after
}
