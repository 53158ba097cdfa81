//! What Git remembers of the files below the input folders: when each was committed first and last, under whatever
//! name. Reads the log once and keeps two dates for each tracked article; never asks the network.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{beside::path_below, discover::has_extension_of_article};
use crate::error::Error;

/// The first and last commits of the articles below the input folders.
#[derive(Debug, Default)]
pub struct History {
    files: BTreeMap<String, Commits>,
}

/// When a file was committed, in RFC 3339 by its author's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commits {
    /// The commit that brought the file.
    pub first: String,
    /// The last commit that changed it, if that is another one and no change of most files at once.
    pub last: Option<String>,
}

/// What the log says of a file so far, from the newest commit to the oldest.
#[derive(Debug, Default, Clone)]
struct Seen {
    first: Option<String>,
    last: Option<String>,
}

impl History {
    /// Reads the history of every article below the folders.
    ///
    /// # Errors
    /// No Git, no repository, no commit, or a shallow clone, which lacks the first commits.
    pub fn read(folders: &[PathBuf]) -> Result<Self, Error> {
        let mut history = History::default();
        for folder in folders {
            let (within, what) = match folder.parent().zip(folder.file_name()) {
                Some((parent, name)) if folder.is_file() => (parent, Path::new(name)),
                _ => (folder.as_path(), Path::new(".")),
            };
            let within = if within == Path::new("") {
                Path::new(".")
            } else {
                within
            };
            refuse_shallow(within)?;
            for (path, commits) in read_folder(within, what)? {
                let path = path_below(folders, &within.join(&path), path);
                history.files.insert(path, commits);
            }
        }
        Ok(history)
    }

    /// The commits of an article, by the path that it goes by; `None` if it was never committed.
    pub fn of(&self, path: &str) -> Option<&Commits> {
        self.files.get(path)
    }
}

/// Git in a folder, deaf to settings that change what it prints, and to the network.
fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder);
    // A partial clone would fetch what it lacks.
    git.args(["-c", "protocol.allow=never", "-c", "core.quotepath=off"]);
    git.args(["-c", "core.fsmonitor=false"]).args(arguments);
    // A hook of Git sets these for another folder.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    git.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    git.stdin(Stdio::null());
    git
}

fn refused(folder: &Path, why: &str, help: &str) -> Error {
    Error::Config {
        path: None,
        position: None,
        message: format!("Git cannot date the articles in {}: {why}", folder.display()),
        help: Some(help.to_owned()),
    }
}

