//! The command line of `import`.

use std::path::PathBuf;

use clap::Args;

use super::Clock;

/// Copy ids, links and dates from existing feeds to the ledger
///
/// Readers then recognize the entries after you move the site to Feedwright, and do not show them again.
///
/// Each entry is matched to one of the site's articles by its id or link, by the path or file name in the link, or by
/// its title and date. An entry that matches several articles is skipped and reported.
///
/// Import all of the site's feeds with one command. A new Atom feed then keeps the ids of the old Atom feed, and a new
/// RSS or JSON feed keeps the ids of the old RSS or JSON feed.
///
/// The exit code is 1 if an entry was skipped.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// RSS, Atom or JSON feeds from any generator, or `-` for standard input
    #[arg(required = true, value_name = "FEED")]
    pub(crate) feeds: Vec<PathBuf>,
    /// Report what would be imported, without writing anything
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    /// Replace ids that are already in the ledger; readers that know those ids will show the entries again
    #[arg(long)]
    pub(crate) replace: bool,
    /// If a build of this site is running, wait for it to finish
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) clock: Clock,
}
