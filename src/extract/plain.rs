//! Converts front matter values to plain text: removes inline Markdown and HTML, and recognizes placeholders and
//! templates.

use crate::{html, text::collapse};

/// The plain text of a value that may contain inline markup.
pub(super) fn text_of(raw: &str) -> String {
    // Most values contain no markup, so they do not need the HTML parser.
    let mut text = if has_markup(raw) {
        html::to_text(&escape_other_angles(raw))
    } else {
        raw.to_owned()
    };
    if text.contains("](") {
        text = without_links(&text);
    }
    // A single `*` or `_` is kept, because it also occurs in text without markup: `5 * 3`, `snake_case`.
    without_breaks(&collapse(&text.replace("**", "")))
}

/// Removes soft hyphens and zero-width spaces. They only mark possible line breaks, but would make equal words compare
/// as different.
pub(super) fn without_breaks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}')).collect()
}

/// Elements that authors use in titles and descriptions. Anything else in angle brackets is text, such as
/// `<InputAccessoryView>` in the title of an article about programming.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "div", "em", "font", "i", "img", "ins",
    "kbd", "mark", "p", "q", "ruby", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
    "var", "wbr",
];

/// Whether the text contains an entity or the tag of an [`INLINE`] element.
fn has_markup(raw: &str) -> bool {
    let entity = raw.split('&').skip(1).any(|rest| {
        rest.find(';').is_some_and(|end| {
            // `R&D;` is not an entity: the shortest entity names have two letters, as in `&lt;`.
            (2..=10).contains(&end) && rest[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        })
    });
    entity || raw.split('<').skip(1).any(opens_inline_tag)
}

/// Whether the text after a `<` starts the tag of an [`INLINE`] element.
fn opens_inline_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.contains('>') && INLINE.iter().any(|name| rest[..end].eq_ignore_ascii_case(name))
}

/// Escapes every `<` that does not start the tag of an [`INLINE`] element, so that the HTML parser keeps
/// `<InputAccessoryView>`.
fn escape_other_angles(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for (at, piece) in raw.split('<').enumerate() {
        if at > 0 {
            out.push_str(if opens_inline_tag(piece) { "<" } else { "&lt;" });
        }
        out.push_str(piece);
    }
    out
}

/// Replaces `[text](address)` with `text`.
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
        // `![text](address)` is a picture, which is replaced with its alternative text.
        out.push_str(rest[..open].trim_end_matches('!'));
        out.push_str(&rest[open + 1..middle]);
        rest = &rest[middle + close + 1..];
    }
    out.push_str(rest);
    out
}

/// Whether the text is a placeholder for a value that was never filled in.
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
        // `~` means `null` in YAML. It is listed here, because this function receives values as text.
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

/// Whether the text contains a template placeholder that was never filled in: `{{ .Date }}`, `<% tp.file.title %>`.
pub(super) fn is_template(text: &str) -> bool {
    // These are, in order: the delimiters of Go templates and Liquid, those of ERB and Obsidian's Templater, those of
    // Liquid tags, and the start of a placeholder in JavaScript.
    (text.contains("{{") && text.contains("}}"))
        || (text.contains("<%") && text.contains("%>"))
        || (text.contains("{%") && text.contains("%}"))
        || text.starts_with("${")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_markup_is_removed_and_words_in_angle_brackets_are_kept() {
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
