//! Makes Git merge the ledger line by line.
//!
//! The ledger is sorted by path, and file names often start with a date. Lines that are added in two branches are
//! therefore often next to each other, so Git's default merge reports a conflict. A union merge keeps the lines of both
//! branches.

use std::{
    fs::{self, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
};

use feedwright::{Error, source::git};

const FILE_NAME: &str = ".gitattributes";

/// Adds a line for the ledger to `.gitattributes`, if the folder is in a Git work tree and Git does not merge the
/// ledger line by line yet. Returns a line for the report, unless there is nothing to do.
pub(super) fn write(folder: &Path, ledger: &str, is_forced: bool) -> Result<Option<String>, Error> {
    let line = format!("{ledger} merge=union");
    match git::merge_attribute(folder, ledger).as_deref() {
        None | Some("union") => return Ok(None),
        Some("unspecified") => {}
        // The ledger already has a different `merge` attribute.
        Some(_) if is_forced => {}
        Some(other) => {
            let report = format!("kept the Git attribute merge={other} for {ledger}; to replace it, use `--force`");
            return Ok(Some(report));
        }
    }
    let path = folder.join(FILE_NAME);
    let path = path.strip_prefix(".").unwrap_or(&path);
    match fs::symlink_metadata(path) {
        // If `.gitattributes` is a symbolic link, Git ignores it. The link may also point to a file outside the site.
        Ok(found) if !found.is_file() => {
            let report = format!(
                "{} is not a regular file; to merge branches without conflicts, replace it with a regular file that contains `{line}`",
                path.display()
            );
            return Ok(Some(report));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(Error::io("read", path)(error)),
    }
    append(path, &line).map_err(Error::io("write", path))?;
    Ok(Some(format!("added `{line}` to {}", path.display())))
}

fn append(path: &Path, line: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let separator = if last == [b'\n'] { "" } else { "\n" };
    file.write_all(format!("{separator}{line}\n").as_bytes())
}
