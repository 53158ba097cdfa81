//! The title: a front matter key, else a vote of headings, the head of the page and the file name.
//!
//! An article without a title gets the first clause of its lead, marked as derived.

mod declared;
mod headline;
mod page;

use super::{
    Evidence, Target,
    evidence::{CandidateSet, Derived, Origin, OriginKind},
    file_name,
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

/// In width units; no reader shows a longer title in its list of entries.
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
            from_file_name(evidence, &mut found);
        }
        Kind::Html => page::from_page(article.page(), &mut found),
        Kind::PlainText => {
            from_layout(article.layout(), &mut found);
            from_file_name(evidence, &mut found);
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
        Value::List(items) => items.iter().find_map(Value::text).unwrap_or_default(),
        Value::Map(fields) => in_language(evidence, fields).unwrap_or_default(),
        Value::Null => "",
    };
    if raw.trim().is_empty() || is_empty(key.value) {
        return;
    }
    let title = cut::cut(&plain::text_of(raw), MAX_LEN);
    if squash(&key.path) == "subject" && opens_with_h1(evidence) {
        let why = "in translations this is the title of the original, and the text has a heading";
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
    first.is_some_and(|heading| heading.level == 1 && heading.leading)
}

/// The title in the article's language, from a map of languages to titles: `title: {en: Fog, de: Nebel}`.
fn in_language<'a>(evidence: &Evidence<'_>, fields: &'a [Field]) -> Option<&'a str> {
    let wanted = evidence
        .keys
        .first_text(Target::Language)
        .or_else(|| file_name::language(&evidence.article.path))
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

// Weights of headings and file names. They were set so that the right one of both wins on Markdown posts of 29 real
// sites whose front matter was removed: on 99.5 % of the 186 posts whose title is their heading, and on 97.8 % of the
// 494 posts whose title is their file name, but for punctuation. What counts is their order, which a set with other
// habits (headings that repeat the site's name, numbered files) would change.

/// The only first-level heading, if only images precede it.
const ONLY_H1: f32 = 0.93;
/// The first of several first-level headings: as often a section as the title, and less often right than the file name.
const FIRST_OF_SEVERAL: f32 = 0.5;
/// A heading of a lower level at the start of the text.
const LEADING_HEADING: f32 = 0.45;
/// Any other heading is that of a section.
const SECTION_HEADING: f32 = 0.4;

/// Names of headings by level.
const HEADINGS: [&str; 7] = ["", "h1", "h2", "h3", "h4", "h5", "h6"];

fn from_outline(outline: &Outline, found: &mut CandidateSet<String>) {
    let top = outline.headings.iter().filter(|heading| heading.level == 1).count();
    for (at, heading) in outline.headings.iter().take(20).enumerate() {
        let text = cut::cut(&collapse(&heading.text), MAX_LEN);
        let weight = match heading.level {
            1 if top == 1 && heading.leading => ONLY_H1,
            1 if at == 0 => FIRST_OF_SEVERAL,
            _ if heading.leading => LEADING_HEADING,
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
            found.reject(origin, &guess.text, "a line of this form is seldom a headline");
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

/// A file name of at least three words: on 94.8 % of 655 posts whose file name is close to the title.
const SEVERAL_WORDS: f32 = 0.75;
/// One or two words may be a nickname of the post.
const FEW_WORDS: f32 = 0.52;
/// A file name such as `note.txt` next to a line that may be the headline: below the least likely of such lines.
const UNCONFIRMED_NAME: f32 = MIN_TITLE_CONFIDENCE - 0.01;

fn from_file_name(evidence: &Evidence<'_>, found: &mut CandidateSet<String>) {
    let path = &evidence.article.path;
    let words = file_name::words(path);
    if words.is_empty() {
        return;
    }
    let weight = match words.len() {
        _ if has_headline_line(found) && !body_confirms(evidence, &words) => UNCONFIRMED_NAME,
        3.. => SEVERAL_WORDS,
        _ => FEW_WORDS,
    };
    // Next to a front matter key the name can only confirm, and case does not matter when titles are compared. So the
    // body need not be parsed.
    let title = if found.has_front_matter() {
        words.join(" ")
    } else {
        with_case(evidence, &words)
    };
    found.add(
        title,
        Origin::new(OriginKind::FileName, "", 0),
        file_name::name_of(path),
        weight,
    );
}

/// Whether a line of a plain text may be the headline.
fn has_headline_line(found: &CandidateSet<String>) -> bool {
    found
        .candidates
        .iter()
        .any(|candidate| candidate.origin.kind == OriginKind::Visible && candidate.origin.key == "line")
}

/// Whether the file name has at least three words, and the body contains half of those with four letters or more.
fn body_confirms(evidence: &Evidence<'_>, words: &[String]) -> bool {
    let long: Vec<String> = words
        .iter()
        .filter(|word| word.chars().count() >= 4)
        .map(|word| word.to_lowercase())
        .collect();
    if words.len() < 3 || long.is_empty() {
        return false;
    }
    let texts: Vec<String> = body_texts(evidence).iter().map(|text| text.to_lowercase()).collect();
    let found = long.iter().filter(|word| texts.iter().any(|text| text.contains(*word)));
    found.count() * 2 >= long.len()
}

/// The words as the body spells them (`gopro` as `GoPro`), with the first letter in upper case.
fn with_case(evidence: &Evidence<'_>, words: &[String]) -> String {
    let title = most_common_spellings(&body_texts(evidence), words).join(" ");
    let mut chars = title.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => title,
    }
}

/// In bytes; longer paragraphs are not searched for the spelling of words.
const MAX_PARAGRAPH: usize = 20_000;

fn body_texts<'a>(evidence: &'a Evidence<'_>) -> Vec<&'a str> {
    let texts: Vec<&str> = match evidence.article.kind {
        Kind::Markdown => evidence
            .article
            .outline()
            .paragraphs
            .iter()
            .map(|p| p.text.as_str())
            .collect(),
        Kind::PlainText => evidence
            .article
            .layout()
            .lines
            .iter()
            .take(60)
            .map(|l| l.text.as_str())
            .collect(),
        Kind::Html => Vec::new(),
    };
    texts
        .into_iter()
        .filter(|text| text.len() <= MAX_PARAGRAPH)
        .take(60)
        .collect()
}

/// The most frequent spelling of each lower-case word, not counting starts of sentences; in one pass over the texts.
fn most_common_spellings<'a>(texts: &[&'a str], words: &'a [String]) -> Vec<&'a str> {
    let mut spellings: Vec<Vec<(&str, usize)>> = vec![Vec::new(); words.len()];
    let is_lower = |word: &String| word.len() >= 2 && !word.chars().any(char::is_uppercase);
    let lower: Vec<(usize, &String)> = words.iter().enumerate().filter(|(_, word)| is_lower(word)).collect();
    let shortest = lower.iter().map(|(_, word)| word.len()).min().unwrap_or(usize::MAX);
    for text in texts {
        let mut starts_sentence = true;
        for token in text.split_whitespace() {
            let starts = std::mem::replace(&mut starts_sentence, token.ends_with(['.', '!', '?', ':']));
            if starts || token.len() < shortest {
                continue;
            }
            let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
            for (at, word) in &lower {
                if bare.len() != word.len() || !is_lower_case_of(word, bare) {
                    continue;
                }
                let spellings = &mut spellings[*at];
                match spellings.iter_mut().find(|(known, _)| *known == bare) {
                    Some((_, count)) => *count += 1,
                    None => spellings.push((bare, 1)),
                }
            }
        }
    }
    let best = |spellings: &[(&'a str, usize)]| {
        let best = spellings
            .iter()
            .reduce(|best, other| if other.1 > best.1 { other } else { best });
        best.map(|(spelling, _)| *spelling)
    };
    let pairs = words.iter().zip(&spellings);
    pairs.map(|(word, spellings)| best(spellings).unwrap_or(word)).collect()
}

fn is_lower_case_of(word: &str, bare: &str) -> bool {
    if bare.is_ascii() {
        bare.eq_ignore_ascii_case(word)
    } else {
        bare.to_lowercase() == word
    }
}

/// A title from the lead is not a claim, but Atom requires a title, and some readers show nothing without one.
const FROM_LEAD: f32 = 0.25;
/// In width units: about one line in a reader's list of entries.
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
    let message = format!("no title; the start of the lead is used: `{text}`");
    findings.push(
        Finding::new(&article::TITLE_MISSING, location, message).help("add a title to the front matter: `title: …`"),
    );
    let origin = Origin::new(OriginKind::Derived, "lead", lead.line);
    found.add(text, origin, &lead.text, FROM_LEAD);
    found.note("taken from the lead, because the article has no title");
}
