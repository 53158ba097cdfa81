//! Reads a whole text that is expected to be a date: a label, a weekday, a day and a time in any order, and any text
//! that may follow them.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{
    DateContext, Reading, Rejected,
    clock::{self, Clock},
    reader::{Reader, Scope},
    reasons::{NOTE_AFTER, NOTE_BEFORE, NOTE_SECOND, NOTE_UPDATE, NOTE_WEEKDAY, NOTE_ZONE, PLACEHOLDER},
    tokens::{Kind, Tokens},
    weekday::{UNCHECKED, english_weekday, matches_day, weekday},
    words::{self, is_particle, is_start_of_row, lookup},
    zone::zone,
};
use crate::time::WrittenDate;

/// No label in the table has more words than this.
const LONGEST_LABEL: usize = 5;

/// Reads tokens from the first to the last. Every token must be understood or explicitly ignored: a text with an
/// unknown part is not a date.
pub(super) struct WholeText<'t> {
    reader: Reader<'t>,
    day: Option<NaiveDate>,
    clock: Option<Clock<'t>>,
    weekday: Option<u8>,
    notes: Vec<&'static str>,
}

impl<'t> WholeText<'t> {
    pub(super) fn new(tokens: &'t Tokens<'t>, context: &'t DateContext<'t>) -> Self {
        WholeText {
            reader: Reader {
                tokens,
                context,
                scope: Scope::Whole,
                rejected: None,
            },
            day: None,
            clock: None,
            weekday: None,
            notes: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> Result<Reading, Rejected> {
        let tokens = self.reader.tokens;
        let mut at = 0;
        while at < tokens.len() {
            match self.step(at) {
                Some(next) => at = next,
                None => return Err(self.rejection(at)),
            }
        }
        let Some(day) = self.day else {
            return Err(self.rejection(at));
        };
        let date = written_date(day, self.clock, &mut self.notes);
        // The day takes precedence over the weekday: programs compute both, but authors who change a date by hand often
        // forget to change the weekday.
        if self.weekday.is_some_and(|weekday| !matches_day(weekday, day)) {
            self.notes.push(NOTE_WEEKDAY);
        }
        if is_placeholder(&date) {
            return Err(PLACEHOLDER);
        }
        let notes = self.notes;
        Ok(Reading { date, notes })
    }

    /// Reads one part of the text, and returns the token after it.
    fn step(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        if let Some(weekday) = tokens.word_at(at).and_then(english_weekday) {
            self.weekday = Some(weekday);
            return Some(at + 1);
        }
        if self.day.is_none()
            && let Some(matched) = self.reader.day(at)
        {
            self.day = Some(matched.day);
            self.clock = self.clock.or(matched.clock);
            self.notes.extend(matched.note);
            return Some(matched.end);
        }
        // A time in front of the day is accepted only in a form that cannot be anything else, because `9.30` can be the
        // start of `9.30.2024`.
        if self.clock.is_none()
            && let Some((clock, end)) = clock::time(tokens, at)
            && (clock.sure || self.day.is_some())
        {
            self.clock = Some(clock);
            return Some(end);
        }
        match tokens.get(at)?.kind {
            Kind::Number { .. } => None,
            Kind::Symbol(symbol) if self.day.is_some() => self.symbol_after_day(at, symbol),
            // A number next to one of these symbols is an amount, a phone number, an issue number or a part of a URL.
            Kind::Symbol('%' | '$' | '€' | '£' | '+' | '=' | '#' | '@' | '&') => None,
            Kind::Symbol(_) => Some(at + 1),
            Kind::Word { .. } => self.word(at),
        }
    }

    fn symbol_after_day(&mut self, at: usize, symbol: char) -> Option<usize> {
        let tokens = self.reader.tokens;
        let time = if self.clock.is_none() {
            clock::time(tokens, at + 1)
        } else {
            None
        };
        match symbol {
            // `2026-03-01-09:30:00` contains a time, but `2026-03-01-09:30` is a day with a UTC offset.
            '-' if time.is_some_and(|(_, end)| end > at + 5) => Some(at + 1),
            '+' | '-' if zone(tokens, at).0.is_some() => Some(zone(tokens, at).1),
            // After the symbol, either a time follows, as in `1 March 2026 | 09:30`, or other text, as in
            // `1 March 2026 | 5 min read`.
            '|' | '·' | '—' | '~' if time.is_some_and(|(clock, _)| clock.sure) => Some(at + 1),
            '|' | '·' | '—' | '~' => self.skip_tail(at),
            '(' => {
                let end = (at + 1..tokens.len()).find(|&end| tokens.symbol(end) == Some(')'))?;
                let is_comment = (at + 1..end).all(|at| tokens.number(at).is_none() && weekday(tokens, at).is_none());
                let has_words = (at + 1..end).any(|at| tokens.word_at(at).is_some_and(|word| !is_particle(word)));
                if is_comment && has_words {
                    self.notes.push(NOTE_AFTER);
                }
                // If the parentheses do not contain a comment, they contain a weekday or a time: `2026年3月1日（日）`.
                Some(if is_comment { end + 1 } else { at + 1 })
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
            self.weekday = self.weekday.filter(|&earlier| earlier != UNCHECKED).or(Some(day));
            return Some(end);
        }
        // `ag` is August in Catalan, but in Irish it is a preposition between the day and the time.
        if is_particle(word) || (word == "ag" && self.day.is_some()) {
            return Some(at + 1);
        }
        if self.day.is_some() {
            if words::contains(words::STARTS_OF_TAIL, word) || self.is_update_label(at) {
                return self.skip_tail(at);
            }
            // Some abbreviations are also words (`art`, `eat`, `wit`), so a zone without a time is accepted only at the
            // end of the text.
            if matches!(zone(tokens, at), (Some(_), end) if end == tokens.len()) {
                return Some(tokens.len());
            }
        }
        None
    }

    /// Ignores the rest of the text, and adds a remark on what is ignored.
    fn skip_tail(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        let second = (at..tokens.len()).any(|at| self.reader.day(at).is_some());
        self.notes.push(if second { NOTE_SECOND } else { NOTE_AFTER });
        Some(tokens.len())
    }

    fn is_update_label(&self, at: usize) -> bool {
        (1..=LONGEST_LABEL).any(|count| {
            let words = self.reader.tokens.words(at, count);
            words.and_then(|words| lookup(words::LABELS, words)) == Some(true)
        })
    }

    /// Reads the label that starts at the token `at`, and returns the token after the label. A label is either in the
    /// table or consists of a few words before a colon.
    fn label(&mut self, at: usize) -> Option<usize> {
        let tokens = self.reader.tokens;
        let word = tokens.word_at(at)?;
        let starts = is_start_of_row(words::LABELS, word);
        let listed = (1..=LONGEST_LABEL).rev().filter(|_| starts).find_map(|count| {
            let update = lookup(words::LABELS, tokens.words(at, count)?)?;
            Some((update, tokens.after_words(at, count)))
        });
        if let Some((update, end)) = listed {
            if update {
                self.notes.push(NOTE_UPDATE);
            }
            return Some(end);
        }
        // Without the limit, each word of a long text would start another search for a colon in the rest of the text.
        let colon =
            (at..at + 12).find(|&next| !matches!(tokens.get(next).map(|token| token.kind), Some(Kind::Word { .. })))?;
        if tokens.symbol(colon) == Some(':') && colon + 1 < tokens.len() {
            self.notes.push(NOTE_BEFORE);
            return Some(colon + 1);
        }
        None
    }

    /// The most specific reason why the text is not a date. `stopped` is the token at which reading ended.
    fn rejection(&mut self, stopped: usize) -> Rejected {
        let tokens = self.reader.tokens;
        let has_numbers = (0..tokens.len()).any(|at| tokens.number(at).is_some());
        if !has_numbers && self.is_placeholder_text() {
            return Rejected("it is a placeholder");
        }
        if let Some(rejected) = self.reader.rejected.filter(|_| self.day.is_none()) {
            return rejected;
        }
        let is_relative = (0..tokens.len()).any(|at| {
            (1..=2).any(|count| {
                let words = tokens.words(at, count);
                words.is_some_and(|words| words::contains(words::RELATIVE, words))
            })
        });
        if self.day.is_none() && (is_relative || (self.weekday.is_some() && !has_numbers)) {
            return Rejected("it is relative to an unknown day");
        }
        if self.day.is_none() && self.clock.is_some() && stopped == tokens.len() {
            return Rejected("it contains a time of day but no date");
        }
        if self.day.is_some() {
            return Rejected("it contains more than a date");
        }
        if !has_numbers {
            return Rejected("it contains no number");
        }
        Rejected("its format is not recognized")
    }

    /// Whether a text without numbers is a placeholder, such as `TBD`, `n/a` or `YYYY-MM-DD`, or consists only of
    /// punctuation.
    fn is_placeholder_text(&self) -> bool {
        let tokens = self.reader.tokens;
        let mut words = (0..tokens.len()).filter_map(|at| tokens.word_at(at)).peekable();
        if words.peek().is_none() {
            return true;
        }
        let listed = tokens.len() < 4 && words.all(|word| words::contains(words::PLACEHOLDERS, word));
        listed || tokens.word_at(0) == Some("yyyy")
    }
}

/// Combines a day and a time of day, and adds remarks about the zone to `notes`.
pub(super) fn written_date(day: NaiveDate, clock: Option<Clock<'_>>, notes: &mut Vec<&'static str>) -> WrittenDate {
    let Some((clock, (date, time))) = clock.and_then(|clock| Some((clock, clock.day_and_time(day)?))) else {
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
    notes.extend(clock.note(date, time));
    WrittenDate {
        date,
        time: Some(time),
        offset,
    }
}

/// Whether a date is one that programs write if a value is missing: 1970-01-01 or 1900-01-01 (the first day in
/// spreadsheets) at midnight or without a time, or the start of Unix time with any UTC offset. It is safe to assume
/// that no article has such a date.
pub(super) fn is_placeholder(date: &WrittenDate) -> bool {
    let zero_day = matches!((date.date.year(), date.date.ordinal()), (1900 | 1970, 1));
    let midnight = date.time.is_none_or(|time| time == NaiveTime::MIN);
    // `1969-12-31T19:00:00-05:00` is the start of Unix time as written in New York.
    let epoch = date.time.zip(date.offset).is_some_and(|(time, offset)| {
        let local = date.date.and_time(time).and_utc().timestamp();
        local == i64::from(offset.local_minus_utc())
    });
    (zero_day && midnight) || epoch
}
