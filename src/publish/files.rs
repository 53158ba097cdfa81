//! Turns entries into feed files: select, render, write.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::PathBuf,
    sync::Arc,
};

use super::{ledger_or_feeds::Before, retain::Retained, shortlist::Shortlisted, survey::Survey};
use crate::{
    compare::{self, Generation, Unreadable},
    config::{Config, Content, FeedSettings},
    error::Error,
    ledger::Ledger,
    model::{Entry, Feed},
    output::{self, Lock, Outcome, Output},
    render::{self, Format},
    time::Timestamp,
    url::Id,
};

/// A feed as bytes, not yet written.
pub(super) struct Rendered {
    /// The path below the output folder, as in the configuration and the ledger.
    pub(super) feed: String,
    pub(super) path: PathBuf,
    pub(super) format: Format,
    /// Whether the feed contains articles in full rather than summaries.
    pub(super) has_full_content: bool,
    /// The ids of the feed's entries.
    pub(super) ids: BTreeSet<Id>,
    /// Entries published at or before this instant do not fit into the feed.
    pub(super) cutoff: Option<Timestamp>,
    /// Entries published before this instant are older than the age limit.
    pub(super) too_old: Option<Timestamp>,
    pub(super) bytes: Vec<u8>,
}

impl Rendered {
    /// Adds to a generation of this feed why entries may be missing. Neither the ledger nor the file contains this.
    pub(super) fn explain_missing(&self, survey: &Survey, generation: &mut Generation) {
        generation.cutoff = self.cutoff;
        generation.too_old = self.too_old;
        generation.expired.clone_from(&survey.expired_entries);
    }
}

/// The data that feeds are rendered from.
pub(super) struct Sources<'a> {
    pub(super) survey: &'a Survey,
    pub(super) entries: &'a BTreeMap<String, Entry>,
    pub(super) retained: &'a Retained,
    pub(super) config: &'a Config,
    pub(super) now: Timestamp,
}

/// The shortlist of a feed, and the newest articles that are too old for the feed.
type Articles<'a> = (&'a [Arc<Shortlisted>], &'a [Arc<Shortlisted>]);

