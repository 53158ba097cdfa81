//! RFC 822 dates, which RSS uses.

use super::{Moment, days, digits, exactly, month_days};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Parses an RFC 822 date, with a two-digit or four-digit year (RFC 1123).
pub(in crate::check) fn rfc822(text: &str) -> Option<Moment> {
    // The usual form is tried first. Other forms are valid too, but some readers reject them, so the result states
    // whether the date has the usual form.
    let usual = usual_rfc822(text);
    if usual.is_some() {
        return usual;
    }
    let plain = without_comments(text)?;
    let mut moment = lenient_rfc822(plain.trim())?;
    moment.is_unusual = true;
    Some(moment)
}

/// Parses exactly the form `Sun, 01 Mar 2026 09:00:00 +0100`, with or without the day of the week.
fn usual_rfc822(text: &str) -> Option<Moment> {
    // This call parses the values. The checks below concern only how the values are written.
    let moment = lenient_rfc822(text)?;
    let body = match text.as_bytes().get(3) {
        Some(b',') => {
            let name = text.get(..3)?;
            if !is_title_case(name) || text.as_bytes().get(4) != Some(&b' ') {
                return None;
            }
            text.get(5..)?
        }
        _ => text,
    };
    let mut parts = body.split(' ');
    let (day, month, year, clock, zone) = (
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
        parts.next()?,
    );
    let is_zone = match zone.strip_prefix(['+', '-']) {
        // In all countries, the UTC offset is a multiple of 15 minutes; any other offset is usually a mistake.
        Some(offset) => offset
            .get(2..)
            .is_some_and(|minutes| matches!(minutes, "00" | "15" | "30" | "45")),
        // Single letters other than `Z` are military zones, whose meaning is not reliable.
        None => zone.len() > 1 && zone.bytes().all(|byte| byte.is_ascii_uppercase()) || zone == "Z",
    };
    let usual = parts.next().is_none()
        && !day.is_empty()
        && year.len() == 4
        && is_title_case(month)
        && !clock.is_empty()
        && is_zone;
    usual.then_some(moment)
}

fn is_title_case(word: &str) -> bool {
    word.bytes().enumerate().all(|(at, byte)| {
        if at == 0 {
            byte.is_ascii_uppercase()
        } else {
            byte.is_ascii_lowercase()
        }
    })
}

