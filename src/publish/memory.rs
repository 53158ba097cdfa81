//! What the ledger knows of each article before a build, and what it learns of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::survey::Shortlisted;
use crate::{
    compare,
    compose::{
        self,
        identity::{self, Known},
    },
    config::Config,
    error::Error,
    extract::{self, Metadata},
    html,
    ledger::{self, Ledger, Record, Shown},
    model::Entry,
    source::beside::lies_below,
    text::essence,
    time::{Timestamp, Zone},
    url::Id,
};

/// What the ledger will say of an article, and where it said so before.
pub(super) struct Memory {
    pub(super) old_path: Option<String>,
    pub(super) record: Record,
    /// What was there at the last build.
    old_fingerprint: Option<u128>,
}

/// Authority and date of new ids: the configured ones, else those of the first build, so that a new host changes nothing.
pub(super) fn authority(config: &Config, ledger: &Ledger, now: Timestamp) -> Result<String, Error> {
    let configured = config.site.id_authority.as_ref().or(ledger.authority.as_ref());
    let authority = configured
        .cloned()
        .unwrap_or_else(|| format!("{},{}", config.site.url.host(), &now.rfc3339()[..10]));
    if Id::new(&format!("tag:{authority}:x")).is_some() {
        return Ok(authority);
    }
    Err(Error::Config {
        path: None,
        position: None,
        message: format!("`{authority}` cannot be the authority of ids"),
        help: Some(
            "write `id_authority: example.org,2026`: a host of yours and a day on which it was yours".to_owned(),
        ),
    })
}

/// What the ledger knows of each article that is shortlisted, or has no date of its own; with an id for those that it
/// does not know.
pub(super) fn recall(
    articles: &BTreeMap<&str, &Arc<Shortlisted>>,
    metadata: &BTreeMap<&str, Metadata>,
    undated: &BTreeMap<String, u128>,
    ledger: &Ledger,
    config: &Config,
    authority: &str,
    now: Timestamp,
) -> Result<BTreeMap<String, Memory>, Error> {
    let links = links(articles, metadata, config, now);
    let own_ids: BTreeMap<&str, Id> = metadata
        .iter()
        .filter_map(|(path, metadata)| {
            let id = identity::own_id(&metadata.id.as_ref()?.value, authority)?;
            Some((*path, id))
        })
        .collect();
    let mut known: BTreeMap<&str, Known<'_>> = undated
        .iter()
        .map(|(path, content)| (path.as_str(), by_content(path, *content)))
        .collect();
    known.extend(articles.iter().map(|(path, item)| {
        let title = metadata.get(path).and_then(|metadata| metadata.title.as_ref());
        let known = Known {
            own_id: own_ids.get(path),
            link: links.get(path).map(String::as_str),
            title: title.map(|title| title.value.as_str()),
            published: item.published,
            ..by_content(path, item.fingerprint)
        };
        (*path, known)
    }));
    let known: Vec<Known<'_>> = known.into_values().collect();
    let recognized = identity::recognize(&known, ledger, |path| lies_below(&config.input.paths, path));

    let mut taken: BTreeSet<Id> = ledger.records.values().map(|record| record.id.clone()).collect();
    let mut claimed: BTreeSet<&str> = recognized.iter().copied().flatten().collect();
    let mut memories = BTreeMap::new();
    for (article, old_path) in known.iter().zip(recognized) {
        let old_path = old_path.or_else(|| by_minted_id(article.path, authority, ledger, &mut claimed));
        let old = old_path.and_then(|path| ledger.records.get(path));
        let own_id = metadata.get(article.path).and_then(|metadata| metadata.id.as_ref());
        let own_id = own_id.map(|id| id.value.as_str());
        let item = articles.get(article.path);
        let again = item.and_then(|item| extract::reannounce(&item.article));
        let id = identity::id(own_id, again, old, article.path, authority, |id| taken.contains(id))
            .ok_or_else(|| Error::Bug(format!("no id for `{}`", article.path)))?;
        taken.insert(id.clone());
        let first_seen = old.map_or(now, |old| old.first_seen);
        let published = item.and_then(|item| item.published);
        let record = Record {
            id,
            fingerprint: article.fingerprint,
            first_seen,
            updated: old.map_or(published.unwrap_or(first_seen), |old| old.updated),
            shown: old.and_then(|old| old.shown.clone()),
        };
        let memory = Memory {
            old_path: old_path.map(str::to_owned),
            record,
            old_fingerprint: old.map(|old| old.fingerprint),
        };
        memories.insert(article.path.to_owned(), memory);
    }
    Ok(memories)
}

