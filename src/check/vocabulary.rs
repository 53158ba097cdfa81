//! The vocabulary of feeds: which elements and attributes the formats and their extensions define, where each is
//! allowed, how often, and which values it accepts.
//!
//! This file defines the types. The tables in its submodules represent the specifications, and `rules::walk` compares
//! documents with them.

pub(super) mod atom;
pub(super) mod extensions;
pub(super) mod media;
pub(super) mod podcasts;
pub(super) mod rdf;
pub(super) mod rss;

use super::field::Field;
use super::report::Collector;
use crate::feed::namespace::Ns;
use crate::finding::Rule;

/// An element, as its specification defines it.
#[derive(Debug)]
pub(super) struct ElementDef {
    pub(super) name: &'static str,
    pub(super) occurs: Occurs,
    pub(super) value: Value,
    /// Whether an empty element is a mistake. If it is not, an empty element means that no value is given.
    pub(super) must_not_be_empty: bool,
    pub(super) attributes: &'static [AttributeDef],
    // There are at most 64 definitions here, because `rules::walk` records in the bits of a `u64` which of these
    // children have occurred.
    pub(super) children: &'static [ElementDef],
    pub(super) required: &'static [RequiredChild],
    pub(super) container: Container,
}

/// How often an element may occur in its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurs {
    Many,
    Once,
    /// Any number of times according to the specification, but only once according to the W3C validator.
    OnceForW3c,
}

/// An attribute of an element.
#[derive(Debug)]
pub(super) struct AttributeDef {
    pub(super) name: &'static str,
    pub(super) ns: Ns,
    pub(super) value: Value,
    pub(super) is_required: bool,
}

/// A child that an element must have.
#[derive(Debug)]
pub(super) struct RequiredChild {
    pub(super) ns: Ns,
    pub(super) name: &'static str,
    pub(super) rule: &'static Rule,
    /// The message class that the W3C validator uses if this child is missing.
    pub(super) class: &'static str,
}

/// The role of an element that contains other elements. The role determines which extensions are allowed inside the
/// element, and which rules check the element as a whole. The values are bit flags, so that the tables can combine the
/// containers in which an extension element is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Container {
    Other = 0,
    Root = 1,
    Channel = 2,
    Item = 4,
    Image = 8,
    TextInput = 16,
    Feed = 32,
    Entry = 64,
    Source = 128,
    /// An Atom person construct.
    Person = 256,
    MediaContent = 512,
    MediaGroup = 1024,
    LiveItem = 2048,
    /// The content is defined by another specification and is not checked.
    Opaque = 4096,
}

/// What an element must contain, or what kind of value an attribute must have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// Child elements and no text.
    Elements,
    /// Neither text nor elements.
    Empty,
    /// Anything, including elements of other vocabularies.
    Any,
    /// Any text.
    Text,
    /// Text that readers display, without markup.
    PlainText,
    /// A person's name: plain text that is not an e-mail address.
    Name,
    /// Escaped HTML.
    Html,
    /// XHTML elements.
    Xhtml,
    /// An Atom text construct (RFC 4287 section 3.1).
    TextConstruct,
    /// The `content` of an Atom entry (RFC 4287 section 4.1.3).
    Content,
    /// An absolute URL, or another URI with a scheme.
    Address,
    /// An absolute http or https URL.
    HttpAddress,
    /// A URL that may be relative.
    Reference,
    /// An Atom id.
    Id,
    /// An RSS guid.
    Guid,
    /// An e-mail address with a name in parentheses, as in RSS.
    Person,
    /// An e-mail address.
    Mail,
    /// An RFC 822 date.
    Rfc822,
    /// An RFC 3339 date.
    Rfc3339,
    /// A date in the W3C profile of ISO 8601.
    W3cdtf,
    Language,
    MediaType,
    /// An integer, 0 or greater.
    NonNegative,
    /// An integer, 1 or greater.
    Positive,
    Decimal,
    Latitude,
    Longitude,
    /// `true` or `false`.
    TrueFalse,
    /// One of these values. The second field is the W3C validator's message class for any other value.
    OneOf(&'static [&'static str], &'static str),
    /// Like the inner value, but with at most this many characters.
    UpTo(usize, &'static Value),
    /// Any value that this function accepts.
    CheckedBy(fn(&Field<'_, '_>, &mut Collector)),
}

