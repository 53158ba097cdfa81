//! Extracts the names from a byline, without the labels, dates, roles and locations around them.

use std::ops::Range;

use crate::time::written::{self, DateContext};

/// Words that precede the names in a byline, even in the middle of the line.
const BEFORE_NAMES: &[&str] = &[
    " by ",
    " von ",
    " par ",
    " por ",
    " door ",
    " di ",
    " av ",
    " autor: ",
    " autor ",
    " author ",
    " autorin: ",
    " author: ",
    " auteur: ",
    " автор: ",
    " text: ",
];
/// Separators and words that follow the names.
const AFTER_NAMES: &[&str] = &[
    " | ", " – ", " — ", " - ", " · ", " • ", " // ", " / ", "(", "[", " am ", " on ", " le ", " el ", " vom ", " um ",
    " at ", " in ", " für ", " for ", " is ", " ist ", " über ", " aus ", ": ", "\u{a0}| ", ", am ", "Follow", "@",
];
/// Phrases that occur in lines other than bylines, such as comments, form fields and dates.
///
/// The first five phrases introduce a comment; [`says_by`] uses only these five.
const NO_BYLINE: &[&str] = &[
    " says",
    " said",
    " sagt",
    " schreibt",
    " wrote",
    "antworten",
    "reply",
    "required",
    "erforderlich",
    "posted on",
    "publiziert am",
    "veröffentlicht am",
    "kommentar",
    "comment",
    // These words introduce a photographer or the source of the text.
    "quelle:",
    "source:",
    "fonte:",
    "foto",
    "photo",
    "фото",
    "bild:",
];

/// The maximum length of a line, in bytes. A longer line is running text, not a byline.
const MAX_LEN: usize = 600;

/// The part of a byline that contains the names; empty if the byline contains no names.
pub(super) fn names(line: &str) -> &str {
    let line = line.trim();
    if line.len() > MAX_LEN {
        return "";
    }
    let after = after_by(line);
    let mut names = after.unwrap_or(line);
    // A line with a word such as `by` is a byline even if it contains one of the phrases: `Posted on 3 May by Jane
    // Roe`.
    if after.is_none() {
        let lower = line.to_lowercase();
        if NO_BYLINE.iter().any(|mark| lower.contains(mark)) {
            return "";
        }
    }
    names = without_date(names);
    let end = AFTER_NAMES
        .iter()
        .filter_map(|mark| Some((find_ignoring_case(names, mark)?, *mark)))
        .filter(|(at, _)| *at > 0)
        .min_by_key(|(at, _)| *at);
    if let Some((at, mark)) = end {
        let rest = names[at..].trim();
        names = &names[..at];
        // A single word before a word such as `for` is the start of a sentence, not a name: `Everything for the net`.
        let goes_on = mark.trim().chars().all(char::is_alphabetic) && rest.contains(' ');
        if after.is_none() && goes_on && !names.trim().contains(' ') {
            return "";
        }
    }
    // A digit starts a date or a count: `Jane Roe 12. May 2019`.
    let digit = names
        .char_indices()
        .find(|(at, c)| c.is_ascii_digit() && names[..*at].ends_with(char::is_whitespace));
    if let Some((at, _)) = digit {
        names = &names[..at];
    }
    without_last_preposition(
        names
            .trim()
            .trim_end_matches([',', '|', '-', '–', ':', '·', '@'])
            .trim_end(),
    )
}

/// The text before the first date in the line, or the text after that date if the line starts with it.
fn without_date(line: &str) -> &str {
    // Only the position of the date is used, so the language does not matter: it affects only the order of day and
    // month.
    let dates = written::find(line, &DateContext::default());
    match dates.first().map(|date| &date.range) {
        Some(range) if line[..range.start].trim().is_empty() => {
            line[range.end..].trim_start_matches(|c: char| !c.is_alphanumeric())
        }
        Some(range) => &line[..range.start],
        None => line,
    }
}

