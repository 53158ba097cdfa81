//! The input folder: which files are articles, their text, and what lies beside them.

pub mod beside;
pub mod decode;
pub mod discover;
pub mod git;

use crate::finding::{Finding, Location, article as rules};

/// The largest article that is read, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The file is larger than [`MAX_BYTES`].
pub(crate) fn too_large() -> Finding {
    let message = format!("larger than {} MiB", MAX_BYTES / (1024 * 1024));
    Finding::new(&rules::LIMIT, Location::file(), message).help("split it, or exclude it in the configuration")
}
