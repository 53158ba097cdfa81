//! Finds the articles in the input folders and their subfolders. Honors ignore files and skips hidden files.
//!
//! [`walk`] also reads the articles, in parallel. Each article is read only once, into a buffer that its thread reuses,
//! so the articles are never all in memory at the same time. A file that cannot be read is reported rather than
//! skipped.

mod filter;
mod ignore_files;
mod read;

use std::{
    fs::FileType,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use ignore::{DirEntry, WalkBuilder};

pub(super) use filter::has_article_extension;
pub use read::read_into;

use crate::{
    error::Error,
    finding::{Finding, Location, article::UNREADABLE},
    source::{
        regular_file::special_kind,
        threads::{into_inner, lock, on_threads},
    },
};
use filter::PathFilter;

/// Where to look for articles.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Folders, or single files.
    pub paths: Vec<PathBuf>,
    /// Globs for the relative paths to include. If there are none, every file with an article extension is included.
    pub include: Vec<String>,
    /// Globs for the relative paths to exclude.
    pub exclude: Vec<String>,
}

/// A file that may be an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleFile {
    /// The path relative to the input folder, with `/` as the separator. The ledger and the globs use this path.
    pub relative: String,
    /// The path to open.
    pub path: PathBuf,
}

/// A callback that receives an article and its bytes, or a finding if the article cannot be read.
pub type Visit<'a> = dyn Fn(ArticleFile, Result<&[u8], Finding>) + Sync + 'a;

/// The maximum number of threads that read articles. Additional threads would mostly wait for the walker.
const MAX_THREADS: usize = 12;

/// Calls `visit` with each article in the inputs and the article's bytes, from several threads and in no particular
/// order.
///
/// The bytes are in the thread's buffer and are valid only until `visit` returns. Instead of bytes, `visit` receives a
/// finding for a file or folder that cannot be read; for a file whose name is not valid UTF-8; for a symbolic link that
/// is broken, or points to a folder or outside the input folder; and for a pipe, socket or device.
///
/// # Errors
/// Returns an error if an input does not exist or cannot be listed, or if a glob is not valid.
pub fn walk(inputs: &Inputs, visit: &Visit<'_>) -> Result<(), Error> {
    for_each_file(inputs, &|| {
        let mut buffer = Vec::new();
        move |file: ArticleFile, refused: Option<Finding>| {
            let read = match refused {
                Some(finding) => Err(finding),
                None => read_into(&file.path, &mut buffer),
            };
            match read {
                Ok(()) => visit(file, Ok(&buffer)),
                Err(finding) => visit(file, Err(finding)),
            }
        }
    })
}

