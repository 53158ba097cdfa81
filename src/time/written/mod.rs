//! Reads dates as people and programs write them, in any language, and refuses what does not name one day.

mod clock;
mod day;
mod find;
mod tokens;
mod words;

use chrono::{Datelike, FixedOffset, NaiveDate, NaiveTime};

use super::WrittenDate;
use clock::Clock;
use day::{Reader, Scope};
pub use find::{Found, date_in_path, find, proven_order};
use tokens::{Kind, Tokens};

/// What is known around a date that may decide its reading.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateContext<'a> {
    /// The language of the article, if declared: `en-US` reads 03/04 as March 4th.
    pub language: Option<&'a str>,
    /// The order of day and month that other dates of the folder prove.
    pub order: Option<DateOrder>,
}

/// Which comes first in `03/04/2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4th.
    MonthFirst,
}

/// A date that was read, and what is worth telling about the reading (`weekday does not fit`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub date: WrittenDate,
    /// Lower-case remarks; empty for a plain reading.
    pub notes: Vec<&'static str>,
}

/// Why a text is not taken as a date: lower-case, fit to follow "`text` is not a date: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused(pub &'static str);

/// The remark on a date that its own label calls an update.
pub const NOTE_UPDATE: &str = "its label says that it is the date of an update";

/// No written date is longer; what is longer is not looked at.
const LONGEST: usize = 256;

/// Reads a whole string as a date: RFC 3339 and 2822, ISO 8601 forms, written dates, epoch numbers.
pub fn parse(raw: &str, context: &DateContext<'_>) -> Result<Reading, Refused> {
    let text = raw.trim();
    if let Some(date) = parse_plain(text.as_bytes()) {
        let notes = Vec::new();
        return Ok(Reading { date, notes });
    }
    if text.is_empty() {
        return Err(Refused("it is empty"));
    }
    if text.len() > LONGEST {
        return Err(Refused("it is longer than any date"));
    }
    if text.contains(['{', '%']) && ["{{", "<%", "{%", "${", "%Y"].iter().any(|mark| text.contains(mark)) {
        return Err(Refused("it is a template that was never filled in"));
    }
    let tokens = Tokens::of(text);
    if let Some(date) = epoch(&tokens)? {
        return Ok(date);
    }
    Whole::new(&tokens, context).read()
}

