//! Finds published feeds that builds no longer write, because the path of the feed or the output folder is no longer in
//! the configuration. Their subscribers get no new entries, and nothing tells them why.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Component, Path, PathBuf},
};

use super::published::PublishedFeed;
use crate::{config::Config, ledger::Ledger, output};

/// The result of [`find`].
pub(super) struct Abandoned {
    /// The abandoned feeds whose files still exist, each with its number of entries.
    pub(super) feeds: Vec<(PathBuf, usize)>,
    /// The output folders that the ledger records after the build: the configured folder, and former folders that still
    /// contain feeds.
    pub(super) outputs: BTreeSet<String>,
}

/// Finds the abandoned feeds, and the output folders that contain them.
pub(super) fn find(before: &Ledger, config: &Config) -> Abandoned {
    let is_configured = |path: &str| config.feeds.iter().any(|feed| feed.path == path);
    let mut entries = entries_by_feed(before);
    // In a sandbox, the ledger is not trusted, so it must not make a build read files outside the site's folder.
    entries.retain(|feed, _| !config.sandbox || is_inside(feed));
    let renamed = entries.iter().filter(|(feed, _)| !is_configured(feed));
    let renamed = renamed.map(|(feed, entries)| (config.output.join(feed), *entries));
    let mut feeds: Vec<(PathBuf, usize)> = renamed.filter(|(file, _)| output::exists(file)).collect();
    let Some(current) = &config.output_setting else {
        // A folder on the command line may be a temporary one, or differ from machine to machine.
        let outputs = before.outputs.clone();
        return Abandoned { feeds, outputs };
    };
    let mut outputs = former_outputs(before, config);
    outputs.retain(|folder| {
        let files = entries
            .iter()
            .map(|(feed, entries)| (config.folder.join(folder).join(feed), *entries));
        let number = feeds.len();
        feeds.extend(files.filter(|(file, _)| output::exists(file) && is_ours(file, before)));
        feeds.len() > number
    });
    outputs.insert(current.clone());
    // Most sites only ever use the default folder, so it is recorded only if there are other folders.
    if outputs.iter().all(|folder| folder == Config::OUTPUT_NAME) {
        outputs.clear();
    }
    Abandoned { feeds, outputs }
}

/// Whether a path stays inside the folder that it is relative to.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// The output folders of earlier builds, except the current one.
fn former_outputs(before: &Ledger, config: &Config) -> BTreeSet<String> {
    let mut outputs = before.outputs.clone();
    if outputs.is_empty() {
        outputs.insert(Config::OUTPUT_NAME.to_owned());
    }
    outputs.retain(|folder| !config.sandbox || is_inside(folder));
    // Two settings may name the same folder in different ways, such as `feeds` and `./feeds`.
    outputs.retain(|folder| !output::is_same_folder(&config.folder.join(folder), &config.output));
    outputs
}

/// Whether Feedwright wrote a file. Returns `false` if the file cannot be read: the build does not depend on it, so the
/// error is not reported.
fn is_ours(file: &Path, before: &Ledger) -> bool {
    let feed = PublishedFeed::read(file.to_owned()).ok().flatten();
    feed.is_some_and(|feed| feed.is_ours(before))
}

/// The number of entries in each feed, according to the ledger. Feeds without entries are omitted.
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
