//! The categories: the tags, keywords, topics and sections that an article declares, in the article's order. Categories
//! are never invented.

use super::{
    Evidence, Target, defaults,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
    json_ld::{self, Graph, Subject},
    keys::{MatchedKey, display_value},
    page_meta, plain,
    wiki_link::{self, Part},
};
use crate::{
    article::Kind,
    front_matter::Value,
    page::{Meta, Page},
    plain_text::Layout,
    text::collapse,
};

/// The maximum number of categories. Further categories are ignored, because a page with more categories probably lists
/// all categories of its site.
const MAX_CATEGORIES: usize = 100;
/// The maximum length of a category, in bytes. Anything longer is running text.
const MAX_LEN: usize = 500;

/// Tags that are not topics. Eleventy and similar generators use `tags` to group pages into collections, so these words
/// in `tags` are names of collections, even if there are no other tags. Under another key, as in `category: blog`, they
/// are categories.
const COLLECTIONS: &[&str] = &["post", "posts", "all", "article", "articles", "blog"];

/// The article's categories, without duplicates. A name that occurs several times keeps its first position and
/// spelling.
pub fn categories(evidence: &Evidence<'_>) -> Option<Derived<Vec<String>>> {
    defaults::or_default(from_article(evidence), evidence, |defaults| {
        let categories = &defaults.categories;
        (!categories.is_empty()).then(|| (categories.clone(), categories.join(", ")))
    })
}

/// The categories that the article itself declares.
fn from_article(evidence: &Evidence<'_>) -> Option<Derived<Vec<String>>> {
    let mut all: Vec<String> = Vec::new();
    let mut first: Option<(Origin, f32)> = None;
    let mut raws = Vec::new();
    let mut confirmed_by = Vec::new();
    for key in evidence.keys_for(Target::Tags) {
        let before = all.len();
        match key.value {
            Value::Scalar { text, .. } if is_separated_by_spaces(evidence, &key, text) => {
                text.split_whitespace().for_each(|name| add(name, &mut all));
            }
            value => add_value(value, &mut all),
        }
        if key.path == "tags" {
            // Only names that this key added are removed: under another key, the same word is a category.
            let mut at = 0;
            all.retain(|name| {
                at += 1;
                at <= before || !COLLECTIONS.contains(&name.as_str())
            });
        }
        if all.len() == before {
            continue;
        }
        let origin = Origin::new(OriginKind::FrontMatter, key.path.clone(), key.line);
        raws.push(display_value(key.value));
        match &first {
            None => first = Some((origin, key.weight)),
            // Tags and categories are combined, because feed readers treat both the same way.
            Some(_) => confirmed_by.push(origin),
        }
    }
    if first.is_none() && evidence.article.kind == Kind::Html {
        return from_page(evidence.article.page());
    }
    if first.is_none() && evidence.article.kind == Kind::PlainText {
        return from_layout(evidence.article.layout());
    }
    let (origin, weight) = first?;
    let mut found = CandidateSet::new();
    found.add(all, origin, &raws.join("; "), weight);
    let mut derived = found.decide(Vec::clone)?;
    derived.confirmed_by = confirmed_by;
    Some(derived)
}

/// Whether the names are separated by spaces. Jekyll splits `tags: api xml` at the space, but not `category: Case
/// studies`. An article with the key `layout` is assumed to be written for Jekyll.
fn is_separated_by_spaces(evidence: &Evidence<'_>, key: &MatchedKey<'_>, text: &str) -> bool {
    let plural = matches!(key.path.as_ref(), "tags" | "categories");
    let fields = &evidence.article.front_matter.fields;
    plural
        && !text.contains([',', ';', '#', '[', ':', '"', '\'', '、', '，'])
        && fields.iter().any(|field| field.key == "layout")
}

// A weight is the share of pages on which the origin lists exactly the page's tags. The shares were counted on the 75
// pages whose tags are known, out of 498 labeled HTML pages. The set is small, and the weights depend on whether the
// labels count a section as a tag, so all weights may change with a larger set.

