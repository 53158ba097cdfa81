//! The tree: nodes in the order of the document, each with its place, in as few bytes as can be.
//!
//! A feed of 5 MB has some 80,000 elements, nearly all of which hold one text and nothing else: that text is kept in
//! the element's own node, and white space between elements nowhere.

use std::ops::Range;

use super::MAX_LENGTH;
use crate::check::namespace::Ns;

/// "No node", "no text", "never closed".
pub(super) const NONE: u32 = u32::MAX;

/// Set where a number is that of a copy, or a place is in the pool: documents end before.
const COPIED: u32 = 1 << 31;

/// A range of the document, or of the pool.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
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
    /// Bytes of the prefix, without the colon.
    pub(super) prefix: u16,
    /// Bytes of the qualified name, which stands right after the `<`; 0 for a text, [`FROM_ENTITY`] if it does not.
    pub(super) name: u16,
}

/// The length of a name that came out of an entity, and is in the pool.
pub(super) const FROM_ENTITY: u16 = u16::MAX;

impl Node {
    pub(super) fn is_element(&self) -> bool {
        self.name > 0
    }
}

/// An attribute that declares no namespace.
#[derive(Debug)]
pub(super) struct Attr {
    pub(super) name: Span,
    pub(super) value: Meaning,
    /// From the name to the closing quote.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) ns: Ns,
    pub(super) prefix: u16,
}

/// All of a document that is kept besides its text.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<Attr>,
    /// The names of namespaces that are not known.
    pub(super) namespaces: Vec<Box<str>>,
    pub(super) pool: String,
    copies: Vec<Copied>,
    /// The names that came out of entities, by node.
    entity_names: Vec<(u32, Span)>,
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
    pub(super) fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    fn range(self) -> Range<usize> {
        (self.start & !COPIED) as usize..(self.end & !COPIED) as usize
    }

    /// The part after the first `length` bytes.
    pub(super) fn after(self, length: usize) -> Span {
        Span {
            start: self.start.saturating_add(offset(length)),
            end: self.end,
        }
    }
}

impl Tree {
    /// The span of what was pushed to the pool since it was `start` long.
    pub(super) fn pooled(&self, start: usize) -> Span {
        Span {
            start: offset(start) | COPIED,
            end: offset(self.pool.len()) | COPIED,
        }
    }

    /// The text of a span.
    pub(super) fn slice<'t>(&'t self, text: &'t str, span: Span) -> &'t str {
        let text = if span.start & COPIED == 0 { text } else { &self.pool };
        text.get(span.range()).unwrap_or("")
    }

    /// A range of the document.
    pub(super) fn kept(range: Range<usize>) -> Span {
        span(range)
    }

    /// A text that is meant as it is written.
    pub(super) fn as_written(range: Range<usize>) -> Meaning {
        let Span { start, end } = span(range);
        Meaning { start, end }
    }

    /// A text that was pushed to the pool since it was `start` long, and stands for `place`.
    pub(super) fn copied(&mut self, start: usize, place: Range<usize>) -> Meaning {
        let meaning = self.pooled(start);
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

    /// Gives the node that comes next a name that came out of an entity.
    pub(super) fn name_next(&mut self, name: Span) {
        self.entity_names.push((offset(self.nodes.len()), name));
    }

    /// The qualified name of an element.
    pub(super) fn name<'t>(&'t self, text: &'t str, at: u32) -> &'t str {
        let Some(node) = self.node(at) else {
            return "";
        };
        if node.name != FROM_ENTITY {
            let start = node.start as usize + 1;
            return text.get(start..start + usize::from(node.name)).unwrap_or("");
        }
        let found = self.entity_names.binary_search_by_key(&at, |&(node, _)| node);
        found.map_or("", |found| self.slice(text, self.entity_names[found].1))
    }
}
