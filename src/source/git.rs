//! Finds when each article was first and last committed to Git, under its current name or an earlier one. Also reads
//! Git's `merge` attribute for a file.
//!
//! Runs `git log` once for each input folder and keeps two dates for each tracked article. Never uses the network.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{discover::has_article_extension, files::article_path};
use crate::error::Error;

/// When the articles in the input folders were first and last committed.
#[derive(Debug, Default)]
pub struct History {
    files: BTreeMap<String, Commits>,
}

/// The times at which a file was committed, as RFC 3339 timestamps with the UTC offset of the commit's author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commits {
    /// The time of the commit that added the file.
    pub first: String,
    /// The time of the last commit that changed the file. `None` if that commit added the file or is a bulk change to
    /// many files at once.
    pub last: Option<String>,
}

/// The times of the oldest and newest commits that changed a file, among the commits that have been read so far. The
/// log starts with the newest commit.
#[derive(Debug, Default, Clone)]
struct CommitDates {
    first: Option<String>,
    last: Option<String>,
}

impl History {
    /// Reads the history of every article in the folders. Paths of single files are accepted too.
    ///
    /// # Errors
    /// Returns an error if Git is not installed, if there is no repository or no commit, or if the repository is a
    /// shallow clone.
    pub fn read(folders: &[PathBuf]) -> Result<Self, Error> {
        let mut history = History::default();
        for folder in folders {
            let (directory, pathspec) = match folder.parent().zip(folder.file_name()) {
                // `git -C` requires a folder, so for a single file, Git runs in the parent folder and receives the file
                // name as the path.
                Some((parent, name)) if folder.is_file() => (parent, Path::new(name)),
                _ => (folder.as_path(), Path::new(".")),
            };
            let directory = if directory == Path::new("") {
                Path::new(".")
            } else {
                directory
            };
            reject_shallow_clone(directory)?;
            for (path, commits) in read_folder(directory, pathspec)? {
                let path = article_path(folders, &directory.join(&path), path);
                history.files.insert(path, commits);
            }
        }
        Ok(history)
    }

    /// The commits of an article, by its [`article_path`]; `None` if it was never committed.
    pub fn commits(&self, path: &str) -> Option<&Commits> {
        self.files.get(path)
    }
}

/// The value of Git's `merge` attribute for a file in this folder, such as `unspecified` or `union`. The file need not
/// exist.
///
/// `None` if the folder is not in a work tree, or if Git is not installed.
pub fn merge_attribute(folder: &Path, file: &str) -> Option<String> {
    let is_inside = run(folder, git_command(folder, &["rev-parse", "--is-inside-work-tree"])).ok()?;
    if is_inside.trim_ascii() != b"true" {
        return None;
    }
    // With `-z`, Git prints the path, the attribute and its value, each followed by NUL.
    let attributes = run(folder, git_command(folder, &["check-attr", "-z", "merge", "--", file])).ok()?;
    let value = attributes.split(|byte| *byte == 0).nth(2)?;
    Some(String::from_utf8_lossy(value).into_owned())
}

/// Settings that override those of the repository and the user.
const SETTINGS: &[&str] = &[
    // Git writes the path of each file without quotes or escapes.
    "core.quotepath=off",
    // With other values, `git log` would omit the first commit's files, or write dates in an encoding such as UTF-16.
    "log.showRoot=true",
    "i18n.logOutputEncoding=UTF-8",
    // With other values, Git would run other programs: a file system monitor, hooks, or `gpg` to verify signatures.
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    // With any other value, Git would treat a folder that contains the files of a bare repository as a repository, and
    // use the settings in it. A pull request could add such files to a folder of articles.
    "safe.bareRepository=explicit",
];

/// A Git command that runs in a folder, ignores settings that would change its output, never uses the network, and runs
/// no other program.
///
/// The repository's settings are not trusted: they may come with the articles, in an archive that contains a `.git`
/// folder.
fn git_command(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder);
    git.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]))
        .args(arguments);
    // In a partial clone, Git would fetch missing objects, using a command from the repository's settings. The first
    // variable prevents this in Git 2.44 and later. The second variable allows no protocols; unlike the setting
    // `protocol.allow`, it also overrides settings for individual protocols.
    git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "");
    // Git sets these variables when it runs a hook. They may point to a different repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(name);
    }
    // Ask for English messages, and do not lock the index.
    git.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    git.stdin(Stdio::null());
    git
}

