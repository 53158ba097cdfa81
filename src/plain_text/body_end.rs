//! Finds the end of the body. Sentences, a list or a signature directly below the last paragraph also belong to the
//! body.

use super::{
    Line,
    form::{Form, Scan},
    phrases,
    shape::End,
};

/// One more than the index of the body's last line.
///
/// The body ends with the last paragraph above the readers' comments. If sentences, a list or a signature follow that
/// paragraph, they also belong to the body. Everything below them is boilerplate.
pub(super) fn body_end(lines: &[Line], scans: &[Scan], start: usize) -> usize {
    // Readers' comments contain paragraphs too, so the search for the article's last paragraph starts above the
    // comments.
    let limit = comments(lines, scans, start).unwrap_or(scans.len());
    let last = (start..limit)
        .rev()
        .find(|i| scans[*i].form == Form::Prose)
        .or((start < limit).then_some(start));
    let Some(last) = last else { return limit };
    let mut in_list = scans[last].shape.end == End::Clause;
    let mut end = last + 1;
    let mut at = end;
    while at < limit {
        let shape = &scans[at].shape;
        let is_item = is_list_item(&lines[at].text);
        match scans[at].form {
            // A closing sentence may be too short to count as a paragraph, but it belongs to the article.
            Form::Sentence | Form::Credit | Form::Wordless => {}
            // Buttons between two paragraphs do not end the body.
            Form::Button | Form::ImageName | Form::Note | Form::Related if is_interruption(lines, scans, at, limit) => {
            }
            Form::Short if is_item || in_list => {}
            Form::Short if matches!(shape.end, End::Stop | End::Question | End::Ellipsis) => {}
            Form::Short if is_signature(lines, scans, at, limit) => {}
            Form::Short
                if shape.end == End::Clause && lines.get(at + 1).is_some_and(|next| is_list_item(&next.text)) => {}
            _ => break,
        }
        // A numbered or bulleted list ends with its last item; in any other list, all following lines may be items. A
        // line that ends with a colon introduces a list; a line that ends with a comma does not.
        in_list = !is_item && (in_list || shape.end == End::Clause && !lines[at].text.ends_with(COMMAS));
        at += 1;
        end = at;
    }
    end
}

pub(super) const COMMAS: [char; 4] = [',', '，', '、', '،'];
/// The maximum number of button lines between two paragraphs. If there are more, the body ends above them.
const MAX_INTERRUPTION_LINES: usize = 2;
/// The maximum number of lines in a signature: a name, possibly after a closing phrase.
const MAX_SIGNATURE_LINES: usize = 2;
/// The maximum number of words per line in a signature.
const MAX_SIGNATURE_WORDS: usize = 8;

/// Whether the line is the first of one or two button lines with a sentence below them. Buttons for comments do not
/// count, because the sentence below them is a comment.
fn is_interruption(lines: &[Line], scans: &[Scan], at: usize, limit: usize) -> bool {
    let is_button = |scan: &&Scan| matches!(scan.form, Form::Button | Form::ImageName | Form::Note | Form::Related);
    let buttons = scans[at..limit]
        .iter()
        .take(MAX_INTERRUPTION_LINES + 1)
        .take_while(is_button)
        .count();
    let below = at + buttons;
    buttons <= MAX_INTERRUPTION_LINES
        && below < limit
        && is_full_sentence(&scans[below])
        && !lines[at..below]
            .iter()
            .any(|line| phrases::mentions_comments(&phrases::fold(&line.text, phrases::OPENING_CHARS)))
}

/// Whether the short line ends with a period, and is therefore a sentence rather than a menu entry or a link.
pub(super) fn is_full_sentence(scan: &Scan) -> bool {
    matches!(scan.form, Form::Sentence | Form::Short) && scan.shape.end == End::Stop
}

/// Whether the line is part of a signature: a closing phrase such as `See you there,`, the name below such a phrase, or
/// one of at most two short lines at the end of the text. Two lines are too few to be a list of links.
fn is_signature(lines: &[Line], scans: &[Scan], at: usize, limit: usize) -> bool {
    let is_short =
        |scan: &Scan| scan.form == Form::Short && scan.shape.words <= MAX_SIGNATURE_WORDS && !scan.is_recurring;
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
    let is_at_end = || {
        let is_name = |scan: &&Scan| is_short(scan) && scan.shape.end == End::Open;
        let above = scans[..at]
            .iter()
            .rev()
            .take(MAX_SIGNATURE_LINES)
            .take_while(is_name)
            .count();
        limit - at + above <= MAX_SIGNATURE_LINES
    };
    below_comma || is_at_end()
}

/// The first line of the readers' comments. This line mentions comments, is below at least two paragraphs, and is soon
/// followed by a date.
fn comments(lines: &[Line], scans: &[Scan], start: usize) -> Option<usize> {
    let mut paragraphs = 0;
    (start..scans.len()).find(|&i| {
        paragraphs += usize::from(scans[i].form == Form::Prose);
        // At least two paragraphs must precede the line: near the top of the page, a line that mentions comments is a
        // comment counter or a link to the comments. A date is required because each comment has a date.
        paragraphs >= 2
            && matches!(scans[i].form, Form::Button | Form::Footer)
            && phrases::mentions_comments(&phrases::fold(&lines[i].text, phrases::OPENING_CHARS))
            && scans[i + 1..].iter().take(6).any(|scan| !scan.dates.is_empty())
    })
}

/// Whether the line is a list item: `1. First`, `• Second`.
fn is_list_item(text: &str) -> bool {
    let rest = text.trim_start_matches(char::is_numeric);
    rest.len() < text.len() && rest.starts_with(['.', ')', ':'])
        || text.starts_with(['•', '-', '–', '*', '·', '▪', '‣', '○', '●'])
}
