//! What a feed says of itself and of its entries, whatever its format: what is compared, within a feed, with the feed
//! before it, and with the other feeds of its site.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::document::Element;
use super::grammar::date;
use super::html;
use super::namespace::Ns;
use super::rules::relation;

/// A value and where it stands.
type Kept<T> = (T, Range<usize>);

/// What a feed says of itself and of its entries.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The address of the page that it belongs to.
    pub(super) home: Option<String>,
    /// The address that it gives as its own.
    pub(super) own: Option<String>,
    pub(super) entries: Vec<Entry>,
    /// Where the feed begins.
    pub(super) range: Range<usize>,
}

/// What is compared of an entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: Option<Kept<String>>,
    pub(super) link: Option<Kept<String>>,
    pub(super) published: Option<Kept<i64>>,
    pub(super) updated: Option<Kept<i64>>,
    /// As plain text.
    pub(super) title: Option<Kept<String>>,
    /// Stands for all that the entry says apart from its dates.
    pub(super) content: u64,
}

/// What is compared of an entry with the others of its feed: as it stands in the document, without a copy.
pub(super) struct Brief<'d> {
    pub(super) id: Option<(Cow<'d, str>, Spot<'d>)>,
    pub(super) link: Option<(Cow<'d, str>, Spot<'d>)>,
    pub(super) published: Option<(i64, Spot<'d>)>,
    pub(super) updated: Option<(i64, Spot<'d>)>,
}

/// Where a value stands; counted out only if something is wrong with it.
pub(super) enum Spot<'d> {
    Text(Element<'d>),
    Range(Range<usize>),
}

impl Spot<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Spot::Text(element) => element.text_range(),
            Spot::Range(range) => range.clone(),
        }
    }
}

impl<'d> Brief<'d> {
    /// That of an item of RSS.
    pub(super) fn of_item(item: &Element<'d>) -> Self {
        let ns = item.ns();
        let about = item.attribute_in(Ns::RDF, "about");
        let about = about.map(|about| (Cow::Borrowed(about.value().trim()), Spot::Range(about.value_range())));
        Brief {
            id: text(item.child(ns, "guid")).or(about),
            link: text(item.child(ns, "link")),
            published: moment(item.child(ns, "pubDate"), date::rfc822)
                .or_else(|| moment(item.child(Ns::DC, "date"), date::w3cdtf)),
            updated: moment(item.child(Ns::ATOM, "updated"), date::rfc3339),
        }
    }

    /// That of an entry of Atom.
    pub(super) fn of_entry(entry: &Element<'d>) -> Self {
        Brief {
            id: text(entry.child(Ns::ATOM, "id")),
            link: alternate(entry),
            published: moment(entry.child(Ns::ATOM, "published"), date::rfc3339),
            updated: moment(entry.child(Ns::ATOM, "updated"), date::rfc3339),
        }
    }

    /// Itself, its title and what stands for its content, kept for when the document is gone.
    pub(super) fn keep(&self, title: Option<Kept<String>>, content: u64) -> Entry {
        let text = |(text, spot): &(Cow<'_, str>, Spot<'_>)| (text.clone().into_owned(), spot.range());
        let moment = |(moment, spot): &(i64, Spot<'_>)| (*moment, spot.range());
        Entry {
            id: self.id.as_ref().map(text),
            link: self.link.as_ref().map(text),
            published: self.published.as_ref().map(moment),
            updated: self.updated.as_ref().map(moment),
            title,
            content,
        }
    }
}

impl Entry {
    /// When readers say it is from.
    pub(super) fn date(&self) -> Option<i64> {
        let date = self.published.as_ref().or(self.updated.as_ref());
        date.map(|(date, _)| *date)
    }

    /// What a message calls it.
    pub(super) fn name(&self) -> &str {
        let name = self.title.as_ref().or(self.link.as_ref()).or(self.id.as_ref());
        name.map_or("an entry", |(name, _)| name)
    }
}

/// How much of an entry is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// What is compared with the other entries of the feed.
    Feed,
    /// What is compared with other feeds too.
    Others,
}

