//! Interned names: each name is stored once and compared by number.
//!
//! A feed with 80,000 elements has about thirty different names. If names were compared as strings, the comparisons
//! would take a fifth of the time of a check.

use std::collections::HashMap;

/// A name, represented by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(u16);

impl Name {
    /// No name. Used for text nodes.
    pub(super) const NONE: Name = Name(u16::MAX);
    /// The empty name. It is stored as the prefix of every name that has none.
    pub(super) const EMPTY: Name = Name(0);
}

#[derive(Debug)]
struct NameEntry {
    text: Box<str>,
    prefix: Name,
    /// The offset in `text` at which the name without its prefix begins.
    local: u16,
}

/// All names in a document.
#[derive(Debug)]
pub(super) struct Names {
    entries: Vec<NameEntry>,
    numbers: HashMap<Box<str>, Name>,
    /// For each [`slot`], the name that was looked up last. This cache makes lookups in `numbers` rare.
    recent: [Name; SLOTS],
}

const SLOTS: usize = 256;

/// A cheap hash: the length and the first and last bytes distinguish most names in a feed.
fn slot(text: &str) -> usize {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(&first), Some(&last)) => {
            (usize::from(first) ^ usize::from(last).wrapping_mul(31) ^ bytes.len().wrapping_mul(97)) % SLOTS
        }
        _ => 0,
    }
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Names {
            entries: Vec::new(),
            numbers: HashMap::new(),
            // Unused slots contain the empty name. Only an empty `text` matches it, and that result is correct, so
            // slots need no `Option`.
            recent: [Name::EMPTY; SLOTS],
        };
        names.add("", Name::EMPTY, 0);
        names
    }
}

impl Names {
    /// Returns the number of the name `text`, and assigns one if the name is new. Returns `None` if the name is new and
    /// all numbers are in use. The first `prefix` bytes of `text` are the prefix.
    pub(super) fn number(&mut self, text: &str, prefix: usize) -> Option<Name> {
        let slot = slot(text);
        let recent = self.recent[slot];
        if self.text(recent) == text {
            return Some(recent);
        }
        let name = match self.numbers.get(text) {
            Some(&name) => name,
            // The highest number is reserved for `Name::NONE`.
            None if self.entries.len() >= usize::from(u16::MAX) => return None,
            None if prefix == 0 => self.add(text, Name::EMPTY, 0),
            None => {
                let prefix_name = self.number(&text[..prefix], 0)?;
                // The prefix may have taken the last number.
                if self.entries.len() >= usize::from(u16::MAX) {
                    return None;
                }
                self.add(text, prefix_name, prefix + 1)
            }
        };
        self.recent[slot] = name;
        Some(name)
    }

    fn add(&mut self, text: &str, prefix: Name, local: usize) -> Name {
        let name = Name(u16::try_from(self.entries.len()).unwrap_or(u16::MAX));
        self.numbers.insert(text.into(), name);
        self.entries.push(NameEntry {
            text: text.into(),
            prefix,
            local: u16::try_from(local).unwrap_or(0),
        });
        name
    }

    /// The name as written.
    pub(super) fn text(&self, name: Name) -> &str {
        self.entries.get(usize::from(name.0)).map_or("", |entry| &entry.text)
    }

    /// The name without its prefix.
    pub(super) fn local(&self, name: Name) -> &str {
        let entry = self.entries.get(usize::from(name.0));
        entry
            .and_then(|entry| entry.text.get(usize::from(entry.local)..))
            .unwrap_or("")
    }

    /// The prefix.
    pub(super) fn prefix(&self, name: Name) -> Name {
        self.entries
            .get(usize::from(name.0))
            .map_or(Name::EMPTY, |entry| entry.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_number_is_never_assigned() {
        let mut names = Names::default();
        let full = usize::from(u16::MAX);
        for number in 0..full - 2 {
            assert!(names.number(&format!("n{number}"), 0).is_some());
        }
        // One number is left. A new name with a new prefix needs two.
        assert_eq!(names.number("p:x", 1), None);
        assert!(names.entries.len() <= full);
    }
}
