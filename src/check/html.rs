//! HTML in feeds: tags, elements and character references.

pub(super) mod elements;
mod references;
#[cfg(test)]
mod tests;
mod tokens;

use std::ops::Range;

pub(super) use references::unescape;
pub(super) use tokens::Tokens;

/// An HTML token.
#[derive(Debug)]
pub(super) enum Token<'t> {
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag: its name and its range.
    Close(&'t str, Range<usize>),
    /// Text, including the content of scripts and similar elements.
    Text,
    /// A comment, or something that browsers treat as a comment.
    Comment(Range<usize>),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// The result of [`elements::traits`] for this name.
    pub(super) traits: u8,
    pub(super) attributes: Vec<Attribute<'t>>,
    pub(super) range: Range<usize>,
}

/// An attribute of a start tag.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// The value as written. Its character references have not been resolved.
    pub(super) raw: &'t str,
    pub(super) range: Range<usize>,
}
