//! HTML articles: collects a page's main text and everything from which metadata can be derived.
//!
//! `analysis` examines the tree once. For each element, it determines what the class and id suggest and how much text
//! the element contains. The other files use these facts: `head` collects what the page declares, `visible` collects
//! what it shows (headlines, dates, bylines, tags), and `main_text` finds the article's text without the boilerplate
//! around it. This module does not choose between several dates or names; `extract` does.

mod analysis;
mod bylines;
mod content;
mod exclusions;
mod head;
mod header_lines;
mod hints;
mod json_ld;
mod main_text;
mod metadata_line;
mod pictures;
mod times;
mod visible;

use crate::{
    body::{Paragraph, Picture},
    html::parse,
};
use analysis::Analysis;
use metadata_line::UnlabeledNames;

/// What a page declares and shows, in document order.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// `<html lang>`.
    pub lang: Option<Declared>,
    /// `<title>`.
    pub title: Option<Declared>,
    /// `<meta name|property|itemprop|http-equiv=… content=…>`, with the name in lowercase.
    pub metas: Vec<Meta>,
    /// `<link rel=canonical>`.
    pub canonical: Option<Declared>,
    /// `<base href>`.
    pub base: Option<Declared>,
    /// Each JSON-LD block that could be parsed, with its line.
    pub json_ld: Vec<(serde_json::Value, u32)>,
    /// Visible headline candidates: `h1` to `h3`, `itemprop=headline`, and elements with a title-like class.
    pub headlines: Vec<Headline>,
    /// `<time>` elements, elements with a date-like class or itemprop, and elements with short text that contains a
    /// year.
    pub times: Vec<PageTime>,
    /// Elements that name an author, identified by `rel=author`, an itemprop, a byline-like class, or their text.
    pub bylines: Vec<Byline>,
    /// The text of each `<a rel=tag>` element.
    pub tags: Vec<Declared>,
    /// The first sixteen pictures in the main text or right next to it.
    pub images: Vec<Picture>,
    /// The first twelve paragraphs of the main text, without boilerplate.
    pub paragraphs: Vec<Paragraph>,
    /// The main text as raw HTML, which is not yet safe to publish.
    pub content: String,
    /// Whether the file is a complete page, with navigation and the like, rather than only the HTML of an article's
    /// body.
    pub is_whole: bool,
    /// A description of the limit that the page exceeds, if any. The part of the page beyond the limit was not read.
    pub limit: Option<&'static str>,
}

/// A piece of text that a page declares, and its line in the file.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The text, with entities decoded and white space collapsed.
    pub text: String,
    /// The line in the file.
    pub line: u32,
}

/// A `meta` element.
#[derive(Debug, Clone)]
pub struct Meta {
    /// The name in lowercase: `og:title`.
    pub name: String,
    /// The content, with entities decoded and white space collapsed.
    pub content: String,
    /// The line in the file.
    pub line: u32,
}

/// A visible headline.
#[derive(Debug, Clone)]
pub struct Headline {
    /// The text of the element, without the kickers, subtitles, dates and bylines inside the element.
    pub text: String,
    /// The full text of the element.
    pub full_text: String,
    /// 1 to 4 for `h1` to `h4`, 0 for any other element.
    pub level: u8,
    /// The line in the file.
    pub line: u32,
    /// Whether the element has `itemprop=headline` or `itemprop=name`.
    pub itemprop: bool,
    /// Whether the element has a title-like class.
    pub title_class: bool,
    /// Whether the element is inside an `article` or `main` element, or inside an equivalent element.
    pub in_article: bool,
    /// Whether the element is inside boilerplate, such as a sidebar, a footer, navigation, a list of related pages,
    /// readers' comments or a dialog.
    pub in_boilerplate: bool,
    /// Whether at least nine tenths of the text is a link, as in a teaser for another page or the site's banner.
    pub is_link: bool,
}

/// An element that shows or declares a date.
#[derive(Debug, Clone)]
pub struct PageTime {
    /// The text of the element.
    pub text: String,
    /// The value of the `datetime` or `content` attribute, or of a similar attribute.
    pub datetime: Option<String>,
    /// The line in the file.
    pub line: u32,
    /// The `itemprop` or `property` that marks the element as a date, such as `datePublished`; `pubdate` if the element
    /// has that attribute instead.
    pub itemprop: Option<String>,
    /// Whether the element's class, itemprop or label says "updated".
    pub updated: bool,
    /// Whether the element's text starts with a date, possibly after a label such as `Published`.
    pub opens: bool,
    /// Whether the element is inside boilerplate, such as a sidebar or readers' comments. The article's own footer does
    /// not count as boilerplate.
    pub in_boilerplate: bool,
    /// The distance from the headline in document order, counted in elements.
    pub distance: u32,
    /// Why the element counts as a date.
    pub kind: TimeKind,
}

/// Why an element counts as a [`PageTime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// `<time>`.
    Element,
    /// An `itemprop`, `property` or `pubdate` attribute.
    Property,
    /// A date-like class or id.
    Class,
    /// A short text that contains a year. No markup identifies the date.
    Text,
}

/// An element that names an author.
#[derive(Debug, Clone)]
pub struct Byline {
    /// The names that have their own markup, joined by commas. If there are none, the full text.
    pub text: String,
    /// The full text, including labels: `By Jane Roe on Tuesday`. Empty if the text is too long for a byline.
    pub full_text: String,
    /// Whether the names are marked up as names, by a class, an itemprop or a link to a profile.
    pub is_marked: bool,
    /// The line in the file.
    pub line: u32,
    /// Why the element counts as a byline.
    pub kind: BylineKind,
    /// Whether the element is inside boilerplate, such as a sidebar or readers' comments. The article's own footer does
    /// not count as boilerplate.
    pub in_boilerplate: bool,
    /// The distance from the headline in document order, counted in elements.
    pub distance: u32,
}

/// Why an element counts as a [`Byline`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BylineKind {
    /// `itemprop=author` or `itemprop=creator`.
    Property,
    /// `rel=author`.
    Relation,
    /// A byline-like class or id.
    Class,
    /// A short text that starts with a label such as `By`. No markup identifies the byline.
    Text,
}

/// Whether a line contains only metadata: a labeled author, a date, a reading time, or several of these, as in `By Jane
/// Roe · 3 May 2026`.
pub fn is_metadata_line(line: &str) -> bool {
    metadata_line::is_metadata_line(line, UnlabeledNames::Only(&[]))
}

/// Reads a page that starts on line `first_line` of its file.
pub fn page(body: &str, first_line: u32) -> Page {
    let tree = parse::document(body);
    let analysis = Analysis::new(&tree, first_line);
    let mut page = Page {
        is_whole: tree.is_page,
        limit: tree.limit,
        ..Page::default()
    };
    // The order matters: the first two steps find the authors, and the last step uses them to exclude lines that only
    // repeat an author.
    head::read(&analysis, &mut page);
    visible::read(&analysis, &mut page);
    main_text::read(&analysis, &mut page);
    page
}