/// The text without its comments, which are in parentheses; `None` if a comment is not closed.
fn without_comments(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0usize;
    // Real dates are far shorter, even with comments, so longer text is not copied in full.
    for c in text.chars().take(256) {
        match c {
            // Comments may be nested (RFC 822 section 3.4.3).
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some(plain)
}

/// Parses an RFC 822 date in uppercase, lowercase or mixed case, with any white space between the tokens.
fn lenient_rfc822(text: &str) -> Option<Moment> {
    let mut rest = text.trim_start();
    let mut weekday = None;
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let name = rest.get(..3)?;
        weekday = Some(WEEKDAYS.iter().position(|day| day.eq_ignore_ascii_case(name))?);
        rest = rest.get(3..)?.trim_start().strip_prefix(',')?.trim_start();
    }
    let (day, count) = digits(rest, 2).filter(|&(_, count)| count > 0)?;
    rest = spaced(&rest[count..])?;
    let name = rest.get(..3)?;
    let month = i64::try_from(MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?).ok()? + 1;
    rest = spaced(&rest[3..])?;
    let (year, count) = digits(rest, 4).filter(|&(_, count)| count == 4 || count == 2)?;
    // The century of a two-digit year: RFC 2822 section 4.3.
    let year = match count {
        4 => year,
        _ if year < 50 => 2000 + year,
        _ => 1900 + year,
    };
    rest = spaced(&rest[count..])?;
    let (hour, after) = exactly(rest, 2)?;
    let (minute, after) = exactly(after.strip_prefix(':')?, 2)?;
    let (second, after) = match after.strip_prefix(':') {
        Some(after) => exactly(after, 2)?,
        None => (0, after),
    };
    let (offset, is_impossible_zone) = zone(spaced(after)?)?;
    if day < 1 || day > month_days(year, month) {
        return None;
    }
    let date = days(year, month, day);
    let is_wrong_weekday =
        // Day 0, 1970-01-01, was a Thursday, which has index 3 in `WEEKDAYS`.
        weekday.is_some_and(|weekday| i64::try_from(weekday).is_ok_and(|weekday| weekday != (date + 3).rem_euclid(7)));
    Some(Moment {
        seconds: date * 86_400 + hour * 3600 + minute * 60 + second - offset,
        year,
        is_wrong_weekday,
        // The W3C validator accepts impossible times and offsets, such as `25:61:61` and `+9930`, so they are not
        // rejected here. A separate rule reports them.
        is_impossible_clock: hour > 23 || minute > 59 || second > 60 || is_impossible_zone,
        is_unusual: false,
    })
}

/// Removes the leading white space; returns `None` if the text does not start with white space.
fn spaced(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
}

/// The UTC offset, in seconds, of an RFC 822 zone, and whether the offset is impossible.
fn zone(text: &str) -> Option<(i64, bool)> {
    if let Some(offset) = text.strip_prefix(['+', '-']) {
        let (hours, rest) = exactly(offset, 2)?;
        let (minutes, rest) = exactly(rest, 2)?;
        if !rest.is_empty() {
            return None;
        }
        let seconds = hours * 3600 + minutes * 60;
        let signed = if text.starts_with('-') { -seconds } else { seconds };
        // The largest offset in use is +14:00, in Kiribati.
        return Some((signed, hours > 14 || minutes > 59));
    }
    // The zone names in RFC 822 section 5.1, and `UTC`. Other names have no defined offset.
    let hours = match text.to_ascii_lowercase().as_str() {
        "ut" | "utc" | "gmt" | "z" => 0,
        "edt" => -4,
        "est" | "cdt" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        // RFC 822 defined the military zones with the wrong signs, so RFC 2822 section 4.3 treats them as unknown. The
        // letter `J` was never a zone.
        letter if letter.len() == 1 && letter != "j" && letter.bytes().all(|byte| byte.is_ascii_lowercase()) => 0,
        _ => return None,
    };
    Some((hours * 3600, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_rfc822_dates() {
        for (text, seconds) in [
            ("Sun, 01 Mar 2026 09:00:00 +0100", Some(1_772_352_000)),
            ("1 Mar 2026 08:00 GMT", Some(1_772_352_000)),
            ("Sun,01 mar 26 08:00:00 Z (midday somewhere)", Some(1_772_352_000)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Sat, 29 Feb 2025 00:00:00 GMT", None),
            ("Sun, 01 Mar 2026 09:00:00 +01:00", None),
            ("Sun, 01 Mar 2026", None),
            ("2026-03-01T09:00:00Z", None),
            ("Sunday, 01 Mar 2026 09:00:00 GMT", None),
            ("", None),
        ] {
            assert_eq!(rfc822(text).map(|moment| moment.seconds), seconds, "{text}");
        }
    }

    #[test]
    fn reports_unusual_and_impossible_rfc822_dates() {
        let flags = |text: &str| {
            let moment = rfc822(text).unwrap();
            (moment.is_wrong_weekday, moment.is_impossible_clock, moment.is_unusual)
        };
        assert_eq!(flags("Sun, 01 Mar 2026 09:00:00 +0545"), (false, false, false));
        assert_eq!(flags("Mon, 01 Mar 2026 09:00:00 GMT"), (true, false, false));
        assert_eq!(flags("Sun, 01 Mar 2026 25:61:61 GMT"), (false, true, false));
        assert_eq!(flags("Sun, 1 Mar 2026  09:00:00 GMT"), (false, false, true));
        assert_eq!(flags("SUN, 01 MAR 26 09:00:00 GMT"), (false, false, true));
    }
}
