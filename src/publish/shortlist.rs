//! The newest articles that each feed may contain, collected while the input is read.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use super::identify::ArticleProperties;
use crate::{
    article::Article,
    compose::Permalink,
    config::FeedSettings,
    extract::{self, Author, Evidence, Metadata, evidence::Derived},
    select::{Matcher, Newest},
    source::{
        discover::ArticleFile,
        threads::{into_inner, lock},
    },
    time::{Timestamp, written::DateOrder},
    url::Id,
};

/// An article that a feed may contain.
#[derive(Debug)]
pub(crate) struct Shortlisted {
    pub(crate) article: Article<'static>,
    /// The path to open.
    pub(crate) file: PathBuf,
    pub(crate) fingerprint: u128,
    /// The day-month order that the dates in the article's folder show, if the article's own dates depend on that
    /// order.
    pub(crate) date_order: Option<DateOrder>,
    /// The date of the article; `None` if the article has no date of its own.
    pub(crate) published: Option<Timestamp>,
}

/// The newest articles of one selection.
///
/// Feeds with the same selection, entry limit and age limit share a shortlist. Usually, these are the three formats of
/// one feed.
pub(super) struct Shortlist<'a> {
    matcher: Matcher<'a>,
    earliest: Option<i64>,
    newest: Mutex<Newest<Arc<Shortlisted>>>,
    /// The newest articles that are too old for the feeds. One of them is published if there is no other article,
    /// because an empty feed would look broken.
    newest_too_old: Mutex<Newest<Arc<Shortlisted>>>,
}

impl Shortlisted {
    /// Derives the metadata of the article.
    pub(crate) fn metadata(&self, context: &extract::Context<'_>) -> Metadata {
        let context = extract::Context {
            date_order: self.date_order,
            ..*context
        };
        extract::metadata(&self.article, &context)
    }

    /// The properties by which the article's record is found.
    pub(crate) fn properties<'a>(
        &'a self,
        declared_id: Option<&'a Id>,
        title: Option<&'a Derived<String>>,
        link: Option<&'a Permalink>,
    ) -> ArticleProperties<'a> {
        let title = title.filter(|title| !title.is_file_name());
        ArticleProperties {
            path: &self.article.path,
            fingerprint: self.fingerprint,
            length: self.article.text_length(),
            declared_id,
            link: link.map(|link| link.url.as_str()),
            is_link_declared: link.is_some_and(|link| link.is_declared),
            title: title.map(|title| title.value.as_str()),
            is_title_derived: title.is_some_and(Derived::is_from_text),
            published: self.published,
        }
    }
}

impl Shortlist<'_> {
    /// The articles, and the newest articles that are too old, both with the newest article first.
    pub(super) fn into_newest_first(self) -> (Vec<Arc<Shortlisted>>, Vec<Arc<Shortlisted>>) {
        let too_old = into_inner(self.newest_too_old);
        (into_inner(self.newest).into_newest_first(), too_old.into_newest_first())
    }

    /// The list to which an article with this date (seconds since 1970) may belong.
    fn list(&self, when: i64) -> &Mutex<Newest<Arc<Shortlisted>>> {
        match self.earliest.is_none_or(|earliest| when >= earliest) {
            true => &self.newest,
            false => &self.newest_too_old,
        }
    }
}

/// Creates one shortlist for each group of feeds with the same selection and the same limits on the number and age of
/// entries. Also returns the index of each feed's shortlist. A shortlist contains up to `spare` articles more than its
/// feeds may have entries.
pub(super) fn shortlists(feeds: &[FeedSettings], now: Timestamp, spare: usize) -> (Vec<Shortlist<'_>>, Vec<usize>) {
    let mut distinct: Vec<&FeedSettings> = Vec::new();
    let mut index_of = Vec::with_capacity(feeds.len());
    for feed in feeds {
        // Feeds with different byte limits share a shortlist: the byte limit applies to the finished file of each
        // format, and does not change which articles are the newest.
        let is_same = |other: &&FeedSettings| {
            other.selection == feed.selection
                && (other.limits.entries, other.limits.age_days) == (feed.limits.entries, feed.limits.age_days)
        };
        index_of.push(distinct.iter().position(is_same).unwrap_or_else(|| {
            distinct.push(feed);
            distinct.len() - 1
        }));
    }
    let shortlists = distinct.into_iter().map(|feed| Shortlist {
        matcher: Matcher::new(&feed.selection),
        earliest: feed.limits.earliest(now),
        newest: Mutex::new(Newest::new(feed.limits.entries.saturating_add(spare))),
        newest_too_old: Mutex::new(Newest::new(1 + spare)),
    });
    (shortlists.collect(), index_of)
}

/// Adds an article to the shortlists of the feeds that may contain it.
pub(super) fn add(
    shortlists: &[Shortlist<'_>],
    source: ArticleFile,
    article: Article<'_>,
    published: Option<Timestamp>,
    ordered_by: Timestamp,
    context: &extract::Context<'_>,
) {
    let when = ordered_by.unix();
    // The cheap tests come first: in a large archive, most articles are too old, so their metadata is not needed.
    let matching: Vec<_> = shortlists
        .iter()
        .filter(|shortlist| {
            lock(shortlist.list(when)).would_keep(when, &source.relative)
                && shortlist.matcher.matches_path(&source.relative)
                && (!shortlist.matcher.needs_metadata() || matches_metadata(&shortlist.matcher, &article, context))
        })
        .collect();
    // Most articles in a large archive are skipped here, before they are hashed and copied.
    if matching.is_empty() {
        return;
    }
    let fingerprint = article.fingerprint();
    let item = Arc::new(Shortlisted {
        article: article.into_owned(),
        file: source.path,
        fingerprint,
        date_order: context.date_order,
        published,
    });
    // The lock was released when `would_keep` returned, so other threads may have added newer articles since then.
    // Therefore, `offer` compares again.
    for shortlist in matching {
        lock(shortlist.list(when)).offer(when, &source.relative, Arc::clone(&item));
    }
}

/// Whether an article's metadata matches the selection. Derives only the fields that the selection uses.
fn matches_metadata(matcher: &Matcher<'_>, article: &Article<'_>, context: &extract::Context<'_>) -> bool {
    let evidence = Evidence::new(article, context);
    let names = |authors: Vec<Author>| authors.into_iter().map(|author| author.name).collect();
    matcher.matches_metadata(
        || extract::categories(&evidence).map_or_else(Vec::new, |categories| categories.value),
        || extract::authors(&evidence).map_or_else(Vec::new, |authors| names(authors.value)),
        || extract::language(&evidence).map(|language| language.value),
    )
}
