//! Paths, sizes and modification times of files in the input folders.

use std::{
    io,
    path::{Component, Path, PathBuf},
    time::UNIX_EPOCH,
};

/// The path that identifies an article in the ledger and in messages.
///
/// `relative` is the path relative to its input folder. If there are several input folders, the name of the article's
/// input folder is added before it, because two input folders may contain files with the same relative path.
pub fn article_path(folders: &[PathBuf], file: &Path, relative: String) -> String {
    if folders.len() < 2 {
        return relative;
    }
    let folder = folders.iter().find(|folder| file.starts_with(folder));
    let name = folder.and_then(|folder| folder.file_name());
    name.map_or(relative.clone(), |name| {
        format!("{}/{relative}", name.to_string_lossy())
    })
}

/// The path that [`article_path`] would return for the same file if the number of input folders were different: one
/// instead of several, or several instead of one.
///
/// `None` if the path has no folder to remove, or if there is only one input folder and its name is unknown.
pub fn other_path(folders: &[PathBuf], path: &str) -> Option<String> {
    match folders {
        [folder] => Some(format!("{}/{path}", folder.file_name()?.to_string_lossy())),
        _ => path.split_once('/').map(|(_, relative)| relative.to_owned()),
    }
}

/// Whether there is a file at a path that [`article_path`] returned.
///
/// Also `true` if this cannot be determined: an article in a folder that we are not allowed to read must not count as
/// deleted.
pub fn article_exists(folders: &[PathBuf], path: &str) -> bool {
    article_files(folders, path).any(|file| {
        let found = std::fs::symlink_metadata(file);
        found.map_or_else(|error| !is_not_found(&error), |_| true)
    })
}

/// The files for which [`article_path`] would return this path. There may be several if several input folders have the
/// same name.
pub fn article_files<'a>(folders: &'a [PathBuf], path: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
    folders.iter().filter_map(move |folder| {
        let relative = match folders.len() {
            0 | 1 => path,
            // With several folders, every path starts with the name of its folder. Any other path was recorded when
            // there was only one folder.
            _ => path
                .strip_prefix(&*folder.file_name()?.to_string_lossy())?
                .strip_prefix('/')?,
        };
        Some(folder.join(relative))
    })
}

fn is_not_found(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// When a file was last modified, in seconds since 1970.
pub fn modified(file: &Path) -> Option<i64> {
    let modified = std::fs::metadata(file).ok()?.modified().ok()?;
    i64::try_from(modified.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// The size in bytes of the file that a relative reference in an article points to. Looks only in the article's folder
/// and its subfolders.
pub fn size_of_reference(article: &Path, reference: &str) -> Option<u64> {
    let reference = Path::new(reference.split(['?', '#']).next()?);
    // An absolute path or `..` could reveal the size of any file on the machine. A symbolic link could do the same, so
    // it is not followed.
    if !reference
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
    {
        return None;
    }
    let metadata = std::fs::symlink_metadata(article.parent()?.join(reference)).ok()?;
    metadata.is_file().then_some(metadata.len())
}
