//! Dates of RSS, Atom and Dublin Core.

use crate::check::grammar::date::{self, Moment};
use crate::check::report::Collector;
use crate::finding::rules;

use super::values::Spot;

rules! { "dates":
    RSS_DATE_INVALID   = "rss-date-invalid",       Error,   "not a date by RFC 822",                          "RSS 2.0; RFC 822 section 5", "InvalidRFC2822Date";
    RSS_DATE_UNUSUAL   = "rss-date-unusual",       Advice,  "a date by RFC 822 that not every reader takes",  "RFC 822 section 5; RFC 2822 section 3.3", "ProblematicalRFC822Date";
    WEEKDAY_WRONG      = "rss-date-weekday-wrong", Warning, "the day of the week is another one",             "RFC 2822 section 3.3", "IncorrectDOW";
    ATOM_DATE_INVALID  = "atom-date-invalid",      Error,   "not a date by RFC 3339",                         "RFC 4287 section 3.3; RFC 3339 section 5.6", "InvalidRFC3339Date";
    W3C_DATE_INVALID   = "dc-date-invalid",        Warning, "not a date by W3CDTF",                           "Dublin Core date; W3C note on date and time formats", "InvalidW3CDTFDate";
    CLOCK_IMPOSSIBLE   = "feed-date-impossible",   Error,   "a time or zone that no clock shows",             "RFC 2822 section 3.3";
    DATE_IMPROBABLE    = "feed-date-improbable",   Warning, "a date that can hardly be meant",                "readers sort by it", "ImplausibleDate";
    DATE_WHITE_SPACE   = "atom-white-space",       Error,   "white space around a value that may have none",  "RFC 4287 section 2", "UnexpectedWhitespace";
}

/// A day before the first feeds, and two days for clocks and zones that are off.
const FIRST_YEAR: i64 = 1990;
const LEEWAY: i64 = 2 * 86_400;

pub(super) fn check_rfc822(spot: &Spot<'_, '_>, report: &mut Collector) {
    let Some(moment) = date::rfc822(spot.text.trim()) else {
        spot.add(
            report,
            &RSS_DATE_INVALID,
            format!("{} is `{}`, not a date by RFC 822", spot.name(), spot.shown()),
        )
        .help("write it as `Sun, 01 Mar 2026 09:00:00 +0100`");
        return;
    };
    if moment.is_unusual {
        spot.add(
            report,
            &RSS_DATE_UNUSUAL,
            format!("{} is `{}`", spot.name(), spot.shown()),
        )
        .help("write it as `Sun, 01 Mar 2026 09:00:00 +0100`, to the letter");
    }
    if moment.is_wrong_weekday {
        spot.add(
            report,
            &WEEKDAY_WRONG,
            format!("the day in `{}` is not the date's", spot.shown()),
        )
        .help("correct the day or the date, or leave the day out");
    }
    check_moment(spot, moment, report);
}

pub(super) fn check_rfc3339(spot: &Spot<'_, '_>, report: &mut Collector) {
    let text = spot.text.trim();
    if text.len() != spot.text.len() && date::rfc3339(text).is_some() {
        spot.add(
            report,
            &DATE_WHITE_SPACE,
            format!("{} has white space around its date", spot.name()),
        )
        .help("put the date right between the tags");
    }
    let Some(moment) = date::rfc3339(text) else {
        spot.add(
            report,
            &ATOM_DATE_INVALID,
            format!("{} is `{}`, not a date by RFC 3339", spot.name(), spot.shown()),
        )
        .help("write it as `2026-03-01T09:00:00+01:00`, with `T`, seconds and zone");
        return;
    };
    check_moment(spot, moment, report);
}

pub(super) fn check_w3cdtf(spot: &Spot<'_, '_>, report: &mut Collector) {
    let Some(moment) = date::w3cdtf(spot.text.trim()) else {
        spot.add(
            report,
            &W3C_DATE_INVALID,
            format!("{} is `{}`, not a date by W3CDTF", spot.name(), spot.shown()),
        )
        .help("write it as `2026-03-01` or `2026-03-01T09:00:00+01:00`");
        return;
    };
    check_moment(spot, moment, report);
}

/// What is wrong with a date that is well written.
pub(super) fn check_moment(spot: &Spot<'_, '_>, moment: Moment, report: &mut Collector) {
    if moment.is_impossible_clock {
        spot.add(
            report,
            &CLOCK_IMPOSSIBLE,
            format!("no clock shows the time or zone of `{}`", spot.shown()),
        )
        .help("hours end at 23, minutes at 59, zones at +14:00");
    }
    if moment.year < FIRST_YEAR {
        spot.add(
            report,
            &DATE_IMPROBABLE,
            format!("the year {} in {}", moment.year, spot.name()),
        )
        .help("check the year; 1970 is what an empty date becomes");
    } else if report
        .options
        .now
        .is_some_and(|now| moment.seconds > now.saturating_add(LEEWAY))
    {
        spot.add(
            report,
            &DATE_IMPROBABLE,
            format!("{} lies in the future: `{}`", spot.name(), spot.shown()),
        )
        .help("readers put it above everything else until then, or hide it");
    }
}
