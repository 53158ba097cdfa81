//! Text and attribute values, with references resolved and white space normalized.

use std::ops::Range;

use super::input::{Input, Result, fault, unclosed};
use super::names::skip_space;
use super::reader::{Open, Reader};
use super::references::Resolved;
use super::tree::{NONE, Node, TextRef, Tree};
use super::{FaultKind, MAX_PIECES};

/// Text that is being read. The text is only a range of the document until something in it must be replaced. It is then
/// copied to the pool.
struct TextBuilder {
    start: usize,
    /// The offset in the input up to which the text has been copied or replaced.
    copied_to: usize,
    /// The offset in the pool at which the copy starts; `None` if nothing has been copied yet.
    copy_start: Option<usize>,
}

impl TextBuilder {
    fn new(start: usize) -> Self {
        TextBuilder {
            start,
            copied_to: start,
            copy_start: None,
        }
    }

    /// Appends to the pool the text before `range` that has not been copied yet, and returns the pool. The caller then
    /// appends whatever replaces the text in `range`.
    fn replace<'p>(&mut self, pool: &'p mut String, text: &str, range: Range<usize>) -> &'p mut String {
        // Everything that is appended to the pool before `finish` belongs to this builder, because there is only one
        // builder at a time.
        self.copy_start.get_or_insert(pool.len());
        pool.push_str(&text[self.copied_to..range.start]);
        self.copied_to = range.end;
        pool
    }

    fn finish(self, tree: &mut Tree, input: Input<'_>, end: usize) -> TextRef {
        // The tree refers only to the document and the pool, so an entity's text is always copied to the pool.
        if self.copy_start.is_none() && input.reference.is_none() {
            return TextRef::verbatim(self.start..end);
        }
        let copy_start = self.copy_start.unwrap_or(tree.pool.len());
        tree.pool.push_str(&input.text[self.copied_to..end]);
        tree.add_copy(copy_start, input.source_range(self.start..end))
    }
}

