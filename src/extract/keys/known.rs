//! The table of names, ready to be asked.

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use strsim::damerau_levenshtein;

use super::{EXACT, Name, SECOND, table};
use crate::text::squash;

/// A field, the rank of the name among its names, and how often it means the field.
type Row = (Name, u16, f32);

/// The names of all fields, by their squashed spelling.
pub(super) struct Known {
    names: HashMap<String, Vec<Row>>,
    by_name: HashMap<Name, Vec<(String, u16)>>,
    details: HashMap<String, Name>,
    pub(super) parents: HashSet<String>,
}

impl Known {
    pub(super) fn get() -> &'static Known {
        static KNOWN: OnceLock<Known> = OnceLock::new();
        KNOWN.get_or_init(Known::build)
    }

    fn build() -> Known {
        let mut names: HashMap<String, Vec<Row>> = HashMap::new();
        let mut by_name: HashMap<Name, Vec<(String, u16)>> = HashMap::new();
        for (name, words) in table::ALIASES.iter().chain(table::PICTURE) {
            let mut weight = EXACT;
            for (rank, word) in (0..).zip(words.split_whitespace()) {
                if word == "|" {
                    weight = SECOND;
                    continue;
                }
                let word = squash(word);
                names.entry(word.clone()).or_default().push((*name, rank, weight));
                by_name.entry(*name).or_default().push((word, rank));
            }
        }
        let mut details = HashMap::new();
        for stem in table::STEMS {
            for (name, suffixes) in table::DETAILS {
                for suffix in suffixes.split_whitespace() {
                    details.insert(format!("{stem}{suffix}"), *name);
                }
            }
        }
        let parents = table::PARENTS.split_whitespace().map(squash).collect();
        Known {
            names,
            by_name,
            details,
            parents,
        }
    }

    pub(super) fn names(&self, squashed: &str) -> &[Row] {
        self.names.get(squashed).map_or(&[], Vec::as_slice)
    }

    pub(super) fn detail(&self, squashed: &str) -> Option<Name> {
        self.details.get(squashed).copied()
    }

    /// The rank of a name of this field that is one typing error away. Short names are too often other words.
    pub(super) fn misspelt(&self, name: Name, squashed: &str) -> Option<u16> {
        let length = squashed.chars().count();
        if !(5..=32).contains(&length) {
            return None;
        }
        let first = squashed.chars().next();
        self.by_name.get(&name)?.iter().find_map(|(word, rank)| {
            let near = word.chars().count().abs_diff(length) <= 1 && word.len() >= 4;
            (near && word.chars().next() == first && damerau_levenshtein(word, squashed) == 1).then_some(*rank)
        })
    }
}
