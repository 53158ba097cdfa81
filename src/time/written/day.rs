//! The day at a place among the tokens: where one may start and end, and the parts that all its forms share. The forms
//! are in `year_first`, `numeric` and `names`.

use chrono::NaiveDate;

use super::{
    DateContext, Refused,
    clock::{self, Clock},
    reasons::{IMPOSSIBLE, NOTE_CENTURY, NOTE_SECOND, PLACEHOLDER, SOLAR},
    tokens::{Kind, Tokens},
    words,
};

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

    pub(super) fn refuse<T>(&mut self, reason: Refused) -> Option<T> {
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

    pub(super) fn hit(&mut self, year: u32, month: u32, day: u32, end: usize) -> Option<Hit<'t>> {
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

    pub(super) fn language_is(&self, primaries: &[&str]) -> bool {
        let primary = self.context.language.and_then(|tag| tag.split(['-', '_']).next());
        primary.is_some_and(|primary| primaries.iter().any(|known| known.eq_ignore_ascii_case(primary)))
    }

    /// The year after day and month, the token after it, and what is to be said of it.
    pub(super) fn year(&mut self, at: usize) -> Option<(u32, usize, Option<&'static str>)> {
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

    pub(super) fn gregorian(&self, year: u32, buddhist: bool) -> u32 {
        // A Buddhist year of our time is above 2400, where no Gregorian date of an article lies.
        if (2400..2800).contains(&year) && (buddhist || self.language_is(&["th"])) {
            year - 543
        } else {
            year
        }
    }

    pub(super) fn is_time(&self, at: usize) -> bool {
        self.tokens.mark(at + 1) == Some(':') && self.tokens.glued(at + 1) && self.tokens.glued(at + 2)
            || self.tokens.word_at(at + 1).is_some_and(|word| {
                words::HOURS.binary_search(&word).is_ok() && self.tokens.short_number(at + 2).is_some()
            })
    }

    /// Behind what may stand between day, month and year: marks and particles.
    pub(super) fn gap(&self, mut at: usize, limit: usize) -> usize {
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
    pub(super) fn ordinal_end(&self, at: usize) -> usize {
        if self.tokens.mark(at) == Some('°') && self.tokens.glued(at) {
            return at + 1;
        }
        let marked = usize::from(matches!(self.tokens.mark(at), Some(':' | '-')));
        let ending = self.tokens.glued(at + marked) && self.tokens.word_at(at + marked).is_some_and(is_particle);
        if ending { at + marked + 1 } else { at }
    }
}

pub(super) fn is_particle(word: &str) -> bool {
    words::PARTICLES.binary_search(&word).is_ok()
}

/// POSIX: 69 to 99 are of the last century.
pub(super) fn century(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}
