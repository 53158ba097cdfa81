//! One pass over the input: every article is read once, and only those that a feed may hold are kept.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicUsize, atomic::Ordering},
};

use crate::{
    article::{
        Article,
        beside::{lies_below, modified, path_below},
        discover::{self, Source},
    },
    config::{Config, FeedSettings},
    error::Error,
    extract::{
        self,
        evidence::Derived,
        order::{self, FolderOrder, Undecided},
    },
    finding::{Finding, Severity},
    ledger::{ByFingerprint, Ledger},
    select::{Matcher, Newest},
    time::{Timestamp, WrittenDate, written::DateOrder},
};

/// An article that a feed may hold.
#[derive(Debug)]
pub(super) struct Shortlisted {
    pub(super) article: Article<'static>,
    /// Where it lies.
    pub(super) file: PathBuf,
    pub(super) fingerprint: u128,
    /// The order of day and month that its folder proves, if that decided how it is read.
    pub(super) date_order: Option<DateOrder>,
    /// Its own date; `None` if it is dated by the ledger.
    pub(super) published: Option<Timestamp>,
}

/// What one pass over the input found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) articles: usize,
    pub(super) drafts: usize,
    pub(super) scheduled: usize,
    pub(super) expired: usize,
    /// For each feed of the configuration its articles, newest first.
    pub(super) shortlists: Vec<Vec<Arc<Shortlisted>>>,
    /// Path and fingerprint of every article without a date of its own: the ledger has to remember all of them.
    pub(super) undated: BTreeMap<String, u128>,
    /// By path as it can be opened; an article with an error is left out.
    pub(super) findings: BTreeMap<PathBuf, Vec<Finding>>,
}

impl Survey {
    /// How many articles were left out because of an error.
    pub(super) fn skipped(&self) -> usize {
        self.findings.values().filter(|findings| has_error(findings)).count()
    }
}

pub(super) fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Feeds that hold the same articles share one window.
struct Window<'a> {
    matcher: Matcher<'a>,
    earliest: Option<i64>,
    newest: Mutex<Newest<Arc<Shortlisted>>>,
}

