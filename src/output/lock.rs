//! One build at a time in an output folder, by a lock that the kernel frees when its holder ends, however it ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::create_folder;
use crate::error::Error;

const NAME: &str = ".feedwright.lock";

/// The right to write to an output folder; freed when dropped, and by the kernel when the process ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of an output folder, creating the folder if need be.
    ///
    /// The lock file stays: whoever removed it could let a third build in beside one that waits for the second.
    ///
    /// # Errors
    /// [`Error::Locked`] if another build holds it, [`Error::Io`] if the folder cannot be written.
    pub fn acquire(folder: &Path) -> Result<Self, Error> {
        let (path, lock) = Lock::open(folder)?;
        match lock.file.try_lock() {
            Ok(()) => Ok(lock),
            Err(TryLockError::WouldBlock) => Err(Error::Locked { path }),
            Err(TryLockError::Error(error)) => Err(Error::io("lock", &path)(error)),
        }
    }

    /// As [`Lock::acquire`], after whoever holds it now.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be written.
    pub fn wait(folder: &Path) -> Result<Self, Error> {
        let (path, lock) = Lock::open(folder)?;
        lock.file.lock().map_err(Error::io("lock", &path))?;
        Ok(lock)
    }

    fn open(folder: &Path) -> Result<(PathBuf, Self), Error> {
        create_folder(folder)?;
        let folder = folder.canonicalize().map_err(Error::io("resolve", folder))?;
        let path = folder.join(NAME);
        let file = open(&path).map_err(Error::io("open", &path))?;
        Ok((path, Lock { folder, file }))
    }

    /// The folder without symbolic links.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would leave the lock to a child process that is just being started and shares the file.
        let _ = self.file.unlock();
    }
}

/// Opens the lock file, or creates it; never through a symbolic link, which might lead anywhere.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    match mode_0644(&mut options.clone()).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        created => return created,
    }
    let named = path.symlink_metadata()?;
    if !named.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let file = options.open(path)?;
    if is_same_file(&named, &file.metadata()?) {
        Ok(file)
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "replaced while it was opened",
        ))
    }
}

#[cfg(unix)]
fn mode_0644(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o644)
}

#[cfg(not(unix))]
fn mode_0644(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn is_same_file(one: &std::fs::Metadata, other: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same_file(_one: &std::fs::Metadata, _other: &std::fs::Metadata) -> bool {
    true
}
