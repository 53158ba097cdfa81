//! Selects a feed's entries: the newest articles that match the feed's selection, up to the feed's limits.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BinaryHeap, btree_map},
};

use globset::GlobSet;

use crate::{config::Selection, glob, model::Entry, text::language::Language};

/// The newest articles of a stream. Memory use grows with the limit, not with the length of the stream.
///
/// The articles are ordered by date, then by path. No two articles have the same path, so the result does not depend on
/// the order in which threads offer the articles.
#[derive(Debug)]
pub struct Newest<T> {
    limit: usize,
    // A max-heap with the oldest article on top, because that article is replaced first.
    kept: BinaryHeap<Ranked<T>>,
}

#[derive(Debug)]
struct Ranked<T> {
    published: i64,
    path: String,
    item: T,
}

impl<T> Ranked<T> {
    fn rank(&self) -> (std::cmp::Reverse<i64>, &str) {
        // The newest article has the lowest rank, so the sorted heap starts with it.
        (std::cmp::Reverse(self.published), &self.path)
    }
}

impl<T> PartialEq for Ranked<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl<T> Eq for Ranked<T> {}
impl<T> PartialOrd for Ranked<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ranked<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl<T> Newest<T> {
    /// Creates an empty list that will keep up to `limit` articles.
    pub fn new(limit: usize) -> Self {
        Newest {
            limit,
            kept: BinaryHeap::new(),
        }
    }

    /// Whether an article with this date (seconds since 1970) would be kept if it were offered now.
    ///
    /// Callers check this before they offer an article, because most articles in a large archive are too old and need
    /// not be hashed or copied.
    pub fn would_keep(&self, published: i64, path: &str) -> bool {
        self.kept.len() < self.limit
            || self
                .kept
                .peek()
                .is_some_and(|worst| (std::cmp::Reverse(published), path) < worst.rank())
    }

    /// Keeps an article if it is one of the newest so far.
    pub fn offer(&mut self, published: i64, path: &str, item: T) {
        // Another thread may have offered newer articles since the caller called `would_keep`.
        if !self.would_keep(published, path) {
            return;
        }
        self.kept.push(Ranked {
            published,
            path: path.to_owned(),
            item,
        });
        if self.kept.len() > self.limit {
            self.kept.pop();
        }
    }

    /// The kept articles, newest first.
    pub fn into_newest_first(self) -> Vec<T> {
        self.kept
            .into_sorted_vec()
            .into_iter()
            .map(|ranked| ranked.item)
            .collect()
    }
}

/// A compiled selection.
#[derive(Debug)]
pub struct Matcher<'a> {
    selection: &'a Selection,
    // `None` if the selection has no globs, because an empty set would match nothing.
    globs: Option<GlobSet>,
}

impl<'a> Matcher<'a> {
    /// Compiles a selection. Invalid globs match nothing; they are rejected when the configuration is read.
    pub fn new(selection: &'a Selection) -> Self {
        let compile = || glob::compile(&selection.globs).unwrap_or_else(|_| GlobSet::empty());
        let globs = (!selection.globs.is_empty()).then(compile);
        Matcher { selection, globs }
    }

    /// Whether an article at this path, relative to the input folder, matches.
    pub fn matches_path(&self, path: &str) -> bool {
        let folders = &self.selection.folders;
        // A slash must follow the name of the folder: `news` does not match `newsroom`.
        let in_folder = folders.iter().any(|folder| {
            let folder = folder.trim_matches('/');
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        });
        (folders.is_empty() || in_folder) && self.globs.as_ref().is_none_or(|globs| globs.is_match(path))
    }

    /// Whether the selection depends on the article's metadata, and not only on its path.
    pub fn needs_metadata(&self) -> bool {
        let Selection {
            categories,
            authors,
            languages,
            ..
        } = self.selection;
        !(categories.is_empty() && authors.is_empty() && languages.is_empty())
    }

