//! Finds common mistakes in YAML.
//!
//! The parser reports the position at which it gave up, which is often one line after the mistake. It describes the
//! problem in terms of the YAML grammar ("mapping values are not allowed in this context"). This module names the
//! mistake itself.

use crate::front_matter::{
    keys::split_key,
    lines::{next_line, offset_in},
};

/// Finds the first mistake up to byte offset `reported`, at which the parser gave up. Returns the byte offset of the
/// mistake and a description.
pub(super) fn find(text: &str, reported: usize) -> Option<(usize, &'static str)> {
    let mut at = 0;
    while let Some((line, next)) = next_line(text, at) {
        if at > reported.max(1) {
            return None;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        if let Some(tab) = indent.find('\t').filter(|_| !line.trim().is_empty()) {
            return Some((at + tab, "a tab used for indentation, where YAML allows only spaces"));
        }
        if let Some((key, value)) = split_key(line, ':') {
            let value_at = offset_in(text, value);
            if let Some((offset, reason)) = mistake_in_value(value) {
                return Some((value_at + offset, reason));
            }
            let colon = offset_in(text, key) + key.len();
            if text[colon..].starts_with(':') && !line.ends_with(':') && !text[colon + 1..].starts_with([' ', '\t']) {
                return Some((colon, "no space after the colon"));
            }
        }
        at = next;
    }
    None
}

/// The byte offset and a description of the mistake in a value on one line. The offset is relative to the start of the
/// value.
fn mistake_in_value(value: &str) -> Option<(usize, &'static str)> {
    let first = value.chars().next()?;
    match first {
        '@' => return Some((0, "an unquoted value cannot start with `@`")),
        '`' => return Some((0, "an unquoted value cannot start with a backtick")),
        '%' => return Some((0, "an unquoted value cannot start with `%`")),
        '{' if value.starts_with("{{") => return Some((0, "a template placeholder that was not filled in")),
        '"' | '\'' => {
            let inner = &value[1..];
            let end = inner.find(first)?;
            let after = inner[end + 1..].trim_start();
            // `''` and `\"` are escaped quotes, which do not close the string.
            let is_doubled = first == '\'' && after.starts_with('\'') || first == '"' && inner[..end].ends_with('\\');
            if !after.is_empty() && !after.starts_with('#') && !is_doubled {
                return Some((end + 1, "unexpected text after the closing quote"));
            }
            return None;
        }
        '[' => {
            // YAML parses the start of the title `[Release] v2` as a list.
            let end = value.rfind(']')?;
            let after = value[end + 1..].trim_start();
            if !after.is_empty() && !after.starts_with('#') {
                return Some((end + 1, "unexpected text after the closing bracket"));
            }
            return None;
        }
        // Colons are allowed in block scalars and flow mappings.
        '|' | '>' | '{' => return None,
        _ => {}
    }
    value
        .find(": ")
        .or_else(|| value.ends_with(':').then(|| value.len() - 1))
        .map(|at| (at, "a colon in an unquoted value"))
}
