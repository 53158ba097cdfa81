//! The table of names, ready to be asked.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use super::{EXACT, Name, SECOND, table};
use crate::text::squash;

/// A field, the rank of the name among its names, and how often it means the field.
type Row = (Name, u16, f32);

/// One name of a field.
struct Spelling {
    name: Name,
    rank: u16,
    letters: Vec<char>,
}

/// The names of all fields, by their squashed spelling.
pub(super) struct Known {
    names: HashMap<String, Vec<Row>>,
    /// By the first letter, which few mistype.
    by_letter: HashMap<char, Vec<Spelling>>,
    pub(super) parents: HashSet<String>,
}

impl Known {
    pub(super) fn get() -> &'static Known {
        static KNOWN: OnceLock<Known> = OnceLock::new();
        KNOWN.get_or_init(Known::build)
    }

    fn build() -> Known {
        let mut names: HashMap<String, Vec<Row>> = HashMap::new();
        let mut by_letter: HashMap<char, Vec<Spelling>> = HashMap::new();
        for (name, words) in table::ALIASES.iter().chain(table::PICTURE) {
            let mut weight = EXACT;
            for (rank, word) in (0..).zip(words.split_whitespace()) {
                if word == "|" {
                    weight = SECOND;
                    continue;
                }
                let word = squash(word);
                names.entry(word.clone()).or_default().push((*name, rank, weight));
                // Short names are too often other words.
                if word.len() >= 4
                    && let Some(first) = word.chars().next()
                {
                    by_letter.entry(first).or_default().push(Spelling {
                        name: *name,
                        rank,
                        letters: word.chars().collect(),
                    });
                }
            }
        }
        let parents = table::PARENTS.split_whitespace().map(squash).collect();
        Known {
            names,
            by_letter,
            parents,
        }
    }

    pub(super) fn names(&self, squashed: &str) -> &[Row] {
        self.names.get(squashed).map_or(&[], Vec::as_slice)
    }

    /// What a key says of a picture: `figureauthor`.
    pub(super) fn detail(squashed: &str) -> Option<Name> {
        let mut rests = table::STEMS.iter().filter_map(|stem| squashed.strip_prefix(stem));
        rests
            .find_map(|rest| {
                let is_it = |suffixes: &str| suffixes.split_whitespace().any(|suffix| suffix == rest);
                table::DETAILS.iter().find(|(_, suffixes)| is_it(suffixes))
            })
            .map(|(name, _)| *name)
    }

    /// The fields with a name that is one typing error away, and the rank of that name. Short keys are too often other
    /// words.
    pub(super) fn misspelt(&self, squashed: &str) -> Vec<(Name, u16)> {
        let written: Vec<char> = squashed.chars().take(33).collect();
        let Some(first) = written.first().filter(|_| (5..=32).contains(&written.len())) else {
            return Vec::new();
        };
        let mut found: Vec<(Name, u16)> = Vec::new();
        for known in self.by_letter.get(first).into_iter().flatten() {
            let is_new = || found.iter().all(|(name, _)| *name != known.name);
            if is_one_slip(&written, &known.letters) && is_new() {
                found.push((known.name, known.rank));
            }
        }
        found
    }
}

/// Whether one letter is missing, too many or another one, or two neighbors have changed places.
fn is_one_slip(written: &[char], known: &[char]) -> bool {
    if written.len().abs_diff(known.len()) > 1 {
        return false;
    }
    let same = written.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (written, known) = (&written[same..], &known[same..]);
    let ends = written.iter().rev().zip(known.iter().rev());
    let same = ends.take_while(|(a, b)| a == b).count();
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
        fn a_slip_is_a_distance_of_one(a in "[ab]{0,6}", b in "[ab]{0,6}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let is_one = strsim::damerau_levenshtein(&a, &b) == 1;
            prop_assert_eq!(is_one_slip(&letters(&a), &letters(&b)), is_one);
        }
    }
}
