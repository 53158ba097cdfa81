//! Compares the feeds of one site with each other: an entry must have the same id, date and title in all of them, so
//! that readers and aggregators recognize it.

use std::collections::BTreeMap;

use crate::check::field::excerpt;
use crate::check::grammar::{address, date};
use crate::check::outline::{Entry, Outline};
use crate::check::report::Collector;
use crate::check::same_entry::KnownEntries;
use crate::finding::rules;

rules! { "site":
    IDS_DISAGREE    = "feed-ids-disagree",    Warning, "the entry has a different id in another feed on the site",    "readers and planets that take both feeds";
    DATES_DISAGREE  = "feed-dates-disagree",  Warning, "the entry has a different date in another feed on the site",  "readers sort by it";
    TITLES_DISAGREE = "feed-titles-disagree", Advice,  "the entry has a different title in another feed on the site", "readers show it";
}

/// Compares each feed with the feeds of the same site that precede it in `feeds`. Each feed comes with its name, and
/// its report is at the same index in `reports`.
pub(in crate::check) fn check(feeds: &[(&str, &Outline)], reports: &mut [Collector]) {
    // The map is sorted so that findings are in the same order in every run.
    let mut sites: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, outline)) in feeds.iter().enumerate() {
        if let Some(site) = site(outline) {
            sites.entry(site).or_default().push(at);
        }
    }
    for members in sites.values().filter(|members| members.len() > 1) {
        // The version of an entry in the first feed that contains it is the reference for the other feeds.
        let outlines = members.iter().filter_map(|at| Some(feeds.get(*at)?.1));
        let mut known = KnownEntries::new(outlines);
        let mut references: Vec<(&str, &Entry)> = Vec::new();
        for &at in members {
            let (Some(&(name, outline)), Some(report)) = (feeds.get(at), reports.get_mut(at)) else {
                continue;
            };
            let found = known.find(&outline.entries);
            for (at, entry) in outline.entries.iter().enumerate() {
                // Each entry is compared only with its reference and not with its version in every other feed, so that
                // each difference is reported only once.
                match found.get(&at).and_then(|reference| references.get(*reference)) {
                    Some((other, reference)) => compare(other, reference, entry, report),
                    None => {
                        known.push(entry);
                        references.push((name, entry));
                    }
                }
            }
        }
    }
}

/// The site of a feed: the host of its home page or, if that is unknown, of the feed's own URL, without `www.`.
fn site(outline: &Outline) -> Option<String> {
    let address = outline.home_page.as_deref().or(outline.self_link.as_deref())?;
    let host = address::host(address)?.to_ascii_lowercase();
    (!host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

fn compare(other: &str, reference: &Entry, entry: &Entry, report: &mut Collector) {
    if let (Some((theirs, _)), Some((ours, range))) = (&reference.id, &entry.id)
        && theirs != ours
    {
        report
            .add(
                &IDS_DISAGREE,
                range.clone(),
                format!("in `{other}`, this entry has the id `{}`", excerpt(theirs)),
            )
            .help(
                "use the same id in all feeds; for a published entry, use the id from the feed with the most subscribers",
            );
    }
    if let (Some((theirs, _)), Some((ours, range))) = (&reference.published, &entry.published)
        && theirs != ours
    {
        let written = date::format_rfc3339(*theirs);
        report
            .add(
                &DATES_DISAGREE,
                range.clone(),
                format!("in `{other}`, this entry has the date {written}"),
            )
            .help("use the same date in all feeds");
    }
    if let (Some((theirs, _)), Some((ours, range))) = (&reference.title, &entry.title)
        && theirs != ours
    {
        report
            .add(
                &TITLES_DISAGREE,
                range.clone(),
                format!("in `{other}`, this entry has the title `{}`", excerpt(theirs)),
            )
            .help("use the same title in all feeds");
    }
}
