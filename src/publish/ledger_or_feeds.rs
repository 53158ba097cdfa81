//! Loads the ledger, or rebuilds it from the published feeds if it was lost.
//!
//! A lost ledger must not make every entry unread. The feeds still contain the ids, dates and links, but not the
//! articles' paths and fingerprints. So the first build after a loss matches articles only by id, link, title and date.

use std::collections::BTreeSet;

use memchr::memmem;

use super::{
    published::{PublishedFeed, PublishedFeeds},
    read_back::add_generation,
};
use crate::{
    compare::{FeedEntry, Generation},
    config::{Config, FeedSettings},
    error::Error,
    ledger::{Ledger, Record},
    render::Format,
    source::files::article_exists,
    time::Timestamp,
};

/// What earlier builds have published.
pub(crate) struct Before {
    pub(crate) ledger: Ledger,
    /// The feeds that subscribers have.
    pub(super) feeds: PublishedFeeds,
    /// The files of an earlier preview, which this preview replaces; `None` if the build is not a preview.
    preview: Option<PublishedFeeds>,
    /// Whether the ledger was lost and rebuilt from the feeds.
    pub(super) is_rebuilt: bool,
}

impl Before {
    /// The files that the build replaces.
    pub(super) fn replaced(&self) -> &PublishedFeeds {
        self.preview.as_ref().unwrap_or(&self.feeds)
    }
}

/// Loads the ledger, or rebuilds it from the published feeds if there is none.
///
/// # Errors
/// Returns an error if the ledger is damaged, or if there is no ledger and a feed that Feedwright wrote cannot be read.
pub(crate) fn load(config: &Config) -> Result<Before, Error> {
    let exists = |path: &str| article_exists(&config.input.paths, path);
    // A preview shows what the next real build would do, whatever earlier previews did.
    let (output, ledger) = match &config.previewed {
        Some(site) => (&site.output, &site.ledger),
        None => (&config.output, &config.ledger),
    };
    let feeds = PublishedFeeds::read(output, config)?;
    let preview = config.previewed.as_ref();
    let preview = preview
        .map(|_| PublishedFeeds::read(&config.output, config))
        .transpose()?;
    let (ledger, is_rebuilt) = match Ledger::load_merged(ledger, exists)? {
        Some(mut ledger) => {
            take_back(&mut ledger, &feeds, config);
            (ledger, false)
        }
        None => {
            let ledger = rebuild(&feeds, config)?;
            let is_rebuilt = !ledger.records.is_empty();
            (ledger, is_rebuilt)
        }
    };
    Ok(Before {
        ledger,
        feeds,
        preview,
        is_rebuilt,
    })
}

/// The published feeds with their settings. Atom comes first, because it contains the URI of every id. In the other
/// formats, an id may be any string.
fn atom_first<'a>(
    published: &'a PublishedFeeds,
    config: &'a Config,
) -> impl Iterator<Item = (&'a FeedSettings, &'a PublishedFeed)> {
    let mut feeds: Vec<&FeedSettings> = config.feeds.iter().collect();
    feeds.sort_by_key(|settings| settings.format != Format::Atom);
    feeds
        .into_iter()
        .filter_map(|settings| Some((settings, published.get(&settings.path)?)))
}

/// Adds to the ledger what is in the published feeds but not in the ledger. The ledger may be outdated if it comes from
/// a backup, from a checkout, or from one side of a merge, but subscribers have received what is in the feeds.
fn take_back(ledger: &mut Ledger, published: &PublishedFeeds, config: &Config) {
    for (settings, feed) in atom_first(published, config) {
        let is_expected =
            has_recorded_date(feed.bytes(), settings, ledger) && has_recorded_entries(feed.bytes(), settings, ledger);
        if is_expected || !feed.is_ours(ledger) {
            continue;
        }
        // A feed that cannot be read is ignored: it is damaged, and the build replaces it.
        let Ok(generation) = feed.generation() else { continue };
        let known: BTreeSet<&str> = ledger
            .records
            .values()
            .flat_map(|record| record.id.all_names())
            .collect();
        // A build that was killed may have retired the id of an entry without replacing the feed.
        let is_unknown = |entry: &FeedEntry| !known.contains(entry.id.as_str()) && !ledger.retired.contains(&entry.id);
        let is_newer = generation.last_updated() > ledger.feed_updated(&settings.path);
        if is_newer || generation.entries.iter().any(is_unknown) {
            add_generation(ledger, generation, settings, config);
        }
        if is_newer {
            remove_others(ledger, generation, settings);
        }
    }
}

