//! A generation from the bytes of a feed: RSS, Atom or JSON Feed of any generator, as far as it can be read.

use std::{borrow::Cow, collections::BTreeMap};

use atom_syndication::{Text, TextType};
use rss::{Channel, Item};
use serde_json::Value;

use super::{Generation, Seen, fingerprint};
use crate::{
    html,
    time::{
        Timestamp, Zone,
        written::{self, DateContext},
    },
};

/// Why bytes are not taken as a feed: lower-case, without a final period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Reads a feed.
///
/// # Errors
/// Bytes that are no RSS, Atom or JSON Feed.
pub fn read(bytes: &[u8]) -> Result<Generation, Unreadable> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    if text.is_empty() {
        return Err(Unreadable("it is empty".to_owned()));
    }
    if text.starts_with('{') {
        return json(text);
    }
    if !text.starts_with('<') {
        return Err(Unreadable("it is neither XML nor JSON".to_owned()));
    }
    // Each library refuses the other's root element at once.
    match atom_syndication::Feed::read_from(text.as_bytes()) {
        Ok(feed) => Ok(atom(&feed)),
        Err(atom_syndication::Error::InvalidStartTag) => {
            let channel = Channel::read_from(with_ids(&with_updated(text)).as_bytes());
            channel
                .map(|channel| rss(&channel))
                .map_err(|error| Unreadable(told(&error)))
        }
        Err(error) => Err(Unreadable(told(&error))),
    }
}

/// The library's words as ours are written.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let told = error.to_string();
    let mut letters = told.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

/// What a feed says of an entry.
#[derive(Default)]
struct Said<'a> {
    id: Option<&'a str>,
    link: Option<&'a str>,
    /// The link that a service between the site and its readers put another in place of.
    true_link: Option<&'a str>,
    title: String,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    text: String,
}

impl Said<'_> {
    fn seen(self) -> Option<Seen> {
        let some = |text: Option<&str>| text.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let link = some(self.link);
        let id = some(self.id)
            .or_else(|| link.clone())
            .or_else(|| some(Some(&self.title)))?;
        Some(Seen {
            id,
            link: some(self.true_link).or(link),
            published: self.published,
            updated: self.updated,
            content: Some(fingerprint(&self.text)),
            title: self.title,
            article: None,
        })
    }
}

pub(super) fn instant(raw: &str) -> Option<Timestamp> {
    let date = written::parse(raw, &DateContext::default()).ok()?.date;
    Some(date.at(&Zone::utc(), chrono::NaiveTime::MIN))
}

pub(super) fn of_chrono(instant: &chrono::DateTime<chrono::FixedOffset>) -> Option<Timestamp> {
    Timestamp::from_unix(instant.timestamp())
}

/// The library keeps nothing of an item's Atom elements but links; of other prefixes it keeps all.
pub(super) fn with_updated(text: &str) -> Cow<'_, str> {
    if !text.contains("<atom:updated>") {
        return Cow::Borrowed(text);
    }
    let opened = text.replace("<atom:updated>", "<kept:updated>");
    Cow::Owned(opened.replace("</atom:updated>", "</kept:updated>"))
}

/// FeedBurner's element for the address of an entry, whose link leads through its own site.
fn original<E>(extensions: &BTreeMap<String, BTreeMap<String, Vec<E>>>) -> Option<&E> {
    extensions.get("feedburner")?.get("origLink")?.first()
}

/// The library reads no attributes of items, where RSS 1.0 has their ids.
fn with_ids(text: &str) -> Cow<'_, str> {
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

/// The title of an item: plain text by the specification, HTML where a generator escaped it twice.
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
        updated: date.and_then(instant),
        entries: channel.items.iter().filter_map(|item| rss_item(item).seen()).collect(),
        reach: None,
    }
}

