//! The syntaxes of document headers, and how a line in each syntax is split into key and value.

/// A syntax for document headers that are not between fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::front_matter) enum Markup {
    /// `#+TITLE: x`
    Org,
    /// `= Title`, an author line, a revision line, `:key: value`
    AsciiDoc,
    /// An underlined title and `:key: value`
    Rest,
    /// `.. title: x`
    Nikola,
    /// `[//]: # (title: x)`
    LinkReferences,
    /// `% title`, `% authors`, `% date`
    Pandoc,
    /// `export const metadata = { title: 'x' }`
    Mdx,
    /// `@def title = "x"`
    Franklin,
    /// `key:: value`
    Dataview,
    /// `{# key: value #}` and `key: value`, as in Google's Web Fundamentals
    TemplateComments,
}

impl Markup {
    pub(super) fn name(self) -> &'static str {
        match self {
            Markup::Org => "Org",
            Markup::AsciiDoc => "AsciiDoc",
            Markup::Rest => "reStructuredText",
            Markup::Nikola => "Nikola",
            Markup::LinkReferences => "link references",
            Markup::Pandoc => "Pandoc",
            Markup::Mdx => "MDX export",
            Markup::Franklin => "Franklin",
            Markup::Dataview => "Dataview",
            Markup::TemplateComments => "template comments",
        }
    }

    /// Splits a line into key and value. Supports only the syntaxes that have one key per line.
    pub(super) fn split_line(self, line: &str) -> Option<(&str, &str)> {
        let line = line.trim();
        match self {
            Markup::Org => split_at(line.strip_prefix("#+")?, ":"),
            Markup::AsciiDoc | Markup::Rest => split_at(line.strip_prefix(':')?, ":"),
            Markup::Nikola => split_at(line.strip_prefix(".. ")?, ":"),
            Markup::Franklin => split_at(line.strip_prefix("@def ")?, "="),
            Markup::Dataview => split_at(line.trim_start_matches("- "), "::"),
            Markup::LinkReferences => split_link_reference(line),
            Markup::TemplateComments => match line.strip_prefix("{#") {
                Some(comment) => split_at(comment.trim_end_matches("#}").trim(), ":"),
                None => split_at(line, ":"),
            },
            Markup::Pandoc | Markup::Mdx => None,
        }
    }
}

/// Splits `key<separator>value`, where the key is one word.
fn split_at<'a>(line: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let (key, value) = line.split_once(separator)?;
    let key = key.trim();
    // In prose, `:` and `::` may follow a phrase or be part of code.
    let is_word =
        !key.is_empty() && key.len() <= 64 && !key.contains(|c: char| c.is_whitespace() || c == '`' || c == '(');
    is_word.then(|| (key, value.trim()))
}

/// Splits `[//]: # (title: x)`, `[//]: # "title: x"` or `[#]: subject: (x)`.
fn split_link_reference(line: &str) -> Option<(&str, &str)> {
    // Markdown has no comments, so authors put metadata in link references that no link uses.
    let (label, rest) = line.strip_prefix('[')?.split_once("]:")?;
    let rest = rest.trim();
    // The translators of LCTT (Linux.cn) write `[#]: subject: (x)`.
    if label == "#" {
        let (key, value) = split_at(rest, ":")?;
        return Some((key, without_quotes(value)));
    }
    matches!(label, "//" | "comment" | "meta" | "_").then_some(())?;
    let inner = without_quotes(rest.trim_start_matches(['#', '<', '>']).trim());
    split_at(inner, ":")
}

fn without_quotes(text: &str) -> &str {
    [('(', ')'), ('"', '"'), ('\'', '\'')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .unwrap_or(text)
}
