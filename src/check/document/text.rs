//! Text and attribute values: as they are meant, and as they are written where that is the same.

use std::ops::Range;

use super::entities::Meant;
use super::input::{Input, Result, fault, unclosed};
use super::interned::Name;
use super::names::skip_space;
use super::reader::Reader;
use super::tree::{Meaning, NONE, Node, Tree, offset};
use super::{FaultKind, MAX_PIECES};
use crate::check::namespace::Ns;

/// A text while it is being read: copied to the pool from the first thing on that is not meant as it is written.
struct Draft {
    start: usize,
    /// What is copied so far ends here.
    copied: usize,
    /// Where in the pool the copy begins.
    copy: Option<usize>,
}

impl Draft {
    fn new(start: usize) -> Self {
        Draft {
            start,
            copied: start,
            copy: None,
        }
    }

    /// Copies what comes before `range`, whose meaning is pushed to the pool next.
    fn replace<'p>(&mut self, pool: &'p mut String, text: &str, range: Range<usize>) -> &'p mut String {
        self.copy.get_or_insert(pool.len());
        pool.push_str(&text[self.copied..range.start]);
        self.copied = range.end;
        pool
    }

    fn finish(self, tree: &mut Tree, input: Input<'_>, end: usize) -> Meaning {
        if self.copy.is_none() && input.reference.is_none() {
            return Tree::as_written(self.start..end);
        }
        let copy = self.copy.unwrap_or(tree.pool.len());
        tree.pool.push_str(&input.text[self.copied..end]);
        tree.copied(copy, input.place(self.start..end))
    }
}

