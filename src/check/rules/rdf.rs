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
        Err(address::Wrong::Character(_)) => Some("InvalidUriChar"),
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
