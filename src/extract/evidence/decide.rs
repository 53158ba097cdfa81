//! The one function that picks among candidates, for all fields.

use super::{Candidate, Derived, Kind, Loser};

/// How much another kind of place adds to a value that it confirms, as a share of its own weight.
const CONFIRMS: f32 = 0.45;
/// Nothing is certain.
const MOST_CONFIDENT: f32 = 0.99;
/// What is only derived stays below this, whatever confirms it.
const MOST_DERIVED: f32 = 0.29;
/// Candidates are compared with each other; a page that has more dates or headlines shows a list of other articles.
const MOST_CANDIDATES: usize = 64;

/// Picks among candidates: groups equal values, lets independent kinds of places confirm each other, and keeps the losers.
///
/// A front matter key wins outright. Candidates of equal score win in the order that they are given in.
/// `losers` are candidates that were refused before: what stood there could not be read as a value.
/// Values are equal whose `key` is.
pub fn decide<T: Clone, K: PartialEq>(
    mut candidates: Vec<Candidate<T>>,
    mut losers: Vec<Loser>,
    key: impl Fn(&T) -> K,
) -> Option<Derived<T>> {
    candidates.truncate(MOST_CANDIDATES);
    let groups = group(&candidates, key);
    let winner = groups
        .iter()
        .reduce(|best, other| if other.rank() > best.rank() { other } else { best })?;
    let taken = candidates.get(winner.best)?;
    let mut confirmed_by = Vec::new();
    for &(at, _) in &winner.kinds {
        if let Some(other) = candidates.get(at)
            && at != winner.best
        {
            confirmed_by.push(other.origin.clone());
        }
    }
    for group in groups.iter().filter(|group| group.best != winner.best) {
        if let Some(lost) = candidates.get(group.best) {
            losers.push(Loser {
                raw: lost.raw.clone(),
                origin: lost.origin.clone(),
                why: why(taken, winner, lost),
            });
        }
    }
    let rival = groups
        .iter()
        .filter(|group| group.best != winner.best)
        .map(|group| group.score)
        .fold(0.0, f32::max);
    Some(Derived {
        value: taken.value.clone(),
        origin: taken.origin.clone(),
        raw: taken.raw.clone(),
        confidence: winner.confidence(taken.origin.kind, rival),
        confirmed_by,
        notes: taken.notes.clone(),
        losers,
    })
}

/// Candidates with the same value.
struct Group {
    /// The index of the candidate that stands for it.
    best: usize,
    explicit: bool,
    weight: f32,
    score: f32,
    /// The best candidate of each kind of place, and its weight; in the order given.
    kinds: Vec<(usize, f32)>,
}

fn group<T, K: PartialEq>(candidates: &[Candidate<T>], key: impl Fn(&T) -> K) -> Vec<Group> {
    let mut groups: Vec<(Option<K>, Vec<usize>, Group)> = Vec::new();
    // One alone is compared with none.
    let is_alone = candidates.len() == 1;
    for (at, candidate) in candidates.iter().enumerate() {
        let key = (!is_alone).then(|| key(&candidate.value));
        match groups.iter_mut().find(|(known, ..)| *known == key) {
            Some((_, members, _)) => members.push(at),
            None => groups.push((
                key,
                vec![at],
                Group {
                    best: at,
                    explicit: false,
                    weight: 0.0,
                    score: 0.0,
                    kinds: Vec::new(),
                },
            )),
        }
    }
    for (_, members, group) in &mut groups {
        let mut kinds: Vec<(Kind, usize, f32)> = Vec::new();
        for &at in members.iter() {
            let Some(candidate) = candidates.get(at) else { continue };
            match kinds.iter_mut().find(|(kind, _, _)| *kind == candidate.origin.kind) {
                Some(known) if candidate.weight > known.2 => *known = (known.0, at, candidate.weight),
                Some(_) => {}
                None => kinds.push((candidate.origin.kind, at, candidate.weight)),
            }
        }
        let explicit = kinds.iter().find(|(kind, _, _)| *kind == Kind::FrontMatter);
        let best = explicit.or_else(|| {
            kinds
                .iter()
                .reduce(|best, other| if other.2 > best.2 { other } else { best })
        });
        if let Some(&(kind, at, weight)) = best {
            group.best = at;
            group.weight = weight;
            group.explicit = kind == Kind::FrontMatter;
            group.score = weight + CONFIRMS * kinds.iter().filter(|k| k.1 != at).map(|k| k.2).sum::<f32>();
        }
        group.kinds = kinds.into_iter().map(|(_, at, weight)| (at, weight)).collect();
    }
    groups.into_iter().map(|(.., group)| group).collect()
}

