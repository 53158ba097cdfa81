//! Reads a site's settings from its generator's configuration.

use std::{fs, io::Read, path::Path};

use feedwright::{text::PlainText, text::language::Language, time::Zone, url::Url};

/// The settings that were found.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// The name of the file that contains the settings.
    pub(super) origin: Option<&'static str>,
    pub(super) title: Option<PlainText>,
    pub(super) url: Option<Url>,
    pub(super) description: Option<PlainText>,
    pub(super) language: Option<Language>,
    pub(super) authors: Vec<PlainText>,
    pub(super) time_zone: Option<String>,
    /// The generator's default permalinks, as a `link` pattern.
    pub(super) link: Option<&'static str>,
}

/// The maximum number of bytes to read from a file. Generator configurations are much smaller.
const MAX_BYTES: u64 = 64 * 1024;

type Parser = fn(&str) -> Option<Site>;

/// The files to look for, in this order, with their parsers.
const FILES: [(&str, Parser); 6] = [
    ("hugo.toml", hugo),
    ("zola.toml", zola),
    ("config.toml", hugo_or_zola),
    ("_config.yml", jekyll),
    ("book.toml", mdbook),
    // A site that was built with any of these generators may also have this file, because the site's tools use it.
    // Therefore, the file comes last.
    ("package.json", npm),
];

impl Site {
    /// Reads the first configuration that contains a title or an address.
    pub(super) fn find(folder: &Path) -> Site {
        for (name, parse) in FILES {
            let mut text = String::new();
            let opened = fs::File::open(folder.join(name));
            if opened
                .and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text))
                .is_err()
            {
                continue;
            }
            if let Some(site) = parse(&text).filter(|site| site.title.is_some() || site.url.is_some()) {
                return Site {
                    origin: Some(name),
                    ..site
                };
            }
        }
        Site::default()
    }
}

fn text_in(table: &toml::Table, key: &str) -> Option<PlainText> {
    PlainText::new(table.get(key)?.as_str()?)
}

fn url_in(table: &toml::Table, key: &str) -> Option<Url> {
    Url::parse(table.get(key)?.as_str()?)
}

fn language_in(table: &toml::Table, keys: &[&str]) -> Option<Language> {
    keys.iter().find_map(|key| Language::new(table.get(*key)?.as_str()?))
}

/// Parses `config.toml`, a name that both Hugo and Zola use.
fn hugo_or_zola(text: &str) -> Option<Site> {
    // Zola requires `base_url`. Hugo's name for this setting is `baseURL`.
    if text.lines().any(|line| line.trim_start().starts_with("base_url")) {
        zola(text)
    } else {
        hugo(text)
    }
}

fn hugo(text: &str) -> Option<Site> {
    let table: toml::Table = text.parse().ok()?;
    let params = table.get("params").and_then(toml::Value::as_table);
    // Hugo themes read the author from `params.author` or `params.author.name`.
    let author = params.and_then(|params| {
        let nested = params.get("author").and_then(toml::Value::as_table);
        text_in(params, "author").or_else(|| text_in(nested?, "name"))
    });
    Some(Site {
        title: text_in(&table, "title"),
        // Hugo ignores the case of keys, and sites use both spellings.
        url: url_in(&table, "baseURL").or_else(|| url_in(&table, "baseurl")),
        description: params.and_then(|params| text_in(params, "description")),
        language: language_in(&table, &["languageCode", "locale", "defaultContentLanguage"]),
        authors: author.into_iter().collect(),
        time_zone: zone(table.get("timeZone").and_then(toml::Value::as_str)),
        link: Some("{path}/"),
        ..Site::default()
    })
}

fn zola(text: &str) -> Option<Site> {
    let table: toml::Table = text.parse().ok()?;
    Some(Site {
        title: text_in(&table, "title"),
        url: url_in(&table, "base_url"),
        description: text_in(&table, "description"),
        language: language_in(&table, &["default_language"]),
        authors: text_in(&table, "author").into_iter().collect(),
        link: Some("{path}/"),
        ..Site::default()
    })
}

fn mdbook(text: &str) -> Option<Site> {
    let table: toml::Table = text.parse().ok()?;
    let book = table.get("book")?.as_table()?;
    let authors = book.get("authors").and_then(toml::Value::as_array);
    Some(Site {
        title: text_in(book, "title"),
        description: text_in(book, "description"),
        language: language_in(book, &["language"]),
        authors: authors
            .into_iter()
            .flatten()
            .filter_map(|name| PlainText::new(name.as_str()?))
            .collect(),
        // mdBook renders `a/b.md` as `a/b.html`.
        link: Some("{path}.html"),
        ..Site::default()
    })
}

fn npm(text: &str) -> Option<Site> {
    let package: serde_json::Value = serde_json::from_str(text).ok()?;
    let line = |value: &serde_json::Value| PlainText::new(value.as_str()?);
    let author = &package["author"];
    // The author may be a single string: `Ada Lovelace <ada@example.org> (https://example.org)`.
    let short = author
        .as_str()
        .map(|author| author.split(['<', '(']).next().unwrap_or(author));
    // `name` is ignored: the name of a package, such as `@scope/site`, is not a title.
    Some(Site {
        url: package["homepage"].as_str().and_then(Url::parse),
        description: line(&package["description"]),
        authors: short
            .and_then(PlainText::new)
            .or_else(|| line(&author["name"]))
            .into_iter()
            .collect(),
        ..Site::default()
    })
}

/// Parses `_config.yml`, but only `key: value` lines at the top level. Other YAML syntax is ignored.
fn jekyll(text: &str) -> Option<Site> {
    let value = |key: &str| {
        text.lines().find_map(|line| {
            let value = line.strip_prefix(key)?.strip_prefix(':')?;
            let value = value.split_once(" #").map_or(value, |(value, _)| value).trim();
            let bare = value.trim_matches(['"', '\'']);
            (!bare.is_empty() && !bare.starts_with(['>', '|', '{', '[', '&', '*'])).then_some(bare)
        })
    };
    // In Jekyll, `url` is the scheme and host, and `baseurl` is the path below it.
    let url = value("url").map(|url| format!("{}{}", url.trim_end_matches('/'), value("baseurl").unwrap_or_default()));
    Some(Site {
        title: value("title").and_then(PlainText::new),
        url: url.as_deref().and_then(Url::parse),
        description: value("description").and_then(PlainText::new),
        language: value("lang").or_else(|| value("locale")).and_then(Language::new),
        authors: value("author").and_then(PlainText::new).into_iter().collect(),
        time_zone: zone(value("timezone")),
        // Only Jekyll's default permalinks are translated. If there is a `permalink` setting, `link` is not set,
        // because the setting uses Jekyll's variables.
        link: value("permalink")
            .is_none()
            .then_some("{year}/{month}/{day}/{slug}.html"),
        ..Site::default()
    })
}

fn zone(name: Option<&str>) -> Option<String> {
    name.filter(|name| Zone::named(name).is_some()).map(str::to_owned)
}
