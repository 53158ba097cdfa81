//! Dates: RFC 822 for RSS (with four-digit years), RFC 3339 for Atom and JSON Feed, W3CDTF for Dublin Core.

mod rfc822;

pub(in crate::check) use rfc822::rfc822;

/// A parsed date, and the problems that were found in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z. A date without a time is midnight UTC.
    pub(in crate::check) seconds: i64,
    pub(in crate::check) year: i64,
    /// Whether the date states the wrong day of the week.
    pub(in crate::check) is_wrong_weekday: bool,
    /// Whether the hour, minute, second or UTC offset is out of range.
    pub(in crate::check) is_impossible_clock: bool,
    /// Whether the date has a form that RFC 822 allows but some readers reject, for example with a two-digit year, a
    /// comment or extra white space.
    pub(in crate::check) is_unusual: bool,
}

fn month_days(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, computed with Howard Hinnant's algorithm `days_from_civil`.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // In this algorithm, years begin in March, so the leap day is the last day of a year.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Formats seconds since 1970-01-01T00:00:00Z as RFC 3339 in UTC.
pub(in crate::check) fn format_rfc3339(seconds: i64) -> String {
    let (days_since, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // This is the inverse of `days`. Here, too, years begin in March.
    let shifted = days_since + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z",
        second % 60
    )
}

/// Reads up to `limit` ASCII digits; returns the number and how many digits it has.
fn digits(text: &str, limit: usize) -> Option<(i64, usize)> {
    let count = text.bytes().take(limit).take_while(u8::is_ascii_digit).count();
    Some((text.get(..count)?.parse().ok()?, count))
}

/// Reads exactly `count` digits; returns the number and the rest.
fn exactly(text: &str, count: usize) -> Option<(i64, &str)> {
    let (number, read) = digits(text, count)?;
    (read == count).then(|| (number, &text[count..]))
}

/// Parses an RFC 3339 date and time with the restriction of RFC 4287 section 3.3: `T` and `Z` must be uppercase.
pub(in crate::check) fn rfc3339(text: &str) -> Option<Moment> {
    let (year, rest) = exactly(text, 4)?;
    let (month, rest) = exactly(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = exactly(rest.strip_prefix('-')?, 2)?;
    if !(1..=12).contains(&month) || day < 1 || day > month_days(year, month) {
        return None;
    }
    let (hour, rest) = exactly(rest.strip_prefix('T')?, 2)?;
    let (minute, rest) = exactly(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = exactly(rest.strip_prefix(':')?, 2)?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            // RFC 3339 section 5.6: a fraction has at least one digit, and the number of digits is not limited.
            let count = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if count == 0 {
                return None;
            }
            &fraction[count..]
        }
        None => rest,
    };
    let offset = numeric_offset(rest)?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
    // Leap seconds occur only at the end of a day in UTC: RFC 3339 section 5.7.
    if second == 60 && seconds.rem_euclid(86_400) != 0 {
        return None;
    }
    Some(Moment {
        seconds,
        year,
        is_wrong_weekday: false,
        // RFC 3339 allows offsets of up to 23:59, but the largest in use is +14:00.
        is_impossible_clock: offset.abs() > 14 * 3600,
        is_unusual: false,
    })
}

/// The UTC offset `Z` or `+hh:mm`, in seconds.
fn numeric_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let digits = text.strip_prefix(['+', '-'])?;
    let (hours, rest) = exactly(digits, 2)?;
    let (minutes, rest) = exactly(rest.strip_prefix(':')?, 2)?;
    if !rest.is_empty() || hours > 23 || minutes > 59 {
        return None;
    }
    // `-00:00`, which means an unknown offset (RFC 3339 section 4.3), is read as UTC.
    let seconds = hours * 3600 + minutes * 60;
    Some(if text.starts_with('-') { -seconds } else { seconds })
}

/// Parses a W3CDTF date: `2026`, `2026-03`, `2026-03-01`, or a full date with a time and a UTC offset.
pub(in crate::check) fn w3cdtf(text: &str) -> Option<Moment> {
    let (year, rest) = exactly(text, 4)?;
    let (month, rest) = match rest.strip_prefix('-') {
        Some(rest) => exactly(rest, 2)?,
        None => (1, rest),
    };
    let (day, rest) = match rest.strip_prefix('-') {
        Some(rest) => exactly(rest, 2)?,
        None => (1, rest),
    };
    if !(1..=12).contains(&month) || day < 1 || day > month_days(year, month) {
        return None;
    }
    let date = days(year, month, day) * 86_400;
    let mut moment = Moment {
        seconds: date,
        year,
        is_wrong_weekday: false,
        is_impossible_clock: false,
        is_unusual: false,
    };
    if rest.is_empty() {
        return Some(moment);
    }
    // A time is allowed only after a full date, so `2026T08:00Z` is not valid.
    if text.len() < "2026-03-01T09:00Z".len() {
        return None;
    }
    let (hour, rest) = exactly(rest.strip_prefix('T')?, 2)?;
    let (minute, rest) = exactly(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => exactly(rest, 2)?,
        None => (0, rest),
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let offset = numeric_offset(rest)?;
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    moment.seconds = date + hour * 3600 + minute * 60 + second - offset;
    Some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_rfc3339_dates() {
        for (text, seconds) in [
            ("2026-03-01T09:00:00+01:00", Some(1_772_352_000)),
            ("2026-03-01T08:00:00.25Z", Some(1_772_352_000)),
            ("2016-12-31T23:59:60Z", Some(1_483_228_800)),
            ("2016-12-30T12:59:60Z", None),
            ("2026-03-01T24:00:00Z", None),
            ("2026-03-01t08:00:00z", None),
            ("2026-03-01T08:00:00.Z", None),
            ("2026-03-01T08:00Z", None),
            ("2026-03-01", None),
            ("2026-02-29T08:00:00Z", None),
        ] {
            assert_eq!(rfc3339(text).map(|moment| moment.seconds), seconds, "{text}");
        }
    }

    #[test]
    fn formatted_dates_parse_to_the_same_instant() {
        for seconds in [0, -1, 951_782_400, 1_772_352_000, 4_107_542_399, 951_868_799] {
            assert_eq!(
                rfc3339(&format_rfc3339(seconds)).map(|moment| moment.seconds),
                Some(seconds)
            );
        }
        assert_eq!(format_rfc3339(951_782_400), "2000-02-29T00:00:00Z");
    }

    #[test]
    fn parses_w3cdtf_dates() {
        for (text, valid) in [
            ("2026", true),
            ("2026-03", true),
            ("2026-03-01", true),
            ("2026-03-01T08:00Z", true),
            ("2026-03-01T08:00:00.5+01:00", true),
            ("2026-03-01T08:00", false),
            ("2026T08:00Z", false),
            ("March 2026", false),
        ] {
            assert_eq!(w3cdtf(text).is_some(), valid, "{text}");
        }
    }
}
