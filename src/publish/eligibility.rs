//! Decides whether an article is public now, and by which date it is sorted.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, OnceLock},
};

use super::{authority::authority, mutex::lock};
use crate::{
    article::Article,
    compare::link_path,
    compose::{
        self,
        id::{declared_id, original_id},
    },
    config::Config,
    extract::{
        self,
        evidence::Derived,
        order::{self, FolderOrder, Undecided},
    },
    finding::has_error,
    ledger::{ByFingerprint, Ledger, Record},
    source::files::{article_exists, modified},
    time::{Timestamp, WrittenDate},
};

/// Whether an article is public.
pub(super) enum Eligibility {
    Draft,
    Scheduled,
    Expired,
    Broken,
    /// A date such as 03/04/2026 is ambiguous, and the other dates in the folder have not been read yet.
    Undecided(Undecided),
    Public {
        /// The date in the article, if it has one.
        published: Option<Timestamp>,
        /// The date by which the article is sorted.
        ordered_by: Timestamp,
    },
}

/// The day-month order that the dates in each folder show.
pub(super) type FolderOrders = BTreeMap<String, FolderOrder>;

/// Decides the eligibility of articles.
pub(super) struct Classifier<'a> {
    config: &'a Config,
    now: Timestamp,
    ledger: &'a Ledger,
    by_fingerprint: ByFingerprint<'a>,
    /// Built when first needed, because only undated articles that were renamed and edited need it.
    record_index: OnceLock<RecordIndex<'a>>,
}

impl<'a> Classifier<'a> {
    pub(super) fn new(config: &'a Config, ledger: &'a Ledger, now: Timestamp) -> Self {
        Classifier {
            config,
            now,
            ledger,
            by_fingerprint: ledger.by_fingerprint(),
            record_index: OnceLock::new(),
        }
    }

    /// Decides whether an article is public now.
    ///
    /// If `orders` is given, the article's dates are added to the evidence about its folder, and the result may be
    /// [`Eligibility::Undecided`]. Otherwise, ambiguous dates are read in the order that the context contains.
    pub(super) fn classify(
        &self,
        article: &mut Article<'_>,
        file: &Path,
        context: &extract::Context<'_>,
        orders: Option<&Mutex<FolderOrders>>,
    ) -> Eligibility {
        let (config, now) = (self.config, self.now);
        // This comes first, because unreadable front matter may contain `draft` or a future date.
        if has_error(&article.findings) {
            return Eligibility::Broken;
        }
        let evidence = extract::Evidence::new(article, context);
        let mut findings = Vec::new();
        // Drafts are recognized before dates are read, because a draft may still lack a valid date, which is not an
        // error.
        if extract::draft(&evidence, &mut findings).is_some_and(|draft| draft.value) {
            article.findings.extend(findings);
            return Eligibility::Draft;
        }
        let at = |date: &Derived<WrittenDate>| date.value.at(&config.site.zone, config.site.default_time);
        let mut findings = Vec::new();
        let expires = extract::expires(&evidence, &mut findings);
        let published = extract::published(&evidence, &mut findings);
        if let Some(orders) = orders {
            // Every dated article counts as evidence for its folder, even if the article itself is not public.
            if let Some(proof) = order::proof(&evidence, published.as_ref()) {
                let folder = folder_of(&article.path).to_owned();
                lock(orders).entry(folder).or_default().add(&article.path, proof);
            }
            if let Some(undecided) = order::undecided(&evidence, published.as_ref()) {
                return Eligibility::Undecided(undecided);
            }
        }
        if has_error(&findings) {
            article.findings.extend(findings);
            return Eligibility::Broken;
        }
        if expires.is_some_and(|expires| at(&expires) <= now) {
            return Eligibility::Expired;
        }
        // Used only if the configuration asks for it, because after `git clone` all files have the time of the clone.
        let file_time = || Timestamp::from_unix(modified(file)?);
        match published
            .as_ref()
            .map(at)
            .or_else(|| config.file_time_dates.then(file_time).flatten())
        {
            // All readers that we tried keep an entry with a future date at the top until that date, so the article is
            // held back.
            Some(published) if published > now => {
                // The findings are kept, because a date that contradicts itself may be why the article does not appear.
                article.findings.extend(findings);
                Eligibility::Scheduled
            }
            Some(published) => Eligibility::Public {
                published: Some(published),
                ordered_by: published,
            },
            // A new article without a date gets the current time. Later builds keep that date. Otherwise, the article
            // would always be the newest.
            None => Eligibility::Public {
                published: None,
                ordered_by: self.first_seen(article, context).unwrap_or(now),
            },
        }
    }

    /// When a build first found an undated article, at this path or at an earlier one.
    fn first_seen(&self, article: &Article<'_>, context: &extract::Context<'_>) -> Option<Timestamp> {
        // `compose::identity` can match articles with their records only when all articles have been read, but the
        // shortlist needs a date now. So this search anticipates its steps for one article.
        let renamed_from = || {
            let mut paths = self.by_fingerprint.paths(article.fingerprint());
            paths
                // If the original still exists, this article is a copy, and the date belongs to the original.
                .find(|path| !article_exists(&self.config.input.paths, path))
                .and_then(|path| self.ledger.records.get(path))
        };
        let record = self.ledger.records.get(&article.path).or_else(renamed_from);
        let record = record.or_else(|| self.find_by_id_or_link(article, context))?;
        Some(record.first_seen)
    }

    /// The record with the article's id or permalink, for an article that was renamed and edited.
    fn find_by_id_or_link(&self, article: &Article<'_>, context: &extract::Context<'_>) -> Option<&'a Record> {
        let ledger = self.ledger;
        let index = self.record_index.get_or_init(|| RecordIndex::new(ledger));
        // If nothing has been published, the id and the link need not be derived.
        if index.by_id.is_empty() {
            return None;
        }
        let evidence = extract::Evidence::new(article, context);
        let path_by_id = extract::id(&evidence).and_then(|id| {
            let authority = authority(self.config, ledger, self.now).ok()?;
            let id = declared_id(&id.value, &authority)?;
            index.by_id.get(id.as_str()).copied()
        });
        let path_by_link = || {
            let (declared, slug) = (extract::link(&evidence, &mut Vec::new()), extract::slug(&evidence));
            // The link pattern uses the current date for an article without a date, as in `records`.
            let (link, _) =
                compose::permalink(declared.as_ref(), slug.as_deref(), &article.path, self.now, self.config);
            index.by_link.get(link_path(link.as_str())).copied().flatten()
        };
        let path = path_by_id.or_else(path_by_link)?;
        // If there is still a file at the recorded path, the record belongs to that file.
        let is_gone = !article_exists(&self.config.input.paths, path);
        ledger.records.get(path).filter(|_| is_gone)
    }
}

/// The paths of published records by id and by permalink.
struct RecordIndex<'a> {
    by_id: BTreeMap<&'a str, &'a str>,
    /// `None` if two entries share a permalink.
    by_link: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> RecordIndex<'a> {
    fn new(ledger: &'a Ledger) -> Self {
        let mut index = RecordIndex {
            by_id: BTreeMap::new(),
            by_link: BTreeMap::new(),
        };
        for (path, record) in &ledger.records {
            let Some(last) = &record.last_published else { continue };
            // An article still declares its original id after it was reannounced.
            index.by_id.insert(original_id(&record.id), path);
            index
                .by_link
                .entry(link_path(&last.link))
                .and_modify(|other| *other = None)
                .or_insert(Some(path));
        }
        index
    }
}

/// The folder part of a path: the key of [`FolderOrders`].
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
