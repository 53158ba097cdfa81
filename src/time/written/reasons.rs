//! The reasons why a text is not a date, and the remarks on doubtful dates.

use super::Rejected;

pub(super) const IMPOSSIBLE: Rejected = Rejected("there is no such day in the calendar");
pub(super) const AMBIGUOUS: Rejected = Rejected("the day and the month can be in either order");
pub(super) const CENTURY: Rejected = Rejected("the order of the day, the month and the year is ambiguous");
pub(super) const NO_DAY: Rejected = Rejected("it names a month but no day");
pub(super) const ONLY_YEAR: Rejected = Rejected("it names a year but no day");
pub(super) const ONLY_WEEK: Rejected = Rejected("it names a week but no day");
pub(super) const NO_YEAR: Rejected = Rejected("the year is missing");
pub(super) const RANGE: Rejected = Rejected("it is a range of days");
pub(super) const MONTH_BY_LANGUAGE: Rejected =
    Rejected("its month name stands for different months in different languages, and the language is unknown");
pub(super) const SOLAR: Rejected = Rejected("it is a date in the Solar Hijri calendar");
pub(super) const PLACEHOLDER: Rejected = Rejected("it is a placeholder that programs write when there is no date");

pub(super) const NOTE_CENTURY: &str = "the year has two digits, so its century is assumed";
/// The remark on a date such as `2024-13-01`, in which the day comes before the month.
pub const NOTE_YDM: &str = "read as year, day, month, because the second number is not a month";
pub(super) const NOTE_SECOND: &str = "a second date follows it";
/// The remark on a weekday that does not match the date.
pub const NOTE_WEEKDAY: &str = "the weekday does not match the date";
pub(super) const NOTE_BEFORE: &str = "the words before the date are ignored";
pub(super) const NOTE_AFTER: &str = "the words after the date are ignored";
pub(super) const NOTE_ZONE: &str = "its time zone is unknown or ambiguous";
/// The remark on a date that is labeled as the date of an update.
pub const NOTE_UPDATE: &str = "the date is labeled as the date of an update";
/// The remark on a local time that does not exist in its zone, because the clocks go forward.
pub const NOTE_GAP: &str = "this time does not exist in its time zone because of a clock change; \
                            the time is moved forward by the length of the gap";
/// The remark on a local time that occurs twice in its zone, because the clocks go back.
pub const NOTE_FOLD: &str =
    "this time occurs twice in its time zone because of a clock change; the first occurrence is used";
