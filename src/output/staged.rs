//! Temporary files: filled and synced beside their targets, renamed onto them, undone or removed where that fails.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{create_folder, target::Target};
use crate::error::Error;

const SUFFIX: &str = ".feedwright-tmp";

/// A finished and synced file beside its target, waiting for its rename; removed if that does not come.
pub(super) struct Staged<'a> {
    target: &'a Target,
    path: PathBuf,
    /// A second name of the file that is replaced, until all is done.
    old: Option<PathBuf>,
    is_renamed: bool,
}

impl<'a> Staged<'a> {
    pub(super) fn create(target: &'a Target, bytes: &[u8]) -> Result<Self, Error> {
        create_folder(target.folder())?;
        let (path, file) = beside(target, |path| {
            OpenOptions::new().write(true).create_new(true).open(path)
        })?;
        let staged = Staged {
            target,
            path,
            old: None,
            is_renamed: false,
        };
        // The old one stays until then, so that there must be room for both.
        fill(file, target, bytes).map_err(Error::io("write the new", &target.path))?;
        Ok(staged)
    }

    pub(super) fn folder(&self) -> &'a Path {
        self.target.folder()
    }

    /// Lets [`Staged::undo`] bring back what the rename replaces.
    pub(super) fn keep_old(&mut self) -> Result<(), Error> {
        if self.target.present.is_none() {
            return Ok(());
        }
        match beside(self.target, |path| std::fs::hard_link(&self.target.path, path)) {
            Ok((path, ())) => self.old = Some(path),
            // Some file systems have no second names; and the kernel refuses one for a file that is not ours.
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

    /// Undoes the rename, if there was one. What cannot be undone is mended by the next build.
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
            // What cannot be removed now is removed by the next build.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Makes `.NAME.PID.NUMBER.feedwright-tmp`, a file that was not there before.
fn beside<T>(target: &Target, make: impl Fn(&Path) -> io::Result<T>) -> Result<(PathBuf, T), Error> {
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
        take_owner(&file, present);
        file.set_permissions(present.permissions())?;
    }
    if file_size_limit().is_some_and(|limit| bytes.len() as u64 > limit) {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "larger than this process may write (`ulimit -f`)",
        ));
    }
    file.write_all(bytes)?;
    let written = file.metadata()?;
    if written.len() != bytes.len() as u64 {
        return Err(io::Error::new(
            io::ErrorKind::WriteZero,
            "fewer bytes arrived than were written",
        ));
    }
    if let Some(present) = &target.present {
        // nginx, Caddy and others make an ETag of size and seconds: two generations must not share a second.
        let earliest = present.modified()?.checked_add(Duration::from_secs(1));
        if let Some(earliest) = earliest.filter(|it| written.modified().is_ok_and(|now| now < *it)) {
            file.set_modified(earliest)?;
        }
    }
    file.sync_all()
}

/// The bytes that a file of this process may have. Writing more would be answered by a signal that ends the process.
#[cfg(unix)]
fn file_size_limit() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Fsize).current
}

#[cfg(not(unix))]
fn file_size_limit() -> Option<u64> {
    None
}

/// Gives the file to the owner and group of the one that it replaces: a web server may read it by its group alone.
///
/// Only root can give it to another owner; who shares the group with that owner can still keep the group.
#[cfg(unix)]
fn take_owner(file: &File, present: &std::fs::Metadata) {
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
fn take_owner(_file: &File, _present: &std::fs::Metadata) {}

/// Removes what killed builds left in a folder: files of our own pattern, whose target's name `is_ours`.
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

/// `NAME` of `.NAME.PID.NUMBER.feedwright-tmp`.
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
