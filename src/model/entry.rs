use super::{Enclosure, Image, Person};
use crate::{
    html::Html,
    text::{PlainText, language::Language},
    time::Timestamp,
    url::{Id, Url},
};

/// One article as subscribers see it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `guid` / `id` / `id`. Required, unique on the site, and never changed, because readers use the id to recognize
    /// the entry. RSS and JSON Feed use the name of the id, or its URI if it has no name; Atom always uses the URI.
    pub id: Id,
    /// The permalink: `link` / `link rel=alternate` / `url`. Required.
    pub link: Url,
    /// `title`. Required: Thunderbird drops an Atom entry without a title, and gPodder drops an RSS item without a
    /// title.
    pub title: PlainText,
    /// `pubDate` / `published` / `date_published`. Required; never before [`Timestamp::EARLIEST`].
    pub published: Timestamp,
    /// `atom:updated` / `updated` / `date_modified`. Required; never before `published`.
    pub updated: Timestamp,
    /// `description` / `summary` / `summary`.
    pub summary: Option<PlainText>,
    /// `content:encoded` / `content type=html` / `content_html`. JSON Feed requires content, so if an entry has none,
    /// its summary or title becomes `content_text`.
    pub content: Option<Html>,
    /// One `dc:creator` per author / one `author` per author / `authors`. At least one: the article's authors, or else
    /// the site's.
    pub authors: Vec<Person>,
    /// One `category` per value / one `category` per value / `tags`.
    pub categories: Vec<Category>,
    /// `media:content` / `media:content` / `image`.
    pub image: Option<Image>,
    /// `enclosure` for the first file only / one `link rel=enclosure` per file / `attachments`.
    pub enclosures: Vec<Enclosure>,
    /// – / `xml:lang` on the title, summary and content / `language`.
    pub language: Option<Language>,
    /// `dc:rights` / `rights` / –.
    pub rights: Option<PlainText>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// `category` / `category@term` / a tag. Required.
    pub term: PlainText,
    /// `category@domain` / `category@scheme` / –.
    pub scheme: Option<Url>,
}
