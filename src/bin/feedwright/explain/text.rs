//! An explained article as text: a table of fields, each with its other candidates, then the findings.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use feedwright::{
    extract::evidence::{GUESS, Origin, OriginKind},
    finding::Severity,
    text::squash,
};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    Explained,
    field::{Field, FieldValue, fields},
};
use crate::{
    diagnostic,
    print::{Terminal, printable},
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const FIELD: Style = AnsiColor::Cyan.on_default();

/// The column where values start: after two spaces, a field name padded to ten characters, and two more spaces.
const INDENT: usize = 2 + 10 + 2;

/// The minimum width of values. Lines wrap on terminals that are too narrow for this width.
const MIN_VALUE: usize = 20;

/// The width of `not `, which precedes rejected candidates.
const NOT: usize = 4;

/// The maximum width of an origin's key: the width of `article:published_time`.
const MAX_KEY: usize = 22;

/// Formats one article.
pub(super) fn format_article(explained: &Explained, is_first: bool, terminal: &Terminal) -> String {
    let mut text = String::new();
    let gap = if is_first { "" } else { "\n" };
    let file = printable(&explained.file);
    let _ = writeln!(text, "{gap}{BOLD}{file}{BOLD:#}  {DIM}{}{DIM:#}", explained.kind);
    if explained.is_readable {
        let fields = fields(&explained.metadata);
        let table = Table::new(&fields, terminal);
        for field in &fields {
            table.write(&mut text, field);
        }
    }
    let min_severity = if terminal.is_quiet {
        Severity::Error
    } else {
        Severity::Advice
    };
    for finding in explained
        .findings
        .iter()
        .filter(|finding| finding.severity >= min_severity)
    {
        let _ = write!(
            text,
            "\n{}",
            diagnostic::format_article_finding(&explained.file, finding, terminal.width)
        );
    }
    text
}

/// The column widths of the table: field, value, confidence and origin.
struct Table {
    value: usize,
    /// The number of columns from the start of the value to the right edge.
    line: usize,
    is_verbose: bool,
}

impl Table {
    fn new(fields: &[Field<'_>], terminal: &Terminal) -> Self {
        let values = || fields.iter().filter_map(|field| field.value.as_ref());
        let losers = || values().flat_map(|value| value.losers);
        let origins = values()
            .map(|value| value.origin)
            .chain(losers().map(|loser| &loser.origin));
        let origin = origins.map(|origin| format_origin(origin).width()).max().unwrap_or(0);
        let longest = values()
            .map(|value| value.text.width())
            .chain(losers().map(|loser| loser.raw.width() + NOT))
            .max()
            .unwrap_or(0);
        // Eight columns: two spaces, four columns for the confidence, and two more spaces.
        let max_value = terminal.width.saturating_sub(INDENT + origin + 8).max(MIN_VALUE);
        Table {
            value: longest.clamp(MIN_VALUE, max_value),
            line: terminal.width.saturating_sub(INDENT).max(MIN_VALUE),
            is_verbose: terminal.is_verbose,
        }
    }

    fn write(&self, text: &mut String, field: &Field<'_>) {
        let Some(value) = &field.value else {
            if field.is_expected {
                let _ = writeln!(text, "  {FIELD}{:<10}{FIELD:#}  {DIM}–{DIM:#}", field.name);
            }
            return;
        };
        let full = printable(&value.text);
        let shown = truncate(&full, self.value);
        let pad = " ".repeat(self.value.saturating_sub(shown.width()));
        let (percent, style) = format_confidence(value.confidence);
        let origin = format_origin(value.origin);
        let _ = writeln!(
            text,
            "  {FIELD}{:<10}{FIELD:#}  {BOLD}{shown}{BOLD:#}{pad}  {style}{percent:>4}{style:#}  {DIM}{origin}{DIM:#}",
            field.name
        );
        if self.is_verbose && shown != full {
            self.write_wrapped(text, "in full:", &full);
        }
        self.write_details(text, value);
    }

    fn write_details(&self, text: &mut String, value: &FieldValue<'_>) {
        for (name, detail) in &value.details {
            self.write_quote(text, &name.replace('_', " "), detail);
        }
        // Show the raw text only if it differs from the value in more than notation. For example, `[tides, harbor]` is
        // not shown for `tides, harbor`.
        let is_repaired = !value.notes.is_empty() && value.raw != value.text;
        let (squashed, raw) = (squash(&value.text), squash(value.raw));
        if is_repaired || !(squashed.starts_with(&raw) || raw.starts_with(&squashed)) {
            self.write_quote(text, "read from", value.raw);
        }
        if !value.notes.is_empty() {
            self.write_wrapped(text, "note:", &value.notes.join("; "));
        }
        if !value.confirmed_by.is_empty() {
            let origins: Vec<String> = value.confirmed_by.iter().map(format_origin).collect();
            self.write_wrapped(text, "also in:", &origins.join("; "));
        }
        for loser in value.losers {
            self.write_loser(text, &loser.raw, &format_origin(&loser.origin), &loser.why);
        }
    }

    /// Writes a rejected candidate below the value, and the reason below the candidate.
    fn write_loser(&self, text: &mut String, raw: &str, origin: &str, why: &str) {
        let raw = printable(raw);
        let shown = truncate(&raw, self.value.saturating_sub(NOT));
        let pad = " ".repeat(self.value.saturating_sub(shown.width() + NOT));
        let _ = writeln!(
            text,
            "{:INDENT$}{DIM}not{DIM:#} {shown}{pad}        {DIM}{origin}{DIM:#}",
            ""
        );
        if self.is_verbose && shown != raw {
            self.write_wrapped(text, "   ", &raw);
        }
        self.write_wrapped(text, "   ", why);
    }

    /// Writes text from the article, truncated to one line unless `--verbose` is given.
    fn write_quote(&self, text: &mut String, name: &str, value: &str) {
        let value = printable(value);
        if self.is_verbose {
            return self.write_wrapped(text, &format!("{name}:"), &value);
        }
        let shown = truncate(&value, self.line.saturating_sub(name.width() + 2));
        let _ = writeln!(text, "{:INDENT$}{DIM}{name}:{DIM:#} {shown}", "");
    }

    /// Writes a name and the text that follows it. The text is wrapped, and all of its lines start in the same column.
    fn write_wrapped(&self, text: &mut String, name: &str, content: &str) {
        let margin = name.width() + 1;
        let content = printable(content);
        let mut name = name;
        for line in wrap(&content, self.line.saturating_sub(margin).max(MIN_VALUE)) {
            let _ = writeln!(text, "{:INDENT$}{DIM}{name:<margin$}{line}{DIM:#}", "");
            name = "";
        }
    }
}

/// Formats an origin: `front matter page_date, line 10`.
fn format_origin(origin: &Origin) -> String {
    let kind = match origin.kind {
        OriginKind::FrontMatter => "front matter",
        OriginKind::StructuredData => "structured data",
        OriginKind::Head => "head",
        OriginKind::Visible => "text",
        OriginKind::FileName => "file name",
        OriginKind::Git => "Git",
        OriginKind::Configuration => "configuration",
        OriginKind::Derived => "derived",
    };
    let mut text = kind.to_owned();
    // The key `line` is left out, because the line number follows anyway.
    if !origin.key.is_empty() && origin.key != "line" {
        let _ = write!(text, " {}", truncate(&printable(&origin.key), MAX_KEY));
    }
    if origin.line > 0 {
        let _ = write!(text, ", line {}", origin.line);
    }
    text
}

fn format_confidence(value: f64) -> (String, Style) {
    let color = match value {
        0.9.. => AnsiColor::Green,
        _ if value >= f64::from(GUESS) => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    (format!("{:.0}%", value * 100.0), color.on_default())
}

/// Truncates a string to a number of columns, with `…` at the end.
fn truncate(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    // The ellipsis takes one column.
    let mut used = 1;
    let start = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= columns
    });
    let mut start: String = start.collect();
    start.truncate(start.trim_end().len());
    start + "…"
}

/// Wraps text at word boundaries, so that lines are at most `columns` wide. A word that is wider than `columns` gets
/// its own line.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
