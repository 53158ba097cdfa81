//! Finds each article's record in the ledger, even if the article's file was moved, renamed or edited.

mod describe;
mod doubtful;
mod files;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, OnceLock},
};

use super::authority;
use crate::{
    article::TextLength,
    compose::id,
    config::Config,
    extract,
    identity::{self, Addresses, Assignment, Candidate, Evidence, Key, MAX_ALIKE, Property, Text},
    ledger::{self, ByFingerprint, Ledger, Record},
    time::Timestamp,
};
pub(crate) use describe::ArticleProperties;
use files::OtherArticle;

/// The ledger, and what is needed to compare its records with articles.
pub(crate) struct Records<'l, 'k> {
    ledger: &'l Ledger,
    config: &'k Config,
    context: extract::Context<'k>,
    addresses: Addresses,
    /// The authority of new ids. It is needed to find records that have no path.
    authority: Option<String>,
    by_fingerprint: OnceLock<ByFingerprint<'l>>,
    by_key: OnceLock<BTreeMap<Key, Vec<&'l str>>>,
    /// For each recorded path that was looked up, whether the file there still belongs to the record.
    belongs: Mutex<BTreeMap<&'l str, bool>>,
}

/// The records that were found.
pub(crate) struct Found<'l> {
    /// The path of each article's record in the ledger, in the order of the articles.
    pub(crate) paths: Vec<Option<&'l str>>,
    /// The indexes of articles that got no record because of a tie: several records fit an article equally well, or
    /// several articles fit a record equally well.
    pub(crate) tied: BTreeSet<usize>,
}

impl<'l, 'k> Records<'l, 'k> {
    pub(crate) fn new(ledger: &'l Ledger, config: &'k Config, context: &extract::Context<'k>, now: Timestamp) -> Self {
        // If an entry was last published before the site moved, its link may contain the host for which the first ids
        // were made.
        let first_host = ledger
            .authority
            .as_deref()
            .and_then(|authority| authority.split(',').next());
        let first_home = first_host.map(|host| format!("https://{host}/"));
        let homes = [
            Some(config.site.url.as_str()),
            ledger.site.as_deref(),
            first_home.as_deref(),
        ];
        Records {
            ledger,
            config,
            context: *context,
            addresses: Addresses::new(homes.into_iter().flatten()),
            authority: authority::authority(config, ledger, now).ok(),
            by_fingerprint: OnceLock::new(),
            by_key: OnceLock::new(),
            belongs: Mutex::default(),
        }
    }

    /// Finds the record of one article, without regard to other articles.
    pub(crate) fn find_one(&self, article: &ArticleProperties<'_>) -> Option<&'l str> {
        let by_key = self.by_key.get_or_init(|| self.index());
        let article_keys = self.describe_article(article, 1).keys(0);
        let alike = article_keys.iter().filter_map(|key| by_key.get(key));
        let paths: BTreeSet<&'l str> = alike
            .filter(|alike| alike.len() <= MAX_ALIKE)
            .flatten()
            .copied()
            .collect();
        let records = paths
            .into_iter()
            .filter_map(|path| Some((path, self.ledger.records.get(path)?)));
        let records: Vec<(&'l str, &'l Record)> = records.collect();
        let (assignment, _) = self.assign(&[*article], &[0], &records, &[]);
        let (path, _) = records.get(*assignment.old_by_new.get(&0)?)?;
        Some(path)
    }

    /// Maps each key to the paths of the records that have this key.
    fn index(&self) -> BTreeMap<Key, Vec<&'l str>> {
        let mut by_key: BTreeMap<Key, Vec<&'l str>> = BTreeMap::new();
        for (path, record) in &self.ledger.records {
            for key in self.describe_record(path, record).keys(0) {
                by_key.entry(key).or_default().push(path);
            }
        }
        by_key
    }

