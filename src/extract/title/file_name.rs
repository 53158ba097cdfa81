//! Derives a title from the words in the file name. The words are spelled as they are in the body.

use crate::{
    article::Kind,
    extract::{
        Evidence,
        evidence::{CandidateSet, Origin, OriginKind},
        file_name,
    },
    plain_text::MIN_TITLE_CONFIDENCE,
};

// These weights compete with the weights of headings in `title.rs`. A comment there explains how all of these weights
// were set.

/// A file name with at least three words. Of the 655 posts whose file name is close to the title, the file name is
/// right for 94.8%.
const SEVERAL_WORDS: f32 = 0.75;
/// A file name with one or two words, which may be just a short name for the article.
const FEW_WORDS: f32 = 0.52;
/// The weight of a file name such as `note.txt` if the body does not confirm it and a line of the text may be the
/// headline. This weight is below the weight of the least likely headline.
const UNCONFIRMED_NAME: f32 = MIN_TITLE_CONFIDENCE - 0.01;

/// Adds the words in the file name as a candidate.
pub(super) fn from_file_name(evidence: &Evidence<'_>, found: &mut CandidateSet<String>) {
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
    // If the front matter has a title, the file name can confirm that title but not replace it. Titles are compared
    // without regard to case, so the body need not be parsed to find the right spelling.
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

/// Whether a line in a plain-text article may be the headline.
fn has_headline_line(found: &CandidateSet<String>) -> bool {
    found
        .candidates
        .iter()
        .any(|candidate| candidate.origin.kind == OriginKind::Visible && candidate.origin.key == "line")
}

/// Whether the file name has at least three words, and at least half of its words with four or more letters are in the
/// body.
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

/// Joins the words into a title. They are spelled as in the body (`GoPro` for `gopro`), and the first letter of the
/// title is capitalized.
fn with_case(evidence: &Evidence<'_>, words: &[String]) -> String {
    let title = most_common_spellings(&body_texts(evidence), words).join(" ");
    let mut chars = title.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => title,
    }
}

/// The maximum length of a paragraph, in bytes. Longer paragraphs are not searched for the words of the file name.
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
        // HTML pages declare their titles, so the file name of a page is not a candidate.
        Kind::Html => Vec::new(),
    };
    texts
        .into_iter()
        .filter(|text| text.len() <= MAX_PARAGRAPH)
        .take(60)
        .collect()
}

/// Replaces each lowercase word with its most frequent spelling in the texts, and returns all other words unchanged.
/// Words that start a sentence in the texts are not counted. Makes one pass over the texts.
fn most_common_spellings<'a>(texts: &[&'a str], words: &'a [String]) -> Vec<&'a str> {
    let mut spellings: Vec<Vec<(&str, usize)>> = vec![Vec::new(); words.len()];
    let is_lower = |word: &String| word.len() >= 2 && !word.chars().any(char::is_uppercase);
    let lower: Vec<(usize, &String)> = words.iter().enumerate().filter(|(_, word)| is_lower(word)).collect();
    let shortest = lower.iter().map(|(_, word)| word.len()).min().unwrap_or(usize::MAX);
    for text in texts {
        let mut starts_sentence = true;
        for token in text.split_whitespace() {
            // The first word in a sentence is always capitalized, even if it is spelled in lowercase elsewhere.
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
