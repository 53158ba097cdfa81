//! From shortlisted articles to entries, and what the ledger learns of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Options,
    guess::guesses,
    survey::{Shortlisted, Survey},
};
use crate::{
    article::beside::lies_below,
    compose::{
        self, Dates,
        identity::{self, Known},
    },
    config::Config,
    error::Error,
    extract::{self, Metadata},
    finding::{Finding, Place, article as rules},
    ledger::{Ledger, Record},
    model::Entry,
    select,
    time::Timestamp,
    url::Id,
};

/// What the ledger will say of an article, and where it said so before.
struct Memory {
    old_path: Option<String>,
    record: Record,
}

/// Composes an entry for every article that a feed may hold, by its path; the ledger learns of each.
///
/// # Errors
/// An id authority that cannot stand in a URI.
pub(super) fn compose(
    survey: &mut Survey,
    ledger: &mut Ledger,
    config: &Config,
    context: &extract::Context<'_>,
    options: &Options,
) -> Result<BTreeMap<String, Entry>, Error> {
    let now = options.now;
    let authority = authority(config, ledger, now)?;
    let articles: BTreeMap<&str, &Arc<Shortlisted>> = survey
        .shortlists
        .iter()
        .flatten()
        .map(|item| (item.article.path.as_str(), item))
        .collect();
    let mut metadata: BTreeMap<&str, Metadata> = articles
        .iter()
        .map(|(path, item)| {
            let context = extract::Context {
                date_order: item.date_order,
                ..*context
            };
            (*path, extract::metadata(&item.article, &context))
        })
        .collect();
    let memories = remember(&articles, &metadata, &survey.undated, ledger, config, &authority, now)?;

    let mut entries = Vec::with_capacity(articles.len());
    let mut findings = Vec::new();
    for (path, item) in &articles {
        let Some((memory, metadata)) = memories.get(*path).zip(metadata.remove(path)) else {
            continue;
        };
        let guesses = guesses(&options.fail_on_guess, &metadata);
        let id = memory.record.id.clone();
        let published = item.published.unwrap_or(memory.record.first_seen);
        let dates = Dates {
            published,
            changed: memory.record.updated,
            now,
        };
        let (entry, found) = compose::entry(&item.article, metadata, id, dates, config, &item.file);
        findings.push((item.file.clone(), guesses));
        findings.push((item.file.clone(), found));
        entries.extend(entry.map(|entry| ((*path).to_owned(), entry)));
    }
    let is_holder = |path: &str, entry: &Entry| {
        let old_path = memories.get(path).and_then(|memory| memory.old_path.as_ref());
        old_path
            .and_then(|path| ledger.records.get(path))
            .is_some_and(|record| record.id == entry.id)
    };
    for (dropped, kept) in select::drop_duplicates(&mut entries, is_holder) {
        let message = format!("the id is that of `{kept}`, which is published instead");
        let finding = Finding::new(&rules::ID_DUPLICATE, Place::file(), message).help("give each article its own id");
        findings.extend(
            articles
                .get(dropped.as_str())
                .map(|item| (item.file.clone(), vec![finding])),
        );
    }
    let entries: BTreeMap<String, Entry> = entries.into_iter().collect();
    store(ledger, authority, memories, |path| {
        entries.contains_key(path) || survey.undated.contains_key(path)
    });
    for (file, found) in findings.into_iter().filter(|(_, found)| !found.is_empty()) {
        survey.findings.entry(file).or_default().extend(found);
    }
    Ok(entries)
}

/// Authority and date of new ids: the configured ones, else those of the first build, so that a new host changes nothing.
fn authority(config: &Config, ledger: &Ledger, now: Timestamp) -> Result<String, Error> {
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

/// What the ledger will say of each article that is shortlisted, or has no date of its own.
fn remember(
    articles: &BTreeMap<&str, &Arc<Shortlisted>>,
    metadata: &BTreeMap<&str, Metadata>,
    undated: &BTreeMap<String, u128>,
    ledger: &Ledger,
    config: &Config,
    authority: &str,
    now: Timestamp,
) -> Result<BTreeMap<String, Memory>, Error> {
    let mut known: BTreeMap<&str, u128> = undated
        .iter()
        .map(|(path, content)| (path.as_str(), *content))
        .collect();
    known.extend(articles.iter().map(|(path, item)| (*path, item.fingerprint)));
    let known: Vec<Known<'_>> = known
        .into_iter()
        .map(|(path, fingerprint)| Known { path, fingerprint })
        .collect();
    let recognized = identity::recognize(&known, ledger, |path| lies_below(&config.input.paths, path));

    let mut taken: BTreeSet<Id> = ledger.records.values().map(|record| record.id.clone()).collect();
    let mut memories = BTreeMap::new();
    for (article, old_path) in known.iter().zip(recognized) {
        let old = old_path.and_then(|path| ledger.records.get(path));
        let own_id = metadata.get(article.path).and_then(|metadata| metadata.id.as_ref());
        let own_id = own_id.map(|id| id.value.as_str());
        let id = identity::id(own_id, old, article.path, authority, |id| taken.contains(id))
            .ok_or_else(|| Error::Bug(format!("no id for `{}`", article.path)))?;
        let first_seen = old.map_or(now, |old| old.first_seen);
        let updated = match old {
            Some(old) if old.fingerprint == article.fingerprint => old.updated,
            Some(_) => now,
            None => articles
                .get(article.path)
                .and_then(|item| item.published)
                .unwrap_or(first_seen),
        };
        taken.insert(id.clone());
        let record = Record {
            id,
            fingerprint: article.fingerprint,
            first_seen,
            updated,
        };
        memories.insert(
            article.path.to_owned(),
            Memory {
                old_path: old_path.map(str::to_owned),
                record,
            },
        );
    }
    Ok(memories)
}

/// Writes the memories down: each record under the path where its article lies now.
fn store(ledger: &mut Ledger, authority: String, memories: BTreeMap<String, Memory>, is_told: impl Fn(&str) -> bool) {
    ledger.authority = Some(authority);
    let told: Vec<_> = memories.into_iter().filter(|(path, _)| is_told(path)).collect();
    for (_, memory) in &told {
        memory.old_path.as_ref().map(|path| ledger.records.remove(path));
    }
    ledger.learn(told.into_iter().map(|(path, memory)| (path, memory.record)));
}
