//! A strict XML reader that builds a compact tree. Every element, attribute and text node has its byte range in the
//! document.
//!
//! [`read`] takes decoded text and returns the tree up to the first fault, together with that fault. The tree stores
//! ranges of the text. Text is copied, to one shared buffer, only if a reference, a line end or an entity in it had to
//! be replaced.
//!
//! [`reader`] contains the reader's state and reads everything outside the root element. Each of the other files adds
//! the methods for one construct: [`content`], [`start_tag`], [`end_tag`], [`text`], [`references`],
//! [`namespace_declaration`] and [`doctype`]. They import the reader, and the reader imports none of them.

mod attribute;
mod content;
mod declaration;
mod doctype;
mod element;
mod end_tag;
mod entities;
mod input;
mod interned;
mod names;
mod namespace_declaration;
mod reader;
mod references;
mod scope;
mod start_tag;
mod text;
mod tree;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use element::{Attribute, Element, Text};

use super::namespace::{NAMESPACES, Ns};
use tree::Tree;

/// Maximum nesting depth of elements. libxml2, which most feed readers use, also stops at 256.
pub(super) const MAX_DEPTH: usize = 256;
/// Maximum number of attributes per element, and of namespaces in scope.
///
/// Attributes are compared pairwise, so their number must be limited: other parsers need 6 to 8 seconds for a tag with
/// 50,000 attributes.
pub(super) const MAX_ATTRIBUTES: usize = 256;
/// Maximum number of CDATA sections, or of letters written as character references, in one text node. A text node with
/// more is reported as suspicious.
pub(super) const MAX_PIECES: usize = 1000;
/// Maximum length of a name, in bytes.
pub(super) const MAX_NAME: usize = 1024;
/// Maximum number of declarations in a document type.
pub(super) const MAX_DECLARATIONS: usize = 2000;
/// Maximum total size of expanded entities in one document, in bytes. Protects against the "billion laughs" attack.
pub(super) const MAX_EXPANSION: usize = 1 << 20;
/// Maximum nesting depth of entities within entities.
pub(super) const MAX_ENTITY_DEPTH: usize = 16;
/// Maximum size of a document, in bytes, because offsets are stored as 31-bit numbers.
pub(super) const MAX_LENGTH: usize = (1 << 31) - 1;

/// The XML syntax error that stopped the reader.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// Whether the text ended inside a construct. If the reader cut the text at a forbidden character, that character
    /// is the actual fault.
    is_cut_off: bool,
}

/// The kinds of fault. Each kind is reported by its own rule.
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
    /// The version and its range.
    pub(super) version: Option<(String, Range<usize>)>,
    /// The encoding name and its range.
    pub(super) encoding: Option<(String, Range<usize>)>,
    /// Whether the document claims that no declaration outside it changes its content: `standalone="yes"` (XML 1.0
    /// section 2.9).
    is_standalone: bool,
}

/// The document type declaration.
#[derive(Debug, Clone, Default)]
pub(super) struct Doctype {
    pub(super) at: Range<usize>,
    pub(super) public: Option<String>,
    pub(super) system: Option<String>,
    /// The ranges of the declarations of internal entities, whose text is in this document.
    pub(super) entities: Vec<Range<usize>>,
    /// The ranges of the declarations of external entities and of parameter entities.
    pub(super) external: Vec<Range<usize>>,
}

/// A namespace declaration.
#[derive(Debug)]
pub(super) struct Binding {
    pub(super) prefix: String,
    pub(super) ns: Ns,
    pub(super) at: Range<usize>,
}

/// A complete document, or the part before its first fault.
#[derive(Debug)]
pub(super) struct Document<'a> {
    text: Cow<'a, str>,
    tree: Tree,
    pub(super) declaration: Option<Declaration>,
    pub(super) doctype: Option<Doctype>,
    /// Processing instructions before the root, without `<?` and `?>`.
    pub(super) instructions: Vec<Range<usize>>,
    /// The namespace declarations in document order; each pair of prefix and namespace is listed once.
    pub(super) bindings: Vec<Binding>,
    /// References to external entities, whose text is missing from the tree.
    pub(super) external: Vec<Range<usize>>,
    /// The first text node with more than [`MAX_PIECES`] pieces, and the kind of the pieces.
    pub(super) pieces: Option<(Range<usize>, &'static str)>,
    /// Whether the document was read to its end.
    pub(super) complete: bool,
}

/// Reads a document up to its first fault. Returns the document and, if there is one, the fault.
pub(super) fn read(text: Cow<'_, str>) -> (Document<'_>, Option<Fault>) {
    // The reader borrows `text`, so it is taken apart here, before `text` moves into the document.
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
        // Rules that report missing parts check this, because the missing part may come after the fault.
        complete: fault.is_none(),
    };
    (document, fault)
}

impl<'a> Document<'a> {
    /// The decoded text of the document.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The root element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        self.elements().next()
    }

    /// All elements, in document order.
    pub(super) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..)
            .map_while(|at| Some((at, self.tree.node(at)?)))
            .filter(|(_, node)| node.is_element())
            .map(|(at, _)| Element::new(self, at))
    }

    /// The name of a namespace.
    pub(super) fn namespace(&self, ns: Ns) -> &str {
        let at = usize::from(ns.0);
        match NAMESPACES.get(at) {
            Some(namespace) => namespace.uri,
            // Higher numbers are the namespaces that only this document declares.
            None => self.tree.namespaces.get(at - NAMESPACES.len()).map_or("", |name| name),
        }
    }
}
