//! The text of a new configuration: what is known, and what else could be said as comments.

use std::{fmt::Display, path::Path};

use feedwright::text::PlainText;

use super::{site::Site, survey::Survey};

/// The text of `feedwright.yaml`.
pub(super) fn text(folder: &Path, site: &Site, survey: &Survey) -> String {
    let title = match &site.title {
        Some(title) => title.to_string(),
        None => title_of(folder),
    };
    let url = site
        .url
        .as_ref()
        .map_or("  url:".to_owned(), |url| format!("  url: {url}"));
    let description = site.description.as_ref().map(PlainText::as_str);
    let language = site.language.as_ref().map(|tag| tag.as_str()).or(survey.language());
    let authors: Vec<String> = site.authors.iter().map(|author| quoted(author.as_str())).collect();
    let authors = (!authors.is_empty()).then(|| format!("[{}]", authors.join(", ")));
    let input = if survey.exclude.is_empty() {
        quoted(&survey.folder)
    } else {
        let exclude: Vec<String> = survey.exclude.iter().map(quoted).collect();
        format!(
            "{{ folders: [{}], exclude: [{}] }}",
            quoted(&survey.folder),
            exclude.join(", ")
        )
    };
    let lines = [
        "# How Feedwright makes the feeds of this site: `feedwright build`.",
        "# Lines that start with `#` show what else can be said, most of them with what holds without them.",
        "# `feedwright schema` prints a JSON Schema with which an editor completes and checks this file.",
        "",
        "site:",
        &format!("  title: {}", quoted(&title)),
        "  # The site's absolute address; permalinks begin with it.",
        &url,
        &known("  description", description.map(quoted), "One sentence about the site"),
        &known("  language", language, "en"),
        "  # Who writes what is not signed.",
        &known(
            "  authors",
            authors.as_deref(),
            "[Ada Lovelace, { name: Grace Hopper, email: grace@example.org }]",
        ),
        "  # rights: © 2026 the authors",
        "  # The zone of dates without an offset, and the time of day of dates without a time.",
        &known("  time_zone", site.time_zone.as_deref(), "UTC"),
        "  # default_time: \"00:00\"",
        "  # Pictures, relative to the address: a small square one, and a larger one.",
        "  # icon: /favicon.png",
        "  # logo: /logo.png",
        "  # New ids begin with this: a domain, and a date on which it was yours. They never change again.",
        "  # id_authority: example.org,2026",
        "",
        "# Where the articles lie; or, to be exact: { folders: [input], include: [\"**/*.md\"], exclude: [drafts/**] }",
        &format!("input: {input}"),
        "# The address of an article that names none: {path}, {folder}, {name}, {slug}, {year}, {month}, {day}.",
        &known("link", site.link.map(|link| format!("\"{link}\"")), "\"{path}/\""),
        "",
        "# Where the feeds go, and the address that this folder is served at, if it is not the site's own.",
        "# output: feeds",
        "# output_url: https://example.org/feeds/",
        "# The ledger remembers ids and dates: commit it.",
        "# ledger: feedwright.ledger",
        "",
        "# More names of front matter keys, by field.",
        "# aliases: { title: [headline], published: [released] }",
        "",
        "feeds:",
        "  - rss.xml",
        "  - atom.xml",
        "  - feed.json",
        "  # A feed can hold a part of the articles, and have its own title, format and limits:",
        "  # - path: news/atom.xml",
        "  #   title: News only",
        "  #   select: { folders: [news], categories: [], authors: [], languages: [], globs: [] }",
        "  #   limit: { entries: 30, bytes: 1000000, age_days: 365 }",
        "  #   content: summary",
    ];
    lines.join("\n") + "\n"
}

/// A line with a value, or as a comment with an example.
fn known(key: &str, value: Option<impl Display>, example: &str) -> String {
    let name = key.trim_start();
    let indent = &key[..key.len() - name.len()];
    match value {
        Some(value) => format!("{indent}{name}: {value}"),
        None => format!("{indent}# {name}: {example}"),
    }
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
