//! Which files below the input folders are articles: recursive, ignore files honoured, hidden files skipped.

use std::path::PathBuf;

use crate::{
    error::Error,
    finding::{Finding, Place, article::UNREADABLE},
};

/// Where to look, and what to take.
#[derive(Debug, Clone)]
pub struct Roots {
    /// Folders, or single files.
    pub paths: Vec<PathBuf>,
    /// Globs of relative paths to take; empty takes every article extension.
    pub include: Vec<String>,
    /// Globs of relative paths to leave out.
    pub exclude: Vec<String>,
}

/// A file that may be an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The path relative to its root, with `/`; what the ledger and the globs see.
    pub relative: String,
    /// The path to open.
    pub path: PathBuf,
}

/// What an article's file name ends in.
const EXTENSIONS: [&str; 6] = ["md", "markdown", "txt", "text", "html", "htm"];

/// Calls `visit` with every article below the roots and its bytes, from several threads and in no order.
///
/// The bytes lie in a buffer of the thread and are gone when `visit` returns.
///
/// # Errors
/// A root that does not exist or cannot be listed.
pub fn walk(roots: &Roots, visit: &(dyn Fn(Source, Result<&[u8], Finding>) + Sync)) -> Result<(), Error> {
    for root in &roots.paths {
        std::fs::read_dir(root).map_err(Error::io("read", root))?;
        ignore::WalkBuilder::new(root)
            .require_git(false)
            .build_parallel()
            .run(|| {
                let mut buffer = Vec::new();
                Box::new(move |entry| {
                    if let Ok(entry) = entry
                        && entry.file_type().is_some_and(|kind| kind.is_file())
                        && entry
                            .path()
                            .extension()
                            .is_some_and(|ext| EXTENSIONS.iter().any(|known| ext == *known))
                    {
                        let relative = entry
                            .path()
                            .strip_prefix(root)
                            .unwrap_or(entry.path())
                            .to_string_lossy()
                            .into_owned();
                        let source = Source {
                            relative,
                            path: entry.path().to_owned(),
                        };
                        buffer.clear();
                        let read = std::fs::File::open(&source.path)
                            .and_then(|mut file| std::io::Read::read_to_end(&mut file, &mut buffer));
                        match read {
                            Ok(_) => visit(source, Ok(&buffer)),
                            Err(error) => {
                                visit(source, Err(Finding::new(&UNREADABLE, Place::file(), error.to_string())))
                            }
                        }
                    }
                    ignore::WalkState::Continue
                })
            });
    }
    Ok(())
}
