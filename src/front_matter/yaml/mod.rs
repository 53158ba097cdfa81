//! YAML: a fast reader for the simple subset, a full parser for the rest, and the tolerant reader for blocks that are
//! not valid YAML.

mod cause;
mod fast;
mod full;

use super::{Field, Value, block::Block, duplicate, limits, tolerant};
use crate::finding::{Finding, article as rules};
use full::{Document, ParseError, TOO_MANY};

/// Reads a block of YAML and reports the mistakes in it. Never fails.
pub(super) fn read(block: &Block<'_>, findings: &mut Vec<Finding>) -> Vec<Field> {
    let first_line = block.first_line();
    if let Some(fields) = fast::read(block.text(), first_line) {
        return fields;
    }
    let mut fields = read_fully(block, first_line, findings);
    for field in &mut fields {
        restore_wiki_links(&mut field.value);
    }
    fields
}

/// Turns a nested list back into `[[page]]`, because YAML reads an Obsidian link as a nested list.
fn restore_wiki_links(value: &mut Value) {
    match value {
        Value::List(items) => {
            if let [Value::List(inner)] = items.as_slice()
                && let [Value::Scalar { text, quoted: false }] = inner.as_slice()
            {
                *value = Value::plain(format!("[[{text}]]"));
                return;
            }
            items.iter_mut().for_each(restore_wiki_links);
        }
        Value::Map(fields) => fields.iter_mut().for_each(|field| restore_wiki_links(&mut field.value)),
        _ => {}
    }
}

fn read_fully(block: &Block<'_>, first_line: u32, findings: &mut Vec<Finding>) -> Vec<Field> {
    if let Some(at) = limits::too_deep_at(block.text()) {
        findings.push(limits::too_deep(block.location(at, at + 1)));
        return Vec::new();
    }
    match full::parse(block.text(), first_line) {
        Ok(Document { fields, duplicates }) => {
            duplicate::report(&duplicates, block, findings);
            fields
        }
        Err(error) => {
            let finding = describe(&error, block);
            if finding.rule.id == rules::LIMIT.id {
                findings.push(finding);
                duplicate::report(&duplicate::in_lines(block), block, findings);
                return Vec::new();
            }
            let fields = tolerant::read(block);
            // If there are no keys, the block is prose between two thematic breaks, so there is nothing to report.
            if !fields.is_empty() {
                findings.push(finding);
                duplicate::report(&duplicate::in_lines(block), block, findings);
            }
            fields
        }
    }
}

/// Describes why the full parser rejected a block.
fn describe(error: &ParseError, block: &Block<'_>) -> Finding {
    let (reason, at) = match error {
        ParseError::Syntax(reason, at) => (reason.as_str(), at.unwrap_or(0)),
        ParseError::NotAMapping => ("expected keys and values", 0),
    };
    // The parser also has a recursion limit of its own.
    if reason.contains(TOO_MANY) || reason.contains("recursion limit") {
        return limits::too_deep_or_many(block.location(at, at + 1));
    }
    let (at, reason) = cause::find(block.text(), at).unwrap_or((at, reason));
    let is_about_anchors = ["anchor", "alias", "repetition", "recursive"]
        .iter()
        .any(|word| reason.contains(word));
    let help = if is_about_anchors {
        "write out the value, or define the anchor before it is used"
    } else {
        "put the value in quotes, or correct the line"
    };
    let location = block.location(at, end_of_line(block.text(), at));
    Finding::new(
        &rules::FRONT_MATTER_INVALID,
        location,
        format!("invalid YAML: {reason}"),
    )
    .help(help)
}

fn end_of_line(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |end| at + end)
}
