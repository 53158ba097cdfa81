//! The summary: the author's own words for it, else the part before an excerpt mark, else the lead.
//! Plain text, cut at a sentence.

use super::{
    Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    json_ld::{self, Graph, Subject},
    page_meta, plain,
};
use crate::{
    article::Kind as Body,
    body::Paragraph,
    page::{Page, is_metadata_line},
    plain_text::{Layout, Role},
    text::{
        collapse,
        cut::{SUMMARY_UNITS, cut, units},
        squash,
    },
};

/// The author marked where the excerpt ends.
const EXCERPT: f32 = 0.85;
/// The first real paragraph: of scraped texts the summary of 361 of 559 (text_news), of Markdown of more.
const LEAD: f32 = 0.7;
/// A sentence or two between the headline and the text: written to sum it up, so it goes before the lead.
const DEK: f32 = 0.75;
/// Authors' own summaries are left whole up to here.
const LONGEST: usize = 1200;

/// The summary of the article; `title` is what was found for it, because a summary says more.
pub fn summary(evidence: &Evidence<'_>, title: Option<&Derived<String>>) -> Option<Derived<String>> {
    let mut found = Found::new();
    let title = title.map(|title| squash(&title.value)).unwrap_or_default();
    for claim in evidence.claims(Name::Summary) {
        let Some(raw) = claim.value.text() else { continue };
        let text = plain::text_of(raw);
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        if text.is_empty() {
            continue;
        }
        if plain::is_placeholder(&text) {
            found.refuse(origin, raw, "a placeholder");
            continue;
        }
        let repeats = squash(&text) == title;
        found.add(cut(&text, LONGEST), origin, raw, claim.weight);
        if repeats {
            found.note("the title again");
        }
    }
    if evidence.article.kind == Body::Html && found.candidates.is_empty() {
        from_page(evidence.article.page(), &title, &mut found);
    }
    if let Some((text, line)) = excerpt(evidence) {
        found.add(
            cut(&text, SUMMARY_UNITS),
            Origin::new(Kind::Visible, "excerpt", line),
            &text,
            EXCERPT,
        );
    }
    if let Some(lead) = lead(evidence) {
        let weight = if lead.key == "dek" { DEK } else { LEAD };
        let text = cut(&lead.text, SUMMARY_UNITS);
        found.add(
            text,
            Origin::new(Kind::Visible, lead.key, lead.line),
            &lead.text,
            weight,
        );
    }
    found.decide(|summary| squash(summary))
}

/// How often each declaration is the page's description: html_real, 150 pages with a known one.
const METAS: &[(&str, f32)] = &[
    // 101 of 123
    ("og:description", 0.821),
    // 98 of 120
    ("description", 0.817),
    // (1 of 1, and 0 pages) Made by hand where it is made at all.
    ("dc.description", 0.8),
    ("dcterms.description", 0.8),
    // (0 pages)
    ("sailthru.description", 0.8),
    // 42 of 52
    ("twitter:description", 0.808),
];
/// 29 of 41.
const DESCRIPTION_LD: f32 = 0.707;
/// A shorter description is a label.
const LEAST_DESCRIPTION: usize = 15;

fn from_page(page: &Page, title: &str, found: &mut Found<String>) {
    let mut add = |raw: &str, origin: Origin, weight: f32| {
        let text = without_half_entity(plain::text_of(raw));
        if units(&text) < LEAST_DESCRIPTION || plain::is_placeholder(&text) {
            found.refuse(origin, raw, "too short to tell anything");
        } else if squash(&text) == title {
            found.refuse(origin, raw, "the title again");
        } else {
            found.add(cut(&text, LONGEST), origin, raw, weight);
        }
    };
    for (name, weight) in METAS {
        for meta in page_meta(page, name).take(2).filter(|meta| !meta.content.is_empty()) {
            add(&meta.content, Origin::new(Kind::Head, *name, meta.line), *weight);
        }
    }
    let graph = Graph::of(page);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(4) {
        if let Some(text) = node.fields.get("description").and_then(json_ld::text) {
            add(
                text,
                Origin::new(Kind::StructuredData, "description", node.line),
                DESCRIPTION_LD,
            );
        }
    }
}

/// Templates cut a description after they escaped it: `the pier &#8…`.
fn without_half_entity(mut text: String) -> String {
    let Some(start) = text.rfind('&') else { return text };
    let rest = text[start + 1..].trim_start_matches("amp;");
    let half = rest.trim_end_matches(['…', '.', ' ', ']', '[']);
    let is_half = half.len() < rest.len()
        && half.len() <= 6
        && half.starts_with('#')
        && half[1..].bytes().all(|b| b.is_ascii_alphanumeric());
    if is_half {
        text.truncate(start);
        text.truncate(text.trim_end().len());
        text.push('…');
    }
    text
}

