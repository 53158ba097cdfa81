//! Reads and writes ledger lines: fields separated by tabs, the last of which is a checksum of the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{LastPublished, RecentChanges, Record, Totals};
use crate::{time::Timestamp, url::Id};

const AUTHORITY: &str = "authority";
const SITE: &str = "site";
const FEED: &str = "feed";
const FAILED: &str = "failed";
const CLOCK: &str = "clock";
const OUTPUT: &str = "output";
const RECENT: &str = "recent";
const RETIRED: &str = "retired";

/// The content of a line.
pub(super) enum Line {
    Authority(String),
    Site(String),
    Feed(String, Timestamp),
    Failed(usize),
    Clock(Timestamp),
    Output(String),
    Recent(RecentChanges),
    Retired(String),
    Record(String, Box<Record>),
}

pub(super) fn write_authority(authority: &str, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{AUTHORITY}\t{authority}");
    });
}

pub(super) fn write_site(site: &str, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{SITE}\t{site}");
    });
}

pub(super) fn write_failed(number: usize, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{FAILED}\t{number}");
    });
}

pub(super) fn write_feed(path: &str, updated: &Timestamp, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{FEED}\t");
        escape(path, line);
        let _ = write!(line, "\t{}", updated.rfc3339());
    });
}

pub(super) fn write_clock(now: &Timestamp, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{CLOCK}\t{}", now.rfc3339());
    });
}

pub(super) fn write_output(folder: &str, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{OUTPUT}\t");
        escape(folder, line);
    });
}

pub(super) fn write_retired(id: &str, out: &mut String) {
    write_line(out, |line| {
        let _ = write!(line, "{RETIRED}\t");
        escape(id, line);
    });
}

/// Writes, for example, `recent\t2026-11-30T12:00:00Z\trss.xml\t30\t1\t\t5d41402a\t`.
pub(super) fn write_recent(recent: &RecentChanges, out: &mut String) {
    let RecentChanges { at, feeds, changes } = recent;
    write_line(out, |line| {
        let _ = write!(line, "{RECENT}\t{}\t", at.rfc3339());
        for (number, feed) in feeds.iter().enumerate() {
            line.push_str(if number > 0 { " " } else { "" });
            escape_feed(feed, line);
        }
        let _ = write!(line, "\t{}\t{}", changes.entries, changes.added);
        for hashes in [&changes.removed, &changes.redated, &changes.edited] {
            line.push('\t');
            for (number, hash) in hashes.iter().enumerate() {
                line.push_str(if number > 0 { " " } else { "" });
                let _ = write!(line, "{hash:08x}");
            }
        }
    });
}

pub(super) fn write_record(path: &str, record: &Record, out: &mut String) {
    let Record {
        id,
        fingerprint,
        first_seen,
        updated,
        last_published,
    } = record;
    write_line(out, |line| {
        escape(path, line);
        let (first_seen, updated) = (first_seen.rfc3339(), updated.rfc3339());
        line.push('\t');
        push_id(id, line);
        let _ = write!(line, "\t{fingerprint:032x}\t{first_seen}\t{updated}");
        if let Some(last) = last_published {
            let content = last.content.map(|content| format!("{content:032x}"));
            let retained_since = last.retained_since.map(|since| since.rfc3339());
            let declared_date = last.declared_date.map(|date| format!(" {}", date.rfc3339()));
            let _ = write!(
                line,
                "\t{}{}\t{}\t{}\t{}\t",
                last.published.rfc3339(),
                declared_date.unwrap_or_default(),
                retained_since.unwrap_or_default(),
                content.unwrap_or_default(),
                last.link
            );
            for (at, (feed, is_in_feed)) in last.feeds.iter().enumerate() {
                line.push_str(if at > 0 { " " } else { "" });
                // Feeds that no longer contain the entry are written too, because their `updated` dates and the guards
                // still depend on the entry.
                line.push(if *is_in_feed { '+' } else { '-' });
                escape_feed(feed, line);
            }
            line.push('\t');
            escape(&last.title, line);
        }
    });
}

