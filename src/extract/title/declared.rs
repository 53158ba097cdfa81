//! The titles that an HTML page declares in structured data, `meta` elements and the `title` element.
//!
//! The titles that a page declares for other sites, such as social networks, often contain the name of the page's own
//! site or section, or are catchier than the headline.

use crate::{
    extract::{
        evidence::{Origin, OriginKind},
        json_ld::{self, Graph, Subject},
        page_meta, plain,
        site::SiteNames,
    },
    html,
    page::Page,
    text::{collapse, squash},
    time::written::{self, DateContext},
};

/// A title that the page declares.
pub(super) struct Declared {
    /// The title, without the site's name.
    pub(super) text: String,
    pub(super) raw: String,
    pub(super) origin: Origin,
    pub(super) weight: f32,
    pub(super) squashed: String,
    /// The parts of the raw title, squashed. For example, `Headline – Section – Site` has three parts.
    pub(super) parts: Vec<String>,
}

// How often a declared title is the page's title, after the site's name is removed from it. The counts are from 331 of
// the 498 labeled HTML pages: those whose title is known. Counts in parentheses are from fewer than 5 pages; such an
// origin has the weight of the most similar origin. Pages with other themes or in other languages would give different
// weights.

/// Right on 58 of 64 pages.
const HEADLINE_LD: f32 = 0.906;
/// Right on 48 of 66 pages. Both nodes about articles and nodes about pages were counted.
const NAME_LD: f32 = 0.727;
/// Right on 1 of 2 pages. By definition, `alternativeHeadline` is an alternative wording.
const ALTERNATIVE_LD: f32 = 0.5;
const METAS: &[(&str, f32)] = &[
    // 187 of 248
    ("og:title", 0.754),
    // Right on 4 of 4 pages. The weight is that of the JSON-LD property with the same name.
    ("headline", 0.906),
    // (0 pages)
    ("citation_title", 0.754),
    // Right on 5 of 8 pages, including the only page where `dc.title` differs from the `title` element.
    ("dc.title", 0.64),
    // (2 of 2)
    ("dcterms.title", 0.64),
    // (1 of 1)
    ("parsely-title", 0.754),
    // (0 pages)
    ("sailthru.title", 0.754),
    // (1 of 1)
    ("cxenseparse:title", 0.754),
    // 83 of 113
    ("twitter:title", 0.735),
    // (0 pages)
    ("title", 0.626),
];
/// Right on 204 of 326 pages.
const TITLE_ELEMENT: f32 = 0.626;

/// The maximum length of a title, in bytes. Anything longer is running text, not a title.
pub(super) const MAX_LEN: usize = 2000;
/// The maximum number of declared titles. Further titles are ignored.
const MAX_DECLARED: usize = 24;

/// A page's declared titles, except those that are only the site's name.
pub(super) fn declared_titles(page: &Page, graph: &Graph<'_>, site: &SiteNames) -> Vec<Declared> {
    let mut declared = Vec::new();
    let mut add = |raw: &str, origin: Origin, weight: f32| {
        if raw.len() > MAX_LEN {
            return;
        }
        let whole = plain::without_breaks(&collapse(raw));
        let text = without_date(site.strip(&whole)).to_owned();
        let squashed = squash(&text);
        if !squashed.is_empty() && !site.is_site(&text) && declared.len() < MAX_DECLARED {
            declared.push(Declared {
                parts: parts(raw),
                text,
                raw: raw.to_owned(),
                origin,
                weight,
                squashed,
            });
        }
    };
    for node in graph.about(Subject::Article) {
        for (key, weight) in [
            ("headline", HEADLINE_LD),
            ("name", NAME_LD),
            ("alternativeHeadline", ALTERNATIVE_LD),
        ] {
            if let Some(text) = node.fields.get(key).and_then(json_ld::text) {
                add(
                    &decoded(text),
                    Origin::new(OriginKind::StructuredData, key, node.line),
                    weight,
                );
            }
        }
    }
    for (name, weight) in METAS {
        for meta in page_meta(page, name).take(2) {
            add(&meta.content, Origin::new(OriginKind::Head, *name, meta.line), *weight);
        }
    }
    for node in graph.about(Subject::Page) {
        if let Some(text) = node.fields.get("name").and_then(json_ld::text) {
            add(
                &decoded(text),
                Origin::new(OriginKind::StructuredData, "name", node.line),
                NAME_LD,
            );
        }
    }
    if let Some(title) = &page.title {
        let text = site.strip(&title.text);
        // If no site name was found in the title, the last part of the title may be a site name that the page does not
        // declare.
        let text = if text.len() == title.text.len() {
            without_tail(text)
        } else {
            text
        };
        add(text, Origin::new(OriginKind::Head, "title", title.line), TITLE_ELEMENT);
    }
    declared
}

/// Removes a date and a separator that a template put before the title: `1 May 2026 - Headline`.
pub(super) fn without_date(text: &str) -> &str {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > MAX_LEN {
        return text;
    }
    let dates = written::find(text, &DateContext::default());
    let Some(date) = dates.first().map(|date| &date.range).filter(|range| range.start == 0) else {
        return text;
    };
    let rest = text.get(date.end..).unwrap_or_default();
    let title = [" - ", " – ", " — ", " | ", ": ", " · "]
        .iter()
        .find_map(|end| rest.strip_prefix(end));
    title.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(text)
}

/// Removes the last part of a title if that part is short and the rest is long, because such a part is probably an
/// undeclared site name.
fn without_tail(title: &str) -> &str {
    let cut = [" | ", " - ", " – ", " — ", " · ", " » "]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator));
    let words = |text: &str| text.split_whitespace().count();
    cut.filter(|(head, tail)| words(tail) <= 3 && words(head) >= 4 && words(head) > words(tail))
        .map(|(head, _)| head.trim())
        .max_by_key(|head| head.len())
        .unwrap_or(title)
}

/// Decodes HTML entities, because many templates escape JSON-LD as if it were HTML.
fn decoded(text: &str) -> String {
    if text.contains('&') && text.len() <= MAX_LEN {
        html::to_text(text)
    } else {
        text.to_owned()
    }
}

/// The separators between the parts of a declared title.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", " > ", " ~ ", ": ", "｜", " --",
];

/// The parts of a declared title, squashed.
fn parts(raw: &str) -> Vec<String> {
    let mut parts = vec![raw];
    for separator in SEPARATORS {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(separator))
            .take(12)
            .collect();
    }
    parts.into_iter().map(squash).filter(|part| !part.is_empty()).collect()
}

/// Splits a title at its last separator.
pub(super) fn split_last(title: &str) -> Option<(&str, &str)> {
    let splits = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
    splits.max_by_key(|(head, _)| head.len())
}
