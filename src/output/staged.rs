//! Temporary files, which are written and synced in the folders of their targets and then renamed over the targets. If
//! a step fails, the renames are undone and the temporary files are removed.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{create_folder, target::Target};
use crate::error::Error;

const SUFFIX: &str = ".feedwright-tmp";

/// A complete and synced temporary file in the folder of its target. Unless the file was renamed, it is removed when
/// the `Staged` is dropped.
pub(super) struct Staged<'a> {
    target: &'a Target,
    path: PathBuf,
    /// A hard link to the old file, kept until all renames are done.
    old: Option<PathBuf>,
    is_renamed: bool,
}

impl<'a> Staged<'a> {
    pub(super) fn create(target: &'a Target, bytes: &[u8]) -> Result<Self, Error> {
        create_folder(target.folder())?;
        let (path, file) = create_beside(target, |path| {
            OpenOptions::new().write(true).create_new(true).open(path)
        })?;
        let staged = Staged {
            target,
            path,
            old: None,
            is_renamed: false,
        };
        // The error message says "the new" before the path, because the old file remains until the rename: the disk
        // needs room for both files.
        fill(file, target, bytes).map_err(Error::io("write the new", &target.path))?;
        Ok(staged)
    }

    pub(super) fn folder(&self) -> &'a Path {
        self.target.folder()
    }

    /// Keeps the old file under a second name, for [`Staged::undo`].
    pub(super) fn keep_old(&mut self) -> Result<(), Error> {
        if self.target.present.is_none() {
            return Ok(());
        }
        match create_beside(self.target, |path| std::fs::hard_link(&self.target.path, path)) {
            Ok((path, ())) => self.old = Some(path),
            // Some file systems do not support hard links, and the kernel may refuse a link to another user's file.
            // Without the link, this rename cannot be undone if a later one fails, but such a failure is so rare that
            // the build continues anyway.
            Err(Error::Io { source, .. })
                if matches!(
                    source.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
                ) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    pub(super) fn rename(&mut self) -> Result<(), Error> {
        std::fs::rename(&self.path, &self.target.path).map_err(Error::io("replace", &self.target.path))?;
        self.is_renamed = true;
        Ok(())
    }

    /// Undoes the rename, if there was one. If the rename cannot be undone, the next build writes the correct file.
    pub(super) fn undo(&mut self) {
        if !self.is_renamed {
            return;
        }
        let _ = match &self.old {
            Some(old) => std::fs::rename(old, &self.target.path),
            None if self.target.present.is_none() => std::fs::remove_file(&self.target.path),
            None => Ok(()),
        };
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        let staged = (!self.is_renamed).then_some(&self.path);
        for path in staged.into_iter().chain(&self.old) {
            // If the file cannot be removed, the next build removes it.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Creates `.NAME.PID.NUMBER.feedwright-tmp` with the first free number.
fn create_beside<T>(target: &Target, make: impl Fn(&Path) -> io::Result<T>) -> Result<(PathBuf, T), Error> {
    let pid = std::process::id();
    let mut number = 0;
    loop {
        let path = target
            .folder()
            .join(format!(".{}.{pid}.{number}{SUFFIX}", target.name()));
        match make(&path) {
            Ok(made) => return Ok((path, made)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(Error::io("create", &path)(error)),
        }
    }
}

fn fill(mut file: File, target: &Target, bytes: &[u8]) -> io::Result<()> {
    if let Some(present) = &target.present {
        // The old file's mode is kept. Many programs that write atomically leave the new file with mode 0600, the mode
        // of temporary files, and web servers then answer 403.
        copy_owner(&file, present);
        file.set_permissions(present.permissions())?;
    }
    if file_size_limit().is_some_and(|limit| bytes.len() as u64 > limit) {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "the file exceeds the file size limit of this process (`ulimit -f`)",
        ));
    }
    file.write_all(bytes)?;
    let written = file.metadata()?;
    // A write can store fewer bytes than it reports. The rename would then replace a complete feed with an incomplete
    // one.
    if written.len() != bytes.len() as u64 {
        return Err(io::Error::new(
            io::ErrorKind::WriteZero,
            "the file contains fewer bytes than were written",
        ));
    }
    if let Some(present) = &target.present {
        // nginx and Caddy derive the ETag from the size and the modification time in seconds. If two versions of a feed
        // had the same size and time, readers would get a 304 instead of the new version.
        let earliest = present.modified()?.checked_add(Duration::from_secs(1));
        if let Some(earliest) = earliest.filter(|it| written.modified().is_ok_and(|now| now < *it)) {
            file.set_modified(earliest)?;
        }
    }
    // After a failed sync, the kernel may report success for the next sync although the data is lost, so the sync is
    // not retried.
    file.sync_all()
}

/// The maximum size in bytes of a file that this process may write. Writing more raises SIGXFSZ, which kills the
/// process.
#[cfg(unix)]
fn file_size_limit() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Fsize).current
}

#[cfg(not(unix))]
fn file_size_limit() -> Option<u64> {
    None
}

/// Gives the file the owner and group of the file that it replaces, because the web server may have access only through
/// the group.
///
/// Only root can change the owner. Other users can at least keep the group if they are members of it.
#[cfg(unix)]
fn copy_owner(file: &File, present: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_owned = file
        .metadata()
        .is_ok_and(|it| (it.uid(), it.gid()) == (present.uid(), present.gid()));
    if !is_owned {
        let _ =
            fchown(file, Some(present.uid()), Some(present.gid())).or_else(|_| fchown(file, None, Some(present.gid())));
    }
}

#[cfg(not(unix))]
fn copy_owner(_file: &File, _present: &std::fs::Metadata) {}

/// Removes the temporary files that a killed build left in a folder. A file is removed only if `is_ours` accepts the
/// name of its target.
pub(super) fn remove_leftovers(folder: &Path, is_ours: impl Fn(&str) -> bool) -> Result<(), Error> {
    let listing = match std::fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("list", folder)(error)),
    };
    for found in listing {
        let found = found.map_err(Error::io("list", folder))?;
        let name = found.file_name();
        let is_leftover = name.to_str().and_then(target_name).is_some_and(&is_ours);
        if is_leftover && found.file_type().is_ok_and(|it| it.is_file()) {
            let path = found.path();
            std::fs::remove_file(&path).map_err(Error::io("remove", &path))?;
        }
    }
    Ok(())
}

/// The `NAME` in `.NAME.PID.NUMBER.feedwright-tmp`.
fn target_name(name: &str) -> Option<&str> {
    let (rest, number) = name.strip_prefix('.')?.strip_suffix(SUFFIX)?.rsplit_once('.')?;
    let (name, pid) = rest.rsplit_once('.')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (!name.is_empty() && is_number(pid) && is_number(number)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leftover_is_recognized_by_its_whole_name() {
        for (name, target) in [
            (".rss.xml.4711.0.feedwright-tmp", Some("rss.xml")),
            (".a.1.2.3.feedwright-tmp", Some("a.1")),
            ("rss.xml.4711.0.feedwright-tmp", None),
            (".rss.xml.4711.feedwright-tmp", None),
            (".rss.xml.4711.x.feedwright-tmp", None),
            (".rss.xml.4711.0.tmp", None),
            (".4711.0.feedwright-tmp", None),
            ("..4711.0.feedwright-tmp", None),
            (".feedwright-tmp", None),
        ] {
            assert_eq!(target_name(name), target, "{name}");
        }
    }
}
