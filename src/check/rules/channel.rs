//! Rules that apply to an RSS channel as a whole.

use std::borrow::Cow;

use crate::check::field::core_namespace;
use crate::check::outline::EntryFields;
use crate::check::report::Collector;
use crate::feed::LazyRange;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::repeats::repeats;
use super::{atom_link, rss, rss_values, w3c, whole_feed};

rules! { "channel":
    GUID_DUPLICATE = "rss-guid-duplicate", Error,  "two items have the same guid",                "RSS 2.0, guid", "DuplicateValue";
    METADATA_LATE  = "rss-metadata-late",  Advice, "channel metadata comes after the first item", "RSS Advisory Board profile, item", "MisplacedItem";
}

/// Checks a channel as a whole, with its entries.
pub(super) fn check(channel: &Element<'_>, root: &Element<'_>, entries: &[EntryFields<'_>], report: &mut Collector) {
    let is_rss = core_namespace(root) == Ns::NONE;
    let is_current = is_rss && !rss::is_old(root);
    for link in channel
        .children()
        .filter(|child| child.is(Ns::ATOM, "link"))
        .take(atom_link::MAX_LINKS)
    {
        atom_link::check(&link, report);
    }
    if is_current {
        atom_link::check_self(channel, self_class(channel), report);
    }
    // If another rule has already reported a mistake in the text input, the advice below is unnecessary. The W3C
    // validator reports both problems.
    let is_incomplete = report.has(&rss::TEXT_INPUT_INCOMPLETE) || report.has(&rss_values::FORM_NAME_INVALID);
    let input = channel
        .child(Ns::NONE, "textInput")
        .filter(|_| !is_incomplete || report.is_w3c());
    if let Some(input) = input {
        report
            .add(
                &rss::TEXT_INPUT,
                input.range(),
                "the channel has a text input, which readers do not show",
            )
            .help("remove it, and link to a page that contains the form")
            .about(&input);
    }
    if is_rss {
        check_order(channel, report);
    }
    check_guids(entries, report);
    whole_feed::check_rss(channel, root, entries, report);
    if is_rss {
        w3c::check_channel(channel, report);
    }
}

/// The W3C validator has two messages: one for a channel that has Atom links but no self link, and one for a channel
/// without any Atom link.
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
                    format!("`{}` comes after the first item", child.qualified()),
                )
                .help("move it before the items: readers that stream the feed show items before they have read this element")
                .about(&child);
            // One finding is enough, because all later elements need the same fix.
            return;
        }
    }
}

/// Checks that no two items have the same guid.
fn check_guids(entries: &[EntryFields<'_>], report: &mut Collector) {
    let guids: Vec<_> = entries.iter().filter_map(|entry| entry.id.as_ref()).collect();
    for (number, _) in repeats(guids.iter().map(|(text, _)| &**text), Cow::Borrowed) {
        // In RSS 1.0, the id is the `rdf:about` attribute, which has its own rule.
        let (_, LazyRange::TextOf(guid)) = guids[number] else {
            continue;
        };
        report
            .add(&GUID_DUPLICATE, guid.range(), "another item has the same guid")
            .help("give each item a unique guid: readers show only one of two items with the same guid")
            .about(guid);
    }
}
