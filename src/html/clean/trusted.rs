//! Writes the author's HTML with almost all elements and attributes. Comments are dropped, addresses are made absolute,
//! and tags are closed.

use crate::{
    html::{
        address,
        tree::{Element, ROOT, Step, Tree},
    },
    url::Url,
};

use super::{escape, push_xml_chars, writer::MAX_DEPTH};

/// Writes a tree. Attributes are left out if a parser would misread their names. The tags of an element are left out if
/// a parser would misread the element's name, if the element is nested too deeply, or if it is an `html`, `head` or
/// `body` element.
pub(super) fn write(tree: &Tree, base: &Url) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    // The first `bool` says whether the tags of an open element are written; the second, whether its text is written
    // without escaping.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                if let Some(text) = tree.text(id) {
                    match open.last() {
                        // Parsers do not decode entities in elements such as `script`, so an escaped script would not
                        // run.
                        Some((_, true)) => push_xml_chars(text, &mut out),
                        _ => escape(text, &mut out),
                    }
                    continue;
                }
                let Some(element) = tree.element(id) else { continue };
                let name = name_of(element);
                // Readers show the entry as part of a page, so the entry must not contain the tags of a whole page.
                let is_written = depth < MAX_DEPTH && is_plain(name) && !matches!(name, "html" | "head" | "body");
                open.push((is_written, is_written && is_raw(element, name)));
                if !is_written {
                    continue;
                }
                start_tag(element, name, base, &mut out);
                if is_void(element) {
                    walk.skip_children();
                    continue;
                }
                depth += 1;
                let starts_with_line_feed = || {
                    tree.first_child(id)
                        .and_then(|c| tree.text(c))
                        .is_some_and(|t| t.starts_with('\n'))
                };
                // A parser drops a line feed directly after these start tags, so the line feed must be written twice.
                if matches!(name, "pre" | "listing" | "textarea") && element.is_html() && starts_with_line_feed() {
                    out.push('\n');
                }
            }
            Step::Leave(id) => {
                let Some(element) = tree.element(id) else { continue };
                if let Some((true, _)) = open.pop()
                    && !is_void(element)
                {
                    depth -= 1;
                    out.push_str("</");
                    out.push_str(name_of(element));
                    out.push('>');
                }
            }
        }
    }
    out
}

fn start_tag(element: &Element, name: &str, base: &Url, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (attribute, raw) in element.attributes() {
        if !is_plain(attribute) {
            continue;
        }
        out.push(' ');
        out.push_str(attribute);
        out.push_str("=\"");
        let absolute = match attribute {
            "href" | "src" | "poster" | "cite" | "data" | "action" | "formaction" | "background" | "longdesc" => {
                address::link(raw, base)
            }
            "srcset" => address::source_set(raw, base),
            _ => None,
        };
        // An address that cannot be made absolute is kept unchanged, because this level allows even `javascript:`.
        escape(absolute.as_deref().unwrap_or(raw), out);
        out.push('"');
    }
    out.push('>');
}

/// The element name to write. `plaintext` becomes `pre`, because `plaintext` has no end tag: the rest of the page would
/// become part of the element.
fn name_of(element: &Element) -> &str {
    match element.name() {
        "plaintext" => "pre",
        name => name,
    }
}

/// Whether a parser would read a name in a tag exactly as it was written.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
}

fn is_raw(element: &Element, name: &str) -> bool {
    element.is_html()
        && matches!(
            name,
            "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript"
        )
}

fn is_void(element: &Element) -> bool {
    element.is_html()
        && matches!(
            element.name(),
            "area"
                | "base"
                | "basefont"
                | "bgsound"
                | "br"
                | "col"
                | "embed"
                | "frame"
                | "hr"
                | "img"
                | "input"
                | "keygen"
                | "link"
                | "meta"
                | "param"
                | "source"
                | "track"
                | "wbr"
        )
}
