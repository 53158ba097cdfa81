//! Phrases that show what a line is, such as `Photo:` or `See also`. There is one table per group of languages.
//!
//! The tables cover about thirty languages. The phrases only supplement the evidence from a line's shape, so text in
//! any other language can also be classified, but less reliably.

mod east_asian;
mod latin;
mod other_scripts;

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use super::shape;

/// What a phrase shows about the line that contains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// Starts a breadcrumb: `Home`.
    Home,
    /// Starts a picture credit or caption: `Photo:`.
    Photo,
    /// Names a picture agency near the end of a line.
    Agency,
    /// Makes up the whole line, which is a button, a menu entry or a label.
    Button,
    /// Starts a link to another article: `See also`.
    Related,
    /// Starts a line in the page's footer, in its comment form, or in a notice to the visitor.
    Footer,
    /// Starts a byline: `By`.
    Byline,
    /// Starts a date line: `Published`.
    Published,
    /// Starts a date line: `Updated`.
    Updated,
    /// Starts an editor's note about the article: `Update:`, `This article was first published`.
    Note,
    /// Starts a line with the site's name: `Discover more from`. The WordPress plugin Jetpack adds such a line to each
    /// post.
    Site,
}

const CUES: usize = 11;

/// A row in a table: a cue and its phrases, which are in lowercase and separated by `|`.
type Row = (Cue, &'static str);

/// The cues found at the start of a line, each with the length of its longest matching phrase, in bytes of the folded
/// line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cues([u8; CUES]);

impl Cues {
    /// The length of the cue's longest matching phrase, or 0 if no phrase matches.
    pub(super) fn len(&self, cue: Cue) -> usize {
        usize::from(self.0[cue as usize])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|len| *len == 0)
    }

    pub(super) fn has(&self, cue: Cue) -> bool {
        self.len(cue) > 0
    }
}

/// The number of characters at the start of a line that are searched for phrases. No phrase is longer.
pub(super) const OPENING_CHARS: usize = 64;

/// Converts the first `chars` characters to lowercase, for [`cues`].
///
/// A character whose lowercase form has a different number of bytes, such as `İ`, is not changed, so byte offsets are
/// the same in the text and in the result.
pub(super) fn fold(text: &str, chars: usize) -> String {
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
            _ => c,
        }
    };
    text.chars().take(chars).map(lower).collect()
}

/// Finds the cues at the start of a line that was converted to lowercase by [`fold`].
pub(super) fn cues(folded: &str) -> Cues {
    let mut cues = Cues::default();
    let mut chars = folded.chars();
    let Some(first) = chars.next() else {
        return cues;
    };
    let second = chars.next().unwrap_or(NO_CHAR);
    let rows = |second| table().get(&(first, second)).map_or(&[][..], Vec::as_slice);
    for (cue, phrase) in rows(second).iter().chain(rows(NO_CHAR)) {
        if folded.starts_with(&**phrase) && ends_at_boundary(folded, phrase) {
            let len = &mut cues.0[*cue as usize];
            *len = (*len).max(u8::try_from(phrase.len()).unwrap_or(u8::MAX));
        }
    }
    cues
}

/// The start of a line in lowercase, without the bullets, icons and brackets that may precede a phrase.
///
/// The lengths in `cues` are valid only for the text in which the phrases were found, so `text` and `cues` are stored
/// together.
#[derive(Debug)]
pub(super) struct Opening<'f> {
    /// The folded text, without the characters before the first phrase.
    pub(super) text: &'f str,
    /// The byte offset in the line at which `text` starts.
    start: usize,
    /// The phrases at the start of `text`.
    pub(super) cues: Cues,
}

impl<'f> Opening<'f> {
    /// Skips whatever may precede a phrase: bullets, icons, brackets. `folded` is the start of a line, as returned by
    /// [`fold`].
    pub(super) fn new(folded: &'f str) -> Self {
        // In scraped text, bullets and icons may precede a phrase. A character with which a phrase may start, such as
        // `©`, `【` or `※`, is not skipped.
        let text = folded.trim_start_matches(|c: char| {
            !c.is_alphanumeric() && !matches!(c, '©' | '【' | '（' | '(' | '※' | '▲' | '△' | '▼' | '<' | '[' | '+')
        });
        // Some phrases start with a bracket (`【記者`). Before any other phrase, a bracket must be skipped:
        // `(Photo: Jane Doe)`.
        let in_brackets = text.trim_start_matches(['(', '[', '【', '<']);
        let find = |text: &'f str| Opening {
            text,
            start: folded.len() - text.len(),
            cues: cues(text),
        };
        let opening = find(text);
        if opening.cues.is_empty() && in_brackets.len() < text.len() {
            find(in_brackets)
        } else {
            opening
        }
    }

    /// Finds phrases only at the very start of the line, without skipping anything.
    pub(super) fn whole(folded: &'f str) -> Self {
        Opening {
            text: folded,
            start: 0,
            cues: cues(folded),
        }
    }

    /// Splits the folded text after the cue's longest matching phrase.
    pub(super) fn split(&self, cue: Cue) -> (&'f str, &'f str) {
        self.text.split_at(self.cues.len(cue))
    }

    /// The byte offset at which the cue's longest matching phrase ends in the line, or 0 if no phrase matches.
    pub(super) fn end(&self, cue: Cue) -> usize {
        match self.cues.len(cue) {
            0 => 0,
            // `fold` preserves byte offsets, so this offset is valid in the folded text and in the line.
            length => self.start + length,
        }
    }
}

