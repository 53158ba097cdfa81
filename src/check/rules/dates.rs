//! Dates in RSS, Atom and Dublin Core.

use crate::check::field::Field;
use crate::check::grammar::date::{self, Moment};
use crate::check::report::Collector;
use crate::finding::rules;

rules! { "dates":
    RSS_DATE_INVALID  = "rss-date-invalid",       Error,   "the date is not an RFC 822 date",                         "RSS 2.0; RFC 822 section 5", "InvalidRFC2822Date";
    RSS_DATE_UNUSUAL  = "rss-date-unusual",       Advice,  "the date is in an RFC 822 form that some readers reject", "RFC 822 section 5; RFC 2822 section 3.3", "ProblematicalRFC822Date";
    WEEKDAY_WRONG     = "rss-date-weekday-wrong", Warning, "the day of the week does not match the date",             "RFC 2822 section 3.3", "IncorrectDOW";
    ATOM_DATE_INVALID = "atom-date-invalid",      Error,   "the date is not an RFC 3339 date",                        "RFC 4287 section 3.3; RFC 3339 section 5.6", "InvalidRFC3339Date";
    W3C_DATE_INVALID  = "dc-date-invalid",        Warning, "the date is not a W3C date (ISO 8601)",                   "Dublin Core date; W3C note on date and time formats", "InvalidW3CDTFDate";
    CLOCK_IMPOSSIBLE  = "feed-date-impossible",   Error,   "the time or UTC offset is not valid",                     "RFC 2822 section 3.3";
    DATE_IMPROBABLE   = "feed-date-improbable",   Warning, "the date is before 1990 or in the future",                "readers sort by it", "ImplausibleDate";
    DATE_WHITE_SPACE  = "atom-white-space",       Error,   "the value has white space around it",                     "RFC 4287 section 2", "UnexpectedWhitespace";
}

/// The earliest plausible year of a date. No feeds existed before this year, and the W3C validator uses the same limit.
/// Generators write earlier years for missing dates: 1970 or, in Hugo's feeds, the year 1.
const FIRST_YEAR: i64 = 1990;
/// How far in the future a date may be, in seconds. A date up to two days ahead may be due to a wrong clock or time
/// zone.
const LEEWAY: i64 = 2 * 86_400;

pub(super) fn check_rfc822(field: &Field<'_, '_>, report: &mut Collector) {
    let Some(moment) = date::rfc822(field.text.trim()) else {
        field
            .add(
                report,
                &RSS_DATE_INVALID,
                format!("{} is `{}`, not an RFC 822 date", field.name(), field.excerpt()),
            )
            .help("write it as `Sun, 01 Mar 2026 09:00:00 +0100`");
        return;
    };
    if moment.is_unusual {
        field
            .add(
                report,
                &RSS_DATE_UNUSUAL,
                format!(
                    "{} is `{}`, a form that some readers reject",
                    field.name(),
                    field.excerpt()
                ),
            )
            .help("write the date in exactly this format: `Sun, 01 Mar 2026 09:00:00 +0100`");
    }
    if moment.is_wrong_weekday {
        field
            .add(
                report,
                &WEEKDAY_WRONG,
                format!("the day of the week in `{}` does not match the date", field.excerpt()),
            )
            .help("correct the date or the day of the week; the day of the week is optional");
    }
    check_moment(field, moment, report);
}

pub(super) fn check_rfc3339(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text.trim();
    if text.len() != field.text.len() && date::rfc3339(text).is_some() {
        field
            .add(
                report,
                &DATE_WHITE_SPACE,
                format!("{} has white space around its date", field.name()),
            )
            .help("remove the white space between the tags and the date");
    }
    let Some(moment) = date::rfc3339(text) else {
        field
            .add(
                report,
                &ATOM_DATE_INVALID,
                format!("{} is `{}`, not an RFC 3339 date", field.name(), field.excerpt()),
            )
            .help("write it as `2026-03-01T09:00:00+01:00`, with `T`, seconds and a UTC offset");
        return;
    };
    check_moment(field, moment, report);
}

pub(super) fn check_w3cdtf(field: &Field<'_, '_>, report: &mut Collector) {
    let Some(moment) = date::w3cdtf(field.text.trim()) else {
        field
            .add(
                report,
                &W3C_DATE_INVALID,
                format!("{} is `{}`, not a W3C date", field.name(), field.excerpt()),
            )
            .help("write it as `2026-03-01` or `2026-03-01T09:00:00+01:00`");
        return;
    };
    check_moment(field, moment, report);
}

/// Checks the meaning of a syntactically valid date.
fn check_moment(field: &Field<'_, '_>, moment: Moment, report: &mut Collector) {
    if moment.is_impossible_clock {
        field
            .add(
                report,
                &CLOCK_IMPOSSIBLE,
                format!("the time or UTC offset in `{}` is not valid", field.excerpt()),
            )
            .help("use hours up to 23, minutes up to 59 and offsets up to +14:00");
    }
    if moment.year < FIRST_YEAR {
        field
            .add(
                report,
                &DATE_IMPROBABLE,
                format!("{} is in the year {}", field.name(), moment.year),
            )
            .help("correct the year; generators often write 1970 for a missing date");
    } else if is_in_future(moment, report) {
        field
            .add(
                report,
                &DATE_IMPROBABLE,
                format!("{} is in the future: `{}`", field.name(), field.excerpt()),
            )
            .help("correct the date: until that day, readers either hide the entry or show it above all others");
    }
}

/// Whether a date is before the earliest plausible year or in the future.
pub(super) fn is_improbable(moment: Moment, report: &Collector) -> bool {
    moment.year < FIRST_YEAR || is_in_future(moment, report)
}

fn is_in_future(moment: Moment, report: &Collector) -> bool {
    let now = report.options.now;
    now.is_some_and(|now| moment.seconds > now.saturating_add(LEEWAY))
}
