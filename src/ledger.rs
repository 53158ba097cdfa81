//! The committed memory of what was published under which id, and when.
//!
//! A text file of one line per entry in the order of their paths, so that git can merge it: path, id, fingerprint,
//! first seen, updated, with a tab between them.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map},
    fmt::Write as _,
    path::Path,
};

use crate::{error::Error, time::Timestamp, url::Id};

/// How the first line starts; the version follows.
const HEADER: &str = "# feedwright ledger ";
const VERSION: &str = "1";
const NOTE: &str = " — committed memory of ids and dates; do not edit";
const AUTHORITY: &str = "authority";
/// What git leaves around the two sides of a conflict.
const CONFLICT_MARKERS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What is remembered of everything ever published, and of every article that has no date of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// `example.org,2026-11-21`: authority and date of the `tag:` URIs that are minted (RFC 4151).
    pub authority: Option<String>,
    /// By source path, relative to the input folder.
    pub records: BTreeMap<String, Record>,
}

/// What is remembered of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The entry's id, never changed.
    pub id: Id,
    /// [`Article::fingerprint`](crate::article::Article::fingerprint) when last built.
    pub fingerprint: u128,
    /// When a build first saw it.
    pub first_seen: Timestamp,
    /// When its content last changed.
    pub updated: Timestamp,
}

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
    /// The first line that is no record, or repeats a path or an id.
    pub fn parse(text: &str) -> Result<Self, Damage> {
        let mut lines = (1..).zip(text.lines());
        check_header(lines.next().map_or("", |(_, line)| line))?;
        let mut ledger = Ledger::default();
        let mut ids = BTreeSet::new();
        for (number, line) in lines {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            ledger.take_line(line, &mut ids).map_err(|message| Damage {
                line: number,
                message,
                help: help(line),
            })?;
        }
        Ok(ledger)
    }

    fn take_line(&mut self, line: &str, ids: &mut BTreeSet<Id>) -> Result<(), String> {
        let fields: Vec<&str> = line.splitn(6, '\t').collect();
        match fields[..] {
            [AUTHORITY, authority] if self.authority.is_some() => Err(format!("a second authority, `{authority}`")),
            [AUTHORITY, authority] if Id::new(&format!("tag:{authority}:x")).is_some() => {
                self.authority = Some(authority.to_owned());
                Ok(())
            }
            [AUTHORITY, authority] => Err(format!("`{authority}` is no authority of `tag:` URIs")),
            [path, id, fingerprint, first_seen, updated] => {
                let path = unescape(path).ok_or_else(|| format!("`{path}` is no escaped path"))?;
                let record = Record::parse(id, fingerprint, first_seen, updated)?;
                if !ids.insert(record.id.clone()) {
                    return Err(format!("a second record with the id `{id}`"));
                }
                match self.records.entry(path) {
                    btree_map::Entry::Occupied(taken) => Err(format!("a second record of `{}`", taken.key())),
                    btree_map::Entry::Vacant(free) => {
                        free.insert(record);
                        Ok(())
                    }
                }
            }
            _ if is_conflict_marker(line) => Err("git left a conflict here".to_owned()),
            _ => Err(format!("not a record: {} of 5 fields", fields.len())),
        }
    }

    /// The file's text: the same ledger, the same bytes.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}{VERSION}{NOTE}\n");
        if let Some(authority) = &self.authority {
            // Writing into a string does not fail, here and below.
            let _ = writeln!(text, "{AUTHORITY}\t{authority}");
        }
        for (path, record) in &self.records {
            escape(path, &mut text);
            let (first_seen, updated) = (record.first_seen.rfc3339(), record.updated.rfc3339());
            let _ = writeln!(
                text,
                "\t{}\t{:032x}\t{first_seen}\t{updated}",
                record.id, record.fingerprint
            );
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

    /// Reads the ledger file; a missing file is an empty ledger.
    ///
    /// # Errors
    /// An unreadable file, or a line that is not a record: a damaged memory must not change ids silently.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Ledger::default()),
            Err(error) => return Err(Error::io("read", path)(error)),
        };
        Ledger::parse(&text).map_err(|damage| Error::Config {
            path: Some(path.to_owned()),
            position: Some((damage.line, 1)),
            message: format!("the ledger is damaged: {}", damage.message),
            help: Some(damage.help.to_owned()),
        })
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

impl Record {
    fn parse(id: &str, fingerprint: &str, first_seen: &str, updated: &str) -> Result<Self, String> {
        let instant =
            |text| Timestamp::parse_rfc3339(text).ok_or_else(|| format!("`{text}` is no instant of RFC 3339"));
        let is_hexadecimal = fingerprint.len() == 32 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
        let digits = is_hexadecimal
            .then(|| u128::from_str_radix(fingerprint, 16).ok())
            .flatten();
        Ok(Record {
            id: Id::new(id).ok_or_else(|| format!("`{id}` is no id"))?,
            fingerprint: digits.ok_or_else(|| format!("`{fingerprint}` is no fingerprint of 32 hexadecimal digits"))?,
            first_seen: instant(first_seen)?,
            updated: instant(updated)?,
        })
    }
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
    let Some(rest) = line.strip_prefix(HEADER) else {
        return damage(
            format!("the first line does not start with `{}`", HEADER.trim_end()),
            help(line),
        );
    };
    match rest.split(' ').next().unwrap_or_default() {
        VERSION => Ok(()),
        other => damage(
            format!("version `{other}` of the ledger is not known"),
            "a newer Feedwright wrote it; build with that one",
        ),
    }
}

fn help(line: &str) -> &'static str {
    if is_conflict_marker(line) {
        "keep the lines of both sides, remove the markers; of two lines with the same path keep the one first seen earlier"
    } else {
        "take the file from your version control; without it every entry would get a new id and show up as unread"
    }
}

/// A record has tabs, so that even an article whose path starts like a marker is none.
fn is_conflict_marker(line: &str) -> bool {
    CONFLICT_MARKERS.iter().any(|marker| line.starts_with(marker)) && !line.contains('\t')
}

/// Escapes what would end a field or a line, other control characters, and a `#` that would open a comment.
fn escape(path: &str, out: &mut String) {
    for (at, c) in path.char_indices() {
        if c.is_control() || c == '%' || (at == 0 && c == '#') {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
}

fn unescape(field: &str) -> Option<String> {
    let mut parts = field.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        let is_hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok().filter(|path| !path.is_empty())
}
