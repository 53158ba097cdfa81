//! Categories: what the article lists under tags, keywords, topics and sections, in that order. None is invented.

use super::{
    Evidence, Name, defaults,
    evidence::{Derived, Found, Kind, Origin},
    json_ld::{self, Graph, Subject},
    keys::{Claim, written},
    page_meta, plain,
    wiki_link::{self, Part},
};
use crate::{
    article::Kind as Body,
    front_matter::Value,
    page::{Meta, Page},
    plain_text::Layout,
    text::collapse,
};

/// More than any reader shows; a page with more lists its whole site.
const MOST: usize = 100;
/// Bytes; what is longer is a text and no category.
const LONGEST: usize = 500;

/// Eleventy and its kin gather pages into collections by `tags`: these name the collection that the article stands in
/// and no topic, even where no other tag does. Under another key, as `category: blog`, the author means a category.
const COLLECTIONS: &[&str] = &["post", "posts", "all", "article", "articles", "blog"];

/// The article's categories, each once, in the order and spelling of the first place.
pub fn categories(evidence: &Evidence<'_>) -> Option<Derived<Vec<String>>> {
    defaults::unless_known(own(evidence), evidence, |defaults| {
        let categories = &defaults.categories;
        (!categories.is_empty()).then(|| (categories.clone(), categories.join(", ")))
    })
}

/// The categories that the article itself names.
fn own(evidence: &Evidence<'_>) -> Option<Derived<Vec<String>>> {
    let mut all: Vec<String> = Vec::new();
    let mut first: Option<(Origin, f32)> = None;
    let mut raws = Vec::new();
    let mut confirmed_by = Vec::new();
    for claim in evidence.claims(Name::Tags) {
        let before = all.len();
        match claim.value {
            Value::Scalar { text, .. } if separates_by_blanks(evidence, &claim, text) => {
                text.split_whitespace().for_each(|name| add(name, &mut all));
            }
            value => add_value(value, &mut all),
        }
        if claim.key == "tags" {
            let mut at = 0;
            all.retain(|name| {
                at += 1;
                at <= before || !COLLECTIONS.contains(&name.as_str())
            });
        }
        if all.len() == before {
            continue;
        }
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        raws.push(written(claim.value));
        match &first {
            None => first = Some((origin, claim.weight)),
            // Tags and categories add to each other: both are what the article is filed under.
            Some(_) => confirmed_by.push(origin),
        }
    }
    if first.is_none() && evidence.article.kind == Body::Html {
        return from_page(evidence.article.page());
    }
    if first.is_none() && evidence.article.kind == Body::PlainText {
        return from_layout(evidence.article.layout());
    }
    let (origin, weight) = first?;
    let mut found = Found::new();
    found.add(all, origin, &raws.join("; "), weight);
    let mut derived = found.decide(Vec::clone)?;
    derived.confirmed_by = confirmed_by;
    Some(derived)
}

/// Jekyll splits `tags: api xml` at blanks, and its articles name a `layout`; `category: Case studies` is one.
fn separates_by_blanks(evidence: &Evidence<'_>, claim: &Claim<'_>, text: &str) -> bool {
    let plural = matches!(claim.key.as_ref(), "tags" | "categories");
    let fields = &evidence.article.front_matter.fields;
    plural
        && !text.contains([',', ';', '#', '[', ':', '"', '\'', '、', '，'])
        && fields.iter().any(|field| field.key == "layout")
}

// How often each place lists exactly the tags of a page: html_real, 75 pages with known tags.

const METAS: &[(&str, f32)] = &[
    // 11 of 13
    ("article:tag", 0.846),
    // (0 pages, and 0 of 1 where it held codes) Made for other machines, as JSON-LD is.
    ("parsely-tags", 0.75),
    ("sailthru.tags", 0.5),
    // 2 of 4
    ("news_keywords", 0.5),
    // 3 of 12
    ("keywords", 0.25),
    // The sections of 6 of 15 pages with known sections, by themselves the tags of 1 of 13.
    ("article:section", 0.4),
];
/// 9 of 11.
const KEYWORDS_LD: f32 = 0.818;
/// The sections of 5 of 15 pages, the tags of 1 of 14.
const SECTION_LD: f32 = 0.33;
/// Links that the page itself calls its tags: 41 of 48.
const TAG_LINKS: f32 = 0.854;
/// More keywords than this are written for search engines.
const MOST_KEYWORDS: usize = 15;

fn from_page(page: &Page) -> Option<Derived<Vec<String>>> {
    let mut found = Found::new();
    let graph = Graph::of(page);
    for node in graph.about(Subject::Article).take(2) {
        for (key, weight) in [("keywords", KEYWORDS_LD), ("articleSection", SECTION_LD)] {
            let Some(value) = node.fields.get(key) else { continue };
            let texts: Vec<&str> = match value {
                serde_json::Value::Array(items) => items.iter().filter_map(json_ld::text).collect(),
                value => json_ld::text(value).into_iter().collect(),
            };
            keep(
                &texts,
                Origin::new(Kind::StructuredData, key, node.line),
                weight,
                &mut found,
            );
        }
    }
    if let Some(first) = page.tags.first() {
        let mut all = Vec::new();
        page.tags
            .iter()
            .for_each(|tag| add(tag.text.trim_start_matches('#'), &mut all));
        let raw: Vec<&str> = page.tags.iter().map(|tag| tag.text.as_str()).collect();
        found.add(
            all,
            Origin::new(Kind::Visible, "rel=tag", first.line),
            &raw.join(", "),
            TAG_LINKS,
        );
    }
    for (name, weight) in METAS {
        let metas: Vec<&Meta> = page_meta(page, name).take(MOST).collect();
        let texts: Vec<&str> = metas.iter().map(|meta| meta.content.as_str()).collect();
        let line = metas.first().map_or(0, |meta| meta.line);
        keep(&texts, Origin::new(Kind::Head, *name, line), *weight, &mut found);
    }
    found.decide(Vec::clone)
}

