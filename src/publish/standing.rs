//! Whether an article is public now, and when it became so.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, OnceLock},
};

use super::{
    memory::authority,
    survey::{has_error, lock},
};
use crate::{
    article::Article,
    compare::address,
    compose::{
        self,
        identity::{first_of, own_id},
    },
    config::Config,
    extract::{
        self,
        evidence::Derived,
        order::{self, FolderOrder, Undecided},
    },
    ledger::{ByFingerprint, Ledger, Record},
    source::beside::{lies_below, modified},
    time::{Timestamp, WrittenDate},
};

/// Where an article stands in time.
pub(super) enum Standing {
    Draft,
    Scheduled,
    Expired,
    Broken,
    /// Until it is known what the folder's other dates prove.
    Waiting(Undecided),
    /// With its own date, if it has one, and the instant that it is ordered by.
    Public(Option<Timestamp>, Timestamp),
}

/// What the dates of each folder prove of the order of day and month.
pub(super) type Orders = BTreeMap<String, FolderOrder>;

/// What an article's standing depends on beside itself.
pub(super) struct Judge<'a> {
    config: &'a Config,
    now: Timestamp,
    ledger: &'a Ledger,
    by_fingerprint: ByFingerprint<'a>,
    /// Made when first needed.
    marks: OnceLock<Marks<'a>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(config: &'a Config, ledger: &'a Ledger, now: Timestamp) -> Self {
        Judge {
            config,
            now,
            ledger,
            by_fingerprint: ledger.by_fingerprint(),
            marks: OnceLock::new(),
        }
    }

    /// Decides whether an article is public now, by nothing but what it says of itself and the ledger; on the first look
    /// its folder learns from it, and it may have to wait for what the folder learns.
    pub(super) fn standing(
        &self,
        article: &mut Article<'_>,
        file: &Path,
        context: &extract::Context<'_>,
        first_look: Option<&Mutex<Orders>>,
    ) -> Standing {
        let (config, now) = (self.config, self.now);
        if has_error(&article.findings) {
            return Standing::Broken;
        }
        let evidence = extract::Evidence::of(article, context);
        let mut findings = Vec::new();
        if extract::draft(&evidence, &mut findings).is_some_and(|draft| draft.value) {
            article.findings.extend(findings);
            return Standing::Draft;
        }
        let at = |date: &Derived<WrittenDate>| date.value.at(&config.site.zone, config.site.default_time);
        let mut findings = Vec::new();
        let expires = extract::expires(&evidence, &mut findings);
        let published = extract::published(&evidence, &mut findings);
        if let Some(orders) = first_look {
            if let Some(proof) = order::proof(&evidence, published.as_ref()) {
                let folder = folder_of(&article.path).to_owned();
                lock(orders).entry(folder).or_default().learn(&article.path, proof);
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
            Some(published) if published > now => {
                // A date that contradicts itself may be why the article does not appear.
                article.findings.extend(findings);
                Standing::Scheduled
            }
            Some(published) => Standing::Public(Some(published), published),
            None => Standing::Public(None, self.first_seen(article, context).unwrap_or(now)),
        }
    }

    /// When the ledger says that an article was first seen, here or where it lay before it was renamed.
    fn first_seen(&self, article: &Article<'_>, context: &extract::Context<'_>) -> Option<Timestamp> {
        let moved_from = || {
            let mut paths = self.by_fingerprint.paths(article.fingerprint());
            paths
                .find(|path| !lies_below(&self.config.input.paths, path))
                .and_then(|path| self.ledger.records.get(path))
        };
        let record = self.ledger.records.get(&article.path).or_else(moved_from);
        let record = record.or_else(|| self.marked(article, context))?;
        Some(record.first_seen)
    }

    /// The record of an entry whose article is not known by path or content, but has its id or its address.
    fn marked(&self, article: &Article<'_>, context: &extract::Context<'_>) -> Option<&'a Record> {
        let ledger = self.ledger;
        let marks = self.marks.get_or_init(|| Marks::of(ledger));
        if marks.by_id.is_empty() {
            return None;
        }
        let evidence = extract::Evidence::of(article, context);
        let of_own_id = extract::id(&evidence).and_then(|id| {
            let authority = authority(self.config, ledger, self.now).ok()?;
            let id = own_id(&id.value, &authority)?;
            marks.by_id.get(id.as_str()).copied()
        });
        let of_link = || {
            let (own, slug) = (extract::link(&evidence, &mut Vec::new()), extract::slug(&evidence));
            let (link, _) = compose::link(own.as_ref(), slug.as_deref(), &article.path, self.now, self.config);
            marks.by_link.get(address(link.as_str())).copied().flatten()
        };
        let path = of_own_id.or_else(of_link)?;
        let is_gone = !lies_below(&self.config.input.paths, path);
        ledger.records.get(path).filter(|_| is_gone)
    }
}

/// The paths of a ledger by what else its entries can be known by.
struct Marks<'a> {
    by_id: BTreeMap<&'a str, &'a str>,
    /// `None` where two entries share an address.
    by_link: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Marks<'a> {
    fn of(ledger: &'a Ledger) -> Self {
        let mut marks = Marks {
            by_id: BTreeMap::new(),
            by_link: BTreeMap::new(),
        };
        for (path, record) in &ledger.records {
            let Some(shown) = &record.shown else { continue };
            marks.by_id.insert(first_of(&record.id), path);
            marks
                .by_link
                .entry(address(&shown.link))
                .and_modify(|other| *other = None)
                .or_insert(Some(path));
        }
        marks
    }
}

/// The folder of a path, as `Orders` has it.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
