//! The newest articles that each feed may hold, kept while the input is read.

use std::sync::{Arc, Mutex, PoisonError};

use super::survey::{Shortlisted, lock};
use crate::{
    article::Article,
    config::FeedSettings,
    extract::{self, Author, Evidence},
    select::{Matcher, Newest},
    source::discover::Source,
    time::Timestamp,
};

/// Feeds that hold the same articles share one window.
pub(super) struct Window<'a> {
    matcher: Matcher<'a>,
    earliest: Option<i64>,
    newest: Mutex<Newest<Arc<Shortlisted>>>,
}

impl Window<'_> {
    /// What it holds in the end.
    pub(super) fn into_newest_first(self) -> Vec<Arc<Shortlisted>> {
        let newest = self.newest.into_inner().unwrap_or_else(PoisonError::into_inner);
        newest.into_newest_first()
    }
}

/// One window for all feeds with the same selection and limits, and for each feed the number of its window.
pub(super) fn windows(feeds: &[FeedSettings], now: Timestamp) -> (Vec<Window<'_>>, Vec<usize>) {
    let mut distinct: Vec<&FeedSettings> = Vec::new();
    let mut window_of = Vec::with_capacity(feeds.len());
    for feed in feeds {
        let same = |known: &&FeedSettings| {
            known.selection == feed.selection
                && (known.limits.entries, known.limits.age_days) == (feed.limits.entries, feed.limits.age_days)
        };
        window_of.push(distinct.iter().position(same).unwrap_or_else(|| {
            distinct.push(feed);
            distinct.len() - 1
        }));
    }
    let windows = distinct.into_iter().map(|feed| Window {
        matcher: Matcher::new(&feed.selection),
        earliest: feed.limits.earliest(now),
        newest: Mutex::new(Newest::new(feed.limits.entries)),
    });
    (windows.collect(), window_of)
}

/// Keeps an article in the windows of the feeds that may hold it.
pub(super) fn shortlist(
    windows: &[Window<'_>],
    source: Source,
    article: Article<'_>,
    published: Option<Timestamp>,
    ordered_by: Timestamp,
    context: &extract::Context<'_>,
) {
    let when = ordered_by.unix();
    let wanted: Vec<_> = windows
        .iter()
        .filter(|window| {
            window.earliest.is_none_or(|earliest| when >= earliest)
                && window.matcher.takes_path(&source.relative)
                && lock(&window.newest).would_keep(when, &source.relative)
                && (!window.matcher.looks_inside() || takes(&window.matcher, &article, context))
        })
        .collect();
    if wanted.is_empty() {
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
    for window in wanted {
        lock(&window.newest).offer(when, &source.relative, Arc::clone(&item));
    }
}

/// Whether what the article says of itself lets it into the feed: no other field is derived, none that does not decide.
fn takes(matcher: &Matcher<'_>, article: &Article<'_>, context: &extract::Context<'_>) -> bool {
    let evidence = Evidence::of(article, context);
    let names = |authors: Vec<Author>| authors.into_iter().map(|author| author.name).collect();
    matcher.takes(
        || extract::categories(&evidence).map_or_else(Vec::new, |categories| categories.value),
        || extract::authors(&evidence).map_or_else(Vec::new, |authors| names(authors.value)),
        || extract::language(&evidence).map(|language| language.value),
    )
}
