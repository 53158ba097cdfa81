//! The rules, one file per subject; each opens with the table of its rules, and beside it stands a page per rule.

pub(super) mod addresses;
pub(super) mod atom;
pub(super) mod atom_link;
pub(super) mod atom_text;
pub(super) mod care;
pub(super) mod channel;
pub(super) mod dates;
pub(super) mod encoding;
pub(super) mod extension;
pub(super) mod format;
pub(super) mod history;
pub(super) mod html_content;
pub(super) mod ids;
pub(super) mod item;
pub(super) mod itunes;
pub(super) mod json_feed;
pub(super) mod media;
pub(super) mod namespaces;
pub(super) mod opml;
pub(super) mod persons;
pub(super) mod places;
pub(super) mod plain_text;
pub(super) mod podcast;
pub(super) mod previous;
pub(super) mod rdf;
mod repeats;
pub(super) mod rss;
pub(super) mod rss_values;
pub(super) mod site;
pub(super) mod strangers;
pub(super) mod structure;
pub(super) mod style;
pub(super) mod values;
pub(super) mod w3c;
pub(super) mod xml;

use super::Format;
use super::document::{self, Element};
use super::encoding::Decoded;
use super::namespace::Ns;
use super::report::Collector;
use crate::finding::Rule;

/// The tables, in the order of the documentation.
static TABLES: &[&[&Rule]] = &[
    encoding::RULES,
    xml::RULES,
    format::RULES,
    namespaces::RULES,
    structure::RULES,
    values::RULES,
    dates::RULES,
    addresses::RULES,
    ids::RULES,
    persons::RULES,
    plain_text::RULES,
    html_content::RULES,
    style::RULES,
    rss::RULES,
    channel::RULES,
    item::RULES,
    rss_values::RULES,
    atom::RULES,
    atom_text::RULES,
    atom_link::RULES,
    history::RULES,
    rdf::RULES,
    json_feed::RULES,
    opml::RULES,
    itunes::RULES,
    podcast::RULES,
    media::RULES,
    places::RULES,
    extension::RULES,
    care::RULES,
    previous::RULES,
    site::RULES,
    w3c::RULES,
];

/// Every rule.
pub(super) fn all() -> Vec<&'static Rule> {
    TABLES.iter().flat_map(|table| table.iter().copied()).collect()
}

/// The rule with an id, which may be a former one.
pub(super) fn named(id: &str) -> Option<&'static Rule> {
    TABLES
        .iter()
        .flat_map(|table| table.iter())
        .find(|rule| rule.has_id(id))
        .copied()
}

/// The rules that only the W3C profile applies.
pub(super) fn w3c_only() -> &'static [&'static Rule] {
    w3c::RULES
}

/// Lets every rule look at the document; gives what it is.
pub(super) fn run(bytes: &[u8], decoded: Decoded<'_>, report: &mut Collector) -> Option<Format> {
    care::check_size(bytes.len(), report);
    let start = decoded.text.trim_start().chars().next();
    match start {
        Some('{' | '[') => {
            encoding::check_json(&decoded, report);
            json_feed::check(&decoded.text, report);
            return Some(Format::Json);
        }
        Some(c) if c != '<' => {
            encoding::check(&decoded, report);
            format::neither(report);
            return None;
        }
        _ => {}
    }
    encoding::check(&decoded, report);
    let declared = w3c::Declared::of(&decoded);
    let (document, fault) = document::read(decoded.text);
    let format = format::check(&document, &fault, report);
    // A web page is no feed, and how well-formed it is helps no one.
    let is_other = format.is_none() && report.has(&format::UNKNOWN) && !report.is_w3c();
    xml::check(&document, fault.filter(|_| !is_other), report);
    if let (Some(_), Some(root)) = (format, document.root()) {
        namespaces::check(&document, report);
        itunes::check_encoding(&document, declared.encoding, report);
        w3c::check(&document, &declared, &root, report);
    }
    format
}

/// The namespace of the format that an element stands in: that of the root, or in RDF that of RSS 1.0.
fn core(element: &Element<'_>) -> Ns {
    let Some(root) = element.document().root() else {
        return Ns::NONE;
    };
    match root.ns() {
        Ns::RDF => Ns::RSS10,
        ns => ns,
    }
}
