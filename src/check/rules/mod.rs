//! The rules, one file per subject. A file that defines rules starts with a table of them; the folder of the same name
//! contains a page for each rule.

pub(super) mod addresses;
pub(super) mod atom;
pub(super) mod atom_link;
pub(super) mod atom_text;
pub(super) mod channel;
pub(super) mod coordinates;
pub(super) mod dates;
pub(super) mod encoding;
pub(super) mod extension_values;
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
pub(super) mod plain_text;
pub(super) mod podcast;
pub(super) mod previous;
pub(super) mod rdf;
mod repeats;
pub(super) mod rss;
pub(super) mod rss_values;
pub(super) mod site;
pub(super) mod structure;
pub(super) mod style_attribute;
pub(super) mod values;
pub(super) mod w3c;
mod walk;
pub(super) mod whole_feed;
mod xhtml;
pub(super) mod xml;

use super::Format;
use super::report::Collector;
use crate::feed::{self, encoding::Decoded, xml::Strictness};
use crate::finding::Rule;

/// The tables of rules, in the order in which the documentation lists them.
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
    style_attribute::RULES,
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
    coordinates::RULES,
    extension_values::RULES,
    whole_feed::RULES,
    previous::RULES,
    site::RULES,
    w3c::RULES,
];

/// Every rule.
pub(super) fn all() -> Vec<&'static Rule> {
    TABLES.iter().flat_map(|table| table.iter().copied()).collect()
}

/// The rule whose current or former id is `id`.
pub(super) fn find(id: &str) -> Option<&'static Rule> {
    TABLES
        .iter()
        .flat_map(|table| table.iter())
        .find(|rule| rule.has_id(id))
        .copied()
}

/// The rules that apply only under the W3C profile.
pub(super) fn w3c_only() -> &'static [&'static Rule] {
    w3c::RULES
}

/// Checks a document against every rule. Returns its format, or `None` if the document is not a feed in a known format.
pub(super) fn run(bytes: &[u8], decoded: Decoded<'_>, report: &mut Collector) -> Option<Format> {
    whole_feed::check_size(bytes.len(), report);
    let start = decoded.text.trim_start().chars().next();
    match start {
        // A JSON Feed cannot be an array, but the JSON rules report an array more clearly than `report_unknown_syntax`
        // does.
        Some('{' | '[') => {
            encoding::check_json(&decoded, report);
            json_feed::check(&decoded.text, report);
            return Some(Format::Json);
        }
        Some(c) if c != '<' => {
            encoding::check(&decoded, report);
            format::report_unknown_syntax(report);
            return None;
        }
        _ => {}
    }
    encoding::check(&decoded, report);
    let declared = w3c::DeclaredEncoding::new(&decoded);
    // If there is a syntax error, the document still contains everything before the error, so its format can usually be
    // determined.
    let (document, fault) = feed::xml::read(decoded.text, Strictness::Xml);
    let format = format::check(&document, &fault, report);
    // If the document is not a feed but, for example, a web page, its syntax error is not reported: someone who
    // expected a feed only needs to know that the document is not one.
    let is_not_feed = format.is_none() && report.has(&format::UNKNOWN) && !report.is_w3c();
    xml::check(&document, fault.filter(|_| !is_not_feed), report);
    // The following checks make sense only for a feed.
    if let (Some(_), Some(root)) = (format, document.root()) {
        namespaces::check(&document, report);
        itunes::check_encoding(&document, declared.name, report);
        w3c::check(&document, &declared, &root, report);
    }
    format
}
