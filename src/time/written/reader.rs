//! Reads calendar days. This file contains the steps that all date formats share: skipping the separators between day,
//! month and year, and checking that the day exists.

use chrono::NaiveDate;

use super::{
    DateContext, Rejected,
    clock::Clock,
    reasons::{IMPOSSIBLE, PLACEHOLDER, SOLAR},
    tokens::{Kind, Tokens},
    words::{self, is_particle},
};

/// The kind of text that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole text is expected to be a date.
    Whole,
    /// The text is prose that is searched for dates. Only forms that cannot be anything but a date are accepted.
    Prose,
}

/// A day that was read, and the token after it.
pub(super) struct DayMatch<'t> {
    pub(super) day: NaiveDate,
    /// The time, if it comes between the parts of the date: `Sat Dec 14 08:00:00 CET 2024`.
    pub(super) clock: Option<Clock<'t>>,
    pub(super) end: usize,
    pub(super) note: Option<&'static str>,
}

/// Reads the day that starts at a given token, and keeps the reason for the first rejection.
pub(super) struct Reader<'t> {
    pub(super) tokens: &'t Tokens<'t>,
    pub(super) context: &'t DateContext<'t>,
    pub(super) scope: Scope,
    pub(super) rejected: Option<Rejected>,
}

impl<'t> Reader<'t> {
    /// Rejects a day. Only the first reason is kept, because any later reason concerns the rest of a text whose date
    /// has already been rejected.
    pub(super) fn reject<T>(&mut self, reason: Rejected) -> Option<T> {
        self.rejected.get_or_insert(reason);
        None
    }

    /// The match for a day in the Gregorian calendar. Rejects days that do not exist, placeholders, and days that are
    /// probably in the Solar Hijri calendar.
    pub(super) fn match_day(&mut self, year: u32, month: u32, day: u32, end: usize) -> Option<DayMatch<'t>> {
        // In the Solar Hijri calendar, recent years are in the 14th and 15th centuries. If such a year in a Persian
        // article were read as Gregorian, the date would be wrong by six centuries.
        let solar = (1300..1500).contains(&year) && self.language_is(&["fa"]);
        if solar {
            return self.reject(SOLAR);
        }
        // MySQL exports a missing date as `0000-00-00`, and `0001-01-01` is the zero value of a date in Go and .NET.
        if year < 1000 || month == 0 || day == 0 {
            return self.reject(PLACEHOLDER);
        }
        let Some(day) = NaiveDate::from_ymd_opt(year as i32, month, day) else {
            return self.reject(IMPOSSIBLE);
        };
        Some(DayMatch {
            day,
            clock: None,
            end,
            note: None,
        })
    }

    pub(super) fn language_is(&self, primaries: &[&str]) -> bool {
        let primary = self.context.language.and_then(|tag| tag.split(['-', '_']).next());
        primary.is_some_and(|primary| primaries.iter().any(|other| other.eq_ignore_ascii_case(primary)))
    }

    /// Skips up to `limit` symbols and particles that may separate day, month and year, and returns the token after
    /// them.
    ///
    /// Without the limit, a long run of commas would be scanned again from each comma.
    pub(super) fn after_separators(&self, mut at: usize, limit: usize) -> usize {
        for _ in 0..limit {
            let skipped = match self.tokens.get(at).map(|token| token.kind) {
                Some(Kind::Symbol('.' | ',' | '-' | '/' | '\'' | '_' | '(' | ')')) => true,
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

    /// The token after an optional ordinal ending: `14th`, `1er`, `14:e`, `14-го`, `1°`.
    pub(super) fn after_ordinal_ending(&self, at: usize) -> usize {
        if self.tokens.symbol(at) == Some('°') && self.tokens.is_adjacent(at) {
            return at + 1;
        }
        let separator = usize::from(matches!(self.tokens.symbol(at), Some(':' | '-')));
        let ending =
            self.tokens.is_adjacent(at + separator) && self.tokens.word_at(at + separator).is_some_and(is_particle);
        if ending { at + separator + 1 } else { at }
    }

    /// Whether the number at this token is the hour of a time of day: `8:05`, `8h05`.
    pub(super) fn is_time(&self, at: usize) -> bool {
        self.tokens.symbol(at + 1) == Some(':') && self.tokens.is_adjacent(at + 1) && self.tokens.is_adjacent(at + 2)
            || self
                .tokens
                .word_at(at + 1)
                .is_some_and(|word| words::contains(words::HOURS, word) && self.tokens.short_number(at + 2).is_some())
    }
}