fn git_error(folder: &Path, why: &str, help: &str) -> Error {
    Error::Config {
        path: None,
        position: None,
        message: format!("cannot read article dates from Git in `{}`: {why}", folder.display()),
        help: Some(help.to_owned()),
    }
}

/// Runs Git and returns its output. If Git fails, the error contains the first line of Git's error output.
fn run(folder: &Path, mut command: Command) -> Result<Vec<u8>, Error> {
    let output = command.output().map_err(|error| {
        let help = "install Git, or remove `dates.from_git` from the configuration";
        git_error(folder, &format!("cannot run `git`: {error}"), help)
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let line = stderr.lines().next().unwrap_or("`git` failed without a message");
    let help = "commit the articles to a Git repository, or remove `dates.from_git` from the configuration";
    Err(git_error(folder, line.trim_start_matches("fatal: "), help))
}

/// Returns an error if the repository is a shallow clone. In a shallow clone, every older file appears to have been
/// added by the commit at which the history was cut off.
fn reject_shallow_clone(folder: &Path) -> Result<(), Error> {
    let answer = run(folder, git_command(folder, &["rev-parse", "--is-shallow-repository"]))?;
    if answer.trim_ascii() != b"true" {
        return Ok(());
    }
    let help = "fetch the whole history with `git fetch --unshallow`; in CI, check out with a fetch depth of 0";
    Err(git_error(
        folder,
        "the repository is a shallow clone, so the first commits are missing",
        help,
    ))
}

/// The maximum share of a folder's articles that may have the same last commit. If the share is larger, the commit is
/// treated as a bulk change, such as reformatting, and does not count as an update to any of these articles.
const MAX_SHARE: f32 = 0.3;

fn read_folder(folder: &Path, pathspec: &Path) -> Result<Vec<(String, Commits)>, Error> {
    // File names may contain line feeds, so `-z` separates them with NUL.
    let mut list = git_command(folder, &["ls-files", "-z", "--"]);
    list.arg(pathspec);
    let listing = run(folder, list)?;
    let names = listing.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let names: Vec<String> = names
        .filter(|name| has_article_extension(Path::new(&**name)))
        .map(|name| name.into_owned())
        .collect();
    let dates = read_log(folder, pathspec, &names)?;

    let mut files_by_last_commit: BTreeMap<&str, usize> = BTreeMap::new();
    for last in dates.iter().filter_map(|dates| dates.last.as_deref()) {
        *files_by_last_commit.entry(last).or_default() += 1;
    }
    let is_update = |last: &str| {
        let shared = files_by_last_commit.get(last).copied().unwrap_or(0);
        // In a small folder, even a single file can exceed `MAX_SHARE`.
        shared < 2 || shared as f32 <= MAX_SHARE * names.len() as f32
    };
    let commits = dates.iter().map(|dates| {
        let first = dates.first.clone()?;
        let last = dates.last.clone().filter(|last| *last != first && is_update(last));
        Some(Commits { first, last })
    });
    let commits: Vec<Option<Commits>> = commits.collect();
    Ok(names
        .into_iter()
        .zip(commits)
        .filter_map(|(name, commits)| Some((name, commits?)))
        .collect())
}

/// Runs `git log` and reads the commits of each file from its output.
fn read_log(folder: &Path, pathspec: &Path, names: &[String]) -> Result<Vec<CommitDates>, Error> {
    // `--date-order` lists parents after all their children. Otherwise, a rename could be listed before a later commit
    // that uses the new name.
    let mut command = git_command(
        folder,
        &["log", "-z", "--date-order", "--relative", "--name-status", "-M"],
    );
    command.args([
        "--no-color",
        "--no-ext-diff",
        // Overrides `diff.orderFile`, which may name a file that does not exist.
        "-O/dev/null",
        "--format=%x01%aI",
        "--",
    ]);
    command.arg(pathspec).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = command.spawn().map_err(Error::io("read", folder))?;
    let read = match running.stdout.take() {
        Some(output) => follow_files(BufReader::new(output), names),
        None => Ok((Vec::new(), false)),
    };
    if !matches!(read, Ok((_, true))) {
        // The first commit of every file was found, or reading failed, so the rest of the log is not needed.
        let _ = running.kill();
    }
    let status = running.wait().map_err(Error::io("read", folder))?;
    let (dates, is_complete) = read.map_err(Error::io("read", folder))?;
    if is_complete && !status.success() {
        // Run Git again to get its error message, because the first run discarded it.
        run(folder, git_command(folder, &["log", "-1", "--format=%H"]))?;
        return Err(git_error(
            folder,
            "`git log` failed, possibly because this is a partial clone that lacks files from earlier commits",
            "fetch the whole history with `git fetch --refetch --no-filter`, or run `git log --name-status -M` to see why it fails",
        ));
    }
    Ok(dates)
}

/// Follows the files with these names through the log, from the newest commit to the commit that added each file. Also
/// returns whether the log was read to its end.
fn follow_files(mut log: impl BufRead, names: &[String]) -> io::Result<(Vec<CommitDates>, bool)> {
    let mut dates = vec![CommitDates::default(); names.len()];
    let mut index_by_name: BTreeMap<String, usize> = names.iter().cloned().zip(0..).collect();
    // The new and old names of files in the current commit. A file that the commit added has no old name.
    let mut renames: Vec<(String, Option<String>)> = Vec::new();
    let (mut date, mut token) = (String::new(), Vec::new());
    while read_token(&mut log, &mut token)? {
        // Git writes a line feed between a date and the first status, even with `-z`.
        let start = token.trim_ascii_start();
        let Some(&status) = start.first() else { continue };
        // The format puts the byte 0x01 before every commit. This byte cannot be confused with a status, which is a
        // letter.
        if status == 1 {
            date = String::from_utf8_lossy(&start[1..]).into_owned();
            apply_renames(&mut renames, &mut index_by_name);
            // Every file has been followed to the commit that added it.
            if index_by_name.is_empty() {
                return Ok((dates, false));
            }
            continue;
        }
        let is_only_renamed = start == b"R100";
        read_token(&mut log, &mut token)?;
        let mut name = String::from_utf8_lossy(&token).into_owned();
        let mut old = None;
        if matches!(status, b'R' | b'C') {
            read_token(&mut log, &mut token)?;
            old = Some(std::mem::replace(
                &mut name,
                String::from_utf8_lossy(&token).into_owned(),
            ));
        }
        let Some(file) = index_by_name.get(&name).and_then(|at| dates.get_mut(*at)) else {
            continue;
        };
        file.first = Some(date.clone());
        // A rename without other changes is not an update.
        if !is_only_renamed && file.last.is_none() {
            file.last = Some(date.clone());
        }
        if matches!(status, b'A' | b'R' | b'C') {
            renames.push((name, old));
        }
    }
    Ok((dates, true))
}

/// Changes the names of files to the names that they had before a commit. Removes files that the commit added, so that
/// they are not followed further.
fn apply_renames(renames: &mut Vec<(String, Option<String>)>, index_by_name: &mut BTreeMap<String, usize>) {
    // Remove all new names before adding old ones, because two files may have swapped names.
    let renamed: Vec<_> = renames
        .drain(..)
        .map(|(name, old)| (index_by_name.remove(&name), old))
        .collect();
    for (at, old) in renamed {
        if let Some((at, old)) = at.zip(old) {
            index_by_name.insert(old, at);
        }
    }
}

/// Reads up to the next NUL byte. Returns `false` at the end of the log.
fn read_token(log: &mut impl BufRead, token: &mut Vec<u8>) -> io::Result<bool> {
    token.clear();
    log.read_until(0, token)?;
    let has_token = !token.is_empty();
    if token.last() == Some(&0) {
        token.pop();
    }
    Ok(has_token)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first and last commits of `a.md` and `b.md` in a log.
    fn dates_in(log: &str) -> Vec<(Option<String>, Option<String>)> {
        let names = ["a.md".to_owned(), "b.md".to_owned()];
        let (dates, _) = follow_files(log.replace('|', "\0").as_bytes(), &names).unwrap();
        dates.into_iter().map(|dates| (dates.first, dates.last)).collect()
    }

    #[test]
    fn files_are_followed_to_the_commit_that_added_them() {
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
            assert_eq!(dates_in(log), expected, "{log}");
        }
    }
}
