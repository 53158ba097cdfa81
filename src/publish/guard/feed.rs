//! Checks the changes to one feed.
//!
//! The limits apply to everything that changed within the window, which is 24 hours long by default: removing one entry
//! in each of many builds does as much harm as removing all of these entries in a single build.

use std::collections::BTreeSet;

use super::{Guard, percent, window::Window};
use crate::{
    compare::{Changes, FeedEntry, Generation, Pair},
    compose::id::is_reannounced,
    config::Guards,
    ledger::{self, Totals},
};

/// The number of entries that may be removed, redated or rewritten regardless of the limits: in a feed of five entries,
/// changing two is an ordinary day's work.
const ALWAYS_ALLOWED: usize = 2;

/// A feed may consist almost entirely of new entries if it had fewer entries than this, or gets fewer new entries than
/// this.
const FEW: usize = 5;

/// What changes in one feed.
pub(super) struct FeedChanges<'a, 'l> {
    /// The path of the feed below the output folder.
    pub(super) feed: &'a str,
    pub(super) old: &'a Generation,
    pub(super) new: &'a Generation,
    pub(super) changes: &'a Changes<'a>,
    /// The number of entries that got a new id because of `reannounce`.
    pub(super) announced: usize,
    pub(super) guards: &'a Guards,
    pub(super) window: &'a Window<'l>,
    /// Whether the ledger was lost and rebuilt from the feeds.
    pub(super) is_rebuilt: bool,
}

