//! Names and characters, according to the productions of XML 1.0 (fifth edition).
//!
//! The fifth edition allows nearly every Unicode letter in names; expat still uses the shorter lists of the fourth
//! edition.

/// Whether XML allows the character: production [2].
pub(super) fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a name may begin with the character: production [4], which includes the colon.
fn is_name_start(c: char) -> bool {
    matches!(c,
        ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Whether a name may contain the character: production [4a].
fn is_name_char(c: char) -> bool {
    is_name_start(c) || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// The length in bytes of the name at the start of `text`; 0 if there is none.
pub(super) fn name_length(text: &str) -> usize {
    match text.chars().next() {
        Some(first) if is_name_start(first) => token_length(text),
        _ => 0,
    }
}

/// The length in bytes of the name token at the start of `text` (production [7]), including any colons.
pub(super) fn token_length(text: &str) -> usize {
    text.find(|c: char| !is_name_char(c)).unwrap_or(text.len())
}

/// The length of the name at the start of `bytes`, and the length of its prefix. This is a fast path for ASCII names
/// with at most one colon; it returns `None` for anything else, even for other valid names.
pub(super) fn ascii_name(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    let mut part = 0;
    loop {
        match bytes.get(at)? {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {}
            // Neither a name nor the part after its prefix may begin with one of these characters.
            b'0'..=b'9' | b'-' | b'.' if at > part => {}
            b':' if at > 0 && part == 0 => part = at + 1,
            // The caller then applies the full grammar, which accepts Unicode names and reports misplaced colons.
            b':' | 0x80.. => return None,
            _ if at > part => return Some((at, part.saturating_sub(1))),
            _ => return None,
        }
        at += 1;
    }
}

/// Whether the byte is white space: production [3].
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The end of the white space that begins at `at`.
pub(super) fn skip_space(text: &str, mut at: usize) -> usize {
    while text.as_bytes().get(at).is_some_and(|&byte| is_space(byte)) {
        at += 1;
    }
    at
}
