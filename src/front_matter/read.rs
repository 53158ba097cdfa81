//! Passes a block to the reader for its syntax.

use super::{
    Dialect, Field, FrontMatter, Split,
    block::{Block, Syntax},
    braces, fence, header,
    keys::is_metadata_key,
    limits,
    lines::next_line,
    markup::{self, Markup},
    tolerant, toml, yaml,
};
use crate::finding::{Finding, Location, Severity, article as rules};

/// Reads a block. Returns an empty [`Split`] if the block turns out to be prose.
pub(super) fn read(block: &Block<'_>) -> Split {
    let mut findings = Vec::new();
    // Check the size before any parser reads the block.
    if block.text().len() > limits::BYTES {
        findings.push(limits::too_large(location_of_opening(block)));
        return Split {
            body_start: block.body_start,
            findings,
            ..Split::default()
        };
    }
    let (dialect, fields) = match block.syntax {
        Syntax::Yaml => read_between_dashes(block, &mut findings),
        Syntax::Toml => toml::read(block, &mut findings),
        Syntax::Json => (Dialect::Json, braces::read_json(block, &mut findings)),
        Syntax::Header => (Dialect::Header, header::read(block)),
        Syntax::Comment => (Dialect::Other("HTML comment"), tolerant::read(block)),
        Syntax::FencedYaml => (Dialect::Other("fenced YAML"), yaml::read(block, &mut findings)),
        Syntax::Markup(markup) => markup::read(block, markup),
    };
    // A block that has neither keys nor mistakes is prose between two thematic breaks.
    if fields.is_empty() && findings.is_empty() && !is_empty_or_comments(block.text()) {
        return Split::default();
    }
    if block.is_unclosed {
        findings.push(unclosed(block));
    }
    if matches!(block.syntax, Syntax::Yaml | Syntax::Toml | Syntax::Json) && block.file.starts_with([' ', '\n']) {
        findings.push(not_at_start(block));
    }
    let mut split = Split {
        front_matter: FrontMatter { dialect, fields },
        body_start: block.body_start,
        findings,
    };
    match block.syntax {
        Syntax::Yaml if !block.is_unclosed => read_second_block(block, &mut split),
        Syntax::Markup(Markup::Franklin) => read_page_variables(block, &mut split),
        _ => {}
    }
    split
}

/// Reads a block between `---` lines. It is usually YAML, but people put TOML and JSON there too.
fn read_between_dashes(block: &Block<'_>, findings: &mut Vec<Finding>) -> (Dialect, Vec<Field>) {
    if toml::looks_like_toml(block.text()) {
        return toml::read(block, findings);
    }
    if block.text().trim_start().starts_with('{') {
        // A YAML flow mapping also starts with a brace, so the block counts as JSON only if it is valid JSON.
        let mut json_findings = Vec::new();
        let fields = braces::read_json(block, &mut json_findings);
        if json_findings.is_empty() {
            return (Dialect::Json, fields);
        }
    }
    (Dialect::Yaml, yaml::read(block, findings))
}

/// If a `+++` block follows Franklin's `@def` lines, adds its fields, because Franklin reads both the lines and the
/// block.
fn read_page_variables(definitions: &Block<'_>, split: &mut Split) {
    let block = fence::find_at(definitions.file, definitions.body_start);
    if let Some(block) = block.filter(|block| block.syntax == Syntax::Toml && !block.is_unclosed) {
        split.front_matter.fields.extend(toml::assignments(&block));
        split.body_start = block.body_start;
    }
}

/// Adds the fields of a second block between `---` lines. Some exports put a block with `layout: post` above the
/// author's block.
fn read_second_block(first: &Block<'_>, split: &mut Split) {
    let is_added_by_export = split
        .front_matter
        .fields
        .iter()
        .all(|field| ["layout", "type", "template", "draft"].contains(&field.key.as_str()));
    let rest = first.file.get(first.body_start..).unwrap_or_default();
    if !is_added_by_export || !rest.starts_with("---\n") {
        return;
    }
    let Some(second) = fence::find_at(first.file, first.body_start).filter(|block| !block.is_unclosed) else {
        return;
    };
    let mut findings = Vec::new();
    let (_, fields) = read_between_dashes(&second, &mut findings);
    // A second block without a metadata key is prose between two thematic breaks.
    if fields.iter().any(|field| is_metadata_key(&field.key)) {
        split.front_matter.fields.extend(fields);
        split.findings.extend(findings);
        split.body_start = second.body_start;
    }
}

fn location_of_opening(block: &Block<'_>) -> Location {
    let line = next_line(block.file, block.opening).map_or("", |(line, _)| line);
    Location::from_range(block.file, block.opening..block.opening + line.len(), 1)
}

fn unclosed(block: &Block<'_>) -> Finding {
    let location = location_of_opening(block);
    let line = location.line;
    let fence = location.excerpt.trim().to_owned();
    let (message, help) = if fence.starts_with('{') {
        (
            format!("the JSON front matter that starts on line {line} is never closed"),
            "add the missing `}`".to_owned(),
        )
    } else {
        (
            format!("the front matter opened by `{fence}` on line {line} is never closed"),
            format!("add `{fence}` on its own line after the last key"),
        )
    };
    Finding::new(&rules::FRONT_MATTER_UNCLOSED, location, message).help(help)
}

fn not_at_start(block: &Block<'_>) -> Finding {
    let message = "there is white space before the front matter";
    // This is only a warning, because we can read the block. Most other programs, however, look for front matter only
    // on the first line.
    let mut finding = Finding::new(&rules::FRONT_MATTER_INVALID, location_of_opening(block), message)
        .help("remove the white space so that the file starts with the front matter");
    finding.severity = Severity::Warning;
    finding
}

fn is_empty_or_comments(text: &str) -> bool {
    text.lines()
        .all(|line| line.trim_start().starts_with('#') || line.trim().is_empty())
}