impl Reader<'_> {
    /// Reads text up to the next `<`, or up to and including a reference to a declared entity.
    pub(super) fn character_data(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let text = input.text;
        let mut at = skip_space(text, start);
        if self.is_ignorable_space(input, at) {
            return Ok(at);
        }
        let mut builder = TextBuilder::new(start);
        at = start;
        let mut letters = 0;
        loop {
            let stop =
                memchr::memchr3(b'<', b'&', b']', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
            self.normalize_line_ends(&mut builder, input, at..stop);
            match input.byte(stop) {
                Some(b'&') => {
                    let (end, resolved) = self.resolve_reference(input, stop)?;
                    at = end;
                    match resolved {
                        Resolved::Char(c) => {
                            builder.replace(&mut self.tree.pool, text, stop..end).push(c);
                            // Escaped HTML is full of references, but these represent `<`, `&` or accented letters. The
                            // only use of references for ASCII letters and digits is to get a word past a filter.
                            letters += usize::from(c.is_ascii_alphanumeric());
                            if letters > MAX_PIECES {
                                self.pieces.get_or_insert((
                                    input.source_range(stop..end),
                                    "letters written as character references",
                                ));
                            }
                        }
                        Resolved::MaybeDeclaredElsewhere => {
                            _ = builder.replace(&mut self.tree.pool, text, stop..end);
                        }
                        // The replacement text may contain elements, so the text before the reference is added to the
                        // tree first.
                        Resolved::Entity(entity) => {
                            if builder.start < stop {
                                let value = builder.finish(&mut self.tree, input, stop);
                                self.append_text(value);
                            }
                            self.expand(input, entity)?;
                            return Ok(at);
                        }
                    }
                }
                Some(b']') if input.starts_with(stop, "]]>") => {
                    return fault(
                        FaultKind::Syntax,
                        input.source_range(stop..stop + 3),
                        "`]]>` in text",
                        "write `]]&gt;`",
                    );
                }
                Some(b']') => at = stop + 1,
                _ => {
                    let value = builder.finish(&mut self.tree, input, stop);
                    self.append_text(value);
                    return Ok(stop);
                }
            }
        }
    }

    /// Whether the white space that ends at `end` only separates elements.
    ///
    /// Without this check, a third of all text nodes would consist of white space that no rule needs.
    fn is_ignorable_space(&self, input: Input<'_>, end: usize) -> bool {
        // White space next to other content is only a separator. If an element contains nothing but white space, the
        // white space is the element's value, and rules check it.
        let has_siblings = || {
            let has_text = |node| self.tree.node(node).is_some_and(|node| !node.text.is_none());
            self.open
                .last()
                .is_some_and(|open| open.last_child != NONE || has_text(open.node))
        };
        match input.byte(end) {
            Some(b'<') => input.byte(end + 1) != Some(b'/') || has_siblings(),
            None => has_siblings(),
            Some(_) => false,
        }
    }

    /// Reads the CDATA section at `at` and returns its end.
    pub(super) fn cdata(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let body = at + "<![CDATA[".len();
        let Some(length) = memchr::memmem::find(&input.text.as_bytes()[body..], b"]]>") else {
            return unclosed(
                FaultKind::Syntax,
                input.source_range(at..body),
                "a CDATA section is not closed",
                "end it with `]]>`",
            );
        };
        let end = body + length;
        if let Some(open) = self.open.last_mut() {
            open.sections += 1;
            if open.sections > MAX_PIECES {
                self.pieces
                    .get_or_insert((input.source_range(at..body), "CDATA sections"));
            }
        }
        let mut builder = TextBuilder::new(body);
        self.normalize_line_ends(&mut builder, input, body..end);
        let value = builder.finish(&mut self.tree, input, end);
        self.append_text(value);
        Ok(end + 3)
    }

    /// Reads an attribute value; returns the position of the closing quote and the normalized value.
    pub(super) fn attribute_value(&mut self, input: Input<'_>, start: usize, quote: u8) -> Result<(usize, TextRef)> {
        let text = input.text;
        let mut builder = TextBuilder::new(start);
        let mut at = start;
        loop {
            let Some(stop) = memchr::memchr3(quote, b'<', b'&', &text.as_bytes()[at..]).map(|length| at + length)
            else {
                return unclosed(
                    FaultKind::Syntax,
                    input.source_range(start.saturating_sub(1)..start),
                    "an attribute value is not closed",
                    "end it with the same quote character that it starts with",
                );
            };
            self.normalize_value_space(&mut builder, input, at..stop);
            match input.byte(stop) {
                Some(b'&') => {
                    let (end, resolved) = self.resolve_reference(input, stop)?;
                    at = end;
                    let pool = builder.replace(&mut self.tree.pool, text, stop..end);
                    match resolved {
                        Resolved::Char(c) => pool.push(c),
                        Resolved::MaybeDeclaredElsewhere => {}
                        Resolved::Entity(entity) => self.expand_in_value(input, entity)?,
                    }
                }
                Some(b'<') => {
                    return fault(
                        FaultKind::Syntax,
                        input.source_range(stop..stop + 1),
                        "`<` in an attribute value",
                        "write `&lt;`",
                    );
                }
                _ => return Ok((stop, builder.finish(&mut self.tree, input, stop))),
            }
        }
    }

    /// Replaces `\r\n` and `\r` with `\n` (XML 1.0 section 2.11). In an entity, line ends were already replaced when
    /// the entity's declaration was read.
    fn normalize_line_ends(&mut self, builder: &mut TextBuilder, input: Input<'_>, mut range: Range<usize>) {
        if !self.has_carriage_returns || input.reference.is_some() {
            return;
        }
        let bytes = input.text.as_bytes();
        while let Some(length) = memchr::memchr(b'\r', &bytes[range.clone()]) {
            let at = range.start + length;
            let end = at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n'));
            builder.replace(&mut self.tree.pool, input.text, at..end).push('\n');
            range.start = end.min(range.end);
        }
    }

    /// Replaces tabs and line ends in an attribute value with spaces (XML 1.0 section 3.3.3).
    fn normalize_value_space(&mut self, builder: &mut TextBuilder, input: Input<'_>, mut range: Range<usize>) {
        let bytes = input.text.as_bytes();
        while let Some(length) = memchr::memchr3(b'\t', b'\n', b'\r', &bytes[range.clone()]) {
            let at = range.start + length;
            // In an entity, line ends were already replaced when the entity's declaration was read. A remaining `\r`
            // was written as a character reference, so it is not part of a line end and is replaced separately.
            let is_pair = input.reference.is_none() && input.starts_with(at, "\r\n");
            let end = at + 1 + usize::from(is_pair);
            builder.replace(&mut self.tree.pool, input.text, at..end).push(' ');
            range.start = end;
        }
    }

    /// Adds text to the innermost open element.
    fn append_text(&mut self, text: TextRef) {
        let Some(Open { node, last_child, .. }) = self.open.last_mut() else {
            return;
        };
        if *last_child == NONE
            && let Some(element) = self.tree.nodes.get_mut(*node as usize)
            && element.text.is_none()
        {
            element.text = text;
            return;
        }
        let range = self.tree.source_range(text);
        self.tree.append(Node::text(text, range, *node), last_child);
    }
}
