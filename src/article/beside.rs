//! What lies beside an article on the disk.

use std::path::{Component, Path, PathBuf};

/// Whether something lies at a relative path below one of the input folders.
pub fn lies_below(folders: &[PathBuf], relative: &str) -> bool {
    folders
        .iter()
        .any(|folder| std::fs::symlink_metadata(folder.join(relative)).is_ok())
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
