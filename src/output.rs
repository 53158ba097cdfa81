//! Writes the files that changed, atomically and durably, while holding a lock.
//!
//! Every file is written under a temporary name in the same folder, synced, and then renamed over the old file.
//! Finally, the folder is synced. All of these steps are necessary. Writing in place, as most generators do, can show
//! readers an empty or incomplete feed. After a rename without a sync, a power failure can leave an empty file (on
//! ext4 with `noauto_da_alloc`, this happened to 60 of 75 files). Without a sync of the folder, the rename itself may
//! be lost. The tests in tests/faults kill a build at every system call and make every call fail (syscalls.py), fill
//! the disk (full.py), cut the power (power.py), and run many builds and readers at the same time (crowd.py).

mod lock;
mod staged;
mod target;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

pub use lock::{LOCK_NAME, Lock};
use staged::Staged;
use target::Target;

use crate::{error::Error, source::regular_file};

/// The maximum size of a published file, in bytes. A larger file is not read: no reader accepts a feed of this size.
const MAX_BYTES: u64 = 1 << 30;

/// One file to be published.
#[derive(Debug, Clone)]
pub struct Output<'a> {
    /// The path to write to.
    pub path: PathBuf,
    /// The complete content.
    pub bytes: &'a [u8],
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The file did not exist.
    New,
    /// The file was replaced.
    Changed,
    /// The file already had these bytes and was not touched, so web servers keep responding with status 304.
    Unchanged,
}

/// Reads a file that a build may replace. Returns `None` if the file does not exist.
///
/// # Errors
/// Returns an error if the path exists but cannot be read as a file.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let target = Target::resolve(path)?;
    if target.present.is_none() {
        return Ok(None);
    }
    regular_file::read(&target.path, MAX_BYTES)
        .map(Some)
        .map_err(Error::io("read", path))
}

/// Whether there is a file at a path.
pub fn exists(file: &Path) -> bool {
    file.is_file()
}

/// Whether two paths lead to the same folder.
pub fn is_same_folder(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}

/// Whether an output folder exists.
pub fn folder_exists(folder: &Path) -> bool {
    folder.exists()
}

/// Returns what [`write()`] would do to each file.
///
/// # Errors
/// Returns an error if a target exists but cannot be read or is not a file.
pub fn compare(outputs: &[Output<'_>]) -> Result<Vec<Outcome>, Error> {
    let outcome = |output: &Output<'_>| Target::resolve(&output.path)?.outcome(output.bytes);
    outputs.iter().map(outcome).collect()
}

/// Writes the files that changed, in the given order. All of them are written and synced under temporary names before
/// the first one is renamed, so a full disk is noticed before any existing file has changed.
///
/// # Errors
/// Returns an error if a step fails. In that case, the renames are undone and the temporary files are removed, as far
/// as possible.
pub fn write(lock: &Lock, outputs: &[Output<'_>]) -> Result<Vec<Outcome>, Error> {
    // All targets are resolved before anything changes, so nothing is written if one of the targets is a folder or a
    // device.
    let targets = outputs.iter().map(|output| Target::resolve(&output.path));
    let targets = targets.collect::<Result<Vec<_>, _>>()?;
    let folders: BTreeSet<&Path> = targets.iter().map(Target::folder).collect();
    for folder in folders {
        // Outside the locked output folder, for example in the ledger's folder, temporary files for other targets may
        // belong to a running build with a different output folder.
        let is_ours = |name: &str| folder == lock.folder() || targets.iter().any(|it| it.is(folder, name));
        staged::remove_leftovers(folder, is_ours)?;
    }
    let mut outcomes = Vec::with_capacity(outputs.len());
    let mut changes = Vec::new();
    for (target, output) in targets.iter().zip(outputs) {
        let outcome = target.outcome(output.bytes)?;
        outcomes.push(outcome);
        if outcome != Outcome::Unchanged {
            changes.push(Staged::create(target, output.bytes)?);
        }
    }
    publish(changes)?;
    Ok(outcomes)
}

/// Renames the files in order. If a rename fails, the renames before it are undone.
fn publish(mut changes: Vec<Staged<'_>>) -> Result<(), Error> {
    // All hard links are made before the first rename, so if a link cannot be made, nothing has changed yet.
    changes.iter_mut().try_for_each(Staged::keep_old)?;
    let renamed = rename(&mut changes);
    if renamed.is_err() {
        // The renames are undone in reverse order, so any mixture of old and new files that readers see in the
        // meantime also existed during the renames.
        changes.iter_mut().rev().for_each(Staged::undo);
    }
    renamed
}

/// Renames the files folder by folder, and syncs each folder before renaming the files in the next one. Otherwise, a
/// power failure could preserve a new feed but lose the new ledger, although the ledger was renamed first.
fn rename(changes: &mut [Staged<'_>]) -> Result<(), Error> {
    for in_folder in changes.chunk_by_mut(|one, next| one.folder() == next.folder()) {
        in_folder.iter_mut().try_for_each(Staged::rename)?;
        in_folder
            .first()
            .map_or(Ok(()), |change| sync_folder(change.folder()))?;
    }
    Ok(())
}

/// Ensures that new and renamed files in a folder survive a power failure.
fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Windows cannot open a folder as a file, and does not need this sync.
    if cfg!(unix) {
        let opened = std::fs::File::open(folder).and_then(|opened| opened.sync_all());
        opened.map_err(Error::io("sync", folder))?;
    }
    Ok(())
}

/// Creates a folder and its missing parents, and ensures that they survive a power failure.
fn create_folder(folder: &Path) -> Result<(), Error> {
    let missing = folder
        .ancestors()
        .take_while(|it| !it.as_os_str().is_empty() && !it.is_dir());
    let missing: Vec<&Path> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
    // A new folder is recorded in its parent folder, so the parent must be synced.
    for created in missing {
        let above = created.parent().filter(|it| !it.as_os_str().is_empty());
        sync_folder(above.unwrap_or(Path::new(".")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_rename_undoes_those_before_it() {
        let folder = std::env::temp_dir().join(format!("feedwright-undo-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("old"), "old").unwrap();
        let before = folder.join("old").metadata().unwrap().modified().unwrap();
        let targets = ["old", "new", "blocked"].map(|name| Target::resolve(&folder.join(name)).unwrap());
        let changes = targets
            .iter()
            .map(|target| Staged::create(target, b"changed").unwrap())
            .collect();
        std::fs::create_dir(folder.join("blocked")).unwrap();
        assert!(matches!(publish(changes), Err(Error::Io { action: "replace", .. })));
        assert_eq!(std::fs::read(folder.join("old")).unwrap(), b"old");
        assert_eq!(folder.join("old").metadata().unwrap().modified().unwrap(), before);
        let names = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name());
        let mut names: Vec<_> = names.collect();
        names.sort();
        assert_eq!(names, ["blocked", "old"]);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
