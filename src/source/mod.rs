//! The input folders: which files are articles, their text, and their history in Git.

pub mod decode;
pub mod discover;
pub mod files;
pub mod git;
pub(crate) mod regular_file;
pub mod threads;

use crate::finding::{Finding, Location, article as rules};

/// The maximum size of an article, in bytes. A larger file is not read.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The finding for a file larger than [`MAX_BYTES`].
pub(crate) fn too_large() -> Finding {
    let message = format!("the file is larger than {} MiB", MAX_BYTES / (1024 * 1024));
    Finding::new(&rules::LIMIT, Location::file(), message).help("split it, or exclude it in the configuration")
}
