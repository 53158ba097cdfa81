//! From a [`Feed`] to the bytes of one format. Cannot fail: the model holds nothing that a format cannot.
//!
//! Each format's file is its column of the model's documentation as code, in document order. All three say the same:
//! the same entries in the same order with the same ids, titles, instants, links and content.

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
    /// RSS 2.0 with content, dc, atom and media extensions.
    Rss,
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// The file name that static hosts serve with the right type.
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

/// What made the feed. Without a version: an upgrade of Feedwright must not change every feed's bytes.
const GENERATOR: &str = "Feedwright";

/// The bytes of a feed, in UTF-8, ending with a line feed.
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

/// The content that an entry shows in this feed. An entry without a summary shows its content in any feed.
fn shown_content<'a>(feed: &Feed, entry: &'a Entry) -> Option<&'a Html> {
    let content = entry.content.as_ref().filter(|html| !html.as_str().is_empty())?;
    (feed.full_content || entry.summary.is_none()).then_some(content)
}

/// The authors of an entry; the feed's where it has none, because rss2email prints a literal `<author>` otherwise.
fn authors<'a>(feed: &'a Feed, entry: &'a Entry) -> &'a [Person] {
    if entry.authors.is_empty() {
        &feed.authors
    } else {
        &entry.authors
    }
}

/// A plain text as HTML.
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
