//! The function that chooses among the candidates for a field. It is the same for all fields.

use super::{Candidate, Derived, Loser, OriginKind};

/// If an origin of another kind confirms a value, this share of the origin's weight is added to the value's score.
///
/// The figure is from a prototype of [`decide`]. The prototype found the exact title on 85.6% of 845 labeled HTML
/// pages; the best existing extractor found it on 71.1%. If you change the figure, measure the effect on the titles of
/// HTML pages, because that is where origins disagree most.
const CONFIRMATION: f32 = 0.45;
/// Confidence never reaches 1.
const MAX_CONFIDENCE: f32 = 0.99;
/// The confidence in a value derived from other text stays below 0.3, even if other origins confirm it.
const MAX_DERIVED_CONFIDENCE: f32 = 0.29;
/// The number of candidates is limited, because every candidate is compared with every group. If a page has more dates
/// or headlines, most of them belong to a list of other articles.
const MAX_CANDIDATES: usize = 64;

/// Chooses a value among candidates; `None` if there are no candidates.
///
/// Candidates with the same `key` have the same value and form a group. A group's score is the weight of its best
/// candidate, plus a share of the best weight from every other kind of origin in the group. A second origin of the same
/// kind adds nothing.
///
/// - A group with a front matter key wins over all groups without one. Among several groups with a front matter key,
///   the one whose key has the highest weight wins. Origins that confirm the value are not counted.
/// - If no group has a front matter key, the group with the highest score wins.
/// - If several groups are tied, the one with the earliest candidate wins. Front matter keys are passed in the order of
///   their [`rank`](Candidate::rank).
///
/// The value, text and notes are from the winning group's best candidate: a front matter key if there is one, otherwise
/// the candidate with the highest weight, or the first of several with that weight. `confirmed_by` contains the best
/// origin of every other kind in the group.
///
/// `rejected` contains text that could not be read as a value. This text comes first among the losers, followed by the
/// best candidate of each losing group with the reason why it lost. The other candidates in a losing group are not
/// listed. Only the first 64 candidates are considered, so callers must pass front matter keys first.
pub fn decide<T: Clone, K: PartialEq>(
    mut candidates: Vec<Candidate<T>>,
    rejected: Vec<Loser>,
    key: impl Fn(&T) -> K,
) -> Option<Derived<T>> {
    candidates.truncate(MAX_CANDIDATES);
    let groups = group(&candidates, key);
    let winner = groups.iter().reduce(|best, other| {
        // Only a strictly better group replaces the best one, so the first of several equal groups wins.
        if other.precedence() > best.precedence() {
            other
        } else {
            best
        }
    })?;
    let best = candidates.get(winner.best)?;
    let mut confirmed_by = Vec::new();
    for &(at, _) in &winner.kinds {
        if let Some(other) = candidates.get(at)
            && at != winner.best
        {
            confirmed_by.push(other.origin.clone());
        }
    }
    let mut losers = rejected;
    let mut rival = 0.0;
    for group in groups.iter().filter(|group| group.best != winner.best) {
        rival = f32::max(rival, group.score);
        if let Some(lost) = candidates.get(group.best) {
            losers.push(Loser {
                raw: lost.raw.clone(),
                origin: lost.origin.clone(),
                why: why_lost((best, winner), (lost, group)),
            });
        }
    }
    Some(Derived {
        value: best.value.clone(),
        origin: best.origin.clone(),
        raw: best.raw.clone(),
        confidence: winner.confidence(best.origin.kind, rival),
        confirmed_by,
        notes: best.notes.clone(),
        losers,
    })
}

/// Candidates with the same value.
struct Group {
    /// The index of the candidate that represents the group.
    best: usize,
    /// Whether the best candidate comes from front matter.
    explicit: bool,
    /// The weight of the best candidate.
    weight: f32,
    /// The weight of the best candidate, plus a share of the weights of the other kinds of origin.
    score: f32,
    /// For each kind of origin, the index and the weight of its best candidate, in the order in which the kinds were
    /// found.
    kinds: Vec<(usize, f32)>,
}

