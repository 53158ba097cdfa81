//! Checks where the configured paths lead: a repository may contain links, and a configuration may name any path.

use std::{
    collections::BTreeSet,
    path::{Component, Path, PathBuf},
};

use super::Config;
use crate::{error::Error, output};

impl Config {
    /// Checks that no input is a symbolic link out of the site's folder, that feeds, ledger and lock are different files,
    /// and, if [`Config::sandbox`] is set, that no input and no output is outside the site's folder.
    ///
    /// An input that the configuration names with `..` or with an absolute path may be anywhere, because the path says
    /// so. A link looks like a folder of the site, but may have been added by a pull request to publish other files.
    ///
    /// # Errors
    /// Returns an error that names the path, or an error from resolving the site's folder.
    pub fn check_paths(&self) -> Result<(), Error> {
        let folder = match self.folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => &self.folder,
        };
        let site = folder.canonicalize().map_err(Error::io("resolve", folder))?;
        let is_inside = |path: &Path| resolve(path).is_some_and(|target| target.starts_with(&site));
        for path in &self.input.paths {
            let name = path.display();
            // A relative path is checked link by link. A link that leaves the folder is rejected even if it leads back,
            // because where it leads depends on the names of the folders above.
            let relative = path.strip_prefix(&self.folder).ok();
            let relative = relative.and_then(|relative| normalize(Path::new(""), relative));
            let is_outside = |relative| has_link_outside(&site, relative) || path.exists() && !is_inside(path);
            if relative.is_some_and(is_outside) {
                let message = format!("the input {name} is a symbolic link that leads outside the site's folder");
                return Err(rejected(message, "set `input` to the folder that the link leads to"));
            }
            // A missing input is reported when it is read.
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
        // File systems that ignore case would store two paths in one file.
        if !paths.insert(path.to_string_lossy().to_lowercase()) {
            let message = format!(
                "{} is used twice: a feed, the ledger, the lock and the configuration must be different files",
                file.display()
            );
            return Err(rejected(message, "change `ledger`, `output` or the path of the feed"));
        }
    }
    Ok(())
}

/// Whether a path relative to the site's folder passes a symbolic link that leaves the folder.
fn has_link_outside(site: &Path, mut relative: PathBuf) -> bool {
    // Linux follows at most 40 links.
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

/// The path that `path` means in the folder `base`, without `.` and `..`. `None` if it is absolute or leaves the folder
/// that both are relative to.
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

const SANDBOX: &str = "move it inside, or build without `--sandbox` if you trust the configuration";

fn rejected(message: String, help: &str) -> Error {
    Error::Config {
        path: None,
        position: None,
        message,
        help: Some(help.to_owned()),
    }
}

/// The path with all links resolved, even if its last parts do not exist yet. `None` if it cannot be resolved.
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
        // A dangling link exists, but its target is created somewhere else.
        if start.symlink_metadata().is_ok() {
            return None;
        }
        missing.push(existing.file_name()?);
        existing = existing.parent()?;
    }
}
