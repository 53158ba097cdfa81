//! `Key: value` lines before the first blank line: Pelican, MultiMarkdown, Hexo without its opening fence, Kirby.

use super::{Block, Field, Value, fence::next_line, is_known_key, tolerant};

/// The lines at a byte of the text that make up a header: two known keys, or one and a closing fence.
pub(super) fn find(file: &str, from: usize) -> Option<(usize, usize)> {
    let mut end = from;
    let mut known = 0;
    while let Some((line, next)) = next_line(file, end) {
        let is_fence = line.trim_end().len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-');
        if is_fence && end > from {
            return (known > 0).then_some((end, next));
        }
        if line.trim().is_empty() {
            return (known > 1).then_some((end, next));
        }
        if end > from && (line.starts_with([' ', '\t']) || line.starts_with("- ")) {
            end = next;
            continue;
        }
        let (key, _) = key(line)?;
        known += usize::from(is_known_key(key));
        end = next;
    }
    (known > 1).then_some((end, end))
}

fn key(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = tolerant::split_key(line, ':')?;
    let is_name = key.split_whitespace().count() <= 3
        && key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
    is_name.then_some((key, rest))
}

/// Reads the lines; a line that is indented continues the value before it.
pub(super) fn read(block: &Block<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (line, number) in block.text().lines().zip(block.first_line()..) {
        let indented = line.starts_with([' ', '\t']);
        match (key(line).filter(|_| !indented), fields.last_mut()) {
            (Some((key, rest)), _) => fields.push(Field {
                key: key.to_owned(),
                value: tolerant::scalar(rest),
                line: number,
                column: super::yaml::value_column(line, key.len()),
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
