//! Reads a consistent version of a file, and rejects anything that is not a regular file.

use std::{
    fs::{File, FileType, Metadata, OpenOptions},
    io::{self, Read},
    path::Path,
};

use super::unreadable;
use crate::{
    finding::Finding,
    source::{MAX_BYTES, too_large},
};

/// The name for the type of a file that is neither a regular file nor a folder. Opening such a file can block forever
/// or have side effects.
pub(super) fn special_kind(kind: FileType) -> Option<&'static str> {
    if kind.is_file() || kind.is_dir() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_block_device() || kind.is_char_device() {
            return Some("a device");
        }
    }
    Some("a special file")
}

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
    let mut file = open(path).map_err(failed)?;
    for _ in 0..3 {
        // Check the opened file rather than its path: another program may have put a different file at the path since
        // then.
        let before = file.metadata().map_err(failed)?;
        if !before.is_file() {
            let kind = special_kind(before.file_type()).unwrap_or("a folder");
            return Err(unreadable(&format!("{kind}, not a regular file")));
        }
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
        // Open the path again, because many editors save a file by renaming a new file over the old one.
        file = open(path).map_err(failed)?;
    }
    Err(unreadable("the file keeps changing while it is being read").help("build again when the file is complete"))
}

/// Opens a file in such a way that a pipe or device with the name of an article neither blocks the program nor becomes
/// its controlling terminal.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_CLOEXEC);
    }
    options.open(path)
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
