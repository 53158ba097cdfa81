//! Atom links, which RSS feeds can also contain.

use super::namespace::Ns;
use super::xml::Element;

/// The relation of an `atom:link`. If the relation is written as a URL in IANA's registry, only the registered name at
/// the end of the URL is returned.
///
/// RFC 4287 section 4.2.7.2: the default is `alternate`, and a registered name may also be written as the URL of its
/// entry in the registry.
pub(crate) fn relation<'d>(link: &Element<'d>) -> &'d str {
    let relation = link.value("rel").unwrap_or("alternate");
    relation
        .strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(relation)
}

/// The links with the relation `wanted` in an element. `ns` is the namespace of Atom or of one of its drafts.
pub(crate) fn with_relation<'d>(element: &Element<'d>, ns: Ns, wanted: &str) -> impl Iterator<Item = Element<'d>> {
    let links = element.children().filter(move |child| child.is(ns, "link"));
    links.filter(move |link| relation(link) == wanted)
}
