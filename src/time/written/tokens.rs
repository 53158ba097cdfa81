//! Splits a text into numbers, words and symbols, whatever its script: digits of every script become values, words are
//! folded for comparison, and full-width and typographic symbols become their ASCII counterparts.

use std::ops::Range;

use super::chars::{ascii_symbol, decimal, fold, is_han, is_invisible, is_letter, is_space, is_thai_or_lao};

/// A token, and the byte offsets in the text at which it starts and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether the token follows white space or is at the start of the text.
    pub(super) space_before: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A number. A value that is too large for the type saturates. The number of digits is kept, because `0930` and
    /// `930` are different forms.
    Number { value: u64, digits: u8 },
    /// A word, as a byte range of the folded text. Each Han character is a separate word.
    Word { from: u32, to: u32 },
    /// Any other visible character.
    Symbol(char),
}

/// The tokens of a text.
pub(super) struct Tokens<'a> {
    raw: &'a str,
    /// The folded words in order, so that a multi-word name is one slice that can be looked up. Words are separated by
    /// a space, except for Han characters that have no white space between them in the text.
    folded: String,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(raw: &'a str) -> Self {
        let mut tokens = Tokens {
            raw,
            folded: String::with_capacity(raw.len() + 8),
            list: Vec::with_capacity(raw.len() / 3 + 2),
        };
        let mut at = 0;
        let mut space_before = true;
        let mut after_han = false;
        while let Some(c) = raw[at..].chars().next() {
            let start = at;
            let mut han = false;
            if is_space(c) {
                at += c.len_utf8();
                space_before = true;
                continue;
            }
            if is_invisible(c) {
                at += c.len_utf8();
                continue;
            }
            let kind = if decimal(c).is_some() {
                let (kind, end) = number(raw, at);
                at = end;
                kind
            } else if is_han(c) {
                if let Some((kind, end)) = han_number(raw, at) {
                    at = end;
                    kind
                } else {
                    at += c.len_utf8();
                    han = true;
                    // Each Han character is a token, but names such as 令和 must be one slice of the folded text.
                    tokens.push_word(start, at, after_han && !space_before)
                }
            } else if is_letter(c) {
                at = word_end(raw, at);
                tokens.push_word(start, at, false)
            } else {
                at += c.len_utf8();
                Kind::Symbol(ascii_symbol(c))
            };
            tokens.list.push(Token {
                kind,
                start: start as u32,
                end: at as u32,
                space_before: std::mem::take(&mut space_before),
            });
            after_han = han;
        }
        tokens
    }

    fn push_word(&mut self, start: usize, end: usize, joined: bool) -> Kind {
        if !joined && !self.folded.is_empty() {
            self.folded.push(' ');
        }
        let from = self.folded.len() as u32;
        for c in self.raw[start..end].chars() {
            fold(c, &mut self.folded);
        }
        Kind::Word {
            from,
            to: self.folded.len() as u32,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).copied()
    }

    /// The value of a number, and how many digits it has.
    pub(super) fn number(&self, at: usize) -> Option<(u64, u8)> {
        match self.list.get(at)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    /// The value of a number of one or two digits.
    pub(super) fn short_number(&self, at: usize) -> Option<u32> {
        match self.number(at)? {
            (value, 1 | 2) => u32::try_from(value).ok(),
            _ => None,
        }
    }

    pub(super) fn symbol(&self, at: usize) -> Option<char> {
        match self.list.get(at)?.kind {
            Kind::Symbol(c) => Some(c),
            _ => None,
        }
    }

    pub(super) fn word_at(&self, at: usize) -> Option<&str> {
        self.words(at, 1)
    }

    /// The `count` consecutive words that start at a token, as one string. Hyphens between the words are ignored:
    /// `segunda-feira`.
    pub(super) fn words(&self, at: usize, count: usize) -> Option<&str> {
        let Kind::Word { from, mut to } = self.list.get(at)?.kind else {
            return None;
        };
        let mut next = at;
        for _ in 1..count {
            next += 1;
            if self.symbol(next) == Some('-') {
                next += 1;
            }
            let Kind::Word { to: end, .. } = self.list.get(next)?.kind else {
                return None;
            };
            to = end;
        }
        self.folded.get(from as usize..to as usize)
    }

    /// The token after the `count` words that start at `at`. As in [`Tokens::words`], hyphens between the words are
    /// ignored.
    pub(super) fn after_words(&self, at: usize, count: usize) -> usize {
        let mut next = at + 1;
        for _ in 1..count {
            next += if self.symbol(next) == Some('-') { 2 } else { 1 };
        }
        next
    }

    /// Whether a token follows the previous token without white space.
    pub(super) fn is_adjacent(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|token| !token.space_before)
    }

    /// The byte range of the tokens `from..to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.list.get(from).map_or(0, |token| token.start as usize);
        let last = to.checked_sub(1).and_then(|last| self.list.get(last));
        start..last.map_or(start, |token| token.end as usize).max(start)
    }

    /// The original text of the tokens `from..=to`.
    pub(super) fn written(&self, from: usize, to: usize) -> &'a str {
        self.raw.get(self.span(from, to + 1)).unwrap_or_default()
    }
}

fn number(raw: &str, start: usize) -> (Kind, usize) {
    let (mut value, mut digits) = (0u64, 0u8);
    for (offset, c) in raw[start..].char_indices() {
        let Some(digit) = decimal(c) else {
            return (Kind::Number { value, digits }, start + offset);
        };
        // The input may contain a number of any length, so the value saturates. No form of a date matches a saturated
        // value.
        value = value.saturating_mul(10).saturating_add(u64::from(digit));
        digits = digits.saturating_add(1);
    }
    (Kind::Number { value, digits }, raw.len())
}

/// A number in Han numerals before 年, 月, 日 or 号: `二〇二四年十二月十四日`. Elsewhere, these numerals are parts of ordinary words:
/// 一个 contains 一.
fn han_number(raw: &str, start: usize) -> Option<(Kind, usize)> {
    const NUMERALS: &str = "〇一二三四五六七八九";
    let (mut value, mut unit, mut digits, mut tens) = (0u64, 0u64, 0u8, false);
    // The longest number is a year: four numerals, followed by 年.
    for (offset, c) in raw[start..].char_indices().take(6) {
        if let Some(digit) = NUMERALS.chars().position(|n| n == c || (c == '零' && n == '〇')) {
            unit = if tens { digit as u64 } else { unit * 10 + digit as u64 };
            digits += 1;
        } else if c == '十' && !tens {
            value = unit.max(1) * 10;
            (unit, tens) = (0, true);
            digits += 1;
        } else {
            let counted = digits > 0 && matches!(c, '年' | '月' | '日' | '号' | '號');
            // With 十, the number of characters differs from the number of digits: 十 is 10, and 三十一 is 31.
            let digits = if tens { 2 } else { digits };
            let kind = Kind::Number {
                value: value + unit,
                digits,
            };
            return counted.then_some((kind, start + offset));
        }
    }
    None
}

fn word_end(raw: &str, start: usize) -> usize {
    let mut previous = ' ';
    for (offset, c) in raw[start..].char_indices() {
        // Thai and Lao abbreviations contain periods: `ธ.ค.`
        let inside = c == '.' && is_thai_or_lao(previous) && raw[start + offset + 1..].starts_with(is_thai_or_lao);
        if !(inside || (is_letter(c) && !is_han(c)) || is_invisible(c)) || decimal(c).is_some() {
            return start + offset;
        }
        previous = c;
    }
    raw.len()
}
