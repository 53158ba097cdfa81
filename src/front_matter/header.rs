//! `Key: value` lines up to the first blank line, without fences, as in Pelican, MultiMarkdown and Kirby, and in Hexo
//! posts that have no opening fence.

use super::{
    Field, Value,
    block::Block,
    keys::{is_metadata_key, split_key},
    lines::{next_line, value_column},
    tolerant,
};

/// Finds the header that starts at byte offset `from`. Returns the byte offsets at which the header ends and the body
/// starts.
///
/// Requires two metadata keys, or one metadata key and a closing fence: prose may start with a single line such as
/// `Summary: …`.
pub(super) fn find(file: &str, from: usize) -> Option<(usize, usize)> {
    let mut end = from;
    let mut metadata_keys = 0;
    while let Some((line, next)) = next_line(file, end) {
        let is_fence = line.trim_end().len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-');
        // Hexo accepts front matter that has only the closing fence.
        if is_fence && end > from {
            return (metadata_keys > 0).then_some((end, next));
        }
        if line.trim().is_empty() {
            return (metadata_keys > 1).then_some((end, next));
        }
        if end > from && (line.starts_with([' ', '\t']) || line.starts_with("- ")) {
            end = next;
            continue;
        }
        // A single line without a key shows that the whole paragraph is prose.
        let (key, _) = split_header_key(line)?;
        metadata_keys += usize::from(is_metadata_key(key));
        end = next;
    }
    (metadata_keys > 1).then_some((end, end))
}

/// Splits a line into its key and its value. The key has at most three words.
fn split_header_key(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = split_key(line, ':')?;
    let is_name = key.split_whitespace().count() <= 3
        && key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
    is_name.then_some((key, rest))
}

/// Reads the lines of a header; an indented line continues the value above it.
pub(super) fn read(block: &Block<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (line, number) in block.text().lines().zip(block.first_line()..) {
        let is_indented = line.starts_with([' ', '\t']);
        match (split_header_key(line).filter(|_| !is_indented), fields.last_mut()) {
            (Some((key, rest)), _) => fields.push(Field {
                key: key.to_owned(),
                value: tolerant::scalar(rest),
                line: number,
                column: value_column(line, key.len()),
            }),
            (None, Some(field)) => match &mut field.value {
                Value::Scalar { text, .. } => {
                    text.push(' ');
                    text.push_str(line.trim());
                }
                Value::Null if !line.trim().is_empty() => field.value = tolerant::scalar(line),
                _ => {}
            },
            (None, None) => {}
        }
    }
    fields
}
