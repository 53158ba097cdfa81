//! Who wrote it: the names in bylines, in date lines, and in lines beside them.

use super::{
    Byline, Line, Role,
    form::{self, Form, Scan},
    phrases::{self, Word},
    shape::End,
};

/// Bylines kept; further ones belong to comments and other pages.
const MAX_BYLINES: usize = 8;
/// Words of one byline.
const MAX_WORDS: usize = 12;
/// Small words inside of names and between them.
const PARTICLES: &[&str] = &[
    "von", "van", "vom", "zu", "zum", "zur", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du",
    "la", "le", "el", "al", "bin", "ibn", "ben", "ter", "ten", "af", "av", "und", "and", "&", "y", "et", "e", "i", "a",
    "og", "och", "en", "ve", "и", "та", "й", "και", "with", "mit",
];

/// The bylines, in the order of the text.
pub(super) fn find(lines: &[Line], scans: &[Scan], start: usize, end: usize) -> Vec<Byline> {
    let found = (0..lines.len()).filter_map(|index| {
        let (text, scan) = (lines[index].text.as_str(), &scans[index]);
        let in_body = index > start && index < end;
        let names = match scan.form {
            Form::Byline => announced(text, scan).or_else(|| in_body_or_name(text, scan, in_body)),
            Form::Date => announced(text, scan).or_else(|| (!in_body).then(|| beside_date(text, scan)).flatten()),
            Form::Short if !in_body && is_after_lone_word(lines, scans, index) => Some(text.to_owned()),
            Form::Short if index < start && is_name_beside_date(scans, index) => Some(text.to_owned()),
            _ => None,
        };
        let names = names.filter(|names| lines[index].role != Role::Title && names.chars().any(char::is_alphabetic))?;
        Some(Byline { index, names })
    });
    found.take(MAX_BYLINES).collect()
}

/// The names after the word that announces them: `By Jane Doe`, `6. Juli 2015 von Jane Doe — 2 Kommentare`.
fn announced(text: &str, scan: &Scan) -> Option<String> {
    segments(text, scan).find_map(|segment| {
        let starts = std::iter::once(0).chain(segment.match_indices(' ').map(|(at, _)| at + 1));
        starts.take(MAX_WORDS).find_map(|at| {
            let folded = form::fold(&segment[at..], 40);
            let length = phrases::opening(&folded).len(Word::By);
            let rest = segment.get(at + length..).filter(|_| length > 0)?;
            let rest = trim(rest);
            // `von 5 bis 7`, `by the way`: a name has a capital, or is all there is.
            let names = leading_names(rest);
            // A handle in lower case, perhaps with the word that leads over to the date: `by oz on December 4`.
            let is_handle = names.is_empty() && at == 0 && rest.split(' ').count() <= 2;
            let names = if is_handle {
                rest.split(' ').next().unwrap_or_default()
            } else {
                names
            };
            (!names.is_empty()).then(|| names.to_owned())
        })
    })
}

/// A line of byline shape without names that can be told apart is a byline as a whole, unless it stands in the body.
fn in_body_or_name(text: &str, scan: &Scan, in_body: bool) -> Option<String> {
    let length = phrases::opening(&form::fold(text, 40)).len(Word::By);
    let names = segments(text, scan)
        .next()
        .and_then(|segment| segment.get(length..))
        .map(trim)?;
    (!in_body && !names.is_empty()).then(|| names.to_owned())
}

/// `Christian Kahle, 03.11.2023`: a name in a date line that no word announces.
fn beside_date(text: &str, scan: &Scan) -> Option<String> {
    segments(text, scan).find(|segment| is_name(segment)).map(str::to_owned)
}

/// What remains of a line without its dates, between separators.
fn segments<'t>(text: &'t str, scan: &Scan) -> impl Iterator<Item = &'t str> {
    let mut parts = Vec::new();
    let mut at = 0;
    for span in &scan.dates {
        parts.push(text.get(at..span.bytes.start).unwrap_or_default());
        at = span.bytes.end;
    }
    parts.push(text.get(at..).unwrap_or_default());
    parts
        .into_iter()
        .flat_map(|part| {
            part.split([
                '|', '•', '·', '—', '–', '/', '(', ')', '/', ';', '【', '】', '［', '］', '[', ']',
            ])
        })
        .flat_map(|part| part.split(" - "))
        .map(trim)
        .filter(|part| !part.is_empty())
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '：' | ',' | '.' | '-' | '＝' | '=' | '*' | '_' | '、' | '，' | '،' | '~'
            )
    })
}

/// The words of a text as far as they look like names.
fn leading_names(text: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ').take(MAX_WORDS) {
        let first = word.chars().find(|c| c.is_alphanumeric());
        let is_particle = at > 0 && PARTICLES.contains(&word.to_lowercase().as_str());
        let is_name = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        if !is_name && !is_particle {
            break;
        }
        at += word.len() + 1;
        if is_name {
            end = at - 1;
        }
        // The clause after a comma is a role or a place as often as a name: `Jane Doe, Berlin`.
        if word.ends_with('.') && word.chars().count() > 3 {
            break;
        }
    }
    trim(text.get(..end).unwrap_or_default())
}

/// Two to four capitalized words and nothing else.
fn is_name(text: &str) -> bool {
    let words = || text.split(' ');
    let capitalized = |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().nth(2).is_some();
    let hits = phrases::opening(&form::fold(text, 40));
    (2..=4).contains(&words().count())
        && words().all(|word| capitalized(word) || PARTICLES.contains(&word) || word.ends_with('.'))
        && words().next().is_some_and(capitalized)
        && !text.chars().any(char::is_numeric)
        && hits.is_empty()
}

/// `Jane Doe` right above or below a date.
fn is_name_beside_date(scans: &[Scan], i: usize) -> bool {
    let is_date = |at: Option<usize>| {
        at.and_then(|at| scans.get(at))
            .is_some_and(|scan| scan.form == Form::Date)
    };
    looks_like_name(&scans[i]) && (is_date(Some(i + 1)) || is_date(i.checked_sub(1)))
}

fn looks_like_name(scan: &Scan) -> bool {
    let shape = &scan.shape;
    shape.lower == 0
        && (2..=4).contains(&shape.upper)
        && shape.words == shape.upper
        && shape.digits == 0
        && shape.end == End::Open
}

/// The line above holds nothing but `By`.
fn is_after_lone_word(lines: &[Line], scans: &[Scan], i: usize) -> bool {
    let Some(above) = i.checked_sub(1).and_then(|at| lines.get(at)) else {
        return false;
    };
    let folded = form::fold(trim(&above.text), 24);
    let length = phrases::opening(&folded).len(Word::By);
    length > 0 && length == folded.len() && scans[i].shape.words <= 5 && scans[i].shape.end != End::Stop
}
