//! Heads that other markup languages and site generators put at the top of a file.

mod fields;

pub(super) use fields::read;

use super::{Block, Syntax, fence::next_line, header, is_known_key, js, limits};
use crate::text::start_of;

/// The heads that are no fenced block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
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
    /// `{# key: value #}` beside `key: value`
    TemplateComments,
}

impl Head {
    fn name(self) -> &'static str {
        match self {
            Head::Org => "Org",
            Head::AsciiDoc => "AsciiDoc",
            Head::Rest => "reStructuredText",
            Head::Nikola => "Nikola",
            Head::LinkReferences => "link references",
            Head::Pandoc => "Pandoc",
            Head::Mdx => "MDX export",
            Head::Franklin => "Franklin",
            Head::Dataview => "Dataview",
            Head::TemplateComments => "template comments",
        }
    }

    /// The key and the value of a line, for the heads that have one to a line.
    fn line(self, line: &str) -> Option<(&str, &str)> {
        let line = line.trim();
        match self {
            Head::Org => keyed(line.strip_prefix("#+")?, ":"),
            Head::AsciiDoc | Head::Rest => keyed(line.strip_prefix(':')?, ":"),
            Head::Nikola => keyed(line.strip_prefix(".. ")?, ":"),
            Head::Franklin => keyed(line.strip_prefix("@def ")?, "="),
            Head::Dataview => keyed(line.trim_start_matches("- "), "::"),
            Head::LinkReferences => link_reference(line),
            Head::TemplateComments => match line.strip_prefix("{#") {
                Some(comment) => keyed(comment.trim_end_matches("#}").trim(), ":"),
                None => keyed(line, ":"),
            },
            Head::Pandoc | Head::Mdx => None,
        }
    }
}

/// Splits `key<separator>value`; the key is one word.
fn keyed<'a>(line: &'a str, separator: &str) -> Option<(&'a str, &'a str)> {
    let (key, value) = line.split_once(separator)?;
    let key = key.trim();
    let is_word =
        !key.is_empty() && key.len() <= 64 && !key.contains(|c: char| c.is_whitespace() || c == '`' || c == '(');
    is_word.then(|| (key, value.trim()))
}

/// `[//]: # (title: x)`, `[//]: # "title: x"`, `[#]: subject: (x)`
fn link_reference(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.strip_prefix('[')?.split_once("]:")?;
    let rest = rest.trim();
    if label == "#" {
        let (key, value) = keyed(rest, ":")?;
        return Some((key, unwrap(value)));
    }
    matches!(label, "//" | "comment" | "meta" | "_").then_some(())?;
    let inner = unwrap(rest.trim_start_matches(['#', '<', '>']).trim());
    keyed(inner, ":")
}

fn unwrap(text: &str) -> &str {
    [('(', ')'), ('"', '"'), ('\'', '\'')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .unwrap_or(text)
}

/// The head at a byte of a text, blank lines before it skipped, or its `Key: value` header.
pub(super) fn find<'a>(text: &'a str, from: usize, extension: &str) -> Option<Block<'a>> {
    let start = text.len() - text.get(from..)?.trim_start_matches(['\n', ' ']).len();
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let (first, _) = next_line(text, start)?;
    let block = |head: Head, end: usize| Block {
        file: text,
        opening: start,
        start,
        end,
        body_start: end,
        syntax: Syntax::Markup(head),
        is_unclosed: false,
    };
    let head = match first.as_bytes().first()? {
        b'#' if first.starts_with("#+") => Head::Org,
        b'.' if first.starts_with(".. ") => Head::Nikola,
        b'@' if first.starts_with("@def ") => Head::Franklin,
        b'[' => Head::LinkReferences,
        b'=' if first.starts_with("= ") => {
            return asciidoc(text, start, extension).map(|end| block(Head::AsciiDoc, end));
        }
        b'%' if first.starts_with("% ") => return Some(block(Head::Pandoc, pandoc(text, start))),
        _ => {
            if let Some(end) = mdx(text, start) {
                return Some(block(Head::Mdx, end));
            }
            if let Some(end) = rest(text, start) {
                return Some(block(Head::Rest, end));
            }
            if let Some((end, body_start)) = header::find(text, start) {
                let syntax = if body_start > end && !text[end..body_start].trim().is_empty() {
                    Syntax::Yaml
                } else {
                    Syntax::Header
                };
                return Some(Block {
                    body_start,
                    syntax,
                    ..block(Head::Rest, end)
                });
            }
            return template_comments(text, start)
                .map(|end| block(Head::TemplateComments, end))
                .or_else(|| dataview(text, start).map(|end| block(Head::Dataview, end)));
        }
    };
    let end = lines_of(head, text, start)?;
    Some(block(head, end))
}

