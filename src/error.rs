//! What stops the program. Everything an author can get wrong is a [`Finding`](crate::finding) instead.

use std::path::{Path, PathBuf};

use crate::finding::Finding;

/// Why nothing was published. Whatever the variant: every published byte is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration, or a command-line option, cannot be used.
    #[error("{message}")]
    Config {
        /// The configuration file, if the fault is in one.
        path: Option<PathBuf>,
        /// 1-based line and column in that file, where known.
        position: Option<(u32, u32)>,
        /// What is wrong.
        message: String,
        /// The way out.
        help: Option<String>,
    },
    /// A guard refused to replace what is published.
    #[error("{message}")]
    Refused {
        /// What would have happened to subscribers.
        message: String,
        /// The way out.
        help: String,
        /// What subscribers would see, a line for each change, not too many.
        changes: Vec<String>,
        /// What is wrong with articles, as in [`Publication`](crate::publish::Publication).
        findings: Vec<(PathBuf, Vec<Finding>)>,
    },
    /// The ledger does not say what it was written to say: a damaged memory must not change ids silently.
    #[error("{message}")]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// The damaged line, 1-based.
        line: u32,
        /// What is wrong there.
        message: String,
        /// The way out.
        help: String,
    },
    /// Reading or writing failed.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// A verb: `read`, `write`, `rename`.
        action: &'static str,
        /// What it was done to.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Another build holds the lock.
    #[error("another build holds {}", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// A defect of Feedwright itself: a feed that it made did not pass its own judge.
    #[error("internal error: {0}")]
    Bug(String),
}

impl Error {
    /// The program's exit code, as the README promises it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Config { .. } => 2,
            Error::Refused { .. } | Error::Damaged { .. } => 3,
            Error::Io { .. } => 4,
            Error::Bug(_) => 70,
            Error::Locked { .. } => 75,
        }
    }

    /// The way out, where one is known.
    pub fn help(&self) -> Option<&str> {
        match self {
            Error::Config { help, .. } => help.as_deref(),
            Error::Refused { help, .. } | Error::Damaged { help, .. } => Some(help),
            Error::Locked { .. } => {
                Some("build later, or with `--wait`; the lock frees itself when its holder ends, even by a crash")
            }
            Error::Io { .. } | Error::Bug(_) => None,
        }
    }

    /// Says what was being done to which path when `source` happened.
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Io { action, path, source }
    }
}
