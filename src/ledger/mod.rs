//! The ledger: a committed record of what was published, under which id, when, and in which feeds.
//!
//! It is the reason why ids and dates survive renames, edits and moves: they are read from here, never computed again.
//! The ledger is a text file with one line per article, sorted by path, so that Git can merge the work of two branches.
//! Each line ends with its own checksum, so that a bad merge or a stray edit is reported with its line. A damaged ledger
//! stops the build, because reading it leniently would change ids without anybody noticing.

mod line;

use std::{
    collections::{BTreeMap, BTreeSet, btree_map},
    path::Path,
};

use crate::{error::Error, time::Timestamp, url::Id};
use line::Line;

/// The start of the first line, before the version.
const HEADER: &str = "# feedwright ledger ";
const VERSION: &str = "2";
const NOTE: &str = " — committed memory of ids and dates; do not edit";
/// The markers that Git writes around the two sides of a conflict.
const CONFLICT_MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Records of everything ever published, and of every article without a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// `example.org,2026-11-21`: the authority and date of new `tag:` URIs (RFC 4151).
    pub authority: Option<String>,
    /// The address of the site at the last build.
    pub site: Option<String>,
    /// The number of articles with errors at the last build, if it was over the limit and the build was allowed; else 0.
    /// The guard then refuses only what is worse.
    pub accepted_failures: usize,
    /// The dates of feeds that are later than those of all their records, which happens only if the ledger was lost.
    pub feeds: BTreeMap<String, Timestamp>,
    /// By path of the article, relative to the input folder; without an article, by [`key_without_article`].
    pub records: BTreeMap<String, Record>,
}

/// The record of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The id of the entry. It never changes.
    pub id: Id,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint) at the last build; 0 without an article.
    pub fingerprint: u128,
    /// When a build first found the article; an article without a date is published then.
    pub first_seen: Timestamp,
    /// The `updated` of the entry at the last build; it never goes back.
    pub updated: Timestamp,
    /// The entry as it was published last; `None` if no feed has contained it yet.
    pub last_published: Option<LastPublished>,
}

/// An entry as subscribers last saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPublished {
    /// The date of publication.
    pub published: Timestamp,
    /// The date in the article, if an import found a different one in the feed. As long as the article keeps this date,
    /// the entry keeps the date that subscribers have.
    pub declared_date: Option<Timestamp>,
    /// The permalink.
    pub link: String,
    /// The title.
    pub title: String,
    /// The [`fingerprint`](crate::compare::fingerprint) of the text; `None` if unknown.
    pub content: Option<u128>,
    /// The feeds that have ever contained the entry, by path below the output folder, and whether they contain it now.
    pub feeds: BTreeMap<String, bool>,
    /// Since when the entry has been retained although its article cannot be read.
    pub retained_since: Option<Timestamp>,
}

impl LastPublished {
    /// The date in the article, if it has one; else the date of publication.
    pub fn article_date(&self) -> Timestamp {
        self.declared_date.unwrap_or(self.published)
    }
}

/// The key of an entry without a known article, which a rebuilt ledger has until a build finds the article.
pub fn key_without_article(id: &Id) -> String {
    format!("{NO_ARTICLE}{id}")
}

/// Whether a key of the ledger belongs to an entry without a known article.
pub fn is_articleless(key: &str) -> bool {
    key.starts_with(NO_ARTICLE)
}

/// No relative path starts like this.
const NO_ARTICLE: &str = "//";

/// Why a text cannot be read as a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// 1-based.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
    /// How to fix it.
    pub help: &'static str,
}

impl Ledger {
    /// Reads a ledger.
    ///
    /// # Errors
    /// The first line that is damaged or repeats a path or an id.
    pub fn parse(text: &str) -> Result<Self, Damage> {
        let mut lines = (1..).zip(text.lines());
        check_header(lines.next().map_or("", |(_, line)| line))?;
        let mut ledger = Ledger::default();
        let mut ids = BTreeMap::new();
        for (number, line) in lines {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            ledger
                .add_line(number, line, &mut ids)
                .map_err(|(message, help)| Damage {
                    line: number,
                    message,
                    help,
                })?;
        }
        Ok(ledger)
    }

    fn add_line(
        &mut self,
        number: u32,
        line: &str,
        ids: &mut BTreeMap<String, u32>,
    ) -> Result<(), (String, &'static str)> {
        if is_conflict_marker(line) {
            return Err(("unresolved Git conflict".to_owned(), CONFLICT));
        }
        match line::parse(line).map_err(|message| (message, RESTORE))? {
            Line::Authority(authority) => set_once(&mut self.authority, authority, "authority"),
            Line::Site(site) => set_once(&mut self.site, site, "site"),
            Line::Failed(number) => {
                // After a merge, both branches may have a number; either was accepted.
                self.accepted_failures = self.accepted_failures.max(number);
                Ok(())
            }
            Line::Feed(path, updated) => {
                self.feeds.insert(path, updated);
                Ok(())
            }
            // A merge may repeat a line that both sides have.
            Line::Record(path, record) if self.records.get(&path) == Some(&*record) => Ok(()),
            Line::Record(path, record) => {
                // Any form counts: RSS readers know an entry by the name of its id, Atom readers by the URI.
                for face in record.id.all_names() {
                    if let Some(first) = ids.insert(face.to_owned(), number) {
                        let message = format!("a second record with the id `{face}`, after line {first}");
                        return Err((message, DUPLICATE));
                    }
                }
                match self.records.entry(path) {
                    btree_map::Entry::Occupied(first) => {
                        Err((format!("a second record for `{}`", first.key()), DUPLICATE))
                    }
                    btree_map::Entry::Vacant(free) => {
                        free.insert(*record);
                        Ok(())
                    }
                }
            }
        }
    }