/// Lists the articles in the inputs, sorted by path, without reading them. An article that is known to be unreadable
/// is listed with a finding.
///
/// # Errors
/// Returns an error in the same cases as [`walk`].
pub fn list(inputs: &Inputs) -> Result<Vec<(ArticleFile, Option<Finding>)>, Error> {
    let found = Mutex::new(Vec::new());
    for_each_file(inputs, &|| {
        |file: ArticleFile, refused: Option<Finding>| {
            let mut found = lock(&found);
            found.push((file, refused));
        }
    })?;
    let mut found = into_inner(found);
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

/// Creates a visitor for each thread and calls it with the files that the thread finds.
fn for_each_file<V>(inputs: &Inputs, visitor: &(dyn Fn() -> V + Sync)) -> Result<(), Error>
where
    V: FnMut(ArticleFile, Option<Finding>) + Send,
{
    let filter = Arc::new(PathFilter::new(inputs)?);
    for root in outermost(&inputs.paths)? {
        let kind = std::fs::metadata(root).map_err(Error::io("read", root))?;
        if kind.is_dir() {
            for_each_file_in(root, &filter, visitor)?;
        } else {
            let name = root.file_name().map(Path::new).unwrap_or(root);
            visitor()(article_file(root, name), special_file(kind.file_type()));
        }
    }
    Ok(())
}

/// The input paths that are not inside another input path, so that each article is found only once.
fn outermost(paths: &[PathBuf]) -> Result<Vec<&Path>, Error> {
    let mut real = Vec::with_capacity(paths.len());
    for path in paths {
        // Two different paths may lead to the same folder.
        real.push(path.canonicalize().map_err(Error::io("read", path))?);
    }
    let is_inside_other = |at: usize| {
        real.iter()
            .enumerate()
            .any(|(other, folder)| real[at].starts_with(folder) && (real[at] != *folder || other < at))
    };
    Ok((0..paths.len())
        .filter(|at| !is_inside_other(*at))
        .map(|at| paths[at].as_path())
        .collect())
}

fn for_each_file_in<V>(root: &Path, filter: &Arc<PathFilter>, visitor: &(dyn Fn() -> V + Sync)) -> Result<(), Error>
where
    V: FnMut(ArticleFile, Option<Finding>) + Send,
{
    // If the walker cannot list a folder, it reports the folder and continues. For an input folder, the program must
    // stop with an error instead: treating the folder as empty would remove all its entries from the feeds.
    std::fs::read_dir(root).map_err(Error::io("read", root))?;
    let real_root = root.canonicalize().map_err(Error::io("read", root))?;
    ignore_files::check_input(&real_root).map_err(Error::io("read", root))?;
    // The walker reads a folder's ignore files before it returns the folder. This filter checks them earlier: it is
    // called as soon as the walker finds the folder.
    let refused: Arc<Mutex<Vec<(PathBuf, Finding)>>> = Arc::default();
    let may_enter = {
        let (refused, filter, root) = (Arc::clone(&refused), Arc::clone(filter), root.to_owned());
        move |entry: &DirEntry| {
            // The input folder itself was checked above.
            if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
                return true;
            }
            if filter.excludes(relative_to(&root, entry.path())) {
                return false;
            }
            let Err(finding) = ignore_files::check_folder(entry.path()) else {
                return true;
            };
            let mut refused = lock(&refused);
            refused.push((entry.path().to_owned(), finding));
            false
        }
    };
    let walk = WalkBuilder::new(root.join(""))
        // Ignore files also apply in a copy of the repository that has no `.git` folder.
        .require_git(false)
        // Git's global ignore file and `.git/info/exclude` exist on only one machine, so they must not change what is
        // published.
        .git_global(false)
        .git_exclude(false)
        .filter_entry(may_enter)
        // All threads take their files from this sequential walker, because the parallel walker panics if it cannot
        // start a thread.
        .build();
    let walk = Mutex::new(walk);
    on_threads(MAX_THREADS, &|| {
        let mut visit = visitor();
        loop {
            // This is a separate statement, so that the lock is released before the file is read.
            let next = lock(&walk).next();
            let found = match next {
                Some(Ok(entry)) => classify(&entry, root, &real_root, filter),
                Some(Err(error)) => unreadable_entry(&error, root),
                None => return,
            };
            if let Some((file, refused)) = found {
                visit(file, refused);
            }
        }
    });
    let refused = std::mem::take(&mut *lock(&refused));
    for (path, finding) in refused {
        visitor()(article_file(&path, relative_to(root, &path)), Some(finding));
    }
    Ok(())
}

fn relative_to<'p>(root: &Path, path: &'p Path) -> &'p Path {
    path.strip_prefix(root).unwrap_or(path)
}

