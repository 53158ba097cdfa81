//! Assigns old entries to new ones. All pairs are considered together, starting with the best pair.

use std::collections::{BTreeMap, BTreeSet};

use super::{Evidence, Property};

/// An old and a new entry that may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The index of the old entry.
    pub old: usize,
    /// The index of the new entry.
    pub new: usize,
    /// Whether both entries are in the same place, such as files with the same path.
    pub is_same_place: bool,
    /// How the properties of the two entries compare.
    pub evidence: Evidence,
}

/// The result of [`assign`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// For each new entry that is the same as an old entry, the index of the old entry.
    pub old_by_new: BTreeMap<usize, usize>,
    /// New entries that were matched with the old entry in the same place only because nothing else fit better.
    pub only_place: BTreeSet<usize>,
    /// New entries that were not matched because of a tie: several old entries fit the new entry equally well, or
    /// several new entries fit the same old entry equally well.
    pub tied: BTreeSet<usize>,
}

/// The tier of a pair, which takes precedence over its score. The best tier comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// The new entry declares the id of the old one and is in the same place.
    DeclaredIdInPlace,
    /// The new entry declares the id of the old one but is in a different place.
    DeclaredId,
    /// The entry is still in the same place.
    InPlace,
    /// The entry has moved, or it is still in the same place but may be a different entry: the matching text may be
    /// boilerplate, or the dates may differ by less than a day. For example, a new episode of a podcast may have
    /// replaced an old one in the same file after the old one was moved to another file.
    Likely,
    /// The new entry is where the old entry was, but their properties contradict each other. They are the same entry
    /// only if nothing else fits better.
    OnlyPlace,
}

impl Candidate {
    /// Whether the old and the new entry are probably the same. If not, they are matched only if they are in the same
    /// place and nothing else fits better.
    pub fn is_likely(&self) -> bool {
        self.tier().is_some_and(|tier| tier < Tier::OnlyPlace)
    }

    fn tier(&self) -> Option<Tier> {
        match self.is_same_place {
            true if self.evidence.agrees(Property::Id) => Some(Tier::DeclaredIdInPlace),
            false if self.evidence.agrees(Property::Id) => Some(Tier::DeclaredId),
            true if self.evidence.is_certainly_same_in_place() => Some(Tier::InPlace),
            true if self.evidence.is_same_in_place() => Some(Tier::Likely),
            _ if self.evidence.is_same_elsewhere() => Some(Tier::Likely),
            true => Some(Tier::OnlyPlace),
            false => None,
        }
    }

    /// How well the two entries match. Higher is better. Being in the same place counts as much as one agreeing
    /// property.
    fn score(&self) -> i32 {
        self.evidence.score()
            + if self.is_same_place {
                Evidence::SCORE_OF_PROPERTY
            } else {
                0
            }
    }
}

/// Assigns each old entry to at most one new entry, and each new entry to at most one old entry.
///
/// Pairs of the same tier and score that compete for an entry are a tie: nothing shows which of them is right, so none
/// of them is assigned. The order of the candidates does not matter.
pub fn assign(candidates: impl IntoIterator<Item = Candidate>) -> Assignment {
    let ranked = candidates.into_iter();
    let ranked = ranked.filter_map(|candidate| Some((candidate.tier()?, -candidate.score(), candidate)));
    let mut groups: BTreeMap<(Tier, i32), BTreeSet<(usize, usize)>> = BTreeMap::new();
    for (tier, score, candidate) in ranked {
        groups
            .entry((tier, score))
            .or_default()
            .insert((candidate.new, candidate.old));
    }
    let mut result = Assignment::default();
    let (mut used_old, mut contested): (BTreeSet<usize>, BTreeSet<usize>) = Default::default();
    for ((tier, _), pairs) in groups {
        let is_free = |(new, old): &(usize, usize)| {
            // After a tie, an entry can be matched only with the entry in the same place.
            let is_contested = tier != Tier::OnlyPlace && (result.tied.contains(new) || contested.contains(old));
            !result.old_by_new.contains_key(new) && !used_old.contains(old) && !is_contested
        };
        let free: Vec<(usize, usize)> = pairs.into_iter().filter(is_free).collect();
        let (mut per_new, mut per_old): (BTreeMap<usize, u32>, BTreeMap<usize, u32>) = Default::default();
        for (new, old) in &free {
            *per_new.entry(*new).or_default() += 1;
            *per_old.entry(*old).or_default() += 1;
        }
        for (new, old) in free {
            if per_new.get(&new) == Some(&1) && per_old.get(&old) == Some(&1) {
                result.old_by_new.insert(new, old);
                used_old.insert(old);
                if tier == Tier::OnlyPlace {
                    result.only_place.insert(new);
                }
            } else {
                result.tied.insert(new);
                contested.insert(old);
            }
        }
    }
    result.tied.retain(|new| !result.old_by_new.contains_key(new));
    result
}
