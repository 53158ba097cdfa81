//! From entries to the files of the feeds: selected, rendered, judged, written.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::PathBuf,
};

use super::{hold::Held, survey::Survey};
use crate::{
    check,
    compare::{self, Generation},
    config::{Config, Content, FeedSettings},
    error::Error,
    finding::{Finding, Severity},
    ledger::Ledger,
    model::{Entry, Feed},
    output::{self, Lock, Outcome, Output},
    render::{self, Format},
    time::Timestamp,
    url::Id,
};

/// A feed as bytes, not yet written.
pub(super) struct Rendered {
    /// Below the output folder, as the configuration and the ledger name it.
    pub(super) feed: String,
    pub(super) path: PathBuf,
    pub(super) format: Format,
    /// The ids of its entries.
    pub(super) ids: BTreeSet<Id>,
    /// Entries published until then did not fit.
    pub(super) reach: Option<Timestamp>,
    pub(super) bytes: Vec<u8>,
}

/// Renders every feed of the configuration; the ledger learns which of them hold an entry.
pub(super) fn render(
    survey: &Survey,
    entries: &BTreeMap<String, Entry>,
    held: &Held,
    ledger: &mut Ledger,
    config: &Config,
    now: Timestamp,
) -> Vec<Rendered> {
    let files = render_each(survey, entries, held, ledger, config, now);
    for file in &files {
        for record in ledger.records.values_mut() {
            let Some(shown) = &mut record.shown else { continue };
            if file.ids.contains(&record.id) {
                shown.feeds.insert(file.feed.clone(), true);
            } else if let Some(is_held) = shown.feeds.get_mut(&file.feed) {
                *is_held = false;
            }
        }
    }
    ledger.site = Some(config.site.url.to_string());
    files
}

fn render_each(
    survey: &Survey,
    entries: &BTreeMap<String, Entry>,
    held: &Held,
    ledger: &Ledger,
    config: &Config,
    now: Timestamp,
) -> Vec<Rendered> {
    let feeds = config.feeds.iter().zip(&survey.shortlists);
    feeds
        .filter_map(|(settings, shortlist)| {
            let paths = shortlist.iter().map(|item| item.article.path.as_str());
            let mut selected: Vec<Entry> = paths.filter_map(|path| entries.get(path).cloned()).collect();
            selected.extend(held.get(&settings.path).into_iter().flatten().cloned());
            // Stable: entries of one instant stay in the order of their paths.
            selected.sort_by_key(|entry| std::cmp::Reverse(entry.published));
            selected.truncate(settings.limits.entries);
            let feed = feed(settings, selected, ledger, config, now)?;
            Some(render_within_limit(feed, settings, config, now))
        })
        .collect()
}

/// The feed with its entries; `None` if an id cannot be made, which `entries::compose` has excluded.
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
            // An entry without any summary would be empty in JSON Feed.
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
    // An entry that is gone leaves its date behind: readers that ask for news since then miss nothing.
    let updated = entries.iter().map(|entry| entry.updated).max();
    let updated = updated.max(ledger.date_of(&settings.path)).unwrap_or(now);
    // In UTC, as the ledger has it: the same instant in another offset would be another file.
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

/// As many of the newest entries as fit into the limit in bytes, but at least one.
fn render_within_limit(mut feed: Feed, settings: &FeedSettings, config: &Config, now: Timestamp) -> Rendered {
    let selected = feed.entries.len();
    let limit = settings.limits.bytes.unwrap_or(usize::MAX);
    let mut bytes = render::render(&feed, settings.format);
    while bytes.len() > limit && feed.entries.len() > 1 {
        // Entries are of about one size, so few rounds are needed.
        let fitting = feed.entries.len() * limit / bytes.len();
        feed.entries.truncate(fitting.clamp(1, feed.entries.len() - 1));
        bytes = render::render(&feed, settings.format);
    }
    let is_full = feed.entries.len() < selected || selected == settings.limits.entries;
    let oldest = feed.entries.last().map(|entry| entry.published).filter(|_| is_full);
    let too_old = settings
        .limits
        .earliest(now)
        .and_then(|first| Timestamp::from_unix(first - 1));
    Rendered {
        feed: settings.path.clone(),
        path: config.output.join(&settings.path),
        format: settings.format,
        ids: feed.entries.into_iter().map(|entry| entry.id).collect(),
        reach: oldest.max(too_old).max(Timestamp::from_unix(0)),
        bytes,
    }
}

/// Judges the finished bytes by the reader that shares no code with the writers.
///
/// # Errors
/// An error in one of our own feeds: a defect of this program, so nothing is published.
pub(super) fn judge(files: &[Rendered], now: Timestamp) -> Result<(), Error> {
    let options = check::Options {
        now: Some(now.unix()),
        ..check::Options::default()
    };
    for file in files {
        let report = check::check(&file.bytes, &options);
        if let Some(finding) = report
            .findings
            .iter()
            .find(|finding| finding.severity == Severity::Error && !is_about_an_old_id(finding))
        {
            let location = &finding.location;
            let (path, rule) = (file.path.display(), finding.rule.id);
            let message = format!(
                "{path}:{}:{}: {rule}: {}: {}",
                location.line, location.column, finding.message, location.excerpt
            );
            return Err(Error::Bug(message));
        }
    }
    Ok(())
}

/// Whether a fault is one of an id that was given elsewhere: who published it keeps it, because readers know it.
fn is_about_an_old_id(finding: &Finding) -> bool {
    const SYNTAX: [&str; 6] = [
        "atom-id-relative",
        "feed-address-invalid",
        "feed-address-character",
        "feed-tag-uri-invalid",
        "feed-urn-invalid",
        "feed-uuid-invalid",
    ];
    finding.element.as_deref() == Some("id")
        && finding.parent.as_deref() == Some("entry")
        && SYNTAX.contains(&finding.rule.id)
}

/// A feed as its subscribers see it, and as they would: both read back from the bytes.
///
/// # Errors
/// A published file that cannot be read as a feed.
pub(super) fn generations(file: &Rendered, before: &Ledger, after: &Ledger) -> Result<(Generation, Generation), Error> {
    let read = |bytes: &[u8]| {
        compare::read(bytes).map_err(|unreadable| Error::io("compare", &file.path)(io::Error::other(unreadable.0)))
    };
    let published = output::read(&file.path)?.filter(|bytes| !bytes.trim_ascii().is_empty());
    let old = published.map(|bytes| read(&bytes)).transpose()?;
    let mut new = read(&file.bytes)?.with_articles(after);
    new.reach = file.reach;
    Ok((old.unwrap_or_default().with_articles(before), new))
}

/// Writes ledger and feeds if there is a lock, else tells what would happen. Gives one outcome for each feed.
///
/// # Errors
/// Any failure of reading or writing.
pub(super) fn write(
    files: &[Rendered],
    ledger: &Ledger,
    config: &Config,
    lock: Option<&Lock>,
) -> Result<Vec<Outcome>, Error> {
    // The ledger first: an id remembered but not published does no harm, one published but forgotten does.
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
    outcomes.remove(0);
    Ok(outcomes)
}
