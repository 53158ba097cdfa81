//! Rules that apply to an RSS item as a whole.

use crate::check::field::core_namespace;
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::{rss, w3c};

rules! { "item":
    GUID_MISSING      = "rss-guid-missing",        Warning, "the item has no guid",                                  "RSS 2.0, guid", "MissingGuid";
    DATE_MISSING      = "rss-item-date-missing",   Advice,  "the item has no date",                                  "RSS 2.0, pubDate";
    ENCLOSURES        = "rss-enclosure-duplicate", Warning, "the item has more than one enclosure",                  "RSS Advisory Board profile, enclosure", "DuplicateEnclosure";
    DESCRIPTION_AFTER = "rss-description-late",    Advice,  "the full content of an item is not preceded by a summary", "RSS Advisory Board profile, content:encoded", "NeedDescriptionBeforeContent";
}

/// Checks an RSS 2.0 or 0.9x item as a whole.
pub(super) fn check(item: &Element<'_>, root: &Element<'_>, report: &mut Collector) {
    if core_namespace(root) != Ns::NONE {
        return;
    }
    let has = |name: &str| item.child(Ns::NONE, name).is_some();
    let is_old = rss::is_old(root);
    // These rules do not apply to RSS 0.9x: it has no guids, and since RSS 0.92, every element of an item is optional.
    if !is_old {
        if !has("title") && !has("description") {
            report
                .add(
                    &rss::ITEM_EMPTY,
                    item.range(),
                    "the item has neither a title nor a description",
                )
                .help("add `<title>` or `<description>`")
                .about(item);
        }
        check_identity(item, report);
    }
    // RSS 2.0 does not limit the number of enclosures; the RSS Advisory Board recommends at most one.
    if let Some(second) = item.children().filter(|child| child.is(Ns::NONE, "enclosure")).nth(1) {
        report
            .add(&ENCLOSURES, second.range(), "the item already has an enclosure")
            .help("keep one, because some readers use the first and others the last; list additional files as `media:content`")
            .about(&second);
    }
    check_content(item, report);
    w3c::check_item(item, report);
}

fn check_identity(item: &Element<'_>, report: &mut Collector) {
    if item.child(Ns::NONE, "guid").is_none() {
        report
            .add(&GUID_MISSING, item.range(), "the item has no guid")
            .help("add `<guid>` with the item's original URL, and never change it")
            .missing(item, "guid");
    }
    // If there is no `pubDate`, readers use one of the other dates.
    let dated = [
        (Ns::NONE, "pubDate"),
        (Ns::DC, "date"),
        (Ns::ATOM, "published"),
        (Ns::ATOM, "updated"),
        (Ns::DCTERMS, "modified"),
    ];
    if !dated.iter().any(|&(ns, name)| item.child(ns, name).is_some()) {
        report
            .add(&DATE_MISSING, item.range(), "the item has no date")
            .help("add `<pubDate>`: without it, readers show the time of the download")
            .missing(item, "pubDate");
    }
}

fn check_content(item: &Element<'_>, report: &mut Collector) {
    let mut has_description = false;
    for child in item.children() {
        if child.is(Ns::NONE, "description") {
            has_description = true;
        } else if child.is(Ns::CONTENT, "encoded") && !has_description {
            report
                .add(
                    &DESCRIPTION_AFTER,
                    child.range(),
                    "the full content of an item is not preceded by a summary",
                )
                .help(
                    "add a summary as `<description>` before the content: some readers keep only the later of the two",
                )
                .about(&child);
        }
    }
}