/// What a line that lists tags starts with, in the languages where themes write one.
const LABELS: &[&str] = &[
    "tags:",
    "tag:",
    "tagged:",
    "tagged with:",
    "filed under:",
    "keywords:",
    "topics:",
    "schlagwörter:",
    "schlagworte:",
    "schlagwort:",
    "stichworte:",
    "mots-clés:",
    "mots clés:",
    "étiquettes:",
    "etiquetas:",
    "palabras clave:",
    "tagi:",
    "теги:",
    "метки:",
    "etichette:",
    "trefwoorden:",
    "标签：",
    "标签:",
    "關鍵字：",
    "关键词：",
    "タグ：",
    "タグ:",
    "태그:",
    "etiketler:",
];
/// No set of texts with known tags measures it; as much as `news_keywords`, which say the same of a page.
const TAG_LINE: f32 = 0.7;

fn from_layout(layout: &Layout) -> Option<Derived<Vec<String>>> {
    let mut found = Found::new();
    for line in &layout.lines {
        let label = LABELS.iter().find(|label| {
            line.text
                .get(..label.len())
                .is_some_and(|head| head.to_lowercase() == **label)
        });
        let Some(label) = label else { continue };
        let mut all = Vec::new();
        split(&line.text[label.len()..])
            .into_iter()
            .for_each(|name| add(name, &mut all));
        let origin = Origin::new(Kind::Visible, *label, line.line);
        if all.len() > MOST_KEYWORDS {
            found.refuse(origin, &line.text, "too many to say what this text is about");
        } else if !all.is_empty() {
            found.add(all, origin, &line.text, TAG_LINE);
        }
    }
    found.decide(Vec::clone)
}

fn keep(texts: &[&str], origin: Origin, weight: f32, found: &mut Found<Vec<String>>) {
    let mut all = Vec::new();
    texts
        .iter()
        .flat_map(|text| split(text))
        .for_each(|name| add(name, &mut all));
    let raw = texts.join(", ");
    if all.len() > MOST_KEYWORDS {
        found.refuse(origin, &raw, "too many to say what this page is about");
    } else if !all.is_empty() {
        found.add(all, origin, &raw, weight);
    }
}

fn add_value(value: &Value, all: &mut Vec<String>) {
    let mut todo = vec![value];
    let mut steps = 0;
    while let Some(value) = todo.pop() {
        steps += 1;
        if steps > 10 * MOST {
            break;
        }
        match value {
            Value::Null => {}
            Value::Scalar { text, .. } => split(text).into_iter().for_each(|name| add(name, all)),
            Value::List(items) => todo.extend(items.iter().rev()),
            Value::Map(fields) => {
                let name = |key: &str| matches!(key.to_ascii_lowercase().as_str(), "name" | "title" | "label" | "term");
                match fields.iter().find(|field| name(&field.key)) {
                    Some(field) => todo.push(&field.value),
                    None => todo.extend(fields.iter().rev().map(|field| &field.value)),
                }
            }
        }
    }
}

/// A string that lists several: by commas, semicolons, Org's colons, or as `#a #b/c`.
pub(super) fn split(text: &str) -> Vec<&str> {
    let text = text.trim();
    if text.contains("[[") {
        let parts = wiki_link::parts(text).into_iter();
        return parts
            .flat_map(|part| match part {
                Part::Link(name) => vec![name],
                Part::Text(text) => split_plain(text),
            })
            .collect();
    }
    split_plain(text)
}

fn split_plain(text: &str) -> Vec<&str> {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    if text.starts_with('#') {
        return text.split([' ', ',']).map(|tag| tag.trim_start_matches('#')).collect();
    }
    if let Some(inner) = text.strip_prefix(':').and_then(|t| t.strip_suffix(':')) {
        return inner.split(':').collect();
    }
    text.split([',', ';', '、', '，', '；']).collect()
}

pub(super) fn add(name: &str, all: &mut Vec<String>) {
    if all.len() >= MOST || name.len() > LONGEST {
        return;
    }
    let name = collapse(name.trim().trim_matches(['"', '\'']));
    let lower = name.to_lowercase();
    let is_known = all.iter().any(|known| known.to_lowercase() == lower);
    if !name.is_empty() && !is_known && !plain::is_placeholder(&name) {
        all.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn lists_are_written_in_many_ways() {
        let cases: &[(&str, &[&str])] = &[
            ("a, b", &["a", " b"]),
            ("#a #b/c", &["a", "b/c"]),
            (":a:b:", &["a", "b"]),
            ("[a,b]", &["a", "b"]),
            ("旅行、雪", &["旅行", "雪"]),
            ("machine learning", &["machine learning"]),
            ("[[tea]]", &["", "tea", ""]),
            ("[[food/Green tea|matcha]]", &["", "matcha", ""]),
        ];
        for (text, expected) in cases {
            assert_eq!(&split(text), expected, "{text}");
        }
    }
}
