//! A feed and the one that was published before it: what subscribers would see again, elsewhere, or no more.

use std::collections::{HashMap, HashSet};

use crate::check::grammar::date;
use crate::check::outline::{Entry, Outline};
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::shown;

rules! { "previous":
    ID_CHANGED       = "feed-id-changed",        Error,   "an entry that had another id before",           "RFC 4287 section 4.2.6; RSS 2.0, guid; JSON Feed 1.1, id";
    DATE_MOVED       = "feed-date-moved",        Warning, "an entry that was published at another time before", "readers sort by it";
    UPDATED_ALONE    = "feed-updated-alone",     Advice,  "a new date of change, and nothing that changed", "RFC 4287 section 4.2.15";
    ENTRY_VANISHED   = "feed-entry-vanished",    Warning, "an entry that is gone before older ones",        "readers and archives that follow the feed";
}

/// Checks a feed against the one before it.
pub(in crate::check) fn check(old: &Outline, new: &Outline, report: &mut Collector) {
    let pairs = pairs(old, new);
    for &(before, after) in &pairs {
        if let (Some((old_id, _)), Some((new_id, range))) = (&before.id, &after.id)
            && old_id != new_id
        {
            report
                .add(
                    &ID_CHANGED,
                    range.clone(),
                    format!("this entry had the id `{}`", shown(old_id)),
                )
                .help("give it that id again: readers know the entry by it, and show it as new under another");
        }
        check_dates(before, after, report);
    }
    check_vanished(old, new, &pairs, report);
}

/// Each old entry with the new one that is the same to people.
fn pairs<'o>(old: &'o Outline, new: &'o Outline) -> Vec<(&'o Entry, &'o Entry)> {
    let mut pairs = Vec::new();
    let mut is_paired = HashSet::new();
    type Key = fn(&Entry) -> Option<String>;
    let by_id: Key = |entry| entry.id.as_ref().map(|(id, _)| id.clone());
    let by_link: Key = |entry| entry.link.as_ref().map(|(link, _)| link.clone());
    // A title alone may come again every week.
    let by_title: Key = |entry| Some(format!("{}\0{:?}", entry.title.as_ref()?.0, entry.date()));
    for key in [by_id, by_link, by_title] {
        let olds = alone(&old.entries, key, &is_paired, 0);
        let news = alone(&new.entries, key, &is_paired, 1);
        for (at, entry) in new.entries.iter().enumerate() {
            let Some(key) = key(entry).filter(|key| news.get(key) == Some(&at)) else {
                continue;
            };
            if let Some(&before) = olds.get(&key) {
                is_paired.extend([(0, before), (1, at)]);
                pairs.push((&old.entries[before], entry));
            }
        }
    }
    pairs
}

/// The entries not paired yet that share their key with no other of these, by that key.
fn alone(
    entries: &[Entry],
    key: fn(&Entry) -> Option<String>,
    is_paired: &HashSet<(u8, usize)>,
    side: u8,
) -> HashMap<String, usize> {
    let mut found: HashMap<String, Option<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(key) = key(entry).filter(|_| !is_paired.contains(&(side, at))) {
            found.entry(key).and_modify(|other| *other = None).or_insert(Some(at));
        }
    }
    found.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}

fn check_dates(before: &Entry, after: &Entry, report: &mut Collector) {
    if let (Some((old, _)), Some((new, range))) = (&before.published, &after.published)
        && old != new
    {
        let written = date::format_rfc3339(*old);
        report
            .add(
                &DATE_MOVED,
                range.clone(),
                format!("this entry was published at {written}"),
            )
            .help("keep the date of publication; a change has a date of its own");
        return;
    }
    if let (Some((old, _)), Some((new, range))) = (&before.updated, &after.updated)
        && old != new
        && before.content_hash == after.content_hash
    {
        report
            .add(
                &UPDATED_ALONE,
                range.clone(),
                "the date of change is new, and nothing else is",
            )
            .help("keep the date until the entry changes: some readers show it as unread at each");
    }
}

/// Old entries slide out at the end. One that is gone while older ones are there was taken out.
fn check_vanished(old: &Outline, new: &Outline, pairs: &[(&Entry, &Entry)], report: &mut Collector) {
    if new.entries.is_empty() {
        if !old.entries.is_empty() {
            report
                .add(
                    &ENTRY_VANISHED,
                    new.range.clone(),
                    format!("all {} entries are gone", old.entries.len()),
                )
                .help("find out why the generator found none");
        }
        return;
    }
    let kept: HashSet<*const Entry> = pairs.iter().map(|(before, _)| std::ptr::from_ref(*before)).collect();
    let is_kept = |entry: &Entry| kept.contains(&std::ptr::from_ref(entry));
    let oldest = new.entries.iter().filter_map(Entry::date).min();
    let last_kept = old.entries.iter().rposition(is_kept);
    for (at, entry) in old.entries.iter().enumerate().filter(|(_, entry)| !is_kept(entry)) {
        let is_early = match (entry.date(), oldest) {
            (Some(date), Some(oldest)) => date > oldest,
            _ => last_kept.is_some_and(|last| at < last),
        };
        if is_early {
            report
                .add(
                    &ENTRY_VANISHED,
                    new.range.clone(),
                    format!("`{}` is gone, and older entries are here", shown(entry.name())),
                )
                .help("if it was not withdrawn on purpose, put it back under its old id");
        }
    }
}
