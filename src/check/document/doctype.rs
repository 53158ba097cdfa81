//! The document type declaration: what it names, and the entities it declares. Nothing outside is ever read.

use std::rc::Rc;

use super::cursor::Cursor;
use super::entities::{Declared, Referred, read};
use super::input::{Input, Result, fault};
use super::reader::Reader;
use super::{Doctype, FaultKind, MAX_DECLARATIONS, markup};

/// `SYSTEM "…"` or `PUBLIC "…" "…"`.
#[derive(Default)]
pub(super) struct ExternalId {
    public: Option<String>,
    system: Option<String>,
}

/// Reads what is outside the document, if that is next; a notation may have a public identifier alone.
pub(super) fn external_id(cursor: &mut Cursor<'_>, may_lack_system: bool) -> Result<Option<ExternalId>> {
    let mut id = ExternalId::default();
    if cursor.take("PUBLIC") {
        cursor.need_space("a public identifier is missing")?;
        let Some((public, _)) = cursor.quoted() else {
            return cursor.wrong("a public identifier is missing");
        };
        let is_public = |c: char| c.is_ascii_alphanumeric() || " \r\n-'()+,./:=?;!*#@$_%".contains(c);
        if !public.chars().all(is_public) {
            return cursor.wrong("a public identifier holds a character that it cannot");
        }
        id.public = Some(public.to_owned());
    } else if !cursor.take("SYSTEM") {
        return Ok(None);
    }
    let is_spaced = cursor.space();
    if may_lack_system && id.public.is_some() && cursor.peek() == Some(b'>') {
        return Ok(Some(id));
    }
    if !is_spaced {
        return cursor.wrong("a system identifier is missing");
    }
    let Some((system, _)) = cursor.quoted() else {
        return cursor.wrong("a system identifier is missing");
    };
    id.system = Some(system.to_owned());
    Ok(Some(id))
}