fn rss_item(item: &Item) -> Said<'_> {
    let guid = item.guid();
    let is_address = |guid: &&rss::Guid| guid.permalink && guid.value.contains("://");
    let core = item.dublin_core_ext();
    let core_date = || core.and_then(|core| core.dates().first());
    let updated = || {
        let atom = item
            .extensions()
            .values()
            .filter_map(|elements| elements.get("updated"));
        atom.flatten().find_map(|element| instant(element.value()?))
    };
    Said {
        id: guid.map(|guid| guid.value.as_str()),
        link: item
            .link()
            .or_else(|| guid.filter(is_address).map(|guid| guid.value.as_str())),
        true_link: original(item.extensions()).and_then(|link| link.value()),
        title: rss_title(item.title().unwrap_or_default()),
        published: item
            .pub_date()
            .or_else(|| core_date().map(String::as_str))
            .and_then(instant),
        updated: updated(),
        text: html::to_text(item.content().or_else(|| item.description()).unwrap_or_default()),
    }
}

fn atom(feed: &atom_syndication::Feed) -> Generation {
    Generation {
        is_atom: true,
        home: alternate(&feed.links).map(str::to_owned),
        updated: of_chrono(&feed.updated),
        entries: feed
            .entries
            .iter()
            .filter_map(|entry| atom_entry(entry).seen())
            .collect(),
        reach: None,
    }
}

fn atom_entry(entry: &atom_syndication::Entry) -> Said<'_> {
    let updated = of_chrono(&entry.updated);
    let content = entry.content().map(|content| {
        let raw = content.value().unwrap_or_default();
        (raw, content.content_type().unwrap_or("text"))
    });
    let construct = |text: &Text| match text.r#type {
        TextType::Text => plain(text.as_str(), "text"),
        TextType::Html | TextType::Xhtml => html::to_text(text.as_str()),
    };
    let summary = || entry.summary().map(construct);
    Said {
        id: Some(entry.id()),
        link: alternate(entry.links()),
        true_link: original(entry.extensions()).and_then(|link| link.value()),
        title: construct(entry.title()),
        published: entry.published().and_then(of_chrono).or(updated),
        updated,
        text: content
            .filter(|(raw, _)| !raw.trim().is_empty())
            .map(|(raw, kind)| plain(raw, kind))
            .or_else(summary)
            .unwrap_or_default(),
    }
}

fn plain(raw: &str, kind: &str) -> String {
    match kind {
        "text" | "text/plain" => raw.trim().to_owned(),
        _ => html::to_text(raw),
    }
}

fn alternate(links: &[atom_syndication::Link]) -> Option<&str> {
    let pages = || links.iter().filter(|link| link.rel() == "alternate");
    let html = pages().find(|link| link.mime_type().is_none_or(|kind| kind.contains("html")));
    html.or_else(|| pages().next()).map(|link| link.href())
}

fn json(text: &str) -> Result<Generation, Unreadable> {
    let document: Value = serde_json::from_str(text).map_err(|error| Unreadable(told(&error)))?;
    let Some(items) = document.get("items").and_then(Value::as_array) else {
        return Err(Unreadable("a JSON document without `items` is no JSON Feed".to_owned()));
    };
    Ok(Generation {
        is_atom: false,
        home: text_of(&document, "home_page_url").map(str::to_owned),
        updated: None,
        entries: items.iter().filter_map(json_item).collect(),
        reach: None,
    })
}

fn json_item(item: &Value) -> Option<Seen> {
    // Version 1 allowed a number as id, and some still write one.
    let number = item.get("id").filter(|id| id.is_number()).map(ToString::to_string);
    let text = text_of(item, "content_html").map(html::to_text);
    let text = text.or_else(|| text_of(item, "content_text").map(str::to_owned));
    let said = Said {
        id: number.as_deref().or_else(|| text_of(item, "id")),
        link: text_of(item, "url").or_else(|| text_of(item, "external_url")),
        true_link: None,
        title: text_of(item, "title").unwrap_or_default().to_owned(),
        published: text_of(item, "date_published").and_then(instant),
        updated: text_of(item, "date_modified").and_then(instant),
        text: text
            .or_else(|| text_of(item, "summary").map(str::to_owned))
            .unwrap_or_default(),
    };
    said.seen()
}

pub(super) fn text_of<'a>(object: &'a Value, member: &str) -> Option<&'a str> {
    object.get(member)?.as_str()
}
