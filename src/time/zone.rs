//! Time zones from the IANA database.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, Timelike, Utc};

/// A time zone from the IANA database.
#[derive(Debug, Clone)]
pub struct Zone(jiff::tz::TimeZone);

/// The reason why a local time does not correspond to exactly one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClockChange {
    /// The local time is skipped, because the clocks go forward.
    Gap,
    /// The local time occurs twice, because the clocks go back.
    Fold,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Zone(jiff::tz::TimeZone::UTC)
    }

    /// The zone with an IANA name such as `Europe/Berlin`.
    ///
    /// The zone comes from the built-in database rather than the system's, so that a date is the same instant on every
    /// machine: a laptop and a CI runner may have different releases of the database, and some containers have no
    /// database at all.
    pub fn named(name: &str) -> Option<Self> {
        jiff::tz::TimeZoneDatabase::bundled().get(name).ok().map(Zone)
    }

    /// The names of all zones, used to suggest the name closest to a misspelled one.
    pub fn names() -> Vec<String> {
        jiff::tz::TimeZoneDatabase::bundled()
            .available()
            .map(|name| name.as_str().to_owned())
            .collect()
    }

    /// The clock change, if any, that skips or repeats a local time.
    pub(super) fn clock_change(&self, local: NaiveDateTime) -> Option<ClockChange> {
        match self.0.to_ambiguous_zoned(civil(local).ok()?).offset() {
            jiff::tz::AmbiguousOffset::Gap { .. } => Some(ClockChange::Gap),
            jiff::tz::AmbiguousOffset::Fold { .. } => Some(ClockChange::Fold),
            jiff::tz::AmbiguousOffset::Unambiguous { .. } => None,
        }
    }

    /// The same instant, expressed with the offset of the zone at that instant.
    pub(super) fn localize(&self, instant: &DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        let moment = jiff::Timestamp::from_second(instant.timestamp()).ok();
        let offset = moment.and_then(|moment| FixedOffset::east_opt(self.0.to_offset(moment).seconds()));
        offset.map_or(*instant, |offset| instant.with_timezone(&offset))
    }

    /// The instant of a local time.
    ///
    /// A time in a gap is moved forward by the length of the gap. For a time in a fold, the first of the two instants
    /// is used. RFC 5545, section 3.3.5, specifies both rules for calendars.
    pub fn resolve(&self, local: NaiveDateTime) -> DateTime<FixedOffset> {
        let unzoned = local.and_utc().fixed_offset();
        let zoned = civil(local).and_then(|civil| self.0.to_ambiguous_zoned(civil).compatible());
        let Ok(zoned) = zoned else { return unzoned };
        let offset = FixedOffset::east_opt(zoned.offset().seconds());
        let instant = DateTime::<Utc>::from_timestamp(zoned.timestamp().as_second(), 0);
        offset
            .zip(instant)
            .map_or(unzoned, |(offset, instant)| instant.with_timezone(&offset))
    }
}

/// Converts a local time to jiff's type. Returns an error if jiff does not support the year.
fn civil(local: NaiveDateTime) -> Result<jiff::civil::DateTime, jiff::Error> {
    jiff::civil::DateTime::new(
        i16::try_from(local.year()).unwrap_or(i16::MAX),
        local.month() as i8,
        local.day() as i8,
        local.hour() as i8,
        local.minute() as i8,
        local.second() as i8,
        0,
    )
}
