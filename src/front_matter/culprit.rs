//! Why a block is no YAML, in the words of who wrote it: the engine names the place where it gave up, which is often a
//! line too late.

use super::{
    fence::next_line,
    tolerant::{offset, split_key},
};

/// The byte and the reason of the first line that breaks YAML, where the engine would name a later one.
pub(super) fn find(text: &str, reported: usize) -> Option<(usize, &'static str)> {
    let mut at = 0;
    while let Some((line, next)) = next_line(text, at) {
        if at > reported.max(1) {
            return None;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        if let Some(tab) = indent.find('\t').filter(|_| !line.trim().is_empty()) {
            return Some((at + tab, "a tab indents the line, YAML takes blanks only"));
        }
        if let Some((key, value)) = split_key(line, ':') {
            let value_at = offset(text, value);
            if let Some((offset, reason)) = odd_value(value) {
                return Some((value_at + offset, reason));
            }
            let colon = offset(text, key) + key.len();
            if text[colon..].starts_with(':') && !line.ends_with(':') && !text[colon + 1..].starts_with([' ', '\t']) {
                return Some((colon, "no blank after the colon"));
            }
        }
        at = next;
    }
    None
}

/// Why a value on one line is no YAML.
fn odd_value(value: &str) -> Option<(usize, &'static str)> {
    let first = value.chars().next()?;
    match first {
        '@' => return Some((0, "a value cannot start with `@` unless it is in quotes")),
        '`' => return Some((0, "a value cannot start with a backtick unless it is in quotes")),
        '%' => return Some((0, "a value cannot start with `%` unless it is in quotes")),
        '{' if value.starts_with("{{") => return Some((0, "a template was left unfilled")),
        '"' | '\'' => {
            let inner = &value[1..];
            let end = inner.find(first)?;
            let after = inner[end + 1..].trim_start();
            let is_doubled = first == '\'' && after.starts_with('\'') || first == '"' && inner[..end].ends_with('\\');
            if !after.is_empty() && !after.starts_with('#') && !is_doubled {
                return Some((end + 1, "text after the closing quote"));
            }
            return None;
        }
        '[' => {
            let end = value.rfind(']')?;
            let after = value[end + 1..].trim_start();
            if !after.is_empty() && !after.starts_with('#') {
                return Some((end + 1, "text after the closing bracket"));
            }
            return None;
        }
        '|' | '>' | '{' => return None,
        _ => {}
    }
    value
        .find(": ")
        .or_else(|| value.ends_with(':').then(|| value.len() - 1))
        .map(|at| (at, "a colon inside a value that is not in quotes"))
}
