//! Finds each article's record in the ledger, even if its file was moved, renamed or edited.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, OnceLock, PoisonError},
};

use super::{authority, mutex::lock};
use crate::{
    article::{Article, TextLength},
    compose::id::{self, original_id},
    config::Config,
    extract,
    finding::{Finding, has_error},
    identity::{self, Addresses, Assignment, Candidate, Evidence, Key, MAX_ALIKE, Properties, Property, Text},
    ledger::{self, ByFingerprint, Ledger, Record},
    source::{
        discover::{ArticleFile, read_into, walk},
        files::{article_exists, article_files, article_path, other_path},
    },
    time::Timestamp,
    url::Id,
};

/// The properties of an article that are used to find its record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArticleProperties<'a> {
    /// The path in the ledger, as returned by [`article_path`](crate::source::files::article_path).
    pub(crate) path: &'a str,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint).
    pub(crate) fingerprint: u128,
    /// How much an equal text proves.
    pub(crate) length: TextLength,
    /// The id that the article declares, if it is known yet.
    pub(crate) declared_id: Option<&'a Id>,
    /// The permalink, if it is known yet.
    pub(crate) link: Option<&'a str>,
    /// Whether the article declares the permalink. A permalink made from the path says no more than the path.
    pub(crate) is_link_declared: bool,
    /// The title, if it is known yet and not only the file name.
    pub(crate) title: Option<&'a str>,
    /// The date in the article, if it has one.
    pub(crate) published: Option<Timestamp>,
}

/// The ledger, and what is needed to compare its records with articles.
pub(crate) struct Records<'l, 'k> {
    ledger: &'l Ledger,
    config: &'k Config,
    context: extract::Context<'k>,
    addresses: Addresses,
    /// The authority of new ids, for records without a path.
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
    /// The articles that fit several records equally well, or compete with another article for a record.
    pub(crate) tied: BTreeSet<usize>,
}

impl<'l, 'k> Records<'l, 'k> {
    pub(crate) fn new(ledger: &'l Ledger, config: &'k Config, context: &extract::Context<'k>, now: Timestamp) -> Self {
        let homes = [Some(config.site.url.as_str()), ledger.site.as_deref()];
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
        let articles = [*article];
        let comparison = Comparison::new(self, &articles, &[0]);
        let by_key = self.by_key.get_or_init(|| self.index());
        let paths: BTreeSet<&'l str> = comparison
            .by_key
            .keys()
            .filter_map(|key| by_key.get(key).filter(|alike| alike.len() <= MAX_ALIKE))
            .flatten()
            .copied()
            .collect();
        let records = paths
            .into_iter()
            .filter_map(|path| Some((path, self.ledger.records.get(path)?)));
        let records: Vec<(&'l str, &'l Record)> = records.collect();
        let assignment = identity::assign(comparison.candidates(&records));
        let (path, _) = records.get(*assignment.old_by_new.get(&0)?)?;
        Some(path)
    }

