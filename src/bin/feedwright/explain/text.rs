//! An explained article for people: a table of fields, below each what confirms it and what lost, findings last.

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
    fact::{Fact, Told, facts},
};
use crate::{
    diagnostic,
    print::{Terminal, printable},
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const FIELD: Style = AnsiColor::Cyan.on_default();

/// Blanks before a field, its name, and blanks before its value.
const INDENT: usize = 2 + 10 + 2;

/// The least room for a value; narrower terminals wrap.
const LEAST_VALUE: usize = 20;

/// The width of `not `, before what was passed over.
const NOT: usize = 4;

/// The most room for the key of an origin: `article:published_time`.
const MOST_KEY: usize = 22;

/// The page of one article.
pub(super) fn page(explained: &Explained, is_first: bool, terminal: &Terminal) -> String {
    let mut text = String::new();
    let gap = if is_first { "" } else { "\n" };
    let file = printable(&explained.file);
    let _ = writeln!(text, "{gap}{BOLD}{file}{BOLD:#}  {DIM}{}{DIM:#}", explained.kind);
    if explained.is_readable {
        let facts = facts(&explained.metadata);
        let table = Table::new(&facts, terminal);
        for fact in &facts {
            table.write(&mut text, fact);
        }
    }
    let least = if terminal.is_quiet {
        Severity::Error
    } else {
        Severity::Advice
    };
    for finding in explained.findings.iter().filter(|finding| finding.severity >= least) {
        let _ = write!(
            text,
            "\n{}",
            diagnostic::article_finding(&explained.file, finding, terminal.width)
        );
    }
    text
}

/// The widths of the columns: field, value, confidence, origin.
struct Table {
    value: usize,
    /// The room from the value to the right edge.
    line: usize,
    is_verbose: bool,
}

impl Table {
    fn new(facts: &[Fact<'_>], terminal: &Terminal) -> Self {
        let told = || facts.iter().filter_map(|fact| fact.told.as_ref());
        let losers = told().flat_map(|told| told.losers.iter().map(|loser| &loser.origin));
        let origins = told().map(|told| told.origin).chain(losers);
        let origin = origins.map(|at| origin(at).width()).max().unwrap_or(0);
        let passed_over = told().flat_map(|told| told.losers.iter().map(|loser| loser.raw.width() + NOT));
        let longest = told()
            .map(|told| told.text.width())
            .chain(passed_over)
            .max()
            .unwrap_or(0);
        // Two blanks, four for the confidence, two more.
        let room = terminal.width.saturating_sub(INDENT + origin + 8).max(LEAST_VALUE);
        Table {
            value: longest.clamp(LEAST_VALUE, room),
            line: terminal.width.saturating_sub(INDENT).max(LEAST_VALUE),
            is_verbose: terminal.is_verbose,
        }
    }

    fn write(&self, text: &mut String, fact: &Fact<'_>) {
        let Some(told) = &fact.told else {
            if fact.is_expected {
                let _ = writeln!(text, "  {FIELD}{:<10}{FIELD:#}  {DIM}–{DIM:#}", fact.field);
            }
            return;
        };
        let value = printable(&told.text);
        let shown = cut(&value, self.value);
        let pad = " ".repeat(self.value.saturating_sub(shown.width()));
        let (sure, style) = confidence(told.confidence);
        let origin = origin(told.origin);
        let _ = writeln!(
            text,
            "  {FIELD}{:<10}{FIELD:#}  {BOLD}{shown}{BOLD:#}{pad}  {style}{sure:>4}{style:#}  {DIM}{origin}{DIM:#}",
            fact.field
        );
        if self.is_verbose && shown != value {
            self.prose(text, "in full:", &value);
        }
        self.write_reasons(text, told);
    }

    fn write_reasons(&self, text: &mut String, told: &Told<'_>) {
        for (name, value) in &told.details {
            self.quote(text, &name.replace('_', " "), value);
        }
        // `[tides, harbor]` and `tides, harbor` are the same to a reader; what was mended is not.
        let is_mended = !told.notes.is_empty() && told.raw != told.text;
        let (value, raw) = (squash(&told.text), squash(told.raw));
        if is_mended || !(value.starts_with(&raw) || raw.starts_with(&value)) {
            self.quote(text, "read from", told.raw);
        }
        if !told.notes.is_empty() {
            self.prose(text, "note:", &told.notes.join("; "));
        }
        if !told.confirmed_by.is_empty() {
            let origins: Vec<String> = told.confirmed_by.iter().map(origin).collect();
            self.prose(text, "also in:", &origins.join("; "));
        }
        for loser in told.losers {
            self.write_loser(text, &loser.raw, &origin(&loser.origin), &loser.why);
        }
    }

    /// What was passed over in the columns of the values, and below it why.
    fn write_loser(&self, text: &mut String, raw: &str, origin: &str, why: &str) {
        let raw = printable(raw);
        let shown = cut(&raw, self.value.saturating_sub(NOT));
        let pad = " ".repeat(self.value.saturating_sub(shown.width() + NOT));
        let _ = writeln!(
            text,
            "{:INDENT$}{DIM}not{DIM:#} {shown}{pad}        {DIM}{origin}{DIM:#}",
            ""
        );
        if self.is_verbose && shown != raw {
            self.prose(text, "   ", &raw);
        }
        self.prose(text, "   ", why);
    }

    /// A text of the article on one line.
    fn quote(&self, text: &mut String, name: &str, value: &str) {
        let value = printable(value);
        if self.is_verbose {
            return self.prose(text, &format!("{name}:"), &value);
        }
        let shown = cut(&value, self.line.saturating_sub(name.width() + 2));
        let _ = writeln!(text, "{:INDENT$}{DIM}{name}:{DIM:#} {shown}", "");
    }

    /// What is said about a value, on as many lines as it takes.
    fn prose(&self, text: &mut String, name: &str, said: &str) {
        let margin = name.width() + 1;
        let said = printable(said);
        let mut name = name;
        for line in wrap(&said, self.line.saturating_sub(margin).max(LEAST_VALUE)) {
            let _ = writeln!(text, "{:INDENT$}{DIM}{name:<margin$}{line}{DIM:#}", "");
            name = "";
        }
    }
}

/// Where a value stood, for people: `front matter page_date, line 10`.
fn origin(origin: &Origin) -> String {
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
    if !origin.key.is_empty() && origin.key != "line" {
        let _ = write!(text, " {}", cut(&printable(&origin.key), MOST_KEY));
    }
    if origin.line > 0 {
        let _ = write!(text, ", line {}", origin.line);
    }
    text
}

fn confidence(value: f64) -> (String, Style) {
    let color = match value {
        0.9.. => AnsiColor::Green,
        _ if value >= f64::from(GUESS) => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    (format!("{:.0}%", value * 100.0), color.on_default())
}

/// The text on one line in so many columns, with `…` where it does not fit.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += c.width().unwrap_or(0);
        used <= columns
    });
    let mut kept: String = kept.collect();
    kept.truncate(kept.trim_end().len());
    kept + "…"
}

/// The text in lines of so many columns, broken between words; a longer word has a line of its own.
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
