//! Atom feeds, entries and sources as a whole: RFC 4287 sections 4.1.1, 4.1.2 and 4.2.11.

use std::collections::{HashMap, HashSet};

use crate::check::grammar::media_type::essence;
use crate::check::report::Collector;
use crate::feed::link::relation;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::atom_link;

rules! { "atom":
    ID_MISSING        = "atom-id-missing",          Error,  "the feed or entry has no id",                                     "RFC 4287 sections 4.1.1, 4.1.2", "MissingElement";
    TITLE_MISSING     = "atom-title-missing",       Error,  "the feed or entry has no title",                                  "RFC 4287 sections 4.1.1, 4.1.2", "MissingElement";
    UPDATED_MISSING   = "atom-updated-missing",     Error,  "the feed or entry has no `updated` date",                         "RFC 4287 sections 4.1.1, 4.1.2", "MissingElement";
    AUTHOR_MISSING    = "atom-author-missing",      Error,  "neither the entry nor the feed has an author",                    "RFC 4287 section 4.1.2", "MissingElement";
    NAME_MISSING      = "atom-person-name-missing", Error,  "the person has no name",                                          "RFC 4287 section 3.2.1", "MissingElement";
    CONTENT_OR_LINK   = "atom-content-missing",     Error,  "the entry has neither content nor a link",                        "RFC 4287 section 4.1.2", "MissingContentOrAlternate";
    TEXT_MISSING      = "atom-text-missing",        Advice, "the entry has neither content nor a summary",                     "RFC 4287 section 4.1.1.1", "MissingTextualContent";
    SUMMARY_MISSING   = "atom-summary-missing",     Error,  "the entry has no summary, and its content is external or binary", "RFC 4287 section 4.1.2", "MissingSummary";
    SOURCE_INCOMPLETE = "atom-source-incomplete",   Advice, "the source lacks an id, a title or a date",                       "RFC 4287 section 4.2.11", "MissingSourceElement";
    METADATA_LATE     = "atom-metadata-late",       Advice, "feed metadata comes after the first entry",                       "RFC 4287 appendix B", "MisplacedMetadata";
    ENTRY_DUPLICATE   = "atom-entry-duplicate",     Error,  "two entries have the same id and the same date",                  "RFC 4287 section 4.1.1", "DuplicateEntries";
    ALL_IDS_EQUAL     = "atom-ids-equal",           Error,  "all entries have the same id",                                    "RFC 4287 section 4.2.6", "DuplicateIds";
}

fn text_of<'d>(element: &Element<'d>, name: &str) -> Option<std::borrow::Cow<'d, str>> {
    element.child(Ns::ATOM, name).map(|child| child.text())
}

/// Checks a feed as a whole.
pub(super) fn check_feed(feed: &Element<'_>, report: &mut Collector) {
    atom_link::check_all(feed, report);
    atom_link::check_self(feed, "MissingSelf", report);
    let mut has_entry = false;
    for child in feed.children() {
        if child.is(Ns::ATOM, "entry") {
            has_entry = true;
        } else if has_entry && child.ns() == Ns::ATOM {
            report
                .add(
                    &METADATA_LATE,
                    child.range(),
                    format!("`{}` comes after the first entry", child.qualified()),
                )
                .help("move it before the entries: readers that stream the feed show entries before they have read this element")
                .about(&child);
            // One finding is enough, because all later elements need the same fix.
            break;
        }
    }
    check_ids(feed, report);
}

/// A feed in which all entries have the same id is reported only if it has at least this many entries. Fewer entries
/// may all be versions of one entry, which RFC 4287 section 4.1.1 allows. The W3C validator uses the same limit.
const MIN_EQUAL_IDS: usize = 10;
/// The maximum number of dates that are stored per id. Each version is compared with all stored dates, so without this
/// limit, the check would take quadratic time if all entries of a large feed had the same id.
const MAX_VERSIONS: usize = 4;

