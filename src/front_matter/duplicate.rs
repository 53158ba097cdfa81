//! Keys that are set more than once in one mapping.

use std::collections::HashMap;

use super::{
    Field,
    block::Block,
    keys::{split_key, unquote_key},
    lines::{line_number, next_line},
};
use crate::finding::{Finding, article as rules};

/// The maximum number of duplicates that are reported for a block.
const MAX_REPORTED: usize = 8;

/// A key that was already set in the same mapping.
pub(super) struct Duplicate {
    pub(super) key: String,
    /// The line of the file on which the key was first set.
    pub(super) first_line: u32,
    /// The byte offset in the block's text at which the second occurrence of the key starts.
    pub(super) at: usize,
}

impl Duplicate {
    pub(super) fn to_finding(&self, block: &Block<'_>) -> Finding {
        let location = block.location(self.at, self.at + self.key.len());
        let lines = if self.first_line == location.line {
            format!("on line {}", location.line)
        } else {
            format!("on lines {} and {}", self.first_line, location.line)
        };
        let message = format!("`{}` is set twice, {lines}", self.key);
        // This is an error, not a warning: we cannot tell which of the two values the author meant, and a feed reader
        // that has stored the wrong title or date may never update it.
        Finding::new(&rules::FRONT_MATTER_INVALID, location, message).help("remove one of them")
    }
}

/// Reports at most [`MAX_REPORTED`] duplicates in a block.
pub(super) fn report(duplicates: &[Duplicate], block: &Block<'_>, findings: &mut Vec<Finding>) {
    let reported = duplicates.iter().take(MAX_REPORTED);
    findings.extend(reported.map(|duplicate| duplicate.to_finding(block)));
}

/// The first key that is set twice, and the lines of both occurrences.
pub(super) fn first_in_fields(fields: &[Field]) -> Option<(&str, u32, u32)> {
    let mut lines = HashMap::with_capacity(fields.len());
    fields.iter().find_map(|field| {
        let first = lines.insert(field.key.as_str(), field.line)?;
        Some((field.key.as_str(), first, field.line))
    })
}

/// The keys that are set twice at the top level of a block that is not valid YAML.
pub(super) fn in_lines(block: &Block<'_>) -> Vec<Duplicate> {
    let text = block.text();
    let mut lines = HashMap::new();
    let mut duplicates = Vec::new();
    let mut at = 0;
    while let Some((line, next)) = next_line(text, at) {
        let start = std::mem::replace(&mut at, next);
        // Indented lines and list items belong to the value of the key above them.
        if line.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let Some((key, _)) = split_key(line, ':') else { continue };
        let number = line_number(text, start) + block.first_line() - 1;
        if let Some(first_line) = lines.insert(key, number) {
            duplicates.push(Duplicate {
                key: unquote_key(key),
                first_line,
                at: start,
            });
        }
    }
    duplicates
}
