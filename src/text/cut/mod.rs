//! Cuts text after a sentence, a clause or a word, never inside a grapheme. A CJK character counts as longer than other
//! characters.

mod clause;
mod dateline;
mod sentence;

pub use clause::first_clause;
pub use dateline::strip_dateline;
pub use sentence::sentence_end;

use unicode_segmentation::UnicodeSegmentation;

/// The maximum length, in [`units`], of a summary that is cut from an article. This is about 100 CJK characters.
pub const SUMMARY_UNITS: usize = 300;

/// The minimum length, in [`units`], of a summary that is cut after a sentence. A shorter summary would say too little,
/// or would not even be a sentence.
const MIN_SENTENCE: usize = 40;

/// The length of the text in units. A CJK, Hangul or full-width character counts as 3 units, because it says about as
/// much as three letters. Any other character counts as 1.
pub fn units(text: &str) -> usize {
    // Length is not measured in words: Hugo and Pelican counted words by the spaces between them, but CJK text has no
    // spaces (gohugoio/hugo#1377, getpelican/pelican#2863).
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(char_units).sum()
}

fn char_units(c: char) -> usize {
    if is_wide(c) { 3 } else { 1 }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

/// Cuts the text to at most `limit` units, after the last sentence that fits. If no sentence fits, or the sentences
/// that fit are too short, cuts after a clause or a word and adds `…`.
pub fn cut(text: &str, limit: usize) -> String {
    let text = text.trim();
    let end = fitting(text, limit);
    if end == text.len() {
        return text.to_owned();
    }
    let mut sentence = 0;
    let mut from = 0;
    while let Some(next) = sentence_end(text, from) {
        if next > end {
            break;
        }
        (sentence, from) = (next, next);
    }
    if units(&text[..sentence]) >= MIN_SENTENCE {
        return text[..sentence].trim_end().to_owned();
    }
    cut_words(text, limit)
}

/// The length in bytes of the longest prefix of up to `limit` units that ends between two graphemes.
fn fitting(text: &str, limit: usize) -> usize {
    // In ASCII text without CRLF, each character is one grapheme and one unit. The character after the limit must be
    // ASCII too, because a combining mark there would belong to the last grapheme.
    let start = text.as_bytes().get(..=limit).unwrap_or(text.as_bytes());
    if start.is_ascii() && !start.contains(&b'\r') {
        return limit.min(text.len());
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += units(grapheme);
        if used > limit {
            return at;
        }
    }
    text.len()
}

/// Cuts the text after a clause or between two words, and adds `…`.
fn cut_words(text: &str, limit: usize) -> String {
    let end = fitting(text, limit.saturating_sub(1));
    let fit = &text[..end];
    // Cut after a clause if one ends within the last 15% of the limit, otherwise after a word if one ends within the
    // last 40%.
    let clause_from = fitting(fit, limit * 85 / 100);
    let word_from = fitting(fit, limit * 60 / 100);
    let clause = fit
        .char_indices()
        .rfind(|&(at, c)| at >= clause_from && is_clause_mark(text, at, c));
    let at = match clause {
        Some((at, _)) => at,
        // Text in a script without spaces can be cut between any two graphemes, and so can a very long word.
        None => word_break(text, end)
            .filter(|&at| at >= word_from && at > 0)
            .unwrap_or(end),
    };
    let start =
        text[..at].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-·|/([{«“„‘（「『《【、，；：。.".contains(c));
    format!("{start}…")
}

/// The last position at or before `end` at which a word ends.
fn word_break(text: &str, end: usize) -> Option<usize> {
    let after = text[end..]
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || is_wide(c));
    let before = text[..end].chars().next_back();
    // Text that mixes CJK and Latin characters can be cut next to a CJK character. Going back to the last space could
    // drop nearly all of the text.
    if after || before.is_some_and(is_wide) {
        return Some(end);
    }
    text[..end].char_indices().rev().find_map(|(at, c)| {
        if c.is_whitespace() {
            Some(at)
        } else if is_wide(c) {
            Some(at + c.len_utf8())
        } else {
            None
        }
    })
}

/// Whether a punctuation mark ends a clause. The comma in `1,000` and the colon in `12:30` do not.
fn is_clause_mark(text: &str, at: usize, c: char) -> bool {
    match c {
        '，' | '、' | '；' | '：' | '،' | '؛' => true,
        ',' | ';' | ':' | '–' | '—' => text[at + c.len_utf8()..].starts_with(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
