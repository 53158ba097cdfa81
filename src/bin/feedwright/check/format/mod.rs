//! How a run is told: to people, and to the programs that people let read it.

mod github;
mod jsonl;
mod junit;
mod sarif;
mod summary;
mod text;

use feedwright::finding::Severity;

use super::Run;
use crate::{args::CheckFormat, print::Terminal};

/// The whole output of a run.
pub(super) fn told(run: &Run, format: CheckFormat, terminal: &Terminal) -> String {
    match format {
        CheckFormat::Text => text::told(run, terminal),
        CheckFormat::Jsonl => jsonl::told(run),
        CheckFormat::Sarif => sarif::told(run),
        CheckFormat::Junit => junit::told(run),
        CheckFormat::Github => github::told(run, terminal),
        CheckFormat::Summary => summary::told(run),
    }
}

/// The least severity that people are told of.
fn least(terminal: &Terminal) -> Severity {
    match (terminal.is_quiet, terminal.is_verbose) {
        (true, _) => Severity::Error,
        (_, true) => Severity::Advice,
        _ => Severity::Warning,
    }
}
