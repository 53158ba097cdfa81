//! The title: taken from front matter, or else chosen by a vote among headings, the page's head and the file name.
//!
//! If an article has no title, the first clause of its lead is used and marked as derived.

mod declared;
mod file_name;
mod headline;
mod page;

use super::{
    Evidence, Target,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
    file_name::language,
    keys::{MatchedKey, is_empty},
    language::parse_language,
    plain, summary,
};
use crate::{
    article::Kind,
    finding::{Finding, Location, article},
    front_matter::{Field, Value},
    markdown::Outline,
    plain_text::{Layout, MIN_TITLE_CONFIDENCE},
    text::{collapse, cut, squash},
};

/// The maximum length of a title, in [`cut::units`]. No feed reader shows more of a title in its list of entries.
const MAX_LEN: usize = 500;

/// The title of the article.
pub fn title(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<String>> {
    let mut found = CandidateSet::new();
    for key in evidence.keys_for(Target::Title) {
        from_key(evidence, &key, &mut found);
    }
    let article = evidence.article;
    match article.kind {
        Kind::Markdown => {
            from_outline(article.outline(), &mut found);
            file_name::from_file_name(evidence, &mut found);
        }
        Kind::Html => page::from_page(article.page(), &mut found),
        Kind::PlainText => {
            from_layout(article.layout(), &mut found);
            file_name::from_file_name(evidence, &mut found);
        }
    }
    if found.candidates.is_empty() {
        from_lead(evidence, &mut found, findings);
    }
    found.decide(|title| squash(title))
}

fn from_key(evidence: &Evidence<'_>, key: &MatchedKey<'_>, found: &mut CandidateSet<String>) {
    let raw = match key.value {
        Value::Scalar { text, .. } => text.as_str(),
        // Without quotation marks, YAML parses `title: [Fog]` as a list.
        Value::List(items) => items.iter().find_map(Value::text).unwrap_or_default(),
        Value::Map(fields) => in_language(evidence, fields).unwrap_or_default(),
        Value::Null => "",
    };
    if raw.trim().is_empty() || is_empty(key.value) {
        return;
    }
    let title = cut::cut(&plain::text_of(raw), MAX_LEN);
    // LCTT, a group that translates articles into Chinese, keeps the original title in `subject`.
    if squash(&key.path) == "subject" && opens_with_h1(evidence) {
        let why = "in translations, this is the original title; the heading is the translated title";
        found.reject(Origin::front_matter(key), raw, why);
        return;
    }
    if plain::is_placeholder(&title) || title.is_empty() {
        found.reject(Origin::front_matter(key), raw, "a placeholder");
        return;
    }
    found.add_key(title, key, raw, key.weight);
    key.note.iter().for_each(|note| found.note(*note));
}

fn opens_with_h1(evidence: &Evidence<'_>) -> bool {
    if evidence.article.kind != Kind::Markdown {
        return false;
    }
    let first = evidence.article.outline().headings.first();
    first.is_some_and(|heading| heading.level == 1 && heading.is_leading)
}

/// The title in the article's language, from a map of languages to titles: `title: {en: Fog, de: Nebel}`.
fn in_language<'a>(evidence: &Evidence<'_>, fields: &'a [Field]) -> Option<&'a str> {
    let wanted = evidence
        .keys
        .first_text(Target::Language)
        .or_else(|| language(&evidence.article.path))
        .map(|tag| tag.to_ascii_lowercase());
    let title_for = |tag: &str| {
        let matches = |field: &&Field| {
            let key = field.key.to_ascii_lowercase();
            key == tag || key.split(['-', '_']).next() == tag.split(['-', '_']).next()
        };
        fields.iter().find(matches).and_then(|field| field.value.text())
    };
    let is_language = |field: &&Field| (2..=7).contains(&field.key.len()) && parse_language(&field.key).is_some();
    wanted
        .and_then(|tag| title_for(&tag))
        .or_else(|| title_for("title"))
        .or_else(|| fields.first().filter(is_language)?.value.text())
}

// The weights of headings and file names. They were set so that the right candidate wins on Markdown posts from 29 real
// sites, after the front matter was removed from each post. The right candidate wins for 99.5% of the 186 posts whose
// title is their heading, and for 97.8% of the 494 posts whose title is, apart from punctuation, their file name. Only
// the order of the weights matters. This order would be different for sites with other habits, such as headings that
// repeat the site's name, or numbered file names.

/// The only first-level heading, if only images precede it.
const ONLY_H1: f32 = 0.93;
/// The first of several first-level headings. It is a section heading as often as it is the title, and the file name is
/// right more often.
const FIRST_OF_SEVERAL: f32 = 0.5;
/// A lower-level heading at the start of the text.
const LEADING_HEADING: f32 = 0.45;
/// Any other heading, which is probably the heading of a section.
const SECTION_HEADING: f32 = 0.4;

/// Element names for headings, by level.
const HEADINGS: [&str; 7] = ["", "h1", "h2", "h3", "h4", "h5", "h6"];

fn from_outline(outline: &Outline, found: &mut CandidateSet<String>) {
    let top = outline.headings.iter().filter(|heading| heading.level == 1).count();
    for (at, heading) in outline.headings.iter().take(20).enumerate() {
        let text = cut::cut(&collapse(&heading.text), MAX_LEN);
        let weight = match heading.level {
            1 if top == 1 && heading.is_leading => ONLY_H1,
            1 if at == 0 => FIRST_OF_SEVERAL,
            _ if heading.is_leading => LEADING_HEADING,
            _ => SECTION_HEADING,
        };
        if text.is_empty() {
            continue;
        }
        let key = HEADINGS.get(usize::from(heading.level)).copied().unwrap_or_default();
        let origin = Origin::new(OriginKind::Visible, key, heading.line);
        found.add(text, origin, &heading.text, weight);
    }
}

fn from_layout(layout: &Layout, found: &mut CandidateSet<String>) {
    for guess in layout.titles.iter().take(8) {
        let origin = Origin::new(OriginKind::Visible, "line", guess.line);
        if guess.confidence < MIN_TITLE_CONFIDENCE {
            found.reject(origin, &guess.text, "a line like this is seldom a headline");
            continue;
        }
        found.add(
            cut::cut(&collapse(&guess.text), MAX_LEN),
            origin,
            &guess.text,
            guess.confidence,
        );
        guess.reasons.iter().for_each(|reason| found.note(*reason));
    }
}

/// A title from the lead is only a stopgap: Atom requires a title, and some readers show nothing for an entry without a
/// title.
const FROM_LEAD: f32 = 0.25;
/// The maximum length of a title from the lead, in [`cut::units`]: about one line in a feed reader's list of entries.
const FROM_LEAD_UNITS: usize = 100;

fn from_lead(evidence: &Evidence<'_>, found: &mut CandidateSet<String>, findings: &mut Vec<Finding>) {
    let Some(lead) = summary::lead(evidence) else {
        return;
    };
    let text = cut::first_clause(&lead.text, FROM_LEAD_UNITS);
    if text.is_empty() {
        return;
    }
    let location = Location::line(lead.line);
    let message = format!("no title; using the start of the lead instead: `{text}`");
    findings.push(
        Finding::new(&article::TITLE_MISSING, location, message).help("add a title to the front matter: `title: …`"),
    );
    let origin = Origin::new(OriginKind::Derived, "lead", lead.line);
    found.add(text, origin, &lead.text, FROM_LEAD);
    found.note("taken from the lead, because the article has no title");
}
