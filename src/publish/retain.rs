//! Keeps the last published version of an entry in the feeds for a limited time after its article breaks.
//!
//! Otherwise, a half-saved file or an unreadable folder would remove entries from the feed, and the next build would
//! add them again. gPodder deletes an entry that leaves a feed, and shows it as new if it comes back.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{published::PublishedFeeds, survey::Survey};
use crate::{
    compare,
    config::Config,
    finding::{Finding, Location, article as rules},
    ledger::Ledger,
    model::Entry,
    time::Timestamp,
    url::Id,
};

/// The retained entries of each feed, by the feed's path below the output folder.
///
/// An entry may differ between feeds, so the version for each feed is read back from that feed.
pub(super) type Retained = BTreeMap<String, Vec<Entry>>;

const DAY: i64 = 24 * 60 * 60;

/// Reads the entries of broken articles back from the published feeds, and records when their retention started.
///
/// A deleted article is not broken: its entry is removed at once. Entries whose ids are in `left_out` are removed too.
pub(super) fn retain(
    survey: &mut Survey,
    left_out: &BTreeSet<Id>,
    entries: &BTreeMap<String, Entry>,
    published: &PublishedFeeds,
    ledger: &mut Ledger,
    config: &Config,
    now: Timestamp,
) -> Retained {
    if survey.broken.is_empty() {
        return Retained::new();
    }
    let days = i64::from(config.guards.hold_days);
    let mut ids_by_feed: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    let mut candidates: BTreeMap<PathBuf, Vec<Candidate>> = BTreeMap::new();
    for (path, record) in &mut ledger.records {
        let Some(last) = &mut record.last_published else {
            continue;
        };
        let Some(file) = broken_file(&survey.broken, path).filter(|_| !entries.contains_key(path)) else {
            continue;
        };
        let feeds = config.feeds.iter().map(|feed| feed.path.as_str());
        let feeds: Vec<&str> = feeds.filter(|feed| last.feeds.get(*feed) == Some(&true)).collect();
        if feeds.is_empty() {
            continue;
        }
        // The days are counted from the first build that retained the entry, so the entry is eventually removed if the
        // article is never fixed.
        let since = *last.retained_since.get_or_insert(now);
        let until = Timestamp::from_unix(since.unix().saturating_add(days * DAY));
        if let Some(until) = until.filter(|until| *until > now) {
            for feed in feeds.into_iter().filter(|_| !left_out.contains(&record.id)) {
                ids_by_feed.entry(feed).or_default().push(record.id.clone());
            }
            let id = record.id.clone();
            candidates
                .entry(file.to_owned())
                .or_default()
                .push(Candidate { id, until });
        }
    }
    let mut retained = Retained::new();
    for (feed, ids) in ids_by_feed {
        // The file is broken and the ledger contains no text, so the only copy of the entry is in the published feed.
        let published = published.get(feed);
        // An entry that cannot be read back leaves the feed, so the shrink guard counts it as lost.
        let restored = published.and_then(|feed| compare::restore(feed.bytes(), &ids, config.html).ok());
        retained.insert(feed.to_owned(), restored.unwrap_or_default());
    }
    let ids: BTreeSet<&Id> = retained.values().flatten().map(|entry| &entry.id).collect();
    for (file, candidates) in candidates {
        let finding = finding(&candidates, &ids);
        survey.findings.entry(file).or_default().push(finding);
    }
    retained
}

/// An entry to retain, and when its retention ends.
struct Candidate {
    id: Id,
    until: Timestamp,
}

/// The broken file of the article at this path, or the unreadable folder that contains the file.
fn broken_file<'a>(broken: &'a BTreeMap<String, PathBuf>, path: &str) -> Option<&'a Path> {
    // In `broken`, one item for an unreadable folder stands for all articles in the folder.
    let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    let found = std::iter::once(path).chain(folders).find_map(|path| broken.get(path));
    found.map(PathBuf::as_path)
}

fn finding(candidates: &[Candidate], retained: &BTreeSet<&Id>) -> Finding {
    let found = candidates.iter().filter(|candidate| retained.contains(&candidate.id));
    let found = found.count();
    let until = candidates.iter().map(|candidate| candidate.until).min();
    let until = until.map(|until| until.rfc3339()).unwrap_or_default();
    let message = match (found, candidates.len()) {
        (0, 1) => "the entry cannot be retained: no published feed contains it".to_owned(),
        (0, all) => format!("{all} entries cannot be retained: no published feed contains them"),
        (1, 1) => format!("the entry keeps its last published version until {until}"),
        (found, _) => format!("{found} entries keep their last published version until {until}"),
    };
    Finding::new(&rules::HELD, Location::file(), message)
        .help("fix the article, or delete it to remove the entry at once")
}