    /// The paths of all records by every key.
    fn index(&self) -> BTreeMap<Key, Vec<&'l str>> {
        let mut by_key: BTreeMap<Key, Vec<&'l str>> = BTreeMap::new();
        for (path, record) in &self.ledger.records {
            let properties = self.properties_of(record, recorded_text(record));
            for key in record_keys(path, &properties, 0) {
                by_key.entry(key).or_default().push(path);
            }
        }
        by_key
    }

    /// How much a text proves: nothing if there is none, or if several articles or records have it.
    fn text(&self, fingerprint: u128, length: TextLength, articles: usize) -> Option<Text> {
        if length == TextLength::Empty {
            return None;
        }
        let by_fingerprint = self.by_fingerprint.get_or_init(|| self.ledger.by_fingerprint());
        let records = by_fingerprint.paths(fingerprint).take(2).count();
        Some(match length {
            _ if articles > 1 || records > 1 => Text::Repeated(fingerprint),
            TextLength::Long => Text::Distinctive(fingerprint),
            TextLength::Medium => Text::Plain(fingerprint),
            TextLength::Short | TextLength::Empty => Text::Short(fingerprint),
        })
    }

    /// Finds the record of each article.
    ///
    /// An article whose file is where it was keeps its record, unless its properties contradict the record and another
    /// article fits the record better. An article at a new path gets a record only on strong evidence; see
    /// [`identity`].
    pub(crate) fn find(&self, articles: &[ArticleProperties<'_>]) -> Found<'l> {
        let mut found = Found {
            paths: vec![None; articles.len()],
            tied: BTreeSet::new(),
        };
        let shifts = self.find_untouched(articles, &mut found);
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
        let (mut assignment, shift) = self.assign(articles, &open, &records, &shifts);
        let at_stake: Vec<&(&str, &Record)> = assignment
            .only_place
            .iter()
            .filter_map(|new| records.get(*assignment.old_by_new.get(new)?))
            .collect();
        // The article may have been filed away under a path that is too old for a feed, so it is not among the
        // articles.
        let others = self.others_like(&at_stake, articles, shift);
        if !others.is_empty() {
            let mut all = articles.to_vec();
            all.extend(others.iter().map(OtherArticle::properties));
            let open: Vec<usize> = open.into_iter().chain(articles.len()..all.len()).collect();
            (assignment, _) = self.assign(&all, &open, &records, &shifts);
        }
        for (new, old) in assignment.old_by_new {
            if let Some(found) = found.paths.get_mut(new) {
                *found = records.get(old).map(|(path, _)| *path);
            }
        }
        found.tied = assignment.tied;
        found
    }

    fn assign(
        &self,
        articles: &[ArticleProperties<'_>],
        open: &[usize],
        records: &[(&'l str, &'l Record)],
        shifts: &[i64],
    ) -> (Assignment, i64) {
        let mut comparison = Comparison::new(self, articles, open);
        let mut candidates = comparison.candidates(records);
        let more = comparison.shifts(&candidates, records);
        comparison.shift = identity::common_shift(shifts.iter().copied().chain(more));
        if comparison.shift != 0 {
            candidates = comparison.candidates(records);
        }
        (identity::assign(candidates), comparison.shift)
    }

    /// The articles without a record, apart from those given, that share a property with one of the records.
    ///
    /// This reads all articles a second time, but only in a build in which everything about a file but its path has
    /// changed.
    fn others_like(
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
            .flat_map(|(_, record)| Key::of_properties(&self.properties_of(record, recorded_text(record)), shift))
            .collect();
        let others = Mutex::new(BTreeMap::new());
        let visit = |file: ArticleFile, bytes: Result<&[u8], Finding>| {
            let path = article_path(&self.config.input.paths, &file.path, file.relative);
            let Ok(bytes) = bytes else { return };
            if known.contains(path.as_str()) || self.ledger.records.contains_key(&path) {
                return;
            }
            let other = OtherArticle::new(&Article::parse(&path, bytes), self.config, &self.context);
            let properties = other.properties();
            let text = self.text(properties.fingerprint, properties.length, 1);
            let shared = Key::of_properties(&self.properties(&properties, text), 0);
            if shared.iter().any(|key| keys.contains(key)) {
                lock(&others).insert(path, other);
            }
        };
        // The input was readable a moment ago. If it no longer is, nothing else is known.
        let _ = walk(&self.config.input, &visit);
        others
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
            .into_values()
            .collect()
    }

    /// Nearly all articles in a build are untouched, and are found here with one lookup each. Returns the number of
    /// seconds by which the date of each has moved: if the time zone of the configuration was changed, all have moved.
    fn find_untouched(&self, articles: &[ArticleProperties<'_>], found: &mut Found<'l>) -> Vec<i64> {
        let mut shifts = Vec::new();
        for (article, found) in articles.iter().zip(&mut found.paths) {
            let Some((path, record)) = self.ledger.records.get_key_value(article.path) else {
                continue;
            };
            if record.fingerprint != article.fingerprint {
                continue;
            }
            let text = |hash| Some(Text::Short(hash));
            let old = self.properties_of(record, text(record.fingerprint));
            let new = self.properties(
                article,
                text(article.fingerprint).filter(|_| article.length != TextLength::Empty),
            );
            if !Evidence::new(&old, &new, 0).is_same_here() {
                continue;
            }
            *found = Some(path);
            shifts.extend(old.published.zip(new.published).map(|(old, new)| new - old));
        }
        shifts
    }

    /// Whether a record could belong to the article at this path because of where it is: it has the same path, or the
    /// path that the file had before a folder was added to `input`. A record without a path was rebuilt from a feed; it
    /// has the same place if it has the same permalink, or the id that is made from the path.
    fn is_same_place(&self, article: &ArticleProperties<'_>, path: &str, record: &Record) -> bool {
        if !ledger::is_articleless(path) {
            return path == article.path || other_path(&self.config.input.paths, article.path).as_deref() == Some(path);
        }
        let link = record.last_published.as_ref().map(|last| last.link.as_str());
        let is_same_link = link.zip(article.link).is_some_and(|(old, new)| {
            let (old, new) = (self.addresses.normalize(old), self.addresses.normalize(new));
            old.is_some() && old == new
        });
        is_same_link || self.minted_key(article.path).as_deref() == Some(path)
    }

    /// The key of the record whose id was made from this path, if the record has no path of its own.
    fn minted_key(&self, path: &str) -> Option<String> {
        let id = id::mint(path, self.authority.as_deref()?, |_| false)?;
        Some(ledger::key_without_article(&id))
    }

    /// Whether the file at a record's path still belongs to the record, although it is not among the articles, because
    /// it is a draft, too old for a feed, or broken.
    ///
    /// Such a file is read only if another article fits the record, which is rare.
    fn belongs_to_file(&self, path: &'l str, record: &Record) -> bool {
        if let Some(belongs) = lock(&self.belongs).get(path) {
            return *belongs;
        }
        let folders = &self.config.input.paths;
        let belongs = article_exists(folders, path) && {
            let mut bytes = Vec::new();
            let is_read = article_files(folders, path).any(|file| read_into(&file, &mut bytes).is_ok());
            // A file that cannot be read, or has errors, will be repaired.
            !is_read || self.is_same_article(&Article::parse(path, &bytes), record)
        };
        lock(&self.belongs).insert(path, belongs);
        belongs
    }

    fn is_same_article(&self, article: &Article<'_>, record: &Record) -> bool {
        let other = OtherArticle::new(article, self.config, &self.context);
        let text = self.text(other.fingerprint, other.length, 1);
        let new = self.properties(&other.properties(), text);
        let old = self.properties_of(record, recorded_text(record));
        has_error(&article.findings) || Evidence::new(&old, &new, 0).is_same_here()
    }

    fn properties<'a>(&self, article: &ArticleProperties<'a>, text: Option<Text>) -> Properties<'a> {
        let link = article.link.filter(|_| article.is_link_declared);
        Properties {
            id: article.declared_id.map(|id| id.as_str().into()),
            title: article.title.and_then(Properties::title),
            published: article.published.map(|at| at.unix()),
            link: link.and_then(|link| self.addresses.normalize(link)),
            text,
        }
    }

    fn properties_of<'a>(&self, record: &'a Record, text: Option<Text>) -> Properties<'a> {
        let last = record.last_published.as_ref();
        Properties {
            // An article still declares its original id after it was reannounced.
            id: Some(original_id(&record.id).into()),
            title: last.and_then(|last| Properties::title(&last.title)),
            published: last.map(|last| last.article_date().unix()),
            link: last.and_then(|last| self.addresses.normalize(&last.link)),
            text,
        }
    }
}

