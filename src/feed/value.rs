//! Values in a feed, with their ranges in the document.

use std::borrow::Cow;
use std::ops::Range;

use super::namespace::Ns;
use super::xml::{Attribute, Element};

/// A value and its range.
pub(crate) type Located<'d, T> = (T, LazyRange<'d>);

/// The range of a value. In XML, the range is computed only if there is something to report.
pub(crate) enum LazyRange<'d> {
    /// The range of the text in this element.
    TextOf(Element<'d>),
    Exact(Range<usize>),
}

impl LazyRange<'_> {
    pub(crate) fn range(&self) -> Range<usize> {
        match self {
            LazyRange::TextOf(element) => element.text_range(),
            LazyRange::Exact(range) => range.clone(),
        }
    }
}

/// The notation that a specification requires for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateNotation {
    Rfc822,
    Rfc3339,
    /// The W3C's profile of ISO 8601.
    W3cdtf,
}

/// The elements that may contain a date, in the order in which readers prefer them, each with the notation that its
/// specification requires.
pub(super) type DateElements<'n> = &'n [(Ns, &'n str, DateNotation)];

/// The first date in these child elements. Dates that `parse` rejects are skipped.
pub(super) fn date_in<'d, T>(
    parent: &Element<'d>,
    elements: DateElements<'_>,
    parse: impl Fn(&str, DateNotation) -> Option<T>,
) -> Option<Located<'d, T>> {
    elements.iter().find_map(|&(ns, name, notation)| {
        let element = parent.child(ns, name)?;
        let date = parse(element.text().trim(), notation)?;
        Some((date, LazyRange::TextOf(element)))
    })
}

/// A title, a summary or content.
pub(crate) struct Text<'d> {
    /// The text as written, except that XHTML elements are converted to HTML.
    pub(crate) value: Cow<'d, str>,
    pub(crate) kind: TextKind,
    pub(crate) range: LazyRange<'d>,
}

/// Whether text is plain text or HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    Plain,
    Html,
    /// Either plain text or HTML: RSS does not say which of the two a title contains.
    Unspecified,
}

/// The text of an element without surrounding white space; `None` if the element is missing or has no text.
pub(super) fn text_of(element: Option<Element<'_>>) -> Option<Located<'_, Cow<'_, str>>> {
    let element = element?;
    let text = match element.text() {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    (!text.is_empty()).then_some((text, LazyRange::TextOf(element)))
}

/// The value of an attribute, with its range.
pub(super) fn value_of<'d>(attribute: &Attribute<'d>) -> Located<'d, Cow<'d, str>> {
    (
        Cow::Borrowed(attribute.value()),
        LazyRange::Exact(attribute.value_range()),
    )
}