    /// The text of the file. Equal ledgers give equal bytes.
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
        for (path, updated) in &self.feeds {
            line::write_feed(path, updated, &mut text);
        }
        for (path, record) in &self.records {
            line::write_record(path, record, &mut text);
        }
        text
    }

    /// Adds or replaces records. Each id keeps a single record: a new record replaces an old one with the same id, and
    /// among new records with the same id the first wins.
    pub fn insert_records(&mut self, records: impl IntoIterator<Item = (String, Record)>) {
        // An id counts as the same if it shares its URI or its name: `parse` rejects such records too.
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
        self.records.extend(kept);
    }

    /// Reads the ledger file; `None` if there is none.
    ///
    /// # Errors
    /// The file cannot be read, or a line is damaged.
    pub fn load(path: &Path) -> Result<Option<Self>, Error> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path)(error)),
        };
        // If some bytes are not UTF-8, the checksum of their line does not match.
        let ledger = Ledger::parse(&String::from_utf8_lossy(&bytes));
        ledger.map(Some).map_err(|damage| Error::Damaged {
            path: path.to_owned(),
            line: damage.line,
            message: format!("the ledger is damaged: {}", damage.message),
            help: damage.help.to_owned(),
        })
    }

    /// The records of the entries that a feed contains, by the path of their article.
    pub fn entries_in(&self, feed: &str) -> impl Iterator<Item = (&str, &Record, &LastPublished)> {
        self.records.iter().filter_map(move |(path, record)| {
            let last = record.last_published.as_ref()?;
            let is_in_feed = last.feeds.get(feed).copied().unwrap_or(false);
            is_in_feed.then_some((path.as_str(), record, last))
        })
    }

    /// Whether no feed contains an entry.
    pub fn has_no_entries(&self) -> bool {
        let mut last = self
            .records
            .values()
            .filter_map(|record| record.last_published.as_ref());
        last.all(|last| last.feeds.values().all(|is_in_feed| !is_in_feed))
    }

    /// The `updated` of a feed: the latest among all entries that it ever contained.
    ///
    /// It counts removed entries too: otherwise the date would go back when the newest entry is removed, and readers that
    /// ask for changes since the last date would miss the next entry.
    pub fn feed_updated(&self, feed: &str) -> Option<Timestamp> {
        let records = self.records.values().filter(|record| {
            let last = record.last_published.as_ref();
            last.is_some_and(|last| last.feeds.contains_key(feed))
        });
        let dates = records.map(|record| record.updated);
        dates.chain(self.feeds.get(feed).copied()).max()
    }

    /// Whether a feed was ever published.
    pub fn has_feed(&self, feed: &str) -> bool {
        let mut last = self
            .records
            .values()
            .filter_map(|record| record.last_published.as_ref());
        self.feeds.contains_key(feed) || last.any(|last| last.feeds.contains_key(feed))
    }

    /// An index from fingerprints to paths, for finding articles that were moved. Costs a sort of all records.
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

fn set_once(field: &mut Option<String>, value: String, name: &str) -> Result<(), (String, &'static str)> {
    if field.as_ref().is_some_and(|first| *first != value) {
        return Err((format!("a second {name}: `{value}`"), SECOND_VALUE));
    }
    *field = Some(value);
    Ok(())
}

/// The paths of a ledger, sorted by the fingerprint of the article that a build last found there.
#[derive(Debug)]
pub struct ByFingerprint<'a>(Vec<(u128, &'a str)>);

impl<'a> ByFingerprint<'a> {
    /// The paths where an article with this fingerprint was last found, in order.
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

fn check_header(line: &str) -> Result<(), Damage> {
    let damage = |message: String, help| Err(Damage { line: 1, message, help });
    if is_conflict_marker(line) {
        return damage("unresolved Git conflict".to_owned(), CONFLICT);
    }
    let Some(rest) = line.strip_prefix(HEADER) else {
        let message = format!("the first line does not start with `{}`", HEADER.trim_end());
        return damage(message, RESTORE);
    };
    match rest.split(' ').next().unwrap_or_default() {
        VERSION => Ok(()),
        other => damage(
            format!("unsupported ledger version `{other}`"),
            "the file was written by another version of Feedwright; build with that version",
        ),
    }
}

const RESTORE: &str = "restore the file from version control; or delete it, and the next build rebuilds ids and dates \
                       from the published feeds";
const CONFLICT: &str = "keep the lines of both sides unchanged and remove the markers; if two lines have the same path or \
                        id, keep the one with the earlier first date";
const DUPLICATE: &str = "keep the line with the earlier first date, and delete the other";
const SECOND_VALUE: &str = "keep the older of the two lines, and delete the other";

/// Every line of a record contains tabs, so an article whose path starts like a marker is not mistaken for one.
fn is_conflict_marker(line: &str) -> bool {
    CONFLICT_MARKERS.iter().any(|marker| line.starts_with(marker)) && !line.contains('\t')
}
