//! What recent builds changed in feeds, so that the guards can add up the changes from several builds.

use std::collections::BTreeSet;

use crate::time::Timestamp;

/// What one build changed in some feeds. If it changed several feeds in the same way, they share one value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecentChanges {
    /// When the build ran.
    pub at: Timestamp,
    /// The feeds, by path below the output folder.
    pub feeds: BTreeSet<String>,
    /// The changes, which are the same in each of these feeds.
    pub changes: Totals,
}

/// The changes that one or more builds made to a feed. An entry that several builds changed counts once.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Totals {
    /// The number of entries before the first of these builds.
    pub entries: usize,
    /// The number of entries that the feed had never contained before.
    pub added: usize,
    /// The [`hash`] of the id of each entry that was lost.
    pub removed: BTreeSet<u32>,
    /// The [`hash`] of the id of each entry whose publication date changed.
    pub redated: BTreeSet<u32>,
    /// The [`hash`] of the id of each entry whose title or text changed.
    pub edited: BTreeSet<u32>,
}

impl Totals {
    /// Whether nothing changed.
    pub fn are_none(&self) -> bool {
        self.added == 0 && self.removed.is_empty() && self.redated.is_empty() && self.edited.is_empty()
    }

    /// Adds the changes made by a later build.
    pub fn add(&mut self, later: &Totals) {
        self.added += later.added;
        self.removed.extend(&later.removed);
        self.redated.extend(&later.redated);
        self.edited.extend(&later.edited);
    }
}

/// A short hash of an entry's id. If two entries of a feed have the same hash, the same change to both is counted only
/// once.
pub fn hash(id: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(id.as_bytes()) as u32
}
