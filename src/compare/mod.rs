//! Compares two generations of a feed: which entries would appear or disappear for subscribers, and which would change
//! their date, id or text.
//!
//! A [`Generation`] is read from the ledger, or from the bytes of a feed that any program may have written; [`changes`]
//! compares two of them. The guards in `publish` decide whether a change is acceptable.

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
    identity::{self, Addresses, Candidate, Description, Evidence, Properties, Text},
    text::normalize,
    time::Timestamp,
};

/// The content of a feed at one point in time, reduced to what readers use to tell entries apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generation {
    /// Whether the feed is an Atom feed, in which ids are URIs.
    pub is_atom: bool,
    /// The page that the feed belongs to.
    pub home: Option<String>,
    /// The date of the last change to the feed.
    pub updated: Option<Timestamp>,
    /// The entries in document order.
    pub entries: Vec<FeedEntry>,
    /// A missing entry that was published at or before this instant counts as left out because of a limit. The start of
    /// 1970 means that no entry was left out; `None` means that the instant is unknown.
    pub cutoff: Option<Timestamp>,
    /// Entries published before this instant are older than the feed's age limit.
    pub too_old: Option<Timestamp>,
    /// The articles that have passed their expiry dates, by path, each with the number of seconds since then.
    pub expired: BTreeMap<String, i64>,
}

impl Generation {
    /// The date of the last change: the feed's `updated` date or, if it has none, the latest `updated` date of its
    /// entries.
    pub(crate) fn last_updated(&self) -> Option<Timestamp> {
        self.updated
            .or_else(|| self.entries.iter().filter_map(|entry| entry.updated).max())
    }

    /// Whether an entry passed its expiry date or the feed's age limit recently. If it did so long ago, it is missing
    /// for another reason, such as a wrong clock.
    fn has_just_expired(&self, entry: &FeedEntry) -> bool {
        const DAY: i64 = 24 * 60 * 60;
        let is_too_old = |entry: &FeedEntry| entry.published < self.too_old;
        // The clock is more likely to be wrong if it makes all entries too old.
        let recently = match self.entries.iter().all(is_too_old) {
            true => DAY,
            false => 31 * DAY,
        };
        let expired = entry.article.as_ref().and_then(|path| self.expired.get(path)).copied();
        let aged = self.too_old.zip(entry.published);
        let aged = aged.map(|(too_old, published)| too_old.unix() - published.unix() - 1);
        let mut late = expired.into_iter().chain(aged);
        late.any(|late| (0..recently).contains(&late))
    }

    /// The hosts that belong to the feed's site.
    pub(crate) fn addresses(&self) -> Addresses {
        let links: Vec<&str> = self.entries.iter().filter_map(|entry| entry.link.as_deref()).collect();
        Addresses::from_links(self.home.as_deref(), &links)
    }
}

/// A feed entry in any format, with its values as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The id as written. If there is none, this is what readers use instead: the link, or else the title.
    pub id: String,
    /// The permalink as written.
    pub link: Option<String>,
    /// The title as plain text; may be empty.
    pub title: String,
    /// The publication date, or the date of the last update if an Atom entry has no publication date.
    pub published: Option<Timestamp>,
    /// The date of the last change.
    pub updated: Option<Timestamp>,
    /// The [`fingerprint`] of the text; `None` if unknown.
    pub content: Option<u128>,
    /// The path of the entry's article, if the ledger records it.
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

impl Pair<'_> {
    /// Whether the publication date changed. A missing date is not a change.
    pub(crate) fn is_redated(&self) -> bool {
        let dates = self.old.published.zip(self.new.published);
        dates.is_some_and(|(old, new)| old != new)
    }

    /// Whether the words of the title or the text changed.
    pub(crate) fn is_edited(&self) -> bool {
        let texts = self.old.content.zip(self.new.content);
        let is_text_changed = texts.is_some_and(|(old, new)| old != new);
        is_text_changed || normalize(&self.old.title) != normalize(&self.new.title)
    }

    /// Whether the two entries are different entries, although they have the same id.
    pub(crate) fn is_reused(self) -> bool {
        let links = [self.old, self.new]
            .into_iter()
            .filter_map(|entry| entry.link.as_deref());
        let comparison = Comparison {
            addresses: Addresses::new(links),
            repeated_links: BTreeSet::new(),
            repeated: BTreeSet::new(),
            shift: 0,
        };
        comparison.is_reused(self)
    }
}

