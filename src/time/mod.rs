//! Instants, written dates and time zones. This module never reads the system clock, so the same input always gives the
//! same feeds.

mod months;
mod weekdays;
pub mod written;
mod zone;

pub use zone::Zone;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};

/// A date as an author wrote it: a day, and possibly a time of day and an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WrittenDate {
    /// The day.
    pub date: NaiveDate,
    /// The time of day in whole seconds, if one was written.
    pub time: Option<NaiveTime>,
    /// The offset, if one was written.
    pub offset: Option<FixedOffset>,
}

impl WrittenDate {
    /// The instant of the date. If the time or the offset is missing, the site's default time or time zone is used.
    ///
    /// A date without a time is not assumed to mean midnight UTC, which readers west of Greenwich would show as the
    /// previous day.
    pub fn at(&self, zone: &Zone, default_time: NaiveTime) -> Timestamp {
        let local = self.date.and_time(self.time.unwrap_or(default_time));
        let written = self.offset.and_then(|offset| local.and_local_timezone(offset).single());
        let instant = written.unwrap_or_else(|| zone.resolve(local));
        // RFC 3339 and RFC 5322 can represent only four-digit years. On the first and last days of this range, the
        // offset can move the UTC time out of the range. In that case, the local time is used as UTC.
        let instant = if is_writable(&instant) {
            instant
        } else {
            local.and_utc().fixed_offset()
        };
        Timestamp {
            instant,
            precision: if self.time.is_some() {
                Precision::Second
            } else {
                Precision::Day
            },
            assumed_offset: self.offset.is_none(),
        }
    }
}

/// Formats only the parts that were written: `2026-03-01`, `2026-03-01T09:00:00` or `2026-03-01T09:00:00+01:00`.
impl std::fmt::Display for WrittenDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date.format("%Y-%m-%d"))?;
        if let Some(time) = self.time {
            write!(f, "T{}", time.format("%H:%M:%S"))?;
            match self.offset {
                Some(offset) if offset.local_minus_utc() == 0 => f.write_str("Z")?,
                Some(offset) => write!(f, "{offset}")?,
                None => {}
            }
        }
        Ok(())
    }
}

/// The precision of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// The author wrote only the day; the time of day is the site's default.
    Day,
    /// The author also wrote a time of day, so the site's default is not used.
    Second,
}

/// An instant in the years 1 to 9999, in whole seconds, with the author's UTC offset.
#[derive(Debug, Clone, Copy)]
pub struct Timestamp {
    instant: DateTime<FixedOffset>,
    /// Whether the author wrote a time of day.
    pub precision: Precision,
    /// Whether the offset is the site's rather than the author's.
    pub assumed_offset: bool,
}

/// The largest UTC offset in use, `+14:00` in Kiribati, in minutes.
const MAX_OFFSET_MINUTES: i32 = 14 * 60;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Whether RFC 822 and RFC 3339 can represent the instant, both in UTC and with its own offset.
fn is_writable(instant: &DateTime<FixedOffset>) -> bool {
    (1..=9999).contains(&instant.year()) && (1..=9999).contains(&instant.naive_utc().year())
}

// Two timestamps are equal if they are the same instant: a change of the offset alone is not a change of the entry.
impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.unix() == other.unix()
    }
}
impl Eq for Timestamp {}
impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.unix().cmp(&other.unix())
    }
}

impl Timestamp {
    /// The earliest publication date that Feedwright writes to a feed, in seconds since 1970-01-01T00:00:00Z. newsboat,
    /// Thunderbird and Akregator store dates in 32 bits. They show dates before 1970 as dates far in the future (a date
    /// in 1968 as one in 2104), and such entries stay at the top of the list forever.
    pub const EARLIEST: i64 = 24 * 60 * 60;

