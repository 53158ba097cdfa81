//! Plain text: clean for every feed format, comparable, and cut where a reader would cut it.

pub mod cut;
mod essence;
pub mod language;
pub mod similarity;

pub use essence::essence;
use unicode_normalization::UnicodeNormalization;

/// One line of text, not empty: white space collapsed, nothing that XML cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlainText(String);

impl PlainText {
    /// Cleans `raw`; `None` if nothing is left.
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

/// Whether XML 1.0 can hold the character (section 2.2, production 2). Others have no escape either.
pub fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The longest prefix of a text of at most `bytes` bytes that ends between two characters.
pub fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Trims, collapses white space (line ends included) to single blanks, drops what XML cannot hold.
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
        if word.bytes().any(may_start_dropped) {
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

/// Whether a byte is one of those that start a character which is dropped: few words have any.
fn may_start_dropped(byte: u8) -> bool {
    matches!(byte, 0..=0x1F | 0x7F | 0xC2 | 0xEF)
}

/// Whether a text of ASCII has no blanks but single ones between words: so has most of what is collapsed.
fn is_collapsed(raw: &str) -> bool {
    let mut is_blank = true;
    for byte in raw.bytes() {
        if !(b' '..=b'~').contains(&byte) || is_blank && byte == b' ' {
            return false;
        }
        is_blank = byte == b' ';
    }
    !is_blank || raw.is_empty()
}

/// C1 controls and U+FEFF: legal in XML, but never text.
fn is_invisible_control(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{FEFF}')
}

/// The letters and digits of a text, compatibility-normalized and in lower case: for comparing keys and titles.
pub fn squash(text: &str) -> String {
    // ASCII is its own normal form, and nearly all keys and titles are nothing else.
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

/// A name as file systems without case, and with one way to write an accent, compare it.
pub fn fold(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// The known name that `written` most likely means, if any is near.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (likeness(&written, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// From 0 to 1. One slip of the finger is nearer than any likeness of beginnings: `ulr` is `url`.
fn likeness(written: &str, known: &str) -> f64 {
    match strsim::damerau_levenshtein(written, known) {
        0 | 1 => 1.0,
        _ => strsim::jaro_winkler(written, known),
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
    fn squash_compares_spellings() {
        assert_eq!(squash("date-Modified"), squash("Date Modified"));
        assert_eq!(squash("Ｄａｔｅ"), "date");
    }
}
