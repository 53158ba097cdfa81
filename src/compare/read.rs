//! Builds a [`Generation`] from the bytes of a feed that any program may have written.
//!
//! Values are read as feed readers read them: entries with an invalid date or without an id are accepted too.

use std::{borrow::Cow, collections::BTreeMap};

use super::{FeedEntry, Generation, fingerprint};
use crate::{
    feed::{DateNotation, Document, Entry, Feed, Text, TextKind, Unreadable, encoding},
    html, text,
    time::{
        Timestamp, Zone,
        written::{self, DateContext},
    },
};

/// Reads a feed.
///
/// # Errors
/// Returns an error if the bytes are not an RSS, Atom or JSON feed, or contain a syntax error.
pub fn read(bytes: &[u8]) -> Result<Generation, Unreadable> {
    // Bytes that are invalid in the encoding are replaced. Otherwise, a single such byte would make all ids in the feed
    // unreadable.
    let decoded = encoding::decode(bytes);
    let document = Document::read(&decoded.text)?;
    let feed = document.feed()?;
    Ok(Generation {
        is_atom: matches!(feed, Feed::Atom(_)),
        home: feed.home_page().and_then(nonempty),
        updated: feed
            .updated(parse_date)
            .or_else(|| feed.published(parse_date))
            .map(|(date, _)| date),
        entries: feed.entries().iter().filter_map(entry).collect(),
        cutoff: None,
        too_old: None,
        expired: BTreeMap::new(),
    })
}

/// An entry; `None` if there is no id, link or title to identify it.
fn entry(entry: &Entry<'_>) -> Option<FeedEntry> {
    let link = entry.permalink().and_then(|(link, _)| nonempty(link));
    let title = entry.title().as_ref().map(plain_title).unwrap_or_default();
    let updated = entry.updated(parse_date).map(|(date, _)| date);
    let published = entry.published(parse_date).map(|(date, _)| date);
    let id = entry.id().and_then(|(id, _)| nonempty(id));
    Some(FeedEntry {
        // Most readers identify an entry without an id by its link or title.
        id: id
            .or_else(|| entry.link().and_then(|(link, _)| nonempty(link)))
            .or_else(|| link.clone())
            .or_else(|| nonempty(Cow::Borrowed(&title)))?,
        link,
        // In Atom, `published` is optional (RFC 4287 section 4.1.2). Without it, readers show `updated`.
        published: match entry {
            Entry::Atom(_) => published.or(updated),
            Entry::Rss(_) | Entry::Json(_) => published,
        },
        updated,
        content: Some(fingerprint(&body(entry))),
        title,
        article: None,
    })
}

fn nonempty(value: Cow<'_, str>) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Parses a date in any notation that the extractor accepts, because real feeds often do not follow their
/// specification.
pub(super) fn parse_date(raw: &str, _: DateNotation) -> Option<Timestamp> {
    let date = written::parse(raw, &DateContext::default()).ok()?.date;
    Some(date.at(&Zone::utc(), chrono::NaiveTime::MIN))
}

/// The title as plain text.
fn plain_title(title: &Text<'_>) -> String {
    match title.kind {
        TextKind::Html => html::to_text(&title.value),
        // RSS requires plain text, but some generators escape titles twice, so the titles contain HTML.
        TextKind::Unspecified if looks_like_html(&title.value) => html::to_text(&title.value),
        TextKind::Plain | TextKind::Unspecified => text::collapse(&title.value),
    }
}

fn looks_like_html(text: &str) -> bool {
    let is_entity = |after: &str| {
        let name = after.split_once(';').map_or("", |(name, _)| name);
        (1..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    };
    text.split('&').skip(1).any(is_entity) || text.contains("</")
}

/// The text of an entry: its content, or else its summary.
fn body(entry: &Entry<'_>) -> String {
    let texts = [Entry::content, Entry::summary].into_iter();
    let text = texts
        .filter_map(|text| text(entry))
        .find(|text| !text.value.trim().is_empty());
    match text {
        None => String::new(),
        Some(text) if text.kind == TextKind::Plain => text.value.into_owned(),
        Some(text) => html::to_text(&text.value),
    }
}
