//! Values that are specific to one of the smaller extensions.

use crate::check::field::Field;
use crate::check::grammar::{address, date, number};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::finding::rules;

use super::structure::{ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN};
use super::values::{self, WORD_UNKNOWN};
use super::{addresses, dates};

rules! { "extension_values":
    INTEGER_LIST_INVALID = "slash-hit-parade-invalid",  Warning, "`slash:hit_parade` is not a list of integers",   "RSS 1.0 modules: Slash", "InvalidCommaSeparatedIntegers";
    TIMESTAMP_INVALID    = "ag-timestamp-invalid",      Warning, "the timestamp is not an ISO 8601 date and time", "RSS 1.0 modules: Aggregation", "InvalidISO8601DateTime";
    COMMENT_RSS_CASE     = "wfw-comment-rss-case",      Advice,  "`wfw:commentRss` has the wrong capitalization",  "Well-Formed Web, CommentAPI", "CommentRSS";
    THREAD_WHEN          = "thr-when-old",              Warning, "`thr:when` was replaced by `thr:updated`",       "RFC 4685 section 4: thr:updated", "NoThrWhen";
    FLARE_RELATIVE       = "feedburner-flare-relative", Warning, "the image of a FeedFlare has a relative URL",    "FeedBurner, feedFlare", "ContainsRelRef";
}

/// Checks an attribute that RFC 4685 (Atom threading) adds to links.
pub(super) fn check_thread_attribute(name: &str, field: &Field<'_, '_>, report: &mut Collector) {
    match name {
        "count" => values::check_integer(field, 0, "InvalidNonNegativeInteger", report),
        "updated" => dates::check_rfc3339(field, report),
        "when" => {
            field
                .add(
                    report,
                    &THREAD_WHEN,
                    "`thr:when` is from a draft; RFC 4685 uses `thr:updated`".to_owned(),
                )
                .help("write `thr:updated`");
        }
        _ => {}
    }
}

/// Checks an event date. A time without a UTC offset is the local time at the venue.
pub(in crate::check) fn check_event_date(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    // `Z` is appended, because the parser requires a UTC offset after a time.
    let is_local = text.contains('T') && date::w3cdtf(&format!("{text}Z")).is_some();
    if !is_local {
        dates::check_w3cdtf(field, report);
    }
}

/// Reports the element `wfw:commentRSS`, which the specification names `wfw:commentRss`, and checks its URL.
pub(in crate::check) fn check_comment_rss(field: &Field<'_, '_>, report: &mut Collector) {
    addresses::check_absolute(field, report);
    // The specification's own page used the wrong spelling for years, so most readers accept both spellings.
    report
        .add(
            &COMMENT_RSS_CASE,
            field.element.range(),
            "`wfw:commentRSS` should be `wfw:commentRss`",
        )
        .help("write `commentRss`: XML names are case-sensitive")
        .about(field.element);
}

pub(in crate::check) fn check_integer_list(field: &Field<'_, '_>, report: &mut Collector) {
    if !field.text.split(',').all(|part| number::integer(part.trim()).is_some()) {
        field
            .mismatch(report, &INTEGER_LIST_INVALID, "a list of integers")
            .help("write integers separated by commas");
    }
}

pub(in crate::check) fn check_date_time(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    if date::w3cdtf(text).is_none() || !text.contains('T') {
        field
            .mismatch(report, &TIMESTAMP_INVALID, "an ISO 8601 date and time")
            .help("write it as `2026-03-01T09:00:00+01:00`");
    }
}

pub(in crate::check) fn check_flare_source(field: &Field<'_, '_>, report: &mut Collector) {
    addresses::report_invalid(field, address::reference(field.text), report);
    // FeedBurner showed the image on its own pages, where a relative URL does not lead to the author's site.
    if address::scheme(field.text).is_none() && !field.text.starts_with("//") {
        field
            .add(
                report,
                &FLARE_RELATIVE,
                format!("the FeedFlare's image URL, `{}`, is relative", field.excerpt()),
            )
            .help("write the full URL, starting with `https://`");
    }
}

/// Checks a trackback element. In RDF, the URL is in the attribute `rdf:resource`; in other formats, it is the
/// element's text.
pub(in crate::check) fn check_trackback(field: &Field<'_, '_>, report: &mut Collector) {
    let element = field.element;
    let is_rdf = element.document().root().is_some_and(|root| root.ns() == Ns::RDF);
    let resource = element.attribute_in(Ns::RDF, "resource");
    match resource {
        None if is_rdf => {
            report
                .add(
                    &ATTRIBUTE_MISSING,
                    element.range(),
                    format!("`{}` has no `rdf:resource`", element.qualified()),
                )
                .help("add `rdf:resource=\"…\"`")
                .about(element)
                .attribute("rdf:resource");
        }
        Some(resource) if !is_rdf => {
            report
                .add(
                    &ATTRIBUTE_UNKNOWN,
                    resource.range(),
                    format!(
                        "`{}` must not have the attribute `rdf:resource` in RSS 2.0",
                        element.qualified()
                    ),
                )
                .help("write the URL between the tags")
                .about(element)
                .attribute("rdf:resource");
        }
        _ => {}
    }
    if !is_rdf {
        addresses::check_absolute(field, report);
    }
}

pub(in crate::check) fn check_robots(field: &Field<'_, '_>, report: &mut Collector) {
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
    let words: Vec<String> = field
        .text
        .split(',')
        .map(|word| word.trim().to_ascii_lowercase())
        .collect();
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let is_contradiction = has("index") && has("noindex") || has("follow") && has("nofollow");
    if is_contradiction || !words.iter().all(|word| WORDS.contains(&word.as_str())) {
        field
            .mismatch(report, &WORD_UNKNOWN, "a list of robots directives")
            .help("write `noindex`, `nofollow` or both, separated by a comma")
            .class("InvalidMetaContent");
    }
}
