//! References to characters, to the five predefined entities, and to entities that the document type declares.

use std::ops::Range;
use std::rc::Rc;

use super::entities::EntityValue;
use super::input::{Input, Result, fault};
use super::names::{is_char, name_length};
use super::reader::Reader;
use super::{FaultKind, MAX_DECLARATIONS, MAX_ENTITY_DEPTH, MAX_EXPANSION, MAX_NAME, Strictness};

/// A parsed reference that has not been resolved yet.
pub(super) enum ParsedReference<'t> {
    /// A character reference or a predefined entity.
    Char(char),
    /// The name of any other entity.
    Entity(&'t str),
}

/// A reference to an entity that the document type declares.
#[derive(Clone, Copy)]
pub(super) struct EntityReference {
    index: usize,
    at: usize,
    end: usize,
}

/// What a reference resolves to.
pub(super) enum Resolved {
    Char(char),
    Entity(EntityReference),
    /// An entity that this document does not declare, but that an external subset may declare.
    MaybeDeclaredElsewhere,
}

impl Reader<'_> {
    /// Resolves the reference at `at`. Returns the end of the reference and what it resolves to.
    pub(super) fn resolve_reference(&self, input: Input<'_>, at: usize) -> Result<(usize, Resolved)> {
        let (end, name) = match parse_reference(input, at)? {
            (end, ParsedReference::Char(c)) => return Ok((end, Resolved::Char(c))),
            (end, ParsedReference::Entity(name)) => (end, name),
        };
        if let Some(&index) = self.entities.names.get(name) {
            return Ok((end, Resolved::Entity(EntityReference { index, at, end })));
        }
        if self.strictness == Strictness::FeedReaders
            && let Some(c) = html_character(&input.text[at + 1..end])
        {
            return Ok((end, Resolved::Char(c)));
        }
        // If an external subset may declare the entity, the document is well-formed, even though no reader fetches that
        // subset.
        if self.entities.may_be_declared_elsewhere {
            return Ok((end, Resolved::MaybeDeclaredElsewhere));
        }
        fault(
            FaultKind::Entity,
            input.source_range(at..end),
            format!("`&{name};` is not defined"),
            "write the character itself; XML defines only `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`",
        )
    }

    /// Reads the replacement text of an entity as content.
    pub(super) fn expand(&mut self, input: Input<'_>, reference: EntityReference) -> Result<()> {
        let range = input.source_range(reference.at..reference.end);
        if matches!(self.entities.values.get(reference.index), Some(EntityValue::External)) {
            // The document is well-formed, so reading continues without the entity's text. A rule reports the
            // reference.
            if self.external.len() < MAX_DECLARATIONS {
                self.external.push(range);
            }
            return Ok(());
        }
        // Elements in the replacement text are added to the tree as usual. They get the range of the reference, because
        // findings must point to a location in the document.
        let value = self.enter_entity(reference, range.clone())?;
        let inner = Input {
            text: &value,
            reference: Some((range.start, range.end)),
        };
        self.content(inner, 0)?;
        self.entities.active.pop();
        Ok(())
    }

    /// Appends the replacement text of an entity to the pool, as part of an attribute value.
    pub(super) fn expand_in_value(&mut self, input: Input<'_>, reference: EntityReference) -> Result<()> {
        let range = input.source_range(reference.at..reference.end);
        let value = self.enter_entity(reference, range.clone())?;
        let inner = Input {
            text: &value,
            reference: Some((range.start, range.end)),
        };
        let mut at = 0;
        loop {
            let stop = memchr::memchr2(b'<', b'&', &value.as_bytes()[at..]).map_or(value.len(), |length| at + length);
            let spaced = value[at..stop].chars();
            self.tree.pool.extend(spaced.map(|c| match c {
                // White space in an attribute value is normalized even if it comes from an entity (XML 1.0 section
                // 3.3.3).
                '\t' | '\n' | '\r' => ' ',
                c => c,
            }));
            match inner.byte(stop) {
                None => break,
                Some(b'&') => {
                    let (end, resolved) = self.resolve_reference(inner, stop)?;
                    match resolved {
                        Resolved::Char(c) => self.tree.pool.push(c),
                        Resolved::MaybeDeclaredElsewhere => {}
                        Resolved::Entity(entity) => self.expand_in_value(inner, entity)?,
                    }
                    at = end;
                }
                Some(_) => {
                    return fault(
                        FaultKind::Syntax,
                        range,
                        "an attribute value refers to an entity that contains `<`",
                        "write the text itself instead of this reference",
                    );
                }
            }
        }
        self.entities.active.pop();
        Ok(())
    }

    /// Marks an entity as being expanded and returns its replacement text. Returns a fault if the entity must not be
    /// expanded here.
    fn enter_entity(&mut self, reference: EntityReference, range: Range<usize>) -> Result<Rc<str>> {
        let entities = &mut self.entities;
        // External entities are not allowed in attribute values (XML 1.0 section 4.4.4). Unparsed entities, such as
        // images, are not allowed anywhere.
        let Some(EntityValue::Internal(value)) = entities.values.get(reference.index).cloned() else {
            return fault(
                FaultKind::ExternalEntity,
                range,
                "XML does not allow a reference to an external entity here",
                "put the entity's text directly in the feed; readers do not fetch external entities",
            );
        };
        // XML forbids recursive entities (XML 1.0 section 4.1, "No Recursion"). Without this check, reading a one-line
        // document could take forever.
        if entities.active.contains(&reference.index) {
            return fault(
                FaultKind::Limit,
                range,
                "an entity contains itself",
                "write the text itself instead of this reference",
            );
        }
        // Nested expansions count toward the limit too. In the "billion laughs" attack, each of ten entities contains
        // ten references to the next entity, and together they expand to gigabytes.
        entities.expanded += value.len();
        if entities.active.len() >= MAX_ENTITY_DEPTH || entities.expanded > MAX_EXPANSION {
            return fault(
                FaultKind::Limit,
                range,
                format!(
                    "the entities expand to more than {MAX_EXPANSION} bytes or are nested more than {MAX_ENTITY_DEPTH} \
                     levels deep"
                ),
                "write the text itself instead of this reference",
            );
        }
        entities.active.push(reference.index);
        Ok(value)
    }
}

