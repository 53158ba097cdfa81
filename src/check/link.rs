//! Atom links, which RSS uses too.

use super::document::Element;

/// The relation of an `atom:link`, without the registry's address, if it starts with that.
///
/// RFC 4287 section 4.2.7.2: the default is `alternate`, and a registered name may also be written as an address.
pub(super) fn relation<'d>(link: &Element<'d>) -> &'d str {
    let relation = link.value("rel").unwrap_or("alternate");
    relation
        .strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(relation)
}
