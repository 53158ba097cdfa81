//! Finds the day at a place among the tokens: numbers in the order of ISO 8601, of the dots, of the language or of the
//! folder, names of months in any order, eras and counted characters. A day that two readings share is refused.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    DateContext, DateOrder, Refused,
    clock::{self, Clock},
    tokens::{Kind, Tokens},
    words,
};
use crate::time::{
    months::{AMBIGUOUS_MONTHS, MONTHS},
    weekdays::WEEKDAYS,
};

pub(super) const IMPOSSIBLE: Refused = Refused("there is no such day in the calendar");
pub(super) const AMBIGUOUS: Refused = Refused("day and month can be read in either order");
pub(super) const CENTURY: Refused = Refused("day, month and year can be read in several orders");
pub(super) const NO_DAY: Refused = Refused("it names a month and not a day");
pub(super) const ONLY_YEAR: Refused = Refused("it names a year and not a day");
pub(super) const ONLY_WEEK: Refused = Refused("it names a week and not a day");
pub(super) const NO_YEAR: Refused = Refused("the year is missing");
pub(super) const RANGE: Refused = Refused("it names a span of days");
pub(super) const MONTH_BY_LANGUAGE: Refused =
    Refused("its month differs between languages, and the language is not known");
pub(super) const SOLAR: Refused = Refused("it is a date of the Solar Hijri calendar");
pub(super) const PLACEHOLDER: Refused = Refused("it is a placeholder that programs write for no date");

pub(super) const NOTE_CENTURY: &str = "the century was not written";
const NOTE_YDM: &str = "read as year, day, month: there is no such month";
const NOTE_SECOND: &str = "a second date follows it";

/// Which texts are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole text is expected to be a date.
    Whole,
    /// A date is looked for in prose: only forms that nothing else looks like.
    Inside,
}

/// A day, and the token after it.
pub(super) struct Hit<'t> {
    pub(super) day: NaiveDate,
    /// The time, where it stood inside of the day: `Sat Dec 14 08:00:00 CET 2024`.
    pub(super) clock: Option<Clock<'t>>,
    pub(super) end: usize,
    pub(super) note: Option<&'static str>,
}

/// Reads days at tokens, and remembers why it did not.
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) context: &'t DateContext<'t>,
    pub(super) scope: Scope,
    pub(super) refused: Option<Refused>,
}

