//! Which elements are open, and what of that a browser has to mend.

use std::borrow::Cow;

use crate::check::html::Tag;
use crate::check::html::elements::{FOREIGN, OPTIONAL_END, SUPPORTED, VOID};
use crate::check::rules::values::shown;

use super::inspection::is_one_of;

/// Deepest nesting that is thought honest: libxml2's limit, which readers in PHP and Python share.
pub(super) const MAX_DEPTH: usize = 256;

struct Open<'h> {
    name: &'h str,
    /// Stands for the name in any case, so that looking for it reads numbers, not names.
    hash: u32,
    traits: u8,
}

/// The open elements, innermost last.
#[derive(Default)]
pub(super) struct Nesting<'h> {
    open: Vec<Open<'h>>,
    /// How many of them have names of their own inside.
    foreign: usize,
    pub(super) deepest: usize,
    /// The first thing to mend, and where it is.
    pub(super) mistake: Option<(usize, Cow<'static, str>)>,
}

fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash: u32, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    })
}

impl<'h> Nesting<'h> {
    fn mistake(&mut self, at: usize, what: impl FnOnce() -> String) {
        if self.mistake.is_none() {
            self.mistake = Some((at, Cow::Owned(what())));
        }
    }

    /// Opens the element of a start tag, unless it has no inside.
    pub(super) fn open(&mut self, tag: &Tag<'h>, is_self_closed: bool) {
        let traits = tag.traits;
        if traits & SUPPORTED == 0 && self.foreign == 0 && !tag.name.contains('-') {
            self.mistake(tag.range.start, || format!("there is no element `{}`", shown(tag.name)));
        }
        if traits & VOID != 0 || is_self_closed && self.foreign > 0 {
            return;
        }
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

    /// Closes the element of an end tag, and those that are open in it.
    pub(super) fn close(&mut self, name: &str, at: usize) {
        let wanted = hash(name);
        let is_wanted = |open: &Open<'_>| open.hash == wanted && open.name.eq_ignore_ascii_case(name);
        let Some(closed) = self.open.iter().rposition(is_wanted) else {
            // A browser makes elements of these two.
            if !is_one_of(name, &["br", "p"]) {
                self.mistake(at, || format!("`</{}>` closes nothing", shown(name)));
            }
            return;
        };
        if self.open[closed + 1..]
            .iter()
            .any(|left| left.traits & OPTIONAL_END == 0)
        {
            self.mistake(at, || format!("`</{}>` closes more than one element", shown(name)));
        }
        let foreign = self.open[closed..]
            .iter()
            .filter(|left| left.traits & FOREIGN != 0)
            .count();
        self.foreign -= foreign.min(self.foreign);
        self.open.truncate(closed);
    }

    /// Ends the HTML, which is so long.
    pub(super) fn end(&mut self, length: usize) {
        let left = self.open.iter().find(|left| left.traits & OPTIONAL_END == 0);
        if let Some(name) = left.map(|left| left.name).filter(|_| self.deepest <= MAX_DEPTH) {
            self.mistake(length, || format!("`<{}>` is never closed", shown(name)));
        }
    }
}
