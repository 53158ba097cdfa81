//! Well-formedness: XML 1.0 (fifth edition) and Namespaces in XML 1.0, and the limits of the reader.

use crate::check::document::{Document, Fault, FaultKind, MAX_PIECES};
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

rules! { "xml":
    NOT_WELL_FORMED      = "xml-not-well-formed",       Error,   "not well-formed",                                    "XML 1.0 section 2.1", "SAXError";
    TAG_MISMATCH         = "xml-tag-mismatch",          Error,   "an element is not closed where it must be",          "XML 1.0 section 3, Element Type Match", "SAXError";
    CHARACTER_FORBIDDEN  = "xml-character-forbidden",   Error,   "a character that XML cannot hold",                   "XML 1.0 section 2.2", "SAXError";
    DECLARATION_INVALID  = "xml-declaration-invalid",   Error,   "the XML declaration is wrong",                       "XML 1.0 section 2.8", "SAXError";
    DECLARATION_LATE     = "xml-declaration-late",      Error,   "something stands before the XML declaration",        "XML 1.0 section 2.8", "WPBlankLine";
    VERSION_UNSUPPORTED  = "xml-version-unsupported",   Error,   "a version of XML other than 1.0",                    "XML 1.0 section 2.8", "BadXmlVersion";
    ENTITY_UNDEFINED     = "xml-entity-undefined",      Error,   "a reference to nothing",                             "XML 1.0 section 4.1", "SAXError";
    ENTITY_EXTERNAL      = "xml-entity-external",       Error,   "an entity outside the document",                     "XML 1.0 section 4.2.2", "ContainsSystemEntity";
    ENTITY_DECLARED      = "xml-entity-declared",       Warning, "an entity of the document's own",                    "XML 1.0 section 4.2.1";
    DOCTYPE_EXTERNAL     = "xml-doctype-external",      Error,   "a document type outside the document",               "XML 1.0 section 2.8";
    PREFIX_UNDECLARED    = "xml-prefix-undeclared",     Error,   "a prefix without a namespace",                       "Namespaces in XML section 5", "SAXError";
    NAMESPACE_INVALID    = "xml-namespace-invalid",     Error,   "a namespace declared as it cannot be",               "Namespaces in XML section 3", "SAXError";
    ATTRIBUTE_DUPLICATE  = "xml-attribute-duplicate",   Error,   "an attribute twice on one element",                  "XML 1.0 section 3.1, Unique Att Spec", "SAXError";
    LIMIT_EXCEEDED       = "xml-limit-exceeded",        Error,   "larger or deeper than anyone reads",                 "Feedwright's limits", "SAXError";
    TEXT_IN_PIECES       = "xml-text-in-pieces",        Warning, "a text in more pieces than anyone writes",           "Feedwright's limits";
    STYLESHEET_UNSAFE    = "xml-stylesheet-unsafe",     Warning, "a style sheet that is not an http address",          "Associating Style Sheets with XML documents 1.0";
    XINCLUDE             = "xml-xinclude",              Warning, "a part to be included from elsewhere",               "XInclude 1.0 section 3";
    SCHEMA_LOCATION      = "xml-schema-location",       Warning, "a pointer to a schema",                              "XML Schema Part 1 section 2.6.3";
}

/// Notes what stopped the reader, and what of XML a feed should not use.
pub(super) fn check(document: &Document<'_>, fault: Option<Fault>, report: &mut Collector) {
    check_declaration(document, report);
    check_doctype(document, report);
    check_instructions(document, report);
    check_pieces(document, report);
    if let Some(fault) = fault {
        let rule = match fault.kind {
            FaultKind::Syntax => &NOT_WELL_FORMED,
            FaultKind::Tag => &TAG_MISMATCH,
            FaultKind::Character => &CHARACTER_FORBIDDEN,
            FaultKind::Declaration => &DECLARATION_INVALID,
            FaultKind::BeforeDeclaration => &DECLARATION_LATE,
            FaultKind::Entity => &ENTITY_UNDEFINED,
            FaultKind::ExternalEntity => &ENTITY_EXTERNAL,
            FaultKind::Prefix => &PREFIX_UNDECLARED,
            FaultKind::Namespace => &NAMESPACE_INVALID,
            FaultKind::Attribute => &ATTRIBUTE_DUPLICATE,
            FaultKind::Limit => &LIMIT_EXCEEDED,
        };
        // A version that does not exist is said once.
        let version = document
            .declaration
            .as_ref()
            .and_then(|declaration| declaration.version.as_ref());
        if version.is_none_or(|(_, at)| *at != fault.at) {
            report.add(rule, fault.at, fault.message).help(fault.help);
        }
    }
}