impl Sources<'_> {
    /// Renders every feed of the configuration, and records in the ledger which entries each feed contains.
    pub(super) fn render(&self, ledger: &mut Ledger) -> Vec<Rendered> {
        let files: Vec<Rendered> = self
            .feeds()
            .filter_map(|(settings, articles)| {
                let selected = self.select(settings, articles);
                let feed = feed(settings, selected, ledger, self.config, self.now)?;
                Some(self.render_within_limit(feed, settings))
            })
            .collect();
        for record in ledger.records.values_mut() {
            let Some(last) = &mut record.last_published else {
                continue;
            };
            for file in &files {
                if file.ids.contains(&record.id) {
                    last.feeds.insert(file.feed.clone(), true);
                } else if let Some(is_in_feed) = last.feeds.get_mut(&file.feed) {
                    // Entries that left the feed are marked rather than removed: the feed's date and the flood guard
                    // depend on all entries that the feed ever contained.
                    *is_in_feed = false;
                }
            }
        }
        ledger.site = Some(self.config.site.url.to_string());
        files
    }

    /// Rebuilds the feed that was rendered to `file`. Feeds are not kept after they have been rendered, because they
    /// can be large.
    pub(super) fn rebuild(&self, file: &Rendered, ledger: &Ledger) -> Option<Feed> {
        let (settings, articles) = self.feeds().find(|(settings, _)| settings.path == file.feed)?;
        let mut selected = self.select(settings, articles);
        // Some entries may have been dropped because of the byte limit.
        selected.retain(|entry| file.ids.contains(&entry.id));
        feed(settings, selected, ledger, self.config, self.now)
    }

    /// The configured feeds, each with the articles that it may contain.
    fn feeds(&self) -> impl Iterator<Item = (&FeedSettings, Articles<'_>)> {
        feeds(self.config, self.survey)
    }

    /// The newest entries of a feed, up to the feed's limit on the number of entries. If the feed would otherwise be
    /// empty, the newest article that is too old is used.
    fn select(&self, settings: &FeedSettings, (shortlist, too_old): Articles<'_>) -> Vec<Entry> {
        // The paths are sorted, so that entries published at the same instant have the same order on every machine.
        let mut paths: Vec<&str> = shortlist.iter().map(|item| item.article.path.as_str()).collect();
        paths.sort_unstable();
        let mut selected: Vec<Entry> = paths
            .into_iter()
            .filter_map(|path| self.entries.get(path).cloned())
            .collect();
        selected.extend(self.retained.get(&settings.path).into_iter().flatten().cloned());
        // The order of the shortlist is not enough: the shortlist is sorted by the dates in the articles, but imported
        // entries keep the dates that subscribers have, undated entries get their dates from the ledger, and retained
        // entries are not in the shortlist.
        selected.sort_by_key(|entry| std::cmp::Reverse(entry.published));
        selected.truncate(settings.limits.entries);
        if selected.is_empty() {
            let mut entries = too_old.iter().filter_map(|item| self.entries.get(&item.article.path));
            selected.extend(entries.next().cloned());
        }
        selected
    }

    /// Renders as many of the newest entries as the byte limit allows, but at least one.
    fn render_within_limit(&self, mut feed: Feed, settings: &FeedSettings) -> Rendered {
        let selected = feed.entries.len();
        let limit = settings.limits.bytes.unwrap_or(usize::MAX);
        let mut bytes = render::render(&feed, settings.format);
        while bytes.len() > limit && feed.entries.len() > 1 {
            // Entries are usually of similar size, so this takes few rounds.
            let fitting = feed.entries.len() * limit / bytes.len();
            // Every round drops at least one entry, so that a wrong estimate cannot cause an endless loop.
            feed.entries.truncate(fitting.clamp(1, feed.entries.len() - 1));
            bytes = render::render(&feed, settings.format);
        }
        // If the number of selected entries equals the limit, older entries may have been left out.
        let is_full = feed.entries.len() < selected || selected == settings.limits.entries;
        let oldest = feed.entries.last().map(|entry| entry.published).filter(|_| is_full);
        let first = settings.limits.earliest(self.now);
        let too_old = first.and_then(|first| Timestamp::from_unix(first - 1));
        Rendered {
            feed: settings.path.clone(),
            path: self.config.output.join(&settings.path),
            format: settings.format,
            has_full_content: settings.content == Content::Full,
            ids: feed.entries.into_iter().map(|entry| entry.id).collect(),
            // 1970 means that no entry was left out. `None` would mean that the cutoff is unknown, and `compare` would
            // guess it.
            cutoff: oldest.max(too_old).max(Timestamp::from_unix(0)),
            too_old: first.and_then(Timestamp::from_unix),
            bytes,
        }
    }
}

fn feeds<'a>(config: &'a Config, survey: &'a Survey) -> impl Iterator<Item = (&'a FeedSettings, Articles<'a>)> {
    let too_old = survey.too_old.iter().map(Vec::as_slice);
    let shortlists = survey.shortlists.iter().map(Vec::as_slice);
    config.feeds.iter().zip(shortlists.zip(too_old))
}

/// The number of entries that a full feed lacks because some of the shortlisted articles cannot be published; 0 if no
/// feed lacks any. If several feeds lack entries, the highest number counts. `spare` is the number of articles that
/// each shortlist may contain in addition to the feed's limit.
pub(super) fn missing(
    survey: &Survey,
    entries: &BTreeMap<String, Entry>,
    retained: &Retained,
    config: &Config,
    spare: usize,
) -> usize {
    let missing = feeds(config, survey).map(|(settings, (shortlist, too_old))| {
        let limit = settings.limits.entries;
        let count = |articles: &[Arc<Shortlisted>]| {
            let published = articles.iter().filter(|item| entries.contains_key(&item.article.path));
            published.count()
        };
        let retained = retained.get(&settings.path).map_or(0, Vec::len);
        let is_empty = count(shortlist) + retained == 0;
        if is_empty && too_old.len() > spare && count(too_old) == 0 {
            return 1;
        }
        // If there is still room in the shortlist, the input has no more articles for the feed.
        if shortlist.len() < limit.saturating_add(spare) {
            return 0;
        }
        limit.saturating_sub(count(shortlist) + retained)
    });
    missing.max().unwrap_or(0)
}

