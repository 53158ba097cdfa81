//! Normalizes typography, so that two texts with the same wording are equal even if their typography differs.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Writes all kinds of white space, quotes, dashes and ellipses with the same ASCII characters, so that `“` becomes `"`
/// and `--` becomes `-`, and removes invisible characters.
pub fn normalize(text: &str) -> String {
    // Unicode normalization takes ten times as long as the rest of this function, and most text does not need it.
    if text.is_ascii() {
        return replace_typography(text.chars(), text.len());
    }
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => replace_typography(text.chars(), text.len()),
        _ => replace_typography(text.nfkc(), text.len()),
    }
}

fn replace_typography(chars: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    let mut follows_space = false;
    for c in chars {
        let c = match c {
            // This arm comes first because most characters are ASCII letters.
            'a'..='z' | 'A'..='Z' | '0'..='9' => c,
            // Soft hyphens, joiners, direction marks, variation selectors.
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
                continue;
            }
            '\u{FE00}'..='\u{FE0F}' => continue,
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | '‹' | '›' | 'ʼ' => '\'',
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '〝' | '〞' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c if c.is_whitespace() || c.is_control() => {
                follows_space = !out.is_empty();
                continue;
            }
            c => c,
        };
        if std::mem::take(&mut follows_space) {
            out.push(' ');
        }
        // Some authors type a dash as two or three hyphens.
        if !(c == '-' && out.ends_with('-')) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn typography_does_not_matter() {
        for (one, other) in [
            ("“It’s”\u{A0}late – very late…", "\"It's\"  late -- very\nlate..."),
            ("co\u{AD}op\u{200B}", "coop"),
            ("«\u{202F}oui\u{202F}»", "\" oui \""),
            ("ﬁne é", "fine e\u{301}"),
            (" a\tb ", "a b"),
        ] {
            assert_eq!(normalize(one), normalize(other), "{one}");
        }
    }

    #[test]
    fn words_letters_and_numbers_matter() {
        for (one, other) in [
            ("5 miles", "6 miles"),
            ("now here", "nowhere"),
            ("Polish", "polish"),
            ("C", "C++"),
        ] {
            assert_ne!(normalize(one), normalize(other), "{one}");
        }
    }
}
