//! Finds the ends of tags and comments (HTML section 13.2.5) without parsing their content.

use super::limits::MAX_ATTRIBUTES;

/// A tag in the source.
pub(super) struct Scanned<'h> {
    /// The name as written.
    pub(super) name: &'h str,
    /// The position after the tag's `>`, or the end of the input.
    pub(super) end: usize,
    /// The position of the first attribute over the limit, if there is one.
    pub(super) cut: Option<usize>,
}

const SPACES: &[u8] = b" \t\n\r\x0C";

/// Scans the start or end tag at `start`.
pub(super) fn scan_tag(html: &str, start: usize) -> Scanned<'_> {
    let bytes = html.as_bytes();
    let name_start = start + 1 + usize::from(bytes.get(start + 1) == Some(&b'/'));
    let name_end = find_any(bytes, name_start, b" \t\n\r\x0C/>");
    let mut scanned = Scanned {
        name: html.get(name_start..name_end).unwrap_or_default(),
        end: bytes.len(),
        cut: None,
    };
    let mut at = name_end;
    let mut count = 0;
    loop {
        at = skip(bytes, at, b" \t\n\r\x0C/");
        match bytes.get(at) {
            None => return scanned,
            Some(b'>') => {
                scanned.end = at + 1;
                return scanned;
            }
            Some(_) => {}
        }
        if count == MAX_ATTRIBUTES {
            scanned.cut.get_or_insert(at);
        }
        count += 1;
        // An `=` at the start of a name is part of the name (HTML section 13.2.5.32).
        at = skip(bytes, find_any(bytes, at + 1, b" \t\n\r\x0C/>="), SPACES);
        if bytes.get(at) == Some(&b'=') {
            at = skip_value(bytes, skip(bytes, at + 1, SPACES));
        }
    }
}

fn skip_value(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        // Without a closing quotation mark, the value continues to the end of the input, as in browsers.
        Some(&quote @ (b'"' | b'\'')) => {
            memchr::memchr(quote, &bytes[at + 1..]).map_or(bytes.len(), |i| at + 1 + i + 1)
        }
        _ => find_any(bytes, at, b" \t\n\r\x0C>"),
    }
}

fn find_any(bytes: &[u8], from: usize, stop: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|b| stop.contains(b)).unwrap_or(rest.len())
}

fn skip(bytes: &[u8], from: usize, skip: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|b| !skip.contains(b)).unwrap_or(rest.len())
}

/// The position after the comment at `start`. `bang` caches the position after the next `--!>`.
pub(super) fn comment_end(bytes: &[u8], start: usize, bang: &mut usize) -> usize {
    let find = |from: usize, what: &[u8]| {
        let rest = bytes.get(from..).unwrap_or_default();
        memchr::memmem::find(rest, what).map_or(bytes.len(), |i| from + i + what.len())
    };
    // `<!-->` and `<!--->` are complete comments.
    let end = find(start + 2, b"-->");
    // A `--!>` that overlaps `<!--` does not end the comment. If the cached position is too early to be the end of this
    // comment, a new search is needed.
    if *bang < start + 4 + 4 {
        *bang = find(start + 4, b"--!>");
    }
    end.min(*bang)
}