/// Writes the URI of an id. If the id has a different name in RSS and JSON Feed, a space and that name follow.
fn push_id(id: &Id, out: &mut String) {
    out.push_str(id.as_str());
    if id.name() != id.as_str() {
        out.push(' ');
        escape(id.name(), out);
    }
}

fn parse_id(field: &str) -> Option<Id> {
    match field.split_once(' ') {
        Some((uri, name)) => Id::from_published(uri)?.with_name(&unescape(name)?),
        None => Id::from_published(field),
    }
}

/// Adds a line and its checksum. Writing to a string cannot fail.
fn write_line(out: &mut String, write: impl FnOnce(&mut String)) {
    let start = out.len();
    write(out);
    let checksum = checksum(&out[start..]);
    let _ = writeln!(out, "\t{checksum:08x}");
}

fn checksum(fields: &str) -> u32 {
    // Half of the hash is enough: the checksum is meant to detect mistakes, not attacks.
    xxhash_rust::xxh3::xxh3_64(fields.as_bytes()) as u32
}

/// Reads a line.
///
/// # Errors
/// Returns a message about the first error if the line is not valid.
pub(super) fn parse(line: &str) -> Result<Line, String> {
    let (fields, written) = line.rsplit_once('\t').unwrap_or((line, ""));
    if parse_hash(written) != Some(checksum(fields)) {
        return Err("the checksum does not match the line".to_owned());
    }
    // A record has at most 11 fields. The line is split into up to 12 parts, so that a line with more fields is
    // invalid. If it were split into only 11, the additional fields would become part of the title.
    let parts: Vec<&str> = fields.splitn(12, '\t').collect();
    // The patterns also distinguish lines by their number of fields, so an article's path may be `site` or `feed`.
    match parts[..] {
        // New ids are built from the authority, so an id with this authority must be a valid URI.
        [AUTHORITY, authority] if Id::new(&format!("tag:{authority}:x")).is_some() => {
            Ok(Line::Authority(authority.to_owned()))
        }
        [AUTHORITY, authority] => Err(format!("`{authority}` is not a valid authority for `tag:` URIs")),
        [SITE, site] => Ok(Line::Site(site.to_owned())),
        [FAILED, number] => parse_number(number).map(Line::Failed),
        [CLOCK, now] => Ok(Line::Clock(parse_instant(now)?)),
        [OUTPUT, folder] => Ok(Line::Output(parse_path(folder)?)),
        [RETIRED, id] => match unescape(id) {
            Some(id) => Ok(Line::Retired(id)),
            None => Err(format!("the id `{id}` is not escaped correctly")),
        },
        [RECENT, at, feeds, entries, added, removed, redated, edited] => Ok(Line::Recent(RecentChanges {
            at: parse_instant(at)?,
            feeds: feeds.split(' ').map(parse_path).collect::<Result<_, _>>()?,
            changes: Totals {
                entries: parse_number(entries)?,
                added: parse_number(added)?,
                removed: parse_hashes(removed)?,
                redated: parse_hashes(redated)?,
                edited: parse_hashes(edited)?,
            },
        })),
        [FEED, path, updated] => Ok(Line::Feed(parse_path(path)?, parse_instant(updated)?)),
        [path, id, fingerprint, first_seen, updated, ref last_published @ ..] => {
            let record = Record {
                id: parse_id(id).ok_or_else(|| format!("`{id}` is not a valid id"))?,
                fingerprint: parse_fingerprint(fingerprint)?,
                first_seen: parse_instant(first_seen)?,
                updated: parse_instant(updated)?,
                last_published: parse_last_published(last_published)?,
            };
            Ok(Line::Record(parse_path(path)?, Box::new(record)))
        }
        _ => Err(not_a_record(parts.len())),
    }
}

