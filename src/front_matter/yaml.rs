//! YAML: the fast reader for the simple subset, the full engine for the rest, the tolerant reader for what is not YAML.

use std::collections::HashMap;

use super::{
    Block, Field, Value, culprit,
    engine::{Document, Refusal, TOO_MANY, strict},
    limits, simple, tolerant,
};
use crate::finding::{Finding, article as rules};

/// Reads a block of YAML; never fails, and says what is wrong with it.
pub(super) fn read(block: &Block<'_>, findings: &mut Vec<Finding>) -> Vec<Field> {
    let first_line = block.first_line();
    if let Some(fields) = simple::read(block.text(), first_line) {
        return fields;
    }
    let mut fields = read_fully(block, first_line, findings);
    for field in &mut fields {
        keep_wiki_link(&mut field.value);
    }
    fields
}

/// Obsidian's `[[page]]` is a list in a list to YAML, and a link to its author.
fn keep_wiki_link(value: &mut Value) {
    match value {
        Value::List(items) => {
            if let [Value::List(inner)] = items.as_slice()
                && let [Value::Scalar { text, quoted: false }] = inner.as_slice()
            {
                *value = Value::plain(format!("[[{text}]]"));
                return;
            }
            items.iter_mut().for_each(keep_wiki_link);
        }
        Value::Map(fields) => fields.iter_mut().for_each(|field| keep_wiki_link(&mut field.value)),
        _ => {}
    }
}

fn read_fully(block: &Block<'_>, first_line: u32, findings: &mut Vec<Finding>) -> Vec<Field> {
    if let Some(at) = limits::too_deep_at(block.text()) {
        findings.push(limits::too_deep(block.location(at, at + 1)));
        return Vec::new();
    }
    match strict(block.text(), first_line) {
        Ok(Document { fields, duplicates }) => {
            findings.extend(duplicates.iter().take(MOST_FINDINGS).map(|twice| twice.finding(block)));
            fields
        }
        Err(error) => {
            let finding = refused(&error, block);
            let fields = match finding.rule.id {
                id if id == rules::LIMIT.id => Vec::new(),
                _ => tolerant::read(block),
            };
            if !fields.is_empty() || finding.rule.id == rules::LIMIT.id {
                findings.push(finding);
                let duplicates = tolerant::duplicates(block);
                findings.extend(duplicates.iter().take(MOST_FINDINGS).map(|twice| twice.finding(block)));
            }
            fields
        }
    }
}

/// How many keys that stand twice are told.
const MOST_FINDINGS: usize = 8;

/// A key that stands twice in one mapping.
pub(super) struct Duplicate {
    pub(super) key: String,
    pub(super) first_line: u32,
    /// Byte of the block's text that the second one starts at.
    pub(super) at: usize,
}

/// The first key that stands twice, with the lines of both.
pub(super) fn first_duplicate(fields: &[Field]) -> Option<(&str, u32, u32)> {
    let mut seen = HashMap::with_capacity(fields.len());
    fields.iter().find_map(|field| {
        let first = seen.insert(field.key.as_str(), field.line)?;
        Some((field.key.as_str(), first, field.line))
    })
}

impl Duplicate {
    pub(super) fn new(key: &str, first_line: u32, at: usize) -> Self {
        Duplicate {
            key: key.to_owned(),
            first_line,
            at,
        }
    }

    pub(super) fn finding(&self, block: &Block<'_>) -> Finding {
        let place = block.location(self.at, self.at + self.key.len());
        let lines = if self.first_line == place.line {
            format!("both on line {}", place.line)
        } else {
            format!("on line {} and on line {}", self.first_line, place.line)
        };
        let message = format!("`{}` is set twice, {lines}", self.key);
        // Which of the two the author meant cannot be known, and a wrong title or date stays in readers for good.
        Finding::new(&rules::FRONT_MATTER_INVALID, place, message).help("remove one of them")
    }
}

/// What is wrong with a block that the engine refused.
fn refused(refusal: &Refusal, block: &Block<'_>) -> Finding {
    let (reason, at) = match refusal {
        Refusal::Syntax(reason, at) => (reason.as_str(), at.unwrap_or(0)),
        Refusal::NoMapping => ("not a list of keys and values", 0),
    };
    if reason.contains(TOO_MANY) || reason.contains("recursion limit") {
        return limits::too_deep_or_many(block.location(at, at + 1));
    }
    let (at, reason) = culprit::find(block.text(), at).unwrap_or((at, reason));
    let is_about_anchors = ["anchor", "alias", "repetition", "recursive"]
        .iter()
        .any(|word| reason.contains(word));
    let help = if is_about_anchors {
        "write the value out, or define its anchor first"
    } else {
        "put the value in quotes, or correct the line"
    };
    let place = block.location(at, line_end(block.text(), at));
    Finding::new(&rules::FRONT_MATTER_INVALID, place, format!("not valid YAML: {reason}")).help(help)
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |end| at + end)
}

/// Lines longer than this get no column: counting characters for every key of one long line is quadratic.
const COLUMN_LINE: usize = 4096;

/// The column of the value after a key that ends at byte `key_end` of its line; 1 if it is not on this line.
pub(super) fn value_column(line: &str, key_end: usize) -> u32 {
    if line.len() > COLUMN_LINE {
        return 1;
    }
    let Some(rest) = line.get(key_end..) else { return 1 };
    let after = rest.trim_start_matches(['"', '\'']).trim_start();
    let Some(value) = after
        .strip_prefix(':')
        .map(str::trim_start)
        .filter(|value| !value.is_empty())
    else {
        return 1;
    };
    let before = line.get(..line.len() - value.len()).unwrap_or_default();
    u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX)
}
