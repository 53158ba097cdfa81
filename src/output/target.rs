//! The file that an output replaces, and whether that file already contains the same bytes.

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::Outcome;
use crate::error::Error;

/// The file that an output is written to, and its current state.
pub(super) struct Target {
    /// The path of the file that is replaced. If the output's path is a symbolic link, the link stays, and the file
    /// that it points to is replaced.
    pub(super) path: PathBuf,
    folder: PathBuf,
    pub(super) present: Option<Metadata>,
}

impl Target {
    pub(super) fn resolve(path: &Path) -> Result<Self, Error> {
        let resolved = match path.symlink_metadata() {
            Ok(named) if named.is_symlink() => path.canonicalize().map_err(Error::io("resolve", path))?,
            _ => path.to_owned(),
        };
        let present = match resolved.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => Some(metadata),
            Ok(_) => {
                let source = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
                return Err(Error::io("replace", path)(source));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::io("read", path)(error)),
        };
        // The name of a temporary file contains the name of its target. To find leftover temporary files, their names
        // are parsed, which works only for UTF-8.
        if resolved.file_name().and_then(|name| name.to_str()).is_none() {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "the file name is not UTF-8");
            return Err(Error::io("write", path)(source));
        }
        let folder = resolved.parent().filter(|it| !it.as_os_str().is_empty());
        // The parent of a bare file name is an empty path, which cannot be opened or resolved.
        let folder = folder.unwrap_or(Path::new("."));
        // Folders are compared by path, so all paths to a folder must be resolved to the same path. A folder that does
        // not exist yet cannot be resolved.
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Ok(Target {
            path: resolved,
            folder,
            present,
        })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    pub(super) fn is(&self, folder: &Path, name: &str) -> bool {
        self.folder == folder && self.name() == name
    }

    pub(super) fn outcome(&self, bytes: &[u8]) -> Result<Outcome, Error> {
        let Some(present) = &self.present else {
            return Ok(Outcome::New);
        };
        // If the lengths differ, the file does not need to be read.
        let is_equal = present.len() == bytes.len() as u64
            && has_bytes(&self.path, bytes).map_err(Error::io("read", &self.path))?;
        Ok(if is_equal { Outcome::Unchanged } else { Outcome::Changed })
    }
}

/// Whether a file contains exactly these bytes. Reads the file in chunks, so a large feed does not need a second buffer
/// of its size.
fn has_bytes(path: &Path, mut bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let length = match file.read(&mut piece) {
            Ok(0) => return Ok(bytes.is_empty()),
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match piece.get(..length).and_then(|read| bytes.strip_prefix(read)) {
            Some(rest) => bytes = rest,
            None => return Ok(false),
        }
    }
}
