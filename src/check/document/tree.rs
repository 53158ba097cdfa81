//! The tree: nodes in the order of the document, each with its place, in as few bytes as can be.
//!
//! A feed of 5 MB has some 80,000 elements, nearly all of which hold one text and nothing else: that text is kept in
//! the element's own node, and white space between elements nowhere.

use std::ops::Range;

use super::MAX_LENGTH;
use super::interned::{Name, Names};
use crate::check::namespace::Ns;

/// "No node", "no text", "never closed".
pub(super) const NONE: u32 = u32::MAX;

/// Set where a number is that of a copy, or a place is in the pool: documents end before.
const COPIED: u32 = 1 << 31;

/// A range of the document, or of the pool.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    end: u32,
}

/// A text as it is meant: a range of the document if it is written so, else the number of a [`Copied`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Meaning {
    start: u32,
    end: u32,
}

impl Meaning {
    pub(super) const NONE: Meaning = Meaning { start: NONE, end: NONE };

    pub(super) fn is_none(self) -> bool {
        self.start == NONE
    }
}

/// What references, line ends or entities changed: its meaning in the pool, and its place in the document.
#[derive(Debug)]
struct Copied {
    meaning: Span,
    place: Span,
}

/// An element, or a text that is not the first thing in its element.
#[derive(Debug)]
pub(super) struct Node {
    /// The text; for an element, the one before its first child.
    pub(super) text: Meaning,
    /// From the `<` of the start tag to its end.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The end of the end tag.
    pub(super) close: u32,
    pub(super) parent: u32,
    pub(super) next: u32,
    pub(super) first_attribute: u32,
    pub(super) attributes: u16,
    pub(super) ns: Ns,
    /// [`Name::NONE`] for a text.
    pub(super) name: Name,
}

impl Node {
    pub(super) fn is_element(&self) -> bool {
        self.name != Name::NONE
    }
}

/// An attribute that declares no namespace.
#[derive(Debug)]
pub(super) struct Attr {
    pub(super) value: Meaning,
    /// From the name to the closing quote.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) ns: Ns,
    pub(super) name: Name,
}

/// All of a document that is kept besides its text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attr>,
    /// The names of namespaces that are not known.
    pub(super) namespaces: Vec<Box<str>>,
    pub(super) pool: String,
    pub(super) names: Names,
    copies: Vec<Copied>,
}

/// A place as it is stored; the longest document is shorter than this can say.
pub(super) fn offset(at: usize) -> u32 {
    debug_assert!(at <= MAX_LENGTH);
    u32::try_from(at).unwrap_or(NONE)
}

fn span(range: Range<usize>) -> Span {
    Span {
        start: offset(range.start),
        end: offset(range.end),
    }
}

impl Span {
    fn range(self) -> Range<usize> {
        (self.start & !COPIED) as usize..(self.end & !COPIED) as usize
    }
}

impl Tree {
    /// The text of a span.
    fn slice<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        let text = if span.start & COPIED == 0 { text } else { &self.pool };
        text.get(span.range()).unwrap_or("")
    }

    /// A text that is meant as it is written.
    pub(super) fn as_written(range: Range<usize>) -> Meaning {
        let Span { start, end } = span(range);
        Meaning { start, end }
    }

    /// A text that was pushed to the pool since it was `start` long, and stands for `place`.
    pub(super) fn copied(&mut self, start: usize, place: Range<usize>) -> Meaning {
        let meaning = Span {
            start: offset(start) | COPIED,
            end: offset(self.pool.len()) | COPIED,
        };
        self.copies.push(Copied {
            meaning,
            place: span(place),
        });
        Meaning {
            start: offset(self.copies.len() - 1) | COPIED,
            end: 0,
        }
    }

    fn copy(&self, meaning: Meaning) -> Option<&Copied> {
        (meaning.start & COPIED != 0)
            .then(|| self.copies.get((meaning.start & !COPIED) as usize))
            .flatten()
    }

    /// What a text says.
    pub(super) fn value<'t>(&'t self, text: &'t str, meaning: Meaning) -> &'t str {
        match self.copy(meaning) {
            Some(copied) => self.slice(text, copied.meaning),
            None => text.get(meaning.start as usize..meaning.end as usize).unwrap_or(""),
        }
    }

    /// Where a text stands.
    pub(super) fn place(&self, meaning: Meaning) -> Range<usize> {
        match self.copy(meaning) {
            Some(copied) => copied.place.range(),
            None => meaning.start as usize..meaning.end as usize,
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
