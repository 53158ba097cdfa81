//! Collects the articles that an import can match with entries: all public articles, even those that no feed will
//! contain.

use std::sync::Arc;

use super::matching::MatchKeys;
use crate::{
    compose::{self, Permalink},
    config::{Config, FeedSettings, Limits},
    extract::{self, evidence::Derived},
    front_matter::Value,
    ledger::{Ledger, Record},
    publish::{
        identify::{ArticleProperties, Records},
        shortlist::Shortlisted,
        survey::Survey,
    },
    render::Format,
    text::squash,
    time::Timestamp,
    url::Url,
};

/// A public article, with its ledger record if it has one.
pub(super) struct SiteArticle<'l> {
    pub(super) item: Arc<Shortlisted>,
    title: Option<Derived<String>>,
    /// The id that the article declares.
    pub(super) declared_id: Option<String>,
    declared_link: Option<Derived<String>>,
    slug: Option<String>,
    /// The article's path in the ledger, and its record.
    pub(super) recorded: Option<(&'l str, &'l Record)>,
}

/// A copy of the configuration with a single feed that contains everything, so that the survey keeps all public
/// articles.
pub(super) fn with_everything(config: &Config) -> Config {
    let limits = Limits {
        entries: usize::MAX,
        ..Limits::default()
    };
    let everything = FeedSettings {
        limits,
        ..FeedSettings::new(String::new(), Format::Rss)
    };
    Config {
        feeds: vec![everything],
        ..config.clone()
    }
}

/// The public articles of a survey, each with its record.
pub(super) fn collect<'l>(
    survey: &Survey,
    context: &extract::Context<'_>,
    ledger: &'l Ledger,
    config: &Config,
    now: Timestamp,
) -> Vec<SiteArticle<'l>> {
    let shortlisted = survey.shortlists.iter().flatten();
    let mut articles: Vec<SiteArticle<'_>> = shortlisted.map(|item| SiteArticle::new(item, context)).collect();
    let links: Vec<Permalink> = articles
        .iter()
        .map(|article| article.permalink(article.date(now), config))
        .collect();
    let properties = articles
        .iter()
        .zip(&links)
        .map(|(article, link)| article.item.properties(None, article.title.as_ref(), Some(link)));
    let properties: Vec<ArticleProperties<'_>> = properties.collect();
    let found = Records::new(ledger, config, context, now).find(&properties);
    for (article, path) in articles.iter_mut().zip(found.paths) {
        article.recorded = path.and_then(|path| Some((path, ledger.records.get(path)?)));
    }
    articles
}

impl SiteArticle<'_> {
    fn new(item: &Arc<Shortlisted>, context: &extract::Context<'_>) -> Self {
        let metadata = item.metadata(context);
        SiteArticle {
            item: Arc::clone(item),
            title: metadata.title,
            declared_id: metadata.id.map(|id| id.value.trim().to_owned()),
            declared_link: metadata.link,
            slug: metadata.slug,
            recorded: None,
        }
    }

    pub(super) fn title(&self) -> &str {
        self.title
            .as_ref()
            .map(|title| title.value.as_str())
            .unwrap_or_default()
    }

    pub(super) fn path(&self) -> &str {
        &self.item.article.path
    }

    /// The date that a permalink pattern uses.
    fn date(&self, now: Timestamp) -> Timestamp {
        self.item.published.unwrap_or(now)
    }

    /// The permalink that the entry gets if `published` is its publication date.
    pub(super) fn permalink(&self, published: Timestamp, config: &Config) -> Permalink {
        let slug = self.slug.as_deref();
        compose::permalink(self.declared_link.as_ref(), slug, self.path(), published, config)
    }

    pub(super) fn match_keys(&self, now: Timestamp, config: &Config) -> MatchKeys {
        let mut addresses = vec![self.permalink(self.date(now), config).url];
        addresses.extend(self.former_addresses(&config.site.url));
        let stem = self.path().rsplit_once('.').map_or(self.path(), |(stem, _)| stem);
        let (folders, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        // The address of `2026/spring/index.md` ends with the name of the folder, `spring`.
        let is_index = matches!(squash(name).as_str(), "index" | "readme");
        let name = if is_index {
            folders.rsplit('/').next().unwrap_or_default()
        } else {
            name
        };
        let names = [self.slug.as_deref().unwrap_or(name), without_date(name)];
        MatchKeys::from_article(&addresses, names, self.title(), self.item.published)
    }

    /// Earlier addresses from front matter: `aliases` (Hugo), `redirect_from` (jekyll-redirect-from).
    fn former_addresses(&self, site: &Url) -> Vec<Url> {
        let fields = self.item.article.front_matter.fields.iter();
        let former = fields.filter(|field| matches!(squash(&field.key).as_str(), "aliases" | "redirectfrom"));
        let texts = former.flat_map(|field| match &field.value {
            Value::List(items) => items.iter().filter_map(Value::text).collect(),
            value => value.text().into_iter().collect::<Vec<_>>(),
        });
        // In Obsidian, `aliases` are other titles of the note.
        let is_address = |text: &&str| text.starts_with('/') || text.contains("://");
        texts.filter(is_address).filter_map(|text| site.join(text)).collect()
    }
}

/// Removes a leading date: `2026-03-01-spring` becomes `spring`.
fn without_date(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' '));
    // If there are fewer digits than in a full date, they may be part of the name, as in `2024-review` or `100-days`.
    let digits = name[..name.len() - rest.len()].bytes().filter(u8::is_ascii_digit);
    if digits.count() < "20260301".len() { name } else { rest }
}
