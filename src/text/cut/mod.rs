//! Cutting text where a reader would: at a sentence, a clause, a word, never inside of a grapheme; CJK counted by its
//! width and not by blanks.

mod clause;
mod dateline;
mod sentence;

pub use clause::first_clause;
pub use dateline::strip_dateline;
pub use sentence::sentence_end;

use unicode_segmentation::UnicodeSegmentation;

/// The longest summary that is cut from an article, in [`units`].
pub const SUMMARY_UNITS: usize = 300;

/// A sentence that ends before is a fragment, an abbreviation or a kicker: it is no summary alone.
const SHORTEST_SENTENCE: usize = 40;

/// The length of a text as readers feel it: a CJK, Hangul or full-width character counts 3, any other 1.
pub fn units(text: &str) -> usize {
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

/// At most `limit` units of a text: whole sentences if some fit, else whole words and `…`; never half a grapheme.
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
    if units(&text[..sentence]) >= SHORTEST_SENTENCE {
        return text[..sentence].trim_end().to_owned();
    }
    cut_words(text, limit)
}

/// The longest start of a text that has at most `limit` units and ends between two graphemes.
fn fitting(text: &str, limit: usize) -> usize {
    // Of ASCII each character is a grapheme and a unit, but for the line end of two; where it ends, a letter may go on.
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

/// Cuts at a clause or between two words, and marks that more follows.
fn cut_words(text: &str, limit: usize) -> String {
    let end = fitting(text, limit.saturating_sub(1));
    let fit = &text[..end];
    let clause_from = fitting(fit, limit * 85 / 100);
    let word_from = fitting(fit, limit * 60 / 100);
    let clause = fit
        .char_indices()
        .rfind(|&(at, c)| at >= clause_from && is_clause_mark(text, at, c));
    let at = match clause {
        Some((at, _)) => at,
        // A script without blanks can be cut between any two graphemes; so can one endless word.
        None => word_break(text, end)
            .filter(|&at| at >= word_from && at > 0)
            .unwrap_or(end),
    };
    let kept =
        text[..at].trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-·|/([{«“„‘（「『《【、，；：。.".contains(c));
    format!("{kept}…")
}

/// The last place at or before `end` where a word ends.
fn word_break(text: &str, end: usize) -> Option<usize> {
    let after = text[end..]
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || is_wide(c));
    let before = text[..end].chars().next_back();
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

/// A comma between digits, a colon in a time are none.
fn is_clause_mark(text: &str, at: usize, c: char) -> bool {
    match c {
        '，' | '、' | '；' | '：' | '،' | '؛' => true,
        ',' | ';' | ':' | '–' | '—' => text[at + c.len_utf8()..].starts_with(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
