//! A whole text that is expected to be a date: label, weekday, day, time in any order, and what may follow them.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{
    DateContext, NOTE_UPDATE, Reading, Refused,
    clock::{self, Clock},
    day::{Reader, Scope, is_particle},
    names::{english_weekday, lookup, weekday},
    reasons::{NOTE_AFTER, NOTE_BEFORE, NOTE_SECOND, NOTE_WEEKDAY, NOTE_ZONE, PLACEHOLDER},
    tokens::{Kind, Tokens},
    words,
    zone::zone,
};
use crate::time::WrittenDate;

/// Reads tokens from the first to the last: label, weekday, day, time in any order, and what may follow them.
pub(super) struct Whole<'t> {
    reader: Reader<'t>,
    day: Option<NaiveDate>,
    clock: Option<Clock<'t>>,
    weekday: Option<u8>,
    notes: Vec<&'static str>,
}

impl<'t> Whole<'t> {
    pub(super) fn new(tokens: &'t Tokens<'t>, context: &'t DateContext<'t>) -> Self {
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

    pub(super) fn read(mut self) -> Result<Reading, Refused> {
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
            return Err(PLACEHOLDER);
        }
        let notes = self.notes;
        Ok(Reading { date, notes })
    }

    /// Takes one part of the text; gives the token after it.
    fn step(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        if let Some(weekday) = tokens.word_at(at).and_then(english_weekday) {
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
            '+' | '-' if zone(tokens, at).0.is_some() => Some(zone(tokens, at).1),
            '|' | '·' | '—' | '~' if time.is_some_and(|(clock, _)| clock.sure) => Some(at + 1),
            '|' | '·' | '—' | '~' => self.tail(at),
            '(' => {
                let end = (at + 1..tokens.len()).find(|&end| tokens.mark(end) == Some(')'))?;
                let plain = (at + 1..end).all(|at| tokens.number(at).is_none() && weekday(tokens, at).is_none());
                let said = (at + 1..end).any(|at| tokens.word_at(at).is_some_and(|word| !is_particle(word)));
                if plain && said {
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
        if let Some((day, end)) = weekday(tokens, at) {
            self.weekday = self.weekday.filter(|&known| known != UNCHECKED).or(Some(day));
            return Some(end);
        }
        // `ag` is August in Catalan, and stands before the time in Irish.
        if is_particle(word) || (word == "ag" && self.day.is_some()) {
            return Some(at + 1);
        }
        if self.day.is_some() {
            if words::TAILS.binary_search(&word).is_ok() || self.update_label(at) {
                return self.tail(at);
            }
            if matches!(zone(tokens, at), (Some(_), end) if end == tokens.len()) {
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
            words.and_then(|words| lookup(words::LABELS, words)) == Some(true)
        })
    }

    /// A label: known words, or any few words before a colon.
    fn label(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        let word = tokens.word_at(at)?;
        let row = words::LABELS.partition_point(|row| row.0 < word);
        let starts = words::LABELS.get(row).is_some_and(|row| row.0.starts_with(word));
        let known = (1..=5).rev().filter(|_| starts).find_map(|count| {
            let update = lookup(words::LABELS, tokens.words(at, count)?)?;
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

/// A weekday whose name is too short, or shared by two days.
const UNCHECKED: u8 = 7;

/// Whether a weekday (0 is Monday) is that of the day.
pub(super) fn fits(weekday: u8, day: NaiveDate) -> bool {
    weekday == UNCHECKED || u32::from(weekday) == day.weekday().num_days_from_monday()
}

pub(super) fn assemble(day: NaiveDate, clock: Option<Clock<'_>>, notes: &mut Vec<&'static str>) -> WrittenDate {
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
    notes.extend(clock.doubt(date, time));
    WrittenDate {
        date,
        time: Some(time),
        offset,
    }
}

/// The zero of computer clocks and of spreadsheets, which no article was written on.
pub(super) fn is_placeholder(date: &WrittenDate) -> bool {
    let zero_day = matches!((date.date.year(), date.date.ordinal()), (1900 | 1970, 1));
    let midnight = date.time.is_none_or(|time| time == NaiveTime::MIN);
    let epoch = date.time.zip(date.offset).is_some_and(|(time, offset)| {
        let local = date.date.and_time(time).and_utc().timestamp();
        local == i64::from(offset.local_minus_utc())
    });
    (zero_day && midnight) || epoch
}
