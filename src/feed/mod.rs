//! A strict reader for feeds in any format. It records where each value is in the document.
//!
//! [`encoding`] decodes the bytes to text, and [`xml`] or [`json`] reads the text up to the first syntax error. A
//! [`Feed`] and its [`Entry`]s are views of the result. They provide the same values in every format; each format has
//! its own source file ([`rss`], [`atom`], [`json_feed`]), which lists the elements that may contain a value, in the
//! order in which readers prefer them.
//!
//! The views return values as written. `check` decides whether dates, links and titles are valid; `compare` interprets
//! dates and HTML.

mod atom;
pub(crate) mod encoding;
mod entry;
pub(crate) mod json;
mod json_feed;
pub(crate) mod lines;
pub(crate) mod link;
pub(crate) mod namespace;
mod rss;
mod value;
pub(crate) mod xml;
mod xml_text;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use entry::{Entry, Feed};
pub(crate) use value::{DateNotation, LazyRange, Located, Text, TextKind};

use lines::Lines;
use xml::Strictness;

/// The reason why bytes cannot be read as a feed, as a message that starts with a lowercase letter and has no final
/// period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// A document in one of the two syntaxes that feeds use.
pub(crate) enum Document<'a> {
    Xml(Box<xml::Document<'a>>),
    Json(json::Value<'a>),
}

impl<'a> Document<'a> {
    /// Reads decoded text.
    pub(crate) fn read(text: &'a str) -> Result<Self, Unreadable> {
        // Some feeds have empty lines or a second byte order mark before the XML declaration. Feed readers ignore them.
        let content = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let start = text.len() - content.len();
        match content.bytes().next() {
            None => Err(Unreadable("the file is empty".to_owned())),
            Some(b'<') => match xml::read(Cow::Borrowed(content), Strictness::FeedReaders) {
                (document, None) => Ok(Document::Xml(Box::new(document))),
                (_, Some(fault)) => Err(syntax_error(text, start, &fault.at, &fault.message)),
            },
            Some(b'{' | b'[') => match json::read(content) {
                Ok(value) => Ok(Document::Json(value)),
                Err(fault) => Err(syntax_error(text, start, &fault.at, fault.message)),
            },
            Some(_) => Err(Unreadable("the file is neither XML nor JSON".to_owned())),
        }
    }

    /// The feed that the document contains.
    pub(crate) fn feed(&self) -> Result<Feed<'_>, Unreadable> {
        match self {
            Document::Xml(document) => Feed::from_xml(document),
            Document::Json(value) => Feed::from_json(value),
        }
        .map_err(Unreadable)
    }
}

/// A syntax error in the range `at`. The range is relative to the offset `start` in the text.
fn syntax_error(text: &str, start: usize, at: &Range<usize>, message: &str) -> Unreadable {
    let location = Lines::new(text).location(start + at.start..start + at.end);
    Unreadable(format!("line {}, column {}: {message}", location.line, location.column))
}