/// The changes that subscribers would see. Each entry is in at most one of the lists `kept`, `added`, `removed`,
/// `slid_out`, `reidentified` and `reused`. Entries in `redated` or `edited` are also in `kept`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// Entries that are in both generations, with the same id.
    pub kept: Vec<Pair<'a>>,
    /// New entries, which every reader shows as unread.
    pub added: Vec<&'a FeedEntry>,
    /// Entries that are gone and are not in `slid_out`.
    pub removed: Vec<&'a FeedEntry>,
    /// Entries that are gone because newer entries took their place, or because they passed their expiry date or the
    /// feed's age limit.
    pub slid_out: Vec<&'a FeedEntry>,
    /// Entries whose id changed, but whose other properties agree; see [`identity`]. Seven of the eight readers that we
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

/// Compares a published generation with one that would replace it. If several entries in one generation have the same
/// id, only the first counts.
pub fn changes<'a>(old: &'a Generation, new: &'a Generation) -> Changes<'a> {
    let (before, after) = (first_of_each_id(old), first_of_each_id(new));
    let old_by_id: BTreeMap<&str, &FeedEntry> = before.iter().copied().collect();
    let new_ids: BTreeSet<&str> = after.iter().map(|(id, _)| *id).collect();
    let mut changes = Changes::default();
    let pairs = after.iter().filter_map(|(id, new)| {
        Some(Pair {
            old: old_by_id.get(id)?,
            new,
        })
    });
    let comparison = Comparison::new(old, new, &pairs.collect::<Vec<_>>());
    for (id, new) in &after {
        match old_by_id.get(id) {
            None => changes.added.push(new),
            Some(old) => comparison.add_same_id(Pair { old, new }, &mut changes),
        }
    }
    let gone: Vec<&FeedEntry> = before
        .iter()
        .filter(|(id, _)| !new_ids.contains(id))
        .map(|(_, entry)| *entry)
        .collect();
    // Entries that got a new id must be paired before the cutoff is applied: they are still in the feed, so new entries
    // did not push them out.
    let gone = comparison.pair_reidentified(gone, &mut changes);
    let cutoff = Cutoff::new(old, new, &changes.kept);
    let (expired, rest): (Vec<_>, Vec<_>) = gone.iter().copied().partition(|entry| new.has_just_expired(entry));
    let mut pushed: Vec<&FeedEntry> = rest.into_iter().filter(|entry| cutoff.excludes(entry)).collect();
    // Each new entry pushes out at most one old entry. If more entries are missing, the others have another cause: a
    // limit was lowered, a single large entry takes up the space, or the clock is wrong.
    pushed.sort_by_key(|entry| entry.published);
    pushed.truncate(changes.added.len());
    let slid_out: BTreeSet<&str> = expired
        .into_iter()
        .chain(pushed)
        .map(|entry| entry.id.as_str())
        .collect();
    (changes.slid_out, changes.removed) = gone.into_iter().partition(|entry| slid_out.contains(entry.id.as_str()));
    changes
}

fn first_of_each_id(generation: &Generation) -> Vec<(&str, &FeedEntry)> {
    let mut ids = BTreeSet::new();
    let entries = generation.entries.iter().map(|entry| (entry.id.as_str(), entry));
    entries.filter(|(id, _)| ids.insert(*id)).collect()
}

/// Compares entries of two generations; see [`identity`].
struct Comparison<'a> {
    addresses: Addresses,
    /// The links that several entries of the same generation have, such as the page of a podcast.
    repeated_links: BTreeSet<&'a str>,
    /// The hashes of texts that occur in several entries of the same generation.
    repeated: BTreeSet<u128>,
    shift: i64,
}

