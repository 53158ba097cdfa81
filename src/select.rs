//! Which entries a feed holds: those its selection takes, newest first, as many as its limits allow.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BinaryHeap, btree_map},
};

use globset::GlobSet;

use crate::{config::Selection, glob, model::Entry, text::language::Language};

/// The newest of a stream of articles, in memory that grows with the limit and not with the stream.
///
/// The order is total (date, then path), so it does not depend on the order in which threads offer.
#[derive(Debug)]
pub struct Newest<T> {
    limit: usize,
    // The worst on top: it is the one that a better one replaces.
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
    /// Keeps at most `limit` articles.
    pub fn new(limit: usize) -> Self {
        Newest {
            limit,
            kept: BinaryHeap::new(),
        }
    }

    /// Whether an article published then (seconds since 1970) would be kept, were it offered now.
    pub fn would_keep(&self, published: i64, path: &str) -> bool {
        self.kept.len() < self.limit
            || self
                .kept
                .peek()
                .is_some_and(|worst| (std::cmp::Reverse(published), path) < worst.rank())
    }

    /// Takes an article if it is among the newest.
    pub fn offer(&mut self, published: i64, path: &str, item: T) {
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

    /// What was kept, newest first.
    pub fn into_newest_first(self) -> Vec<T> {
        self.kept
            .into_sorted_vec()
            .into_iter()
            .map(|ranked| ranked.item)
            .collect()
    }
}

/// A selection, ready to be asked about many articles.
#[derive(Debug)]
pub struct Matcher<'a> {
    selection: &'a Selection,
    globs: Option<GlobSet>,
}

impl<'a> Matcher<'a> {
    /// Compiles a selection. Invalid globs match nothing; the configuration rejects them when it is read.
    pub fn new(selection: &'a Selection) -> Self {
        let compile = || glob::compile(&selection.globs).unwrap_or_else(|_| GlobSet::empty());
        let globs = (!selection.globs.is_empty()).then(compile);
        Matcher { selection, globs }
    }

    /// Whether an article at this path, relative to the input folder, can be in the feed.
    pub fn takes_path(&self, path: &str) -> bool {
        let folders = &self.selection.folders;
        let in_folder = folders.iter().any(|folder| {
            let folder = folder.trim_matches('/');
            path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        });
        (folders.is_empty() || in_folder) && self.globs.as_ref().is_none_or(|globs| globs.is_match(path))
    }

    /// Whether what the article says of itself decides; if not, its path alone does.
    pub fn looks_inside(&self) -> bool {
        let Selection {
            categories,
            authors,
            languages,
            ..
        } = self.selection;
        !(categories.is_empty() && authors.is_empty() && languages.is_empty())
    }

    /// Whether an article with these categories, authors and language can be in the feed. Each is asked for only if
    /// it decides.
    pub fn takes(
        &self,
        categories: impl FnOnce() -> Vec<String>,
        authors: impl FnOnce() -> Vec<String>,
        language: impl FnOnce() -> Option<Language>,
    ) -> bool {
        let names_one = |wanted: &[String], have: Vec<String>| {
            let have: Vec<String> = have.iter().map(|have| have.to_lowercase()).collect();
            wanted.iter().any(|wanted| have.contains(&wanted.to_lowercase()))
        };
        let speaks_one = |wanted: &[Language], have: Option<Language>| {
            have.is_some_and(|have| wanted.iter().any(|it| *it == have || it.as_str() == have.primary()))
        };
        let Selection {
            categories: terms,
            authors: names,
            languages,
            ..
        } = self.selection;
        (terms.is_empty() || names_one(terms, categories()))
            && (names.is_empty() || names_one(names, authors()))
            && (languages.is_empty() || speaks_one(languages, language()))
    }
}

/// Leaves out entries whose mark (id, address) another one has, and tells of each with the one that keeps it: the
/// article that `is_holder` knows the mark by, else the first in the order of paths. Without a mark, none is like it.
pub fn drop_duplicates(
    entries: &mut Vec<(String, Entry)>,
    mark: impl Fn(&Entry) -> Option<String>,
    is_holder: impl Fn(&str, &Entry) -> bool,
) -> Vec<(String, String)> {
    let mut keepers: BTreeMap<String, String> = BTreeMap::new();
    for (path, entry) in entries.iter() {
        let Some(mark) = mark(entry) else { continue };
        let keeper = keepers.entry(mark).or_insert_with(|| path.clone());
        let rank = |path: &str| (!is_holder(path, entry), path.to_owned());
        if rank(path) < rank(keeper) {
            keeper.clone_from(path);
        }
    }
    let mut dropped = Vec::new();
    entries.retain(|(path, entry)| match mark(entry).and_then(|mark| keepers.get(&mark)) {
        Some(keeper) if keeper != path => {
            dropped.push((path.clone(), keeper.clone()));
            false
        }
        _ => true,
    });
    dropped
}

/// Items whose key an earlier one has, each with that one.
pub fn repeated<'a, K: Ord>(items: impl Iterator<Item = (&'a str, K)>) -> Vec<(&'a str, &'a str)> {
    let mut first: BTreeMap<K, &str> = BTreeMap::new();
    let mut again = Vec::new();
    for (item, key) in items {
        match first.entry(key) {
            btree_map::Entry::Occupied(earlier) => again.push((item, *earlier.get())),
            btree_map::Entry::Vacant(free) => {
                free.insert(item);
            }
        }
    }
    again
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_newest_whatever_the_order() {
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
    fn a_folder_is_no_prefix_of_another() {
        let selection = Selection {
            folders: vec!["news".into()],
            ..Selection::default()
        };
        let matcher = Matcher::new(&selection);
        assert!(matcher.takes_path("news/a.md"));
        assert!(!matcher.takes_path("newsroom/a.md"));
    }

    #[test]
    fn a_language_takes_its_regions() {
        let selection = Selection {
            languages: vec![Language::new("de").unwrap()],
            ..Selection::default()
        };
        let matcher = Matcher::new(&selection);
        let takes = |tag| matcher.takes(Vec::new, Vec::new, || Language::new(tag));
        assert!(takes("de-AT"));
        assert!(!takes("en"));
        assert!(!takes(""));
    }
}
