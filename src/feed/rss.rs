//! RSS in all versions that readers support. RSS 0.90 and 1.0 are based on RDF, and their elements have a namespace.
//!
//! If an item contains the same element twice, FreshRSS uses the first one, but Miniflux and feedparser use the last
//! one. This module uses the last id and the last link, because most subscribers use readers that identify the item by
//! these. For all other elements, it uses the first occurrence.

use std::borrow::Cow;

use super::link::with_relation;
use super::namespace::Ns;
use super::value::{DateNotation, Located, Text, TextKind, date_in, text_of, value_of};
use super::xml::Element;
use super::xml_text;

/// The channel in the root element, or `None` if there is none.
pub(super) fn channel<'d>(root: &Element<'d>) -> Option<Element<'d>> {
    // The namespace is not compared, because some feeds declare a default namespace that does not belong to RSS.
    root.children().find(|child| child.name() == "channel")
}

/// The items, in document order.
pub(super) fn items<'d>(root: &Element<'d>, channel: &Element<'d>) -> impl Iterator<Item = Element<'d>> + use<'d> {
    let ns = channel.ns();
    // In RSS 0.90 and 1.0, items are siblings of the channel.
    let children = channel.children().chain(root.children());
    children.filter(move |child| child.is(ns, "item"))
}

/// The URL of the page that the channel belongs to.
pub(super) fn home_page<'d>(channel: &Element<'d>) -> Option<Cow<'d, str>> {
    link(channel).map(|(link, _)| link)
}

/// The feed's own URL.
pub(super) fn self_link<'d>(channel: &Element<'d>) -> Option<Cow<'d, str>> {
    let link = with_relation(channel, Ns::ATOM, "self").next()?;
    link.value("href").map(Cow::Borrowed)
}

/// The date on which the channel was last changed.
pub(super) fn feed_updated<'d, T>(
    channel: &Element<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    date_in(channel, &[(channel.ns(), "lastBuildDate", DateNotation::Rfc822)], parse)
}

pub(super) fn id<'d>(item: &Element<'d>) -> Option<Located<'d, Cow<'d, str>>> {
    text_of(item.last_child(item.ns(), "guid")).or_else(|| {
        // RSS 1.0 has no guid: the id of an item is its `rdf:about`.
        let (about, range) = value_of(&item.attribute_in(Ns::RDF, "about")?);
        Some((Cow::Owned(about.trim().to_owned()), range))
    })
}

pub(super) fn link<'d>(item: &Element<'d>) -> Option<Located<'d, Cow<'d, str>>> {
    text_of(item.last_child(item.ns(), "link"))
}

pub(super) fn permalink<'d>(item: &Element<'d>) -> Option<Located<'d, Cow<'d, str>>> {
    let guid = || {
        let guid = item.last_child(item.ns(), "guid")?;
        // A guid is a URL unless `isPermaLink` is `false`. Some generators omit the attribute although their guids are
        // not URLs.
        let is_permalink = guid.value("isPermaLink").is_none_or(|value| value.trim() == "true");
        text_of(Some(guid)).filter(|(text, _)| is_permalink && text.contains("://"))
    };
    text_of(item.last_child(Ns::FEEDBURNER, "origLink"))
        .or_else(|| link(item))
        .or_else(guid)
}

pub(super) fn title<'d>(item: &Element<'d>) -> Option<Text<'d>> {
    let title = item.child(item.ns(), "title")?;
    Some(xml_text::text(title, TextKind::Unspecified))
}

/// The publication date of an item or a channel.
pub(super) fn published<'d, T>(
    item: &Element<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    let elements = [
        (item.ns(), "pubDate", DateNotation::Rfc822),
        // RSS 1.0 has no dates of its own. Readers use `dc:date` if there is no `pubDate`.
        (Ns::DC, "date", DateNotation::W3cdtf),
    ];
    date_in(item, &elements, parse)
}

pub(super) fn updated<'d, T>(
    item: &Element<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    // RSS has no element for the date on which an item was last changed. Some generators, such as Blogger, write
    // `atom:updated`.
    date_in(item, &[(Ns::ATOM, "updated", DateNotation::Rfc3339)], parse)
}

pub(super) fn summary<'d>(item: &Element<'d>) -> Option<Text<'d>> {
    let description = item.child(item.ns(), "description")?;
    Some(xml_text::text(description, TextKind::Html))
}

pub(super) fn content<'d>(item: &Element<'d>) -> Option<Text<'d>> {
    let encoded = item.child(Ns::CONTENT, "encoded")?;
    Some(xml_text::text(encoded, TextKind::Html))
}
