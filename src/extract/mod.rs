//! From an [`Article`] to its metadata. One file per field: a table of the producers of candidates with the weight
//! that each has earned, and a parser. [`evidence::decide`] serves them all. Nothing here fails: it returns less,
//! and findings.

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
use keys::{Claim, Keys, Name};

/// What is known beside the article.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The site's address, for making relative addresses absolute.
    pub site: Option<&'a Url>,
    /// More names for a field's key, from the configuration: (field, key).
    pub aliases: &'a [(String, String)],
    /// What articles of a folder are when they say nothing, from the configuration.
    pub defaults: &'a [Defaults],
    /// When files were committed, if the configuration lets that date articles without a date of their own.
    pub history: Option<&'a History>,
    /// The order of day and month that other dates of the folder prove.
    pub date_order: Option<DateOrder>,
}

/// An article with the keys of its front matter sorted by what they speak of: what every function here reads.
///
/// Sorting the keys is all that this costs; the body is parsed when a field first needs it.
#[derive(Debug)]
pub struct Evidence<'a> {
    article: &'a Article<'a>,
    context: &'a Context<'a>,
    keys: Keys<'a>,
}

impl<'a> Evidence<'a> {
    /// Looks at each key once.
    pub fn of(article: &'a Article<'a>, context: &'a Context<'a>) -> Self {
        let keys = Keys::of(&article.front_matter, context.aliases);
        Evidence { article, context, keys }
    }

    fn claims(&self, name: Name) -> Vec<Claim<'a>> {
        self.keys.of_name(name)
    }
}

/// Everything derived from one article.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The title; derived from the lead, with low confidence, where the article has none.
    pub title: Option<Derived<String>>,
    /// When readers could first see it.
    pub published: Option<Derived<WrittenDate>>,
    /// The last change worth telling readers about.
    pub updated: Option<Derived<WrittenDate>>,
    /// Short plain text.
    pub summary: Option<Derived<String>>,
    /// Who wrote it.
    pub authors: Option<Derived<Vec<Author>>>,
    /// The permalink, repaired; may be relative to the site.
    pub link: Option<Derived<String>>,
    /// The last part of the permalink that the article asks for, where it names no whole one.
    pub slug: Option<String>,
    /// The main picture.
    pub image: Option<Derived<Picture>>,
    /// Classifications, in order.
    pub categories: Option<Derived<Vec<String>>>,
    /// The language.
    pub language: Option<Derived<Language>>,
    /// The article's own id, as written.
    pub id: Option<Derived<String>>,
    /// Whether the article says that it is not to be published.
    pub draft: Option<Derived<bool>>,
    /// When it stops being published.
    pub expires: Option<Derived<WrittenDate>>,
    /// Files offered with it.
    pub enclosures: Option<Derived<Vec<EnclosureSource>>>,
    /// What is wrong with the values that were found.
    pub findings: Vec<Finding>,
}

/// An author as an article names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name.
    pub name: String,
    /// An e-mail address, if given.
    pub email: Option<String>,
    /// A page, if given.
    pub url: Option<String>,
}

/// The main picture as an article names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Its address, may be relative.
    pub src: String,
    /// For those who do not see it.
    pub alt: Option<String>,
    /// What it shows.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
    /// The address of who made it.
    pub credit_url: Option<String>,
    /// The name of its licence, as written.
    pub license: Option<String>,
    /// The address of its licence.
    pub license_url: Option<String>,
}

/// A file offered with an article, as the article names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnclosureSource {
    /// Its address, may be relative.
    pub src: String,
    /// In bytes, if stated.
    pub length: Option<u64>,
    /// Its media type, if stated.
    pub media_type: Option<String>,
    /// Its title, if stated.
    pub title: Option<String>,
}

/// The metas of a page with such a name, in order.
fn page_meta<'a>(page: &'a Page, name: &str) -> impl Iterator<Item = &'a Meta> {
    page.metas.iter().filter(move |meta| meta.name == name)
}

/// Tells of a page that is read in part: what lies within the limit is published.
fn limit_of_page(article: &Article<'_>) -> Option<Finding> {
    let limit = (article.kind == Kind::Html).then(|| article.page().limit).flatten()?;
    let mut finding = Finding::new(&rules::LIMIT, Location::file(), format!("read in part: {limit}"));
    finding.severity = Severity::Warning;
    Some(finding.help("remove what no reader sees: scripts that write markup, generated wrappers"))
}

/// Derives every field.
pub fn metadata(article: &Article<'_>, context: &Context<'_>) -> Metadata {
    let evidence = Evidence::of(article, context);
    let mut findings = Vec::new();
    let title = title(&evidence, &mut findings);
    let published = published(&evidence, &mut findings);
    let updated = updated(&evidence, published.as_ref(), &mut findings);
    findings.extend(limit_of_page(article));
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
