//! The `check` section of the configuration: the files that `feedwright check` skips, and the levels of rules.

use std::path::Path;

use super::{file, yaml};
use crate::{check::Level, error::Error, finding::Rule};

/// The `check` section of a configuration. It may be the only section of the file.
#[derive(Debug, Clone, Default)]
pub struct CheckSettings {
    /// Globs for files to skip, relative to the configuration's folder; see [`glob`](crate::glob).
    pub ignore: Vec<String>,
    /// Rule levels for all feeds.
    pub rules: Vec<(&'static Rule, Level)>,
    /// Rule levels for the feeds that match a glob. If several globs match, the last one wins.
    pub paths: Vec<(String, Vec<(&'static Rule, Level)>)>,
}

impl CheckSettings {
    /// Reads the `check` section of a configuration file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or is not a valid configuration.
    pub fn load(path: &Path) -> Result<Self, Error> {
        CheckSettings::from_text(&yaml::read(path)?, path)
    }

    /// Reads the `check` section from the text of a configuration. Errors name `path` as the file.
    ///
    /// # Errors
    /// Returns an error if the text is not a valid configuration.
    pub fn from_text(text: &str, path: &Path) -> Result<Self, Error> {
        let file = yaml::parse(text, path)?;
        Ok(file.check.map(CheckSettings::from).unwrap_or_default())
    }
}

impl From<file::Check> for CheckSettings {
    fn from(written: file::Check) -> Self {
        let rules = |pairs: file::Rules| pairs.0.into_iter().map(|(rule, level)| (rule.0, level.0)).collect();
        CheckSettings {
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