/// Whether the date in a feed that Feedwright wrote is the date that the ledger records for this feed. Also `true` if
/// the ledger records no date. In JSON Feed, a feed has no date of its own, so the result is `true` if no entry was
/// changed after the recorded date.
fn has_recorded_date(feed: &[u8], settings: &FeedSettings, ledger: &Ledger) -> bool {
    let recorded = ledger.feed_updated(&settings.path);
    let Some(recorded) = recorded.and_then(|updated| Timestamp::from_unix(updated.unix())) else {
        return true;
    };
    // The first element with this name belongs to the feed itself, because the entries come last.
    let (element, written) = match settings.format {
        Format::Rss => ("<lastBuildDate>", recorded.rfc822()),
        Format::Atom => ("<updated>", recorded.rfc3339()),
        // A JSON Feed has no date of its own, so the dates of its entries are checked.
        Format::Json => return !has_later_date(feed, recorded),
    };
    let start = memmem::find(feed, element.as_bytes()).map(|at| at + element.len());
    start.is_some_and(|start| feed[start..].starts_with(written.as_bytes()))
}

/// Whether any entry of a JSON Feed was changed after the given time.
fn has_later_date(feed: &[u8], time: Timestamp) -> bool {
    const MEMBER: &[u8] = b"\"date_modified\": \"";
    let mut dates = memmem::find_iter(feed, MEMBER).filter_map(|at| {
        let text = feed[at + MEMBER.len()..].split(|byte| *byte == b'"').next()?;
        Timestamp::parse_rfc3339(std::str::from_utf8(text).ok()?)
    });
    dates.any(|date| date > time)
}

/// Records that a feed contains only the entries of this generation. If the ledger is older than the feed, other
/// entries may have left the feed since the ledger was written.
fn remove_others(ledger: &mut Ledger, generation: &Generation, settings: &FeedSettings) {
    let ids: BTreeSet<&str> = generation.entries.iter().map(|entry| entry.id.as_str()).collect();
    for record in ledger.records.values_mut() {
        let is_in_feed = record.id.all_names().any(|name| ids.contains(name));
        let last = record.last_published.as_mut().filter(|_| !is_in_feed);
        if let Some(recorded) = last.and_then(|last| last.feeds.get_mut(&settings.path)) {
            *recorded = false;
        }
    }
}

/// Whether a feed that Feedwright wrote contains exactly the entries that the ledger records for it.
///
/// Nearly all feeds do. To save time, this function does not parse the feed: it only counts the entries, and looks for
/// the ids as `render` writes them. If another program changed the feed, or if an id is written with escapes, the
/// result is `false`, and the feed is parsed.
fn has_recorded_entries(feed: &[u8], settings: &FeedSettings, ledger: &Ledger) -> bool {
    // A string that occurs once in every entry, and the strings before and after the entry's id.
    let (entry, before, after) = match settings.format {
        Format::Rss => ("<item>", ">", "</guid>"),
        Format::Atom => ("<entry>", "<id>", "</id>"),
        Format::Json => ("\"date_published\"", "\"id\": \"", "\""),
    };
    let mut recorded: Vec<_> = ledger.entries_in(&settings.path).collect();
    if memmem::find_iter(feed, entry).count() != recorded.len() {
        return false;
    }
    // The newest entries come first in a feed, so each id is usually found right after the previous id.
    recorded.sort_by_key(|(path, _, last)| (std::cmp::Reverse(last.published), *path));
    let mut from = 0;
    recorded.iter().all(|(_, record, _)| {
        let id = match settings.format {
            Format::Atom => record.id.as_str(),
            Format::Rss | Format::Json => record.id.name(),
        };
        let written = format!("{before}{id}{after}");
        let found = memmem::find(&feed[from..], written.as_bytes()).map(|at| from + at);
        let found = found.or_else(|| memmem::find(feed, written.as_bytes()));
        from = found.map_or(from, |at| at + written.len());
        found.is_some()
    })
}

fn rebuild(published: &PublishedFeeds, config: &Config) -> Result<Ledger, Error> {
    let mut ledger = Ledger::default();
    for (settings, feed) in atom_first(published, config) {
        // Feeds from other generators are not used here. The command `import` copies their ids, and reports which
        // articles it matched.
        if !feed.is_ours(&Ledger::default()) {
            continue;
        }
        let generation = feed.generation().map_err(|unreadable| Error::Refused {
            message: format!(
                "there is no ledger at {}, and the ids in {} cannot be read: {}",
                config.ledger.display(),
                feed.path().display(),
                unreadable.0
            ),
            help:
                "restore the ledger or the feed from version control or a backup; to start with new ids instead, move the feed away"
                    .to_owned(),
            changes: Vec::new(),
            findings: Vec::new(),
        })?;
        ledger.authority = ledger.authority.take().or_else(|| feed.authority());
        add_generation(&mut ledger, generation, settings, config);
    }
    // If no id was minted, the authority is taken from a `tag:` URI for the site's host, because declared ids that are
    // not URIs become `tag:` URIs with the same authority. Imported ids may have authorities of other people.
    let any_authority = |record: &Record| {
        let (authority, _) = record.id.as_str().strip_prefix("tag:")?.split_once(':')?;
        let (host, _) = authority.split_once(',')?;
        (host == config.site.url.host()).then(|| authority.to_owned())
    };
    ledger.authority = ledger
        .authority
        .or_else(|| ledger.records.values().find_map(any_authority));
    Ok(ledger)
}