    /// Whether an article with these categories, authors and language matches. Each function is called only if the
    /// selection needs its result.
    pub fn matches_metadata(
        &self,
        categories: impl FnOnce() -> Vec<String>,
        authors: impl FnOnce() -> Vec<String>,
        language: impl FnOnce() -> Option<Language>,
    ) -> bool {
        let has_name = |wanted: &[String], have: Vec<String>| {
            let have: Vec<String> = have.iter().map(|have| have.to_lowercase()).collect();
            wanted.iter().any(|wanted| have.contains(&wanted.to_lowercase()))
        };
        let has_language = |wanted: &[Language], have: Option<Language>| {
            // `de` also selects `de-AT`, but `de-AT` does not select `de`.
            have.is_some_and(|have| wanted.iter().any(|it| *it == have || it.as_str() == have.primary()))
        };
        let Selection {
            categories: terms,
            authors: names,
            languages,
            ..
        } = self.selection;
        (terms.is_empty() || has_name(terms, categories()))
            && (names.is_empty() || has_name(names, authors()))
            && (languages.is_empty() || has_language(languages, language()))
    }
}

/// Keeps only one of the entries that share a key (an id or an address): the one with the lowest rank, and of several
/// with the same rank, the one whose path sorts first. An entry without a key is never dropped.
///
/// Returns the path of each dropped entry, together with the path of the entry that was kept instead.
pub fn drop_duplicates(
    entries: &mut Vec<(String, Entry)>,
    key: impl Fn(&Entry) -> Option<String>,
    rank: impl Fn(&str, &Entry) -> u8,
) -> Vec<(String, String)> {
    let mut keepers: BTreeMap<String, (u8, String)> = BTreeMap::new();
    for (path, entry) in entries.iter() {
        let Some(key) = key(entry) else { continue };
        // The map contains the whole rank, so that later entries can be compared with the entry kept so far.
        let rank = (rank(path, entry), path.clone());
        match keepers.entry(key) {
            btree_map::Entry::Occupied(mut keeper) if rank < *keeper.get() => {
                keeper.insert(rank);
            }
            btree_map::Entry::Occupied(_) => {}
            btree_map::Entry::Vacant(free) => {
                free.insert(rank);
            }
        }
    }
    let mut dropped = Vec::new();
    entries.retain(|(path, entry)| match key(entry).and_then(|key| keepers.get(&key)) {
        Some((_, keeper)) if keeper != path => {
            dropped.push((path.clone(), keeper.clone()));
            false
        }
        _ => true,
    });
    dropped
}

/// Returns each item whose key is the same as that of an earlier item, together with the first item that has this key.
pub fn find_repeated<'a, K: Ord>(items: impl Iterator<Item = (&'a str, K)>) -> Vec<(&'a str, &'a str)> {
    let mut first: BTreeMap<K, &str> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (item, key) in items {
        match first.entry(key) {
            btree_map::Entry::Occupied(earlier) => repeated.push((item, *earlier.get())),
            btree_map::Entry::Vacant(free) => {
                free.insert(item);
            }
        }
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_newest_in_any_order_of_offers() {
        let articles = [(3, "c"), (1, "a"), (3, "b"), (2, "d")];
        let mut reversed = articles;
        reversed.reverse();
        for order in [articles, reversed] {
            let mut newest = Newest::new(3);
            for (published, path) in order {
                newest.offer(published, path, path);
            }
            assert_eq!(newest.into_newest_first(), ["b", "c", "d"]);
        }
    }

    #[test]
    fn a_folder_does_not_match_folders_that_start_with_its_name() {
        let selection = Selection {
            folders: vec!["news".into()],
            ..Selection::default()
        };
        let matcher = Matcher::new(&selection);
        assert!(matcher.matches_path("news/a.md"));
        assert!(!matcher.matches_path("newsroom/a.md"));
    }

    #[test]
    fn a_language_matches_its_regions() {
        let selection = Selection {
            languages: vec![Language::new("de").unwrap()],
            ..Selection::default()
        };
        let matcher = Matcher::new(&selection);
        let matches = |tag| matcher.matches_metadata(Vec::new, Vec::new, || Language::new(tag));
        assert!(matches("de-AT"));
        assert!(!matches("en"));
        assert!(!matches(""));
    }
}
