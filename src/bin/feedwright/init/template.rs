//! Fills in the template for a new configuration. Settings whose values were not found are commented out.

use std::path::Path;

use super::{articles::Articles, site::Site};

/// The template. `$NAME` is replaced with the value, if one was found. Otherwise, the line is commented out and shows
/// the example that follows `|`.
const TEMPLATE: &str = include_str!("template.yaml");

/// Returns the text of `feedwright.yaml`.
pub(super) fn fill(folder: &Path, site: &Site, articles: &Articles) -> String {
    let title = site.title.as_ref().map(ToString::to_string);
    let language = site.language.as_ref().map(|tag| tag.as_str()).or(articles.language());
    let authors: Vec<String> = site.authors.iter().map(|author| quoted(author.as_str())).collect();
    let values = [
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
        ("$INPUT", Some(input(articles))),
        ("$LINK", site.link.map(quoted)),
    ];
    let mut text = String::new();
    for line in TEMPLATE.lines() {
        let setting = line.split_once('$').and_then(|(key, rest)| {
            let (name, example) = rest.split_once(" | ").unwrap_or((rest, ""));
            let (_, value) = values.iter().find(|(key, _)| key[1..] == *name)?;
            Some(setting(key, value.as_deref(), example))
        });
        text += &setting.unwrap_or_else(|| line.to_owned());
        text.push('\n');
    }
    text
}

/// Formats a setting with its value. A setting without a value becomes a comment that shows the example. If there is no
/// example, the setting is required, so its key is written without a value.
fn setting(key: &str, value: Option<&str>, example: &str) -> String {
    let name = key.trim_start();
    let indent = &key[..key.len() - name.len()];
    match value {
        Some(value) => format!("{key}{value}"),
        None if example.is_empty() => key.trim_end().to_owned(),
        None => format!("{indent}# {name}{example}"),
    }
}

fn input(articles: &Articles) -> String {
    let folder = quoted(&articles.folder);
    if articles.exclude.is_empty() {
        return folder;
    }
    let exclude: Vec<String> = articles.exclude.iter().map(quoted).collect();
    format!("{{ folders: [{folder}], exclude: [{}] }}", exclude.join(", "))
}

/// Formats a string as YAML, in quotes if needed.
fn quoted(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '/' | '.' | '’');
    // If text contains only these characters and starts with a letter, YAML parsers do not mistake it for a number, a
    // date or syntax.
    let is_plain = text.chars().all(is_word) && text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    // YAML 1.1 parsers read these words as booleans or null.
    let is_reserved = ["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str());
    if (is_plain && !is_reserved) || text == "." {
        return text.to_owned();
    }
    // Every JSON string is also a valid YAML string.
    serde_json::Value::from(text).to_string()
}

/// Makes a title from the folder's name: `harbor-almanac` becomes `Harbor Almanac`.
fn title_of(folder: &Path) -> String {
    // Resolve the full path first, because the path `.` does not contain the folder's name.
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
