//! Finds new articles that are copies of other articles.
//!
//! Some programs rename a file by copying it first and deleting the original later, and a build may run in between. If
//! that build published the copy, the copy would get a new id, and would keep it after the original is deleted.

use std::{collections::BTreeMap, sync::Arc};

use super::shortlist::Shortlisted;
use crate::article::TextLength;

/// Maps the path of each copy to that of its original. `has_record` returns whether an article has a record; such an
/// article is never a copy. `is_published` returns whether an article became an entry.
///
/// The result does not contain a copy that a feed would contain without its original, because that feed needs the copy.
pub(super) fn find<'a>(
    shortlists: &'a [Vec<Arc<Shortlisted>>],
    articles: &BTreeMap<&'a str, &'a Arc<Shortlisted>>,
    has_record: impl Fn(&str) -> bool,
    is_published: impl Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    let mut by_text: BTreeMap<u128, Vec<&Shortlisted>> = BTreeMap::new();
    for item in articles.values() {
        by_text.entry(item.fingerprint).or_default().push(item);
    }
    let mut copies = BTreeMap::new();
    for mut group in by_text.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|item| !has_record(&item.article.path));
        for (at, copy) in group.iter().enumerate() {
            let path = &copy.article.path;
            let is_needed = |original: &str| {
                let has =
                    |shortlist: &[Arc<Shortlisted>], path: &str| shortlist.iter().any(|item| item.article.path == path);
                shortlists
                    .iter()
                    .any(|shortlist| has(shortlist, path) && !has(shortlist, original))
            };
            let original = group[..at].iter().find(|original| {
                let path = &original.article.path;
                is_copy(original, copy) && is_published(path) && !is_needed(path)
            });
            if let Some(original) = original.filter(|_| !has_record(path)) {
                copies.insert(path.clone(), original.article.path.clone());
            }
        }
    }
    copies
}

/// Whether two articles are one article at two paths. Without a date, the same short note may have been written twice.
fn is_copy(original: &Shortlisted, copy: &Shortlisted) -> bool {
    let (one, other) = (&original.article, &copy.article);
    let is_certain = copy.published.is_some() || other.text_length() == TextLength::Long;
    // A date such as 03/04/2026 may mean different days in two folders.
    let has_same_date = original.published == copy.published;
    is_certain && has_same_date && one.front_matter.fields == other.front_matter.fields && one.body == other.body
}
