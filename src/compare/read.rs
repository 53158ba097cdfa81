//! Reads a [`Generation`] from the bytes of an RSS, Atom or JSON feed of any generator.
//!
//! The parser is as tolerant as feed readers: it also accepts entries with an invalid date or without an id.

use std::{borrow::Cow, collections::BTreeMap};

use atom_syndication::{Text, TextType};
use rss::{Channel, Item};
use serde_json::Value;

use super::{FeedEntry, Generation, fingerprint};
use crate::{
    html,
    time::{
        Timestamp, Zone,
        written::{self, DateContext},
    },
};

/// Why bytes cannot be read as a feed: a lower-case message without a final period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Reads a feed.
///
/// # Errors
/// The bytes are not RSS, Atom or JSON Feed.
pub fn read(bytes: &[u8]) -> Result<Generation, Unreadable> {
    // A single invalid byte must not make all ids in the feed unreadable.
    let text = String::from_utf8_lossy(bytes);
    // Some feeds have a byte order mark or empty lines before the XML declaration.
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.is_empty() {
        return Err(Unreadable("the file is empty".to_owned()));
    }
    if text.starts_with('{') {
        return json(text);
    }
    if !text.starts_with('<') {
        return Err(Unreadable("the file is neither XML nor JSON".to_owned()));
    }
    // Each library rejects the root element of the other's format at once, so the format need not be detected first.
    match atom_syndication::Feed::read_from(text.as_bytes()) {
        Ok(feed) => Ok(atom(&feed)),
        Err(atom_syndication::Error::InvalidStartTag) => {
            let channel = Channel::read_from(keep_rdf_about(&keep_atom_updated(text)).as_bytes());
            channel
                .map(|channel| rss(&channel))
                .map_err(|error| Unreadable(format_error(&error)))
        }
        Err(error) => Err(Unreadable(format_error(&error))),
    }
}

/// Formats a library's error in our style: lower-case start, no final period.
pub(super) fn format_error(error: &dyn std::error::Error) -> String {
    let message = error.to_string();
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// The values of an entry as written in one of the formats.
#[derive(Default)]
struct RawEntry<'a> {
    id: Option<&'a str>,
    link: Option<&'a str>,
    /// The site's original link, if a service such as FeedBurner replaced `link` with its own.
    original_link: Option<&'a str>,
    title: String,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    text: String,
}

impl RawEntry<'_> {
    /// The entry; `None` if it has no id, no link and no title, so that nothing identifies it.
    fn into_entry(self) -> Option<FeedEntry> {
        let some = |text: Option<&str>| text.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let link = some(self.link);
        // Most readers identify an entry without an id by its link or title.
        let id = some(self.id)
            .or_else(|| link.clone())
            .or_else(|| some(Some(&self.title)))?;
        Some(FeedEntry {
            id,
            link: some(self.original_link).or(link),
            published: self.published,
            updated: self.updated,
            content: Some(fingerprint(&self.text)),
            title: self.title,
            article: None,
        })
    }
}

/// Parses a date in any notation that the extractor accepts, because real feeds often do not follow RFC 822.
pub(super) fn parse_date(raw: &str) -> Option<Timestamp> {
    let date = written::parse(raw, &DateContext::default()).ok()?.date;
    Some(date.at(&Zone::utc(), chrono::NaiveTime::MIN))
}

pub(super) fn from_chrono(instant: &chrono::DateTime<chrono::FixedOffset>) -> Option<Timestamp> {
    Timestamp::from_unix(instant.timestamp())
}

/// Changes the prefix of `atom:updated` to one that the `rss` crate does not know. The crate keeps all elements with an
/// unknown prefix, but of an item's Atom elements it keeps only the links.
pub(super) fn keep_atom_updated(text: &str) -> Cow<'_, str> {
    if !text.contains("<atom:updated>") {
        return Cow::Borrowed(text);
    }
    let opened = text.replace("<atom:updated>", "<kept:updated>");
    Cow::Owned(opened.replace("</atom:updated>", "</kept:updated>"))
}

/// FeedBurner's element for the site's original permalink. Its `link` redirects through FeedBurner.
fn feedburner_link<E>(extensions: &BTreeMap<String, BTreeMap<String, Vec<E>>>) -> Option<&E> {
    extensions.get("feedburner")?.get("origLink")?.first()
}

