//! The small extensions: values that only one of them has.

use crate::check::document::{Attribute, Element};
use crate::check::grammar::{address, date, number};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{self, Spot, WORD_UNKNOWN, attribute_spot, element_spot};
use super::{addresses, dates, html_content};

rules! { "extension":
    INTEGER_LIST_INVALID = "slash-hit-parade-invalid",  Warning, "not numbers between commas",              "RSS 1.0 modules: Slash", "InvalidCommaSeparatedIntegers";
    TIMESTAMP_INVALID    = "ag-timestamp-invalid",      Warning, "not a date and time by ISO 8601",         "RSS 1.0 modules: Aggregation", "InvalidISO8601DateTime";
    COMMENT_RSS_CASE     = "wfw-comment-rss-case",      Advice,  "a name in another case than specified",   "Well-Formed Web, CommentAPI", "CommentRSS";
    THREAD_WHEN          = "thr-when-old",              Warning, "an attribute that gave way to another",   "RFC 4685 section 4: thr:updated", "NoThrWhen";
    FLARE_RELATIVE       = "feedburner-flare-relative", Warning, "a script at a relative address",          "FeedBurner, feedFlare", "ContainsRelRef";
}

/// Checks an attribute of RFC 4685, which stands on links.
pub(super) fn check_thread_attribute(element: &Element<'_>, attribute: &Attribute<'_>, report: &mut Collector) {
    let spot = Spot {
        element,
        attribute: Some(attribute.qualified()),
        text: attribute.value(),
        range: Some(attribute.value_range()),
    };
    match attribute.name() {
        "count" => values::check_integer(&spot, 0, "InvalidNonNegativeInteger", report),
        "updated" => dates::check_rfc3339(&spot, report),
        "when" => {
            spot.add(report, &THREAD_WHEN, "`thr:when` was the name in a draft".to_owned())
                .help("write `thr:updated`");
        }
        _ => {}
    }
}

/// Checks the date of an event, whose zone may be left out: it is that of the place.
pub(in crate::check) fn check_event_date(element: &Element<'_>, text: &str, report: &mut Collector) {
    let text = text.trim();
    let is_local = text.contains('T') && date::w3cdtf(&format!("{text}Z")).is_some();
    if !is_local {
        dates::check_w3cdtf(&element_spot(element, text), report);
    }
}

/// Notes `wfw:commentRSS`, which the specification writes otherwise.
pub(in crate::check) fn check_comment_rss(element: &Element<'_>, text: &str, report: &mut Collector) {
    let spot = element_spot(element, text);
    addresses::check_absolute(&spot, report);
    report
        .add(
            &COMMENT_RSS_CASE,
            element.range(),
            "`wfw:commentRSS` is written `wfw:commentRss`",
        )
        .help("write `commentRss`: names are case-sensitive")
        .about(element);
}

pub(in crate::check) fn check_integer_list(element: &Element<'_>, text: &str, report: &mut Collector) {
    if !text.split(',').all(|part| number::integer(part.trim()).is_some()) {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &INTEGER_LIST_INVALID,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write numbers with commas between them");
    }
}

pub(in crate::check) fn check_date_time(element: &Element<'_>, text: &str, report: &mut Collector) {
    let text = text.trim();
    if date::w3cdtf(text).is_none() || !text.contains('T') {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &TIMESTAMP_INVALID,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write it as `2026-03-01T09:00:00+01:00`");
    }
}

pub(in crate::check) fn check_flare_source(element: &Element<'_>, text: &str, report: &mut Collector) {
    let Some(spot) = attribute_spot(element, "src") else {
        return;
    };
    addresses::report_wrong(&spot, address::reference(text), report);
    if address::scheme(text).is_none() && !text.starts_with("//") {
        spot.add(
            report,
            &FLARE_RELATIVE,
            format!("the flare's script is at `{}`", spot.shown()),
        )
        .help("write the whole address, from `https://` on");
    }
}

pub(in crate::check) fn check_trackback(element: &Element<'_>, text: &str, report: &mut Collector) {
    let is_rdf = element.document().root().is_some_and(|root| root.ns() == Ns::RDF);
    match (is_rdf, attribute_resource(element)) {
        (true, None) => {
            report
                .add(
                    &super::structure::ATTRIBUTE_MISSING,
                    element.range(),
                    format!("`{}` has no `rdf:resource`", element.qualified()),
                )
                .help("add `rdf:resource=\"…\"`")
                .about(element)
                .attribute("rdf:resource");
        }
        (false, None) => {
            let spot = element_spot(element, text);
            addresses::check_absolute(&spot, report);
        }
        (false, Some(range)) => {
            report
                .add(
                    &super::structure::ATTRIBUTE_UNKNOWN,
                    range,
                    format!("`{}` has no attribute `rdf:resource` in RSS 2.0", element.qualified()),
                )
                .help("write the address between the tags")
                .about(element)
                .attribute("rdf:resource");
            let spot = element_spot(element, text);
            addresses::check_absolute(&spot, report);
        }
        (true, Some(_)) => {}
    }
}

fn attribute_resource(element: &Element<'_>) -> Option<std::ops::Range<usize>> {
    element
        .attribute_in(Ns::RDF, "resource")
        .map(|attribute| attribute.range())
}

/// Checks XHTML that an item or a feed carries as it is.
pub(in crate::check) fn check_xhtml(element: &Element<'_>, _text: &str, report: &mut Collector) {
    html_content::check_xhtml(element, report);
}

pub(in crate::check) fn check_robots(element: &Element<'_>, text: &str, report: &mut Collector) {
    const WORDS: [&str; 8] = [
        "all",
        "none",
        "index",
        "noindex",
        "follow",
        "nofollow",
        "noarchive",
        "nosnippet",
    ];
    let words: Vec<String> = text.split(',').map(|word| word.trim().to_ascii_lowercase()).collect();
    let has = |word: &str| words.iter().any(|found| found == word);
    let is_contradiction = has("index") && has("noindex") || has("follow") && has("nofollow");
    if (is_contradiction || !words.iter().all(|word| WORDS.contains(&word.as_str())))
        && let Some(spot) = attribute_spot(element, "content")
    {
        spot.add(report, &WORD_UNKNOWN, format!("{} is `{}`", spot.name(), spot.shown()))
            .help("write `noindex`, `nofollow` or the like")
            .class("InvalidMetaContent");
    }
}
