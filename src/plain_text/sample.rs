//! Which texts of which folders teach: a bounded choice that no order of reading changes.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::{Folder, Lesson};

/// So many texts of a folder teach. What a tenth of a folder has in common is then seen in a score of them.
pub const TEXTS_OF_FOLDER: usize = 200;
/// So many texts of all folders: some 5 MB, however large the archive is.
const TEXTS: usize = 10_000;

/// The lessons of the texts that teach, by folder.
///
/// Those are chosen whose names hash least: evenly over names, the same in whatever order they come, and a text that is
/// added displaces one other at most.
#[derive(Debug, Default)]
pub struct Sample {
    lessons: BTreeMap<(u64, String), Lesson>,
    names: BTreeMap<String, BTreeSet<u64>>,
}

/// By which names compete.
pub fn rank(path: &str) -> u64 {
    xxh3_64(path.rsplit('/').next().unwrap_or(path).as_bytes())
}

/// The folder of a path.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Sample {
    /// Whether the text at this path would teach, as far as is known by now.
    pub fn wants(&self, path: &str) -> bool {
        let rank = rank(path);
        let is_below = |least: Option<&u64>| least.is_none_or(|least| rank < *least);
        let in_folder = self
            .names
            .get(folder_of(path))
            .filter(|names| names.len() >= TEXTS_OF_FOLDER);
        is_below(in_folder.and_then(BTreeSet::last))
            && (self.lessons.len() < TEXTS || is_below(self.lessons.last_key_value().map(|((rank, _), _)| rank)))
    }

    /// Keeps a lesson, and drops what it displaces.
    pub fn learn(&mut self, path: &str, lesson: Lesson) {
        if !self.wants(path) {
            return;
        }
        let (rank, folder) = (rank(path), folder_of(path).to_owned());
        let names = self.names.entry(folder.clone()).or_default();
        names.insert(rank);
        if names.len() > TEXTS_OF_FOLDER
            && let Some(displaced) = names.pop_last()
        {
            self.lessons.remove(&(displaced, folder.clone()));
        }
        self.lessons.insert((rank, folder), lesson);
        if self.lessons.len() > TEXTS
            && let Some(((rank, folder), _)) = self.lessons.pop_last()
            && let Some(names) = self.names.get_mut(&folder)
        {
            names.remove(&rank);
        }
    }

    /// What the texts of the folder that this path lies in have in common.
    pub fn folder_of(&self, path: &str) -> Option<Folder> {
        let folder = folder_of(path);
        let names = self.names.get(folder)?;
        Folder::of(
            names
                .iter()
                .filter_map(|rank| self.lessons.get(&(*rank, folder.to_owned()))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain_text::layout;

    fn sample(paths: impl Iterator<Item = String>) -> Sample {
        let mut sample = Sample::default();
        for path in paths {
            sample.learn(&path, Lesson::of(&layout(&path, 1)));
        }
        sample
    }

    #[test]
    fn which_texts_teach_is_the_same_in_any_order_and_bounded() {
        let path = |n: usize| format!("{}/{n}.txt", ["news", "news/old", ""][n % 3]);
        let forwards = sample((0..1000).map(path));
        let backwards = sample((0..1000).rev().map(path));
        assert_eq!(forwards.names, backwards.names);
        assert!(forwards.names.values().all(|names| names.len() == TEXTS_OF_FOLDER));
        assert_eq!(forwards.lessons.len(), 3 * TEXTS_OF_FOLDER);
    }

    #[test]
    fn an_archive_of_many_folders_teaches_no_more_than_fits() {
        let path = |n: usize| format!("{}/{}.txt", n / 4, n);
        let forwards = sample((0..TEXTS + 2000).map(path));
        let backwards = sample((0..TEXTS + 2000).rev().map(path));
        assert_eq!(forwards.lessons.len(), TEXTS);
        assert!(forwards.lessons.keys().eq(backwards.lessons.keys()));
        assert_eq!(forwards.names.values().map(BTreeSet::len).sum::<usize>(), TEXTS);
    }
}
