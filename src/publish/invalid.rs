//! Finds the entries that make a finished feed invalid.
//!
//! The model represents only what all formats can represent, so there should be no such entry. If there is one after
//! all, its article must not prevent the other articles from being published.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Rendered;
use crate::{
    check,
    error::Error,
    finding::{Finding, Location, Severity, article as rules},
    model::{Entry, Feed},
    render::{self, Format},
    time::Timestamp,
    url::Id,
};

/// The entries that are left out of all feeds, because they would make a feed invalid.
#[derive(Default)]
pub(super) struct LeftOut {
    /// The paths of articles whose entries are left out, each with the reason.
    pub(super) articles: BTreeMap<String, Finding>,
    /// The ids of entries that cannot be retained as they were last published.
    pub(super) retained: BTreeSet<Id>,
}

impl LeftOut {
    /// Adds invalid entries.
    ///
    /// # Errors
    /// Returns an error if one of the entries should already have been left out. That would be a bug, and without the
    /// error, the build would never end.
    pub(super) fn add(
        &mut self,
        invalid: BTreeMap<Id, Finding>,
        entries: &BTreeMap<String, Entry>,
    ) -> Result<(), Error> {
        for (id, finding) in invalid {
            let message = finding.message.clone();
            let article = entries.iter().find(|(_, entry)| entry.id == id);
            let is_new = match article {
                Some((path, _)) => self.articles.insert(path.clone(), finding).is_none(),
                None => self.retained.insert(id),
            };
            if !is_new {
                return Err(Error::Bug(message));
            }
        }
        Ok(())
    }
}

/// Validates the finished bytes of each feed with `check`, which shares no code with `render` and so cannot repeat its
/// mistakes. Returns the entries that violate a rule, or would be duplicates of other entries.
///
/// `rebuild` returns the feed of a file. `is_published` returns whether an entry had its id before this build. If two
/// entries are valid separately but not together, an entry that had its id before this build takes precedence.
///
/// # Errors
/// Returns an error if a feed is invalid for a reason outside its entries. This is a bug in Feedwright, and nothing is
/// published.
pub(super) fn invalid_entries(
    files: &[Rendered],
    rebuild: impl Fn(&Rendered) -> Option<Feed>,
    is_published: impl Fn(&Entry) -> bool + Copy,
    now: Timestamp,
) -> Result<BTreeMap<Id, Finding>, Error> {
    let mut invalid = BTreeMap::new();
    for file in files {
        let Some(error) = first_error(&file.bytes, now) else {
            continue;
        };
        let name = file.path.display().to_string();
        let found = rebuild(file).and_then(|mut feed| {
            feed.entries.sort_by_key(|entry| !is_published(entry));
            invalid_in(feed, file.format, &name, now)
        });
        let Some(found) = found.filter(|found| !found.is_empty()) else {
            let (location, rule) = (&error.location, error.rule.id);
            let message = format!(
                "{name}:{}:{}: {rule}: {}: {}",
                location.line, location.column, error.message, location.excerpt
            );
            return Err(Error::Bug(message));
        };
        invalid.extend(found);
    }
    Ok(invalid)
}

/// Returns the invalid entries of a feed, or `None` if the feed is invalid even without entries. If several entries are
/// valid separately but not together, the first one is kept.
///
/// This function renders a feed for each entry instead of searching for the element at the location of the error,
/// because rendering works for every format and every rule.
fn invalid_in(feed: Feed, format: Format, name: &str, now: Timestamp) -> Option<BTreeMap<Id, Finding>> {
    let (empty, entries) = split(feed);
    let error_with = |entries: &[Entry]| {
        let feed = Feed {
            entries: entries.to_vec(),
            ..empty.clone()
        };
        first_error(&render::render(&feed, format), now)
    };
    if error_with(&[]).is_some() {
        return None;
    }
    let mut invalid = BTreeMap::new();
    let mut valid = Vec::with_capacity(entries.len());
    for entry in entries {
        match error_with(std::slice::from_ref(&entry)) {
            Some(error) => {
                invalid.insert(entry.id, explain(&error, name));
            }
            None => valid.push(entry),
        }
    }
    // Each of these entries is valid by itself, but together they may be invalid: two of them may have the same id.
    while let Some(mut error) = error_with(&valid) {
        let (mut without_error, mut with_error) = (0, valid.len());
        while with_error - without_error > 1 {
            let middle = without_error.midpoint(with_error);
            match error_with(&valid[..middle]) {
                Some(found) => (with_error, error) = (middle, found),
                None => without_error = middle,
            }
        }
        invalid.insert(valid.remove(with_error - 1).id, explain(&error, name));
    }
    Some(invalid)
}

