//! An XML document as a compact tree whose every element, attribute and text knows its place in the bytes.
//!
//! [`read`] takes decoded text and gives the tree as far as it could be read, and the fault that stopped it. The tree
//! holds ranges of the text; only what references, line ends or entities changed is copied, into one pool.

mod doctype;
mod element;
mod names;
mod reader;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use element::{Attribute, Element, Text};

use super::namespace::{KNOWN, Ns};

/// Deepest nesting of elements that is read: libxml2, and with it most readers, stops at 256.
pub(super) const MAX_DEPTH: usize = 256;
/// Most attributes of one element, and most namespaces in scope.
pub(super) const MAX_ATTRIBUTES: usize = 256;
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

/// A stretch of the text, or of the pool.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    end: u32,
}

/// Set in `start` of a span of the pool.
const POOL: u32 = 1 << 31;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Element,
    Text,
    CData,
}

/// "No node".
const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Node {
    kind: Kind,
    /// Bytes of the prefix, without the colon.
    prefix: u16,
    ns: Ns,
    attributes: u16,
    first_attribute: u32,
    /// The qualified name of an element, the value of a text.
    value: Span,
    parent: u32,
    next: u32,
    first_child: u32,
    /// Where it stands in the text: for an element, from `<` to the end of its start tag.
    start: u32,
    end: u32,
    /// The end of an element's end tag.
    close: u32,
}

#[derive(Debug)]
struct Attr {
    ns: Ns,
    prefix: u16,
    name: Span,
    value: Span,
    /// From the name to the closing quote.
    start: u32,
    /// The first byte of the value as it stands in the text.
    value_start: u32,
    end: u32,
}

#[derive(Debug, Default)]
struct Tree {
    pool: String,
    nodes: Vec<Node>,
    attributes: Vec<Attr>,
    /// The names of namespaces that are not [`KNOWN`].
    namespaces: Vec<Box<str>>,
}

/// The XML declaration, as far as it could be read.
#[derive(Debug, Clone, Default)]
pub(super) struct Declaration {
    /// The version and where it stands.
    pub(super) version: Option<(String, Range<usize>)>,
    /// The encoding's name and where it stands.
    pub(super) encoding: Option<(String, Range<usize>)>,
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
    /// Whether the document was read to its end.
    pub(super) complete: bool,
}

/// Reads a document as far as it is well-formed.
pub(super) fn read(text: Cow<'_, str>) -> (Document<'_>, Option<Fault>) {
    let mut reader = reader::Reader::new(&text);
    let fault = reader.document().err();
    let reader::Reader {
        tree,
        declaration,
        doctype,
        instructions,
        bindings,
        external,
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
        (0..self.tree.nodes.len())
            .filter(|&at| self.tree.nodes.get(at).is_some_and(|node| node.kind == Kind::Element))
            .map(|at| Element::new(self, u32::try_from(at).unwrap_or(NONE)))
    }

    /// The name of a namespace.
    pub(super) fn namespace(&self, ns: Ns) -> &str {
        let at = usize::from(ns.0);
        match KNOWN.get(at) {
            Some(known) => known.uri,
            None => self.tree.namespaces.get(at - KNOWN.len()).map_or("", |name| name),
        }
    }

    fn slice(&self, span: Span) -> &str {
        let text = if span.start & POOL == 0 {
            self.text.as_ref()
        } else {
            self.tree.pool.as_str()
        };
        text.get((span.start & !POOL) as usize..(span.end & !POOL) as usize)
            .unwrap_or("")
    }
}
