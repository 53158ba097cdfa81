//! JSON Feed 1.0 and 1.1.

use std::borrow::Cow;

use super::json::{Kind, Member, member};
use super::value::{DateNotation, LazyRange, Located, Text, TextKind};

/// The members of an object.
pub(super) type Object<'d> = &'d [Member<'d>];

/// The items of a feed, or `None` if the feed has no `items` array.
pub(super) fn items<'d>(feed: Object<'d>) -> Option<impl Iterator<Item = Object<'d>>> {
    let items = member(feed, "items")?.as_array()?;
    Some(items.iter().filter_map(|item| item.as_object()))
}

/// The URL of the page that the feed belongs to.
pub(super) fn home_page(feed: Object<'_>) -> Option<Cow<'_, str>> {
    string(feed, "home_page_url").map(|(url, _)| url)
}

/// The feed's own URL.
pub(super) fn self_link(feed: Object<'_>) -> Option<Cow<'_, str>> {
    string(feed, "feed_url").map(|(url, _)| url)
}

pub(super) fn id(item: Object<'_>) -> Option<Located<'_, Cow<'_, str>>> {
    let id = member(item, "id")?;
    let text = match &id.kind {
        Kind::String(text) => text,
        // An id may be a number, which readers must convert to a string (JSON Feed, `id`).
        Kind::Number(digits) => *digits,
        _ => return None,
    };
    Some((Cow::Borrowed(text), LazyRange::Exact(id.range.clone())))
}

pub(super) fn link(item: Object<'_>) -> Option<Located<'_, Cow<'_, str>>> {
    string(item, "url")
}

pub(super) fn permalink(item: Object<'_>) -> Option<Located<'_, Cow<'_, str>>> {
    // In a link blog, the only address in an item may be that of the recommended page.
    string(item, "url").or_else(|| string(item, "external_url"))
}

pub(super) fn title(item: Object<'_>) -> Option<Text<'_>> {
    text(item, "title", TextKind::Plain)
}

pub(super) fn published<'d, T>(
    item: Object<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    date(item, "date_published", parse)
}

pub(super) fn updated<'d, T>(
    item: Object<'d>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    date(item, "date_modified", parse)
}

fn date<'d, T>(
    item: Object<'d>,
    name: &str,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    let (text, range) = string(item, name)?;
    Some((parse(&text, DateNotation::Rfc3339)?, range))
}

pub(super) fn summary(item: Object<'_>) -> Option<Text<'_>> {
    text(item, "summary", TextKind::Plain)
}

pub(super) fn content(item: Object<'_>) -> Option<Text<'_>> {
    text(item, "content_html", TextKind::Html).or_else(|| text(item, "content_text", TextKind::Plain))
}

fn text<'d>(item: Object<'d>, name: &str, kind: TextKind) -> Option<Text<'d>> {
    let (value, range) = string(item, name)?;
    Some(Text { value, kind, range })
}

/// The string in a member. `None` if the member is missing or its value is not a string.
fn string<'d>(object: Object<'d>, name: &str) -> Option<Located<'d, Cow<'d, str>>> {
    let value = member(object, name)?;
    Some((Cow::Borrowed(value.as_str()?), LazyRange::Exact(value.range.clone())))
}
