//! Reads XML 1.0 (fifth edition) with namespaces, to the letter, in one pass.

use std::ops::Range;
use std::rc::Rc;

use super::doctype::Entities;
use super::names::{is_char, is_space, name_length};
use super::*;
use crate::check::namespace::known;

pub(super) type Result<T> = std::result::Result<T, Fault>;

/// What ends a run of text, or must be looked at in it: `<`, `&`, `]`, line ends, controls, and the lead byte of U+FFFE.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        stops[byte] = true;
        byte += 1;
    }
    stops[b'\t' as usize] = false;
    stops[b'\n' as usize] = false;
    stops[b'<' as usize] = true;
    stops[b'&' as usize] = true;
    stops[b']' as usize] = true;
    stops[0xEF] = true;
    stops
};

/// The same inside a tag's quotes, where a tab or a line feed stands for a space.
const VALUE_STOPS: [bool; 256] = {
    let mut stops = STOPS;
    stops[b'\t' as usize] = true;
    stops[b'\n' as usize] = true;
    stops[b'"' as usize] = true;
    stops[b'\'' as usize] = true;
    stops[b']' as usize] = false;
    stops
};

struct Open {
    node: u32,
    last_child: u32,
    scopes: usize,
}

struct Scope {
    prefix: Span,
    ns: Ns,
}

/// An attribute as read, before its prefix can be resolved.
struct Raw {
    name: Span,
    prefix: usize,
    value: Span,
    start: usize,
    value_start: usize,
    end: usize,
}

/// Where text is being read: the document, or the replacement of an entity that was referred to at some place.
#[derive(Clone, Copy)]
pub(super) struct Input<'i> {
    pub(super) text: &'i str,
    pub(super) reference: Option<(usize, usize)>,
}

impl Input<'_> {
    /// The range in the document that stands for a range of this input.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        self.reference.map_or(range, |(start, end)| start..end)
    }
}

/// The reader and what it has read so far.
pub(super) struct Reader<'i> {
    pub(super) text: &'i str,
    pub(super) tree: Tree,
    pub(super) declaration: Option<Declaration>,
    pub(super) doctype: Option<Doctype>,
    pub(super) instructions: Vec<Range<usize>>,
    pub(super) bindings: Vec<Binding>,
    pub(super) external: Vec<Range<usize>>,
    pub(super) entities: Entities,
    /// Entities being expanded.
    active: Vec<usize>,
    expanded: usize,
    open: Vec<Open>,
    scopes: Vec<Scope>,
    raw: Vec<Raw>,
    rooted: bool,
}

