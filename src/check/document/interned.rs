//! Names, each kept once: a feed of 80,000 elements has some thirty, and comparing them should not go through its text.

use std::collections::HashMap;

/// The number of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(u16);

impl Name {
    /// Stands where there is no name: in texts.
    pub(super) const NONE: Name = Name(u16::MAX);
    /// The empty name, which is the prefix of those that have none.
    pub(super) const EMPTY: Name = Name(0);
}

#[derive(Debug)]
struct Word {
    text: Box<str>,
    prefix: Name,
    /// Where the name without its prefix begins.
    local: u16,
}

/// All names of a document.
#[derive(Debug)]
pub(super) struct Names {
    words: Vec<Word>,
    numbers: HashMap<Box<str>, Name>,
    /// The name last seen for each value of [`slot`], so that the table above is hardly ever asked.
    recent: [Name; SLOTS],
}

const SLOTS: usize = 256;

/// Length, first and last byte tell most names of a feed apart.
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
            words: Vec::new(),
            numbers: HashMap::new(),
            recent: [Name::EMPTY; SLOTS],
        };
        names.add("", Name::EMPTY, 0);
        names
    }
}

impl Names {
    /// The number of a name whose prefix has so many bytes; `None` if there are more names than numbers.
    pub(super) fn number(&mut self, text: &str, prefix: usize) -> Option<Name> {
        let slot = slot(text);
        let recent = self.recent[slot];
        if self.text(recent) == text {
            return Some(recent);
        }
        let name = match self.numbers.get(text) {
            Some(&name) => name,
            None if self.words.len() >= usize::from(u16::MAX) => return None,
            None if prefix == 0 => self.add(text, Name::EMPTY, 0),
            None => {
                let around = self.number(&text[..prefix], 0)?;
                self.add(text, around, prefix + 1)
            }
        };
        self.recent[slot] = name;
        Some(name)
    }

    fn add(&mut self, text: &str, prefix: Name, local: usize) -> Name {
        let name = Name(u16::try_from(self.words.len()).unwrap_or(u16::MAX));
        self.numbers.insert(text.into(), name);
        self.words.push(Word {
            text: text.into(),
            prefix,
            local: u16::try_from(local).unwrap_or(0),
        });
        name
    }

    /// The name as written.
    pub(super) fn text(&self, name: Name) -> &str {
        self.words.get(usize::from(name.0)).map_or("", |word| &word.text)
    }

    /// The name without its prefix.
    pub(super) fn local(&self, name: Name) -> &str {
        let word = self.words.get(usize::from(name.0));
        word.and_then(|word| word.text.get(usize::from(word.local)..))
            .unwrap_or("")
    }

    /// The prefix.
    pub(super) fn prefix(&self, name: Name) -> Name {
        self.words
            .get(usize::from(name.0))
            .map_or(Name::EMPTY, |word| word.prefix)
    }
}
