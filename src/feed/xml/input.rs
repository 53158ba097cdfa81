//! The text that is being read, and the faults that stop the reader.

use std::ops::Range;

use super::names::is_char;
use super::{Fault, FaultKind};

pub(super) type Result<T> = std::result::Result<T, Fault>;

/// The document, or the replacement text of an entity that the document refers to.
#[derive(Clone, Copy)]
pub(super) struct Input<'i> {
    pub(super) text: &'i str,
    /// For an entity, the range of the reference to the entity in the document; `None` for the document itself.
    pub(super) reference: Option<(usize, usize)>,
}

impl<'i> Input<'i> {
    /// The document itself.
    pub(super) fn document(text: &'i str) -> Self {
        Input { text, reference: None }
    }

    /// Converts a range of this input to a range of the document. For an entity, the result is the range of the whole
    /// reference to the entity.
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

/// Reports a construct that is still open at the end of the text.
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

/// The results of a fast first pass over all bytes, so that the reader does not have to test each byte itself.
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
            // This loop has no branches, so the compiler turns it into vector instructions that process sixteen bytes
            // at a time.
            for &byte in chunk {
                // In UTF-8, the forbidden characters U+FFFE and U+FFFF begin with the byte 0xEF, but so do 4,094
                // allowed characters.
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

    /// The fault for the forbidden character at `at`.
    pub(super) fn forbidden_character(text: &str, at: usize) -> Fault {
        // The character itself cannot be displayed, so the message contains its code point.
        let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0');
        Fault {
            kind: FaultKind::Character,
            at: at..at + c.len_utf8(),
            message: format!("the character U+{:04X} is not allowed in XML", u32::from(c)),
            help: "remove it; XML does not allow it, even as a character reference",
            is_cut_off: false,
        }
    }
}

/// The offset of the first forbidden character that begins within the `length` bytes starting at `start`.
fn first_forbidden(text: &str, start: usize, length: usize) -> Option<usize> {
    // The chunk may begin in the middle of a character. That character was already tested with the previous chunk.
    let is_start = |at: &usize| text.is_char_boundary(*at);
    (start..start + length)
        .filter(is_start)
        .find(|&at| text[at..].chars().next().is_some_and(|c| !is_char(c)))
}
