//! JSON Feed 1.1, written with `serde_json`. The fields of the private structs are the members of the document, in
//! document order.

use serde::Serialize;

use super::{authors, content_in};
use crate::model::{self, ByteLength, Entry, Feed};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

pub(super) fn render(feed: &Feed) -> Vec<u8> {
    // Serializing strings, numbers and lists to memory cannot fail.
    serde_json::to_vec_pretty(&document(feed)).unwrap_or_default()
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'a str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    favicon: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    date_modified: String,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

fn document(feed: &Feed) -> Document<'_> {
    Document {
        version: VERSION,
        title: feed.title.as_str(),
        home_page_url: feed.home.as_str(),
        feed_url: feed.self_link.as_str(),
        description: feed.description.as_ref().map(|it| it.as_str()),
        // In JSON Feed, `icon` is the large picture (`logo` in Atom), and `favicon` is the small one (`icon` in Atom).
        icon: feed.logo.as_ref().map(|it| it.as_str()),
        favicon: feed.icon.as_ref().map(|it| it.as_str()),
        authors: feed.authors.iter().map(author).collect(),
        language: feed.language.as_ref().map(|it| it.as_str()),
        items: feed.entries.iter().map(|entry| item(feed, entry)).collect(),
    }
}

fn item<'a>(feed: &'a Feed, entry: &'a Entry) -> Item<'a> {
    let content_html = content_in(feed, entry).map(|it| it.as_str());
    let summary = entry.summary.as_ref().map(|it| it.as_str());
    Item {
        id: entry.id.name(),
        url: entry.link.as_str(),
        title: entry.title.as_str(),
        content_html,
        content_text: content_text(entry, content_html),
        summary,
        image: entry.image.as_ref().map(|it| it.url.as_str()),
        date_published: entry.published.rfc3339(),
        date_modified: entry.updated.rfc3339(),
        authors: authors(feed, entry).iter().map(author).collect(),
        tags: entry.categories.iter().map(|it| it.term.as_str()).collect(),
        language: language(feed, entry),
        attachments: entry.enclosures.iter().map(attachment).collect(),
    }
}

/// An item must have `content_html` or `content_text`. If it has no `content_html`, `content_text` is the summary, or
/// the title if there is no summary.
fn content_text<'a>(entry: &'a Entry, content_html: Option<&str>) -> Option<&'a str> {
    let shown = entry.summary.as_ref().unwrap_or(&entry.title);
    content_html.is_none().then_some(shown.as_str())
}

/// The entry's language, if it differs from the feed's.
fn language<'a>(feed: &Feed, entry: &'a Entry) -> Option<&'a str> {
    let language = entry
        .language
        .as_ref()
        .filter(|it| Some(*it) != feed.language.as_ref())?;
    Some(language.as_str())
}

fn author(person: &model::Person) -> Author<'_> {
    Author {
        // A JSON Feed author has no member for an e-mail address.
        name: person.name.as_str(),
        url: person.url.as_ref().map(|it| it.as_str()),
    }
}

fn attachment(enclosure: &model::Enclosure) -> Attachment<'_> {
    Attachment {
        url: enclosure.url.as_str(),
        mime_type: enclosure.media_type.as_str(),
        title: enclosure.title.as_ref().map(|it| it.as_str()),
        // Unlike RSS, JSON Feed does not require the size, so an unknown size is omitted rather than written as 0.
        size_in_bytes: enclosure.length.map(ByteLength::get),
    }
}
