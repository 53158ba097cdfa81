//! Atom links, which RSS uses too.

use super::document::Element;

/// The relation of an `atom:link`: only the registered name, even if the name is written as a URL of IANA's registry.
///
/// RFC 4287 section 4.2.7.2: the default is `alternate`, and a registered name may also be written as a URL.
pub(super) fn relation<'d>(link: &Element<'d>) -> &'d str {
    let relation = link.value("rel").unwrap_or("alternate");
    relation
        .strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(relation)
}
