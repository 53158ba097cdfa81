//! Finds published feeds that builds no longer write, because the path of the feed or the output folder left the
//! configuration. Their subscribers get no new entries, and nothing tells them why.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path, PathBuf},
};

use super::published::PublishedFeed;
use crate::{config::Config, ledger::Ledger, output};

/// The abandoned feeds whose files still exist, each with its number of entries.
pub(super) fn feeds(before: &Ledger, config: &Config) -> Vec<(PathBuf, usize)> {
    let is_configured = |path: &str| config.feeds.iter().any(|feed| feed.path == path);
    let entries = entries_by_feed(before);
    let renamed = entries.iter().filter(|(feed, _)| !is_configured(feed));
    let renamed = renamed.map(|(feed, entries)| (config.output.join(feed), *entries));
    let mut abandoned: Vec<(PathBuf, usize)> = renamed.filter(|(file, _)| output::exists(file)).collect();
    for folder in former_outputs(before, config) {
        let files = files_in(&folder, before, config).into_iter();
        abandoned.extend(files.map(|(feed, file)| (file, entries.get(feed).copied().unwrap_or(0))));
    }
    abandoned
}

/// The output folders that the ledger records after a build: that of the configuration, and former ones that still
/// contain feeds.
pub(super) fn outputs(before: &Ledger, config: &Config) -> BTreeSet<String> {
    let Some(current) = &config.output_setting else {
        // A folder on the command line may be a temporary one, or differ from machine to machine.
        return before.outputs.clone();
    };
    let former = former_outputs(before, config).into_iter();
    let mut outputs: BTreeSet<String> = former
        .filter(|folder| !files_in(folder, before, config).is_empty())
        .collect();
    outputs.insert(current.clone());
    // Most sites use the default folder all the time.
    if outputs.iter().all(|folder| folder == Config::OUTPUT_NAME) {
        outputs.clear();
    }
    outputs
}

/// The output folders of earlier builds, without the current one.
fn former_outputs(before: &Ledger, config: &Config) -> BTreeSet<String> {
    if config.output_setting.is_none() {
        return BTreeSet::new();
    }
    let mut outputs = before.outputs.clone();
    if outputs.is_empty() {
        outputs.insert(Config::OUTPUT_NAME.to_owned());
    }
    // In a sandbox, a ledger from other people must not make a build read files elsewhere.
    let is_inside = |folder: &str| {
        let mut parts = Path::new(folder).components();
        parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
    };
    outputs.retain(|folder| !config.sandbox || is_inside(folder));
    // Different settings may name the same folder, such as `feeds` and `./feeds`.
    outputs.retain(|folder| !output::is_same_folder(&config.folder.join(folder), &config.output));
    outputs
}

/// The feeds in a former output folder that Feedwright wrote, with their files.
fn files_in<'l>(folder: &str, before: &'l Ledger, config: &Config) -> Vec<(&'l str, PathBuf)> {
    let feeds = entries_by_feed(before).into_keys();
    let files = feeds.map(|feed| (feed, config.folder.join(folder).join(feed)));
    let is_ours = |file: &PathBuf| {
        // A file that cannot be read is not reported, because the build does not depend on it.
        let feed = PublishedFeed::read(file.clone()).ok().flatten();
        feed.is_some_and(|feed| feed.is_ours(before))
    };
    files
        .filter(|(_, file)| output::exists(file) && is_ours(file))
        .collect()
}

/// The number of entries of each feed in the ledger that has any.
fn entries_by_feed(ledger: &Ledger) -> BTreeMap<&str, usize> {
    let mut entries: BTreeMap<&str, usize> = BTreeMap::new();
    let last = ledger
        .records
        .values()
        .filter_map(|record| record.last_published.as_ref());
    for (feed, _) in last.flat_map(|last| &last.feeds).filter(|(_, is_in_feed)| **is_in_feed) {
        *entries.entry(feed).or_default() += 1;
    }
    entries
}
