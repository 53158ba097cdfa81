//! Words that mark a line: one kind of evidence beside its shape. One table per group of languages.

mod east_asian;
mod latin;
mod other_scripts;

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

/// What a phrase says about the line that it opens, or that it is the whole of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Opens a breadcrumb: `Home`.
    Home,
    /// Opens the credit or caption of a picture: `Photo:`.
    Photo,
    /// A picture agency, anywhere near the end of a line.
    Agency,
    /// Is a whole line: a button, a menu entry, a label.
    Button,
    /// Opens a link to another article: `See also`.
    Related,
    /// Opens a line of the page's foot or comment form, or a notice to the visitor.
    Tail,
    /// Opens a byline.
    By,
    /// Opens a date line: `Published`.
    Published,
    /// Opens a date line: `Updated`.
    Updated,
    /// Opens a note of the editors about the article: `Update:`, `This article was first published`.
    Note,
    /// Opens the line that names the site: `Discover more from`.
    Site,
}

const WORDS: usize = 11;

/// A row of a table: the kind, and phrases in lower case separated by `|`.
type Row = (Word, &'static str);

/// Per kind, how many bytes of a folded line its longest phrase covers; 0 if none opens it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hits([u8; WORDS]);

impl Hits {
    pub(super) fn len(&self, word: Word) -> usize {
        usize::from(self.0[word as usize])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|len| *len == 0)
    }

    pub(super) fn has(&self, word: Word) -> bool {
        self.len(word) > 0
    }
}

/// The phrases that open a line. `folded` is its beginning in lower case.
pub(super) fn opening(folded: &str) -> Hits {
    let mut hits = Hits::default();
    let mut chars = folded.chars();
    let Some(first) = chars.next() else {
        return hits;
    };
    let second = chars.next().unwrap_or(NO_CHAR);
    let rows = |second| table().get(&(first, second)).map_or(&[][..], Vec::as_slice);
    for (word, phrase) in rows(second).iter().chain(rows(NO_CHAR)) {
        if folded.starts_with(&**phrase) && ends_at_boundary(folded, phrase) {
            let len = &mut hits.0[*word as usize];
            *len = (*len).max(u8::try_from(phrase.len()).unwrap_or(u8::MAX));
        }
    }
    hits
}

/// Whether a folded line names comments.
pub(super) fn speaks_of_comments(folded: &str) -> bool {
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

/// Whether a picture agency is named at the end of a folded text.
pub(super) fn ends_with_agency(folded: &str) -> bool {
    let folded = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    agencies().iter().any(|agency| {
        folded.strip_suffix(agency).is_some_and(|before| {
            before
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() || !c.is_ascii())
        })
    })
}

fn ends_at_boundary(folded: &str, phrase: &str) -> bool {
    let dense = phrase
        .chars()
        .next_back()
        .is_some_and(|c| !c.is_alphanumeric() || super::shape::is_unspaced(c));
    dense
        || folded[phrase.len()..]
            .chars()
            .next()
            .is_none_or(|c| !c.is_alphanumeric())
}

fn rows() -> impl Iterator<Item = (Word, &'static str)> {
    [latin::ROWS, east_asian::ROWS, other_scripts::ROWS]
        .into_iter()
        .flatten()
        .flat_map(|(word, phrases)| phrases.split('|').map(|phrase| (*word, phrase)))
}

/// Stands for the second character of a phrase that has only one.
const NO_CHAR: char = '\0';

/// Phrases by their first two characters.
type Table = HashMap<(char, char), Vec<(Word, Cow<'static, str>)>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        for (word, phrase) in rows() {
            table
                .entry(start(phrase))
                .or_default()
                .push((word, Cow::Borrowed(phrase)));
            if phrase.contains('\'') {
                let curly = phrase.replace('\'', "’");
                table.entry(start(&curly)).or_default().push((word, Cow::Owned(curly)));
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
            .filter(|(word, _)| *word == Word::Agency)
            .map(|(_, phrase)| phrase)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_lower_case_and_free_of_empty_phrases() {
        for (word, phrase) in rows() {
            assert!(
                !phrase.trim().is_empty() && phrase.trim() == phrase,
                "{word:?} {phrase:?}"
            );
            assert_eq!(phrase.to_lowercase(), phrase, "{word:?}");
        }
    }

    #[test]
    fn phrases_match_whole_words() {
        assert!(opening("home » news").has(Word::Home));
        assert!(!opening("homeless in the city").has(Word::Home));
        assert!(opening("相关阅读今天").has(Word::Related));
        assert!(ends_with_agency("the hall in ruins (getty images)"));
        assert!(!ends_with_agency("a good wrap"));
    }
}
