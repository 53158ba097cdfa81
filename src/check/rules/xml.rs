//! Well-formedness (XML 1.0, fifth edition, and Namespaces in XML 1.0), the limits of our parser, and parts of XML that
//! feeds should not use.

use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::{Document, Element, Fault, FaultKind, MAX_PIECES};
use crate::finding::rules;

rules! { "xml":
    NOT_WELL_FORMED     = "xml-not-well-formed",     Error,   "the XML is not well-formed",                                "XML 1.0 section 2.1", "SAXError";
    TAG_MISMATCH        = "xml-tag-mismatch",        Error,   "a start tag and an end tag do not match",                   "XML 1.0 section 3, Element Type Match", "SAXError";
    CHARACTER_FORBIDDEN = "xml-character-forbidden", Error,   "the document contains a character that XML does not allow", "XML 1.0 section 2.2", "SAXError";
    DECLARATION_INVALID = "xml-declaration-invalid", Error,   "the XML declaration is not valid",                          "XML 1.0 section 2.8", "SAXError";
    DECLARATION_LATE    = "xml-declaration-late",    Error,   "the XML declaration is not at the start of the file",       "XML 1.0 section 2.8", "WPBlankLine";
    VERSION_UNSUPPORTED = "xml-version-unsupported", Error,   "the XML version is not 1.0",                                "XML 1.0 section 2.8", "BadXmlVersion";
    ENTITY_UNDEFINED    = "xml-entity-undefined",    Error,   "the document refers to an undefined entity",                "XML 1.0 section 4.1", "SAXError";
    ENTITY_EXTERNAL     = "xml-entity-external",     Error,   "the document uses an external entity",                      "XML 1.0 section 4.2.2", "ContainsSystemEntity";
    ENTITY_DECLARED     = "xml-entity-declared",     Warning, "the document declares entities",                            "XML 1.0 section 4.2.1";
    DOCTYPE_EXTERNAL    = "xml-doctype-external",    Error,   "the document type declaration refers to an external file",  "XML 1.0 section 2.8";
    PREFIX_UNDECLARED   = "xml-prefix-undeclared",   Error,   "a namespace prefix is not declared",                        "Namespaces in XML section 5", "SAXError";
    NAMESPACE_INVALID   = "xml-namespace-invalid",   Error,   "a namespace declaration is not valid",                      "Namespaces in XML section 3", "SAXError";
    ATTRIBUTE_DUPLICATE = "xml-attribute-duplicate", Error,   "an element has the same attribute twice",                   "XML 1.0 section 3.1, Unique Att Spec", "SAXError";
    LIMIT_EXCEEDED      = "xml-limit-exceeded",      Error,   "the document exceeds a limit of the parser",                "Feedwright's limits", "SAXError";
    TEXT_IN_PIECES      = "xml-text-in-pieces",      Warning, "the text is split into too many pieces",                    "Feedwright's limits";
    STYLESHEET_UNSAFE   = "xml-stylesheet-unsafe",   Warning, "the style sheet's URL is not an http or https URL",         "Associating Style Sheets with XML documents 1.0";
    XINCLUDE            = "xml-xinclude",            Warning, "the document uses XInclude to include another file",        "XInclude 1.0 section 3";
    SCHEMA_LOCATION     = "xml-schema-location",     Warning, "the document refers to an XML schema",                      "XML Schema Part 1 section 2.6.3";
}

/// Reports the error that stopped the parser, if any, and checks everything outside elements.
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
        // An XML version other than 1.0 has already been reported.
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
    if let Some((at, pieces)) = &document.pieces {
        report
            .add(
                &TEXT_IN_PIECES,
                at.clone(),
                format!("the text contains more than {MAX_PIECES} {pieces}"),
            )
            .help("write letters and digits without references, and do not split the text into many CDATA sections");
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
                format!("the XML version is {version}, but readers support only 1.0"),
            )
            .help("write `version=\"1.0\"`");
    }
}

fn check_doctype(document: &Document<'_>, report: &mut Collector) {
    for at in &document.external {
        report
            .add(&ENTITY_EXTERNAL, at.clone(), "the text refers to an external entity")
            .help(
                "put the text itself in the feed: external entities are used in attacks, so readers do not load them",
            );
    }
    let Some(doctype) = &document.doctype else {
        return;
    };
    for at in &doctype.external {
        report
            .add(&ENTITY_EXTERNAL, at.clone(), "the document declares an external entity")
            .help(
                "put the text itself in the feed: external entities are used in attacks, so readers do not load them",
            );
    }
    // One finding is enough: the fix is the same for all entities.
    if let Some(at) = doctype.entities.first() {
        report
            .add(&ENTITY_DECLARED, at.clone(), "the document declares entities")
            .help("write the text itself: entity declarations are used in attacks, so some readers reject them");
    }
    let Some(system) = &doctype.system else {
        return;
    };
    // Netscape's document type for RSS 0.91 has its own rule in `rss`.
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
                format!("the document type declaration refers to `{}`", cut(system)),
            )
            .help("remove the document type declaration: a feed does not need one");
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
        // XML parsers return the content of a processing instruction as plain text, so `href` is extracted here.
        let href = data.split_once("href=").and_then(|(_, rest)| {
            let quote = rest.chars().next()?;
            rest.get(1..)?.split(quote).next()
        });
        let scheme = href
            .and_then(|href| href.split_once(':'))
            .map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
        // A colon after a slash belongs to a relative path, not to a scheme.
        if let Some(scheme) =
            scheme.filter(|scheme| !matches!(scheme.as_str(), "http" | "https") && !scheme.contains('/'))
        {
            report
                .add(
                    &STYLESHEET_UNSAFE,
                    range.clone(),
                    format!("the style sheet is at a `{scheme}:` URL"),
                )
                .help("put it on the site and use its https URL");
        }
    }
}

/// Checks whether an element includes another file through XInclude, or has an attribute that refers to an XML schema.
pub(super) fn check_element(element: &Element<'_>, report: &mut Collector) {
    if element.ns() == Ns::XINCLUDE {
        report
            .add(
                &XINCLUDE,
                element.range(),
                "`include` refers to another file that contains part of the feed",
            )
            .help("copy the content of the file into the feed: readers do not support XInclude")
            .about(element);
    }
    if let Some(attribute) = element
        .attributes()
        // `xsi:type` does not refer to a file.
        .find(|attribute| attribute.ns() == Ns::XSI && attribute.name() != "type")
    {
        report
            .add(
                &SCHEMA_LOCATION,
                attribute.range(),
                "the attribute refers to an XML schema, which readers do not use",
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
