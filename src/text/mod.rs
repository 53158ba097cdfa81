//! Cleans plain text for all feed formats, compares it, and shortens it at the end of a sentence or word.

pub mod cut;
pub mod language;
mod normalize;
pub mod similarity;

pub use normalize::normalize;
use unicode_normalization::UnicodeNormalization;

/// One nonempty line of text, with single spaces between words and without characters that XML does not allow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlainText(String);

impl PlainText {
    /// Cleans the text. Returns `None` if nothing is left.
    pub fn new(raw: &str) -> Option<Self> {
        let text = collapse(raw);
        if text.is_empty() { None } else { Some(PlainText(text)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for PlainText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether XML 1.0 allows the character (section 2.2, production 2). A character that is not allowed cannot be written
/// as a character reference either.
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The longest prefix of up to `bytes` bytes that does not end inside a character.
pub fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Trims text, replaces each run of white space, including line breaks, with one space, and removes invisible control
/// characters and characters that XML does not allow.
pub fn collapse(raw: &str) -> String {
    if is_collapsed(raw) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for word in raw.split(char::is_whitespace) {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        let start = out.len();
        if word.bytes().any(may_start_removed) {
            out.extend(word.chars().filter(|c| is_xml_char(*c) && !is_invisible_control(*c)));
        } else {
            out.push_str(word);
        }
        if out.len() == start {
            out.truncate(before);
        }
    }
    out
}

/// Whether a character that [`collapse`] removes may start with this byte. Few words contain such a byte.
fn may_start_removed(byte: u8) -> bool {
    // In UTF-8, the characters U+0080 to U+00BF start with 0xC2, and U+F000 to U+FFFF start with 0xEF.
    matches!(byte, 0..=0x1F | 0x7F | 0xC2 | 0xEF)
}

/// Whether the text is printable ASCII with single spaces between words. Most text is.
fn is_collapsed(raw: &str) -> bool {
    let mut follows_space = true;
    for byte in raw.bytes() {
        if !(b' '..=b'~').contains(&byte) || follows_space && byte == b' ' {
            return false;
        }
        follows_space = byte == b' ';
    }
    !follows_space || raw.is_empty()
}

/// Whether a character is DEL, a C1 control or U+FEFF. XML allows these characters, but they are never part of the
/// text.
fn is_invisible_control(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{FEFF}')
}

/// The letters and digits of the text in lowercase and compatibility form, used to compare keys and titles.
pub fn squash(text: &str) -> String {
    // ASCII needs no normalization, and nearly all keys and titles are ASCII.
    if text.is_ascii() {
        let mut letters = Vec::with_capacity(text.len());
        letters.extend(text.bytes().filter(u8::is_ascii_alphanumeric));
        letters.make_ascii_lowercase();
        return String::from_utf8(letters).unwrap_or_default();
    }
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A name in the form in which case-insensitive and normalizing file systems compare names.
pub fn fold(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// The name that is most similar to a misspelled name, or `None` if no name is similar enough.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    names
        .into_iter()
        .map(|name| (likeness(&written, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The similarity of two names, from 0 to 1. It is 1 if the names differ only by a single typo (`ulr` for `url`),
/// because a typo makes the Jaro–Winkler similarity of short names too low.
fn likeness(written: &str, name: &str) -> f64 {
    match strsim::damerau_levenshtein(written, name) {
        0 | 1 => 1.0,
        _ => strsim::jaro_winkler(written, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_one_clean_line() {
        assert_eq!(
            PlainText::new("  a\u{B}b\u{0}\n\tc\u{FFFE}  ")
                .map(|t| t.to_string())
                .as_deref(),
            Some("a b c")
        );
        assert_eq!(PlainText::new(" \u{1}\n"), None);
        for (raw, text) in [
            ("a b", "a b"),
            ("a ", "a"),
            (" a", "a"),
            ("a  b", "a b"),
            ("a\tb", "a b"),
            ("", ""),
            ("“ \u{1} ”\u{85}ü\u{FEFF}", "“ ” ü"),
        ] {
            assert_eq!(collapse(raw), text, "{raw:?}");
        }
    }

    #[test]
    fn squash_ignores_case_and_punctuation() {
        assert_eq!(squash("date-Modified"), squash("Date Modified"));
        assert_eq!(squash("Ｄａｔｅ"), "date");
    }
}
