//! Where text is being read, and what stops that.

use std::ops::Range;

use super::names::is_char;
use super::{Fault, FaultKind};

pub(super) type Result<T> = std::result::Result<T, Fault>;

/// The document, or the replacement of an entity that was referred to at some place.
#[derive(Clone, Copy)]
pub(super) struct Input<'i> {
    pub(super) text: &'i str,
    pub(super) reference: Option<(usize, usize)>,
}

impl<'i> Input<'i> {
    /// The document itself.
    pub(super) fn document(text: &'i str) -> Self {
        Input { text, reference: None }
    }

    /// The range in the document that stands for a range of this input.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        self.reference.map_or(range, |(start, end)| start..end)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn starts_with(&self, at: usize, word: &str) -> bool {
        self.text
            .as_bytes()
            .get(at..)
            .is_some_and(|rest| rest.starts_with(word.as_bytes()))
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

/// The fault of something that the end of the text leaves open.
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

/// What one pass over all bytes finds out, so that reading need not look at each of them again.
pub(super) struct Survey {
    /// The first character that XML cannot hold.
    pub(super) forbidden: Option<usize>,
    pub(super) has_returns: bool,
}

impl Survey {
    pub(super) fn of(text: &str) -> Self {
        let mut survey = Survey {
            forbidden: None,
            has_returns: false,
        };
        for (number, stretch) in text.as_bytes().chunks(256).enumerate() {
            let (mut is_odd, mut has_returns) = (false, false);
            // Without a branch inside, this is sixteen bytes at a time.
            for &byte in stretch {
                // U+FFFE and U+FFFF begin with 0xEF, and so do 4,096 characters that are welcome.
                is_odd |= (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0xEF);
                has_returns |= byte == b'\r';
            }
            survey.has_returns |= has_returns;
            if is_odd {
                survey.forbidden = first_forbidden(text, number * 256, stretch.len());
            }
            if survey.forbidden.is_some() {
                break;
            }
        }
        survey
    }

    /// The fault at the first forbidden character.
    pub(super) fn fault(text: &str, at: usize) -> Fault {
        let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\0');
        Fault {
            kind: FaultKind::Character,
            at: at..at + c.len_utf8(),
            message: format!("the character U+{:04X} cannot stand in XML", u32::from(c)),
            help: "remove it; there is no way to write it, not even as a reference",
            is_cut_off: false,
        }
    }
}

/// The first forbidden character that begins in a stretch of the bytes.
fn first_forbidden(text: &str, start: usize, length: usize) -> Option<usize> {
    let is_start = |at: &usize| text.is_char_boundary(*at);
    (start..start + length)
        .filter(is_start)
        .find(|&at| text[at..].chars().next().is_some_and(|c| !is_char(c)))
}
