//! Declarations of elements, attributes and notations: read for their grammar, and for the values that attributes have
//! where a tag does not write them.

use std::collections::HashMap;
use std::ops::Range;

use super::cursor::Cursor;
use super::doctype::external_id;
use super::input::{Input, Result, fault};
use super::names::token_length;
use super::reader::Reader;
use super::tag::{Raw, is_declaration};
use super::{FaultKind, MAX_ATTRIBUTES, MAX_DEPTH};

/// The attributes with a default value, by the name of their element.
pub(super) type Defaults = HashMap<String, Vec<Raw>>;

const NAMELESS: &str = "a declaration without a name";
const UNCLOSED: &str = "a declaration is not closed";

/// Reads the rest of `<!ELEMENT name (model)>`.
pub(super) fn element(cursor: &mut Cursor<'_>) -> Result<()> {
    cursor.need_space(NAMELESS)?;
    cursor.qualified_name(NAMELESS)?;
    cursor.need_space("an element declaration without a model")?;
    if !cursor.take("EMPTY") && !cursor.take("ANY") {
        cursor.need("(", "an element declaration without a model")?;
        cursor.space();
        if cursor.take("#PCDATA") {
            mixed_model(cursor)?;
        } else {
            element_model(cursor)?;
        }
    }
    cursor.space();
    cursor.need(">", UNCLOSED)
}

/// The rest of `(#PCDATA | a | b)*`: production [51].
fn mixed_model(cursor: &mut Cursor<'_>) -> Result<()> {
    let mut has_names = false;
    loop {
        cursor.space();
        if cursor.take(")") {
            break;
        }
        cursor.need("|", "a model of mixed content with something else than names in it")?;
        cursor.space();
        cursor.qualified_name("a model of mixed content with something else than names in it")?;
        has_names = true;
    }
    if !cursor.take("*") && has_names {
        return cursor.wrong("a model of mixed content that does not end with `)*`");
    }
    Ok(())
}

/// The rest of `(a, (b | c)*, d?)`: productions [47] to [50].
fn element_model(cursor: &mut Cursor<'_>) -> Result<()> {
    // Of each open group, what stands between its parts, once that is known.
    let mut open: Vec<Option<u8>> = vec![None];
    loop {
        cursor.space();
        if cursor.take("(") {
            if open.len() >= MAX_DEPTH {
                return fault(
                    FaultKind::Limit,
                    cursor.at - 1..cursor.at,
                    format!("a model with more than {MAX_DEPTH} levels"),
                    "a feed needs no document type declaration: remove it",
                );
            }
            open.push(None);
            continue;
        }
        cursor.qualified_name("an element's model with something else than names in it")?;
        occurrence(cursor);
        loop {
            cursor.space();
            let Some(separator) = open.last_mut() else {
                return Ok(());
            };
            match cursor.peek() {
                Some(b')') => {
                    cursor.at += 1;
                    occurrence(cursor);
                    open.pop();
                    if open.is_empty() {
                        return Ok(());
                    }
                }
                Some(byte @ (b',' | b'|')) if separator.is_none_or(|other| other == byte) => {
                    cursor.at += 1;
                    *separator = Some(byte);
                    break;
                }
                _ => return cursor.wrong("an element's model that is not closed, or has `,` beside `|`"),
            }
        }
    }
}

fn occurrence(cursor: &mut Cursor<'_>) {
    if matches!(cursor.peek(), Some(b'?' | b'*' | b'+')) {
        cursor.at += 1;
    }
}

/// Reads the rest of `<!NOTATION name PUBLIC "…">`.
pub(super) fn notation(cursor: &mut Cursor<'_>) -> Result<()> {
    cursor.need_space(NAMELESS)?;
    cursor.plain_name(NAMELESS)?;
    cursor.need_space("a notation without an identifier")?;
    if external_id(cursor, true)?.is_none() {
        return cursor.wrong("a notation without an identifier");
    }
    cursor.space();
    cursor.need(">", UNCLOSED)
}

