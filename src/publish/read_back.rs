//! Reads ids, dates and links back from a published feed into the ledger.

use std::collections::{BTreeMap, BTreeSet};

use super::authority::authority;
use crate::{
    compare::{FeedEntry, Generation},
    compose::id::{imported_id, is_reannounced, minted_authority, original_id},
    config::{Config, Content, FeedSettings},
    ledger::{LastPublished, Ledger, Record, key_without_article},
    render::Format,
    time::Timestamp,
    url::Id,
};

/// Adds the entries of a published feed to the ledger.
pub(super) fn add_generation(ledger: &mut Ledger, generation: &Generation, settings: &FeedSettings, config: &Config) {
    ledger.site = ledger.site.take().or(generation.home.clone());
    let known = RecordedIds::new(ledger, generation);
    for entry in &generation.entries {
        let published = entry.published.filter(|_| !ledger.retired.contains(&entry.id));
        let Some(published) = published else { continue };
        let Some(id) = known.id_of(entry, published, settings.format, ledger, config) else {
            continue;
        };
        let key = id.all_names().find_map(|name| known.by_name.get(name));
        // The ledger may be from before the article was reannounced. The article's old id must not come back.
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
struct RecordedIds {
    /// The key and id of each record, by the id's URI and, if the id has a name, also by its name.
    by_name: BTreeMap<String, (String, Id)>,
    /// The key and id of each record, by the id that the article had before it was reannounced; see [`original_id`].
    by_original: BTreeMap<String, (String, Id)>,
    /// The id of each record that is not in the feed, by the record's link and publication date.
    by_link: BTreeMap<(String, i64), Id>,
}

impl RecordedIds {
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
        RecordedIds {
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
