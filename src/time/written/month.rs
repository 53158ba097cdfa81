//! Reads a month name that starts at a token.

use super::{reader::Reader, reasons::MONTH_BY_LANGUAGE, words::lookup};
use crate::time::months::{AMBIGUOUS_MONTHS, MONTHS};

impl Reader<'_> {
    /// The month whose name starts at a token, and the token after the name.
    pub(super) fn month(&mut self, at: usize) -> Option<(u32, usize)> {
        let tokens = self.tokens;
        let Some(word) = tokens.word_at(at) else {
            return self.mongolian_month(at);
        };
        // In Vietnamese, the months are numbered: tháng 3
        if matches!(word, "thang" | "thg") {
            let month = tokens.short_number(at + 1)?;
            return (1..=12).contains(&month).then_some((month, at + 2));
        }
        let (month, mut end) = self.month_name(at, word)?;
        // An abbreviated name may end with a period: `14 Dec. 2024`
        if tokens.symbol(end) == Some('.') && tokens.is_adjacent(end) {
            end += 1;
        }
        // Arabic newspapers give both the Gregorian and the Levantine name: ديسمبر/كانون الأول
        if tokens.symbol(end) == Some('/') && tokens.word_at(end + 1).is_some_and(|word| !word.is_ascii()) {
            let second = (1..=2).find_map(|count| {
                let other = lookup(MONTHS, tokens.words(end + 1, count)?)?;
                (other == month).then(|| tokens.after_words(end + 1, count))
            });
            end = second.unwrap_or(end);
        }
        Some((u32::from(month), end))
    }

    fn month_name(&mut self, at: usize, word: &str) -> Option<(u8, usize)> {
        let tokens = self.tokens;
        if let Some(month) = english_month(word)
            .or_else(|| lookup(MONTHS, word))
            .or_else(|| self.month_by_language(word))
        {
            return Some((month, at + 1));
        }
        // In Hebrew, the word for "in" is a prefix of the name: 14 בינואר
        if let Some(stem) = word.strip_prefix('ב') {
            return Some((lookup(MONTHS, stem)?, at + 1));
        }
        // Multi-word names are Arabic, Mongolian or Irish. Only two of these names start with an ASCII word, so the
        // search ends here for all other ASCII words.
        if word.is_ascii() && !matches!(word, "deireadh" | "mean") {
            return None;
        }
        (2..=3).rev().find_map(|count| {
            let month = lookup(MONTHS, tokens.words(at, count)?)?;
            Some((month, tokens.after_words(at, count)))
        })
    }

    /// Reads a Mongolian month. In Mongolian, the months are numbers with an ordinal ending: 12-р сарын 14
    fn mongolian_month(&self, at: usize) -> Option<(u32, usize)> {
        let month = self.tokens.short_number(at)?;
        let word = at + 1 + usize::from(self.tokens.symbol(at + 1) == Some('-'));
        let is_month = self.tokens.word_at(word) == Some("р")
            && self
                .tokens
                .word_at(word + 1)
                .is_some_and(|word| word.starts_with("сар"));
        (is_month && (1..=12).contains(&month)).then_some((month, word + 2))
    }

    /// Resolves a name that Slavic languages use for different months: `listopad` is October in Croatian and November
    /// in Polish.
    fn month_by_language(&mut self, word: &str) -> Option<u8> {
        let from = AMBIGUOUS_MONTHS.partition_point(|row| row.0 < word);
        let rows = AMBIGUOUS_MONTHS[from..].iter().take_while(|row| row.0 == word);
        let mut rows = rows.peekable();
        rows.peek()?;
        match rows.find(|row| self.language_is(&[row.1])) {
            Some(row) => Some(row.2),
            None => self.reject(MONTH_BY_LANGUAGE),
        }
    }
}

/// Recognizes the English names, which most dates on the web use, without searching the table.
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
