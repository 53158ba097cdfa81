//! Loads the ledger, or rebuilds it from the published feeds if it was lost.
//!
//! A lost ledger must not make every entry unread. The feeds still contain the ids, dates and links, but not the
//! articles' paths and fingerprints. So the first build after a loss matches articles only by id, link, title and date.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::{
    authority::authority,
    published::{PublishedFeed, PublishedFeeds},
};
use crate::{
    compare::{FeedEntry, Generation},
    compose::id::{imported_id, is_reannounced, minted_authority, original_id},
    config::{Config, Content, FeedSettings},
    error::Error,
    ledger::{LastPublished, Ledger, Record, key_without_article},
    render::Format,
    source::files::article_exists,
    time::Timestamp,
    url::Id,
};

/// What earlier builds have published.
pub(crate) struct Before {
    pub(crate) ledger: Ledger,
    /// The feeds that subscribers have.
    pub(super) feeds: PublishedFeeds,
    /// The files of an earlier preview that a preview replaces; `None` if the build replaces `feeds`.
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
/// the ledger records no date, and for JSON Feed, in which a feed has no date of its own.
fn has_recorded_date(feed: &[u8], settings: &FeedSettings, ledger: &Ledger) -> bool {
    let recorded = ledger.feed_updated(&settings.path);
    let Some(recorded) = recorded.and_then(|updated| Timestamp::from_unix(updated.unix())) else {
        return true;
    };
    // The element with this name that comes first belongs to the feed, because the entries come last.
    let (element, written) = match settings.format {
        Format::Rss => ("<lastBuildDate>", recorded.rfc822()),
        Format::Atom => ("<updated>", recorded.rfc3339()),
        // In JSON Feed, a feed has no date of its own, so no entry may be newer.
        Format::Json => return !has_later_date(feed, recorded),
    };
    let start = memmem::find(feed, element.as_bytes()).map(|at| at + element.len());
    start.is_some_and(|start| feed[start..].starts_with(written.as_bytes()))
}

/// Whether an entry of a JSON Feed was changed after a time.
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

/// Adds the entries of a published feed to the ledger.
fn add_generation(ledger: &mut Ledger, generation: &Generation, settings: &FeedSettings, config: &Config) {
    ledger.site = ledger.site.take().or(generation.home.clone());
    let known = KnownIds::new(ledger, generation);
    for entry in &generation.entries {
        let published = entry.published.filter(|_| !ledger.retired.contains(&entry.id));
        let Some(published) = published else { continue };
        let Some(id) = known.id_of(entry, published, settings.format, ledger, config) else {
            continue;
        };
        let key = id.all_names().find_map(|name| known.by_name.get(name));
        // The ledger may be from before the article was reannounced. Its first id must not come back.
        let announced = || {
            let old = known.by_original.get(original_id(&id));
            old.filter(|(_, old)| is_reannounced(old.as_str(), id.as_str()))
        };
        let key = key.or_else(announced).map(|(key, old)| {
            if *old != id && is_reannounced(old.as_str(), id.as_str()) {
                ledger.retired.extend(old.all_names().map(str::to_owned));
            }
            key.clone()
        });
        let key = key.unwrap_or_else(|| key_without_article(&id));
        ledger.authority = ledger.authority.take().or_else(|| minted_authority(id.as_str()));
        let record = ledger.records.entry(key).or_insert_with(|| Record {
            id: id.clone(),
            fingerprint: 0,
            first_seen: published,
            updated: entry.updated.unwrap_or(published),
            last_published: Some(LastPublished {
                published,
                declared_date: None,
                link: entry.link.clone().unwrap_or_default(),
                title: entry.title.clone(),
                content: None,
                feeds: Default::default(),
                retained_since: None,
            }),
        });
        // One feed may contain only the URI of an id, and another only its name. Together, the feeds contain both.
        record.id = id;
        let newer = entry.updated.filter(|updated| *updated > record.updated);
        if let (Some(updated), Some(last)) = (newer, &mut record.last_published) {
            // The entry was edited after the ledger was written. The article's file may have moved since then, so its
            // record must contain the properties of the published entry.
            (record.updated, last.published, last.content) = (updated, published, None);
            last.title.clone_from(&entry.title);
            last.link = entry.link.clone().unwrap_or_default();
        }
        if let Some(last) = &mut record.last_published {
            last.feeds.insert(settings.path.clone(), true);
            // A summary feed cannot show whether the text changed.
            if settings.content == Content::Full {
                last.content = last.content.or(entry.content);
            }
        }
    }
    // The feed's date must never move backward. It may come from an entry that is no longer in the feed, so it is
    // recorded separately.
    if let Some(updated) = generation
        .updated
        .filter(|updated| Some(*updated) > ledger.feed_updated(&settings.path))
    {
        ledger.feeds.insert(settings.path.clone(), updated);
    }
}

/// The ids that the ledger contained before the entries of a feed were added to it. They are used to find out which of
/// these entries were already in the ledger.
struct KnownIds {
    /// The key and id of each record, by the id's URI and, if the id has a name, also by its name.
    by_name: BTreeMap<String, (String, Id)>,
    /// The same by the original id; see [`original_id`].
    by_original: BTreeMap<String, (String, Id)>,
    /// The id of each record that is not in the feed, by the record's link and publication date.
    by_link: BTreeMap<(String, i64), Id>,
}

impl KnownIds {
    fn new(ledger: &Ledger, feed: &Generation) -> Self {
        let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
        let (mut by_name, mut by_original, mut by_link) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (key, Record { id, last_published, .. }) in &ledger.records {
            by_name.extend(id.all_names().map(|name| (name.to_owned(), (key.clone(), id.clone()))));
            by_original.insert(original_id(id).to_owned(), (key.clone(), id.clone()));
            if let Some(last) = last_published
                && !id.all_names().any(|name| ids.contains(name))
            {
                by_link.insert((last.link.clone(), last.published.unix()), id.clone());
            }
        }
        KnownIds {
            by_name,
            by_original,
            by_link,
        }
    }

    /// The id of an entry in a feed. An Atom feed contains the id's URI. A feed in another format contains either the
    /// URI or the id's name. In the second case, the URI comes from an Atom feed if there is one.
    fn id_of(
        &self,
        entry: &FeedEntry,
        published: Timestamp,
        format: Format,
        ledger: &Ledger,
        config: &Config,
    ) -> Option<Id> {
        // An Atom feed contains only the URI of an id. The ledger may contain the id's name too.
        let known = self.by_name.get(&entry.id).map(|(_, id)| id);
        if let Some(id) = known.filter(|id| format != Format::Atom || id.as_str() == entry.id) {
            return Some(id.clone());
        }
        if format == Format::Atom {
            return Id::from_published(&entry.id);
        }
        let link = (entry.link.clone().unwrap_or_default(), published.unix());
        match self.by_link.get(&link) {
            Some(id) => id.clone().with_name(&entry.id),
            None => {
                let authority = authority(config, ledger, published).ok()?;
                imported_id(&entry.id, &authority)
            }
        }
    }
}
