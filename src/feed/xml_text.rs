//! Text in XML: escaped, or as XHTML elements.

use std::borrow::Cow;

use super::value::{LazyRange, Text, TextKind};
use super::xml::{Content, Element};

/// The text of an element. `kind` applies only if the element has no child elements. Child elements are treated as
/// XHTML even if `kind` says otherwise, because some generators forget to escape HTML.
pub(super) fn text(element: Element<'_>, kind: TextKind) -> Text<'_> {
    let (value, kind) = match element.children().next() {
        None => (element.text(), kind),
        Some(_) => {
            let mut html = String::new();
            push_html(element, &mut html);
            (Cow::Owned(html), TextKind::Html)
        }
    };
    Text {
        value,
        kind,
        range: LazyRange::TextOf(element),
    }
}

/// Appends the content of an element as HTML. Attributes are omitted, because they do not change the text.
// The recursion is bounded by `xml::MAX_DEPTH`.
fn push_html(element: Element<'_>, html: &mut String) {
    let text = element.document().text();
    let mut end = element.range().end;
    for node in element.contents() {
        // The tree does not contain white space between elements, so look for it in the document.
        let between = text.get(end..node.range().start).unwrap_or("");
        if between.starts_with(char::is_whitespace) || between.ends_with(char::is_whitespace) {
            html.push(' ');
        }
        end = node.range().end;
        match node {
            Content::Text(text) => push_escaped(text.value, html),
            Content::Element(child) => {
                // Prefixes are omitted: HTML has no namespaces.
                html.extend(["<", child.name(), ">"]);
                push_html(child, html);
                html.extend(["</", child.name(), ">"]);
            }
        }
    }
}

fn push_escaped(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            _ => html.push(c),
        }
    }
}
