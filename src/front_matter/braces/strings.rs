//! Quoted strings and their escapes.

/// The byte offset of the closing quote for the string that starts at byte offset `from`. Only a template literal can
/// contain line breaks.
pub(super) fn end_of_string(bytes: &[u8], from: usize) -> Option<usize> {
    let quote = *bytes.get(from)?;
    let mut at = from + 1;
    loop {
        at += memchr::memchr3(quote, b'\\', b'\n', bytes.get(at..)?)?;
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'\n' if quote != b'`' => return None,
            b'\n' => at += 1,
            _ => return Some(at),
        }
    }
}

/// Resolves the JSON escapes in a string; `raw` does not include the quotes. Also returns a description of the first
/// violation of RFC 8259.
pub(super) fn unescape(raw: &str) -> (String, Option<&'static str>) {
    let mut out = String::with_capacity(raw.len());
    let mut deviation = None;
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut chars = rest[at + 1..].chars();
        let c = chars.next().unwrap_or('\\');
        rest = chars.as_str();
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{C}'),
            '"' | '\\' | '/' => out.push(c),
            'u' => match code_point(rest) {
                Some((c, length)) => {
                    out.push(c);
                    rest = &rest[length..];
                }
                // A lone surrogate does not encode a character (RFC 8259, section 8.2).
                None => {
                    deviation.get_or_insert("an invalid `\\u` escape");
                    out.push('\u{FFFD}');
                    rest = rest.get(4..).unwrap_or_default();
                }
            },
            _ => {
                deviation.get_or_insert("an unknown escape");
                out.push(c);
            }
        }
    }
    out.push_str(rest);
    (out, deviation)
}

/// The character that is encoded by the digits after `\u`, and the length of the escape in bytes, not counting the
/// first `\u`. A character above U+FFFF is written as two escapes, which form a surrogate pair (RFC 8259, section 7).
fn code_point(digits: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u32::from_str_radix(digits.get(from..from + 4)?, 16).ok();
    let high = unit(0)?;
    if let Some(c) = char::from_u32(high) {
        return Some((c, 4));
    }
    (digits.get(4..6)? == "\\u" && high < 0xDC00).then_some(())?;
    let low = unit(6).filter(|low| (0xDC00..0xE000).contains(low))?;
    char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)).map(|c| (c, 10))
}
