//! Views of the tree: elements, attributes and text runs.

use std::borrow::Cow;
use std::ops::Range;

use super::Document;
use super::tree::{Attr, NONE, Node, TextRef};
use crate::feed::namespace::Ns;

/// An element of a document.
#[derive(Clone, Copy)]
pub(crate) struct Element<'d> {
    document: &'d Document<'d>,
    at: u32,
}

/// An attribute of an element.
#[derive(Clone, Copy)]
pub(crate) struct Attribute<'d> {
    document: &'d Document<'d>,
    attr: &'d Attr,
}

/// A run of text: one CDATA section, or the text between two tags or CDATA sections.
#[derive(Clone, Copy)]
pub(crate) struct Text<'d> {
    /// The text with references resolved.
    pub(crate) value: &'d str,
    document: &'d Document<'d>,
    text: TextRef,
}

/// A child of an element.
pub(crate) enum Content<'d> {
    Text(Text<'d>),
    Element(Element<'d>),
}

impl Content<'_> {
    /// The range in the document. The range of an element includes its start tag and its end tag.
    pub(crate) fn range(&self) -> Range<usize> {
        match self {
            Content::Text(text) => text.range(),
            Content::Element(element) => element.whole(),
        }
    }
}

impl<'d> Text<'d> {
    fn new(document: &'d Document<'d>, text: TextRef) -> Self {
        Text {
            value: document.tree.value(document.text(), text),
            document,
            text,
        }
    }

    /// The range of the text in the document.
    pub(crate) fn range(&self) -> Range<usize> {
        self.document.tree.source_range(self.text)
    }
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        // Elements of different documents are never compared.
        self.at == other.at
    }
}

impl<'d> Element<'d> {
    pub(super) fn new(document: &'d Document<'_>, at: u32) -> Self {
        Element { document, at }
    }

