//! Start tags: names, attributes and namespaces.

use std::ops::Range;

use super::attribute::{RawAttribute, is_namespace_declaration};
use super::input::{Input, Result, fault, unclosed};
use super::interned::Name;
use super::names::{ascii_name, name_length, skip_space};
use super::reader::{Open, Reader};
use super::tree::{Attr, NONE, Node, TextRef, offset};
use super::{FaultKind, MAX_ATTRIBUTES, MAX_DEPTH, MAX_NAME, Strictness};
use crate::feed::namespace::Ns;

/// A start tag. The ranges are relative to the input that contains the tag.
struct Tag {
    range: Range<usize>,
    name: Range<usize>,
    /// The length of the name's prefix.
    prefix: usize,
    /// Whether the tag ends with `/>`.
    is_empty: bool,
}

impl Reader<'_> {
    /// Reads the start tag at `start` and returns its end.
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
                input.source_range(tag.range),
                format!("elements are nested more than {MAX_DEPTH} levels deep"),
                "reduce the nesting, because many readers stop parsing at this depth; the generator may contain an \
                 endless loop",
            );
        }
        self.raw_attributes.clear();
        if input.byte(name_end) == Some(b'>') {
            tag.range.end += 1;
        } else {
            self.attributes(input, &mut tag)?;
        }
        // Only a document type can declare default attribute values, and hardly any feed has a document type.
        if !self.defaults.is_empty() {
            self.add_defaults(&input.text[tag.name.clone()], tag.range.clone());
        }
        let end = tag.range.end;
        let scopes = self.scopes.len();
        let is_empty = tag.is_empty;
        self.element(input, tag)?;
        if is_empty {
            self.close(input.source_range(start..end).end, scopes);
        }
        Ok(end)
    }

    /// Reads the attributes of a tag, up to the end of the tag.
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
                // If the text ends after the `/`, the problem is the missing end of the tag, not an unexpected
                // character.
                Some(b'/') if at + 1 == input.text.len() => return not_closed(input, tag),
                None => return not_closed(input, tag),
                Some(_) if at == before => {
                    return fault(
                        FaultKind::Syntax,
                        input.source_range(at..at + 1),
                        "a tag contains an unexpected character",
                        "separate attributes with white space, and write `&lt;` for a `<` in text",
                    );
                }
                Some(_) => at = self.attribute(input, at)?,
            }
        }
    }

    fn attribute(&mut self, input: Input<'_>, start: usize) -> Result<usize> {
        let (name_end, prefix) = qualified_name(input, start)?;
        if self.raw_attributes.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                input.source_range(start..name_end),
                format!("an element has more than {MAX_ATTRIBUTES} attributes"),
                "remove some; no feed needs this many",
            );
        }
        let equals = skip_space(input.text, name_end);
        if input.byte(equals) != Some(b'=') {
            return fault(
                FaultKind::Syntax,
                input.source_range(start..name_end),
                "an attribute has no value",
                "write `name=\"value\"`",
            );
        }
        let open = skip_space(input.text, equals + 1);
        let Some(quote @ (b'"' | b'\'')) = input.byte(open) else {
            return fault(
                FaultKind::Syntax,
                input.source_range(start..open),
                "an attribute value is not in quotes",
                "write `name=\"value\"`",
            );
        };
        let (close, value) = self.attribute_value(input, open + 1, quote)?;
        let raw = RawAttribute {
            name: self.name(
                &input.text[start..name_end],
                prefix,
                input.source_range(start..name_end),
            )?,
            value,
            start,
            end: close + 1,
            is_declaration: is_namespace_declaration(&input.text[start..name_end]),
        };
        self.raw_attributes.push(raw);
        Ok(close + 1)
    }

    /// Adds a tag's element to the tree. Resolves the prefixes in the tag and checks that no attribute occurs twice.
    fn element(&mut self, input: Input<'_>, tag: Tag) -> Result<()> {
        let scopes = self.scopes.len();
        // The list is taken out of `self`, because the calls below borrow all of `self`. It is put back later so that
        // its allocation can be reused.
        let raw = std::mem::take(&mut self.raw_attributes);
        // Declarations are handled first, because a prefix may be used in the same tag before it is declared.
        for attribute in raw.iter().filter(|attribute| attribute.is_declaration) {
            self.declare_namespace(input, attribute)?;
        }
        let name_range = input.source_range(tag.range.start..tag.name.end);
        let name = self.name(&input.text[tag.name], tag.prefix, name_range.clone())?;
        let ns = self.resolve_prefix(name, name_range)?;
        let first_attribute = self.tree.attributes.len();
        for attribute in raw.iter().filter(|attribute| !attribute.is_declaration) {
            self.add_attribute(input, attribute)?;
        }
        self.check_unique(first_attribute, &raw, input)?;
        self.raw_attributes = raw;
        let node = offset(self.tree.nodes.len());
        let range = input.source_range(tag.range);
        // The root element has no parent whose last child could be updated.
        let mut no_siblings = NONE;
        let (parent, last_child) = match self.open.last_mut() {
            Some(open) => (open.node, &mut open.last_child),
            None => (NONE, &mut no_siblings),
        };
        let element = Node {
            text: TextRef::NONE,
            start: offset(range.start),
            end: offset(range.end),
            close: NONE,
            parent,
            next: NONE,
            first_attribute: offset(first_attribute),
            // The number fits in a `u16`: a tag has at most `MAX_ATTRIBUTES` attributes, and the document type adds at
            // most `MAX_ATTRIBUTES` more.
            attributes: u16::try_from(self.tree.attributes.len() - first_attribute).unwrap_or(0),
            ns,
            name,
        };
        self.tree.append(element, last_child);
        self.open.push(Open {
            node,
            last_child: NONE,
            sections: 0,
            scopes,
        });
        Ok(())
    }

    /// The namespace that the prefix in `name` is bound to.
    // Without `#[inline]`, the compiler does not inline this function, and a check takes 0.5% more instructions.
    #[inline]
    fn resolve_prefix(&self, name: Name, range: Range<usize>) -> Result<Ns> {
        let names = &self.tree.names;
        match self.scopes.resolve(names, names.prefix(name)) {
            Some(ns) => Ok(ns),
            None => self.undeclared(names.text(names.prefix(name)), range),
        }
    }

    #[cold]
    fn undeclared(&self, prefix: &str, range: Range<usize>) -> Result<Ns> {
        match self.strictness {
            Strictness::FeedReaders => Ok(Ns::from_usual_prefix(prefix)),
            Strictness::Xml => fault(
                FaultKind::Prefix,
                range,
                format!("the prefix `{prefix}` is not declared"),
                "declare it on the root element: `xmlns:prefix=\"…\"`",
            ),
        }
    }

    fn add_attribute(&mut self, input: Input<'_>, raw: &RawAttribute) -> Result<()> {
        let range = input.source_range(raw.start..raw.end);
        let ns = match self.tree.names.prefix(raw.name) {
            // The default namespace does not apply to attributes (Namespaces in XML 1.0 section 6.2).
            Name::EMPTY => Ns::NONE,
            _ => self.resolve_prefix(raw.name, range.clone())?,
        };
        self.tree.attributes.push(Attr {
            value: raw.value,
            start: offset(range.start),
            end: offset(range.end),
            ns,
            name: raw.name,
        });
        Ok(())
    }

    /// Checks that no two attributes have the same name as written, or the same local name in the same namespace
    /// (Namespaces in XML 1.0 section 6.3).
    fn check_unique(&self, first: usize, raw: &[RawAttribute], input: Input<'_>) -> Result<()> {
        if raw.len() < 2 || self.strictness == Strictness::FeedReaders {
            return Ok(());
        }
        let names = &self.tree.names;
        // A pairwise comparison is fast enough, because nearly all tags have only a few attributes, and
        // `MAX_ATTRIBUTES` limits their number.
        for (index, attribute) in raw.iter().enumerate() {
            if raw[..index].iter().any(|other| other.name == attribute.name) {
                return duplicate(
                    names.text(attribute.name),
                    input.source_range(attribute.start..attribute.end),
                );
            }
        }
        let attributes = self.tree.attributes.get(first..).unwrap_or(&[]);
        // Attributes without a prefix have no namespace and were compared above.
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
}