/// The article that a folder entry represents, with a finding if the article cannot be read. `None` if the entry is not
/// an article.
fn classify(
    entry: &DirEntry,
    root: &Path,
    real_root: &Path,
    filter: &PathFilter,
) -> Option<(ArticleFile, Option<Finding>)> {
    let relative = relative_to(root, entry.path());
    let kind = entry.file_type()?;
    if kind.is_dir() || !filter.may_be_article(relative, kind.is_symlink()) {
        return None;
    }
    // Apply the globs before checking symbolic links, so that users can silence the finding about a link by excluding
    // the link.
    if filter.excludes(relative) {
        return None;
    }
    let refused = if kind.is_symlink() {
        match resolve_link(entry.path(), real_root) {
            LinkTarget::HiddenFile => None,
            LinkTarget::VisibleFile => return None,
            LinkTarget::Folder => Some(
                unreadable("a symbolic link to a folder; such links are not followed").help(
                    "replace the link with the folder that it points to, or exclude the link in the configuration",
                ),
            ),
            LinkTarget::Outside => Some(
                unreadable("a symbolic link that points outside the input folder")
                    .help("copy the file into the input folder, or add its folder to `input` in the configuration"),
            ),
            LinkTarget::Missing(error) => Some(unreadable(&format!("a broken symbolic link: {error}"))),
        }
    } else {
        special_file(kind)
    };
    let refused = refused.or_else(|| {
        // The path identifies the article in the ledger, which is UTF-8 text.
        let is_utf8 = relative.to_str().is_some();
        (!is_utf8).then(|| unreadable("the file name is not valid UTF-8").help("rename the file"))
    });
    Some((article_file(entry.path(), relative), refused))
}

fn article_file(path: &Path, relative: &Path) -> ArticleFile {
    let relative = relative.to_string_lossy();
    ArticleFile {
        relative: if cfg!(windows) {
            relative.replace('\\', "/")
        } else {
            relative.into_owned()
        },
        path: path.to_owned(),
    }
}

/// The target of a symbolic link.
enum LinkTarget {
    /// A hidden file in the input folder, or a file in a hidden folder there. Such a file is found only through the
    /// symbolic link, so the link is treated as an article.
    HiddenFile,
    /// A visible file in the input folder. It is found even without the link, so following the link would publish the
    /// file twice.
    VisibleFile,
    Folder,
    /// A file or folder outside the input folder. Following the link could publish any file on the machine.
    Outside,
    Missing(io::Error),
}

fn resolve_link(path: &Path, real_root: &Path) -> LinkTarget {
    // Compare real paths, so that neither `..` nor a chain of links can lead outside the input folder.
    let target = match path.canonicalize() {
        Ok(target) => target,
        Err(error) => return LinkTarget::Missing(error),
    };
    let Ok(relative) = target.strip_prefix(real_root) else {
        return LinkTarget::Outside;
    };
    if target.is_dir() {
        return LinkTarget::Folder;
    }
    let is_hidden = relative
        .iter()
        .any(|name| name.as_encoded_bytes().first() == Some(&b'.'));
    if is_hidden {
        LinkTarget::HiddenFile
    } else {
        LinkTarget::VisibleFile
    }
}

/// The finding for a pipe, socket or device.
fn special_file(kind: FileType) -> Option<Finding> {
    special_kind(kind).map(|kind| unreadable(&format!("{kind}, not a regular file")))
}

fn unreadable(message: &str) -> Finding {
    Finding::new(&UNREADABLE, Location::file(), message)
}

/// The finding for a file or folder that the walker could not read.
fn unreadable_entry(error: &ignore::Error, root: &Path) -> Option<(ArticleFile, Option<Finding>)> {
    let (path, reason) = path_and_reason(error)?;
    let path = path.unwrap_or(root);
    let relative = path.strip_prefix(root).unwrap_or(path);
    let finding = unreadable(&format!("cannot be read: {reason}"))
        .help("fix its permissions, or exclude it in the configuration");
    Some((article_file(path, relative), Some(finding)))
}

/// The path and the I/O error that an error from the walker contains. An invalid glob in an ignore file is not an I/O
/// error, so it is ignored.
fn path_and_reason(error: &ignore::Error) -> Option<(Option<&Path>, &io::Error)> {
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
