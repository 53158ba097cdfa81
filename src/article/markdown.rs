//! Markdown: what an article's body holds, and its HTML.

/// The parts of a Markdown body that metadata can be derived from.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Paragraphs of prose in order, as plain text: no lists, code, tables, images or raw HTML. The first twelve.
    pub paragraphs: Vec<Paragraph>,
    /// How many of `paragraphs` stand before an excerpt mark (`<!--more-->`), if there is one.
    pub excerpt: Option<usize>,
    /// Images in order. The first sixteen.
    pub images: Vec<Picture>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
    /// Whether nothing but images stands before it.
    pub leading: bool,
}

/// A paragraph of prose.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its plain text on one line.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
}

/// A picture in a body.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its address as written.
    pub src: String,
    /// Its text for those who do not see it.
    pub alt: String,
    /// Its caption, from `title` or `figcaption`.
    pub caption: Option<String>,
    /// Width in pixels, if stated.
    pub width: Option<u32>,
    /// Its line in the file.
    pub line: u32,
}

/// Reads what a body holds; `first_line` is the line of the file that it starts on.
pub fn outline(_body: &str, _first_line: u32) -> Outline {
    Outline::default()
}

/// The body as raw HTML (CommonMark, tables, footnotes, strikethrough, task lists), without a leading heading
/// that repeats `title`. Not yet safe to publish.
pub fn to_html(body: &str, _title: &str) -> String {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new(body));
    out
}
