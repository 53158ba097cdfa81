//! References: to characters, to the five entities that XML has, and to those of the document type.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::input::{Input, Result, fault};
use super::names::{is_char, name_length};
use super::reader::Reader;
use super::{FaultKind, MAX_DECLARATIONS, MAX_ENTITY_DEPTH, MAX_EXPANSION, MAX_NAME};

/// The general entities that the document declares, and how far they have been used.
#[derive(Default)]
pub(super) struct Entities {
    names: HashMap<String, usize>,
    values: Vec<Declared>,
    /// An external subset may declare what this document does not (XML 1.0, "Entity Declared").
    pub(super) may_be_declared_elsewhere: bool,
    /// Those being expanded.
    active: Vec<usize>,
    expanded: usize,
}

/// What an entity stands for.
#[derive(Clone)]
pub(super) enum Declared {
    /// Its replacement text.
    Internal(Rc<str>),
    /// Something outside the document.
    External,
    /// Something outside the document that is not even XML.
    Unparsed,
}

impl Entities {
    pub(super) fn declare(&mut self, name: &str, value: Declared) {
        // The first declaration of an entity counts: XML 1.0 section 4.2.
        if !self.names.contains_key(name) {
            self.names.insert(name.to_owned(), self.values.len());
            self.values.push(value);
        }
    }
}

/// A reference to an entity of the document type.
#[derive(Clone, Copy)]
pub(super) struct Reference {
    index: usize,
    at: usize,
    end: usize,
}

/// What a reference means.
pub(super) enum Meant {
    Char(char),
    Entity(Reference),
    /// An entity that something outside the document may declare.
    Unknown,
}

impl Reader<'_> {
    /// Finds out what the reference at `at` means; gives its end, too.
    pub(super) fn meant(&self, input: Input<'_>, at: usize) -> Result<(usize, Meant)> {
        let (end, name) = match read(input, at)? {
            (end, Referred::Char(c)) => return Ok((end, Meant::Char(c))),
            (end, Referred::Name(name)) => (end, name),
        };
        if let Some(&index) = self.entities.names.get(name) {
            return Ok((end, Meant::Entity(Reference { index, at, end })));
        }
        if self.entities.may_be_declared_elsewhere {
            return Ok((end, Meant::Unknown));
        }
        fault(
            FaultKind::Entity,
            input.place(at..end),
            format!("`&{name};` is not defined"),
            "XML knows only `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`: write the character itself",
        )
    }

    /// Reads the replacement of an entity as content.
    pub(super) fn expand(&mut self, input: Input<'_>, reference: Reference) -> Result<()> {
        let place = input.place(reference.at..reference.end);
        if matches!(self.entities.values.get(reference.index), Some(Declared::External)) {
            // Not fetched, and not a fault by XML: what it would say is left out, and the reference reported.
            if self.external.len() < MAX_DECLARATIONS {
                self.external.push(place);
            }
            return Ok(());
        }
        let value = self.enter(reference, place.clone())?;
        let inner = Input {
            text: &value,
            reference: Some((place.start, place.end)),
        };
        self.content(inner, 0)?;
        self.entities.active.pop();
        Ok(())
    }

    /// Pushes the replacement of an entity to the pool as part of an attribute value.
    pub(super) fn expand_in_value(&mut self, input: Input<'_>, reference: Reference) -> Result<()> {
        let place = input.place(reference.at..reference.end);
        let value = self.enter(reference, place.clone())?;
        let inner = Input {
            text: &value,
            reference: Some((place.start, place.end)),
        };
        let mut at = 0;
        loop {
            let stop = memchr::memchr2(b'<', b'&', &value.as_bytes()[at..]).map_or(value.len(), |length| at + length);
            let spaced = value[at..stop].chars();
            self.tree.pool.extend(spaced.map(|c| match c {
                '\t' | '\n' | '\r' => ' ',
                c => c,
            }));
            match inner.byte(stop) {
                None => break,
                Some(b'&') => {
                    let (end, meant) = self.meant(inner, stop)?;
                    match meant {
                        Meant::Char(c) => self.tree.pool.push(c),
                        Meant::Unknown => {}
                        Meant::Entity(entity) => self.expand_in_value(inner, entity)?,
                    }
                    at = end;
                }
                Some(_) => {
                    return fault(
                        FaultKind::Syntax,
                        place,
                        "an entity with `<` in an attribute value",
                        "write the text itself",
                    );
                }
            }
        }
        self.entities.active.pop();
        Ok(())
    }

    /// The replacement of an entity, if it may be used here; it is being expanded from now on.
    fn enter(&mut self, reference: Reference, place: Range<usize>) -> Result<Rc<str>> {
        let entities = &mut self.entities;
        let Some(Declared::Internal(value)) = entities.values.get(reference.index).cloned() else {
            return fault(
                FaultKind::ExternalEntity,
                place,
                "an entity that may not stand here, for it is outside the document",
                "readers do not fetch it: write its text into the feed",
            );
        };
        if entities.active.contains(&reference.index) {
            return fault(
                FaultKind::Limit,
                place,
                "an entity that contains itself",
                "write the text itself",
            );
        }
        entities.expanded += value.len();
        if entities.active.len() >= MAX_ENTITY_DEPTH || entities.expanded > MAX_EXPANSION {
            return fault(
                FaultKind::Limit,
                place,
                format!("entities that expand to more than {MAX_EXPANSION} bytes or {MAX_ENTITY_DEPTH} levels"),
                "write the text itself",
            );
        }
        entities.active.push(reference.index);
        Ok(value)
    }
}

