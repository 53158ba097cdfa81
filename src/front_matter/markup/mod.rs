//! Finds document headers without fences, in the syntaxes of markup languages and site generators.

mod fields;
mod syntax;

pub(super) use fields::read;
pub(super) use syntax::Markup;

use super::{
    block::{Block, Syntax},
    braces, header,
    keys::is_metadata_key,
    limits,
    lines::next_line,
};
use crate::text::start_of;

/// Finds the header that starts at byte offset `from`. Blank lines may precede the header. Plain `Key: value` headers
/// are found too.
pub(super) fn find<'a>(text: &'a str, from: usize, extension: &str) -> Option<Block<'a>> {
    let start = text.len() - text.get(from..)?.trim_start_matches(['\n', ' ']).len();
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let (first, _) = next_line(text, start)?;
    let block = |markup: Markup, end: usize| Block {
        file: text,
        opening: start,
        start,
        end,
        body_start: end,
        syntax: Syntax::Markup(markup),
        is_unclosed: false,
    };
    let markup = match first.as_bytes().first()? {
        b'#' if first.starts_with("#+") => Markup::Org,
        b'.' if first.starts_with(".. ") => Markup::Nikola,
        b'@' if first.starts_with("@def ") => Markup::Franklin,
        b'[' => Markup::LinkReferences,
        b'=' if first.starts_with("= ") => {
            return end_of_asciidoc(text, start, extension).map(|end| block(Markup::AsciiDoc, end));
        }
        b'%' if first.starts_with("% ") => return Some(block(Markup::Pandoc, end_of_pandoc(text, start))),
        _ => {
            if let Some(end) = end_of_mdx(text, start) {
                return Some(block(Markup::Mdx, end));
            }
            if let Some(end) = end_of_rest(text, start) {
                return Some(block(Markup::Rest, end));
            }
            if let Some((end, body_start)) = header::find(text, start) {
                // If a closing fence follows, the lines are YAML without an opening fence (Hexo).
                let syntax = if body_start > end && !text[end..body_start].trim().is_empty() {
                    Syntax::Yaml
                } else {
                    Syntax::Header
                };
                return Some(Block {
                    body_start,
                    syntax,
                    ..block(Markup::Rest, end)
                });
            }
            // Try these syntaxes last, because prose may also contain `::` and `{# … #}`.
            return end_of_template_comments(text, start)
                .map(|end| block(Markup::TemplateComments, end))
                .or_else(|| end_of_dataview(text, start).map(|end| block(Markup::Dataview, end)));
        }
    };
    let end = end_of_lines(markup, text, start)?;
    Some(block(markup, end))
}

/// The end of a header that has one key per line. If the lines are link references, at least one of them must have a
/// metadata key, because prose may also contain link references.
fn end_of_lines(markup: Markup, text: &str, start: usize) -> Option<usize> {
    let mut end = start;
    let mut at = start;
    let mut is_front_matter = false;
    let mut in_string = false;
    while let Some((line, next)) = next_line(text, at) {
        at = next;
        // Lines in a triple-quoted Franklin string may look like keys, or like the end of the header.
        if in_string {
            in_string = !line.contains("\"\"\"");
            end = next;
            continue;
        }
        // Blank lines may separate keys. After the last key, however, they are part of the body, so they do not change
        // `end`.
        if line.trim().is_empty() {
            continue;
        }
        let Some((key, value)) = markup.split_line(line) else {
            break;
        };
        is_front_matter |= is_metadata_key(key) || markup != Markup::LinkReferences;
        in_string = markup == Markup::Franklin && value.matches("\"\"\"").count() == 1;
        end = next;
    }
    (end > start && is_front_matter).then_some(end)
}

