//! Classifies and folds the characters that occur in dates, in any script.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

pub(super) fn is_thai_or_lao(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}')
}

pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        // The vowel signs of Indic scripts are marks, not letters, but names of months contain them: मार्च
        c.is_alphabetic() || is_combining_mark(c)
    }
}

pub(super) fn is_han(c: char) -> bool {
    // Unicode has 〇 (zero) in a block of punctuation, not in a block of Han characters.
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

pub(super) fn is_space(c: char) -> bool {
    // U+200B has no width, but it separates words.
    c.is_whitespace() || c == '\u{200B}' || c.is_control()
}

/// Whether a character is a joiner, a direction mark, a variation selector or a soft hyphen. These characters are
/// invisible and often occur in text that was copied from web pages, especially in right-to-left text.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The value of a decimal digit in any script (general category Nd).
pub(super) fn decimal(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    if !c.is_numeric() {
        return None;
    }
    let zero = ZEROS.partition_point(|&zero| zero <= c as u32).checked_sub(1)?;
    let digit = c as u32 - ZEROS[zero];
    (digit < 10).then_some(digit as u8)
}

/// The code points of the digit zero in all scripts, sorted. In Unicode, the other nine digits of a script directly
/// follow its zero.
#[rustfmt::skip]
const ZEROS: [u32; 65] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0,
    0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0,
    0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The ASCII counterpart of a typographic or full-width symbol.
pub(super) fn ascii_symbol(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '−' | '﹣' | '－' => '-',
        '：' | '∶' => ':',
        '／' | '⁄' => '/',
        // ॰ is the abbreviation sign of Devanagari.
        '．' | '॰' | '。' => '.',
        '，' | '、' | '،' => ',',
        '（' => '(',
        '）' => ')',
        '［' | '【' | '〔' => '[',
        '］' | '】' | '〕' => ']',
        '’' | '‘' | 'ʼ' | '＇' | '׳' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => '"',
        '｜' | '│' => '|',
        '・' | '•' | '‧' | '∙' | '●' => '·',
        '＋' => '+',
        '～' | '〜' => '~',
        c => c,
    }
}

/// Folds a character so that words can be compared: uses the compatibility form and lowercase, removes accents and
/// Arabic vowel signs, and uses a single form for letters with several forms (ı, ς, ي, ك).
///
/// Some authors omit accents (`1 decembre`) or write in capitals (`1 ΜΑΡΤΙΟΥ`), and the difference between the Turkish
/// letters I and İ can be lost when a program converts them to lowercase.
pub(super) fn fold(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else if matches!(c, '\u{AC00}'..='\u{D7AF}' | '\u{3400}'..='\u{9FFF}') {
        // NFKD would split a Hangul syllable into letters, which the words in the tables do not contain. Hangul and Han
        // characters have no case.
        out.push(c);
    } else {
        for lower in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
            match lower {
                // Drop combining accents, Arabic vowel signs and the tatweel, a character that only stretches Arabic
                // words.
                '\u{300}'..='\u{36F}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => {}
                'ı' => out.push('i'),
                // At the end of a word, lowercase text has ς, but `char::to_lowercase` turns a capital sigma into σ.
                'ς' => out.push('σ'),
                // Persian text may contain either the Arabic or the Persian forms of these letters.
                'ي' | 'ى' => out.push('ی'),
                'ك' => out.push('ک'),
                lower if is_invisible(lower) => {}
                lower => out.push(lower),
            }
        }
    }
}
