//! Determines the format of an XML document from its root element.

use crate::check::Format;
use crate::check::field::excerpt;
use crate::check::report::Collector;
use crate::check::vocabulary::{atom, rdf as rdf_tables, rss as rss_tables};
use crate::feed::namespace::Ns;
use crate::feed::xml::{Document, Element, Fault};
use crate::finding::rules;

use super::{opml, rdf, rss, walk};

rules! { "format":
    UNKNOWN           = "feed-format-unknown",    Error, "the document is not a feed",                       "RSS 2.0, RFC 4287, JSON Feed, OPML 2.0", "UndefinedElement";
    NAMESPACE_MISSING = "atom-namespace-missing", Error, "the Atom feed has no namespace",                   "RFC 4287 section 2", "MissingNamespace";
    NAMESPACE_WRONG   = "feed-namespace-wrong",   Error, "the root element is in the wrong namespace",       "RFC 4287 section 2; RSS 2.0", "InvalidNamespace";
    NAMESPACE_OLD     = "atom-namespace-old",     Error, "the feed is in Atom 0.3 or another draft of Atom", "RFC 4287 section 2", "ObsoleteNamespace";
}

/// The namespaces of Atom 0.3 and other drafts.
const DRAFTS: [&str; 4] = [
    "http://purl.org/atom/ns#",
    "http://example.com/newformat#",
    "http://purl.org/atom/ns#draft-ietf-atompub-format-05",
    "http://purl.org/net/atom#",
];

/// Reports a document that is neither XML nor JSON.
pub(super) fn report_unknown_syntax(report: &mut Collector) {
    report
        .add(&UNKNOWN, 0..1, "the document is neither XML nor JSON")
        .help("a feed starts with `<` or `{`; check whether the file is compressed, an error page or a template")
        .class("SAXError");
}

/// Determines the format of a document, and checks the document against the rules for that format.
pub(super) fn check<'d>(document: &'d Document<'d>, fault: &Option<Fault>, report: &mut Collector) -> Option<Format> {
    let root = document.root()?;
    let table = match (root.ns(), root.name()) {
        // In drafts of RSS 2.0, the elements had a namespace.
        (Ns::NONE | Ns::RSS20, "rss") => {
            rss::check_root(&root, report);
            (Format::Rss, &rss_tables::RSS)
        }
        (Ns::ATOM, "feed") => (Format::Atom, &atom::FEED),
        // RFC 4287 section 2: an entry can be a document of its own.
        (Ns::ATOM, "entry") => (Format::AtomEntry, &atom::ENTRY),
        (Ns::RDF, "RDF") => {
            rdf::check(&root, report);
            // RSS 0.90 and RSS 1.0 have the same root element. Only the namespace of the root's children distinguishes
            // the two formats.
            let is_old = root.children().any(|child| child.ns() == Ns::RSS09);
            (
                Format::Rdf,
                if is_old { &rdf_tables::RSS09 } else { &rdf_tables::RSS10 },
            )
        }
        (Ns::RSS11, "Channel") => {
            rdf::check(&root, report);
            (Format::Rdf, &rdf_tables::RSS11)
        }
        (Ns::NONE, "opml") => {
            opml::check(document, &root, report);
            return Some(Format::Opml);
        }
        (Ns::NONE, "outlineDocument") => {
            opml::check_old(&root, report);
            return Some(Format::Opml);
        }
        _ => return check_unknown(document, &root, report),
    };
    let (format, def) = table;
    // After a syntax error, most other findings would only be consequences of the error. The W3C validator reports
    // findings while it parses, so it also reports the findings that precede the error.
    if fault.is_some() && !report.is_w3c() {
        return Some(format);
    }
    walk::check(document, root, def, report);
    Some(format)
}

/// Reports a root element that does not belong to any format. Returns the format that was probably meant.
fn check_unknown<'d>(document: &'d Document<'d>, root: &Element<'d>, report: &mut Collector) -> Option<Format> {
    let uri = document.namespace(root.ns());
    let range = root.range().start..root.range().start + 1 + root.qualified().len();
    match root.name() {
        "feed" | "entry" if root.ns() == Ns::NONE => {
            report
                .add(
                    &NAMESPACE_MISSING,
                    range,
                    format!("`{}` has no namespace", root.qualified()),
                )
                .help("add `xmlns=\"http://www.w3.org/2005/Atom\"`")
                .about(root);
            // The W3C validator continues as if the feed were in the Atom namespace.
            if report.is_w3c() && root.name() == "feed" {
                walk::check(document, *root, &atom::FEED, report);
            }
            Some(Format::Atom)
        }
        // The feed is not checked further, because the elements of the drafts differ from those of Atom 1.0.
        "feed" if DRAFTS.contains(&uri) => {
            report
                .add(
                    &NAMESPACE_OLD,
                    range,
                    "the feed is in Atom 0.3 or another draft, which most readers no longer support",
                )
                .help("write `xmlns=\"http://www.w3.org/2005/Atom\"`, and follow RFC 4287")
                .about(root);
            Some(Format::Atom)
        }
        "feed" | "entry" | "rss" | "Channel" => {
            report
                .add(
                    &NAMESPACE_WRONG,
                    range,
                    format!("`{}` is in the wrong namespace, `{}`", root.qualified(), excerpt(uri)),
                )
                .help("write `xmlns=\"http://www.w3.org/2005/Atom\"` for Atom, and no namespace for RSS")
                .about(root);
            None
        }
        name => {
            let help = if name.eq_ignore_ascii_case("html") {
                "this is a web page; the server may have returned an error page"
            } else {
                "the root element of a feed is `rss`, `feed`, `rdf:RDF` or `opml`"
            };
            report
                .add(&UNKNOWN, range, format!("`{name}` is not the root element of a feed"))
                .help(help)
                .about(root);
            None
        }
    }
}
