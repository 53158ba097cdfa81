//! Human-readable text: each finding with its source line, the range underlined, and the help.

use super::super::Run;
use super::{min_severity, summary};
use crate::{
    diagnostic,
    print::{Terminal, count, printable},
};

pub(super) fn render(run: &Run, terminal: &Terminal) -> String {
    let min_severity = min_severity(terminal);
    let mut text = String::new();
    for checked in &run.documents {
        let mut name = checked.document.name();
        if name == "-" {
            "standard input".clone_into(&mut name);
        }
        for finding in checked
            .report
            .findings
            .iter()
            .filter(|found| found.severity >= min_severity)
        {
            text += &diagnostic::format_finding(&name, finding, terminal.width);
            text.push('\n');
        }
        if checked.report.omitted > 0 {
            text += &format!(
                "{}: {} not shown\n\n",
                printable(&name),
                count(checked.report.omitted, "more finding")
            );
        }
    }
    // If no document could be read, the line `0 feeds: no findings` would look like success.
    if !terminal.is_quiet && (!run.documents.is_empty() || run.failures.is_empty()) {
        text += &summary::last_line(run, terminal);
    }
    text
}