pub(super) fn fault<T>(kind: FaultKind, at: Range<usize>, message: impl Into<String>, help: &'static str) -> Result<T> {
    Err(Fault {
        kind,
        at,
        message: message.into(),
        help,
    })
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

impl<'i> Reader<'i> {
    pub(super) fn new(text: &'i str) -> Self {
        Reader {
            text,
            tree: Tree::default(),
            declaration: None,
            doctype: None,
            instructions: Vec::new(),
            bindings: Vec::new(),
            external: Vec::new(),
            entities: Entities::default(),
            active: Vec::new(),
            expanded: 0,
            open: Vec::new(),
            scopes: Vec::new(),
            raw: Vec::new(),
            rooted: false,
        }
    }

    /// Reads the whole document.
    pub(super) fn document(&mut self) -> Result<()> {
        let text = self.text;
        if text.len() > MAX_LENGTH {
            return fault(
                FaultKind::Limit,
                0..1,
                "the document is larger than 2 GB",
                "split it into pages (RFC 5005)",
            );
        }
        let input = Input { text, reference: None };
        let mut at = self.xml_declaration(text)?;
        loop {
            at = self.space(text, at);
            let rest = &text[at..];
            if rest.is_empty() {
                break;
            }
            at = if rest.starts_with("<!--") {
                self.comment(input, at)?
            } else if rest.starts_with("<?") {
                self.instruction(input, at)?
            } else if rest.starts_with("<!DOCTYPE") {
                if self.rooted || self.doctype.is_some() {
                    return fault(
                        FaultKind::Syntax,
                        at..at + 9,
                        "a document type declaration that is not before the root element",
                        "remove it",
                    );
                }
                self.doctype(at)?
            } else if rest.starts_with('<') && !self.rooted {
                self.rooted = true;
                self.content(input, at)?
            } else if self.rooted {
                return fault(
                    FaultKind::Syntax,
                    at..at + 1,
                    "something follows the end of the root element",
                    "a document has one root element and nothing but comments after it",
                );
            } else {
                return fault(
                    FaultKind::Syntax,
                    at..at + 1,
                    "text before the root element",
                    "a feed begins with its XML declaration or its root element",
                );
            };
        }
        if !self.rooted {
            return fault(
                FaultKind::Syntax,
                text.len()..text.len(),
                "the document has no root element",
                "the file may have been cut off, or its generator may have failed",
            );
        }
        Ok(())
    }

    fn space(&self, text: &str, mut at: usize) -> usize {
        while text.as_bytes().get(at).is_some_and(|&byte| is_space(byte)) {
            at += 1;
        }
        at
    }

    /// Reads `<?xml …?>`, and the reasons why it may not be where it must be.
    fn xml_declaration(&mut self, text: &str) -> Result<usize> {
        let is_declaration =
            |text: &str| text.starts_with("<?xml") && text.as_bytes().get(5).is_some_and(|&byte| is_space(byte));
        if !is_declaration(text) {
            let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            if trimmed.len() < text.len() && is_declaration(trimmed) {
                let at = text.len() - trimmed.len();
                return fault(
                    FaultKind::BeforeDeclaration,
                    at..at + 5,
                    "white space before the XML declaration",
                    "let the document begin with `<?xml`; in PHP, look for blank lines before `<?php` or after `?>`",
                );
            }
            return Ok(0);
        }
        let Some(length) = text.find("?>") else {
            return fault(
                FaultKind::Declaration,
                0..5,
                "the XML declaration is not closed",
                "end it with `?>`",
            );
        };
        let mut declaration = Declaration::default();
        let result = read_declaration(text, length, &mut declaration);
        self.declaration = Some(declaration);
        result?;
        Ok(length + 2)
    }

    pub(super) fn comment(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let body = at + 4;
        let Some(length) = input.text.get(body..).and_then(|rest| rest.find("--")) else {
            return fault(
                FaultKind::Syntax,
                input.place(at..at + 4),
                "a comment is not closed",
                "end it with `-->`",
            );
        };
        let end = body + length;
        self.characters(input, body..end)?;
        if input.text.as_bytes().get(end + 2) != Some(&b'>') {
            return fault(
                FaultKind::Syntax,
                input.place(end..end + 2),
                "`--` inside a comment",
                "write `- -`; XML ends a comment at the first `--`",
            );
        }
        Ok(end + 3)
    }

    pub(super) fn instruction(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let text = input.text;
        let target = at + 2;
        let name = name_length(&text[target..]);
        let Some(length) = text[target..].find("?>") else {
            return fault(
                FaultKind::Syntax,
                input.place(at..at + 2),
                "a processing instruction is not closed",
                "end it with `?>`",
            );
        };
        let end = target + length;
        let target_name = &text[target..target + name];
        if name == 0 || target_name.contains(':') || name < length && !is_space(text.as_bytes()[target + name]) {
            return fault(
                FaultKind::Syntax,
                input.place(at..end + 2),
                "a processing instruction without a proper name",
                "write a name right after `<?`",
            );
        }
        if target_name.eq_ignore_ascii_case("xml") {
            return fault(
                FaultKind::BeforeDeclaration,
                input.place(at..at + 5),
                format!("`<?{target_name}` is not at the very start of the document"),
                "the XML declaration is written `<?xml` and only the first bytes of a document can be one",
            );
        }
        self.characters(input, target..end)?;
        if !self.rooted && input.reference.is_none() && self.instructions.len() < MAX_DECLARATIONS {
            self.instructions.push(target..end);
        }
        Ok(end + 2)
    }

    /// Checks that a stretch holds only characters that XML knows.
    pub(super) fn characters(&self, input: Input<'_>, range: Range<usize>) -> Result<()> {
        let bytes = input.text.as_bytes();
        for at in range {
            let byte = bytes[at];
            if byte < 0x20 && !is_space(byte) || byte == 0xEF {
                check_character(input, at)?;
            }
        }
        Ok(())
    }

    /// Reads elements and text from `at` until the element that opens there is closed, or the entity ends.
    fn content(&mut self, input: Input<'_>, mut at: usize) -> Result<usize> {
        let text = input.text;
        let base = self.open.len();
        loop {
            if text.as_bytes().get(at) == Some(&b'<') {
                at = self.markup(input, at, base)?;
            } else {
                at = self.run(input, at)?;
            }
            if input.reference.is_none() && self.open.len() == base {
                return Ok(at);
            }
            if at >= text.len() {
                break;
            }
        }
        if self.open.len() == base {
            return Ok(at);
        }
        let (name, start) = self.open.last().map_or((String::new(), 0), |open| {
            let node = &self.tree.nodes[open.node as usize];
            (self.slice(node.value).to_owned(), node.start as usize)
        });
        fault(
            FaultKind::Tag,
            start..start + name.len() + 1,
            format!("`<{name}>` is never closed"),
            "close it; if the end of the file is missing, the file was cut off while it was written",
        )
    }

    fn markup(&mut self, input: Input<'_>, at: usize, base: usize) -> Result<usize> {
        let rest = &input.text[at..];
        match rest.as_bytes().get(1) {
            Some(b'/') => self.end_tag(input, at, base),
            Some(b'?') => self.instruction(input, at),
            Some(b'!') if rest.starts_with("<!--") => self.comment(input, at),
            Some(b'!') if rest.starts_with("<![CDATA[") => self.cdata(input, at),
            Some(b'!') => fault(
                FaultKind::Syntax,
                input.place(at..at + 2),
                "`<!` begins neither a comment nor a CDATA section",
                "write `&lt;!` for the characters themselves",
            ),
            _ => self.start_tag(input, at),
        }
    }

    fn cdata(&mut self, input: Input<'_>, at: usize) -> Result<usize> {
        let text = input.text;
        let body = at + 9;
        let Some(length) = memchr::memmem::find(&text.as_bytes()[body..], b"]]>") else {
            return fault(
                FaultKind::Syntax,
                input.place(at..at + 9),
                "a CDATA section is not closed",
                "end it with `]]>`",
            );
        };
        let end = body + length;
        let mut has_return = false;
        for (index, &byte) in text.as_bytes()[body..end].iter().enumerate() {
            if STOPS[usize::from(byte)] {
                match byte {
                    b'\r' => has_return = true,
                    b'<' | b'&' | b']' => {}
                    _ => {
                        check_character(input, body + index)?;
                    }
                }
            }
        }
        let value = if has_return || input.reference.is_some() {
            let start = self.tree.pool.len();
            push_lines(&mut self.tree.pool, &text[body..end]);
            self.pooled(start)
        } else {
            span(body, end)
        };
        self.add_text(Kind::CData, value, input.place(body..end));
        Ok(end + 3)
    }

    /// Reads text up to the next `<`.
    fn run(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let text = input.text;
        let bytes = text.as_bytes();
        let mut at = start;
        // What has been copied to the pool: from where there, and up to where here.
        let mut pooled: Option<usize> = None;
        let mut copied = start;
        loop {
            while bytes.get(at).is_some_and(|&byte| !STOPS[usize::from(byte)]) {
                at += 1;
            }
            match bytes.get(at) {
                None | Some(b'<') => break,
                Some(b'&') => {
                    pooled.get_or_insert(self.tree.pool.len());
                    self.tree.pool.push_str(&text[copied..at]);
                    let (end, entity) = self.reference(input, at)?;
                    at = end;
                    copied = end;
                    if let Some(entity) = entity {
                        let from = pooled.take().unwrap_or(self.tree.pool.len());
                        if from < self.tree.pool.len() {
                            let value = self.pooled(from);
                            self.add_text(Kind::Text, value, input.place(start..end));
                        }
                        self.expand(input, entity)?;
                        return Ok(at);
                    }
                }
                Some(b'\r') => {
                    pooled.get_or_insert(self.tree.pool.len());
                    self.tree.pool.push_str(&text[copied..at]);
                    self.tree.pool.push('\n');
                    at += if bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                    copied = at;
                }
                Some(b']') => {
                    if text[at..].starts_with("]]>") {
                        return fault(
                            FaultKind::Syntax,
                            input.place(at..at + 3),
                            "`]]>` in text",
                            "write `]]&gt;`",
                        );
                    }
                    at += 1;
                }
                Some(_) => at = check_character(input, at)?,
            }
        }
        let value = match pooled {
            None if input.reference.is_none() => span(start, at),
            _ => {
                let from = pooled.unwrap_or(self.tree.pool.len());
                self.tree.pool.push_str(&text[copied..at]);
                self.pooled(from)
            }
        };
        if at > start && !self.is_layout(input, start..at) {
            self.add_text(Kind::Text, value, input.place(start..at));
        }
        Ok(at)
    }

    /// Whether it is only white space beside an element: a third of all nodes of a feed, and no one asks for them.
    fn is_layout(&self, input: Input<'_>, range: Range<usize>) -> bool {
        let bytes = input.text.as_bytes();
        let is_beside = self.open.last().is_some_and(|open| open.last_child != NONE)
            || bytes.get(range.end) == Some(&b'<') && bytes.get(range.end + 1) != Some(&b'/');
        is_beside && bytes[range].iter().all(|&byte| is_space(byte))
    }

    /// Reads a reference in text: pushes its character, or gives the entity that is to be expanded.
    fn reference(&mut self, input: Input<'_>, at: usize) -> Result<(usize, Option<Reference>)> {
        let (end, reference) = read_reference(input, at)?;
        match reference {
            Referred::Char(c) => {
                self.tree.pool.push(c);
                Ok((end, None))
            }
            Referred::Name(name) => {
                let Some(index) = self.entities.find(name) else {
                    if self.entities.may_be_declared_elsewhere {
                        return Ok((end, None));
                    }
                    return fault(
                        FaultKind::Entity,
                        input.place(at..end),
                        format!("`&{name};` is not defined"),
                        "XML knows only `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`: write the character itself",
                    );
                };
                Ok((end, Some(Reference { index, at, end })))
            }
        }
    }

    /// The replacement of an entity, if it may be used here.
    fn replacement(&mut self, input: Input<'_>, reference: Reference) -> Result<Rc<str>> {
        let place = input.place(reference.at..reference.end);
        let Some(value) = self.entities.value(reference.index) else {
            return fault(
                FaultKind::ExternalEntity,
                place,
                "a reference to an entity outside the document",
                "readers do not fetch it: write its text into the feed",
            );
        };
        if self.active.contains(&reference.index) {
            return fault(
                FaultKind::Limit,
                place,
                "an entity that contains itself",
                "write the text itself",
            );
        }
        self.expanded += value.len();
        if self.active.len() >= MAX_ENTITY_DEPTH || self.expanded > MAX_EXPANSION {
            return fault(
                FaultKind::Limit,
                place,
                format!("entities that expand to more than {MAX_EXPANSION} bytes or {MAX_ENTITY_DEPTH} levels"),
                "write the text itself",
            );
        }
        Ok(value)
    }

    fn expand(&mut self, input: Input<'_>, reference: Reference) -> Result<()> {
        if self.entities.value(reference.index).is_none() {
            // Not fetched, and not a fault by XML: what it would say is left out, and the reference reported.
            if self.external.len() < MAX_DECLARATIONS {
                self.external.push(input.place(reference.at..reference.end));
            }
            return Ok(());
        }
        let value = self.replacement(input, reference)?;
        if value.is_empty() {
            return Ok(());
        }
        let place = input.place(reference.at..reference.end);
        self.active.push(reference.index);
        let inner = Input {
            text: &value,
            reference: Some((place.start, place.end)),
        };
        self.content(inner, 0)?;
        self.active.pop();
        Ok(())
    }

    fn start_tag(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let text = input.text;
        let bytes = text.as_bytes();
        let (name_end, prefix) = self.name(input, start + 1)?;
        if self.open.len() >= MAX_DEPTH {
            return fault(
                FaultKind::Limit,
                input.place(start..name_end),
                format!("elements are nested more than {MAX_DEPTH} deep"),
                "no reader goes this deep; something in the generator loops",
            );
        }
        let name = self.keep(input, start + 1..name_end);
        let scopes = self.scopes.len();
        let mut at = name_end;
        let mut empty = false;
        self.raw.clear();
        loop {
            let before = at;
            at = self.space(text, at);
            match bytes.get(at) {
                Some(b'>') => {
                    at += 1;
                    break;
                }
                Some(b'/') if bytes.get(at + 1) == Some(&b'>') => {
                    empty = true;
                    at += 2;
                    break;
                }
                None => {
                    return fault(
                        FaultKind::Syntax,
                        input.place(start..name_end),
                        "a tag is not closed",
                        "the file may have been cut off",
                    );
                }
                Some(_) if at == before => {
                    return fault(
                        FaultKind::Syntax,
                        input.place(at..at + 1),
                        "a character that cannot stand here in a tag",
                        "separate attributes by white space and write `&lt;` for a `<` in text",
                    );
                }
                Some(_) => at = self.attribute(input, at)?,
            }
        }
        self.element(input, start..at, name, prefix, scopes)?;
        if empty {
            self.close(input.place(start..at).end, scopes);
        }
        Ok(at)
    }

    /// Reads a qualified name; gives its end and the length of its prefix.
    fn name(&self, input: Input<'_>, start: usize) -> Result<(usize, usize)> {
        let text = input.text;
        let length = name_length(&text[start..]);
        if length == 0 {
            return fault(
                FaultKind::Syntax,
                input.place(start.saturating_sub(1)..start),
                "a `<` that begins no tag, or an attribute without a name",
                "write `&lt;` for a `<` in text",
            );
        }
        if length > MAX_NAME {
            return fault(
                FaultKind::Limit,
                input.place(start..start + length),
                format!("a name longer than {MAX_NAME} bytes"),
                "use a shorter one",
            );
        }
        let name = &text[start..start + length];
        let prefix = match name.split_once(':') {
            None => 0,
            Some((prefix, local))
                if !prefix.is_empty()
                    && name_length(local) == local.len()
                    && !local.is_empty()
                    && !local.contains(':') =>
            {
                prefix.len()
            }
            Some(_) => {
                return fault(
                    FaultKind::Prefix,
                    input.place(start..start + length),
                    format!("`{name}` is not a name with one prefix"),
                    "write one prefix, one colon and one name",
                );
            }
        };
        Ok((start + length, prefix))
    }

    fn attribute(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let text = input.text;
        let bytes = text.as_bytes();
        let (name_end, prefix) = self.name(input, start)?;
        if self.raw.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                input.place(start..name_end),
                format!("more than {MAX_ATTRIBUTES} attributes on one element"),
                "no reader needs this many",
            );
        }
        let mut at = self.space(text, name_end);
        if bytes.get(at) != Some(&b'=') {
            return fault(
                FaultKind::Syntax,
                input.place(start..name_end),
                "an attribute without a value",
                "write `name=\"value\"`",
            );
        }
        at = self.space(text, at + 1);
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(at) else {
            return fault(
                FaultKind::Syntax,
                input.place(start..at),
                "an attribute value without quotes",
                "write `name=\"value\"`",
            );
        };
        let value_start = at + 1;
        let (end, value) = self.attribute_value(input, value_start, quote)?;
        let name = self.keep(input, start..name_end);
        self.raw.push(Raw {
            name,
            prefix,
            value,
            start,
            value_start,
            end: end + 1,
        });
        Ok(end + 1)
    }

    /// Reads up to the closing quote; gives its place and the normalized value.
    fn attribute_value(&mut self, input: Input<'_>, start: usize, quote: u8) -> Result<(usize, Span)> {
        let text = input.text;
        let bytes = text.as_bytes();
        let mut pooled: Option<usize> = None;
        let mut copied = start;
        let mut at = start;
        loop {
            while bytes.get(at).is_some_and(|&byte| !VALUE_STOPS[usize::from(byte)]) {
                at += 1;
            }
            match bytes.get(at) {
                None => {
                    return fault(
                        FaultKind::Syntax,
                        input.place(start.saturating_sub(1)..start),
                        "an attribute value is not closed",
                        "end it with the quote it began with",
                    );
                }
                Some(&byte) if byte == quote => break,
                Some(b'"' | b'\'') => at += 1,
                Some(b'<') => {
                    return fault(
                        FaultKind::Syntax,
                        input.place(at..at + 1),
                        "`<` in an attribute value",
                        "write `&lt;`",
                    );
                }
                Some(b'&') => {
                    pooled.get_or_insert(self.tree.pool.len());
                    self.tree.pool.push_str(&text[copied..at]);
                    let (end, entity) = self.reference(input, at)?;
                    if let Some(entity) = entity {
                        self.expand_in_value(input, entity)?;
                    }
                    at = end;
                    copied = end;
                }
                Some(b'\t' | b'\n' | b'\r') => {
                    pooled.get_or_insert(self.tree.pool.len());
                    self.tree.pool.push_str(&text[copied..at]);
                    self.tree.pool.push(' ');
                    at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
                    copied = at;
                }
                Some(_) => at = check_character(input, at)?,
            }
        }
        let value = match pooled {
            None if input.reference.is_none() => span(start, at),
            _ => {
                let from = pooled.unwrap_or(self.tree.pool.len());
                self.tree.pool.push_str(&text[copied..at]);
                self.pooled(from)
            }
        };
        Ok((at, value))
    }

    /// Pushes the replacement of an entity to the pool as part of an attribute value.
    fn expand_in_value(&mut self, input: Input<'_>, reference: Reference) -> Result<()> {
        let value = self.replacement(input, reference)?;
        let place = input.place(reference.at..reference.end);
        self.active.push(reference.index);
        let inner = Input {
            text: &value,
            reference: Some((place.start, place.end)),
        };
        let mut at = 0;
        while let Some(&byte) = value.as_bytes().get(at) {
            match byte {
                b'<' => {
                    return fault(
                        FaultKind::Syntax,
                        place,
                        "an entity with `<` in an attribute value",
                        "write the text itself",
                    );
                }
                b'&' => {
                    let (end, entity) = self.reference(inner, at)?;
                    if let Some(entity) = entity {
                        self.expand_in_value(inner, entity)?;
                    }
                    at = end;
                }
                b'\t' | b'\n' | b'\r' => {
                    self.tree.pool.push(' ');
                    at += 1;
                }
                _ => {
                    let length = value[at..].chars().next().map_or(1, char::len_utf8);
                    self.tree.pool.push_str(&value[at..at + length]);
                    at += length;
                }
            }
        }
        self.active.pop();
        Ok(())
    }

    /// Adds the element whose tag has been read: resolves its prefixes and checks its attributes.
    fn element(
        &mut self,
        input: Input<'_>,
        range: Range<usize>,
        name: Span,
        prefix: usize,
        scopes: usize,
    ) -> Result<()> {
        let raw = std::mem::take(&mut self.raw);
        let mut declares = false;
        for attribute in &raw {
            declares |= self.declare(input, attribute)?;
        }
        let place = input.place(range.start..range.start + 1 + self.slice(name).len());
        let ns = self.resolve(self.slice(name).get(..prefix).unwrap_or(""), place.clone())?;
        let first_attribute = self.tree.attributes.len();
        for attribute in &raw {
            if declares && is_declaration(self.slice(attribute.name), attribute.prefix) {
                continue;
            }
            let place = input.place(attribute.start..attribute.end);
            let ns = match attribute.prefix {
                0 => Ns::NONE,
                length => {
                    let prefix = self.slice(attribute.name).get(..length).unwrap_or("");
                    self.resolve(prefix, place.clone())?
                }
            };
            let value_start = input.place(attribute.value_start..attribute.value_start).start;
            self.tree.attributes.push(Attr {
                ns,
                prefix: u16::try_from(attribute.prefix).unwrap_or(0),
                name: attribute.name,
                value: attribute.value,
                start: offset(place.start),
                value_start: offset(value_start),
                end: offset(place.end),
            });
        }
        self.unique(first_attribute, &raw, input)?;
        let count = self.tree.attributes.len() - first_attribute;
        let range = input.place(range);
        let node = offset(self.tree.nodes.len());
        let parent = self.link(node);
        self.tree.nodes.push(Node {
            kind: Kind::Element,
            prefix: u16::try_from(prefix).unwrap_or(0),
            ns,
            attributes: u16::try_from(count).unwrap_or(0),
            first_attribute: offset(first_attribute),
            value: name,
            parent,
            next: NONE,
            first_child: NONE,
            start: offset(range.start),
            end: offset(range.end),
            close: NONE,
        });
        self.open.push(Open {
            node,
            last_child: NONE,
            scopes,
        });
        self.raw = raw;
        Ok(())
    }

    /// Notes a declaration of a namespace; gives whether the attribute is one.
    fn declare(&mut self, input: Input<'_>, attribute: &Raw) -> Result<bool> {
        let name = self.slice(attribute.name);
        if !is_declaration(name, attribute.prefix) {
            return Ok(false);
        }
        let place = input.place(attribute.start..attribute.end);
        let prefix = match attribute.prefix {
            0 => Span::default(),
            length => Span {
                start: attribute.name.start + offset(length) + 1,
                end: attribute.name.end,
            },
        };
        let (prefix_text, uri) = (self.slice(prefix), self.slice(attribute.value));
        let reserved = |wrong: bool, message: String| {
            if wrong {
                fault(
                    FaultKind::Namespace,
                    place.clone(),
                    message,
                    "use another prefix or another name",
                )
            } else {
                Ok(())
            }
        };
        let is_xml = uri == "http://www.w3.org/XML/1998/namespace";
        reserved(
            (prefix_text == "xml") != is_xml,
            format!("`xml` and `{uri}` belong to each other alone"),
        )?;
        reserved(
            prefix_text == "xmlns" || uri == "http://www.w3.org/2000/xmlns/",
            "`xmlns` cannot be declared".to_owned(),
        )?;
        reserved(
            uri.is_empty() && attribute.prefix > 0,
            format!("the prefix `{prefix_text}` is declared as nothing"),
        )?;
        let prefix_owned = prefix_text.to_owned();
        let ns = match known(uri) {
            Some(ns) => ns,
            None => self.custom(attribute.value, place.clone())?,
        };
        if self.scopes.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                place,
                format!("more than {MAX_ATTRIBUTES} namespaces in scope"),
                "declare each namespace once, on the root element",
            );
        }
        if !self
            .bindings
            .iter()
            .any(|binding| binding.ns == ns && binding.prefix == prefix_owned)
        {
            self.bindings.push(Binding {
                prefix: prefix_owned,
                ns,
                at: place,
            });
        }
        self.scopes.push(Scope { prefix, ns });
        Ok(true)
    }

    /// The number of a namespace that is not known.
    fn custom(&mut self, uri: Span, place: Range<usize>) -> Result<Ns> {
        let uri = self.slice(uri).to_owned();
        let at = match self.tree.namespaces.iter().position(|name| **name == *uri) {
            Some(at) => at,
            None if self.tree.namespaces.len() >= MAX_ATTRIBUTES => {
                return fault(
                    FaultKind::Limit,
                    place,
                    format!("more than {MAX_ATTRIBUTES} different namespaces"),
                    "declare each namespace once, on the root element",
                );
            }
            None => {
                self.tree.namespaces.push(uri.into());
                self.tree.namespaces.len() - 1
            }
        };
        Ok(Ns(u16::try_from(KNOWN.len() + at).unwrap_or(u16::MAX)))
    }

    fn resolve(&self, prefix: &str, place: Range<usize>) -> Result<Ns> {
        if let Some(scope) = self
            .scopes
            .iter()
            .rev()
            .find(|scope| self.slice(scope.prefix) == prefix)
        {
            return Ok(scope.ns);
        }
        match prefix {
            "" => Ok(Ns::NONE),
            "xml" => Ok(Ns::XML),
            _ => fault(
                FaultKind::Prefix,
                place,
                format!("the prefix `{prefix}` is not declared"),
                "declare it on the root element: `xmlns:prefix=\"…\"`",
            ),
        }
    }

    /// Checks that no attribute occurs twice, by name and by namespace.
    fn unique(&self, first: usize, raw: &[Raw], input: Input<'_>) -> Result<()> {
        let duplicate = |name: &str, place: Range<usize>| {
            fault(
                FaultKind::Attribute,
                place,
                format!("the attribute `{name}` occurs twice"),
                "keep one of them",
            )
        };
        for (index, attribute) in raw.iter().enumerate() {
            let name = self.slice(attribute.name);
            if raw[..index].iter().any(|other| self.slice(other.name) == name) {
                return duplicate(name, input.place(attribute.start..attribute.end));
            }
        }
        let attributes = self.tree.attributes.get(first..).unwrap_or(&[]);
        for (index, attribute) in attributes
            .iter()
            .enumerate()
            .filter(|(_, attribute)| attribute.prefix > 0)
        {
            let local = |attribute: &Attr| {
                self.slice(attribute.name)
                    .get(usize::from(attribute.prefix) + 1..)
                    .unwrap_or("")
                    .to_owned()
            };
            let name = local(attribute);
            if attributes[..index]
                .iter()
                .any(|other| other.prefix > 0 && other.ns == attribute.ns && local(other) == name)
            {
                return duplicate(
                    self.slice(attribute.name),
                    attribute.start as usize..attribute.end as usize,
                );
            }
        }
        Ok(())
    }

    fn end_tag(&mut self, input: Input<'_>, start: usize, base: usize) -> Result<usize> {
        let text = input.text;
        let name_start = start + 2;
        let length = name_length(&text[name_start..]);
        let name = &text[name_start..name_start + length];
        let at = self.space(text, name_start + length);
        if length == 0 || text.as_bytes().get(at) != Some(&b'>') {
            return fault(
                FaultKind::Syntax,
                input.place(start..name_start + length),
                "an end tag that is not closed or has no name",
                "write `</name>`",
            );
        }
        let open = self.open.last().filter(|_| self.open.len() > base);
        let Some(open) = open else {
            return fault(
                FaultKind::Tag,
                input.place(start..at + 1),
                format!("`</{name}>` closes nothing"),
                "remove it, or open the element before it",
            );
        };
        let node = &self.tree.nodes[open.node as usize];
        let expected = self.slice(node.value);
        if expected != name {
            let expected = expected.to_owned();
            return fault(
                FaultKind::Tag,
                input.place(start..at + 1),
                format!("`</{name}>` where `</{expected}>` is due"),
                "close elements in the order opposite to the one they were opened in; names are case-sensitive",
            );
        }
        let scopes = open.scopes;
        self.close(input.place(start..at + 1).end, scopes);
        Ok(at + 1)
    }

    fn close(&mut self, end: usize, scopes: usize) {
        if let Some(open) = self.open.pop() {
            self.tree.nodes[open.node as usize].close = offset(end);
        }
        self.scopes.truncate(scopes);
    }

    /// Hangs a new node under the open element, whose node it gives.
    fn link(&mut self, node: u32) -> u32 {
        let Some(open) = self.open.last_mut() else {
            return NONE;
        };
        let previous = std::mem::replace(&mut open.last_child, node);
        let parent = open.node;
        match self.tree.nodes.get_mut(previous as usize) {
            Some(previous) => previous.next = node,
            None => self.tree.nodes[parent as usize].first_child = node,
        }
        parent
    }

    fn add_text(&mut self, kind: Kind, value: Span, place: Range<usize>) {
        let node = offset(self.tree.nodes.len());
        let parent = self.link(node);
        self.tree.nodes.push(Node {
            kind,
            prefix: 0,
            ns: Ns::NONE,
            attributes: 0,
            first_attribute: 0,
            value,
            parent,
            next: NONE,
            first_child: NONE,
            start: offset(place.start),
            end: offset(place.end),
            close: offset(place.end),
        });
    }

    /// A range of the input as a span that outlives it.
    fn keep(&mut self, input: Input<'_>, range: Range<usize>) -> Span {
        if input.reference.is_none() {
            return span(range.start, range.end);
        }
        let start = self.tree.pool.len();
        self.tree.pool.push_str(&input.text[range]);
        self.pooled(start)
    }

    fn pooled(&self, start: usize) -> Span {
        Span {
            start: offset(start) | POOL,
            end: offset(self.tree.pool.len()) | POOL,
        }
    }

    fn slice(&self, span: Span) -> &str {
        let text = if span.start & POOL == 0 {
            self.text
        } else {
            &self.tree.pool
        };
        text.get((span.start & !POOL) as usize..(span.end & !POOL) as usize)
            .unwrap_or("")
    }
}

