//! The limits that keep the parsing time linear in the length of the input.

/// The maximum number of open elements. Formatting elements count twice. In 500 real pages, there were never more than
/// 58.
pub(super) const MAX_OPEN: usize = 256;

/// The maximum number of attributes that are read per tag.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// The maximum size of an article's HTML, in bytes.
pub(crate) const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The maximum number of nodes and attributes in a tree. None of 1,108 real pages has more than 5,240 tags.
pub(crate) const MAX_NODES: usize = 700_000;

/// The maximum number of nodes in a tree, in addition to five for each tag. If formatting elements are left open, the
/// tree builder reopens them in every paragraph that follows, so a short input can become a huge tree.
pub(super) const MAX_REOPENED: usize = 10_000;
