//! Days with the name of a month, in any order, and the names of weekdays.

use super::{
    clock,
    day::{Hit, Reader},
    reasons::{MONTH_BY_LANGUAGE, NO_DAY, NO_YEAR, ONLY_YEAR, RANGE},
    tokens::Tokens,
};
use crate::time::{
    months::{AMBIGUOUS_MONTHS, MONTHS},
    weekdays::WEEKDAYS,
};

impl<'t> Reader<'t> {
    /// `2024. december 14.`, `2024 m. gruodžio 14 d.`, `2024. gada 14. decembris`.
    pub(super) fn year_then_name(&mut self, at: usize, year: u32) -> Option<Hit<'t>> {
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

    pub(super) fn month_first(&mut self, at: usize) -> Option<Hit<'t>> {
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
    pub(super) fn counted_month(&self, at: usize) -> Option<(u32, usize)> {
        let month = self.tokens.short_number(at)?;
        let word = at + 1 + usize::from(self.tokens.mark(at + 1) == Some('-'));
        let counted = self.tokens.word_at(word) == Some("р")
            && self
                .tokens
                .word_at(word + 1)
                .is_some_and(|word| word.starts_with("сар"));
        (counted && (1..=12).contains(&month)).then_some((month, word + 2))
    }

    pub(super) fn month_by_language(&mut self, word: &str) -> Option<u8> {
        let from = AMBIGUOUS_MONTHS.partition_point(|row| row.0 < word);
        let rows = AMBIGUOUS_MONTHS[from..].iter().take_while(|row| row.0 == word);
        let mut rows = rows.peekable();
        rows.peek()?;
        match rows.find(|row| self.language_is(&[row.1])) {
            Some(row) => Some(row.2),
            None => self.refuse(MONTH_BY_LANGUAGE),
        }
    }
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
