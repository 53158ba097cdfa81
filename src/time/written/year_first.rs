//! Days whose year comes first: ISO 8601 with its weeks and ordinals, compact numbers, counted characters and eras.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    clock::Clock,
    day::{Hit, Reader, Scope},
    reasons::{IMPOSSIBLE, NO_DAY, NOTE_YDM, ONLY_WEEK, ONLY_YEAR},
    words,
    zone::zone,
};

impl<'t> Reader<'t> {
    pub(super) fn compact(&mut self, at: usize, value: u64, digits: u8) -> Option<Hit<'t>> {
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
            (clock.zone, hit.end) = zone(self.tokens, at + 1);
            hit.clock = Some(clock);
        }
        Some(hit)
    }

    pub(super) fn year_first(&mut self, at: usize, year: u32) -> Option<Hit<'t>> {
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

    pub(super) fn ordinal(&mut self, year: u32, day: u32, end: usize) -> Option<Hit<'t>> {
        let Some(day) = NaiveDate::from_yo_opt(year as i32, day) else {
            return self.refuse(IMPOSSIBLE);
        };
        self.hit(year, day.month(), day.day(), end)
    }

    /// `50-6` or `506` after `2024-W`.
    pub(super) fn week(&mut self, year: u32, at: usize) -> Option<Hit<'t>> {
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
    pub(super) fn counted(&mut self, at: usize, year: u32) -> Option<Hit<'t>> {
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
    pub(super) fn era(&mut self, at: usize) -> Option<Hit<'t>> {
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
        // 民國113/12/14
        if let Some(separator @ ('/' | '.' | '-')) = self.tokens.mark(year_at + 1)
            && self.tokens.mark(year_at + 3) == Some(separator)
        {
            let (month, day) = (
                self.tokens.short_number(year_at + 2)?,
                self.tokens.short_number(year_at + 4)?,
            );
            return self.hit(before + year, month, day, year_at + 5);
        }
        self.counted(year_at, before + year)
    }
}