fn span(start: usize, end: usize) -> Span {
    Span {
        start: offset(start),
        end: offset(end),
    }
}

fn is_declaration(name: &str, prefix: usize) -> bool {
    if prefix == 0 {
        name == "xmlns"
    } else {
        prefix == 5 && name.starts_with("xmlns:")
    }
}

/// Pushes text with its line ends as XML reads them: section 2.11.
fn push_lines(pool: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        pool.push_str(&rest[..at]);
        pool.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    pool.push_str(rest);
}

/// Gives the end of the character at `at`, unless XML cannot hold it.
fn check_character(input: Input<'_>, at: usize) -> Result<usize> {
    let Some(c) = input.text.get(at..).and_then(|rest| rest.chars().next()) else {
        return Ok(at + 1);
    };
    if is_char(c) {
        return Ok(at + c.len_utf8());
    }
    fault(
        FaultKind::Character,
        input.place(at..at + c.len_utf8()),
        format!("the character U+{:04X} cannot stand in XML", u32::from(c)),
        "remove it; there is no way to write it, not even as a reference",
    )
}

/// A reference to an entity of the document type.
#[derive(Clone, Copy)]
struct Reference {
    index: usize,
    at: usize,
    end: usize,
}

pub(super) enum Referred<'t> {
    Char(char),
    Name(&'t str),
}

