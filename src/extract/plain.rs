//! Values of the front matter as plain text: inline Markdown and HTML gone, what only a template wrote refused.

use crate::{html, text::collapse};

/// The text of a value that may hold inline markup.
pub(super) fn text_of(raw: &str) -> String {
    let mut text = if has_markup(raw) {
        html::to_text(&keep_words_in_angles(raw))
    } else {
        raw.to_owned()
    };
    if text.contains("](") {
        text = without_links(&text);
    }
    without_breaks(&collapse(&text.replace("**", "")))
}

/// Text without soft hyphens and zero-width blanks: they are hints for breaking lines, and make equal words differ.
pub(super) fn without_breaks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}')).collect()
}

/// Elements that people write into titles and descriptions; `<InputAccessoryView>` is a word and not one of them.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "div", "em", "font", "i", "img", "ins",
    "kbd", "mark", "p", "q", "ruby", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "var", "wbr",
];

/// Whether there is an entity, or a tag of a known inline element.
fn has_markup(raw: &str) -> bool {
    let entity = raw.split('&').skip(1).any(|rest| {
        rest.find(';').is_some_and(|end| {
            (2..=10).contains(&end) && rest[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        })
    });
    entity || raw.split('<').skip(1).any(opens_inline_tag)
}

/// Whether what follows a `<` is the tag of a known inline element.
fn opens_inline_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.contains('>') && INLINE.iter().any(|name| rest[..end].eq_ignore_ascii_case(name))
}

/// The text with every `<` escaped that opens no known tag, so that a reader of HTML keeps `<InputAccessoryView>`.
fn keep_words_in_angles(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for (at, piece) in raw.split('<').enumerate() {
        if at > 0 {
            out.push_str(if opens_inline_tag(piece) { "<" } else { "&lt;" });
        }
        out.push_str(piece);
    }
    out
}

/// `[text](address)` as `text`.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let Some(open) = rest[..middle].rfind('[') else {
            out.push_str(&rest[..middle + 2]);
            rest = &rest[middle + 2..];
            continue;
        };
        let Some(close) = rest[middle..].find(')') else { break };
        out.push_str(rest[..open].trim_end_matches('!'));
        out.push_str(&rest[open + 1..middle]);
        rest = &rest[middle + close + 1..];
    }
    out.push_str(rest);
    out
}

/// What stands where nobody has written a value yet.
pub(super) fn is_placeholder(text: &str) -> bool {
    const PLACEHOLDERS: &[&str] = &[
        "tbd",
        "tba",
        "todo",
        "n/a",
        "none",
        "null",
        "nil",
        "undefined",
        "~",
        "-",
        "xxx",
        "untitled",
        "untitled post",
        "my new post",
        "new post",
        "lorem ipsum",
        "insert title here",
        "your title here",
        "description",
        "title",
    ];
    let text = text.trim();
    let lower = text.to_lowercase();
    PLACEHOLDERS.contains(&lower.as_str()) || is_template(text)
}

/// `{{ .Date }}`, `<% tp.file.title %>`: a template that was never filled in.
pub(super) fn is_template(text: &str) -> bool {
    (text.contains("{{") && text.contains("}}"))
        || (text.contains("<%") && text.contains("%>"))
        || (text.contains("{%") && text.contains("%}"))
        || text.starts_with("${")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_markup_goes_and_words_in_angles_stay() {
        let cases = [
            (
                "Building <InputAccessoryView> For React",
                "Building <InputAccessoryView> For React",
            ),
            ("Photo by [Ann](https://x.org/a)", "Photo by Ann"),
            ("**Bold** claim", "Bold claim"),
            (
                "Building <HarborMap> for <em>sailors</em>",
                "Building <HarborMap> for sailors",
            ),
            ("R&amp;D", "R&D"),
            ("a [b", "a [b"),
            ("x](y [z](w) end", "x](y z end"),
            ("R&D; and more", "R&D; and more"),
        ];
        for (raw, text) in cases {
            assert_eq!(text_of(raw), text, "{raw}");
        }
    }
}