/// What Git prints, or its own words for why it cannot.
fn ask(folder: &Path, mut git: Command) -> Result<Vec<u8>, Error> {
    let output = git.output().map_err(|error| {
        let help = "install Git, or leave `dates.from_git` out of the configuration";
        refused(folder, &format!("cannot run `git`: {error}"), help)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let line = words.lines().next().unwrap_or("it failed without a word");
    let help = "commit the articles to a repository, or leave `dates.from_git` out of the configuration";
    Err(refused(folder, line.trim_start_matches("fatal: "), help))
}

/// A shallow clone dates every older file by the day on which its history was cut off.
fn refuse_shallow(folder: &Path) -> Result<(), Error> {
    let answer = ask(folder, git(folder, &["rev-parse", "--is-shallow-repository"]))?;
    if answer.trim_ascii() != b"true" {
        return Ok(());
    }
    let help = "fetch all of the history with `git fetch --unshallow`; in a CI job, check out with depth 0";
    Err(refused(
        folder,
        "the clone is shallow, so first commits are missing",
        help,
    ))
}

/// A commit that is the last of a larger share of the files is a new layout of all, and no news in any.
const MOST_AT_ONCE: f32 = 0.3;

fn read_folder(folder: &Path, what: &Path) -> Result<Vec<(String, Commits)>, Error> {
    let mut list = git(folder, &["ls-files", "-z", "--"]);
    list.arg(what);
    let listing = ask(folder, list)?;
    let names = listing.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let names: Vec<String> = names
        .filter(|name| has_extension_of_article(Path::new(&**name)))
        .map(|name| name.into_owned())
        .collect();
    let seen = log(folder, what, &names)?;

    let mut by_last: BTreeMap<&str, usize> = BTreeMap::new();
    for last in seen.iter().filter_map(|seen| seen.last.as_deref()) {
        *by_last.entry(last).or_default() += 1;
    }
    let is_of_one = |last: &str| {
        let shared = by_last.get(last).copied().unwrap_or(0);
        shared < 2 || shared as f32 <= MOST_AT_ONCE * names.len() as f32
    };
    let commits = seen.iter().map(|seen| {
        let first = seen.first.clone()?;
        let last = seen.last.clone().filter(|last| *last != first && is_of_one(last));
        Some(Commits { first, last })
    });
    let commits: Vec<Option<Commits>> = commits.collect();
    let found = names.into_iter().zip(commits);
    Ok(found.filter_map(|(name, commits)| Some((name, commits?))).collect())
}

/// Runs the log and follows each file through it.
fn log(folder: &Path, what: &Path, names: &[String]) -> Result<Vec<Seen>, Error> {
    // Parents after all their children, or a rename would be met before the names that it explains.
    let mut command = git(
        folder,
        &["log", "-z", "--date-order", "--relative", "--name-status", "-M"],
    );
    command.args([
        "--no-color",
        "--no-show-signature",
        "--no-ext-diff",
        "--format=%x01%aI",
        "--",
    ]);
    command.arg(what).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = command.spawn().map_err(Error::io("read", folder))?;
    let read = match running.stdout.take() {
        Some(output) => follow(BufReader::new(output), names),
        None => Ok((Vec::new(), false)),
    };
    if !matches!(read, Ok((_, true))) {
        // All is known, or the log is of no use: Git need not go on.
        let _ = running.kill();
    }
    let status = running.wait().map_err(Error::io("read", folder))?;
    let (seen, is_whole) = read.map_err(Error::io("read", folder))?;
    if is_whole && !status.success() {
        ask(folder, git(folder, &["log", "-1", "--format=%H"]))?;
        return Err(refused(
            folder,
            "`git log` failed",
            "see what `git log --name-status -M` says",
        ));
    }
    Ok(seen)
}

/// Follows files, under the names that they have now, from the newest commit to the one that brought them. Says too
/// whether the log was read to its end.
fn follow(mut log: impl BufRead, names: &[String]) -> io::Result<(Vec<Seen>, bool)> {
    let mut seen = vec![Seen::default(); names.len()];
    let mut name_at: BTreeMap<String, usize> = names.iter().cloned().zip(0..).collect();
    let mut older: Vec<(String, Option<String>)> = Vec::new();
    let (mut date, mut token) = (String::new(), Vec::new());
    while next(&mut log, &mut token)? {
        let start = token.trim_ascii_start();
        let Some(&status) = start.first() else { continue };
        if status == 1 {
            date = String::from_utf8_lossy(&start[1..]).into_owned();
            rename(&mut older, &mut name_at);
            if name_at.is_empty() {
                return Ok((seen, false));
            }
            continue;
        }
        let is_same = start == b"R100";
        next(&mut log, &mut token)?;
        let mut name = String::from_utf8_lossy(&token).into_owned();
        let mut old = None;
        if matches!(status, b'R' | b'C') {
            next(&mut log, &mut token)?;
            old = Some(std::mem::replace(
                &mut name,
                String::from_utf8_lossy(&token).into_owned(),
            ));
        }
        let Some(file) = name_at.get(&name).and_then(|at| seen.get_mut(*at)) else {
            continue;
        };
        file.first = Some(date.clone());
        // A new name is no news.
        if !is_same && file.last.is_none() {
            file.last = Some(date.clone());
        }
        if matches!(status, b'A' | b'R' | b'C') {
            older.push((name, old));
        }
    }
    Ok((seen, true))
}

/// Gives files the names that they had before a commit; a file that came with it had none.
fn rename(older: &mut Vec<(String, Option<String>)>, name_at: &mut BTreeMap<String, usize>) {
    // All are taken before any is given: two files may have exchanged their names.
    let taken: Vec<_> = older
        .drain(..)
        .map(|(name, old)| (name_at.remove(&name), old))
        .collect();
    for (at, old) in taken {
        if let Some((at, old)) = at.zip(old) {
            name_at.insert(old, at);
        }
    }
}

/// Reads up to the next zero byte; `false` at the end.
fn next(log: &mut impl BufRead, token: &mut Vec<u8>) -> io::Result<bool> {
    token.clear();
    log.read_until(0, token)?;
    let is_any = !token.is_empty();
    if token.last() == Some(&0) {
        token.pop();
    }
    Ok(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the log says of `a.md`, `b.md`: first and last commit.
    fn followed(log: &str) -> Vec<(Option<String>, Option<String>)> {
        let names = ["a.md".to_owned(), "b.md".to_owned()];
        let (seen, _) = follow(log.replace('|', "\0").as_bytes(), &names).unwrap();
        seen.into_iter().map(|seen| (seen.first, seen.last)).collect()
    }

    #[test]
    fn files_are_followed_to_the_commit_that_brought_them() {
        let some = |first: &str, last: &str| (Some(first.to_owned()), Some(last.to_owned()));
        let nothing = (None, None);
        for (log, expected) in [
            (
                "\x013|\nM|a.md|\x011|\nA|a.md|A|b.md|",
                [some("1", "3"), some("1", "1")],
            ),
            (
                "\x013|\nR100|old.md|a.md|\x012|\nM|old.md|\x011|\nA|old.md|",
                [some("1", "2"), nothing.clone()],
            ),
            (
                "\x013|\nR90|b.md|a.md|R90|a.md|b.md|\x012|\nA|a.md|\x011|\nA|b.md|",
                [some("1", "3"), some("2", "3")],
            ),
            (
                "\x013|\nA|a.md|\x012|\nD|a.md|\x011|\nA|a.md|",
                [some("3", "3"), nothing.clone()],
            ),
            ("\x011|\nR100|", [nothing.clone(), nothing.clone()]),
            ("M", [nothing.clone(), nothing]),
        ] {
            assert_eq!(followed(log), expected, "{log}");
        }
    }
}
