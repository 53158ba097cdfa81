//! Expected results in files next to the cases. `UPDATE_SNAPSHOTS=1 cargo test` updates them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of the cases in `tests/data`.
pub(crate) fn cases(area: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(area)
}

/// The files in a folder with an extension, sorted by name.
pub(crate) fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    files
}

/// Collects the differences from expected results, so that one run shows all of them.
#[derive(Default)]
pub(crate) struct Snapshots {
    differences: Vec<String>,
}

impl Snapshots {
    /// Compares a result with the expected one in a file, or updates the file.
    pub(crate) fn compare(&mut self, expected: &Path, actual: &str) {
        let stored = fs::read_to_string(expected).unwrap_or_default();
        if stored == actual {
            return;
        }
        if is_update() {
            fs::write(expected, actual).unwrap();
            return;
        }
        self.differences
            .push(format!("{}\n{}", expected.display(), difference(&stored, actual)));
    }

    /// Fails if anything differed.
    pub(crate) fn finish(self) {
        assert!(
            self.differences.is_empty(),
            "\n{}\n{} differ; if the new results are right, run UPDATE_SNAPSHOTS=1 cargo test",
            self.differences.join("\n"),
            self.differences.len()
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "the switch of the test run")]
fn is_update() -> bool {
    std::env::var("UPDATE_SNAPSHOTS").is_ok_and(|value| !value.is_empty())
}

/// The lines that differ, without the common lines at the start and at the end.
fn difference(stored: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (stored.lines().collect(), actual.lines().collect());
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let head = old.iter().zip(&new).take_while(same).count();
    let most = old.len().min(new.len()) - head;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(same)
        .count();
    let removed = old[head..old.len() - tail].iter().map(|line| format!("  - {line}\n"));
    let added = new[head..new.len() - tail].iter().map(|line| format!("  + {line}\n"));
    removed.chain(added).collect()
}
