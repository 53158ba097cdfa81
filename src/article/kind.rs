//! Detects the kind of a body from its content and the file extension.
//!
//! In real folders, `.txt` files may contain Markdown, and files with any extension may contain complete HTML pages.

use super::Kind;
use crate::{
    front_matter::{Dialect, FrontMatter},
    text::start_of,
};

/// The number of bytes at the start of a body that are searched for HTML fragments and Markdown syntax.
const EXAMINED_BYTES: usize = 2048;

/// Detects the kind of a body; `extension` is in lowercase.
pub(super) fn detect(body: &str, extension: &str, front_matter: &FrontMatter) -> Kind {
    match extension {
        // Site generators such as Jekyll and Eleventy accept `.html` files that contain only a fragment of a page.
        "html" | "htm" | "xhtml" => return Kind::Html,
        _ if is_page(body) => return Kind::Html,
        // Markdown may contain any HTML elements, so a file with one of these extensions is treated as HTML only if it
        // is a complete page.
        "md" | "markdown" | "mdx" | "rmd" | "qmd" => return Kind::Markdown,
        // Feedwright has no parser for these markup languages, so it reads them as plain text.
        "org" | "rst" | "adoc" | "asciidoc" => return Kind::PlainText,
        _ => {}
    }
    let start = start_of(body, EXAMINED_BYTES);
    if is_html_fragment(start) {
        return Kind::Html;
    }
    match front_matter.dialect {
        // Fenced front matter shows that the article was written for a site generator. Such articles are Markdown
        // unless they are HTML.
        Dialect::Yaml | Dialect::Toml | Dialect::Json => Kind::Markdown,
        _ if is_markdown(start) => Kind::Markdown,
        _ => Kind::PlainText,
    }
}

/// Whether the text is a complete HTML or XHTML page.
fn is_page(text: &str) -> bool {
    let start = text.trim_start();
    let starts_with = |prefix: &str| {
        start
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    // Other XML documents, such as feeds, also start with an XML declaration.
    starts_with("<!doctype html") || starts_with("<html") || starts_with("<?xml") && start.contains("<html")
}

/// Elements that Markdown and plain text rarely contain, unlike `b` or `img`.
const BLOCK_ELEMENTS: &[&str] = &[
    "article",
    "blockquote",
    "body",
    "div",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "li",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "td",
    "title",
    "tr",
    "ul",
];

/// Whether the text is a fragment of HTML: it contains at least three start tags of block elements, and these tags make
/// up more than 2% of the text.
fn is_html_fragment(start: &str) -> bool {
    let mut blocks = 0;
    let mut bytes = 0;
    for part in start.split('<').skip(1) {
        let name_end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        let name = part[..name_end].to_ascii_lowercase();
        if BLOCK_ELEMENTS.binary_search(&name.as_str()).is_ok() {
            blocks += 1;
            bytes += part.find('>').unwrap_or(part.len()) + 2;
        }
    }
    blocks >= 3 && bytes * 50 > start.len()
}

/// Whether the text contains at least two kinds of Markdown syntax. A single kind may be a coincidence: plain text may
/// contain lists too.
fn is_markdown(start: &str) -> bool {
    let (mut heading, mut fence, mut list, mut quote) = (false, false, 0, false);
    let mut previous = "";
    for line in start.lines() {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        heading |= (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        // A heading may be underlined with `=`. A line of `-` does not count as an underline, because it may also be a
        // thematic break.
        heading |= line.len() >= 3 && !previous.trim().is_empty() && line.trim_end().bytes().all(|byte| byte == b'=');
        fence |= line.starts_with("```") || line.starts_with("~~~");
        list += usize::from(line.starts_with("- ") || line.starts_with("* "));
        quote |= line.starts_with("> ");
        previous = line;
    }
    let link = start.contains("](");
    let strong = start.matches("**").count() >= 2;
    [heading, fence, list >= 2, quote, link, strong]
        .iter()
        .filter(|is_present| **is_present)
        .count()
        >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_depends_on_content_before_extension() {
        let page = "<!DOCTYPE html>\n<html><body><p>x";
        let fragment = "<div><p>One</p><p>Two</p></div>";
        let markdown = "# A heading\n\nWith a [link](/x).\n";
        let prose = "A title\n\nA sentence with <b>a tag</b> in it.\n";
        for (text, extension, kind) in [
            (page, "txt", Kind::Html),
            (page, "md", Kind::Html),
            (fragment, "txt", Kind::Html),
            (fragment, "md", Kind::Markdown),
            (markdown, "txt", Kind::Markdown),
            (prose, "txt", Kind::PlainText),
            (prose, "md", Kind::Markdown),
            (prose, "html", Kind::Html),
        ] {
            assert_eq!(
                detect(text, extension, &FrontMatter::default()),
                kind,
                "{extension}: {text}"
            );
        }
        assert!(BLOCK_ELEMENTS.is_sorted());
    }
}
