//! Two generations of a feed: what subscribers would see appear, vanish, change its date, its id or its text.
//!
//! A [`Generation`] is read from the bytes of anyone's feed, or from what the ledger remembers; [`changes`] compares
//! two of them. Nothing here decides whether a change is welcome.

mod read;
mod remembered;
mod restore;
mod told;

use std::collections::{BTreeMap, BTreeSet};

pub use read::{Unreadable, read};
pub use restore::restore;
pub use told::{Kind, names};

use crate::{
    text::{essence, squash},
    time::Timestamp,
};

/// A feed at one time, as readers tell entries apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generation {
    /// Whether it is of an Atom feed, whose ids are URIs.
    pub is_atom: bool,
    /// The page that the feed belongs to.
    pub home: Option<String>,
    /// The feed's own date.
    pub updated: Option<Timestamp>,
    /// Its entries in their order.
    pub entries: Vec<Seen>,
    /// Entries published until then do not fit into the feed, 1970 if all do; `None` if that is not known.
    pub reach: Option<Timestamp>,
}

/// An entry as a reader knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its id as written; where there is none, what readers take for it: the link, else the title.
    pub id: String,
    /// Its permalink, as written.
    pub link: Option<String>,
    /// Its title as plain text; may be empty.
    pub title: String,
    /// When it was published; in an Atom feed without that date, when it was updated.
    pub published: Option<Timestamp>,
    /// Its last change.
    pub updated: Option<Timestamp>,
    /// [`fingerprint`] of its text; `None` if it is not known.
    pub content: Option<u128>,
    /// The path of its article, where the ledger knows it.
    pub article: Option<String>,
}

/// The same entry in two generations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    /// As it was.
    pub old: &'a Seen,
    /// As it is.
    pub new: &'a Seen,
}

/// What subscribers would see. Each entry is in one list at most, but for `redated` and `edited`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes<'a> {
    /// Entries that both generations hold under one id.
    pub kept: Vec<Pair<'a>>,
    /// New entries: unread in every reader.
    pub added: Vec<&'a Seen>,
    /// Entries that are gone.
    pub removed: Vec<&'a Seen>,
    /// Entries that are gone because newer ones took their place.
    pub slid_out: Vec<&'a Seen>,
    /// Entries with another id than before, recognized by article, link, or title and date: unread once more.
    pub reidentified: Vec<Pair<'a>>,
    /// Ids that came to another entry: title, link and text are others, and readers that know the id hide it.
    pub reused: Vec<Pair<'a>>,
    /// Kept entries that were published at another time than before.
    pub redated: Vec<Pair<'a>>,
    /// Kept entries whose title or text says something else.
    pub edited: Vec<Pair<'a>>,
}

impl Changes<'_> {
    /// Whether no subscriber would see anything.
    pub fn are_none(&self) -> bool {
        let ids = self.reidentified.len() + self.reused.len();
        self.added.is_empty() && self.removed.is_empty() && self.slid_out.is_empty() && ids == 0 && {
            self.redated.is_empty() && self.edited.is_empty()
        }
    }
}

/// What the text of an entry says, whatever the typography. `text` is plain.
pub fn fingerprint(text: &str) -> u128 {
    xxhash_rust::xxh3::xxh3_128(essence(text).as_bytes())
}

/// Compares what was published with what would be. Of entries with one id, the first counts.
pub fn changes<'a>(old: &'a Generation, new: &'a Generation) -> Changes<'a> {
    let (before, after) = (first_of_each_id(old), first_of_each_id(new));
    let old_by_id: BTreeMap<&str, &Seen> = before.iter().copied().collect();
    let new_ids: BTreeSet<&str> = after.iter().map(|(id, _)| *id).collect();
    let mut changes = Changes::default();
    for (id, new) in &after {
        match old_by_id.get(id) {
            None => changes.added.push(new),
            Some(old) => sort_kept(Pair { old, new }, &mut changes),
        }
    }
    let gone: Vec<&Seen> = before
        .iter()
        .filter(|(id, _)| !new_ids.contains(id))
        .map(|(_, seen)| *seen)
        .collect();
    let gone = reidentified(gone, &mut changes);
    let reach = Reach::of(old, new, &changes.kept);
    (changes.slid_out, changes.removed) = gone.into_iter().partition(|seen| reach.excludes(seen));
    changes
}