/// Whether the folded line mentions comments or replies.
pub(super) fn mentions_comments(folded: &str) -> bool {
    // The list contains only stems, because the words are inflected: `1 comment`, `2 Kommentare`, `5 комментариев`.
    const STEMS: &[&str] = &[
        "comment",
        "coment",
        "komment",
        "repl",
        "respond",
        "antwort",
        "réponse",
        "reacti",
        "respuesta",
        "resposta",
        "kommentár",
        "коммент",
        "комент",
        "ответ",
        "σχόλι",
        "تعليق",
        "نظر",
        "תגוב",
        "टिप्पणी",
        "评论",
        "評論",
        "留言",
        "コメント",
        "댓글",
        "yorum",
        "bình luận",
        "ความคิดเห็น",
    ];
    STEMS.iter().any(|stem| folded.contains(stem))
}

/// Whether the folded text ends with the name of a picture agency.
pub(super) fn ends_with_agency(folded: &str) -> bool {
    let folded = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    agencies().iter().any(|agency| {
        // The name must be a whole word: `a good wrap` does not end with the name of the agency AP. In Chinese text,
        // however, there may be no space before the name.
        folded.strip_suffix(agency).is_some_and(|before| {
            before
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() || !c.is_ascii())
        })
    })
}

/// Whether the phrase ends where a word ends. A phrase may end anywhere if it is in a script without spaces, or if its
/// last character is a punctuation mark.
fn ends_at_boundary(folded: &str, phrase: &str) -> bool {
    let dense = phrase
        .chars()
        .next_back()
        .is_some_and(|c| !c.is_alphanumeric() || shape::is_unspaced(c));
    dense
        || folded[phrase.len()..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric())
}

fn rows() -> impl Iterator<Item = (Cue, &'static str)> {
    [latin::ROWS, east_asian::ROWS, other_scripts::ROWS]
        .into_iter()
        .flatten()
        .flat_map(|(cue, phrases)| phrases.split('|').map(|phrase| (*cue, phrase)))
}

/// A placeholder for the second character of a one-character phrase.
const NO_CHAR: char = '\0';

/// Phrases, indexed by their first two characters.
///
/// The table contains about two thousand phrases. Because of the index, each line is compared with only a few of them.
type Table = HashMap<(char, char), Vec<(Cue, Cow<'static, str>)>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        for (cue, phrase) in rows() {
            table
                .entry(start(phrase))
                .or_default()
                .push((cue, Cow::Borrowed(phrase)));
            // Pages use both `editor's note` and `editor’s note`.
            if phrase.contains('\'') {
                let curly = phrase.replace('\'', "’");
                table.entry(start(&curly)).or_default().push((cue, Cow::Owned(curly)));
            }
        }
        table
    })
}

fn start(phrase: &str) -> (char, char) {
    let mut chars = phrase.chars();
    (chars.next().unwrap_or(NO_CHAR), chars.next().unwrap_or(NO_CHAR))
}

fn agencies() -> &'static [&'static str] {
    static AGENCIES: OnceLock<Vec<&'static str>> = OnceLock::new();
    AGENCIES.get_or_init(|| {
        rows()
            .filter(|(cue, _)| *cue == Cue::Agency)
            .map(|(_, phrase)| phrase)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_lower_case_and_not_empty() {
        for (cue, phrase) in rows() {
            assert!(
                !phrase.trim().is_empty() && phrase.trim() == phrase,
                "{cue:?} {phrase:?}"
            );
            assert_eq!(phrase.to_lowercase(), phrase, "{cue:?}");
        }
    }

    #[test]
    fn phrases_match_whole_words() {
        assert!(cues("home » news").has(Cue::Home));
        assert!(!cues("homeless in the city").has(Cue::Home));
        assert!(cues("相关阅读今天").has(Cue::Related));
        assert!(ends_with_agency("the hall in ruins (getty images)"));
        assert!(!ends_with_agency("a good wrap"));
    }
}
