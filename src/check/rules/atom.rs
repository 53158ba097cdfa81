//! Whole feeds, entries and sources of Atom: RFC 4287 sections 4.1.1, 4.1.2 and 4.2.11.

use std::collections::HashMap;

use crate::check::document::Element;
use crate::check::grammar::media_type;
use crate::check::link::relation;
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

use super::atom_link;

rules! { "atom":
    ID_MISSING         = "atom-id-missing",           Error,   "no id",                                       "RFC 4287 sections 4.1.1, 4.1.2", "MissingElement";
    TITLE_MISSING      = "atom-title-missing",        Error,   "no title",                                    "RFC 4287 sections 4.1.1, 4.1.2", "MissingElement";
    UPDATED_MISSING    = "atom-updated-missing",      Error,   "no date of the last change",                  "RFC 4287 sections 4.1.1, 4.1.2", "MissingElement";
    AUTHOR_MISSING     = "atom-author-missing",       Error,   "no author, neither here nor around it",       "RFC 4287 section 4.1.2", "MissingElement";
    NAME_MISSING       = "atom-person-name-missing",  Error,   "a person without a name",                     "RFC 4287 section 3.2.1", "MissingElement";
    CONTENT_OR_LINK    = "atom-content-missing",      Error,   "neither content nor a link to it",            "RFC 4287 section 4.1.2", "MissingContentOrAlternate";
    TEXT_MISSING       = "atom-text-missing",         Advice,  "neither content nor summary",                 "RFC 4287 section 4.1.1.1", "MissingTextualContent";
    SUMMARY_MISSING    = "atom-summary-missing",      Error,   "content that is no text, and no summary",     "RFC 4287 section 4.1.2", "MissingSummary";
    SOURCE_INCOMPLETE  = "atom-source-incomplete",    Advice,  "a source without id, title or date",          "RFC 4287 section 4.2.11", "MissingSourceElement";
    METADATA_LATE      = "atom-metadata-late",        Advice,  "something about the feed after its entries",  "RFC 4287 appendix B", "MisplacedMetadata";
    ENTRY_DUPLICATE    = "atom-entry-duplicate",      Error,   "two entries with one id and one date",        "RFC 4287 section 4.1.1", "DuplicateEntries";
    ALL_IDS_EQUAL      = "atom-ids-equal",            Error,   "all entries have the same id",                "RFC 4287 section 4.2.6", "DuplicateIds";
}

fn text_of<'d>(element: &Element<'d>, name: &str) -> Option<std::borrow::Cow<'d, str>> {
    element.child(Ns::ATOM, name).map(|child| child.text())
}

/// Checks a whole feed.
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
                    format!("`{}` after the first entry", child.qualified()),
                )
                .help("put it before the entries: readers that stream the feed have shown them by then")
                .about(&child);
            break;
        }
    }
    check_ids(feed, report);
    if !has_entry && report.is_w3c() && feed.child(Ns::ATOM, "author").is_none() {
        // Without entries there is nothing that an author is needed for.
    }
}

/// Checks that entries can be told apart.
fn check_ids(feed: &Element<'_>, report: &mut Collector) {
    let mut seen: HashMap<String, Vec<(String, Element<'_>)>> = HashMap::new();
    let mut count = 0;
    let mut updated_seen: HashMap<String, ()> = HashMap::new();
    for entry in feed.children().filter(|child| child.is(Ns::ATOM, "entry")) {
        count += 1;
        let updated = text_of(&entry, "updated").unwrap_or_default().trim().to_owned();
        if report.is_w3c() && !updated.is_empty() && updated_seen.insert(updated.clone(), ()).is_some() {
            super::w3c::same_updated(&entry, report);
        }
        for id in entry.children().filter(|child| child.is(Ns::ATOM, "id")).take(2) {
            let key = id.text().trim().to_owned();
            if key.is_empty() {
                continue;
            }
            let others = seen.entry(key).or_default();
            if !others.is_empty() {
                let same = others.iter().any(|(other, _)| *other == updated);
                if same || report.is_w3c() {
                    report
                        .add(&ENTRY_DUPLICATE, id.range(), "another entry has this id and this date")
                        .help("give each entry an id of its own; a new version of an entry has a later `updated`")
                        .about(&id);
                }
            }
            if others.len() < 4 {
                others.push((updated.clone(), entry));
            }
        }
    }
    if count >= 10 && seen.len() == 1 {
        report
            .add(
                &ALL_IDS_EQUAL,
                feed.range(),
                format!("all {count} entries have the same id"),
            )
            .help("an id names one entry for ever: use its first address")
            .about(feed);
    }
}

/// Checks a whole entry.
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
                "the entry has no content and no link to its page",
            )
            .help("add `<link href=\"…\"/>` or `<content>`")
            .about(entry);
    }
    if content.is_none() && summary.is_none() {
        report
            .add(
                &TEXT_MISSING,
                entry.range(),
                "the entry has neither content nor summary",
            )
            .help("add one: without it readers show a title alone")
            .about(entry);
    }
    if let Some(content) = content.filter(|_| summary.is_none()) {
        let given = content.value("type").map(media_type::essence).unwrap_or_default();
        let is_text = matches!(given.as_str(), "" | "text" | "html" | "xhtml")
            || given.starts_with("text/")
            || given.ends_with("+xml")
            || given.ends_with("/xml");
        if content.attribute("src").is_some() || !is_text {
            report
                .add(
                    &SUMMARY_MISSING,
                    entry.range(),
                    "the content is elsewhere or binary, and there is no summary",
                )
                .help("add a `<summary>` for readers that cannot show it")
                .about(entry);
        }
    }
    check_author(entry, report);
}

fn check_author(entry: &Element<'_>, report: &mut Collector) {
    let has_author = |element: &Element<'_>| element.child(Ns::ATOM, "author").is_some();
    let around = entry.parent();
    let in_source = entry
        .child(Ns::ATOM, "source")
        .is_some_and(|source| has_author(&source));
    // RFC 4685 and collections of AtomPub leave entries without authors; feeds do not.
    if !has_author(entry) && !in_source && !around.is_some_and(|around| has_author(&around)) {
        report
            .add(
                &AUTHOR_MISSING,
                entry.range(),
                "no author, neither in the entry nor in the feed",
            )
            .help("add `<author><name>…</name></author>` to the feed")
            .missing(entry, "author");
    }
}

/// Checks where an entry was copied from.
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
                .help(format!("copy `<{name}>` of the feed that the entry comes from"))
                .missing(source, name);
        }
    }
}