/// Builds a feed from its entries. Returns `None` if no valid id can be made for the feed; `entries::compose` has ruled
/// this out.
fn feed(
    settings: &FeedSettings,
    mut entries: Vec<Entry>,
    ledger: &Ledger,
    config: &Config,
    now: Timestamp,
) -> Option<Feed> {
    let site = &config.site;
    if settings.content == Content::Summary {
        for entry in &mut entries {
            // An entry without a summary keeps its content, because a JSON Feed item must have one of the two.
            if entry.summary.is_some() {
                entry.content = None;
            }
        }
    }
    for entry in &mut entries {
        if entry.language == site.language {
            entry.language = None;
        }
    }
    // The current time is used only if no other date is known. If it were always used, the bytes of an unchanged feed
    // would change with every build, so every subscriber would download the feed again.
    let updated = entries.iter().map(|entry| entry.updated).max();
    let updated = updated.max(ledger.feed_updated(&settings.path)).unwrap_or(now);
    // The date is in UTC, as in the ledger, because the bytes would change if the same instant were written with a
    // different offset.
    let updated = Timestamp::from_unix(updated.unix())?;
    let self_link = config.output_url.as_ref().unwrap_or(&site.url).join(&settings.path)?;
    Some(Feed {
        id: Id::new(&format!(
            "tag:{}:feed/{}",
            ledger.authority.as_deref()?,
            settings.path.replace(' ', "%20")
        ))
        .or_else(|| Id::new(self_link.as_str()))?,
        title: settings.title.clone().unwrap_or_else(|| site.title.clone()),
        description: settings.description.clone().or_else(|| site.description.clone()),
        home: site.url.clone(),
        self_link,
        language: site.language.clone(),
        authors: site.authors.clone(),
        rights: site.rights.clone(),
        icon: site.icon.clone(),
        logo: site.logo.clone(),
        full_content: settings.content == Content::Full,
        updated,
        entries,
    })
}

/// The published feed and the new one, both read back from their bytes, as a reader would read them.
///
/// # Errors
/// Returns an error if the new feed cannot be read. This would be a bug.
pub(super) fn generations(
    file: &Rendered,
    survey: &Survey,
    before: &Before,
    after: &Ledger,
) -> Result<(Generation, Generation), Error> {
    let unreadable = |it: &Unreadable| Error::io("compare", &file.path)(io::Error::other(it.0.clone()));
    let published = before.feeds.get(&file.feed).filter(|feed| !feed.is_blank());
    // If the published file cannot be read as a feed, the build replaces it, so all entries are new.
    let old = published.and_then(|feed| feed.generation().ok().cloned());
    let new = compare::read(&file.bytes).map_err(|it| unreadable(&it))?;
    let mut new = new.with_articles(after);
    file.explain_missing(survey, &mut new);
    Ok((old.unwrap_or_default().with_articles(&before.ledger), new))
}

/// Writes the ledger and the feeds under the lock. Without a lock, only finds out what would change. Returns one
/// outcome per feed.
///
/// # Errors
/// Returns an error if a file cannot be read or written.
pub(super) fn write(
    files: &[Rendered],
    ledger: &Ledger,
    config: &Config,
    lock: Option<&Lock>,
) -> Result<Vec<Outcome>, Error> {
    // The ledger is written before the feeds. If the process is killed between these writes, the ledger may contain ids
    // that have not been published, which does no harm. An id that is published but not recorded might be replaced with
    // a new one, and readers would show the entry twice. tests/faults/syscalls.py kills a build at every system call
    // and then builds again.
    let ledger = ledger.to_text();
    let mut outputs = vec![Output {
        path: config.ledger.clone(),
        bytes: ledger.as_bytes(),
    }];
    outputs.extend(files.iter().map(|file| Output {
        path: file.path.clone(),
        bytes: &file.bytes,
    }));
    let mut outcomes = match lock {
        Some(lock) => output::write(lock, &outputs)?,
        None => output::compare(&outputs)?,
    };
    // Removes the ledger's outcome, because callers zip the outcomes with the feeds.
    outcomes.remove(0);
    Ok(outcomes)
}
