//! The committed memory of what was published: under which id, when, and in which feeds.
//!
//! A text file of one line per article in the order of their paths, so that git can merge it; each line ends with a
//! checksum of itself, so that a merge or an editor that went wrong is found where it did. `line` reads and writes one.

mod line;

use std::{
    collections::{BTreeMap, BTreeSet, btree_map},
    path::Path,
};

use crate::{error::Error, time::Timestamp, url::Id};
use line::Line;

/// How the first line starts; the version follows.
const HEADER: &str = "# feedwright ledger ";
const VERSION: &str = "2";
const NOTE: &str = " — committed memory of ids and dates; do not edit";
/// What git leaves around the two sides of a conflict.
const CONFLICT_MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What is remembered of everything ever published, and of every article that has no date of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// `example.org,2026-11-21`: authority and date of the `tag:` URIs that are minted (RFC 4151).
    pub authority: Option<String>,
    /// The address of the site when it was last published.
    pub site: Option<String>,
    /// How many articles had errors when they were too many and published all the same; else 0.
    pub failed: usize,
    /// Feeds whose own date is later than that of every entry that is remembered: only after the ledger was lost.
    pub feeds: BTreeMap<String, Timestamp>,
    /// By source path, relative to the input folder; an entry whose article is not known is under [`pathless`].
    pub records: BTreeMap<String, Record>,
}

/// What is remembered of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The entry's id, never changed.
    pub id: Id,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint) when last built; 0 if its article is not known.
    pub fingerprint: u128,
    /// When a build first saw it.
    pub first_seen: Timestamp,
    /// The latest change that subscribers were told of; never goes backward.
    pub updated: Timestamp,
    /// What subscribers were shown last; `None` if no feed has held it yet.
    pub shown: Option<Shown>,
}

/// An entry as subscribers last saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// When it was published.
    pub published: Timestamp,
    /// The article's own date where it is another, as an import found it: while the article keeps it, the entry keeps
    /// the date that subscribers know.
    pub own_date: Option<Timestamp>,
    /// Its permalink.
    pub link: String,
    /// Its title.
    pub title: String,
    /// What title and text say, as [`fingerprint`](crate::compare::fingerprint) has it; `None` if it is not known.
    pub content: Option<u128>,
    /// The feeds that have held it, by their path below the output folder, and whether they hold it now.
    pub feeds: BTreeMap<String, bool>,
    /// Since when it is kept though its article cannot be read.
    pub held: Option<Timestamp>,
}

impl Shown {
    /// The article's own date, if it has one.
    pub fn article_date(&self) -> Timestamp {
        self.own_date.unwrap_or(self.published)
    }
}

/// The key of an entry whose article is not known: a path that no file has.
pub fn pathless(id: &Id) -> String {
    format!("{PATHLESS}{id}")
}

/// Whether a key of the ledger stands for an entry whose article is not known.
pub fn is_pathless(key: &str) -> bool {
    key.starts_with(PATHLESS)
}

/// A folder with an empty name: no relative path starts so.
const PATHLESS: &str = "//";

/// Why a text is not taken as a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// 1-based.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
    /// The way out.
    pub help: &'static str,
}

