//! Reads the content of elements, in a loop over text and markup. The functions for comments and processing
//! instructions are also used outside the root element.

use super::input::{Input, Result, fault, unclosed};
use super::names::{is_space, name_length};
use super::reader::Reader;
use super::tree::NONE;
use super::{FaultKind, MAX_DECLARATIONS, MAX_NODES, Strictness};

impl Reader<'_> {
    /// Reads elements and text, starting at `at`. In the document, an element begins at `at`, and reading stops at the
    /// end of that element. In an entity, reading stops at the end of the entity.
    ///
    /// Open elements are kept on a stack on the heap, so nested elements do not cause recursion. Nested entities do,
    /// but their depth is limited.
    pub(super) fn content(&mut self, input: Input<'_>, mut at: usize) -> Result<usize> {
        // An element must be closed in the entity in which it was opened (XML 1.0 section 4.3.2).
        let base = self.open.len();
        loop {
            if self.tree.nodes.len() + self.tree.attributes.len() > MAX_NODES {
                return too_many_nodes(input, at);
            }
            at = match input.byte(at) {
                Some(b'<') => self.markup(input, at, base)?,
                Some(_) => self.character_data(input, at)?,
                None => break,
            };
            // In the document, content ends when the root element is closed. An entity is always read to its end.
            if input.reference.is_none() && self.open.len() == base {
                return Ok(at);
            }
        }
        if self.open.len() == base {
            return Ok(at);
        }
        self.never_closed()
    }

    fn never_closed(&self) -> Result<usize> {
        let node = self.open.last().map_or(NONE, |open| open.node);
        let name = self.tree.name(node);
        let start = self.tree.node(node).map_or(0, |node| node.start as usize);
        unclosed(
            FaultKind::Tag,
            start..start + name.len() + 1,
            format!("`<{name}>` is never closed"),
            "close it, or check whether the file was cut off",
        )
    }

    fn markup(&mut self, input: Input<'_>, at: usize, base: usize) -> Result<usize> {
        match input.byte(at + 1) {
            Some(b'/') => self.end_tag(input, at, base),
            Some(b'?') => self.instruction(input, at),
            Some(b'!') if input.starts_with(at, "<!--") => self.comment(input, at),
            Some(b'!') if input.starts_with(at, "<![CDATA[") => self.cdata(input, at),
            Some(b'!') => fault(
                FaultKind::Syntax,
                input.source_range(at..at + 2),
                "`<!` begins neither a comment nor a CDATA section",
                "write `&lt;!` for a literal `<!`",
            ),
            _ => self.start_tag(input, at),
        }
    }

    /// Skips the comment at `at` and returns its end.
    pub(super) fn comment(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let body = at + 4;
        // The first `--` in a comment must be part of `-->`, so a comment cannot end with `--->` (XML 1.0 section 2.5).
        let Some(length) = input.text.get(body..).and_then(|rest| rest.find("--")) else {
            return comment_not_closed(input, at);
        };
        let end = body + length;
        match input.byte(end + 2) {
            Some(b'>') => Ok(end + 3),
            Some(_) => fault(
                FaultKind::Syntax,
                input.source_range(end..end + 2),
                "`--` inside a comment",
                "write `- -`; an XML comment cannot contain `--`",
            ),
            None => comment_not_closed(input, at),
        }
    }

    /// Reads the processing instruction at `at` and returns its end.
    pub(super) fn instruction(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let text = input.text;
        let target = at + 2;
        let Some(length) = text[target..].find("?>") else {
            return unclosed(
                FaultKind::Syntax,
                input.source_range(at..at + 2),
                "a processing instruction is not closed",
                "end it with `?>`",
            );
        };
        let end = target + length;
        let name = &text[target..target + name_length(&text[target..end])];
        // `<?a!b?>` is invalid, because there is no white space between its name and its data. `<?a?>` needs no white
        // space, because it has no data.
        let is_separated = input.byte(target + name.len()).is_some_and(is_space) || name.len() == length;
        // Section 7 of Namespaces in XML 1.0 does not allow colons in the names of processing instructions.
        if name.is_empty() || name.contains(':') || !is_separated {
            return fault(
                FaultKind::Syntax,
                input.source_range(at..end + 2),
                "a processing instruction has no valid name",
                "write a name without colons directly after `<?`, and white space after the name",
            );
        }
        // XML reserves the name `xml`, in any capitalization (XML 1.0 production [17]). A processing instruction with
        // this name is nearly always an XML declaration that is not at the start of the document.
        if name.eq_ignore_ascii_case("xml") && self.strictness == Strictness::Xml {
            return fault(
                FaultKind::BeforeDeclaration,
                input.source_range(at..at + 5),
                format!("`<?{name}` is not at the very start of the document"),
                "put `<?xml …?>` at the very start of the document, with `xml` in lowercase, or remove it",
            );
        }
        // Rules check only processing instructions that refer to style sheets, and these must come before the root
        // element.
        if !self.has_root && input.reference.is_none() && self.instructions.len() < MAX_DECLARATIONS {
            self.instructions.push(target..end);
        }
        Ok(end + 2)
    }
}

fn too_many_nodes(input: Input<'_>, at: usize) -> Result<usize> {
    fault(
        FaultKind::Limit,
        input.source_range(at..at + 1),
        "the document contains more than 4,000,000 elements, attributes and pieces of text",
        "split the feed into pages (RFC 5005)",
    )
}

fn comment_not_closed(input: Input<'_>, at: usize) -> Result<usize> {
    unclosed(
        FaultKind::Syntax,
        input.source_range(at..at + 4),
        "a comment is not closed",
        "end it with `-->`",
    )
}
