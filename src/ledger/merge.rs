//! Combines two versions of a record. A merge of two branches can leave both versions in a ledger.
//!
//! Both versions have the same id, so no choice made here can give an article a wrong id. The result is safe for the
//! readers of either version: the `updated` date does not move backward, an entry counts as published in every feed
//! that contains it in either version, and the period for which an entry is retained does not become shorter.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{LastPublished, Record, line};

/// Combines two records with the same id. The result does not depend on their order.
///
/// Returns `None` if they contain different publication dates and nothing shows which date subscribers have.
pub(super) fn combine(a: &Record, b: &Record) -> Option<Record> {
    let newer = newer(a, b);
    let last_published = match (&a.last_published, &b.last_published) {
        (Some(last_a), Some(last_b)) => {
            let is_undated = last_a.published == a.first_seen && last_b.published == b.first_seen;
            // Two branches may have added different articles at the same path, and both got the id made from the path.
            let is_same_article = last_a.title == last_b.title || a.fingerprint == b.fingerprint;
            if last_a.published != last_b.published && !(is_undated && is_same_article) {
                return None;
            }
            let newest = newer.last_published.as_ref()?;
            Some(combine_last(last_a, last_b, newest))
        }
        (last_a, last_b) => last_a.clone().or_else(|| last_b.clone()),
    };
    Some(Record {
        id: newer.id.clone(),
        fingerprint: newer.fingerprint,
        first_seen: a.first_seen.min(b.first_seen),
        updated: a.updated.max(b.updated),
        last_published,
    })
}

fn combine_last(a: &LastPublished, b: &LastPublished, newest: &LastPublished) -> LastPublished {
    let mut feeds: BTreeMap<String, bool> = a.feeds.clone();
    for (feed, is_in_feed) in &b.feeds {
        // If either version says that the feed contains the entry, the result says so too. If the next build then omits
        // the entry, the guards notice this.
        *feeds.entry(feed.clone()).or_insert(false) |= is_in_feed;
    }
    LastPublished {
        // The publication date of an article without a date is the time at which a build first found the article, so
        // the earlier date is right.
        published: a.published.min(b.published),
        declared_date: newest.declared_date.or(a.declared_date).or(b.declared_date),
        link: newest.link.clone(),
        title: newest.title.clone(),
        content: newest.content,
        feeds,
        // If the article could be read on one of the branches, the retention period has not started.
        retained_since: a.retained_since.zip(b.retained_since).map(|(a, b)| a.max(b)),
    }
}

/// The record with the later `updated`. If the dates are equal, a published record is preferred, and then a record of a
/// known article. If that does not decide either, the choice is arbitrary, but does not depend on the order of the
/// records.
fn newer<'a>(a: &'a Record, b: &'a Record) -> &'a Record {
    let order = a
        .updated
        .cmp(&b.updated)
        .then_with(|| a.last_published.is_some().cmp(&b.last_published.is_some()))
        .then_with(|| (a.fingerprint != 0).cmp(&(b.fingerprint != 0)))
        .then_with(|| text_of(a).cmp(&text_of(b)));
    match order {
        Ordering::Less => b,
        Ordering::Equal | Ordering::Greater => a,
    }
}

fn text_of(record: &Record) -> String {
    let mut text = String::new();
    line::write_record("", record, &mut text);
    text
}
