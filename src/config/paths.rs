//! Checks where the configured paths lead: a repository may contain symbolic links, and a configuration may name any
//! path.

use std::{
    collections::BTreeSet,
    path::{Component, Path, PathBuf},
};

use super::Config;
use crate::{error::Error, output};

impl Config {
    /// Checks that no input is a symbolic link that points outside the site's folder, and that the configuration, the
    /// ledger, the lock and the feeds are different files. If [`Config::sandbox`] is set, also checks that no input and
    /// no output is outside the site's folder.
    ///
    /// The configuration may explicitly name an input outside the site's folder, with `..` or an absolute path. A
    /// symbolic link, however, looks like a folder of the site, although a pull request may have added it in order to
    /// publish other files.
    ///
    /// # Errors
    /// Returns an error that names the rejected path, or an I/O error if the path of the site's folder cannot be
    /// resolved.
    pub fn check_paths(&self) -> Result<(), Error> {
        let folder = match self.folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => &self.folder,
        };
        let site = folder.canonicalize().map_err(Error::io("resolve", folder))?;
        let is_inside = |path: &Path| resolve(path).is_some_and(|target| target.starts_with(&site));
        for path in &self.input.paths {
            let name = path.display();
            // In a relative path, every symbolic link is checked. A link that leaves the site's folder is rejected even
            // if it leads back into this folder, as `../site/posts` may: the target of such a link depends on the names
            // of this folder and the folders above it.
            let relative = path.strip_prefix(&self.folder).ok();
            let relative = relative.and_then(|relative| normalize(Path::new(""), relative));
            let is_outside = |relative| has_link_outside(&site, relative) || path.exists() && !is_inside(path);
            if relative.is_some_and(is_outside) {
                let message = format!("the input {name} is a symbolic link that points outside the site's folder");
                return Err(rejected(message, "set `input` to the folder that the link points to"));
            }
            // An input that does not exist is reported later, by the code that reads the input.
            if self.sandbox && path.exists() && !is_inside(path) {
                return Err(rejected(
                    format!("the input {name} is outside the site's folder"),
                    SANDBOX,
                ));
            }
        }
        let mut files = vec![self.folder.join(Config::FILE_NAME), self.ledger.clone()];
        files.extend(self.feeds.iter().map(|feed| self.output.join(&feed.path)));
        files.push(self.output.join(output::LOCK_NAME));
        for path in files.iter().skip(1).filter(|_| self.sandbox) {
            if !is_inside(path) {
                let message = format!("the output {} is outside the site's folder", path.display());
                return Err(rejected(message, SANDBOX));
            }
        }
        reject_shared_path(&files)
    }
}

/// Rejects two files with the same path, because the file that is written last would replace the other.
fn reject_shared_path(files: &[PathBuf]) -> Result<(), Error> {
    let mut paths = BTreeSet::new();
    for file in files {
        let path = resolve(file).unwrap_or_else(|| file.clone());
        // A file system that ignores case would use the same file for two paths that differ only in case.
        if !paths.insert(path.to_string_lossy().to_lowercase()) {
            let message = format!(
                "{} is used twice: the feeds, the ledger, the lock and the configuration must be different files",
                file.display()
            );
            return Err(rejected(message, "change `ledger`, `output` or the path of a feed"));
        }
    }
    Ok(())
}

/// Whether a path relative to the site's folder contains a symbolic link that leaves the folder.
fn has_link_outside(site: &Path, mut relative: PathBuf) -> bool {
    // Linux follows at most 40 links in a path.
    for _ in 0..40 {
        let mut parts = relative.components();
        let mut passed = PathBuf::new();
        let link = parts.by_ref().find_map(|part| {
            let parent = passed.clone();
            passed.push(part);
            let target = std::fs::read_link(site.join(&passed)).ok()?;
            Some(normalize(&parent, &target))
        });
        match link {
            None => return false,
            Some(None) => return true,
            Some(Some(target)) => relative = target.join(parts.as_path()),
        }
    }
    true
}

/// Joins `path` to the folder `base`, and removes `.` and `..`. `None` if `path` is absolute, or if it leaves the
/// folder that `base` is relative to.
fn normalize(base: &Path, path: &Path) -> Option<PathBuf> {
    let mut normal = base.to_owned();
    for part in path.components() {
        match part {
            Component::Normal(name) => normal.push(name),
            Component::CurDir => {}
            Component::ParentDir if normal.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(normal)
}

const SANDBOX: &str = "move it into this folder, or build without `--sandbox` if you trust the configuration";

fn rejected(message: String, help: &str) -> Error {
    Error::Config {
        path: None,
        position: None,
        message,
        help: Some(help.to_owned()),
    }
}

/// Resolves all symbolic links in a path. The last parts of the path need not exist yet. Returns `None` if the path
/// cannot be resolved.
fn resolve(path: &Path) -> Option<PathBuf> {
    let mut missing = Vec::new();
    let mut existing = path;
    loop {
        let start = match existing.as_os_str().is_empty() {
            true => Path::new("."),
            false => existing,
        };
        if let Ok(mut target) = start.canonicalize() {
            target.extend(missing.iter().rev());
            return Some(target);
        }
        // A dangling link: a file that is written to this path would be created at the target of the link, which may be
        // anywhere.
        if start.symlink_metadata().is_ok() {
            return None;
        }
        missing.push(existing.file_name()?);
        existing = existing.parent()?;
    }
}
