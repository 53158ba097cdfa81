//! Reads the time of day that starts at a token, including its zone: `08:00`, `8.30 pm ET`, `8 h 30`, `오후 8:00`.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

use super::{
    reasons::{NOTE_FOLD, NOTE_GAP},
    tokens::Tokens,
    words::{self, is_start_of_row, lookup},
    zone::{ZoneName, zone},
};
use crate::time::zone::{ClockChange, Zone};

/// A time of day in whole seconds.
#[derive(Clone, Copy)]
pub(super) struct Clock<'t> {
    /// Seconds since the start of the day, at most 86,400 (24:00).
    seconds: u32,
    pub(super) zone: Option<ZoneName<'t>>,
    /// Whether something around the numbers shows that they are a time: a colon, a word or a zone.
    pub(super) sure: bool,
}

impl<'t> Clock<'t> {
    pub(super) fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        // RFC 3339, section 5.7, allows 60 as the second of a time, for leap seconds. Feed readers do not support leap
        // seconds, so 60 becomes 59.
        let second = if second == 60 { 59 } else { second };
        let possible = minute < 60 && second < 60 && (hour < 24 || (hour == 24 && minute == 0 && second == 0));
        possible.then_some(Clock {
            seconds: hour * 3600 + minute * 60 + second,
            zone: None,
            sure: false,
        })
    }

    /// Combines this clock time with the given day. 24:00 becomes the start of the next day.
    pub(super) fn day_and_time(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveTime)> {
        if self.seconds == 86_400 {
            return Some((day.succ_opt()?, NaiveTime::MIN));
        }
        Some((day, NaiveTime::from_num_seconds_from_midnight_opt(self.seconds, 0)?))
    }

    /// The UTC offset at the given day and time; `None` if no zone was written, or if the zone is unknown or ambiguous.
    pub(super) fn offset(&self, day: NaiveDate, time: NaiveTime) -> Option<FixedOffset> {
        let seconds = match self.zone? {
            ZoneName::Offset(seconds) => seconds,
            // Offsets from the 19th century (local mean time) include seconds, but RFC 3339 offsets cannot, so the
            // seconds are dropped.
            ZoneName::Named(name) => {
                let local = Zone::named(name)?.resolve(day.and_time(time));
                local.offset().local_minus_utc() / 60 * 60
            }
            ZoneName::Ambiguous => return None,
        };
        FixedOffset::east_opt(seconds)
    }

    /// The remark on a local time that a clock change in the zone skips or repeats.
    pub(super) fn note(&self, day: NaiveDate, time: NaiveTime) -> Option<&'static str> {
        let Some(ZoneName::Named(name)) = self.zone else {
            return None;
        };
        Some(match Zone::named(name)?.clock_change(day.and_time(time))? {
            ClockChange::Gap => NOTE_GAP,
            ClockChange::Fold => NOTE_FOLD,
        })
    }
}

/// The time of day that starts at a token, including its zone, and the token after the zone.
pub(super) fn time<'t>(tokens: &'t Tokens<'t>, at: usize) -> Option<(Clock<'t>, usize)> {
    let after_t = tokens.word_at(at) == Some("t") && tokens.is_adjacent(at + 1);
    // In East Asian languages, the word for AM or PM comes before the time: 오후 8:00
    let (half_before, mut next) = match day_half(tokens, at) {
        _ if after_t => (None, at + 1),
        Some((after_noon, next)) => (Some(after_noon), next),
        None => (None, at),
    };
    let (hour, digits) = tokens.number(next)?;
    // A time without separators is read only after the T of ISO 8601, because elsewhere four digits are a year.
    let compact = after_t && matches!(digits, 4 | 6);
    let (mut clock, end, mut sure) = if compact {
        let packed = if digits == 4 { hour * 100 } else { hour };
        let (hour, minute, second) = (packed / 10_000, packed / 100 % 100, packed % 100);
        let end = after_fraction(tokens, next + 1);
        (Clock::new(hour as u32, minute as u32, second as u32)?, end, true)
    } else {
        if digits > 2 {
            return None;
        }
        separated_time(tokens, next, hour as u32)?
    };
    next = end;
    let mut half = half_before;
    if half_before.is_none()
        && let Some((after_noon, end)) = day_half(tokens, next)
    {
        (half, next) = (Some(after_noon), end);
    }
    if let Some(after_noon) = half {
        sure = true;
        // 12 a.m. is midnight and 12 p.m. is noon. A 24-hour time with `pm` (`20:05 pm`) is not changed.
        match (after_noon, clock.seconds / 3600) {
            (true, 0..=11) => clock.seconds += 12 * 3600,
            (false, 12) => clock.seconds -= 12 * 3600,
            _ => {}
        }
    }
    if let Some(word) = tokens.word_at(next).filter(|word| words::contains(words::HOURS, word)) {
        (sure, next) = (true, next + 1);
        // The Thai word for the hour is abbreviated, often with a period: `09:30 น.`
        if word == "น" && tokens.symbol(next) == Some('.') && tokens.is_adjacent(next) {
            next += 1;
        }
    }
    (clock.zone, next) = zone(tokens, next);
    clock.sure = sure || after_t || clock.zone.is_some();
    // A single number is a time only if a T, a word or a zone marks the number as a time.
    (clock.sure || end > at + 1).then_some((clock, next))
}

