//! What kind of text a body is: decided by what it holds, and by the extension only where that is not enough.

use super::Kind;
use crate::{
    front_matter::{Dialect, FrontMatter},
    text::start_of,
};

/// How much of a body is looked at.
const HEAD: usize = 2048;

/// The kind of a body; `extension` in lower case.
pub(super) fn of(body: &str, extension: &str, front_matter: &FrontMatter) -> Kind {
    match extension {
        "html" | "htm" | "xhtml" => return Kind::Html,
        _ if is_page(body) => return Kind::Html,
        "md" | "markdown" | "mdx" | "rmd" | "qmd" => return Kind::Markdown,
        "org" | "rst" | "adoc" | "asciidoc" => return Kind::PlainText,
        _ => {}
    }
    let head = start_of(body, HEAD);
    if is_markup(head) {
        return Kind::Html;
    }
    match front_matter.dialect {
        Dialect::Yaml | Dialect::Toml | Dialect::Json => Kind::Markdown,
        _ if is_markdown(head) => Kind::Markdown,
        _ => Kind::PlainText,
    }
}

/// Whether a text is, or declares to be, a whole page: it may stand in a file of any name.
pub(super) fn is_page(text: &str) -> bool {
    let start = text.trim_start();
    let starts_with = |prefix: &str| {
        start
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    starts_with("<!doctype html") || starts_with("<html") || starts_with("<?xml") && start.contains("<html")
}

/// Elements that only a page of HTML is made of.
const BLOCKS: &[&str] = &[
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

/// At least three block tags, which make up more than a fiftieth of the text.
fn is_markup(head: &str) -> bool {
    let mut blocks = 0;
    let mut bytes = 0;
    for part in head.split('<').skip(1) {
        let name_end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        let name = part[..name_end].to_ascii_lowercase();
        if BLOCKS.binary_search(&name.as_str()).is_ok() {
            blocks += 1;
            bytes += part.find('>').unwrap_or(part.len()) + 2;
        }
    }
    blocks >= 3 && bytes * 50 > head.len()
}

/// At least two kinds of Markdown's marks.
fn is_markdown(head: &str) -> bool {
    let (mut heading, mut fence, mut list, mut quote) = (false, false, 0, false);
    let mut before = "";
    for line in head.lines() {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        heading |= (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        heading |= line.len() >= 3 && !before.trim().is_empty() && line.trim_end().bytes().all(|byte| byte == b'=');
        fence |= line.starts_with("```") || line.starts_with("~~~");
        list += usize::from(line.starts_with("- ") || line.starts_with("* "));
        quote |= line.starts_with("> ");
        before = line;
    }
    let link = head.contains("](");
    let strong = head.matches("**").count() >= 2;
    [heading, fence, list >= 2, quote, link, strong]
        .iter()
        .filter(|is_there| **is_there)
        .count()
        >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_told_by_looking() {
        let page = "<!DOCTYPE html>\n<html><body><p>x";
        let fragment = "<div><p>One</p><p>Two</p></div>";
        let marked = "# A heading\n\nWith a [link](/x).\n";
        let prose = "A title\n\nA sentence with <b>a tag</b> in it.\n";
        for (text, extension, kind) in [
            (page, "txt", Kind::Html),
            (page, "md", Kind::Html),
            (fragment, "txt", Kind::Html),
            (fragment, "md", Kind::Markdown),
            (marked, "txt", Kind::Markdown),
            (prose, "txt", Kind::PlainText),
            (prose, "md", Kind::Markdown),
            (prose, "html", Kind::Html),
        ] {
            assert_eq!(
                of(text, extension, &FrontMatter::default()),
                kind,
                "{extension}: {text}"
            );
        }
        assert!(BLOCKS.is_sorted());
    }
}
