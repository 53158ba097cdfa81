//! Obsidian's additions to Markdown: where callouts, comments and highlights start and end on a line.

use super::SPAN_BYTES;

/// The first line of a callout: `> [!tip]- Title`.
pub(super) struct Callout<'a> {
    /// The text before `[!`: markers of quotes and lists.
    pub(super) before: &'a str,
    pub(super) kind: &'a str,
    pub(super) title: &'a str,
}

impl<'a> Callout<'a> {
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let text = line.trim_start_matches([' ', '>', '\t', '-', '*', '+']);
        let before = &line[..line.len() - text.len()];
        let (label, title) = text.strip_prefix("[!")?.split_once(']')?;
        // Options for the appearance of the callout may follow the kind: `[!tip|wide]`.
        let kind = label.split('|').next().unwrap_or(label);
        let is_kind = kind.starts_with(char::is_alphabetic)
            && kind.len() <= 40
            && kind
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        // `[!tip]-` starts a folded callout; `[!tip]+` starts an unfolded callout.
        let title = title.strip_prefix(['-', '+']).unwrap_or(title);
        // `[!tip](b)` is a link.
        let is_separated = title.is_empty() || title.starts_with([' ', '\t']);
        // A callout is a kind of quote. Outside a quote, `[!tip]` is text.
        (is_kind && is_separated && before.trim_end().ends_with('>')).then(|| Callout {
            before,
            kind,
            title: title.trim(),
        })
    }
}

/// The byte offset of the `%%` that ends a comment. If `is_strict` is true, a `%%` at the start of a word does not
/// count, because `%%time` is an IPython command.
pub(super) fn comment_end(text: &str, is_strict: bool) -> Option<usize> {
    let ends = |at: usize| {
        let opens_word = text[at + 2..].starts_with(char::is_alphanumeric);
        !is_strict || !opens_word || !(at == 0 || text[..at].ends_with(char::is_whitespace))
    };
    text.match_indices("%%").map(|(at, _)| at).find(|at| ends(*at))
}

/// Whether a highlight may start after `before`. A highlight may start only at the start of a word, and only outside
/// addresses and tags: `q?a==b==` remains text. The position after a non-ASCII character always counts as the start of
/// a word, because Chinese is written without spaces.
pub(super) fn may_start_highlight(before: &str) -> bool {
    let starts_word = before.chars().next_back().is_none_or(|c| {
        c.is_whitespace() || !c.is_ascii() || matches!(c, '(' | '[' | '*' | '_' | '~' | '"' | '\'' | '>' | '-' | '|')
    });
    if !starts_word || before.ends_with("](") {
        return false;
    }
    // Search only the end of `before`. If a line contains many `==`, searching all of `before` each time would take
    // quadratic time.
    let near = before.len().saturating_sub(SPAN_BYTES);
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

/// The byte offset of the `==` that ends a highlight.
pub(super) fn highlight_end(inner: &str) -> Option<usize> {
    // `a == b` is a comparison, not a highlight.
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
