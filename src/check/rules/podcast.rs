//! Podcasting 2.0: values that its specification lists.

use crate::check::document::Element;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::{Spot, attribute_spot, element_spot};

rules! { "podcast":
    GUID_INVALID    = "podcast-guid-invalid",    Warning, "not a UUID",                                "Podcasting 2.0, podcast:guid";
    MEDIUM_UNKNOWN  = "podcast-medium-unknown",  Warning, "not one of the media of Podcasting 2.0",    "Podcasting 2.0, podcast:medium";
    GEO_INVALID     = "podcast-geo-invalid",     Warning, "not a geo: address",                        "Podcasting 2.0, podcast:location; RFC 5870";
}

fn spot<'e, 'd>(element: &'e Element<'d>, name: &'static str, text: &'e str) -> Spot<'e, 'd> {
    match attribute_spot(element, name) {
        Some(spot) => Spot { text, ..spot },
        None => element_spot(element, text),
    }
}

pub(in crate::check) fn check_guid(element: &Element<'_>, text: &str, report: &mut Collector) {
    let lengths: Vec<usize> = text.trim().split('-').map(str::len).collect();
    let is_uuid =
        lengths == [8, 4, 4, 4, 12] && text.trim().bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    if !is_uuid {
        let spot = spot(element, "feedGuid", text);
        spot.add(report, &GUID_INVALID, format!("{} is `{}`", spot.name(), spot.shown()))
            .help("write the UUIDv5 of the feed's address, without scheme and trailing slashes");
    }
}

pub(in crate::check) fn check_medium(element: &Element<'_>, text: &str, report: &mut Collector) {
    const MEDIA: [&str; 9] = [
        "podcast",
        "music",
        "video",
        "film",
        "audiobook",
        "newsletter",
        "blog",
        "publisher",
        "course",
    ];
    let medium = text.trim();
    let single = medium.strip_suffix('L').unwrap_or(medium);
    if !MEDIA.contains(&single) && medium != "mixed" {
        let spot = spot(element, "medium", text);
        spot.add(
            report,
            &MEDIUM_UNKNOWN,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write `podcast`, `music`, `video`, `film`, `audiobook`, `newsletter`, `blog`, `publisher` or `course`");
    }
}

pub(in crate::check) fn check_geo(element: &Element<'_>, text: &str, report: &mut Collector) {
    let is_geo = text.strip_prefix("geo:").is_some_and(|rest| {
        let place = rest.split(';').next().unwrap_or("");
        let numbers: Vec<&str> = place.split(',').collect();
        (2..=3).contains(&numbers.len())
            && numbers
                .iter()
                .all(|number| crate::check::grammar::number::decimal(number).is_some())
    });
    if let Some(spot) = attribute_spot(element, "geo").filter(|_| !is_geo) {
        spot.add(report, &GEO_INVALID, format!("{} is `{}`", spot.name(), spot.shown()))
            .help("write `geo:48.2,16.37`");
    }
}
