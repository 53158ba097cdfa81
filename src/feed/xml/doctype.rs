//! The document type declaration and the entities that it declares. Nothing outside the document is ever read.

mod attribute_list;
mod content_model;
mod cursor;
mod external_id;

use std::rc::Rc;

use super::entities::EntityValue;
use super::input::{Input, Result, fault};
use super::reader::Reader;
use super::references::{ParsedReference, parse_reference};
use super::{Doctype, FaultKind, MAX_DECLARATIONS};
use cursor::Cursor;
use external_id::external_id;

impl Reader<'_> {
    /// Reads the document type declaration at `start` and returns its end.
    pub(super) fn doctype(&mut self, start: usize) -> Result<usize> {
        let mut cursor = Cursor {
            text: self.text,
            at: start + "<!DOCTYPE".len(),
        };
        cursor.expect_space("a document type declaration has no name")?;
        cursor.qualified_name("a document type declaration has no name")?;
        let mut doctype = Doctype {
            at: start..cursor.at,
            ..Doctype::default()
        };
        let has_space = cursor.skip_space();
        let before = cursor.at;
        if let Some(id) = external_id(&mut cursor, false)? {
            if !has_space {
                cursor.at = before;
                return cursor.fault("a document type declaration has no white space after its name");
            }
            doctype.public = id.public;
            doctype.system = id.system;
            // The external subset is never fetched. Otherwise, a feed could make the machine on which it is checked
            // read local files or contact servers.
            self.entities.may_be_declared_elsewhere = !self.is_standalone();
        }
        cursor.skip_space();
        let result = if cursor.accept("[") {
            self.internal_subset(&mut cursor, &mut doctype)
        } else {
            Ok(())
        };
        // The declaration is stored even if the internal subset has a fault, because rules also report problems that
        // come before the fault.
        self.doctype = Some(doctype);
        result?;
        cursor.skip_space();
        cursor.expect(">", "the document type declaration is not closed")?;
        Ok(cursor.at)
    }

    fn is_standalone(&self) -> bool {
        self.declaration
            .as_ref()
            .is_some_and(|declaration| declaration.is_standalone)
    }

    fn internal_subset(&mut self, cursor: &mut Cursor<'_>, doctype: &mut Doctype) -> Result<()> {
        let input = Input::document(self.text);
        // Parameter entities are not read. Declarations after a reference to a parameter entity are ignored unless the
        // document is standalone, because the entity may already declare the same names (XML 1.0 section 5.1).
        let mut counts = true;
        for _ in 0..MAX_DECLARATIONS {
            cursor.skip_space();
            let start = cursor.at;
            let rest = &cursor.text[start..];
            if cursor.accept("]") {
                return Ok(());
            } else if rest.starts_with("<!--") {
                cursor.at = self.comment(input, start)?;
            } else if rest.starts_with("<?") {
                cursor.at = self.instruction(input, start)?;
            } else if cursor.accept("<!ENTITY") {
                self.entity_declaration(cursor, doctype, counts)?;
            } else if cursor.accept("<!ELEMENT") {
                content_model::element_declaration(cursor)?;
            } else if cursor.accept("<!ATTLIST") {
                self.attribute_list(cursor, counts)?;
            } else if cursor.accept("<!NOTATION") {
                external_id::notation(cursor)?;
            } else if cursor.accept("%") {
                cursor.plain_name("`%` does not begin a reference")?;
                cursor.expect(";", "`%` does not begin a reference")?;
                counts = self.is_standalone();
                self.entities.may_be_declared_elsewhere |= !counts;
            } else {
                // Conditional sections, `<![INCLUDE[`, are allowed only in the external subset (XML 1.0 section 3.4).
                return cursor.fault("the document type contains something that is not a declaration");
            }
        }
        fault(
            FaultKind::Limit,
            cursor.at..cursor.at + 1,
            format!("the document type contains more than {MAX_DECLARATIONS} declarations"),
            "remove the document type declaration; a feed does not need one",
        )
    }

    /// Reads the rest of an entity declaration, after `<!ENTITY`. The declaration takes effect only if `counts` is
    /// true.
    fn entity_declaration(&mut self, cursor: &mut Cursor<'_>, doctype: &mut Doctype, counts: bool) -> Result<()> {
        let start = cursor.at - "<!ENTITY".len();
        let nameless = "an entity declaration has no name";
        cursor.expect_space(nameless)?;
        let is_parameter = cursor.accept("%");
        if is_parameter {
            cursor.expect_space(nameless)?;
        }
        let name = cursor.plain_name(nameless)?;
        cursor.expect_space("an entity declaration has no value")?;
        let value = self.entity_definition(cursor, is_parameter)?;
        cursor.skip_space();
        cursor.expect(">", "an entity declaration is not closed")?;
        let range = start..cursor.at;
        if is_parameter || !matches!(value, EntityValue::Internal(_)) {
            doctype.external.push(range);
        } else {
            doctype.entities.push(range);
        }
        if !is_parameter && counts {
            self.entities.declare(name, value);
        }
        Ok(())
    }

    fn entity_definition(&mut self, cursor: &mut Cursor<'_>, is_parameter: bool) -> Result<EntityValue> {
        let start = cursor.at + 1;
        if let Some((value, _)) = cursor.quoted() {
            return Ok(EntityValue::Internal(
                self.replacement_text(start, start + value.len())?,
            ));
        }
        if external_id(cursor, false)?.is_none() {
            return cursor.fault("an entity declaration has no value");
        }
        let has_space = cursor.skip_space();
        // `NDATA` marks an entity that is not XML. It is not allowed in the declaration of a parameter entity (XML 1.0
        // production [74]).
        if is_parameter || !has_space || !cursor.accept("NDATA") {
            return Ok(EntityValue::External);
        }
        cursor.expect_space("an entity declaration has no notation name")?;
        cursor.plain_name("an entity declaration has no notation name")?;
        Ok(EntityValue::Unparsed)
    }

    /// The replacement text of an entity whose literal value is between `at` and `end`.
    ///
    /// Character references are replaced here. References to other entities are replaced only when the entity is used
    /// (XML 1.0 section 4.4.7).
    fn replacement_text(&mut self, mut at: usize, end: usize) -> Result<Rc<str>> {
        let input = Input::document(&self.text[..end]);
        let mut replaced = String::with_capacity(end - at);
        loop {
            let rest = &input.text[at..];
            let plain = rest.find(['&', '%', '\r']).unwrap_or(rest.len());
            replaced.push_str(&rest[..plain]);
            at += plain;
            match input.byte(at) {
                None => return Ok(replaced.into()),
                // In the internal subset, a parameter-entity reference is not allowed inside a declaration (XML 1.0
                // section 2.8, "PEs in Internal Subset").
                Some(b'%') => {
                    return fault(
                        FaultKind::Syntax,
                        at..at + 1,
                        "an entity value contains `%`",
                        "write `&#37;`",
                    );
                }
                Some(b'\r') => {
                    // The `\n` of a `\r\n` is copied with the text that follows.
                    if input.byte(at + 1) != Some(b'\n') {
                        replaced.push('\n');
                    }
                    at += 1;
                }
                Some(_) => {
                    let (after, reference) = parse_reference(input, at)?;
                    match reference {
                        ParsedReference::Char(c) if input.starts_with(at, "&#") => replaced.push(c),
                        _ => replaced.push_str(&input.text[at..after]),
                    }
                    at = after;
                }
            }
        }
    }
}