impl<'t> Reader<'t> {
    /// The day that starts at a token.
    pub(super) fn day(&mut self, at: usize) -> Option<Hit<'t>> {
        if !self.opens(at) {
            return None;
        }
        let hit = match self.tokens.get(at)?.kind {
            Kind::Number { value, digits } => match digits {
                1 | 2 => self.day_first(at, value as u32),
                4 => self.year_first(at, value as u32),
                8 | 12 | 14 if self.scope == Scope::Whole => self.compact(at, value, digits),
                _ => None,
            },
            Kind::Word { .. } => match self.month_first(at) {
                None if self.tokens.word_at(at).is_some_and(|word| !word.is_ascii()) => self.era(at),
                hit => hit,
            },
            Kind::Mark(_) => None,
        }?;
        // Words lose the blank before or behind a date: `Jane10. September 2017Author`. A number behind letters is a
        // version's, unless the form is a date's alone.
        let named = (at + 1..hit.end).any(|at| self.tokens.word_at(at).is_some_and(|word| word.len() > 2));
        let opens = |at: usize| !(at > 0 && self.tokens.glued(at) && self.is_ascii_word(at - 1));
        let dashed =
            self.tokens.number(at).is_some_and(|number| number.1 == 4) && self.tokens.mark(at + 1) == Some('-');
        let closes = self.closes(hit.end) || (named && self.scope == Scope::Inside && self.is_ascii_word(hit.end));
        (closes && (named || dashed || opens(at))).then_some(hit)
    }

    fn is_ascii_word(&self, at: usize) -> bool {
        self.tokens.word_at(at).is_some_and(str::is_ascii)
    }

    fn refuse<T>(&mut self, reason: Refused) -> Option<T> {
        self.refused.get_or_insert(reason);
        None
    }

    /// Not in the middle of a version, an address, a phone number.
    fn opens(&self, at: usize) -> bool {
        if !self.tokens.glued(at) || at == 0 {
            return true;
        }
        match self.tokens.get(at - 1).map(|token| token.kind) {
            Some(Kind::Mark(mark @ ('-' | '/' | '.' | ':' | '_' | ','))) => {
                let touches = self.tokens.glued(at - 1) && at > 1;
                let inside_name = self.scope == Scope::Inside && matches!(mark, '-' | '/' | '.' | '_');
                !(touches && (inside_name || self.tokens.number(at - 2).is_some()))
            }
            Some(Kind::Mark('+' | '#' | '$' | '€' | '£' | '¥')) => false,
            _ => true,
        }
    }

    fn closes(&self, end: usize) -> bool {
        if !self.tokens.glued(end) {
            return true;
        }
        match self.tokens.get(end).map(|token| token.kind) {
            // 3月1日09:30
            Some(Kind::Number { .. }) => end > 0 && self.tokens.word_at(end - 1).is_some(),
            Some(Kind::Word { .. }) => self
                .tokens
                .word_at(end)
                .is_some_and(|word| word.len() == 1 || !word.is_ascii()),
            Some(Kind::Mark('-' | '/' | '.' | ':' | '_' | ',')) => {
                let number_follows = self.tokens.glued(end + 1) && self.tokens.number(end + 1).is_some();
                !number_follows || clock::time(self.tokens, end + 1).is_some()
            }
            _ => true,
        }
    }

    fn compact(&mut self, at: usize, value: u64, digits: u8) -> Option<Hit<'t>> {
        let (date, seconds) = match digits {
            8 => (value, None),
            12 => (value / 10_000, Some(value % 10_000 * 100)),
            _ => (value / 1_000_000, Some(value % 1_000_000)),
        };
        let clock = match seconds {
            None => None,
            Some(packed) => Some(Clock::of(
                (packed / 10_000) as u32,
                (packed / 100 % 100) as u32,
                (packed % 100) as u32,
            )?),
        };
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        let mut hit = self.hit(year as u32, month as u32, day as u32, at + 1)?;
        if let Some(mut clock) = clock {
            (clock.zone, hit.end) = clock::zone(self.tokens, at + 1);
            hit.clock = Some(clock);
        }
        Some(hit)
    }

    fn hit(&mut self, year: u32, month: u32, day: u32, end: usize) -> Option<Hit<'t>> {
        let solar = (1300..1500).contains(&year) && self.language_is(&["fa"]);
        if solar {
            return self.refuse(SOLAR);
        }
        if year < 1000 || month == 0 || day == 0 {
            return self.refuse(PLACEHOLDER);
        }
        let Some(day) = NaiveDate::from_ymd_opt(year as i32, month, day) else {
            return self.refuse(IMPOSSIBLE);
        };
        Some(Hit {
            day,
            clock: None,
            end,
            note: None,
        })
    }

    fn language_is(&self, primaries: &[&str]) -> bool {
        let primary = self.context.language.and_then(|tag| tag.split(['-', '_']).next());
        primary.is_some_and(|primary| primaries.iter().any(|known| known.eq_ignore_ascii_case(primary)))
    }

    fn year_first(&mut self, at: usize, year: u32) -> Option<Hit<'t>> {
        let tokens = self.tokens;
        if let Some(hit) = self.counted(at, year) {
            return Some(hit);
        }
        if let Some(separator @ ('-' | '/' | '.' | '_' | ',')) = tokens.mark(at + 1) {
            if let Some((month, digits)) = tokens.number(at + 2) {
                let month = month as u32;
                // `Date(2013, 5, 10)`
                let comma = separator == ',';
                if comma && !(self.scope == Scope::Whole && at > 0 && tokens.mark(at - 1) == Some('(')) {
                    return None;
                }
                if digits == 3 && separator == '-' {
                    return self.ordinal(year, month, at + 3);
                }
                if digits > 2 {
                    return None;
                }
                let day = tokens
                    .short_number(at + 4)
                    .filter(|_| tokens.mark(at + 3) == Some(separator));
                return match day {
                    Some(day) if month > 12 && day <= 12 && separator != '.' => {
                        self.hit(year, day, month, at + 5).map(|hit| Hit {
                            note: Some(NOTE_YDM),
                            ..hit
                        })
                    }
                    Some(day) => self.hit(self.gregorian(year, false), month, day, at + 5),
                    None => self.refuse(if month <= 12 { NO_DAY } else { IMPOSSIBLE }),
                };
            }
            if separator == '-' && tokens.word_at(at + 2) == Some("w") {
                return self.week(year, at + 3);
            }
        } else if tokens.word_at(at + 1) == Some("w") && tokens.glued(at + 1) {
            return self.week(year, at + 2);
        }
        self.year_then_name(at, year)
    }

    /// `2024. december 14.`, `2024 m. gruodžio 14 d.`, `2024. gada 14. decembris`.
    fn year_then_name(&mut self, at: usize, year: u32) -> Option<Hit<'t>> {
        let tokens = self.tokens;
        let next = self.gap(at + 1, 4);
        if let Some((month, after)) = self.month(next) {
            let day = self.gap(after, 3);
            return match tokens.short_number(day) {
                Some(value) if value <= 31 && !self.is_time(day) => {
                    self.hit(self.gregorian(year, false), month, value, self.ordinal_end(day + 1))
                }
                _ => self.refuse(NO_DAY),
            };
        }
        if let Some(day) = tokens.short_number(next)
            && next > at + 1
            && let Some((month, end)) = self.month(self.gap(next + 1, 3))
        {
            return self.hit(self.gregorian(year, false), month, day, end);
        }
        if (1500..2200).contains(&year) {
            return self.refuse(ONLY_YEAR);
        }
        None
    }

    fn ordinal(&mut self, year: u32, day: u32, end: usize) -> Option<Hit<'t>> {
        let Some(day) = NaiveDate::from_yo_opt(year as i32, day) else {
            return self.refuse(IMPOSSIBLE);
        };
        self.hit(year, day.month(), day.day(), end)
    }

    /// `50-6` or `506` after `2024-W`.
    fn week(&mut self, year: u32, at: usize) -> Option<Hit<'t>> {
        let (week, day, end) = match self.tokens.number(at)? {
            (value, 3) => (value / 10, value % 10, at + 1),
            (value, 2) if self.tokens.mark(at + 1) == Some('-') => match self.tokens.number(at + 2)? {
                (day, 1) => (value, day, at + 3),
                _ => return None,
            },
            (_, 2) => return self.refuse(ONLY_WEEK),
            _ => return None,
        };
        let weekday = day.checked_sub(1).and_then(|day| Weekday::try_from(day as u8).ok());
        let day = weekday.and_then(|weekday| NaiveDate::from_isoywd_opt(year as i32, week as u32, weekday));
        let Some(day) = day else { return self.refuse(IMPOSSIBLE) };
        self.hit(day.year().unsigned_abs(), day.month(), day.day(), end)
    }

    /// `2024年12月14日`, `2024년 12월 14일`.
    fn counted(&mut self, at: usize, year: u32) -> Option<Hit<'t>> {
        let tokens = self.tokens;
        let is = |at: usize, names: &[&str]| tokens.word_at(at).is_some_and(|word| names.contains(&word));
        if !is(at + 1, &["年", "년"]) {
            return None;
        }
        let Some(month) = tokens.short_number(at + 2).filter(|_| is(at + 3, &["月", "월"])) else {
            return self.refuse(ONLY_YEAR);
        };
        let Some(day) = tokens.short_number(at + 4) else {
            return self.refuse(NO_DAY);
        };
        let end = at + 5 + usize::from(is(at + 5, &["日", "일", "号", "號"]));
        self.hit(year, month, day, end)
    }

    /// `令和6年12月14日`, `民國113年12月14日`.
    fn era(&mut self, at: usize) -> Option<Hit<'t>> {
        let (before, count) = (2..=4).rev().find_map(|count| {
            let name = self.tokens.words(at, count)?;
            let index = words::ERAS.binary_search_by_key(&name, |era| era.0).ok()?;
            Some((words::ERAS[index].1, count))
        })?;
        let year_at = self.tokens.after_words(at, count);
        let year = match self.tokens.short_number(year_at) {
            Some(year) => year,
            None if self.tokens.word_at(year_at) == Some("元") => 1,
            None => self.tokens.number(year_at).filter(|number| number.1 == 3)?.0 as u32,
        };
        self.counted(year_at, before + year)
    }

    fn day_first(&mut self, at: usize, day: u32) -> Option<Hit<'t>> {
        let tokens = self.tokens;
        if let Some(separator @ ('-' | '/' | '.' | '_')) = tokens.mark(at + 1)
            && let Some(second) = tokens.short_number(at + 2)
        {
            if tokens.mark(at + 3) == Some(separator)
                && let Some((year, digits @ (2 | 4))) = tokens.number(at + 4)
            {
                return self.numeric((day, second), (year as u32, digits), separator, at + 5);
            }
            if separator == '-' && self.month(self.gap(at + 3, 2)).is_some() {
                return self.refuse(RANGE);
            }
            return None;
        }
        if tokens.word_at(at + 1).is_some_and(|word| matches!(word, "月" | "월"))
            && tokens.short_number(at + 2).is_some()
        {
            return self.refuse(NO_YEAR);
        }
        if day > 31 {
            return None;
        }
        let named = self.gap(self.ordinal_end(at + 1), 3);
        let Some((month, after)) = self.month(named) else {
            let solar = tokens
                .word_at(named)
                .is_some_and(|word| words::SOLAR_MONTHS.contains(&word));
            return if solar { self.refuse(SOLAR) } else { None };
        };
        let Some((year, end, note)) = self.year(after) else {
            return self.refuse(NO_YEAR);
        };
        self.hit(year, month, day, end).map(|hit| Hit { note, ..hit })
    }

    fn numeric(&mut self, pair: (u32, u32), year: (u32, u8), separator: char, end: usize) -> Option<Hit<'t>> {
        let short = year.1 == 2;
        let inside = self.scope == Scope::Inside;
        // Two-digit numbers alone are scores, versions and fractions as well.
        if short && (separator == '_' || (inside && separator == '-')) {
            return None;
        }
        let full = if short {
            century(year.0)
        } else {
            self.gregorian(year.0, false)
        };
        let year_last_only = separator == '.' || !valid(century(pair.0), pair.1, year.0) || !short;
        let order = match pair {
            (a, b) if a == b => Some(DateOrder::DayFirst),
            (a, b) if a > 12 && b <= 12 => Some(DateOrder::DayFirst),
            (a, b) if b > 12 && a <= 12 => Some(DateOrder::MonthFirst),
            (a, b) if a > 12 && b > 12 => return self.refuse_if_dated(full),
            _ if separator == '.' => Some(DateOrder::DayFirst),
            _ => self.context.order.or_else(|| self.language_order()),
        };
        if !year_last_only && (separator == '-' || self.year_comes_first()) && self.context.order.is_none() {
            return self.refuse(CENTURY);
        }
        let Some(order) = order else {
            return self.refuse(AMBIGUOUS);
        };
        let (day, month) = match order {
            DateOrder::DayFirst => pair,
            DateOrder::MonthFirst => (pair.1, pair.0),
        };
        let note = short.then_some(NOTE_CENTURY);
        self.hit(full, month, day, end).map(|hit| Hit { note, ..hit })
    }

    /// Two numbers above 12 before a year of this time are a wrong date; before anything else, no date.
    fn refuse_if_dated<T>(&mut self, year: u32) -> Option<T> {
        if (1900..2100).contains(&year) {
            return self.refuse(IMPOSSIBLE);
        }
        None
    }

    fn year_comes_first(&self) -> bool {
        self.language_is(&["zh", "ja", "ko", "hu", "lt"])
    }

    /// The order that the language's region fixes. English alone fixes none.
    fn language_order(&self) -> Option<DateOrder> {
        let tag = self.context.language?;
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next()?.to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        match (primary.as_str(), region.as_deref()) {
            ("en", None) | ("zh" | "ja" | "ko" | "hu" | "lt", _) => None,
            ("en" | "fil" | "tl", Some("US" | "PH" | "PR" | "GU" | "VI" | "AS" | "MP" | "FM" | "MH" | "PW" | "UM"))
            | ("fil" | "tl", None) => Some(DateOrder::MonthFirst),
            // Canada writes all three orders.
            ("en", Some("CA")) => None,
            _ => Some(DateOrder::DayFirst),
        }
    }

    fn month_first(&mut self, at: usize) -> Option<Hit<'t>> {
        let tokens = self.tokens;
        let (month, after) = self.month(at)?;
        let day_at = self.gap(after, 2);
        let Some(day) = tokens
            .short_number(day_at)
            .filter(|&day| day <= 31 && !self.is_time(day_at))
        else {
            return self.refuse(if tokens.number(day_at).is_some_and(|number| number.1 == 4) {
                NO_DAY
            } else {
                NO_YEAR
            });
        };
        let after_day = self.ordinal_end(day_at + 1);
        if let Some((year, end, note)) = self.year(after_day) {
            return self.hit(year, month, day, end).map(|hit| Hit { note, ..hit });
        }
        // `date` and `asctime`: Sat Dec 14 08:00:00 CET 2024
        if let Some((clock, end)) = clock::time(tokens, after_day)
            && let Some((year, 4)) = tokens.number(end)
        {
            return self.hit(year as u32, month, day, end + 1).map(|hit| Hit {
                clock: Some(clock),
                ..hit
            });
        }
        if tokens.mark(after_day) == Some('-') && tokens.short_number(after_day + 1).is_some() {
            return self.refuse(RANGE);
        }
        self.refuse(NO_YEAR)
    }

    /// The year after day and month, the token after it, and what is to be said of it.
    fn year(&mut self, at: usize) -> Option<(u32, usize, Option<&'static str>)> {
        let tokens = self.tokens;
        let at = self.gap(at, 4);
        let (value, digits) = tokens.number(at)?;
        let buddhist = (1..=2).any(|back| {
            let word = at.checked_sub(back).and_then(|at| tokens.word_at(at));
            word.is_some_and(|word| words::BUDDHIST.contains(&word))
        });
        let after = tokens
            .word_at(at + 1)
            .is_some_and(|word| words::BUDDHIST.contains(&word));
        match digits {
            4 if value >= 1000 => Some((
                self.gregorian(value as u32, buddhist || after || self.is_thai(at)),
                at + 1 + usize::from(after),
                None,
            )),
            2 => {
                let marked = match tokens.mark(at - 1) {
                    Some('\'') => true,
                    // 14-Dec-24, but not Dec 14-24
                    Some('-' | '/') => at > 1 && tokens.word_at(at - 2).is_some(),
                    _ => false,
                };
                let taken = self.is_time(at) || (self.scope == Scope::Inside && !marked);
                (!taken).then(|| (century(value as u32), at + 1, Some(NOTE_CENTURY)))
            }
            // Two dates that lost the blank between them: `10. Februar 20199. Februar 2019`
            5 | 6 => {
                let (year, day) = if digits == 5 {
                    (value / 10, value % 10)
                } else {
                    (value / 100, value % 100)
                };
                let second = (1..=31).contains(&day) && self.month(self.gap(at + 1, 2)).is_some();
                let end = if self.scope == Scope::Whole {
                    tokens.len()
                } else {
                    at + 1
                };
                second.then_some((year as u32, end, Some(NOTE_SECOND)))
            }
            _ => None,
        }
    }

    /// Whether the month before a year was written in Thai or Lao letters.
    fn is_thai(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            let word = at.checked_sub(back).and_then(|at| self.tokens.word_at(at));
            word.is_some_and(|word| word.starts_with(|c| matches!(c, '\u{E00}'..='\u{EFF}')))
        })
    }

    fn gregorian(&self, year: u32, buddhist: bool) -> u32 {
        // A Buddhist year of our time is above 2400, where no Gregorian date of an article lies.
        if (2400..2800).contains(&year) && (buddhist || self.language_is(&["th"])) {
            year - 543
        } else {
            year
        }
    }

    fn is_time(&self, at: usize) -> bool {
        self.tokens.mark(at + 1) == Some(':') && self.tokens.glued(at + 1)
            || self.tokens.word_at(at + 1).is_some_and(|word| {
                words::HOURS.binary_search(&word).is_ok() && self.tokens.short_number(at + 2).is_some()
            })
    }

    /// The month that is named at a token, and the token after it.
    pub(super) fn month(&mut self, at: usize) -> Option<(u32, usize)> {
        let tokens = self.tokens;
        let Some(word) = tokens.word_at(at) else {
            return self.counted_month(at);
        };
        if matches!(word, "thang" | "thg") {
            let month = tokens.short_number(at + 1)?;
            return (1..=12).contains(&month).then_some((month, at + 2));
        }
        let mut end = at + 1;
        let month = match english_month(word).or_else(|| lookup(MONTHS, word)) {
            Some(month) => month,
            None => {
                if let Some(month) = self.month_by_language(word) {
                    month
                } else if let Some(stem) = word.strip_prefix('ב') {
                    lookup(MONTHS, stem)?
                } else if !word.is_ascii() || matches!(word, "deireadh" | "mean") {
                    let (month, count) = (2..=3)
                        .rev()
                        .find_map(|count| Some((lookup(MONTHS, tokens.words(at, count)?)?, count)))?;
                    end = tokens.after_words(at, count);
                    month
                } else {
                    return None;
                }
            }
        };
        if tokens.mark(end) == Some('.') && tokens.glued(end) {
            end += 1;
        }
        // Arabic papers give both names: ديسمبر/كانون الأول
        if tokens.mark(end) == Some('/') && tokens.word_at(end + 1).is_some_and(|word| !word.is_ascii()) {
            let second = (1..=2).find_map(|count| {
                let other = lookup(MONTHS, tokens.words(end + 1, count)?)?;
                (other == month).then(|| tokens.after_words(end + 1, count))
            });
            end = second.unwrap_or(end);
        }
        Some((u32::from(month), end))
    }

    /// Mongolian counts them: 12-р сарын 14
    fn counted_month(&self, at: usize) -> Option<(u32, usize)> {
        let month = self.tokens.short_number(at)?;
        let word = at + 1 + usize::from(self.tokens.mark(at + 1) == Some('-'));
        let counted = self.tokens.word_at(word) == Some("р")
            && self
                .tokens
                .word_at(word + 1)
                .is_some_and(|word| word.starts_with("сар"));
        (counted && (1..=12).contains(&month)).then_some((month, word + 2))
    }

    fn month_by_language(&mut self, word: &str) -> Option<u8> {
        let from = AMBIGUOUS_MONTHS.partition_point(|row| row.0 < word);
        let rows = AMBIGUOUS_MONTHS[from..].iter().take_while(|row| row.0 == word);
        let mut rows = rows.peekable();
        rows.peek()?;
        match rows.find(|row| self.language_is(&[row.1])) {
            Some(row) => Some(row.2),
            None => self.refuse(MONTH_BY_LANGUAGE),
        }
    }

    /// Behind what may stand between day, month and year: marks and particles.
    fn gap(&self, mut at: usize, limit: usize) -> usize {
        for _ in 0..limit {
            let skipped = match self.tokens.get(at).map(|token| token.kind) {
                Some(Kind::Mark('.' | ',' | '-' | '/' | '\'' | '_' | '(' | ')')) => true,
                Some(Kind::Word { .. }) => self
                    .tokens
                    .word_at(at)
                    .is_some_and(|word| is_particle(word) || words::BUDDHIST.contains(&word)),
                _ => false,
            };
            if !skipped {
                break;
            }
            at += 1;
        }
        at
    }

    /// Behind the ending of an ordinal: `14th`, `1er`, `14:e`, `14-го`.
    fn ordinal_end(&self, at: usize) -> usize {
        if self.tokens.mark(at) == Some('°') && self.tokens.glued(at) {
            return at + 1;
        }
        let marked = usize::from(matches!(self.tokens.mark(at), Some(':' | '-')));
        let ending = self.tokens.glued(at + marked) && self.tokens.word_at(at + marked).is_some_and(is_particle);
        if ending { at + marked + 1 } else { at }
    }
}

