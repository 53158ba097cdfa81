//! The walk through a document. It compares each element with the tables of the
//! [`vocabulary`](crate::check::vocabulary) and calls the rules about values and about whole channels, items, feeds and
//! entries.
//!
//! The walk visits each element once, in document order, and keeps only the open elements in memory.

mod values;

use crate::check::field::{Field, core_namespace};
use crate::check::outline::EntryFields;
use crate::check::report::Collector;
use crate::check::vocabulary::extensions;
use crate::check::vocabulary::{AttributeDef, Container, ElementDef, Extension, Occurs, RequiredChild, Value};
use crate::feed::Entry;
use crate::feed::namespace::Ns;
use crate::feed::xml::{Document, Element};
use crate::finding::Severity;

use super::structure::{
    ELEMENT_DUPLICATE, EXTENSION_DUPLICATE, EXTENSION_MISPLACED, EXTENSION_UNKNOWN, check_foreign_attribute,
    check_no_text, report_duplicate, report_missing_attribute, report_unknown, report_unknown_attribute,
    report_without_namespace,
};
use super::{atom, channel, extension_values, history, item, itunes, media, rss, w3c, whole_feed, xml};

/// An open element.
struct Frame<'d> {
    element: Element<'d>,
    def: &'static ElementDef,
    /// The children of `def` that have occurred, as a bit set. A child's index in `def` is the number of its bit.
    children: u64,
    /// The extension elements that have occurred.
    extensions: Vec<*const ElementDef>,
}

struct Walk<'d> {
    root: Element<'d>,
    /// The namespace of the format's own elements.
    core: Ns,
    /// The open elements, innermost last.
    frames: Vec<Frame<'d>>,
    /// The entries of the current feed so far. They are compared with each other when the feed ends.
    entries: Vec<EntryFields<'d>>,
}

/// Checks the document; `def` is the definition of its root.
pub(super) fn check<'d>(
    document: &'d Document<'d>,
    root: Element<'d>,
    def: &'static ElementDef,
    report: &mut Collector,
) {
    let mut walk = Walk {
        root,
        core: core_namespace(&root),
        frames: Vec::new(),
        entries: Vec::new(),
    };
    let mut skip_until = 0;
    for element in document.elements() {
        // These checks come first, because what they find is dangerous everywhere, even in content that is skipped
        // below.
        xml::check_element(&element, report);
        if element.range().start < skip_until {
            continue;
        }
        let parent = element.parent();
        while walk.frames.last().is_some_and(|frame| Some(frame.element) != parent) {
            walk.leave(document, report);
        }
        let def = if element == root {
            Some(def)
        } else {
            walk.find(&element, report)
        };
        // The content of an unknown element is skipped, because nothing is known about that content.
        let Some(def) = def else {
            skip_until = element.whole().end;
            continue;
        };
        walk.enter(&element, def, report);
        // The children of text constructs and of `content` are skipped here, because the rules about these values read
        // the children themselves.
        let is_markup = matches!(def.value, Value::TextConstruct | Value::Content);
        if matches!(def.container, Container::Opaque) || is_markup {
            skip_until = element.whole().end;
        } else {
            walk.frames.push(Frame {
                element,
                def,
                children: 0,
                extensions: Vec::new(),
            });
        }
    }
    while !walk.frames.is_empty() {
        walk.leave(document, report);
    }
}

impl<'d> Walk<'d> {
    /// The definition of a child of the innermost open element, or `None` if there is none. Reports the child if it is
    /// not allowed there.
    fn find(&mut self, element: &Element<'d>, report: &mut Collector) -> Option<&'static ElementDef> {
        let core = self.core;
        let frame = self.frames.last_mut()?;
        let parent_ns = frame.element.ns();
        // The root of RSS 1.0 and 0.90 is in the RDF namespace, and its children are in the RSS namespace.
        let is_rdf_part = parent_ns == Ns::RDF && matches!(element.ns(), Ns::RSS10 | Ns::RSS09);
        if element.ns() == parent_ns || is_rdf_part {
            let name = element.name();
            let at = frame.def.children.iter().position(|child| child.name == name);
            if let Some(at) = at {
                let def = &frame.def.children[at];
                let bit = 1u64 << (at % 64);
                if frame.children & bit != 0 && def.occurs == Occurs::Once {
                    report_duplicate(element, &ELEMENT_DUPLICATE, report);
                }
                frame.children |= bit;
                return Some(def);
            }
        }
        if matches!(frame.def.value, Value::Any) {
            return None;
        }
        if element.ns() == core && (parent_ns == core || parent_ns == Ns::RDF) {
            report_unknown(element, &frame.element, core, report);
            return None;
        }
        // An Atom element may be inside an extension element: RFC 4287 section 6.4.2 does not restrict what an
        // extension contains.
        if element.ns() == core && core != Ns::NONE {
            return None;
        }
        // These three elements are in a table of extension elements, because RSS feeds use them as extensions.
        if element.ns() == Ns::XHTML && !matches!(element.name(), "div" | "body" | "meta") {
            w3c::check_misplaced_xhtml(element, core, report);
            return None;
        }
        if element.ns() == Ns::NONE {
            report_without_namespace(element, &frame.element, core, report);
            return None;
        }
        let table = extensions::find(element.ns())?;
        self.find_extension(element, table, report)
    }

    fn find_extension(
        &mut self,
        element: &Element<'d>,
        table: &'static [Extension],
        report: &mut Collector,
    ) -> Option<&'static ElementDef> {
        let frame = self.frames.last_mut()?;
        let name = element.name();
        // A table may define the same name several times, for different containers.
        let mut namesakes = table.iter().filter(|extension| extension.def.name == name);
        let Some(first) = namesakes.clone().next() else {
            report
                .add(
                    &EXTENSION_UNKNOWN,
                    element.range(),
                    format!("unknown element `{}`", element.qualified()),
                )
                .help("check its spelling and case: readers ignore unknown elements")
                .about(element);
            return None;
        };
        let container = frame.def.container;
        let Some(found) = namesakes.find(|extension| extension.is_allowed_in(container)) else {
            report
                .add(
                    &EXTENSION_MISPLACED,
                    element.range(),
                    format!(
                        "`{}` has no meaning in `{}`",
                        element.qualified(),
                        frame.element.qualified()
                    ),
                )
                .help("move it to a parent element that its specification allows")
                .about(element);
            // The value is checked anyway, because moving the element would not change its value.
            return Some(&first.def);
        };
        // The definitions are static, so the address of a definition identifies it.
        let id: *const ElementDef = &found.def;
        if frame.extensions.contains(&id) {
            let is_once = match found.def.occurs {
                Occurs::Once => true,
                Occurs::OnceForW3c => report.is_w3c(),
                Occurs::Many => false,
            };
            if is_once {
                report_duplicate(element, &EXTENSION_DUPLICATE, report);
            }
        } else {
            frame.extensions.push(id);
        }
        Some(&found.def)
    }

