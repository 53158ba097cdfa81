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

    /// A key that must be there.
    pub(super) fn missing(key: &str) -> Self {
        Fault::new(format!("`{key}` is missing"), way_to_add(key))
    }

    /// Packs both parts into a serde error, which the YAML reader gives a position.
    pub(super) fn pack<E: serde::de::Error>(self) -> E {
        E::custom(format_args!("{MARK}{}{MARK}{}{MARK}", self.message, self.help))
    }

    /// The error that stops the program. Values are quoted in it, and a value may be the whole file.
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

/// Longest message, in characters.
const LONGEST: usize = 300;

fn shorten(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
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

/// Says in our words what the YAML reader found in `source`.
pub(super) fn explain(error: &serde_yaml::Error, source: &str, path: &Path) -> Error {
    let position = error.location().map(|at| (to_u32(at.line()), to_u32(at.column())));
    let text = error.to_string();
    let mut parts = text.split(MARK);
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
    let second = split(&text, "duplicate field `").and_then(|(_, rest)| {
        let key = rest.trim_end_matches('`');
        second_key(source, position?, key)
    });
    reword(&text).at(path, second.or(position))
}

/// The mistakes in YAML itself that people make, with the place where they are mended.
fn syntax(text: &str, position: Option<(u32, u32)>, source: &str, path: &Path) -> Option<Error> {
    let starts_with_tab = position.is_some_and(|(line, column)| {
        let line = source.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
        line.chars().nth(column.saturating_sub(1) as usize) == Some('\t')
    });
    let (message, help, position) = if let Some((_, at)) = text.split_once("while scanning a quoted scalar at line ") {
        let opened = at
            .split_once(" column ")
            .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
        (
            "a quote is never closed",
            "close it on the same line",
            opened.or(position),
        )
    } else if text.contains("cannot start any token") && starts_with_tab {
        ("YAML is not indented with tabs", "indent with blanks", position)
    } else if text.contains("cannot start any token") {
        (
            "no value starts with this character",
            "put the value in quotes",
            position,
        )
    } else if text.contains("while scanning an alias") {
        (
            "a value that starts with `*` is an alias in YAML",
            "put it in quotes",
            position,
        )
    } else if text.contains("mapping values are not allowed") {
        (
            "a value holds `: ` outside of quotes",
            "put the value in quotes, or the key on a line of its own",
            position,
        )
    } else if text.contains("more than one document") {
        (
            "the file holds more than one YAML document",
            "delete the line `---` between them",
            None,
        )
    } else {
        return None;
    };
    Some(Fault::new(message, help).at(path, position))
}

/// Where a key stands for the second time in the mapping that starts at `first`; the YAML reader tells only its start.
fn second_key(source: &str, first: (u32, u32), key: &str) -> Option<(u32, u32)> {
    let indent = first.1.checked_sub(1)? as usize;
    let mut keys = (1u32..)
        .zip(source.lines())
        .skip(first.0.checked_sub(1)? as usize)
        .filter(|(_, line)| {
            let rest = line.get(indent..).unwrap_or_default();
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
