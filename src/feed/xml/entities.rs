//! The general entities that a document type declares.

use std::collections::HashMap;
use std::rc::Rc;

/// The declared entities, and the state of their expansion.
#[derive(Default)]
pub(super) struct Entities {
    pub(super) names: HashMap<String, usize>,
    pub(super) values: Vec<EntityValue>,
    /// Whether an external subset may declare entities that this document does not declare (XML 1.0 section 4.1,
    /// "Entity Declared").
    pub(super) may_be_declared_elsewhere: bool,
    /// The entities that are being expanded, outermost first.
    pub(super) active: Vec<usize>,
    /// The total length of all expansions so far, in bytes.
    pub(super) expanded: usize,
}

/// The value of an entity.
#[derive(Clone)]
pub(super) enum EntityValue {
    /// The replacement text.
    Internal(Rc<str>),
    /// A resource outside the document.
    External,
    /// A resource that is outside the document and is not XML, such as an image.
    Unparsed,
}

impl Entities {
    pub(super) fn declare(&mut self, name: &str, value: EntityValue) {
        // The first declaration of an entity is binding: XML 1.0 section 4.2.
        if !self.names.contains_key(name) {
            self.names.insert(name.to_owned(), self.values.len());
            self.values.push(value);
        }
    }
}
