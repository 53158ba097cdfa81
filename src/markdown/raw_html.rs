//! Images and headings written as raw HTML in Markdown.

use crate::{
    body::Picture,
    html,
    text::{collapse, start_of},
};

/// The maximum number of bytes to read from a caption or heading. Without a limit, an element that is never closed
/// would extend to the end of the body.
const MAX_TEXT: usize = 2048;

/// The first 16 `img` elements in raw HTML that starts on line `line` of the file.
pub(super) fn images(raw: &str, line: u32) -> Vec<Picture> {
    let mut found = Vec::new();
    let mut rest = raw;
    let mut line = line;
    while let Some(at) = rest.find("<img") {
        line += u32::try_from(memchr::memchr_iter(b'\n', &rest.as_bytes()[..at]).count()).unwrap_or(0);
        rest = &rest[at + "<img".len()..];
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        let text = |name| attribute(tag, name).map(|value| collapse(&html::to_text(value)));
        found.push(Picture {
            src: attribute(tag, "src").unwrap_or_default().to_owned(),
            alt: text("alt").unwrap_or_default(),
            caption: text("title")
                .or_else(|| caption(rest))
                .filter(|caption| !caption.is_empty()),
            width: attribute(tag, "width").and_then(|width| width.trim_end_matches("px").trim().parse().ok()),
            line,
        });
        if found.len() >= 16 {
            break;
        }
    }
    found
}

/// The text of the first `figcaption` element before the end of the figure.
fn caption(rest: &str) -> Option<String> {
    let figure = &rest[..rest.find("</figure").unwrap_or(rest.len())];
    let from = figure.find("<figcaption")?;
    let inner = &figure[from + figure[from..].find('>')? + 1..];
    let inner = start_of(&inner[..inner.find("</figcaption").unwrap_or(inner.len())], MAX_TEXT);
    Some(collapse(&html::to_text(inner)))
}

/// The value of the attribute `name` in a tag, as written.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = tag[from..].find(name) {
        let start = from + at;
        from = start + name.len();
        // Skip a match at the end of a longer name, such as `data-src`.
        let is_whole = tag[..start].ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let Some(value) = tag[from..].trim_start().strip_prefix('=').filter(|_| is_whole) else {
            continue;
        };
        let value = value.trim_start();
        return match value.as_bytes().first()? {
            quote @ (b'"' | b'\'') => value[1..].split(*quote as char).next(),
            // An unquoted value may contain slashes (HTML standard, section 13.2.5.37).
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next(),
        };
    }
    None
}

/// The level and text of the first `h1` or `h2` element in raw HTML.
pub(super) fn heading(raw: &str) -> Option<(u8, String)> {
    let (level, at) = [(1, "<h1"), (2, "<h2")]
        .iter()
        .filter_map(|(level, tag)| Some((*level, raw.find(tag)?)))
        .min_by_key(|(_, at)| *at)?;
    let inner = &raw[at + raw[at..].find('>')? + 1..];
    let inner = start_of(&inner[..inner.find("</h").unwrap_or(inner.len())], MAX_TEXT);
    let text = collapse(&html::to_text(inner));
    (!text.is_empty()).then_some((level, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_images_and_headings_are_read() {
        let raw = "<figure>\n<img class=\"x\" data-src=\"no\" src='a.png' alt=\"A &amp; b\" width=400>\n<figcaption>Of <b>it</b></figcaption></figure>";
        let found = images(raw, 7);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (
                found[0].src.as_str(),
                found[0].alt.as_str(),
                found[0].width,
                found[0].line
            ),
            ("a.png", "A & b", Some(400), 8)
        );
        assert_eq!(found[0].caption.as_deref(), Some("Of it"));
        assert_eq!(images("<img src=/pictures/a.png alt=A>", 1)[0].src, "/pictures/a.png");
        assert_eq!(heading("<h1 align=center>\n<b>T</b></h1>"), Some((1, "T".to_owned())));
    }
}
