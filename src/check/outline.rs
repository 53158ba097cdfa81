//! What a feed says of itself and of its entries, whatever its format: what is compared, within a feed, with the feed
//! before it, and with the other feeds of its site.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::document::Element;
use super::grammar::date;
use super::html;
use super::namespace::Ns;
use super::rules::relation;

/// A value and where it stands.
type Spot<T> = (T, Range<usize>);

/// What a feed says of itself and of its entries.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The address of the page that it belongs to.
    pub(super) home: Option<String>,
    /// The address that it gives as its own.
    pub(super) own: Option<String>,
    /// When it says it was changed.
    pub(super) updated: Option<Spot<i64>>,
    pub(super) entries: Vec<Entry>,
    /// Where the feed begins.
    pub(super) range: Range<usize>,
}

/// What is compared of an entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: Option<Spot<String>>,
    pub(super) link: Option<Spot<String>>,
    pub(super) published: Option<Spot<i64>>,
    pub(super) updated: Option<Spot<i64>>,
    /// As plain text; not read where no other feed is looked at.
    pub(super) title: Option<Spot<String>>,
    /// Stands for all that the entry says apart from its dates; 0 where no other feed is looked at.
    pub(super) content: u64,
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

fn text(element: Option<Element<'_>>) -> Option<Spot<String>> {
    let element = element?;
    let text = element.text().trim().to_owned();
    (!text.is_empty()).then(|| (text, element.text_range()))
}

fn moment(element: Option<Element<'_>>, read: fn(&str) -> Option<date::Moment>) -> Option<Spot<i64>> {
    let element = element?;
    let moment = read(element.text().trim())?;
    Some((moment.seconds, element.text_range()))
}

/// The outline of a channel of RSS, in RDF or not.
pub(super) fn of_rss(channel: &Element<'_>, root: &Element<'_>, depth: Depth) -> Outline {
    let ns = channel.ns();
    // In RSS 1.0 items stand beside the channel.
    let container = if root.ns() == Ns::RDF { root } else { channel };
    let entry = |item: Element<'_>| {
        let about = item.attribute_in(Ns::RDF, "about");
        let about = about.map(|about| (about.value().trim().to_owned(), about.value_range()));
        Entry {
            id: text(item.child(ns, "guid")).or(about),
            link: text(item.child(ns, "link")),
            published: moment(item.child(ns, "pubDate"), date::rfc822)
                .or_else(|| moment(item.child(Ns::DC, "date"), date::w3cdtf)),
            updated: moment(item.child(Ns::ATOM, "updated"), date::rfc3339),
            title: title(item.child(ns, "title"), depth),
            content: content(&item, depth),
        }
    };
    Outline {
        home: text(channel.child(ns, "link")).map(|(link, _)| link),
        own: own_address(channel),
        updated: moment(channel.child(ns, "lastBuildDate"), date::rfc822),
        entries: container
            .children()
            .filter(|child| child.is(ns, "item"))
            .map(entry)
            .collect(),
        range: channel.range(),
    }
}

/// The outline of a feed of Atom.
pub(super) fn of_atom(feed: &Element<'_>, depth: Depth) -> Outline {
    let entry = |entry: Element<'_>| Entry {
        id: text(entry.child(Ns::ATOM, "id")),
        link: alternate(&entry),
        published: moment(entry.child(Ns::ATOM, "published"), date::rfc3339),
        updated: moment(entry.child(Ns::ATOM, "updated"), date::rfc3339),
        title: title(entry.child(Ns::ATOM, "title"), depth),
        content: content(&entry, depth),
    };
    Outline {
        home: alternate(feed).map(|(link, _)| link),
        own: own_address(feed),
        updated: moment(feed.child(Ns::ATOM, "updated"), date::rfc3339),
        entries: feed
            .children()
            .filter(|child| child.is(Ns::ATOM, "entry"))
            .map(entry)
            .collect(),
        range: feed.range(),
    }
}

fn alternate(element: &Element<'_>) -> Option<Spot<String>> {
    let is_alternate = |child: &Element<'_>| child.is(Ns::ATOM, "link") && relation(child) == "alternate";
    let href = element.children().find(is_alternate)?.attribute("href")?;
    Some((href.value().to_owned(), href.value_range()))
}

fn own_address(feed: &Element<'_>) -> Option<String> {
    let is_self = |child: &Element<'_>| child.is(Ns::ATOM, "link") && relation(child) == "self";
    feed.children().find(is_self)?.value("href").map(str::to_owned)
}

fn title(element: Option<Element<'_>>, depth: Depth) -> Option<Spot<String>> {
    if depth == Depth::Feed {
        return None;
    }
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
fn content(entry: &Element<'_>, depth: Depth) -> u64 {
    if depth == Depth::Feed {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    let text = entry.document().text();
    for child in entry.children() {
        if !matches!(child.name(), "updated" | "modified" | "published" | "pubDate" | "date") {
            text.get(child.whole()).unwrap_or("").hash(&mut hasher);
        }
    }
    hasher.finish()
}