/// Reads the time that starts with `hour`, a number of one or two digits. Returns the time, the token after the time,
/// and whether text in this form is always a time.
fn separated_time<'t>(tokens: &Tokens<'_>, at: usize, hour: u32) -> Option<(Clock<'t>, usize, bool)> {
    if let Some(separator @ (':' | '.')) = tokens.symbol(at + 1)
        && tokens.is_adjacent(at + 1)
        && tokens.is_adjacent(at + 2)
        && let Some((minute, 2)) = tokens.number(at + 2)
    {
        let (mut second, mut end) = (0, at + 3);
        if tokens.symbol(end) == Some(separator)
            && tokens.is_adjacent(end)
            && tokens.is_adjacent(end + 1)
            && let Some((value, 2)) = tokens.number(end + 1)
        {
            (second, end) = (value as u32, after_fraction(tokens, end + 2));
        }
        // In German, Finnish and Indonesian, a time can be written as 9.30. By itself, 9.30 can also be a decimal
        // number.
        return Some((Clock::new(hour, minute as u32, second)?, end, separator == ':'));
    }
    if !contains_at(tokens, at + 1, words::HOURS) {
        return Some((Clock::new(hour, 0, 0)?, at + 1, false));
    }
    let (mut minute, mut second, mut end) = (0, 0, at + 2);
    if let Some(value) = tokens.short_number(end)
        && value < 60
    {
        (minute, end) = (value, end + 1);
        if contains_at(tokens, end, words::MINUTES) {
            end += 1;
            if let Some(value) = tokens.short_number(end)
                && contains_at(tokens, end + 1, words::SECONDS)
            {
                (second, end) = (value, end + 2);
            }
        }
    }
    Some((Clock::new(hour, minute, second)?, end, true))
}

/// The token after an optional fraction of a second. The fraction is dropped, because RSS dates do not contain
/// fractions and the ledger compares whole seconds.
fn after_fraction(tokens: &Tokens<'_>, at: usize) -> usize {
    // ISO 8601 allows a comma as well as a period.
    let fraction = matches!(tokens.symbol(at), Some('.' | ',')) && tokens.is_adjacent(at) && tokens.is_adjacent(at + 1);
    if fraction && tokens.number(at + 1).is_some() {
        at + 2
    } else {
        at
    }
}

fn contains_at(tokens: &Tokens<'_>, at: usize, list: &[&str]) -> bool {
    tokens.word_at(at).is_some_and(|word| words::contains(list, word))
}

/// Reads a word for AM or PM, or for a part of the day, such as `a.m.`, `오후` or `晚上` (evening). Returns whether the
/// word means a time after noon, and the token after the word.
fn day_half(tokens: &Tokens<'_>, at: usize) -> Option<(bool, usize)> {
    let word = tokens.word_at(at)?;
    if word.len() > LONGEST_DAY_HALF {
        return None;
    }
    // A period is a separate token, so an abbreviation with periods cannot be found in the table.
    if tokens.symbol(at + 1) == Some('.')
        && let Some(second) = tokens.word_at(at + 2)
    {
        // These abbreviations are English, Albanian, Greek, Swedish and Persian.
        let after_noon = match (word, second) {
            ("a", "m") | ("p", "d") | ("π", "μ") | ("f", "m") | ("ق", "ظ") => Some(false),
            ("p", "m") | ("m", "d") | ("μ", "μ") | ("e", "m") | ("ب", "ظ") => Some(true),
            _ => None,
        };
        let end = at + 3 + usize::from(tokens.symbol(at + 3) == Some('.') && tokens.is_adjacent(at + 3));
        return after_noon.map(|after_noon| (after_noon, end));
    }
    if !is_start_of_row(words::DAY_HALVES, word) {
        return None;
    }
    (1..=2).rev().find_map(|count| {
        let after_noon = lookup(words::DAY_HALVES, tokens.words(at, count)?)?;
        Some((after_noon, tokens.after_words(at, count)))
    })
}

/// The length in bytes of पूर्वाह्न, the longest word in the table. Most words of a text are checked here, and
/// comparing their length is cheaper than searching the table.
const LONGEST_DAY_HALF: usize = 27;
