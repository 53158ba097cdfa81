//! Namespaces: which are declared where, and which one a prefix means (Namespaces in XML 1.0).

use std::ops::Range;

use super::input::{Input, Result, fault};
use super::reader::Reader;
use super::tag::Raw;
use super::tree::{Span, Tree};
use super::{Binding, FaultKind, MAX_ATTRIBUTES};
use crate::check::namespace::{KNOWN, Ns, known};

/// The namespaces in scope, innermost last.
#[derive(Default)]
pub(super) struct Scopes(Vec<Scope>);

struct Scope {
    prefix: Span,
    ns: Ns,
}

impl Scopes {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The namespace that a prefix means.
    pub(super) fn resolve(&self, tree: &Tree, text: &str, prefix: &str, place: Range<usize>) -> Result<Ns> {
        let is_meant = |scope: &&Scope| scope.prefix.len() == prefix.len() && tree.slice(text, scope.prefix) == prefix;
        if let Some(scope) = self.0.iter().rev().find(is_meant) {
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
}

impl Reader<'_> {
    /// Notes the namespace that an attribute declares.
    pub(super) fn declare(&mut self, input: Input<'_>, attribute: &Raw) -> Result<()> {
        let place = input.place(attribute.start..attribute.end);
        let prefix = match attribute.prefix {
            0 => Span::default(),
            length => attribute.name.after(length + 1),
        };
        let prefix_text = self.tree.slice(self.text, prefix);
        let uri = self.tree.value(self.text, attribute.value);
        check_declaration(prefix_text, uri, attribute.prefix > 0, &place)?;
        if self.scopes.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                place,
                format!("more than {MAX_ATTRIBUTES} namespaces in scope"),
                "declare each namespace once, on the root element",
            );
        }
        let prefix_text = prefix_text.to_owned();
        let ns = match known(uri) {
            Some(ns) => ns,
            None => {
                let uri = uri.to_owned();
                self.custom(uri, place.clone())?
            }
        };
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
