//! The summary: the declared description, or else the text before an excerpt marker, or else the lead.
//!
//! The summary is plain text, cut at the end of a sentence.

use super::{
    Evidence, Target,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
    json_ld::{self, Graph, Subject},
    page_meta, plain,
};
use crate::{
    article::Kind,
    body::Paragraph,
    page::{Page, is_metadata_line},
    plain_text::{Layout, Role},
    text::{
        collapse,
        cut::{SUMMARY_UNITS, cut, units},
        squash,
    },
};

// The labels include declared descriptions and leads, but do not say which of the two is the better summary. So the
// weights of the excerpt, the dek and the lead were set by hand: the excerpt is preferred over the dek, and the dek
// over the lead.

/// The text before an excerpt marker. The author chose this text as the summary.
const EXCERPT: f32 = 0.85;
/// The first paragraph of prose. In 361 of 559 labeled texts from news pages, it is the labeled lead.
const LEAD: f32 = 0.7;
/// One or two sentences between the headline and the text, written as a summary of the text.
const DEK: f32 = 0.75;
/// The maximum length of a declared summary, in [`units`]. Longer summaries are cut.
const MAX_LEN: usize = 1200;

/// The article's summary. For a web page, a description that equals `title` is rejected.
pub fn summary(evidence: &Evidence<'_>, title: Option<&Derived<String>>) -> Option<Derived<String>> {
    let mut found = CandidateSet::new();
    let title = title.map(|title| squash(&title.value)).unwrap_or_default();
    for key in evidence.keys_for(Target::Summary) {
        let Some(raw) = key.value.text() else { continue };
        let text = plain::text_of(raw);
        if text.is_empty() {
            continue;
        }
        if plain::is_placeholder(&text) {
            found.reject(Origin::front_matter(&key), raw, "a placeholder");
            continue;
        }
        // A front matter summary that repeats the title is used anyway, because a person wrote it for this article.
        // Such a summary in the `meta` elements or the JSON-LD of a web page was written by a template, so `from_page`
        // rejects it.
        let repeats = squash(&text) == title;
        found.add_key(cut(&text, MAX_LEN), &key, raw, key.weight);
        if repeats {
            found.note("the same as the title");
        }
    }
    if evidence.article.kind == Kind::Html && found.candidates.is_empty() {
        from_page(evidence.article.page(), &title, &mut found);
    }
    if let Some((text, line)) = excerpt(evidence) {
        found.add(
            cut(&text, SUMMARY_UNITS),
            Origin::new(OriginKind::Visible, "excerpt", line),
            &text,
            EXCERPT,
        );
    }
    if let Some(lead) = lead(evidence) {
        let weight = if lead.key == "dek" { DEK } else { LEAD };
        let text = cut(&lead.text, SUMMARY_UNITS);
        found.add(
            text,
            Origin::new(OriginKind::Visible, lead.key, lead.line),
            &lead.text,
            weight,
        );
    }
    found.decide(|summary| squash(summary))
}

// How often a declaration is the page's description, counted on the 150 pages whose description is known, out of 498
// labeled HTML pages. Counts in parentheses are from fewer than 5 pages. If the pages were labeled with their lead
// instead, the weights would be lower.

const METAS: &[(&str, f32)] = &[
    // 101 of 123
    ("og:description", 0.821),
    // 98 of 120
    ("description", 0.817),
    // `dc.description` is right on the only page that contains it, and no page contains `dcterms.description`. This is
    // too little data to measure the weights, so they are estimates. They are high because these descriptions are
    // written by people, not by templates.
    ("dc.description", 0.8),
    ("dcterms.description", 0.8),
    // (0 pages)
    ("sailthru.description", 0.8),
    // 42 of 52
    ("twitter:description", 0.808),
];
/// `description` in JSON-LD: right on 29 of 41 pages.
const DESCRIPTION_LD: f32 = 0.707;
/// The minimum length of a description, in [`units`]. A shorter description is a label.
const MIN_DESCRIPTION: usize = 15;

