//! The title: a key of the front matter, else headings, the head of the page and the file name vote.
//! A text that has none gets the first clause of its lead, marked as derived.

mod headline;
mod page;

use super::{
    Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    file_name,
    keys::{Claim, is_empty},
    plain, summary,
};
use crate::{
    article::Kind as Body,
    finding::{Finding, Location, article},
    front_matter::{Field, Value},
    markdown::Outline,
    plain_text::{Layout, MIN_TITLE_CONFIDENCE},
    text::{collapse, cut, squash},
};

/// No list of entries shows more of a title.
const LONGEST: usize = 500;

/// The title of the article.
pub fn title(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<String>> {
    let mut found = Found::new();
    for claim in evidence.claims(Name::Title) {
        from_key(evidence, &claim, &mut found);
    }
    let article = evidence.article;
    match article.kind {
        Body::Markdown => {
            from_outline(article.outline(), &mut found);
            from_file_name(evidence, &mut found);
        }
        Body::Html => page::from_page(article.page(), &mut found),
        Body::PlainText => {
            from_layout(article.layout(), &mut found);
            from_file_name(evidence, &mut found);
        }
    }
    if found.candidates.is_empty() {
        derived(evidence, &mut found, findings);
    }
    found.decide(|title| squash(title))
}

fn from_key(evidence: &Evidence<'_>, claim: &Claim<'_>, found: &mut Found<String>) {
    let raw = match claim.value {
        Value::Scalar { text, .. } => text.as_str(),
        Value::List(items) => items.iter().find_map(Value::text).unwrap_or_default(),
        Value::Map(fields) => in_language(evidence, fields).unwrap_or_default(),
        Value::Null => "",
    };
    if raw.trim().is_empty() || is_empty(claim.value) {
        return;
    }
    let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
    let title = cut::cut(&plain::text_of(raw), LONGEST);
    if squash(&claim.key) == "subject" && has_own_heading(evidence) {
        found.refuse(
            origin,
            raw,
            "a translation keeps the original's title here, and has a heading of its own",
        );
        return;
    }
    if plain::is_placeholder(&title) || title.is_empty() {
        found.refuse(origin, raw, "a placeholder");
        return;
    }
    found.add(title, origin, raw, claim.weight);
    claim.note.iter().for_each(|note| found.note(*note));
}

fn has_own_heading(evidence: &Evidence<'_>) -> bool {
    let mut headings = match evidence.article.kind {
        Body::Markdown => evidence.article.outline().headings.iter(),
        _ => return false,
    };
    headings
        .next()
        .is_some_and(|heading| heading.level == 1 && heading.leading)
}

/// The title in the article's own language, of a map from languages to titles.
fn in_language<'a>(evidence: &Evidence<'_>, fields: &'a [Field]) -> Option<&'a str> {
    let wanted = evidence
        .keys
        .first_text(Name::Language)
        .or_else(|| file_name::language(&evidence.article.path))
        .map(|tag| tag.to_ascii_lowercase());
    let of = |tag: &str| {
        let named = |field: &&Field| {
            let key = field.key.to_ascii_lowercase();
            key == tag || key.split(['-', '_']).next() == tag.split(['-', '_']).next()
        };
        fields.iter().find(named).and_then(|field| field.value.text())
    };
    let language_map =
        |field: &Field| (2..=7).contains(&field.key.len()) && super::language::named(&field.key).is_some();
    wanted.and_then(|tag| of(&tag)).or_else(|| of("title")).or_else(|| {
        fields
            .first()
            .filter(|field| language_map(field))
            .and_then(|field| field.value.text())
    })
}

/// The only first-level heading, before everything but images: the title in 99.5 of 100 posts (md_stripped).
const ONLY_H1: f32 = 0.93;
/// The first of several first-level headings names a section as often as the post, and less often than the file does.
const FIRST_OF_SEVERAL: f32 = 0.5;
/// A heading of a lower level that opens the text.
const LEADING_HEADING: f32 = 0.45;
/// Any other heading names a section of the text.
const SECTION_HEADING: f32 = 0.4;

/// By level.
const HEADINGS: [&str; 7] = ["", "h1", "h2", "h3", "h4", "h5", "h6"];

fn from_outline(outline: &Outline, found: &mut Found<String>) {
    let top = outline.headings.iter().filter(|heading| heading.level == 1).count();
    for (at, heading) in outline.headings.iter().take(20).enumerate() {
        let text = cut::cut(&collapse(&heading.text), LONGEST);
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
        let origin = Origin::new(Kind::Visible, key, heading.line);
        found.add(text, origin, &heading.text, weight);
    }
}

fn from_layout(layout: &Layout, found: &mut Found<String>) {
    for guess in layout.titles.iter().take(8) {
        let origin = Origin::new(Kind::Visible, "line", guess.line);
        if guess.confidence < MIN_TITLE_CONFIDENCE {
            found.refuse(origin, &guess.text, "a line of this shape is seldom a headline");
            continue;
        }
        found.add(
            cut::cut(&collapse(&guess.text), LONGEST),
            origin,
            &guess.text,
            guess.confidence,
        );
        guess.reasons.iter().for_each(|reason| found.note(*reason));
    }
}

/// Three words or more make the title in 94.8 of 100 posts, but for punctuation (md_stripped).
const SEVERAL_WORDS: f32 = 0.75;
/// One or two words may be a nickname of the post.
const FEW_WORDS: f32 = 0.52;
/// `note.txt`: where a line may be the headline, a name that is no title in words is less than the least of them.
const BARE_NAME: f32 = MIN_TITLE_CONFIDENCE - 0.01;

fn from_file_name(evidence: &Evidence<'_>, found: &mut Found<String>) {
    let path = &evidence.article.path;
    let words = file_name::words(path);
    if words.is_empty() {
        return;
    }
    let weight = match words.len() {
        _ if has_guess(found) && !is_confirmed(evidence, &words) => BARE_NAME,
        3.. => SEVERAL_WORDS,
        _ => FEW_WORDS,
    };
    // The case matters only where the name may become the title; beside a key it can do no more than agree.
    let has_key = found
        .candidates
        .iter()
        .any(|candidate| candidate.origin.kind == Kind::FrontMatter);
    let title = if has_key {
        words.join(" ")
    } else {
        with_case(evidence, &words)
    };
    found.add(
        title,
        Origin::new(Kind::FileName, "", 0),
        file_name::name_of(path),
        weight,
    );
}

/// Whether a line of a plain text may be the headline.
fn has_guess(found: &Found<String>) -> bool {
    found
        .candidates
        .iter()
        .any(|candidate| candidate.origin.kind == Kind::Visible && candidate.origin.key == "line")
}

/// Whether several words name the article, and the body has half of those that carry meaning.
fn is_confirmed(evidence: &Evidence<'_>, words: &[String]) -> bool {
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

/// The words as the body writes them (`gopro` as `GoPro`), and the first letter in upper case.
fn with_case(evidence: &Evidence<'_>, words: &[String]) -> String {
    let title = usual_cases(&body_texts(evidence), words).join(" ");
    let mut chars = title.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => title,
    }
}

/// Bytes of the body that are asked for the case of a word.
const ENOUGH: usize = 20_000;

fn body_texts<'a>(evidence: &'a Evidence<'_>) -> Vec<&'a str> {
    let texts: Vec<&str> = match evidence.article.kind {
        Body::Markdown => evidence
            .article
            .outline()
            .paragraphs
            .iter()
            .map(|p| p.text.as_str())
            .collect(),
        Body::PlainText => evidence
            .article
            .layout()
            .lines
            .iter()
            .take(60)
            .map(|l| l.text.as_str())
            .collect(),
        Body::Html => Vec::new(),
    };
    texts.into_iter().filter(|text| text.len() <= ENOUGH).take(60).collect()
}

/// The most frequent spellings of lower-case words away from the starts of sentences, found in one pass.
fn usual_cases<'a>(texts: &[&'a str], words: &'a [String]) -> Vec<&'a str> {
    let mut spellings: Vec<Vec<(&str, usize)>> = vec![Vec::new(); words.len()];
    let is_asked = |word: &String| word.len() >= 2 && !word.chars().any(char::is_uppercase);
    let asked: Vec<(usize, &String)> = words.iter().enumerate().filter(|(_, word)| is_asked(word)).collect();
    let shortest = asked.iter().map(|(_, word)| word.len()).min().unwrap_or(usize::MAX);
    for text in texts {
        let mut starts_sentence = true;
        for token in text.split_whitespace() {
            let starts = std::mem::replace(&mut starts_sentence, token.ends_with(['.', '!', '?', ':']));
            if starts || token.len() < shortest {
                continue;
            }
            let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
            for (at, word) in &asked {
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

/// A derived title is a help for readers that show nothing without one, not a claim.
const DERIVED: f32 = 0.25;
/// What a list of entries shows on one line.
const DERIVED_UNITS: usize = 100;

fn derived(evidence: &Evidence<'_>, found: &mut Found<String>, findings: &mut Vec<Finding>) {
    let Some(lead) = summary::lead(evidence) else {
        return;
    };
    let text = cut::first_clause(&lead.text, DERIVED_UNITS);
    if text.is_empty() {
        return;
    }
    let place = Location::line(lead.line);
    let message = format!("no title: `{text}` is taken from the lead");
    findings.push(
        Finding::new(&article::TITLE_MISSING, place, message).help("add a title to the front matter: `title: …`"),
    );
    let origin = Origin::new(Kind::Derived, "lead", lead.line);
    found.add(text, origin, &lead.text, DERIVED);
    found.note("taken from the lead, because nothing in the article is its title");
}
