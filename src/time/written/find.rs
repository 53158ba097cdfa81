//! Finds dates inside of longer texts and of paths.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::{
    DateContext, DateOrder, Reading,
    clock::{self, Clock},
    day::{Reader, Scope},
    names::weekday,
    reasons::NOTE_WEEKDAY,
    tokens::{Kind, Tokens},
    whole::{assemble, fits, is_placeholder},
    words,
};
use crate::time::WrittenDate;

/// A date inside of a text, and where it stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The date, as [`super::parse`] reads it.
    pub reading: Reading,
    /// Its bytes in the text, weekday and time included.
    pub range: Range<usize>,
}

/// Full dates (day, month and year) in a text, in order. Linear in the length of the text.
pub fn find(text: &str, context: &DateContext<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    // Every day has a number in it, and most lines of prose have none.
    if !text.contains(|c: char| c.is_numeric() || c == '十') {
        return found;
    }
    let tokens = Tokens::of(text);
    let mut reader = Reader {
        tokens: &tokens,
        context,
        scope: Scope::Inside,
        refused: None,
    };
    let (mut at, mut free) = (0, 0);
    while at < tokens.len() {
        match reader.day(at) {
            Some(hit) => {
                let (from, before) = before(&tokens, at, free);
                let (to, clock) = after(&tokens, hit.end);
                let mut notes: Vec<_> = hit.note.into_iter().collect();
                let date = assemble(hit.day, hit.clock.or(clock), &mut notes);
                if before.is_some_and(|weekday| !fits(weekday, hit.day)) {
                    notes.push(NOTE_WEEKDAY);
                }
                if !is_placeholder(&date) {
                    found.push(Found {
                        reading: Reading { date, notes },
                        range: tokens.span(from, to),
                    });
                }
                (at, free) = (to, to);
            }
            None => at += 1,
        }
    }
    found
}

/// The order of day and month that a numeric date somewhere in the text proves, because only one of the two can be a
/// month: `31/12/2024`. Dots prove nothing, they are day first anyway.
pub fn proven_order(text: &str) -> Option<DateOrder> {
    let tokens = Tokens::of(text);
    (0..tokens.len()).find_map(|at| {
        let (first, second) = (tokens.short_number(at)?, tokens.short_number(at + 2)?);
        let (year, 4) = tokens.number(at + 4)? else {
            return None;
        };
        let separator = tokens.mark(at + 1).filter(|mark| matches!(mark, '/' | '-'))?;
        let touches = (at + 1..at + 5).all(|at| tokens.glued(at)) && tokens.mark(at + 3) == Some(separator);
        let year = i32::try_from(year)
            .ok()
            .filter(|year| (1983..=2100).contains(year) && touches)?;
        match (first, second) {
            (13.., ..=12) => NaiveDate::from_ymd_opt(year, second, first).map(|_| DateOrder::DayFirst),
            (..=12, 13..) => NaiveDate::from_ymd_opt(year, first, second).map(|_| DateOrder::MonthFirst),
            _ => None,
        }
    })
}

/// The start of what belongs to the date that starts at `at`: its weekday.
fn before(tokens: &Tokens<'_>, at: usize, free: usize) -> (usize, Option<u8>) {
    let mut last = at;
    while last > free && at - last < 2 && matches!(tokens.mark(last - 1), Some(',' | '.')) {
        last -= 1;
    }
    let first = (1..=3)
        .rev()
        .filter_map(|count| last.checked_sub(count))
        .find_map(|first| {
            let (weekday, end) = weekday(tokens, first)?;
            // Two letters are more often a word than a day.
            let long = tokens.written(first, last - 1).chars().count() > 2;
            (first >= free && end == last && long).then_some((first, weekday))
        });
    first.map_or((at, None), |(first, weekday)| (first, Some(weekday)))
}

/// The end of what belongs to the date before `end`: its time and zone.
fn after<'t>(tokens: &'t Tokens<'t>, end: usize) -> (usize, Option<Clock<'t>>) {
    for at in end..end + 4 {
        if let Some((clock, end)) = clock::time(tokens, at)
            && clock.sure
        {
            return (end, Some(clock));
        }
        let skipped = match tokens.get(at).map(|token| token.kind) {
            Some(Kind::Mark(',' | '-' | '.' | '|' | '(' | ')' | '·' | '/' | '@')) => true,
            Some(Kind::Word { .. }) => {
                let particle = |word: &str| words::PARTICLES.binary_search(&word).is_ok();
                tokens.word_at(at).is_some_and(particle) || weekday(tokens, at).is_some()
            }
            _ => false,
        };
        if !skipped {
            break;
        }
    }
    (end, None)
}

/// The day in a path or an address: `2024-12-14-x.md`, `20241214 x`, `2024/12/14/x`, `2024/12-14-x`.
///
/// A name that starts with a day is preferred, then the last; only year, month, day, from 1983 to 2100.
pub fn date_in_path(path: &str) -> Option<(WrittenDate, Range<usize>)> {
    let bytes = path.as_bytes();
    let mut best: Option<(bool, NaiveDate, Range<usize>)> = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = digits(bytes, at);
        let Some((day, end)) = path_day(bytes, at, run) else {
            at += run;
            continue;
        };
        let leads = at == 0 || bytes[at - 1] == b'/';
        if best.as_ref().is_none_or(|(other, ..)| leads || !other) {
            best = Some((leads, day, at..end));
        }
        at = end;
    }
    let (_, date, range) = best?;
    let (time, offset) = (None, None);
    Some((WrittenDate { date, time, offset }, range))
}

fn path_day(bytes: &[u8], at: usize, run: usize) -> Option<(NaiveDate, usize)> {
    let number = |at: usize, count: usize| {
        let digits = bytes.get(at..at + count)?;
        digits.iter().try_fold(0u32, |value, byte| {
            byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0'))
        })
    };
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let (month, day, end) = match run {
        // A day, or a day with a time: 20241214, 202412140830, 20241214083000
        // Inside of a word of letters and digits it is a part of a hash.
        8 | 12 | 14 if !letter(at.wrapping_sub(1)) && (!letter(at + run) || is_time(bytes, at + run)) => {
            (number(at + 4, 2)?, number(at + 6, 2)?, at + run)
        }
        4 => {
            let separator = |at: usize| {
                bytes
                    .get(at)
                    .copied()
                    .filter(|byte| matches!(byte, b'-' | b'/' | b'_' | b'.'))
            };
            let first = separator(at + 4)?;
            let month = digits(bytes, at + 5);
            let second = separator(at + 5 + month)?;
            let day_at = at + 6 + month;
            let day = digits(bytes, day_at);
            let usual = first == second || first == b'/';
            if !usual || !(1..=2).contains(&month) || !(1..=2).contains(&day) {
                return None;
            }
            (number(at + 5, month)?, number(day_at, day)?, day_at + day)
        }
        _ => return None,
    };
    // 2024.12.14.5 is a version
    if bytes.get(end) == Some(&b'.')
        && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        && bytes.get(at + 4) == Some(&b'.')
    {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(number(at, 4)? as i32, month, day)?;
    (1983..=2100).contains(&date.year()).then_some((date, end))
}

/// `T0830` behind a day.
fn is_time(bytes: &[u8], at: usize) -> bool {
    bytes[at].eq_ignore_ascii_case(&b't') && digits(bytes, at + 1) >= 4
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..)
        .map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
}
