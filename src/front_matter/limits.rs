//! Limits on front matter. Real front matter stays far below these limits. Without them, hostile front matter could
//! take a long time to read, or could overflow the stack.

use crate::finding::{Finding, Location, article as rules};

/// The maximum size of a block, in bytes.
pub(super) const BYTES: usize = 64 * 1024;
/// The maximum nesting depth of values. The YAML parser's running time is quadratic in the number of open brackets:
/// parsing 64 KiB of `[` takes almost 5 seconds.
pub(super) const DEPTH: usize = 32;
/// The maximum number of values in a block, including the values that aliases expand to: a small block of nested
/// aliases can expand to billions of values.
pub(super) const NODES: usize = 10_000;

pub(super) fn too_large(location: Location) -> Finding {
    let message = format!("the front matter is larger than {} KiB", BYTES / 1024);
    Finding::new(&rules::LIMIT, location, message).help("move long text to the body")
}

pub(super) fn too_deep(location: Location) -> Finding {
    let message = format!("values are nested more than {DEPTH} levels deep");
    Finding::new(&rules::LIMIT, location, message).help("flatten them")
}

pub(super) fn too_deep_or_many(location: Location) -> Finding {
    let message = format!("the front matter has more than {NODES} values or more than {DEPTH} levels of nesting");
    Finding::new(&rules::LIMIT, location, message).help("shorten or flatten the front matter")
}

/// The byte offset of the first bracket that is nested deeper than [`DEPTH`].
///
/// Brackets in quotes count too. A false alarm is unlikely: it would require quoted text with 33 opening brackets that
/// are never closed.
pub(super) fn too_deep_at(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    // This check must be cheap: it runs before the parser, and its purpose is to limit the parser's running time.
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth > DEPTH {
            return Some(at);
        }
    }
    None
}