impl<'g> Comparison<'g> {
    fn new(old: &'g Generation, new: &'g Generation, same_id: &[Pair<'_>]) -> Self {
        let (mut repeated, mut repeated_links) = (BTreeSet::new(), BTreeSet::new());
        for generation in [old, new] {
            let mut links = BTreeSet::new();
            let all = generation.entries.iter().filter_map(|entry| entry.link.as_deref());
            repeated_links.extend(all.filter(|link| !links.insert(*link)));
            let mut texts = BTreeSet::new();
            let all = generation.entries.iter().filter_map(|entry| entry.content);
            repeated.extend(all.filter(|text| !texts.insert(*text)));
        }
        let dates = same_id
            .iter()
            .filter_map(|pair| pair.old.published.zip(pair.new.published));
        Comparison {
            addresses: old.addresses().and(new.addresses()),
            repeated_links,
            repeated,
            shift: identity::common_shift(dates.map(|(old, new)| new.unix() - old.unix())),
        }
    }

    fn properties(&self, entry: &FeedEntry) -> Properties<'static> {
        let link = entry.link.as_deref().filter(|link| !self.repeated_links.contains(link));
        Properties {
            id: None,
            title: Properties::title(&entry.title),
            published: entry.published.map(|at| at.unix()),
            link: link.and_then(|link| self.addresses.normalize(link)),
            // The length of the text is unknown, so the text counts as short.
            text: entry.content.map(|text| match self.repeated.contains(&text) {
                true => Text::Repeated(text),
                false => Text::Short(text),
            }),
        }
    }

    fn describe(&self, entry: &FeedEntry) -> Description<'static> {
        let properties = self.properties(entry);
        let article = entry.article.iter().map(|path| format!("article {path}"));
        let link = properties.link.iter().map(|link| format!("link {link}"));
        Description {
            places: article.chain(link).collect(),
            properties,
        }
    }

    /// Adds an old and a new entry with the same id, as a pair, to the lists in `changes` to which the pair belongs.
    fn add_same_id<'a>(&self, pair: Pair<'a>, changes: &mut Changes<'a>) {
        if self.is_reused(pair) {
            changes.reused.push(pair);
            return;
        }
        if pair.is_redated() {
            changes.redated.push(pair);
        }
        if pair.is_edited() {
            changes.edited.push(pair);
        }
        changes.kept.push(pair);
    }

    fn is_reused(&self, Pair { old, new }: Pair<'_>) -> bool {
        Evidence::new(&self.properties(old), &self.properties(new), self.shift).is_different()
    }

    /// Pairs each entry in `gone` that was added again under a new id with its new entry, and moves the pairs to
    /// `reidentified`. Returns the rest of `gone`.
    fn pair_reidentified<'a>(&self, gone: Vec<&'a FeedEntry>, changes: &mut Changes<'a>) -> Vec<&'a FeedEntry> {
        let describe = |entry: &&FeedEntry| self.describe(entry);
        let candidates = identity::candidates(
            gone.iter().map(describe),
            changes.added.iter().map(describe),
            self.shift,
        );
        // An entry with a new id and an old entry's address is a new entry, unless the properties of the two entries
        // agree.
        let assignment = identity::assign(candidates.into_iter().filter(Candidate::is_likely));
        let pairs = assignment.old_by_new.iter();
        let pairs = pairs.filter_map(|(new, old)| {
            let (old, new) = (*gone.get(*old)?, *changes.added.get(*new)?);
            Some(Pair { old, new })
        });
        let pairs: Vec<Pair<'a>> = pairs.collect();
        let paired: BTreeSet<&str> = pairs.iter().flat_map(|pair| [&*pair.old.id, &*pair.new.id]).collect();
        changes.added.retain(|entry| !paired.contains(entry.id.as_str()));
        changes.reidentified = pairs;
        gone.into_iter()
            .filter(|entry| !paired.contains(entry.id.as_str()))
            .collect()
    }
}

/// Which old entries the new generation leaves out because the feed is full.
enum Cutoff<'a> {
    /// Entries published at or before this instant.
    Date(Timestamp),
    /// Entries with these ids, which come after the last kept entry in the old feed. Used if the new feed has no dates.
    Tail(BTreeSet<&'a str>),
    /// The feed is not full, so no entries are left out.
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
        // A full feed drops its oldest entries first, so a missing entry that is newer than the oldest remaining entry
        // was not pushed out.
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
