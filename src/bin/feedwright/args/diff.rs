//! The command line of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Clock;

/// Show what subscribers see of a change: new, gone, dated anew, retitled, edited, shown once more
///
/// Compares two feeds of any format and generator. Without them, what the next build would publish is compared with
/// what is published; nothing is written.
///
/// The exit code is 0 if nothing changes for subscribers, and 1 if something does.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// A feed as it was; `-` for standard input
    #[arg(requires = "new")]
    pub(crate) old: Option<PathBuf>,
    /// The feed as it is
    pub(crate) new: Option<PathBuf>,
    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people: ten entries of each kind, all with `--verbose`
    Text,
    /// One object
    Json,
}
