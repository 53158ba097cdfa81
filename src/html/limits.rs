//! The limits that keep parsing linear in the length of the input.

/// The maximum number of open elements. Formatting elements count twice. In 500 real pages, the maximum is 58.
pub(super) const MAX_OPEN: usize = 256;

/// The maximum number of attributes that are read per tag.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// The maximum number of elements that the tree builder may create by itself, in addition to four for each tag. In
/// every later paragraph, it reopens the formatting elements that were left open, so a short input can become a huge
/// tree.
pub(super) const MAX_REOPENED: usize = 10_000;
