//! A field is the text of an element or the value of an attribute, together with the element. All functions that check
//! values take a field.

use std::ops::Range;

use super::report::{Collector, Violation};
use crate::feed::namespace::Ns;
use crate::feed::xml::{Attribute, Element};
use crate::finding::{Rule, Severity};

/// The text of an element, or the value of one of its attributes.
pub(super) struct Field<'e, 'd> {
    pub(super) element: &'e Element<'d>,
    /// The attribute's name as written; `None` for the text of the element.
    pub(super) attribute: Option<&'d str>,
    pub(super) text: &'e str,
    /// The range of the attribute's value; `None` for the text of the element.
    range: Option<Range<usize>>,
}

impl<'e, 'd> Field<'e, 'd> {
    /// Creates a field that contains the text of `element`. `text` is this text, which the caller has already read.
    pub(super) fn from_element(element: &'e Element<'d>, text: &'e str) -> Self {
        Field {
            element,
            attribute: None,
            text,
            range: None,
        }
    }

    /// Creates a field that contains the value of one of the attributes of `element`.
    pub(super) fn from_attribute(element: &'e Element<'d>, attribute: &Attribute<'d>) -> Self {
        Field {
            element,
            attribute: Some(attribute.qualified()),
            text: attribute.value(),
            range: Some(attribute.value_range()),
        }
    }

    /// A field for the attribute with this name and no namespace, if the element has this attribute.
    pub(super) fn find_attribute(element: &'e Element<'d>, name: &str) -> Option<Self> {
        let attribute = element.attribute(name)?;
        Some(Field::from_attribute(element, &attribute))
    }

    /// The range of the value in the document.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone().unwrap_or_else(|| self.element.text_range())
    }

    /// Reports that this value violates a rule.
    ///
    /// In an extension, an error becomes a warning, because readers skip an extension that they cannot read, but show
    /// the rest of the feed.
    pub(super) fn add<'r>(&self, report: &'r mut Collector, rule: &'static Rule, message: String) -> &'r mut Violation {
        // An element of another format, such as an Atom element in RSS, counts as an extension. Therefore, the
        // element's namespace is compared only with the namespace of the document's own format.
        let is_extension = self.element.ns() != core_namespace(self.element);
        let found = report.add(rule, self.range(), message);
        found.about(self.element);
        if let Some(attribute) = self.attribute {
            found.attribute(attribute);
        }
        if is_extension && rule.severity == Severity::Error {
            found.severity(Severity::Warning);
        }
        found
    }

    /// Reports that the value differs from what is expected: `` `hour` is `25`, not a number from 0 to 23 ``.
    pub(super) fn mismatch<'r>(
        &self,
        report: &'r mut Collector,
        rule: &'static Rule,
        expected: &str,
    ) -> &'r mut Violation {
        let message = format!("{} is `{}`, not {expected}", self.name(), self.excerpt());
        self.add(report, rule, message)
    }

    /// The element or attribute as named in messages: `` `guid` `` or `` `url` of `enclosure` ``.
    pub(super) fn name(&self) -> String {
        match self.attribute {
            Some(attribute) => format!("`{attribute}` of `{}`", self.element.qualified()),
            None => format!("`{}`", self.element.qualified()),
        }
    }

    /// The value as quoted in messages.
    pub(super) fn excerpt(&self) -> String {
        excerpt(self.text)
    }
}

/// A value as quoted in messages: trimmed, and truncated to 60 characters.
pub(super) fn excerpt(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The namespace of the format's own elements. It is the root's namespace, except in RDF, where it is the RSS 1.0
/// namespace.
pub(super) fn core_namespace(element: &Element<'_>) -> Ns {
    let Some(root) = element.document().root() else {
        return Ns::NONE;
    };
    match root.ns() {
        Ns::RDF => Ns::RSS10,
        ns => ns,
    }
}
