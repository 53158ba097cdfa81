//! How much front matter is read. Honest front matter stays far below; a hostile one costs time or the stack.

use crate::finding::{Finding, Location, article as rules};

/// The longest block, in bytes.
pub(super) const BYTES: usize = 64 * 1024;
/// How deep values nest. The YAML engine's time is quadratic in the depth of open brackets.
pub(super) const DEPTH: usize = 32;
/// How many values there are, aliases expanded.
pub(super) const NODES: usize = 10_000;

/// The front matter is too long to be read.
pub(super) fn too_large(place: Location) -> Finding {
    let message = format!("front matter of more than {} KiB", BYTES / 1024);
    Finding::new(&rules::LIMIT, place, message).help("move the text into the body")
}

/// The values nest too deep.
pub(super) fn too_deep(place: Location) -> Finding {
    let message = format!("values nest deeper than {DEPTH} levels");
    Finding::new(&rules::LIMIT, place, message).help("flatten the value")
}

/// The engine found the values too deep or too many.
pub(super) fn too_deep_or_many(place: Location) -> Finding {
    let message = format!("more than {NODES} values, or values nested deeper than {DEPTH} levels");
    Finding::new(&rules::LIMIT, place, message).help("shorten or flatten the front matter")
}

/// The byte at which brackets first nest deeper than [`DEPTH`].
///
/// Quotes are not looked at: a false alarm needs 33 brackets in a text that are never closed.
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
