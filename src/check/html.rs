//! HTML inside feeds: its tags, its elements, its references.

pub(super) mod elements;
mod references;
#[cfg(test)]
mod tests;
mod tokens;

use std::ops::Range;

pub(super) use references::unescape;
pub(super) use tokens::Tokens;

/// A part of HTML.
#[derive(Debug)]
pub(super) enum Token<'t> {
    /// A start tag.
    Open(Tag<'t>),
    /// An end tag: its name, and its place.
    Close(&'t str, Range<usize>),
    /// Text, or what stands in a script or the like.
    Text,
    /// A comment, or what a browser takes for one.
    Comment(Range<usize>),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// What [`elements::traits`] says of the name.
    pub(super) traits: u8,
    pub(super) attributes: Vec<Attribute<'t>>,
    pub(super) range: Range<usize>,
}

/// An attribute of a start tag.
#[derive(Debug)]
pub(super) struct Attribute<'t> {
    /// The name as written.
    pub(super) name: &'t str,
    /// The value as written, references and all.
    pub(super) raw: &'t str,
    pub(super) range: Range<usize>,
}
