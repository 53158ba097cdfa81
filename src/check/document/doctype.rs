//! The document type declaration: what it names, and the entities it declares. Nothing outside is ever read.

use std::ops::Range;
use std::rc::Rc;

use super::names::{is_space, name_length};
use super::reader::{Input, Reader, Referred, Result, fault, read_reference};
use super::{Doctype, FaultKind, MAX_DECLARATIONS};

/// The general entities that the document declares.
#[derive(Default)]
pub(super) struct Entities {
    names: std::collections::HashMap<String, usize>,
    values: Vec<Option<Rc<str>>>,
    /// An external subset may declare what this document does not (XML 1.0, "Entity Declared").
    pub(super) may_be_declared_elsewhere: bool,
}

impl Entities {
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The replacement text; `None` for an entity outside the document.
    pub(super) fn value(&self, index: usize) -> Option<Rc<str>> {
        self.values.get(index).cloned().flatten()
    }

    fn declare(&mut self, name: &str, value: Option<Rc<str>>) {
        // The first declaration of an entity counts: XML 1.0 section 4.2.
        if !self.names.contains_key(name) {
            self.names.insert(name.to_owned(), self.values.len());
            self.values.push(value);
        }
    }
}

/// A position in the declaration, moved forward by what is read.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space; gives whether there was any.
    fn space(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
        self.at > start
    }

    fn take(&mut self, word: &str) -> bool {
        let taken = self.text[self.at..].starts_with(word);
        if taken {
            self.at += word.len();
        }
        taken
    }

    fn name(&mut self) -> &'t str {
        let length = name_length(&self.text[self.at..]);
        let name = &self.text[self.at..self.at + length];
        self.at += length;
        name
    }

    fn quoted(&mut self) -> Option<(&'t str, Range<usize>)> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let start = self.at + 1;
        let length = memchr::memchr(quote, &self.text.as_bytes()[start..])?;
        self.at = start + length + 1;
        Some((&self.text[start..start + length], start..start + length))
    }

    fn wrong<T>(&self, message: &str) -> Result<T> {
        let end = (self.at + 1).min(self.text.len());
        fault(
            FaultKind::Syntax,
            self.at.min(end)..end,
            message,
            "a feed needs no document type declaration: remove it",
        )
    }
}

/// `SYSTEM "…"` or `PUBLIC "…" "…"`.
#[derive(Default)]
struct ExternalId {
    public: Option<String>,
    system: Option<String>,
}

