//! An index of the known key names, used for exact lookups and to find names that are one typo away from a key.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use super::{EXACT, SECONDARY, Target, table};
use crate::text::squash;

/// For a known name: the field that it sets, the position of the name in the field's row, and the weight of the name.
type Row = (Target, u16, f32);

/// A known name, which is compared with keys that may be misspelled.
struct Spelling {
    target: Target,
    rank: u16,
    letters: Vec<char>,
}

/// The known key names of all fields, squashed.
pub(super) struct AliasIndex {
    names: HashMap<String, Vec<Row>>,
    /// The names grouped by their first letter, which people seldom mistype.
    by_letter: HashMap<char, Vec<Spelling>>,
    pub(super) parents: HashSet<String>,
}

impl AliasIndex {
    pub(super) fn get() -> &'static AliasIndex {
        static INDEX: OnceLock<AliasIndex> = OnceLock::new();
        INDEX.get_or_init(AliasIndex::build)
    }

    fn build() -> AliasIndex {
        let mut names: HashMap<String, Vec<Row>> = HashMap::new();
        let mut by_letter: HashMap<char, Vec<Spelling>> = HashMap::new();
        for (target, words) in table::ALIASES.iter().chain(table::PICTURE) {
            let mut weight = EXACT;
            for (rank, word) in (0..).zip(words.split_whitespace()) {
                if word == "|" {
                    weight = SECONDARY;
                    continue;
                }
                let word = squash(word);
                names.entry(word.clone()).or_default().push((*target, rank, weight));
                // A short word is one typo away from too many other words.
                if word.len() >= 4
                    && let Some(first) = word.chars().next()
                {
                    by_letter.entry(first).or_default().push(Spelling {
                        target: *target,
                        rank,
                        letters: word.chars().collect(),
                    });
                }
            }
        }
        let parents = table::PARENTS.split_whitespace().map(squash).collect();
        AliasIndex {
            names,
            by_letter,
            parents,
        }
    }

    pub(super) fn names(&self, squashed: &str) -> &[Row] {
        self.names.get(squashed).map_or(&[], Vec::as_slice)
    }

    /// The fields with a name that is one typo away from the key, each with the rank of that name.
    pub(super) fn misspelled(&self, squashed: &str) -> Vec<(Target, u16)> {
        let written: Vec<char> = squashed.chars().take(33).collect();
        // A short key is often a different word: `data` is one letter away from `date`. A key with more than 32 letters
        // cannot match, because every name has fewer than 32 letters.
        let Some(first) = written.first().filter(|_| (5..=32).contains(&written.len())) else {
            return Vec::new();
        };
        let mut found: Vec<(Target, u16)> = Vec::new();
        for spelling in self.by_letter.get(first).into_iter().flatten() {
            let is_new = || found.iter().all(|(target, _)| *target != spelling.target);
            if is_one_typo(&written, &spelling.letters) && is_new() {
                found.push((spelling.target, spelling.rank));
            }
        }
        found
    }
}

/// The picture detail that a key sets, such as the credit for `figureauthor`.
pub(super) fn picture_detail(squashed: &str) -> Option<Target> {
    let mut rests = table::STEMS.iter().filter_map(|stem| squashed.strip_prefix(stem));
    rests
        .find_map(|rest| {
            let has_rest = |suffixes: &str| suffixes.split_whitespace().any(|suffix| suffix == rest);
            table::DETAILS.iter().find(|(_, suffixes)| has_rest(suffixes))
        })
        .map(|(target, _)| *target)
}

/// Whether the Damerau–Levenshtein distance between the two words is 1: one letter is missing, added or replaced, or
/// two adjacent letters are swapped. A distance matrix would be too slow, because every unmatched key is compared with
/// hundreds of names.
fn is_one_typo(written: &[char], known: &[char]) -> bool {
    if written.len().abs_diff(known.len()) > 1 {
        return false;
    }
    let same = written.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (written, known) = (&written[same..], &known[same..]);
    let ends = written.iter().rev().zip(known.iter().rev());
    let same = ends.take_while(|(a, b)| a == b).count();
    // The words differ only between their common start and their common end.
    match (&written[..written.len() - same], &known[..known.len() - same]) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_typo_is_a_distance_of_one(a in "[ab]{0,6}", b in "[ab]{0,6}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let is_one = strsim::damerau_levenshtein(&a, &b) == 1;
            prop_assert_eq!(is_one_typo(&letters(&a), &letters(&b)), is_one);
        }
    }
}
