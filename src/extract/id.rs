//! An article's id. Only a declared id is used; an id is never derived from the title, date or address.

use super::{
    Evidence, Target,
    evidence::{CandidateSet, Derived, Origin},
    plain,
};

/// The declared id, as written.
pub fn id(evidence: &Evidence<'_>) -> Option<Derived<String>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Id) {
        let Some(raw) = key.value.text() else { continue };
        let id = raw.trim();
        // A flag is rejected for the same reason as a placeholder: several articles would have it as their id, and feed
        // readers treat articles with the same id as one entry.
        if plain::is_placeholder(id) || matches!(id, "true" | "false") {
            found.reject(Origin::front_matter(&key), raw, "a placeholder");
        } else if !id.is_empty() {
            found.add_key(id.to_owned(), &key, raw, key.weight);
        }
    }
    found.decide(String::clone)
}
