//! Reads a time of day and its zone at a place among the tokens: `08:00`, `8.30 pm ET`, `8 h 30`, `오후 8:00`.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

use super::{
    names::lookup,
    reasons::{NOTE_FOLD, NOTE_GAP},
    tokens::Tokens,
    words,
    zone::{ZoneName, zone},
};
use crate::time::Zone;

/// A time of day in whole seconds.
#[derive(Clone, Copy)]
pub(super) struct Clock<'t> {
    /// Up to 24:00, the end of the day.
    seconds: u32,
    pub(super) zone: Option<ZoneName<'t>>,
    /// Whether something around the numbers says that they are a time.
    pub(super) sure: bool,
}

impl<'t> Clock<'t> {
    pub(super) fn of(hour: u32, minute: u32, second: u32) -> Option<Self> {
        // A leap second is the last one of its minute: clocks of readers have no 60.
        let second = if second == 60 { 59 } else { second };
        let possible = minute < 60 && second < 60 && (hour < 24 || (hour == 24 && minute == 0 && second == 0));
        possible.then_some(Clock {
            seconds: hour * 3600 + minute * 60 + second,
            zone: None,
            sure: false,
        })
    }

    /// The day and time on the clock: 24:00 is the start of the next day.
    pub(super) fn on(&self, day: NaiveDate) -> Option<(NaiveDate, NaiveTime)> {
        if self.seconds == 86_400 {
            return Some((day.succ_opt()?, NaiveTime::MIN));
        }
        Some((day, NaiveTime::from_num_seconds_from_midnight_opt(self.seconds, 0)?))
    }

    /// The offset on that day; `None` where no zone was written or none is known by that name.
    pub(super) fn offset(&self, day: NaiveDate, time: NaiveTime) -> Option<FixedOffset> {
        let seconds = match self.zone? {
            ZoneName::Offset(seconds) => seconds,
            // RFC 3339 has no seconds in an offset; local mean times before 1900 had.
            ZoneName::Named(name) => {
                let local = Zone::named(name)?.resolve(day.and_time(time));
                local.offset().local_minus_utc() / 60 * 60
            }
            ZoneName::Shared => return None,
        };
        FixedOffset::east_opt(seconds)
    }
}

impl Clock<'_> {
    /// What is worth telling of a local time that its zone's clock skips or repeats.
    pub(super) fn doubt(&self, day: NaiveDate, time: NaiveTime) -> Option<&'static str> {
        let Some(ZoneName::Named(name)) = self.zone else {
            return None;
        };
        let skips = Zone::named(name)?.skips(day.and_time(time))?;
        Some(if skips { NOTE_GAP } else { NOTE_FOLD })
    }
}

/// The time of day at a token, its zone, and the token after both.
pub(super) fn time<'t>(tokens: &'t Tokens<'t>, at: usize) -> Option<(Clock<'t>, usize)> {
    let glued_t = tokens.word_at(at) == Some("t") && tokens.glued(at + 1);
    let (before, mut next) = match half(tokens, at) {
        _ if glued_t => (None, at + 1),
        Some((after_noon, next)) => (Some(after_noon), next),
        None => (None, at),
    };
    let (hour, digits) = tokens.number(next)?;
    let packed = glued_t && matches!(digits, 4 | 6);
    let (mut clock, end, mut sure) = if packed {
        let packed = if digits == 4 { hour * 100 } else { hour };
        let (hour, minute, second) = (packed / 10_000, packed / 100 % 100, packed % 100);
        let end = fraction_end(tokens, next + 1);
        (Clock::of(hour as u32, minute as u32, second as u32)?, end, true)
    } else {
        if digits > 2 {
            return None;
        }
        parts(tokens, next, hour as u32)?
    };
    next = end;
    let mut after_noon = before;
    if before.is_none()
        && let Some((after, end)) = half(tokens, next)
    {
        (after_noon, next) = (Some(after), end);
    }
    if let Some(after_noon) = after_noon {
        sure = true;
        let hour = clock.seconds / 3600;
        match (after_noon, hour) {
            (true, 0..=11) => clock.seconds += 12 * 3600,
            (false, 12) => clock.seconds -= 12 * 3600,
            _ => {}
        }
    }
    if let Some(word) = tokens.word_at(next).filter(|word| is_hour_word(word)) {
        (sure, next) = (true, next + 1);
        // The Thai word is an abbreviation: 09:30 น.
        if word == "น" && tokens.mark(next) == Some('.') && tokens.glued(next) {
            next += 1;
        }
    }
    (clock.zone, next) = zone(tokens, next);
    clock.sure = sure || glued_t || clock.zone.is_some();
    // A single number is a time only with a word that says so.
    (clock.sure || end > at + 1).then_some((clock, next))
}

