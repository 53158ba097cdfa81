//! RSS in RDF: 1.0, 1.1 and 0.90.

use crate::check::field::{Field, excerpt};
use crate::check::grammar::address;
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;
use std::collections::HashSet;

rules! { "rdf":
    ELEMENT_MISSING = "rdf-element-missing", Error, "a required element of RSS 1.0 is missing", "RSS 1.0 section 5", "MissingElement";
    ABOUT_INVALID   = "rdf-about-invalid",   Error, "`rdf:about` is not a URL",                 "RSS 1.0 section 5; RDF/XML", "InvalidLink";
    ABOUT_DUPLICATE = "rdf-about-duplicate", Error, "two elements have the same `rdf:about`",   "RSS 1.0 section 5.5", "DuplicateValue";
    RDF_INVALID     = "rdf-invalid",         Error, "the document is not valid RDF",            "RDF/XML Syntax Specification", "InvalidRDF";
}

/// Checks `rdf:about`, which contains the URL of the resource that the element describes.
pub(in crate::check) fn check_about(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text;
    let class = match address::reference(text) {
        Ok(()) if text.is_empty() || text.contains("://") && address::scheme(text).is_none() => Some("InvalidLink"),
        Ok(()) => None,
        Err(address::AddressFault::Character(_)) => Some("InvalidUriChar"),
        Err(_) => Some("InvalidLink"),
    };
    if let Some(class) = class {
        report
            .add(
                &ABOUT_INVALID,
                field.range(),
                format!("`{}` is not a URL", field.excerpt()),
            )
            .help("write the URL of the page that the element describes")
            .class(class)
            .about(field.element)
            .attribute("rdf:about");
    }
}

/// Checks that no two elements describe the same resource, and that the document is valid RDF.
pub(super) fn check(root: &Element<'_>, report: &mut Collector) {
    let mut resources = HashSet::new();
    let is_part = |element: &Element<'_>| {
        matches!(element.ns(), Ns::RSS10 | Ns::RSS09 | Ns::RSS11)
            && matches!(element.name(), "item" | "channel" | "Channel" | "image")
    };
    check_properties(root, report);
    for element in std::iter::once(*root).chain(root.descendants()) {
        let Some(about) = element.attribute_in(Ns::RDF, "about").filter(|_| is_part(&element)) else {
            continue;
        };
        if !resources.insert(about.value()) {
            report
                .add(
                    &ABOUT_DUPLICATE,
                    about.range(),
                    format!("another element has the same `rdf:about`: `{}`", excerpt(about.value())),
                )
                .help("give each item the URL of its own page")
                .about(&element)
                .attribute("rdf:about");
        }
    }
}

/// Checks the location of each item and the content of extension elements. In RDF, an extension element is a property,
/// which contains either text or a single resource.
fn check_properties(root: &Element<'_>, report: &mut Collector) {
    let is_core = |ns: Ns| matches!(ns, Ns::RSS10 | Ns::RSS11 | Ns::RSS09);
    for element in root.descendants() {
        let parent_ns = element.parent().map_or(Ns::NONE, |parent| parent.ns());
        if element.is(Ns::RSS10, "item") && parent_ns == Ns::RSS10 {
            report
                .add(
                    &RDF_INVALID,
                    element.range(),
                    "the item is not a child of the root element",
                )
                .help("move it next to the channel: in RSS 1.0, items are children of the root element")
                .about(&element);
        }
        let is_property = is_core(parent_ns) && !is_core(element.ns()) && !matches!(element.ns(), Ns::RDF | Ns::XHTML);
        // `rdf:parseType` allows other content: a list of resources, or literal XML, as in older feeds from arXiv.
        if !is_property || element.attribute_in(Ns::RDF, "parseType").is_some() {
            continue;
        }
        let mut children = element.children();
        let Some(child) = children.next() else {
            continue;
        };
        let is_mixed = !element.text().trim().is_empty() || children.next().is_some();
        if is_mixed || child.attribute_in(Ns::RDF, "resource").is_some() {
            report
                .add(
                    &RDF_INVALID,
                    element.range(),
                    format!(
                        "`{}` must contain either text only or a single resource",
                        element.qualified()
                    ),
                )
                .help("write text only, or a single element that represents the resource")
                .about(&element);
        }
    }
}