    /// Converts seconds since 1970-01-01T00:00:00Z to an instant. Returns `None` outside the years 1 to 9999.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let instant = DateTime::<Utc>::from_timestamp(seconds, 0)?.fixed_offset();
        is_writable(&instant).then_some(Timestamp {
            instant,
            precision: Precision::Second,
            assumed_offset: false,
        })
    }

    /// Parses a date and time in the format of RFC 3339, which the ledger and `--now` use. Drops fractions of a second.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let instant = DateTime::parse_from_rfc3339(text).ok()?.with_nanosecond(0)?;
        is_writable(&instant).then_some(Timestamp {
            instant,
            precision: Precision::Second,
            assumed_offset: false,
        })
    }

    /// The same instant with the offset of a zone.
    pub fn in_zone(self, zone: &Zone) -> Self {
        let instant = zone.localize(&self.instant);
        if is_writable(&instant) {
            Timestamp { instant, ..self }
        } else {
            self
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(&self) -> i64 {
        self.instant.timestamp()
    }

    /// The later of the two instants.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }

    /// The day of the instant in the author's UTC offset.
    pub fn day(&self) -> NaiveDate {
        self.instant.date_naive()
    }

    /// Formats the instant according to RFC 3339: `2026-03-01T08:00:00Z`. The time is always in UTC, because elfeed
    /// ignores all other offsets in Atom dates, and newsboat and gPodder ignore some of them.
    pub fn rfc3339(&self) -> String {
        let utc = self.instant.naive_utc();
        let (year, month, day) = (utc.year(), utc.month(), utc.day());
        let (hour, minute, second) = (utc.hour(), utc.minute(), utc.second());
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// `Sun, 01 Mar 2026 09:00:00 +0100`: RFC 822 with a four-digit year.
    ///
    /// Keeps the author's offset, so that readers can show the author's day.
    pub fn rfc822(&self) -> String {
        // This does not use chrono's `format`, which takes 570 ns because it parses the format string for each date.
        // Offsets from the 19th century (local mean time) include seconds, but offsets in RFC 822 consist of only hours
        // and minutes, so the seconds are dropped.
        let minutes = self.instant.offset().local_minus_utc() / 60;
        // An offset that is larger than any in use, such as `+15:00`, is a mistake, and strict readers reject it. The
        // same instant is written in UTC instead.
        let minutes = if minutes.abs() > MAX_OFFSET_MINUTES { 0 } else { minutes };
        let local = self.instant.naive_utc() + TimeDelta::minutes(i64::from(minutes));
        let weekday = WEEKDAYS[local.weekday().num_days_from_monday() as usize % 7];
        let month = MONTHS[local.month0() as usize % 12];
        let (day, year) = (local.day(), local.year());
        let (hour, minute, second) = (local.hour(), local.minute(), local.second());
        let mut out = format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} ");
        if minutes == 0 {
            out.push_str("GMT");
        } else {
            let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
            out.push_str(&format!("{sign}{:02}{:02}", minutes / 60, minutes % 60));
        }
        out
    }

    /// The instant in UTC, for libraries that use chrono's types.
    pub fn to_chrono_utc(&self) -> DateTime<FixedOffset> {
        self.instant.to_utc().fixed_offset()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_date_is_that_day_in_the_zone_of_the_site() {
        let written = WrittenDate {
            date: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
            time: None,
            offset: None,
        };
        let instant = written.at(&Zone::named("Europe/Berlin").unwrap(), NaiveTime::MIN);
        assert_eq!(instant.rfc822(), "Sun, 01 Mar 2026 00:00:00 +0100");
        assert_eq!(instant.rfc3339(), "2026-02-28T23:00:00Z");
        assert_eq!((instant.precision, instant.assumed_offset), (Precision::Day, true));
    }

    #[test]
    fn a_time_in_a_gap_moves_forward() {
        let local = NaiveDate::from_ymd_opt(2026, 3, 29)
            .unwrap()
            .and_hms_opt(2, 30, 0)
            .unwrap();
        let written = WrittenDate {
            date: local.date(),
            time: Some(local.time()),
            offset: None,
        };
        assert_eq!(
            written
                .at(&Zone::named("Europe/Berlin").unwrap(), NaiveTime::MIN)
                .rfc3339(),
            "2026-03-29T01:30:00Z"
        );
    }

    #[test]
    fn formats_match_those_of_chrono() {
        for seconds in [
            -62_135_596_800,
            -1,
            0,
            951_782_400,
            1_734_163_200,
            1_800_000_061,
            253_402_300_799,
        ] {
            let instant = Timestamp::from_unix(seconds).unwrap();
            let oracle = DateTime::<Utc>::from_timestamp(seconds, 0).unwrap();
            assert_eq!(instant.rfc3339(), oracle.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            assert_eq!(instant.rfc822(), oracle.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
        }
        assert_eq!(
            Timestamp::from_unix(253_402_300_800).map(|instant| instant.unix()),
            None
        );
        assert_eq!(Timestamp::from_unix(i64::MAX).map(|instant| instant.unix()), None);
        assert_eq!(
            Timestamp::parse_rfc3339("9999-12-31T23:59:59-10:00").map(|instant| instant.unix()),
            None
        );
        let half = Timestamp::parse_rfc3339("2024-12-14T08:00:00-03:30").unwrap();
        assert_eq!(half.rfc822(), "Sat, 14 Dec 2024 08:00:00 -0330");
        let beyond = Timestamp::parse_rfc3339("2024-12-14T08:00:00+15:00").unwrap();
        assert_eq!(beyond.rfc822(), "Fri, 13 Dec 2024 17:00:00 GMT");
    }

    #[test]
    fn years_always_have_four_digits() {
        let written = |year, month, day, offset: i32| WrittenDate {
            date: NaiveDate::from_ymd_opt(year, month, day).unwrap(),
            time: NaiveTime::from_hms_opt(if day == 1 { 0 } else { 23 }, 59, 59),
            offset: FixedOffset::east_opt(offset * 3600),
        };
        let utc = Zone::utc();
        let last = written(9999, 12, 31, -12).at(&utc, NaiveTime::MIN);
        assert_eq!(last.rfc3339(), "9999-12-31T23:59:59Z");
        let first = written(1, 1, 1, 14).at(&utc, NaiveTime::MIN);
        assert_eq!(first.rfc822(), "Mon, 01 Jan 0001 00:59:59 GMT");
        let old = WrittenDate {
            offset: None,
            ..written(1850, 6, 2, 0)
        };
        let old = old.at(&Zone::named("Europe/Paris").unwrap(), NaiveTime::MIN);
        assert_eq!(old.rfc822(), "Sun, 02 Jun 1850 23:59:38 +0009");
    }
}
