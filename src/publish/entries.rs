//! Composes entries from the shortlisted articles, and updates their records in the ledger.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Options,
    authority::authority,
    collisions, copies,
    guess::guesses,
    invalid::LeftOut,
    isolate::isolate,
    records::{self, Basis},
    shortlist::Shortlisted,
    survey::Survey,
};
use crate::{
    compose::{self, Dates},
    config::Config,
    error::Error,
    extract::{self, Metadata},
    finding::{Finding, Location, article as rules},
    ledger::Ledger,
    model::Entry,
};

/// Composes an entry for every article that a feed may contain, except the articles in `left_out`. Updates the ledger.
/// Returns the entries by path.
///
/// # Errors
/// Returns an error if the id authority is not valid in a URI.
pub(super) fn compose(
    survey: &mut Survey,
    left_out: &LeftOut,
    ledger: &mut Ledger,
    config: &Config,
    context: &extract::Context<'_>,
    options: &Options,
) -> Result<BTreeMap<String, Entry>, Error> {
    let now = options.now;
    let authority = authority(config, ledger, now)?;
    // An article in several shortlists is composed only once. The paths determine which of two duplicates is published,
    // so that every machine publishes the same one.
    let articles: BTreeMap<&str, &Arc<Shortlisted>> = survey
        .shortlists
        .iter()
        .flatten()
        .chain(survey.too_old.iter().flatten())
        .map(|item| (item.article.path.as_str(), item))
        .collect();
    // All metadata is needed before the first id is chosen, because a link or title identifies an article only if it is
    // unique.
    let mut metadata: BTreeMap<&str, Metadata> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut broken = Vec::new();
    for (path, item) in &articles {
        match isolate(|| item.metadata(context)) {
            Ok(found) => drop(metadata.insert(path, found)),
            Err(finding) => {
                broken.push(((*path).to_owned(), item.file.clone()));
                findings.push((item.file.clone(), vec![finding]));
            }
        }
    }
    let undated = &survey.undated;
    let basis = Basis {
        ledger,
        config,
        context,
        authority: &authority,
        now,
    };
    let mut records = records::find_or_create(&articles, &metadata, undated, &basis)?;

    let mut entries = Vec::with_capacity(articles.len());
    for (path, item) in &articles {
        let Some((record, metadata)) = records.get_mut(*path).zip(metadata.remove(path)) else {
            continue;
        };
        let guesses = guesses(&options.fail_on_guess, &metadata);
        let id = record.record.id.clone();
        let declared_update = compose::declared_update(&metadata, config, now);
        let dates = Dates {
            published: record.published(item.published, &config.site.zone),
            updated: declared_update.unwrap_or(record.record.updated),
        };
        let composed = isolate(|| compose::entry(&item.article, metadata, id, dates, config, &item.file));
        let (mut entry, mut found) = composed.unwrap_or_else(|finding| (None, vec![finding]));
        if let Some(finding) = left_out.articles.get(*path) {
            entry = None;
            found.push(finding.clone());
        }
        match &mut entry {
            Some(entry) => record.update(entry, declared_update.is_some(), extract::minor(&item.article), now),
            // This record is not updated, because it still describes the entry that subscribers have.
            None => broken.push(((*path).to_owned(), item.file.clone())),
        }
        if record.is_unclear {
            findings.push((item.file.clone(), vec![unclear()]));
        }
        findings.push((item.file.clone(), guesses));
        findings.push((item.file.clone(), found));
        entries.extend(entry.map(|entry| ((*path).to_owned(), entry)));
    }
    // The ledger still has the old records here, because `store` runs last.
    let rank = |path: &str, entry: &Entry| {
        let old_path = records.get(path).and_then(|record| record.old_path.as_ref());
        let old = old_path.and_then(|path| ledger.records.get(path));
        match old.filter(|record| record.id == entry.id) {
            Some(record) if record.is_in_any_feed() => 0,
            Some(_) => 1,
            None => 2,
        }
    };
    let ids = records
        .iter()
        .filter_map(|(path, record)| Some((path.clone(), record.rejected_id.clone()?)));
    let has_record = |path: &str| records.get(path).is_some_and(|record| record.old_path.is_some());
    let published: BTreeSet<&str> = entries.iter().map(|(path, _)| path.as_str()).collect();
    let is_published = |path: &str| published.contains(path);
    let rejected = collisions::Rejected {
        copies: copies::find(&survey.shortlists, &articles, has_record, is_published),
        ids: ids.collect(),
    };
    // An article that was published under a different id keeps its entry for a while, as after any other error.
    let published_before = rejected.ids.keys().filter(|path| has_record(path));
    broken.extend(published_before.filter_map(|path| Some((path.clone(), articles.get(path.as_str())?.file.clone()))));
    let collisions = collisions::resolve(&mut entries, &articles, &rejected, rank, config);
    findings.extend(collisions.into_iter().map(|(file, finding)| (file, vec![finding])));
    let entries: BTreeMap<String, Entry> = entries.into_iter().collect();
    // An article that lost a collision or is broken keeps its old record. The records of undated articles that no feed
    // has room for are stored too, because they contain the dates.
    records::store(ledger, authority, records, |path| {
        let has_no_room = survey.undated.contains_key(path) && !articles.contains_key(path);
        entries.contains_key(path) || has_no_room
    });
    // From here on, broken articles are treated like unreadable files, so that `retain` keeps their entries.
    survey.broken.extend(broken);
    for (file, found) in findings.into_iter().filter(|(_, found)| !found.is_empty()) {
        survey.findings.entry(file).or_default().extend(found);
    }
    Ok(entries)
}

fn unclear() -> Finding {
    let message = "it is unclear which published entry belongs to this article, so the article gets a new id";
    Finding::new(&rules::IDENTITY_UNCLEAR, Location::file(), message).help(
        "if one of the published entries was made from this article, copy the entry's id from the ledger to the front \
             matter: `id: …`",
    )
}
