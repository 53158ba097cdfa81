//! Where the body ends: its last paragraph, and the sentences, the list and the signature below it.

use super::{
    Line,
    form::{self, Form, Scan},
    phrases,
    shape::End,
};

/// One past the last line of the body: the last paragraph above the comments, with the sentences, the list and the
/// signature that follow it.
pub(super) fn body_end(lines: &[Line], scans: &[Scan], start: usize) -> usize {
    let limit = comments(lines, scans, start).unwrap_or(scans.len());
    let last = (start..limit)
        .rev()
        .find(|i| scans[*i].form == Form::Prose)
        .or((start < limit).then_some(start));
    let Some(last) = last else { return limit };
    let mut opens_list = scans[last].shape.end == End::Clause;
    let mut end = last + 1;
    let mut at = end;
    while at < limit {
        let shape = &scans[at].shape;
        let is_item = is_list_item(&lines[at].text);
        match scans[at].form {
            Form::Sentence | Form::Credit | Form::Wordless => {}
            // A mark between paragraphs is passed over where a sentence stands below it.
            Form::Button | Form::ImageName | Form::Note | Form::Related if passes(lines, scans, at, limit) => {}
            Form::Short if is_item || opens_list => {}
            Form::Short if matches!(shape.end, End::Stop | End::Question | End::Ellipsis) => {}
            Form::Short if is_signature(lines, scans, at, limit) => {}
            Form::Short
                if shape.end == End::Clause && lines.get(at + 1).is_some_and(|next| is_list_item(&next.text)) => {}
            _ => break,
        }
        // Numbers and bullets end with the list, bare items only with the text; a comma opens no list.
        opens_list = !is_item && (opens_list || shape.end == End::Clause && !lines[at].text.ends_with(COMMAS));
        at += 1;
        end = at;
    }
    end
}

pub(super) const COMMAS: [char; 4] = [',', '，', '、', '،'];
/// A mark of the page between two paragraphs is seldom more than this many lines.
const MARK_LINES: usize = 2;
/// A name, or a closing word and a name.
const SIGNATURE_LINES: usize = 2;
const SIGNATURE_WORDS: usize = 8;

/// Whether a sentence stands below a button or two, and they open no comments.
fn passes(lines: &[Line], scans: &[Scan], at: usize, limit: usize) -> bool {
    let is_mark = |scan: &&Scan| matches!(scan.form, Form::Button | Form::ImageName | Form::Note | Form::Related);
    let marks = scans[at..limit].iter().take(MARK_LINES + 1).take_while(is_mark).count();
    let below = at + marks;
    marks <= MARK_LINES
        && below < limit
        && is_full_sentence(&scans[below])
        && !lines[at..below]
            .iter()
            .any(|line| phrases::speaks_of_comments(&form::fold(&line.text, form::OPENING_CHARS)))
}

/// Whether the full stop of a line tells that it is no entry of a list.
pub(super) fn is_full_sentence(scan: &Scan) -> bool {
    matches!(scan.form, Form::Sentence | Form::Short) && scan.shape.end == End::Stop
}

/// `See you there,` and a name below it; or the last line or two of the text, which are too few for a list of links.
fn is_signature(lines: &[Line], scans: &[Scan], at: usize, limit: usize) -> bool {
    let is_short = |scan: &Scan| scan.form == Form::Short && scan.shape.words <= SIGNATURE_WORDS && !scan.recurs;
    let ends_with_comma = |at: usize| lines[at].text.ends_with(COMMAS);
    if !is_short(&scans[at]) {
        return false;
    }
    if ends_with_comma(at) {
        return scans.get(at + 1).is_some_and(is_short);
    }
    let below_comma = at.checked_sub(1).is_some_and(|above| {
        scans[above].form == Form::Short && ends_with_comma(above) && scans[at].shape.end == End::Open
    });
    let first_below_prose = || {
        let is_name = |scan: &&Scan| is_short(scan) && scan.shape.end == End::Open;
        let above = scans[..at]
            .iter()
            .rev()
            .take(SIGNATURE_LINES)
            .take_while(is_name)
            .count();
        limit - at + above <= SIGNATURE_LINES
    };
    below_comma || first_below_prose()
}

/// Where the comments begin: a line that speaks of them below two paragraphs, and a date soon after it.
fn comments(lines: &[Line], scans: &[Scan], start: usize) -> Option<usize> {
    let mut paragraphs = 0;
    (start..scans.len()).find(|&i| {
        paragraphs += usize::from(scans[i].form == Form::Prose);
        paragraphs >= 2
            && matches!(scans[i].form, Form::Button | Form::Tail)
            && phrases::speaks_of_comments(&form::fold(&lines[i].text, form::OPENING_CHARS))
            && scans[i + 1..].iter().take(6).any(|scan| !scan.dates.is_empty())
    })
}

/// `1. First`, `• Second`.
fn is_list_item(text: &str) -> bool {
    let rest = text.trim_start_matches(char::is_numeric);
    rest.len() < text.len() && rest.starts_with(['.', ')', ':'])
        || text.starts_with(['•', '-', '–', '*', '·', '▪', '‣', '○', '●'])
}
