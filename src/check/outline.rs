//! The values of feeds and entries that rules compare: within a feed, with its previous version, and with other feeds
//! on the same site. The same values are compared in every format.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::grammar::date;
use super::html;
use crate::feed::link::relation;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;

/// A value and its range in the document.
type Located<T> = (T, Range<usize>);

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
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: Option<Located<String>>,
    pub(super) link: Option<Located<String>>,
    /// In seconds since 1970-01-01T00:00:00Z, like all dates here.
    pub(super) published: Option<Located<i64>>,
    pub(super) updated: Option<Located<i64>>,
    /// As plain text.
    pub(super) title: Option<Located<String>>,
    /// A hash of everything in the entry except its dates. Only hashes from the same process can be compared.
    pub(super) content_hash: u64,
}

/// The values of an entry that are compared with those of the other entries in its feed. They are borrowed from the
/// document.
pub(super) struct EntryFields<'d> {
    pub(super) id: Option<(Cow<'d, str>, LazyRange<'d>)>,
    pub(super) link: Option<(Cow<'d, str>, LazyRange<'d>)>,
    pub(super) published: Option<(i64, LazyRange<'d>)>,
    pub(super) updated: Option<(i64, LazyRange<'d>)>,
}

/// The range of a value. In XML, the range is computed only if there is something to report.
pub(super) enum LazyRange<'d> {
    /// The range of the text in this element.
    TextOf(Element<'d>),
    Exact(Range<usize>),
}

impl LazyRange<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            LazyRange::TextOf(element) => element.text_range(),
            LazyRange::Exact(range) => range.clone(),
        }
    }
}

impl<'d> EntryFields<'d> {
    pub(super) fn from_rss_item(item: &Element<'d>) -> Self {
        let ns = item.ns();
        // RSS 1.0 has no guid: the id of an item is its `rdf:about`.
        let about = item.attribute_in(Ns::RDF, "about");
        let about = about.map(|about| {
            (
                Cow::Borrowed(about.value().trim()),
                LazyRange::Exact(about.value_range()),
            )
        });
        EntryFields {
            id: text(item.child(ns, "guid")).or(about),
            link: text(item.child(ns, "link")),
            // RSS 1.0 has no dates of its own. Readers use `dc:date` if there is no `pubDate`.
            published: date_of(item.child(ns, "pubDate"), date::rfc822)
                .or_else(|| date_of(item.child(Ns::DC, "date"), date::w3cdtf)),
            // RSS has no element for the date on which an item was last changed. Some generators, such as Blogger,
            // write `atom:updated`.
            updated: date_of(item.child(Ns::ATOM, "updated"), date::rfc3339),
        }
    }

    pub(super) fn from_atom_entry(entry: &Element<'d>) -> Self {
        EntryFields {
            id: text(entry.child(Ns::ATOM, "id")),
            link: alternate(entry),
            published: date_of(entry.child(Ns::ATOM, "published"), date::rfc3339),
            updated: date_of(entry.child(Ns::ATOM, "updated"), date::rfc3339),
        }
    }

    /// A copy that outlives the document.
    pub(super) fn to_entry(&self, title: Option<Located<String>>, content_hash: u64) -> Entry {
        let text = |(text, range): &(Cow<'_, str>, LazyRange<'_>)| (text.clone().into_owned(), range.range());
        let date = |(seconds, range): &(i64, LazyRange<'_>)| (*seconds, range.range());
        Entry {
            id: self.id.as_ref().map(text),
            link: self.link.as_ref().map(text),
            published: self.published.as_ref().map(date),
            updated: self.updated.as_ref().map(date),
            title,
            content_hash,
        }
    }
}

impl Entry {
    /// The date that readers show.
    pub(super) fn date(&self) -> Option<i64> {
        // In Atom, `published` is optional.
        let date = self.published.as_ref().or(self.updated.as_ref());
        date.map(|(date, _)| *date)
    }

