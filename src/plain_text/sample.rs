//! A bounded sample of the articles in each folder. It does not depend on the order in which the articles are read.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::{FolderPatterns, Observation};

/// The maximum number of articles per folder in the sample. A line that occurs in a tenth of all articles in a large
/// folder occurs in about twenty of the sampled articles.
pub const MAX_TEXTS_PER_FOLDER: usize = 200;
/// The maximum number of articles in the sample, for all folders together. The observations of that many articles
/// take about 5 MB, and a larger archive does not take more.
const MAX_TEXTS: usize = 10_000;

/// The observations in the sample, by folder.
///
/// The sample contains the articles whose file names have the lowest hashes. So every file name is equally likely to be
/// chosen, the choice does not depend on the order of reading, and a new article replaces at most one other article.
#[derive(Debug, Default)]
pub struct Sample {
    observations: BTreeMap<(u64, String), Observation>,
    names: BTreeMap<String, BTreeSet<u64>>,
}

/// An article's rank, which depends only on its file name. The articles with the lowest ranks are in the sample.
pub fn sample_rank(path: &str) -> u64 {
    xxh3_64(path.rsplit('/').next().unwrap_or(path).as_bytes())
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Sample {
    /// Whether the article at this path would be added to the current sample.
    ///
    /// Callers check this before they create an observation, because classifying an article takes much longer than
    /// hashing its file name.
    pub fn would_keep(&self, path: &str) -> bool {
        let rank = sample_rank(path);
        let is_below = |highest: Option<&u64>| highest.is_none_or(|highest| rank < *highest);
        let in_folder = self
            .names
            .get(folder_of(path))
            .filter(|names| names.len() >= MAX_TEXTS_PER_FOLDER);
        // `is_below(None)` is true, so a folder that has not reached its limit accepts every article.
        is_below(in_folder.and_then(BTreeSet::last))
            && (self.observations.len() < MAX_TEXTS
                || is_below(self.observations.last_key_value().map(|((rank, _), _)| rank)))
    }

    /// Adds an observation if [`would_keep`](Self::would_keep) is true for its path. If the sample is then too large,
    /// the observation with the highest rank is removed.
    pub fn insert(&mut self, path: &str, observation: Observation) {
        if !self.would_keep(path) {
            return;
        }
        let (rank, folder) = (sample_rank(path), folder_of(path).to_owned());
        let names = self.names.entry(folder.clone()).or_default();
        names.insert(rank);
        if names.len() > MAX_TEXTS_PER_FOLDER
            && let Some(displaced) = names.pop_last()
        {
            self.observations.remove(&(displaced, folder.clone()));
        }
        self.observations.insert((rank, folder), observation);
        if self.observations.len() > MAX_TEXTS
            && let Some(((rank, folder), _)) = self.observations.pop_last()
            && let Some(names) = self.names.get_mut(&folder)
        {
            names.remove(&rank);
        }
    }

    /// The patterns of the articles in the same folder as this path.
    pub fn patterns_for(&self, path: &str) -> Option<FolderPatterns> {
        let folder = folder_of(path);
        let names = self.names.get(folder)?;
        FolderPatterns::from_observations(
            names
                .iter()
                .filter_map(|rank| self.observations.get(&(*rank, folder.to_owned()))),
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
            sample.insert(&path, Observation::new(&layout(&path, 1)));
        }
        sample
    }

    #[test]
    fn sample_is_bounded_and_independent_of_order() {
        let path = |n: usize| format!("{}/{n}.txt", ["news", "news/old", ""][n % 3]);
        let forwards = sample((0..1000).map(path));
        let backwards = sample((0..1000).rev().map(path));
        assert_eq!(forwards.names, backwards.names);
        assert!(forwards.names.values().all(|names| names.len() == MAX_TEXTS_PER_FOLDER));
        assert_eq!(forwards.observations.len(), 3 * MAX_TEXTS_PER_FOLDER);
    }

    #[test]
    fn sample_of_many_folders_is_bounded() {
        let path = |n: usize| format!("{}/{}.txt", n / 4, n);
        let forwards = sample((0..MAX_TEXTS + 2000).map(path));
        let backwards = sample((0..MAX_TEXTS + 2000).rev().map(path));
        assert_eq!(forwards.observations.len(), MAX_TEXTS);
        assert!(forwards.observations.keys().eq(backwards.observations.keys()));
        assert_eq!(forwards.names.values().map(BTreeSet::len).sum::<usize>(), MAX_TEXTS);
    }
}