impl FeedChanges<'_, '_> {
    /// What this build changes.
    pub(super) fn totals(&self) -> Totals {
        let hashes = |pairs: &[Pair<'_>]| pairs.iter().map(|pair| ledger::hash(&pair.new.id)).collect();
        let mut totals = Totals {
            entries: self.old.entries.len(),
            added: self.announced,
            removed: self
                .changes
                .removed
                .iter()
                .map(|entry| ledger::hash(&entry.id))
                .collect(),
            redated: hashes(&self.changes.redated),
            edited: hashes(&self.changes.edited),
        };
        for entry in &self.changes.added {
            // An entry that comes back, for example because a newer one was removed, is not new to readers. But it may
            // have changed while it was gone.
            let Some(old) = self.last_published(entry) else {
                totals.added += 1;
                continue;
            };
            let pair = Pair { old: &old, new: entry };
            if pair.is_redated() {
                totals.redated.insert(ledger::hash(&entry.id));
            }
            if pair.is_edited() {
                totals.edited.insert(ledger::hash(&entry.id));
            }
        }
        totals
    }

    /// How many entries came back under a different id.
    fn returned_under_another_id(&self) -> usize {
        let present: BTreeSet<&str> = self.new.entries.iter().map(|entry| entry.id.as_str()).collect();
        let is_the_same = |entry: &&&FeedEntry| {
            let record = entry
                .article
                .as_deref()
                .and_then(|path| self.window.record_at(path, self.feed));
            record.is_some_and(|(record, last)| {
                let id = record.id.to_string();
                let is_same_entry = last.title == entry.title && entry.published == Some(last.published);
                is_same_entry && !present.contains(id.as_str()) && !is_reannounced(&id, &entry.id)
            })
        };
        self.changes.added.iter().filter(is_the_same).count()
    }

    /// How many ids came back with a different entry.
    fn returned_as_different(&self) -> usize {
        let is_different = |new: &&&FeedEntry| {
            let old = self.last_published(new);
            old.is_some_and(|old| Pair { old: &old, new }.is_reused())
        };
        self.changes.added.iter().filter(is_different).count()
    }

    /// An entry as the feed last contained it; `None` if the feed never contained it.
    fn last_published(&self, entry: &FeedEntry) -> Option<FeedEntry> {
        let (record, last) = self.window.record(&entry.id, self.feed)?;
        Some(FeedEntry::from_record(None, record, last))
    }

    /// The changes made by this build that later builds count too.
    ///
    /// A podcast that keeps only its latest episodes loses its oldest entry whenever it gets a new one. Such losses are
    /// left out. Otherwise, they would add up until a build is refused.
    pub(super) fn lasting(&self, current: &Totals) -> Totals {
        let oldest_kept = self.changes.kept.iter().map(|pair| pair.old.published).min().flatten();
        let is_older = |entry: &&&FeedEntry| entry.published.is_some() && entry.published <= oldest_kept;
        let mut removed: Vec<&&FeedEntry> = self.changes.removed.iter().filter(is_older).collect();
        removed.sort_by_key(|entry| entry.published);
        let turnover: BTreeSet<u32> = removed
            .iter()
            .take(current.added)
            .map(|entry| ledger::hash(&entry.id))
            .collect();
        // Authors often correct an entry soon after publishing it, so edits to entries published within the window do
        // not suggest a mistake, and later builds do not count them.
        let todays = self
            .changes
            .edited
            .iter()
            .filter(|pair| self.window.contains(pair.old.published));
        let todays: BTreeSet<u32> = todays.map(|pair| ledger::hash(&pair.new.id)).collect();
        Totals {
            removed: current.removed.difference(&turnover).copied().collect(),
            edited: current.edited.difference(&todays).copied().collect(),
            ..current.clone()
        }
    }

    /// The guards that refuse the changes, each with a description. `{}` in a description is a placeholder for the
    /// feed's name.
    pub(super) fn check(&self, current: &Totals) -> Vec<(Guard, String)> {
        let mut total = self.window.totals(self.feed, self.old.entries.len());
        total.add(current);
        // An entry that came back does not count as lost.
        let present: BTreeSet<u32> = self.new.entries.iter().map(|entry| ledger::hash(&entry.id)).collect();
        total.removed.retain(|hash| !present.contains(hash));
        let checks = [
            self.losses(current, &total),
            self.dates(current, &total),
            self.texts(current, &total),
            self.additions(current, &total),
        ];
        checks.into_iter().flatten().chain(self.ids()).collect()
    }

    fn losses(&self, current: &Totals, total: &Totals) -> Option<(Guard, String)> {
        let (gone, all) = (current.removed.len(), self.old.entries.len());
        // There are two guards, so that `--allow-shrink` does not allow an empty feed. An unmounted disk or a
        // half-finished `rsync` can make a feed empty or shorter, and after the next good build, readers would show the
        // lost entries as new.
        if self.new.entries.is_empty() && all > 0 {
            return Some((Guard::Empty, format!("{{}} would lose all {all} entries")));
        }
        let limit = self.guards.shrink;
        let share = self.share(gone, total.removed.len(), all.max(total.entries), limit)?;
        Some((Guard::Shrink, format!("{{}} would lose {share}")))
    }

    /// Many dates change at once if they come from an unstable source, such as the modification times of files, which
    /// a fresh clone changes. Readers sort entries by date, so old entries would hide the new ones.
    fn dates(&self, current: &Totals, total: &Totals) -> Option<(Guard, String)> {
        let limit = self.guards.redate;
        let share = self.share(current.redated.len(), total.redated.len(), self.kept(total), limit)?;
        Some((Guard::Redate, format!("{{}} would change the date of {share}")))
    }

    /// Many texts change at once if a sync tool garbles them or a conversion replaces them with an error message.
    fn texts(&self, current: &Totals, total: &Totals) -> Option<(Guard, String)> {
        let limit = self.guards.rewrite;
        let share = self.share(current.edited.len(), total.edited.len(), self.kept(total), limit)?;
        Some((
            Guard::Rewrite,
            format!("{{}} would change the title or text of {share}"),
        ))
    }

    /// The number of entries that could have changed. Some entries may have left the feed since earlier builds in the
    /// window changed them, so the number of entries before these builds is used if it is higher.
    fn kept(&self, total: &Totals) -> usize {
        let kept = self.changes.kept.len();
        match self.window.has_changes(self.feed) {
            true => kept.max(total.entries),
            false => kept,
        }
    }

    /// Describes a share that is over the limit: `12 of 30 entries within 24 hours (40%; the limit is 30%)`. Returns
    /// `None` if the share is not over the limit, or if this build has not contributed to it.
    fn share(&self, current: usize, total: usize, whole: usize, limit: u32) -> Option<String> {
        // An entry can be added and lost within the same window, so the feed can lose more entries than it had at the
        // start of the window.
        let whole = whole.max(total);
        let is_exceeded = total > ALWAYS_ALLOWED && total * 100 > limit as usize * whole;
        (current > 0 && is_exceeded).then(|| {
            let (within, share) = (self.window.within(total > current), percent(total, whole));
            format!("{total} of {whole} entries{within} ({share}%; the limit is {limit}%)")
        })
    }

    fn additions(&self, current: &Totals, total: &Totals) -> Option<(Guard, String)> {
        if current.added == 0 {
            return None;
        }
        // A rebuilt ledger has no records of articles that are in no feed. Those without a date would all seem new.
        if self.is_rebuilt && current.added > ALWAYS_ALLOWED && !self.old.entries.is_empty() {
            let added = current.added;
            let description = format!("the ledger was lost, and {{}} would get {added} entries that may not be new");
            return Some((Guard::Flood, description));
        }
        let usual = self.window.usual_additions(self.feed);
        // Many new entries are normal for some feeds, so the limit is at least twice the usual number.
        let limit = self.guards.flood.max(2 * usual);
        let (added, all) = (total.added, total.entries);
        let at_once = match total.added > current.added {
            true => self.window.within(true),
            false => " at once".to_owned(),
        };
        // This limit applies only to established feeds: a new feed may get many entries at once when the archive is
        // added.
        if added > limit && all >= limit {
            let description = format!("{{}} would get {added} new entries{at_once} (the limit is {limit})");
            return Some((Guard::Flood, description));
        }
        // A feed with fewer entries than the limit counts as flooded if hardly any of its entries are known to
        // subscribers. This check is skipped if the configured limit is higher than the default, because such a limit
        // means that the site often publishes many entries at once.
        let entries = self.new.entries.len();
        let is_replaced = added >= FEW && all >= FEW && added * 10 >= entries * 9;
        let is_protected = limit <= Guards::default().flood && added > 2 * usual;
        (is_replaced && is_protected).then(|| {
            let description = format!("{{}} would get {added} new entries{at_once}, out of {entries} in total");
            (Guard::Flood, description)
        })
    }

    /// Not even one changed id is allowed, because seven of the eight readers that we tried show an entry twice if its
    /// id changes.
    fn ids(&self) -> impl Iterator<Item = (Guard, String)> + use<> {
        let changed = match self.changes.reidentified.len() + self.returned_under_another_id() {
            0 => None,
            1 => Some("{} would change the id of 1 entry, so readers would show it as unread again".to_owned()),
            number => Some(format!(
                "{{}} would change the ids of {number} entries, so readers would show them as unread again"
            )),
        };
        let reused = match self.changes.reused.len() + self.returned_as_different() {
            0 => None,
            1 => Some(
                "{} would reuse 1 id for a different entry, so readers would hide the new entry or overwrite the old \
                 one"
                .to_owned(),
            ),
            number => Some(format!(
                "{{}} would reuse {number} ids for different entries, so readers would hide the new entries or \
                 overwrite the old ones"
            )),
        };
        [changed, reused]
            .into_iter()
            .flatten()
            .map(|description| (Guard::Reid, description))
    }
}