fn text(element: Option<Element<'_>>) -> Option<(Cow<'_, str>, Spot<'_>)> {
    let element = element?;
    let text = match element.text() {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    (!text.is_empty()).then_some((text, Spot::Text(element)))
}

/// The moment that an element names.
pub(super) fn moment(element: Option<Element<'_>>, read: fn(&str) -> Option<date::Moment>) -> Option<(i64, Spot<'_>)> {
    let element = element?;
    let moment = read(element.text().trim())?;
    Some((moment.seconds, Spot::Text(element)))
}

/// The outline of a channel of RSS, in RDF or not.
pub(super) fn of_rss(channel: &Element<'_>, root: &Element<'_>) -> Outline {
    let ns = channel.ns();
    // In RSS 1.0 items stand beside the channel.
    let container = if root.ns() == Ns::RDF { root } else { channel };
    Outline {
        home: home_of_rss(channel).map(Cow::into_owned),
        own: own_address(channel).map(Cow::into_owned),
        entries: container
            .children()
            .filter(|child| child.is(ns, "item"))
            .map(|item| Brief::of_item(&item).keep(title(item.child(ns, "title")), content(&item)))
            .collect(),
        range: channel.range(),
    }
}

/// The outline of a feed of Atom.
pub(super) fn of_atom(feed: &Element<'_>) -> Outline {
    Outline {
        home: home_of_atom(feed).map(Cow::into_owned),
        own: own_address(feed).map(Cow::into_owned),
        entries: feed
            .children()
            .filter(|child| child.is(Ns::ATOM, "entry"))
            .map(|entry| Brief::of_entry(&entry).keep(title(entry.child(Ns::ATOM, "title")), content(&entry)))
            .collect(),
        range: feed.range(),
    }
}

/// The address of the page that a channel belongs to.
pub(super) fn home_of_rss<'d>(channel: &Element<'d>) -> Option<Cow<'d, str>> {
    text(channel.child(channel.ns(), "link")).map(|(link, _)| link)
}

/// The address of the page that a feed of Atom belongs to.
pub(super) fn home_of_atom<'d>(feed: &Element<'d>) -> Option<Cow<'d, str>> {
    alternate(feed).map(|(link, _)| link)
}

/// The address that a feed gives as its own.
pub(super) fn own_address<'d>(feed: &Element<'d>) -> Option<Cow<'d, str>> {
    linked(feed, "self")?.value("href").map(Cow::Borrowed)
}

fn alternate<'d>(element: &Element<'d>) -> Option<(Cow<'d, str>, Spot<'d>)> {
    let href = linked(element, "alternate")?.attribute("href")?;
    Some((Cow::Borrowed(href.value()), Spot::Range(href.value_range())))
}

fn linked<'d>(element: &Element<'d>, wanted: &str) -> Option<Element<'d>> {
    element
        .children()
        .find(|child| child.is(Ns::ATOM, "link") && relation(child) == wanted)
}

fn title(element: Option<Element<'_>>) -> Option<Kept<String>> {
    let element = element?;
    let mut text = element.text().into_owned();
    for part in element.descendants() {
        text.push_str(&part.text());
    }
    let text = plain(&text);
    (!text.is_empty()).then(|| (text, element.text_range()))
}

/// A title without the markup and the escapes that formats put around it.
pub(super) fn plain(title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    let mut rest = title;
    while let Some((before, tag)) = rest.split_once('<') {
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

/// Stands for all that an entry says apart from its dates.
fn content(entry: &Element<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let text = entry.document().text();
    for child in entry.children() {
        if !matches!(child.name(), "updated" | "modified" | "published" | "pubDate" | "date") {
            text.get(child.whole()).unwrap_or("").hash(&mut hasher);
        }
    }
    hasher.finish()
}
