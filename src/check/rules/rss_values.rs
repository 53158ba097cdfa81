//! Values that occur only in RSS.

use crate::check::field::{Field, excerpt};
use crate::check::grammar::{address, media_type, number};
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::check_media_type;

rules! { "rss_values":
    PORT_INVALID      = "rss-cloud-port-invalid",          Error,   "the cloud's port is not a port number",                "RSS 2.0, cloud", "InvalidIntegerAttribute";
    HOUR_INVALID      = "rss-hour-invalid",                Error,   "the hour is not a number from 0 to 23",                "RSS 2.0, skipHours", "InvalidHour";
    HOUR_24           = "rss-hour-24",                     Advice,  "midnight is written as hour 24",                       "RSS Advisory Board profile, hour", "UseZeroForMidnight";
    DAY_INVALID       = "rss-day-invalid",                 Error,   "the day is not the English name of a weekday",         "RSS 2.0, skipDays", "InvalidDay";
    SKIP_DUPLICATE    = "rss-skip-duplicate",              Warning, "an hour or a day is listed twice",                     "RSS 2.0, skipHours", "DuplicateValue";
    SKIP_TOO_MANY     = "rss-skip-too-many",               Warning, "more than 24 hours or more than 7 days are listed",    "RSS 2.0, skipHours";
    WIDTH_INVALID     = "rss-image-width-invalid",         Warning, "the image width is not a number from 1 to 144",        "RSS 2.0, image", "InvalidWidth";
    HEIGHT_INVALID    = "rss-image-height-invalid",        Warning, "the image height is not a number from 1 to 400",       "RSS 2.0, image", "InvalidHeight";
    FORM_NAME_INVALID = "rss-text-input-name-invalid",     Warning, "the text input's name is not a valid form field name", "RSS 2.0, textInput", "InvalidFormComponentName";
    LENGTH_INVALID    = "rss-enclosure-length-invalid",    Error,   "the enclosure length is not a number of bytes",        "RSS 2.0, enclosure", "InvalidIntegerAttribute";
    LENGTH_ZERO       = "rss-enclosure-length-zero",       Advice,  "the enclosure length is 0",                            "RSS 2.0, enclosure";
    LENGTH_IMPROBABLE = "rss-enclosure-length-improbable", Warning, "the enclosure length is more than 100 GB",             "RSS 2.0, enclosure";
    TYPE_CONTRADICTED = "rss-enclosure-type-contradicted", Warning, "the enclosure type contradicts the file name",         "RSS 2.0, enclosure; Apple Podcasts";
    ENCLOSURE_TYPE    = "rss-enclosure-type-invalid",      Error,   "the enclosure type is not a media type",               "RSS 2.0, enclosure", "InvalidMIMEAttribute";
    PERMALINK_INVALID = "rss-guid-permalink-invalid",      Error,   "`isPermaLink` is neither `true` nor `false`",          "RSS 2.0, guid", "InvalidBooleanAttribute";
}

pub(in crate::check) fn check_cloud_port(field: &Field<'_, '_>, report: &mut Collector) {
    if !number::integer(field.text).is_some_and(|port| (1..=65_535).contains(&port)) {
        field
            .mismatch(report, &PORT_INVALID, "a port number")
            .help("write a number from 1 to 65535");
    }
}

pub(in crate::check) fn check_hour(field: &Field<'_, '_>, report: &mut Collector) {
    match number::integer(field.text.trim()) {
        Some(0..=23) => {}
        // Early versions of RSS allowed hour 24.
        Some(24) => {
            field
                .add(report, &HOUR_24, "midnight is hour 0, not 24".to_owned())
                .help("write `0`");
        }
        _ => {
            field
                .mismatch(report, &HOUR_INVALID, "a number from 0 to 23")
                .help("write the hour in GMT, from 0 to 23");
        }
    }
    check_repeated(field, 24, "NotEnoughHoursInTheDay", report);
}

pub(in crate::check) fn check_day(field: &Field<'_, '_>, report: &mut Collector) {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    if !DAYS.contains(&field.text.trim()) {
        field
            .mismatch(report, &DAY_INVALID, "the English name of a weekday")
            .help("write the full English name, such as `Monday` or `Tuesday`");
    }
    check_repeated(field, 7, "EightDaysAWeek", report);
}

/// Reports an hour or a day that repeats an earlier one in the list. A list of more than `limit` values is reported
/// once, as a whole.
fn check_repeated(field: &Field<'_, '_>, limit: usize, class: &'static str, report: &mut Collector) {
    let Some(list) = field.element.parent() else {
        return;
    };
    // This function is called for each value in the list, so without a limit a long list would take quadratic time.
    let before = list
        .children()
        .take_while(|other| other != field.element)
        .take(limit + 1);
    let mut count = 0;
    let mut is_repeated = false;
    for other in before.filter(|other| other.name() == field.element.name()) {
        count += 1;
        is_repeated |= other.text().trim() == field.text.trim();
    }
    // A list that exceeds the limit always contains a repeated or invalid value. The whole list is reported below, so
    // repetitions beyond the limit are not reported one by one.
    if is_repeated && (count < limit || report.is_w3c()) {
        field
            .add(
                report,
                &SKIP_DUPLICATE,
                format!("`{}` is already in `{}`", field.excerpt(), list.qualified()),
            )
            .help("remove the duplicate");
    }
    if count == limit {
        field
            .add(
                report,
                &SKIP_TOO_MANY,
                format!("`{}` contains more than {limit} values", list.qualified()),
            )
            .help("list each value at most once")
            .class(class);
    }
}

