//! Finds dates inside longer texts.

use std::ops::Range;

use chrono::NaiveDate;

use super::{
    DateContext, DateOrder, Reading,
    clock::{self, Clock},
    reader::{Reader, Scope},
    reasons::NOTE_WEEKDAY,
    tokens::{Kind, Tokens},
    weekday::{matches_day, weekday},
    whole::{is_placeholder, written_date},
    words::is_particle,
};
/// A date inside a text, and the range of the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// The date, as [`super::parse`] reads it.
    pub reading: Reading,
    /// The byte range of the date in the text, including the weekday and the time.
    pub range: Range<usize>,
}

/// Finds all full dates (day, month and year) in a text, in order. Takes time linear in the length of the text.
pub fn find(text: &str, context: &DateContext<'_>) -> Vec<FoundDate> {
    let mut found = Vec::new();
    // Most lines of prose contain no number, and checking this is much cheaper than splitting the line into tokens.
    // `is_numeric` returns `false` for 十 (ten).
    if !text.contains(|c: char| c.is_numeric() || c == '十') {
        return found;
    }
    let tokens = Tokens::new(text);
    let mut reader = Reader {
        tokens: &tokens,
        context,
        scope: Scope::Prose,
        rejected: None,
    };
    // `free` is the token after the previous date. Tokens before `free` are not read again, so that the time or weekday
    // of one date is not also used for the next date.
    let (mut at, mut free) = (0, 0);
    while at < tokens.len() {
        match reader.day(at) {
            Some(matched) => {
                let (from, weekday) = weekday_before(&tokens, at, free);
                let (to, clock) = time_after(&tokens, matched.end);
                let mut notes: Vec<_> = matched.note.into_iter().collect();
                let date = written_date(matched.day, matched.clock.or(clock), &mut notes);
                if weekday.is_some_and(|weekday| !matches_day(weekday, matched.day)) {
                    notes.push(NOTE_WEEKDAY);
                }
                if !is_placeholder(&date) {
                    found.push(FoundDate {
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

/// The day-month order that a numeric date in the text proves, because only one of its numbers can be the month:
/// `31/12/2024`.
///
/// Dates with dots are ignored: they are always read with the day first. The year must be plausible, so that a fraction
/// or a part number is less likely to determine the order for a whole folder.
pub fn proven_order(text: &str) -> Option<DateOrder> {
    let tokens = Tokens::new(text);
    (0..tokens.len()).find_map(|at| {
        let (first, second) = (tokens.short_number(at)?, tokens.short_number(at + 2)?);
        let (year, 4) = tokens.number(at + 4)? else {
            return None;
        };
        let separator = tokens.symbol(at + 1).filter(|symbol| matches!(symbol, '/' | '-'))?;
        let joined = (at + 1..at + 5).all(|at| tokens.is_adjacent(at)) && tokens.symbol(at + 3) == Some(separator);
        let year = i32::try_from(year)
            .ok()
            .filter(|year| (1983..=2100).contains(year) && joined)?;
        match (first, second) {
            (13.., ..=12) => NaiveDate::from_ymd_opt(year, second, first).map(|_| DateOrder::DayFirst),
            (..=12, 13..) => NaiveDate::from_ymd_opt(year, first, second).map(|_| DateOrder::MonthFirst),
            _ => None,
        }
    })
}

/// The token at which the date starts, and the weekday before the day at `at`. If there is no weekday, the date starts
/// at `at`.
fn weekday_before(tokens: &Tokens<'_>, at: usize, free: usize) -> (usize, Option<u8>) {
    let mut last = at;
    // An abbreviated weekday may be followed by a period and a comma: `Sat., 14 December 2024`.
    while last > free && at - last < 2 && matches!(tokens.symbol(last - 1), Some(',' | '.')) {
        last -= 1;
    }
    let first = (1..=3)
        .rev()
        .filter_map(|count| last.checked_sub(count))
        .find_map(|first| {
            let (weekday, end) = weekday(tokens, first)?;
            // Two letters are more often an ordinary word than a weekday: `di` means "of" in Italian, but it is also
            // short for Tuesday in German.
            let long = tokens.written(first, last - 1).chars().count() > 2;
            (first >= free && end == last && long).then_some((first, weekday))
        });
    first.map_or((at, None), |(first, weekday)| (first, Some(weekday)))
}

/// Finds the time that follows the day, including its zone. `end` is the token after the day. Returns the token after
/// the time, and the time; if no time follows, returns `end` and `None`.
fn time_after<'t>(tokens: &'t Tokens<'t>, end: usize) -> (usize, Option<Clock<'t>>) {
    // Up to three tokens may come between the day and the time: `14 December 2024, Saturday at 8:05`.
    for at in end..end + 4 {
        if let Some((clock, end)) = clock::time(tokens, at)
            && clock.sure
        {
            return (end, Some(clock));
        }
        let skipped = match tokens.get(at).map(|token| token.kind) {
            Some(Kind::Symbol(',' | '-' | '.' | '|' | '(' | ')' | '·' | '/' | '@')) => true,
            Some(Kind::Word { .. }) => tokens.word_at(at).is_some_and(is_particle) || weekday(tokens, at).is_some(),
            _ => false,
        };
        if !skipped {
            break;
        }
    }
    (end, None)
}