fn parse_number(field: &str) -> Result<usize, String> {
    field.parse().map_err(|_| format!("`{field}` is not a valid number"))
}

fn parse_hashes(field: &str) -> Result<BTreeSet<u32>, String> {
    let hashes = field.split(' ').filter(|hash| !hash.is_empty());
    hashes
        .map(|hash| parse_hash(hash).ok_or_else(|| format!("`{hash}` is not a hash (8 hexadecimal digits)")))
        .collect()
}

/// Reads exactly 8 hexadecimal digits. `from_str_radix` alone would accept a sign and fewer digits.
fn parse_hash(text: &str) -> Option<u32> {
    let is_hexadecimal = text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    u32::from_str_radix(text, 16).ok().filter(|_| is_hexadecimal)
}

fn not_a_record(fields: usize) -> String {
    format!("a record cannot have {fields} fields")
}

fn parse_last_published(fields: &[&str]) -> Result<Option<LastPublished>, String> {
    match fields {
        [] => Ok(None),
        [published, retained_since, content, link, feeds, title] => Ok(Some(LastPublished {
            published: parse_instant(published.split(' ').next().unwrap_or_default())?,
            declared_date: published
                .split_once(' ')
                .map(|(_, date)| parse_instant(date))
                .transpose()?,
            retained_since: Some(retained_since)
                .filter(|it| !it.is_empty())
                .map(|it| parse_instant(it))
                .transpose()?,
            content: Some(content)
                .filter(|it| !it.is_empty())
                .map(|it| parse_fingerprint(it))
                .transpose()?,
            link: (*link).to_owned(),
            title: unescape(title).ok_or_else(|| format!("the title `{title}` is not escaped correctly"))?,
            feeds: parse_feeds(feeds)?,
        })),
        _ => Err(not_a_record(fields.len() + 5)),
    }
}

fn parse_feeds(field: &str) -> Result<BTreeMap<String, bool>, String> {
    let feeds = field.split(' ').filter(|feed| !feed.is_empty()).map(|feed| {
        let (is_in_feed, name) = match feed.split_at_checked(1) {
            Some(("+", name)) => (true, name),
            Some(("-", name)) => (false, name),
            _ => {
                return Err(format!(
                    "`{feed}` is not a valid feed field: it must start with `+` or `-`"
                ));
            }
        };
        Ok((parse_path(name)?, is_in_feed))
    });
    feeds.collect()
}

fn parse_path(field: &str) -> Result<String, String> {
    unescape(field)
        .filter(|path| !path.is_empty())
        .ok_or_else(|| format!("the path `{field}` is empty or not escaped correctly"))
}

fn parse_instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| format!("`{text}` is not an RFC 3339 date and time"))
}

fn parse_fingerprint(text: &str) -> Result<u128, String> {
    let is_hexadecimal = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let digits = is_hexadecimal.then(|| u128::from_str_radix(text, 16).ok()).flatten();
    digits.ok_or_else(|| format!("`{text}` is not a fingerprint (32 hexadecimal digits)"))
}

/// Percent-encodes tabs, line ends and other control characters, and a leading `#`, which would turn the line into a
/// comment.
fn escape(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        push_escaped(c, c.is_control() || c == '%' || (at == 0 && c == '#'), out);
    }
}

/// Like [`escape`], but also encodes spaces, because a space separates feeds.
fn escape_feed(path: &str, out: &mut String) {
    for c in path.chars() {
        push_escaped(c, c.is_control() || c == '%' || c == ' ', out);
    }
}

fn push_escaped(c: char, is_escaped: bool, out: &mut String) {
    if !is_escaped {
        out.push(c);
        return;
    }
    let mut bytes = [0; 4];
    for byte in c.encode_utf8(&mut bytes).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

fn unescape(field: &str) -> Option<String> {
    let mut parts = field.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        // `from_str_radix` would accept a sign.
        let is_hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