/// Checks that no two entries have the same id and date, and that not all entries have the same id.
///
/// RFC 4287 section 4.1.1 allows several versions of an entry in a feed, with the same id and different `updated`
/// dates.
fn check_ids(feed: &Element<'_>, report: &mut Collector) {
    let mut versions: HashMap<String, Vec<String>> = HashMap::new();
    let mut count = 0;
    let mut dates: HashSet<String> = HashSet::new();
    for entry in feed.children().filter(|child| child.is(Ns::ATOM, "entry")) {
        count += 1;
        let updated = text_of(&entry, "updated").unwrap_or_default().trim().to_owned();
        if report.is_w3c() && !updated.is_empty() && !dates.insert(updated.clone()) {
            super::w3c::report_same_updated(&entry, report);
        }
        for id in entry.children().filter(|child| child.is(Ns::ATOM, "id")).take(2) {
            let key = id.text().trim().to_owned();
            if key.is_empty() {
                continue;
            }
            let others = versions.entry(key).or_default();
            // The W3C validator reports an id that occurs twice, regardless of the dates.
            if others.contains(&updated) || report.is_w3c() && !others.is_empty() {
                report
                    .add(&ENTRY_DUPLICATE, id.range(), "another entry has the same id and date")
                    .help("give each entry a unique id, and each new version of an entry a later `updated` date")
                    .about(&id);
            }
            if others.len() < MAX_VERSIONS {
                others.push(updated.clone());
            }
        }
    }
    if count >= MIN_EQUAL_IDS && versions.len() == 1 {
        report
            .add(
                &ALL_IDS_EQUAL,
                feed.range(),
                format!("all {count} entries have the same id"),
            )
            .help("give each entry a unique, permanent id, such as its original URL")
            .about(feed);
    }
}

/// Checks an entry as a whole.
pub(super) fn check_entry(entry: &Element<'_>, report: &mut Collector) {
    atom_link::check_all(entry, report);
    let content = entry.child(Ns::ATOM, "content");
    let summary = entry.child(Ns::ATOM, "summary");
    let has_alternate = entry
        .children()
        .any(|child| child.is(Ns::ATOM, "link") && relation(&child) == "alternate");
    if content.is_none() && !has_alternate {
        report
            .add(
                &CONTENT_OR_LINK,
                entry.range(),
                "the entry has neither content nor a link to its page",
            )
            .help("add `<link href=\"…\"/>` or `<content>`")
            .about(entry);
    }
    if content.is_none() && summary.is_none() {
        report
            .add(
                &TEXT_MISSING,
                entry.range(),
                "the entry has neither content nor a summary",
            )
            .help("add `<content>` or `<summary>`: without them, readers show only a title")
            .about(entry);
    }
    if let Some(content) = content.filter(|_| summary.is_none()) {
        let media_type = content.value("type").map(essence).unwrap_or_default();
        // RFC 4287 section 4.1.2: a summary is required if `content` has a `src` attribute or a type that requires
        // base64.
        let is_text = matches!(media_type.as_str(), "" | "text" | "html" | "xhtml")
            || media_type.starts_with("text/")
            || media_type.ends_with("+xml")
            || media_type.ends_with("/xml");
        if content.attribute("src").is_some() || !is_text {
            report
                .add(
                    &SUMMARY_MISSING,
                    entry.range(),
                    "the entry has no summary, and its content is external or binary",
                )
                .help("add a `<summary>` for readers that cannot show the content")
                .about(entry);
        }
    }
    check_author(entry, report);
}

fn check_author(entry: &Element<'_>, report: &mut Collector) {
    // RFC 4287 section 4.1.2: the author may be in the entry, in its `source` or in the feed.
    let has_author = |element: &Element<'_>| element.child(Ns::ATOM, "author").is_some();
    let parent = entry.parent();
    let in_source = entry
        .child(Ns::ATOM, "source")
        .is_some_and(|source| has_author(&source));
    if !has_author(entry) && !in_source && !parent.is_some_and(|parent| has_author(&parent)) {
        report
            .add(
                &AUTHOR_MISSING,
                entry.range(),
                "neither the entry nor the feed has an author",
            )
            .help("add `<author><name>…</name></author>` to the feed")
            .missing(entry, "author");
    }
}

/// Checks `source`, which identifies the feed that an entry was copied from.
pub(super) fn check_source(source: &Element<'_>, report: &mut Collector) {
    atom_link::check_all(source, report);
    for name in ["id", "title", "updated"] {
        if source.child(Ns::ATOM, name).is_none() {
            report
                .add(
                    &SOURCE_INCOMPLETE,
                    source.range(),
                    format!("the source has no `{name}`"),
                )
                .help(format!("copy `<{name}>` from the entry's original feed"))
                .missing(source, name);
        }
    }
}
