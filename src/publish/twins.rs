//! Articles that subscribers, servers or file systems would take for one another.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use super::survey::Shortlisted;
use crate::{
    config::Config,
    finding::{Finding, Location, Rule, article as rules},
    model::Entry,
    select,
    text::fold,
};

type Articles<'a> = BTreeMap<&'a str, &'a Arc<Shortlisted>>;

/// Leaves out all but one of the entries that share an id or an address of the site, and tells of these, of equal texts
/// and of paths that are one file elsewhere: each with the file it is about.
///
/// `is_holder` says whether an entry had its id before this build.
pub(super) fn settle(
    entries: &mut Vec<(String, Entry)>,
    articles: &Articles<'_>,
    is_holder: impl Fn(&str, &Entry) -> bool + Copy,
    config: &Config,
) -> Vec<(PathBuf, Finding)> {
    let mut told = Vec::new();
    let mut tell = |path: &str, rule: &'static Rule, message: String, help: &str| {
        let file = articles.get(path).map(|item| item.file.clone());
        told.extend(file.map(|file| (file, Finding::new(rule, Location::file(), message).help(help))));
    };
    for (dropped, kept) in select::drop_duplicates(entries, |entry| Some(entry.id.as_str().to_owned()), is_holder) {
        let message = format!("the id is that of `{kept}`, which is published instead");
        tell(&dropped, &rules::ID_DUPLICATE, message, "give each article its own id");
    }
    // Two notes on one page of somebody else's are two entries; two of the site's own articles are two pages.
    let is_own = |entry: &Entry| entry.link.host() == config.site.url.host();
    let address = |entry: &'_ Entry| is_own(entry).then(|| entry.link.as_str().to_owned());
    for (dropped, kept) in select::drop_duplicates(entries, address, is_holder) {
        let message = format!("the address is that of `{kept}`, which is published instead");
        let help = "rename the file, or give it a `link` of its own";
        tell(&dropped, &rules::LINK_DUPLICATE, message, help);
    }
    let paths = || entries.iter().map(|(path, _)| path.as_str());
    for (path, other) in select::repeated(paths().map(|path| (path, fold(path)))) {
        let message = format!("the path differs from `{other}` in case or accents only");
        let help = "rename one: on macOS and Windows the two are one file";
        tell(path, &rules::LINK_SIMILAR, message, help);
    }
    let text = |path| {
        let item = articles.get(path)?;
        (!item.article.body.trim().is_empty()).then_some((path, item.fingerprint))
    };
    for (path, other) in select::repeated(paths().filter_map(text)) {
        let message = format!("the text is that of `{other}`");
        tell(path, &rules::TEXT_DUPLICATE, message, "remove one of the two");
    }
    told
}
