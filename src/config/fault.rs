//! Errors in a configuration. Errors from serde and the YAML parser are turned into messages with a fix.

use std::{fmt::Display, path::Path};

use crate::{error::Error, text::nearest};

/// An invalid value: a message, and how to fix it.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: String,
}

/// Separates the message from the help in the text of a serde error. The YAML parser adds a path and a position to this
/// text.
///
/// A configuration file cannot contain this character, because `yaml::parse` rejects control characters.
const SEPARATOR: char = '\u{1}';

impl Fault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault {
            message: message.into(),
            help: help.into(),
        }
    }

    /// The error for an unknown name. The help suggests the most similar name, or lists all `names` if none is similar.
    pub(super) fn unknown(message: String, written: &str, names: &[&str]) -> Self {
        let help = match nearest(written, names.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("use {}", list(names)),
        };
        Fault { message, help }
    }

    /// The error for a missing required key.
    pub(super) fn missing(key: &str) -> Self {
        Fault::new(format!("`{key}` is missing"), how_to_add(key))
    }

    /// Packs the message and the help into a serde error, to which the YAML parser adds a position.
    pub(super) fn pack<E: serde::de::Error>(self) -> E {
        // The parser adds a path before this text and a position after it. The outer separators keep these additions
        // apart from the message and the help.
        E::custom(format_args!(
            "{SEPARATOR}{}{SEPARATOR}{}{SEPARATOR}",
            self.message, self.help
        ))
    }

    /// Returns the error for this fault at a position in a file. The message and the help are truncated, because they
    /// may quote very long values.
    pub(super) fn at(self, path: &Path, position: Option<(u32, u32)>) -> Error {
        let help = shorten(self.help);
        Error::Config {
            path: Some(path.to_owned()),
            position,
            message: shorten(self.message),
            help: (!help.is_empty()).then_some(help),
        }
    }
}

/// The maximum length of a message, in characters.
const MAX_LENGTH: usize = 300;

