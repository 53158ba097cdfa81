//! The small extensions: values that only one of them has.

use crate::check::document::Element;
use crate::check::grammar::{address, date, number};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{WORD_UNKNOWN, attribute_spot, element_spot};
use super::{addresses, html_content};

rules! { "extension":
    INTEGER_LIST_INVALID = "slash-hit-parade-invalid",  Warning, "not numbers between commas",              "RSS 1.0 modules: Slash", "InvalidCommaSeparatedIntegers";
    TIMESTAMP_INVALID    = "ag-timestamp-invalid",      Warning, "not a date and time by ISO 8601",         "RSS 1.0 modules: Aggregation", "InvalidISO8601DateTime";
    COMMENT_RSS_CASE     = "wfw-comment-rss-case",      Advice,  "a name in another case than specified",   "Well-Formed Web, CommentAPI", "CommentRSS";
    FLARE_RELATIVE       = "feedburner-flare-relative", Warning, "a script at a relative address",          "FeedBurner, feedFlare", "ContainsRelRef";
}

/// The W3C validator's word for an element that its extension does not have.
pub(super) fn unknown_class(element: &Element<'_>) -> &'static str {
    if element.is(Ns::THR, "when") {
        "NoThrWhen"
    } else {
        "UndefinedElement"
    }
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
    if !text
        .split(',')
        .all(|word| WORDS.contains(&word.trim().to_ascii_lowercase().as_str()))
    {
        if let Some(spot) = attribute_spot(element, "content") {
            spot.add(report, &WORD_UNKNOWN, format!("{} is `{}`", spot.name(), spot.shown()))
                .help("write `noindex`, `nofollow` or the like")
                .class("InvalidMetaContent");
        }
    }
}
