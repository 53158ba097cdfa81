//! Finds front matter between fences (`---`, `+++`, `;;;`, code fences), in an HTML comment, or in a bare JSON object.

use super::{
    block::{Block, Syntax},
    braces,
    keys::{is_metadata_key, split_key},
    lines::next_line,
    markup::Markup,
};

/// Finds the block that starts at byte offset `from`. Blank lines may precede the block.
pub(super) fn find_at(file: &str, from: usize) -> Option<Block<'_>> {
    let rest = file.get(from..)?;
    let opening = from + rest.len() - rest.trim_start_matches(['\n', ' ', '\t']).len();
    // In Markdown, a line that is indented by four or more spaces is code, so it is not a fence.
    let line_start = file[..opening].rfind('\n').map_or(0, |at| at + 1).max(from);
    if opening - line_start > 3 {
        return None;
    }
    let (line, content) = next_line(file, opening)?;
    let fence = line.trim_end();
    // Some sites write more than three dashes.
    if let Some(info) = fence.strip_prefix("---") {
        return between_dashes(file, opening, content, info.trim_start_matches('-').trim());
    }
    match fence {
        "+++" => closed_by(file, opening, content, Syntax::Toml, |line| line == "+++")
            .or_else(|| unclosed(file, opening, content, Syntax::Toml)),
        ";;;" => closed_by(file, opening, content, Syntax::Json, |line| line == ";;;"),
        // A YAML code block at the start may also be an example in an article about YAML, so a metadata key is
        // required.
        "```yaml" | "```yml" | "~~~yaml" => {
            let block = closed_by(file, opening, content, Syntax::FencedYaml, |line| {
                line == "```" || line == "~~~"
            })?;
            has_metadata_key(block.text()).then_some(block)
        }
        _ if line.starts_with("<!--") => comment(file, opening),
        _ if line.starts_with('{') => json_object(file, opening),
        _ => None,
    }
}

/// A block between lines of three or more dashes. As in YAML, a `...` line may also close the block.
fn between_dashes<'a>(file: &'a str, opening: usize, content: usize, info: &str) -> Option<Block<'a>> {
    let syntax = match info {
        "" | "yaml" | "yml" => Syntax::Yaml,
        "toml" => Syntax::Toml,
        "json" => Syntax::Json,
        _ => return None,
    };
    let is_closing = |line: &str| line == "..." || (line.len() >= 3 && line.bytes().all(|byte| byte == b'-'));
    match closed_by(file, opening, content, syntax, is_closing) {
        // `---` is also a thematic break in Markdown. A thematic break is followed by prose, whereas front matter
        // starts with a key.
        Some(block) if syntax != Syntax::Yaml || starts_with_key(block.text()) => Some(block),
        Some(_) => None,
        None => unclosed(file, opening, content, syntax),
    }
}

fn closed_by(
    file: &str,
    opening: usize,
    content: usize,
    syntax: Syntax,
    is_closing: impl Fn(&str) -> bool,
) -> Option<Block<'_>> {
    let mut at = content;
    while let Some((line, next)) = next_line(file, at) {
        if is_closing(line.trim_end()) {
            return Some(Block {
                file,
                opening,
                start: content,
                end: at,
                body_start: next,
                syntax,
                is_unclosed: false,
            });
        }
        at = next;
    }
    None
}

/// A block without a closing fence. It ends before the first line that neither contains a key nor continues a value.
fn unclosed(file: &str, opening: usize, content: usize, syntax: Syntax) -> Option<Block<'_>> {
    // Without a closing fence, only the keys distinguish front matter from the body. Three or more words before the
    // separator are more likely to be prose than a key.
    let separator = if syntax == Syntax::Toml { '=' } else { ':' };
    let mut end = content;
    let mut keys = 0;
    while let Some((line, next)) = next_line(file, end) {
        let is_key = split_key(line, separator).is_some_and(|(key, _)| key.split_whitespace().count() <= 2);
        let continues = keys > 0 && (line.starts_with([' ', '\t', '#']) || line.starts_with("- "));
        if !is_key && !continues || line.trim().is_empty() {
            break;
        }
        keys += usize::from(is_key);
        end = next;
    }
    (keys > 0).then_some(Block {
        file,
        opening,
        start: content,
        end,
        body_start: end,
        syntax,
        is_unclosed: true,
    })
}

