//! Reads files that are not articles of the build, to find out whether they belong to a record in the ledger.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use super::{ArticleProperties, Records};
use crate::{
    article::{Article, TextLength},
    compose::id::{declared_id, minted_authority, original_id},
    config::Config,
    extract,
    finding::{Finding, has_error},
    identity::{Evidence, Key},
    ledger::Record,
    publish::isolate::isolate,
    source::{
        discover::{ArticleFile, read_into, walk},
        files::{article_exists, article_files, article_path},
        threads::{into_inner, lock},
    },
    time::Timestamp,
    url::Id,
};

impl<'l> Records<'l, '_> {
    /// The articles that are not in `articles` and share a property with one of `records`. An article is left out if
    /// its text is still that of the record at its path.
    ///
    /// This reads all articles a second time, but only if the properties of an article contradict the record at its
    /// path, and no other article in the build fits that record.
    pub(super) fn others_like(
        &self,
        records: &[&(&str, &Record)],
        articles: &[ArticleProperties<'_>],
        shift: i64,
    ) -> Vec<OtherArticle> {
        if records.is_empty() {
            return Vec::new();
        }
        let known: BTreeSet<&str> = articles.iter().map(|article| article.path).collect();
        let keys: BTreeSet<Key> = records
            .iter()
            .flat_map(|(_, record)| Key::of_properties(&self.properties_of(record), shift))
            .collect();
        let others = Mutex::new(BTreeMap::new());
        let visit = |file: ArticleFile, bytes: Result<&[u8], Finding>| {
            let path = article_path(&self.config.input.paths, &file.path, file.relative);
            let Ok(bytes) = bytes else { return };
            if known.contains(path.as_str()) {
                return;
            }
            // The build has already reported an article that cannot be processed.
            let _ = isolate(|| {
                let article = Article::parse(&path, bytes);
                // Nearly all articles still belong to the record at their path.
                let own = self.ledger.records.get(&path);
                if own.is_some_and(|record| record.fingerprint == article.fingerprint()) {
                    return;
                }
                let other = OtherArticle::new(&article, self.config, &self.context);
                let properties = other.properties();
                let properties = self.properties(&properties, self.text(&properties, 1));
                let shared = Key::of_properties(&properties, 0);
                if shared.iter().any(|key| keys.contains(key)) {
                    lock(&others).insert(path.clone(), other);
                }
            });
        };
        // The build has already read this input. If the input can no longer be read, only the articles found so far are
        // returned.
        let _ = walk(&self.config.input, &visit);
        into_inner(others).into_values().collect()
    }

    /// The path of the published article that has this id, if the article's file still belongs to its record. The
    /// record at the path `own` is ignored.
    pub(in crate::publish) fn owner(&self, id: &Id, own: Option<&str>) -> Option<&'l str> {
        let mut records = self.ledger.records.iter();
        let (path, record) = records.find(|(_, record)| record.id == *id)?;
        let is_other = Some(path.as_str()) != own && record.last_published.is_some();
        (is_other && self.owns_id(path, record)).then_some(path)
    }

    /// Whether the file at a record's path still has the record's id. An id in front matter may move to another file, and
    /// a draft does not need it.
    pub(super) fn owns_id(&self, path: &'l str, record: &Record) -> bool {
        if minted_authority(original_id(&record.id)).is_some() {
            return self.belongs_to_file(path, record);
        }
        self.file_is(path, |article| {
            let evidence = extract::Evidence::new(article, &self.context);
            let is_draft = extract::draft(&evidence, &mut Vec::new()).is_some_and(|draft| draft.value);
            let id = extract::id(&evidence).zip(self.authority.as_deref());
            let id = id.and_then(|(id, authority)| declared_id(&id.value, authority));
            let is_same = id.is_some_and(|id| self.comparable(id.as_str()) == self.comparable(original_id(&record.id)));
            is_same && !is_draft
        })
    }

    /// Whether the file at a record's path still belongs to the record. Such a file may be missing from the articles
    /// because it is a draft, too old for a feed, or broken.
    ///
    /// The file is read only if another article fits the record, which is rare.
    pub(super) fn belongs_to_file(&self, path: &'l str, record: &Record) -> bool {
        if let Some(belongs) = lock(&self.belongs).get(path) {
            return *belongs;
        }
        let belongs = self.file_is(path, |article| self.is_same_article(article, record));
        lock(&self.belongs).insert(path, belongs);
        belongs
    }

    /// Whether there is an article at a path for which `test` returns `true`. A file that cannot be read or has errors
    /// passes the test, because it will probably be repaired.
    fn file_is(&self, path: &str, test: impl FnOnce(&Article<'_>) -> bool) -> bool {
        let folders = &self.config.input.paths;
        let mut bytes = Vec::new();
        article_exists(folders, path) && {
            let is_read = article_files(folders, path).any(|file| read_into(&file, &mut bytes).is_ok());
            let passes = || {
                let article = Article::parse(path, &bytes);
                has_error(&article.findings) || test(&article)
            };
            !is_read || isolate(passes).unwrap_or(true)
        }
    }

    /// Whether an article certainly belongs to a record.
    fn is_same_article(&self, article: &Article<'_>, record: &Record) -> bool {
        let other = OtherArticle::new(article, self.config, &self.context);
        let new = self.properties(&other.properties(), self.text(&other.properties(), 1));
        Evidence::new(&self.properties_of(record), &new, 0).is_same_in_place()
    }
}

/// An article that is not among the articles of a build.
pub(super) struct OtherArticle {
    path: String,
    fingerprint: u128,
    length: TextLength,
    title: Option<String>,
    published: Option<Timestamp>,
}

impl OtherArticle {
    fn new(article: &Article<'_>, config: &Config, context: &extract::Context<'_>) -> Self {
        let evidence = extract::Evidence::new(article, context);
        let title = extract::title(&evidence, &mut Vec::new());
        let published = extract::published(&evidence, &mut Vec::new());
        let site = &config.site;
        OtherArticle {
            path: article.path.clone(),
            fingerprint: article.fingerprint(),
            length: article.text_length(),
            title: title.filter(|title| !title.is_file_name()).map(|title| title.value),
            published: published.map(|date| date.value.at(&site.zone, site.default_time)),
        }
    }

    pub(super) fn properties(&self) -> ArticleProperties<'_> {
        ArticleProperties {
            path: &self.path,
            fingerprint: self.fingerprint,
            length: self.length,
            declared_id: None,
            link: None,
            is_link_declared: false,
            title: self.title.as_deref(),
            is_title_derived: false,
            published: self.published,
        }
    }
}