/// The type of an attribute: productions [54] to [59].
fn attribute_type(cursor: &mut Cursor<'_>) -> Result<()> {
    const TYPES: [&str; 8] = [
        "CDATA", "IDREFS", "IDREF", "ID", "ENTITIES", "ENTITY", "NMTOKENS", "NMTOKEN",
    ];
    if TYPES.iter().any(|name| cursor.take(name)) {
        return Ok(());
    }
    let is_notation = cursor.take("NOTATION");
    if is_notation {
        cursor.need_space("an attribute without a type")?;
    }
    cursor.need("(", "an attribute without a type")?;
    loop {
        cursor.space();
        if is_notation {
            cursor.plain_name("a list of notations with something else in it")?;
        } else {
            let length = token_length(&cursor.text[cursor.at..]);
            if length == 0 {
                return cursor.wrong("a list of words with something else in it");
            }
            cursor.at += length;
        }
        cursor.space();
        if cursor.take(")") {
            return Ok(());
        }
        cursor.need("|", "a list of words that is not closed")?;
    }
}

impl Reader<'_> {
    /// Reads the rest of `<!ATTLIST element name CDATA "default">`, and takes its values over if it counts.
    pub(super) fn attribute_list(&mut self, cursor: &mut Cursor<'_>, counts: bool) -> Result<()> {
        cursor.need_space(NAMELESS)?;
        let element = cursor.qualified_name(NAMELESS)?;
        loop {
            let is_spaced = cursor.space();
            if cursor.take(">") {
                return Ok(());
            }
            if !is_spaced {
                return cursor.wrong(UNCLOSED);
            }
            let start = cursor.at;
            let name = cursor.qualified_name("an attribute declaration without a name")?;
            cursor.need_space("an attribute without a type")?;
            attribute_type(cursor)?;
            cursor.need_space("an attribute declaration without a default")?;
            if cursor.take("#REQUIRED") || cursor.take("#IMPLIED") {
                continue;
            }
            if cursor.take("#FIXED") {
                cursor.need_space("an attribute declaration without a default")?;
            }
            let default = self.default_value(cursor, start, name)?;
            if counts {
                self.take_default(element, default, start..cursor.at)?;
            }
        }
    }

    fn default_value(&mut self, cursor: &mut Cursor<'_>, start: usize, name: &str) -> Result<Raw> {
        let Some(quote @ (b'"' | b'\'')) = cursor.peek() else {
            return cursor.wrong("an attribute declaration without a default");
        };
        let input = Input::document(self.text);
        let (close, value) = self.attribute_value(input, cursor.at + 1, quote)?;
        cursor.at = close + 1;
        Ok(Raw {
            name: self.name(name, name.find(':').unwrap_or(0), start..cursor.at)?,
            value,
            start,
            end: cursor.at,
            is_declaration: is_declaration(name),
        })
    }

    fn take_default(&mut self, element: &str, default: Raw, place: Range<usize>) -> Result<()> {
        let known = self.defaults.entry(element.to_owned()).or_default();
        // The first declaration of an attribute counts: section 3.3.
        if known.iter().any(|other| other.name == default.name) {
            return Ok(());
        }
        if known.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                place,
                format!("more than {MAX_ATTRIBUTES} attributes of one element"),
                "a feed needs no document type declaration: remove it",
            );
        }
        known.push(default);
        Ok(())
    }

    /// Adds the attributes that a tag has by its declaration to those that it has.
    pub(super) fn add_defaults(&mut self, element: &str, place: Range<usize>) {
        let Some(defaults) = self.defaults.get(element) else {
            return;
        };
        let written = self.raw.len();
        for default in defaults {
            if !self.raw[..written].iter().any(|raw| raw.name == default.name) {
                self.raw.push(Raw {
                    start: place.start,
                    end: place.end,
                    ..default.clone()
                });
            }
        }
    }
}
