//! The text of a new configuration: what is known, and what else could be said as comments.

use std::path::Path;

use super::{site::Site, survey::Survey};

/// The lines of a new configuration. Behind `$` stands what may be known; behind `|` the example if it is not.
const TEMPLATE: &str = include_str!("template.yaml");

/// The text of `feedwright.yaml`.
pub(super) fn text(folder: &Path, site: &Site, survey: &Survey) -> String {
    let title = site.title.as_ref().map(ToString::to_string);
    let language = site.language.as_ref().map(|tag| tag.as_str()).or(survey.language());
    let authors: Vec<String> = site.authors.iter().map(|author| quoted(author.as_str())).collect();
    let known = [
        ("$TITLE", Some(quoted(title.unwrap_or_else(|| title_of(folder))))),
        ("$URL", site.url.as_ref().map(ToString::to_string)),
        (
            "$DESCRIPTION",
            site.description.as_ref().map(|line| quoted(line.as_str())),
        ),
        ("$LANGUAGE", language.map(str::to_owned)),
        (
            "$AUTHORS",
            (!authors.is_empty()).then(|| format!("[{}]", authors.join(", "))),
        ),
        ("$TIME_ZONE", site.time_zone.clone()),
        ("$INPUT", Some(input(survey))),
        ("$LINK", site.link.map(quoted)),
    ];
    let mut text = String::new();
    for line in TEMPLATE.lines() {
        let setting = line.split_once('$').and_then(|(key, rest)| {
            let (name, example) = rest.split_once(" | ").unwrap_or((rest, ""));
            let (_, value) = known.iter().find(|(known, _)| known[1..] == *name)?;
            Some(setting(key, value.as_deref(), example))
        });
        text += &setting.unwrap_or_else(|| line.to_owned());
        text.push('\n');
    }
    text
}

/// A line with a value, or else as a comment with an example; without either, the key waits for its value.
fn setting(key: &str, value: Option<&str>, example: &str) -> String {
    let name = key.trim_start();
    let indent = &key[..key.len() - name.len()];
    match value {
        Some(value) => format!("{key}{value}"),
        None if example.is_empty() => key.trim_end().to_owned(),
        None => format!("{indent}# {name}{example}"),
    }
}

fn input(survey: &Survey) -> String {
    let folder = quoted(&survey.folder);
    if survey.exclude.is_empty() {
        return folder;
    }
    let exclude: Vec<String> = survey.exclude.iter().map(quoted).collect();
    format!("{{ folders: [{folder}], exclude: [{}] }}", exclude.join(", "))
}

/// The text as YAML reads it back: in quotes where it needs them.
fn quoted(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '/' | '.' | '’');
    let is_plain = text.chars().all(is_word) && text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    let is_reserved = ["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str());
    if (is_plain && !is_reserved) || text == "." {
        return text.to_owned();
    }
    // A JSON string is a YAML string.
    serde_json::Value::from(text).to_string()
}

/// `harbor-almanac` as a title.
fn title_of(folder: &Path) -> String {
    let named = folder.canonicalize().ok();
    let name = named
        .as_deref()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy());
    let words = name.unwrap_or_default().replace(['-', '_', '.'], " ");
    let words: Vec<String> = words
        .split_whitespace()
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
        })
        .collect();
    if words.is_empty() {
        "My site".to_owned()
    } else {
        words.join(" ")
    }
}
