//! From bytes to disk: under a lock, only what changed, atomically and durably.
//!
//! The ledger comes first among the outputs: an id that is remembered but was not published harms nobody, but one that
//! was published and is forgotten would be minted anew, and every subscriber would see the entry a second time.

mod lock;
mod staged;
mod target;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

pub use lock::Lock;
use staged::Staged;
use target::Target;

use crate::error::Error;

/// One file to be published.
#[derive(Debug, Clone)]
pub struct Output<'a> {
    /// Where.
    pub path: PathBuf,
    /// The whole file.
    pub bytes: &'a [u8],
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did not exist.
    New,
    /// It was replaced.
    Changed,
    /// It has these bytes already and was not touched.
    Unchanged,
}

/// The bytes of a file that may be replaced; `None` if there is none.
///
/// # Errors
/// Anything that is there and cannot be read as a file.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let target = Target::resolve(path)?;
    if target.present.is_none() {
        return Ok(None);
    }
    std::fs::read(&target.path).map(Some).map_err(Error::io("read", path))
}

/// Whether an output folder is there.
pub fn is_there(folder: &Path) -> bool {
    folder.exists()
}

/// What writing would do to each file.
///
/// # Errors
/// A target that exists and cannot be read, or is not a file.
pub fn compare(outputs: &[Output<'_>]) -> Result<Vec<Outcome>, Error> {
    let outcome = |output: &Output<'_>| Target::resolve(&output.path)?.outcome(output.bytes);
    outputs.iter().map(outcome).collect()
}

/// Writes what changed, in the order given: every file is prepared and synced before the first one is renamed.
///
/// # Errors
/// Any failure; then all files are as they were, and no temporary file stays.
pub fn write(lock: &Lock, outputs: &[Output<'_>]) -> Result<Vec<Outcome>, Error> {
    let targets = outputs.iter().map(|output| Target::resolve(&output.path));
    let targets = targets.collect::<Result<Vec<_>, _>>()?;
    let folders: BTreeSet<&Path> = targets.iter().map(Target::folder).collect();
    for folder in folders {
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

/// Renames in order; if that fails on the way, the files that were renamed become what they were.
fn publish(mut changes: Vec<Staged<'_>>) -> Result<(), Error> {
    changes.iter_mut().try_for_each(Staged::keep_old)?;
    let renamed = rename(&mut changes);
    if renamed.is_err() {
        changes.iter_mut().rev().for_each(Staged::undo);
    }
    renamed
}

/// Makes the renames in one folder durable before going on to the next folder.
fn rename(changes: &mut [Staged<'_>]) -> Result<(), Error> {
    for in_folder in changes.chunk_by_mut(|one, next| one.folder() == next.folder()) {
        in_folder.iter_mut().try_for_each(Staged::rename)?;
        in_folder
            .first()
            .map_or(Ok(()), |change| sync_folder(change.folder()))?;
    }
    Ok(())
}

/// Makes what was created or renamed in a folder survive a power cut.
fn sync_folder(folder: &Path) -> Result<(), Error> {
    // Elsewhere a folder cannot be opened like a file, and its changes are durable without.
    if cfg!(unix) {
        let opened = std::fs::File::open(folder).and_then(|opened| opened.sync_all());
        opened.map_err(Error::io("sync", folder))?;
    }
    Ok(())
}

/// Creates a folder and those above it as needed, durably.
fn create_folder(folder: &Path) -> Result<(), Error> {
    let missing = folder
        .ancestors()
        .take_while(|it| !it.as_os_str().is_empty() && !it.is_dir());
    let missing: Vec<&Path> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(Error::io("create", folder))?;
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
    fn a_rename_that_fails_undoes_those_before_it() {
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
