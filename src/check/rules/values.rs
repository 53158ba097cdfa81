//! Values of elements and attributes: numbers, words, languages, media types; other kinds have files of their own.

use crate::check::document::{Attribute, Element};
use crate::check::grammar::{language, media_type, number};
use crate::check::report::{Collector, Violation};
use crate::check::vocabulary::{self, Def, Value};
use crate::finding::{Rule, Severity, rules};
use std::ops::Range;

use super::{addresses, atom_text, dates, html_content, ids, persons, plain_text, w3c};

rules! { "values":
    NUMBER_INVALID     = "feed-number-invalid",      Error,   "not the number that is needed",        "RSS 2.0, RFC 4287, Media RSS", "InvalidInteger";
    WORD_UNKNOWN       = "feed-word-unknown",        Warning, "none of the words that may stand here", "the element's specification";
    TRUE_FALSE_INVALID = "feed-true-false-invalid",  Warning, "neither `true` nor `false`",            "XML Schema boolean", "InvalidTrueFalse";
    TOO_LONG           = "feed-text-too-long",       Warning, "longer than readers take",              "Apple Podcasts, RSS tags", "TooLong";
    LANGUAGE_INVALID   = "feed-language-invalid",    Warning, "not a language tag",                    "BCP 47 (RFC 5646)", "InvalidLanguage";
    MEDIA_TYPE_INVALID = "feed-media-type-invalid",  Error,   "not a media type",                      "RFC 6838 section 4.2", "InvalidMIMEType";
    LATITUDE_INVALID   = "geo-latitude-invalid",     Warning, "not a latitude",                        "WGS 84: -90 to 90", "InvalidLatitude";
    LONGITUDE_INVALID  = "geo-longitude-invalid",    Warning, "not a longitude",                       "WGS 84: -180 to 180", "InvalidLongitude";
    ATTRIBUTE_EMPTY    = "feed-attribute-empty",     Advice,  "an attribute that says nothing",        "RFC 4287 section 3.1.1", "AttrNotBlank";
}

/// A value, where it stands, and of what.
pub(super) struct Spot<'e, 'd> {
    pub(super) element: &'e Element<'d>,
    pub(super) attribute: Option<&'d str>,
    pub(super) text: &'e str,
    /// Where it stands; the text of the element if there is no attribute.
    pub(super) range: Option<Range<usize>>,
}

impl Spot<'_, '_> {
    /// Notes a breach here; in an extension it is a warning at most, for readers go on without it.
    pub(super) fn add<'r>(&self, report: &'r mut Collector, rule: &'static Rule, message: String) -> &'r mut Violation {
        let is_extension = self.element.ns() != super::core(self.element);
        let range = self.range.clone().unwrap_or_else(|| self.element.text_range());
        let found = report.add(rule, range, message);
        found.about(self.element);
        if let Some(attribute) = self.attribute {
            found.attribute(attribute);
        }
        if is_extension && rule.severity == Severity::Error {
            found.severity(Severity::Warning);
        }
        found
    }

    /// What it is the value of, for messages.
    pub(super) fn name(&self) -> String {
        match self.attribute {
            Some(attribute) => format!("`{attribute}` of `{}`", self.element.qualified()),
            None => format!("`{}`", self.element.qualified()),
        }
    }

    /// The value as it is shown in messages.
    pub(super) fn shown(&self) -> String {
        shown(self.text)
    }
}

/// A value as it is shown in messages: trimmed, and cut if it is long.
pub(super) fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Checks what an element holds.
pub(super) fn check(element: &Element<'_>, def: &Def, report: &mut Collector) {
    match def.value {
        Value::Elements | Value::Empty | Value::Free => return,
        Value::Construct => return atom_text::check_construct(element, def, report),
        Value::Content => return atom_text::check_content(element, report),
        _ => {}
    }
    let text = element.text();
    plain_text::check_characters(element, report);
    if text.trim().is_empty() && def.is_blank_odd {
        let has_children = element.children().next().is_some();
        if !has_children {
            super::structure::blank(element, report);
        }
        if !matches!(def.value, Value::Id | Value::Positive | Value::Address) {
            return;
        }
    }
    let is_core = element.ns() == super::core(element);
    if let Some(child) = element.children().next().filter(|_| is_core) {
        report
            .add(
                &super::structure::ELEMENT_UNKNOWN,
                child.range(),
                format!("an element in `{}`, which holds only text", element.qualified()),
            )
            .help("escape markup: `&lt;b&gt;`, or put it in a CDATA section")
            .about(&child);
    }
    let spot = Spot {
        element,
        attribute: None,
        text: &text,
        range: None,
    };
    check_value(def.value, &spot, report);
}

/// Checks the value of an attribute.
pub(super) fn check_attribute(
    element: &Element<'_>,
    attribute: &Attribute<'_>,
    known: &vocabulary::Attribute,
    report: &mut Collector,
) {
    let spot = Spot {
        element,
        attribute: Some(attribute.qualified()),
        text: attribute.value(),
        range: Some(attribute.value_range()),
    };
    check_value(known.value, &spot, report);
}

/// Checks `xml:lang` and `xml:base`.
pub(super) fn check_xml_attribute(element: &Element<'_>, attribute: &Attribute<'_>, report: &mut Collector) {
    let spot = Spot {
        element,
        attribute: Some(attribute.qualified()),
        text: attribute.value(),
        range: Some(attribute.value_range()),
    };
    match attribute.name() {
        // An empty xml:lang takes the language back: XML 1.0 section 2.12.
        "lang" if !attribute.value().is_empty() => check_value(Value::Language, &spot, report),
        "base" => addresses::check_base(&spot, report),
        _ => {}
    }
}

