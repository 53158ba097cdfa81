//! Atom links, which RSS uses too.

use super::document::Element;

/// The relation of an `atom:link`, with the address of the registry before it removed.
///
/// RFC 4287 section 4.2.7.2: `alternate` if there is no `rel`, and a registered name may also be written as an address.
pub(super) fn relation<'d>(link: &Element<'d>) -> &'d str {
    let relation = link.value("rel").unwrap_or("alternate");
    relation
        .strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(relation)
}
