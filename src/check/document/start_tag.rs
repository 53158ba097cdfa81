//! Tags: their names, their attributes, and that they close each other.

use std::ops::Range;

use super::input::{Input, Result, fault, unclosed};
use super::interned::Name;
use super::names::{name_length, skip_space, usual_name};
use super::reader::{Open, Reader};
use super::tree::{Attr, Meaning, NONE, Node, offset};
use super::{FaultKind, MAX_ATTRIBUTES, MAX_DEPTH, MAX_NAME};
use crate::check::namespace::Ns;

/// An attribute as read, before its prefix can be resolved.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) name: Name,
    pub(super) value: Meaning,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_declaration: bool,
}

/// A start tag as read.
struct Tag {
    range: Range<usize>,
    name: Range<usize>,
    prefix: usize,
    is_empty: bool,
}

impl Reader<'_> {
    pub(super) fn start_tag(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let (name_end, prefix) = qualified_name(input, start + 1)?;
        let mut tag = Tag {
            range: start..name_end,
            name: start + 1..name_end,
            prefix,
            is_empty: false,
        };
        if self.open.len() >= MAX_DEPTH {
            return fault(
                FaultKind::Limit,
                input.place(tag.range),
                format!("elements are nested more than {MAX_DEPTH} deep"),
                "no reader goes this deep; something in the generator loops",
            );
        }
        self.raw.clear();
        if input.byte(name_end) == Some(b'>') {
            tag.range.end += 1;
        } else {
            self.attributes(input, &mut tag)?;
        }
        if !self.defaults.is_empty() {
            self.add_defaults(&input.text[tag.name.clone()], tag.range.clone());
        }
        let end = tag.range.end;
        let scopes = self.scopes.len();
        let is_empty = tag.is_empty;
        self.element(input, tag)?;
        if is_empty {
            self.close(input.place(start..end).end, scopes);
        }
        Ok(end)
    }

    /// Reads the attributes of a tag, and its end.
    fn attributes(&mut self, input: Input<'_>, tag: &mut Tag) -> Result<()> {
        let mut at = tag.range.end;
        loop {
            let before = at;
            at = skip_space(input.text, at);
            match input.byte(at) {
                Some(b'>') => {
                    tag.range.end = at + 1;
                    return Ok(());
                }
                Some(b'/') if input.byte(at + 1) == Some(b'>') => {
                    tag.is_empty = true;
                    tag.range.end = at + 2;
                    return Ok(());
                }
                Some(b'/') if at + 1 == input.text.len() => return not_closed(input, tag),
                None => return not_closed(input, tag),
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
    }

    fn attribute(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let (name_end, prefix) = qualified_name(input, start)?;
        if self.raw.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                input.place(start..name_end),
                format!("more than {MAX_ATTRIBUTES} attributes on one element"),
                "no reader needs this many",
            );
        }
        let equals = skip_space(input.text, name_end);
        if input.byte(equals) != Some(b'=') {
            return fault(
                FaultKind::Syntax,
                input.place(start..name_end),
                "an attribute without a value",
                "write `name=\"value\"`",
            );
        }
        let open = skip_space(input.text, equals + 1);
        let Some(quote @ (b'"' | b'\'')) = input.byte(open) else {
            return fault(
                FaultKind::Syntax,
                input.place(start..open),
                "an attribute value without quotes",
                "write `name=\"value\"`",
            );
        };
        let (close, value) = self.attribute_value(input, open + 1, quote)?;
        let raw = Raw {
            name: self.name(&input.text[start..name_end], prefix, input.place(start..name_end))?,
            value,
            start,
            end: close + 1,
            is_declaration: is_declaration(&input.text[start..name_end]),
        };
        self.raw.push(raw);
        Ok(close + 1)
    }

    /// Adds the element whose tag has been read: resolves its prefixes and checks its attributes.
    fn element(&mut self, input: Input<'_>, tag: Tag) -> Result<()> {
        let scopes = self.scopes.len();
        let raw = std::mem::take(&mut self.raw);
        for attribute in raw.iter().filter(|attribute| attribute.is_declaration) {
            self.declare(input, attribute)?;
        }
        let place = input.place(tag.range.start..tag.name.end);
        let name = self.name(&input.text[tag.name], tag.prefix, place.clone())?;
        let ns = self.scopes.resolve(&self.tree.names, name, place)?;
        let first_attribute = self.tree.attributes.len();
        for attribute in raw.iter().filter(|attribute| !attribute.is_declaration) {
            self.add_attribute(input, attribute)?;
        }
        self.check_unique(first_attribute, &raw, input)?;
        self.raw = raw;
        let node = offset(self.tree.nodes.len());
        let parent = self.link(node);
        let range = input.place(tag.range);
        self.tree.nodes.push(Node {
            text: Meaning::NONE,
            start: offset(range.start),
            end: offset(range.end),
            close: NONE,
            parent,
            next: NONE,
            first_attribute: offset(first_attribute),
            attributes: u16::try_from(self.tree.attributes.len() - first_attribute).unwrap_or(0),
            ns,
            name,
        });
        self.open.push(Open {
            node,
            last_child: NONE,
            sections: 0,
            scopes,
        });
        Ok(())
    }

    fn add_attribute(&mut self, input: Input<'_>, raw: &Raw) -> Result<()> {
        let place = input.place(raw.start..raw.end);
        let names = &self.tree.names;
        let ns = match names.prefix(raw.name) {
            // The default namespace is that of elements alone.
            Name::EMPTY => Ns::NONE,
            _ => self.scopes.resolve(names, raw.name, place.clone())?,
        };
        self.tree.attributes.push(Attr {
            value: raw.value,
            start: offset(place.start),
            end: offset(place.end),
            ns,
            name: raw.name,
        });
        Ok(())
    }

    /// Checks that no attribute occurs twice, by name and by namespace.
    fn check_unique(&self, first: usize, raw: &[Raw], input: Input<'_>) -> Result<()> {
        if raw.len() < 2 {
            return Ok(());
        }
        let names = &self.tree.names;
        for (index, attribute) in raw.iter().enumerate() {
            if raw[..index].iter().any(|other| other.name == attribute.name) {
                return duplicate(names.text(attribute.name), input.place(attribute.start..attribute.end));
            }
        }
        let attributes = self.tree.attributes.get(first..).unwrap_or(&[]);
        let is_prefixed = |attribute: &Attr| names.prefix(attribute.name) != Name::EMPTY;
        for (index, attribute) in attributes
            .iter()
            .enumerate()
            .filter(|(_, attribute)| is_prefixed(attribute))
        {
            let local = names.local(attribute.name);
            let is_same =
                |other: &Attr| other.ns == attribute.ns && is_prefixed(other) && names.local(other.name) == local;
            if attributes[..index].iter().any(is_same) {
                return duplicate(
                    names.text(attribute.name),
                    attribute.start as usize..attribute.end as usize,
                );
            }
        }
        Ok(())
    }

    pub(super) fn close(&mut self, end: usize, scopes: usize) {
        if let Some(open) = self.open.pop()
            && let Some(node) = self.tree.nodes.get_mut(open.node as usize)
        {
            node.close = offset(end);
        }
        self.scopes.truncate(scopes);
    }

    /// The number of a name.
    pub(super) fn name(&mut self, text: &str, prefix: usize, place: Range<usize>) -> Result<Name> {
        match self.tree.names.number(text, prefix) {
            Some(name) => Ok(name),
            None => fault(
                FaultKind::Limit,
                place,
                "more than 65,000 different names",
                "something in the generator makes names up; give values to attributes or elements",
            ),
        }
    }
}

