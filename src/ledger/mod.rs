//! The ledger: a committed record of what was published, under which id, when, and in which feeds.
//!
//! Ids and dates survive renames, edits and moves because they are read from the ledger and never computed again. The
//! ledger is a text file with one line per article, sorted by path, so that Git can merge the changes of two branches
//! with `merge=union`. Each line ends with its own checksum, so a bad merge or a stray edit is reported with its line
//! number. A damaged ledger stops the build, because reading it leniently could silently change ids.

mod line;
mod merge;
mod read;
mod recent;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

pub use recent::{RecentChanges, Totals, hash};

use crate::{error::Error, source::regular_file, time::Timestamp, url::Id};

/// The start of the first line, before the version.
const HEADER: &str = "# feedwright ledger ";
const VERSION: &str = "2";
const NOTE: &str = " — committed memory of ids and dates; do not edit";
/// The maximum size of the file. The ledger of a million articles is about 250 MB in size.
const MAX_BYTES: u64 = 1 << 30;

/// Records of everything ever published, and of every article without a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// `example.org,2026-11-21`: the authority and date of new `tag:` URIs (RFC 4151).
    pub authority: Option<String>,
    /// The site's address at the last build.
    pub site: Option<String>,
    /// The number of articles with errors at the last build, if this number was over the limit but the build was not
    /// refused; otherwise 0. If it is not 0, the guard refuses the next build only if even more articles have errors.
    pub accepted_failures: usize,
    /// The clock time that a person last confirmed with `--allow-clock`.
    pub confirmed_clock: Option<Timestamp>,
    /// The output folders that contain feeds, as written in the current or an earlier configuration. Empty if there is
    /// only the default folder.
    pub outputs: BTreeSet<String>,
    /// The `updated` dates of feeds, by path, if they are later than the dates of all records in the feed. Such dates
    /// exist only after the ledger was lost.
    pub feeds: BTreeMap<String, Timestamp>,
    /// Published ids that are no longer in any record, because an article was reannounced or its author gave it a
    /// different id. Each id is stored as its URI or name. Readers remember such an id, so no other entry may ever get
    /// it.
    pub retired: BTreeSet<String>,
    /// What recent builds changed; see [`RecentChanges`]. Changes from before the guards' window are removed only when
    /// a build adds new ones.
    pub recent: BTreeSet<RecentChanges>,
    /// The records, by the article's path relative to the input folder, or by [`key_without_article`] if the article is
    /// not known.
    pub records: BTreeMap<String, Record>,
}

/// The record of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The id of the entry. After publication, it changes only if the author requests it.
    pub id: Id,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint) at the last build; 0 if there is no article.
    pub fingerprint: u128,
    /// When a build first found the article. If the article has no date, this is its publication date.
    pub first_seen: Timestamp,
    /// The entry's `updated` date at the last build. It never moves backward.
    pub updated: Timestamp,
    /// The entry as it was last published; `None` if no feed has contained it yet.
    pub last_published: Option<LastPublished>,
}

/// An entry as subscribers last saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPublished {
    /// The publication date.
    pub published: Timestamp,
    /// The date in the article, if an import found a different date in the feed. As long as the article keeps this
    /// date, the entry keeps the date that subscribers have.
    pub declared_date: Option<Timestamp>,
    /// The permalink.
    pub link: String,
    /// The title.
    pub title: String,
    /// The [`fingerprint`](crate::compare::fingerprint) of the text; `None` if unknown.
    pub content: Option<u128>,
    /// The feeds that have ever contained the entry, by path below the output folder, and whether they contain it now.
    pub feeds: BTreeMap<String, bool>,
    /// When the entry was first retained because its article could not be read or had an error.
    pub retained_since: Option<Timestamp>,
}

impl Record {
    /// Whether any feed contains the entry.
    pub fn is_in_any_feed(&self) -> bool {
        let last = self.last_published.as_ref();
        last.is_some_and(|last| last.feeds.values().any(|is_in_feed| *is_in_feed))
    }
}

impl LastPublished {
    /// The date in the article, if an import recorded it separately; otherwise the publication date.
    pub fn article_date(&self) -> Timestamp {
        self.declared_date.unwrap_or(self.published)
    }
}

/// The key of an entry whose article is not known. A rebuilt ledger uses such keys until a build finds the articles.
pub fn key_without_article(id: &Id) -> String {
    format!("{NO_ARTICLE}{id}")
}

/// Whether a ledger key belongs to an entry whose article is not known.
pub fn is_articleless(key: &str) -> bool {
    key.starts_with(NO_ARTICLE)
}

/// The prefix of the key of an entry whose article is not known. No relative path starts with it.
const NO_ARTICLE: &str = "//";

