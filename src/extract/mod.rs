//! From an [`Article`] to its metadata. One file per field: a table of the producers of candidates with the weight
//! that each has earned, and a parser. [`evidence::decide`] serves them all. Nothing here fails: it returns less,
//! and findings.

pub mod evidence;

use crate::{article::Article, finding::Finding, text::language::Language, time::WrittenDate, url::Url};
use evidence::Derived;

/// What is known beside the article.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The site's address, for making relative addresses absolute.
    pub site: Option<&'a Url>,
    /// More names for a field's key, from the configuration: (field, key).
    pub aliases: &'a [(String, String)],
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

/// Derives every field.
pub fn metadata(_article: &Article<'_>, _context: &Context<'_>) -> Metadata {
    Metadata::default()
}