/// Reads the reference that begins with the `&` at `at`.
pub(super) fn read_reference<'t>(input: Input<'t>, at: usize) -> Result<(usize, Referred<'t>)> {
    let rest = &input.text[at + 1..];
    if let Some(number) = rest.strip_prefix('#') {
        return read_character_reference(input, at, number);
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
    let end = at + 1 + length + 1;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return Ok((end, Referred::Name(name))),
    };
    Ok((end, Referred::Char(c)))
}

fn read_character_reference<'t>(input: Input<'t>, at: usize, number: &str) -> Result<(usize, Referred<'t>)> {
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

/// Reads the pseudo-attributes of the XML declaration that ends at `end`.
fn read_declaration(text: &str, end: usize, declaration: &mut Declaration) -> Result<()> {
    let bytes = text.as_bytes();
    let mut at = 5;
    let mut order = 0;
    let wrong = |range: Range<usize>, message: &str| {
        fault(
            FaultKind::Declaration,
            range,
            message,
            "write `<?xml version=\"1.0\" encoding=\"utf-8\"?>`",
        )
    };
    loop {
        let spaced = bytes.get(at).is_some_and(|&byte| is_space(byte));
        while at < end && is_space(bytes[at]) {
            at += 1;
        }
        if at >= end {
            break;
        }
        let start = at;
        let length = name_length(&text[at..end]);
        let name = &text[at..at + length];
        at += length;
        let rank = match name {
            "version" => 1,
            "encoding" => 2,
            "standalone" => 3,
            _ => 0,
        };
        if rank <= order || !spaced || order == 0 && rank != 1 {
            return wrong(
                start..at.max(start + 1),
                "the XML declaration says something unknown or in another order",
            );
        }
        order = rank;
        let equals = text[at..end].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = equals.strip_prefix('=') else {
            return wrong(start..at, "the XML declaration lacks a value");
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some((quoted, length)) = quote.and_then(|quote| {
            let inner = &value[1..];
            inner.find(quote).map(|length| (&inner[..length], length))
        }) else {
            return wrong(start..at, "the XML declaration lacks a quoted value");
        };
        let value_start = end - value.len() + 1;
        at = value_start + length + 1;
        let place = value_start..value_start + length;
        match rank {
            1 => {
                declaration.version = Some((quoted.to_owned(), place.clone()));
                let minor = quoted.strip_prefix("1.").unwrap_or("");
                if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
                    return wrong(place, "the XML declaration names a version that does not exist");
                }
            }
            2 => {
                let mut bytes = quoted.bytes();
                let named = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
                    && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
                if !named || quoted.len() > 64 {
                    return wrong(place, "the XML declaration names no encoding");
                }
                declaration.encoding = Some((quoted.to_owned(), place));
            }
            _ if !matches!(quoted, "yes" | "no") => return wrong(place, "`standalone` is neither `yes` nor `no`"),
            _ => {}
        }
    }
    if declaration.version.is_none() {
        return wrong(0..5, "the XML declaration has no version");
    }
    Ok(())
}
