//! An explained article for people: a table of fields, below each what confirms it and what lost, findings last.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use feedwright::extract::evidence::{GUESS, Kind as Place, Origin};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    Explained,
    fact::{Fact, Told, facts},
};
use crate::print::{self, Terminal, printable};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const FIELD: Style = AnsiColor::Cyan.on_default();

/// Blanks before a field, its name, and blanks before its value.
const INDENT: usize = 2 + 10 + 2;

/// The least room for a value; narrower terminals wrap.
const LEAST_VALUE: usize = 20;

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
    for finding in &explained.findings {
        let _ = write!(text, "\n{}", print::finding(&explained.file, finding, terminal.width));
    }
    text
}

/// The widths of the columns: field, value, confidence, origin.
struct Table {
    value: usize,
    line: usize,
    is_verbose: bool,
}

impl Table {
    fn new(facts: &[Fact<'_>], terminal: &Terminal) -> Self {
        let told = || facts.iter().filter_map(|fact| fact.told.as_ref());
        let origin = told().map(|told| origin(told.origin).width()).max().unwrap_or(0);
        let longest = told().map(|told| told.text.width()).max().unwrap_or(0);
        // Two blanks, four for the confidence, two more.
        let room = terminal.width.saturating_sub(INDENT + origin + 8).max(LEAST_VALUE);
        Table {
            value: longest.clamp(LEAST_VALUE, room),
            line: terminal.width.saturating_sub(INDENT + 2).max(LEAST_VALUE),
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
            self.detail(text, "all", &value);
        }
        self.write_reasons(text, told);
    }

    fn write_reasons(&self, text: &mut String, told: &Told<'_>) {
        for (name, value) in &told.details {
            self.detail(text, &name.replace('_', " "), value);
        }
        let was_read = !told.raw.is_empty() && !told.text.to_lowercase().starts_with(&told.raw.to_lowercase());
        if was_read || !told.notes.is_empty() {
            let because = if told.notes.is_empty() {
                String::new()
            } else {
                format!(" ({})", told.notes.join("; "))
            };
            self.reason(text, "read from", told.raw, &because);
        }
        if !told.confirmed_by.is_empty() {
            let origins: Vec<String> = told.confirmed_by.iter().map(origin).collect();
            self.detail(text, "also in", &origins.join("; "));
        }
        for loser in told.losers {
            self.reason(
                text,
                "not",
                &loser.raw,
                &format!(" {}: {}", origin(&loser.origin), loser.why),
            );
        }
    }

    /// A line below a value.
    fn detail(&self, text: &mut String, name: &str, value: &str) {
        let value = printable(value);
        let room = self.line.saturating_sub(name.width() + 1);
        let shown = if self.is_verbose { value } else { cut(&value, room) };
        let _ = writeln!(text, "{:INDENT$}{DIM}{name}{DIM:#} {shown}", "");
    }

    /// A quoted text and what is said about it: the text gives way where both do not fit.
    fn reason(&self, text: &mut String, name: &str, quoted: &str, said: &str) {
        let (quoted, said) = (printable(quoted), printable(said));
        let room = self.line.saturating_sub(name.width() + 3);
        let (quoted, said) = if self.is_verbose {
            (quoted, said)
        } else {
            let quoted = cut(&quoted, room.saturating_sub(said.width()).max(LEAST_VALUE));
            let left = room.saturating_sub(quoted.width());
            (quoted, cut(&said, left))
        };
        let _ = writeln!(text, "{:INDENT$}{DIM}{name} “{DIM:#}{quoted}{DIM}”{said}{DIM:#}", "");
    }
}

/// Where a value stood, for people: `front matter page_date, line 10`.
fn origin(origin: &Origin) -> String {
    let kind = match origin.kind {
        Place::FrontMatter => "front matter",
        Place::StructuredData => "structured data",
        Place::Head => "head",
        Place::Visible => "text",
        Place::FileName => "file name",
        Place::Derived => "derived",
    };
    let mut text = kind.to_owned();
    if !origin.key.is_empty() {
        let _ = write!(text, " {}", printable(&origin.key));
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
