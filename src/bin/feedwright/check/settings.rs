//! The files that `check` skips, and the rule levels for all other files, from the configuration and the options.

use std::path::{Component, Path, PathBuf};

use feedwright::{
    Error,
    check::{Level, Levels},
    config::CheckSettings,
    finding::Rule,
    glob::{self, InvalidGlob},
};
use globset::GlobSet;

use crate::{
    args::{Check, Global},
    configuration::{self, usage_error},
};

/// Files to skip, and rule levels for all files or for the files that match a glob.
pub(super) struct Settings {
    ignored: Vec<Pattern>,
    /// In the order in which they apply: the last level for a rule wins.
    levels: Vec<PatternLevels>,
}

/// Rule levels, and the files that they apply to; `None` means all files.
type PatternLevels = (Option<Pattern>, Vec<(&'static Rule, Level)>);

/// A glob, and the folder that it is relative to.
struct Pattern {
    folder: PathBuf,
    glob: GlobSet,
}

impl Settings {
    /// Loads the settings of a run.
    pub(super) fn load(args: &Check, global: &Global) -> Result<Self, Error> {
        let mut settings = Settings {
            ignored: Vec::new(),
            levels: Vec::new(),
        };
        if let Some(file) = configuration::file(global) {
            let folder = file.parent().unwrap_or(Path::new(""));
            settings.add(CheckSettings::load(&file)?, folder)?;
        }
        // The options come after the configuration, because the last level for a rule wins. The globs in options are
        // relative to the current folder, like all paths on the command line.
        let current_folder = Path::new("");
        for glob in &args.ignore {
            settings.ignored.push(Pattern::new(glob, current_folder)?);
        }
        for chosen in &args.rules {
            let glob = chosen.glob.as_deref();
            let pattern = glob.map(|glob| Pattern::new(glob, current_folder)).transpose()?;
            settings.levels.push((pattern, vec![(chosen.rule, chosen.level)]));
        }
        Ok(settings)
    }

    fn add(&mut self, configured: CheckSettings, folder: &Path) -> Result<(), Error> {
        for glob in &configured.ignore {
            self.ignored.push(Pattern::new(glob, folder)?);
        }
        // The levels for all files come first, so that the levels for a glob override them.
        self.levels.push((None, configured.rules));
        for (glob, levels) in configured.paths {
            self.levels.push((Some(Pattern::new(&glob, folder)?), levels));
        }
        Ok(())
    }

    /// Whether to skip a file.
    pub(super) fn ignores(&self, path: &Path) -> bool {
        self.ignored.iter().any(|pattern| pattern.matches(path))
    }

    /// The rule levels for a file.
    pub(super) fn levels(&self, path: &Path) -> Levels {
        let mut levels = Levels::default();
        for (pattern, chosen) in &self.levels {
            if pattern.as_ref().is_none_or(|pattern| pattern.matches(path)) {
                for (rule, level) in chosen {
                    levels.set(rule, *level);
                }
            }
        }
        levels
    }
}

impl Pattern {
    fn new(glob: &str, folder: &Path) -> Result<Self, Error> {
        let glob = glob::compile(&[glob]).map_err(|invalid| usage_error(invalid.message, InvalidGlob::HELP))?;
        Ok(Pattern {
            folder: normalize(folder),
            glob,
        })
    }

    /// Whether a file matches. The glob is matched against the path relative to the folder, or against the absolute
    /// path if the file is outside the folder.
    fn matches(&self, path: &Path) -> bool {
        let path = normalize(path);
        self.glob.is_match(path.strip_prefix(&self.folder).unwrap_or(&path))
    }
}

/// The absolute path without `.` and `..`. Symbolic links are not followed: globs match the names that users see.
fn normalize(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    // `absolute` keeps `..`, so the loop removes it. Otherwise, the glob `feeds/*` would not match
    // `docs/../feeds/rss.xml`.
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut normalized = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => drop(normalized.pop()),
            Component::CurDir => {}
            other => normalized.push(other),
        }
    }
    normalized
}
