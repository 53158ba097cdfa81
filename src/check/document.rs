//! An XML document as a compact tree whose every element, attribute and text knows its place in the bytes.
//!
//! [`read`] takes decoded text and gives the tree as far as it could be read, and the fault that stopped it. The tree
//! holds ranges of the text; only what references, line ends or entities changed is copied, into one pool.

mod cursor;
mod declaration;
mod doctype;
mod element;
mod end_tag;
mod entities;
mod input;
mod interned;
mod markup;
mod names;
mod reader;
mod scope;
mod tag;
mod text;
mod tree;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use element::{Attribute, Element, Text};

use super::namespace::{KNOWN, Ns};
use tree::Tree;

/// Deepest nesting of elements that is read: libxml2, and with it most readers, stops at 256.
pub(super) const MAX_DEPTH: usize = 256;
/// Most attributes of one element, and most namespaces in scope.
pub(super) const MAX_ATTRIBUTES: usize = 256;
/// Most CDATA sections, or letters as references, of one text that no one wonders about.
pub(super) const MAX_PIECES: usize = 1000;
/// Longest name, in bytes.
pub(super) const MAX_NAME: usize = 1024;
/// Most declarations in a document type.
pub(super) const MAX_DECLARATIONS: usize = 2000;
/// Most bytes that entities may expand to in one document.
pub(super) const MAX_EXPANSION: usize = 1 << 20;
/// Deepest nesting of entities in entities.
pub(super) const MAX_ENTITY_DEPTH: usize = 16;
/// Largest document: places are kept as 31-bit numbers.
pub(super) const MAX_LENGTH: usize = (1 << 31) - 1;

/// What stopped the reader.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// Whether it is the end of the text that something was still needed at.
    is_cut_off: bool,
}

/// The kinds of fault that have a rule of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    Syntax,
    Tag,
    Character,
    Declaration,
    BeforeDeclaration,
    Entity,
    ExternalEntity,
    Prefix,
    Namespace,
    Attribute,
    Limit,
}

/// The XML declaration, as far as it could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Declaration {
    /// The version and where it stands.
    pub(super) version: Option<(String, Range<usize>)>,
    /// The encoding's name and where it stands.
    pub(super) encoding: Option<(String, Range<usize>)>,
    is_standalone: bool,
}

/// The document type declaration.
#[derive(Debug, Clone, Default)]
pub(super) struct Doctype {
    pub(super) at: Range<usize>,
    pub(super) public: Option<String>,
    pub(super) system: Option<String>,
    /// Where entities inside this document are declared.
    pub(super) entities: Vec<Range<usize>>,
    /// Where external or parameter entities are declared.
    pub(super) external: Vec<Range<usize>>,
}

/// A namespace declaration: the element's node, the prefix, the namespace, its place.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) prefix: String,
    pub(super) ns: Ns,
    pub(super) at: Range<usize>,
}

/// A document, whole or as far as it could be read.
#[derive(Debug)]
pub(super) struct Document<'a> {
    text: Cow<'a, str>,
    tree: Tree,
    pub(super) declaration: Option<Declaration>,
    pub(super) doctype: Option<Doctype>,
    /// Processing instructions before the root, without `<?` and `?>`.
    pub(super) instructions: Vec<Range<usize>>,
    /// Every declaration of a namespace, in order, each pair of prefix and name once.
    pub(super) bindings: Vec<Binding>,
    /// References to entities outside the document, which were left out.
    pub(super) external: Vec<Range<usize>>,
    /// The first text with more than [`MAX_PIECES`], and what they are.
    pub(super) pieces: Option<(Range<usize>, &'static str)>,
    /// Whether the document was read to its end.
    pub(super) complete: bool,
}

/// Reads a document as far as it is well-formed.
pub(super) fn read(text: Cow<'_, str>) -> (Document<'_>, Option<Fault>) {
    let (reader, result) = reader::Reader::read(&text);
    let fault = result.err();
    let reader::Reader {
        tree,
        declaration,
        doctype,
        instructions,
        bindings,
        external,
        pieces,
        ..
    } = reader;
    let document = Document {
        text,
        tree,
        declaration,
        doctype,
        instructions,
        bindings,
        external,
        pieces,
        complete: fault.is_none(),
    };
    (document, fault)
}

impl<'a> Document<'a> {
    /// The document's text, decoded.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The root element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.elements().next()
    }

    /// Every element, in document order.
    pub(super) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..)
            .map_while(|at| Some((at, self.tree.node(at)?)))
            .filter(|(_, node)| node.is_element())
            .map(|(at, _)| Element::new(self, at))
    }

    /// The name of a namespace.
    pub(super) fn namespace(&self, ns: Ns) -> &str {
        let at = usize::from(ns.0);
        match KNOWN.get(at) {
            Some(known) => known.uri,
            None => self.tree.namespaces.get(at - KNOWN.len()).map_or("", |name| name),
        }
    }
}
