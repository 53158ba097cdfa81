//! The section `check`: what the program's `check` leaves out, and how bad breaches of single rules are.

use std::path::Path;

use super::{file, load};
use crate::{check::Level, error::Error, finding::Rule};

/// How `check` judges: the section of that name. A file may have nothing else.
#[derive(Debug, Clone, Default)]
pub struct Judging {
    /// Globs of files that are not judged, relative to the configuration's folder.
    pub ignore: Vec<String>,
    /// The levels of rules in every feed.
    pub rules: Vec<(&'static Rule, Level)>,
    /// The levels of rules in the feeds that a glob matches; the last one that does counts.
    pub paths: Vec<(String, Vec<(&'static Rule, Level)>)>,
}

impl Judging {
    /// Reads the section of a configuration file.
    ///
    /// # Errors
    /// A file that cannot be read, or is no configuration.
    pub fn load(path: &Path) -> Result<Self, Error> {
        Judging::from_text(&load::read(path)?, path)
    }

    /// Reads the section of the text of a configuration; `path` is named in errors.
    ///
    /// # Errors
    /// A text that is no configuration.
    pub fn from_text(text: &str, path: &Path) -> Result<Self, Error> {
        let file = load::parse(text, path)?;
        Ok(file.check.map(Judging::from).unwrap_or_default())
    }
}

impl From<file::Check> for Judging {
    fn from(written: file::Check) -> Self {
        let rules = |pairs: file::Rules| pairs.0.into_iter().map(|(rule, level)| (rule.0, level.0)).collect();
        Judging {
            ignore: written.ignore.0.into_iter().map(|glob| glob.0).collect(),
            rules: rules(written.rules),
            paths: written
                .paths
                .0
                .into_iter()
                .map(|(glob, levels)| (glob.0, rules(levels)))
                .collect(),
        }
    }
}
