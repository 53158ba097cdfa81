//! Compares two generations of a feed: which entries subscribers would see appear or disappear, and which would change
//! their date, id or text.
//!
//! A [`Generation`] is read from the bytes of a feed of any generator, or from the ledger; [`changes`] compares two of
//! them. The guards in `publish` decide whether a change is acceptable.

mod format;
mod from_ledger;
mod read;
mod restore;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::feed::Unreadable;
pub use format::{Kind, format_names};
pub use read::read;
pub use restore::restore;

use crate::{
    text::{normalize, squash},
    time::Timestamp,
};

/// The content of a feed at one point in time, reduced to what readers use to tell entries apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generation {
    /// Whether the feed is Atom, where ids are URIs.
    pub is_atom: bool,
    /// The page that the feed belongs to.
    pub home: Option<String>,
    /// The date of the last change to the feed.
    pub updated: Option<Timestamp>,
    /// The entries in document order.
    pub entries: Vec<FeedEntry>,
    /// Entries published at or before this instant do not fit into the feed; 1970 if all fit, `None` if unknown.
    pub cutoff: Option<Timestamp>,
}

/// A feed entry in any format, with its values as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The id as written. If there is none, what readers use instead: the link, or else the title.
    pub id: String,
    /// The permalink as written.
    pub link: Option<String>,
    /// The title as plain text; may be empty.
    pub title: String,
    /// The publication date. If an Atom entry has none, the date of the last update.
    pub published: Option<Timestamp>,
    /// The date of the last change.
    pub updated: Option<Timestamp>,
    /// The [`fingerprint`] of the text; `None` if unknown.
    pub content: Option<u128>,
    /// The path of the article, if the ledger has it.
    pub article: Option<String>,
}

/// The same entry in two generations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The entry in the old generation.
    pub old: &'a FeedEntry,
    /// The entry in the new generation.
    pub new: &'a FeedEntry,
}

/// What subscribers would see. Each entry is in at most one list, except that entries in `redated` and `edited` are
/// also in `kept`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// Entries with the same id in both generations.
    pub kept: Vec<Pair<'a>>,
    /// New entries, which every reader shows as unread.
    pub added: Vec<&'a FeedEntry>,
    /// Entries that are gone.
    pub removed: Vec<&'a FeedEntry>,
    /// Entries that are gone because newer entries took their place.
    pub slid_out: Vec<&'a FeedEntry>,
    /// Entries whose id changed, recognized by article, link, or title and date. Seven of the eight readers that we
    /// tried (all but gPodder) show such an entry a second time, as unread.
    pub reidentified: Vec<Pair<'a>>,
    /// Entries whose id was reused for a different entry: title, link and text all differ. Readers that already know
    /// the id hide the new entry or overwrite the old one.
    pub reused: Vec<Pair<'a>>,
    /// Kept entries whose publication date changed.
    pub redated: Vec<Pair<'a>>,
    /// Kept entries whose title or text changed.
    pub edited: Vec<Pair<'a>>,
}

impl Changes<'_> {
    /// Whether subscribers would see no difference.
    pub fn are_none(&self) -> bool {
        let ids = self.reidentified.len() + self.reused.len();
        self.added.is_empty() && self.removed.is_empty() && self.slid_out.is_empty() && ids == 0 && {
            self.redated.is_empty() && self.edited.is_empty()
        }
    }
}

/// Hashes the words of plain text, ignoring typography: quotes, dashes, white space.
///
/// Typography differs between generators and between versions of Feedwright, but subscribers would not call such a
/// difference an edit.
pub fn fingerprint(text: &str) -> u128 {
    xxhash_rust::xxh3::xxh3_128(normalize(text).as_bytes())
}

/// Compares a published generation with one that would replace it. If entries share an id, only the first counts.
pub fn changes<'a>(old: &'a Generation, new: &'a Generation) -> Changes<'a> {
    let (before, after) = (first_of_each_id(old), first_of_each_id(new));
    let old_by_id: BTreeMap<&str, &FeedEntry> = before.iter().copied().collect();
    let new_ids: BTreeSet<&str> = after.iter().map(|(id, _)| *id).collect();
    let mut changes = Changes::default();
    for (id, new) in &after {
        match old_by_id.get(id) {
            None => changes.added.push(new),
            Some(old) => compare_same_id(Pair { old, new }, &mut changes),
        }
    }
    let gone: Vec<&FeedEntry> = before
        .iter()
        .filter(|(id, _)| !new_ids.contains(id))
        .map(|(_, entry)| *entry)
        .collect();
    // This must come before the cutoff: an entry with a new id is still in the feed and was not pushed out.
    let gone = pair_reidentified(gone, &mut changes);
    let cutoff = Cutoff::new(old, new, &changes.kept);
    (changes.slid_out, changes.removed) = gone.into_iter().partition(|entry| cutoff.excludes(entry));
    changes
}