fn group<T, K: PartialEq>(candidates: &[Candidate<T>], key: impl Fn(&T) -> K) -> Vec<Group> {
    let mut groups: Vec<(Option<K>, Vec<usize>, Group)> = Vec::new();
    // Some keys, such as a whole text without its punctuation, are expensive to compute. A single candidate needs no
    // key, because there is nothing to compare it with.
    let is_alone = candidates.len() == 1;
    for (at, candidate) in candidates.iter().enumerate() {
        let key = (!is_alone).then(|| key(&candidate.value));
        // A linear search is fast enough for at most 64 groups, and it requires only that keys can be compared for
        // equality.
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
        let mut kinds: Vec<(OriginKind, usize, f32)> = Vec::new();
        for &at in members.iter() {
            let Some(candidate) = candidates.get(at) else { continue };
            match kinds.iter_mut().find(|(kind, _, _)| *kind == candidate.origin.kind) {
                Some(known) if candidate.weight > known.2 => *known = (known.0, at, candidate.weight),
                Some(_) => {}
                None => kinds.push((candidate.origin.kind, at, candidate.weight)),
            }
        }
        let explicit = kinds.iter().find(|(kind, _, _)| *kind == OriginKind::FrontMatter);
        // Values in one group may be spelled differently; the spelling in front matter is preferred.
        let best = explicit.or_else(|| {
            kinds
                .iter()
                .reduce(|best, other| if other.2 > best.2 { other } else { best })
        });
        if let Some(&(kind, at, weight)) = best {
            group.best = at;
            group.weight = weight;
            group.explicit = kind == OriginKind::FrontMatter;
            group.score = weight + CONFIRMATION * kinds.iter().filter(|k| k.1 != at).map(|k| k.2).sum::<f32>();
        }
        group.kinds = kinds.into_iter().map(|(_, at, weight)| (at, weight)).collect();
    }
    groups.into_iter().map(|(.., group)| group).collect()
}

impl Group {
    /// The sort key for groups. Groups with a front matter key come first, ordered only by the key's weight. If the
    /// confirming origins counted too, a preferred key could lose to another key whose value happens to be repeated in
    /// the body.
    fn precedence(&self) -> (bool, f32) {
        (self.explicit, if self.explicit { self.weight } else { self.score })
    }

    /// The confidence in the group's value. The kinds of origin that confirm the value are treated as independent, so
    /// the remaining doubt is the product of all doubts.
    fn confidence(&self, kind: OriginKind, rival: f32) -> f32 {
        if kind == OriginKind::Derived {
            return self.weight.min(MAX_DERIVED_CONFIDENCE);
        }
        let doubt = self
            .kinds
            .iter()
            .filter(|(at, _)| *at != self.best)
            .fold(1.0 - self.weight, |doubt, (_, weight)| {
                doubt * (1.0 - CONFIRMATION * weight)
            });
        // If a second value nearly won, the confidence is lowered: on one in seven such pages, the second value was
        // right.
        let contested = !self.explicit && rival > 0.9 * self.score;
        let sure = if contested { 0.93 * (1.0 - doubt) } else { 1.0 - doubt };
        sure.clamp(0.0, MAX_CONFIDENCE)
    }
}

