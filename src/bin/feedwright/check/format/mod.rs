//! The output formats of `check`: human-readable and machine-readable ones.

mod github;
mod jsonl;
mod junit;
mod sarif;
mod summary;
mod text;

use feedwright::finding::Severity;

use super::Run;
use crate::{args::CheckFormat, print::Terminal};

/// Renders the whole output of a run.
pub(super) fn render(run: &Run, format: CheckFormat, terminal: &Terminal) -> String {
    match format {
        CheckFormat::Text => text::render(run, terminal),
        CheckFormat::Jsonl => jsonl::render(run),
        CheckFormat::Sarif => sarif::render(run),
        CheckFormat::Junit => junit::render(run),
        CheckFormat::Github => github::render(run, terminal),
        CheckFormat::Summary => summary::render(run),
    }
}

/// The lowest severity that `text` and `github` show. The other formats contain all findings.
fn min_severity(terminal: &Terminal) -> Severity {
    match (terminal.is_quiet, terminal.is_verbose) {
        (true, _) => Severity::Error,
        (_, true) => Severity::Advice,
        _ => Severity::Warning,
    }
}