/// The end of an AsciiDoc header: a title line, followed by author lines, revision lines and attributes. Unless the
/// file has an AsciiDoc extension, at least one attribute is required.
fn end_of_asciidoc(text: &str, start: usize, extension: &str) -> Option<usize> {
    let (_, mut end) = next_line(text, start)?;
    let mut has_attribute = false;
    while let Some((line, next)) = next_line(text, end) {
        if line.trim().is_empty() {
            break;
        }
        has_attribute |= Markup::AsciiDoc.split_line(line).is_some();
        end = next;
    }
    (has_attribute || matches!(extension, "adoc" | "asciidoc")).then_some(end)
}

/// The end of the `%` lines; an indented line continues the line above it.
fn end_of_pandoc(text: &str, start: usize) -> usize {
    let mut end = start;
    while let Some((line, next)) = next_line(text, end) {
        if !(line.starts_with('%') || end > start && line.starts_with(' ')) {
            break;
        }
        end = next;
    }
    end
}

/// The end of a reStructuredText header: a title with a line of punctuation below it, optionally another such line
/// above it, then a blank line and a field list.
fn end_of_rest(text: &str, start: usize) -> Option<usize> {
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
        if Markup::Rest.split_line(line).is_some()
            || end.is_some() && line.starts_with([' ', '\t']) && !line.trim().is_empty()
        {
            end = Some(next);
        } else if !line.trim().is_empty() || end.is_some() {
            break;
        }
        at = next;
    }
    end
}

/// Whether a line consists of three or more copies of the same punctuation character.
fn is_adornment(line: &str) -> bool {
    let line = line.trim_end();
    let first = line.as_bytes().first().copied().unwrap_or(b' ');
    line.len() >= 3 && first.is_ascii_punctuation() && line.bytes().all(|byte| byte == first)
}

/// The end of `export const metadata = {…}`. Only imports, comments and blank lines may precede the export.
fn end_of_mdx(text: &str, start: usize) -> Option<usize> {
    let open = start_of_mdx_object(text, start)?;
    // Limit the length: otherwise, if the object is never closed, the whole body would be read as JavaScript.
    let (_, length) = braces::read_literal(start_of(text.get(open..)?, limits::BYTES), 1)?;
    let end = open + length;
    let (rest, next) = next_line(text, end)?;
    // TypeScript's `as const` may follow the object.
    Some(if matches!(rest.trim(), "" | ";" | "as const" | "as const;") {
        next
    } else {
        end
    })
}

/// The byte offset at which the exported metadata object starts.
fn start_of_mdx_object(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    while let Some((line, next)) = next_line(text, at) {
        if let Some(declared) = line.strip_prefix("export const ") {
            let (name, value) = declared.split_once('=')?;
            // In TypeScript, a type may follow the name: `metadata: Metadata`.
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
                return Some(open);
            }
        } else if !(line.trim().is_empty()
            || line.starts_with("import ")
            || line.starts_with("//")
            // These lines continue an import that spans several lines.
            || line.starts_with([' ', '}']))
        {
            return None;
        }
        at = next;
    }
    None
}

/// The end of the last `{# wf_published_on: … #}` comment in a block of such comments and `project_path: …` lines.
/// `None` if the block contains no such comment.
fn end_of_template_comments(text: &str, start: usize) -> Option<usize> {
    let mut end = None;
    let mut at = start;
    while let Some((line, next)) = next_line(text, at) {
        let is_comment = line.starts_with("{#") && line.trim_end().ends_with("#}");
        if is_comment && Markup::TemplateComments.split_line(line).is_some() {
            end = Some(next);
        } else if !line.trim().is_empty() && !is_comment && Markup::TemplateComments.split_line(line).is_none() {
            break;
        }
        at = next;
    }
    end
}

/// The end of the `key:: value` lines below an optional heading.
fn end_of_dataview(text: &str, start: usize) -> Option<usize> {
    let mut end = None;
    let mut at = start;
    let mut may_be_heading = true;
    while let Some((line, next)) = next_line(text, at) {
        if Markup::Dataview.split_line(line).is_some() {
            end = Some(next);
        } else if !(line.trim().is_empty() || may_be_heading && line.starts_with("# ")) {
            break;
        }
        may_be_heading &= line.trim().is_empty();
        at = next;
    }
    end
}