fn split(mut feed: Feed) -> (Feed, Vec<Entry>) {
    let entries = std::mem::take(&mut feed.entries);
    (feed, entries)
}

fn first_error(bytes: &[u8], now: Timestamp) -> Option<Finding> {
    let options = check::Options {
        now: Some(now.unix()),
        ..check::Options::default()
    };
    let findings = check::check(bytes, &options).findings.into_iter();
    let mut errors = findings.filter(|finding| finding.severity == Severity::Error);
    errors.find(|finding| !is_about_entry_id(finding))
}

/// Whether a finding is about the syntax of an entry id.
///
/// An imported id may be invalid. It is kept anyway, because readers key on it: with a corrected id, they would show
/// the entry again.
fn is_about_entry_id(finding: &Finding) -> bool {
    const SYNTAX: [&str; 6] = [
        "atom-id-relative",
        "feed-address-invalid",
        "feed-address-character",
        "feed-tag-uri-invalid",
        "feed-urn-invalid",
        "feed-uuid-invalid",
    ];
    finding.element.as_deref() == Some("id")
        && finding.parent.as_deref() == Some("entry")
        && SYNTAX.contains(&finding.rule.id)
}

/// Turns an error in a feed into a finding about the article.
fn explain(error: &Finding, feed: &str) -> Finding {
    let message = format!(
        "the entry would make {feed} invalid: {} ({})",
        error.message, error.rule.id
    );
    let finding = Finding::new(&rules::INTERNAL_ERROR, Location::file(), message);
    match &error.help {
        Some(help) => finding.help(help.clone()),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{text::PlainText, url::Url};

    fn feed(ids: &[(&str, &str)]) -> Feed {
        let text = |text| PlainText::new(text).unwrap();
        let url = |url| Url::parse(url).unwrap();
        let now = now();
        let entry = |(uri, name): &(&str, &str)| Entry {
            id: Id::new(uri).unwrap().with_name(name).unwrap(),
            link: url("https://example.org/a"),
            title: text("A"),
            published: now,
            updated: now,
            summary: None,
            content: None,
            authors: Vec::new(),
            categories: Vec::new(),
            image: None,
            enclosures: Vec::new(),
            language: None,
            rights: None,
        };
        Feed {
            id: Id::new("tag:example.org,2026:feed").unwrap(),
            title: text("T"),
            description: None,
            home: url("https://example.org/"),
            self_link: url("https://example.org/feed.json"),
            language: None,
            authors: vec![crate::model::Person {
                name: text("A"),
                email: None,
                url: None,
            }],
            rights: None,
            icon: None,
            logo: None,
            full_content: true,
            updated: now,
            entries: ids.iter().map(entry).collect(),
        }
    }

    fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-03-01T09:00:00Z").unwrap()
    }

    fn invalid(ids: &[(&str, &str)], format: Format) -> Option<Vec<String>> {
        let invalid = invalid_in(feed(ids), format, "feed", now())?;
        Some(invalid.into_keys().map(|id| id.to_string()).collect())
    }

    #[test]
    fn entries_that_are_not_valid_together_are_found() {
        let ids: Vec<(String, String)> = (0..9)
            .map(|n| (format!("tag:a.example,2026:{n}"), (n % 6).to_string()))
            .collect();
        let ids: Vec<(&str, &str)> = ids.iter().map(|(uri, name)| (uri.as_str(), name.as_str())).collect();
        let repeated = ["tag:a.example,2026:6", "tag:a.example,2026:7", "tag:a.example,2026:8"];
        assert_eq!(invalid(&ids, Format::Rss).unwrap(), repeated);
        assert_eq!(invalid(&ids, Format::Json).unwrap(), repeated);
        assert!(invalid(&ids, Format::Atom).unwrap().is_empty(), "Atom has the URIs");
    }

    #[test]
    fn an_invalid_id_is_kept() {
        let ids = [("tag:a.example,26:x", "x"), ("urn:uuid:1", "y")];
        assert!(invalid(&ids, Format::Atom).unwrap().is_empty());
    }

    #[test]
    fn an_error_outside_all_entries_is_a_bug() {
        let mut feed = feed(&[("tag:a.example,2026:x", "x")]);
        feed.id = Id::new("tag:a.example,26:x").unwrap();
        assert!(invalid_in(feed, Format::Atom, "feed", now()).is_none());
    }
}