    /// The entry's name in messages: its title if it has one, or else its link, or else its id.
    pub(super) fn name(&self) -> &str {
        let name = self.title.as_ref().or(self.link.as_ref()).or(self.id.as_ref());
        name.map_or("an entry", |(name, _)| name)
    }
}

fn text(element: Option<Element<'_>>) -> Option<(Cow<'_, str>, LazyRange<'_>)> {
    let element = element?;
    let text = match element.text() {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    (!text.is_empty()).then_some((text, LazyRange::TextOf(element)))
}

/// Parses the text of an element with `parse`; returns the date in seconds, and its range.
pub(super) fn date_of(
    element: Option<Element<'_>>,
    parse: fn(&str) -> Option<date::Moment>,
) -> Option<(i64, LazyRange<'_>)> {
    let element = element?;
    let moment = parse(element.text().trim())?;
    Some((moment.seconds, LazyRange::TextOf(element)))
}

/// The outline of an RSS 2.0 or 1.0 channel.
pub(super) fn from_rss(channel: &Element<'_>, root: &Element<'_>) -> Outline {
    let ns = channel.ns();
    // In RSS 1.0, items are siblings of the channel.
    let container = if root.ns() == Ns::RDF { root } else { channel };
    Outline {
        home_page: rss_home_page(channel).map(Cow::into_owned),
        self_link: self_link(channel).map(Cow::into_owned),
        entries: container
            .children()
            .filter(|child| child.is(ns, "item"))
            .map(|item| EntryFields::from_rss_item(&item).to_entry(title(item.child(ns, "title")), content_hash(&item)))
            .collect(),
        range: channel.range(),
    }
}

/// The outline of an Atom feed.
pub(super) fn from_atom(feed: &Element<'_>) -> Outline {
    Outline {
        home_page: atom_home_page(feed).map(Cow::into_owned),
        self_link: self_link(feed).map(Cow::into_owned),
        entries: feed
            .children()
            .filter(|child| child.is(Ns::ATOM, "entry"))
            .map(|entry| {
                EntryFields::from_atom_entry(&entry)
                    .to_entry(title(entry.child(Ns::ATOM, "title")), content_hash(&entry))
            })
            .collect(),
        range: feed.range(),
    }
}

/// The URL of the page that an RSS channel belongs to.
pub(super) fn rss_home_page<'d>(channel: &Element<'d>) -> Option<Cow<'d, str>> {
    text(channel.child(channel.ns(), "link")).map(|(link, _)| link)
}

/// The URL of the page that an Atom feed belongs to.
pub(super) fn atom_home_page<'d>(feed: &Element<'d>) -> Option<Cow<'d, str>> {
    alternate(feed).map(|(link, _)| link)
}

/// The URL of a feed, from its self link.
pub(super) fn self_link<'d>(feed: &Element<'d>) -> Option<Cow<'d, str>> {
    link_with_relation(feed, "self")?.value("href").map(Cow::Borrowed)
}

fn alternate<'d>(element: &Element<'d>) -> Option<(Cow<'d, str>, LazyRange<'d>)> {
    let href = link_with_relation(element, "alternate")?.attribute("href")?;
    Some((Cow::Borrowed(href.value()), LazyRange::Exact(href.value_range())))
}

fn link_with_relation<'d>(element: &Element<'d>, wanted: &str) -> Option<Element<'d>> {
    element
        .children()
        .find(|child| child.is(Ns::ATOM, "link") && relation(child) == wanted)
}

fn title(element: Option<Element<'_>>) -> Option<Located<String>> {
    let element = element?;
    let mut text = element.text().into_owned();
    // In an Atom title of type `xhtml`, the text is in child elements.
    for part in element.descendants() {
        text.push_str(&part.text());
    }
    let text = plain_title(&text);
    (!text.is_empty()).then(|| (text, element.text_range()))
}

/// Converts a title to plain text: removes tags, resolves character references and collapses white space.
///
/// Formats and generators escape titles differently. Without this conversion, the same title would differ between a
/// site's RSS and Atom feeds.
pub(super) fn plain_title(title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, tag)) = rest.split_once('<') {
        // As in browsers, a `<` that does not begin a tag is text, as in `a < b`.
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
fn content_hash(entry: &Element<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let text = entry.document().text();
    for child in entry.children() {
        // Only local names are compared, so that the date elements of extensions (`dc:date`, `dcterms:modified`,
        // `atom:updated`) are left out as well.
        if !matches!(child.name(), "updated" | "modified" | "published" | "pubDate" | "date") {
            text.get(child.whole()).unwrap_or("").hash(&mut hasher);
        }
    }
    hasher.finish()
}