/// Copies `rdf:about`, the id of an RSS 1.0 item, to a `guid`, because the `rss` crate does not read item attributes.
fn keep_rdf_about(text: &str) -> Cow<'_, str> {
    if !text.contains("<rdf:RDF") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<item ") {
        let Some(length) = rest[start..].find('>') else { break };
        let (tag, after) = rest.split_at(start + length + 1);
        out.push_str(tag);
        let about = tag[start..].split_once("rdf:about=").map(|(_, value)| value);
        let quoted = about.and_then(|value| value.split(value.chars().next()?).nth(1));
        if let Some(id) = quoted.filter(|_| !tag.ends_with("/>")) {
            out.push_str("<guid isPermaLink=\"false\">");
            out.push_str(id);
            out.push_str("</guid>");
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The title of an item as plain text. The specification requires plain text, but some generators escape the title
/// twice, so that it contains HTML.
fn rss_title(raw: &str) -> String {
    let is_entity = |after: &str| {
        let name = after.split_once(';').map_or("", |(name, _)| name);
        (1..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    };
    if raw.split('&').skip(1).any(is_entity) || raw.contains("</") {
        html::to_text(raw)
    } else {
        crate::text::collapse(raw)
    }
}

fn rss(channel: &Channel) -> Generation {
    let date = channel.last_build_date().or_else(|| channel.pub_date());
    Generation {
        is_atom: false,
        home: Some(channel.link.trim().to_owned()).filter(|home| !home.is_empty()),
        updated: date.and_then(parse_date),
        entries: channel
            .items
            .iter()
            .filter_map(|item| rss_item(item).into_entry())
            .collect(),
        cutoff: None,
    }
}

fn rss_item(item: &Item) -> RawEntry<'_> {
    let guid = item.guid();
    // In RSS, a guid is an address unless `isPermaLink` is `false`. Some generators omit the attribute although their
    // guids are not addresses.
    let is_address = |guid: &&rss::Guid| guid.permalink && guid.value.contains("://");
    let core = item.dublin_core_ext();
    // RSS 1.0 has no `pubDate`, so its items have a `dc:date`.
    let core_date = || core.and_then(|core| core.dates().first());
    let updated = || {
        let atom = item
            .extensions()
            .values()
            .filter_map(|elements| elements.get("updated"));
        atom.flatten().find_map(|element| parse_date(element.value()?))
    };
    RawEntry {
        id: guid.map(|guid| guid.value.as_str()),
        link: item
            .link()
            .or_else(|| guid.filter(is_address).map(|guid| guid.value.as_str())),
        original_link: feedburner_link(item.extensions()).and_then(|link| link.value()),
        title: rss_title(item.title().unwrap_or_default()),
        published: item
            .pub_date()
            .or_else(|| core_date().map(String::as_str))
            .and_then(parse_date),
        updated: updated(),
        // `content:encoded` is the whole text. If it exists, the description is usually only a summary.
        text: html::to_text(item.content().or_else(|| item.description()).unwrap_or_default()),
    }
}

fn atom(feed: &atom_syndication::Feed) -> Generation {
    Generation {
        is_atom: true,
        home: alternate_link(&feed.links).map(str::to_owned),
        updated: from_chrono(&feed.updated),
        entries: feed
            .entries
            .iter()
            .filter_map(|entry| atom_entry(entry).into_entry())
            .collect(),
        cutoff: None,
    }
}

fn atom_entry(entry: &atom_syndication::Entry) -> RawEntry<'_> {
    let updated = from_chrono(&entry.updated);
    let content = entry.content().map(|content| {
        let raw = content.value().unwrap_or_default();
        (raw, content.content_type().unwrap_or("text"))
    });
    let construct = |text: &Text| match text.r#type {
        TextType::Text => to_plain(text.as_str(), "text"),
        TextType::Html | TextType::Xhtml => html::to_text(text.as_str()),
    };
    let summary = || entry.summary().map(construct);
    RawEntry {
        id: Some(entry.id()),
        link: alternate_link(entry.links()),
        original_link: feedburner_link(entry.extensions()).and_then(|link| link.value()),
        title: construct(entry.title()),
        // `published` is optional (RFC 4287 section 4.1.2). Without it, readers show `updated`.
        published: entry.published().and_then(from_chrono).or(updated),
        updated,
        text: content
            // Content with a `src` is empty, because the text is at another address (RFC 4287 section 4.1.3.2).
            .filter(|(raw, _)| !raw.trim().is_empty())
            .map(|(raw, kind)| to_plain(raw, kind))
            .or_else(summary)
            .unwrap_or_default(),
    }
}

fn to_plain(raw: &str, kind: &str) -> String {
    match kind {
        "text" | "text/plain" => raw.trim().to_owned(),
        _ => html::to_text(raw),
    }
}

fn alternate_link(links: &[atom_syndication::Link]) -> Option<&str> {
    let pages = || links.iter().filter(|link| link.rel() == "alternate");
    // An entry may have several alternate links of different types, such as a page and a PDF file (RFC 4287 section
    // 4.1.2).
    let html = pages().find(|link| link.mime_type().is_none_or(|kind| kind.contains("html")));
    html.or_else(|| pages().next()).map(|link| link.href())
}

fn json(text: &str) -> Result<Generation, Unreadable> {
    let document: Value = serde_json::from_str(text).map_err(|error| Unreadable(format_error(&error)))?;
    let Some(items) = document.get("items").and_then(Value::as_array) else {
        return Err(Unreadable("a JSON Feed must have an `items` array".to_owned()));
    };
    Ok(Generation {
        is_atom: false,
        home: text_member(&document, "home_page_url").map(str::to_owned),
        // JSON Feed has no date for the whole feed.
        updated: None,
        entries: items.iter().filter_map(json_item).collect(),
        cutoff: None,
    })
}

fn json_item(item: &Value) -> Option<FeedEntry> {
    // JSON Feed 1.0 allowed a number as id, and some generators still write one.
    let number = item.get("id").filter(|id| id.is_number()).map(ToString::to_string);
    let text = text_member(item, "content_html").map(html::to_text);
    let text = text.or_else(|| text_member(item, "content_text").map(str::to_owned));
    let entry = RawEntry {
        id: number.as_deref().or_else(|| text_member(item, "id")),
        // An item of a link blog may have only the address of the page that it recommends.
        link: text_member(item, "url").or_else(|| text_member(item, "external_url")),
        original_link: None,
        title: text_member(item, "title").unwrap_or_default().to_owned(),
        published: text_member(item, "date_published").and_then(parse_date),
        updated: text_member(item, "date_modified").and_then(parse_date),
        text: text
            .or_else(|| text_member(item, "summary").map(str::to_owned))
            .unwrap_or_default(),
    };
    entry.into_entry()
}

pub(super) fn text_member<'a>(object: &'a Value, member: &str) -> Option<&'a str> {
    object.get(member)?.as_str()
}