    fn enter(&mut self, element: &Element<'d>, def: &'static ElementDef, report: &mut Collector) {
        self.check_attributes(element, def, report);
        values::check(element, def, report);
        if matches!(def.value, Value::Elements | Value::Empty) {
            check_no_text(element, report);
        }
    }

    fn check_attributes(&self, element: &Element<'d>, def: &'static ElementDef, report: &mut Collector) {
        for required in def.attributes.iter().filter(|attribute| attribute.is_required) {
            if element.attribute_in(required.ns, required.name).is_none() {
                report_missing_attribute(element, required.name, report);
            }
        }
        for attribute in element.attributes() {
            let field = Field::from_attribute(element, &attribute);
            let is_defined = |def: &&AttributeDef| def.ns == attribute.ns() && def.name == attribute.name();
            if attribute.ns() == Ns::XML {
                values::check_xml_attribute(attribute.name(), &field, report);
            } else if attribute.ns() == Ns::THR {
                extension_values::check_thread_attribute(attribute.name(), &field, report);
            } else if let Some(def) = def.attributes.iter().find(is_defined) {
                values::check_value(def.value, &field, report);
            } else if attribute.ns() == Ns::NONE {
                // If the specification defines neither the content nor the attributes of an element, there is nothing
                // to check.
                if !matches!(def.value, Value::Any) || !def.attributes.is_empty() {
                    report_unknown_attribute(element, &attribute, report);
                }
            } else if self.core == Ns::NONE && element.ns() == Ns::NONE {
                check_foreign_attribute(element, &attribute, report);
            }
        }
    }

    /// Closes the innermost element: reports missing children, and checks the element as a whole.
    fn leave(&mut self, document: &Document<'_>, report: &mut Collector) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        // If the parser stopped at an error, the missing children may be in the rest of the document.
        if !document.complete {
            return;
        }
        for required in frame.def.required {
            if !frame.has_child(required) {
                check_required(&frame, required, report);
            }
        }
        let element = &frame.element;
        match frame.def.container {
            Container::Channel => {
                let entries = std::mem::take(&mut self.entries);
                channel::check(element, &self.root, &entries, report);
                itunes::check_channel(element, report);
                history::check(element, report);
            }
            Container::Item => {
                item::check(element, &self.root, report);
                history::check_entry(element, report);
                self.entries.push(EntryFields::new(&Entry::Rss(*element)));
            }
            Container::Image => rss::check_image(element, report),
            Container::Feed => {
                atom::check_feed(element, report);
                whole_feed::check_atom(element, &std::mem::take(&mut self.entries), report);
                history::check(element, report);
            }
            Container::Entry => {
                atom::check_entry(element, report);
                history::check_entry(element, report);
                self.entries.push(EntryFields::new(&Entry::Atom(*element)));
            }
            Container::Source => atom::check_source(element, report),
            Container::MediaGroup => media::check_group(element, report),
            _ => {}
        }
    }
}

impl Frame<'_> {
    fn has_child(&self, required: &RequiredChild) -> bool {
        let defined = self.def.children.iter().position(|child| child.name == required.name);
        match defined {
            Some(at) => self.children & (1 << (at % 64)) != 0,
            None => self.element.child(required.ns, required.name).is_some(),
        }
    }
}

/// Reports a required child that is missing.
fn check_required(frame: &Frame<'_>, required: &RequiredChild, report: &mut Collector) {
    let element = &frame.element;
    let mut severity = required.rule.severity;
    // YouTube feeds have `published` instead, and every reader accepts them, so this is only a warning.
    if frame.def.container == Container::Feed
        && required.name == "updated"
        && element.child(Ns::ATOM, "published").is_some()
    {
        severity = Severity::Warning;
    }
    report
        .add(
            required.rule,
            element.range(),
            format!("`{}` has no `{}`", element.qualified(), required.name),
        )
        .help(format!("add `<{}>`", required.name))
        .class(required.class)
        .missing(element, required.name)
        .severity(severity);
}