fn first_of_each_id(generation: &Generation) -> Vec<(&str, &Seen)> {
    let mut ids = BTreeSet::new();
    let entries = generation.entries.iter().map(|seen| (seen.id.as_str(), seen));
    entries.filter(|(id, _)| ids.insert(*id)).collect()
}

fn sort_kept<'a>(pair: Pair<'a>, changes: &mut Changes<'a>) {
    let Pair { old, new } = pair;
    let is_other_text = old.content.zip(new.content).is_some_and(|(old, new)| old != new);
    let is_other_title = essence(&old.title) != essence(&new.title);
    let is_other_link = old.link.as_deref().map(address) != new.link.as_deref().map(address);
    if is_other_text && is_other_link && squash(&old.title) != squash(&new.title) {
        changes.reused.push(pair);
        return;
    }
    if old.published.zip(new.published).is_some_and(|(old, new)| old != new) {
        changes.redated.push(pair);
    }
    if is_other_text || is_other_title {
        changes.edited.push(pair);
    }
    changes.kept.push(pair);
}

/// What tells that two entries with different ids are one.
type Sign = fn(&Seen) -> Option<String>;

/// From the surest sign to the least.
const SIGNS: [Sign; 3] = [
    |seen| seen.article.clone(),
    |seen| seen.link.as_deref().map(|link| address(link).to_owned()),
    |seen| {
        let title = squash(&seen.title);
        (!title.is_empty()).then_some(format!("{title} {}", seen.published?.unix()))
    },
];

/// Pairs entries that are gone with new ones that are the same, where a sign is of one entry alone on both sides; gives
/// those that are gone indeed.
fn reidentified<'a>(mut gone: Vec<&'a Seen>, changes: &mut Changes<'a>) -> Vec<&'a Seen> {
    for sign in SIGNS {
        let old = by_sign(&gone, sign);
        let new = by_sign(&changes.added, sign);
        let pairs: Vec<Pair<'a>> = old
            .iter()
            .filter_map(|(sign, old)| {
                let (old, new) = (*old).zip(new.get(sign).copied().flatten())?;
                Some(Pair { old, new })
            })
            .collect();
        let paired: BTreeSet<&str> = pairs.iter().flat_map(|pair| [&*pair.old.id, &*pair.new.id]).collect();
        gone.retain(|seen| !paired.contains(seen.id.as_str()));
        changes.added.retain(|seen| !paired.contains(seen.id.as_str()));
        changes.reidentified.extend(pairs);
    }
    gone
}

/// The entries by a sign; `None` where several have it.
fn by_sign<'a>(entries: &[&'a Seen], sign: Sign) -> BTreeMap<String, Option<&'a Seen>> {
    let mut found = BTreeMap::new();
    for seen in entries {
        if let Some(sign) = sign(seen) {
            found
                .entry(sign)
                .and_modify(|other| *other = None)
                .or_insert(Some(*seen));
        }
    }
    found
}

/// An address without its host, and without the slash at its end: a site that moves keeps it.
pub(crate) fn address(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split('#').next().unwrap_or(path).trim_end_matches('/')
}

/// How far back the new generation goes.
enum Reach<'a> {
    /// Entries published until then fell out at its end.
    Until(Timestamp),
    /// Only those behind the last one that was kept; undated ones by their place.
    Behind(BTreeSet<&'a str>),
    /// It has room.
    Nothing,
}

impl<'a> Reach<'a> {
    fn of(old: &'a Generation, new: &Generation, kept: &[Pair<'_>]) -> Self {
        if let Some(until) = new.reach {
            return Reach::Until(until);
        }
        // A feed that holds as many as before is taken to be full.
        if new.entries.len() < old.entries.len() {
            return Reach::Nothing;
        }
        if let Some(oldest) = new.entries.iter().filter_map(|seen| seen.published).min() {
            return Reach::Until(oldest);
        }
        let kept: BTreeSet<&str> = kept.iter().map(|pair| pair.old.id.as_str()).collect();
        let tail = old.entries.iter().rev().map(|seen| seen.id.as_str());
        Reach::Behind(tail.take_while(|id| !kept.contains(id)).collect())
    }

    fn excludes(&self, seen: &Seen) -> bool {
        match self {
            Reach::Until(oldest) => seen.published.is_some_and(|published| published <= *oldest),
            Reach::Behind(tail) => tail.contains(seen.id.as_str()),
            Reach::Nothing => false,
        }
    }
}
