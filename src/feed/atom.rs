//! Atom 1.0 (RFC 4287) and its drafts, such as Atom 0.3, in which some elements have different names.
//!
//! Elements are looked up in the namespace of their parent: Atom's, that of a draft, or, in some faulty feeds, none. If
//! an entry has several ids, the last one counts, as in [`rss`](super::rss).

use std::borrow::Cow;

use super::link::with_relation;
use super::namespace::Ns;
use super::value::{DateNotation, Located, Text, TextKind, date_in, text_of, value_of};
use super::xml::Element;
use super::xml_text;

/// The entries of a feed.
pub(super) fn entries<'d>(feed: &Element<'d>) -> impl Iterator<Item = Element<'d>> + use<'d> {
    let ns = feed.ns();
    feed.children().filter(move |child| child.is(ns, "entry"))
}

/// The URL of the page that the feed belongs to.
pub(super) fn home_page<'d>(feed: &Element<'d>) -> Option<Cow<'d, str>> {
    link(feed).map(|(link, _)| link)
}

/// The feed's own URL.
pub(super) fn self_link<'d>(feed: &Element<'d>) -> Option<Cow<'d, str>> {
    let link = with_relation(feed, feed.ns(), "self").next()?;
    link.value("href").map(Cow::Borrowed)
}

pub(super) fn id<'d>(entry: &Element<'d>) -> Option<Located<'d, Cow<'d, str>>> {
    text_of(entry.last_child(entry.ns(), "id"))
}

pub(super) fn link<'d>(entry: &Element<'d>) -> Option<Located<'d, Cow<'d, str>>> {
    let pages = || with_relation(entry, entry.ns(), "alternate");
    // An entry may have several alternate links, such as one to a page and one to a PDF file (RFC 4287 section 4.1.2).
    let is_html = |link: &Element<'_>| link.value("type").is_none_or(|kind| kind.contains("html"));
    let link = pages().find(is_html).or_else(|| pages().next())?;
    Some(value_of(&link.attribute("href")?))
}

pub(super) fn permalink<'d>(entry: &Element<'d>) -> Option<Located<'d, Cow<'d, str>>> {
    text_of(entry.last_child(Ns::FEEDBURNER, "origLink")).or_else(|| link(entry))
}

pub(super) fn title<'d>(entry: &Element<'d>) -> Option<Text<'d>> {
    Some(text_construct(entry.child(entry.ns(), "title")?))
}

/// The publication date, which is optional (RFC 4287 section 4.2.9).
pub(super) fn published<'d, T>(
    entry: &Element<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    date(entry, ["published", "issued"], parse)
}

/// The date on which a feed or an entry was last changed.
pub(super) fn updated<'d, T>(
    element: &Element<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    date(element, ["updated", "modified"], parse)
}

/// A date, given the names of its element in Atom 1.0 and in Atom 0.3.
fn date<'d, T>(
    element: &Element<'d>,
    [name, old_name]: [&str; 2],
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    let ns = element.ns();
    let elements = [(ns, name, DateNotation::Rfc3339), (ns, old_name, DateNotation::W3cdtf)];
    // The elements of Atom 0.3 do not exist in the namespace of Atom 1.0.
    let known = if ns == Ns::ATOM { &elements[..1] } else { &elements };
    date_in(element, known, parse)
}

pub(super) fn summary<'d>(entry: &Element<'d>) -> Option<Text<'d>> {
    Some(text_construct(entry.child(entry.ns(), "summary")?))
}

/// The content. The element is empty if it has a `src` attribute, because the text is then at another address (RFC 4287
/// section 4.1.3.2).
pub(super) fn content<'d>(entry: &Element<'d>) -> Option<Text<'d>> {
    Some(text_construct(entry.child(entry.ns(), "content")?))
}

/// Reads an element that contains plain text, escaped HTML or XHTML elements (RFC 4287 section 3.1). In Atom 0.3, its
/// `type` is a media type. In Atom 1.0, the `type` of `content` can also be a media type.
fn text_construct(element: Element<'_>) -> Text<'_> {
    let kind = match element.value("type").unwrap_or("text").trim() {
        "text" | "text/plain" => TextKind::Plain,
        _ => TextKind::Html,
    };
    xml_text::text(element, kind)
}