fn from_page(page: &Page, title: &str, found: &mut CandidateSet<String>) {
    let mut add = |raw: &str, origin: Origin, weight: f32| {
        let text = without_half_entity(plain::text_of(raw));
        if units(&text) < MIN_DESCRIPTION || plain::is_placeholder(&text) {
            found.reject(origin, raw, "too short");
        } else if squash(&text) == title {
            found.reject(origin, raw, "the same as the title");
        } else {
            found.add(cut(&text, MAX_LEN), origin, raw, weight);
        }
    };
    for (name, weight) in METAS {
        for meta in page_meta(page, name).take(2).filter(|meta| !meta.content.is_empty()) {
            add(&meta.content, Origin::new(OriginKind::Head, *name, meta.line), *weight);
        }
    }
    let graph = Graph::new(page);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(4) {
        if let Some(text) = node.fields.get("description").and_then(json_ld::text) {
            add(
                text,
                Origin::new(OriginKind::StructuredData, "description", node.line),
                DESCRIPTION_LD,
            );
        }
    }
}

/// Removes an incomplete entity at the end. Some templates escape a description and then cut it: `the pier &#8…`.
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

/// The text before an excerpt marker such as `<!--more-->`, and the line where the text starts.
fn excerpt(evidence: &Evidence<'_>) -> Option<(String, u32)> {
    if evidence.article.kind != Kind::Markdown {
        return None;
    }
    let outline = evidence.article.outline();
    let paragraphs = outline.paragraphs.get(..outline.excerpt?)?;
    let line = paragraphs.first()?.line;
    let texts: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    Some((collapse(&texts.join(" ")), line))
}

/// The text that introduces an article: its dek, or its first paragraph of prose.
pub(super) struct Lead {
    pub(super) text: String,
    pub(super) line: u32,
    /// The kind of lead: `dek` or `lead`.
    pub(super) key: &'static str,
}

/// The dek if there is one; otherwise the first paragraph of prose, and the next one too if the first is short.
pub(super) fn lead(evidence: &Evidence<'_>) -> Option<Lead> {
    let article = evidence.article;
    match article.kind {
        Kind::Markdown => first_of(&article.outline().paragraphs),
        Kind::Html => first_of(&article.page().paragraphs),
        Kind::PlainText => in_layout(article.layout()),
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
    // The layout chose this lead by comparing all lines, so it is accepted even if it ends with a colon. Elsewhere, a
    // paragraph that ends with a colon is treated as a label.
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

/// Whether a line below the headline summarizes the article: it ends like a sentence and is long enough.
fn is_dek(text: &str) -> bool {
    let ends = text
        .trim_end_matches(['"', '”', '»', '’', ')'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？']);
    ends && units(text) >= MIN_DEK && is_lead(text)
}

/// The minimum length of a dek, in [`units`]. A shorter line is a subtitle or a caption.
const MIN_DEK: usize = 80;
/// The minimum length, in [`units`], of a paragraph that is recognized as a lead.
const MIN_LEAD: usize = 40;
/// The minimum length of a complete lead, in [`units`]. If the lead is shorter, the next paragraph is added to it.
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

/// Whether the paragraph is prose rather than an editor's note, a label or a list of links.
fn is_lead(text: &str) -> bool {
    let text = text.trim();
    let is_prose = || {
        // In ASCII, each byte is a character, and counting bytes is cheaper than decoding.
        if text.is_ascii() {
            return 2 * text.bytes().filter(u8::is_ascii_alphabetic).count() > text.len();
        }
        2 * text.chars().filter(|c| c.is_alphabetic()).count() > text.chars().count()
    };
    units(text) >= MIN_LEAD
        && is_prose()
        && !text.ends_with(':')
        && !text.ends_with('：')
        && !is_note(text)
        && !is_metadata_line(text)
}

/// Whether the text starts like an editor's note, a credit, or template code.
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
        // Chinese translations often start with lines that name the translator, the author, the original article or its
        // source.
        "译者",
        "作者",
        "原文",
        "来源",
        // Template tags, and imports and exports in MDX.
        "{%",
        "{{",
        "import ",
        "export ",
    ];
    let lower = text.chars().take(40).collect::<String>().to_lowercase();
    NOTES.iter().any(|note| lower.starts_with(note))
}
