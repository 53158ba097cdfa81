//! Derives the metadata of an [`Article`].
//!
//! There is one file for each field. It collects candidates, each with a weight, from front matter, page, text, path
//! and configuration; [`evidence::decide`] chooses among them. Extraction never fails: what cannot be read is left out,
//! and reported as a finding.
//!
//! # Weights
//!
//! The weight of an origin is the share of articles for which it gives the right value, measured on labeled articles:
//!
//! - 498 HTML pages of real sites: the title of 331 is known, the day of 352, the authors of 182, the description of
//!   150, the tags of 75;
//! - 796 Markdown posts of 21 real sites, with and without their front matter;
//! - 580 texts scraped from news pages: 405 contain their title, 283 their day, 143 their authors.
//!
//! A comment such as `128 of 136` gives the number of right values and of all values of the origin; on a page with
//! several, the first counts. An origin that is too rare to be counted has the weight of the most similar one, or is
//! set by hand; its comment says so. Whoever adds an origin measures it in the same way.
//!
//! The articles belong to their sites and are not part of this repository. `tests/weights/origins.py` measures every
//! origin on any folder of labeled articles, and marks the weights that the new figures contradict.

mod author;
mod categories;
mod date;
mod defaults;
mod enclosure;
pub mod evidence;
mod file_name;
mod id;
mod image;
mod json_ld;
mod keys;
mod language;
mod link;
mod malformed;
pub mod order;
mod plain;
mod site;
mod state;
mod summary;
mod title;
mod wiki_link;

pub use author::authors;
pub use categories::categories;
pub use date::{published, updated};
pub use defaults::Defaults;
pub use enclosure::enclosures;
pub use id::id;
pub use image::image;
pub use language::language;
pub use link::{link, slug};
pub use state::{draft, expires, minor, reannounce};
pub use summary::summary;
pub use title::title;

use crate::{
    article::{Article, Kind},
    finding::{Finding, Location, Severity, article as rules},
    page::{Meta, Page},
    source::git::History,
    text::language::Language,
    time::{WrittenDate, written::DateOrder},
    url::Url,
};
use evidence::Derived;
use keys::{Keys, MatchedKey, Target};

/// What extraction uses besides the article itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The site's address, which relative addresses are resolved against.
    pub site: Option<&'a Url>,
    /// Further keys for fields, from the configuration: (field, key).
    pub aliases: &'a [(String, String)],
    /// Values for the articles of a folder that have none of their own, from the configuration.
    pub defaults: &'a [Defaults],
    /// When files were committed, if the configuration allows this to date articles without a date.
    pub history: Option<&'a History>,
    /// The order of day and month, if other dates of the folder prove one.
    pub date_order: Option<DateOrder>,
}

/// An article with its front matter keys sorted by field: the argument of every function of this module.
///
/// Making one costs only the sorting of the keys; the body is parsed when a field first needs it.
#[derive(Debug)]
pub struct Evidence<'a> {
    article: &'a Article<'a>,
    context: &'a Context<'a>,
    keys: Keys<'a>,
}

impl<'a> Evidence<'a> {
    /// Looks up every front matter key once.
    pub fn new(article: &'a Article<'a>, context: &'a Context<'a>) -> Self {
        let keys = Keys::new(&article.front_matter, context.aliases);
        Evidence { article, context, keys }
    }

    /// The front matter keys that set a field, the preferred one first.
    fn keys_for(&self, target: Target) -> Vec<MatchedKey<'a>> {
        self.keys.matching(target)
    }
}

/// All fields of one article.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The title; if the article has none, the start of the lead, with low confidence.
    pub title: Option<Derived<String>>,
    /// When readers could first see it.
    pub published: Option<Derived<WrittenDate>>,
    /// The last significant change, if later than `published`.
    pub updated: Option<Derived<WrittenDate>>,
    /// A short plain text that represents the article.
    pub summary: Option<Derived<String>>,
    /// The authors.
    pub authors: Option<Derived<Vec<Author>>>,
    /// The permalink, repaired; may be relative to the site.
    pub link: Option<Derived<String>>,
    /// The last part of the permalink, if front matter has a `slug`.
    pub slug: Option<String>,
    /// The main picture.
    pub image: Option<Derived<Picture>>,
    /// Tags and categories, in the order of the article.
    pub categories: Option<Derived<Vec<String>>>,
    /// The language.
    pub language: Option<Derived<Language>>,
    /// The id from front matter, as written.
    pub id: Option<Derived<String>>,
    /// Whether the article is a draft; `None` if nothing says so or denies it.
    pub draft: Option<Derived<bool>>,
    /// When the article is to be removed from the feeds.
    pub expires: Option<Derived<WrittenDate>>,
    /// Attached files, such as podcast episodes.
    pub enclosures: Option<Derived<Vec<EnclosureSource>>>,
    /// Problems with the values.
    pub findings: Vec<Finding>,
}

/// An author as the article names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// An e-mail address, if given.
    pub email: Option<String>,
    /// A page, if given.
    pub url: Option<String>,
}

/// The main picture as the article describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Its address; may be relative.
    pub src: String,
    /// The alternative text.
    pub alt: Option<String>,
    /// The caption.
    pub caption: Option<String>,
    /// The photographer or artist.
    pub credit: Option<String>,
    /// The address of the photographer or artist, or of the source.
    pub credit_url: Option<String>,
    /// The name of its license, as written.
    pub license: Option<String>,
    /// The address of its license.
    pub license_url: Option<String>,
}

/// An attached file as the article describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnclosureSource {
    /// Its address; may be relative.
    pub src: String,
    /// Its size in bytes, if stated.
    pub length: Option<u64>,
    /// Its media type, if stated.
    pub media_type: Option<String>,
    /// Its title, if stated.
    pub title: Option<String>,
}

/// The `meta` elements of a page with this name or property, in order.
fn page_meta<'a>(page: &'a Page, name: &str) -> impl Iterator<Item = &'a Meta> {
    page.metas.iter().filter(move |meta| meta.name == name)
}

/// Reports a page that exceeds a limit and was read only in part. The part within the limit is published.
fn page_limit(article: &Article<'_>) -> Option<Finding> {
    let limit = (article.kind == Kind::Html).then(|| article.page().limit).flatten()?;
    let mut finding = Finding::new(&rules::LIMIT, Location::file(), format!("read only in part: {limit}"));
    finding.severity = Severity::Warning;
    Some(finding.help("remove markup that visitors never see: scripts that write markup, generated wrappers"))
}

/// Derives every field.
pub fn metadata(article: &Article<'_>, context: &Context<'_>) -> Metadata {
    let evidence = Evidence::new(article, context);
    let mut findings = Vec::new();
    // The summary is compared with the title, and the update with the publication, so these come first.
    let title = title(&evidence, &mut findings);
    let published = published(&evidence, &mut findings);
    let updated = updated(&evidence, published.as_ref(), &mut findings);
    findings.extend(page_limit(article));
    findings.extend(malformed::values(&evidence));
    Metadata {
        summary: summary(&evidence, title.as_ref()),
        authors: authors(&evidence),
        link: link(&evidence, &mut findings),
        slug: slug(&evidence),
        image: image(&evidence, &mut findings),
        categories: categories(&evidence),
        language: language(&evidence),
        id: id(&evidence),
        draft: draft(&evidence, &mut findings),
        expires: expires(&evidence, &mut findings),
        enclosures: enclosures(&evidence, &mut findings),
        title,
        published,
        updated,
        findings,
    }
}
