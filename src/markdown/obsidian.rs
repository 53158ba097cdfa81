//! What Obsidian adds to Markdown: where its callouts, comments and highlights start and end on a line.

use super::prepare::SPAN;

/// The first line of a callout: `> [!tip]- Title`.
pub(super) struct Callout<'a> {
    pub(super) before: &'a str,
    pub(super) kind: &'a str,
    pub(super) title: &'a str,
}

impl<'a> Callout<'a> {
    pub(super) fn of(line: &'a str) -> Option<Self> {
        let text = line.trim_start_matches([' ', '>', '\t', '-', '*', '+']);
        let before = &line[..line.len() - text.len()];
        let (mark, title) = text.strip_prefix("[!")?.split_once(']')?;
        // Obsidian lets words about its looks follow the kind: `[!tip|wide]`.
        let kind = mark.split('|').next().unwrap_or(mark);
        let is_kind = kind.starts_with(char::is_alphabetic)
            && kind.len() <= 40
            && kind
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let folds = title.strip_prefix(['-', '+']).unwrap_or(title);
        let is_apart = folds.is_empty() || folds.starts_with([' ', '\t']);
        (is_kind && is_apart && before.trim_end().ends_with('>')).then(|| Callout {
            before,
            kind,
            title: folds.trim(),
        })
    }
}

/// Where a comment ends. When `is_strict`, a mark that opens a word (`%%time`) does not end it.
pub(super) fn comment_end(text: &str, is_strict: bool) -> Option<usize> {
    let ends = |at: usize| {
        let opens_word = text[at + 2..].starts_with(char::is_alphanumeric);
        !is_strict || !opens_word || !(at == 0 || text[..at].ends_with(char::is_whitespace))
    };
    text.match_indices("%%").map(|(at, _)| at).find(|at| ends(*at))
}

/// A highlight starts a word, and not within an address or a tag: `q?a==b==` is text. Chinese has no blanks.
pub(super) fn may_highlight(before: &str) -> bool {
    let starts_word = before.chars().next_back().is_none_or(|c| {
        c.is_whitespace() || !c.is_ascii() || matches!(c, '(' | '[' | '*' | '_' | '~' | '"' | '\'' | '>' | '-' | '|')
    });
    if !starts_word || before.ends_with("](") {
        return false;
    }
    let near = before.len().saturating_sub(SPAN);
    let near = (near..=before.len())
        .find_map(|at| before.get(at..))
        .unwrap_or_default();
    let last_word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_in_tag = near.rfind('<').is_some_and(|at| {
        let tag = &near[at + 1..];
        tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains('>')
    });
    !is_in_tag && !last_word.contains("://") && !last_word.contains("](")
}

/// Where the `==` stands that ends a highlight.
pub(super) fn highlight_end(inner: &str) -> Option<usize> {
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    inner.match_indices("==").map(|(at, _)| at).find(|at| {
        let (text, after) = (&inner[..*at], &inner[at + 2..]);
        !text.is_empty()
            && !text.ends_with(|c: char| c.is_whitespace() || c == '=')
            && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '=')
    })
}
