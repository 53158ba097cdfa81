//! The title of an HTML page: visible headlines and declared titles vote.
//!
//! What a page declares for other sites carries the site's name or a sharper wording; what it shows may be a kicker
//! or the headline of another article. A headline that some declaration repeats is right on 93.5 of 100 pages.

use crate::{
    article::html::{Headline, Page},
    extract::{
        evidence::{Found, Kind, Origin},
        json_ld::{self, Graph, Subject},
        page_meta, plain,
        site::SiteNames,
    },
    text::{collapse, squash},
};

/// A title that the page declares.
struct Declared {
    text: String,
    raw: String,
    origin: Origin,
    weight: f32,
    squashed: String,
}

/// How often each declaration is the title (html_real, site name stripped).
const HEADLINE_LD: f32 = 0.81;
const NAME_LD: f32 = 0.7;
const METAS: &[(&str, f32)] = &[
    ("og:title", 0.76),
    ("headline", 0.79),
    ("citation_title", 0.75),
    ("dc.title", 0.74),
    ("dcterms.title", 0.74),
    ("parsely-title", 0.74),
    ("sailthru.title", 0.74),
    ("cxenseparse:title", 0.74),
    ("twitter:title", 0.738),
    ("title", 0.6),
];
const TITLE_ELEMENT: f32 = 0.546;

/// Bytes; what is longer is a text and no title.
const LONGEST: usize = 2000;
/// A declared title gives way to a headline that is likely the title, but still confirms it.
const BESIDE_A_HEADLINE: f32 = 0.6;
/// What stands in a side bar or a list of other articles is their headline.
const FURNITURE: f32 = -1.5;
/// From this score on a headline is taken before all declarations.
const LIKELY: f32 = 2.0;

/// Adds the candidates of a page.
pub(super) fn from_page(page: &Page, found: &mut Found<String>) {
    let graph = Graph::of(page);
    let site = SiteNames::of(page, &graph);
    let mut declared = declared(page, &graph, &site);
    let mut seen = 0.0;
    // A theme that calls the box around its headline a sidebar calls everything so.
    let all_furniture = page
        .headlines
        .iter()
        .all(|h| h.level != 1 || h.is_link || h.in_furniture);
    let only_h1 = page
        .headlines
        .iter()
        .filter(|h| h.level == 1 && !h.in_furniture)
        .count()
        == 1;
    for (at, headline) in page.headlines.iter().take(30).enumerate() {
        let text = plain::without_breaks(&collapse(&headline.text));
        let text = site.strip(&text);
        if text.is_empty() {
            continue;
        }
        let mut score = score(headline, text, at, only_h1, &declared, &site);
        if headline.in_furniture && headline.level == 1 && all_furniture {
            score -= FURNITURE;
        }
        seen = f32::max(seen, score);
        if score > 0.5 {
            let key = if headline.level > 0 {
                format!("h{}", headline.level)
            } else {
                "headline".to_owned()
            };
            found.add(
                text.to_owned(),
                Origin::new(Kind::Visible, key, headline.line),
                &headline.text,
                weight(score),
            );
        }
    }
    if seen >= LIKELY {
        declared
            .iter_mut()
            .for_each(|declared| declared.weight *= BESIDE_A_HEADLINE);
    }
    for declared in declared {
        found.add(declared.text, declared.origin, &declared.raw, declared.weight);
    }
}

fn declared(page: &Page, graph: &Graph<'_>, site: &SiteNames) -> Vec<Declared> {
    let mut declared = Vec::new();
    let mut add = |raw: &str, origin: Origin, weight: f32| {
        if raw.len() > LONGEST {
            return;
        }
        let whole = plain::without_breaks(&collapse(raw));
        let text = site.strip(&whole).to_owned();
        let squashed = squash(&text);
        if !squashed.is_empty() && !site.is_site(&text) && declared.len() < 24 {
            declared.push(Declared {
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
            ("alternativeHeadline", 0.5),
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
                0.5,
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

/// The points of a headline, tuned on one half of html_real.
fn score(headline: &Headline, text: &str, at: usize, only_h1: bool, declared: &[Declared], site: &SiteNames) -> f32 {
    let mut score = match headline.level {
        1 => 1.6,
        2 => 0.5,
        3 => 0.2,
        _ => 0.3,
    };
    if headline.itemprop {
        score = f32::max(score, 2.2);
    }
    if headline.title_class {
        score += 0.7;
    }
    if headline.level == 1 && only_h1 {
        score += 0.8;
    }
    if headline.in_article {
        score += 0.3;
    }
    if headline.in_furniture {
        score += FURNITURE;
    }
    if headline.is_link {
        score -= 0.8;
    }
    if site.is_site(text) {
        score -= 2.5;
    }
    let agreement = agreement(text, declared);
    // `News`, `Blog`, `Inhalt`: a word that no declaration has is a section of the site.
    if agreement < 0.3 && !declared.is_empty() && text.split_whitespace().count() <= 2 {
        score -= 0.8;
    }
    score + agreement - 0.06 * f32::min(at as f32, 20.0)
}

/// How well declared titles fit a headline.
fn agreement(text: &str, declared: &[Declared]) -> f32 {
    let squashed = squash(text);
    let equal = declared.iter().filter(|declared| declared.squashed == squashed).count();
    if equal > 0 {
        return 2.2 + 0.2 * (equal.min(4) - 1) as f32;
    }
    let long_enough = squashed.chars().count() >= 8;
    let part = |declared: &Declared| declared.squashed.starts_with(&squashed) || declared.squashed.ends_with(&squashed);
    if long_enough && declared.iter().any(part) {
        return 1.6;
    }
    2.0 * declared
        .iter()
        .map(|declared| likeness(&declared.text, text))
        .fold(0.0, f32::max)
}

/// The share of words that two titles have in common (F1).
fn likeness(a: &str, b: &str) -> f32 {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(60)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let mut common = 0;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            common += 1;
        }
    }
    if all == 0 {
        0.0
    } else {
        2.0 * common as f32 / all as f32
    }
}

/// A score as a share of right titles.
fn weight(score: f32) -> f32 {
    match score {
        s if s >= 4.0 => 0.95,
        s if s >= 3.0 => 0.9,
        s if s >= LIKELY => 0.8,
        s if s >= 1.0 => 0.5,
        _ => 0.3,
    }
}