impl Reader<'_> {
    /// Reads text up to the next `<`, or past a reference to an entity.
    pub(super) fn run(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let text = input.text;
        let mut at = skip_space(text, start);
        if self.is_layout(input, at) {
            return Ok(at);
        }
        let mut draft = Draft::new(start);
        at = start;
        let mut letters = 0;
        loop {
            let stop =
                memchr::memchr3(b'<', b'&', b']', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
            self.line_ends(&mut draft, input, at..stop);
            match input.byte(stop) {
                Some(b'&') => {
                    let (end, meant) = self.meant(input, stop)?;
                    at = end;
                    match meant {
                        Meant::Char(c) => {
                            draft.replace(&mut self.tree.pool, text, stop..end).push(c);
                            letters += usize::from(c.is_ascii_alphanumeric());
                            if letters > MAX_PIECES {
                                self.pieces
                                    .get_or_insert((input.place(stop..end), "letters written as references"));
                            }
                        }
                        Meant::Unknown => _ = draft.replace(&mut self.tree.pool, text, stop..end),
                        Meant::Entity(entity) => {
                            if draft.start < stop {
                                let meaning = draft.finish(&mut self.tree, input, stop);
                                self.add_text(meaning);
                            }
                            self.expand(input, entity)?;
                            return Ok(at);
                        }
                    }
                }
                Some(b']') if input.starts_with(stop, "]]>") => {
                    return fault(
                        FaultKind::Syntax,
                        input.place(stop..stop + 3),
                        "`]]>` in text",
                        "write `]]&gt;`",
                    );
                }
                Some(b']') => at = stop + 1,
                _ => {
                    let meaning = draft.finish(&mut self.tree, input, stop);
                    self.add_text(meaning);
                    return Ok(stop);
                }
            }
        }
    }

    /// Whether white space that ends at `end` only stands beside an element: a third of all texts of a feed, and no one
    /// asks for them.
    fn is_layout(&self, input: Input<'_>, end: usize) -> bool {
        let is_beside = || {
            let has_text = |node| self.tree.node(node).is_some_and(|node| !node.text.is_none());
            self.open
                .last()
                .is_some_and(|open| open.last_child != NONE || has_text(open.node))
        };
        match input.byte(end) {
            Some(b'<') => input.byte(end + 1) != Some(b'/') || is_beside(),
            None => is_beside(),
            Some(_) => false,
        }
    }

    pub(super) fn cdata(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let body = at + "<![CDATA[".len();
        let Some(length) = memchr::memmem::find(&input.text.as_bytes()[body..], b"]]>") else {
            return unclosed(
                FaultKind::Syntax,
                input.place(at..body),
                "a CDATA section is not closed",
                "end it with `]]>`",
            );
        };
        let end = body + length;
        if let Some(open) = self.open.last_mut() {
            open.sections += 1;
            if open.sections > MAX_PIECES {
                self.pieces.get_or_insert((input.place(at..body), "CDATA sections"));
            }
        }
        let mut draft = Draft::new(body);
        self.line_ends(&mut draft, input, body..end);
        let meaning = draft.finish(&mut self.tree, input, end);
        self.add_text(meaning);
        Ok(end + 3)
    }

    /// Reads up to the closing quote; gives its place and the normalized value.
    pub(super) fn attribute_value(&mut self, input: Input<'_>, start: usize, quote: u8) -> Result<(usize, Meaning)> {
        let text = input.text;
        let mut draft = Draft::new(start);
        let mut at = start;
        loop {
            let Some(stop) = memchr::memchr3(quote, b'<', b'&', &text.as_bytes()[at..]).map(|length| at + length)
            else {
                return unclosed(
                    FaultKind::Syntax,
                    input.place(start.saturating_sub(1)..start),
                    "an attribute value is not closed",
                    "end it with the quote it began with",
                );
            };
            self.spaces(&mut draft, input, at..stop);
            match input.byte(stop) {
                Some(b'&') => {
                    let (end, meant) = self.meant(input, stop)?;
                    at = end;
                    let pool = draft.replace(&mut self.tree.pool, text, stop..end);
                    match meant {
                        Meant::Char(c) => pool.push(c),
                        Meant::Unknown => {}
                        Meant::Entity(entity) => self.expand_in_value(input, entity)?,
                    }
                }
                Some(b'<') => {
                    return fault(
                        FaultKind::Syntax,
                        input.place(stop..stop + 1),
                        "`<` in an attribute value",
                        "write `&lt;`",
                    );
                }
                _ => return Ok((stop, draft.finish(&mut self.tree, input, stop))),
            }
        }
    }

    /// Reads line ends as XML means them: section 2.11. What an entity says was read so when it was declared.
    fn line_ends(&mut self, draft: &mut Draft, input: Input<'_>, mut range: Range<usize>) {
        if !self.has_returns || input.reference.is_some() {
            return;
        }
        let bytes = input.text.as_bytes();
        while let Some(length) = memchr::memchr(b'\r', &bytes[range.clone()]) {
            let at = range.start + length;
            let end = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n'));
            draft.replace(&mut self.tree.pool, input.text, at..end).push('\n');
            range.start = end.min(range.end);
        }
    }

    /// Reads white space in an attribute value as XML means it: section 3.3.3.
    fn spaces(&mut self, draft: &mut Draft, input: Input<'_>, mut range: Range<usize>) {
        let bytes = input.text.as_bytes();
        while let Some(length) = memchr::memchr3(b'\t', b'\n', b'\r', &bytes[range.clone()]) {
            let at = range.start + length;
            let is_pair = input.reference.is_none() && input.starts_with(at, "\r\n");
            let end = at + 1 + usize::from(is_pair);
            draft.replace(&mut self.tree.pool, input.text, at..end).push(' ');
            range.start = end;
        }
    }

    /// Hangs a text under the open element.
    fn add_text(&mut self, text: Meaning) {
        let at = offset(self.tree.nodes.len());
        let Some(open) = self.open.last() else {
            return;
        };
        if open.last_child == NONE
            && let Some(element) = self.tree.nodes.get_mut(open.node as usize)
            && element.text.is_none()
        {
            element.text = text;
            return;
        }
        let place = self.tree.place(text);
        let parent = self.link(at);
        self.tree.nodes.push(Node {
            text,
            start: offset(place.start),
            end: offset(place.end),
            close: offset(place.end),
            parent,
            next: NONE,
            first_attribute: 0,
            attributes: 0,
            ns: Ns::NONE,
            name: Name::NONE,
        });
    }

    /// Hangs a new node under the open element, whose node it gives.
    pub(super) fn link(&mut self, node: u32) -> u32 {
        let Some(open) = self.open.last_mut() else {
            return NONE;
        };
        let previous = std::mem::replace(&mut open.last_child, node);
        if let Some(previous) = self.tree.nodes.get_mut(previous as usize) {
            previous.next = node;
        }
        open.node
    }
}
