//! The namespaces in scope, and the resolution of prefixes (Namespaces in XML 1.0).

use super::interned::{Name, Names};
use crate::feed::namespace::Ns;

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

    pub(super) fn push(&mut self, prefix: Name, ns: Ns) {
        self.0.push(Scope { prefix, ns });
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The namespace that a prefix is bound to, or `None` if the prefix is not declared.
    pub(super) fn resolve(&self, names: &Names, prefix: Name) -> Option<Ns> {
        // The innermost declaration of a prefix hides the outer ones.
        if let Some(scope) = self.0.iter().rev().find(|scope| scope.prefix == prefix) {
            return Some(scope.ns);
        }
        match names.text(prefix) {
            "" => Some(Ns::NONE),
            // The prefix `xml` need not be declared (Namespaces in XML 1.0 section 3).
            "xml" => Some(Ns::XML),
            _ => None,
        }
    }
}
