//! The command line of `import`.

use std::path::PathBuf;

use clap::Args;

use super::Clock;

/// Take ids, links and dates of existing feeds into the ledger, so that a move shows subscribers no entry once more
///
/// Each entry is recognized among the articles of the configuration: by its link, its path, the name in it, or its title
/// and date. What several articles could be is left and told. Give all feeds of the site at once: its Atom feed says which
/// ids Atom readers know, its RSS or JSON feed which ids the others do.
///
/// The exit code is 1 if an entry was left.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Feeds: RSS, Atom or JSON Feed of any generator; `-` for standard input
    #[arg(required = true, value_name = "FEED")]
    pub(crate) feeds: Vec<PathBuf>,
    /// Write nothing; say what would be taken
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    /// Replace ids that the ledger has already: who reads the feeds made with them sees those entries once more
    #[arg(long)]
    pub(crate) replace: bool,
    /// Wait for a build of the same folder to end
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) clock: Clock,
}