/// Why a ledger cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The line number, 1-based.
    pub line: u32,
    /// What is wrong with the line.
    pub message: String,
    /// How to fix the problem.
    pub help: &'static str,
}

impl Ledger {
    /// Reads a ledger.
    ///
    /// # Errors
    /// Returns an error if a line is damaged or contradicts an earlier line.
    pub fn parse(text: &str) -> Result<Self, Damage> {
        Ledger::parse_merged(text, |_| true)
    }

    /// Reads a ledger that may be the result of a merge. `exists` returns whether there is an article at a path.
    ///
    /// # Errors
    /// Returns an error if a line is damaged or contradicts an earlier line.
    pub fn parse_merged(text: &str, exists: impl Fn(&str) -> bool) -> Result<Self, Damage> {
        read::ledger(text, &exists)
    }

    /// The text of the ledger file. Equal ledgers give equal text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}{VERSION}{NOTE}\n");
        if let Some(authority) = &self.authority {
            line::write_authority(authority, &mut text);
        }
        if let Some(site) = &self.site {
            line::write_site(site, &mut text);
        }
        if self.accepted_failures > 0 {
            line::write_failed(self.accepted_failures, &mut text);
        }
        if let Some(now) = &self.confirmed_clock {
            line::write_clock(now, &mut text);
        }
        for output in &self.outputs {
            line::write_output(output, &mut text);
        }
        for (path, updated) in &self.feeds {
            line::write_feed(path, updated, &mut text);
        }
        for id in &self.retired {
            line::write_retired(id, &mut text);
        }
        for recent in &self.recent {
            line::write_recent(recent, &mut text);
        }
        for (path, record) in &self.records {
            line::write_record(path, record, &mut text);
        }
        text
    }

    /// Adds or replaces records. Each id keeps a single record: a new record replaces an old one with the same id, and
    /// among new records with the same id, the first is kept.
    pub fn insert_records(&mut self, records: impl IntoIterator<Item = (String, Record)>) {
        // Two ids count as the same if they share a URI or a name, because both must be unique in a ledger.
        let mut names = BTreeSet::new();
        let mut kept = Vec::new();
        for (path, record) in records {
            if !record.id.all_names().any(|name| names.contains(name)) {
                names.extend(record.id.all_names().map(str::to_owned));
                kept.push((path, record));
            }
        }
        let is_replaced = |record: &Record| record.id.all_names().any(|name| names.contains(name));
        self.records.retain(|_, record| !is_replaced(record));
        for (path, record) in kept {
            // The record that was at this path belongs to a different article. The record gets a new key, because
            // subscribers still have its id, which must not be given to another entry.
            if let Some(old) = self.records.insert(path, record) {
                self.records.insert(key_without_article(&old.id), old);
            }
        }
    }

    /// If the site's address has changed since an earlier state of the ledger, updates the links of the entries that
    /// are in no feed and therefore still have their old links. Otherwise, after another change of the address, these
    /// links would seem to lead to a different site.
    pub fn move_links(&mut self, before: &Ledger) {
        let (Some(old), Some(new)) = (&before.site, &self.site) else {
            return;
        };
        if old == new {
            return;
        }
        for (path, record) in self.records.iter_mut().filter(|(_, record)| !record.is_in_any_feed()) {
            let before = before
                .records
                .get(path)
                .and_then(|record| record.last_published.as_ref());
            let Some((last, before)) = record.last_published.as_mut().zip(before) else {
                continue;
            };
            if let Some(rest) = last.link.strip_prefix(old).filter(|_| last.link == before.link) {
                last.link = format!("{new}{rest}");
            }
        }
    }

    /// Retires the ids that were published according to an earlier state of the ledger and that are no longer in any
    /// record.
    pub fn retire_ids(&mut self, before: &Ledger) {
        let is_kept = |path: &str, record: &Record| self.records.get(path).is_some_and(|now| now.id == record.id);
        let before = before.records.iter().filter(|(path, record)| !is_kept(path, record));
        let changed: Vec<&Record> = before
            .map(|(_, record)| record)
            .filter(|it| it.last_published.is_some())
            .collect();
        if changed.is_empty() {
            return;
        }
        let names: BTreeSet<&str> = self.records.values().flat_map(|record| record.id.all_names()).collect();
        let retired = changed.into_iter().flat_map(|record| record.id.all_names());
        let retired: Vec<String> = retired
            .filter(|name| !names.contains(name))
            .map(str::to_owned)
            .collect();
        self.retired.extend(retired);
    }

    /// Reads the ledger file. Returns `None` if the file does not exist.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or if a line is damaged or contradicts an earlier line.
    pub fn load(path: &Path) -> Result<Option<Self>, Error> {
        Ledger::load_merged(path, |_| true)
    }

    /// Reads a ledger file that may be the result of a merge. Returns `None` if the file does not exist. `exists`
    /// returns whether there is an article at a path.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or if a line is damaged or contradicts an earlier line.
    pub fn load_merged(path: &Path, exists: impl Fn(&str) -> bool) -> Result<Option<Self>, Error> {
        let bytes = match regular_file::read(path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path)(error)),
        };
        // If some bytes are not UTF-8, the checksum of their line does not match.
        let ledger = Ledger::parse_merged(&String::from_utf8_lossy(&bytes), exists);
        ledger.map(Some).map_err(|damage| Error::Damaged {
            path: path.to_owned(),
            line: damage.line,
            message: format!("the ledger is damaged: {}", damage.message),
            help: damage.help.to_owned(),
        })
    }

    /// The earliest time at which a build is known to have run.
    pub fn first_build(&self) -> Option<Timestamp> {
        self.records.values().map(|record| record.first_seen).min()
    }

    /// The latest time at which a build is known to have run: a build records when it first finds an article and when
    /// it finds a change.
    pub fn latest_build(&self) -> Option<Timestamp> {
        let dates = self
            .records
            .values()
            .flat_map(|record| [record.first_seen, record.updated]);
        let recent = self.recent.iter().map(|recent| recent.at);
        dates.chain(recent).chain(self.confirmed_clock).max()
    }

    /// Replaces future dates with the current time, and removes recent changes that are dated in the future. A build
    /// records such dates if the clock is wrong.
    pub fn take_back_dates(&mut self, now: Timestamp) {
        for date in self.feeds.values_mut() {
            *date = now.min(*date);
        }
        self.recent.retain(|recent| recent.at <= now);
        self.confirmed_clock = self.confirmed_clock.map(|confirmed| now.min(confirmed));
        for record in self.records.values_mut() {
            (record.first_seen, record.updated) = (now.min(record.first_seen), now.min(record.updated));
            if let Some(last) = &mut record.last_published {
                last.published = now.min(last.published);
                last.retained_since = last.retained_since.map(|since| now.min(since));
            }
        }
    }

    /// The records of the entries that a feed contains, each with its article's path.
    pub fn entries_in(&self, feed: &str) -> impl Iterator<Item = (&str, &Record, &LastPublished)> {
        self.records.iter().filter_map(move |(path, record)| {
            let last = record.last_published.as_ref()?;
            let is_in_feed = last.feeds.get(feed).copied().unwrap_or(false);
            is_in_feed.then_some((path.as_str(), record, last))
        })
    }

    /// Whether all feeds are empty.
    pub fn has_no_entries(&self) -> bool {
        let mut last = self
            .records
            .values()
            .filter_map(|record| record.last_published.as_ref());
        last.all(|last| last.feeds.values().all(|is_in_feed| !is_in_feed))
    }

    /// A feed's `updated` date: the latest `updated` date of all entries that the feed has ever contained.
    ///
    /// Removed entries count too. Otherwise, the date would move backward when the newest entry is removed, and readers
    /// that ask for changes since the last date would miss the next entry.
    pub fn feed_updated(&self, feed: &str) -> Option<Timestamp> {
        let records = self.records.values().filter(|record| {
            let last = record.last_published.as_ref();
            last.is_some_and(|last| last.feeds.contains_key(feed))
        });
        let dates = records.map(|record| record.updated);
        dates.chain(self.feeds.get(feed).copied()).max()
    }

    /// Whether a feed has ever been published.
    pub fn has_feed(&self, feed: &str) -> bool {
        let mut last = self
            .records
            .values()
            .filter_map(|record| record.last_published.as_ref());
        self.feeds.contains_key(feed) || last.any(|last| last.feeds.contains_key(feed))
    }

    /// Returns an index from fingerprints to paths, used to find moved articles. Building the index sorts all records.
    pub fn by_fingerprint(&self) -> ByFingerprint<'_> {
        let mut pairs: Vec<_> = self
            .records
            .iter()
            .map(|(path, record)| (record.fingerprint, path.as_str()))
            .collect();
        pairs.sort_unstable();
        ByFingerprint(pairs)
    }
}

/// The paths in a ledger, sorted by the fingerprint of the article that was last found there.
#[derive(Debug)]
pub struct ByFingerprint<'a>(Vec<(u128, &'a str)>);

impl<'a> ByFingerprint<'a> {
    /// The paths of the articles that had this fingerprint when they were last found, sorted.
    pub fn paths(&self, fingerprint: u128) -> impl Iterator<Item = &'a str> {
        let start = self.0.partition_point(|(other, _)| *other < fingerprint);
        let found = self
            .0
            .iter()
            .skip(start)
            .take_while(move |(other, _)| *other == fingerprint);
        found.map(|(_, path)| *path)
    }
}
