//! Which files below the input folders are articles: recursive, ignore files honoured, hidden files skipped.
//!
//! [`walk`] reads them on the way, in parallel, each thread into a buffer of its own that it uses again: an archive
//! of any size is read once and never held. What cannot be read is told, not left out in silence.

mod read;
mod wanted;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use ignore::{DirEntry, WalkBuilder, WalkState};

pub use read::read_into;
pub(super) use wanted::has_extension_of_article;

use read::odd_kind;
use wanted::Wanted;

use crate::{
    error::Error,
    finding::{Finding, Location, article::UNREADABLE},
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

/// What is called with an article and its bytes, or with why they cannot be read.
pub type Visit<'a> = dyn Fn(Source, Result<&[u8], Finding>) + Sync + 'a;

/// Calls `visit` with every article below the roots and its bytes, from several threads and in no order.
///
/// The bytes lie in a buffer of the thread and are gone when `visit` returns. A file or folder that cannot be read,
/// a symbolic link that leaves its root, and anything but a regular file come as a finding.
///
/// # Errors
/// A root that does not exist or cannot be listed; a glob that is none.
pub fn walk(roots: &Roots, visit: &Visit<'_>) -> Result<(), Error> {
    each(roots, &|| {
        let mut buffer = Vec::new();
        move |source: Source, refused: Option<Finding>| {
            let read = match refused {
                Some(finding) => Err(finding),
                None => read_into(&source.path, &mut buffer),
            };
            match read {
                Ok(()) => visit(source, Ok(&buffer)),
                Err(finding) => visit(source, Err(finding)),
            }
        }
    })
}

/// The articles below the roots in order of their paths, unread; with a finding instead of those that cannot be.
///
/// # Errors
/// As [`walk`].
pub fn list(roots: &Roots) -> Result<Vec<(Source, Option<Finding>)>, Error> {
    let found = Mutex::new(Vec::new());
    each(roots, &|| {
        |source: Source, refused: Option<Finding>| {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.push((source, refused));
        }
    })?;
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

/// Calls the visitor of each thread with what that thread finds.
fn each<V>(roots: &Roots, visitor: &(dyn Fn() -> V + Sync)) -> Result<(), Error>
where
    V: FnMut(Source, Option<Finding>) + Send,
{
    let wanted = Wanted::new(roots)?;
    for root in outermost(&roots.paths)? {
        let kind = std::fs::metadata(root).map_err(Error::io("read", root))?;
        if kind.is_dir() {
            each_below(root, &wanted, visitor)?;
        } else {
            let name = root.file_name().map(Path::new).unwrap_or(root);
            let source = source(root, name);
            let refused = odd_kind(kind.file_type()).map(|kind| refuse(&format!("{kind}, not a file")));
            visitor()(source, refused);
        }
    }
    Ok(())
}

/// The roots that lie in no other: an article is found once.
fn outermost(paths: &[PathBuf]) -> Result<Vec<&Path>, Error> {
    let mut real = Vec::with_capacity(paths.len());
    for path in paths {
        real.push(path.canonicalize().map_err(Error::io("read", path))?);
    }
    let lies_in_other = |at: usize| {
        real.iter()
            .enumerate()
            .any(|(other, folder)| real[at].starts_with(folder) && (real[at] != *folder || other < at))
    };
    Ok((0..paths.len())
        .filter(|at| !lies_in_other(*at))
        .map(|at| paths[at].as_path())
        .collect())
}

fn each_below<V>(root: &Path, wanted: &Wanted, visitor: &(dyn Fn() -> V + Sync)) -> Result<(), Error>
where
    V: FnMut(Source, Option<Finding>) + Send,
{
    // An input folder that cannot be listed must not pass for an empty one.
    std::fs::read_dir(root).map_err(Error::io("read", root))?;
    let real_root = root.canonicalize().map_err(Error::io("read", root))?;
    let walker = WalkBuilder::new(root.join(""))
        .require_git(false)
        // What only one machine's Git ignores must not change what is published.
        .git_global(false)
        .git_exclude(false)
        .build_parallel();
    walker.run(|| {
        let mut visit = visitor();
        let real_root = &real_root;
        Box::new(move |entry| {
            let found = match entry {
                Ok(entry) => match look_at(&entry, root, real_root, wanted) {
                    Look::At(source, refused) => Some((source, refused.map(|finding| *finding))),
                    Look::Past => None,
                    Look::Away => return WalkState::Skip,
                },
                Err(error) => unreadable(&error, root),
            };
            if let Some((source, refused)) = found {
                visit(source, refused);
            }
            WalkState::Continue
        })
    });
    Ok(())
}

/// What to do with an entry of a folder.
enum Look {
    At(Source, Option<Box<Finding>>),
    /// It is no article; if it is a folder, what lies in it may be.
    Past,
    /// A folder that is left out with all that lies in it.
    Away,
}

fn look_at(entry: &DirEntry, root: &Path, real_root: &Path, wanted: &Wanted) -> Look {
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let Some(kind) = entry.file_type() else {
        return Look::Past;
    };
    if wanted.excludes(relative) {
        return Look::Away;
    }
    if kind.is_dir() || !wanted.takes(relative, kind.is_symlink()) {
        return Look::Past;
    }
    let refused = if kind.is_symlink() {
        match follow(entry.path(), real_root) {
            Link::Article => None,
            Link::Known => return Look::Past,
            Link::Folder => Some(
                refuse("a symbolic link to a folder, which is not followed")
                    .help("put the folder itself here, or exclude the link in the configuration"),
            ),
            Link::Away => Some(
                refuse("a symbolic link that leaves the input folder")
                    .help("copy the file, or add its folder to `input`"),
            ),
            Link::Broken(error) => Some(refuse(&format!("a symbolic link to nothing: {error}"))),
        }
    } else {
        odd_kind(kind).map(|kind| refuse(&format!("{kind}, not a file")))
    };
    let refused = refused.or_else(|| {
        let is_text = relative.to_str().is_some();
        (!is_text).then(|| refuse("its name is not UTF-8").help("rename the file"))
    });
    Look::At(source(entry.path(), relative), refused.map(Box::new))
}

fn source(path: &Path, relative: &Path) -> Source {
    let relative = relative.to_string_lossy();
    Source {
        relative: if cfg!(windows) {
            relative.replace('\\', "/")
        } else {
            relative.into_owned()
        },
        path: path.to_owned(),
    }
}

/// Where a symbolic link leads.
enum Link {
    /// To a file that is not found by a name of its own, because that lies in a hidden folder.
    Article,
    /// To a file below the root that is found by its own name.
    Known,
    Folder,
    /// Out of the root.
    Away,
    Broken(io::Error),
}

fn follow(path: &Path, real_root: &Path) -> Link {
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) => return Link::Broken(error),
    };
    let Ok(relative) = target.strip_prefix(real_root) else {
        return Link::Away;
    };
    if target.is_dir() {
        return Link::Folder;
    }
    let is_hidden = relative
        .iter()
        .any(|name| name.as_encoded_bytes().first() == Some(&b'.'));
    if is_hidden { Link::Article } else { Link::Known }
}

fn refuse(what: &str) -> Finding {
    Finding::new(&UNREADABLE, Location::file(), what)
}

/// What the walk could not read, as the path and the reason.
fn unreadable(error: &ignore::Error, root: &Path) -> Option<(Source, Option<Finding>)> {
    let (path, reason) = located(error)?;
    let path = path.unwrap_or(root);
    let relative = path.strip_prefix(root).unwrap_or(path);
    let finding =
        refuse(&format!("cannot be read: {reason}")).help("mend its permissions, or exclude it in the configuration");
    Some((source(path, relative), Some(finding)))
}

/// The path and the input or output error inside of the walker's error; a bad glob in an ignore file has none.
fn located(error: &ignore::Error) -> Option<(Option<&Path>, &io::Error)> {
    let mut error = error;
    let mut path = None;
    loop {
        error = match error {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at.as_path());
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            ignore::Error::Io(reason) => return Some((path, reason)),
            _ => return None,
        };
    }
}
