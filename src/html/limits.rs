//! The limits that keep parsing linear in the length of the input.

/// The maximum number of open elements. Formatting elements count twice. The deepest of 500 real pages has 58.
pub(super) const MAX_OPEN: usize = 256;

/// The maximum number of attributes that are read per tag.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// The maximum number of elements that the tree builder may create by itself, in addition to four for each tag. It
/// reopens formatting elements that were left open in every later paragraph, so a short input can become a huge tree.
pub(super) const MAX_REOPENED: usize = 10_000;
