//! Which articles a folder holds, and what they are like.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
};

use feedwright::{
    Error,
    article::{Article, Kind},
    extract::{self, Context},
    front_matter::Dialect,
    source::discover::{self, Inputs},
};

use crate::print::count;

/// Where generators keep their articles, below a site's folder.
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

/// What lies at the top of many folders and is no article.
const NOT_ARTICLES: [&str; 10] = [
    "authors",
    "changelog",
    "code_of_conduct",
    "contributing",
    "humans",
    "license",
    "readme",
    "requirements",
    "robots",
    "security",
];

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The folder of the articles, relative to the site's: `content`, or `.`.
    pub(super) folder: String,
    /// Files at its top that are no articles.
    pub(super) exclude: Vec<String>,
    pub(super) articles: usize,
    /// How many there are of each kind: `Markdown`.
    kinds: BTreeMap<&'static str, usize>,
    /// How many have front matter of each dialect: `YAML`.
    dialects: BTreeMap<&'static str, usize>,
    languages: BTreeMap<String, usize>,
    dated: usize,
    newest: Option<chrono::NaiveDate>,
}

impl Survey {
    /// Looks into the usual folders, and takes the first that holds articles; or else everything.
    pub(super) fn take(folder: &Path) -> Result<Survey, Error> {
        for name in FOLDERS {
            if folder.join(name).is_dir() {
                let survey = look(folder, name)?;
                if survey.articles > 0 {
                    return Ok(survey);
                }
            }
        }
        let mut survey = look(folder, ".")?;
        if survey.articles == 0 {
            "input".clone_into(&mut survey.folder);
        }
        Ok(survey)
    }

    /// The language that most articles declare or are written in.
    pub(super) fn language(&self) -> Option<&str> {
        let (language, articles) = self.languages.iter().max_by_key(|(_, articles)| **articles)?;
        (articles * 2 > self.articles).then_some(language)
    }

    /// `42 articles in content: 40 Markdown, 2 HTML; front matter YAML 38; 40 with a date, the newest of 2026-03-01`.
    pub(super) fn told(&self) -> String {
        let mut text = count(self.articles, "article");
        text += &format!(" in {}: {}", self.folder, each(&self.kinds));
        if !self.dialects.is_empty() {
            text += &format!("; front matter: {}", each(&self.dialects));
        }
        if let Some(newest) = self.newest {
            text += &format!("; {} dated, the newest {newest}", self.dated);
        }
        if self.languages.len() > 1 {
            let languages: Vec<&str> = self.languages.keys().map(String::as_str).collect();
            text += &format!("; languages: {}", languages.join(", "));
        }
        text
    }

    fn add(&mut self, article: &Article<'_>) {
        self.articles += 1;
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
            *self.languages.entry(language.value.primary().to_owned()).or_default() += 1;
        }
        if let Some(published) = metadata.published {
            self.dated += 1;
            self.newest = self.newest.max(Some(published.value.date));
        }
    }

    fn merge(&mut self, other: Survey) {
        self.articles += other.articles;
        self.dated += other.dated;
        self.newest = self.newest.max(other.newest);
        for (kind, articles) in other.kinds {
            *self.kinds.entry(kind).or_default() += articles;
        }
        for (dialect, articles) in other.dialects {
            *self.dialects.entry(dialect).or_default() += articles;
        }
        for (language, articles) in other.languages {
            *self.languages.entry(language).or_default() += articles;
        }
    }
}

fn look(folder: &Path, name: &str) -> Result<Survey, Error> {
    let exclude = if name == "." { not_articles(folder) } else { Vec::new() };
    let survey = Mutex::new(Survey {
        folder: name.to_owned(),
        exclude: exclude.clone(),
        ..Survey::default()
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
        // One article at a time: only adding up needs the others to wait.
        let mut one = Survey::default();
        one.add(&Article::parse(&source.relative, bytes));
        survey.lock().unwrap_or_else(PoisonError::into_inner).merge(one);
    })?;
    Ok(survey.into_inner().unwrap_or_else(PoisonError::into_inner))
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

/// `40 Markdown, 2 HTML`, most first.
fn each(numbers: &BTreeMap<&'static str, usize>) -> String {
    let mut numbers: Vec<_> = numbers.iter().collect();
    numbers.sort_by_key(|(name, number)| (std::cmp::Reverse(**number), **name));
    let parts: Vec<String> = numbers
        .iter()
        .map(|(name, number)| format!("{number} {name}"))
        .collect();
    parts.join(", ")
}