const METAS: &[(&str, f32)] = &[
    // 11 of 13
    ("article:tag", 0.846),
    // These two weights were set by hand, because none of these pages contains `parsely-tags`, and the only
    // `sailthru.tags` element contains codes. Like JSON-LD, these elements are written for programs.
    ("parsely-tags", 0.75),
    ("sailthru.tags", 0.5),
    // 2 of 4
    ("news_keywords", 0.5),
    // 3 of 12
    ("keywords", 0.25),
    // On 6 of the 15 pages whose section is known, the value is the page's section. On 1 of 13 pages, it is the page's
    // only tag.
    ("article:section", 0.4),
];
/// `keywords` in JSON-LD: right on 9 of 11 pages.
const KEYWORDS_LD: f32 = 0.818;
/// `articleSection` in JSON-LD. On 5 of 15 pages, the value is the page's section. On 1 of 14 pages, it is the page's
/// only tag.
const SECTION_LD: f32 = 0.33;
/// Links that the page marks as its tags: right on 41 of 48 pages.
const TAG_LINKS: f32 = 0.854;
/// The maximum number of keywords. Longer lists are written for search engines.
const MOST_KEYWORDS: usize = 15;

fn from_page(page: &Page) -> Option<Derived<Vec<String>>> {
    let mut found = CandidateSet::new();
    let graph = Graph::new(page);
    for node in graph.about(Subject::Article).take(2) {
        for (key, weight) in [("keywords", KEYWORDS_LD), ("articleSection", SECTION_LD)] {
            let Some(value) = node.fields.get(key) else { continue };
            let texts: Vec<&str> = match value {
                serde_json::Value::Array(items) => items.iter().filter_map(json_ld::text).collect(),
                value => json_ld::text(value).into_iter().collect(),
            };
            add_or_reject(
                &texts,
                Origin::new(OriginKind::StructuredData, key, node.line),
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
            Origin::new(OriginKind::Visible, "rel=tag", first.line),
            &raw.join(", "),
            TAG_LINKS,
        );
    }
    for (name, weight) in METAS {
        let metas: Vec<&Meta> = page_meta(page, name).take(MAX_CATEGORIES).collect();
        let texts: Vec<&str> = metas.iter().map(|meta| meta.content.as_str()).collect();
        let line = metas.first().map_or(0, |meta| meta.line);
        add_or_reject(&texts, Origin::new(OriginKind::Head, *name, line), *weight, &mut found);
    }
    found.decide(Vec::clone)
}

/// Labels at the start of lines that list tags, in several languages.
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
/// The weight of a line that lists tags. It was set by hand, because the tags of the labeled texts are unknown. It is
/// lower than [`TAG_LINKS`], because a scraped line may be incomplete.
const TAG_LINE: f32 = 0.7;

fn from_layout(layout: &Layout) -> Option<Derived<Vec<String>>> {
    let mut found = CandidateSet::new();
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
        let origin = Origin::new(OriginKind::Visible, *label, line.line);
        if all.len() > MOST_KEYWORDS {
            found.reject(origin, &line.text, "too many tags for one article");
        } else if !all.is_empty() {
            found.add(all, origin, &line.text, TAG_LINE);
        }
    }
    found.decide(Vec::clone)
}

fn add_or_reject(texts: &[&str], origin: Origin, weight: f32, found: &mut CandidateSet<Vec<String>>) {
    let mut all = Vec::new();
    texts
        .iter()
        .flat_map(|text| split(text))
        .for_each(|name| add(name, &mut all));
    let raw = texts.join(", ");
    if all.len() > MOST_KEYWORDS {
        found.reject(origin, &raw, "too many keywords for one page");
    } else if !all.is_empty() {
        found.add(all, origin, &raw, weight);
    }
}

fn add_value(value: &Value, all: &mut Vec<String>) {
    // Uses an explicit stack and a limit, because a hostile file may nest lists so deeply that recursion would overflow
    // the call stack. Items are pushed in reverse order, so they are popped in the original order.
    let mut todo = vec![value];
    let mut steps = 0;
    while let Some(value) = todo.pop() {
        steps += 1;
        if steps > 10 * MAX_CATEGORIES {
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

/// Splits a string into names, which are separated by commas or semicolons, or written as `:a:b:` (Org) or `#a #b/c`.
fn split(text: &str) -> Vec<&str> {
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
    // In note-taking apps, tags have a `#` in front matter too, not only in running text.
    if text.starts_with('#') {
        return text.split([' ', ',']).map(|tag| tag.trim_start_matches('#')).collect();
    }
    if let Some(inner) = text.strip_prefix(':').and_then(|t| t.strip_suffix(':')) {
        return inner.split(':').collect();
    }
    text.split([',', ';', '、', '，', '；']).collect()
}

/// Adds a name unless it is empty, too long, a placeholder or a duplicate.
fn add(name: &str, all: &mut Vec<String>) {
    if all.len() >= MAX_CATEGORIES || name.len() > MAX_LEN {
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
    fn lists_are_split_in_many_forms() {
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
