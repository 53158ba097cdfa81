//! A position in the document type declaration, moved forward by what is read.

use std::ops::Range;

use super::FaultKind;
use super::input::{Result, fault, unclosed};
use super::names::{name_length, skip_space};

pub(super) struct Cursor<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space; gives whether there was any.
    pub(super) fn space(&mut self) -> bool {
        let start = self.at;
        self.at = skip_space(self.text, start);
        self.at > start
    }

    pub(super) fn take(&mut self, word: &str) -> bool {
        let is_there = self.text[self.at..].starts_with(word);
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    /// Skips white space, which must be there.
    pub(super) fn need_space(&mut self, message: &str) -> Result<()> {
        if self.space() { Ok(()) } else { self.wrong(message) }
    }

    /// Takes a word, which must be there.
    pub(super) fn need(&mut self, word: &str, message: &str) -> Result<()> {
        if self.take(word) { Ok(()) } else { self.wrong(message) }
    }

    /// Takes a name of an element or an attribute: with one prefix at most.
    pub(super) fn qualified_name(&mut self, message: &str) -> Result<&'t str> {
        let name = &self.text[self.at..self.at + name_length(&self.text[self.at..])];
        let is_qualified = match name.split_once(':') {
            None => !name.is_empty(),
            Some((prefix, local)) => {
                !prefix.is_empty() && !local.is_empty() && !local.contains(':') && name_length(local) == local.len()
            }
        };
        if !is_qualified {
            return self.wrong(message);
        }
        self.at += name.len();
        Ok(name)
    }

    /// Takes a name of an entity or a notation: without a colon.
    pub(super) fn plain_name(&mut self, message: &str) -> Result<&'t str> {
        let name = &self.text[self.at..self.at + name_length(&self.text[self.at..])];
        if name.is_empty() || name.contains(':') {
            return self.wrong(message);
        }
        self.at += name.len();
        Ok(name)
    }

    /// Takes a quoted value, if a quote is next; gives it and its place.
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

    /// The fault of something that should not be next.
    pub(super) fn wrong<T>(&self, message: &str) -> Result<T> {
        let help = "a feed needs no document type declaration: remove it";
        match self.text[self.at..].chars().next() {
            None => unclosed(FaultKind::Syntax, self.at..self.at, message, help),
            Some(c) => fault(FaultKind::Syntax, self.at..self.at + c.len_utf8(), message, help),
        }
    }
}
