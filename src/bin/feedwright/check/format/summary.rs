//! Counts of findings: one line per feed, one per violated rule, and a total.

use std::{collections::BTreeMap, fmt::Write};

use feedwright::finding::{Finding, Severity};
use unicode_width::UnicodeWidthStr;

use super::super::Run;
use crate::print::{self, Terminal, count, printable};

pub(super) fn render(run: &Run) -> String {
    let mut text = format_feeds(run);
    let rules = format_rules(run);
    if !rules.is_empty() {
        let _ = write!(text, "\n{rules}");
    }
    if !run.documents.is_empty() || run.failures.is_empty() {
        let _ = write!(text, "\n{}", format_total(run, "advice"));
    }
    text
}

/// Formats one line per feed: `feeds/rss.xml  RSS  1 error, 2 warnings`.
fn format_feeds(run: &Run) -> String {
    let rows: Vec<(String, &str, String)> = run
        .documents
        .iter()
        .map(|checked| {
            let format = checked.report.format.map_or("unknown", |format| format.as_str());
            let counts = format_counts(checked.report.findings.iter(), "advice");
            (printable(&checked.document.name()).into_owned(), format, counts)
        })
        .collect();
    let names = rows.iter().map(|row| row.0.width()).max().unwrap_or(0);
    let formats = rows.iter().map(|row| row.1.width()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, format, counts) in &rows {
        // `{name:<names$}` would pad to a number of characters, but a wide character takes two columns.
        let pad = " ".repeat(names - name.width());
        let _ = writeln!(text, "{name}{pad}  {format:formats$}  {counts}");
    }
    text
}

/// Formats one line per rule: `2  warning  rss-guid-missing`. Errors come first.
fn format_rules(run: &Run) -> String {
    let mut rules: BTreeMap<(std::cmp::Reverse<Severity>, &str), usize> = BTreeMap::new();
    for finding in run.findings() {
        *rules
            .entry((std::cmp::Reverse(finding.severity), finding.rule.id))
            .or_default() += 1;
    }
    let most = rules.values().max().map_or(0, |most| most.to_string().len());
    let mut text = String::new();
    for ((severity, id), number) in &rules {
        let style = print::severity_style(severity.0);
        let _ = writeln!(
            text,
            "{number:>most$}  {style}{:<7}{style:#}  {id}",
            severity.0.as_str()
        );
    }
    text
}

/// Formats `2 feeds: 1 error, 2 warnings`, the last line of the formats `text` and `github`.
pub(super) fn last_line(run: &Run, terminal: &Terminal) -> String {
    format_total(run, if terminal.is_verbose { "advice" } else { "advice (-v)" })
}

fn format_total(run: &Run, advice: &str) -> String {
    let feeds = count(run.documents.len(), "feed");
    format!("{feeds}: {}\n", format_counts(run.findings(), advice))
}

fn format_counts<'f>(findings: impl Iterator<Item = &'f Finding>, advice: &str) -> String {
    let mut numbers = [0usize; 3];
    for finding in findings {
        numbers[finding.severity as usize] += 1;
    }
    let [advice_count, warnings, errors] = numbers;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning"));
    }
    if advice_count > 0 {
        parts.push(count(advice_count, &format!("piece of {advice}|pieces of {advice}")));
    }
    if parts.is_empty() {
        "no findings".to_owned()
    } else {
        parts.join(", ")
    }
}
