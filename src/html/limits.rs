//! The limits that keep parsing linear in the length of the input.

/// How many elements may be open at once; formatting elements count twice. The deepest of 500 real pages has 58.
pub(super) const MAX_OPEN: usize = 256;

/// How many attributes of a tag are read.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// How many elements the tree builder may create on its own, beyond four for each tag. It reopens formatting elements
/// that were left open in every later paragraph, so a short input can become a huge tree.
pub(super) const MAX_REOPENED: usize = 10_000;