impl Reader<'_> {
    /// Reads the document type declaration that begins at `start`; gives its end.
    pub(super) fn doctype(&mut self, start: usize) -> Result<usize> {
        let mut cursor = Cursor {
            text: self.text,
            at: start + "<!DOCTYPE".len(),
        };
        cursor.need_space("a document type declaration without a name")?;
        cursor.qualified_name("a document type declaration without a name")?;
        let mut doctype = Doctype {
            at: start..cursor.at,
            ..Doctype::default()
        };
        let is_spaced = cursor.space();
        let before = cursor.at;
        if let Some(id) = external_id(&mut cursor, false)? {
            if !is_spaced {
                cursor.at = before;
                return cursor.wrong("a document type declaration without white space after its name");
            }
            doctype.public = id.public;
            doctype.system = id.system;
            self.entities.may_be_declared_elsewhere = !self.is_standalone();
        }
        cursor.space();
        let result = if cursor.take("[") {
            self.internal_subset(&mut cursor, &mut doctype)
        } else {
            Ok(())
        };
        self.doctype = Some(doctype);
        result?;
        cursor.space();
        cursor.need(">", "the document type declaration is not closed")?;
        Ok(cursor.at)
    }

    fn is_standalone(&self) -> bool {
        self.declaration
            .as_ref()
            .is_some_and(|declaration| declaration.is_standalone)
    }

    fn internal_subset(&mut self, cursor: &mut Cursor<'_>, doctype: &mut Doctype) -> Result<()> {
        let input = Input::document(self.text);
        // What an unread parameter entity says may come before all that follows it: section 5.1.
        let mut counts = true;
        for _ in 0..MAX_DECLARATIONS {
            cursor.space();
            let start = cursor.at;
            let rest = &cursor.text[start..];
            if cursor.take("]") {
                return Ok(());
            } else if rest.starts_with("<!--") {
                cursor.at = self.comment(input, start)?;
            } else if rest.starts_with("<?") {
                cursor.at = self.instruction(input, start)?;
            } else if cursor.take("<!ENTITY") {
                self.entity(cursor, doctype, counts)?;
            } else if cursor.take("<!ELEMENT") {
                markup::element(cursor)?;
            } else if cursor.take("<!ATTLIST") {
                self.attribute_list(cursor, counts)?;
            } else if cursor.take("<!NOTATION") {
                markup::notation(cursor)?;
            } else if cursor.take("%") {
                cursor.plain_name("a `%` that begins no reference")?;
                cursor.need(";", "a `%` that begins no reference")?;
                counts = self.is_standalone();
                self.entities.may_be_declared_elsewhere |= !counts;
            } else {
                return cursor.wrong("something in the document type that is no declaration");
            }
        }
        fault(
            FaultKind::Limit,
            cursor.at..cursor.at + 1,
            format!("more than {MAX_DECLARATIONS} declarations in the document type"),
            "a feed needs no document type declaration: remove it",
        )
    }

    /// Reads an entity declaration after `<!ENTITY`, and takes it over if it counts.
    fn entity(&mut self, cursor: &mut Cursor<'_>, doctype: &mut Doctype, counts: bool) -> Result<()> {
        let start = cursor.at - "<!ENTITY".len();
        let nameless = "an entity declaration without a name";
        cursor.need_space(nameless)?;
        let is_parameter = cursor.take("%");
        if is_parameter {
            cursor.need_space(nameless)?;
        }
        let name = cursor.plain_name(nameless)?;
        cursor.need_space("an entity declaration without a value")?;
        let value = self.entity_definition(cursor, is_parameter)?;
        cursor.space();
        cursor.need(">", "an entity declaration is not closed")?;
        let place = start..cursor.at;
        if is_parameter || !matches!(value, Declared::Internal(_)) {
            doctype.external.push(place);
        } else {
            doctype.entities.push(place);
        }
        if !is_parameter && counts {
            self.entities.declare(name, value);
        }
        Ok(())
    }

    fn entity_definition(&mut self, cursor: &mut Cursor<'_>, is_parameter: bool) -> Result<Declared> {
        let start = cursor.at + 1;
        if let Some((value, _)) = cursor.quoted() {
            return Ok(Declared::Internal(self.entity_value(start, start + value.len())?));
        }
        if external_id(cursor, false)?.is_none() {
            return cursor.wrong("an entity declaration without a value");
        }
        let is_spaced = cursor.space();
        if is_parameter || !is_spaced || !cursor.take("NDATA") {
            return Ok(Declared::External);
        }
        cursor.need_space("an entity declaration with a wrong notation")?;
        cursor.plain_name("an entity declaration with a wrong notation")?;
        Ok(Declared::Unparsed)
    }

    /// The replacement text of an entity: character references are resolved now, others when it is used.
    fn entity_value(&mut self, mut at: usize, end: usize) -> Result<Rc<str>> {
        let input = Input::document(&self.text[..end]);
        let mut replaced = String::with_capacity(end - at);
        loop {
            let rest = &input.text[at..];
            let plain = rest.find(['&', '%', '\r']).unwrap_or(rest.len());
            replaced.push_str(&rest[..plain]);
            at += plain;
            match input.byte(at) {
                None => return Ok(replaced.into()),
                Some(b'%') => {
                    return fault(
                        FaultKind::Syntax,
                        at..at + 1,
                        "a `%` in the value of an entity",
                        "write `&#37;`",
                    );
                }
                Some(b'\r') => {
                    if input.byte(at + 1) != Some(b'\n') {
                        replaced.push('\n');
                    }
                    at += 1;
                }
                Some(_) => {
                    let (after, referred) = read(input, at)?;
                    match referred {
                        Referred::Char(c) if input.starts_with(at, "&#") => replaced.push(c),
                        _ => replaced.push_str(&input.text[at..after]),
                    }
                    at = after;
                }
            }
        }
    }
}
