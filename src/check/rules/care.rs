//! What no specification forbids and readers suffer from: ids, links, dates and sizes of the feed as a whole.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::document::Element;
use crate::check::grammar::address;
use crate::check::namespace::Ns;
use crate::check::outline::{self, Depth, Entry, Outline};
use crate::check::report::Collector;
use crate::finding::rules;

use super::rss;

rules! { "care":
    IDS_DIFFER_IN_CASE   = "feed-ids-differ-in-case",     Warning, "two ids that differ only in case",                 "readers whose databases fold case";
    LINK_DUPLICATE       = "feed-link-duplicate",         Advice,  "two entries with one address",                     "readers that tell entries apart by link";
    DATES_EQUAL          = "feed-dates-equal",            Warning, "all entries have the same date",                   "readers sort by it";
    UPDATED_BEFORE       = "feed-updated-before-published", Warning, "changed before it was published",                "RFC 4287 sections 4.2.9, 4.2.15";
    OLDER_THAN_ENTRIES   = "feed-older-than-entries",     Advice,  "the feed says it is older than its entries",       "RFC 4287 section 4.2.15; RSS 2.0, lastBuildDate";
    NOT_NEWEST_FIRST     = "feed-not-newest-first",       Advice,  "old entries before new ones",                      "readers that keep the order, or only look at the first entries";
    EMPTY                = "feed-empty",                  Advice,  "a feed without entries",                           "readers show nothing";
    TOO_LARGE            = "feed-too-large",              Warning, "a feed larger than 1 MB",                          "FeedBurner stops at 1 MB; readers at a few";
    HTTP_IN_HTTPS        = "feed-link-not-https",         Advice,  "http links in a feed of an https site",            "readers and browsers warn of them";
}

/// FeedBurner's limit; Feedly and others stop somewhat later.
const MAX_SIZE: usize = 1 << 20;
/// Entries that share one date before it is thought to be the date of the build.
const MIN_EQUAL: usize = 5;

/// Checks a channel of RSS.
pub(super) fn check_rss(channel: &Element<'_>, root: &Element<'_>, report: &mut Collector) {
    let is_checked = !rss::is_old(root) && channel.ns() == Ns::NONE;
    if is_checked || report.depth() == Depth::Others {
        let outline = outline::of_rss(channel, root, report.depth());
        if is_checked {
            check(&outline, channel.range(), report);
        }
        report.outline = Some(outline);
    }
}

/// Checks a feed of Atom.
pub(super) fn check_atom(feed: &Element<'_>, report: &mut Collector) {
    let outline = outline::of_atom(feed, report.depth());
    check(&outline, feed.range(), report);
    report.outline = Some(outline);
}

/// Checks the entries of a feed together.
pub(super) fn check(outline: &Outline, range: Range<usize>, report: &mut Collector) {
    let entries = &outline.entries;
    if entries.is_empty() {
        report
            .add(&EMPTY, range, "the feed has no entries")
            .help("if it had some before, find out why they are gone");
        return;
    }
    check_ids(entries, report);
    let own = outline.own.as_deref().or(outline.home.as_deref());
    check_links(entries, own, report);
    check_dates(entries, outline.updated.as_ref(), report);
}

fn check_ids(entries: &[Entry], report: &mut Collector) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (id, range) in entries.iter().filter_map(|entry| entry.id.as_ref()) {
        match seen.get(&id.to_lowercase()) {
            Some(other) if *other != id => {
                report
                    .add(
                        &IDS_DIFFER_IN_CASE,
                        range.clone(),
                        format!(
                            "`{}` and `{}` differ only in case",
                            super::values::shown(id),
                            super::values::shown(other)
                        ),
                    )
                    .help("give new entries ids that differ in more: some readers take these two for one");
            }
            Some(_) => {}
            None => {
                seen.insert(id.to_lowercase(), id);
            }
        }
    }
}

fn check_links(entries: &[Entry], own: Option<&str>, report: &mut Collector) {
    let mut seen: HashMap<&str, ()> = HashMap::new();
    let is_https = own.is_some_and(|own| address::has_scheme(own, "https"));
    let host = own.and_then(address::host).unwrap_or("");
    let mut has_said = false;
    for (link, range) in entries.iter().filter_map(|entry| entry.link.as_ref()) {
        if seen.insert(link, ()).is_some() {
            report
                .add(
                    &LINK_DUPLICATE,
                    range.clone(),
                    format!("another entry links to `{}`", super::values::shown(link)),
                )
                .help("give each entry the address of its own page");
        }
        let is_own_host = address::host(link).is_some_and(|other| other.eq_ignore_ascii_case(host));
        if is_https && !has_said && is_own_host && address::has_scheme(link, "http") {
            has_said = true;
            report
                .add(
                    &HTTP_IN_HTTPS,
                    range.clone(),
                    format!("`{}` in a feed of an https site", super::values::shown(link)),
                )
                .help("write `https://` in links; ids stay as they are");
        }
    }
}

fn check_dates(entries: &[Entry], updated: Option<&(i64, Range<usize>)>, report: &mut Collector) {
    for entry in entries {
        if let (Some((published, _)), Some((updated, range))) = (&entry.published, &entry.updated)
            && updated < published
        {
            report
                .add(
                    &UPDATED_BEFORE,
                    range.clone(),
                    "the entry was changed before it was published",
                )
                .help("exchange the two dates, or leave `published` out");
        }
    }
    let dates: Vec<i64> = entries
        .iter()
        .filter_map(|entry| entry.published.as_ref().or(entry.updated.as_ref()))
        .map(|(date, _)| *date)
        .collect();
    let Some(&first) = dates.first() else {
        return;
    };
    let place = |entry: &Entry| {
        entry
            .published
            .as_ref()
            .or(entry.updated.as_ref())
            .map(|(_, range)| range.clone())
    };
    let is_equal = dates.len() >= MIN_EQUAL && dates.iter().all(|date| *date == first);
    if is_equal {
        if let Some(range) = entries.iter().find_map(place) {
            report
                .add(
                    &DATES_EQUAL,
                    range,
                    format!("all {} entries have this date", dates.len()),
                )
                .help("give each entry the date it was published, not the date of the build");
        }
    } else if dates.len() > 1
        && dates.iter().all(|date| first <= *date)
        && dates.last().is_some_and(|last| *last > first)
        && let Some(range) = entries.iter().find_map(place)
    {
        report
            .add(&NOT_NEWEST_FIRST, range, "the first entry is the oldest")
            .help("put the newest entry first");
    }
    let newest = entries
        .iter()
        .filter_map(|entry| entry.updated.as_ref().or(entry.published.as_ref()))
        .map(|(date, _)| *date)
        .max();
    if let (Some((updated, range)), Some(newest)) = (updated, newest)
        && *updated < newest
    {
        report
            .add(
                &OLDER_THAN_ENTRIES,
                range.clone(),
                "the feed says it was last changed before its newest entry",
            )
            .help("write the newest entry's date");
    }
}

/// Checks the size of a document.
pub(super) fn check_size(length: usize, report: &mut Collector) {
    if length > MAX_SIZE {
        report
            .add(&TOO_LARGE, 0..1, format!("the feed has {} KB", length / 1024))
            .help("publish fewer entries, or summaries, and the rest as pages (RFC 5005)");
    }
}
