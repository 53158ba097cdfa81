//! Days in numbers with the year last. Which of the others is the month is decided by what a month can be, by the dots,
//! by the folder, by the language, and by nothing else.

use chrono::NaiveDate;

use super::{
    DateOrder,
    day::{Hit, Reader, Scope, century},
    reasons::{AMBIGUOUS, CENTURY, IMPOSSIBLE, NO_YEAR, NOTE_CENTURY, RANGE, SOLAR},
    words,
};

impl<'t> Reader<'t> {
    pub(super) fn day_first(&mut self, at: usize, day: u32) -> Option<Hit<'t>> {
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

    pub(super) fn numeric(
        &mut self,
        pair: (u32, u32),
        year: (u32, u8),
        separator: char,
        end: usize,
    ) -> Option<Hit<'t>> {
        let short = year.1 == 2;
        let inside = self.scope == Scope::Inside;
        // Two-digit numbers alone are scores, versions and fractions as well.
        if short && (separator == '_' || (inside && separator == '-')) {
            return None;
        }
        // A Thai one may be of the Buddhist or of the Gregorian century.
        if short && self.language_is(&["th"]) {
            return self.refuse(CENTURY);
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
    pub(super) fn refuse_if_dated<T>(&mut self, year: u32) -> Option<T> {
        if (1900..2100).contains(&year) {
            return self.refuse(IMPOSSIBLE);
        }
        None
    }

    pub(super) fn year_comes_first(&self) -> bool {
        self.language_is(&["zh", "ja", "ko", "hu", "lt"])
    }

    /// The order that the language's region fixes. English alone fixes none.
    pub(super) fn language_order(&self) -> Option<DateOrder> {
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
}

fn valid(year: u32, month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(year as i32, month, day).is_some()
}