fn check_pieces(document: &Document<'_>, report: &mut Collector) {
    if let Some((at, what)) = &document.pieces {
        report
            .add(
                &TEXT_IN_PIECES,
                at.clone(),
                format!("more than {MAX_PIECES} {what} in one text"),
            )
            .help("write the text itself");
    }
}

fn check_declaration(document: &Document<'_>, report: &mut Collector) {
    let version = document
        .declaration
        .as_ref()
        .and_then(|declaration| declaration.version.as_ref());
    if let Some((version, at)) = version.filter(|(version, _)| version != "1.0") {
        report
            .add(
                &VERSION_UNSUPPORTED,
                at.clone(),
                format!("XML {version}, where readers know 1.0"),
            )
            .help("write `version=\"1.0\"`");
    }
}

fn check_doctype(document: &Document<'_>, report: &mut Collector) {
    for at in &document.external {
        report
            .add(
                &ENTITY_EXTERNAL,
                at.clone(),
                "a reference to an entity outside the document",
            )
            .help("readers do not fetch it, and should not: write its text into the feed");
    }
    let Some(doctype) = &document.doctype else {
        return;
    };
    for at in &doctype.external {
        report
            .add(
                &ENTITY_EXTERNAL,
                at.clone(),
                "an entity outside the document is declared",
            )
            .help("readers do not fetch it, and should not: write its text into the feed");
    }
    if let Some(at) = doctype.entities.first() {
        report
            .add(
                &ENTITY_DECLARED,
                at.clone(),
                "the document declares entities of its own",
            )
            .help("write the characters themselves; readers refuse entities because of the attacks that use them");
    }
    let Some(system) = &doctype.system else {
        return;
    };
    let is_netscape = doctype
        .public
        .as_deref()
        .is_some_and(|public| public.contains("Netscape"))
        || system.contains("netscape.com/publish/formats/rss");
    if !is_netscape {
        report
            .add(
                &DOCTYPE_EXTERNAL,
                doctype.at.clone(),
                format!("the document type is at `{}`", cut(system)),
            )
            .help("a feed needs no document type declaration: remove it");
    }
}

fn check_instructions(document: &Document<'_>, report: &mut Collector) {
    for range in &document.instructions {
        let Some(data) = document
            .text()
            .get(range.clone())
            .and_then(|text| text.strip_prefix("xml-stylesheet"))
        else {
            continue;
        };
        let href = data.split_once("href=").and_then(|(_, rest)| {
            let quote = rest.chars().next()?;
            rest.get(1..)?.split(quote).next()
        });
        let scheme = href
            .and_then(|href| href.split_once(':'))
            .map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
        if let Some(scheme) =
            scheme.filter(|scheme| !matches!(scheme.as_str(), "http" | "https") && !scheme.contains('/'))
        {
            report
                .add(
                    &STYLESHEET_UNSAFE,
                    range.clone(),
                    format!("the style sheet is a `{scheme}:` address"),
                )
                .help("put it on the site and name it by its http address");
        }
    }
}

/// Notes elements and attributes that ask a processor to fetch something.
pub(super) fn check_element(element: &crate::check::document::Element<'_>, report: &mut Collector) {
    use crate::check::namespace::Ns;
    if element.ns() == Ns::XINCLUDE {
        report
            .add(
                &XINCLUDE,
                element.range(),
                "`include` asks the reader to fetch a part of the feed",
            )
            .help("no feed reader does: write the part into the feed")
            .severity(Severity::Warning)
            .about(element);
    }
    if let Some(attribute) = element
        .attributes()
        .find(|attribute| attribute.ns() == Ns::XSI && attribute.name() != "type")
    {
        report
            .add(
                &SCHEMA_LOCATION,
                attribute.range(),
                "a schema is named that no feed reader uses",
            )
            .help("remove the attribute")
            .about(element)
            .attribute(attribute.qualified());
    }
}

fn cut(text: &str) -> String {
    let end = text.char_indices().nth(80).map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
}
