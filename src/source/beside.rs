//! Where an article lies, what lies beside it, and when it was last touched.

use std::{
    io,
    path::{Component, Path, PathBuf},
    time::UNIX_EPOCH,
};

/// The path that an article goes by: relative to its input folder, and, where there are several of them, below that
/// folder's name, so that two articles of one name stay two.
pub fn path_below(folders: &[PathBuf], file: &Path, relative: String) -> String {
    if folders.len() < 2 {
        return relative;
    }
    let folder = folders.iter().find(|folder| file.starts_with(folder));
    let name = folder.and_then(|folder| folder.file_name());
    name.map_or(relative.clone(), |name| {
        format!("{}/{relative}", name.to_string_lossy())
    })
}

/// Whether something lies at a path that [`path_below`] gave; where a folder cannot be read, it may.
pub fn lies_below(folders: &[PathBuf], path: &str) -> bool {
    folders.iter().any(|folder| {
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let relative = match path.strip_prefix(&*name).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) if folders.len() > 1 => rest,
            _ => path,
        };
        let found = std::fs::symlink_metadata(folder.join(relative));
        found.map_or_else(|error| !is_nothing_there(&error), |_| true)
    })
}

fn is_nothing_there(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// When a file was last modified, in seconds since 1970.
pub fn modified(file: &Path) -> Option<i64> {
    let modified = std::fs::metadata(file).ok()?.modified().ok()?;
    i64::try_from(modified.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// The size in bytes of the file that a relative reference of an article names, if it lies in or below its folder.
pub fn size_beside(article: &Path, reference: &str) -> Option<u64> {
    let reference = Path::new(reference.split(['?', '#']).next()?);
    if !reference
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
    {
        return None;
    }
    let metadata = std::fs::symlink_metadata(article.parent()?.join(reference)).ok()?;
    metadata.is_file().then_some(metadata.len())
}
