//! The pipeline, read top to bottom: from the input folder to written feeds.

use std::path::PathBuf;

use crate::{config::Config, error::Error, finding::Finding, output::Outcome, render::Format, time::Timestamp};

/// How to run a build.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The present: later articles are held back, and undated ones are first seen now.
    pub now: Timestamp,
    /// Whether feeds and ledger are written; otherwise the outcome says what would happen.
    pub write: bool,
    /// Whether one article with an error refuses the whole build.
    pub strict: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct Publication {
    /// Articles that were found.
    pub articles: usize,
    /// Articles that were left out because of an error.
    pub skipped: usize,
    /// Articles that are drafts.
    pub drafts: usize,
    /// Articles whose date lies in the future.
    pub scheduled: usize,
    /// Articles whose time has passed.
    pub expired: usize,
    /// The feeds, in the order of the configuration.
    pub feeds: Vec<Published>,
    /// What is wrong with articles: by path as it can be opened, in order; each not empty.
    pub findings: Vec<(PathBuf, Vec<Finding>)>,
}

/// One feed of a build.
#[derive(Debug)]
pub struct Published {
    /// Its file.
    pub path: PathBuf,
    /// Its format.
    pub format: Format,
    /// How many entries it holds.
    pub entries: usize,
    /// Its size.
    pub bytes: usize,
    /// What happened to the file, or would happen.
    pub outcome: Outcome,
}

/// Builds every feed of a configuration. `progress` is called with the number of articles read so far, from any thread.
///
/// # Errors
/// What stops the program; then every published byte is as it was.
pub fn publish(config: &Config, options: &Options, progress: &(dyn Fn(usize) + Sync)) -> Result<Publication, Error> {
    let _ = (config, options);
    progress(0);
    Ok(Publication {
        articles: 0,
        skipped: 0,
        drafts: 0,
        scheduled: 0,
        expired: 0,
        feeds: Vec::new(),
        findings: Vec::new(),
    })
}
