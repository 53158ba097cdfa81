//! A line for each feed, a line for each rule that was broken, and one for all.

use std::{collections::BTreeMap, fmt::Write};

use feedwright::finding::{Finding, Severity};
use unicode_width::UnicodeWidthStr;

use super::super::Run;
use crate::print::{self, Terminal, count, printable};

pub(super) fn told(run: &Run) -> String {
    let mut text = of_feeds(run);
    let rules = of_rules(run);
    if !rules.is_empty() {
        let _ = write!(text, "\n{rules}");
    }
    if !run.judged.is_empty() || run.failures.is_empty() {
        let _ = write!(text, "\n{}", total(run, "advice"));
    }
    text
}

/// `feeds/rss.xml  RSS  1 error, 2 warnings`.
fn of_feeds(run: &Run) -> String {
    let rows: Vec<(String, &str, String)> = run
        .judged
        .iter()
        .map(|judged| {
            let format = judged.report.format.map_or("unknown", |format| format.as_str());
            let counts = counts(judged.report.findings.iter(), "advice");
            (printable(&judged.document.name()), format, counts)
        })
        .collect();
    let names = rows.iter().map(|row| row.0.width()).max().unwrap_or(0);
    let formats = rows.iter().map(|row| row.1.width()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, format, counts) in &rows {
        // Not `{name:<names$}`: that counts characters, not columns.
        let pad = " ".repeat(names - name.width());
        let _ = writeln!(text, "{name}{pad}  {format:formats$}  {counts}");
    }
    text
}

/// How often each rule was broken, the worst first.
fn of_rules(run: &Run) -> String {
    let mut rules: BTreeMap<(std::cmp::Reverse<Severity>, &str), usize> = BTreeMap::new();
    for finding in run.findings() {
        *rules
            .entry((std::cmp::Reverse(finding.severity), finding.rule.id))
            .or_default() += 1;
    }
    let most = rules.values().max().map_or(0, |most| most.to_string().len());
    let mut text = String::new();
    for ((severity, id), number) in &rules {
        let style = print::color(severity.0);
        let _ = writeln!(
            text,
            "{number:>most$}  {style}{:<7}{style:#}  {id}",
            severity.0.as_str()
        );
    }
    text
}

/// `2 feeds: 1 error, 2 warnings`.
pub(super) fn last_line(run: &Run, terminal: &Terminal) -> String {
    total(run, if terminal.is_verbose { "advice" } else { "advice (-v)" })
}

fn total(run: &Run, advice: &str) -> String {
    let feeds = count(run.judged.len(), "feed");
    format!("{feeds}: {}\n", counts(run.findings(), advice))
}

fn counts<'f>(findings: impl Iterator<Item = &'f Finding>, advice: &str) -> String {
    let mut numbers = [0usize; 3];
    for finding in findings {
        numbers[finding.severity as usize] += 1;
    }
    let [pieces, warnings, errors] = numbers;
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning"));
    }
    if pieces > 0 {
        parts.push(count(pieces, &format!("piece of {advice}|pieces of {advice}")));
    }
    if parts.is_empty() {
        "nothing to say".to_owned()
    } else {
        parts.join(", ")
    }
}