/// The character that the HTML character reference `&name` stands for. `name` includes the semicolon.
fn html_character(name: &str) -> Option<char> {
    match html5ever::data::NAMED_ENTITIES.get(name)? {
        (code, 0) => char::from_u32(*code),
        // A few references stand for two characters. HTML 4 does not define them, and feed readers do not support them.
        _ => None,
    }
}

/// Parses the reference that begins with the `&` at `at`. Returns the end of the reference and the parsed reference.
pub(super) fn parse_reference<'t>(input: Input<'t>, at: usize) -> Result<(usize, ParsedReference<'t>)> {
    let rest = &input.text[at + 1..];
    if let Some(number) = rest.strip_prefix('#') {
        return parse_character_reference(input, at, number);
    }
    // Nearly all entity references are to one of these five entities, so they are tried first.
    for (name, c) in [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("apos;", '\''),
    ] {
        if rest.as_bytes().starts_with(name.as_bytes()) {
            return Ok((at + 1 + name.len(), ParsedReference::Char(c)));
        }
    }
    let length = name_length(rest);
    if length == 0 || rest.as_bytes().get(length) != Some(&b';') {
        return fault(
            FaultKind::Entity,
            input.source_range(at..at + 1 + length),
            "`&` does not begin a reference",
            "write `&amp;`",
        );
    }
    let name = &rest[..length];
    // Entity names must not contain colons (Namespaces in XML 1.0 section 7).
    if name.contains(':') {
        return fault(
            FaultKind::Entity,
            input.source_range(at..at + 2 + length),
            "an entity name contains a colon",
            "write the text itself instead of this reference",
        );
    }
    Ok((at + 2 + length, ParsedReference::Entity(name)))
}

fn parse_character_reference<'t>(input: Input<'t>, at: usize, number: &str) -> Result<(usize, ParsedReference<'t>)> {
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
            input.source_range(at..end.min(input.text.len())),
            "a character reference has no number, or does not end with `;`",
            "write `&#` or `&#x`, then the number, then `;`",
        );
    }
    if length > MAX_NAME {
        return fault(
            FaultKind::Limit,
            input.source_range(at..end),
            format!("a character reference has more than {MAX_NAME} digits"),
            "write the character itself",
        );
    }
    // The largest code point, U+10FFFF, has seven decimal digits, but a reference may have any number of leading zeros.
    let significant = digits[..length].trim_start_matches('0');
    let c = Some(significant)
        .filter(|digits| digits.len() <= 7)
        .and_then(|digits| u32::from_str_radix(digits, radix).ok())
        .and_then(char::from_u32)
        .filter(|&c| is_char(c));
    match c {
        Some(c) => Ok((end + 1, ParsedReference::Char(c))),
        None => fault(
            FaultKind::Character,
            input.source_range(at..end + 1),
            "a reference represents a character that XML forbids",
            "remove the reference; XML cannot represent this character",
        ),
    }
}
