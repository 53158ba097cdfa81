//! Finds the ledger record of each article, and updates it with what the build publishes.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    eligibility::Undated,
    identify::{ArticleProperties, Records},
    shortlist::Shortlisted,
    taken::TakenIds,
};
use crate::{
    compare,
    compose::{self, Permalink, id},
    config::Config,
    error::Error,
    extract::{self, Metadata},
    html,
    ledger::{LastPublished, Ledger, Record},
    model::Entry,
    text::normalize,
    time::{Timestamp, Zone},
    url::Id,
};

/// The record of an article, as it will be written to the ledger. Until [`ArticleRecord::update`] is called, it
/// describes the entry as last published.
pub(super) struct ArticleRecord {
    /// The path in the ledger; `None` for a new article.
    pub(super) old_path: Option<String>,
    pub(super) record: Record,
    /// The fingerprint of the article at the last build.
    old_fingerprint: Option<u128>,
    /// Whether the article got no record because of a tie: several records match the article equally well, or a record
    /// matches several articles equally well.
    pub(super) is_unclear: bool,
    /// Why the id that the article declares cannot be published, if it belongs to another entry.
    pub(super) rejected_id: Option<String>,
    /// Whether [`ArticleRecord::update`] was called.
    is_updated: bool,
}

/// The values that are needed to find and create records.
pub(super) struct Basis<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) config: &'a Config,
    pub(super) context: &'a extract::Context<'a>,
    /// The authority for new ids.
    pub(super) authority: &'a str,
    pub(super) now: Timestamp,
}

/// Finds or creates the record of each shortlisted or undated article. Returns the records by article path.
///
/// # Errors
/// Returns an error if no id can be created for an article. This would be a bug, because the authority was checked
/// before.
pub(super) fn find_or_create(
    articles: &BTreeMap<&str, &Arc<Shortlisted>>,
    metadata: &BTreeMap<&str, Metadata>,
    undated: &BTreeMap<String, Undated>,
    basis: &Basis<'_>,
) -> Result<BTreeMap<String, ArticleRecord>, Error> {
    let Basis {
        ledger,
        config,
        context,
        authority,
        now,
    } = *basis;
    let links = permalinks(articles, metadata, config, now);
    let declared_ids: BTreeMap<&str, Id> = metadata
        .iter()
        .filter_map(|(path, metadata)| {
            let id = id::declared_id(&metadata.id.as_ref()?.value, authority)?;
            Some((*path, id))
        })
        .collect();
    // Undated articles that are not shortlisted have no metadata, but their records must still be found after a rename.
    let mut properties: BTreeMap<&str, ArticleProperties<'_>> = undated
        .iter()
        .map(|(path, undated)| (path.as_str(), undated.properties(path)))
        .collect();
    // If an undated article is also shortlisted, the properties from its metadata replace those above.
    properties.extend(articles.iter().map(|(path, item)| {
        let title = metadata.get(path).and_then(|metadata| metadata.title.as_ref());
        (*path, item.properties(declared_ids.get(path), title, links.get(path)))
    }));
    let properties: Vec<ArticleProperties<'_>> = properties.into_values().collect();
    let known = Records::new(ledger, config, context, now);
    let found = known.find(&properties);

    let mut taken = TakenIds::new(ledger);
    let mut records = BTreeMap::new();
    for (at, (article, old_path)) in properties.iter().zip(found.paths).enumerate() {
        let item = articles.get(article.path).copied();
        let declared_id = metadata.get(article.path).and_then(|metadata| metadata.id.as_ref());
        let declared_id = declared_id.map(|id| id.value.as_str());
        let old = old_path.and_then(|path| ledger.records.get(path));
        let reannounce = item.and_then(|item| extract::reannounce(&item.article));
        let is_taken = |id: &Id| taken.contains(id);
        let id = id::choose_id(declared_id, reannounce, old, article.path, authority, is_taken)
            .ok_or_else(|| Error::Bug(format!("no id for `{}`", article.path)))?;
        taken.insert(id.clone());
        let is_new_id = declared_id.is_some() && old.is_none_or(|old| old.id != id);
        let is_retired = old.is_none() && ledger.retired.contains(id.as_str());
        let rejected_id = match is_new_id.then(|| known.owner(&id, old_path)).flatten() {
            Some(owner) => Some(format!("`{owner}` was already published under this id")),
            None if is_new_id && is_retired => Some("an earlier entry was published under this id".to_owned()),
            None => None,
        };
        let record = ArticleRecord {
            old_path: old_path.map(str::to_owned),
            record: record(id, article, old, item, now),
            old_fingerprint: old.map(|old| old.fingerprint),
            is_unclear: found.tied.contains(&at),
            rejected_id,
            is_updated: false,
        };
        records.insert(article.path.to_owned(), record);
    }
    Ok(records)
}

/// The record of an article before the article is published: as in the ledger, but with the article's current id and
/// fingerprint.
fn record(
    id: Id,
    article: &ArticleProperties<'_>,
    old: Option<&Record>,
    item: Option<&Arc<Shortlisted>>,
    now: Timestamp,
) -> Record {
    let first_seen = old.map_or(now, |old| old.first_seen);
    let published = item.and_then(|item| item.published);
    Record {
        id,
        fingerprint: article.fingerprint,
        first_seen,
        updated: old.map_or(published.unwrap_or(first_seen), |old| old.updated),
        last_published: old.and_then(|old| old.last_published.clone()),
    }
}

