//! Simple values: numbers, words, languages and media types. The other kinds of values have their own files.

use crate::check::field::Field;
use crate::check::grammar::{language, media_type, number};
use crate::check::report::Collector;
use crate::finding::{Rule, rules};

rules! { "values":
    NUMBER_INVALID     = "feed-number-invalid",     Error,   "the value is not a valid number",                "RSS 2.0, RFC 4287, Media RSS", "InvalidInteger";
    WORD_UNKNOWN       = "feed-word-unknown",       Warning, "the value is not one of the allowed values",     "the element's specification";
    TRUE_FALSE_INVALID = "feed-true-false-invalid", Warning, "the value is neither `true` nor `false`",        "XML Schema boolean", "InvalidTrueFalse";
    TOO_LONG           = "feed-text-too-long",      Warning, "the text is longer than allowed",                "Apple Podcasts, RSS tags", "TooLong";
    LANGUAGE_INVALID   = "feed-language-invalid",   Warning, "the language is not a valid language tag",       "BCP 47 (RFC 5646)", "InvalidLanguage";
    MEDIA_TYPE_INVALID = "feed-media-type-invalid", Error,   "the value is not a media type",                  "RFC 6838 section 4.2", "InvalidMIMEType";
    LATITUDE_INVALID   = "geo-latitude-invalid",    Warning, "the latitude is not a number from -90 to 90",    "WGS 84: -90 to 90", "InvalidLatitude";
    LONGITUDE_INVALID  = "geo-longitude-invalid",   Warning, "the longitude is not a number from -180 to 180", "WGS 84: -180 to 180", "InvalidLongitude";
    ATTRIBUTE_EMPTY    = "feed-attribute-empty",    Advice,  "an attribute is empty",                          "RFC 4287 section 3.1.1", "AttrNotBlank";
}

/// Checks that a value is an integer that is not less than `least`; `class` is the W3C validator's message class.
pub(super) fn check_integer(field: &Field<'_, '_>, least: i64, class: &'static str, report: &mut Collector) {
    if number::integer(field.text.trim()).is_some_and(|number| number >= least) {
        return;
    }
    let expected = match least {
        i64::MIN => "an integer".to_owned(),
        least => format!("an integer of at least {least}"),
    };
    field
        .mismatch(report, &NUMBER_INVALID, &expected)
        .help("write it in digits only")
        .class(class);
}

pub(super) fn check_decimal(field: &Field<'_, '_>, report: &mut Collector) {
    if number::decimal(field.text.trim()).is_some() {
        return;
    }
    field
        .mismatch(report, &NUMBER_INVALID, "a number")
        .help("write it in digits, with a period as the decimal separator")
        .class("InvalidFloat");
}

/// Checks a latitude or a longitude: decimal degrees from `-limit` to `limit`.
pub(super) fn check_degrees(field: &Field<'_, '_>, limit: f64, rule: &'static Rule, report: &mut Collector) {
    if number::decimal(field.text.trim()).is_some_and(|degrees| degrees.abs() <= limit) {
        return;
    }
    field
        .mismatch(report, rule, &format!("a number from -{limit} to {limit}"))
        .help("write it in decimal degrees, such as `48.2`");
}

/// Checks a language tag.
///
/// Two-letter language codes must be in the IANA registry. For three-letter language codes and all subtags after the
/// language, only the syntax is checked, because a list of valid codes would become outdated. The W3C validator's list,
/// for example, lacks `yue`.
pub(super) fn check_language(field: &Field<'_, '_>, report: &mut Collector) {
    if language::is_language(field.text.trim()) {
        return;
    }
    field
        .mismatch(report, &LANGUAGE_INVALID, "a language tag")
        .help("write it as `en`, `en-US` or `zh-Hant`");
}

pub(super) fn check_media_type(field: &Field<'_, '_>, class: &'static str, report: &mut Collector) {
    if media_type::is_media_type(field.text.trim()) {
        return;
    }
    field
        .mismatch(report, &MEDIA_TYPE_INVALID, "a media type")
        .help("write a type and a subtype, such as `audio/mpeg` or `text/html`")
        .class(class);
}

pub(super) fn check_true_false(field: &Field<'_, '_>, report: &mut Collector) {
    if matches!(field.text, "true" | "false") {
        return;
    }
    field
        .mismatch(report, &TRUE_FALSE_INVALID, "`true` or `false`")
        .help("write `true` or `false`");
}

/// Checks that a value is one of `words`; case matters.
pub(super) fn check_word(field: &Field<'_, '_>, words: &[&str], class: &'static str, report: &mut Collector) {
    if words.contains(&field.text.trim()) {
        return;
    }
    let list = words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ");
    field
        .mismatch(report, &WORD_UNKNOWN, "an allowed value")
        .help(format!("write one of {list}"))
        .class(class);
}

/// Reports a text that has more than `limit` characters.
pub(super) fn check_length(field: &Field<'_, '_>, limit: usize, report: &mut Collector) {
    let length = field.text.trim().chars().count();
    if length > limit {
        field
            .add(
                report,
                &TOO_LONG,
                format!("{} has {length} characters, more than {limit}", field.name()),
            )
            .help(format!("shorten it to at most {limit} characters"));
    }
}
