//! Counts the articles in a folder, by kind, front matter and language.

use std::{collections::BTreeMap, fs, path::Path, sync::Mutex};

use feedwright::{
    Error,
    article::{Article, Kind},
    extract::{self, Context},
    front_matter::Dialect,
    source::discover::{self, Inputs},
    source::threads::{into_inner, lock},
};

use crate::print::count;

/// The folders in which site generators keep articles, in the order in which they are tried.
///
/// Hugo, Zola and Pelican use `content`, Jekyll uses `_posts`, Astro uses `src/content`, Docusaurus uses `blog`, and
/// mdBook uses `src`.
const FOLDERS: [&str; 8] = [
    "input",
    "content",
    "_posts",
    "src/content",
    "posts",
    "articles",
    "blog",
    "src",
];

/// Names, without extension, of files that are common at the top level of repositories but are not articles.
const NOT_ARTICLES: [&str; 10] = [
    "authors",
    "changelog",
    "code_of_conduct",
    "contributing",
    // `humans.txt`, `requirements.txt` and `robots.txt` have the same extension as plain-text articles.
    "humans",
    "license",
    "readme",
    "requirements",
    "robots",
    "security",
];

/// A site's articles.
#[derive(Debug, Default)]
pub(super) struct Articles {
    /// The folder with the articles, relative to the site's folder: `content`, or `.`.
    pub(super) folder: String,
    /// Files in that folder that are not articles, such as `README.md`.
    pub(super) exclude: Vec<String>,
    pub(super) count: usize,
    /// The number of articles of each kind, such as `Markdown`.
    kinds: BTreeMap<&'static str, usize>,
    /// The number of articles with front matter in each notation, such as `YAML`.
    dialects: BTreeMap<&'static str, usize>,
    languages: BTreeMap<String, usize>,
    dated: usize,
    newest: Option<chrono::NaiveDate>,
}

impl Articles {
    /// Scans the first of the usual subfolders that contains articles. If there is none, scans the whole folder.
    pub(super) fn scan(folder: &Path) -> Result<Articles, Error> {
        for name in FOLDERS {
            if folder.join(name).is_dir() {
                let articles = scan_subfolder(folder, name)?;
                if articles.count > 0 {
                    return Ok(articles);
                }
            }
        }
        let mut articles = scan_subfolder(folder, ".")?;
        if articles.count == 0 {
            // There are no articles yet, so the configuration proposes the default folder.
            "input".clone_into(&mut articles.folder);
        }
        Ok(articles)
    }

    /// The language of more than half of the articles, declared or detected.
    pub(super) fn language(&self) -> Option<&str> {
        let (language, count) = self.languages.iter().max_by_key(|(_, count)| **count)?;
        (count * 2 > self.count).then_some(language)
    }

    /// Formats the summary: `42 articles in content: 40 Markdown, 2 HTML; front matter: 38 YAML; 40 with a date (newest:
    /// 2026-03-01)`.
    pub(super) fn format(&self) -> String {
        let mut text = count(self.count, "article");
        text += &format!(" in {}: {}", self.folder, format_counts(&self.kinds));
        if !self.dialects.is_empty() {
            text += &format!("; front matter: {}", format_counts(&self.dialects));
        }
        if let Some(newest) = self.newest {
            text += &format!("; {} with a date (newest: {newest})", self.dated);
        }
        if self.languages.len() > 1 {
            let languages: Vec<&str> = self.languages.keys().map(String::as_str).collect();
            text += &format!("; languages: {}", languages.join(", "));
        }
        text
    }

    fn add(&mut self, article: &Article<'_>) {
        self.count += 1;
        let kind = match article.kind {
            Kind::Markdown => "Markdown",
            Kind::Html => "HTML",
            Kind::PlainText => "plain text",
        };
        *self.kinds.entry(kind).or_default() += 1;
        let dialect = match article.front_matter.dialect {
            Dialect::None => None,
            Dialect::Yaml => Some("YAML"),
            Dialect::Toml => Some("TOML"),
            Dialect::Json => Some("JSON"),
            Dialect::Header => Some("`Key: value`"),
            Dialect::Other(name) => Some(name),
        };
        if let Some(dialect) = dialect {
            *self.dialects.entry(dialect).or_default() += 1;
        }
        let metadata = extract::metadata(article, &Context::default());
        if let Some(language) = metadata.language {
            // `en-US` and `en-GB` count as one language.
            *self.languages.entry(language.value.primary().to_owned()).or_default() += 1;
        }
        if let Some(published) = metadata.published {
            self.dated += 1;
            self.newest = self.newest.max(Some(published.value.date));
        }
    }

    fn merge(&mut self, other: Articles) {
        self.count += other.count;
        self.dated += other.dated;
        self.newest = self.newest.max(other.newest);
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        for (dialect, count) in other.dialects {
            *self.dialects.entry(dialect).or_default() += count;
        }
        for (language, count) in other.languages {
            *self.languages.entry(language).or_default() += count;
        }
    }
}

fn scan_subfolder(folder: &Path, name: &str) -> Result<Articles, Error> {
    let exclude = if name == "." { not_articles(folder) } else { Vec::new() };
    let articles = Mutex::new(Articles {
        folder: name.to_owned(),
        exclude: exclude.clone(),
        ..Articles::default()
    });
    let roots = Inputs {
        paths: vec![if name == "." {
            folder.to_owned()
        } else {
            folder.join(name)
        }],
        include: Vec::new(),
        exclude,
    };
    discover::walk(&roots, &|source, read| {
        let Ok(bytes) = read else { return };
        // The lock is held only while counts are added, not while the article is parsed.
        let mut one = Articles::default();
        one.add(&Article::parse(&source.relative, bytes));
        lock(&articles).merge(one);
    })?;
    Ok(into_inner(articles))
}

fn not_articles(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            let stem = name.split('.').next().unwrap_or(name).to_lowercase();
            name.contains('.') && NOT_ARTICLES.contains(&stem.as_str())
        })
        .collect();
    names.sort();
    names
}

/// Formats counts, the highest first: `40 Markdown, 2 HTML`.
fn format_counts(numbers: &BTreeMap<&'static str, usize>) -> String {
    let mut numbers: Vec<_> = numbers.iter().collect();
    numbers.sort_by_key(|(name, number)| (std::cmp::Reverse(**number), **name));
    let parts: Vec<String> = numbers
        .iter()
        .map(|(name, number)| format!("{number} {name}"))
        .collect();
    parts.join(", ")
}