/// Whether the first line that is neither blank nor a comment starts with a key.
fn starts_with_key(block: &str) -> bool {
    let mut lines = block.lines().map(str::trim).filter(|line| !line.is_empty());
    match lines.find(|line| !line.starts_with('#')) {
        // The front matter is empty or contains only comments.
        None => true,
        Some(line) => {
            // The line may also start with a YAML flow mapping, an explicit key, a merge key, an anchor or a tag.
            line.starts_with('{')
                || line.starts_with("? ")
                || line.starts_with("<<:")
                || line.starts_with('&')
                || line.starts_with("!!")
                // A sentence between two thematic breaks may also contain a colon, so a key with spaces counts only if
                // it is quoted or if the block has a metadata key.
                || split_key(line, ':')
                    .is_some_and(|(key, _)| !key.contains(' ') || key.starts_with(['"', '\'']) || has_metadata_key(block))
                // Some authors put TOML between dashes.
                || split_key(line, '=').is_some_and(|(key, _)| !key.contains(' '))
        }
    }
}

/// An HTML comment that contains only `key: value` lines, or Nikola's `.. key: value` lines.
fn comment(file: &str, opening: usize) -> Option<Block<'_>> {
    let start = opening + "<!--".len();
    let end = start + memchr::memmem::find(&file.as_bytes()[start..], b"-->")?;
    let text = &file[start..end];
    let is_front_matter = has_metadata_key(text)
        && text
            .lines()
            .all(|line| line.trim().is_empty() || line.starts_with([' ', '\t']) || is_key_line(line));
    // In Markdown posts, Nikola's `.. title: x` lines are inside an HTML comment.
    let is_nikola = text.trim_start().starts_with(".. ");
    let syntax = if is_nikola {
        Syntax::Markup(Markup::Nikola)
    } else {
        Syntax::Comment
    };
    (is_front_matter || is_nikola).then(|| Block {
        file,
        opening,
        start,
        end,
        body_start: after_line(file, end + "-->".len()),
        syntax,
        is_unclosed: false,
    })
}

fn is_key_line(line: &str) -> bool {
    split_key(line, ':').is_some()
}

fn has_metadata_key(text: &str) -> bool {
    text.lines()
        .filter_map(|line| split_key(line, ':'))
        .any(|(key, _)| is_metadata_key(key))
}

/// A JSON object at the start of the text, as opposed to a template tag or braces in prose.
fn json_object(file: &str, opening: usize) -> Option<Block<'_>> {
    let inside = file[opening + 1..].trim_start();
    let first_member = inside.strip_prefix('"').and_then(|key| key.split_once('"'));
    // Template tags such as `{{ x }}` and `{% x %}` also start with a brace, but no quoted key follows the brace.
    let is_object = first_member.is_some_and(|(key, rest)| !key.contains('\n') && rest.trim_start().starts_with(':'));
    if !is_object && !inside.starts_with("//") && !inside.starts_with("/*") {
        return None;
    }
    let end = braces::end_of_object(file, opening);
    // If the closing brace is missing, end the block at the first blank line, so that the body is not taken for JSON.
    let next_blank_line = || file[opening..].find("\n\n").map_or(file.len(), |at| opening + at + 1);
    let block_end = end.unwrap_or_else(next_blank_line);
    Some(Block {
        file,
        opening,
        start: opening,
        end: block_end,
        body_start: after_line(file, block_end),
        syntax: Syntax::Json,
        is_unclosed: end.is_none(),
    })
}

/// The start of the next line if only white space follows byte offset `at` on its line; otherwise, `at` itself.
fn after_line(text: &str, at: usize) -> usize {
    match next_line(text, at) {
        Some((line, next)) if line.trim().is_empty() => next,
        _ => at,
    }
}
