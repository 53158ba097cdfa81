//! Why a text is no date, and what is worth telling of one that is.

use super::Refused;

pub(super) const IMPOSSIBLE: Refused = Refused("there is no such day in the calendar");
pub(super) const AMBIGUOUS: Refused = Refused("day and month can be read in either order");
pub(super) const CENTURY: Refused = Refused("day, month and year can be read in several orders");
pub(super) const NO_DAY: Refused = Refused("it names a month and not a day");
pub(super) const ONLY_YEAR: Refused = Refused("it names a year and not a day");
pub(super) const ONLY_WEEK: Refused = Refused("it names a week and not a day");
pub(super) const NO_YEAR: Refused = Refused("the year is missing");
pub(super) const RANGE: Refused = Refused("it names a span of days");
pub(super) const MONTH_BY_LANGUAGE: Refused =
    Refused("its month differs between languages, and the language is not known");
pub(super) const SOLAR: Refused = Refused("it is a date of the Solar Hijri calendar");
pub(super) const PLACEHOLDER: Refused = Refused("it is a placeholder that programs write for no date");

pub(super) const NOTE_CENTURY: &str = "the century was not written";
/// The remark on `2024-13-01`.
pub const NOTE_YDM: &str = "read as year, day, month: there is no such month";
pub(super) const NOTE_SECOND: &str = "a second date follows it";
/// The remark on a weekday that is another day's.
pub const NOTE_WEEKDAY: &str = "the weekday is not the one of that day";
pub(super) const NOTE_BEFORE: &str = "the words before the date were passed over";
pub(super) const NOTE_AFTER: &str = "the words after the date were passed over";
pub(super) const NOTE_ZONE: &str = "its time zone is not one that is known";
/// The remark on a time that the clock of its zone never showed.
pub const NOTE_GAP: &str = "the clock of its zone jumps over this time; it is moved forward by as much";
/// The remark on a time that the clock of its zone showed twice.
pub const NOTE_FOLD: &str = "the clock of its zone shows this time twice; the first is taken";
