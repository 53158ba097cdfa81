//! Namespace declarations: `xmlns="…"` and `xmlns:prefix="…"`.

use std::ops::Range;

use super::attribute::RawAttribute;
use super::input::{Input, Result, fault};
use super::interned::Name;
use super::reader::Reader;
use super::{Binding, FaultKind, MAX_ATTRIBUTES};
use crate::feed::namespace::{NAMESPACES, Ns};

impl Reader<'_> {
    /// Adds the namespace declared by an attribute to the namespaces in scope.
    pub(super) fn declare_namespace(&mut self, input: Input<'_>, attribute: &RawAttribute) -> Result<()> {
        let range = input.source_range(attribute.start..attribute.end);
        let has_prefix = self.tree.names.prefix(attribute.name) != Name::EMPTY;
        let prefix_text = match has_prefix {
            true => self.tree.names.local(attribute.name).to_owned(),
            false => String::new(),
        };
        let uri = self.tree.value(self.text, attribute.value);
        check_declaration(&prefix_text, uri, has_prefix, &range)?;
        if self.scopes.len() >= MAX_ATTRIBUTES {
            return fault(
                FaultKind::Limit,
                range,
                format!("more than {MAX_ATTRIBUTES} namespaces are in scope"),
                "declare each namespace once, on the root element",
            );
        }
        // The namespaces that rules refer to have fixed numbers, so that rules can compare numbers instead of names.
        let ns = match Ns::from_uri(uri) {
            Some(ns) => ns,
            None => {
                let uri = uri.to_owned();
                self.custom_namespace(uri, range.clone())?
            }
        };
        let prefix = self.name(&prefix_text, 0, range.clone())?;
        // A feed may declare the same namespace in every item, but one finding about it is enough.
        if self.declared.insert((prefix, ns)) {
            self.bindings.push(Binding {
                prefix: prefix_text,
                ns,
                at: range,
            });
        }
        self.scopes.push(prefix, ns);
        Ok(())
    }

    /// The number of a namespace that is not in [`NAMESPACES`].
    fn custom_namespace(&mut self, uri: String, range: Range<usize>) -> Result<Ns> {
        let namespaces = &mut self.tree.namespaces;
        // A linear search is enough, because `MAX_ATTRIBUTES` limits the number of these namespaces.
        let at = match namespaces.iter().position(|name| **name == *uri) {
            Some(at) => at,
            None if namespaces.len() >= MAX_ATTRIBUTES => {
                return fault(
                    FaultKind::Limit,
                    range,
                    format!("the document declares more than {MAX_ATTRIBUTES} different namespaces"),
                    "declare each namespace once, on the root element",
                );
            }
            None => {
                namespaces.push(uri.into());
                namespaces.len() - 1
            }
        };
        Ok(Ns(u16::try_from(NAMESPACES.len() + at).unwrap_or(u16::MAX)))
    }
}

/// Checks that this prefix may be bound to this namespace (Namespaces in XML 1.0, sections 2.2 and 3).
fn check_declaration(prefix: &str, uri: &str, has_prefix: bool, range: &Range<usize>) -> Result<()> {
    let is_xml = uri == "http://www.w3.org/XML/1998/namespace";
    let (message, help) = if (prefix == "xml") != is_xml {
        (
            format!(
                "the prefix `{prefix}` cannot be bound to `{uri}`: `xml` and the XML namespace can be bound only to each other"
            ),
            "use a different prefix or a different namespace",
        )
    } else if prefix == "xmlns" || uri == "http://www.w3.org/2000/xmlns/" {
        (
            "the prefix `xmlns` and its namespace cannot be declared".to_owned(),
            "use a different prefix or a different namespace",
        )
    } else if uri.is_empty() && has_prefix {
        (
            format!("the prefix `{prefix}` is declared with an empty namespace"),
            "write the namespace URI, or remove the declaration",
        )
    } else {
        return Ok(());
    };
    fault(FaultKind::Namespace, range.clone(), message, help)
}
