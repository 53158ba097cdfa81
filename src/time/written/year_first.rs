//! Reads days that are written with the year first: ISO 8601 dates (including week dates and ordinal dates), compact
//! numbers, East Asian dates, and dates with eras.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    clock::Clock,
    reader::{DayMatch, Reader, Scope},
    reasons::{IMPOSSIBLE, NO_DAY, NOTE_YDM, ONLY_WEEK, ONLY_YEAR},
    words,
    zone::zone,
};

impl<'t> Reader<'t> {
    /// `20241214`, `202412140830` and `20241214083000`.
    pub(super) fn compact(&mut self, at: usize, value: u64, digits: u8) -> Option<DayMatch<'t>> {
        let (date, seconds) = match digits {
            8 => (value, None),
            12 => (value / 10_000, Some(value % 10_000 * 100)),
            _ => (value / 1_000_000, Some(value % 1_000_000)),
        };
        let clock = match seconds {
            None => None,
            Some(packed) => Some(Clock::new(
                (packed / 10_000) as u32,
                (packed / 100 % 100) as u32,
                (packed % 100) as u32,
            )?),
        };
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        let mut matched = self.match_day(year as u32, month as u32, day as u32, at + 1)?;
        if let Some(mut clock) = clock {
            (clock.zone, matched.end) = zone(self.tokens, at + 1);
            matched.clock = Some(clock);
        }
        Some(matched)
    }

    /// Reads the forms that start with a four-digit number.
    pub(super) fn year_first(&mut self, at: usize, year: u32) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        if let Some(matched) = self.east_asian(at, year) {
            return Some(matched);
        }
        if let Some(separator @ ('-' | '/' | '.' | '_' | ',')) = tokens.symbol(at + 1) {
            if let Some((second, digits)) = tokens.number(at + 2) {
                return self.year_then_numbers(at, year, separator, (second as u32, digits));
            }
            if separator == '-' && tokens.word_at(at + 2) == Some("w") {
                return self.week(year, at + 3);
            }
        } else if tokens.word_at(at + 1) == Some("w") && tokens.is_adjacent(at + 1) {
            return self.week(year, at + 2);
        }
        self.year_then_name(at, year)
    }

    /// `2024-12-14`, `2024/12/14`, `2024-349`; the second number is at `at + 2`.
    fn year_then_numbers(
        &mut self,
        at: usize,
        year: u32,
        separator: char,
        (month, digits): (u32, u8),
    ) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        // Numbers separated by commas can be anything, so they are read as a date only in a call such as
        // `Date(2013, 5, 10)`, which Franklin uses in TOML.
        let is_call = self.scope == Scope::Whole && at > 0 && tokens.symbol(at - 1) == Some('(');
        if separator == ',' && !is_call {
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
            .filter(|_| tokens.symbol(at + 3) == Some(separator));
        match day {
            // The date is read so that entries can be sorted, but callers treat the remark as an error, because the
            // date may be a typo.
            Some(day) if month > 12 && day <= 12 && separator != '.' => {
                self.match_day(year, day, month, at + 5).map(|matched| DayMatch {
                    note: Some(NOTE_YDM),
                    ..matched
                })
            }
            Some(day) => self.match_day(self.gregorian(year, false), month, day, at + 5),
            None => self.reject(if month <= 12 { NO_DAY } else { IMPOSSIBLE }),
        }
    }

    /// Reads an ordinal date, such as `2024-349`, which consists of a year and a day of the year (ISO 8601-1, section
    /// 5.2.3).
    fn ordinal(&mut self, year: u32, day: u32, end: usize) -> Option<DayMatch<'t>> {
        let Some(day) = NaiveDate::from_yo_opt(year as i32, day) else {
            return self.reject(IMPOSSIBLE);
        };
        self.match_day(year, day.month(), day.day(), end)
    }

    /// Reads the rest of a week date after `2024-W`, such as `50-6` or `506` (ISO 8601-1, section 5.2.4). The first
    /// week may start in the previous year.
    fn week(&mut self, year: u32, at: usize) -> Option<DayMatch<'t>> {
        let (week, day, end) = match self.tokens.number(at)? {
            (value, 3) => (value / 10, value % 10, at + 1),
            (value, 2) if self.tokens.symbol(at + 1) == Some('-') => match self.tokens.number(at + 2)? {
                (day, 1) => (value, day, at + 3),
                _ => return None,
            },
            (_, 2) => return self.reject(ONLY_WEEK),
            _ => return None,
        };
        let weekday = day.checked_sub(1).and_then(|day| Weekday::try_from(day as u8).ok());
        let day = weekday.and_then(|weekday| NaiveDate::from_isoywd_opt(year as i32, week as u32, weekday));
        let Some(day) = day else {
            return self.reject(IMPOSSIBLE);
        };
        self.match_day(day.year().unsigned_abs(), day.month(), day.day(), end)
    }

    /// `2024年12月14日`, `2024년 12월 14일`: the word after each number names the unit.
    fn east_asian(&mut self, at: usize, year: u32) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        let is = |at: usize, names: &[&str]| tokens.word_at(at).is_some_and(|word| names.contains(&word));
        if !is(at + 1, &["年", "년"]) {
            return None;
        }
        let Some(month) = tokens.short_number(at + 2).filter(|_| is(at + 3, &["月", "월"])) else {
            return self.reject(ONLY_YEAR);
        };
        let Some(day) = tokens.short_number(at + 4) else {
            return self.reject(NO_DAY);
        };
        // Colloquial Chinese uses 号 instead of 日.
        let end = at + 5 + usize::from(is(at + 5, &["日", "일", "号", "號"]));
        self.match_day(year, month, day, end)
    }

    /// `令和6年12月14日`, `民國113年12月14日`.
    pub(super) fn era(&mut self, at: usize) -> Option<DayMatch<'t>> {
        // Era names have two to four characters: 令和, 中華民國.
        let (year_before, count) = (2..=4).rev().find_map(|count| {
            let name = self.tokens.words(at, count)?;
            Some((words::lookup(words::ERAS, name)?, count))
        })?;
        let year_at = self.tokens.after_words(at, count);
        let year = match self.tokens.short_number(year_at) {
            Some(year) => year,
            // The first year of a Japanese era is written with 元 instead of a number, as in 令和元年.
            None if self.tokens.word_at(year_at) == Some("元") => 1,
            None => self.tokens.number(year_at).filter(|number| number.1 == 3)?.0 as u32,
        };
        // 民國113/12/14
        if let Some(separator @ ('/' | '.' | '-')) = self.tokens.symbol(year_at + 1)
            && self.tokens.symbol(year_at + 3) == Some(separator)
        {
            let (month, day) = (
                self.tokens.short_number(year_at + 2)?,
                self.tokens.short_number(year_at + 4)?,
            );
            return self.match_day(year_before + year, month, day, year_at + 5);
        }
        self.east_asian(year_at, year_before + year)
    }
}
