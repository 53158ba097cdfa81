//! What stands where: elements and attributes that are unknown, repeated or missing, text where none belongs.
//!
//! The walk goes through the document once, in its order, beside the tables of [`vocabulary`](crate::check::vocabulary),
//! and calls the rules about values and about whole channels, items, feeds and entries on its way.

use crate::check::document::{Document, Element};
use crate::check::namespace::Ns;
use crate::check::outline::EntryFields;
use crate::check::report::Collector;
use crate::check::vocabulary::extensions::{self, Extension};
use crate::check::vocabulary::{Attribute, Def, Place, Times, Value};
use crate::finding::{Severity, rules};

use super::{atom, care, channel, extension, history, item, itunes, media, rss, strangers, values, w3c, xml};

rules! { "structure":
    ELEMENT_UNKNOWN       = "feed-element-unknown",        Error,   "an element that the format does not have here",      "RSS 2.0, RFC 4287, OPML 2.0", "UndefinedElement";
    ELEMENT_DUPLICATE     = "feed-element-duplicate",      Error,   "an element more often than it may be",               "RSS 2.0, RFC 4287 section 4", "DuplicateElement";
    ELEMENT_EMPTY         = "feed-element-empty",          Advice,  "an element that says nothing",                       "RFC 4287 section 4.1.1.1", "NotBlank";
    ATTRIBUTE_MISSING     = "feed-attribute-missing",      Error,   "an attribute that must be there is not",             "RSS 2.0, RFC 4287", "MissingAttribute";
    ATTRIBUTE_UNKNOWN     = "feed-attribute-unknown",      Warning, "an attribute that the format does not have here",    "RSS 2.0, RFC 4287", "UnexpectedAttribute";
    ATTRIBUTE_FOREIGN     = "rss-attribute-foreign",       Advice,  "an attribute of an extension on an element of RSS",  "RSS 2.0, \"Extending RSS\"", "UseOfExtensionAttr";
    TEXT_UNEXPECTED       = "feed-text-unexpected",        Error,   "text where only elements may be",                    "RSS 2.0, RFC 4287", "UnexpectedText";
    EXTENSION_UNKNOWN     = "extension-element-unknown",   Warning, "an element that its extension does not have",        "the extension's specification", "UndefinedElement";
    EXTENSION_MISPLACED   = "extension-element-misplaced", Warning, "an element of an extension where it has no meaning", "the extension's specification", "UndefinedElement";
    EXTENSION_DUPLICATE   = "extension-element-duplicate", Warning, "an element of an extension more often than it may be", "the extension's specification", "DuplicateElement";
    WITHOUT_NAMESPACE     = "feed-element-without-namespace", Warning, "an element of no vocabulary",                     "RSS 2.0, \"Extending RSS\"; RFC 4287 section 6", "UndeterminableVocabulary";
}

struct Frame<'d> {
    element: Element<'d>,
    def: &'static Def,
    /// Which children of the table have been there.
    seen: u64,
    /// Which extension elements have been there.
    extensions: Vec<*const Def>,
}

/// What the walk remembers of the whole feed.
pub(super) struct Walk<'d> {
    frames: Vec<Frame<'d>>,
    /// The namespace of the format's own elements.
    pub(super) core: Ns,
    pub(super) root: Element<'d>,
    /// What is compared between the entries of the feed that is being walked through.
    entries: Vec<EntryFields<'d>>,
}

/// Walks the document under its root, whose table is `def`.
pub(super) fn check<'d>(document: &'d Document<'d>, root: Element<'d>, def: &'static Def, report: &mut Collector) {
    let mut walk = Walk {
        frames: Vec::new(),
        core: super::core(&root),
        root,
        entries: Vec::new(),
    };
    let mut skip_until = 0;
    for element in document.elements() {
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
        let Some(def) = def else {
            skip_until = element.whole().end;
            continue;
        };
        walk.enter(&element, def, report);
        if matches!(def.place, Place::Free) || is_markup(def.value) {
            skip_until = element.whole().end;
        } else {
            walk.frames.push(Frame {
                element,
                def,
                seen: 0,
                extensions: Vec::new(),
            });
        }
    }
    while !walk.frames.is_empty() {
        walk.leave(document, report);
    }
}

/// Whether what is inside is looked at by the rule about its value.
fn is_markup(value: Value) -> bool {
    matches!(value, Value::Construct | Value::Content)
}

