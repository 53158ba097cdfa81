//! Reads days that contain the name of a month, whether the day, the month or the year comes first.

use super::{
    clock,
    reader::{DayMatch, Reader},
    reasons::{NO_DAY, NO_YEAR, ONLY_YEAR, RANGE, SOLAR},
    words,
};

impl<'t> Reader<'t> {
    /// Reads `14 December 2024`, `14. Dezember 2024`, `14 de diciembre de 2024`.
    pub(super) fn day_then_name(&mut self, at: usize, day: u32) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        let name = self.after_separators(self.after_ordinal_ending(at + 1), 3);
        let Some((month, after)) = self.month(name) else {
            let solar = tokens
                .word_at(name)
                .is_some_and(|word| words::SOLAR_MONTHS.contains(&word));
            return if solar { self.reject(SOLAR) } else { None };
        };
        let Some((year, end, note)) = self.year(after) else {
            return self.reject(NO_YEAR);
        };
        self.match_day(year, month, day, end)
            .map(|matched| DayMatch { note, ..matched })
    }

    /// Reads `December 14, 2024`, and also `Sat Dec 14 08:00:00 CET 2024`, where the time comes before the year.
    pub(super) fn name_then_day(&mut self, at: usize) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        let (month, after) = self.month(at)?;
        let day_at = self.after_separators(after, 2);
        let Some(day) = tokens
            .short_number(day_at)
            // In `December 8:05`, the number is an hour, not a day.
            .filter(|&day| day <= 31 && !self.is_time(day_at))
        else {
            return self.reject(if tokens.number(day_at).is_some_and(|number| number.1 == 4) {
                NO_DAY
            } else {
                NO_YEAR
            });
        };
        let after_day = self.after_ordinal_ending(day_at + 1);
        if let Some((year, end, note)) = self.year(after_day) {
            return self
                .match_day(year, month, day, end)
                .map(|matched| DayMatch { note, ..matched });
        }
        // The `date` command and C's `asctime` write the time before the year. HTTP also accepts the format of
        // `asctime` (RFC 9110, section 5.6.7).
        if let Some((clock, end)) = clock::time(tokens, after_day)
            && let Some((year, 4)) = tokens.number(end)
        {
            return self
                .match_day(year as u32, month, day, end + 1)
                .map(|matched| DayMatch {
                    clock: Some(clock),
                    ..matched
                });
        }
        if tokens.symbol(after_day) == Some('-') && tokens.short_number(after_day + 1).is_some() {
            return self.reject(RANGE);
        }
        self.reject(NO_YEAR)
    }

    /// Reads `2024. december 14.` (Hungarian), `2024 m. gruodžio 14 d.` (Lithuanian) and `2024. gada 14. decembris`
    /// (Latvian).
    pub(super) fn year_then_name(&mut self, at: usize, year: u32) -> Option<DayMatch<'t>> {
        let tokens = self.tokens;
        let next = self.after_separators(at + 1, 4);
        if let Some((month, after)) = self.month(next) {
            let day = self.after_separators(after, 3);
            return match tokens.short_number(day) {
                Some(value) if value <= 31 && !self.is_time(day) => self.match_day(
                    self.gregorian(year, false),
                    month,
                    value,
                    self.after_ordinal_ending(day + 1),
                ),
                _ => self.reject(NO_DAY),
            };
        }
        if let Some(day) = tokens.short_number(next)
            && next > at + 1
            && let Some((month, end)) = self.month(self.after_separators(next + 1, 3))
        {
            return self.match_day(self.gregorian(year, false), month, day, end);
        }
        // A four-digit number outside this range is rarely a year, so a text with such a number is rejected with a
        // general reason.
        if (1500..2200).contains(&year) {
            return self.reject(ONLY_YEAR);
        }
        None
    }
}