/// An article that no feed contains.
struct OtherArticle {
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

    fn properties(&self) -> ArticleProperties<'_> {
        ArticleProperties {
            path: &self.path,
            fingerprint: self.fingerprint,
            length: self.length,
            declared_id: None,
            link: None,
            is_link_declared: false,
            title: self.title.as_deref(),
            published: self.published,
        }
    }
}

/// The text of a record. 0 is the fingerprint of a record that was rebuilt from a feed.
fn recorded_text(record: &Record) -> Option<Text> {
    (record.fingerprint != 0).then_some(Text::Distinctive(record.fingerprint))
}

/// The keys of a record, with those of its place.
fn record_keys(path: &str, properties: &Properties<'_>, shift: i64) -> Vec<Key> {
    let mut keys = Key::of_properties(properties, shift);
    keys.push(Key::place(path));
    // The place of a record without a path is its permalink.
    let link = properties.link.as_deref().filter(|_| ledger::is_articleless(path));
    keys.extend(link.map(Key::place));
    keys
}

/// The articles that have no record yet, indexed by the values that a record can share with them.
struct Comparison<'c, 'a, 'l, 'k> {
    records: &'c Records<'l, 'k>,
    articles: &'c [ArticleProperties<'a>],
    properties: BTreeMap<usize, Properties<'a>>,
    paths: BTreeSet<&'a str>,
    by_key: BTreeMap<Key, Vec<usize>>,
    /// The number of seconds by which all dates have moved.
    shift: i64,
}