/// The text before `<!--more-->`.
fn excerpt(evidence: &Evidence<'_>) -> Option<(String, u32)> {
    if evidence.article.kind != Body::Markdown {
        return None;
    }
    let outline = evidence.article.outline();
    let paragraphs = outline.paragraphs.get(..outline.excerpt?)?;
    let line = paragraphs.first()?.line;
    let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    Some((collapse(&texts.join(" ")), line))
}

/// The paragraph that opens an article.
pub(super) struct Lead {
    pub(super) text: String,
    pub(super) line: u32,
    /// `dek` or `lead`.
    pub(super) key: &'static str,
}

/// The dek if there is one, else the first paragraph that tells something; with the next one if it is short.
pub(super) fn lead(evidence: &Evidence<'_>) -> Option<Lead> {
    let article = evidence.article;
    match article.kind {
        Body::Markdown => first_of(&article.outline().paragraphs),
        Body::Html => first_of(&article.page().paragraphs),
        Body::PlainText => in_layout(article.layout()),
    }
}

fn in_layout(layout: &Layout) -> Option<Lead> {
    let line = |at: Option<usize>, key| {
        let line = layout.lines.get(at?)?;
        Some(Lead {
            text: collapse(&line.text),
            line: line.line,
            key,
        })
    };
    let dek = line(layout.dek, "dek").filter(|dek| is_dek(&dek.text));
    if dek.is_some() {
        return dek;
    }
    // What opens the body was weighed line against line; it may end with a colon, as no paragraph of Markdown may.
    let opening = line(layout.lead, "lead").filter(|lead| units(&lead.text) >= SHORT_LEAD);
    if opening.is_some() {
        return opening;
    }
    let from = layout.lead.unwrap_or_default();
    let prose: Vec<Paragraph> = layout
        .lines
        .iter()
        .skip(from)
        .filter(|line| line.role == Role::Prose)
        .take(12)
        .map(|line| Paragraph {
            text: line.text.clone(),
            line: line.line,
        })
        .collect();
    first_of(&prose)
}

/// Whether a line below the headline sums the article up: whole sentences, as long as one that does.
fn is_dek(text: &str) -> bool {
    let ends = text
        .trim_end_matches(['"', '”', '»', '’', ')'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？']);
    ends && units(text) >= LEAST_DEK && is_lead(text)
}

/// A dek has so many units; what is shorter is a subtitle or a caption.
const LEAST_DEK: usize = 80;
/// A lead has so many units.
const LEAST_LEAD: usize = 40;
/// A shorter one takes the next paragraph along.
const SHORT_LEAD: usize = 60;

fn first_of(paragraphs: &[Paragraph]) -> Option<Lead> {
    let at = paragraphs.iter().position(|p| is_lead(&p.text)).or_else(|| {
        paragraphs
            .iter()
            .position(|p| p.text.chars().any(char::is_alphanumeric))
    })?;
    let first = paragraphs.get(at)?;
    let mut text = plain::without_breaks(&collapse(&first.text));
    if units(&text) < SHORT_LEAD
        && let Some(next) = paragraphs.get(at + 1)
    {
        text.push(' ');
        text.push_str(&collapse(&next.text));
    }
    Some(Lead {
        text,
        line: first.line,
        key: "lead",
    })
}

/// Whether a paragraph tells something: prose, and not a note of the editor, a label or a list of links.
fn is_lead(text: &str) -> bool {
    let text = text.trim();
    let is_prose = || {
        if text.is_ascii() {
            return 2 * text.bytes().filter(u8::is_ascii_alphabetic).count() > text.len();
        }
        2 * text.chars().filter(|c| c.is_alphabetic()).count() > text.chars().count()
    };
    units(text) >= LEAST_LEAD
        && is_prose()
        && !text.ends_with(':')
        && !text.ends_with('：')
        && !is_note(text)
        && !is_metadata_line(text)
}

fn is_note(text: &str) -> bool {
    const NOTES: &[&str] = &[
        "update:",
        "updated:",
        "edit:",
        "editor's note",
        "editor’s note",
        "note:",
        "this post originally",
        "this post was originally",
        "this article was originally",
        "originally published",
        "originally posted",
        "photo by",
        "photo:",
        "image:",
        "image credit",
        "reading time",
        "table of contents",
        "contents:",
        "tl;dr",
        "译者",
        "作者",
        "原文",
        "来源",
        "{%",
        "{{",
        "import ",
        "export ",
    ];
    let lower = text.chars().take(40).collect::<String>().to_lowercase();
    NOTES.iter().any(|note| lower.starts_with(note))
}
