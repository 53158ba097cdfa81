//! The plainest forms, which most dates have: `2024-12-14`, RFC 3339, and seconds since 1970.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime};

use super::{Reading, Refused, reasons::PLACEHOLDER, tokens::Tokens};
use crate::time::WrittenDate;

/// `2024-12-14` and RFC 3339, which most dates of front matter are, without a look at anything else.
pub(super) fn parse_plain(text: &[u8]) -> Option<WrittenDate> {
    let number = |range: std::ops::Range<usize>| {
        text.get(range)?.iter().try_fold(0, |value, byte| {
            byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0'))
        })
    };
    let is = |at: usize, byte: u8| text.get(at) == Some(&byte);
    if !is(4, b'-') || !is(7, b'-') {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(number(0..4)? as i32, number(5..7)?, number(8..10)?)?;
    let year = date.year();
    // Placeholders lie here: the slow path tells them apart.
    if year < 1000 || year == 1900 || year == 1969 || year == 1970 {
        return None;
    }
    if text.len() == 10 {
        let (time, offset) = (None, None);
        return Some(WrittenDate { date, time, offset });
    }
    if !(is(10, b'T') && is(13, b':') && is(16, b':')) {
        return None;
    }
    let time = NaiveTime::from_hms_opt(number(11..13)?, number(14..16)?, number(17..19)?)?;
    let mut at = 19;
    if is(at, b'.') {
        let digits = text[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at += 1 + digits;
        if digits == 0 {
            return None;
        }
    }
    let offset = match &text[at..] {
        b"" => None,
        b"Z" => Some(0),
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (number(at + 1..at + 3)?, number(at + 4..at + 6)?);
            if hours > 15 || minutes > 59 {
                return None;
            }
            let seconds = (hours * 3600 + minutes * 60) as i32;
            Some(if *sign == b'-' { -seconds } else { seconds })
        }
        _ => return None,
    };
    Some(WrittenDate {
        date,
        time: Some(time),
        offset: match offset {
            Some(seconds) => Some(FixedOffset::east_opt(seconds)?),
            None => None,
        },
    })
}

/// A number alone of 10, 13 or 16 digits: seconds, milliseconds or microseconds since 1970. `/Date(1734163200000)/` too.
pub(super) fn epoch(tokens: &Tokens<'_>) -> Result<Option<Reading>, Refused> {
    const YEARS_1995_TO_2100: std::ops::Range<i64> = 788_918_400..4_102_444_800;
    let mut numbers = (0..tokens.len()).filter_map(|at| tokens.number(at));
    let (Some((value, digits)), None) = (numbers.next(), numbers.next()) else {
        return Ok(None);
    };
    let plain = tokens.len() == 1 || (tokens.mark(0) == Some('/') && tokens.word_at(1) == Some("date"));
    if !plain {
        return Ok(None);
    }
    if value == 0 {
        return Err(PLACEHOLDER);
    }
    let seconds = match digits {
        9 | 10 => value,
        13 => value / 1000,
        16 => value / 1_000_000,
        _ => return Ok(None),
    };
    let Some(seconds) = i64::try_from(seconds)
        .ok()
        .filter(|seconds| YEARS_1995_TO_2100.contains(seconds))
    else {
        return Err(Refused("it is a number, and as seconds since 1970 none of our time"));
    };
    let Some(instant) = chrono::DateTime::from_timestamp(seconds, 0) else {
        return Ok(None);
    };
    let instant = instant.naive_utc();
    Ok(Some(Reading {
        date: WrittenDate {
            date: instant.date(),
            time: Some(instant.time()),
            offset: FixedOffset::east_opt(0),
        },
        notes: Vec::new(),
    }))
}
