//! A tolerant reader for three notations that use braces: JSON, JavaScript object literals in MDX, and YAML flow
//! collections.
//!
//! The notations differ only slightly, and authors mix them: for example, they use comments, trailing commas and single
//! quotes in JSON. Numbers are kept as text. For JSON, the first violation of RFC 8259 is reported.

mod reader;
mod strings;

use super::{Field, Value, block::Block, duplicate, duplicate::Duplicate, limits, lines::byte_of_line};
use crate::finding::{Finding, article as rules};
use reader::{Notation, Reader};

/// Reads a block of JSON, with or without the outer braces, and reports the mistakes in it. Never fails.
pub(super) fn read_json(block: &Block<'_>, findings: &mut Vec<Finding>) -> Vec<Field> {
    let text = block.text();
    let mut reader = Reader::new(text, block.first_line(), Notation::Json);
    reader.skip_blanks();
    // A block between `;;;` lines has no outer braces.
    let has_braces = reader.peek() == Some(b'{');
    reader.at += usize::from(has_braces);
    let fields = reader.members(0);
    reader.skip_blanks();
    if reader.at < text.len() {
        reader.deviate(reader.at, "unexpected text after the object");
    }
    if reader.is_too_deep {
        findings.push(limits::too_deep(block.location(reader.at, reader.at + 1)));
    }
    if let Some((key, first_line, second_line)) = duplicate::first_in_fields(&fields) {
        let duplicate = Duplicate {
            key: key.to_owned(),
            first_line,
            at: byte_of_line(text, second_line - block.first_line()),
        };
        findings.push(duplicate.to_finding(block));
    }
    // If the block is never closed, only the missing brace is reported, because any other deviation may be a
    // consequence of it.
    if let Some((at, reason)) = reader.deviation.filter(|_| !block.is_unclosed) {
        let message = format!("invalid JSON: {reason}");
        findings.push(
            Finding::new(&rules::FRONT_MATTER_INVALID, block.location(at, at + 1), message)
                .help("correct the JSON, or write the front matter as YAML between `---` lines"),
        );
    }
    fields
}

/// Reads the object literal at the start of JavaScript code. Returns its members and the offset of the first byte after
/// it.
pub(super) fn read_literal(text: &str, first_line: u32) -> Option<(Vec<Field>, usize)> {
    let mut reader = Reader::new(text, first_line, Notation::Script);
    reader.skip_blanks();
    (reader.peek() == Some(b'{')).then_some(())?;
    reader.at += 1;
    let fields = reader.members(0);
    reader.is_closed.then_some((fields, reader.at))
}

/// Parses text that consists of a single YAML flow collection: `[a, b]` or `{a: b}`.
pub(super) fn read_flow(text: &str) -> Option<Value> {
    let mut reader = Reader::new(text, 1, Notation::Flow);
    let value = reader.value(0);
    reader.skip_blanks();
    // If text follows the closing bracket, the value is not a collection: the title `[Release] v2` is not a list.
    let is_whole = reader.at == text.len() && !reader.is_too_deep && reader.deviation.is_none();
    is_whole.then_some(value)
}

/// The offset of the first byte after the object that starts at byte offset `from`.
pub(super) fn end_of_object(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'"' => at = strings::end_of_string(bytes, at)?,
            _ => {}
        }
        at += 1;
    }
    None
}
