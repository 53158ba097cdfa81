//! Markdown bodies: the outline that metadata is derived from, and the HTML.

mod code;
mod excerpt;
mod obsidian;
mod outline;
mod parts;
mod prepare;
mod raw_html;
mod render;

use crate::{
    body::{Paragraph, Picture},
    finding::{Finding, Location, article as rules},
};

/// The parts of a Markdown body that metadata can be derived from.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The first twelve paragraphs, as plain text. Lists, quotes, tables, code blocks, footnotes, images and blocks of
    /// raw HTML are left out. If there are no Markdown paragraphs, this field contains the paragraphs in the raw HTML.
    pub paragraphs: Vec<Paragraph>,
    /// How many of `paragraphs` precede the excerpt marker (`<!--more-->`), if there is one.
    pub excerpt: Option<usize>,
    /// The first sixteen images.
    pub images: Vec<Picture>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The level, from 1 to 6.
    pub level: u8,
    /// The plain text.
    pub text: String,
    /// The line of the file, 1-based.
    pub line: u32,
    /// Whether only images and comments precede the heading.
    pub is_leading: bool,
}

/// Reads the outline of a body that starts on line `first_line` of its file.
pub fn outline(body: &str, first_line: u32) -> Outline {
    outline::outline(body, first_line)
}

/// Renders a body as HTML: CommonMark with tables, footnotes, strikethrough, task lists, and links for bare addresses.
///
/// Leaves out a leading heading that repeats `title`. The HTML is not sanitized.
///
/// # Errors
/// Returns an error if the HTML would be many times as large as the body.
pub fn to_html(body: &str, title: &str) -> Result<String, Finding> {
    render::to_html(body, title)
}

/// The maximum number of bytes to search for the end of a span on a line. Without a limit, a line that consists of
/// opening markers would take quadratic time.
const SPAN_BYTES: usize = 1024;

/// The maximum nesting depth of quotes and lists.
const MAX_DEPTH: usize = 64;

/// A finding for the first line on which quotes and lists are nested too deeply to parse.
pub(super) fn too_deep(body: &str, first_line: u32) -> Option<Finding> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes()).chain([body.len()]);
    let lines = ends.map(|end| &body[std::mem::replace(&mut start, end + 1)..end]);
    // A marker takes at least one byte, so there is no need to count the markers on a short line.
    let is_too_deep = |line: &str| line.len() > MAX_DEPTH && markers(line) > MAX_DEPTH;
    let (line, number) = lines.zip(first_line..).find(|(line, _)| is_too_deep(line))?;
    let message = format!("quotes and lists are nested more than {MAX_DEPTH} levels deep");
    Some(
        Finding::new(
            &rules::LIMIT,
            Location::within_line(line, 0..line.len(), number),
            message,
        )
        .help("flatten them"),
    )
}

/// How many quotes and list items a line opens.
fn markers(line: &str) -> usize {
    let mut count = 0;
    let mut rest = line.trim_start();
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = match rest.as_bytes().first() {
            Some(b'>') => rest.get(1..),
            Some(b'-' | b'*' | b'+') => rest.get(1..).filter(|rest| rest.starts_with([' ', '\t'])),
            // The number of a list item has at most nine digits (CommonMark 0.31, section 5.2).
            _ if (1..=9).contains(&digits) => rest
                .get(digits + 1..)
                .filter(|after| rest[digits..].starts_with(['.', ')']) && after.starts_with([' ', '\t'])),
            _ => None,
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return count,
        }
        count += 1;
    }
}