/// `2024-12-14` and RFC 3339, which most dates of front matter are, without a look at anything else.
fn parse_plain(text: &[u8]) -> Option<WrittenDate> {
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
fn epoch(tokens: &Tokens<'_>) -> Result<Option<Reading>, Refused> {
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
        return Err(day::PLACEHOLDER);
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

/// Reads tokens from the first to the last: label, weekday, day, time in any order, and what may follow them.
struct Whole<'t> {
    reader: Reader<'t>,
    day: Option<NaiveDate>,
    clock: Option<Clock<'t>>,
    weekday: Option<u8>,
    notes: Vec<&'static str>,
}

impl<'t> Whole<'t> {
    fn new(tokens: &'t Tokens<'t>, context: &'t DateContext<'t>) -> Self {
        Whole {
            reader: Reader {
                tokens,
                context,
                scope: Scope::Whole,
                refused: None,
            },
            day: None,
            clock: None,
            weekday: None,
            notes: Vec::new(),
        }
    }

    fn read(mut self) -> Result<Reading, Refused> {
        let tokens = self.reader.tokens;
        let mut at = 0;
        while at < tokens.len() {
            match self.step(at) {
                Some(next) => at = next,
                None => return Err(self.reason(at)),
            }
        }
        let Some(day) = self.day else {
            return Err(self.reason(at));
        };
        let date = assemble(day, self.clock, &mut self.notes);
        if self.weekday.is_some_and(|weekday| !fits(weekday, day)) {
            self.notes.push(NOTE_WEEKDAY);
        }
        if is_placeholder(&date) {
            return Err(day::PLACEHOLDER);
        }
        let notes = self.notes;
        Ok(Reading { date, notes })
    }

    /// Takes one part of the text; gives the token after it.
    fn step(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        if let Some(weekday) = tokens.word_at(at).and_then(day::english_weekday) {
            self.weekday = Some(weekday);
            return Some(at + 1);
        }
        if self.day.is_none()
            && let Some(hit) = self.reader.day(at)
        {
            self.day = Some(hit.day);
            self.clock = self.clock.or(hit.clock);
            self.notes.extend(hit.note);
            return Some(hit.end);
        }
        if self.clock.is_none()
            && let Some((clock, end)) = clock::time(tokens, at)
            && (clock.sure || self.day.is_some())
        {
            self.clock = Some(clock);
            return Some(end);
        }
        match tokens.get(at)?.kind {
            Kind::Number { .. } => None,
            Kind::Mark(mark) if self.day.is_some() => self.mark_behind(at, mark),
            Kind::Mark('%' | '$' | '€' | '£' | '+' | '=' | '#' | '@' | '&') => None,
            Kind::Mark(_) => Some(at + 1),
            Kind::Word { .. } => self.word(at),
        }
    }

    fn mark_behind(&mut self, at: usize, mark: char) -> Option<usize> {
        let tokens = self.reader.tokens;
        let time = if self.clock.is_none() {
            clock::time(tokens, at + 1)
        } else {
            None
        };
        match mark {
            // 2026-03-01-09:30:00, but 2026-03-01-09:30 is a day and its offset
            '-' if time.is_some_and(|(_, end)| end > at + 5) => Some(at + 1),
            '+' | '-' if clock::zone(tokens, at).0.is_some() => Some(clock::zone(tokens, at).1),
            '|' | '·' | '—' | '~' if time.is_some_and(|(clock, _)| clock.sure) => Some(at + 1),
            '|' | '·' | '—' | '~' => self.tail(at),
            '(' => {
                let end = (at + 1..tokens.len()).find(|&end| tokens.mark(end) == Some(')'))?;
                let plain = (at + 1..end).all(|at| tokens.number(at).is_none() && day::weekday(tokens, at).is_none());
                if plain && end > at + 1 {
                    self.notes.push(NOTE_AFTER);
                }
                Some(if plain { end + 1 } else { at + 1 })
            }
            '%' | '$' | '€' | '£' | '+' | '=' | '#' | '@' | '&' => None,
            _ => Some(at + 1),
        }
    }

    fn word(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        let word = tokens.word_at(at)?;
        if self.day.is_none()
            && let Some(end) = self.label(at)
        {
            return Some(end);
        }
        if words::PARTICLES.binary_search(&word).is_ok() {
            return Some(at + 1);
        }
        if let Some((weekday, end)) = day::weekday(tokens, at) {
            self.weekday = Some(weekday);
            return Some(end);
        }
        if self.day.is_some() {
            if words::TAILS.binary_search(&word).is_ok() || self.update_label(at) {
                return self.tail(at);
            }
            if matches!(clock::zone(tokens, at), (Some(_), end) if end == tokens.len()) {
                return Some(tokens.len());
            }
        }
        None
    }

    /// Everything behind the date that is no part of it.
    fn tail(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        let second = (at..tokens.len()).any(|at| self.reader.day(at).is_some());
        self.notes.push(if second { NOTE_SECOND } else { NOTE_AFTER });
        Some(tokens.len())
    }

    fn update_label(&self, at: usize) -> bool {
        (1..=5).any(|count| {
            let words = self.reader.tokens.words(at, count);
            words.and_then(|words| day::lookup(words::LABELS, words)) == Some(true)
        })
    }

    /// A label: known words, or any few words before a colon.
    fn label(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        let word = tokens.word_at(at)?;
        let row = words::LABELS.partition_point(|row| row.0 < word);
        let starts = words::LABELS.get(row).is_some_and(|row| row.0.starts_with(word));
        let known = (1..=5).rev().filter(|_| starts).find_map(|count| {
            let update = day::lookup(words::LABELS, tokens.words(at, count)?)?;
            Some((update, tokens.after_words(at, count)))
        });
        if let Some((update, end)) = known {
            if update {
                self.notes.push(NOTE_UPDATE);
            }
            return Some(end);
        }
        let colon =
            (at..at + 12).find(|&next| !matches!(tokens.get(next).map(|token| token.kind), Some(Kind::Word { .. })))?;
        if tokens.mark(colon) == Some(':') && colon + 1 < tokens.len() {
            self.notes.push(NOTE_BEFORE);
            return Some(colon + 1);
        }
        None
    }

    /// Why nothing was read, or not all of it.
    fn reason(&mut self, stopped: usize) -> Refused {
        let tokens = self.reader.tokens;
        let every_word = |table: &[&str]| {
            let mut words = (0..tokens.len()).filter_map(|at| tokens.word_at(at)).peekable();
            words.peek().is_some() && words.all(|word| table.binary_search(&word).is_ok())
        };
        let numbers = (0..tokens.len()).any(|at| tokens.number(at).is_some());
        if !numbers && (tokens.len() < 4 && every_word(words::PLACEHOLDERS) || tokens.word_at(0) == Some("yyyy")) {
            return Refused("it is a placeholder");
        }
        if !numbers && (0..tokens.len()).all(|at| tokens.word_at(at).is_none()) {
            return Refused("it is a placeholder");
        }
        if let Some(refused) = self.reader.refused.filter(|_| self.day.is_none()) {
            return refused;
        }
        let relative = (0..tokens.len()).any(|at| {
            (1..=2).any(|count| {
                let words = tokens.words(at, count);
                words.is_some_and(|words| words::RELATIVE.binary_search(&words).is_ok())
            })
        });
        if self.day.is_none() && (relative || (self.weekday.is_some() && !numbers)) {
            return Refused("it counts from a day that is not known");
        }
        if self.day.is_none() && self.clock.is_some() && stopped == tokens.len() {
            return Refused("it names a time and not a day");
        }
        if self.day.is_some() {
            return Refused("there is more in it than a date");
        }
        if !numbers {
            return Refused("there is no number in it");
        }
        Refused("it has no form of a date that is known")
    }
}

const NOTE_WEEKDAY: &str = "the weekday is not the one of that day";
const NOTE_BEFORE: &str = "the words before the date were passed over";
const NOTE_AFTER: &str = "the words after the date were passed over";
const NOTE_SECOND: &str = "a second date follows it";
const NOTE_ZONE: &str = "its time zone is not one that is known";

/// Whether a weekday (0 is Monday, 7 not to be checked) is that of the day.
fn fits(weekday: u8, day: NaiveDate) -> bool {
    weekday == 7 || u32::from(weekday) == day.weekday().num_days_from_monday()
}

fn assemble(day: NaiveDate, clock: Option<Clock<'_>>, notes: &mut Vec<&'static str>) -> WrittenDate {
    let Some((clock, (date, time))) = clock.and_then(|clock| Some((clock, clock.on(day)?))) else {
        return WrittenDate {
            date: day,
            time: None,
            offset: None,
        };
    };
    let offset = clock.offset(date, time);
    if clock.zone.is_some() && offset.is_none() {
        notes.push(NOTE_ZONE);
    }
    WrittenDate {
        date,
        time: Some(time),
        offset,
    }
}

/// The zero of computer clocks and of spreadsheets, which no article was written on.
fn is_placeholder(date: &WrittenDate) -> bool {
    let zero_day = matches!((date.date.year(), date.date.ordinal()), (1900 | 1970, 1));
    let midnight = date.time.is_none_or(|time| time == NaiveTime::MIN);
    let epoch = date.time.zip(date.offset).is_some_and(|(time, offset)| {
        let local = date.date.and_time(time).and_utc().timestamp();
        local == i64::from(offset.local_minus_utc())
    });
    (zero_day && midnight) || epoch
}

#[cfg(test)]
mod tests;
