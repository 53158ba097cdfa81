//! A block of front matter that was found but not yet read.

use super::{lines::line_number, markup::Markup};
use crate::finding::Location;

/// A block of front matter: its position in the file and its syntax.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// The text of the whole file. Locations are computed from this text.
    pub(super) file: &'a str,
    /// The byte offset at which the block starts. The block includes its opening fence.
    pub(super) opening: usize,
    /// The byte offset at which the content starts. The content does not include the fences.
    pub(super) start: usize,
    /// The byte offset at which the content ends.
    pub(super) end: usize,
    /// The byte offset at which the body starts.
    pub(super) body_start: usize,
    pub(super) syntax: Syntax,
    /// Whether the closing fence is missing.
    pub(super) is_unclosed: bool,
}

/// The syntax of a block. It determines which reader parses the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    /// JSON. A block between `;;;` lines has no outer braces.
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

    /// The number of the line on which the content starts.
    pub(super) fn first_line(&self) -> u32 {
        line_number(self.file, self.start)
    }

    /// The location in the file that corresponds to a range of byte offsets in the content.
    pub(super) fn location(&self, start: usize, end: usize) -> Location {
        Location::from_range(self.file, self.start + start..self.start + end.max(start + 1), 1)
    }
}
