//! The window of time within which the changes from several builds are added up.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use super::Guard;
use crate::{
    config::Guards,
    ledger::{LastPublished, Ledger, RecentChanges, Record, Totals},
    time::Timestamp,
};

/// The number of preceding windows from which the usual number of new entries is determined. By default, a window is
/// one day. The windows then cover four whole weeks: many sites publish only on weekdays, so a period with an
/// incomplete week would not be representative.
const USUAL_WINDOWS: usize = 28;

const HOUR: i64 = 60 * 60;

/// The window that ends with the current build.
pub(super) struct Window<'a> {
    before: &'a Ledger,
    now: Timestamp,
    hours: u32,
    by_id: OnceCell<BTreeMap<&'a str, &'a Record>>,
}

impl<'a> Window<'a> {
    pub(super) fn new(before: &'a Ledger, now: Timestamp, guards: &Guards) -> Self {
        let hours = guards.window_hours;
        Window {
            before,
            now,
            hours,
            by_id: OnceCell::new(),
        }
    }

    /// The start of the window, in seconds since 1970.
    fn start(&self) -> i64 {
        self.now.unix() - i64::from(self.hours) * HOUR
    }

    /// The changes made by the earlier builds in the window. A build whose clock was a few minutes ahead is included.
    fn earlier(&self) -> impl Iterator<Item = &'a RecentChanges> {
        let start = self.start();
        self.before.recent.iter().filter(move |recent| recent.at.unix() > start)
    }

    fn earlier_in(&self, feed: &str) -> impl Iterator<Item = &'a Totals> {
        let changes = self.earlier().filter(move |recent| recent.feeds.contains(feed));
        changes.map(|recent| &recent.changes)
    }

    /// Whether a date is after the start of the window.
    pub(super) fn contains(&self, date: Option<Timestamp>) -> bool {
        date.is_some_and(|date| date.unix() > self.start())
    }

    /// Whether an earlier build in the window changed a feed.
    pub(super) fn has_changes(&self, feed: &str) -> bool {
        self.earlier_in(feed).next().is_some()
    }

    /// What the earlier builds in the window changed in a feed. If no earlier build changed the feed, the result
    /// contains only `entries`, the number of entries in the published feed.
    pub(super) fn totals(&self, feed: &str, entries: usize) -> Totals {
        let mut earlier = self.earlier_in(feed);
        let mut totals = earlier.next().cloned().unwrap_or_else(|| Totals {
            entries,
            ..Totals::default()
        });
        earlier.for_each(|later| totals.add(later));
        totals
    }

    /// A phrase with the length of the window, such as ` within 24 hours`, for a message about several builds. Empty
    /// for a message about one build.
    pub(super) fn within(&self, is_several_builds: bool) -> String {
        match (is_several_builds, self.hours) {
            (false, _) => String::new(),
            (true, 1) => " within an hour".to_owned(),
            (true, hours) => format!(" within {hours} hours"),
        }
    }

    /// The record with the given id and its entry as last published, if the feed has ever contained the entry.
    pub(super) fn record(&self, id: &str, feed: &str) -> Option<(&'a Record, &'a LastPublished)> {
        let by_id = self.by_id.get_or_init(|| {
            let records = self.before.records.values();
            records.map(|record| (record.id.as_str(), record)).collect()
        });
        published_in(by_id.get(id)?, feed)
    }

    /// The record at the path `article` and its entry as last published, if the feed has ever contained the entry.
    pub(super) fn record_at(&self, article: &str, feed: &str) -> Option<(&'a Record, &'a LastPublished)> {
        published_in(self.before.records.get(article)?, feed)
    }

    /// How many new entries a feed usually gets in a window: the median of the preceding windows, by publication date.
    /// The median is used because a single window with very many entries hardly changes it.
    pub(super) fn usual_additions(&self, feed: &str) -> usize {
        let (start, length) = (self.start(), i64::from(self.hours) * HOUR);
        let last = self
            .before
            .records
            .values()
            .filter_map(|record| record.last_published.as_ref());
        let published = last
            .filter(|last| last.feeds.contains_key(feed))
            .map(|last| last.published.unix());
        let mut additions = [0; USUAL_WINDOWS];
        for published in published.filter(|published| *published <= start) {
            let window = usize::try_from((start - published) / length).ok();
            if let Some(number) = window.and_then(|window| additions.get_mut(window)) {
                *number += 1;
            }
        }
        additions.sort_unstable();
        additions.get(USUAL_WINDOWS / 2).copied().unwrap_or(0)
    }

    /// What the ledger records after this build: the changes made by this build and by earlier builds in the window.
    ///
    /// `builds` maps the path of each feed to its changes in this build, and to the guards that would have refused
    /// these changes without an option such as `--allow-shrink`. The changes that such a guard counts are not recorded,
    /// not even those made by earlier builds.
    pub(super) fn recorded(&self, builds: &BTreeMap<String, (Totals, Vec<Guard>)>) -> BTreeSet<RecentChanges> {
        let is_unchanged = |(totals, allowed): &(Totals, Vec<Guard>)| totals.are_none() && allowed.is_empty();
        if builds.values().all(is_unchanged) {
            return self.before.recent.clone();
        }
        // Changes from builds within the same second are added up too.
        let mut by_feed: BTreeMap<(Timestamp, &str), Totals> = BTreeMap::new();
        let earlier = self
            .earlier()
            .flat_map(|recent| recent.feeds.iter().map(|feed| (recent.at, feed, &recent.changes)));
        let current = builds.iter().map(|(feed, (totals, _))| (self.now, feed, totals));
        for (at, feed, totals) in earlier.chain(current) {
            let mut totals = totals.clone();
            for guard in builds.get(feed).iter().flat_map(|(_, allowed)| allowed) {
                match guard {
                    Guard::Shrink | Guard::Empty => totals.removed.clear(),
                    Guard::Redate => totals.redated.clear(),
                    Guard::Flood => totals.added = 0,
                    Guard::Rewrite => totals.edited.clear(),
                    Guard::Reid | Guard::Move | Guard::Failed | Guard::Clock | Guard::Foreign => {}
                }
            }
            // A feed that had no entries, for example before the first build, could not lose any, so its changes are
            // not recorded.
            if totals.entries > 0 && !totals.are_none() {
                let first = || Totals {
                    entries: totals.entries,
                    ..Totals::default()
                };
                by_feed.entry((at, feed)).or_insert_with(first).add(&totals);
            }
        }
        let mut feeds: BTreeMap<(Timestamp, Totals), BTreeSet<String>> = BTreeMap::new();
        for ((at, feed), totals) in by_feed {
            feeds.entry((at, totals)).or_default().insert(feed.to_owned());
        }
        let recorded = feeds
            .into_iter()
            .map(|((at, changes), feeds)| RecentChanges { at, feeds, changes });
        recorded.collect()
    }
}

/// A record and its entry as last published, if the feed has ever contained the entry.
fn published_in<'a>(record: &'a Record, feed: &str) -> Option<(&'a Record, &'a LastPublished)> {
    let last = record.last_published.as_ref()?;
    last.feeds.contains_key(feed).then_some((record, last))
}