impl Ledger {
    /// Reads a ledger.
    ///
    /// # Errors
    /// The first line that is damaged, or repeats a path or an id.
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
                .take_line(number, line, &mut ids)
                .map_err(|(message, help)| Damage {
                    line: number,
                    message,
                    help,
                })?;
        }
        Ok(ledger)
    }

    fn take_line(
        &mut self,
        number: u32,
        line: &str,
        ids: &mut BTreeMap<String, u32>,
    ) -> Result<(), (String, &'static str)> {
        if is_conflict_marker(line) {
            return Err(("git left a conflict here".to_owned(), CONFLICT));
        }
        match line::parse(line).map_err(|message| (message, RESTORE))? {
            Line::Authority(authority) => put_once(&mut self.authority, authority, "authority"),
            Line::Site(site) => put_once(&mut self.site, site, "site"),
            Line::Failed(number) => {
                self.failed = self.failed.max(number);
                Ok(())
            }
            Line::Feed(path, updated) => {
                self.feeds.insert(path, updated);
                Ok(())
            }
            // A merge may keep a line that both sides have.
            Line::Record(path, record) if self.records.get(&path) == Some(&*record) => Ok(()),
            Line::Record(path, record) => {
                for face in record.id.faces() {
                    if let Some(first) = ids.insert(face.to_owned(), number) {
                        let message = format!("a second record with the id `{face}`, after line {first}");
                        return Err((message, TWICE));
                    }
                }
                match self.records.entry(path) {
                    btree_map::Entry::Occupied(taken) => Err((format!("a second record of `{}`", taken.key()), TWICE)),
                    btree_map::Entry::Vacant(free) => {
                        free.insert(*record);
                        Ok(())
                    }
                }
            }
        }
    }

    /// The file's text: the same ledger, the same bytes.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}{VERSION}{NOTE}\n");
        if let Some(authority) = &self.authority {
            line::authority(authority, &mut text);
        }
        if let Some(site) = &self.site {
            line::site(site, &mut text);
        }
        if self.failed > 0 {
            line::failed(self.failed, &mut text);
        }
        for (path, updated) in &self.feeds {
            line::feed(path, updated, &mut text);
        }
        for (path, record) in &self.records {
            line::record(path, record, &mut text);
        }
        text
    }

    /// Takes in what a build learned. An id has one record: an older one with the same id gives way, and of two new ones
    /// that of the first path stays.
    pub fn learn(&mut self, news: impl IntoIterator<Item = (String, Record)>) {
        let mut ids = BTreeSet::new();
        let news = news.into_iter().filter(|(_, record)| ids.insert(record.id.clone()));
        let news: Vec<_> = news.collect();
        self.records.retain(|_, record| !ids.contains(&record.id));
        self.records.extend(news);
    }

    /// Reads the ledger file; `None` if there is none.
    ///
    /// # Errors
    /// An unreadable file, or a line that is damaged: a damaged memory must not change ids silently.
    pub fn load(path: &Path) -> Result<Option<Self>, Error> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", path)(error)),
        };
        // Bytes that are not UTF-8 stand in a line whose checksum does not fit.
        let ledger = Ledger::parse(&String::from_utf8_lossy(&bytes));
        ledger.map(Some).map_err(|damage| Error::Damaged {
            path: path.to_owned(),
            line: damage.line,
            message: format!("the ledger is damaged: {}", damage.message),
            help: damage.help.to_owned(),
        })
    }

    /// The records of entries that a feed holds now, by the path of their article.
    pub fn held_by(&self, feed: &str) -> impl Iterator<Item = (&str, &Record, &Shown)> {
        self.records.iter().filter_map(move |(path, record)| {
            let shown = record.shown.as_ref()?;
            let is_held = shown.feeds.get(feed).copied().unwrap_or(false);
            is_held.then_some((path.as_str(), record, shown))
        })
    }

    /// Whether no feed holds an entry.
    pub fn holds_nothing(&self) -> bool {
        let mut shown = self.records.values().filter_map(|record| record.shown.as_ref());
        shown.all(|shown| shown.feeds.values().all(|is_held| !is_held))
    }

    /// The latest date of a feed: that of every entry it ever held, so that it does not go back when one is removed.
    pub fn date_of(&self, feed: &str) -> Option<Timestamp> {
        let ever_held = self.records.values().filter(|record| {
            let shown = record.shown.as_ref();
            shown.is_some_and(|shown| shown.feeds.contains_key(feed))
        });
        let dates = ever_held.map(|record| record.updated);
        dates.chain(self.feeds.get(feed).copied()).max()
    }

    /// Whether a feed was ever published.
    pub fn knows_feed(&self, feed: &str) -> bool {
        let shown = self.records.values().filter_map(|record| record.shown.as_ref());
        self.feeds.contains_key(feed) || shown.into_iter().any(|shown| shown.feeds.contains_key(feed))
    }

    /// The paths by what was last seen at them, for finding articles that moved. Costs a sort of all records.
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

fn put_once(place: &mut Option<String>, value: String, what: &str) -> Result<(), (String, &'static str)> {
    if place.as_ref().is_some_and(|there| *there != value) {
        return Err((format!("a second {what}, `{value}`"), TWICE));
    }
    *place = Some(value);
    Ok(())
}

/// Paths of a ledger, sorted by the fingerprint of what was last seen there.
#[derive(Debug)]
pub struct ByFingerprint<'a>(Vec<(u128, &'a str)>);

impl<'a> ByFingerprint<'a> {
    /// The paths where this content was last seen, in their order.
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
        return damage("git left a conflict here".to_owned(), CONFLICT);
    }
    let Some(rest) = line.strip_prefix(HEADER) else {
        let message = format!("the first line does not start with `{}`", HEADER.trim_end());
        return damage(message, RESTORE);
    };
    match rest.split(' ').next().unwrap_or_default() {
        VERSION => Ok(()),
        other => damage(
            format!("version `{other}` of the ledger is not known"),
            "another version of Feedwright wrote it; build with that one",
        ),
    }
}

const RESTORE: &str = "take the file from your version control; or delete it, and ids and dates are taken back from the \
                       published feeds";
const CONFLICT: &str = "keep the lines of both sides as they are and remove the markers; of two lines with one path or \
                        id keep the one first seen earlier";
const TWICE: &str = "keep the line first seen earlier, and delete the other";

/// A line of the ledger has tabs, so that even an article whose path starts like a marker is none.
fn is_conflict_marker(line: &str) -> bool {
    CONFLICT_MARKERS.iter().any(|marker| line.starts_with(marker)) && !line.contains('\t')
}