fn is_particle(word: &str) -> bool {
    words::PARTICLES.binary_search(&word).is_ok()
}

/// The weekday named at a token (0 is Monday, 7 not to be checked), and the token after it.
pub(super) fn weekday(tokens: &Tokens<'_>, at: usize) -> Option<(u8, usize)> {
    let word = tokens.word_at(at)?;
    // Vietnamese counts them from Monday, the second day: Thứ 2
    if matches!(word, "thu" | "th")
        && let Some(day @ 2..=7) = tokens.short_number(at + 1)
    {
        return Some((day as u8 - 2, at + 2));
    }
    let row = WEEKDAYS.partition_point(|row| row.0 < word);
    if !WEEKDAYS.get(row)?.0.starts_with(word) {
        return None;
    }
    (1..=3).rev().find_map(|count| {
        let day = lookup(WEEKDAYS, tokens.words(at, count)?)?;
        Some((day, tokens.after_words(at, count)))
    })
}

/// The weekday that most dates of the web have, before any search (0 is Monday).
pub(super) fn english_weekday(word: &str) -> Option<u8> {
    Some(match word {
        "mon" | "monday" => 0,
        "tue" | "tuesday" => 1,
        "wed" | "wednesday" => 2,
        // Thứ starts the Vietnamese ones.
        "thursday" => 3,
        "fri" | "friday" => 4,
        "sat" | "saturday" => 5,
        "sun" | "sunday" => 6,
        _ => return None,
    })
}

/// The month that most dates of the web have, before any search.
fn english_month(word: &str) -> Option<u8> {
    Some(match word {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}

pub(super) fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    let index = table.binary_search_by(|row| row.0.cmp(word)).ok()?;
    Some(table[index].1)
}

/// POSIX: 69 to 99 are of the last century.
fn century(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

fn valid(year: u32, month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(year as i32, month, day).is_some()
}
