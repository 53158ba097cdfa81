//! GeoRSS coordinates.

use crate::check::field::Field;
use crate::check::grammar::number;
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "coordinates":
    COORDINATES_INVALID = "geo-coordinates-invalid", Warning, "the coordinates are not pairs of latitude and longitude", "GeoRSS simple", "InvalidCoord";
    COORDINATES_COMMA   = "geo-coordinates-comma",   Warning, "the coordinates are separated by a comma",                "GeoRSS simple", "CoordComma";
}

/// The maximum number of coordinates that are checked. Further coordinates are ignored. The limit is even, so that it
/// does not split a pair.
const MAX_COORDINATES: usize = 20_000;

/// Checks a point, which is a single pair of coordinates.
pub(in crate::check) fn check_point(field: &Field<'_, '_>, report: &mut Collector) {
    check(field, |count| count == 2, "InvalidCoord", report);
}

/// Checks a line, a polygon or a box, which must have at least two pairs of coordinates.
pub(in crate::check) fn check_points(field: &Field<'_, '_>, report: &mut Collector) {
    check(
        field,
        |count| count >= 4 && count.is_multiple_of(2),
        "InvalidCoordList",
        report,
    );
}

fn check(field: &Field<'_, '_>, is_count: fn(usize) -> bool, class: &'static str, report: &mut Collector) {
    if field.text.contains(',') {
        field
            .add(report, &COORDINATES_COMMA, format!("{} contains a comma", field.name()))
            .help("separate latitude and longitude with a space");
    }
    // The text is also split at commas. Otherwise, the comma that was reported above would be reported again as part of
    // an invalid number.
    let numbers: Vec<Option<f64>> = field
        .text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|part| !part.is_empty())
        .take(MAX_COORDINATES)
        .map(number::decimal)
        .collect();
    let is_in_range = numbers.iter().enumerate().all(|(at, number)| {
        // In GeoRSS, unlike in GeoJSON, the latitude comes first.
        let limit = if at % 2 == 0 { 90.0 } else { 180.0 };
        number.is_some_and(|number| number.abs() <= limit)
    });
    if !is_count(numbers.len()) || !is_in_range {
        field
            .mismatch(report, &COORDINATES_INVALID, "pairs of latitude and longitude")
            .help("write the latitude, a space and the longitude, in degrees: `48.2 16.37`")
            .class(class);
    }
}
