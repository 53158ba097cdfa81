//! Finds authors' names in bylines, in date lines, and next to date lines.

use super::{
    Byline, Line, Role,
    form::{Form, Scan},
    phrases::{self, Cue, Opening},
    shape::End,
};

/// The maximum number of bylines that are returned. Further bylines belong to comments and other pages.
const MAX_BYLINES: usize = 8;
/// The maximum number of words in a byline.
const MAX_WORDS: usize = 12;
/// Particles in names, and conjunctions between names.
const PARTICLES: &[&str] = &[
    "von", "van", "vom", "zu", "zum", "zur", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "do", "du",
    "la", "le", "el", "al", "bin", "ibn", "ben", "ter", "ten", "af", "av", "und", "and", "&", "y", "et", "e", "i", "a",
    "og", "och", "en", "ve", "и", "та", "й", "και", "with", "mit",
];

/// The bylines, in text order.
pub(super) fn find(lines: &[Line], scans: &[Scan], start: usize, end: usize) -> Vec<Byline> {
    let found = (0..lines.len()).filter_map(|index| {
        let (text, scan) = (lines[index].text.as_str(), &scans[index]);
        let in_body = index > start && index < end;
        let names = match scan.form {
            Form::Byline => labeled_names(text, scan).or_else(|| text_after_label(text, scan, in_body)),
            // Inside the body, two capitalized words next to a date may name a place or an event, so a label is
            // required there.
            Form::Date => {
                labeled_names(text, scan).or_else(|| (!in_body).then(|| name_in_date_line(text, scan)).flatten())
            }
            Form::Short if !in_body && is_below_label(lines, scans, index) => Some(text.to_owned()),
            Form::Short if index < start && is_name_beside_date(scans, index) => Some(text.to_owned()),
            _ => None,
        };
        let names = names.filter(|names| lines[index].role != Role::Title && names.chars().any(char::is_alphabetic))?;
        Some(Byline { index, names })
    });
    found.take(MAX_BYLINES).collect()
}

/// The names after a label: `By Jane Doe`, `6. Juli 2015 von Jane Doe — 2 Kommentare`.
fn labeled_names(text: &str, scan: &Scan) -> Option<String> {
    segments(text, scan, 0).find_map(|segment| {
        // An icon or a bullet may directly precede the label, without a space.
        let segment = segment.trim_start_matches(|c: char| !c.is_alphanumeric());
        // The label may follow other words: `Posted on 3 May by Jane Doe`.
        let starts = std::iter::once(0).chain(segment.match_indices(' ').map(|(at, _)| at + 1));
        starts.take(MAX_WORDS).find_map(|at| {
            let folded = phrases::fold(&segment[at..], 40);
            let length = phrases::cues(&folded).len(Cue::Byline);
            let rest = segment.get(at + length..).filter(|_| length > 0)?;
            let rest = trim(rest);
            // A name starts with a capital letter, unlike the words after `by` in `by the way`.
            let names = leading_names(rest);
            // If there is no capitalized name, the next word may be a lowercase handle, possibly followed by a
            // preposition that introduces a date: `by oz on December 4`.
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

/// The text after a byline's label, up to the next date or separator. It is used if [`labeled_names`] finds no names.
/// Returns `None` if the byline is in the body.
fn text_after_label(text: &str, scan: &Scan, in_body: bool) -> Option<String> {
    let folded = phrases::fold(text, phrases::OPENING_CHARS);
    let label = Opening::new(&folded).end(Cue::Byline);
    let names = segments(text, scan, label).next()?;
    (!in_body).then(|| names.to_owned())
}

/// An unlabeled name in a date line: `Christian Kahle, 03.11.2023`.
fn name_in_date_line(text: &str, scan: &Scan) -> Option<String> {
    segments(text, scan, 0)
        .find(|segment| is_name(segment))
        .map(str::to_owned)
}

/// The parts of a line between its dates and separators, starting at the byte offset `from`.
fn segments<'t>(text: &'t str, scan: &Scan, from: usize) -> impl Iterator<Item = &'t str> {
    let mut parts = Vec::new();
    let mut at = from;
    for span in scan.dates.iter().filter(|span| span.bytes.start >= from) {
        parts.push(text.get(at..span.bytes.start).unwrap_or_default());
        at = span.bytes.end;
    }
    parts.push(text.get(at..).unwrap_or_default());
    parts
        .into_iter()
        .flat_map(|part| {
            part.split([
                '|', '•', '·', '—', '–', '/', '／', '(', ')', '（', '）', ';', '【', '】', '［', '］', '[', ']', '<',
                '>',
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

/// The words at the start of the text that look like names.
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
        // A period ends the names, unless it follows an initial or a title (`J.`, `Dr.`).
        if word.ends_with('.') && word.chars().count() > 3 {
            break;
        }
    }
    trim(text.get(..end).unwrap_or_default())
}

/// Whether the text consists of two to four capitalized words.
fn is_name(text: &str) -> bool {
    let words = || text.split(' ');
    let capitalized = |word: &str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().nth(2).is_some();
    let cues = phrases::cues(&phrases::fold(text, 40));
    (2..=4).contains(&words().count())
        && words().all(|word| capitalized(word) || PARTICLES.contains(&word) || word.ends_with('.'))
        && words().next().is_some_and(capitalized)
        && !text.chars().any(char::is_numeric)
        && cues.is_empty()
}

/// Whether the line looks like a name (`Jane Doe`) and is directly above or below a date.
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

/// Whether the line contains only a few words, and the line above it consists only of a label such as `By`.
fn is_below_label(lines: &[Line], scans: &[Scan], i: usize) -> bool {
    let Some(above) = i.checked_sub(1).and_then(|at| lines.get(at)) else {
        return false;
    };
    let folded = phrases::fold(trim(&above.text), 24);
    let length = phrases::cues(&folded).len(Cue::Byline);
    length > 0 && length == folded.len() && scans[i].shape.words <= 5 && scans[i].shape.end != End::Stop
}