// The functions that build the tables are `const`, so that the tables are built at compile time, not at run time.
const fn element(name: &'static str, occurs: Occurs, value: Value) -> ElementDef {
    ElementDef {
        name,
        occurs,
        value,
        must_not_be_empty: false,
        attributes: &[],
        children: &[],
        required: &[],
        container: Container::Other,
    }
}

const fn one(name: &'static str, value: Value) -> ElementDef {
    element(name, Occurs::Once, value)
}

const fn many(name: &'static str, value: Value) -> ElementDef {
    element(name, Occurs::Many, value)
}

const fn once_for_w3c(name: &'static str, value: Value) -> ElementDef {
    element(name, Occurs::OnceForW3c, value)
}

impl ElementDef {
    const fn attributes(mut self, attributes: &'static [AttributeDef]) -> Self {
        self.attributes = attributes;
        self
    }

    const fn children(mut self, children: &'static [ElementDef]) -> Self {
        self.children = children;
        self
    }

    const fn requires(mut self, required: &'static [RequiredChild]) -> Self {
        self.required = required;
        self
    }

    const fn container(mut self, container: Container) -> Self {
        self.container = container;
        self
    }

    const fn not_empty(mut self) -> Self {
        self.must_not_be_empty = true;
        self
    }
}

const fn attribute(ns: Ns, name: &'static str, value: Value, is_required: bool) -> AttributeDef {
    AttributeDef {
        name,
        ns,
        value,
        is_required,
    }
}

const fn optional(name: &'static str, value: Value) -> AttributeDef {
    attribute(Ns::NONE, name, value, false)
}

const fn required(name: &'static str, value: Value) -> AttributeDef {
    attribute(Ns::NONE, name, value, true)
}

const fn optional_rdf(name: &'static str, value: Value) -> AttributeDef {
    attribute(Ns::RDF, name, value, false)
}

const fn required_rdf(name: &'static str, value: Value) -> AttributeDef {
    attribute(Ns::RDF, name, value, true)
}

const fn child(ns: Ns, name: &'static str, rule: &'static Rule, class: &'static str) -> RequiredChild {
    RequiredChild { ns, name, rule, class }
}

/// An element of an extension, and the containers that may contain it.
pub(super) struct Extension {
    /// Bits of [`Container`], or [`ANYWHERE`].
    pub(super) containers: u32,
    pub(super) def: ElementDef,
}

impl Extension {
    /// Whether the element is allowed in this container.
    pub(super) fn is_allowed_in(&self, container: Container) -> bool {
        // `Container::Other` is 0, so no bit represents it. Only `ANYWHERE` includes it.
        self.containers & (container as u32) != 0 || self.containers == ANYWHERE
    }
}

const fn within(containers: u32, def: ElementDef) -> Extension {
    Extension { containers, def }
}

// The containers are combined as numbers, because a `const` cannot call a trait method such as `BitOr::bitor`.
const CHANNEL: u32 = Container::Channel as u32;
const ITEM: u32 = Container::Item as u32;
// An Atom `source` holds the metadata of the feed that an entry was copied from (RFC 4287 section 4.2.11), so `source`
// may also contain the extensions that are allowed in a feed.
const FEED: u32 = Container::Feed as u32 | Container::Source as u32;
const ENTRY: u32 = Container::Entry as u32;
const CHANNEL_OR_FEED: u32 = CHANNEL | FEED;
const ITEM_OR_ENTRY: u32 = ITEM | ENTRY;
/// All elements, whether or not they are containers.
const ANYWHERE: u32 = u32::MAX;
