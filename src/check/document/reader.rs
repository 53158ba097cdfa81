//! Reads XML 1.0 (fifth edition) with namespaces, to the letter, in one pass: the document around its elements.

use std::ops::Range;

use super::entities::Entities;
use super::input::{Input, Result, Survey, fault, unclosed};
use super::markup::Defaults;
use super::names::{is_space, name_length, skip_space};
use super::scope::Scopes;
use super::tag::Raw;
use super::tree::{NONE, Tree};
use super::{Binding, Declaration, Doctype, FaultKind, MAX_DECLARATIONS, MAX_LENGTH, declaration};

/// An element whose end tag has not come yet.
pub(super) struct Open {
    pub(super) node: u32,
    pub(super) last_child: u32,
    /// How many CDATA sections it holds itself.
    pub(super) sections: usize,
    /// How many namespaces were in scope before it.
    pub(super) scopes: usize,
}

/// The reader and what it has read so far.
pub(super) struct Reader<'i> {
    /// The document up to the first character that XML cannot hold: no one need look for those again.
    pub(super) text: &'i str,
    pub(super) has_returns: bool,
    pub(super) tree: Tree,
    pub(super) declaration: Option<Declaration>,
    pub(super) doctype: Option<Doctype>,
    pub(super) instructions: Vec<Range<usize>>,
    pub(super) bindings: Vec<Binding>,
    pub(super) external: Vec<Range<usize>>,
    pub(super) pieces: Option<(Range<usize>, &'static str)>,
    pub(super) entities: Entities,
    pub(super) defaults: Defaults,
    pub(super) open: Vec<Open>,
    pub(super) scopes: Scopes,
    /// The attributes of the tag being read.
    pub(super) raw: Vec<Raw>,
    is_rooted: bool,
}

impl<'i> Reader<'i> {
    fn new(text: &'i str, has_returns: bool) -> Self {
        Reader {
            text,
            has_returns,
            tree: Tree::default(),
            declaration: None,
            doctype: None,
            instructions: Vec::new(),
            bindings: Vec::new(),
            external: Vec::new(),
            pieces: None,
            entities: Entities::default(),
            defaults: Defaults::new(),
            open: Vec::new(),
            scopes: Scopes::default(),
            raw: Vec::new(),
            is_rooted: false,
        }
    }

    /// Reads a document as far as it is well-formed; gives what stopped that, too.
    pub(super) fn read(text: &'i str) -> (Self, Result<()>) {
        if text.len() > MAX_LENGTH {
            let too_long = fault(
                FaultKind::Limit,
                0..1,
                "the document is larger than 2 GB",
                "split it into pages (RFC 5005)",
            );
            return (Reader::new("", false), too_long);
        }
        let survey = Survey::of(text);
        let readable = &text[..survey.forbidden.unwrap_or(text.len())];
        let mut reader = Reader::new(readable, survey.has_returns);
        let mut result = reader.document();
        if let Some(at) = survey.forbidden
            && result.as_ref().err().is_none_or(|fault| fault.is_cut_off)
        {
            result = Err(Survey::fault(text, at));
        }
        (reader, result)
    }

    fn document(&mut self) -> Result<()> {
        let input = Input::document(self.text);
        let mut at = declaration::read(self.text, &mut self.declaration)?;
        loop {
            at = skip_space(self.text, at);
            let rest = &self.text[at..];
            if rest.is_empty() {
                break;
            }
            at = if rest.starts_with("<!--") {
                self.comment(input, at)?
            } else if rest.starts_with("<?") {
                self.instruction(input, at)?
            } else if rest.starts_with("<!DOCTYPE") {
                self.prolog_doctype(at)?
            } else if rest.starts_with('<') && !self.is_rooted {
                self.is_rooted = true;
                self.content(input, at)?
            } else {
                return self.misplaced(at);
            };
        }
        if !self.is_rooted {
            return unclosed(
                FaultKind::Syntax,
                self.text.len()..self.text.len(),
                "the document has no root element",
                "the file may have been cut off, or its generator may have failed",
            );
        }
        Ok(())
    }

    fn prolog_doctype(&mut self, at: usize) -> Result<usize> {
        if self.is_rooted || self.doctype.is_some() {
            return fault(
                FaultKind::Syntax,
                at..at + 9,
                "a document type declaration that is not before the root element",
                "remove it",
            );
        }
        self.doctype(at)
    }

    fn misplaced(&self, at: usize) -> Result<()> {
        let (message, help) = if self.is_rooted {
            (
                "something follows the end of the root element",
                "a document has one root element and nothing but comments after it",
            )
        } else {
            (
                "text before the root element",
                "a feed begins with its XML declaration or its root element",
            )
        };
        fault(FaultKind::Syntax, at..at + 1, message, help)
    }

    pub(super) fn comment(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let body = at + 4;
        let Some(length) = input.text.get(body..).and_then(|rest| rest.find("--")) else {
            return unclosed(
                FaultKind::Syntax,
                input.place(at..at + 4),
                "a comment is not closed",
                "end it with `-->`",
            );
        };
        let end = body + length;
        match input.byte(end + 2) {
            Some(b'>') => Ok(end + 3),
            Some(_) => fault(
                FaultKind::Syntax,
                input.place(end..end + 2),
                "`--` inside a comment",
                "write `- -`; XML ends a comment at the first `--`",
            ),
            None => unclosed(
                FaultKind::Syntax,
                input.place(at..at + 4),
                "a comment is not closed",
                "end it with `-->`",
            ),
        }
    }

    pub(super) fn instruction(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let text = input.text;
        let target = at + 2;
        let Some(length) = text[target..].find("?>") else {
            return unclosed(
                FaultKind::Syntax,
                input.place(at..at + 2),
                "a processing instruction is not closed",
                "end it with `?>`",
            );
        };
        let end = target + length;
        let name = &text[target..target + name_length(&text[target..end])];
        let is_apart = input.byte(target + name.len()).is_some_and(is_space) || name.len() == length;
        if name.is_empty() || name.contains(':') || !is_apart {
            return fault(
                FaultKind::Syntax,
                input.place(at..end + 2),
                "a processing instruction without a proper name",
                "write a name right after `<?`",
            );
        }
        if name.eq_ignore_ascii_case("xml") {
            return fault(
                FaultKind::BeforeDeclaration,
                input.place(at..at + 5),
                format!("`<?{name}` is not at the very start of the document"),
                "the XML declaration is written `<?xml` and only the first bytes of a document can be one",
            );
        }
        if !self.is_rooted && input.reference.is_none() && self.instructions.len() < MAX_DECLARATIONS {
            self.instructions.push(target..end);
        }
        Ok(end + 2)
    }

    /// Reads elements and text from `at` until the element that opens there is closed, or the entity ends.
    pub(super) fn content(&mut self, input: Input<'_>, mut at: usize) -> Result<usize> {
        let base = self.open.len();
        loop {
            at = match input.byte(at) {
                Some(b'<') => self.markup(input, at, base)?,
                Some(_) => self.run(input, at)?,
                None => break,
            };
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
            "close it; if the end of the file is missing, the file was cut off while it was written",
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
                input.place(at..at + 2),
                "`<!` begins neither a comment nor a CDATA section",
                "write `&lt;!` for the characters themselves",
            ),
            _ => self.start_tag(input, at),
        }
    }
}
