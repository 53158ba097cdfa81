//! What a text says apart from how it is set: for telling a real change from a new look.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The text with one spelling for white space, quotes, dashes and ellipses, and without invisible characters.
pub fn essence(text: &str) -> String {
    // Normalizing takes ten times as long as the rest, and most texts need none of it.
    if text.is_ascii() {
        return folded(text.chars(), text.len());
    }
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => folded(text.chars(), text.len()),
        _ => folded(text.nfkc(), text.len()),
    }
}

fn folded(chars: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    let mut blank = false;
    for c in chars {
        let c = match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => c,
            // Soft hyphen, joiners and marks of direction, variation selectors.
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => {
                continue;
            }
            '\u{FE00}'..='\u{FE0F}' => continue,
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | '‹' | '›' | 'ʼ' => '\'',
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '〝' | '〞' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c if c.is_whitespace() || c.is_control() => {
                blank = !out.is_empty();
                continue;
            }
            c => c,
        };
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        // Authors write a dash as two or three hyphens.
        if !(c == '-' && out.ends_with('-')) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::essence;

    #[test]
    fn typography_is_no_change() {
        for (one, other) in [
            ("“It’s”\u{A0}late – very late…", "\"It's\"  late -- very\nlate..."),
            ("co\u{AD}op\u{200B}", "coop"),
            ("«\u{202F}oui\u{202F}»", "\" oui \""),
            ("ﬁne é", "fine e\u{301}"),
            (" a\tb ", "a b"),
        ] {
            assert_eq!(essence(one), essence(other), "{one}");
        }
    }

    #[test]
    fn words_letters_and_numbers_are() {
        for (one, other) in [
            ("5 miles", "6 miles"),
            ("now here", "nowhere"),
            ("Polish", "polish"),
            ("C", "C++"),
        ] {
            assert_ne!(essence(one), essence(other), "{one}");
        }
    }
}
