//! The values of feeds and entries that rules compare: within a feed, between a feed and its previous version, and
//! between the feeds of a site. The same values are compared in every format.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::grammar::date;
use super::html;
use crate::feed::{self, DateNotation, Located};

/// The values of a feed that are compared with those of other feeds. An outline owns its data, so it can outlive the
/// document.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The URL of the page that the feed belongs to.
    pub(super) home_page: Option<String>,
    /// The feed's own URL.
    pub(super) self_link: Option<String>,
    pub(super) entries: Vec<Entry>,
    /// The range of the feed's start tag.
    pub(super) range: Range<usize>,
}

/// The values of an entry that are compared with those of entries in other feeds.
/// Each value comes with its range in the document.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: Option<(String, Range<usize>)>,
    pub(super) link: Option<(String, Range<usize>)>,
    /// In seconds since 1970-01-01T00:00:00Z. The same applies to `updated`.
    pub(super) published: Option<(i64, Range<usize>)>,
    pub(super) updated: Option<(i64, Range<usize>)>,
    /// As plain text.
    pub(super) title: Option<(String, Range<usize>)>,
    /// A hash of everything in the entry except its dates. Only hashes from the same process can be compared.
    pub(super) content_hash: u64,
}

/// The values of an entry that are compared with those of other entries in the same feed. They are borrowed from the
/// document.
pub(super) struct EntryFields<'d> {
    pub(super) id: Option<Located<'d, Cow<'d, str>>>,
    pub(super) link: Option<Located<'d, Cow<'d, str>>>,
    pub(super) published: Option<Located<'d, i64>>,
    pub(super) updated: Option<Located<'d, i64>>,
}

impl<'d> EntryFields<'d> {
    pub(super) fn new(entry: &feed::Entry<'d>) -> Self {
        EntryFields {
            id: entry.id(),
            link: entry.link(),
            published: entry.published(parse_date),
            updated: entry.updated(parse_date),
        }
    }
}

impl Outline {
    /// Creates the outline of a feed; `range` is the range of the feed's start tag.
    pub(super) fn new(feed: &feed::Feed<'_>, range: Range<usize>) -> Self {
        Outline {
            home_page: feed.home_page().map(Cow::into_owned),
            self_link: feed.self_link().map(Cow::into_owned),
            entries: feed.entries().iter().map(Entry::new).collect(),
            range,
        }
    }
}

impl Entry {
    /// Copies the values, so that the entry can outlive the document.
    fn new(entry: &feed::Entry<'_>) -> Self {
        let fields = EntryFields::new(entry);
        let text = |(text, range): Located<'_, Cow<'_, str>>| (text.into_owned(), range.range());
        let date = |(seconds, range): Located<'_, i64>| (seconds, range.range());
        Entry {
            id: fields.id.map(text),
            link: fields.link.map(text),
            published: fields.published.map(date),
            updated: fields.updated.map(date),
            title: title(entry),
            content_hash: content_hash(entry),
        }
    }

    /// The date that readers show.
    pub(super) fn date(&self) -> Option<i64> {
        // In Atom, `published` is optional; without it, readers show `updated`.
        let date = self.published.as_ref().or(self.updated.as_ref());
        date.map(|(date, _)| *date)
    }

    /// The entry's name in messages: its title if it has one, or else its link, or else its id.
    pub(super) fn name(&self) -> &str {
        let name = self.title.as_ref().or(self.link.as_ref()).or(self.id.as_ref());
        name.map_or("an entry", |(name, _)| name)
    }
}

/// Parses a date and returns it as the number of seconds since 1970-01-01T00:00:00Z.
pub(super) fn parse_date(text: &str, notation: DateNotation) -> Option<i64> {
    let moment = match notation {
        DateNotation::Rfc822 => date::rfc822(text),
        DateNotation::Rfc3339 => date::rfc3339(text),
        DateNotation::W3cdtf => date::w3cdtf(text),
    };
    Some(moment?.seconds)
}

fn title(entry: &feed::Entry<'_>) -> Option<(String, Range<usize>)> {
    let title = entry.title()?;
    let text = plain_title(&title.value);
    (!text.is_empty()).then(|| (text, title.range.range()))
}

/// Converts a title to plain text: removes tags, resolves character references and collapses white space.
///
/// Formats and generators escape titles differently. Without this conversion, the same title would differ between a
/// site's RSS and Atom feeds.
fn plain_title(title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, tag)) = rest.split_once('<') {
        // Like browsers, this function treats a `<` that does not begin a tag as text, for example in `a < b`.
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match tag.split_once('>').filter(|_| is_tag) {
            Some((_, after)) => {
                text.push_str(before);
                rest = after;
            }
            None => break,
        }
    }
    text.push_str(rest);
    let text = html::unescape(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A hash of everything in an entry except its dates. Rules use it to distinguish a changed date from changed content.
fn content_hash(entry: &feed::Entry<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    match entry {
        feed::Entry::Rss(element) | feed::Entry::Atom(element) => {
            let text = element.document().text();
            for child in element.children() {
                // Only local names are compared, so that the date elements of extensions (`dc:date`,
                // `dcterms:modified`, `atom:updated`) are left out of the hash as well.
                if !matches!(child.name(), "updated" | "modified" | "published" | "pubDate" | "date") {
                    text.get(child.whole()).unwrap_or("").hash(&mut hasher);
                }
            }
        }
        feed::Entry::Json(members) => {
            for member in *members {
                if let Some(text) = member.value.as_str()
                    && !member.name.starts_with("date_")
                {
                    (&member.name, text).hash(&mut hasher);
                }
            }
        }
    }
    hasher.finish()
}