impl<'c, 'a, 'l, 'k> Comparison<'c, 'a, 'l, 'k> {
    fn new(records: &'c Records<'l, 'k>, articles: &'c [ArticleProperties<'a>], open: &[usize]) -> Self {
        let mut comparison = Comparison {
            records,
            articles,
            properties: BTreeMap::new(),
            paths: articles.iter().map(|article| article.path).collect(),
            by_key: BTreeMap::new(),
            shift: 0,
        };
        let mut copies: BTreeMap<u128, usize> = BTreeMap::new();
        for article in articles {
            *copies.entry(article.fingerprint).or_default() += 1;
        }
        for at in open {
            let article = &articles[*at];
            let copies = copies.get(&article.fingerprint).copied().unwrap_or(1);
            let text = records.text(article.fingerprint, article.length, copies);
            let properties = records.properties(article, text);
            for key in comparison.keys(article, &properties) {
                comparison.by_key.entry(key).or_default().push(*at);
            }
            comparison.properties.insert(*at, properties);
        }
        comparison
    }

    /// The keys of an article, with those of the places where its record may be.
    fn keys(&self, article: &ArticleProperties<'_>, properties: &Properties<'_>) -> BTreeSet<Key> {
        let records = self.records;
        let link = article.link.and_then(|link| records.addresses.normalize(link));
        let places = [
            Some(article.path.to_owned()),
            other_path(&records.config.input.paths, article.path),
            records.minted_key(article.path),
            link,
        ];
        let places = places.into_iter().flatten().map(|place| Key::place(&place));
        places.chain(Key::of_properties(properties, 0)).collect()
    }

    /// All pairs of an article and a record that share a place, an id, a text, or two other properties.
    fn candidates(&self, records: &[(&'l str, &'l Record)]) -> BTreeSet<Candidate> {
        let mut candidates = BTreeSet::new();
        for (old, (path, record)) in records.iter().enumerate() {
            let properties = self.records.properties_of(record, recorded_text(record));
            let alike = record_keys(path, &properties, self.shift);
            let alike = alike.iter().filter_map(|key| self.by_key.get(key));
            let alike: BTreeSet<usize> = alike
                .filter(|alike| alike.len() <= MAX_ALIKE)
                .flatten()
                .copied()
                .collect();
            for new in alike {
                candidates.extend(self.compare(new, old, path, record, &properties));
            }
        }
        candidates
    }

    /// The number of seconds by which the dates of articles have moved that are still at the place of their records.
    fn shifts(&self, candidates: &BTreeSet<Candidate>, records: &[(&'l str, &'l Record)]) -> Vec<i64> {
        let at_place = candidates
            .iter()
            .filter(|it| it.is_same_place && it.evidence.agrees(Property::Title));
        let shift = |it: &Candidate| {
            let new = self.articles.get(it.new)?.published?;
            let (_, record) = records.get(it.old)?;
            Some(new.unix() - record.last_published.as_ref()?.article_date().unix())
        };
        at_place.filter_map(shift).collect()
    }

    fn compare(
        &self,
        new: usize,
        old: usize,
        path: &'l str,
        record: &Record,
        old_properties: &Properties<'_>,
    ) -> Option<Candidate> {
        let (article, properties) = (self.articles.get(new)?, self.properties.get(&new)?);
        let is_same_place = self.records.is_same_place(article, path, record);
        let is_taken = !is_same_place
            && !ledger::is_articleless(path)
            && !self.paths.contains(path)
            && self.records.belongs_to_file(path, record);
        (!is_taken).then(|| {
            // How much an equal text proves was found out for the article; the record has the same text then.
            let text = old_properties.text.map(|old| match properties.text {
                Some(new) if new.hash() == old.hash() => new,
                _ => old,
            });
            let old_properties = Properties {
                text,
                ..old_properties.clone()
            };
            Candidate {
                old,
                new,
                is_same_place,
                evidence: Evidence::new(&old_properties, properties, self.shift),
            }
        })
    }
}
