//! The id that an article gives itself; never one made of its title, date or address.

use super::{
    Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    plain,
};

/// The article's own id, as written.
pub fn id(evidence: &Evidence<'_>) -> Option<Derived<String>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Id) {
        let Some(raw) = claim.value.text() else { continue };
        let id = raw.trim();
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        if plain::is_placeholder(id) || matches!(id, "true" | "false") {
            found.refuse(origin, raw, "a placeholder");
        } else if !id.is_empty() {
            found.add(id.to_owned(), origin, raw, claim.weight);
        }
    }
    found.decide(String::clone)
}
