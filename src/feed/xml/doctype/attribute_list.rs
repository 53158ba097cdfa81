//! Attribute-list declarations: their syntax, and the default values that they define.

use std::ops::Range;

use super::cursor::Cursor;
use crate::feed::xml::attribute::{RawAttribute, is_namespace_declaration};
use crate::feed::xml::input::{Input, Result, fault};
use crate::feed::xml::names::token_length;
use crate::feed::xml::reader::Reader;
use crate::feed::xml::{FaultKind, MAX_ATTRIBUTES};

impl Reader<'_> {
    /// Reads the rest of `<!ATTLIST element name CDATA "default">`. Its default values are used only if `counts` is
    /// true.
    pub(super) fn attribute_list(&mut self, cursor: &mut Cursor<'_>, counts: bool) -> Result<()> {
        cursor.expect_space("an attribute-list declaration has no element name")?;
        let element = cursor.qualified_name("an attribute-list declaration has no element name")?;
        loop {
            let has_space = cursor.skip_space();
            if cursor.accept(">") {
                return Ok(());
            }
            if !has_space {
                return cursor.fault("an attribute-list declaration is not closed");
            }
            let start = cursor.at;
            let name = cursor.qualified_name("an attribute declaration has no name")?;
            cursor.expect_space("an attribute declaration has no type")?;
            attribute_type(cursor)?;
            cursor.expect_space("an attribute declaration has no default")?;
            if cursor.accept("#REQUIRED") || cursor.accept("#IMPLIED") {
                continue;
            }
            // Feeds are not validated against their document type, so attributes may have values other than the fixed
            // one.
            if cursor.accept("#FIXED") {
                cursor.expect_space("an attribute declaration has no default")?;
            }
            let default = self.default_value(cursor, start, name)?;
            if counts {
                self.store_default(element, default, start..cursor.at)?;
            }
        }
    }

    fn default_value(&mut self, cursor: &mut Cursor<'_>, start: usize, name: &str) -> Result<RawAttribute> {
        let Some(quote @ (b'"' | b'\'')) = cursor.peek() else {
            return cursor.fault("an attribute declaration has no default");
        };
        let input = Input::document(self.text);
        let (close, value) = self.attribute_value(input, cursor.at + 1, quote)?;
        cursor.at = close + 1;
        Ok(RawAttribute {
            name: self.name(name, name.find(':').unwrap_or(0), start..cursor.at)?,
            value,
            start,
            end: cursor.at,
            // A default value can also declare a namespace, as in the XHTML document type.
            is_declaration: is_namespace_declaration(name),
        })
    }

    fn store_default(&mut self, element: &str, default: RawAttribute, range: Range<usize>) -> Result<()> {
        let defaults = self.defaults.entry(element.to_owned()).or_default();
        // The first declaration of an attribute is binding: XML 1.0 section 3.3.
        if defaults.iter().any(|other| other.name == default.name) {
            return Ok(());
        }
        if defaults.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                range,
                format!("more than {MAX_ATTRIBUTES} attributes are declared for one element"),
                "remove the document type declaration; a feed does not need one",
            );
        }
        defaults.push(default);
        Ok(())
    }

    /// Adds an element's default attributes to the attributes in its tag. `range` is the range of the tag.
    pub(in crate::feed::xml) fn add_defaults(&mut self, element: &str, range: Range<usize>) {
        let Some(defaults) = self.defaults.get(element) else {
            return;
        };
        // A default value is not written in the tag, so findings about the value point to the whole tag.
        let written = self.raw_attributes.len();
        for default in defaults {
            if !self.raw_attributes[..written]
                .iter()
                .any(|raw| raw.name == default.name)
            {
                self.raw_attributes.push(RawAttribute {
                    start: range.start,
                    end: range.end,
                    ..default.clone()
                });
            }
        }
    }
}

/// Reads an attribute type: productions [54] to [59].
fn attribute_type(cursor: &mut Cursor<'_>) -> Result<()> {
    // `accept` compares only the start of the text, so `IDREFS` must come before `IDREF`, and `IDREF` before `ID`.
    const TYPES: [&str; 8] = [
        "CDATA", "IDREFS", "IDREF", "ID", "ENTITIES", "ENTITY", "NMTOKENS", "NMTOKEN",
    ];
    if TYPES.iter().any(|name| cursor.accept(name)) {
        return Ok(());
    }
    let is_notation = cursor.accept("NOTATION");
    if is_notation {
        cursor.expect_space("an attribute declaration has no type")?;
    }
    cursor.expect("(", "an attribute declaration has no type")?;
    loop {
        cursor.skip_space();
        if is_notation {
            cursor.plain_name("a list of notations contains something that is not a name")?;
        } else {
            let length = token_length(&cursor.text[cursor.at..]);
            if length == 0 {
                return cursor.fault("a list of attribute values contains something that is not a name token");
            }
            cursor.at += length;
        }
        cursor.skip_space();
        if cursor.accept(")") {
            return Ok(());
        }
        cursor.expect("|", "a list of attribute values is not closed")?;
    }
}
