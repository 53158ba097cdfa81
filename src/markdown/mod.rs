//! Markdown: what an article's body holds, and its HTML.

mod obsidian;
mod outline;
mod parts;
mod prepare;
mod render;
mod tags;

use crate::{
    body::{Paragraph, Picture},
    finding::{Finding, Location, article as rules},
};

/// The parts of a Markdown body that metadata can be derived from.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Paragraphs of prose in order, as plain text: no lists, code, tables, images or raw HTML. The first twelve.
    pub paragraphs: Vec<Paragraph>,
    /// How many of `paragraphs` stand before an excerpt mark (`<!--more-->`), if there is one.
    pub excerpt: Option<usize>,
    /// Images in order. The first sixteen.
    pub images: Vec<Picture>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
    /// Whether nothing but images stands before it.
    pub leading: bool,
}

/// Reads what a body holds; `first_line` is the line of the file that it starts on.
pub fn outline(body: &str, first_line: u32) -> Outline {
    outline::outline(body, first_line)
}

/// The body as raw HTML (CommonMark, tables, footnotes, strikethrough, task lists, bare addresses as links), without
/// a leading heading that repeats `title`. Not yet safe to publish.
///
/// # Errors
/// A limit: the HTML would be many times as large as the body.
pub fn to_html(body: &str, title: &str) -> Result<String, Finding> {
    render::to_html(body, title)
}

/// Deepest nesting of quotes and lists.
const DEPTH: usize = 64;

/// The first line on which quotes and lists nest too deep for any parser of Markdown, as a finding.
pub(super) fn too_deep(body: &str, first_line: u32) -> Option<Finding> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes()).chain([body.len()]);
    let lines = ends.map(|end| &body[std::mem::replace(&mut start, end + 1)..end]);
    let is_too_deep = |line: &str| line.len() > DEPTH && markers(line) > DEPTH;
    let (line, number) = lines.zip(first_line..).find(|(line, _)| is_too_deep(line))?;
    let message = format!("quotes and lists nest deeper than {DEPTH} levels");
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
