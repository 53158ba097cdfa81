//! One pass over the input: every article is read once, and only those that a feed may hold are kept.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicUsize, atomic::Ordering},
};

use super::{
    standing::{Judge, Orders, Standing, folder_of},
    window::{Window, shortlist, windows},
};
use crate::{
    article::{Article, Kind},
    config::Config,
    error::Error,
    extract::{self, order::Undecided},
    finding::{Finding, Severity},
    ledger::Ledger,
    plain_text::{FolderPatterns, Observation, Sample},
    source::{
        beside::path_below,
        discover::{self, Source},
    },
    time::{Timestamp, written::DateOrder},
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
    /// Articles, and folders, that cannot be read or have an error: by relative path, with the path to open.
    pub(super) broken: BTreeMap<String, PathBuf>,
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

/// What each thread adds up; merged when all are done, so that no order of threads shows.
#[derive(Default)]
struct Tally {
    drafts: usize,
    scheduled: usize,
    expired: usize,
    undated: BTreeMap<String, u128>,
    findings: BTreeMap<PathBuf, Vec<Finding>>,
    broken: BTreeMap<String, PathBuf>,
    /// Articles with a date that only the order of day and month decides, so only when all are read.
    waiting: Vec<(Source, Article<'static>, Undecided)>,
}

/// The pass over the input.
struct Pass<'a> {
    judge: Judge<'a>,
    windows: Vec<Window<'a>>,
    tally: Mutex<Tally>,
    orders: Mutex<Orders>,
    sample: Mutex<Sample>,
}

impl Pass<'_> {
    /// Counts an article, and keeps it if a feed may hold it or if it has to wait.
    fn settle(
        &self,
        source: Source,
        mut article: Article<'_>,
        context: &extract::Context<'_>,
        first_look: Option<&Mutex<Orders>>,
    ) {
        let standing = self.judge.standing(&mut article, &source.path, context, first_look);
        if first_look.is_some() && !matches!(standing, Standing::Draft | Standing::Broken) {
            self.learn_from(&article);
        }
        if let Standing::Waiting(undecided) = standing {
            let waiting = (source, article.into_owned(), undecided);
            lock(&self.tally).waiting.push(waiting);
            return;
        }
        if !article.findings.is_empty() {
            let findings = article.findings.clone();
            lock(&self.tally).findings.insert(source.path.clone(), findings);
        }
        match standing {
            Standing::Draft => lock(&self.tally).drafts += 1,
            Standing::Scheduled => lock(&self.tally).scheduled += 1,
            Standing::Expired => lock(&self.tally).expired += 1,
            Standing::Waiting(_) => {}
            Standing::Broken => {
                lock(&self.tally).broken.insert(source.relative, source.path);
            }
            Standing::Public(published, ordered_by) => {
                if published.is_none() {
                    let fingerprint = article.fingerprint();
                    lock(&self.tally).undated.insert(source.relative.clone(), fingerprint);
                }
                shortlist(&self.windows, source, article, published, ordered_by, context);
            }
        }
    }

    /// Lets a plain text teach its folder what furniture looks like there.
    fn learn_from(&self, article: &Article<'_>) {
        if article.kind == Kind::PlainText && lock(&self.sample).would_keep(&article.path) {
            let observation = Observation::new(article.layout());
            lock(&self.sample).insert(&article.path, observation);
        }
    }

    /// Settles the articles that had to wait, now that all is read.
    fn settle_waiting(&self, context: &extract::Context<'_>) {
        let waiting = std::mem::take(&mut lock(&self.tally).waiting);
        for (source, mut article, undecided) in waiting {
            let mut context = *context;
            if let Some(order) = lock(&self.orders).get(folder_of(&source.relative)) {
                context.date_order = order.decided();
                article.findings.extend(order.finding(&undecided));
            }
            self.settle(source, article, &context, None);
        }
    }
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
    let pass = Pass {
        judge: Judge::new(config, ledger, now),
        windows,
        tally: Mutex::default(),
        orders: Mutex::default(),
        sample: Mutex::default(),
    };
    let visit = |mut source: Source, read: Result<&[u8], Finding>| {
        source.relative = path_below(&config.input.paths, &source.path, source.relative);
        progress(articles.fetch_add(1, Ordering::Relaxed) + 1);
        match read {
            Ok(bytes) => {
                let article = Article::parse(&source.relative, bytes);
                pass.settle(source, article, context, Some(&pass.orders));
            }
            Err(finding) => {
                let mut tally = lock(&pass.tally);
                tally.findings.insert(source.path.clone(), vec![finding]);
                tally.broken.insert(source.relative, source.path);
            }
        }
    };
    discover::walk(&config.input, &visit)?;
    pass.settle_waiting(context);

    let tally = pass.tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    let newest: Vec<_> = pass.windows.into_iter().map(Window::into_newest_first).collect();
    tell_folders(newest.iter().flatten(), &lock(&pass.sample));
    Ok(Survey {
        articles: articles.into_inner(),
        drafts: tally.drafts,
        scheduled: tally.scheduled,
        expired: tally.expired,
        shortlists: window_of.into_iter().map(|window| newest[window].clone()).collect(),
        undated: tally.undated,
        findings: tally.findings,
        broken: tally.broken,
    })
}

/// Tells the plain texts among the shortlisted what their folders have in common.
fn tell_folders<'a>(shortlisted: impl Iterator<Item = &'a Arc<Shortlisted>>, sample: &Sample) {
    let mut folders: BTreeMap<&str, Option<Arc<FolderPatterns>>> = BTreeMap::new();
    for item in shortlisted.filter(|item| item.article.kind == Kind::PlainText) {
        let path = item.article.path.as_str();
        let folder = folders
            .entry(folder_of(path))
            .or_insert_with(|| sample.patterns_for(path).map(Arc::new));
        if let Some(folder) = folder {
            item.article.lies_in(Arc::clone(folder));
        }
    }
}

/// Locks, whatever happened to another thread.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
