//! Whole channels of RSS.

use std::borrow::Cow;

use crate::check::document::Element;
use crate::check::namespace::Ns;
use crate::check::outline::{EntryFields, LazyRange};
use crate::check::report::Collector;
use crate::finding::rules;

use super::repeats::repeats;
use super::structure::Walk;
use super::{atom_link, care, rss, rss_values, w3c};

rules! { "channel":
    GUID_DUPLICATE    = "rss-guid-duplicate",    Error,   "two items with one guid",                        "RSS 2.0, guid", "DuplicateValue";
    METADATA_LATE     = "rss-metadata-late",     Advice,  "something about the channel after its items",    "RSS Advisory Board profile, item", "MisplacedItem";
}

/// Checks a whole channel.
pub(super) fn check(channel: &Element<'_>, walk: &Walk<'_>, entries: &[EntryFields<'_>], report: &mut Collector) {
    let is_rss = walk.core == Ns::NONE;
    let is_current = is_rss && !rss::is_old(&walk.root);
    for link in channel.children().filter(|child| child.is(Ns::ATOM, "link")).take(1000) {
        atom_link::check(&link, report);
    }
    if is_current {
        atom_link::check_self(channel, self_class(channel), report);
    }
    let is_incomplete = report.has(&rss::TEXT_INPUT_INCOMPLETE) || report.has(&rss_values::FORM_NAME_INVALID);
    let input = channel
        .child(Ns::NONE, "textInput")
        .filter(|_| !is_incomplete || report.is_w3c());
    if let Some(input) = input {
        report
            .add(&rss::TEXT_INPUT, input.range(), "a text input, which no reader shows")
            .help("remove it, and link to the page with the form")
            .about(&input);
    }
    if is_rss {
        check_order(channel, report);
    }
    check_guids(entries, report);
    care::check_rss(channel, &walk.root, entries, report);
    w3c::check_channel(channel, walk, report);
}

/// The W3C validator tells a channel without any Atom link from one whose Atom links have no `self`.
fn self_class(channel: &Element<'_>) -> &'static str {
    if channel.child(Ns::ATOM, "link").is_some() {
        "MissingSelf"
    } else {
        "MissingAtomSelfLink"
    }
}

fn check_order(channel: &Element<'_>, report: &mut Collector) {
    let mut has_item = false;
    for child in channel.children().filter(|child| child.ns() == Ns::NONE) {
        if child.name() == "item" {
            has_item = true;
        } else if has_item {
            report
                .add(
                    &METADATA_LATE,
                    child.range(),
                    format!("`{}` after the first item", child.qualified()),
                )
                .help("put it before the items: readers that stream the feed have shown them by then")
                .about(&child);
            return;
        }
    }
}

/// Checks that items can be told apart.
fn check_guids(entries: &[EntryFields<'_>], report: &mut Collector) {
    let guids: Vec<_> = entries.iter().filter_map(|entry| entry.id.as_ref()).collect();
    for (number, _) in repeats(guids.iter().map(|(text, _)| &**text), Cow::Borrowed) {
        let (_, LazyRange::TextOf(guid)) = guids[number] else {
            continue;
        };
        report
            .add(&GUID_DUPLICATE, guid.range(), "another item has this guid")
            .help("give each item a guid of its own: readers show only one of the two")
            .about(guid);
    }
}