/// The numbers of a time from its hour on, the token after them, and whether their form is of a time only.
fn parts<'t>(tokens: &Tokens<'_>, at: usize, hour: u32) -> Option<(Clock<'t>, usize, bool)> {
    if let Some(separator @ (':' | '.')) = tokens.mark(at + 1)
        && tokens.glued(at + 1)
        && tokens.glued(at + 2)
        && let Some((minute, 2)) = tokens.number(at + 2)
    {
        let (mut second, mut end) = (0, at + 3);
        if tokens.mark(end) == Some(separator)
            && tokens.glued(end)
            && tokens.glued(end + 1)
            && let Some((value, 2)) = tokens.number(end + 1)
        {
            (second, end) = (value as u32, fraction_end(tokens, end + 2));
        }
        return Some((Clock::of(hour, minute as u32, second)?, end, separator == ':'));
    }
    if !tokens.word_at(at + 1).is_some_and(is_hour_word) {
        return Some((Clock::of(hour, 0, 0)?, at + 1, false));
    }
    let (mut minute, mut second, mut end) = (0, 0, at + 2);
    if let Some(value) = tokens.short_number(end)
        && value < 60
    {
        (minute, end) = (value, end + 1);
        if is_in(tokens, end, words::MINUTES) {
            end += 1;
            if let Some(value) = tokens.short_number(end)
                && is_in(tokens, end + 1, words::SECONDS)
            {
                (second, end) = (value, end + 2);
            }
        }
    }
    Some((Clock::of(hour, minute, second)?, end, true))
}

fn fraction_end(tokens: &Tokens<'_>, at: usize) -> usize {
    let fraction = matches!(tokens.mark(at), Some('.' | ',')) && tokens.glued(at) && tokens.glued(at + 1);
    if fraction && tokens.number(at + 1).is_some() {
        at + 2
    } else {
        at
    }
}

fn is_in(tokens: &Tokens<'_>, at: usize, table: &[&str]) -> bool {
    tokens
        .word_at(at)
        .is_some_and(|word| table.binary_search(&word).is_ok())
}

fn is_hour_word(word: &str) -> bool {
    words::HOURS.binary_search(&word).is_ok()
}

/// `a.m.`, `PM`, `오후`: whether it is after noon, and the token after it.
fn half(tokens: &Tokens<'_>, at: usize) -> Option<(bool, usize)> {
    let word = tokens.word_at(at)?;
    // Most words are longer, and none of these is.
    if word.len() > LONGEST_HALF {
        return None;
    }
    if tokens.mark(at + 1) == Some('.')
        && let Some(second) = tokens.word_at(at + 2)
    {
        let pair = match (word, second) {
            ("a", "m") | ("p", "d") | ("π", "μ") | ("f", "m") | ("ق", "ظ") => Some(false),
            ("p", "m") | ("m", "d") | ("μ", "μ") | ("e", "m") | ("ب", "ظ") => Some(true),
            _ => None,
        };
        let end = at + 3 + usize::from(tokens.mark(at + 3) == Some('.') && tokens.glued(at + 3));
        return pair.map(|after_noon| (after_noon, end));
    }
    let row = words::HALVES.partition_point(|row| row.0 < word);
    if !words::HALVES.get(row)?.0.starts_with(word) {
        return None;
    }
    (1..=2).rev().find_map(|count| {
        let after_noon = lookup(words::HALVES, tokens.words(at, count)?)?;
        Some((after_noon, tokens.after_words(at, count)))
    })
}

/// In bytes: पूर्वाह्न
const LONGEST_HALF: usize = 27;
