//! Decides whether an article is public now, and by which date it is sorted.

use std::{collections::BTreeMap, path::Path, sync::Mutex};

use super::{
    authority::authority,
    identify::{ArticleProperties, Records},
};
use crate::{
    article::{Article, TextLength},
    compose::{self, Permalink, id::declared_id},
    config::Config,
    extract::{
        self,
        evidence::Derived,
        order::{self, FolderOrder, Undecided},
    },
    finding::has_error,
    ledger::{Ledger, Record},
    source::{files::modified, threads::lock},
    time::{Timestamp, WrittenDate},
    url::Id,
};

/// Whether an article is public.
pub(super) enum Eligibility {
    Draft,
    Scheduled,
    Expired {
        /// The number of seconds since the article expired.
        seconds: i64,
    },
    Broken,
    /// A date such as 03/04/2026 is ambiguous, and the other dates in the folder have not been read yet.
    Undecided(Undecided),
    Public {
        /// The date in the article, if it has one.
        published: Option<Timestamp>,
        /// The date by which the article is sorted.
        ordered_by: Timestamp,
        /// What identifies an article without a date.
        undated: Option<Undated>,
    },
}

/// What identifies an article without a date. Its record must be found even if no feed has room for the article,
/// because the record contains the date.
#[derive(Debug, Clone)]
pub(crate) struct Undated {
    /// [`Article::fingerprint`].
    fingerprint: u128,
    /// [`Article::text_length`].
    length: TextLength,
    /// The other properties; `None` if they are not needed to find the record.
    others: Option<Box<Others>>,
}

#[derive(Debug, Clone)]
struct Others {
    declared_id: Option<Id>,
    title: Option<String>,
    is_title_derived: bool,
    link: Permalink,
}

impl Undated {
    /// The properties of the article at a path.
    pub(super) fn properties<'a>(&'a self, path: &'a str) -> ArticleProperties<'a> {
        let others = self.others.as_deref();
        ArticleProperties {
            path,
            fingerprint: self.fingerprint,
            length: self.length,
            declared_id: others.and_then(|others| others.declared_id.as_ref()),
            link: others.map(|others| others.link.url.as_str()),
            is_link_declared: others.is_some_and(|others| others.link.is_declared),
            title: others.and_then(|others| others.title.as_deref()),
            is_title_derived: others.is_some_and(|others| others.is_title_derived),
            published: None,
        }
    }
}

/// For each folder, the dates that prove its day-month order.
pub(super) type FolderOrders = BTreeMap<String, FolderOrder>;

/// Decides which articles are public.
pub(super) struct Classifier<'a> {
    config: &'a Config,
    now: Timestamp,
    ledger: &'a Ledger,
    records: Records<'a, 'a>,
}

impl<'a> Classifier<'a> {
    pub(super) fn new(config: &'a Config, ledger: &'a Ledger, context: &extract::Context<'a>, now: Timestamp) -> Self {
        Classifier {
            config,
            now,
            ledger,
            records: Records::new(ledger, config, context, now),
        }
    }

    /// Decides whether an article is public now.
    ///
    /// If `orders` is given, the article's dates are added to the evidence about its folder, and the result may be
    /// [`Eligibility::Undecided`]. Otherwise, ambiguous dates are read in the day-month order that the context
    /// specifies.
    pub(super) fn classify(
        &self,
        article: &mut Article<'_>,
        file: &Path,
        context: &extract::Context<'_>,
        orders: Option<&Mutex<FolderOrders>>,
    ) -> Eligibility {
        let (config, now) = (self.config, self.now);
        // Errors are checked first, because unreadable front matter may contain `draft` or a future date.
        if has_error(&article.findings) {
            return Eligibility::Broken;
        }
        let evidence = extract::Evidence::new(article, context);
        let mut findings = Vec::new();
        // Drafts are recognized before dates are read, because a draft without a valid date is not an error.
        if extract::draft(&evidence, &mut findings).is_some_and(|draft| draft.value) {
            article.findings.extend(findings);
            return Eligibility::Draft;
        }
        let at = |date: &Derived<WrittenDate>| date.value.at(&config.site.zone, config.site.default_time);
        let mut findings = Vec::new();
        let expires = extract::expires(&evidence, &mut findings);
        let published = extract::published(&evidence, &mut findings);
        if let Some(orders) = orders {
            // The dates of an article count as evidence of its folder's day-month order even if the article turns out
            // not to be public.
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
        if let Some(expires) = expires.map(|expires| at(&expires)).filter(|expires| *expires <= now) {
            return Eligibility::Expired {
                seconds: now.unix() - expires.unix(),
            };
        }
        // The file's modification time is used only if the configuration asks for it, because after `git clone`, all
        // files have the time of the clone.
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
                undated: None,
            },
            // A new article without a date gets the current time as its date. Later builds keep this date; otherwise,
            // the article would always be the newest.
            None => {
                let undated = self.undated(article, context);
                Eligibility::Public {
                    published: None,
                    ordered_by: self.first_seen(&article.path, &undated).unwrap_or(now),
                    undated: Some(undated),
                }
            }
        }
    }

    fn undated(&self, article: &Article<'_>, context: &extract::Context<'_>) -> Undated {
        let (fingerprint, length) = (article.fingerprint(), article.text_length());
        let records = &self.ledger.records;
        // In a large archive, nearly all articles still have the path and text that the ledger records.
        let record = records.get(&article.path);
        let is_untouched = length == TextLength::Long && record.is_some_and(|it| it.fingerprint == fingerprint);
        let others = (!is_untouched && !records.is_empty()).then(|| {
            let evidence = extract::Evidence::new(article, context);
            let authority = authority(self.config, self.ledger, self.now).ok();
            let id = extract::id(&evidence).zip(authority);
            let (declared, slug) = (extract::link(&evidence, &mut Vec::new()), extract::slug(&evidence));
            let title = extract::title(&evidence, &mut Vec::new());
            Box::new(Others {
                declared_id: id.and_then(|(id, authority)| declared_id(&id.value, &authority)),
                is_title_derived: title.as_ref().is_some_and(Derived::is_from_text),
                title: title.filter(|title| !title.is_file_name()).map(|title| title.value),
                // As in the module `records`, the link pattern uses the current date for an article without a date.
                link: compose::permalink(declared.as_ref(), slug.as_deref(), &article.path, self.now, self.config),
            })
        });
        Undated {
            fingerprint,
            length,
            others,
        }
    }

    /// Whether a feed contains the article.
    pub(super) fn is_in_any_feed(&self, path: &str) -> bool {
        self.ledger.records.get(path).is_some_and(Record::is_in_any_feed)
    }

    /// The time at which a build first found an undated article, either at its current path or at a previous path.
    ///
    /// Records can be assigned to all articles only after every article has been read, but the shortlist needs a date
    /// now. So this article is compared with the ledger as if there were no other articles.
    fn first_seen(&self, path: &str, undated: &Undated) -> Option<Timestamp> {
        if let Some(record) = self.ledger.records.get(path) {
            return Some(record.first_seen);
        }
        // Without records, there is nothing to compare.
        undated.others.as_ref()?;
        let path = self.records.find_one(&undated.properties(path))?;
        Some(self.ledger.records.get(path)?.first_seen)
    }
}

/// The folder part of a path. It is used as a key in [`FolderOrders`].
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
