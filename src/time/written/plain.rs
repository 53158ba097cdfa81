//! Parses dates that can be read without tokens or that consist of a single number: `2024-12-14`, RFC 3339, and seconds
//! since 1970.

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime};

use super::{Reading, Rejected, reasons::PLACEHOLDER, tokens::Tokens};
use crate::time::WrittenDate;

/// Parses `2024-12-14` and RFC 3339, the forms of most dates in front matter, without the cost of splitting the text
/// into tokens.
///
/// If this function returns `None`, the text is passed to the general parser, which also accepts these forms and gives
/// a reason if it rejects the text.
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
    // Some dates in these years are placeholders. The general parser distinguishes placeholders from real dates.
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
            // The limit is the same as in `zone`, so that both readers accept the same offsets.
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

/// Parses a single number as seconds, milliseconds or microseconds since 1970, depending on how many digits it has.
/// Also parses the form that .NET writes in JSON: `/Date(1734163200000)/`.
///
/// Accepts only instants from 1995 to 2100, because a number can also be an id or a count.
pub(super) fn epoch(tokens: &Tokens<'_>) -> Result<Option<Reading>, Rejected> {
    const YEARS_1995_TO_2100: std::ops::Range<i64> = 788_918_400..4_102_444_800;
    let mut numbers = (0..tokens.len()).filter_map(|at| tokens.number(at));
    let (Some((value, digits)), None) = (numbers.next(), numbers.next()) else {
        return Ok(None);
    };
    let plain = tokens.len() == 1 || (tokens.symbol(0) == Some('/') && tokens.word_at(1) == Some("date"));
    if !plain {
        return Ok(None);
    }
    if value == 0 {
        return Err(PLACEHOLDER);
    }
    let seconds = match digits {
        // The number of seconds since 1970 reached ten digits in September 2001.
        9 | 10 => value,
        13 => value / 1000,
        16 => value / 1_000_000,
        _ => return Ok(None),
    };
    let Some(seconds) = i64::try_from(seconds)
        .ok()
        .filter(|seconds| YEARS_1995_TO_2100.contains(seconds))
    else {
        return Err(Rejected("it is a number, but not a Unix time between 1995 and 2100"));
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