/// What each thread adds up; merged when all are done, so that no order of threads shows.
#[derive(Default)]
struct Tally {
    drafts: usize,
    scheduled: usize,
    expired: usize,
    undated: BTreeMap<String, u128>,
    findings: BTreeMap<PathBuf, Vec<Finding>>,
    /// What the dates of each folder prove of the order of day and month.
    orders: BTreeMap<String, FolderOrder>,
    /// Articles with a date that only such an order decides, so only when all are read.
    waiting: Vec<(Source, Article<'static>, Undecided)>,
}

/// Where an article stands in time.
enum Standing {
    Draft,
    Scheduled,
    Expired,
    Broken,
    /// Until it is known what the folder's other dates prove.
    Waiting(Undecided),
    /// With its own date, if it has one, and the instant that it is ordered by.
    Public(Option<Timestamp>, Timestamp),
}

/// Reads every article of the configuration.
///
/// # Errors
/// An input folder that cannot be read: it must not pass for an empty one.
pub(super) fn survey(
    config: &Config,
    context: &extract::Context<'_>,
    ledger: &Ledger,
    now: Timestamp,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Survey, Error> {
    let (windows, window_of) = windows(&config.feeds, now);
    let articles = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    let memory = Memory {
        ledger,
        by_fingerprint: ledger.by_fingerprint(),
        folders: &config.input.paths,
    };

    let settle =
        |source: Source, mut article: Article<'_>, context: &extract::Context<'_>, first: Option<&Mutex<Tally>>| {
            let standing = standing(&mut article, &source.path, context, config, &memory, now, first);
            if let Standing::Waiting(undecided) = standing {
                lock(&tally).waiting.push((source, article.into_owned(), undecided));
                return;
            }
            if !article.findings.is_empty() {
                lock(&tally)
                    .findings
                    .insert(source.path.clone(), article.findings.clone());
            }
            match standing {
                Standing::Draft => lock(&tally).drafts += 1,
                Standing::Scheduled => lock(&tally).scheduled += 1,
                Standing::Expired => lock(&tally).expired += 1,
                Standing::Broken | Standing::Waiting(_) => {}
                Standing::Public(published, ordered_by) => {
                    if published.is_none() {
                        lock(&tally)
                            .undated
                            .insert(source.relative.clone(), article.fingerprint());
                    }
                    shortlist(&windows, source, article, published, ordered_by, context);
                }
            }
        };

    let visit = |mut source: Source, read: Result<&[u8], Finding>| {
        source.relative = path_below(&config.input.paths, &source.path, source.relative);
        progress(articles.fetch_add(1, Ordering::Relaxed) + 1);
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(finding) => {
                lock(&tally).findings.insert(source.path, vec![finding]);
                return;
            }
        };
        let article = Article::parse(&source.relative, bytes);
        settle(source, article, context, Some(&tally));
    };
    discover::walk(&config.input, &visit)?;
    let waiting = std::mem::take(&mut lock(&tally).waiting);
    for (source, mut article, undecided) in waiting {
        let mut context = *context;
        if let Some(order) = lock(&tally).orders.get(folder_of(&source.relative)) {
            context.date_order = order.decided();
            article.findings.extend(order.finding(&undecided));
        }
        settle(source, article, &context, None);
    }

    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    let newest: Vec<_> = windows
        .into_iter()
        .map(|window| {
            window
                .newest
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
                .into_newest_first()
        })
        .collect();
    Ok(Survey {
        articles: articles.into_inner(),
        drafts: tally.drafts,
        scheduled: tally.scheduled,
        expired: tally.expired,
        shortlists: window_of.into_iter().map(|window| newest[window].clone()).collect(),
        undated: tally.undated,
        findings: tally.findings,
    })
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One window for all feeds with the same selection and limits, and for each feed the number of its window.
fn windows(feeds: &[FeedSettings], now: Timestamp) -> (Vec<Window<'_>>, Vec<usize>) {
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
    let window = |feed: &&'_ FeedSettings| (feed.limits.age_days, feed.limits.entries);
    let windows = distinct
        .iter()
        .map(|feed| {
            let (age_days, entries) = window(feed);
            Window {
                matcher: Matcher::new(&feed.selection),
                earliest: age_days.map(|days| now.unix() - i64::from(days) * 24 * 60 * 60),
                newest: Mutex::new(Newest::new(entries)),
            }
        })
        .collect();
    (windows, window_of)
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Decides whether an article is public now, by nothing but what it says of itself and the ledger; on the first look
/// its folder learns from it, and it may have to wait for what the folder learns.
fn standing(
    article: &mut Article<'_>,
    file: &Path,
    context: &extract::Context<'_>,
    config: &Config,
    memory: &Memory<'_>,
    now: Timestamp,
    first: Option<&Mutex<Tally>>,
) -> Standing {
    if has_error(&article.findings) {
        return Standing::Broken;
    }
    let evidence = extract::Evidence::of(article, context);
    if extract::draft(&evidence).is_some_and(|draft| draft.value) {
        return Standing::Draft;
    }
    let at = |date: &Derived<WrittenDate>| date.value.at(&config.site.zone, config.site.default_time);
    let mut findings = Vec::new();
    let expires = extract::expires(&evidence, &mut findings);
    let published = extract::published(&evidence, &mut findings);
    if let Some(tally) = first {
        if let Some(proof) = order::proof(&evidence, published.as_ref()) {
            let folder = folder_of(&article.path).to_owned();
            lock(tally)
                .orders
                .entry(folder)
                .or_default()
                .learn(&article.path, proof);
        }
        if let Some(undecided) = order::undecided(&evidence, published.as_ref()) {
            return Standing::Waiting(undecided);
        }
    }
    if has_error(&findings) {
        article.findings.extend(findings);
        return Standing::Broken;
    }
    if expires.is_some_and(|expires| at(&expires) <= now) {
        return Standing::Expired;
    }
    let touched = || Timestamp::from_unix(modified(file)?);
    match published
        .as_ref()
        .map(at)
        .or_else(|| config.file_time_dates.then(touched).flatten())
    {
        Some(published) if published > now => Standing::Scheduled,
        Some(published) => Standing::Public(Some(published), published),
        None => Standing::Public(None, memory.first_seen(article).unwrap_or(now)),
    }
}

/// The ledger as the survey asks it.
struct Memory<'a> {
    ledger: &'a Ledger,
    by_fingerprint: ByFingerprint<'a>,
    folders: &'a [PathBuf],
}

impl Memory<'_> {
    /// When the ledger says that an article was first seen, here or where it lay before it was renamed.
    fn first_seen(&self, article: &Article<'_>) -> Option<Timestamp> {
        let moved_from = || {
            let mut paths = self.by_fingerprint.paths(article.fingerprint());
            paths
                .find(|path| !lies_below(self.folders, path))
                .and_then(|path| self.ledger.records.get(path))
        };
        let record = self.ledger.records.get(&article.path).or_else(moved_from)?;
        Some(record.first_seen)
    }
}

/// Keeps an article in the windows of the feeds that may hold it.
fn shortlist(
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

fn takes(matcher: &Matcher<'_>, article: &Article<'_>, context: &extract::Context<'_>) -> bool {
    let metadata = extract::metadata(article, context);
    let categories = metadata.categories.map_or_else(Vec::new, |categories| categories.value);
    let authors = metadata.authors.map_or_else(Vec::new, |authors| authors.value);
    let names: Vec<&str> = authors.iter().map(|author| author.name.as_str()).collect();
    matcher.takes(
        &categories,
        &names,
        metadata.language.map(|language| language.value).as_ref(),
    )
}
