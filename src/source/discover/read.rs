//! Reading a file as one state of it, and nothing that is no file.

use std::{
    fs::{File, FileType, Metadata, OpenOptions},
    io::{self, Read},
    path::Path,
};

use super::refuse;
use crate::{
    finding::Finding,
    source::{MAX_BYTES, too_large},
};

/// What a thing is that is neither file, folder nor link. Opening one can hang or do harm.
pub(super) fn odd_kind(kind: FileType) -> Option<&'static str> {
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
    Some("something odd")
}

/// Reads a whole file into a buffer that is used again, as one state of the file.
///
/// # Errors
/// It cannot be opened or read, is no regular file, is larger than [`MAX_BYTES`], or keeps changing.
pub fn read_into(path: &Path, buffer: &mut Vec<u8>) -> Result<(), Finding> {
    let unreadable = |error: io::Error| refuse(&format!("cannot be read: {error}"));
    let mut file = open(path).map_err(unreadable)?;
    for _ in 0..3 {
        let before = file.metadata().map_err(unreadable)?;
        if !before.is_file() {
            let kind = odd_kind(before.file_type()).unwrap_or("a folder");
            return Err(refuse(&format!("{kind}, not a file")));
        }
        let length = usize::try_from(before.len()).unwrap_or(usize::MAX);
        if length > MAX_BYTES {
            return Err(too_large());
        }
        let is_whole = fill(&mut file, buffer, length).map_err(unreadable)?;
        let after = file.metadata().map_err(unreadable)?;
        if is_whole && is_same(&before, &after) {
            return Ok(());
        }
        file = open(path).map_err(unreadable)?;
    }
    Err(refuse("changes while it is read").help("build again when it is written"))
}

/// A pipe or device with an article's name must neither hang the build nor become its terminal.
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

/// Reads exactly so many bytes; says whether they were there.
fn fill(file: &mut File, buffer: &mut Vec<u8>, length: usize) -> io::Result<bool> {
    buffer.resize(length, 0);
    match file.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_same(before: &Metadata, after: &Metadata) -> bool {
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}
