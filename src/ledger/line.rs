//! A line of the ledger: fields with tabs between them, the last one a checksum of the others.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Record, Shown};
use crate::{time::Timestamp, url::Id};

const AUTHORITY: &str = "authority";
const SITE: &str = "site";
const FEED: &str = "feed";
const FAILED: &str = "failed";

/// What a line says.
pub(super) enum Line {
    Authority(String),
    Site(String),
    Feed(String, Timestamp),
    Failed(usize),
    Record(String, Box<Record>),
}

pub(super) fn authority(authority: &str, out: &mut String) {
    written(out, |line| {
        let _ = write!(line, "{AUTHORITY}\t{authority}");
    });
}

pub(super) fn site(site: &str, out: &mut String) {
    written(out, |line| {
        let _ = write!(line, "{SITE}\t{site}");
    });
}

pub(super) fn failed(number: usize, out: &mut String) {
    written(out, |line| {
        let _ = write!(line, "{FAILED}\t{number}");
    });
}

pub(super) fn feed(path: &str, updated: &Timestamp, out: &mut String) {
    written(out, |line| {
        let _ = write!(line, "{FEED}\t");
        escape(path, line);
        let _ = write!(line, "\t{}", updated.rfc3339());
    });
}

pub(super) fn record(path: &str, record: &Record, out: &mut String) {
    let Record {
        id,
        fingerprint,
        first_seen,
        updated,
        shown,
    } = record;
    written(out, |line| {
        escape(path, line);
        let (first_seen, updated) = (first_seen.rfc3339(), updated.rfc3339());
        line.push('\t');
        push_id(id, line);
        let _ = write!(line, "\t{fingerprint:032x}\t{first_seen}\t{updated}");
        if let Some(shown) = shown {
            let content = shown.content.map(|content| format!("{content:032x}"));
            let held = shown.held.map(|held| held.rfc3339());
            let own_date = shown.own_date.map(|date| format!(" {}", date.rfc3339()));
            let _ = write!(
                line,
                "\t{}{}\t{}\t{}\t{}\t",
                shown.published.rfc3339(),
                own_date.unwrap_or_default(),
                held.unwrap_or_default(),
                content.unwrap_or_default(),
                shown.link
            );
            for (at, (feed, is_held)) in shown.feeds.iter().enumerate() {
                line.push_str(if at > 0 { " " } else { "" });
                line.push(if *is_held { '+' } else { '-' });
                escape_feed(feed, line);
            }
            line.push('\t');
            escape(&shown.title, line);
        }
    });
}

/// The URI, and behind a blank the name for RSS and JSON Feed where it is another.
fn push_id(id: &Id, out: &mut String) {
    out.push_str(id.as_str());
    if id.name() != id.as_str() {
        out.push(' ');
        escape(id.name(), out);
    }
}

fn parse_id(field: &str) -> Option<Id> {
    match field.split_once(' ') {
        Some((uri, name)) => Id::published(uri)?.named(&unescape(name)?),
        None => Id::published(field),
    }
}

/// Writes a line and its checksum. Writing into a string does not fail.
fn written(out: &mut String, write: impl FnOnce(&mut String)) {
    let start = out.len();
    write(out);
    let checksum = checksum(&out[start..]);
    let _ = writeln!(out, "\t{checksum:08x}");
}

fn checksum(fields: &str) -> u32 {
    // The lower half is as good as any.
    xxhash_rust::xxh3::xxh3_64(fields.as_bytes()) as u32
}

/// Reads a line.
pub(super) fn parse(line: &str) -> Result<Line, String> {
    let (fields, written) = line.rsplit_once('\t').unwrap_or((line, ""));
    let is_hexadecimal = written.len() == 8 && written.bytes().all(|b| b.is_ascii_hexdigit());
    let is_intact = is_hexadecimal && u32::from_str_radix(written, 16) == Ok(checksum(fields));
    if !is_intact {
        return Err("the line is not as it was written: its checksum does not fit".to_owned());
    }
    let parts: Vec<&str> = fields.splitn(12, '\t').collect();
    match parts[..] {
        [AUTHORITY, authority] if Id::new(&format!("tag:{authority}:x")).is_some() => {
            Ok(Line::Authority(authority.to_owned()))
        }
        [AUTHORITY, authority] => Err(format!("`{authority}` is no authority of `tag:` URIs")),
        [SITE, site] => Ok(Line::Site(site.to_owned())),
        [FAILED, number] => match number.parse() {
            Ok(number) => Ok(Line::Failed(number)),
            Err(_) => Err(format!("`{number}` is no number of articles")),
        },
        [FEED, path, updated] => Ok(Line::Feed(path_of(path)?, instant(updated)?)),
        [path, id, fingerprint, first_seen, updated, ref shown @ ..] => {
            let record = Record {
                id: parse_id(id).ok_or_else(|| format!("`{id}` is no id"))?,
                fingerprint: digits(fingerprint)?,
                first_seen: instant(first_seen)?,
                updated: instant(updated)?,
                shown: parse_shown(shown)?,
            };
            Ok(Line::Record(path_of(path)?, Box::new(record)))
        }
        _ => Err(not_a_record(parts.len())),
    }
}

fn not_a_record(fields: usize) -> String {
    format!("not a record: {fields} fields")
}

fn parse_shown(fields: &[&str]) -> Result<Option<Shown>, String> {
    match fields {
        [] => Ok(None),
        [published, held, content, link, feeds, title] => Ok(Some(Shown {
            published: instant(published.split(' ').next().unwrap_or_default())?,
            own_date: published.split_once(' ').map(|(_, own)| instant(own)).transpose()?,
            held: Some(held)
                .filter(|it| !it.is_empty())
                .map(|it| instant(it))
                .transpose()?,
            content: Some(content)
                .filter(|it| !it.is_empty())
                .map(|it| digits(it))
                .transpose()?,
            link: (*link).to_owned(),
            title: unescape(title).ok_or_else(|| format!("`{title}` is no escaped title"))?,
            feeds: parse_feeds(feeds)?,
        })),
        _ => Err(not_a_record(fields.len() + 5)),
    }
}

fn parse_feeds(field: &str) -> Result<BTreeMap<String, bool>, String> {
    let feeds = field.split(' ').filter(|feed| !feed.is_empty()).map(|feed| {
        let (is_held, name) = match feed.split_at_checked(1) {
            Some(("+", name)) => (true, name),
            Some(("-", name)) => (false, name),
            _ => return Err(format!("`{feed}` is no feed")),
        };
        Ok((path_of(name)?, is_held))
    });
    feeds.collect()
}

fn path_of(field: &str) -> Result<String, String> {
    unescape(field)
        .filter(|path| !path.is_empty())
        .ok_or_else(|| format!("`{field}` is no escaped path"))
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text).ok_or_else(|| format!("`{text}` is no instant of RFC 3339"))
}

fn digits(text: &str) -> Result<u128, String> {
    let is_hexadecimal = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let digits = is_hexadecimal.then(|| u128::from_str_radix(text, 16).ok()).flatten();
    digits.ok_or_else(|| format!("`{text}` is no fingerprint of 32 hexadecimal digits"))
}

/// Escapes what would end a field or a line, other control characters, and a `#` that would open a comment.
fn escape(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        push(c, c.is_control() || c == '%' || (at == 0 && c == '#'), out);
    }
}

/// The blank stands between feeds.
fn escape_feed(path: &str, out: &mut String) {
    for c in path.chars() {
        push(c, c.is_control() || c == '%' || c == ' ', out);
    }
}

fn push(c: char, is_escaped: bool, out: &mut String) {
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
        let is_hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