fn external_id(cursor: &mut Cursor<'_>) -> Result<Option<ExternalId>> {
    let mut id = ExternalId::default();
    if cursor.take("PUBLIC") {
        if !cursor.space() {
            return cursor.wrong("a public identifier is missing");
        }
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
    if !cursor.space() {
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
        if !cursor.space() {
            return cursor.wrong("a document type declaration without a name");
        }
        let name = cursor.name();
        if name.is_empty() {
            return cursor.wrong("a document type declaration without a name");
        }
        let mut doctype = Doctype {
            at: start..cursor.at,
            ..Doctype::default()
        };
        let spaced = cursor.space();
        let id = external_id(&mut cursor)?;
        if let Some(id) = id {
            if !spaced {
                return cursor.wrong("a document type declaration without white space after its name");
            }
            doctype.public = id.public;
            doctype.system = id.system;
            self.entities.may_be_declared_elsewhere = true;
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
        if !cursor.take(">") {
            return cursor.wrong("the document type declaration is not closed");
        }
        let input = Input {
            text: self.text,
            reference: None,
        };
        self.characters(input, start..cursor.at)?;
        Ok(cursor.at)
    }

    fn internal_subset(&mut self, cursor: &mut Cursor<'_>, doctype: &mut Doctype) -> Result<()> {
        let input = Input {
            text: self.text,
            reference: None,
        };
        let mut declarations = 0;
        loop {
            cursor.space();
            let start = cursor.at;
            declarations += 1;
            if declarations > MAX_DECLARATIONS {
                return fault(
                    FaultKind::Limit,
                    start..start + 1,
                    format!("more than {MAX_DECLARATIONS} declarations in the document type"),
                    "a feed needs no document type declaration: remove it",
                );
            }
            let rest = &cursor.text[start..];
            if cursor.take("]") {
                return Ok(());
            } else if rest.starts_with("<!--") {
                cursor.at = self.comment(input, start)?;
            } else if rest.starts_with("<?") {
                cursor.at = self.instruction(input, start)?;
            } else if cursor.take("<!ENTITY") {
                self.entity(cursor, doctype, start)?;
            } else if ["<!ELEMENT", "<!ATTLIST", "<!NOTATION"]
                .iter()
                .any(|word| cursor.take(word))
            {
                skip_declaration(cursor)?;
                self.characters(input, start..cursor.at)?;
            } else if cursor.take("%") {
                if cursor.name().is_empty() || !cursor.take(";") {
                    return cursor.wrong("a `%` that begins no reference");
                }
                // What it stands for is not read, and may declare anything.
                self.entities.may_be_declared_elsewhere = true;
            } else {
                return cursor.wrong("something in the document type that is no declaration");
            }
        }
    }

    /// Reads an entity declaration after `<!ENTITY`.
    fn entity(&mut self, cursor: &mut Cursor<'_>, doctype: &mut Doctype, start: usize) -> Result<()> {
        let spaced = cursor.space();
        let is_parameter = cursor.take("%");
        let spaced = if is_parameter { cursor.space() } else { spaced };
        let name = cursor.name();
        if !spaced || name.is_empty() || name.contains(':') || !cursor.space() {
            return cursor.wrong("an entity declaration without a name");
        }
        let value = match cursor.quoted() {
            Some((value, range)) => Some(self.entity_value(value, range)?),
            None => {
                if external_id(cursor)?.is_none() {
                    return cursor.wrong("an entity declaration without a value");
                }
                let spaced = cursor.space();
                if cursor.take("NDATA") && (!spaced || !cursor.space() || cursor.name().is_empty()) {
                    return cursor.wrong("an entity declaration with a wrong notation");
                }
                None
            }
        };
        cursor.space();
        if !cursor.take(">") {
            return cursor.wrong("an entity declaration is not closed");
        }
        let place = start..cursor.at;
        if is_parameter || value.is_none() {
            doctype.external.push(place);
        } else {
            doctype.entities.push(place);
        }
        if !is_parameter {
            self.entities.declare(name, value);
        }
        Ok(())
    }

    /// The replacement text of an entity: character references are resolved now, others when it is used.
    fn entity_value(&mut self, value: &str, range: Range<usize>) -> Result<Rc<str>> {
        let input = Input {
            text: self.text,
            reference: None,
        };
        self.characters(input, range.clone())?;
        let mut replaced = String::with_capacity(value.len());
        let mut at = range.start;
        while at < range.end {
            let rest = &self.text[at..range.end];
            let special = rest.find(['&', '%', '\r']).unwrap_or(rest.len());
            replaced.push_str(&rest[..special]);
            at += special;
            match self.text.as_bytes().get(at) {
                _ if at >= range.end => break,
                Some(b'%') => {
                    return fault(
                        FaultKind::Syntax,
                        at..at + 1,
                        "a `%` in the value of an entity",
                        "write `&#37;`",
                    );
                }
                Some(b'\r') => {
                    if self.text.as_bytes().get(at + 1) != Some(&b'\n') {
                        replaced.push('\n');
                    }
                    at += 1;
                }
                _ => {
                    let (end, referred) = read_reference(input, at)?;
                    match referred {
                        Referred::Char(c) if self.text[at..].starts_with("&#") => replaced.push(c),
                        _ => replaced.push_str(&self.text[at..end]),
                    }
                    at = end;
                }
            }
        }
        Ok(replaced.into())
    }
}

/// Skips to the `>` of a declaration that says nothing about entities.
fn skip_declaration(cursor: &mut Cursor<'_>) -> Result<()> {
    if !cursor.space() {
        return cursor.wrong("a declaration without a name");
    }
    loop {
        match cursor.peek() {
            None => return cursor.wrong("a declaration is not closed"),
            Some(b'>') => {
                cursor.at += 1;
                return Ok(());
            }
            Some(b'"' | b'\'') => {
                if cursor.quoted().is_none() {
                    return cursor.wrong("a quoted value is not closed");
                }
            }
            Some(b'<') => return cursor.wrong("a `<` inside a declaration"),
            Some(_) => cursor.at += 1,
        }
    }
}
