//! Atom 1.0: RFC 4287.

use super::{
    AttributeDef, CHANNEL, Container, ElementDef, Extension, ITEM, RequiredChild, Value, child, many, one, optional,
    required, within,
};
use crate::check::rules::{atom, atom_link};
use crate::feed::namespace::Ns;
use crate::finding::Rule;

const fn need(name: &'static str, rule: &'static Rule) -> RequiredChild {
    child(Ns::ATOM, name, rule, "MissingElement")
}

// Any text is accepted here, because the check of the text construct reports invalid types.
const TEXT_TYPE: AttributeDef = optional("type", Value::Text);

const fn construct(name: &'static str) -> ElementDef {
    one(name, Value::TextConstruct).attributes(&[TEXT_TYPE])
}

const fn person(name: &'static str) -> ElementDef {
    many(name, Value::Elements)
        .container(Container::Person)
        .children(PERSON)
        .requires(PERSON_NEEDS)
}

// RFC 4287 section 3.2: one name, and at most one URI and one e-mail address.
const PERSON: &[ElementDef] = &[
    one("name", Value::Name).not_empty(),
    one("uri", Value::Reference),
    one("email", Value::Mail),
];
const PERSON_NEEDS: &[RequiredChild] = &[need("name", &atom::NAME_MISSING)];

// RFC 4287 leaves the content of `category` and `link` undefined.
const CATEGORY: ElementDef = many("category", Value::Any).attributes(&[
    required("term", Value::Text),
    optional("scheme", Value::Address),
    optional("label", Value::PlainText),
]);

pub(super) const LINK: ElementDef = many("link", Value::Any).attributes(&[
    // RFC 4287 requires `href`. It is optional in this table, because a separate rule reports links without `href`.
    optional("href", Value::CheckedBy(atom_link::check_href)),
    optional("rel", Value::CheckedBy(atom_link::check_rel)),
    optional("type", Value::MediaType),
    optional("hreflang", Value::Language),
    optional("title", Value::PlainText),
    optional("length", Value::NonNegative),
]);

// Any text is accepted as the `type`, because the check of the content interprets it: `text`, `html`, `xhtml` or a
// media type (RFC 4287 section 4.1.3.1).
const CONTENT: ElementDef =
    one("content", Value::Content).attributes(&[optional("type", Value::Text), optional("src", Value::Reference)]);
const ID: ElementDef = one("id", Value::Id).not_empty();
const UPDATED: ElementDef = one("updated", Value::Rfc3339);

/// A feed.
pub(in crate::check) static FEED: ElementDef = one("feed", Value::Elements)
    .container(Container::Feed)
    .children(FEED_CHILDREN)
    .requires(NEEDS);

/// An entry, in a feed or on its own.
pub(in crate::check) static ENTRY: ElementDef = entry();

// This is a function, because the children of a feed are a constant, which cannot contain a copy of the static `ENTRY`.
const fn entry() -> ElementDef {
    many("entry", Value::Elements)
        .container(Container::Entry)
        .children(ENTRY_CHILDREN)
        .requires(NEEDS)
}

const NEEDS: &[RequiredChild] = &[
    need("id", &atom::ID_MISSING),
    need("title", &atom::TITLE_MISSING),
    need("updated", &atom::UPDATED_MISSING),
];

const ENTRY_CHILDREN: &[ElementDef] = &[
    ID,
    construct("title").not_empty(),
    UPDATED,
    one("published", Value::Rfc3339),
    LINK,
    person("author"),
    person("contributor"),
    CATEGORY,
    construct("rights"),
    construct("summary").not_empty(),
    CONTENT,
    one("source", Value::Elements)
        .container(Container::Source)
        .children(SOURCE),
];

const GENERATOR: ElementDef = one("generator", Value::PlainText)
    .not_empty()
    .attributes(&[optional("uri", Value::Reference), optional("version", Value::Text)]);

const FEED_CHILDREN: &[ElementDef] = &[
    entry(),
    ID,
    construct("title").not_empty(),
    UPDATED,
    LINK,
    person("author"),
    person("contributor"),
    CATEGORY,
    construct("subtitle").not_empty(),
    construct("rights").not_empty(),
    GENERATOR,
    one("icon", Value::Reference),
    one("logo", Value::Reference),
];

// RFC 4287 section 4.2.11 only recommends `id`, `title` and `updated`, so no child is required here. A separate rule
// reports missing children as advice.
const SOURCE: &[ElementDef] = &[
    ID,
    construct("title").not_empty(),
    UPDATED,
    LINK,
    person("author"),
    person("contributor"),
    CATEGORY,
    construct("subtitle").not_empty(),
    construct("rights").not_empty(),
    GENERATOR,
    one("icon", Value::Reference),
    one("logo", Value::Reference),
];

/// Atom elements that are allowed in an RSS channel or item, because feed readers support them there.
pub(super) static IN_RSS: &[Extension] = &[
    within(CHANNEL | ITEM, LINK),
    within(CHANNEL | ITEM, person("author")),
    within(CHANNEL | ITEM, person("contributor")),
    // Blogger's RSS feeds contain `atom:id` in the channel and `atom:updated` in items.
    within(CHANNEL | ITEM, ID),
    within(CHANNEL | ITEM, UPDATED),
    within(CHANNEL | ITEM, CATEGORY),
    within(CHANNEL | ITEM, construct("title")),
    within(CHANNEL | ITEM, construct("rights")),
    within(ITEM, one("published", Value::Rfc3339)),
    within(ITEM, construct("summary")),
    within(ITEM, CONTENT),
    within(ITEM, one("source", Value::Any).container(Container::Opaque)),
    within(CHANNEL, construct("subtitle")),
    within(CHANNEL, GENERATOR),
    within(CHANNEL, one("icon", Value::Reference)),
    within(CHANNEL, one("logo", Value::Reference)),
];