    /// Finds the record of each article.
    ///
    /// An article whose file has not moved keeps its record, unless the article's properties contradict the record and
    /// another article fits the record better. An article at a new path gets an existing record only on strong
    /// evidence; see [`identity`].
    pub(crate) fn find(&self, articles: &[ArticleProperties<'_>]) -> Found<'l> {
        let mut found = Found {
            paths: vec![None; articles.len()],
            tied: BTreeSet::new(),
        };
        // An article that declares the id of a record gets the record, even if another article is at the path of the
        // record.
        let declared = articles.iter().enumerate();
        let declared = declared.filter_map(|(at, article)| Some((article.declared_id?.as_str(), at)));
        let declared: BTreeMap<&str, usize> = declared.collect();
        let shifts = self.find_untouched(articles, &declared, &mut found);
        let open: Vec<usize> = (0..articles.len()).filter(|at| found.paths[*at].is_none()).collect();
        if open.is_empty() {
            return found;
        }
        let claimed: BTreeSet<&str> = found.paths.iter().copied().flatten().collect();
        let records = self
            .ledger
            .records
            .iter()
            .filter(|(path, _)| !claimed.contains(path.as_str()));
        let records: Vec<(&'l str, &'l Record)> = records.map(|(path, record)| (path.as_str(), record)).collect();
        let (mut assignment, mut shift) = self.assign(articles, &open, &records, &shifts);
        let at_stake: Vec<&(&str, &Record)> = assignment
            .only_place
            .iter()
            .filter_map(|new| records.get(*assignment.old_by_new.get(new)?))
            .collect();
        // The article to which such a record really belongs may have been moved to another path. If that article is too
        // old for a feed, `articles` does not contain it.
        let others = self.others_like(&at_stake, articles, shift);
        if !others.is_empty() {
            let mut all = articles.to_vec();
            all.extend(others.iter().map(OtherArticle::properties));
            let open: Vec<usize> = open.iter().copied().chain(articles.len()..all.len()).collect();
            (assignment, shift) = self.assign(&all, &open, &records, &shifts);
        }
        self.release_doubtful(&mut assignment, articles, &open, &records, shift);
        for (new, old) in assignment.old_by_new {
            if let Some(found) = found.paths.get_mut(new) {
                *found = records.get(old).map(|(path, _)| *path);
            }
        }
        found.tied = assignment.tied;
        found
    }

    /// Assigns the records to the open articles. `open` contains the indexes of these articles in `articles`. For each
    /// dated article whose record has already been found, `shifts` contains the number of seconds by which the date has
    /// moved. Returns the assignment, and the number of seconds by which all dates have moved.
    fn assign(
        &self,
        articles: &[ArticleProperties<'_>],
        open: &[usize],
        records: &[(&'l str, &'l Record)],
        shifts: &[i64],
    ) -> (Assignment, i64) {
        let mut copies: BTreeMap<u128, usize> = BTreeMap::new();
        for article in articles {
            *copies.entry(article.fingerprint).or_default() += 1;
        }
        let open: Vec<(usize, &ArticleProperties<'_>)> = open.iter().map(|at| (*at, &articles[*at])).collect();
        let compare = |shift| {
            let old = records.iter().map(|(path, record)| self.describe_record(path, record));
            let new = open
                .iter()
                .map(|(_, article)| self.describe_article(article, copies[&article.fingerprint]));
            identity::candidates(old, new, shift)
        };
        let mut candidates = compare(0);
        // For each article that has the same place and title as its record, the number of seconds by which its date has
        // moved.
        let dates = candidates
            .iter()
            .filter(|it| it.is_same_place && it.evidence.agrees(Property::Title))
            .filter_map(|it| {
                let last = records[it.old].1.last_published.as_ref()?;
                Some(open[it.new].1.published?.unix() - last.article_date().unix())
            });
        let shift = identity::common_shift(shifts.iter().copied().chain(dates));
        if shift != 0 {
            candidates = compare(shift);
        }
        let known: BTreeSet<&str> = articles.iter().map(|article| article.path).collect();
        let free = candidates
            .into_iter()
            .map(|it| self.without_repeated_link(it, records[it.old].1))
            .filter(|it| self.is_free(it, records[it.old], &known));
        let assignment = identity::assign(free.map(|it| Candidate {
            new: open[it.new].0,
            ..it
        }));
        (assignment, shift)
    }

    /// Whether the record may be assigned to the article. It may if both are in the same place (but see
    /// [`is_next_of_column`](Self::is_next_of_column)), if the record has no path, or if the article at the record's
    /// path is among the `known` articles. Otherwise, the match must be likely, and the record must not belong to the
    /// file at its path; if the article declares the record's id, only that id must not belong to the file.
    fn is_free(&self, candidate: &Candidate, (path, record): (&'l str, &Record), known: &BTreeSet<&str>) -> bool {
        if candidate.is_same_place && self.is_next_of_column(candidate, record) {
            return false;
        }
        if candidate.is_same_place || ledger::is_articleless(path) || known.contains(path) {
            return true;
        }
        match candidate.evidence.agrees(Property::Id) {
            true => !self.owns_id(path, record),
            false => candidate.is_likely() && !self.belongs_to_file(path, record),
        }
    }

    /// Finds the records of untouched articles with one lookup per article. Nearly all articles in a build are
    /// untouched. Returns, for each untouched article with a date, the number of seconds by which the date has moved.
    /// If the time zone in the configuration was changed, all dates have moved. `declared` maps each declared id to the
    /// index of its article.
    fn find_untouched(
        &self,
        articles: &[ArticleProperties<'_>],
        declared: &BTreeMap<&str, usize>,
        found: &mut Found<'l>,
    ) -> Vec<i64> {
        let mut shifts = Vec::new();
        for (at, (article, found)) in articles.iter().zip(&mut found.paths).enumerate() {
            let Some((path, record)) = self.ledger.records.get_key_value(article.path) else {
                continue;
            };
            // An id that Feedwright made was never declared by the article, so another file cannot claim it.
            let original = id::original_id(&record.id);
            let is_declared = id::minted_authority(original).is_none();
            let owner = declared.get(original).filter(|owner| is_declared && **owner != at);
            let is_claimed = owner.is_some() && article.declared_id.is_none_or(|id| id.as_str() != original);
            if record.fingerprint != article.fingerprint || is_claimed {
                continue;
            }
            let old = self.properties_of(record);
            // Whether other articles have the same text is not known here, so equal text proves nothing yet.
            let text = Text::Repeated(article.fingerprint);
            let new = self.properties(article, (article.length != TextLength::Empty).then_some(text));
            if !Evidence::new(&old, &new, 0).is_certainly_same_in_place() {
                continue;
            }
            *found = Some(path);
            shifts.extend(old.published.zip(new.published).map(|(old, new)| new - old));
        }
        shifts
    }
}