/// The permalink of each article.
fn permalinks<'a>(
    articles: &BTreeMap<&'a str, &Arc<Shortlisted>>,
    metadata: &BTreeMap<&str, Metadata>,
    config: &Config,
    now: Timestamp,
) -> BTreeMap<&'a str, Permalink> {
    let permalink = |(path, item): (&&'a str, &&Arc<Shortlisted>)| {
        let metadata = metadata.get(path);
        let declared = metadata.and_then(|metadata| metadata.link.as_ref());
        let slug = metadata.and_then(|metadata| metadata.slug.as_deref());
        let published = item.published.unwrap_or(now);
        (*path, compose::permalink(declared, slug, path, published, config))
    };
    articles.iter().map(permalink).collect()
}

impl ArticleRecord {
    /// The publication date: the date in the article or, if the article has no date, the time when a build first found
    /// it.
    ///
    /// If an import found that the entry was published with a different date, the entry keeps that date until the date
    /// in the article changes.
    pub(super) fn published(&self, declared: Option<Timestamp>, zone: &Zone) -> Timestamp {
        let Some(declared) = declared else {
            return self.record.first_seen;
        };
        let last = self.record.last_published.as_ref();
        let imported = last.filter(|last| last.declared_date == Some(declared));
        imported.map_or(declared, |last| last.published.in_zone(zone))
    }

    /// The record to store.
    fn into_record(mut self) -> Record {
        let is_edited = self.old_fingerprint.is_some_and(|old| old != self.record.fingerprint);
        let last = self
            .record
            .last_published
            .as_mut()
            .filter(|_| is_edited && !self.is_updated);
        if let Some(content) = last.and_then(|last| last.content.as_mut()) {
            *content = EDITED;
        }
        self.record
    }

    /// Records an entry as it will be published, and sets its `updated` to the current time if its title or text
    /// changed.
    ///
    /// `updated` is not set if the article itself declares when it was updated, or marks the change as minor. Changes
    /// to markup, typography and metadata do not count: Thunderbird shows `updated` as the entry's date, so `updated`
    /// must not change without a reason.
    pub(super) fn update(&mut self, entry: &mut Entry, is_updated_declared: bool, is_minor: bool, now: Timestamp) {
        let title = entry.title.as_str();
        let before = self.record.last_published.take();
        let is_retitled = before
            .as_ref()
            .is_some_and(|last| normalize(&last.title) != normalize(title));
        let old_content = before.as_ref().and_then(|last| last.content);
        let content = match old_content {
            // If the file was not edited, the recorded fingerprint of its text is kept, even if a newer version of
            // Feedwright extracts different text. Otherwise, an upgrade could mark every entry as updated.
            Some(old) if old != EDITED && self.old_fingerprint == Some(self.record.fingerprint) => old,
            _ => compare::fingerprint(&visible_text(entry)),
        };
        // After an import, or if the ledger was rebuilt from feeds that contain only summaries, the old text is
        // unknown. In that case, the text does not count as changed.
        let is_changed = is_retitled || old_content.is_some_and(|old| old != content);
        if is_changed && !is_minor && !is_updated_declared {
            entry.updated = now.max(entry.published);
        }
        self.is_updated = true;
        self.record.updated = self.record.updated.max(entry.updated);
        let has_same_date = |last: &&LastPublished| last.published == entry.published;
        self.record.last_published = Some(LastPublished {
            published: entry.published,
            declared_date: before
                .as_ref()
                .filter(has_same_date)
                .and_then(|last| last.declared_date),
            link: entry.link.to_string(),
            title: title.to_owned(),
            content: Some(content),
            feeds: before.map(|last| last.feeds).unwrap_or_default(),
            // The article is not broken now. If it breaks later, a new retention period starts.
            retained_since: None,
        });
    }
}

/// The fingerprint recorded for the text of an entry whose article was edited while no feed contained the entry. No
/// text has this fingerprint, so the entry counts as changed when it comes back.
const EDITED: u128 = 0;

/// The text of an entry as readers display it.
fn visible_text(entry: &Entry) -> String {
    match (&entry.content, &entry.summary) {
        // Only the words count: new markup around the same words is not an update.
        (Some(content), _) => html::to_text(content.as_str()),
        (None, Some(summary)) => summary.to_string(),
        (None, None) => String::new(),
    }
}

/// Stores the records in the ledger, each under its article's current path. An article for which `is_wanted` returns
/// `false` keeps its old record unchanged, or gets no record if it is new.
pub(super) fn store(
    ledger: &mut Ledger,
    authority: String,
    records: BTreeMap<String, ArticleRecord>,
    is_wanted: impl Fn(&str) -> bool,
) {
    // The ids of the feeds keep the authority of the first build, even if `id_authority` is set later.
    ledger.authority.get_or_insert(authority);
    // All old paths are removed before the first new one is added, because articles may have swapped paths.
    let mut stored = Vec::with_capacity(records.len());
    for (path, record) in records {
        let old = record.old_path.as_ref().and_then(|path| ledger.records.remove(path));
        let record = if is_wanted(&path) {
            Some(record.into_record())
        } else {
            old
        };
        stored.extend(record.map(|record| (path, record)));
    }
    ledger.insert_records(stored);
}