    fn node(&self) -> &'d Node {
        &self.document.tree.nodes[self.at as usize]
    }

    /// The document that contains the element.
    pub(crate) fn document(&self) -> &'d Document<'d> {
        self.document
    }

    /// The name as written, with the prefix.
    pub(crate) fn qualified(&self) -> &'d str {
        self.document.tree.name(self.at)
    }

    /// The name without the prefix.
    pub(crate) fn name(&self) -> &'d str {
        self.document.tree.names.local(self.node().name)
    }

    /// The namespace.
    pub(crate) fn ns(&self) -> Ns {
        self.node().ns
    }

    /// Whether this is the element `name` in namespace `ns`.
    pub(crate) fn is(&self, ns: Ns, name: &str) -> bool {
        let node = self.node();
        // Most elements differ in their namespace or in the length of their name, so the text of a name is rarely
        // compared.
        node.ns == ns && self.document.tree.names.local(node.name) == name
    }

    /// The range of the start tag.
    pub(crate) fn range(&self) -> Range<usize> {
        self.node().start as usize..self.node().end as usize
    }

    /// The range from the start tag to the end of the end tag.
    pub(crate) fn whole(&self) -> Range<usize> {
        self.node().start as usize..self.node().close as usize
    }

    /// The parent element.
    pub(crate) fn parent(&self) -> Option<Element<'d>> {
        let parent = self.node().parent;
        (parent != NONE).then(|| Element::new(self.document, parent))
    }

    /// The child nodes. They do not include the text before the first child element: that text is stored in the
    /// element's own node.
    fn nodes(&self) -> impl Iterator<Item = (u32, &'d Node)> + use<'d> {
        let document = self.document;
        let parent = self.at;
        // Nodes are in document order, so the first child directly follows its parent, and nodes need no field for
        // their first child.
        let first = parent.saturating_add(1);
        let mut next = Some(first).filter(|&at| document.tree.node(at).is_some_and(|node| node.parent == parent));
        std::iter::from_fn(move || {
            let at = next?;
            let node = document.tree.node(at)?;
            next = Some(node.next);
            Some((at, node))
        })
    }

    /// The text runs and child elements, in document order.
    pub(crate) fn contents(&self) -> impl Iterator<Item = Content<'d>> + use<'d> {
        let document = self.document;
        let content = move |(at, node): (u32, &'d Node)| match node.is_element() {
            true => Content::Element(Element::new(document, at)),
            false => Content::Text(Text::new(document, node.text)),
        };
        let first = Some(self.node().text).filter(|text| !text.is_none());
        let first = first.map(|text| Content::Text(Text::new(document, text)));
        first.into_iter().chain(self.nodes().map(content))
    }

    /// The child elements.
    pub(crate) fn children(&self) -> impl Iterator<Item = Element<'d>> + use<'d> {
        let document = self.document;
        self.nodes()
            .filter(|(_, node)| node.is_element())
            .map(move |(at, _)| Element::new(document, at))
    }

    /// The first child element with this name.
    pub(crate) fn child(&self, ns: Ns, name: &str) -> Option<Element<'d>> {
        self.children().find(|child| child.is(ns, name))
    }

    /// The last child element with this name.
    pub(crate) fn last_child(&self, ns: Ns, name: &str) -> Option<Element<'d>> {
        let mut last = self.child(ns, name)?;
        let first = last.node();
        let mut next = first.next;
        while let Some(node) = self.document.tree.node(next) {
            let other = Element::new(self.document, next);
            // Two names with the same prefix are equal if and only if their numbers are equal. Names with different
            // prefixes have different numbers, even if the prefixes stand for the same namespace, so the local names
            // are compared too.
            if node.ns == ns && (node.name == first.name || other.name() == name) {
                last = other;
            }
            next = node.next;
        }
        Some(last)
    }

    /// All descendant elements, in document order.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = Element<'d>> + use<'d> {
        let document = self.document;
        let close = self.node().close;
        // Nodes are in document order, so the descendants of an element directly follow it. All of them start before
        // the element ends.
        (self.at.saturating_add(1)..)
            .map_while(move |at| Some((at, document.tree.node(at)?)))
            .take_while(move |(_, node)| node.start < close)
            .filter(|(_, node)| node.is_element())
            .map(|(at, _)| Element::new(document, at))
    }

    /// The element's own text runs, without the text inside its children.
    pub(crate) fn texts(&self) -> impl Iterator<Item = Text<'d>> + use<'d> {
        let document = self.document;
        let own = Some(self.node().text).filter(|text| !text.is_none());
        let others = self
            .nodes()
            .filter(|(_, node)| !node.is_element())
            .map(|(_, node)| node.text);
        own.into_iter().chain(others).map(move |text| Text::new(document, text))
    }

    /// The element's own text, without the text inside its children.
    pub(crate) fn text(&self) -> Cow<'d, str> {
        let mut texts = self.texts();
        let Some(first) = texts.next() else {
            return Cow::Borrowed("");
        };
        // Nearly all elements contain only one text run, which can be borrowed.
        let Some(second) = texts.next() else {
            return Cow::Borrowed(first.value);
        };
        let mut all = String::from(first.value);
        all.push_str(second.value);
        all.extend(texts.map(|text| text.value));
        Cow::Owned(all)
    }

    /// The range of the element's text without surrounding white space, or the range of the start tag if the element
    /// has no text.
    pub(crate) fn text_range(&self) -> Range<usize> {
        let mut texts = self.texts().filter(|text| !text.value.trim().is_empty());
        let Some(first) = texts.next() else {
            return self.range();
        };
        let last = texts.last().unwrap_or(first);
        let range = first.range().start..last.range().end;
        let raw = self.document.text().get(range.clone()).unwrap_or("");
        // This trims the text as written in the document. Trimming the value could give a wrong range, because the
        // value can have a different length after references are resolved.
        let lead = raw.len() - raw.trim_start().len();
        range.start + lead..range.start + raw.trim_end().len().max(lead)
    }

    /// The attributes, without namespace declarations.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = Attribute<'d>> + use<'d> {
        let document = self.document;
        let first = self.node().first_attribute as usize;
        let range = first..first + usize::from(self.node().attributes);
        document
            .tree
            .attributes
            .get(range)
            .unwrap_or(&[])
            .iter()
            .map(move |attr| Attribute { document, attr })
    }

    /// The attribute with this name and no namespace.
    pub(crate) fn attribute(&self, name: &str) -> Option<Attribute<'d>> {
        self.attribute_in(Ns::NONE, name)
    }

    /// The attribute with this name in namespace `ns`.
    pub(crate) fn attribute_in(&self, ns: Ns, name: &str) -> Option<Attribute<'d>> {
        self.attributes()
            .find(|attribute| attribute.ns() == ns && attribute.name() == name)
    }

    /// The value of the attribute with this name and no namespace.
    pub(crate) fn value(&self, name: &str) -> Option<&'d str> {
        self.attribute(name).map(|attribute| attribute.value())
    }
}

impl<'d> Attribute<'d> {
    /// The name as written, with the prefix.
    pub(crate) fn qualified(&self) -> &'d str {
        self.document.tree.names.text(self.attr.name)
    }

    /// The name without the prefix.
    pub(crate) fn name(&self) -> &'d str {
        self.document.tree.names.local(self.attr.name)
    }

    /// The namespace.
    pub(crate) fn ns(&self) -> Ns {
        self.attr.ns
    }

    /// The value, with references resolved and white space normalized.
    pub(crate) fn value(&self) -> &'d str {
        self.document.tree.value(self.document.text(), self.attr.value)
    }

    /// The range from the name to the closing quote.
    pub(crate) fn range(&self) -> Range<usize> {
        self.attr.start as usize..self.attr.end as usize
    }

    /// The range of the value, without the quotes.
    pub(crate) fn value_range(&self) -> Range<usize> {
        self.document.tree.source_range(self.attr.value)
    }
}
