//! Reads every article once, in parallel, and keeps only those that a feed may contain.
//!
//! Each article is read only once, because reading takes most of the time: with 10,000 articles, it took 0.047 of 0.058
//! CPU seconds in a prototype. A second pass would also see files saved in the meantime, and could publish new text
//! with an old date.
//!
//! Each feed's shortlist is chosen while reading, so memory use is proportional to the size of the feeds rather than to
//! that of the archive: with 100,000 articles, the prototype used 20 MiB, while a version that first collected all
//! articles used 588 MiB. Here, only what is needed to choose the shortlists is extracted, such as dates and the draft
//! state. For the articles that remain, `entries` extracts the other metadata and the body's HTML.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicUsize, atomic::Ordering},
};

use super::{
    eligibility::{Classifier, Eligibility, FolderOrders, Undated, folder_of},
    isolate::isolate,
    shortlist::{self, Shortlist, Shortlisted, shortlists},
};
use crate::{
    article::{Article, Kind},
    config::Config,
    error::Error,
    extract::{self, order::Undecided},
    finding::{Finding, has_error},
    ledger::Ledger,
    plain_text::{FolderPatterns, Observation, Sample},
    source::{
        discover::{self, ArticleFile},
        files::article_path,
        threads::{into_inner, lock},
    },
    time::Timestamp,
};

/// The result of reading the input.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    pub(crate) articles: usize,
    pub(crate) drafts: usize,
    pub(crate) scheduled: usize,
    pub(crate) expired: usize,
    /// The expired articles that a feed still contains, by path, each with the number of seconds since it expired.
    pub(crate) expired_entries: BTreeMap<String, i64>,
    /// One list of articles for each feed, with the newest article first. The feeds are in configuration order.
    pub(crate) shortlists: Vec<Vec<Arc<Shortlisted>>>,
    /// For each feed, the newest articles that are too old for it, with the newest article first. One of them is published
    /// only if the feed would otherwise be empty.
    pub(crate) too_old: Vec<Vec<Arc<Shortlisted>>>,
    /// Every public article without a date, by path. The ledger records all of them, even those that are too old for
    /// any feed. Otherwise, they would count as new in every build.
    pub(crate) undated: BTreeMap<String, Undated>,
    /// The findings for each file or folder. The key is the path to open. An article that has an error among its
    /// findings is skipped.
    pub(crate) findings: BTreeMap<PathBuf, Vec<Finding>>,
    /// Unreadable articles and folders, and articles with errors. The key is the [`article_path`], and the value is the
    /// path to open.
    pub(crate) broken: BTreeMap<String, PathBuf>,
    /// How many articles had errors before the shortlists were extended to replace articles that cannot be published.
    /// The guards use this number, so that an error in an old article that no feed needs does not count.
    pub(crate) failed: usize,
}

impl Survey {
    /// How many articles were skipped because of an error.
    pub(crate) fn skipped(&self) -> usize {
        self.findings.values().filter(|findings| has_error(findings)).count()
    }
}

/// The combined result of all threads. It consists of counts and maps, so the order in which the threads finish does
/// not affect the result.
#[derive(Default)]
struct Tally {
    drafts: usize,
    scheduled: usize,
    expired: usize,
    expired_entries: BTreeMap<String, i64>,
    undated: BTreeMap<String, Undated>,
    findings: BTreeMap<PathBuf, Vec<Finding>>,
    broken: BTreeMap<String, PathBuf>,
    /// Articles whose date depends on the other dates in their folder. The order of this list depends on thread
    /// scheduling, but all its articles end up in maps and shortlists, which are sorted.
    undecided: Vec<(ArticleFile, Article<'static>, Undecided)>,
}

/// The state of the pass over the input, shared by the threads.
struct Pass<'a> {
    classifier: Classifier<'a>,
    shortlists: Vec<Shortlist<'a>>,
    tally: Mutex<Tally>,
    orders: Mutex<FolderOrders>,
    sample: Mutex<Sample>,
}

