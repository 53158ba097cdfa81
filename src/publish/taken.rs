//! The ids that no new entry may get. Readers remember the ids of removed entries too, and would hide a new entry that
//! has the id of an old one.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    compose::id::{minted_number, original_id},
    ledger::Ledger,
    url::Id,
};

/// The highest number in an id that is taken into account. Higher numbers are ignored: no path has had so many
/// articles, but anybody can declare such an id.
const HIGHEST: u32 = 10_000;

/// The ids in the ledger, and those assigned during a build.
pub(super) struct TakenIds<'l> {
    ledger: &'l Ledger,
    /// The ids in the ledger, which are collected only if a build makes a new id.
    recorded: OnceCell<Recorded<'l>>,
    assigned: BTreeSet<Id>,
}

#[derive(Default)]
struct Recorded<'l> {
    ids: BTreeSet<&'l str>,
    /// The highest number of the ids that were made from the same path, by the part that these ids have in common.
    highest: BTreeMap<&'l str, u32>,
}

impl<'l> TakenIds<'l> {
    pub(super) fn new(ledger: &'l Ledger) -> Self {
        TakenIds {
            ledger,
            recorded: OnceCell::new(),
            assigned: BTreeSet::new(),
        }
    }

    /// Adds an id that the build has assigned to an article.
    pub(super) fn insert(&mut self, id: Id) {
        self.assigned.insert(id);
    }

    pub(super) fn contains(&self, id: &Id) -> bool {
        let recorded = self.recorded.get_or_init(|| Recorded::new(self.ledger));
        let number = minted_number(id.as_str());
        self.assigned.contains(id)
            || self.ledger.retired.contains(id.as_str())
            || recorded.ids.contains(id.as_str())
            || number.is_some_and(|(first, number)| recorded.highest.get(first).is_some_and(|it| number <= *it))
    }
}

impl<'l> Recorded<'l> {
    fn new(ledger: &'l Ledger) -> Self {
        let mut recorded = Recorded::default();
        for id in ledger.records.values().map(|record| &record.id) {
            // A ledger that was rebuilt from the feeds does not contain the retired ids, but it shows which articles
            // were reannounced.
            recorded.ids.extend([id.as_str(), original_id(id)]);
            // Nor does such a ledger contain all the articles that once had the same path, so the numbers of their ids
            // continue after the highest known number.
            let numbered = minted_number(original_id(id)).filter(|(_, number)| *number <= HIGHEST);
            if let Some((first, number)) = numbered {
                let highest = recorded.highest.entry(first).or_default();
                *highest = number.max(*highest);
            }
        }
        recorded
    }
}
