//! Errors that stop the program. Mistakes in articles or feeds are [findings](crate::finding) instead.

use std::path::{Path, PathBuf};

use crate::finding::Finding;

/// The reason why nothing was published. The published files are unchanged whenever an error is returned.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration, a command-line option or an environment variable is invalid.
    #[error("{message}")]
    Config {
        /// The configuration file, if the error is in that file.
        path: Option<PathBuf>,
        /// The line and column in that file, 1-based, if known.
        position: Option<(u32, u32)>,
        /// What is wrong.
        message: String,
        /// How to fix the problem.
        help: Option<String>,
    },
    /// A guard refused to replace the published feeds.
    #[error("{message}")]
    Refused {
        /// What the build would have changed for subscribers.
        message: String,
        /// How to fix the problem, or how to publish the changes anyway.
        help: String,
        /// The changes for subscribers, one per line. The number of lines is limited, so that the list stays readable.
        changes: Vec<String>,
        /// Findings about articles, as in [`Publication`](crate::publish::Publication).
        findings: Vec<(PathBuf, Vec<Finding>)>,
    },
    /// The ledger is damaged. The build stops, because readers would show entries again if their ids were lost.
    #[error("{message}")]
    Damaged {
        /// The ledger file.
        path: PathBuf,
        /// The damaged line, 1-based.
        line: u32,
        /// What is wrong on that line.
        message: String,
        /// How to fix the problem.
        help: String,
    },
    /// A file could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// The operation that failed, as a verb: `read`, `write`, `rename`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why the operation failed.
        source: std::io::Error,
    },
    /// Another build holds the lock.
    #[error("another build is running and holds the lock file {}", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// A bug in Feedwright, such as a feed that its own validator rejects.
    #[error("internal error: {0}")]
    Bug(String),
}

impl Error {
    /// The exit code of the program. The README documents the codes.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Config { .. } => 2,
            Error::Refused { .. } | Error::Damaged { .. } => 3,
            Error::Io { .. } => 4,
            // These two codes are `EX_SOFTWARE` and `EX_TEMPFAIL` in `sysexits.h`. After exit code 75, a script can
            // simply try again.
            Error::Bug(_) => 70,
            Error::Locked { .. } => 75,
        }
    }

    /// How to fix the problem, if known.
    pub fn help(&self) -> Option<&str> {
        match self {
            Error::Config { help, .. } => help.as_deref(),
            Error::Refused { help, .. } | Error::Damaged { help, .. } => Some(help),
            Error::Locked { .. } => {
                Some("try again later, or use `--wait`; the lock is released when that build ends, even if it crashes")
            }
            Error::Io { .. } | Error::Bug(_) => None,
        }
    }

    /// Returns a function for `map_err` that converts an I/O error to an [`Error::Io`].
    pub fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |source| Error::Io { action, path, source }
    }
}
