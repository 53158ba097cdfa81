//! Compares a feed with its previous version: reports changes that make readers show entries again, move them, or stop
//! showing them.

use std::collections::HashSet;

use crate::check::field::excerpt;
use crate::check::grammar::date;
use crate::check::outline::{Entry, Outline};
use crate::check::report::Collector;
use crate::check::same_entry::KnownEntries;
use crate::finding::rules;

rules! { "previous":
    ID_CHANGED     = "feed-id-changed",     Error,   "the id of an entry has changed",                        "RFC 4287 section 4.2.6; RSS 2.0, guid; JSON Feed 1.1, id";
    DATE_MOVED     = "feed-date-moved",     Warning, "the publication date of an entry has changed",          "readers sort by it";
    UPDATED_ALONE  = "feed-updated-alone",  Advice,  "the `updated` date has changed, but the entry has not", "RFC 4287 section 4.2.15";
    ENTRY_VANISHED = "feed-entry-vanished", Warning, "an entry is missing, but older ones remain",            "readers and archives that follow the feed";
}

/// Checks a feed against its previous version.
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
                    format!("the id of this entry has changed; it was `{}`", excerpt(old_id)),
                )
                .help("restore that id: readers identify the entry by its id, and show it as new if the id changes");
        }
        check_dates(before, after, report);
    }
    check_vanished(old, new, &pairs, report);
}

/// Each new entry that has an old version, with that version, in the order of the new feed.
fn pairs<'o>(old: &'o Outline, new: &'o Outline) -> Vec<(&'o Entry, &'o Entry)> {
    let mut known = KnownEntries::new([old, new]);
    old.entries.iter().for_each(|entry| known.push(entry));
    let found = known.find(&new.entries).into_iter();
    found
        .filter_map(|(after, before)| Some((old.entries.get(before)?, new.entries.get(after)?)))
        .collect()
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
                format!("the publication date of this entry has changed; it was {written}"),
            )
            .help("restore that date; if the entry has changed, set its updated date to the date of the change");
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
                "the `updated` date has changed, but the entry has not",
            )
            .help("keep the old date until the entry changes: some readers show the entry as unread each time the date changes");
    }
}

/// Reports entries that are gone while older entries remain. Normally, an entry leaves a feed only after all older
/// entries have left it.
fn check_vanished(old: &Outline, new: &Outline, pairs: &[(&Entry, &Entry)], report: &mut Collector) {
    if new.entries.is_empty() {
        // All entries are probably gone for the same reason, so one finding is enough.
        if !old.entries.is_empty() {
            report
                .add(
                    &ENTRY_VANISHED,
                    new.range.clone(),
                    format!("all {} entries are gone", old.entries.len()),
                )
                .help("find out why the generator found no entries");
        }
        return;
    }
    let retained: HashSet<*const Entry> = pairs.iter().map(|(before, _)| std::ptr::from_ref(*before)).collect();
    let is_retained = |entry: &Entry| retained.contains(&std::ptr::from_ref(entry));
    let oldest = new.entries.iter().filter_map(Entry::date).min();
    let last_retained = old.entries.iter().rposition(is_retained);
    for (at, entry) in old.entries.iter().enumerate().filter(|(_, entry)| !is_retained(entry)) {
        // If a date is missing, the positions in the old feed show which entries are older.
        let is_early = match (entry.date(), oldest) {
            (Some(date), Some(oldest)) => date > oldest,
            _ => last_retained.is_some_and(|last| at < last),
        };
        if is_early {
            report
                .add(
                    &ENTRY_VANISHED,
                    new.range.clone(),
                    format!("`{}` is missing, but older entries remain", excerpt(entry.name())),
                )
                .help("if it was not removed on purpose, restore it with its old id");
        }
    }
}