fn shorten(text: String) -> String {
    match text.char_indices().nth(MAX_LENGTH) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Quotes and joins names: `` `a`, `b` or `c` ``.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// Turns an error that the YAML parser found in `source` into our own error, which has a fix.
pub(super) fn explain(error: &serde_yaml::Error, source: &str, path: &Path) -> Error {
    let position = error.location().map(|at| (to_u32(at.line()), to_u32(at.column())));
    let text = error.to_string();
    // Errors from our own value types contain a message and a help text; see `Fault::pack`.
    let mut parts = text.split(SEPARATOR);
    if let (Some(_), Some(message), Some(help)) = (parts.next(), parts.next(), parts.next()) {
        return Fault::new(message, help).at(path, position);
    }
    if let Some(fault) = syntax(&text, position, source, path) {
        return fault;
    }
    let text = match position {
        Some((line, column)) => text.replacen(&format!(" at line {line} column {column}"), "", 1),
        None => text,
    };
    // For a duplicate key, the parser reports the start of the mapping, so look for the second occurrence of the key.
    let second = split(&text, "duplicate field `").and_then(|(_, rest)| {
        let key = rest.trim_end_matches('`');
        second_key(source, position?, key)
    });
    reword(&text).at(path, second.or(position))
}

/// Explains a common YAML syntax error, and finds the position of the mistake. `None` for any other error.
fn syntax(text: &str, position: Option<(u32, u32)>, source: &str, path: &Path) -> Option<Error> {
    // The parser has no error codes, so its errors are recognized by their text.
    let starts_with_tab = position.is_some_and(|(line, column)| {
        let line = source.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
        line.chars().nth(column.saturating_sub(1) as usize) == Some('\t')
    });
    let (message, help, position) = if let Some((_, at)) = text.split_once("while scanning a quoted scalar at line ") {
        // The parser stops at the end of the file, but the mistake is at the opening quote.
        let opened = at
            .split_once(" column ")
            .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
        (
            "the quote is never closed",
            "add the closing quote",
            opened.or(position),
        )
    } else if text.contains("cannot start any token") && starts_with_tab {
        (
            "YAML does not allow tabs for indentation",
            "indent with spaces",
            position,
        )
    } else if text.contains("cannot start any token") {
        (
            "a value cannot start with this character",
            "put the value in quotes",
            position,
        )
    } else if text.contains("while scanning an alias") {
        (
            "a value that starts with `*` is an alias in YAML",
            "put the value in quotes",
            position,
        )
    } else if text.contains("mapping values are not allowed") {
        (
            "the value contains `: ` but is not in quotes",
            "put the value in quotes, or write the key on a new line",
            position,
        )
    } else if text.contains("more than one document") {
        (
            "the file contains more than one YAML document",
            "remove the `---` line between them",
            None,
        )
    } else {
        return None;
    };
    Some(Fault::new(message, help).at(path, position))
}

/// The position of the second occurrence of `key` in the mapping that starts at `first`.
fn second_key(source: &str, first: (u32, u32), key: &str) -> Option<(u32, u32)> {
    let indent = first.1.checked_sub(1)? as usize;
    let mut keys = (1u32..)
        .zip(source.lines())
        .skip(first.0.checked_sub(1)? as usize)
        .filter(|(_, line)| {
            let rest = line.get(indent..).unwrap_or_default();
            // The first key of a list item follows `- `, so the margin may contain a hyphen.
            let is_within = line
                .get(..indent)
                .is_some_and(|margin| margin.trim_start_matches(['-', ' ']).is_empty());
            is_within
                && rest
                    .strip_prefix(key)
                    .is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
    keys.nth(1).map(|(line, _)| (line, first.1))
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Turns a message from serde into a message with a fix. `text` may start with the path of the value, such as
/// `site.url: `.
fn reword(text: &str) -> Fault {
    if let Some((path, rest)) = split(text, "unknown field `") {
        let (key, expected) = rest.split_once('`').unwrap_or((rest, ""));
        // Serde lists the valid names in backticks: "expected one of `title`, `url`".
        let names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let message = format!("unknown key `{key}`{}", in_path(path));
        return Fault::unknown(message, key, &names);
    }
    if let Some((path, rest)) = split(text, "missing field `") {
        let key = rest.trim_end_matches('`');
        return Fault::new(format!("`{key}` is missing{}", in_path(path)), how_to_add(key));
    }
    if let Some((path, rest)) = split(text, "duplicate field `") {
        let key = rest.trim_end_matches('`');
        return Fault::new(format!("duplicate key `{key}`{}", in_path(path)), "remove one of them");
    }
    for start in ["invalid type: ", "invalid value: "] {
        if let Some((path, rest)) = split(text, start)
            && let Some((found, expected)) = rest.split_once(", expected ")
        {
            let what = if path.is_empty() {
                "the configuration"
            } else {
                &format!("`{path}`")
            };
            return Fault::new(
                format!("{what} is {}", found_in_words(found)),
                format!("write {}", expected_in_words(expected)),
            );
        }
    }
    Fault::new(format!("invalid YAML: {text}"), "")
}

/// Splits `path: needle rest` into the path and the rest.
fn split<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let at = text.find(needle)?;
    Some((text[..at].trim_end_matches([':', ' ']), &text[at + needle.len()..]))
}

/// Rewrites serde's description of the value that it found, such as `integer `5`` or `sequence`.
fn found_in_words(found: &str) -> String {
    match found.split_once(' ') {
        Some(("integer" | "floating", number)) => format!("the number {}", number.trim_start_matches("point ")),
        Some(("boolean", value)) => value.to_owned(),
        Some(("string", text)) => format!("the text `{}`", text.trim_matches('"')),
        Some(("unit", _)) => "empty".to_owned(),
        _ if found == "sequence" => "a list".to_owned(),
        _ if found == "map" => "a mapping".to_owned(),
        _ => found.to_owned(),
    }
}

/// Rewrites serde's description of the expected value, because the description may contain the name of a Rust type.
fn expected_in_words(expected: &str) -> &str {
    if expected.starts_with("struct ") {
        "a mapping: indented lines of `key: value`"
    } else if expected.starts_with("a nonzero ") {
        "a whole number greater than 0"
    } else if expected == "a boolean" {
        "`true` or `false`"
    } else if expected == "a sequence" {
        "a list: lines that start with `- `"
    } else {
        expected
    }
}

fn in_path(path: &str) -> impl Display {
    if path.is_empty() {
        String::new()
    } else {
        format!(" in `{path}`")
    }
}

fn how_to_add(key: &str) -> &'static str {
    match key {
        "site" => "add `site:` with `title` and `url`, or run `feedwright init` to write a configuration",
        "url" => "add the site's absolute address, such as `url: https://example.org/`",
        "title" => "add the site's name, such as `title: My Site`",
        "path" => "add the feed's file name, such as `path: rss.xml`",
        "name" => "add the person's name, such as `name: Ada Lovelace`",
        _ => "",
    }
}