impl<'d> Walk<'d> {
    /// The table of an element, by the element around it; says so if there is none.
    fn find(&mut self, element: &Element<'d>, report: &mut Collector) -> Option<&'static Def> {
        let core = self.core;
        let frame = self.frames.last_mut()?;
        let parent_ns = frame.element.ns();
        let is_rdf_part = parent_ns == Ns::RDF && matches!(element.ns(), Ns::RSS10 | Ns::RSS09);
        if element.ns() == parent_ns || is_rdf_part {
            let name = element.name();
            let at = frame.def.children.iter().position(|child| child.name == name);
            if let Some(at) = at {
                let def = &frame.def.children[at];
                let bit = 1u64 << (at % 64);
                if frame.seen & bit != 0 && def.times == Times::Once {
                    duplicate(element, &ELEMENT_DUPLICATE, report);
                }
                frame.seen |= bit;
                return Some(def);
            }
        }
        let place = frame.def.place;
        if matches!(frame.def.value, Value::Free) {
            return None;
        }
        if element.ns() == core && (parent_ns == core || parent_ns == Ns::RDF) {
            strangers::unknown(element, &frame.element, core, report);
            return None;
        }
        if element.ns() == core && core != Ns::NONE {
            return None;
        }
        if element.ns() == Ns::XHTML && !matches!(element.name(), "div" | "body" | "meta") {
            w3c::misplaced_xhtml(element, core, report);
            return None;
        }
        if element.ns() == Ns::NONE {
            strangers::no_namespace(element, &frame.element, core, report);
            return None;
        }
        let table = extensions::of(element.ns())?;
        self.find_extension(element, table, place, report)
    }

    fn find_extension(
        &mut self,
        element: &Element<'d>,
        table: &'static [Extension],
        place: Place,
        report: &mut Collector,
    ) -> Option<&'static Def> {
        let frame = self.frames.last_mut()?;
        let name = element.name();
        let mut named = table.iter().filter(|extension| extension.def.name == name);
        let Some(first) = named.clone().next() else {
            report
                .add(
                    &EXTENSION_UNKNOWN,
                    element.range(),
                    format!("there is no `{}`", element.qualified()),
                )
                .help("check its spelling and case; readers ignore what they do not know")
                .about(element);
            return None;
        };
        let Some(found) =
            named.find(|extension| extension.places & (place as u32) != 0 || extension.places == u32::MAX)
        else {
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
                .help("move it to where its specification puts it")
                .about(element);
            return Some(&first.def);
        };
        let id: *const Def = &found.def;
        if frame.extensions.contains(&id) {
            let is_wrong = match found.def.times {
                Times::Once => true,
                Times::OnceForW3c => report.is_w3c(),
                Times::Many => false,
            };
            if is_wrong {
                duplicate(element, &EXTENSION_DUPLICATE, report);
            }
        } else {
            frame.extensions.push(id);
        }
        Some(&found.def)
    }

    fn enter(&mut self, element: &Element<'d>, def: &'static Def, report: &mut Collector) {
        check_attributes(element, def, self.core, report);
        values::check(element, def, report);
        check_text(element, def, report);
    }

    /// Closes the innermost element: what it lacks, and the rules about the whole of it.
    fn leave(&mut self, document: &Document<'_>, report: &mut Collector) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        // What the cut-off document would have said next, no one knows.
        if !document.complete {
            return;
        }
        let element = frame.element;
        for need in frame.def.needs {
            let is_there = frame
                .def
                .children
                .iter()
                .position(|child| child.name == need.name)
                .map_or_else(
                    || element.child(need.ns, need.name).is_some(),
                    |at| frame.seen & (1 << (at % 64)) != 0,
                );
            if !is_there {
                // YouTube dates its feeds by `published`, and every reader takes them.
                let is_dated = matches!(frame.def.place, Place::Feed)
                    && need.name == "updated"
                    && element.child(Ns::ATOM, "published").is_some();
                let severity = if is_dated {
                    Severity::Warning
                } else {
                    need.rule.severity
                };
                report
                    .add(
                        need.rule,
                        element.range(),
                        format!("`{}` has no `{}`", element.qualified(), need.name),
                    )
                    .help(format!("add `<{}>`", need.name))
                    .class(need.class)
                    .missing(&element, need.name)
                    .severity(severity);
            }
        }
        match frame.def.place {
            Place::Channel => {
                let entries = std::mem::take(&mut self.entries);
                channel::check(&element, self, &entries, report);
            }
            Place::Item => {
                item::check(&element, self, report);
                history::check_entry(&element, report);
                self.entries.push(EntryFields::from_rss_item(&element));
            }
            Place::Image => rss::check_image(&element, report),
            Place::Feed => {
                atom::check_feed(&element, report);
                care::check_atom(&element, &std::mem::take(&mut self.entries), report);
                history::check(&element, report);
            }
            Place::Entry => {
                atom::check_entry(&element, report);
                history::check_entry(&element, report);
                self.entries.push(EntryFields::from_atom_entry(&element));
            }
            Place::Source => atom::check_source(&element, report),
            Place::MediaGroup => media::check_group(&element, report),
            _ => {}
        }
        if matches!(frame.def.place, Place::Channel) {
            itunes::check_channel(&element, report);
            history::check(&element, report);
        }
    }
}

