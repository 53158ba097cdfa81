//! Attributes as they are read, before their prefixes are resolved.

use std::collections::HashMap;

use super::interned::Name;
use super::tree::TextRef;

/// An attribute whose prefix has not been resolved yet, because the prefix may be declared later in the same tag.
#[derive(Clone)]
pub(super) struct RawAttribute {
    pub(super) name: Name,
    pub(super) value: TextRef,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) is_declaration: bool,
}

/// The attributes for which the document type defines default values, grouped by element name.
pub(super) type Defaults = HashMap<String, Vec<RawAttribute>>;

/// Whether an attribute with this name declares a namespace. `xmlnsfoo` does not, because only the name `xmlns` and the
/// prefix `xmlns:` are reserved.
pub(super) fn is_namespace_declaration(name: &str) -> bool {
    name.strip_prefix("xmlns")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
