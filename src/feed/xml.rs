//! A strict XML reader that builds a compact tree. Every element, attribute and text node has its byte range in the
//! document.
//!
//! [`read`] takes decoded text and returns the tree up to the first fault, together with that fault. The tree stores
//! ranges of the text instead of copies. Text is copied to a shared buffer only if something in the text has to be
//! replaced, such as a reference or a line end.
//!
//! [`reader`] contains the reader's state and reads everything outside the root element. The following files each add
//! methods for one construct to the reader: [`content`], [`start_tag`], [`end_tag`], [`text`], [`references`],
//! [`namespace_declaration`] and [`doctype`]. These files import the reader, but the reader does not import them.

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

pub(crate) use element::{Attribute, Content, Element, Text};

use super::namespace::{NAMESPACES, Ns};
use tree::Tree;

/// The maximum nesting depth of elements. libxml2, which most feed readers use, also stops at 256.
pub(crate) const MAX_DEPTH: usize = 256;
/// The maximum number of attributes per element. The number of namespaces in scope has the same limit, and so does the
/// number of different namespaces that are not in [`NAMESPACES`].
///
/// Attributes are compared pairwise, so their number must be limited: other parsers need 6 to 8 seconds for a tag with
/// 50,000 attributes.
pub(crate) const MAX_ATTRIBUTES: usize = 256;
/// The maximum number of CDATA sections in one element, and the maximum number of letters and digits that are written
/// as character references in one run of text. Larger numbers are reported as suspicious.
pub(crate) const MAX_PIECES: usize = 1000;
/// The maximum number of nodes and attributes in one document. A real feed of 100 MB has fewer than half as many.
///
/// A node takes ten times as much memory as the text `<a/>`, so without a limit, a document of 100 MB could take a
/// gigabyte.
pub(crate) const MAX_NODES: usize = 4_000_000;
/// The maximum length of a name, in bytes.
pub(crate) const MAX_NAME: usize = 1024;
/// The maximum number of declarations in a document type.
pub(crate) const MAX_DECLARATIONS: usize = 2000;
/// The maximum total size of expanded entities in one document, in bytes. This limit protects against the "billion
/// laughs" attack.
pub(crate) const MAX_EXPANSION: usize = 1 << 20;
/// The maximum nesting depth of entities.
pub(crate) const MAX_ENTITY_DEPTH: usize = 16;
/// The maximum size of a document, in bytes. The limit exists because offsets are stored as 31-bit numbers.
pub(crate) const MAX_LENGTH: usize = (1 << 31) - 1;

/// The fault that stopped the reader: a syntax error, or a limit that was exceeded.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: &'static str,
    /// Whether the text ended inside a construct. If the text was cut at a forbidden character, the fault may be just a
    /// result of the cut, so the reader reports the character instead.
    is_cut_off: bool,
}

/// The kinds of faults. Each kind has its own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
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
pub(crate) struct Declaration {
    /// The version and its range.
    pub(crate) version: Option<(String, Range<usize>)>,
    /// The encoding name and its range.
    pub(crate) encoding: Option<(String, Range<usize>)>,
    /// Whether the document claims that no external declaration changes its content: `standalone="yes"` (XML 1.0
    /// section 2.9).
    is_standalone: bool,
}

/// The document type declaration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doctype {
    pub(crate) at: Range<usize>,
    pub(crate) public: Option<String>,
    pub(crate) system: Option<String>,
    /// The ranges of internal entity declarations. The text of an internal entity is part of its declaration.
    pub(crate) entities: Vec<Range<usize>>,
    /// The ranges of external entity declarations and of parameter entity declarations.
    pub(crate) external: Vec<Range<usize>>,
}

/// A namespace declaration.
#[derive(Debug)]
pub(crate) struct Binding {
    pub(crate) prefix: String,
    pub(crate) ns: Ns,
    pub(crate) at: Range<usize>,
}

/// A complete document, or the part before its first fault.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    text: Cow<'a, str>,
    tree: Tree,
    pub(crate) declaration: Option<Declaration>,
    pub(crate) doctype: Option<Doctype>,
    /// The ranges of the processing instructions before the root element, without `<?` and `?>`.
    pub(crate) instructions: Vec<Range<usize>>,
    /// The namespace declarations in document order; each pair of prefix and namespace is listed once.
    pub(crate) bindings: Vec<Binding>,
    /// The ranges of references to external entities. The text of external entities is not in the tree.
    pub(crate) external: Vec<Range<usize>>,
    /// The range of the first CDATA section or character reference beyond the limit [`MAX_PIECES`], and the name of
    /// what was counted, in the plural, for the message.
    pub(crate) pieces: Option<(Range<usize>, &'static str)>,
    /// Whether the document was read to its end.
    pub(crate) complete: bool,
}

/// Which faults stop the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// All violations of XML 1.0 and Namespaces in XML 1.0.
    Xml,
    /// Only the faults that also stop feed readers.
    ///
    /// The following faults do not stop the parser. Miniflux (with Go's parser) accepts all of them, and FreshRSS
    /// (with libxml2) accepts most of them:
    ///
    /// - an undeclared prefix: it stands for the namespace whose specification uses this prefix, if there is one
    /// - HTML's named character references, such as `&nbsp;`
    /// - control characters
    /// - an attribute that occurs twice
    /// - an XML declaration that is not at the start
    /// - anything after the end of the root element
    FeedReaders,
}

/// Reads a document up to its first fault. Returns the document and, if there is one, the fault.
pub(crate) fn read(text: Cow<'_, str>, strictness: Strictness) -> (Document<'_>, Option<Fault>) {
    // The reader borrows `text`, so the reader must be destructured before `text` is moved into the document.
    let (reader, result) = reader::Reader::read(&text, strictness);
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
        // Rules that report missing parts check this field, because a part that seems to be missing may come after the
        // fault, where reading stopped.
        complete: fault.is_none(),
    };
    (document, fault)
}

impl<'a> Document<'a> {
    /// The decoded text of the document.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The root element.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        self.elements().next()
    }

    /// All elements, in document order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..)
            .map_while(|at| Some((at, self.tree.node(at)?)))
            .filter(|(_, node)| node.is_element())
            .map(|(at, _)| Element::new(self, at))
    }

    /// The URI of a namespace.
    pub(crate) fn namespace(&self, ns: Ns) -> &str {
        let at = usize::from(ns.0);
        match NAMESPACES.get(at) {
            Some(namespace) => namespace.uri,
            // Higher numbers stand for namespaces that this document declares but `NAMESPACES` does not contain.
            None => self.tree.namespaces.get(at - NAMESPACES.len()).map_or("", |name| name),
        }
    }
}