/// Why the candidate `lost` lost to `best`. Each of them is passed with the group that it represents.
fn why_lost<T>((best, winner): (&Candidate<T>, &Group), (lost, losing): (&Candidate<T>, &Group)) -> String {
    if winner.explicit {
        let key = &best.origin.key;
        return match (losing.explicit, lost.weight < best.weight, lost.rank > best.rank) {
            (false, ..) => format!("front matter `{key}` takes precedence"),
            (true, true, _) => format!("front matter `{key}` carries more weight"),
            (true, false, true) => format!("front matter `{key}` is the preferred key"),
            (true, false, false) => format!("front matter `{key}` was found first"),
        };
    }
    let why = if losing.score == winner.score {
        "equally likely, but found later"
    } else if losing.weight < winner.weight {
        "this origin is less reliable"
    } else {
        "fewer origins confirm this value"
    };
    why.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::evidence::Origin;

    fn candidate(value: u8, kind: OriginKind, weight: f32) -> Candidate<u8> {
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
            rank: 0,
            notes: Vec::new(),
        }
    }

    fn front_matter_key(value: u8, key: &str, weight: f32, rank: u16) -> Candidate<u8> {
        let mut candidate = candidate(value, OriginKind::FrontMatter, weight);
        candidate.origin.key = key.to_owned();
        candidate.rank = rank;
        candidate
    }

    fn decided(candidates: Vec<Candidate<u8>>) -> Derived<u8> {
        decide(candidates, Vec::new(), |value| *value).unwrap()
    }

    fn reasons(derived: &Derived<u8>) -> Vec<&str> {
        derived.losers.iter().map(|loser| loser.why.as_str()).collect()
    }

    #[test]
    fn different_kinds_of_origins_confirm_each_other() {
        let derived = decided(vec![
            candidate(1, OriginKind::Head, 0.76),
            candidate(2, OriginKind::Visible, 0.7),
            candidate(2, OriginKind::StructuredData, 0.6),
        ]);
        assert_eq!((derived.value, derived.confirmed_by.len()), (2, 1));
        assert_eq!(reasons(&derived), ["fewer origins confirm this value"]);
    }

    #[test]
    fn origins_of_one_kind_count_once() {
        let derived = decided(vec![
            candidate(1, OriginKind::Head, 0.76),
            candidate(2, OriginKind::Visible, 0.7),
            candidate(2, OriginKind::Visible, 0.7),
        ]);
        assert_eq!(derived.value, 1);
        assert_eq!(reasons(&derived), ["this origin is less reliable"]);
    }

    #[test]
    fn a_front_matter_key_takes_precedence() {
        let derived = decided(vec![
            candidate(2, OriginKind::Visible, 0.99),
            candidate(2, OriginKind::Head, 0.99),
            candidate(1, OriginKind::FrontMatter, 0.75),
        ]);
        assert_eq!((derived.value, derived.confidence), (1, 0.75));
        assert_eq!(reasons(&derived), ["front matter `FrontMatter` takes precedence"]);
    }

    #[test]
    fn a_front_matter_key_that_loses_to_another_one_says_why() {
        let derived = decided(vec![
            front_matter_key(1, "date", 0.95, 4),
            front_matter_key(2, "posted", 0.95, 9),
            front_matter_key(3, "Date", 0.95, 4),
            front_matter_key(4, "created", 0.8, 2),
        ]);
        assert_eq!(derived.value, 1);
        assert_eq!(
            reasons(&derived),
            [
                "front matter `date` is the preferred key",
                "front matter `date` was found first",
                "front matter `date` carries more weight",
            ]
        );
    }

    #[test]
    fn agreement_does_not_outvote_a_preferred_front_matter_key() {
        let derived = decided(vec![
            front_matter_key(1, "title", 0.95, 0),
            front_matter_key(2, "seo_title", 0.85, 0),
            candidate(2, OriginKind::Visible, 0.93),
        ]);
        assert_eq!((derived.value, derived.confirmed_by.len()), (1, 0));
    }

    #[test]
    fn of_equal_groups_the_one_found_first_wins() {
        let derived = decided(vec![
            candidate(1, OriginKind::Visible, 0.2),
            candidate(2, OriginKind::Visible, 0.7),
            candidate(1, OriginKind::Visible, 0.7),
        ]);
        assert_eq!(derived.value, 1);
        assert_eq!(reasons(&derived), ["equally likely, but found later"]);
    }

    #[test]
    fn each_losing_value_is_listed_once_after_the_rejected_texts() {
        let rejected = Loser {
            raw: "soon".to_owned(),
            origin: Origin::new(OriginKind::Head, "date", 1),
            why: "not a date".to_owned(),
        };
        let candidates = vec![
            candidate(1, OriginKind::Head, 0.9),
            candidate(2, OriginKind::Visible, 0.5),
            candidate(2, OriginKind::Visible, 0.6),
            candidate(1, OriginKind::Head, 0.8),
        ];
        let derived = decide(candidates, vec![rejected], |value| *value).unwrap();
        assert_eq!(reasons(&derived), ["not a date", "this origin is less reliable"]);
        assert!(derived.confirmed_by.is_empty());
    }

    #[test]
    fn at_most_64_candidates_are_considered() {
        let mut candidates = vec![candidate(1, OriginKind::Visible, 0.1); MAX_CANDIDATES];
        candidates.push(candidate(2, OriginKind::Visible, 0.9));
        assert_eq!(decided(candidates).value, 1);
    }

    #[test]
    fn a_derived_value_has_low_confidence() {
        assert!(decided(vec![candidate(1, OriginKind::Derived, 0.9)]).confidence < 0.3);
    }

    #[test]
    fn no_candidates_give_no_value() {
        assert!(decide(Vec::<Candidate<u8>>::new(), Vec::new(), |value| *value).is_none());
    }
}