/// Removes the preposition that preceded a removed date: `Jane Roe am`.
fn without_last_preposition(names: &str) -> &str {
    match names.rsplit_once(' ') {
        Some((rest, last))
            if matches!(
                last.to_lowercase().as_str(),
                "am" | "on" | "le" | "el" | "vom" | "um" | "at" | "den"
            ) =>
        {
            rest.trim_end()
        }
        _ => names,
    }
}

/// The names in a line that contains a date but is not necessarily a byline. They follow a word such as `by`, or are
/// next to the date.
pub(super) fn names_in_line<'l>(line: &'l str, date: Option<Range<usize>>) -> Option<&'l str> {
    if let Some(rest) = after_by(line).filter(|_| date.is_some()) {
        let names = names(rest);
        // After a word such as `by`, a single word is accepted too, because it may be a user name.
        let is_one_word = names.chars().count() >= 3 && !names.contains(' ');
        return Some(names).filter(|names| is_one_word || looks_like_a_name(names));
    }
    let date = date?;
    let (before, after) = (line.get(..date.start)?, line.get(date.end..)?);
    let trim = |text: &'l str| names(text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'));
    [trim(before), trim(after)]
        .into_iter()
        .find(|text| looks_like_a_name(text))
}

/// Whether the text consists of two to four capitalized words without digits.
fn looks_like_a_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let capital =
        |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(|c| !c.is_ascii_digit());
    (2..=4).contains(&words.len()) && words.iter().all(capital)
}

/// Whether the line contains a word such as `by` that introduces an author. A line that introduces a comment does not
/// count.
pub(super) fn says_by(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.len() <= MAX_LEN
        && (after_by(line).is_some()
            || ["by ", "von ", "von: ", "par ", "por ", "autor"]
                .iter()
                .any(|word| lower.starts_with(word)))
        && !NO_BYLINE.iter().take(5).any(|mark| lower.contains(mark))
}

/// The text after the first word from [`BEFORE_NAMES`] that occurs near the start of the line.
fn after_by(line: &str) -> Option<&str> {
    // Later in the line, a word such as `by` is part of a sentence.
    let near: usize = line.char_indices().nth(60).map_or(line.len(), |(at, _)| at);
    BEFORE_NAMES
        .iter()
        .filter_map(|mark| {
            let label = mark.trim_start();
            let opens =
                label.ends_with(": ") && line.get(..label.len()).is_some_and(|head| head.to_lowercase() == label);
            if opens {
                return Some((0, &line[label.len()..]));
            }
            let at = find_ignoring_case(line, mark).filter(|at| *at < near)?;
            Some((at, &line[at + mark.len()..]))
        })
        .min_by_key(|(at, _)| *at)
        .map(|(_, rest)| rest)
        .filter(|rest| !rest.trim().is_empty())
}

/// The byte offset of `mark` in the text. The case of the text is ignored, but a mark that contains an uppercase
/// letter, such as `Follow`, is found only as written. `None` if the text does not contain `mark`, or if lowercasing
/// changes the length of the text, because an offset in the lowercase text may then be wrong in the original.
fn find_ignoring_case(text: &str, mark: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let at = lower.find(mark).or_else(|| text.find(mark))?;
    (lower.len() == text.len() && text.is_char_boundary(at) && text.is_char_boundary(at + mark.len())).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_found_among_other_words() {
        let cases = [
            ("Posted on September 21, 2020 by Jane Roe", "Jane Roe"),
            ("By Jane Roe | Staff Writer", "By Jane Roe"),
            ("Von Jane Roe am 08.12.2022", "Von Jane Roe"),
            ("Erstellt von Jane Roe", "Jane Roe"),
            ("Jane Roe 12. Mai 2019", "Jane Roe"),
            ("jane sagt:", ""),
            ("Name (required)", ""),
            ("Posted on", ""),
            ("marc", "marc"),
            ("Donnerstag, 4. November 2021", ""),
            ("04.02.2022 | Jane Roe", "Jane Roe"),
            ("Everything for the net", ""),
            ("Quelle: Harbor Press", ""),
        ];
        for (line, expected) in cases {
            assert_eq!(names(line), expected, "{line}");
        }
    }
}
