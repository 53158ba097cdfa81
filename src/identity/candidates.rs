//! Finds the pairs of old and new entries that may match, without comparing each old entry with each new one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Candidate, Evidence, Properties, Text};

/// A hash of a value, or of a pair of values, that two entries may share.
///
/// A title alone is not a key. Otherwise, every "Menu of the day" would be compared with all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u128);

/// The maximum number of entries that are compared because they share a key. A key shared by more entries than this
/// does not identify any of them.
pub const MAX_ALIKE: usize = 32;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Place,
    Id,
    Text,
    TitleAndDate,
    TitleAndLink,
    LinkAndDate,
}

impl Key {
    fn new(kind: Kind, one: &str, other: &str) -> Self {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        hasher.update(&[kind as u8]);
        hasher.update(one.as_bytes());
        // No title, address or number contains a zero byte.
        hasher.update(&[0]);
        hasher.update(other.as_bytes());
        Key(hasher.digest128())
    }

    /// The keys of the properties, both with and without `shift` added to the date; see [`Evidence::new`].
    pub fn of_properties(properties: &Properties<'_>, shift: i64) -> Vec<Self> {
        let Properties {
            id,
            title,
            published,
            link,
            text,
        } = properties;
        let (title, link) = (title.as_deref(), link.as_deref());
        let text = text.and_then(Text::unique_hash).map(|hash| format!("{hash:x}"));
        let pair = |kind, one: Option<&str>, other: Option<&str>| Some(Key::new(kind, one?, other?));
        let mut keys = vec![
            pair(Kind::Id, id.as_deref(), Some("")),
            pair(Kind::Text, text.as_deref(), Some("")),
            pair(Kind::TitleAndLink, title, link),
        ];
        for shift in [Some(0), Some(shift).filter(|shift| *shift != 0)].into_iter().flatten() {
            let date = published.map(|at| at.saturating_add(shift).to_string());
            keys.push(pair(Kind::TitleAndDate, title, date.as_deref()));
            keys.push(pair(Kind::LinkAndDate, link, date.as_deref()));
        }
        keys.into_iter().flatten().collect()
    }
}

/// An entry to be compared with others.
#[derive(Debug, Clone)]
pub struct Description<'a> {
    /// The known and possible locations of the entry, such as a path or an address.
    pub places: Vec<String>,
    /// Its properties.
    pub properties: Properties<'a>,
}

impl Description<'_> {
    /// The keys of the entry's places and properties, both with and without `shift` added to the date; see
    /// [`Evidence::new`].
    pub fn keys(&self, shift: i64) -> BTreeSet<Key> {
        let places = self.places.iter().map(|place| Key::new(Kind::Place, place, ""));
        places.chain(Key::of_properties(&self.properties, shift)).collect()
    }
}

impl Candidate {
    /// Compares an old entry with a new entry. Each entry is passed with its number.
    pub fn new((old_at, old): (usize, &Description<'_>), (new_at, new): (usize, &Description<'_>), shift: i64) -> Self {
        Candidate {
            old: old_at,
            new: new_at,
            is_same_place: old.places.iter().any(|place| new.places.contains(place)),
            evidence: Evidence::new(&old.properties, &new.properties, shift),
        }
    }
}

/// Entries, indexed by their keys.
#[derive(Debug, Default)]
pub struct Index<'a> {
    entries: Vec<Description<'a>>,
    by_key: BTreeMap<Key, Vec<usize>>,
}

impl<'a> Index<'a> {
    /// Adds an entry under the next number.
    pub fn push(&mut self, entry: Description<'a>) {
        for key in entry.keys(0) {
            self.by_key.entry(key).or_default().push(self.entries.len());
        }
        self.entries.push(entry);
    }

    /// The entries that share a key with `other`, by their numbers. A key that more than [`MAX_ALIKE`] entries have is
    /// ignored.
    pub fn alike(&self, other: &Description<'_>, shift: i64) -> BTreeMap<usize, &Description<'a>> {
        let keys = other.keys(shift);
        let alike = keys.iter().filter_map(|key| self.by_key.get(key));
        let alike = alike.filter(|alike| alike.len() <= MAX_ALIKE).flatten();
        alike.filter_map(|at| Some((*at, self.entries.get(*at)?))).collect()
    }
}

/// All pairs of an old and a new entry that share a key. A key shared by more than [`MAX_ALIKE`] new entries is
/// ignored.
pub fn candidates<'p>(
    old: impl IntoIterator<Item = Description<'p>>,
    new: impl IntoIterator<Item = Description<'p>>,
    shift: i64,
) -> BTreeSet<Candidate> {
    // Only the new entries are indexed, because there are usually fewer of them: a build first matches most articles to
    // their records with a simple lookup.
    let mut index = Index::default();
    new.into_iter().for_each(|entry| index.push(entry));
    let mut candidates = BTreeSet::new();
    for (at, entry) in old.into_iter().enumerate() {
        let alike = index.alike(&entry, shift).into_iter();
        candidates.extend(alike.map(|(new_at, new)| Candidate::new((at, &entry), (new_at, new), shift)));
    }
    candidates
}

/// The number of seconds by which the dates of a site have moved because the time zone in its configuration was
/// changed; 0 if they have not moved for this reason. `shifts` contains, for each pair of entries that certainly match,
/// the difference between their dates.
pub fn common_shift(shifts: impl IntoIterator<Item = i64>) -> i64 {
    const DAY: i64 = 24 * 60 * 60;
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for shift in shifts {
        *counts.entry(shift).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    // Time zones differ by up to 26 hours. A shift by whole days is an edit rather than a change of the time zone.
    let is_zone = |shift: i64| shift % DAY != 0 && shift.abs() <= DAY + 2 * 60 * 60;
    // A single date may have moved for another reason.
    let common = counts
        .into_iter()
        .find(|(shift, count)| is_zone(*shift) && *count > 1 && count * 2 > all);
    common.map_or(0, |(shift, _)| shift)
}
