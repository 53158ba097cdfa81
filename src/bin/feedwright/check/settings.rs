//! What counts in which file: the configuration's section `check`, and the options of the command line on top.

use std::path::{Component, Path, PathBuf};

use feedwright::{
    Error,
    check::{Level, Levels},
    config::Judging,
    finding::Rule,
    glob::{self, InvalidGlob},
};
use globset::GlobSet;

use crate::{
    args::{Check, Global},
    configuration::{self, refused},
};

/// Levels of rules and files left out, each with the files that they are for.
pub(super) struct Settings {
    ignored: Vec<Pattern>,
    levels: Vec<Chosen>,
}

/// Levels of rules, and the files that they are for: all where there is no pattern.
type Chosen = (Option<Pattern>, Vec<(&'static Rule, Level)>);

/// A glob, and the folder that it starts in.
struct Pattern {
    folder: PathBuf,
    glob: GlobSet,
}

impl Settings {
    /// The settings of a run.
    pub(super) fn of(args: &Check, global: &Global) -> Result<Self, Error> {
        let mut settings = Settings {
            ignored: Vec::new(),
            levels: Vec::new(),
        };
        if let Some(file) = configuration::file_if_any(global) {
            settings.add(Judging::load(&file)?, file.parent().unwrap_or(Path::new("")))?;
        }
        let here = Path::new("");
        for glob in &args.ignore {
            settings.ignored.push(pattern(glob, here)?);
        }
        for chosen in &args.rules {
            let place = chosen.glob.as_ref().map(|glob| pattern(glob, here)).transpose()?;
            settings.levels.push((place, vec![(chosen.rule, chosen.level)]));
        }
        Ok(settings)
    }

    fn add(&mut self, judging: Judging, folder: &Path) -> Result<(), Error> {
        for glob in &judging.ignore {
            self.ignored.push(pattern(glob, folder)?);
        }
        self.levels.push((None, judging.rules));
        for (glob, levels) in judging.paths {
            self.levels.push((Some(pattern(&glob, folder)?), levels));
        }
        Ok(())
    }

    /// Whether a file is left out.
    pub(super) fn ignores(&self, path: &Path) -> bool {
        self.ignored.iter().any(|pattern| pattern.matches(path))
    }

    /// The levels that count in a file.
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

fn pattern(glob: &str, folder: &Path) -> Result<Pattern, Error> {
    let glob = glob::compile(&[glob]).map_err(|invalid| refused(invalid.message, InvalidGlob::HELP))?;
    Ok(Pattern {
        folder: whole(folder),
        glob,
    })
}

impl Pattern {
    fn matches(&self, path: &Path) -> bool {
        let path = whole(path);
        self.glob.is_match(path.strip_prefix(&self.folder).unwrap_or(&path))
    }
}

/// The path from the root, without `.` and `..`; links stay as they are named.
fn whole(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut whole = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            other => whole.push(other),
        }
    }
    whole
}
