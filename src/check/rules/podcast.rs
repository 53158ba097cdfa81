//! Values of Podcasting 2.0 elements: the guid, the medium and the location.

use crate::check::field::Field;
use crate::check::grammar::number;
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "podcast":
    GUID_INVALID   = "podcast-guid-invalid",   Warning, "the guid of the podcast is not a UUID",      "Podcasting 2.0, podcast:guid";
    MEDIUM_UNKNOWN = "podcast-medium-unknown", Warning, "Podcasting 2.0 does not define this medium", "Podcasting 2.0, podcast:medium";
    GEO_INVALID    = "podcast-geo-invalid",    Warning, "the location is not a `geo:` URI",           "Podcasting 2.0, podcast:location; RFC 5870";
}

pub(in crate::check) fn check_guid(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let is_uuid = lengths == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    if !is_uuid {
        field
            .mismatch(report, &GUID_INVALID, "a UUID")
            .help("write the UUIDv5 of the feed's URL, computed without the scheme and trailing slashes");
    }
}

pub(in crate::check) fn check_medium(field: &Field<'_, '_>, report: &mut Collector) {
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
    let medium = field.text.trim();
    // A final `L` means a list: `musicL` is a list of music.
    let item = medium.strip_suffix('L').unwrap_or(medium);
    // There is no `mixedL`, because `mixed` already means a list: its items have different media.
    if !MEDIA.contains(&item) && medium != "mixed" {
        field.mismatch(report, &MEDIUM_UNKNOWN, "a Podcasting 2.0 medium").help(
            "write `podcast`, `music`, `video`, `film`, `audiobook`, `newsletter`, `blog`, `publisher` or `course`",
        );
    }
}

pub(in crate::check) fn check_geo(field: &Field<'_, '_>, report: &mut Collector) {
    // RFC 5870 section 3.3: a third number is the altitude, and parameters such as the uncertainty follow a semicolon.
    let is_geo = field.text.strip_prefix("geo:").is_some_and(|rest| {
        let point = rest.split(';').next().unwrap_or("");
        let numbers: Vec<&str> = point.split(',').collect();
        (2..=3).contains(&numbers.len()) && numbers.iter().all(|number| number::decimal(number).is_some())
    });
    if !is_geo {
        field
            .mismatch(report, &GEO_INVALID, "a `geo:` URI")
            .help("write the latitude and the longitude, as in `geo:48.2,16.37`");
    }
}
