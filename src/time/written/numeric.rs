//! Reads numeric days with the year last: `14/12/2024`, `12/14/2024`, `14.12.24`.
//!
//! The first of these rules that applies decides which of the two numbers before the year is the month:
//! - A number above 12 is the day.
//! - If dots separate the numbers, the day comes first, as is usual in languages that write dates with dots.
//! - If other dates in the folder prove a day-month order, this date has the same order.
//! - If a day-month order is usual in the language of the article, the date has that order.
//!
//! If no rule applies, the date is rejected, because a wrong guess would move an entry by months without a visible
//! error.

use chrono::NaiveDate;

use super::{
    DateOrder,
    reader::{DayMatch, Reader, Scope},
    reasons::{AMBIGUOUS, CENTURY, IMPOSSIBLE, NO_YEAR, NOTE_CENTURY, RANGE},
    year::full_year,
};

impl<'t> Reader<'t> {
    /// Reads the forms that start with a number of one or two digits.
    pub(super) fn short_number_first(&mut self, at: usize, first: u32) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        if let Some(separator @ ('-' | '/' | '.' | '_')) = tokens.symbol(at + 1)
            && let Some(second) = tokens.short_number(at + 2)
        {
            if tokens.symbol(at + 3) == Some(separator)
                && let Some((year, digits @ (2 | 4))) = tokens.number(at + 4)
            {
                return self.year_last((first, second), (year as u32, digits), separator, at + 5);
            }
            // `1-3 March 2026`
            if separator == '-' && self.month(self.after_separators(at + 3, 2)).is_some() {
                return self.reject(RANGE);
            }
            return None;
        }
        // `3月1日` without a year
        if tokens.word_at(at + 1).is_some_and(|word| matches!(word, "月" | "월"))
            && tokens.short_number(at + 2).is_some()
        {
            return self.reject(NO_YEAR);
        }
        if first > 31 {
            return None;
        }
        self.day_then_name(at, first)
    }

    fn year_last(
        &mut self,
        pair: (u32, u32),
        (year, digits): (u32, u8),
        separator: char,
        end: usize,
    ) -> Option<DayMatch<'t>> {
        let short = digits == 2;
        // Three numbers of up to two digits that are separated by `_`, or by `-` in prose, can also be a score or a
        // version number.
        if short && (separator == '_' || (self.scope == Scope::Prose && separator == '-')) {
            return None;
        }
        // In Thai text, 67 can be the year 2567 of the Buddhist Era, which is 2024, or the year 1967.
        if short && self.language_is(&["th"]) {
            return self.reject(CENTURY);
        }
        let full = if short {
            full_year(year)
        } else {
            self.gregorian(year, false)
        };
        // In `24-12-14`, the year may come first. With dots, the day always comes first.
        let only_year_last = separator == '.' || !is_day(full_year(pair.0), pair.1, year) || !short;
        let order = match pair {
            // In `12/12/2024`, the order makes no difference.
            (a, b) if a == b => Some(DateOrder::DayFirst),
            (a, b) if a > 12 && b <= 12 => Some(DateOrder::DayFirst),
            (a, b) if b > 12 && a <= 12 => Some(DateOrder::MonthFirst),
            (a, b) if a > 12 && b > 12 => return self.reject_if_recent(full),
            _ if separator == '.' => Some(DateOrder::DayFirst),
            // Other dates in the same folder are better evidence than the language: `en` without a region does not
            // determine the order, and the authors of a site usually use the same order.
            _ => self.context.order.or_else(|| self.language_order()),
        };
        if !only_year_last && (separator == '-' || self.year_comes_first()) && self.context.order.is_none() {
            return self.reject(CENTURY);
        }
        let Some(order) = order else {
            return self.reject(AMBIGUOUS);
        };
        let (day, month) = match order {
            DateOrder::DayFirst => pair,
            DateOrder::MonthFirst => (pair.1, pair.0),
        };
        let note = short.then_some(NOTE_CENTURY);
        self.match_day(full, month, day, end)
            .map(|matched| DayMatch { note, ..matched })
    }

    /// Rejects two numbers that cannot be a day and a month because both are above 12. A reason is recorded only if the
    /// year after them is recent. With any other year, the numbers are probably not a date at all.
    fn reject_if_recent<T>(&mut self, year: u32) -> Option<T> {
        if (1900..2100).contains(&year) {
            return self.reject(IMPOSSIBLE);
        }
        None
    }

    /// Whether numeric dates in the language of the article usually start with the year. If they do, a two-digit year
    /// at the end is doubtful.
    fn year_comes_first(&self) -> bool {
        self.language_is(&["zh", "ja", "ko", "hu", "lt"])
    }

    /// The day-month order that is usual for the language and its region.
    fn language_order(&self) -> Option<DateOrder> {
        let tag = self.context.language?;
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next()?.to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
        match (primary.as_str(), region.as_deref()) {
            // `en` is the default in many generators, regardless of the author's country.
            ("en", None) | ("zh" | "ja" | "ko" | "hu" | "lt", _) => None,
            // These regions are the US and its territories, the Philippines, and the Pacific states that use the same
            // order as the US.
            ("en" | "fil" | "tl", Some("US" | "PH" | "PR" | "GU" | "VI" | "AS" | "MP" | "FM" | "MH" | "PW" | "UM"))
            | ("fil" | "tl", None) => Some(DateOrder::MonthFirst),
            // In Canada, all three orders of day, month and year are common.
            ("en", Some("CA")) => None,
            _ => Some(DateOrder::DayFirst),
        }
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(year as i32, month, day).is_some()
}
