//! RSS in RDF: 1.0, 1.1 and 0.90.

use crate::check::document::Element;
use crate::check::grammar::address;
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;
use std::collections::HashSet;

rules! { "rdf":
    ELEMENT_MISSING = "rdf-element-missing",   Error, "a part of RSS 1.0 that must be there",     "RSS 1.0 section 5", "MissingElement";
    ABOUT_INVALID   = "rdf-about-invalid",     Error, "not an address of a resource",             "RSS 1.0 section 5; RDF/XML", "InvalidLink";
    ABOUT_DUPLICATE = "rdf-about-duplicate",   Error, "two parts about one resource",             "RSS 1.0 section 5.5", "DuplicateValue";
    RDF_INVALID     = "rdf-invalid",           Error, "not RDF",                                  "RDF/XML Syntax Specification", "InvalidRDF";
}

pub(in crate::check) fn check_about(element: &Element<'_>, text: &str, report: &mut Collector) {
    let Some(attribute) = element.attribute_in(Ns::RDF, "about") else {
        return;
    };
    let wrong = match address::reference(text) {
        Ok(()) if text.is_empty() || text.contains("://") && address::scheme(text).is_none() => Some("InvalidLink"),
        Ok(()) => None,
        Err(address::AddressFault::Character(_)) => Some("InvalidUriChar"),
        Err(_) => Some("InvalidLink"),
    };
    if let Some(class) = wrong {
        report
            .add(
                &ABOUT_INVALID,
                attribute.value_range(),
                format!("`{}` is not an address", super::values::shown(text)),
            )
            .help("write the address of the page")
            .class(class)
            .about(element)
            .attribute("rdf:about");
    }
}

/// Checks that no two resources have one name.
pub(super) fn check(root: &Element<'_>, report: &mut Collector) {
    let mut seen = HashSet::new();
    let is_part = |element: &Element<'_>| {
        matches!(element.ns(), Ns::RSS10 | Ns::RSS09 | Ns::RSS11)
            && matches!(element.name(), "item" | "channel" | "Channel" | "image")
    };
    check_properties(root, report);
    for element in std::iter::once(*root).chain(root.descendants()) {
        let Some(about) = element.attribute_in(Ns::RDF, "about").filter(|_| is_part(&element)) else {
            continue;
        };
        if !seen.insert(about.value()) {
            report
                .add(
                    &ABOUT_DUPLICATE,
                    about.range(),
                    format!("another part is about `{}`", super::values::shown(about.value())),
                )
                .help("give each item the address of its own page")
                .about(&element)
                .attribute("rdf:about");
        }
    }
}

/// Checks what extensions say of a resource: RDF has properties that hold either text or one resource.
fn check_properties(root: &Element<'_>, report: &mut Collector) {
    let is_core = |ns: Ns| matches!(ns, Ns::RSS10 | Ns::RSS11 | Ns::RSS09);
    for element in root.descendants() {
        let around = element.parent().map_or(Ns::NONE, |parent| parent.ns());
        if element.is(Ns::RSS10, "item") && around == Ns::RSS10 {
            report
                .add(&RDF_INVALID, element.range(), "an item inside another part")
                .help("in RSS 1.0 items stand beside the channel")
                .about(&element);
        }
        let is_property = is_core(around) && !is_core(element.ns()) && !matches!(element.ns(), Ns::RDF | Ns::XHTML);
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
                    format!("`{}` holds neither text nor one resource", element.qualified()),
                )
                .help("write text alone, or one element that stands for the resource")
                .about(&element);
        }
    }
}
