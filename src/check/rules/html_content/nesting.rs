//! The open elements of a piece of HTML, and the first mistake in their nesting that a browser has to repair.

use std::borrow::Cow;

use crate::check::field::excerpt;
use crate::check::html::Tag;
use crate::check::html::elements::{FOREIGN, OPTIONAL_END, SUPPORTED, VOID};

use super::inspection::is_one_of;

/// The maximum nesting depth. This is also the limit of libxml2, the parser in many readers written in PHP and Python.
pub(super) const MAX_DEPTH: usize = 256;

struct Open<'h> {
    name: &'h str,
    /// A hash of the lowercase name. Comparing hashes instead of names makes it faster to find the start tag for an
    /// end tag.
    hash: u32,
    traits: u8,
}

/// The open elements, innermost last.
#[derive(Default)]
pub(super) struct Nesting<'h> {
    open: Vec<Open<'h>>,
    /// The number of open elements whose content is not HTML, such as `svg`.
    foreign: usize,
    pub(super) deepest: usize,
    /// The offset of the first mistake, and its message.
    pub(super) mistake: Option<(usize, Cow<'static, str>)>,
}

/// The FNV-1a hash of a name in lowercase.
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash: u32, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    })
}

impl<'h> Nesting<'h> {
    fn mistake(&mut self, at: usize, message: impl FnOnce() -> String) {
        if self.mistake.is_none() {
            self.mistake = Some((at, Cow::Owned(message())));
        }
    }

    /// Opens the element of a start tag, unless it is a void element.
    pub(super) fn open(&mut self, tag: &Tag<'h>, is_self_closed: bool) {
        let traits = tag.traits;
        // A name with a hyphen belongs to a custom element.
        if traits & SUPPORTED == 0 && self.foreign == 0 && !tag.name.contains('-') {
            self.mistake(tag.range.start, || {
                format!("unknown HTML element `{}`", excerpt(tag.name))
            });
        }
        // `/>` closes an element only in SVG and MathML. In HTML, browsers ignore the `/`.
        if traits & VOID != 0 || is_self_closed && self.foreign > 0 {
            return;
        }
        // Elements beyond four times the maximum depth are not stored, so that `close`, which searches the list, stays
        // fast even if the HTML consists only of start tags.
        if self.open.len() < 4 * MAX_DEPTH {
            self.foreign += usize::from(traits & FOREIGN != 0);
            self.open.push(Open {
                name: tag.name,
                hash: hash(tag.name),
                traits,
            });
        }
        self.deepest = self.deepest.max(self.open.len());
    }

    /// Closes the element to which an end tag belongs, and the open elements inside it.
    pub(super) fn close(&mut self, name: &str, at: usize) {
        let wanted = hash(name);
        let is_wanted = |open: &Open<'_>| open.hash == wanted && open.name.eq_ignore_ascii_case(name);
        let Some(closed) = self.open.iter().rposition(is_wanted) else {
            // Browsers turn `</br>` and `</p>` into elements even if there is no start tag.
            if !is_one_of(name, &["br", "p"]) {
                self.mistake(at, || format!("`</{}>` has no start tag", excerpt(name)));
            }
            return;
        };
        // Browsers close elements such as `p` and `li` implicitly, so it is not a mistake if these are still open when
        // the element around them is closed.
        if self.open[closed + 1..]
            .iter()
            .any(|left| left.traits & OPTIONAL_END == 0)
        {
            self.mistake(at, || format!("`</{}>` closes more than one element", excerpt(name)));
        }
        let foreign = self.open[closed..]
            .iter()
            .filter(|left| left.traits & FOREIGN != 0)
            .count();
        self.foreign -= foreign.min(self.foreign);
        self.open.truncate(closed);
    }

    /// Checks that no element is still open at the end of the HTML, which is `length` bytes long.
    pub(super) fn end(&mut self, length: usize) {
        let left = self.open.iter().find(|left| left.traits & OPTIONAL_END == 0);
        // HTML that is nested too deeply is reported by a separate rule, and `self.open` does not contain all of its
        // elements.
        if let Some(name) = left.map(|left| left.name).filter(|_| self.deepest <= MAX_DEPTH) {
            self.mistake(length, || format!("`<{}>` is never closed", excerpt(name)));
        }
    }
}
