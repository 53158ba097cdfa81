//! Checks each value according to its kind in the vocabulary.

use crate::check::field::{Field, core_namespace};
use crate::check::report::Collector;
use crate::check::rules::{
    addresses, atom_text, dates, html_content, ids, persons, plain_text, structure, values, w3c, xhtml,
};
use crate::check::vocabulary::{ElementDef, Value};
use crate::feed::xml::Element;

/// Checks the content of an element.
pub(super) fn check(element: &Element<'_>, def: &ElementDef, report: &mut Collector) {
    match def.value {
        Value::Elements | Value::Empty | Value::Any => return,
        Value::TextConstruct => return atom_text::check_construct(element, def.must_not_be_empty, report),
        Value::Content => return atom_text::check_content(element, report),
        _ => {}
    }
    let text = element.text();
    plain_text::check_characters(element, report);
    if text.trim().is_empty() && def.must_not_be_empty {
        if element.children().next().is_none() {
            structure::report_empty(element, report);
        }
        // For these three kinds of values, an empty value also violates a separate rule.
        if !matches!(def.value, Value::Id | Value::Positive | Value::Address) {
            return;
        }
    }
    // Only the format's own elements are checked here. Whether an extension element may contain elements besides text
    // depends on the extension's specification.
    let is_core = element.ns() == core_namespace(element);
    if let Some(child) = element.children().next().filter(|_| is_core) {
        structure::report_element_in_text(element, &child, report);
    }
    check_value(def.value, &Field::from_element(element, &text), report);
}

/// Checks `xml:lang` and `xml:base`.
pub(super) fn check_xml_attribute(name: &str, field: &Field<'_, '_>, report: &mut Collector) {
    match name {
        // An empty `xml:lang` is allowed: it cancels the language of the enclosing element (XML 1.0 section 2.12).
        "lang" if !field.text.is_empty() => values::check_language(field, report),
        "base" => addresses::check_base(field, report),
        _ => {}
    }
}

/// Checks a value according to its kind.
pub(super) fn check_value(value: Value, field: &Field<'_, '_>, report: &mut Collector) {
    match value {
        Value::PlainText => {
            plain_text::check(field, "ContainsHTML", report);
            if field.attribute.is_none() {
                w3c::check_references(field.element, report);
            }
        }
        Value::Name => persons::check_name(field, report),
        Value::Html => html_content::check(field.element, report),
        Value::Xhtml => xhtml::check(field.element, report),
        Value::Address => addresses::check_absolute(field, report),
        Value::HttpAddress => addresses::check_http(field, report),
        Value::Reference => addresses::check_reference(field, report),
        Value::Id => ids::check_atom(field, report),
        Value::Guid => ids::check_guid(field, report),
        Value::Person => persons::check(field, report),
        Value::Mail => persons::check_mail(field, report),
        Value::Rfc822 => dates::check_rfc822(field, report),
        Value::Rfc3339 => dates::check_rfc3339(field, report),
        Value::W3cdtf => dates::check_w3cdtf(field, report),
        Value::Language => values::check_language(field, report),
        Value::MediaType => values::check_media_type(field, "InvalidMIMEType", report),
        Value::NonNegative => values::check_integer(field, 0, "InvalidNonNegativeInteger", report),
        Value::Positive => values::check_integer(field, 1, "InvalidPositiveInteger", report),
        Value::Decimal => values::check_decimal(field, report),
        Value::Latitude => values::check_degrees(field, 90.0, &values::LATITUDE_INVALID, report),
        Value::Longitude => values::check_degrees(field, 180.0, &values::LONGITUDE_INVALID, report),
        Value::TrueFalse => values::check_true_false(field, report),
        Value::OneOf(words, class) => values::check_word(field, words, class, report),
        Value::UpTo(limit, inner) => {
            values::check_length(field, limit, report);
            check_value(*inner, field, report);
        }
        Value::CheckedBy(check) => check(field, report),
        Value::Elements | Value::Empty | Value::Any | Value::Text | Value::TextConstruct | Value::Content => {}
    }
}
