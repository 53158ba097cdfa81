//! The title of an HTML page: visible headlines and declared titles vote.
//!
//! What a page declares for other sites carries the site's name, a section or a sharper wording.

use super::headline::{
    Agreement, BESIDE_A_HEADLINE, MOST_HEADLINES, PART, Shown, is_end, is_part, shown, without_date,
};
use crate::{
    extract::{
        evidence::{Found, GUESS, Kind, Origin},
        json_ld::{self, Graph, Subject},
        page_meta, plain,
        site::SiteNames,
    },
    page::{Headline, Page},
    text::{collapse, squash},
};

/// A title that the page declares.
pub(super) struct Declared {
    pub(super) text: String,
    raw: String,
    origin: Origin,
    weight: f32,
    pub(super) squashed: String,
    /// The parts of what was written, squashed: `Headline – Section – Site`.
    pub(super) parts: Vec<String>,
}

// How often each declaration is the title, the name of the site taken off: html_real, 331 pages with a known title.
// A name in parentheses was met on fewer than 5 pages, and has the weight of its like.

/// 58 of 64.
const HEADLINE_LD: f32 = 0.906;
/// 48 of 66, of articles and pages together.
const NAME_LD: f32 = 0.727;
/// 1 of 2; a second wording by its definition.
const ALTERNATIVE_LD: f32 = 0.5;
const METAS: &[(&str, f32)] = &[
    // 187 of 248
    ("og:title", 0.754),
    // (4 of 4), what JSON-LD calls so
    ("headline", 0.906),
    // (0 pages)
    ("citation_title", 0.754),
    // 5 of 8, and on 1 of 1 page where the title element differs
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
/// 204 of 326.
const TITLE_ELEMENT: f32 = 0.626;

/// Bytes; what is longer is a text and no title.
pub(super) const LONGEST: usize = 2000;
/// Declarations looked at.
const MOST_DECLARED: usize = 24;

/// Adds the candidates of a page.
pub(super) fn from_page(page: &Page, found: &mut Found<String>) {
    let graph = Graph::of(page);
    let mut site = SiteNames::of(page, &graph);
    add_linked_name(page, &mut site);
    let mut declared = declared(page, &graph, &site);
    let shown = shown(page, &declared, &site);
    cut_to_headlines(&shown, &mut declared);
    let best = shown
        .iter()
        .reduce(|best, other| if other.weight > best.weight { other } else { best });
    let is_reworded = best.is_some_and(|best| best.agreement < Agreement::End && best.weight >= GUESS);
    for shown in shown {
        let key = match shown.headline.level {
            0 => "headline".to_owned(),
            level => format!("h{level}"),
        };
        let origin = Origin::new(Kind::Visible, key, shown.headline.line);
        found.add(shown.text, origin, &shown.headline.text, shown.weight);
    }
    for declared in declared {
        let weight = if is_reworded {
            declared.weight * BESIDE_A_HEADLINE
        } else {
            declared.weight
        };
        found.add(declared.text, declared.origin, &declared.raw, weight);
    }
}

/// A headline that leads elsewhere and ends the `title` element is the site's banner: the title on 0 of 3 pages.
fn add_linked_name(page: &Page, site: &mut SiteNames) {
    let Some((_, tail)) = page.title.as_ref().and_then(|title| split_last(&title.text)) else {
        return;
    };
    let tail = squash(tail);
    let is_banner = |headline: &&Headline| headline.is_link && headline.level == 1 && squash(&headline.text) == tail;
    if let Some(banner) = page.headlines.iter().take(MOST_HEADLINES).find(is_banner) {
        site.add(&banner.text);
    }
}

/// A declared title that holds a headline and more is the headline and the name of a section or site.
fn cut_to_headlines(shown: &[Shown<'_>], declared: &mut [Declared]) {
    for declared in declared {
        if shown.iter().any(|shown| squash(&shown.text) == declared.squashed) {
            continue;
        }
        let is_in = |shown: &&Shown<'_>| {
            let squashed = squash(&shown.text);
            match shown.agreement {
                Agreement::Part => shown.weight >= PART && is_part(&squashed, declared),
                Agreement::End => is_end(&squashed, declared),
                _ => false,
            }
        };
        if let Some(shown) = shown.iter().find(is_in) {
            declared.text.clone_from(&shown.text);
        }
    }
}

fn declared(page: &Page, graph: &Graph<'_>, site: &SiteNames) -> Vec<Declared> {
    let mut declared = Vec::new();
    let mut add = |raw: &str, origin: Origin, weight: f32| {
        if raw.len() > LONGEST {
            return;
        }
        let whole = plain::without_breaks(&collapse(raw));
        let text = without_date(site.strip(&whole)).to_owned();
        let squashed = squash(&text);
        if !squashed.is_empty() && !site.is_site(&text) && declared.len() < MOST_DECLARED {
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
                    Origin::new(Kind::StructuredData, key, node.line),
                    weight,
                );
            }
        }
    }
    for (name, weight) in METAS {
        for meta in page_meta(page, name).take(2) {
            add(&meta.content, Origin::new(Kind::Head, *name, meta.line), *weight);
        }
    }
    for node in graph.about(Subject::Page) {
        if let Some(text) = node.fields.get("name").and_then(json_ld::text) {
            add(
                &decoded(text),
                Origin::new(Kind::StructuredData, "name", node.line),
                NAME_LD,
            );
        }
    }
    if let Some(title) = &page.title {
        let text = site.strip(&title.text);
        let text = if text.len() == title.text.len() {
            without_tail(text)
        } else {
            text
        };
        add(text, Origin::new(Kind::Head, "title", title.line), TITLE_ELEMENT);
    }
    declared
}

/// A title without its last part, where that is short and what is before it is long: the unknown name of a site.
fn without_tail(title: &str) -> &str {
    let cut = [" | ", " - ", " – ", " — ", " · ", " » "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark));
    let words = |text: &str| text.split_whitespace().count();
    cut.filter(|(head, tail)| words(tail) <= 3 && words(head) >= 4 && words(head) > words(tail))
        .map(|(head, _)| head.trim())
        .max_by_key(|head| head.len())
        .unwrap_or(title)
}

/// JSON-LD is written by templates that escape for HTML.
fn decoded(text: &str) -> String {
    if text.contains('&') && text.len() <= LONGEST {
        crate::html::to_text(text)
    } else {
        text.to_owned()
    }
}

/// What divides the parts of a declared title.
const DIVIDERS: &[&str] = &[
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", " > ", " ~ ", ": ", "｜", " --",
];

fn parts(raw: &str) -> Vec<String> {
    let mut parts = vec![raw];
    for divider in DIVIDERS {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(divider))
            .take(12)
            .collect();
    }
    parts.into_iter().map(squash).filter(|part| !part.is_empty()).collect()
}

/// A title before and after its last divider.
fn split_last(title: &str) -> Option<(&str, &str)> {
    let splits = DIVIDERS.iter().filter_map(|divider| title.rsplit_once(divider));
    splits.max_by_key(|(head, _)| head.len())
}
