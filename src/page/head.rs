//! Reads what a page declares: its title and language, its `meta` and `link` elements, and its JSON-LD.

use crate::{
    html::tree::{Element, NodeId},
    text::collapse,
};

use super::{Declared, Meta, Page, analysis::Analysis, json_ld};

/// Limits that protect against hostile pages. Real pages reach at most about a fifth of each limit.
const MAX_METAS: usize = 512;
const MAX_JSON_LD: usize = 64;
/// The maximum size of all JSON-LD blocks together, in bytes. The limit is this low because a two-byte JSON value takes
/// about fifty bytes of memory.
const MAX_JSON_LD_BYTES: usize = 1024 * 1024;

pub(super) fn read(analysis: &Analysis<'_>, page: &mut Page) {
    let mut json_ld_bytes = 0;
    for &id in &analysis.elements {
        let Some(element) = analysis.tree.element(id) else {
            continue;
        };
        let declared = |raw: &str| {
            let text = collapse(raw);
            (!text.is_empty()).then(|| Declared {
                text,
                line: analysis.line(id),
            })
        };
        let attribute = |name: &str| element.attribute(name).and_then(declared);
        match element.name() {
            // An XHTML page may have `xml:lang` without `lang`.
            "html" => page.lang = attribute("lang").or_else(|| attribute("xml:lang")),
            // An `svg` can contain a `title` too, for example an icon's tooltip.
            "title" if element.is_html() && page.title.is_none() => page.title = declared(&raw_text(analysis, id)),
            "meta" if page.metas.len() < MAX_METAS => page.metas.extend(meta(analysis, id, element)),
            // The HTML standard says to ignore all `base` elements except the first.
            "base" if page.base.is_none() => page.base = attribute("href"),
            "link" if page.canonical.is_none() && element.has_word("rel", "canonical") => {
                page.canonical = attribute("href");
            }
            "script" if page.json_ld.len() < MAX_JSON_LD && is_json_ld(element) => {
                let text = raw_text(analysis, id);
                json_ld_bytes += text.len();
                if json_ld_bytes > MAX_JSON_LD_BYTES {
                    page.limit = page.limit.or(Some("more than 1 MiB of JSON-LD"));
                } else if let Some(value) = json_ld::read(&text) {
                    page.json_ld.push((value, analysis.line(id)));
                }
            }
            _ => {}
        }
    }
}

fn meta(analysis: &Analysis<'_>, id: NodeId, element: &Element) -> Option<Meta> {
    // Open Graph names belong in `property` and other names in `name`, but templates often confuse these two
    // attributes.
    let name = ["property", "name", "itemprop", "http-equiv"]
        .into_iter()
        .find_map(|key| element.attribute(key).filter(|name| !name.trim().is_empty()))?;
    let content = collapse(element.attribute("content").or_else(|| element.attribute("value"))?);
    (!content.is_empty()).then(|| Meta {
        name: name.trim().to_ascii_lowercase(),
        content,
        line: analysis.line(id),
    })
}

/// The text of an element that contains only text, such as `title` or `script`.
fn raw_text(analysis: &Analysis<'_>, id: NodeId) -> String {
    analysis
        .tree
        .children(id)
        .filter_map(|child| analysis.tree.text(child))
        .collect()
}

fn is_json_ld(element: &Element) -> bool {
    element
        .attribute("type")
        // The type may have parameters: `application/ld+json; charset=utf-8`.
        .is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}
