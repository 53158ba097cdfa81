//! The articles as an import sees them: every one that is public, whether a feed of ours will hold it or not.

use std::sync::Arc;

use super::matching::Marks;
use crate::{
    compose::{
        self,
        identity::{self, Known},
    },
    config::{Config, FeedSettings, Limits},
    extract::{self, evidence::Derived},
    front_matter::Value,
    ledger::{Ledger, Record},
    publish::survey::{Shortlisted, Survey},
    render::Format,
    source::beside::lies_below,
    text::squash,
    time::Timestamp,
    url::Url,
};

/// An article, and what the ledger has of it.
pub(super) struct Here<'l> {
    pub(super) item: Arc<Shortlisted>,
    pub(super) title: String,
    /// The id that it gives itself.
    pub(super) own_id: Option<String>,
    own_link: Option<Derived<String>>,
    slug: Option<String>,
    /// Where the ledger has it, and as what.
    pub(super) known: Option<(&'l str, &'l Record)>,
}

/// The configuration with one feed that holds everything.
pub(super) fn of_everything(config: &Config) -> Config {
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

/// The public articles of a survey of everything.
pub(super) fn articles<'l>(
    survey: &Survey,
    context: &extract::Context<'_>,
    ledger: &'l Ledger,
    config: &Config,
    now: Timestamp,
) -> Vec<Here<'l>> {
    let shortlisted = survey.shortlists.iter().flatten();
    let mut articles: Vec<Here<'_>> = shortlisted.map(|item| here(item, context)).collect();
    let links: Vec<Url> = articles.iter().map(|here| here.link(here.day(now), config)).collect();
    let known = articles.iter().zip(&links).map(|(here, link)| Known {
        path: here.path(),
        fingerprint: here.item.fingerprint,
        own_id: None,
        link: Some(link.as_str()),
        title: Some(&here.title),
        published: here.item.published,
    });
    let known: Vec<Known<'_>> = known.collect();
    let recognized = identity::recognize(&known, ledger, |path| lies_below(&config.input.paths, path));
    for (here, path) in articles.iter_mut().zip(recognized) {
        here.known = path.and_then(|path| Some((path, ledger.records.get(path)?)));
    }
    articles
}

fn here<'l>(item: &Arc<Shortlisted>, context: &extract::Context<'_>) -> Here<'l> {
    let context = extract::Context {
        date_order: item.date_order,
        ..*context
    };
    let metadata = extract::metadata(&item.article, &context);
    Here {
        item: Arc::clone(item),
        title: metadata.title.map(|title| title.value).unwrap_or_default(),
        own_id: metadata.id.map(|id| id.value.trim().to_owned()),
        own_link: metadata.link,
        slug: metadata.slug,
        known: None,
    }
}

impl Here<'_> {
    pub(super) fn path(&self) -> &str {
        &self.item.article.path
    }

    /// Its date, for patterns of permalinks.
    fn day(&self, now: Timestamp) -> Timestamp {
        self.item.published.unwrap_or(now)
    }

    /// Its permalink, if it was published then.
    pub(super) fn link(&self, published: Timestamp, config: &Config) -> Url {
        let slug = self.slug.as_deref();
        let (link, _) = compose::link(self.own_link.as_ref(), slug, self.path(), published, config);
        link
    }

    pub(super) fn marks(&self, now: Timestamp, config: &Config) -> Marks {
        let mut addresses = vec![self.link(self.day(now), config)];
        addresses.extend(self.former_addresses(&config.site.url));
        let stem = self.path().rsplit_once('.').map_or(self.path(), |(stem, _)| stem);
        let (folders, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let is_index = matches!(squash(name).as_str(), "index" | "readme");
        let name = if is_index {
            folders.rsplit('/').next().unwrap_or_default()
        } else {
            name
        };
        let names = [self.slug.as_deref().unwrap_or(name), without_date(name)];
        Marks::of_article(&addresses, names, &self.title, self.item.published)
    }

    /// Where the front matter says that it was once: Hugo's `aliases`, Jekyll's `redirect_from`.
    fn former_addresses(&self, site: &Url) -> Vec<Url> {
        let fields = self.item.article.front_matter.fields.iter();
        let former = fields.filter(|field| matches!(squash(&field.key).as_str(), "aliases" | "redirectfrom"));
        let texts = former.flat_map(|field| match &field.value {
            Value::List(items) => items.iter().filter_map(Value::text).collect(),
            value => value.text().into_iter().collect::<Vec<_>>(),
        });
        // Obsidian has names under the same key.
        let is_address = |text: &&str| text.starts_with('/') || text.contains("://");
        texts.filter(is_address).filter_map(|text| site.join(text)).collect()
    }
}

/// `2026-03-01-spring` is `spring`.
fn without_date(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' '));
    let digits = name[..name.len() - rest.len()].bytes().filter(u8::is_ascii_digit);
    if digits.count() < "20260301".len() { name } else { rest }
}
