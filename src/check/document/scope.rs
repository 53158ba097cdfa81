//! Namespaces: which are declared where, and which one a prefix means (Namespaces in XML 1.0).

use std::ops::Range;

use super::input::{Input, Result, fault};
use super::interned::{Name, Names};
use super::reader::Reader;
use super::tag::Raw;
use super::{Binding, FaultKind, MAX_ATTRIBUTES};
use crate::check::namespace::{KNOWN, Ns, known};

/// The namespaces in scope, innermost last.
#[derive(Default)]
pub(super) struct Scopes(Vec<Scope>);

struct Scope {
    prefix: Name,
    ns: Ns,
}

impl Scopes {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The namespace that the prefix of a name means.
    pub(super) fn resolve(&self, names: &Names, name: Name, place: Range<usize>) -> Result<Ns> {
        let prefix = names.prefix(name);
        if let Some(scope) = self.0.iter().rev().find(|scope| scope.prefix == prefix) {
            return Ok(scope.ns);
        }
        let prefix = names.text(prefix);
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
}

impl Reader<'_> {
    /// Notes the namespace that an attribute declares.
    pub(super) fn declare(&mut self, input: Input<'_>, attribute: &Raw) -> Result<()> {
        let place = input.place(attribute.start..attribute.end);
        let has_prefix = self.tree.names.prefix(attribute.name) != Name::EMPTY;
        let prefix_text = match has_prefix {
            true => self.tree.names.local(attribute.name).to_owned(),
            false => String::new(),
        };
        let uri = self.tree.value(self.text, attribute.value);
        check_declaration(&prefix_text, uri, has_prefix, &place)?;
        if self.scopes.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                place,
                format!("more than {MAX_ATTRIBUTES} namespaces in scope"),
                "declare each namespace once, on the root element",
            );
        }
        let ns = match known(uri) {
            Some(ns) => ns,
            None => {
                let uri = uri.to_owned();
                self.custom(uri, place.clone())?
            }
        };
        let prefix = self.name(&prefix_text, 0, place.clone())?;
        let is_same = |binding: &Binding| binding.ns == ns && binding.prefix == prefix_text;
        if !self.bindings.iter().any(is_same) {
            self.bindings.push(Binding {
                prefix: prefix_text,
                ns,
                at: place,
            });
        }
        self.scopes.0.push(Scope { prefix, ns });
        Ok(())
    }

    /// The number of a namespace that is not known.
    fn custom(&mut self, uri: String, place: Range<usize>) -> Result<Ns> {
        let namespaces = &mut self.tree.namespaces;
        let at = match namespaces.iter().position(|name| **name == *uri) {
            Some(at) => at,
            None if namespaces.len() >= MAX_ATTRIBUTES => {
                return fault(
                    FaultKind::Limit,
                    place,
                    format!("more than {MAX_ATTRIBUTES} different namespaces"),
                    "declare each namespace once, on the root element",
                );
            }
            None => {
                namespaces.push(uri.into());
                namespaces.len() - 1
            }
        };
        Ok(Ns(u16::try_from(KNOWN.len() + at).unwrap_or(u16::MAX)))
    }
}

/// Checks that a prefix and a namespace may be bound to each other: sections 2.2 and 3.
fn check_declaration(prefix: &str, uri: &str, has_prefix: bool, place: &Range<usize>) -> Result<()> {
    let is_xml = uri == "http://www.w3.org/XML/1998/namespace";
    let wrong = if (prefix == "xml") != is_xml {
        format!("`xml` and `{uri}` belong to each other alone")
    } else if prefix == "xmlns" || uri == "http://www.w3.org/2000/xmlns/" {
        "`xmlns` cannot be declared".to_owned()
    } else if uri.is_empty() && has_prefix {
        format!("the prefix `{prefix}` is declared as nothing")
    } else {
        return Ok(());
    };
    fault(
        FaultKind::Namespace,
        place.clone(),
        wrong,
        "use another prefix or another name",
    )
}
