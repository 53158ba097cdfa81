//! HTML: parsed as browsers do, reduced to text, or to what a feed may carry.
//!
//! `parse` makes a `tree`, in linear time whatever the input, and of what is well written by way of `simple`; `clean` writes from it what `policy` and `address` let
//! pass; `plain` writes its text.

mod address;
mod clean;
mod escape;
mod gate;
pub(crate) mod parse;
mod plain;
mod policy;
mod simple;
mod sink;
mod tag;
pub(crate) mod tree;

pub(crate) use address::candidates;
pub(crate) use clean::picture_source;
pub(crate) use escape::escape;
pub(crate) use plain::{is_block, is_unread, text_of};

use crate::url::Url;

/// HTML that is safe to publish: only listed elements and attributes, every address absolute, well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What [`clean`] made of a fragment.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// The safe HTML.
    pub html: Html,
    /// What was removed, each kind once, in order of appearance: `script element`, `onclick attribute`.
    pub removed: Vec<String>,
}

/// How much of an author's HTML passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// Text, lists, tables and links; of pictures their text; no sound and no film.
    Strict,
    /// What readers show: that, and pictures, sound and film.
    #[default]
    Standard,
    /// All of it, scripts included: only the addresses are made absolute, and the tags closed.
    Trusted,
}

/// Makes an HTML fragment safe for feeds. Relative addresses are resolved against `base`, the entry's permalink.
///
/// Cleaning what is clean changes nothing.
pub fn clean(fragment: &str, base: &Url) -> Cleaned {
    clean_to(Level::Standard, fragment, base)
}

/// As [`clean`], at another level.
pub fn clean_to(level: Level, fragment: &str, base: &Url) -> Cleaned {
    let (html, removed) = clean::clean(fragment, base, level);
    Cleaned {
        html: Html(html),
        removed,
    }
}

/// The text of an HTML fragment: entities decoded, markup gone, blocks as lines.
pub fn to_text(fragment: &str) -> String {
    plain::to_text(fragment)
}
