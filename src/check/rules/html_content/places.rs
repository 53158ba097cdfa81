//! Where in the document a stretch of HTML stands that was escaped there.

use std::ops::Range;

use crate::check::document::Text;

/// The range in the document of a range of a run of text: escapes are longer there.
pub(super) fn in_source(document: &str, run: &Text<'_>, range: Range<usize>) -> Range<usize> {
    let source = run.range();
    let raw = document.get(source.clone()).unwrap_or("");
    if raw.len() == run.value.len() {
        return source.start + range.start..source.start + range.end;
    }
    let start = offset(raw, range.start);
    let end = start + offset(&raw[start..], range.end - range.start);
    source.start + start..source.start + end
}

/// How many bytes of raw text make `length` bytes of its meaning.
fn offset(raw: &str, length: usize) -> usize {
    let bytes = raw.as_bytes();
    let mut at = 0;
    let mut made = 0;
    while made < length && at < bytes.len() {
        match bytes[at] {
            b'&' => {
                let end = memchr::memchr(b';', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
                made += match raw.get(at..end) {
                    Some(reference) if reference.starts_with("&#") => character_length(reference),
                    _ => 1,
                };
                at = end;
            }
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 1,
            _ => {
                at += 1;
                made += 1;
            }
        }
    }
    while !raw.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn character_length(reference: &str) -> usize {
    let digits = reference.trim_start_matches("&#").trim_end_matches(';');
    let code = match digits.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    code.ok().and_then(char::from_u32).map_or(1, char::len_utf8)
}
