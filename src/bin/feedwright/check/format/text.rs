//! Findings for people: each with its line, the stretch underlined, and the way out.

use super::super::Run;
use super::{least, summary};
use crate::{
    diagnostic,
    print::{Terminal, count},
};

pub(super) fn told(run: &Run, terminal: &Terminal) -> String {
    let least = least(terminal);
    let mut text = String::new();
    for judged in &run.judged {
        let mut name = judged.document.name();
        if name == "-" {
            "standard input".clone_into(&mut name);
        }
        for finding in judged.report.findings.iter().filter(|found| found.severity >= least) {
            text += &diagnostic::finding(&name, finding, terminal.width);
            text.push('\n');
        }
        if judged.report.omitted > 0 {
            text += &format!("{name}: {} left out\n\n", count(judged.report.omitted, "more finding"));
        }
    }
    if !terminal.is_quiet && (!run.judged.is_empty() || run.failures.is_empty()) {
        text += &summary::last_line(run, terminal);
    }
    text
}
