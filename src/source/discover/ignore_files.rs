//! Rejects ignore files that the walker must not open.
//!
//! The walker reads `.gitignore` and `.ignore` line by line, even if they are not regular files, so a link to
//! `/dev/zero` would exhaust memory, and a named pipe would block the build.

use std::{fs, io, path::Path};

use super::unreadable;
use crate::{finding::Finding, source::regular_file::special_kind};

const NAMES: [&str; 2] = [".gitignore", ".ignore"];

/// The maximum size of an ignore file, in bytes. Real ignore files are far smaller. A huge file would use a lot of
/// memory, because the walker compiles each line into a pattern.
const MAX_BYTES: u64 = 256 * 1024;

/// Checks the ignore files in a folder.
///
/// # Errors
/// Returns a finding with the reason if the folder must not be read.
pub(super) fn check_folder(folder: &Path) -> Result<(), Finding> {
    for name in NAMES {
        // A missing file is the usual case. The walker reports other errors.
        let Ok(metadata) = fs::metadata(folder.join(name)) else {
            continue;
        };
        if let Some(kind) = special_kind(metadata.file_type()) {
            let message = format!("the folder cannot be read: its `{name}` is {kind}, not a regular file");
            return Err(
                unreadable(&message).help(format!("remove `{name}`, or exclude the folder in the configuration"))
            );
        }
        if metadata.is_file() && metadata.len() > MAX_BYTES {
            let message = format!(
                "the folder cannot be read: its `{name}` is larger than {} KiB",
                MAX_BYTES / 1024
            );
            return Err(
                unreadable(&message).help(format!("shorten `{name}`, or exclude the folder in the configuration"))
            );
        }
    }
    Ok(())
}

/// Checks the ignore files in an input folder and in the folders above it, whose ignore files apply to it too.
///
/// # Errors
/// Returns an error with the reason if the walker must not open one of these files. A finding would not be enough: an
/// input folder that cannot be read must not count as empty.
pub(super) fn check_input(real_root: &Path) -> io::Result<()> {
    let mut folders = real_root.ancestors();
    let refused = folders.find_map(|folder| check_folder(folder).err());
    match refused {
        Some(finding) => Err(io::Error::new(io::ErrorKind::InvalidInput, finding.message)),
        None => Ok(()),
    }
}
