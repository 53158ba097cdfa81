//! Values that only RSS has.

use crate::check::document::Element;
use crate::check::grammar::{address, media_type, number};
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{self, attribute_spot, check_media_type, element_spot};

rules! { "rss_values":
    PORT_INVALID        = "rss-cloud-port-invalid",        Error,   "not a port",                                   "RSS 2.0, cloud", "InvalidIntegerAttribute";
    HOUR_INVALID        = "rss-hour-invalid",              Error,   "not an hour from 0 to 23",                     "RSS 2.0, skipHours", "InvalidHour";
    HOUR_24             = "rss-hour-24",                   Advice,  "midnight as hour 24",                          "RSS Advisory Board profile, hour", "UseZeroForMidnight";
    DAY_INVALID         = "rss-day-invalid",               Error,   "not the English name of a day",                "RSS 2.0, skipDays", "InvalidDay";
    SKIP_DUPLICATE      = "rss-skip-duplicate",            Warning, "an hour or a day twice",                       "RSS 2.0, skipHours", "DuplicateValue";
    SKIP_TOO_MANY       = "rss-skip-too-many",             Warning, "more days or hours than there are",            "RSS 2.0, skipHours";
    WIDTH_INVALID       = "rss-image-width-invalid",       Warning, "an image's width that RSS does not allow",     "RSS 2.0, image", "InvalidWidth";
    HEIGHT_INVALID      = "rss-image-height-invalid",      Warning, "an image's height that RSS does not allow",    "RSS 2.0, image", "InvalidHeight";
    FORM_NAME_INVALID   = "rss-text-input-name-invalid",   Warning, "not a name for a form's field",                "RSS 2.0, textInput", "InvalidFormComponentName";
    LENGTH_INVALID      = "rss-enclosure-length-invalid",  Error,   "not a number of bytes",                        "RSS 2.0, enclosure", "InvalidIntegerAttribute";
    LENGTH_ZERO         = "rss-enclosure-length-zero",     Advice,  "an enclosure of no bytes",                     "RSS 2.0, enclosure";
    LENGTH_IMPROBABLE   = "rss-enclosure-length-improbable", Warning, "an enclosure larger than any file",          "RSS 2.0, enclosure";
    TYPE_CONTRADICTED   = "rss-enclosure-type-contradicted", Warning, "a type that the file's name contradicts",    "RSS 2.0, enclosure; Apple Podcasts";
    ENCLOSURE_TYPE      = "rss-enclosure-type-invalid",    Error,   "not a media type",                             "RSS 2.0, enclosure", "InvalidMIMEAttribute";
    PERMALINK_INVALID   = "rss-guid-permalink-invalid",    Error,   "`isPermaLink` is neither `true` nor `false`",  "RSS 2.0, guid", "InvalidBooleanAttribute";
}

pub(in crate::check) fn check_cloud_port(element: &Element<'_>, text: &str, report: &mut Collector) {
    let is_port = number::integer(text).is_some_and(|port| (1..=65_535).contains(&port));
    if let Some(spot) = attribute_spot(element, "port").filter(|_| !is_port) {
        spot.add(report, &PORT_INVALID, format!("the port is `{}`", spot.shown()))
            .help("write a number from 1 to 65535");
    }
}

pub(in crate::check) fn check_hour(element: &Element<'_>, text: &str, report: &mut Collector) {
    let spot = element_spot(element, text);
    match number::integer(text.trim()) {
        Some(0..=23) => {}
        Some(24) => {
            spot.add(report, &HOUR_24, "midnight is hour 0".to_owned())
                .help("write `0`");
        }
        _ => {
            spot.add(report, &HOUR_INVALID, format!("the hour is `{}`", spot.shown()))
                .help("write a number from 0 to 23, in GMT");
        }
    }
    check_repeated(element, text, 24, "NotEnoughHoursInTheDay", report);
}

pub(in crate::check) fn check_day(element: &Element<'_>, text: &str, report: &mut Collector) {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let spot = element_spot(element, text);
    if !DAYS.contains(&text.trim()) {
        spot.add(report, &DAY_INVALID, format!("the day is `{}`", spot.shown()))
            .help("write `Monday`, `Tuesday` … in English and in full");
    }
    check_repeated(element, text, 7, "EightDaysAWeek", report);
}

