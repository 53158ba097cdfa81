//! A block of front matter that was found but not yet read.

use super::{lines::line_number, markup::Markup};
use crate::finding::Location;

/// A block of front matter: its position in the file and its syntax.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// The whole text of the file. Locations refer to it.
    pub(super) file: &'a str,
    /// The byte at which the block starts, including its opening fence.
    pub(super) opening: usize,
    /// The first byte of the content, without the fences.
    pub(super) start: usize,
    /// The byte after the content, without the fences.
    pub(super) end: usize,
    /// The byte at which the body starts.
    pub(super) body_start: usize,
    pub(super) syntax: Syntax,
    /// Whether the closing fence is missing.
    pub(super) is_unclosed: bool,
}

/// The syntax of a block, which selects its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    /// JSON. Between `;;;` lines, it has no outer braces.
    Json,
    /// `Key: value` lines without fences.
    Header,
    /// An HTML comment with `key: value` lines.
    Comment,
    /// YAML in a Markdown code fence.
    FencedYaml,
    Markup(Markup),
}

impl<'a> Block<'a> {
    /// The content, without the fences.
    pub(super) fn text(&self) -> &'a str {
        self.file.get(self.start..self.end).unwrap_or_default()
    }

    /// The line of the file on which the content starts.
    pub(super) fn first_line(&self) -> u32 {
        line_number(self.file, self.start)
    }

    /// The location of a range of bytes of the content.
    pub(super) fn location(&self, start: usize, end: usize) -> Location {
        Location::from_range(self.file, self.start + start..self.start + end.max(start + 1), 1)
    }
}
