//! What a page declares: title, language, `meta`, `link`, JSON-LD.

use crate::{
    html::{
        text_of,
        tree::{Element, NodeId},
    },
    text::collapse,
};

use super::{Declared, Meta, Page, json_ld, survey::Survey};

/// How many `meta` elements and JSON-LD blocks are kept: honest pages have a fifth of it.
const MAX_METAS: usize = 512;
const MAX_JSON_LD: usize = 64;

pub(super) fn read(survey: &Survey<'_>, page: &mut Page) {
    for &id in &survey.elements {
        let Some(element) = survey.tree.element(id) else {
            continue;
        };
        let declared = |raw: &str| {
            let text = collapse(raw);
            (!text.is_empty()).then(|| Declared {
                text,
                line: survey.line(id),
            })
        };
        let attribute = |name: &str| element.attribute(name).and_then(declared);
        match element.name() {
            "html" => page.lang = attribute("lang").or_else(|| attribute("xml:lang")),
            "title" if element.is_html() && page.title.is_none() => page.title = declared(&raw_text(survey, id)),
            "meta" if page.metas.len() < MAX_METAS => page.metas.extend(meta(survey, id, element)),
            "base" if page.base.is_none() => page.base = attribute("href"),
            "link" if page.canonical.is_none() && has_word(element, "rel", "canonical") => {
                page.canonical = attribute("href");
            }
            "script" if page.json_ld.len() < MAX_JSON_LD && is_json_ld(element) => {
                if let Some(value) = json_ld::read(&raw_text(survey, id)) {
                    page.json_ld.push((value, survey.line(id)));
                }
            }
            _ => {}
        }
    }
}

fn meta(survey: &Survey<'_>, id: NodeId, element: &Element) -> Option<Meta> {
    let name = ["property", "name", "itemprop", "http-equiv"]
        .into_iter()
        .find_map(|key| element.attribute(key).filter(|name| !name.trim().is_empty()))?;
    let content = collapse(element.attribute("content").or_else(|| element.attribute("value"))?);
    (!content.is_empty()).then(|| Meta {
        name: name.trim().to_ascii_lowercase(),
        content,
        line: survey.line(id),
    })
}

/// The text of an element that holds nothing else.
fn raw_text(survey: &Survey<'_>, id: NodeId) -> String {
    survey
        .tree
        .children(id)
        .filter_map(|child| survey.tree.text(child))
        .collect()
}

fn is_json_ld(element: &Element) -> bool {
    element
        .attribute("type")
        .is_some_and(|t| t.trim().to_ascii_lowercase().starts_with("application/ld+json"))
}

/// Whether a list of words, such as `rel`, has a word.
pub(super) fn has_word(element: &Element, attribute: &str, word: &str) -> bool {
    element
        .attribute(attribute)
        .is_some_and(|list| list.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
}

/// The text of an element as one line.
pub(super) fn line_of(survey: &Survey<'_>, id: NodeId) -> String {
    collapse(&text_of(survey.tree, id))
}
