//! The feed as a whole, in any format: problems with its ids, links, dates and size that specifications allow but
//! readers handle badly.

use std::borrow::Cow;
use std::ops::Range;

use crate::check::field::excerpt;
use crate::check::grammar::address;
use crate::check::outline::{EntryFields, Outline, parse_date};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::feed::{Feed, Located};
use crate::finding::rules;

use super::repeats::repeats;
use super::rss;

rules! { "whole_feed":
    IDS_DIFFER_IN_CASE = "feed-ids-differ-in-case",       Warning, "two ids differ only in case",                       "readers whose databases fold case";
    LINK_DUPLICATE     = "feed-link-duplicate",           Advice,  "two entries have the same link",                    "readers that tell entries apart by link";
    DATES_EQUAL        = "feed-dates-equal",              Warning, "all entries have the same date",                    "readers sort by it";
    UPDATED_BEFORE     = "feed-updated-before-published", Warning, "the entry was updated before it was published",     "RFC 4287 sections 4.2.9, 4.2.15";
    OLDER_THAN_ENTRIES = "feed-older-than-entries",       Advice,  "the feed's date is before its newest entry's date", "RFC 4287 section 4.2.15; RSS 2.0, lastBuildDate";
    NOT_NEWEST_FIRST   = "feed-not-newest-first",         Advice,  "the oldest entry is first",                         "readers that keep the order, or only look at the first entries";
    EMPTY              = "feed-empty",                    Advice,  "the feed has no entries",                           "readers show nothing";
    TOO_LARGE          = "feed-too-large",                Warning, "the feed is larger than 1 MB",                      "FeedBurner stops at 1 MB; readers at a few";
    HTTP_IN_HTTPS      = "feed-link-not-https",           Advice,  "the feed of an https site has http links",          "readers and browsers warn of them";
}

/// FeedBurner's limit, in bytes. Feedly and other readers have a limit of a few megabytes.
const MAX_SIZE: usize = 1 << 20;
/// If a feed has at least this many entries and all have the same date, that date is probably the date of the build.
/// If the feed has fewer entries, they may really have been published at the same time.
const MIN_EQUAL: usize = 5;

/// Checks an RSS channel and its entries.
pub(super) fn check_rss(
    channel: &Element<'_>,
    root: &Element<'_>,
    entries: &[EntryFields<'_>],
    report: &mut Collector,
) {
    let feed = Feed::Rss(*root, *channel);
    if rss::is_old(root) || channel.ns() != Ns::NONE {
        // The rules in the function `check` do not apply to old versions of RSS, but the rules that compare several
        // feeds do.
        set_outline(&feed, channel.range(), report);
        return;
    }
    check(&feed, entries, channel.range(), report);
}

/// Checks an Atom feed and its entries.
pub(super) fn check_atom(root: &Element<'_>, entries: &[EntryFields<'_>], report: &mut Collector) {
    check(&Feed::Atom(*root), entries, root.range(), report);
}

/// Checks the entries of a feed together. `range` is the location for findings about the feed as a whole.
pub(super) fn check(feed: &Feed<'_>, entries: &[EntryFields<'_>], range: Range<usize>, report: &mut Collector) {
    set_outline(feed, range.clone(), report);
    if entries.is_empty() {
        report
            .add(&EMPTY, range, "the feed has no entries")
            .help("if it had entries before, find out why the generator found none");
        return;
    }
    check_ids(entries, report);
    let own = feed.self_link().or_else(|| feed.home_page());
    check_links(entries, own.as_deref(), report);
    check_updated(entries, report);
    check_order(entries, report);
    check_feed_date(entries, feed.updated(parse_date), report);
}

fn set_outline(feed: &Feed<'_>, range: Range<usize>, report: &mut Collector) {
    if report.includes_outline() {
        report.outline = Some(Outline::new(feed, range));
    }
}