fn not_closed(input: Input<'_>, tag: &Tag) -> Result<()> {
    unclosed(
        FaultKind::Syntax,
        input.place(tag.range.start..tag.name.end),
        "a tag is not closed",
        "the file may have been cut off",
    )
}

fn duplicate(name: &str, place: Range<usize>) -> Result<()> {
    fault(
        FaultKind::Attribute,
        place,
        format!("the attribute `{name}` occurs twice"),
        "keep one of them",
    )
}

pub(super) fn is_declaration(name: &str) -> bool {
    name.strip_prefix("xmlns")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Reads a qualified name; gives its end and the length of its prefix.
fn qualified_name(input: Input<'_>, start: usize) -> Result<(usize, usize)> {
    let rest = &input.text[start..];
    if let Some((length, prefix)) = usual_name(rest.as_bytes())
        && length <= MAX_NAME
    {
        return Ok((start + length, prefix));
    }
    let length = name_length(rest);
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
    let name = &rest[..length];
    match name.split_once(':') {
        None => Ok((start + length, 0)),
        Some((prefix, local))
            if !prefix.is_empty() && name_length(local) == local.len() && !local.is_empty() && !local.contains(':') =>
        {
            Ok((start + length, prefix.len()))
        }
        Some(_) => fault(
            FaultKind::Prefix,
            input.place(start..start + length),
            format!("`{name}` is not a name with one prefix"),
            "write one prefix, one colon and one name",
        ),
    }
}
