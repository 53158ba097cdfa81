//! How much front matter is read. Real front matter stays far below these limits; hostile front matter would cost time
//! or overflow the stack.

use crate::finding::{Finding, Location, article as rules};

/// The longest block, in bytes.
pub(super) const BYTES: usize = 64 * 1024;
/// The deepest nesting of values. The time that the YAML parser takes is quadratic in the number of open brackets: 64 KiB
/// of `[` take seconds.
pub(super) const DEPTH: usize = 32;
/// The most values in a block, with aliases expanded.
pub(super) const NODES: usize = 10_000;

pub(super) fn too_large(location: Location) -> Finding {
    let message = format!("front matter is larger than {} KiB", BYTES / 1024);
    Finding::new(&rules::LIMIT, location, message).help("move long text to the body")
}

pub(super) fn too_deep(location: Location) -> Finding {
    let message = format!("values are nested deeper than {DEPTH} levels");
    Finding::new(&rules::LIMIT, location, message).help("flatten them")
}

pub(super) fn too_deep_or_many(location: Location) -> Finding {
    let message = format!("more than {NODES} values, or values nested deeper than {DEPTH} levels");
    Finding::new(&rules::LIMIT, location, message).help("shorten or flatten the front matter")
}

/// The byte at which brackets first nest deeper than [`DEPTH`].
///
/// Quotes are ignored: a false alarm needs 33 brackets in a quoted text that are never closed.
pub(super) fn too_deep_at(text: &str) -> Option<usize> {
    let mut depth = 0usize;
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
