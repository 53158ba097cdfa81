//! An HTML article: one tree, from which every piece of evidence is collected that metadata can be derived from.
//!
//! `survey` walks it once and notes, for each element, what its names hint at and how much text is in it; `head`,
//! `evidence` and `main_text` read that.

mod bylines;
mod content;
mod evidence;
mod frame;
mod head;
mod hints;
mod json_ld;
mod main_text;
mod pictures;
mod signature;
mod survey;
mod times;

use crate::{
    html::parse,
    markdown::{Paragraph, Picture},
};
use survey::Survey;

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
    /// `<time>` elements, elements with a date-like class or itemprop, short texts with a year, in order.
    pub times: Vec<PageTime>,
    /// Elements that name an author: `rel=author`, itemprop, byline-like class.
    pub bylines: Vec<Byline>,
    /// Texts of `<a rel=tag>`, outside of lists of related pages.
    pub tags: Vec<Declared>,
    /// Pictures of the main text.
    pub images: Vec<Picture>,
    /// Paragraphs of the main text, boilerplate left out. The first twelve.
    pub paragraphs: Vec<Paragraph>,
    /// The main text as raw HTML. Not yet safe to publish.
    pub content: String,
    /// Whether it is a whole page, with its frame, and not only the HTML of an article's body.
    pub is_whole: bool,
    /// Which limit the page exceeds, in words; what is beyond is not read.
    pub limit: Option<&'static str>,
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
    /// All of its text.
    pub whole: String,
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
    /// Whether all of it is a link to another address: a teaser, or the title of an entry on a front page.
    pub is_link: bool,
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
    /// Whether the date opens what it shows, perhaps after a label such as `Published`.
    pub opens: bool,
    /// Inside a side bar, footer, list of related pages or comments.
    pub in_furniture: bool,
    /// How many elements away from the headline, in document order.
    pub distance: u32,
    /// What makes it a date.
    pub place: TimePlace,
}

/// What makes an element a [`PageTime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePlace {
    /// `<time>`.
    Element,
    /// An `itemprop`, or `pubdate`.
    Property,
    /// A date-like class or id.
    Class,
    /// Nothing but its text: short, with a year in it.
    Text,
}

/// An element that names an author.
#[derive(Debug, Clone)]
pub struct Byline {
    /// The names in it where they are marked as such, else all that it shows.
    pub text: String,
    /// All that it shows, labels included: `By Jane Roe on Tuesday`.
    pub whole: String,
    /// Whether the names in it are marked as such, by class, itemprop or a link to a profile.
    pub is_marked: bool,
    /// Its line in the file.
    pub line: u32,
    /// What makes it one.
    pub place: BylinePlace,
    /// Inside a side bar, footer, list of related pages or comments.
    pub in_furniture: bool,
    /// How many elements away from the headline, in document order.
    pub distance: u32,
}

/// What makes an element a [`Byline`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BylinePlace {
    /// `itemprop=author`, or the name in it.
    Property,
    /// `rel=author`.
    Relation,
    /// A byline-like class or id.
    Class,
    /// Nothing but its text: short, with a label such as `By` before a name.
    Text,
}

/// Whether a line names author, date or reading time by their labels, and says nothing else: `By Jane Roe · 3 May 2026`.
pub fn is_signature(line: &str) -> bool {
    signature::is_signature(line, signature::Names::Known(&[]))
}

/// Reads a page; `first_line` is the line of the file that it starts on.
pub fn page(body: &str, first_line: u32) -> Page {
    let tree = parse::document(body);
    let survey = Survey::of(&tree, first_line);
    let mut page = Page {
        is_whole: tree.is_page,
        limit: tree.limit,
        ..Page::default()
    };
    head::read(&survey, &mut page);
    evidence::read(&survey, &mut page);
    main_text::read(&survey, &mut page);
    page
}
