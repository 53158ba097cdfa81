//! What may stand where: every element of the formats and their extensions, what it holds, how often, with what.
//!
//! The tables are the specifications; [`rules::structure`](super::rules) compares a document with them.

pub(super) mod atom;
pub(super) mod extensions;
pub(super) mod media;
pub(super) mod podcasts;
pub(super) mod rdf;
pub(super) mod rss;

use super::document::Element;
use super::namespace::Ns;
use super::report::Collector;
use crate::finding::Rule;

/// An element.
#[derive(Debug)]
pub(super) struct Def {
    pub(super) name: &'static str,
    pub(super) times: Times,
    pub(super) value: Value,
    pub(super) is_blank_odd: bool,
    pub(super) attributes: &'static [Attribute],
    pub(super) children: &'static [Def],
    pub(super) needs: &'static [Need],
    pub(super) place: Place,
}

/// How often an element may stand in its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Many,
    Once,
    /// The specification lets it be repeated; the W3C validator does not.
    OnceForW3c,
}

/// An attribute of an element.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) ns: Ns,
    pub(super) value: Value,
    pub(super) is_required: bool,
}

/// A child that must be there.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) ns: Ns,
    pub(super) name: &'static str,
    pub(super) rule: &'static Rule,
    pub(super) class: &'static str,
}

/// What kind of container an element is, for extensions and for rules about the whole of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Place {
    Other = 0,
    Root = 1,
    Channel = 2,
    Item = 4,
    Image = 8,
    TextInput = 16,
    Feed = 32,
    Entry = 64,
    Source = 128,
    /// A person of Atom.
    Person = 256,
    MediaContent = 512,
    MediaGroup = 1024,
    LiveItem = 2048,
    /// Anything in it is the business of another specification.
    Free = 4096,
}

/// What an element or an attribute holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// Only elements.
    Elements,
    /// Nothing at all.
    Empty,
    /// Anything, even elements of other vocabularies.
    Free,
    /// Text of any kind.
    Text,
    /// Text for people, without markup.
    Plain,
    /// A person's name: text without markup or address.
    Name,
    /// HTML, escaped.
    Html,
    /// An Atom text construct.
    Construct,
    /// Atom's `content`.
    Content,
    /// An absolute address.
    Address,
    /// An absolute http address.
    HttpAddress,
    /// An address, perhaps relative.
    Reference,
    /// An Atom id.
    Id,
    /// An RSS guid.
    Guid,
    /// An e-mail address with a name, as RSS writes it.
    Person,
    /// An e-mail address.
    Mail,
    /// A date by RFC 822.
    Rfc822,
    /// A date by RFC 3339.
    Rfc3339,
    /// A date by W3CDTF.
    W3cdtf,
    Language,
    MediaType,
    /// A whole number, 0 or more.
    NonNegative,
    /// A whole number, 1 or more.
    Positive,
    Decimal,
    Latitude,
    Longitude,
    /// `true` or `false`.
    TrueFalse,
    /// One of these words.
    OneOf(&'static [&'static str], &'static str),
    /// Text of at most this many characters.
    UpTo(usize, &'static Value),
    /// What this function says.
    By(fn(&Element<'_>, &str, &mut Collector)),
}

const fn def(name: &'static str, times: Times, value: Value) -> Def {
    Def {
        name,
        times,
        value,
        is_blank_odd: false,
        attributes: &[],
        children: &[],
        needs: &[],
        place: Place::Other,
    }
}

const fn one(name: &'static str, value: Value) -> Def {
    def(name, Times::Once, value)
}

const fn many(name: &'static str, value: Value) -> Def {
    def(name, Times::Many, value)
}

const fn once_for_w3c(name: &'static str, value: Value) -> Def {
    def(name, Times::OnceForW3c, value)
}

impl Def {
    const fn with(mut self, attributes: &'static [Attribute]) -> Self {
        self.attributes = attributes;
        self
    }

    const fn holds(mut self, children: &'static [Def]) -> Self {
        self.children = children;
        self
    }

    const fn needs(mut self, needs: &'static [Need]) -> Self {
        self.needs = needs;
        self
    }

    const fn is(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// An empty one says nothing and is a mistake.
    const fn not_blank(mut self) -> Self {
        self.is_blank_odd = true;
        self
    }
}

const fn may(name: &'static str, value: Value) -> Attribute {
    Attribute {
        name,
        ns: Ns::NONE,
        value,
        is_required: false,
    }
}

const fn must(name: &'static str, value: Value) -> Attribute {
    Attribute {
        name,
        ns: Ns::NONE,
        value,
        is_required: true,
    }
}

const fn rdf_may(name: &'static str, value: Value) -> Attribute {
    Attribute {
        name,
        ns: Ns::RDF,
        value,
        is_required: false,
    }
}

const fn rdf_must(name: &'static str, value: Value) -> Attribute {
    Attribute {
        name,
        ns: Ns::RDF,
        value,
        is_required: true,
    }
}

const fn need(name: &'static str, rule: &'static Rule, class: &'static str) -> Need {
    Need {
        ns: Ns::NONE,
        name,
        rule,
        class,
    }
}