/// The end of the lines of a head, of which at least one has a known key.
fn lines_of(head: Head, text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    let mut at = start;
    let mut is_known = false;
    let mut in_string = false;
    while let Some((line, next)) = next_line(text, at) {
        at = next;
        if in_string {
            in_string = !line.contains("\"\"\"");
            end = next;
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        let Some((key, value)) = head.line(line) else { break };
        is_known |= is_known_key(key) || head != Head::LinkReferences;
        in_string = head == Head::Franklin && value.matches("\"\"\"").count() == 1;
        end = next;
    }
    (end > start && is_known).then_some(end)
}

/// A title line and, unless the file says that it is AsciiDoc, an attribute line under it.
fn asciidoc(text: &str, start: usize, extension: &str) -> Option<usize> {
    let (_, mut end) = next_line(text, start)?;
    let mut has_attribute = false;
    while let Some((line, next)) = next_line(text, end) {
        if line.trim().is_empty() {
            break;
        }
        has_attribute |= Head::AsciiDoc.line(line).is_some();
        end = next;
    }
    (has_attribute || matches!(extension, "adoc" | "asciidoc")).then_some(end)
}

fn pandoc(text: &str, start: usize) -> usize {
    let mut end = start;
    while let Some((line, next)) = next_line(text, end) {
        if !(line.starts_with('%') || end > start && line.starts_with(' ')) {
            break;
        }
        end = next;
    }
    end
}

/// A title with a line of punctuation under it (and maybe above it), a blank line, a field list.
fn rest(text: &str, start: usize) -> Option<usize> {
    let (mut title, mut at) = next_line(text, start)?;
    if is_adornment(title) {
        (title, at) = next_line(text, at)?;
    }
    let (under, mut at) = next_line(text, at)?;
    if title.trim().is_empty() || !is_adornment(under) {
        return None;
    }
    let mut end = None;
    while let Some((line, next)) = next_line(text, at) {
        if Head::Rest.line(line).is_some() || end.is_some() && line.starts_with([' ', '\t']) && !line.trim().is_empty()
        {
            end = Some(next);
        } else if !line.trim().is_empty() || end.is_some() {
            break;
        }
        at = next;
    }
    end
}

fn is_adornment(line: &str) -> bool {
    let line = line.trim_end();
    let first = line.as_bytes().first().copied().unwrap_or(b' ');
    line.len() >= 3 && first.is_ascii_punctuation() && line.bytes().all(|byte| byte == first)
}

/// The end of `export const metadata = {…}`, which nothing but imports and blank lines stand above.
fn mdx(text: &str, start: usize) -> Option<usize> {
    let (_, open) = mdx_object(text, start)?;
    let (_, length) = js::read_literal(start_of(text.get(open..)?, limits::BYTES), 1)?;
    let end = open + length;
    let (rest, next) = next_line(text, end)?;
    Some(if matches!(rest.trim(), "" | ";" | "as const" | "as const;") {
        next
    } else {
        end
    })
}

/// The name of the exported object and the byte of its opening brace.
fn mdx_object(text: &str, start: usize) -> Option<(&str, usize)> {
    let mut at = start;
    while let Some((line, next)) = next_line(text, at) {
        if let Some(declared) = line.strip_prefix("export const ") {
            let (name, value) = declared.split_once('=')?;
            let name = name.split(':').next().unwrap_or(name).trim();
            let is_metadata = [
                "meta",
                "metadata",
                "frontmatter",
                "frontMatter",
                "attributes",
                "post",
                "article",
            ]
            .contains(&name);
            let open = at + line.len() - value.trim_start().len();
            if is_metadata && text[open..].starts_with('{') {
                return Some((name, open));
            }
        } else if !(line.trim().is_empty()
            || line.starts_with("import ")
            || line.starts_with("//")
            || line.starts_with([' ', '}']))
        {
            return None;
        }
        at = next;
    }
    None
}

/// `project_path: …` and `{# wf_published_on: … #}` lines, with at least one comment among them.
fn template_comments(text: &str, start: usize) -> Option<usize> {
    let mut end = None;
    let mut at = start;
    while let Some((line, next)) = next_line(text, at) {
        let is_comment = line.starts_with("{#") && line.trim_end().ends_with("#}");
        if is_comment && Head::TemplateComments.line(line).is_some() {
            end = Some(next);
        } else if !line.trim().is_empty() && !is_comment && Head::TemplateComments.line(line).is_none() {
            break;
        }
        at = next;
    }
    end
}

/// `key:: value` lines below an optional heading.
fn dataview(text: &str, start: usize) -> Option<usize> {
    let mut end = None;
    let mut at = start;
    let mut may_be_heading = true;
    while let Some((line, next)) = next_line(text, at) {
        if Head::Dataview.line(line).is_some() {
            end = Some(next);
        } else if !(line.trim().is_empty() || may_be_heading && line.starts_with("# ")) {
            break;
        }
        may_be_heading &= line.trim().is_empty();
        at = next;
    }
    end
}
