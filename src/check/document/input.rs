//! The text that is being read, and the faults that stop the reader.

use std::ops::Range;

use super::names::is_char;
use super::{Fault, FaultKind};

pub(super) type Result<T> = std::result::Result<T, Fault>;

/// The document, or the replacement text of an entity that the document refers to.
#[derive(Clone, Copy)]
pub(super) struct Input<'i> {
    pub(super) text: &'i str,
    /// In an entity: the range of the document that refers to it.
    pub(super) reference: Option<(usize, usize)>,
}

impl<'i> Input<'i> {
    /// The document itself.
    pub(super) fn document(text: &'i str) -> Self {
        Input { text, reference: None }
    }

    /// The range of the document that a range of this input comes from: in an entity, the whole reference.
    pub(super) fn source_range(&self, range: Range<usize>) -> Range<usize> {
        self.reference.map_or(range, |(start, end)| start..end)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn starts_with(&self, at: usize, prefix: &str) -> bool {
        self.text
            .as_bytes()
            .get(at..)
            .is_some_and(|rest| rest.starts_with(prefix.as_bytes()))
    }
}

pub(super) fn fault<T>(kind: FaultKind, at: Range<usize>, message: impl Into<String>, help: &'static str) -> Result<T> {
    Err(Fault {
        kind,
        at,
        message: message.into(),
        help,
        is_cut_off: false,
    })
}

/// The fault of a construct that is still open at the end of the text.
pub(super) fn unclosed<T>(
    kind: FaultKind,
    at: Range<usize>,
    message: impl Into<String>,
    help: &'static str,
) -> Result<T> {
    fault(kind, at, message, help).map_err(|fault| Fault {
        is_cut_off: true,
        ..fault
    })
}

/// What one pass over all bytes finds, so that the reader does not test each byte for it again.
pub(super) struct Scan {
    /// The offset of the first character that XML forbids.
    pub(super) forbidden: Option<usize>,
    pub(super) has_carriage_returns: bool,
}

impl Scan {
    pub(super) fn new(text: &str) -> Self {
        let mut scan = Scan {
            forbidden: None,
            has_carriage_returns: false,
        };
        for (number, chunk) in text.as_bytes().chunks(256).enumerate() {
            let (mut is_suspect, mut has_carriage_returns) = (false, false);
            // Without a branch, the compiler turns this loop into vector instructions: sixteen bytes at a time.
            for &byte in chunk {
                // U+FFFE and U+FFFF begin with 0xEF, and so do 4,094 characters that are allowed.
                is_suspect |= (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0xEF);
                has_carriage_returns |= byte == b'\r';
            }
            scan.has_carriage_returns |= has_carriage_returns;
            if is_suspect {
                scan.forbidden = first_forbidden(text, number * 256, chunk.len());
            }
            if scan.forbidden.is_some() {
                break;
            }
        }
        scan
    }

    /// The fault of the forbidden character at `at`.
    pub(super) fn forbidden_character(text: &str, at: usize) -> Fault {
        // The character itself cannot be printed, so the message names it by its number.
        let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0');
        Fault {
            kind: FaultKind::Character,
            at: at..at + c.len_utf8(),
            message: format!("the character U+{:04X} is not allowed in XML", u32::from(c)),
            help: "remove it; XML cannot represent it, not even as a reference",
            is_cut_off: false,
        }
    }
}

/// The first forbidden character that begins in `length` bytes from `start`.
fn first_forbidden(text: &str, start: usize, length: usize) -> Option<usize> {
    // The chunk may begin inside a character, which is the business of the previous chunk.
    let is_start = |at: &usize| text.is_char_boundary(*at);
    (start..start + length)
        .filter(is_start)
        .find(|&at| text[at..].chars().next().is_some_and(|c| !is_char(c)))
}
