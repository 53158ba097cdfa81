//! An HTML article: one pass over the document collects every piece of evidence that metadata can be derived from.

use super::markdown::{Paragraph, Picture};

/// What a page declares and shows.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// `<html lang>`.
    pub lang: Option<Declared>,
    /// `<title>`.
    pub title: Option<Declared>,
    /// `<meta name|property|itemprop|http-equiv=… content=…>` in order; `name` in lower case.
    pub metas: Vec<Meta>,
    /// `<link rel=canonical>`.
    pub canonical: Option<Declared>,
    /// `<base href>`.
    pub base: Option<Declared>,
    /// Each JSON-LD block that parses, with its line.
    pub json_ld: Vec<(serde_json::Value, u32)>,
    /// Headline candidates that are visible: h1 to h3, `itemprop=headline`, elements with a title-like class.
    pub headlines: Vec<Headline>,
    /// `<time>` elements, elements with a date-like class or itemprop, in order.
    pub times: Vec<PageTime>,
    /// Elements that name an author: `rel=author`, itemprop, byline-like class.
    pub bylines: Vec<Declared>,
    /// Pictures of the main text.
    pub images: Vec<Picture>,
    /// Paragraphs of the main text, boilerplate left out. The first twelve.
    pub paragraphs: Vec<Paragraph>,
    /// The main text as raw HTML. Not yet safe to publish.
    pub content: String,
}

/// A text and the line of the file it stands on.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The text, entities decoded, white space collapsed.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
}

/// A `meta` element.
#[derive(Debug, Clone)]
pub struct Meta {
    /// In lower case: `og:title`.
    pub name: String,
    /// Entities decoded, white space collapsed.
    pub content: String,
    /// Its line in the file.
    pub line: u32,
}

/// A visible headline.
#[derive(Debug, Clone)]
pub struct Headline {
    /// Its text, without kickers and subtitles inside of it.
    pub text: String,
    /// 1 to 6; 0 if it is no heading element.
    pub level: u8,
    /// Its line in the file.
    pub line: u32,
    /// `itemprop=headline` or `name`.
    pub itemprop: bool,
    /// A title-like class.
    pub title_class: bool,
    /// Inside `article` or `main`.
    pub in_article: bool,
    /// Inside a side bar, footer, navigation, list of related pages, comments or a dialog.
    pub in_furniture: bool,
}

/// An element that shows or declares a date.
#[derive(Debug, Clone)]
pub struct PageTime {
    /// What it shows.
    pub text: String,
    /// Its `datetime` or `content` attribute.
    pub datetime: Option<String>,
    /// Its line in the file.
    pub line: u32,
    /// `datePublished`, `dateModified` or `pubdate`.
    pub itemprop: Option<String>,
    /// Says "updated" in its class, itemprop or label.
    pub updated: bool,
    /// Inside a side bar, footer, list of related pages or comments.
    pub in_furniture: bool,
    /// How many elements away from the headline, in document order.
    pub distance: u32,
}

/// Reads a page; `first_line` is the line of the file that it starts on.
pub fn page(_body: &str, _first_line: u32) -> Page {
    Page::default()
}
