//! What only several documents show: feeds and the ones before them, and the feeds of one site.

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

use super::{Judged, documents, read, settings::Settings};
use crate::configuration::refused;

/// Which old document belongs to a new one.
pub(super) enum Previous<'a> {
    /// None is compared.
    None,
    /// This one belongs to the only document.
    File(&'a Path),
    /// The one at the same place below this folder.
    Folder(&'a Path),
}

impl<'a> Previous<'a> {
    /// What `--previous` says about documents of these paths.
    pub(super) fn of(old: Option<&'a Path>, paths: &[PathBuf]) -> Result<Self, Error> {
        let Some(old) = old else {
            return Ok(Previous::None);
        };
        let fault = match paths {
            [_, _, ..] => "`--previous` compares one file or one folder, and more are given".to_owned(),
            [path] if path.is_dir() && old.is_file() => {
                format!("`--previous` is a file, and {} is a folder", path.display())
            }
            [path] if !path.is_dir() && old.is_dir() => {
                format!("`--previous` is a folder, and {} is not", path.display())
            }
            _ if old.is_dir() => return Ok(Previous::Folder(old)),
            _ => return Ok(Previous::File(old)),
        };
        let help = "give a file and the file before it, or a folder and the folder before it";
        Err(refused(fault, help))
    }
}

/// Compares each document with the one before it, where there is one.
pub(super) fn against_previous(judged: &mut [Judged], previous: &Previous<'_>) -> Vec<Error> {
    let mut failures = Vec::new();
    for judged in judged {
        let old = match previous {
            Previous::None => continue,
            Previous::File(file) => file.to_path_buf(),
            Previous::Folder(folder) => folder.join(&judged.document.below),
        };
        // A feed that is new has none before it.
        if matches!(previous, Previous::Folder(_)) && !old.exists() {
            continue;
        }
        // What is no feed has been told already, and OPML has no entries.
        let Some(new) = &judged.report.outline else {
            continue;
        };
        match outline(&old) {
            Ok(Some(old)) => {
                let violations = check::check_against_previous(&old, new);
                failures.extend(judged.add(violations));
            }
            Ok(None) => failures.push(Error::Io {
                action: "compare with",
                path: old,
                source: io::Error::other("it is not a feed with entries"),
            }),
            Err(error) => failures.push(error),
        }
    }
    failures
}

/// The feeds of the old folder that the new one does not have any more: their subscribers get nothing.
pub(super) fn vanished(judged: &[Judged], previous: &Previous<'_>, new: &[PathBuf], settings: &Settings) -> Vec<Error> {
    let (Previous::Folder(old), [new]) = (previous, new) else {
        return Vec::new();
    };
    let (before, mut failures) = documents::find(&[old.to_path_buf()]);
    let places: HashSet<&Path> = judged.iter().map(|judged| judged.document.below.as_path()).collect();
    let gone = before
        .iter()
        .filter(|document| !places.contains(document.below.as_path()));
    for path in gone.map(|document| new.join(&document.below)) {
        // One that could not be read has been told already.
        if !path.exists() && !settings.ignores(&path) {
            failures.push(Error::Io {
                action: "judge",
                path,
                source: io::Error::new(ErrorKind::NotFound, "it was there before"),
            });
        }
    }
    failures
}

fn outline(path: &Path) -> Result<Option<Outline>, Error> {
    let options = Options {
        include_outline: true,
        ..Options::default()
    };
    let bytes = fs::read(path).map_err(Error::io("read", path))?;
    Ok(check::check(&bytes, &options).outline)
}

/// Compares the feeds of each site with one another.
pub(super) fn together(judged: &mut [Judged]) -> Vec<Error> {
    let names: Vec<String> = judged.iter().map(|judged| judged.document.name()).collect();
    let (mut feeds, mut places) = (Vec::new(), Vec::new());
    for (at, (judged, name)) in judged.iter().zip(&names).enumerate() {
        if let Some(outline) = &judged.report.outline {
            feeds.push((&**name, outline));
            places.push(at);
        }
    }
    let found = check::check_together(&feeds);
    let mut failures = Vec::new();
    for (at, violations) in places.into_iter().zip(found) {
        failures.extend(judged.get_mut(at).and_then(|judged| judged.add(violations)));
    }
    failures
}

impl Judged {
    /// Adds what was found; the document is read again for the lines, which is seldom needed.
    fn add(&mut self, violations: Violations) -> Option<Error> {
        if violations.is_empty() {
            return None;
        }
        let bytes = match &self.kept {
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
