//! Limits the number of lines, tags and possible Markdown markup characters in a body, because parsing takes memory for
//! each of them.
//!
//! Parsing a line, tag or markup character takes up to a few hundred bytes of memory, however short it is. Without
//! limits, parsing 15 MB of very short lines would take several gigabytes.

use std::sync::{Mutex, MutexGuard};

use super::Kind;
use crate::{
    finding::{Finding, Location, Severity, article as rules},
    html,
    source::threads::lock,
};

/// The maximum number of lines in Markdown and in plain text. None of 4,000 real articles has more than 3,715.
const MAX_LINES: usize = 100_000;
/// The maximum number of possible markup characters in a Markdown body. None of 3,460 real articles has more than
/// 4,614.
const MAX_MARKS: usize = 500_000;
/// A body of at most this many bytes cannot exceed any limit.
const MIN_BYTES: usize = MAX_LINES;

/// The byte offset at which a body exceeds a limit, and a finding that reports this. Only the text before this offset
/// is kept.
pub(super) fn excess(body: &str, kind: Kind, first_line: u32) -> Option<(usize, Finding)> {
    if body.len() <= MIN_BYTES {
        return None;
    }
    let bytes = body.as_bytes();
    let line = || memchr::memchr_iter(b'\n', bytes).nth(MAX_LINES - 1).map(|at| at + 1);
    let line = || line().filter(|at| *at < bytes.len());
    let tag = || memchr::memchr_iter(b'<', bytes).nth(html::MAX_NODES);
    let mark = |end: usize| {
        let marks = bytes[..end].iter().enumerate().filter(|(_, byte)| is_mark(**byte));
        marks.map(|(at, _)| at).nth(MAX_MARKS)
    };
    let (at, limit) = match kind {
        Kind::PlainText => (line()?, format!("{MAX_LINES} lines")),
        Kind::Html => (tag()?, format!("{} tags", html::MAX_NODES)),
        Kind::Markdown => {
            let line = line();
            match mark(line.unwrap_or(bytes.len())) {
                Some(at) => (at, format!("{MAX_MARKS} Markdown characters such as `*`, `[` and `|`")),
                None => (line?, format!("{MAX_LINES} lines")),
            }
        }
    };
    let lines = memchr::memchr_iter(b'\n', &bytes[..at]).count();
    let line = first_line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    let message = format!("the article has more than {limit}; the text after the limit is ignored");
    let mut finding = Finding::new(&rules::LIMIT, Location::line(line), message)
        .help("split the article, or exclude it in the configuration");
    // The rule's default severity is `error`, which is meant for articles that cannot be published at all.
    finding.severity = Severity::Warning;
    Some((at, finding))
}

/// The finding for an article whose HTML would be too large.
pub(super) fn too_large_html() -> Finding {
    let message = format!("the HTML would be larger than {} bytes", html::MAX_BYTES);
    Finding::new(&rules::LIMIT, Location::file(), message).help("split the article, or exclude it in the configuration")
}

/// Whether a Markdown parser may turn this byte into markup, or split text at it (CommonMark 0.31, chapter 6).
fn is_mark(byte: u8) -> bool {
    matches!(
        byte,
        b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'!' | b'<' | b'&' | b'\\' | b'|'
    )
}

/// Bodies with more bytes than this are parsed one at a time. Very few real articles are this long.
const LARGE: usize = 64 * 1024;

/// Returns a lock to hold while a large body is parsed, so that memory use does not grow with the number of threads.
/// `None` if the body is not large.
pub(super) fn one_at_a_time(body: &str) -> Option<MutexGuard<'static, ()>> {
    static PARSING: Mutex<()> = Mutex::new(());
    (body.len() > LARGE).then(|| lock(&PARSING))
}
