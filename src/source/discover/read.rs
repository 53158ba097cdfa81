//! Reads a consistent version of a file, and rejects anything that is not a regular file.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::Path,
};

use super::unreadable;
use crate::{
    finding::Finding,
    source::{MAX_BYTES, regular_file, too_large},
};

/// Reads a whole file into a buffer, replacing its previous contents.
///
/// A file that changes while it is being read is read again, so that no half-written article is published. It is read
/// at most three times in total.
///
/// # Errors
/// Returns an error if the file cannot be opened or read, is not a regular file, is larger than [`MAX_BYTES`], or keeps
/// changing.
pub fn read_into(path: &Path, buffer: &mut Vec<u8>) -> Result<(), Finding> {
    let failed = |error: io::Error| unreadable(&format!("cannot be read: {error}"));
    let open = |path: &Path| {
        regular_file::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput => unreadable(&error.to_string()),
            _ => failed(error),
        })
    };
    let mut file = open(path)?;
    for _ in 0..3 {
        let before = file.metadata().map_err(failed)?;
        let length = usize::try_from(before.len()).unwrap_or(usize::MAX);
        // Check the size before the buffer grows to that size.
        if length > MAX_BYTES {
            return Err(too_large());
        }
        let is_complete = fill(&mut file, buffer, length).map_err(failed)?;
        let after = file.metadata().map_err(failed)?;
        if is_complete && is_unchanged(&before, &after) {
            return Ok(());
        }
        // Open the path again: many editors save a file by writing a new file and renaming it to the old name.
        file = open(path)?;
    }
    Err(unreadable("the file keeps changing while it is being read").help("build again when the file is complete"))
}

/// Fills the buffer with `length` bytes. Returns `false` if the file is shorter.
fn fill(file: &mut File, buffer: &mut Vec<u8>, length: usize) -> io::Result<bool> {
    buffer.resize(length, 0);
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_unchanged(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}