fn check_ids(entries: &[EntryFields<'_>], report: &mut Collector) {
    let ids: Vec<_> = entries.iter().filter_map(|entry| entry.id.as_ref()).collect();
    // Ids are compared in lowercase, as in databases that ignore case.
    let fold = |id| match is_lower(id) {
        true => Cow::Borrowed(id),
        false => Cow::Owned(id.to_lowercase()),
    };
    for (number, first) in repeats(ids.iter().map(|(id, _)| &**id), fold) {
        let ((id, location), (other, _)) = (ids[number], ids[first]);
        // Identical ids are reported by a separate rule for each format.
        if id != other {
            report
                .add(
                    &IDS_DIFFER_IN_CASE,
                    location.range(),
                    format!("`{}` and `{}` differ only in case", excerpt(id), excerpt(other)),
                )
                .help(
                    "give new entries ids that differ in more than case: some readers treat these two entries as one",
                );
        }
    }
}

/// Whether a string is ASCII and contains no uppercase letters, like most ids. For such a string, `to_lowercase` would
/// only make a copy.
fn is_lower(text: &str) -> bool {
    text.is_ascii()
        && !text
            .bytes()
            // This uses `fold` instead of `any`, because the compiler uses vector instructions if there is no early
            // exit.
            .fold(false, |has_upper, byte| has_upper | byte.is_ascii_uppercase())
}

fn check_links(entries: &[EntryFields<'_>], own: Option<&str>, report: &mut Collector) {
    let links: Vec<_> = entries.iter().filter_map(|entry| entry.link.as_ref()).collect();
    for (number, _) in repeats(links.iter().map(|(link, _)| &**link), Cow::Borrowed) {
        let (link, location) = links[number];
        report
            .add(
                &LINK_DUPLICATE,
                location.range(),
                format!("another entry has the same link: `{}`", excerpt(link)),
            )
            .help("link each entry to its own page");
    }
    let Some(own) = own.filter(|own| address::has_scheme(own, "https")) else {
        return;
    };
    let host = address::host(own).unwrap_or("");
    let is_insecure = |link: &str| {
        address::has_scheme(link, "http") && address::host(link).is_some_and(|other| other.eq_ignore_ascii_case(host))
    };
    // One finding is enough: such links usually come from one setting of the generator.
    if let Some((link, location)) = links.iter().find(|(link, _)| is_insecure(link)) {
        report
            .add(
                &HTTP_IN_HTTPS,
                location.range(),
                format!("`{}` is an http link, but the site uses https", excerpt(link)),
            )
            .help("write `https://` in links, but do not change ids");
    }
}

/// Reports entries that were updated before they were published. Feeds made with Middleman can contain such entries,
/// because Middleman's template uses the modification time of a file as `updated`.
fn check_updated(entries: &[EntryFields<'_>], report: &mut Collector) {
    for entry in entries {
        if let (Some((published, _)), Some((updated, location))) = (&entry.published, &entry.updated)
            && updated < published
        {
            report
                .add(
                    &UPDATED_BEFORE,
                    location.range(),
                    "the entry was updated before it was published",
                )
                .help("swap the two dates, or remove `published`");
        }
    }
}

/// Checks that the entries do not all have the same date, and that the oldest entry is not first.
fn check_order(entries: &[EntryFields<'_>], report: &mut Collector) {
    let dates: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry.published.as_ref().or(entry.updated.as_ref()))
        .collect();
    let [(first, location), .., (last, _)] = dates[..] else {
        return;
    };
    if dates.iter().all(|(date, _)| date == first) {
        // If all dates are equal, there is no order to check, so `NOT_NEWEST_FIRST` does not apply.
        if dates.len() >= MIN_EQUAL {
            report
                .add(
                    &DATES_EQUAL,
                    location.range(),
                    format!("all {} entries have this date", dates.len()),
                )
                .help("write the date on which each entry was published, not the date of the build");
        }
    } else if dates.iter().all(|(date, _)| first <= date) && last > first {
        report
            .add(&NOT_NEWEST_FIRST, location.range(), "the oldest entry is first")
            .help("put the newest entry first");
    }
}

/// Checks that the feed's date is not before its newest entry's date.
fn check_feed_date(entries: &[EntryFields<'_>], updated: Option<Located<'_, i64>>, report: &mut Collector) {
    let newest = entries
        .iter()
        .filter_map(|entry| entry.updated.as_ref().or(entry.published.as_ref()))
        .map(|(date, _)| *date)
        .max();
    if let (Some((updated, location)), Some(newest)) = (updated, newest)
        && updated < newest
    {
        report
            .add(
                &OLDER_THAN_ENTRIES,
                location.range(),
                "the feed's date is before its newest entry's date",
            )
            .help("use the date of the newest entry");
    }
}

/// Checks the size of a document. `length` is in bytes.
pub(super) fn check_size(length: usize, report: &mut Collector) {
    if length > MAX_SIZE {
        report
            .add(
                &TOO_LARGE,
                0..1,
                format!("the feed is {} KB in size, which is more than 1 MB", length / 1024),
            )
            .help("publish fewer entries, publish only summaries, or split the feed into pages (RFC 5005)");
    }
}
