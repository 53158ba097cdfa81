//! The XML reader's state, and the code that reads everything outside the root element: declaration, document type,
//! comments.
//!
//! The reader strictly follows XML 1.0 (fifth edition) and Namespaces in XML 1.0. It reads the text in one pass.

use std::collections::BTreeSet;
use std::ops::Range;

use super::attribute::{Defaults, RawAttribute};
use super::entities::Entities;
use super::input::{Input, Result, Scan, fault, unclosed};
use super::interned::Name;
use super::names::skip_space;
use super::scope::Scopes;
use super::tree::Tree;
use super::{Binding, Declaration, Doctype, FaultKind, MAX_LENGTH, Strictness, declaration};
use crate::feed::namespace::Ns;

/// An element whose end tag has not been read yet.
pub(super) struct Open {
    pub(super) node: u32,
    pub(super) last_child: u32,
    /// The number of CDATA sections directly in the element.
    pub(super) sections: usize,
    /// The number of namespaces in scope before the element.
    pub(super) scopes: usize,
}

/// The reader and what it has read so far.
pub(super) struct Reader<'i> {
    /// The text of the document. If forbidden characters stop the reader, this is the text up to the first of them, so
    /// no other code has to look for forbidden characters.
    pub(super) text: &'i str,
    pub(super) has_carriage_returns: bool,
    pub(super) strictness: Strictness,
    pub(super) tree: Tree,
    pub(super) declaration: Option<Declaration>,
    pub(super) doctype: Option<Doctype>,
    pub(super) instructions: Vec<Range<usize>>,
    pub(super) bindings: Vec<Binding>,
    /// All pairs of prefix and namespace in `bindings`.
    pub(super) declared: BTreeSet<(Name, Ns)>,
    pub(super) external: Vec<Range<usize>>,
    pub(super) pieces: Option<(Range<usize>, &'static str)>,
    pub(super) entities: Entities,
    pub(super) defaults: Defaults,
    pub(super) open: Vec<Open>,
    pub(super) scopes: Scopes,
    /// The attributes of the tag that is being read; kept between tags to reuse the allocation.
    pub(super) raw_attributes: Vec<RawAttribute>,
    /// Whether the root element has begun.
    pub(super) has_root: bool,
}

impl<'i> Reader<'i> {
    fn new(text: &'i str, has_carriage_returns: bool, strictness: Strictness) -> Self {
        Reader {
            text,
            has_carriage_returns,
            strictness,
            tree: Tree::default(),
            declaration: None,
            doctype: None,
            instructions: Vec::new(),
            bindings: Vec::new(),
            declared: BTreeSet::new(),
            external: Vec::new(),
            pieces: None,
            entities: Entities::default(),
            defaults: Defaults::new(),
            open: Vec::new(),
            scopes: Scopes::default(),
            raw_attributes: Vec::new(),
            has_root: false,
        }
    }

    /// Reads a document up to its first fault. Returns the reader, which contains everything that was read, and the
    /// fault, if any, as an error.
    pub(super) fn read(text: &'i str, strictness: Strictness) -> (Self, Result<()>) {
        if text.len() > MAX_LENGTH {
            let too_long = fault(
                FaultKind::Limit,
                0..1,
                "the document is larger than 2 GB",
                "split it into pages (RFC 5005)",
            );
            return (Reader::new("", false, strictness), too_long);
        }
        let mut scan = Scan::new(text);
        if strictness == Strictness::FeedReaders && scan.forbidden.take().is_some() {
            // The scan stopped at the forbidden character, so there may be carriage returns in the rest of the text.
            scan.has_carriage_returns = true;
        }
        let readable = &text[..scan.forbidden.unwrap_or(text.len())];
        let mut reader = Reader::new(readable, scan.has_carriage_returns, strictness);
        let mut result = reader.document();
        // A fault before the forbidden character takes precedence. An unexpected end of the text does not, because it
        // is only a result of cutting the text at that character.
        if let Some(at) = scan.forbidden
            && result.as_ref().err().is_none_or(|fault| fault.is_cut_off)
        {
            result = Err(Scan::forbidden_character(text, at));
        }
        (reader, result)
    }

    fn document(&mut self) -> Result<()> {
        let input = Input::document(self.text);
        let mut at = declaration::read(self.text, &mut self.declaration)?;
        loop {
            at = skip_space(self.text, at);
            let rest = &self.text[at..];
            if rest.is_empty() || self.has_root && self.strictness == Strictness::FeedReaders {
                break;
            }
            // XML 1.0 section 2.1: a document consists of the prolog, one root element, and then only comments and
            // processing instructions.
            at = if rest.starts_with("<!--") {
                self.comment(input, at)?
            } else if rest.starts_with("<?") {
                self.instruction(input, at)?
            } else if rest.starts_with("<!DOCTYPE") {
                self.prolog_doctype(at)?
            } else if rest.starts_with('<') && !self.has_root {
                // `has_root` is set before the content is read, so that processing instructions inside the content are
                // not treated as style sheets.
                self.has_root = true;
                self.content(input, at)?
            } else {
                return self.misplaced(at);
            };
        }
        if !self.has_root {
            // If the text was cut at a forbidden character before the root element, that character is reported instead.
            return unclosed(
                FaultKind::Syntax,
                self.text.len()..self.text.len(),
                "the document has no root element",
                "check whether the file was cut off or its generator failed",
            );
        }
        Ok(())
    }

    fn prolog_doctype(&mut self, at: usize) -> Result<usize> {
        if self.has_root || self.doctype.is_some() {
            return fault(
                FaultKind::Syntax,
                at..at + 9,
                "the document has a second document type declaration, or one after the start of the root element",
                "remove it",
            );
        }
        self.doctype(at)
    }

    fn misplaced(&self, at: usize) -> Result<()> {
        let (message, help) = if self.has_root {
            (
                "unexpected content after the end of the root element",
                "remove it; only comments and processing instructions may follow the root element",
            )
        } else {
            (
                "unexpected text before the root element",
                "start the feed with its XML declaration or its root element",
            )
        };
        fault(FaultKind::Syntax, at..at + 1, message, help)
    }

    /// Closes the innermost open element, whose end tag ends at `end`.
    pub(super) fn close(&mut self, end: usize, scopes: usize) {
        self.tree.close(self.open.pop().map(|open| open.node), end);
        self.scopes.truncate(scopes);
    }

    /// Returns the number of the name `text`, and assigns one if the name is new. The first `prefix` bytes of `text`
    /// are the prefix.
    pub(super) fn name(&mut self, text: &str, prefix: usize, range: Range<usize>) -> Result<Name> {
        match self.tree.names.number(text, prefix) {
            Some(name) => Ok(name),
            None => fault(
                FaultKind::Limit,
                range,
                "the document contains more than 65,000 different element and attribute names",
                "put values in text or attributes, not in names",
            ),
        }
    }
}
