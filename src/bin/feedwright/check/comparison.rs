//! Compares feeds with their previous versions, and the feeds of one site with each other.

use std::{
    collections::HashSet,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use feedwright::{
    Error,
    check::{self, Options, Outline, Violations},
};

use super::{Checked, documents, read, settings::Settings};
use crate::configuration::usage_error;

/// The location of the previous versions of the documents, from `--previous`.
pub(super) enum Previous<'a> {
    /// The option was not given.
    None,
    /// A file that contains the previous version of the only document to check.
    File(&'a Path),
    /// A folder that contains the previous versions under the same relative paths as the documents.
    Folder(&'a Path),
}

impl<'a> Previous<'a> {
    /// Checks that `--previous` is a folder if the path to check is a folder, and a file otherwise.
    pub(super) fn new(old: Option<&'a Path>, paths: &[PathBuf]) -> Result<Self, Error> {
        let Some(old) = old else {
            return Ok(Previous::None);
        };
        let message = match paths {
            [_, _, ..] => "`--previous` works with one file or one folder, but several paths were given".to_owned(),
            [path] if path.is_dir() && old.is_file() => {
                format!("`--previous` is a file, but {} is a folder", path.display())
            }
            [path] if !path.is_dir() && old.is_dir() => {
                format!("`--previous` is a folder, but {} is not", path.display())
            }
            _ if old.is_dir() => return Ok(Previous::Folder(old)),
            // If nothing exists at this path, the error is reported when the path is read.
            _ => return Ok(Previous::File(old)),
        };
        let help = "give a file and its previous version, or a folder and its previous version";
        Err(usage_error(message, help))
    }
}

/// Compares each document with its previous version, if there is one.
pub(super) fn compare_with_previous(documents: &mut [Checked], previous: &Previous<'_>) -> Vec<Error> {
    let mut failures = Vec::new();
    for checked in documents {
        let old = match previous {
            Previous::None => continue,
            Previous::File(file) => file.to_path_buf(),
            Previous::Folder(folder) => folder.join(&checked.document.relative),
        };
        // A new feed has no previous version.
        if matches!(previous, Previous::Folder(_)) && !old.exists() {
            continue;
        }
        // Files that are not feeds have been reported already, and OPML files have no entries.
        let Some(new) = &checked.report.outline else {
            continue;
        };
        match outline(&old) {
            Ok(Some(old)) => {
                let violations = check::check_against_previous(&old, new);
                failures.extend(checked.add(violations));
            }
            Ok(None) => failures.push(Error::Io {
                action: "compare with",
                path: old,
                source: io::Error::other("not an RSS, Atom or JSON feed"),
            }),
            Err(error) => failures.push(error),
        }
    }
    failures
}

/// Reports feeds that are in the previous folder but not in the new folder. Their subscribers would no longer get
/// updates.
pub(super) fn missing_documents(
    documents: &[Checked],
    previous: &Previous<'_>,
    new: &[PathBuf],
    settings: &Settings,
) -> Vec<Error> {
    let (Previous::Folder(old), [new]) = (previous, new) else {
        return Vec::new();
    };
    let (previous, mut failures) = documents::find(&[old.to_path_buf()]);
    let current: HashSet<&Path> = documents
        .iter()
        .map(|checked| checked.document.relative.as_path())
        .collect();
    let missing = previous
        .iter()
        .filter(|document| !current.contains(document.relative.as_path()));
    for path in missing.map(|document| new.join(&document.relative)) {
        // A file that exists but could not be read has been reported already.
        if !path.exists() && !settings.ignores(&path) {
            failures.push(Error::Io {
                action: "check",
                path,
                source: io::Error::new(
                    ErrorKind::NotFound,
                    "the file is missing, but a previous version exists",
                ),
            });
        }
    }
    failures
}

fn outline(path: &Path) -> Result<Option<Outline>, Error> {
    // Only the outline is used, not the findings, so the default rule levels are sufficient.
    let options = Options {
        include_outline: true,
        ..Options::default()
    };
    let bytes = fs::read(path).map_err(Error::io("read", path))?;
    Ok(check::check(&bytes, &options).outline)
}

/// Compares the feeds of each site with each other.
pub(super) fn compare_with_each_other(documents: &mut [Checked]) -> Vec<Error> {
    let names: Vec<String> = documents.iter().map(|checked| checked.document.name()).collect();
    // Documents without an outline are left out, so `indexes` maps the results back to the documents.
    let (mut feeds, mut indexes) = (Vec::new(), Vec::new());
    for (index, (checked, name)) in documents.iter().zip(&names).enumerate() {
        if let Some(outline) = &checked.report.outline {
            feeds.push((&**name, outline));
            indexes.push(index);
        }
    }
    let found = check::check_together(&feeds);
    let mut failures = Vec::new();
    for (index, violations) in indexes.into_iter().zip(found) {
        failures.extend(documents.get_mut(index).and_then(|checked| checked.add(violations)));
    }
    failures
}

impl Checked {
    /// Adds the findings from a comparison.
    ///
    /// The findings quote lines of the document, so the document is read again unless its bytes were kept. Few runs
    /// have such findings, but keeping all documents would take memory in every run.
    fn add(&mut self, violations: Violations) -> Option<Error> {
        if violations.is_empty() {
            return None;
        }
        let bytes = match &self.bytes {
            Some(bytes) => Ok(bytes.clone()),
            None => read(&self.document.path),
        };
        match bytes {
            Ok(bytes) => self.report.add(violations, &bytes, &self.options),
            Err(error) => return Some(error),
        }
        None
    }
}
