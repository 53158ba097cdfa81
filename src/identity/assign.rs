//! Assigns old entries to new ones, all pairs together and the best first.

use std::collections::{BTreeMap, BTreeSet};

use super::Evidence;

/// Two entries that may be the same, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The number of the old entry.
    pub old: usize,
    /// The number of the new entry.
    pub new: usize,
    /// Whether both are at the same place, such as a file with the same path.
    pub is_same_place: bool,
    /// How their properties compare.
    pub evidence: Evidence,
}

/// The result of [`assign`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// The number of the old entry for each new entry that is the same.
    pub old_by_new: BTreeMap<usize, usize>,
    /// New entries that got the old one at their place only because no other new entry fits it.
    pub only_place: BTreeSet<usize>,
    /// New entries that fit several old ones equally well, or fit one as well as another new entry does.
    pub tied: BTreeSet<usize>,
}

/// What a pair counts, apart from its score. The best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// The entry has stayed where it was.
    Here,
    /// The entry has moved.
    Elsewhere,
    /// The entry is where the old one was, but nothing else fits. It is the same only if no other entry fits the old one.
    OnlyPlace,
}

impl Candidate {
    /// Whether the two are the same entry even if others compete for them, and not only because nothing else fits.
    pub fn is_likely(&self) -> bool {
        matches!(self.tier(), Some(Tier::Here | Tier::Elsewhere))
    }

    fn tier(&self) -> Option<Tier> {
        match self.is_same_place {
            true if self.evidence.is_same_here() => Some(Tier::Here),
            _ if self.evidence.is_same_elsewhere() => Some(Tier::Elsewhere),
            true => Some(Tier::OnlyPlace),
            false => None,
        }
    }
}

/// Assigns each old entry to at most one new entry, and each new entry to at most one old entry.
///
/// Pairs of the same tier and score that compete for an entry are a tie: nothing shows which of them is right, so none
/// of them is assigned. The order of the candidates does not matter.
pub fn assign(candidates: impl IntoIterator<Item = Candidate>) -> Assignment {
    let ranked = candidates.into_iter();
    let ranked = ranked.filter_map(|candidate| Some((candidate.tier()?, -candidate.evidence.score(), candidate)));
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
            // An entry that lost a tie may still keep its place, but not move.
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
