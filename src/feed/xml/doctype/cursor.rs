//! The current position in the document type declaration.

use std::ops::Range;

use crate::feed::xml::FaultKind;
use crate::feed::xml::input::{Result, fault, unclosed};
use crate::feed::xml::names::{name_length, skip_space};

pub(in crate::feed::xml) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space; returns whether there was any.
    pub(super) fn skip_space(&mut self) -> bool {
        let start = self.at;
        self.at = skip_space(self.text, start);
        self.at > start
    }

    /// Skips `word` if it is next; returns whether it was.
    pub(super) fn accept(&mut self, word: &str) -> bool {
        let is_next = self.text[self.at..].starts_with(word);
        if is_next {
            self.at += word.len();
        }
        is_next
    }

    /// Skips required white space. If there is none, returns a fault with `message`.
    pub(super) fn expect_space(&mut self, message: &str) -> Result<()> {
        if self.skip_space() { Ok(()) } else { self.fault(message) }
    }

    /// Skips the required `word`. If `word` is not next, returns a fault with `message`.
    pub(super) fn expect(&mut self, word: &str, message: &str) -> Result<()> {
        if self.accept(word) { Ok(()) } else { self.fault(message) }
    }

    /// Reads an element or attribute name, which may have a prefix.
    pub(super) fn qualified_name(&mut self, message: &str) -> Result<&'t str> {
        let name = &self.text[self.at..self.at + name_length(&self.text[self.at..])];
        let is_qualified = match name.split_once(':') {
            None => !name.is_empty(),
            Some((prefix, local)) => {
                !prefix.is_empty() && !local.is_empty() && !local.contains(':') && name_length(local) == local.len()
            }
        };
        if !is_qualified {
            return self.fault(message);
        }
        self.at += name.len();
        Ok(name)
    }

    /// Reads an entity or notation name, which must not contain a colon.
    pub(super) fn plain_name(&mut self, message: &str) -> Result<&'t str> {
        let name = &self.text[self.at..self.at + name_length(&self.text[self.at..])];
        if name.is_empty() || name.contains(':') {
            return self.fault(message);
        }
        self.at += name.len();
        Ok(name)
    }

    /// Reads a quoted value if a quote is next; returns the value and its range. If the closing quote is missing, moves
    /// to the end of the text, so that the next fault is reported there.
    pub(super) fn quoted(&mut self) -> Option<(&'t str, Range<usize>)> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let start = self.at + 1;
        let Some(length) = memchr::memchr(quote, &self.text.as_bytes()[start..]) else {
            self.at = self.text.len();
            return None;
        };
        self.at = start + length + 1;
        Some((&self.text[start..start + length], start..start + length))
    }

    /// Returns a fault at the current position.
    pub(super) fn fault<T>(&self, message: &str) -> Result<T> {
        let help = "remove the document type declaration; a feed does not need one";
        match self.text[self.at..].chars().next() {
            // If the text was cut at a forbidden character, that character is reported instead of this fault.
            None => unclosed(FaultKind::Syntax, self.at..self.at, message, help),
            Some(c) => fault(FaultKind::Syntax, self.at..self.at + c.len_utf8(), message, help),
        }
    }
}
