//! The credits of pictures in captions: who made the picture, told from what it shows.

use super::{
    form,
    phrases::{self, Hits, Word},
    shape::{End, Shape, is_unspaced},
};

/// A credit stands in so many characters at the end of a caption.
const CLOSING_CHARS: usize = 120;
/// The word for a picture has at most so many characters.
const LABEL_CHARS: usize = 24;

/// Where in a caption its credit starts: `…fall of the wall[Getty]`, `(Photo: Jane Doe)`, `© Jane Doe`, `Jane Doe/AFP`.
pub(super) fn start(text: &str, shape: &Shape, opening: &str, hits: &Hits) -> Option<usize> {
    if shape.units > 900 {
        return None;
    }
    let photo = hits.len(Word::Photo);
    if photo > 0 {
        let after = opening[photo..].trim_start();
        let labels = after.is_empty()
            || after.starts_with([
                ':', '：', '/', '|', '©', '=', '＝', '>', '-', '–', '／', ']', '】', ')', '）', '・',
            ]);
        let dense = opening[..photo].chars().next_back().is_some_and(is_unspaced) && shape.units <= 120;
        if labels || dense || opening.starts_with("photo by") || opening.starts_with("courtesy") {
            return Some(0);
        }
        if shape.words <= 7 && shape.end != End::Question && phrases::ends_with_agency(opening) {
            return Some(0);
        }
    }
    if text.starts_with('©') || opening.starts_with("(c)") {
        let is_notice = text.chars().filter(|c| c.is_numeric()).count() >= 4;
        return (!is_notice && shape.words <= 14).then_some(0);
    }
    closing(text, shape)
}

/// A credit at the end of a line: behind a label (`Foto:`), a sign (`©`), a slash and an agency, or in brackets.
fn closing(text: &str, shape: &Shape) -> Option<usize> {
    let tail_start = text.char_indices().rev().nth(CLOSING_CHARS).map_or(0, |(at, _)| at);
    let tail = text.get(tail_start..).unwrap_or_default();
    let folded = form::fold(tail, usize::MAX);
    let at = folded.char_indices().find_map(|(at, c)| match c {
        ':' | '：' | '=' | '＝' => label_before(&folded, at),
        '©' => Some(at),
        '/' | '／' => phrases::opening(&folded[at + c.len_utf8()..])
            .has(Word::Agency)
            .then(|| clause_before(&folded, at)),
        _ => None,
    });
    let at = at.or_else(|| {
        ["photo by ", "photos by ", "via getty", "ap photo", "photo illustration"]
            .iter()
            .filter_map(|label| folded.find(label))
            .min()
    });
    if let Some(at) = at {
        let credit = &folded[at..];
        if form::words_in(credit) <= 12 && !credit.contains(". ") {
            return Some(opening_bracket(text, tail_start + at));
        }
    }
    let trimmed = folded.trim_end();
    if trimmed.ends_with([']', ')', '）', '】']) {
        let open = trimmed.rfind(['[', '(', '（', '【'])?;
        let in_brackets = &trimmed[open..];
        return (phrases::ends_with_agency(in_brackets) && form::words_in(in_brackets) <= 8)
            .then_some(tail_start + open);
    }
    let bare = shape.words <= 6 && shape.end == End::Open && phrases::ends_with_agency(&folded);
    (bare && (folded.contains('/') || folded.contains(" via ") || shape.words <= 2)).then_some(0)
}

/// Where the word for a picture starts that a label's sign follows: `foto` in `…am fluss foto: jane doe`.
fn label_before(folded: &str, sign: usize) -> Option<usize> {
    let before = folded[..sign].trim_end();
    let is_label = |at: &usize| {
        let label = &before[*at..];
        !label.is_empty() && phrases::opening(label).len(Word::Photo) == label.len()
    };
    let words = before
        .char_indices()
        .rev()
        .take(LABEL_CHARS)
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, c)| at + c.len_utf8());
    let start = (before.chars().count() <= LABEL_CHARS).then_some(0);
    let dense = before
        .char_indices()
        .rev()
        .take(4)
        .filter(|(_, c)| is_unspaced(*c) || ('가'..='힣').contains(c))
        .map(|(at, _)| at);
    words.chain(start).chain(dense).filter(is_label).min()
}

/// The start of the names before a slash: behind a full stop, a bracket, a bar.
fn clause_before(folded: &str, slash: usize) -> usize {
    let before = &folded[..slash];
    let start = before
        .rfind([')', '(', '[', '|', '©', ':', '”', '"'])
        .map(|at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let stop = before.rfind(". ").map(|at| at + 2);
    start.max(stop).unwrap_or(0)
}

/// The bracket that a credit opens with, if one stands right before it.
fn opening_bracket(text: &str, at: usize) -> usize {
    let Some(before) = text.get(..at).map(str::trim_end) else {
        return 0;
    };
    if before.ends_with(['(', '[', '（', '【']) {
        before.len() - before.chars().next_back().map_or(0, char::len_utf8)
    } else {
        at
    }
}

/// A caption without its credit, and the credit without the word that announces it.
pub(super) fn split(text: &str, shape: &Shape) -> (Option<String>, Option<String>) {
    let folded = form::fold(text, form::OPENING_CHARS);
    let hits = phrases::opening(&folded);
    let Some(at) = start(text, shape, &folded, &hits) else {
        return (Some(text.to_owned()), None);
    };
    let (caption, credit) = text.split_at_checked(at).unwrap_or((text, ""));
    let caption = caption.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '/' | '•'));
    let credit = credit.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | ')' | ']' | '（' | '）' | '【' | '】' | '.')
    });
    let folded = form::fold(credit, form::OPENING_CHARS);
    let label = phrases::opening(&folded).len(Word::Photo);
    let credit = credit.get(label..).unwrap_or(credit);
    let credit = credit
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '/' | '|' | '©' | '=' | '＝'));
    let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    (some(caption), some(credit))
}