impl Pass<'_> {
    /// Counts an article, and keeps it if a feed may contain it or if its eligibility is undecided.
    fn add(
        &self,
        source: ArticleFile,
        mut article: Article<'_>,
        context: &extract::Context<'_>,
        orders: Option<&Mutex<FolderOrders>>,
    ) {
        let eligibility = self.classifier.classify(&mut article, &source.path, context, orders);
        let is_first_time = orders.is_some();
        // An undecided article is added twice, but its layout is sampled only the first time. Drafts and broken
        // articles are left out, as in `explain`, so that `build` and `explain` find the same patterns.
        if is_first_time && !matches!(eligibility, Eligibility::Draft | Eligibility::Broken) {
            self.sample_layout(&article);
        }
        // Only undecided articles are copied here. All others stay in their thread's buffer, which the next article
        // overwrites.
        if let Eligibility::Undecided(undecided) = eligibility {
            let undecided = (source, article.into_owned(), undecided);
            lock(&self.tally).undecided.push(undecided);
            return;
        }
        if !article.findings.is_empty() {
            let findings = article.findings.clone();
            lock(&self.tally).findings.insert(source.path.clone(), findings);
        }
        match eligibility {
            Eligibility::Draft => lock(&self.tally).drafts += 1,
            Eligibility::Scheduled => lock(&self.tally).scheduled += 1,
            Eligibility::Expired { seconds } => {
                let is_in_feed = self.classifier.is_in_any_feed(&source.relative);
                let mut tally = lock(&self.tally);
                tally.expired += 1;
                tally
                    .expired_entries
                    .extend(is_in_feed.then_some((source.relative, seconds)));
            }
            Eligibility::Undecided(_) => {}
            Eligibility::Broken => {
                // `retain` looks for the published entries of these articles.
                lock(&self.tally).broken.insert(source.relative, source.path);
            }
            Eligibility::Public {
                published,
                ordered_by,
                undated,
            } => {
                if let Some(undated) = undated {
                    // The ledger records the article even if no feed has room for it. If the file is renamed later, its
                    // record is found by the fingerprint.
                    lock(&self.tally).undated.insert(source.relative.clone(), undated);
                }
                shortlist::add(&self.shortlists, source, article, published, ordered_by, context);
            }
        }
    }

    /// Adds the layout of a plain-text article to its folder's sample. The sample shows which lines occur in many
    /// articles of the folder, and are therefore boilerplate.
    fn sample_layout(&self, article: &Article<'_>) {
        if article.kind == Kind::PlainText && lock(&self.sample).would_keep(&article.path) {
            let observation = Observation::new(article.layout());
            lock(&self.sample).insert(&article.path, observation);
        }
    }

    /// Adds the articles that had to wait until all dates in their folder were read.
    fn add_undecided(&self, context: &extract::Context<'_>) {
        // The lock must be released here, because `add` takes it again.
        let undecided = std::mem::take(&mut lock(&self.tally).undecided);
        for (source, mut article, undecided) in undecided {
            let mut context = *context;
            let file = source.clone();
            if let Some(order) = lock(&self.orders).get(folder_of(&source.relative)) {
                context.date_order = order.proven();
                article.findings.extend(order.finding(&undecided));
            }
            // `None` is passed for `orders`, because all dates in the folder have been read and the article must not be
            // postponed a second time.
            let added = isolate(|| self.add(source, article, &context, None));
            if let Err(finding) = added {
                self.add_broken(file, finding);
            }
        }
    }

    /// Records an article that cannot be read or processed. Otherwise, the article would count as deleted, and its
    /// entry would disappear and come back in a later build.
    fn add_broken(&self, file: ArticleFile, finding: Finding) {
        let mut tally = lock(&self.tally);
        tally.findings.entry(file.path.clone()).or_default().push(finding);
        tally.broken.insert(file.relative, file.path);
    }
}

/// Reads every article in the configured input folders. Each shortlist contains up to `spare` articles more than its
/// feed may have entries.
///
/// # Errors
/// Returns an error if an input folder cannot be read. Otherwise, the folder would count as empty, and all its entries
/// would be removed.
pub(crate) fn survey(
    config: &Config,
    context: &extract::Context<'_>,
    ledger: &Ledger,
    now: Timestamp,
    spare: usize,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Survey, Error> {
    let (shortlists, index_of) = shortlists(&config.feeds, now, spare);
    let articles = AtomicUsize::new(0);
    let pass = Pass {
        classifier: Classifier::new(config, ledger, context, now),
        shortlists,
        tally: Mutex::default(),
        orders: Mutex::default(),
        sample: Mutex::default(),
    };
    let visit = |mut source: ArticleFile, read: Result<&[u8], Finding>| {
        // This must come before any use of the path: with several input folders, two articles may have the same
        // relative path.
        source.relative = article_path(&config.input.paths, &source.path, source.relative);
        progress(articles.fetch_add(1, Ordering::Relaxed) + 1);
        let file = source.clone();
        let added = read.and_then(|bytes| {
            isolate(|| {
                let article = Article::parse(&file.relative, bytes);
                pass.add(source, article, context, Some(&pass.orders));
            })
        });
        if let Err(finding) = added {
            pass.add_broken(file, finding);
        }
    };
    discover::walk(&config.input, &visit)?;
    pass.add_undecided(context);

    let tally = into_inner(pass.tally);
    let (newest, too_old): (Vec<_>, Vec<_>) = pass.shortlists.into_iter().map(Shortlist::into_newest_first).unzip();
    // The sample is complete only now. That is early enough: only shortlisted articles need the patterns, and the
    // patterns do not affect the dates by which articles are sorted.
    share_patterns(
        newest.iter().flatten().chain(too_old.iter().flatten()),
        &lock(&pass.sample),
    );
    Ok(Survey {
        articles: articles.into_inner(),
        drafts: tally.drafts,
        scheduled: tally.scheduled,
        expired: tally.expired,
        expired_entries: tally.expired_entries,
        shortlists: index_of.iter().map(|index| newest[*index].clone()).collect(),
        too_old: index_of.iter().map(|index| too_old[*index].clone()).collect(),
        undated: tally.undated,
        findings: tally.findings,
        broken: tally.broken,
        failed: 0,
    })
}

/// Gives each shortlisted plain-text article the patterns of its folder.
fn share_patterns<'a>(shortlisted: impl Iterator<Item = &'a Arc<Shortlisted>>, sample: &Sample) {
    let mut folders: BTreeMap<&str, Option<Arc<FolderPatterns>>> = BTreeMap::new();
    for item in shortlisted.filter(|item| item.article.kind == Kind::PlainText) {
        let path = item.article.path.as_str();
        let folder = folders
            .entry(folder_of(path))
            .or_insert_with(|| sample.patterns_for(path).map(Arc::new));
        if let Some(folder) = folder {
            item.article.set_folder(Arc::clone(folder));
        }
    }
}