impl Group {
    /// Explicit before all others; then, among keys of one front matter, the preferred key and not the confirmed one.
    fn rank(&self) -> (bool, f32) {
        (self.explicit, if self.explicit { self.weight } else { self.score })
    }

    fn confidence(&self, kind: Kind, rival: f32) -> f32 {
        if kind == Kind::Derived {
            return self.weight.min(MOST_DERIVED);
        }
        let doubt = self
            .kinds
            .iter()
            .filter(|(at, _)| *at != self.best)
            .fold(1.0 - self.weight, |doubt, (_, weight)| {
                doubt * (1.0 - CONFIRMS * weight)
            });
        // A rival that nearly won was right in one of seven pages where it stood against the winner.
        let contested = !self.explicit && rival > 0.9 * self.score;
        let sure = if contested { 0.93 * (1.0 - doubt) } else { 1.0 - doubt };
        sure.clamp(0.0, MOST_CONFIDENT)
    }
}

fn why<T>(taken: &Candidate<T>, winner: &Group, lost: &Candidate<T>) -> String {
    if taken.origin.kind == Kind::FrontMatter {
        return format!("the front matter's `{}` goes before", taken.origin.key);
    }
    if lost.weight < winner.weight {
        return "such a place is right less often".to_owned();
    }
    "fewer places agree with it".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::evidence::Origin;

    fn candidate(value: u8, kind: Kind, weight: f32) -> Candidate<u8> {
        let origin = Origin {
            kind,
            key: format!("{kind:?}"),
            line: 1,
        };
        Candidate {
            value,
            origin,
            raw: value.to_string(),
            weight,
            notes: Vec::new(),
        }
    }

    fn decided(candidates: Vec<Candidate<u8>>) -> Derived<u8> {
        decide(candidates, Vec::new(), |value| *value).unwrap()
    }

    #[test]
    fn kinds_of_places_confirm_each_other() {
        let taken = decided(vec![
            candidate(1, Kind::Head, 0.76),
            candidate(2, Kind::Visible, 0.7),
            candidate(2, Kind::StructuredData, 0.6),
        ]);
        assert_eq!((taken.value, taken.confirmed_by.len(), taken.losers.len()), (2, 1, 1));
        assert_eq!(taken.losers[0].why, "fewer places agree with it");
    }

    #[test]
    fn places_of_one_kind_count_once() {
        let taken = decided(vec![
            candidate(1, Kind::Head, 0.76),
            candidate(2, Kind::Visible, 0.7),
            candidate(2, Kind::Visible, 0.7),
        ]);
        assert_eq!(taken.value, 1);
    }

    #[test]
    fn a_front_matter_key_wins_outright() {
        let taken = decided(vec![
            candidate(2, Kind::Visible, 0.99),
            candidate(2, Kind::Head, 0.99),
            candidate(1, Kind::FrontMatter, 0.75),
        ]);
        assert_eq!((taken.value, taken.confidence), (1, 0.75));
        assert_eq!(taken.losers[0].why, "the front matter's `FrontMatter` goes before");
    }

    #[test]
    fn what_is_derived_is_never_likely() {
        assert!(decided(vec![candidate(1, Kind::Derived, 0.9)]).confidence < 0.3);
    }
}
