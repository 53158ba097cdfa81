//! Coordinates of GeoRSS.

use crate::check::document::Element;
use crate::check::grammar::number;
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::element_spot;

rules! { "places":
    COORDINATES_INVALID = "geo-coordinates-invalid", Warning, "not pairs of latitude and longitude", "GeoRSS simple", "InvalidCoord";
    COORDINATES_COMMA   = "geo-coordinates-comma",   Warning, "a comma between coordinates",         "GeoRSS simple", "CoordComma";
}

pub(in crate::check) fn check_point(element: &Element<'_>, text: &str, report: &mut Collector) {
    check(element, text, Some(2), "InvalidCoord", report);
}

pub(in crate::check) fn check_points(element: &Element<'_>, text: &str, report: &mut Collector) {
    check(element, text, None, "InvalidCoordList", report);
}

fn check(element: &Element<'_>, text: &str, count: Option<usize>, class: &'static str, report: &mut Collector) {
    let spot = element_spot(element, text);
    if text.contains(',') {
        spot.add(report, &COORDINATES_COMMA, format!("{} has a comma", spot.name()))
            .help("separate latitude and longitude by a space");
    }
    let numbers: Vec<Option<f64>> = text
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|part| !part.is_empty())
        .take(20_000)
        .map(number::decimal)
        .collect();
    let is_count = count.map_or(numbers.len() >= 4 && numbers.len().is_multiple_of(2), |count| {
        numbers.len() == count
    });
    let is_range = numbers.iter().enumerate().all(|(at, number)| {
        let most = if at % 2 == 0 { 90.0 } else { 180.0 };
        number.is_some_and(|number| number.abs() <= most)
    });
    if !is_count || !is_range {
        spot.add(
            report,
            &COORDINATES_INVALID,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write latitude, a space, longitude, in degrees: `48.2 16.37`")
        .class(class);
    }
}
