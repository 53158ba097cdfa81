//! Turns the matched entries of an article into its ledger record.

use std::collections::BTreeMap;

use super::articles::SiteArticle;
use crate::{
    compare::FeedEntry,
    compose::id::imported_id,
    config::Config,
    ledger::{LastPublished, Ledger, Record},
    time::Timestamp,
    url::{Id, Url},
};

/// What the imported feeds contain about one article.
pub(super) struct DraftRecord {
    /// The id in RSS and JSON Feed.
    pub(super) name: Option<String>,
    /// The id in Atom.
    pub(super) uri: Option<String>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    link: Option<Url>,
}

impl DraftRecord {
    pub(super) fn new(entry: &FeedEntry) -> Self {
        let mut draft = DraftRecord {
            name: None,
            uri: None,
            published: None,
            updated: None,
            link: None,
        };
        draft.complete(entry);
        draft
    }

    /// Adds the values that earlier feeds did not contain.
    pub(super) fn complete(&mut self, entry: &FeedEntry) {
        self.published = self.published.or(entry.published);
        self.updated = self.updated.or(entry.updated);
        self.link = self.link.take().or_else(|| Url::parse(entry.link.as_ref()?));
    }

    fn id(&self, authority: &str) -> Option<Id> {
        match (&self.uri, &self.name) {
            (Some(uri), Some(name)) => Id::from_published(uri)?.with_name(name),
            (Some(uri), None) => Id::from_published(uri),
            (None, Some(name)) => imported_id(name, authority),
            (None, None) => None,
        }
    }

    fn to_record(&self, article: &SiteArticle<'_>, authority: &str, config: &Config, now: Timestamp) -> Option<Record> {
        let old = article.recorded.map(|(_, record)| record);
        let before = old.and_then(|record| record.last_published.as_ref());
        let first_seen = old.map_or(now, |record| record.first_seen);
        let declared = article.item.published;
        // Dates before `EARLIEST` are replaced, as in `compose`, because some readers show dates before 1970 as dates
        // far in the future.
        let earliest = Timestamp::from_unix(Timestamp::EARLIEST)?;
        let published = self.published.map(|published| published.min(now).max(earliest));
        let published = published.or(declared).unwrap_or(first_seen);
        let updated = self
            .updated
            .map_or(published, |updated| updated.min(now).max(published));
        let link = self.link.clone();
        Some(Record {
            id: self.id(authority)?,
            fingerprint: article.item.fingerprint,
            // For an article without a date, `first_seen` is the publication date. An article with a date is at least
            // as old as its entry in the feed, so `first_seen` must not be later than the entry's date. Otherwise, a
            // site that was imported today would count as new.
            first_seen: match declared {
                None => published,
                Some(_) => first_seen.min(published),
            },
            updated: old.map_or(updated, |record| updated.max(record.updated)),
            last_published: Some(LastPublished {
                published,
                // The article's date is recorded only if it differs from the publication date. As long as the author
                // does not change the article's date, later builds keep the date that subscribers have.
                declared_date: declared.filter(|declared| *declared != published),
                link: link
                    .unwrap_or_else(|| article.permalink(published, config).url)
                    .to_string(),
                // The title and the text are not taken from the feed: generators format them differently, and such
                // differences must not count as an update.
                title: article.title().to_owned(),
                content: before.and_then(|last| last.content),
                feeds: before.map(|last| last.feeds.clone()).unwrap_or_default(),
                retained_since: None,
            }),
        })
    }
}

/// Returns the ledger with the imported records, each under its article's current path.
pub(super) fn apply(
    ledger: &Ledger,
    articles: &[SiteArticle<'_>],
    drafts: BTreeMap<usize, DraftRecord>,
    authority: String,
    config: &Config,
    now: Timestamp,
) -> Ledger {
    let mut after = ledger.clone();
    let mut records = Vec::new();
    for (at, article) in articles.iter().enumerate() {
        let imported = drafts
            .get(&at)
            .and_then(|draft| draft.to_record(article, &authority, config, now));
        // The record moves to the article's current path, where the next build finds it directly.
        let recorded = article.recorded.map(|(path, record)| {
            after.records.remove(path);
            record.clone()
        });
        let record = imported.or(recorded);
        records.extend(record.map(|record| (article.path().to_owned(), record)));
    }
    // If the ledger has an imported id for an article that is gone, the id moves to the article that matches now.
    after.insert_records(records);
    after.authority = Some(authority);
    after.retire_ids(ledger);
    after
}