fn by_content(path: &str, fingerprint: u128) -> Known<'_> {
    Known {
        path,
        fingerprint,
        own_id: None,
        link: None,
        title: None,
        published: None,
    }
}

/// An entry that was taken back from a feed has the id that this path was given when it was new.
fn by_minted_id<'l>(
    path: &str,
    authority: &str,
    ledger: &'l Ledger,
    claimed: &mut BTreeSet<&'l str>,
) -> Option<&'l str> {
    let key = ledger::pathless(&identity::mint(path, authority, |_| false)?);
    let (key, _) = ledger.records.get_key_value(&key)?;
    claimed.insert(key).then_some(key)
}

/// The permalink of each article.
fn links<'a>(
    articles: &BTreeMap<&'a str, &Arc<Shortlisted>>,
    metadata: &BTreeMap<&str, Metadata>,
    config: &Config,
    now: Timestamp,
) -> BTreeMap<&'a str, String> {
    let link = |(path, item): (&&'a str, &&Arc<Shortlisted>)| {
        let metadata = metadata.get(path);
        let own = metadata.and_then(|metadata| metadata.link.as_ref());
        let slug = metadata.and_then(|metadata| metadata.slug.as_deref());
        let (link, _) = compose::link(own, slug, path, item.published.unwrap_or(now), config);
        (*path, link.to_string())
    };
    articles.iter().map(link).collect()
}

impl Memory {
    /// When the entry was published: its article's word, unless an import found it published at another time under that
    /// same word. Without one, the day on which it was first seen.
    pub(super) fn published(&self, own: Option<Timestamp>, zone: &Zone) -> Timestamp {
        let Some(own) = own else { return self.record.first_seen };
        let imported = self.record.shown.as_ref().filter(|shown| shown.own_date == Some(own));
        imported.map_or(own, |shown| shown.published.in_zone(zone))
    }

    /// Remembers an entry as subscribers will see it, after `updated` of the entry has been moved if its title or its
    /// text says something else than before. `own_update` is what the article says of its last change.
    pub(super) fn take_in(&mut self, entry: &mut Entry, is_own_update: bool, is_minor: bool, now: Timestamp) {
        let title = entry.title.as_str();
        let before = self.record.shown.take();
        let is_retitled = before
            .as_ref()
            .is_some_and(|shown| essence(&shown.title) != essence(title));
        let known = before.as_ref().and_then(|shown| shown.content);
        let content = match known {
            // What nobody has touched says the same, even where a newer Feedwright reads it better.
            Some(known) if self.old_fingerprint == Some(self.record.fingerprint) => known,
            _ => compare::fingerprint(&text_of(entry)),
        };
        let is_changed = is_retitled || known.is_some_and(|known| known != content);
        if is_changed && !is_minor && !is_own_update {
            entry.updated = now.max(entry.published);
        }
        self.record.updated = self.record.updated.max(entry.updated);
        let is_kept_date = |shown: &&Shown| shown.published == entry.published;
        self.record.shown = Some(Shown {
            published: entry.published,
            own_date: before.as_ref().filter(is_kept_date).and_then(|shown| shown.own_date),
            link: entry.link.to_string(),
            title: title.to_owned(),
            content: Some(content),
            feeds: before.map(|shown| shown.feeds).unwrap_or_default(),
            held: None,
        });
    }
}

/// What a reader reads of an entry.
fn text_of(entry: &Entry) -> String {
    match (&entry.content, &entry.summary) {
        (Some(content), _) => html::to_text(content.as_str()),
        (None, Some(summary)) => summary.to_string(),
        (None, None) => String::new(),
    }
}

/// Writes the memories down: each record under the path where its article lies now.
pub(super) fn store(
    ledger: &mut Ledger,
    authority: String,
    memories: BTreeMap<String, Memory>,
    is_told: impl Fn(&str) -> bool,
) {
    ledger.authority = Some(authority);
    let told: Vec<_> = memories.into_iter().filter(|(path, _)| is_told(path)).collect();
    for (_, memory) in &told {
        memory.old_path.as_ref().map(|path| ledger.records.remove(path));
    }
    ledger.learn(told.into_iter().map(|(path, memory)| (path, memory.record)));
}
