//! Finds the entries that different feeds have in common: by id or, failing that, by the properties that agree.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::outline::{Entry, Outline};
use crate::identity::{self, Addresses, Candidate, Description, Index, Properties};

/// An index of entries, used to look up the entries of another feed.
pub(super) struct KnownEntries<'o> {
    addresses: Addresses,
    entries: Vec<&'o Entry>,
    by_id: HashMap<&'o str, usize>,
    /// Ids that several entries share. Such an id does not identify an entry.
    repeated: BTreeSet<&'o str>,
    index: Index<'static>,
}

impl<'o> KnownEntries<'o> {
    /// Creates a collection without entries. The sites' hosts, which are ignored in links, are taken from `feeds`.
    pub(super) fn new<'f>(feeds: impl IntoIterator<Item = &'f Outline>) -> Self {
        let addresses = feeds.into_iter().map(|feed| {
            let links = feed.entries.iter().filter_map(|entry| Some(&*entry.link.as_ref()?.0));
            let home = feed.home_page.as_deref().or(feed.self_link.as_deref());
            Addresses::from_links(home, &links.collect::<Vec<_>>())
        });
        KnownEntries {
            addresses: addresses.fold(Addresses::default(), Addresses::and),
            entries: Vec::new(),
            by_id: HashMap::new(),
            repeated: BTreeSet::new(),
            index: Index::default(),
        }
    }

    /// Adds an entry under the next number.
    pub(super) fn push(&mut self, entry: &'o Entry) {
        if let Some((id, _)) = &entry.id
            && self.by_id.insert(id, self.entries.len()).is_some()
        {
            self.repeated.insert(id);
        }
        self.index.push(self.describe(entry));
        self.entries.push(entry);
    }

    /// Finds the known entries that are the same as entries of another feed. The result maps the index of an entry in
    /// `others` to the number of the known entry.
    pub(super) fn find(&self, others: &[Entry]) -> BTreeMap<usize, usize> {
        let mut found = self.find_by_id(others);
        let is_known: BTreeSet<usize> = found.values().copied().collect();
        let dates = found.iter().filter_map(|(other, known)| {
            let (other, known) = (others.get(*other)?.date()?, self.entries.get(*known)?.date()?);
            Some(other - known)
        });
        let shift = identity::common_shift(dates);
        let mut candidates = BTreeSet::new();
        for (at, other) in others.iter().enumerate().filter(|(at, _)| !found.contains_key(at)) {
            let other = self.describe(other);
            let alike = self.index.alike(&other, -shift).into_iter();
            let alike = alike.filter(|(known_at, _)| !is_known.contains(known_at));
            candidates.extend(alike.map(|(known_at, known)| Candidate::new((known_at, known), (at, &other), shift)));
        }
        // A shared address alone is not enough evidence, because a link blog may link to the same page twice.
        let assignment = identity::assign(candidates.into_iter().filter(Candidate::is_likely));
        found.extend(assignment.old_by_new);
        found
    }

    fn find_by_id(&self, others: &[Entry]) -> BTreeMap<usize, usize> {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for (id, _) in others.iter().filter_map(|other| other.id.as_ref()) {
            *counts.entry(id).or_default() += 1;
        }
        let known = |id: &str| {
            let is_unique = counts.get(id) == Some(&1) && !self.repeated.contains(id);
            self.by_id.get(id).copied().filter(|_| is_unique)
        };
        let others = others.iter().enumerate();
        others
            .filter_map(|(at, other)| Some((at, known(&other.id.as_ref()?.0)?)))
            .collect()
    }

    fn describe(&self, entry: &Entry) -> Description<'static> {
        let title = entry.title.as_ref().and_then(|(title, _)| Properties::title(title));
        let link = entry.link.as_ref().and_then(|(link, _)| self.addresses.normalize(link));
        Description {
            places: link.iter().cloned().collect(),
            properties: Properties {
                id: None,
                title,
                published: entry.date(),
                link,
                // The feeds of a site may contain different texts: for example, one feed may contain a summary, and
                // another the whole article.
                text: None,
            },
        }
    }
}
