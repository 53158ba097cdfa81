//! What the other articles of a folder teach about one; each folder is read when the first of its articles needs it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
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
    time::written::DateOrder,
};

use super::has_error;

/// What is known of folders so far.
#[derive(Default)]
pub(super) struct Folders {
    orders: Mutex<BTreeMap<PathBuf, FolderOrder>>,
    texts: Mutex<BTreeMap<PathBuf, Option<Arc<FolderPatterns>>>>,
}

impl Folders {
    /// The order of day and month that the dates of a folder prove, and what is to be said of it.
    pub(super) fn order(
        &self,
        folder: &Path,
        context: &Context<'_>,
        undecided: &Undecided,
    ) -> (Option<DateOrder>, Option<Finding>) {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let order = orders
            .entry(folder.to_owned())
            .or_insert_with(|| order_of(folder, context));
        (order.proven(), order.finding(undecided))
    }

    /// What the plain texts of a folder have in common.
    pub(super) fn text(&self, folder: &Path, context: &Context<'_>) -> Option<Arc<FolderPatterns>> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = texts
            .entry(folder.to_owned())
            .or_insert_with(|| text_of(folder, context).map(Arc::new));
        known.clone()
    }
}

/// What the plain texts of a folder have in common, as a build would choose them.
fn text_of(folder: &Path, context: &Context<'_>) -> Option<FolderPatterns> {
    let mut sources = files_of(folder);
    sources.sort_by_cached_key(|source| plain_text::sample_rank(&source.relative));
    let mut buffer = Vec::new();
    let observations: Vec<Observation> = sources
        .iter()
        .filter_map(|source| {
            discover::read_into(&source.path, &mut buffer).ok()?;
            let article = Article::parse(&source.relative, &buffer);
            let is_text = article.kind == Kind::PlainText && !has_error(&article.findings);
            (is_text && !is_draft(&Evidence::new(&article, context))).then(|| Observation::new(article.layout()))
        })
        .take(plain_text::MAX_TEXTS_PER_FOLDER)
        .collect();
    FolderPatterns::from_observations(&observations)
}

/// What a build does not look at teaches nothing there either.
fn is_draft(evidence: &Evidence<'_>) -> bool {
    extract::draft(evidence, &mut Vec::new()).is_some_and(|draft| draft.value)
}

/// The files of a folder that may be articles. One that cannot be listed teaches nothing, and its articles say themselves
/// that they cannot be read.
fn files_of(folder: &Path) -> Vec<ArticleFile> {
    let here = if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    };
    let roots = Inputs {
        paths: vec![here.to_owned()],
        include: Vec::new(),
        exclude: vec!["*/**".to_owned()],
    };
    let found = discover::list(&roots).unwrap_or_default();
    found.into_iter().map(|(source, _)| source).collect()
}

/// What the articles of a folder prove of the order of day and month.
fn order_of(folder: &Path, context: &Context<'_>) -> FolderOrder {
    let mut order = FolderOrder::default();
    let mut buffer = Vec::new();
    for source in files_of(folder) {
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
