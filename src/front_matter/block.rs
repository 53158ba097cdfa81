//! A block of front matter that was found: its reader, and the places of what is wrong with it.

use super::{
    Dialect, Field, FrontMatter, Split, fence, header, is_known_key, js, limits, line_number, markup, tolerant, toml,
    yaml,
};
use crate::finding::{Finding, Location, Severity, article as rules};

/// A block that was found, not yet read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'a> {
    /// The whole text, for places and for what follows the block.
    pub(super) file: &'a str,
    /// The byte of its first line, be it a fence.
    pub(super) opening: usize,
    /// The bytes of the block's content, without its fences.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the body starts.
    pub(super) body_start: usize,
    pub(super) syntax: Syntax,
    /// The opening line of a fence that is never closed.
    pub(super) is_unclosed: bool,
}

/// Which reader a block goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    /// JSON; for `;;;` the braces are outside of the block.
    Json,
    Header,
    Comment,
    FencedYaml,
    Markup(markup::Head),
}

impl<'a> Block<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.file.get(self.start..self.end).unwrap_or_default()
    }

    /// The number of the file's line that the block's content starts on.
    pub(super) fn first_line(&self) -> u32 {
        line_number(self.file, self.start)
    }

    pub(super) fn read(&self) -> Split {
        let mut findings = Vec::new();
        if self.text().len() > limits::BYTES {
            findings.push(limits::too_large(self.location_of_opening()));
            return Split {
                body_start: self.body_start,
                findings,
                ..Split::default()
            };
        }
        let (dialect, fields) = match self.syntax {
            Syntax::Yaml => yaml_or_toml(self, &mut findings),
            Syntax::Toml => toml::read(self, &mut findings),
            Syntax::Json => (Dialect::Json, js::read_json(self, &mut findings)),
            Syntax::Header => (Dialect::Header, header::read(self)),
            Syntax::Comment => (Dialect::Other("HTML comment"), tolerant::read(self)),
            Syntax::FencedYaml => (Dialect::Other("fenced YAML"), yaml::read(self, &mut findings)),
            Syntax::Markup(head) => markup::read(self, head),
        };
        if fields.is_empty() && findings.is_empty() && !self.text().trim().is_empty() && !is_comment_only(self.text()) {
            return Split::default();
        }
        if self.is_unclosed {
            findings.push(self.unclosed());
        }
        if matches!(self.syntax, Syntax::Yaml | Syntax::Toml | Syntax::Json) && self.file.starts_with([' ', '\n']) {
            findings.push(self.late());
        }
        let mut split = Split {
            front_matter: FrontMatter { dialect, fields },
            body_start: self.body_start,
            findings,
        };
        match self.syntax {
            Syntax::Yaml if !self.is_unclosed => self.read_second_block(&mut split),
            Syntax::Markup(markup::Head::Franklin) => self.read_page_variables(&mut split),
            _ => {}
        }
        split
    }

    /// Franklin takes a block between `+++` lines below its definitions as well.
    fn read_page_variables(&self, split: &mut Split) {
        let block = fence::find_at(self.file, self.body_start);
        if let Some(block) = block.filter(|block| block.syntax == Syntax::Toml && !block.is_unclosed) {
            split.front_matter.fields.extend(toml::assignments(&block));
            split.body_start = block.body_start;
        }
    }

    /// Some exports put their own block above the author's: `layout: post`, and then a second fence.
    fn read_second_block(&self, split: &mut Split) {
        let fields = &split.front_matter.fields;
        if !fields
            .iter()
            .all(|field| ["layout", "type", "template", "draft"].contains(&field.key.as_str()))
        {
            return;
        }
        let rest = self.file.get(self.body_start..).unwrap_or_default();
        if !rest.starts_with("---\n") {
            return;
        }
        let Some(second) = fence::find_at(self.file, self.body_start).filter(|block| !block.is_unclosed) else {
            return;
        };
        let mut findings = Vec::new();
        let (_, fields) = yaml_or_toml(&second, &mut findings);
        if fields.iter().any(|field| is_known_key(&field.key)) {
            split.front_matter.fields.extend(fields);
            split.findings.extend(findings);
            split.body_start = second.body_start;
        }
    }

    fn location_of_opening(&self) -> Location {
        let line = fence::next_line(self.file, self.opening).map_or("", |(line, _)| line);
        Location::from_range(self.file, self.opening..self.opening + line.len(), 1)
    }

    fn unclosed(&self) -> Finding {
        let place = self.location_of_opening();
        let fence = place.excerpt.trim().to_owned();
        let message = format!(
            "the front matter that `{fence}` opens on line {} is never closed",
            place.line
        );
        Finding::new(&rules::FRONT_MATTER_UNCLOSED, place, message)
            .help(format!("write `{fence}` on a line of its own after the last key"))
    }

    /// Most programs see front matter on the first line only.
    fn late(&self) -> Finding {
        let message = "blank space stands above the front matter";
        let mut finding = Finding::new(&rules::FRONT_MATTER_INVALID, self.location_of_opening(), message)
            .help("move it to the first line of the file");
        finding.severity = Severity::Warning;
        finding
    }

    /// The place of a byte range of the block's text.
    pub(super) fn location(&self, start: usize, end: usize) -> Location {
        Location::from_range(self.file, self.start + start..self.start + end.max(start + 1), 1)
    }
}

fn yaml_or_toml(block: &Block<'_>, findings: &mut Vec<Finding>) -> (Dialect, Vec<Field>) {
    if toml::looks_like(block.text()) {
        return toml::read(block, findings);
    }
    if block.text().trim_start().starts_with('{') {
        let mut found = Vec::new();
        let fields = js::read_json(block, &mut found);
        if found.is_empty() {
            return (Dialect::Json, fields);
        }
    }
    (Dialect::Yaml, yaml::read(block, findings))
}

fn is_comment_only(text: &str) -> bool {
    text.lines()
        .all(|line| line.trim_start().starts_with('#') || line.trim().is_empty())
}
