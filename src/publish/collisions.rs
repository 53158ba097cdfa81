//! Finds articles that subscribers, servers or file systems would confuse with each other.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::shortlist::Shortlisted;
use crate::{
    config::Config,
    finding::{Finding, Location, Rule, article as rules},
    model::Entry,
    select,
    text::fold,
};

const DIFFERENT_IDS: &str = "give each article a different id";

type Articles<'a> = BTreeMap<&'a str, &'a Arc<Shortlisted>>;

/// Articles that are not published because of other articles, by path.
pub(super) struct Rejected {
    /// For each copy, its original.
    pub(super) copies: BTreeMap<String, String>,
    /// For each article that declares the id of another entry, the message that explains this.
    pub(super) ids: BTreeMap<String, String>,
}

/// Drops the `rejected` articles, and all but one of the entries that share an id or a permalink on this site. Returns
/// findings about the dropped entries, about equal texts, and about paths that other file systems treat as equal. Each
/// finding has the path of the file to open.
///
/// Of several entries that share an id or a permalink, the one with the lowest `rank` is kept.
pub(super) fn resolve(
    entries: &mut Vec<(String, Entry)>,
    articles: &Articles<'_>,
    rejected: &Rejected,
    rank: impl Fn(&str, &Entry) -> u8 + Copy,
    config: &Config,
) -> Vec<(PathBuf, Finding)> {
    let mut findings = Vec::new();
    let mut report = |path: &str, rule: &'static Rule, message: String, help: &str| {
        let file = articles.get(path).map(|item| item.file.clone());
        findings.extend(file.map(|file| (file, Finding::new(rule, Location::file(), message).help(help))));
    };
    entries.retain(|(path, _)| {
        if let Some(message) = rejected.ids.get(path) {
            report(path, &rules::ID_DUPLICATE, message.clone(), DIFFERENT_IDS);
            return false;
        }
        if let Some(original) = rejected.copies.get(path) {
            let message = format!("this is a copy of `{original}`, which is published instead");
            let help = "remove one of the two articles, or give this one a different title, date or `link`";
            report(path, &rules::TEXT_DUPLICATE, message, help);
            return false;
        }
        true
    });
    // Ids are compared before addresses, so that an entry dropped because of its id cannot displace another entry with
    // the same address.
    let id = |entry: &Entry| Some(entry.id.as_str().to_owned());
    for (dropped, kept) in select::drop_duplicates(entries, id, rank) {
        let message = format!("`{kept}` has the same id and is published instead");
        report(&dropped, &rules::ID_DUPLICATE, message, DIFFERENT_IDS);
    }
    // Entries may share a link to an external page, as in a link blog, but not the address of a page on this site.
    let is_on_site = |entry: &Entry| entry.link.host() == config.site.url.host();
    let address = |entry: &'_ Entry| is_on_site(entry).then(|| entry.link.as_str().to_owned());
    for (dropped, kept) in select::drop_duplicates(entries, address, rank) {
        let message = format!("`{kept}` has the same address and is published instead");
        let help = "rename the file, or give it a different `link`";
        report(&dropped, &rules::LINK_DUPLICATE, message, help);
    }
    // Similar paths and equal texts are only reported: on this system, the articles are different files, and dropping
    // one of them would be a guess.
    let paths = || entries.iter().map(|(path, _)| path.as_str());
    for (path, other) in select::find_repeated(paths().map(|path| (path, fold(path)))) {
        let message = format!("the path differs from `{other}` only in case or in the encoding of accents");
        let help = "rename one of the files: macOS treats both paths as the same file, and so does Windows if only \
                    the case differs";
        report(path, &rules::LINK_SIMILAR, message, help);
    }
    let text = |path| {
        let item = articles.get(path)?;
        // Articles without text are skipped, because they would all count as duplicates of each other.
        (!item.article.body.trim().is_empty()).then_some((path, item.fingerprint))
    };
    for (path, other) in select::find_repeated(paths().filter_map(text)) {
        let message = format!("the text is the same as in `{other}`");
        report(path, &rules::TEXT_DUPLICATE, message, "remove one of the two articles");
    }
    findings
}
