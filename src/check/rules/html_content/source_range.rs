//! Converts ranges in unescaped HTML to ranges in the document, where escaped characters are longer.

use std::ops::Range;

use crate::feed::xml::Text;

/// Converts a range in the value of a text run to a range in the document.
pub(super) fn source_range(document: &str, run: &Text<'_>, range: Range<usize>) -> Range<usize> {
    let source = run.range();
    let raw = document.get(source.clone()).unwrap_or("");
    // A character reference is longer than the character it represents, so if the lengths are equal, nothing was
    // replaced.
    if raw.len() == run.value.len() {
        return source.start + range.start..source.start + range.end;
    }
    let start = offset(raw, range.start);
    let end = start + offset(&raw[start..], range.end - range.start);
    source.start + start..source.start + end
}

/// The number of bytes at the start of `raw` that unescape to `length` bytes.
fn offset(raw: &str, length: usize) -> usize {
    let bytes = raw.as_bytes();
    let mut at = 0;
    let mut unescaped = 0;
    while unescaped < length && at < bytes.len() {
        match bytes[at] {
            b'&' => {
                let end = memchr::memchr(b';', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
                unescaped += match raw.get(at..end) {
                    // The named references are the five that XML defines, all of which represent ASCII characters.
                    Some(reference) if reference.starts_with("&#") => character_length(reference),
                    _ => 1,
                };
                at = end;
            }
            // XML parsers convert a carriage return followed by a line feed to a single line feed (XML 1.0 section
            // 2.11).
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 1,
            _ => {
                at += 1;
                unescaped += 1;
            }
        }
    }
    while !raw.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The UTF-8 length of the character that a numeric reference represents.
fn character_length(reference: &str) -> usize {
    let digits = reference.trim_start_matches("&#").trim_end_matches(';');
    let code = match digits.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    code.ok().and_then(char::from_u32).map_or(1, char::len_utf8)
}