/// What stands between `&` and `;`.
pub(super) enum Referred<'t> {
    Char(char),
    Name(&'t str),
}

/// Reads the reference that begins with the `&` at `at`.
pub(super) fn read<'t>(input: Input<'t>, at: usize) -> Result<(usize, Referred<'t>)> {
    let rest = &input.text[at + 1..];
    if let Some(number) = rest.strip_prefix('#') {
        return read_character(input, at, number);
    }
    // Nearly all are one of these, and a name need not be looked up to its end to know that.
    for (name, c) in [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("apos;", '\''),
    ] {
        if rest.as_bytes().starts_with(name.as_bytes()) {
            return Ok((at + 1 + name.len(), Referred::Char(c)));
        }
    }
    let length = name_length(rest);
    if length == 0 || rest.as_bytes().get(length) != Some(&b';') {
        return fault(
            FaultKind::Entity,
            input.place(at..at + 1 + length),
            "a `&` that begins no reference",
            "write `&amp;`",
        );
    }
    let name = &rest[..length];
    if name.contains(':') {
        return fault(
            FaultKind::Entity,
            input.place(at..at + 2 + length),
            "the name of an entity with a colon",
            "write the text itself",
        );
    }
    Ok((at + 2 + length, Referred::Name(name)))
}

fn read_character<'t>(input: Input<'t>, at: usize, number: &str) -> Result<(usize, Referred<'t>)> {
    let (digits, radix, lead) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16, 3),
        None => (number, 10, 2),
    };
    let length = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    let end = at + lead + length;
    if length == 0 || digits.as_bytes().get(length) != Some(&b';') {
        return fault(
            FaultKind::Entity,
            input.place(at..end.min(input.text.len())),
            "a character reference that is not closed or has no number",
            "write `&#` or `&#x`, the number and `;`",
        );
    }
    if length > MAX_NAME {
        return fault(
            FaultKind::Limit,
            input.place(at..end),
            format!("a character reference longer than {MAX_NAME} digits"),
            "write the character itself",
        );
    }
    let significant = digits[..length].trim_start_matches('0');
    let c = Some(significant)
        .filter(|digits| digits.len() <= 7)
        .and_then(|digits| u32::from_str_radix(digits, radix).ok())
        .and_then(char::from_u32)
        .filter(|&c| is_char(c));
    match c {
        Some(c) => Ok((end + 1, Referred::Char(c))),
        None => fault(
            FaultKind::Character,
            input.place(at..end + 1),
            "a reference to a character that cannot stand in XML",
            "remove it; control characters have no place in a feed",
        ),
    }
}
