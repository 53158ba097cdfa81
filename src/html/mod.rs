//! Parses HTML as browsers do, and reduces it to plain text or to the markup that a feed may contain.
//!
//! `parse` builds a `tree` from any input in linear time. It uses the fast path in `well_formed` for well-formed
//! fragments and html5ever for everything else. `clean` writes the parts of the tree that `policy` and `address` allow.
//! `plain` writes the tree's text.

mod address;
mod clean;
mod escape;
mod limited_builder;
mod limits;
pub(crate) mod parse;
mod plain;
mod policy;
mod sink;
mod tag;
pub(crate) mod tree;
mod well_formed;

pub(crate) use address::candidates;
pub(crate) use clean::picture_source;
pub(crate) use escape::escape;
pub(crate) use limits::{MAX_BYTES, MAX_NODES};
pub(crate) use plain::{is_block, is_not_displayed, text_of};

use crate::url::Url;

/// HTML that was cleaned for publication. Its tags are closed. Unless the level is [`Level::Trusted`], it contains only
/// allowed elements and attributes, and only absolute addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The HTML source.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The result of [`clean`].
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// The cleaned HTML.
    pub html: Html,
    /// What was removed, such as `script element` or `onclick attribute`. Each kind is listed once, in document order.
    pub removed: Vec<String>,
}

/// How much of an author's HTML is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Text, lists, tables and links. Pictures are replaced by their alternative text; audio and video are removed.
    Strict,
    /// Everything that readers display, including pictures, audio and video.
    #[default]
    Standard,
    /// Everything except comments; even scripts are kept. Addresses are made absolute, and tags are closed.
    Trusted,
}

/// Makes an HTML fragment safe for feeds, and resolves relative addresses against `base`, the permalink of the entry.
///
/// Only 6 of the 29 clients that we tried resolve relative addresses correctly. Cleaning the result again changes
/// nothing.
pub fn clean(fragment: &str, base: &Url) -> Cleaned {
    clean_to(Level::Standard, fragment, base)
}

/// Like [`clean`], but with the given level.
pub fn clean_to(level: Level, fragment: &str, base: &Url) -> Cleaned {
    let (html, removed) = clean::clean(fragment, base, level);
    Cleaned {
        html: Html(html),
        removed,
    }
}

/// The text of an HTML fragment, without markup, with decoded entities and with one line per block.
pub fn to_text(fragment: &str) -> String {
    plain::to_text(fragment)
}