/// Notes an hour or a day that its list has already, and the first one past all that there are.
fn check_repeated(element: &Element<'_>, text: &str, most: usize, class: &'static str, report: &mut Collector) {
    let Some(list) = element.parent() else {
        return;
    };
    let before = list.children().take_while(|other| other != element).take(most + 1);
    let mut count = 0;
    let mut is_repeated = false;
    for other in before.filter(|other| other.name() == element.name()) {
        count += 1;
        is_repeated |= other.text().trim() == text.trim();
    }
    let spot = element_spot(element, text);
    if is_repeated && (count < most || report.is_w3c()) {
        spot.add(report, &SKIP_DUPLICATE, format!("another `{}`", spot.shown()))
            .help("keep one");
    }
    if count == most {
        spot.add(
            report,
            &SKIP_TOO_MANY,
            format!("more than {most} in `{}`", list.qualified()),
        )
        .help("a feed that is to be skipped always need not be published")
        .class(class);
    }
}

pub(in crate::check) fn check_width(element: &Element<'_>, text: &str, report: &mut Collector) {
    if number::integer(text.trim()).is_none_or(|width| !(1..=144).contains(&width)) {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &WIDTH_INVALID,
            format!("the image's width is `{}`", spot.shown()),
        )
        .help("write a number from 1 to 144; use `itunes:image` or `webfeeds:cover` for larger images");
    }
}

pub(in crate::check) fn check_height(element: &Element<'_>, text: &str, report: &mut Collector) {
    if number::integer(text.trim()).is_none_or(|height| !(1..=400).contains(&height)) {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &HEIGHT_INVALID,
            format!("the image's height is `{}`", spot.shown()),
        )
        .help("write a number from 1 to 400; use `itunes:image` or `webfeeds:cover` for larger images");
    }
}

pub(in crate::check) fn check_form_name(element: &Element<'_>, text: &str, report: &mut Collector) {
    let name = text.trim();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
    if !is_name {
        let spot = element_spot(element, text);
        spot.add(
            report,
            &FORM_NAME_INVALID,
            format!("the field's name is `{}`", spot.shown()),
        )
        .help("write a letter, then letters, digits and `-_:.`");
    }
}

pub(in crate::check) fn check_enclosure_length(element: &Element<'_>, text: &str, report: &mut Collector) {
    /// A hundred gigabytes: no episode of anything is as long.
    const MOST: i64 = 100 << 30;
    let Some(spot) = attribute_spot(element, "length") else {
        return;
    };
    match number::integer(text) {
        Some(0) => {
            spot.add(report, &LENGTH_ZERO, "the enclosure's length is 0".to_owned())
                .help("write its length in bytes: podcast readers show it, and plan downloads by it");
        }
        Some(length) if length > MOST => {
            spot.add(
                report,
                &LENGTH_IMPROBABLE,
                format!("the enclosure's length is `{}`", spot.shown()),
            )
            .help("write its length in bytes");
        }
        Some(length) if length > 0 => {}
        other => {
            let found = spot.add(
                report,
                &LENGTH_INVALID,
                format!("the enclosure's length is `{}`", spot.shown()),
            );
            found.help("write its length in bytes, digits only, and 0 if it is not known");
            if other.is_some() {
                found.class("UseZeroForUnknown");
            } else if text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
                found.class("InvalidIntegerAttribute");
            }
        }
    }
}

pub(in crate::check) fn check_enclosure_type(element: &Element<'_>, _text: &str, report: &mut Collector) {
    let Some(spot) = attribute_spot(element, "type") else {
        return;
    };
    if !media_type::is_media_type(spot.text) {
        spot.add(
            report,
            &ENCLOSURE_TYPE,
            format!("the enclosure's type is `{}`", spot.shown()),
        )
        .help("write a type and a subtype: `audio/mpeg`");
        return;
    }
    check_media_type(&spot, "InvalidMIMEAttribute", report);
    let kind = media_type::essence(spot.text);
    let kind = kind.split('/').next().unwrap_or("");
    let expected = element
        .value("url")
        .and_then(address::extension)
        .and_then(|extension| media_type::kind_of_extension(&extension));
    // An ogg or mp4 file may be either; `application/octet-stream` says nothing.
    let is_kind = matches!(kind, "audio" | "video" | "image");
    let is_av = matches!((kind, expected), ("audio", Some("video")) | ("video", Some("audio")));
    if let Some(expected) = expected.filter(|&expected| is_kind && expected != kind && !is_av) {
        spot.add(
            report,
            &TYPE_CONTRADICTED,
            format!(
                "the type is `{}`, and the file's name says {expected}",
                values::shown(spot.text)
            ),
        )
        .help("correct the type: readers choose the player by it");
    }
}

pub(in crate::check) fn check_is_permalink(element: &Element<'_>, text: &str, report: &mut Collector) {
    let is_right = matches!(text, "true" | "false") || !report.is_w3c() && matches!(text, "True" | "False" | "1" | "0");
    if let Some(spot) = attribute_spot(element, "isPermaLink").filter(|_| !is_right) {
        spot.add(
            report,
            &PERMALINK_INVALID,
            format!("`isPermaLink` is `{}`", spot.shown()),
        )
        .help("write `true` or `false`");
    }
}
