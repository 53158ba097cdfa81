//! Views of a feed and its entries, which are the same for every format.

use std::borrow::Cow;

use super::json::{Member, Value};
use super::value::{DateNotation, Located, Text};
use super::xml::{self, Element};
use super::{atom, json_feed, rss};

/// A feed in one of the formats.
#[derive(Clone, Copy)]
pub(crate) enum Feed<'d> {
    /// RSS of any version: the root element and the channel.
    Rss(Element<'d>, Element<'d>),
    /// An Atom feed.
    Atom(Element<'d>),
    /// A JSON Feed.
    Json(&'d [Member<'d>]),
}

/// An entry in one of the formats.
#[derive(Clone, Copy)]
pub(crate) enum Entry<'d> {
    /// An RSS item.
    Rss(Element<'d>),
    /// An Atom entry.
    Atom(Element<'d>),
    /// A JSON Feed item.
    Json(&'d [Member<'d>]),
}

impl<'d> Feed<'d> {
    /// The feed in an XML document.
    ///
    /// The format depends only on the local name of the root element. Many feeds are in the wrong namespace or in none,
    /// and readers accept them.
    ///
    /// # Errors
    /// Returns an error with the reason if the document is not a feed.
    pub(super) fn from_xml(document: &'d xml::Document<'d>) -> Result<Self, String> {
        let root = document.root().ok_or("the document has no root element")?;
        match root.name() {
            "feed" => Ok(Feed::Atom(root)),
            "rss" | "RDF" => match rss::channel(&root) {
                Some(channel) => Ok(Feed::Rss(root, channel)),
                None => Err(format!("the element `{}` has no `channel`", root.qualified())),
            },
            name => Err(format!("`{name}` is not the root element of a feed")),
        }
    }

    /// The feed in a JSON document.
    ///
    /// # Errors
    /// Returns an error with the reason if the document is not a feed.
    pub(super) fn from_json(value: &'d Value<'d>) -> Result<Self, String> {
        let feed = value.as_object().filter(|feed| json_feed::items(feed).is_some());
        let feed = feed.ok_or("a JSON Feed must have an `items` array")?;
        Ok(Feed::Json(feed))
    }

    /// The URL of the page that the feed belongs to.
    pub(crate) fn home_page(&self) -> Option<Cow<'d, str>> {
        match self {
            Feed::Rss(_, channel) => rss::home_page(channel),
            Feed::Atom(feed) => atom::home_page(feed),
            Feed::Json(feed) => json_feed::home_page(feed),
        }
    }

    /// The feed's own URL.
    pub(crate) fn self_link(&self) -> Option<Cow<'d, str>> {
        match self {
            Feed::Rss(_, channel) => rss::self_link(channel),
            Feed::Atom(feed) => atom::self_link(feed),
            Feed::Json(feed) => json_feed::self_link(feed),
        }
    }

    /// The feed's publication date. Only RSS feeds have one.
    pub(crate) fn published<T>(&self, parse: impl Fn(&str, DateNotation) -> Option<T>) -> Option<Located<'d, T>> {
        match self {
            Feed::Rss(_, channel) => rss::published(channel, parse),
            Feed::Atom(_) | Feed::Json(_) => None,
        }
    }

    /// The date on which the feed was last changed. A JSON Feed does not contain this date.
    pub(crate) fn updated<T>(&self, parse: impl Fn(&str, DateNotation) -> Option<T>) -> Option<Located<'d, T>> {
        match self {
            Feed::Rss(_, channel) => rss::feed_updated(channel, parse),
            Feed::Atom(feed) => atom::updated(feed, parse),
            Feed::Json(_) => None,
        }
    }

    /// The entries in document order.
    pub(crate) fn entries(&self) -> Vec<Entry<'d>> {
        match self {
            Feed::Rss(root, channel) => rss::items(root, channel).map(Entry::Rss).collect(),
            Feed::Atom(feed) => atom::entries(feed).map(Entry::Atom).collect(),
            Feed::Json(feed) => json_feed::items(feed).into_iter().flatten().map(Entry::Json).collect(),
        }
    }
}

impl<'d> Entry<'d> {
    /// The id.
    pub(crate) fn id(&self) -> Option<Located<'d, Cow<'d, str>>> {
        match self {
            Entry::Rss(item) => rss::id(item),
            Entry::Atom(entry) => atom::id(entry),
            Entry::Json(item) => json_feed::id(item),
        }
    }

    /// The link to the entry's page, if the entry has one.
    pub(crate) fn link(&self) -> Option<Located<'d, Cow<'d, str>>> {
        match self {
            Entry::Rss(item) => rss::link(item),
            Entry::Atom(entry) => atom::link(entry),
            Entry::Json(item) => json_feed::link(item),
        }
    }

    /// The address of the entry's page on its own site.
    ///
    /// It differs from [`link`](Self::link) if that link leads through FeedBurner. If the entry has no link, the
    /// address may come from another value, such as the guid of an RSS item.
    pub(crate) fn permalink(&self) -> Option<Located<'d, Cow<'d, str>>> {
        match self {
            Entry::Rss(item) => rss::permalink(item),
            Entry::Atom(entry) => atom::permalink(entry),
            Entry::Json(item) => json_feed::permalink(item),
        }
    }

    /// The title.
    pub(crate) fn title(&self) -> Option<Text<'d>> {
        match self {
            Entry::Rss(item) => rss::title(item),
            Entry::Atom(entry) => atom::title(entry),
            Entry::Json(item) => json_feed::title(item),
        }
    }

    /// The publication date: the first one that `parse` accepts.
    pub(crate) fn published<T>(&self, parse: impl Fn(&str, DateNotation) -> Option<T>) -> Option<Located<'d, T>> {
        match self {
            Entry::Rss(item) => rss::published(item, parse),
            Entry::Atom(entry) => atom::published(entry, parse),
            Entry::Json(item) => json_feed::published(item, parse),
        }
    }

    /// The date on which the entry was last changed: the first such date that `parse` accepts.
    pub(crate) fn updated<T>(&self, parse: impl Fn(&str, DateNotation) -> Option<T>) -> Option<Located<'d, T>> {
        match self {
            Entry::Rss(item) => rss::updated(item, parse),
            Entry::Atom(entry) => atom::updated(entry, parse),
            Entry::Json(item) => json_feed::updated(item, parse),
        }
    }

    /// The summary. In RSS, it may contain the whole content instead.
    pub(crate) fn summary(&self) -> Option<Text<'d>> {
        match self {
            Entry::Rss(item) => rss::summary(item),
            Entry::Atom(entry) => atom::summary(entry),
            Entry::Json(item) => json_feed::summary(item),
        }
    }

    /// The whole content.
    pub(crate) fn content(&self) -> Option<Text<'d>> {
        match self {
            Entry::Rss(item) => rss::content(item),
            Entry::Atom(entry) => atom::content(entry),
            Entry::Json(item) => json_feed::content(item),
        }
    }
}
