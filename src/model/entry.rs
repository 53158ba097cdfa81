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
    /// `guid` / `id` / `id`. Required, unique on the site, never changed: readers key on it. RSS and JSON Feed use the
    /// id's name, Atom uses its URI.
    pub id: Id,
    /// The permalink: `link` / `link rel=alternate` / `url`. Required.
    pub link: Url,
    /// `title`. Required: Thunderbird drops an Atom entry without one, gPodder an RSS item.
    pub title: PlainText,
    /// `pubDate` / `published` / `date_published`. Required; never before [`Timestamp::EARLIEST`].
    pub published: Timestamp,
    /// `atom:updated` / `updated` / `date_modified`. Required; never before `published`.
    pub updated: Timestamp,
    /// `description` / `summary` / `summary`.
    pub summary: Option<PlainText>,
    /// `content:encoded` / `content type=html` / `content_html`. JSON Feed needs content or summary.
    pub content: Option<Html>,
    /// `dc:creator` each / `author` each / `authors`. At least one: the article's authors, or the site's.
    pub authors: Vec<Person>,
    /// `category` each / `category` each / `tags`.
    pub categories: Vec<Category>,
    /// `media:content` / `media:content` / `image`.
    pub image: Option<Image>,
    /// `enclosure` (only the first) / `link rel=enclosure` each / `attachments`.
    pub enclosures: Vec<Enclosure>,
    /// – / `xml:lang` of title, summary and content / `language`.
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
