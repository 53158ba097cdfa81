//! From shortlisted articles to entries, and what the ledger learns of them.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Options,
    guess::guesses,
    memory,
    survey::{Shortlisted, Survey},
};
use crate::{
    compose::{self, Dates},
    config::Config,
    error::Error,
    extract::{self, Metadata},
    finding::{Finding, Place, article as rules},
    ledger::Ledger,
    model::Entry,
    select,
    text::fold,
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
            published: item.published.unwrap_or(memory.record.first_seen),
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
    let file_of = |path: &str| articles.get(path).map(|item| item.file.clone());
    let mut tell = |path: &str, finding: Finding| findings.extend(file_of(path).map(|file| (file, vec![finding])));
    for (dropped, kept) in select::drop_duplicates(&mut entries, |entry| Some(entry.id.as_str().to_owned()), is_holder)
    {
        let message = format!("the id is that of `{kept}`, which is published instead");
        let finding = Finding::new(&rules::ID_DUPLICATE, Place::file(), message).help("give each article its own id");
        tell(&dropped, finding);
    }
    // Two notes on one page of somebody else's are two entries; two of the site's own articles are two pages.
    let is_own = |entry: &Entry| entry.link.host() == config.site.url.host();
    let address = |entry: &'_ Entry| is_own(entry).then(|| entry.link.as_str().to_owned());
    for (dropped, kept) in select::drop_duplicates(&mut entries, address, is_holder) {
        let message = format!("the address is that of `{kept}`, which is published instead");
        let help = "rename the file, or give it a `link` of its own";
        tell(
            &dropped,
            Finding::new(&rules::LINK_DUPLICATE, Place::file(), message).help(help),
        );
    }
    let published = || entries.iter().map(|(path, _)| path.as_str());
    for (path, other) in select::repeated(published().map(|path| (path, fold(path)))) {
        let message = format!("the path differs from `{other}` in case or accents only");
        let help = "rename one: on macOS and Windows the two are one file";
        tell(
            path,
            Finding::new(&rules::LINK_SIMILAR, Place::file(), message).help(help),
        );
    }
    let texts = published().filter_map(|path| Some((path, articles.get(path)?.fingerprint)));
    let has_text = |path: &str| {
        articles
            .get(path)
            .is_some_and(|item| !item.article.body.trim().is_empty())
    };
    for (path, other) in select::repeated(texts.filter(|(path, _)| has_text(path))) {
        let message = format!("the text is that of `{other}`");
        tell(
            path,
            Finding::new(&rules::TEXT_DUPLICATE, Place::file(), message).help("remove one of the two"),
        );
    }
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
