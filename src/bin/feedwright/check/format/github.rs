//! Workflow commands of GitHub Actions, which become annotations at the lines of a pull request.

use std::fmt::Write;

use feedwright::finding::{Finding, Severity};

use super::super::Run;
use super::{least, summary};
use crate::print::{Terminal, printable};

pub(super) fn told(run: &Run, terminal: &Terminal) -> String {
    let least = least(terminal);
    let mut text = String::new();
    for judged in &run.judged {
        let file = property(&judged.document.name());
        for finding in judged.report.findings.iter().filter(|found| found.severity >= least) {
            text += &command(&file, finding);
        }
    }
    if !terminal.is_quiet && (!run.judged.is_empty() || run.failures.is_empty()) {
        text += &summary::last_line(run, terminal);
    }
    text
}

fn command(file: &str, finding: &Finding) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let place = &finding.location;
    let mut text = format!("::{name} file={file}");
    if place.line > 0 {
        let _ = write!(
            text,
            ",line={},col={},endColumn={}",
            place.line,
            place.column,
            place.column.saturating_add(place.length)
        );
    }
    let mut message = printable(&finding.message);
    if let Some(help) = &finding.help {
        message = format!("{message}\nhelp: {}", printable(help));
    }
    let _ = writeln!(text, ",title={}::{}", property(finding.rule.id), data(&message));
    text
}

/// Escapes a message as the runner undoes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
