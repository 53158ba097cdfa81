//! The tree stores nodes in document order, each with its byte range, in as few bytes as possible.
//!
//! A 5 MB feed has about 80,000 elements, and nearly all of them contain only text. That text is stored in the
//! element's node, and white space between elements is not stored.

use std::ops::Range;

use super::MAX_LENGTH;
use super::interned::{Name, Names};
use crate::feed::namespace::Ns;

/// Means "no node", "no text" or "never closed", depending on the field.
pub(super) const NONE: u32 = u32::MAX;

/// A number with this bit set is the index of a [`Copied`] or an offset into the pool. The bit is never set in an
/// offset into the document.
const COPIED: u32 = 1 << 31;

/// A range of the document, or of the pool.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

/// Text with references resolved: a range of the document if nothing in it had to be replaced, or the index of a
/// [`Copied`] otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextRef {
    start: u32,
    end: u32,
}

impl TextRef {
    pub(super) const NONE: TextRef = TextRef { start: NONE, end: NONE };

    /// Text that is used exactly as written.
    pub(super) fn verbatim(range: Range<usize>) -> TextRef {
        let Span { start, end } = Span::from(range);
        TextRef { start, end }
    }

    pub(super) fn is_none(self) -> bool {
        self.start == NONE
    }
}

/// Text that was copied, usually because a reference or a line end in it was replaced.
#[derive(Debug)]
struct Copied {
    /// The range of the resulting text in the pool.
    value: Span,
    /// The range in the document from which the text was read.
    source: Span,
}

/// An element, or text that is not the first content of its element.
///
/// A node takes 40 bytes, and nodes take most of the memory that a check needs besides the document. This is why
/// offsets have 32 bits, names and namespaces are numbers, and children form a linked list.
#[derive(Debug)]
pub(super) struct Node {
    /// For a text node, its text; for an element, the text before its first child.
    pub(super) text: TextRef,
    /// The range of the start tag or of the text node.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The end of the end tag or of the text node.
    pub(super) close: u32,
    pub(super) parent: u32,
    pub(super) next: u32,
    pub(super) first_attribute: u32,
    pub(super) attributes: u16,
    pub(super) ns: Ns,
    /// [`Name::NONE`] for text nodes.
    pub(super) name: Name,
}

impl Node {
    /// A text node.
    pub(super) fn text(text: TextRef, range: Range<usize>, parent: u32) -> Node {
        Node {
            text,
            start: offset(range.start),
            end: offset(range.end),
            close: offset(range.end),
            parent,
            next: NONE,
            first_attribute: 0,
            attributes: 0,
            ns: Ns::NONE,
            name: Name::NONE,
        }
    }

    pub(super) fn is_element(&self) -> bool {
        self.name != Name::NONE
    }
}

/// An attribute that is not a namespace declaration.
#[derive(Debug)]
pub(super) struct Attr {
    pub(super) value: TextRef,
    /// The range of the attribute, from its name to its closing quote.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) ns: Ns,
    pub(super) name: Name,
}

/// Everything that is stored about a document besides its text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attr>,
    /// The namespaces that are not in [`NAMESPACES`](crate::feed::namespace::NAMESPACES).
    pub(super) namespaces: Vec<Box<str>>,
    /// All copied text, in the order of `copies`.
    pub(super) pool: String,
    pub(super) names: Names,
    copies: Vec<Copied>,
}

/// Converts an offset to the stored type. [`MAX_LENGTH`] guarantees that it fits.
pub(super) fn offset(at: usize) -> u32 {
    debug_assert!(at <= MAX_LENGTH);
    u32::try_from(at).unwrap_or(NONE)
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span {
            start: offset(range.start),
            end: offset(range.end),
        }
    }
}

impl Span {
    fn range(self) -> Range<usize> {
        // Offsets into the document do not have the `COPIED` bit, so they stay the same.
        (self.start & !COPIED) as usize..(self.end & !COPIED) as usize
    }
}

impl Tree {
    /// Appends a node to its parent's children. `last_child` is the parent's last child so far; it is set to the new
    /// node.
    pub(super) fn append(&mut self, node: Node, last_child: &mut u32) {
        let number = offset(self.nodes.len());
        let previous = std::mem::replace(last_child, number);
        // The first child has no previous sibling: `NONE` is not the index of any node.
        if let Some(previous) = self.nodes.get_mut(previous as usize) {
            previous.next = number;
        }
        self.nodes.push(node);
    }

    /// Records where an element's end tag ends.
    pub(super) fn close(&mut self, node: Option<u32>, end: usize) {
        if let Some(node) = node.and_then(|node| self.nodes.get_mut(node as usize)) {
            node.close = offset(end);
        }
    }

    /// The text in a span.
    fn slice<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        let text = if span.start & COPIED == 0 { text } else { &self.pool };
        text.get(span.range()).unwrap_or("")
    }

    /// Registers the text that was read from `source` and appended to the pool from offset `start`.
    pub(super) fn add_copy(&mut self, start: usize, source: Range<usize>) -> TextRef {
        let value = Span {
            start: offset(start) | COPIED,
            end: offset(self.pool.len()) | COPIED,
        };
        self.copies.push(Copied {
            value,
            source: Span::from(source),
        });
        TextRef {
            start: offset(self.copies.len() - 1) | COPIED,
            end: 0,
        }
    }

    fn copy(&self, text: TextRef) -> Option<&Copied> {
        (text.start & COPIED != 0)
            .then(|| self.copies.get((text.start & !COPIED) as usize))
            .flatten()
    }

    /// The string that `text` refers to. `document` is the text of the whole document.
    pub(super) fn value<'t>(&'t self, document: &'t str, text: TextRef) -> &'t str {
        match self.copy(text) {
            Some(copied) => self.slice(document, copied.value),
            // `TextRef::NONE` is outside every document, so its value is empty.
            None => document.get(text.start as usize..text.end as usize).unwrap_or(""),
        }
    }

    /// The range of the document that `text` was read from.
    pub(super) fn source_range(&self, text: TextRef) -> Range<usize> {
        match self.copy(text) {
            Some(copied) => copied.source.range(),
            None => text.start as usize..text.end as usize,
        }
    }

    pub(super) fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    /// The name of an element, as written.
    pub(super) fn name(&self, at: u32) -> &str {
        self.node(at).map_or("", |node| self.names.text(node.name))
    }
}
