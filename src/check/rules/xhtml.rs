//! XHTML elements in entries, including MathML and SVG.

use crate::check::field::excerpt;
use crate::check::html::elements::{self, SUPPORTED};
use crate::check::report::Collector;
use crate::check::vocabulary::extensions;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;

use super::html_content::inspection::Inspection;
use super::html_content::{ELEMENT_UNSAFE, HANDLER, INVALID};
use super::{plain_text, structure};

/// Checks the elements inside `container`.
pub(super) fn check(container: &Element<'_>, report: &mut Collector) {
    let mut inspection = Inspection::of_element(container, report);
    for element in container.descendants() {
        plain_text::check_characters(&element, inspection.report);
        if element.ns() == Ns::XHTML {
            check_element(&mut inspection, &element);
        } else {
            check_foreign(&mut inspection, &element);
        }
    }
}

fn check_element(inspection: &mut Inspection<'_, '_>, element: &Element<'_>) {
    let name = element.name();
    let traits = elements::traits(name);
    inspection.check_name(name, traits, || element.range());
    if traits & SUPPORTED == 0 && !name.contains('-') {
        inspection.add(
            &INVALID,
            element.range(),
            format!("unknown XHTML element `{}`", excerpt(name)),
            "check its spelling: names of XHTML elements are in lowercase",
        );
    }
    let mut lazy = None;
    for attribute in element.attributes() {
        if attribute.name().starts_with("data-src") || attribute.name() == "data-original" {
            lazy = Some(attribute.name());
        }
        inspection.check_attribute(name, attribute.qualified(), attribute.value(), &|| attribute.range());
    }
    if let Some(lazy) = lazy {
        inspection.check_lazy(name, lazy, element.value("src"), || element.range());
    }
}

/// The MathML elements that the W3C validator allows, as far as its test cases show.
#[rustfmt::skip]
const MATHML: &[&str] = &[
    "maction", "annotation", "annotation-xml", "math", "menclose", "merror", "mfenced", "mfrac", "mi",
    "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace",
    "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
    "semantics",
];
/// The MathML attributes that the W3C validator allows, as far as its test cases show.
#[rustfmt::skip]
const MATHML_ATTRIBUTES: &[&str] = &[
    "actiontype", "align", "columnalign", "columnlines", "columnspacing", "columnspan", "depth", "dir", "display",
    "displaystyle", "encoding", "equalcolumns", "equalrows", "fence", "fontstyle", "fontweight", "form", "frame",
    "height", "linethickness", "lspace", "mathbackground", "mathcolor", "mathsize", "mathvariant", "maxsize",
    "minsize", "open", "close", "other", "rowalign", "rowlines", "rowspacing", "rowspan", "rspace", "scriptlevel",
    "selection", "separator", "separators", "stretchy", "symmetric", "width", "class", "id", "style", "xref",
    "notation", "accent",
];

/// Checks an element that is not XHTML.
fn check_foreign(inspection: &mut Inspection<'_, '_>, element: &Element<'_>) {
    let name = element.name();
    if element.ns() == Ns::MATHML && inspection.report.is_w3c() {
        check_mathml(inspection, element);
    }
    let is_extension =
        extensions::find(element.ns()).is_some_and(|table| table.iter().any(|extension| extension.def.name == name));
    if is_extension {
        inspection
            .report
            .add(
                &structure::EXTENSION_MISPLACED,
                element.range(),
                format!("`{}` has no meaning inside XHTML", element.qualified()),
            )
            .help("move it to a parent element that its specification allows")
            .about(element);
    }
    // A `foreignObject` element in an SVG image can contain HTML, and therefore scripts.
    let is_script =
        name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("foreignObject") && element.ns() == Ns::SVG;
    if is_script {
        inspection.add(
            &ELEMENT_UNSAFE,
            element.range(),
            format!("the XHTML contains `{name}`, which readers remove"),
            "remove it",
        );
    }
    // SVG elements have event handlers too, such as `onload`.
    for attribute in element
        .attributes()
        .filter(|attribute| attribute.name().starts_with("on"))
    {
        inspection.add(
            &HANDLER,
            attribute.range(),
            format!(
                "`{}` of `{name}` contains a script, which readers remove",
                attribute.name()
            ),
            "remove the attribute",
        );
    }
}

fn check_mathml(inspection: &mut Inspection<'_, '_>, element: &Element<'_>) {
    let name = element.name();
    if !MATHML.contains(&name) {
        inspection.add(
            &ELEMENT_UNSAFE,
            element.range(),
            format!("unknown MathML element `{name}`"),
            "remove it",
        );
    }
    for attribute in element.attributes().filter(|attribute| attribute.ns() == Ns::NONE) {
        if !MATHML_ATTRIBUTES.contains(&attribute.name()) {
            inspection.add(
                &HANDLER,
                attribute.range(),
                format!("unknown MathML attribute `{}`", attribute.name()),
                "remove it",
            );
        }
    }
}
