//! Derives the metadata of an [`Article`].
//!
//! Each field has its own file, which collects weighted candidates from the front matter, the page, the text, the path
//! and the configuration; [`evidence::decide`] chooses among them. Extraction never fails: values that cannot be read
//! are ignored and reported as findings.
//!
//! # Weights
//!
//! An origin's weight is the share of its values that are right, measured on labeled articles:
//!
//! - 498 HTML pages from real sites: 331 have a known title, 352 a known day of publication, 182 known authors, 150 a
//!   known description, and 75 known tags;
//! - 796 Markdown posts from 21 real sites, with and without their front matter;
//! - 580 texts scraped from news pages: 405 contain their title, 283 their day of publication, and 143 their authors.
//!
//! A comment such as `128 of 136` means that 128 of the origin's 136 values are right; if a page has several values
//! from the same origin, only the first one counts. An origin that is too rare to measure has the weight of the most
//! similar origin, or a weight set by hand; the comment on the weight says which of the two. Measure each new origin in
//! the same way.
//!
//! The articles are copyrighted by their sites, so this repository does not contain them. `tests/weights/origins.py`
//! measures every origin on any folder of labeled articles, and marks the weights that the new figures contradict.

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

/// What extraction uses in addition to the article.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The site's address, used to resolve relative addresses.
    pub site: Option<&'a Url>,
    /// Additional front matter keys from the configuration, as (field, key) pairs.
    pub aliases: &'a [(String, String)],
    /// Configured values for the articles in a folder. They apply to the fields for which an article gives no value, or
    /// only a guess.
    pub defaults: &'a [Defaults],
    /// The commit dates of files, if the configuration allows Feedwright to use them for articles without a date.
    pub history: Option<&'a History>,
    /// The day-month order, if other dates in the folder prove it.
    pub date_order: Option<DateOrder>,
}

/// An article, with its front matter keys matched to fields. Every function that derives a field takes an `Evidence`.
///
/// Creating an `Evidence` only looks up the keys; the body is parsed when a field first needs it.
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

    /// The front matter keys that set a field, in order of preference.
    fn keys_for(&self, target: Target) -> Vec<MatchedKey<'a>> {
        self.keys.matching(target)
    }
}

/// All fields of one article.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The title. If the article has no title, this is the start of the lead, with low confidence.
    pub title: Option<Derived<String>>,
    /// When readers could first see the article.
    pub published: Option<Derived<WrittenDate>>,
    /// When the article last changed significantly, if that is later than `published`.
    pub updated: Option<Derived<WrittenDate>>,
    /// Short plain text that represents the article.
    pub summary: Option<Derived<String>>,
    /// The authors.
    pub authors: Option<Derived<Vec<Author>>>,
    /// The permalink, repaired. It may be relative to the site.
    pub link: Option<Derived<String>>,
    /// The last part of the permalink, from `slug` in front matter.
    pub slug: Option<String>,
    /// The main picture.
    pub image: Option<Derived<Picture>>,
    /// Tags and categories, in the order in which the article lists them.
    pub categories: Option<Derived<Vec<String>>>,
    /// The language.
    pub language: Option<Derived<Language>>,
    /// The id from front matter, as written.
    pub id: Option<Derived<String>>,
    /// Whether the article is a draft; `None` if the article does not say.
    pub draft: Option<Derived<bool>>,
    /// When the article should be removed from the feeds.
    pub expires: Option<Derived<WrittenDate>>,
    /// Attached files, such as podcast episodes.
    pub enclosures: Option<Derived<Vec<EnclosureSource>>>,
    /// Problems found in the values.
    pub findings: Vec<Finding>,
}

/// An author, as named in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// An e-mail address, if given.
    pub email: Option<String>,
    /// The author's web page, if given.
    pub url: Option<String>,
}

/// The main picture, as described by the article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// The picture's address, which may be relative.
    pub src: String,
    /// The alternative text.
    pub alt: Option<String>,
    /// The caption.
    pub caption: Option<String>,
    /// The photographer or artist.
    pub credit: Option<String>,
    /// The web address of the photographer, the artist or the source.
    pub credit_url: Option<String>,
    /// The license name, as written.
    pub license: Option<String>,
    /// The license's address.
    pub license_url: Option<String>,
}

/// An attached file, as described by the article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnclosureSource {
    /// The file's address, which may be relative.
    pub src: String,
    /// The file's size in bytes, if stated.
    pub length: Option<u64>,
    /// The media type, if stated.
    pub media_type: Option<String>,
    /// The file's title, if stated.
    pub title: Option<String>,
}

/// The page's `meta` elements with this name or property, in order.
fn page_meta<'a>(page: &'a Page, name: &str) -> impl Iterator<Item = &'a Meta> {
    page.metas.iter().filter(move |meta| meta.name == name)
}

/// Reports a page that exceeds a limit. Only part of such a page is read, and that part is published.
fn page_limit(article: &Article<'_>) -> Option<Finding> {
    let limit = (article.kind == Kind::Html).then(|| article.page().limit).flatten()?;
    let mut finding = Finding::new(
        &rules::LIMIT,
        Location::file(),
        format!("only part of the page was read: {limit}"),
    );
    // The rule's default severity, `error`, is meant for articles that cannot be published at all.
    finding.severity = Severity::Warning;
    Some(
        finding.help("remove what visitors never see, such as generated wrapper elements or scripts that write markup"),
    )
}

/// Derives every field.
pub fn metadata(article: &Article<'_>, context: &Context<'_>) -> Metadata {
    let evidence = Evidence::new(article, context);
    let mut findings = Vec::new();
    // The title and the published date are derived first, because the summary is compared with the title, and the
    // updated date is compared with the published date.
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