fn check_value(value: Value, spot: &Spot<'_, '_>, report: &mut Collector) {
    match value {
        Value::Plain => {
            plain_text::check(spot, "ContainsHTML", report);
            if spot.attribute.is_none() {
                w3c::check_references(spot.element, report);
            }
        }
        Value::Name => persons::check_name(spot, report),
        Value::Html => html_content::check(spot.element, report),
        Value::Address => addresses::check_absolute(spot, report),
        Value::HttpAddress => addresses::check_http(spot, report),
        Value::Reference => addresses::check_reference(spot, report),
        Value::Id => ids::check_atom(spot, report),
        Value::Guid => ids::check_guid(spot, report),
        Value::Person => persons::check(spot, report),
        Value::Mail => persons::check_mail(spot, report),
        Value::Rfc822 => dates::check_rfc822(spot, report),
        Value::Rfc3339 => dates::check_rfc3339(spot, report),
        Value::W3cdtf => dates::check_w3cdtf(spot, report),
        Value::Language => check_language(spot, report),
        Value::MediaType => check_media_type(spot, "InvalidMIMEType", report),
        Value::NonNegative => check_integer(spot, 0, "InvalidNonNegativeInteger", report),
        Value::Positive => check_integer(spot, 1, "InvalidPositiveInteger", report),
        Value::Decimal => check_decimal(spot, report),
        Value::Latitude => check_degrees(spot, 90.0, &LATITUDE_INVALID, report),
        Value::Longitude => check_degrees(spot, 180.0, &LONGITUDE_INVALID, report),
        Value::TrueFalse => check_true_false(spot, report),
        Value::OneOf(words, class) => check_word(spot, words, class, report),
        Value::UpTo(most, inner) => {
            check_length(spot, most, report);
            check_value(*inner, spot, report);
        }
        Value::By(check) => match spot.attribute {
            None => check(spot.element, spot.text, report),
            Some(_) => check(spot.element, spot.text, report),
        },
        Value::Elements | Value::Empty | Value::Free | Value::Text | Value::Construct | Value::Content => {}
    }
}

pub(super) fn check_integer(spot: &Spot<'_, '_>, least: i64, class: &'static str, report: &mut Collector) {
    if number::integer(spot.text.trim()).is_some_and(|number| number >= least) {
        return;
    }
    spot.add(
        report,
        &NUMBER_INVALID,
        format!(
            "{} is `{}`, not a whole number from {least} up",
            spot.name(),
            spot.shown()
        ),
    )
    .help("write digits only")
    .class(class);
}

fn check_decimal(spot: &Spot<'_, '_>, report: &mut Collector) {
    if number::decimal(spot.text.trim()).is_some() {
        return;
    }
    spot.add(
        report,
        &NUMBER_INVALID,
        format!("{} is `{}`, not a number", spot.name(), spot.shown()),
    )
    .help("write digits, with a point for the fraction")
    .class("InvalidFloat");
}

fn check_degrees(spot: &Spot<'_, '_>, most: f64, rule: &'static Rule, report: &mut Collector) {
    if number::decimal(spot.text.trim()).is_some_and(|degrees| degrees.abs() <= most) {
        return;
    }
    spot.add(report, rule, format!("{} is `{}`", spot.name(), spot.shown()))
        .help(format!("write degrees from -{most} to {most}"));
}

fn check_language(spot: &Spot<'_, '_>, report: &mut Collector) {
    if language::is_language(spot.text.trim()) {
        return;
    }
    spot.add(
        report,
        &LANGUAGE_INVALID,
        format!("{} is `{}`, not a language tag", spot.name(), spot.shown()),
    )
    .help("write it as `en`, `en-US` or `zh-Hant`, with hyphens");
}

pub(super) fn check_media_type(spot: &Spot<'_, '_>, class: &'static str, report: &mut Collector) {
    if media_type::is_media_type(spot.text.trim()) {
        return;
    }
    spot.add(
        report,
        &MEDIA_TYPE_INVALID,
        format!("{} is `{}`, not a media type", spot.name(), spot.shown()),
    )
    .help("write a type and a subtype: `audio/mpeg`, `text/html`")
    .class(class);
}

fn check_true_false(spot: &Spot<'_, '_>, report: &mut Collector) {
    if matches!(spot.text, "true" | "false") {
        return;
    }
    spot.add(
        report,
        &TRUE_FALSE_INVALID,
        format!("{} is `{}`", spot.name(), spot.shown()),
    )
    .help("write `true` or `false`");
}

fn check_word(spot: &Spot<'_, '_>, words: &[&str], class: &'static str, report: &mut Collector) {
    if words.contains(&spot.text.trim()) {
        return;
    }
    let list = words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ");
    spot.add(report, &WORD_UNKNOWN, format!("{} is `{}`", spot.name(), spot.shown()))
        .help(format!("write one of {list}"))
        .class(class);
}

fn check_length(spot: &Spot<'_, '_>, most: usize, report: &mut Collector) {
    let length = spot.text.trim().chars().count();
    if length > most {
        spot.add(report, &TOO_LONG, format!("{} has {length} characters", spot.name()))
            .help(format!("shorten it to {most} characters"));
    }
}

/// A spot for the whole text of an element, for checks that are given element and text.
pub(super) fn element_spot<'e, 'd>(element: &'e Element<'d>, text: &'e str) -> Spot<'e, 'd> {
    Spot {
        element,
        attribute: None,
        text,
        range: None,
    }
}

/// A spot for an attribute, for checks that are given element and text.
pub(super) fn attribute_spot<'e, 'd>(element: &'e Element<'d>, name: &'static str) -> Option<Spot<'e, 'd>> {
    let attribute = element.attribute(name)?;
    Some(Spot {
        element,
        attribute: Some(attribute.qualified()),
        text: attribute.value(),
        range: Some(attribute.value_range()),
    })
}
