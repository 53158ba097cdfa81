//! XHTML elements inside entries, and those of MathML and SVG among them.

use crate::check::document::Element;
use crate::check::html::elements::{self, SUPPORTED};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::check::rules::values::shown;
use crate::check::rules::{plain_text, structure};
use crate::check::vocabulary::extensions;

use super::inspection::Inspection;
use super::{ELEMENT_UNSAFE, HANDLER, INVALID};

/// Checks XHTML elements below `container`.
pub(in crate::check::rules) fn check_xhtml(container: &Element<'_>, report: &mut Collector) {
    let mut inspection = Inspection::of(container, report);
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
            format!("there is no element `{}`", shown(name)),
            "check its spelling; XHTML is written in lower case",
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

/// What MathML and SVG may hold in the eyes of the W3C validator, as far as its messages can be told from its cases.
#[rustfmt::skip]
const MATHML: &[&str] = &[
    "maction", "annotation", "annotation-xml", "math", "menclose", "merror", "mfenced", "mfrac", "mi",
    "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace",
    "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
    "semantics",
];
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
    let is_of_feeds =
        extensions::of(element.ns()).is_some_and(|table| table.iter().any(|extension| extension.def.name == name));
    if is_of_feeds {
        inspection
            .report
            .add(
                &structure::EXTENSION_MISPLACED,
                element.range(),
                format!("`{}` has no meaning inside XHTML", element.qualified()),
            )
            .help("move it to where its specification puts it")
            .about(element);
    }
    let is_script =
        name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("foreignObject") && element.ns() == Ns::SVG;
    if is_script {
        inspection.add(
            &ELEMENT_UNSAFE,
            element.range(),
            format!("`{name}` in an entry"),
            "readers remove it: leave it out",
        );
    }
    for attribute in element
        .attributes()
        .filter(|attribute| attribute.name().starts_with("on"))
    {
        inspection.add(
            &HANDLER,
            attribute.range(),
            format!("`{}` on `{name}`", attribute.name()),
            "readers remove it: leave scripts to the page",
        );
    }
}

fn check_mathml(inspection: &mut Inspection<'_, '_>, element: &Element<'_>) {
    let name = element.name();
    if !MATHML.contains(&name) {
        inspection.add(
            &ELEMENT_UNSAFE,
            element.range(),
            format!("there is no `{name}` in MathML"),
            "remove it",
        );
    }
    for attribute in element.attributes().filter(|attribute| attribute.ns() == Ns::NONE) {
        if !MATHML_ATTRIBUTES.contains(&attribute.name()) {
            inspection.add(
                &HANDLER,
                attribute.range(),
                format!("there is no `{}` in MathML", attribute.name()),
                "remove it",
            );
        }
    }
}
