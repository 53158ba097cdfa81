//! Attributes as they are read, before their prefixes are resolved.

use std::collections::HashMap;

use super::interned::Name;
use super::tree::TextRef;

/// An attribute whose prefix has not been resolved yet: the declaration may come later in the same tag.
#[derive(Clone)]
pub(super) struct RawAttribute {
    pub(super) name: Name,
    pub(super) value: TextRef,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_declaration: bool,
}

/// The attributes that a document type gives a default value, by the name of their element.
pub(super) type Defaults = HashMap<String, Vec<RawAttribute>>;

/// Whether an attribute of this name declares a namespace.
/// `xmlnsfoo` does not: only the whole name and the prefix are reserved.
pub(super) fn is_namespace_declaration(name: &str) -> bool {
    name.strip_prefix("xmlns")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
