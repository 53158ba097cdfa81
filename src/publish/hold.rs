//! Entries whose articles cannot be read or are broken now: kept for some days as they were published last.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::survey::Survey;
use crate::{
    compare,
    config::Config,
    error::Error,
    finding::{Finding, Location, article as rules},
    ledger::Ledger,
    model::Entry,
    output,
    time::Timestamp,
    url::Id,
};

/// The entries that each feed keeps, by the feed's path below the output folder.
pub(super) type Held = BTreeMap<String, Vec<Entry>>;

const DAY: i64 = 24 * 60 * 60;

/// Takes the last good entries of broken articles from the published feeds; the ledger learns since when. A deleted
/// article is not broken.
///
/// # Errors
/// A published feed that is there and cannot be opened.
pub(super) fn hold(
    survey: &mut Survey,
    entries: &BTreeMap<String, Entry>,
    ledger: &mut Ledger,
    config: &Config,
    now: Timestamp,
) -> Result<Held, Error> {
    if survey.broken.is_empty() {
        return Ok(Held::new());
    }
    let days = i64::from(config.guards.hold_days);
    let mut wanted: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    let mut told: BTreeMap<PathBuf, Vec<Promise>> = BTreeMap::new();
    for (path, record) in &mut ledger.records {
        let Some(shown) = &mut record.shown else { continue };
        let Some(file) = broken_at(&survey.broken, path).filter(|_| !entries.contains_key(path)) else {
            continue;
        };
        let feeds = config.feeds.iter().map(|feed| feed.path.as_str());
        let feeds: Vec<&str> = feeds.filter(|feed| shown.feeds.get(*feed) == Some(&true)).collect();
        if feeds.is_empty() {
            continue;
        }
        let since = *shown.held.get_or_insert(now);
        let until = Timestamp::from_unix(since.unix().saturating_add(days * DAY));
        if let Some(until) = until.filter(|until| *until > now) {
            for feed in feeds {
                wanted.entry(feed).or_default().push(record.id.clone());
            }
            let id = record.id.clone();
            told.entry(file.to_owned()).or_default().push(Promise { id, until });
        }
    }
    let mut held = Held::new();
    for (feed, ids) in wanted {
        let published = output::read(&config.output.join(feed))?;
        // What cannot be read back is gone, and the guards count it.
        let restored = published.and_then(|bytes| compare::restore(&bytes, &ids, config.html).ok());
        held.insert(feed.to_owned(), restored.unwrap_or_default());
    }
    let kept: BTreeSet<&Id> = held.values().flatten().map(|entry| &entry.id).collect();
    for (file, promises) in told {
        let finding = finding(&promises, &kept);
        survey.findings.entry(file).or_default().push(finding);
    }
    Ok(held)
}

/// An entry that is to be kept, and until when.
struct Promise {
    id: Id,
    until: Timestamp,
}

/// The file or folder that makes an article broken.
fn broken_at<'a>(broken: &'a BTreeMap<String, PathBuf>, path: &str) -> Option<&'a Path> {
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    let found = std::iter::once(path).chain(folders).find_map(|path| broken.get(path));
    found.map(PathBuf::as_path)
}

fn finding(promises: &[Promise], kept: &BTreeSet<&Id>) -> Finding {
    let kept = promises.iter().filter(|promise| kept.contains(&promise.id));
    let kept = kept.count();
    let until = promises.iter().map(|promise| promise.until).min();
    let until = until.map(|until| until.rfc3339()).unwrap_or_default();
    let message = match (kept, promises.len()) {
        (0, 1) => "its entry cannot be kept: no published feed holds it".to_owned(),
        (0, all) => format!("{all} entries cannot be kept: no published feed holds them"),
        (1, 1) => format!("its entry stays as it was published last, until {until}"),
        (kept, _) => format!("{kept} entries stay as they were published last, until {until}"),
    };
    Finding::new(&rules::HELD, Location::file(), message).help("mend it, or delete it to take the entry back at once")
}
