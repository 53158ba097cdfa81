//! Ensures that only one build at a time writes to an output folder.
//!
//! The lock belongs to an open file, so the kernel releases the lock even if the process is killed. If the mere
//! existence of a file served as the lock, a crash would block all later builds.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::create_folder;
use crate::error::Error;

/// The name of the lock file in the output folder.
pub const LOCK_NAME: &str = ".feedwright.lock";

/// The exclusive right to write to an output folder. The lock is released when the `Lock` is dropped or the process
/// ends.
#[derive(Debug)]
pub struct Lock {
    folder: PathBuf,
    file: File,
    /// The locked ledger, or its locked folder; `None` if neither could be locked.
    ledger: Option<File>,
}

impl Lock {
    /// Locks an output folder. If the folder does not exist, creates it first.
    ///
    /// The lock file is never removed. If one build removed it, a second build that was waiting for the lock on the
    /// removed file and a third build that created a new file with the same name could both get a lock.
    ///
    /// # Errors
    /// Returns [`Error::Locked`] if another build holds the lock, and [`Error::Io`] if the folder cannot be written to.
    pub fn acquire(folder: &Path) -> Result<Self, Error> {
        let (path, lock) = Lock::open(folder)?;
        match lock.file.try_lock() {
            Ok(()) => Ok(lock),
            Err(TryLockError::WouldBlock) => Err(Error::Locked { path }),
            Err(TryLockError::Error(error)) => Err(Error::io("lock", &path)(error)),
        }
    }

    /// Like [`Lock::acquire`], but waits if another build holds the lock.
    ///
    /// # Errors
    /// Returns [`Error::Io`] if the folder cannot be written to.
    pub fn wait(folder: &Path) -> Result<Self, Error> {
        let (path, lock) = Lock::open(folder)?;
        lock.file.lock().map_err(Error::io("lock", &path))?;
        Ok(lock)
    }

    fn open(folder: &Path) -> Result<(PathBuf, Self), Error> {
        create_folder(folder)?;
        // The path is resolved, because `write` compares it with the resolved folders of its targets.
        let folder = folder.canonicalize().map_err(Error::io("resolve", folder))?;
        let path = folder.join(LOCK_NAME);
        let file = open(&path).map_err(Error::io("open", &path))?;
        Ok((
            path,
            Lock {
                folder,
                file,
                ledger: None,
            },
        ))
    }

    /// Also locks the ledger, because builds with different output folders may share a ledger. Without this lock, one
    /// build could overwrite what the other has just recorded.
    ///
    /// The ledger itself is locked, so no lock file appears beside it. If there is no ledger yet, its folder is locked.
    /// On file systems and platforms that do not support such locks, a shared ledger is not protected.
    ///
    /// # Errors
    /// Returns [`Error::Locked`] if another build holds the lock and `wait` is not set.
    pub fn with_ledger(mut self, ledger: &Path, wait: bool) -> Result<Self, Error> {
        // A ledger that is shared by means of symbolic links is locked where the file is.
        let ledger = ledger.canonicalize().unwrap_or_else(|_| ledger.to_owned());
        loop {
            let path = match ledger.parent() {
                _ if ledger.is_file() => ledger.as_path(),
                Some(folder) if !folder.as_os_str().is_empty() => folder,
                _ => Path::new("."),
            };
            let Ok(file) = File::open(path) else { return Ok(self) };
            let locked = match wait {
                true => file.lock().map_err(TryLockError::Error),
                false => file.try_lock(),
            };
            match locked {
                Err(TryLockError::WouldBlock) => return Err(Error::Locked { path: path.to_owned() }),
                Err(TryLockError::Error(_)) => return Ok(self),
                Ok(()) => {}
            }
            // The build that held the lock may have replaced the ledger.
            let current = path
                .metadata()
                .and_then(|current| Ok(is_same_file(&current, &file.metadata()?)));
            if current.unwrap_or(true) {
                self.ledger = Some(file);
                return Ok(self);
            }
        }
    }

    /// The folder's path, with symbolic links resolved.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: if a child process is being started at that moment, it shares the open file
        // and would keep the lock.
        let _ = self.file.unlock();
        let _ = self.ledger.as_ref().map(File::unlock);
    }
}

/// Opens or creates the lock file, but never through a symbolic link: anyone who can write to the output folder could
/// replace the lock file with a link to any file.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    // `create_new` fails if the path is a symbolic link, even a dangling one. Therefore, only an existing file needs
    // the checks below.
    match mode_0644(&mut options.clone()).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        created => return created,
    }
    let named = path.symlink_metadata()?;
    if !named.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let file = match options.open(path) {
        // The file may belong to another user who has run a build, such as root. Reading it is enough to lock it.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => File::open(path)?,
        opened => opened?,
    };
    // Between the check and the call to `open`, somebody could have replaced the file with a link.
    if is_same_file(&named, &file.metadata()?) {
        Ok(file)
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the file was replaced while it was being opened",
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