fn duplicate(element: &Element<'_>, rule: &'static crate::finding::Rule, report: &mut Collector) {
    report
        .add(rule, element.range(), format!("another `{}`", element.qualified()))
        .help("keep one; readers take the first or the last, no one knows which")
        .about(element);
}

/// Notes an element that should say something.
pub(super) fn blank(element: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &ELEMENT_EMPTY,
            element.range(),
            format!("`{}` is empty", element.qualified()),
        )
        .help("fill it, or leave it out")
        .about(element);
}

fn check_attributes(element: &Element<'_>, def: &'static Def, core: Ns, report: &mut Collector) {
    for wanted in def.attributes.iter().filter(|attribute| attribute.is_required) {
        if element.attribute_in(wanted.ns, wanted.name).is_none() {
            report
                .add(
                    &ATTRIBUTE_MISSING,
                    element.range(),
                    format!("`{}` has no `{}`", element.qualified(), wanted.name),
                )
                .help(format!("add `{}=\"…\"`", wanted.name))
                .about(element)
                .attribute(wanted.name);
        }
    }
    for attribute in element.attributes() {
        if attribute.ns() == Ns::XML {
            values::check_xml_attribute(element, &attribute, report);
            continue;
        }
        if attribute.ns() == Ns::THR {
            extension::check_thread_attribute(element, &attribute, report);
            continue;
        }
        let known = |known: &&Attribute| known.ns == attribute.ns() && known.name == attribute.name();
        if let Some(known) = def.attributes.iter().find(known) {
            values::check_attribute(element, &attribute, known, report);
        } else if attribute.ns() == Ns::NONE {
            if !matches!(def.value, Value::Free) || !def.attributes.is_empty() {
                report
                    .add(
                        &ATTRIBUTE_UNKNOWN,
                        attribute.range(),
                        format!("`{}` has no attribute `{}`", element.qualified(), attribute.qualified()),
                    )
                    .help("check its spelling and case, or remove it")
                    .about(element)
                    .attribute(attribute.qualified());
            }
        } else if core == Ns::NONE && element.ns() == Ns::NONE {
            // The RSS Advisory Board's edition of the specification allows it, Harvard's says nothing of attributes.
            let docs = element
                .document()
                .root()
                .and_then(|root| root.child(Ns::NONE, "channel"));
            let docs = docs
                .and_then(|channel| channel.child(Ns::NONE, "docs"))
                .map(|docs| docs.text());
            if docs.is_some_and(|docs| docs.contains("harvard.edu")) && report.is_w3c() {
                report
                    .add(
                        &ATTRIBUTE_FOREIGN,
                        attribute.range(),
                        format!("`{}` on an element of RSS", attribute.qualified()),
                    )
                    .help("readers ignore it; put an element of the extension inside instead")
                    .about(element)
                    .attribute(attribute.qualified());
            }
        }
    }
}

/// Notes text where the table has only elements, or nothing.
fn check_text(element: &Element<'_>, def: &'static Def, report: &mut Collector) {
    if !matches!(def.value, Value::Elements | Value::Empty) {
        return;
    }
    if let Some(text) = element.texts().find(|text| !text.value.trim().is_empty()) {
        let range = text.range();
        let raw = element.document().text().get(range.clone()).unwrap_or("");
        let start = range.start + (raw.len() - raw.trim_start().len());
        report
            .add(
                &TEXT_UNEXPECTED,
                start..range.start + raw.trim_end().len(),
                format!("text in `{}`, which holds only elements", element.qualified()),
            )
            .help("move it into the element it belongs to, or remove it")
            .about(element);
    }
}
