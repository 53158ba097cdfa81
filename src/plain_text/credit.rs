//! Separates a picture's credit (who made the picture) from its caption (what the picture shows).

use super::{
    phrases::{self, Cue, OPENING_CHARS, Opening, fold},
    shape::{End, Shape, is_unspaced, words_in},
};

/// The number of characters at the end of a caption that are searched for a credit.
const CLOSING_CHARS: usize = 120;
/// The maximum length, in characters, of a credit's label (`Photo`) before a colon.
const LABEL_CHARS: usize = 24;

/// The byte offset at which the credit in a caption starts: `…fall of the wall[Getty]`, `(Photo: Jane Doe)`, `© Jane
/// Doe`, `Jane Doe/AFP`.
pub(super) fn start(text: &str, shape: &Shape, opening: &Opening<'_>) -> Option<usize> {
    if shape.units > 900 {
        return None;
    }
    if opening.cues.has(Cue::Photo) {
        let (label, after) = opening.split(Cue::Photo);
        let after = after.trim_start();
        // A headline may also start with `Photo` or `Images`, so a separator must follow the word.
        let has_label = after.is_empty()
            || after.starts_with([
                ':', '：', '/', '|', '©', '=', '＝', '>', '-', '–', '／', ']', '】', ')', '）', '・',
            ]);
        // In Chinese and Japanese, the caption directly follows the label: `图为…`.
        let dense = label.chars().next_back().is_some_and(is_unspaced) && shape.units <= 120;
        if has_label || dense || opening.text.starts_with("photo by") || opening.text.starts_with("courtesy") {
            return Some(0);
        }
        if shape.words <= 7 && shape.end != End::Question && phrases::ends_with_agency(opening.text) {
            return Some(0);
        }
    }
    if text.starts_with('©') || opening.text.starts_with("(c)") {
        // Unlike a credit, a copyright notice contains a year: `© 2026 Harbor News`.
        let is_notice = text.chars().filter(|c| c.is_numeric()).count() >= 4;
        return (!is_notice && shape.words <= 14).then_some(0);
    }
    closing(text, shape)
}

/// Finds a credit at the end of a line. The credit starts with a label (`Foto:`) or `©`, contains a slash before an
/// agency's name (`Jane Doe/AFP`), or is in brackets.
fn closing(text: &str, shape: &Shape) -> Option<usize> {
    let tail_start = text.char_indices().rev().nth(CLOSING_CHARS).map_or(0, |(at, _)| at);
    let tail = text.get(tail_start..).unwrap_or_default();
    let folded = fold(tail, usize::MAX);
    let at = folded.char_indices().find_map(|(at, c)| match c {
        ':' | '：' | '=' | '＝' => label_before(&folded, at),
        '©' => Some(at),
        '/' | '／' => phrases::cues(&folded[at + c.len_utf8()..])
            .has(Cue::Agency)
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
        // Longer text is not a credit: the article's text continues after the colon.
        if words_in(credit) <= 12 && !credit.contains(". ") {
            return Some(opening_bracket(text, tail_start + at));
        }
    }
    let trimmed = folded.trim_end();
    if trimmed.ends_with([']', ')', '）', '】']) {
        let open = trimmed.rfind(['[', '(', '（', '【'])?;
        let in_brackets = &trimmed[open..];
        return (phrases::ends_with_agency(in_brackets) && words_in(in_brackets) <= 8).then_some(tail_start + open);
    }
    let bare = shape.words <= 6 && shape.end == End::Open && phrases::ends_with_agency(&folded);
    (bare && (folded.contains('/') || folded.contains(" via ") || shape.words <= 2)).then_some(0)
}

/// The byte offset of the credit label directly before a colon: `foto` in `…am fluss foto: jane doe`.
fn label_before(folded: &str, colon: usize) -> Option<usize> {
    let before = folded[..colon].trim_end();
    let is_label = |at: &usize| {
        let label = &before[*at..];
        !label.is_empty() && phrases::cues(label).len(Cue::Photo) == label.len()
    };
    let words = before
        .char_indices()
        .rev()
        .take(LABEL_CHARS)
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, c)| at + c.len_utf8());
    let start = (before.chars().count() <= LABEL_CHARS).then_some(0);
    // A CJK label is not preceded by a space, so it may start at any of the last four characters before the colon.
    let dense = before
        .char_indices()
        .rev()
        .take(4)
        .filter(|(_, c)| is_unspaced(*c) || ('가'..='힣').contains(c))
        .map(|(at, _)| at);
    // The longest label is chosen: `photo credit`, not just `credit`.
    words.chain(start).chain(dense).filter(is_label).min()
}

/// The byte offset at which the names before a slash start: after the last period, bracket, bar or similar punctuation.
fn clause_before(folded: &str, slash: usize) -> usize {
    let before = &folded[..slash];
    let start = before
        .rfind([')', '(', '[', '|', '©', ':', '”', '"'])
        .map(|at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let stop = before.rfind(". ").map(|at| at + 2);
    start.max(stop).unwrap_or(0)
}

/// The byte offset of the bracket directly before a credit, or of the credit itself if there is no bracket.
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

/// Splits a line into the caption and its credit, without the credit's label.
pub(super) fn split(text: &str, shape: &Shape) -> (Option<String>, Option<String>) {
    let folded = fold(text, OPENING_CHARS);
    let Some(at) = start(text, shape, &Opening::whole(&folded)) else {
        return (Some(text.to_owned()), None);
    };
    let (caption, credit) = text.split_at_checked(at).unwrap_or((text, ""));
    let caption = caption.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '/' | '•'));
    let credit = credit.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | ')' | ']' | '（' | '）' | '【' | '】' | '.')
    });
    let folded = fold(credit, OPENING_CHARS);
    let label = phrases::cues(&folded).len(Cue::Photo);
    let credit = credit.get(label..).unwrap_or(credit);
    let credit = credit
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '/' | '|' | '©' | '=' | '＝'));
    let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    (some(caption), some(credit))
}