fn first_of_each_id(generation: &Generation) -> Vec<(&str, &FeedEntry)> {
    let mut ids = BTreeSet::new();
    let entries = generation.entries.iter().map(|entry| (entry.id.as_str(), entry));
    entries.filter(|(id, _)| ids.insert(*id)).collect()
}

/// Adds a pair of entries with the same id to the lists that it belongs to.
fn compare_same_id<'a>(pair: Pair<'a>, changes: &mut Changes<'a>) {
    let Pair { old, new } = pair;
    // A ledger record may have no fingerprint. An unknown text does not count as changed.
    let is_text_changed = old.content.zip(new.content).is_some_and(|(old, new)| old != new);
    let is_title_changed = normalize(&old.title) != normalize(&new.title);
    let is_link_changed = old.link.as_deref().map(link_path) != new.link.as_deref().map(link_path);
    // An edit may change the title, the link or the text. If all three changed, this is a different entry. Here, case
    // and punctuation of the title do not count.
    if is_text_changed && is_link_changed && squash(&old.title) != squash(&new.title) {
        changes.reused.push(pair);
        return;
    }
    if old.published.zip(new.published).is_some_and(|(old, new)| old != new) {
        changes.redated.push(pair);
    }
    if is_text_changed || is_title_changed {
        changes.edited.push(pair);
    }
    changes.kept.push(pair);
}

/// A property by which two entries with different ids are recognized as the same entry.
type Property = fn(&FeedEntry) -> Option<String>;

/// The properties, most reliable first.
const PROPERTIES: [Property; 3] = [
    |entry| entry.article.clone(),
    |entry| entry.link.as_deref().map(|link| link_path(link).to_owned()),
    // Titles such as `Weekly notes` repeat, so the publication time must be the same too.
    |entry| {
        let title = squash(&entry.title);
        (!title.is_empty()).then_some(format!("{title} {}", entry.published?.unix()))
    },
];

/// Moves pairs of gone and added entries that share a property to `reidentified`, and returns the entries that remain
/// gone.
///
/// If several entries in one generation have the same value of a property, that value proves nothing and is ignored.
fn pair_reidentified<'a>(mut gone: Vec<&'a FeedEntry>, changes: &mut Changes<'a>) -> Vec<&'a FeedEntry> {
    for property in PROPERTIES {
        let old = group_by(&gone, property);
        let new = group_by(&changes.added, property);
        let pairs: Vec<Pair<'a>> = old
            .iter()
            .filter_map(|(value, old)| {
                let (old, new) = (*old).zip(new.get(value).copied().flatten())?;
                Some(Pair { old, new })
            })
            .collect();
        let paired: BTreeSet<&str> = pairs.iter().flat_map(|pair| [&*pair.old.id, &*pair.new.id]).collect();
        gone.retain(|entry| !paired.contains(entry.id.as_str()));
        changes.added.retain(|entry| !paired.contains(entry.id.as_str()));
        changes.reidentified.extend(pairs);
    }
    gone
}

/// The entries by their value of a property; `None` if several entries share the value.
fn group_by<'a>(entries: &[&'a FeedEntry], property: Property) -> BTreeMap<String, Option<&'a FeedEntry>> {
    let mut found = BTreeMap::new();
    for entry in entries {
        if let Some(value) = property(entry) {
            found
                .entry(value)
                .and_modify(|other| *other = None)
                .or_insert(Some(*entry));
        }
    }
    found
}

/// The path and query of a link, without a trailing slash: the part that does not change when the site moves to another
/// host or to https.
pub(crate) fn link_path(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split('#').next().unwrap_or(path).trim_end_matches('/')
}

/// Which entries the new generation leaves out because it is full.
enum Cutoff<'a> {
    /// Entries published at or before this instant.
    Date(Timestamp),
    /// Entries with these ids. In a feed without dates, these are the entries after the last kept entry.
    Tail(BTreeSet<&'a str>),
    /// No entries: the feed is not full.
    None,
}

impl<'a> Cutoff<'a> {
    fn new(old: &'a Generation, new: &Generation, kept: &[Pair<'_>]) -> Self {
        if let Some(date) = new.cutoff {
            return Cutoff::Date(date);
        }
        // Another generator's limit is unknown, so a feed with at least as many entries as before counts as full.
        if new.entries.len() < old.entries.len() {
            return Cutoff::None;
        }
        // A full feed drops its oldest entries first, so an entry that is newer than the oldest one was not pushed out.
        if let Some(oldest) = new.entries.iter().filter_map(|entry| entry.published).min() {
            return Cutoff::Date(oldest);
        }
        let kept: BTreeSet<&str> = kept.iter().map(|pair| pair.old.id.as_str()).collect();
        let tail = old.entries.iter().rev().map(|entry| entry.id.as_str());
        Cutoff::Tail(tail.take_while(|id| !kept.contains(id)).collect())
    }

    fn excludes(&self, entry: &FeedEntry) -> bool {
        match self {
            Cutoff::Date(date) => entry.published.is_some_and(|published| published <= *date),
            Cutoff::Tail(ids) => ids.contains(entry.id.as_str()),
            Cutoff::None => false,
        }
    }
}
