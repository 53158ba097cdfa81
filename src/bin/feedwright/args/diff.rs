//! The command line of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Clock;

/// Show what changes for subscribers between two feeds
///
/// Lists new, removed, retitled, redated and edited entries, and those that readers will show again because their ids
/// changed. The feeds may be in any format and come from any generator.
///
/// Without arguments, compares the published feeds with those that the next build would publish. Nothing is written.
///
/// The exit code is 0 if nothing changes for subscribers, and 1 if something does.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The old feed, or `-` for standard input
    #[arg(requires = "new")]
    pub(crate) old: Option<PathBuf>,
    /// The new feed
    pub(crate) new: Option<PathBuf>,
    /// Output format
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Human-readable text with up to ten entries per kind of change, or all entries with `--verbose`
    Text,
    /// One JSON object
    Json,
}
