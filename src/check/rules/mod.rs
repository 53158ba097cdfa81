//! The rules, one file per subject; each opens with the table of its rules, and beside it stands a page per rule.

pub(super) mod encoding;
pub(super) mod xml;

use super::Format;
use super::document;
use super::encoding::Decoded;
use super::report::Collector;
use crate::finding::Rule;

/// The tables, in the order of the documentation.
static TABLES: &[&[&Rule]] = &[encoding::RULES, xml::RULES];

/// Every rule.
pub(super) fn all() -> Vec<&'static Rule> {
    TABLES.iter().flat_map(|table| table.iter().copied()).collect()
}

/// The rules that only the W3C profile applies.
pub(super) fn w3c_only() -> &'static [&'static Rule] {
    &[]
}

/// Lets every rule look at the document; gives what it is.
pub(super) fn run(bytes: &[u8], decoded: Decoded<'_>, report: &mut Collector) -> Option<Format> {
    let _ = bytes;
    encoding::check(&decoded, report);
    let (document, fault) = document::read(decoded.text);
    xml::check(&document, fault, report);
    None
}
