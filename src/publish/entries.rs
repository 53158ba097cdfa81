//! From shortlisted articles to entries, and what the ledger learns of them.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Options,
    guess::guesses,
    memory,
    survey::{Shortlisted, Survey},
    twins,
};
use crate::{
    compose::{self, Dates},
    config::Config,
    error::Error,
    extract::{self, Metadata},
    ledger::Ledger,
    model::Entry,
};

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
    let authority = memory::authority(config, ledger, now)?;
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
    let undated = &survey.undated;
    let mut memories = memory::recall(&articles, &metadata, undated, ledger, config, &authority, now)?;

    let mut entries = Vec::with_capacity(articles.len());
    let mut findings = Vec::new();
    let mut broken = Vec::new();
    for (path, item) in &articles {
        let Some((memory, metadata)) = memories.get_mut(*path).zip(metadata.remove(path)) else {
            continue;
        };
        let guesses = guesses(&options.fail_on_guess, &metadata);
        let id = memory.record.id.clone();
        let own_update = compose::own_update(&metadata, config, now);
        let dates = Dates {
            published: memory.published(item.published, &config.site.zone),
            updated: own_update.unwrap_or(memory.record.updated),
        };
        let (mut entry, found) = compose::entry(&item.article, metadata, id, dates, config, &item.file);
        match &mut entry {
            Some(entry) => memory.take_in(entry, own_update.is_some(), extract::minor(&item.article), now),
            None => broken.push(((*path).to_owned(), item.file.clone())),
        }
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
    let told = twins::settle(&mut entries, &articles, is_holder, config);
    findings.extend(told.into_iter().map(|(file, finding)| (file, vec![finding])));
    let entries: BTreeMap<String, Entry> = entries.into_iter().collect();
    memory::store(ledger, authority, memories, |path| {
        entries.contains_key(path) || survey.undated.contains_key(path)
    });
    survey.broken.extend(broken);
    for (file, found) in findings.into_iter().filter(|(_, found)| !found.is_empty()) {
        survey.findings.entry(file).or_default().extend(found);
    }
    Ok(entries)
}