fn not_closed(input: Input<'_>, tag: &Tag) -> Result<()> {
    unclosed(
        FaultKind::Syntax,
        input.source_range(tag.range.start..tag.name.end),
        "a tag is not closed",
        "check whether the file was cut off",
    )
}

fn duplicate(name: &str, range: Range<usize>) -> Result<()> {
    fault(
        FaultKind::Attribute,
        range,
        format!("the attribute `{name}` occurs twice"),
        "remove one of them",
    )
}

/// Reads a name that may have a prefix; returns the end of the name and the length of the prefix.
fn qualified_name(input: Input<'_>, start: usize) -> Result<(usize, usize)> {
    let rest = &input.text[start..];
    if let Some((length, prefix)) = ascii_name(rest.as_bytes())
        && length <= MAX_NAME
    {
        return Ok((start + length, prefix));
    }
    let length = name_length(rest);
    if length == 0 {
        return fault(
            FaultKind::Syntax,
            input.source_range(start.saturating_sub(1)..start),
            "`<` does not begin a tag, or an attribute has no name",
            "write `&lt;` for a `<` in text",
        );
    }
    if length > MAX_NAME {
        return fault(
            FaultKind::Limit,
            input.source_range(start..start + length),
            format!("a name is longer than {MAX_NAME} bytes"),
            "use a shorter name",
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
            input.source_range(start..start + length),
            format!("the name `{name}` has a misplaced colon, or more than one"),
            "write `prefix:name`, or a name without a colon",
        ),
    }
}
