//! Reads the day that starts at a token, in any form. Rejects a day if the neighboring tokens show that it is part of
//! something else, such as a version number.

use super::{
    clock,
    reader::{DayMatch, Reader, Scope},
    tokens::Kind,
};

impl<'t> Reader<'t> {
    /// Reads the day that starts at a token.
    pub(super) fn day(&mut self, at: usize) -> Option<DayMatch<'t>> {
        if !self.can_start(at) {
            return None;
        }
        let matched = match self.tokens.get(at)?.kind {
            Kind::Number { value, digits } => match digits {
                1 | 2 => self.short_number_first(at, value as u32),
                4 => self.year_first(at, value as u32),
                // In prose, a number with this many digits is usually an order number, an ISBN or a phone number.
                8 | 12 | 14 if self.scope == Scope::Whole => self.compact(at, value, digits),
                _ => None,
            },
            Kind::Word { .. } => match self.name_then_day(at) {
                // Era names are written in Han characters, so an ASCII word is never part of one.
                None if self.tokens.word_at(at).is_some_and(|word| !word.is_ascii()) => self.era(at),
                matched => matched,
            },
            Kind::Symbol(_) => None,
        }?;
        // Text that was scraped from web pages often lacks the space before or after a date:
        // `Jane10. September 2017Author`. Directly after letters, `10.9.2017` can be a version number, so only
        // forms that are always dates are accepted there.
        let named = (at + 1..matched.end).any(|at| self.tokens.word_at(at).is_some_and(|word| word.len() > 2));
        let dashed =
            self.tokens.number(at).is_some_and(|number| number.1 == 4) && self.tokens.symbol(at + 1) == Some('-');
        let after_word = at > 0 && self.tokens.is_adjacent(at) && self.is_ascii_word(at - 1);
        let ends =
            self.can_end(matched.end) || (named && self.scope == Scope::Prose && self.is_ascii_word(matched.end));
        (ends && (named || dashed || !after_word)).then_some(matched)
    }

    fn is_ascii_word(&self, at: usize) -> bool {
        self.tokens.word_at(at).is_some_and(str::is_ascii)
    }

    /// Whether a day can start at a token: it cannot start in the middle of a version number, an address, a phone
    /// number or an amount.
    fn can_start(&self, at: usize) -> bool {
        if !self.tokens.is_adjacent(at) || at == 0 {
            return true;
        }
        match self.tokens.get(at - 1).map(|token| token.kind) {
            Some(Kind::Symbol(symbol @ ('-' | '/' | '.' | ':' | '_' | ','))) => {
                let joined = self.tokens.is_adjacent(at - 1) && at > 1;
                // In prose, these symbols join the parts of file names and addresses.
                let in_name = self.scope == Scope::Prose && matches!(symbol, '-' | '/' | '.' | '_');
                !(joined && (in_name || self.tokens.number(at - 2).is_some()))
            }
            Some(Kind::Symbol('+' | '#' | '$' | '€' | '£' | '¥')) => false,
            _ => true,
        }
    }

    /// Whether a day can end right before the token `end`.
    fn can_end(&self, end: usize) -> bool {
        if !self.tokens.is_adjacent(end) {
            return true;
        }
        match self.tokens.get(end).map(|token| token.kind) {
            // 3月1日09:30
            Some(Kind::Number { .. }) => end > 0 && self.tokens.word_at(end - 1).is_some(),
            // A single letter can be the T of ISO 8601 or an abbreviation (`01.03.2026r.`). In scripts without spaces,
            // a word can directly follow the day.
            Some(Kind::Word { .. }) => self
                .tokens
                .word_at(end)
                .is_some_and(|word| word.len() == 1 || !word.is_ascii()),
            Some(Kind::Symbol('-' | '/' | '.' | ':' | '_' | ',')) => {
                let number_follows = self.tokens.is_adjacent(end + 1) && self.tokens.number(end + 1).is_some();
                // `10.12.2026.5` is a version number, but `01/Mar/2026:09:30:00`, as written in the logs of web
                // servers, is a day and a time.
                !number_follows || clock::time(self.tokens, end + 1).is_some()
            }
            _ => true,
        }
    }
}