pub(in crate::check) fn check_width(field: &Field<'_, '_>, report: &mut Collector) {
    if number::integer(field.text.trim()).is_none_or(|width| !(1..=144).contains(&width)) {
        field
            .mismatch(report, &WIDTH_INVALID, "a number from 1 to 144")
            .help("write the width in pixels, at most 144; use `itunes:image` or `webfeeds:cover` for a larger image");
    }
}

pub(in crate::check) fn check_height(field: &Field<'_, '_>, report: &mut Collector) {
    if number::integer(field.text.trim()).is_none_or(|height| !(1..=400).contains(&height)) {
        field
            .mismatch(report, &HEIGHT_INVALID, "a number from 1 to 400")
            .help("write the height in pixels, at most 400; use `itunes:image` or `webfeeds:cover` for a larger image");
    }
}

pub(in crate::check) fn check_form_name(field: &Field<'_, '_>, report: &mut Collector) {
    let name = field.text.trim();
    // This is the syntax of NAME tokens in HTML 4 section 6.2.
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
    if !is_name {
        field
            .mismatch(report, &FORM_NAME_INVALID, "a valid form field name")
            .help("start with a letter, and use only letters, digits, `-`, `_`, `:` and `.`");
    }
}

pub(in crate::check) fn check_enclosure_length(field: &Field<'_, '_>, report: &mut Collector) {
    /// 100 GB: larger than any audio or video file that is published in a feed.
    const MAX_LENGTH: i64 = 100 << 30;
    match number::integer(field.text) {
        // This is only advice: Wix and Substack write 0 for images, and the RSS Advisory Board recommends 0 if the
        // length is unknown.
        Some(0) => {
            field
                .add(report, &LENGTH_ZERO, "the enclosure length is 0".to_owned())
                .help("write the length in bytes: podcast apps show it and use it to plan downloads");
        }
        Some(length) if length > MAX_LENGTH => {
            field
                .add(
                    report,
                    &LENGTH_IMPROBABLE,
                    format!(
                        "the enclosure length is `{}`, which is more than 100 GB",
                        field.excerpt()
                    ),
                )
                .help("write the length in bytes");
        }
        Some(length) if length > 0 => {}
        other => {
            let found = field.mismatch(report, &LENGTH_INVALID, "a number of bytes");
            found.help("write the length in bytes, using only digits, or write 0 if the length is unknown");
            // Some generators write -1 for an unknown length. The W3C validator has a separate message class for
            // negative lengths.
            if other.is_some() {
                found.class("UseZeroForUnknown");
            }
        }
    }
}

pub(in crate::check) fn check_enclosure_type(field: &Field<'_, '_>, report: &mut Collector) {
    if !media_type::is_media_type(field.text) {
        field
            .mismatch(report, &ENCLOSURE_TYPE, "a media type")
            .help("write a type and a subtype, such as `audio/mpeg`");
        return;
    }
    check_media_type(field, "InvalidMIMEAttribute", report);
    let declared = media_type::essence(field.text);
    let declared = declared.split('/').next().unwrap_or("");
    let named = field
        .element
        .value("url")
        .and_then(address::extension)
        .and_then(|extension| media_type::kind_of_extension(&extension));
    // `.ogg` and `.mp4` are extensions for both audio and video, and `application/octet-stream` is compatible with any
    // extension.
    let is_specific = matches!(declared, "audio" | "video" | "image");
    let is_audio_or_video = matches!((declared, named), ("audio", Some("video")) | ("video", Some("audio")));
    if let Some(named) = named.filter(|&named| is_specific && named != declared && !is_audio_or_video) {
        field
            .add(
                report,
                &TYPE_CONTRADICTED,
                format!(
                    "the enclosure type is `{}`, but the file extension in the URL indicates `{named}`",
                    excerpt(field.text)
                ),
            )
            .help("correct the type: podcast apps use it to choose the player");
    }
}

pub(in crate::check) fn check_is_permalink(field: &Field<'_, '_>, report: &mut Collector) {
    let is_lenient = !report.is_w3c() && matches!(field.text, "True" | "False" | "1" | "0");
    if !matches!(field.text, "true" | "false") && !is_lenient {
        field
            .mismatch(report, &PERMALINK_INVALID, "`true` or `false`")
            .help("write `true` or `false`");
    }
}
