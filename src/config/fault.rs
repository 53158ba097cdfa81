//! What is wrong with a configuration, in words that a stranger can act on.

use std::{fmt::Display, path::Path};

use crate::{error::Error, text::nearest};

/// A value that cannot be used, and the way out.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: String,
}

/// Parts of the text of a custom error. The YAML reader puts the place before and after it; no value holds this character.
const MARK: char = '\u{1}';

impl Fault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault {
            message: message.into(),
            help: help.into(),
        }
    }

    /// `message`, with the candidate nearest to `written` as the way out, or else all of them.
    pub(super) fn unknown(message: String, written: &str, known: &[&str]) -> Self {
        let help = match nearest(written, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("known are {}", list(known)),
        };
        Fault { message, help }
    }

    /// Packs both parts into a serde error, which the YAML reader gives a position.
    pub(super) fn pack<E: serde::de::Error>(self) -> E {
        E::custom(format_args!("{MARK}{}{MARK}{}{MARK}", self.message, self.help))
    }

    /// The error that stops the program.
    pub(super) fn at(self, path: &Path, position: Option<(u32, u32)>) -> Error {
        Error::Config {
            path: Some(path.to_owned()),
            position,
            message: self.message,
            help: (!self.help.is_empty()).then_some(self.help),
        }
    }
}

/// `a`, `b` and `c`.
fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// Says in our words what the YAML reader found.
pub(super) fn explain(error: &serde_yaml::Error, path: &Path) -> Error {
    let position = error.location().map(|at| (to_u32(at.line()), to_u32(at.column())));
    let text = error.to_string();
    let mut parts = text.split(MARK);
    if let (Some(_), Some(message), Some(help)) = (parts.next(), parts.next(), parts.next()) {
        return Fault::new(message, help).at(path, position);
    }
    let text = match position {
        Some((line, column)) => text.replacen(&format!(" at line {line} column {column}"), "", 1),
        None => text,
    };
    reword(&text).at(path, position)
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Turns the wording of serde and the YAML reader into ours. `text` may start with the path of the value: `site.url: `.
fn reword(text: &str) -> Fault {
    if let Some((place, rest)) = split(text, "unknown field `") {
        let (key, expected) = rest.split_once('`').unwrap_or((rest, ""));
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        let message = format!("unknown key `{key}`{}", within(place));
        return Fault::unknown(message, key, &known);
    }
    if let Some((place, rest)) = split(text, "missing field `") {
        let key = rest.trim_end_matches('`');
        return Fault::new(format!("`{key}` is missing{}", within(place)), way_to_add(key));
    }
    if let Some((place, rest)) = split(text, "duplicate field `") {
        let key = rest.trim_end_matches('`');
        return Fault::new(
            format!("the key `{key}` is given twice{}", within(place)),
            "keep one of them",
        );
    }
    for start in ["invalid type: ", "invalid value: "] {
        if let Some((place, rest)) = split(text, start)
            && let Some((found, expected)) = rest.split_once(", expected ")
        {
            let what = if place.is_empty() {
                "the configuration"
            } else {
                &format!("`{place}`")
            };
            return Fault::new(
                format!("{what} is {}", found_in_words(found)),
                format!("it takes {}", expected_in_words(expected)),
            );
        }
    }
    if text.contains("found character that cannot start any token") {
        return Fault::new(
            format!("not YAML: {text}"),
            "indent with blanks, not tabs, and put values with special characters in quotes",
        );
    }
    Fault::new(format!("not YAML: {text}"), "")
}

/// Splits `place: needle rest`.
fn split<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let at = text.find(needle)?;
    Some((text[..at].trim_end_matches([':', ' ']), &text[at + needle.len()..]))
}

/// What serde calls a value that was found: `integer `5``, `sequence`.
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

/// What serde calls a value that was expected: the names of our types mean nothing to others.
fn expected_in_words(expected: &str) -> &str {
    if expected.starts_with("struct ") {
        "a mapping: lines of `key: value`, indented"
    } else if expected.starts_with("a nonzero ") {
        "a whole number above 0"
    } else if expected == "a boolean" {
        "`true` or `false`"
    } else if expected == "a sequence" {
        "a list: lines that start with `- `"
    } else {
        expected
    }
}

fn within(place: &str) -> impl Display {
    if place.is_empty() {
        String::new()
    } else {
        format!(" in `{place}`")
    }
}

fn way_to_add(key: &str) -> &'static str {
    match key {
        "site" => "add `site:` with `title` and `url` below it, or let `feedwright init` write a configuration",
        "url" => "add the site's absolute address, `url: https://example.org/`: entries need permalinks",
        "title" => "add the site's name, `title: My Site`: every feed format requires a title",
        "path" => "add the feed's file name, `path: rss.xml`",
        "name" => "add the person's name, `name: Ada Lovelace`",
        _ => "",
    }
}
