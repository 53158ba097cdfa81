//! Workflow commands with which GitHub Actions annotates the lines of a pull request.

use std::fmt::Write;

use feedwright::finding::{Finding, Severity};

use super::super::Run;
use super::{min_severity, summary};
use crate::print::{Terminal, printable};

pub(super) fn render(run: &Run, terminal: &Terminal) -> String {
    let min_severity = min_severity(terminal);
    let mut text = String::new();
    for checked in &run.documents {
        let file = escape_property(&checked.document.name());
        for finding in checked
            .report
            .findings
            .iter()
            .filter(|found| found.severity >= min_severity)
        {
            text += &format_command(&file, finding);
        }
    }
    if !terminal.is_quiet && (!run.documents.is_empty() || run.failures.is_empty()) {
        text += &summary::last_line(run, terminal);
    }
    text
}

fn format_command(file: &str, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        // The lowest level that GitHub shows as an annotation.
        Severity::Advice => "notice",
    };
    let at = &finding.location;
    let mut text = format!("::{name} file={file}");
    if at.line > 0 {
        let _ = write!(
            text,
            ",line={},col={},endColumn={}",
            at.line,
            at.column,
            at.column.saturating_add(at.length)
        );
    }
    // Messages quote text from the feed. A line break in the quoted text would start a new line, and GitHub's runner
    // executes commands such as `::stop-commands::` at the start of a line.
    let mut message = printable(&finding.message).into_owned();
    if let Some(help) = &finding.help {
        message = format!("{message}\nhelp: {}", printable(help));
    }
    let _ = writeln!(
        text,
        ",title={}::{}",
        escape_property(finding.rule.id),
        escape_data(&message)
    );
    text
}

/// Escapes a message for GitHub's runner, which reverses these escapes.
fn escape_data(text: &str) -> String {
    // `%` is escaped first, because the other escapes contain it.
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, so that a comma or colon in the value does not end it.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
