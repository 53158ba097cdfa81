//! Evidence about an article from the other articles in its folder. Each folder is read when an article first needs it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use feedwright::{
    article::{Article, Kind},
    extract::{
        self, Context, Evidence,
        order::{self, FolderOrder, Undecided},
    },
    finding::Finding,
    plain_text::{self, FolderPatterns, Observation},
    source::discover::{self, ArticleFile, Inputs},
    source::threads::lock,
    time::written::DateOrder,
};

use super::has_error;

/// The folders that have been read.
#[derive(Default)]
pub(super) struct Folders {
    orders: Mutex<BTreeMap<PathBuf, FolderOrder>>,
    texts: Mutex<BTreeMap<PathBuf, Option<Arc<FolderPatterns>>>>,
}

impl Folders {
    /// Returns the order of day and month that the folder's dates prove, and a finding that says how these dates affect
    /// the undecided date.
    ///
    /// The order is `None` if no date proves an order, or if the dates contradict each other. The finding is `None`
    /// only if no date proves an order.
    pub(super) fn order(
        &self,
        folder: &Path,
        context: &Context<'_>,
        undecided: &Undecided,
    ) -> (Option<DateOrder>, Option<Finding>) {
        // The lock is held while the folder is read, so that other threads wait for the result instead of reading it
        // too.
        let mut orders = lock(&self.orders);
        let order = orders
            .entry(folder.to_owned())
            .or_insert_with(|| find_order(folder, context));
        (order.proven(), order.finding(undecided))
    }

    /// The lines that a folder's plain-text articles have in common, such as menus, footers and the site's name.
    pub(super) fn text(&self, folder: &Path, context: &Context<'_>) -> Option<Arc<FolderPatterns>> {
        let mut texts = lock(&self.texts);
        let folder = texts
            .entry(folder.to_owned())
            .or_insert_with(|| compare_texts(folder, context).map(Arc::new));
        folder.clone()
    }
}

/// Compares the plain-text articles in a folder with each other, as a build does.
fn compare_texts(folder: &Path, context: &Context<'_>) -> Option<FolderPatterns> {
    let mut sources = files_in(folder);
    // In a large folder, a build compares only the articles with the lowest ranks. The same articles are chosen here.
    sources.sort_by_cached_key(|source| plain_text::sample_rank(&source.relative));
    let mut buffer = Vec::new();
    let observations: Vec<Observation> = sources
        .iter()
        .filter_map(|source| {
            discover::read_into(&source.path, &mut buffer).ok()?;
            let article = Article::parse(&source.relative, &buffer);
            // A build skips articles with errors, so they must not count here.
            let is_text = article.kind == Kind::PlainText && !has_error(&article.findings);
            (is_text && !is_draft(&Evidence::new(&article, context))).then(|| Observation::new(article.layout()))
        })
        .take(plain_text::MAX_TEXTS_PER_FOLDER)
        .collect();
    FolderPatterns::from_observations(&observations)
}

/// Whether an article is a draft. A build skips drafts, so they must not count here either.
fn is_draft(evidence: &Evidence<'_>) -> bool {
    extract::draft(evidence, &mut Vec::new()).is_some_and(|draft| draft.value)
}

/// The files in a folder that may be articles. Files in subfolders are not included.
///
/// Returns an empty list if the folder cannot be listed. In that case, the articles in the folder cannot be read
/// either, and each of them is reported.
fn files_in(folder: &Path) -> Vec<ArticleFile> {
    let root = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    let roots = Inputs {
        paths: vec![root.to_owned()],
        include: Vec::new(),
        exclude: vec!["*/**".to_owned()],
    };
    let found = discover::list(&roots).unwrap_or_default();
    found.into_iter().map(|(source, _)| source).collect()
}

/// Finds out from the dates in a folder whether the day or the month comes first in them.
fn find_order(folder: &Path, context: &Context<'_>) -> FolderOrder {
    let mut order = FolderOrder::default();
    let mut buffer = Vec::new();
    for source in files_in(folder) {
        if discover::read_into(&source.path, &mut buffer).is_err() {
            continue;
        }
        let article = Article::parse(&source.relative, &buffer);
        let evidence = Evidence::new(&article, context);
        if is_draft(&evidence) {
            continue;
        }
        let published = extract::published(&evidence, &mut Vec::new());
        if let Some(proof) = order::proof(&evidence, published.as_ref()) {
            order.add(&source.relative, proof);
        }
    }
    order
}
