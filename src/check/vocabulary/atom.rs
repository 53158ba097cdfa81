//! Atom 1.0: RFC 4287.

use super::extensions::{CHANNEL, Extension, ITEM, at};
use super::{Def, Need, Place, Value, many, may, must, one};
use crate::check::namespace::Ns;
use crate::check::rules::{atom, atom_link};
use crate::finding::Rule;

const fn need(name: &'static str, rule: &'static Rule, class: &'static str) -> Need {
    Need {
        ns: Ns::ATOM,
        name,
        rule,
        class,
    }
}

const TEXT_TYPE: super::Attribute = may("type", Value::Text);

const fn construct(name: &'static str) -> Def {
    one(name, Value::Construct).with(&[TEXT_TYPE])
}

const fn person(name: &'static str) -> Def {
    many(name, Value::Elements)
        .is(Place::Person)
        .holds(PERSON)
        .needs(PERSON_NEEDS)
}

const PERSON: &[Def] = &[
    one("name", Value::Name).not_blank(),
    one("uri", Value::Reference),
    one("email", Value::Mail),
];
const PERSON_NEEDS: &[Need] = &[need("name", &atom::NAME_MISSING, "MissingElement")];

const CATEGORY: Def = many("category", Value::Free).with(&[
    must("term", Value::Text),
    may("scheme", Value::Address),
    may("label", Value::Plain),
]);

pub(super) const LINK: Def = many("link", Value::Free).with(&[
    may("href", Value::By(atom_link::check_href)),
    may("rel", Value::By(atom_link::check_rel)),
    may("type", Value::MediaType),
    may("hreflang", Value::Language),
    may("title", Value::Plain),
    may("length", Value::NonNegative),
]);

const CONTENT: Def = one("content", Value::Content).with(&[may("type", Value::Text), may("src", Value::Reference)]);
const ID: Def = one("id", Value::Id).not_blank();
const UPDATED: Def = one("updated", Value::Rfc3339);

/// A feed.
pub(in crate::check) static FEED: Def = one("feed", Value::Elements)
    .is(Place::Feed)
    .holds(FEED_CHILDREN)
    .needs(NEEDS);

/// An entry, in a feed or on its own.
pub(in crate::check) static ENTRY: Def = entry();

const fn entry() -> Def {
    many("entry", Value::Elements)
        .is(Place::Entry)
        .holds(ENTRY_CHILDREN)
        .needs(NEEDS)
}

const NEEDS: &[Need] = &[
    need("id", &atom::ID_MISSING, "MissingElement"),
    need("title", &atom::TITLE_MISSING, "MissingElement"),
    need("updated", &atom::UPDATED_MISSING, "MissingElement"),
];

const ENTRY_CHILDREN: &[Def] = &[
    ID,
    construct("title").not_blank(),
    UPDATED,
    one("published", Value::Rfc3339),
    LINK,
    person("author"),
    person("contributor"),
    CATEGORY,
    construct("rights"),
    construct("summary").not_blank(),
    CONTENT,
    one("source", Value::Elements).is(Place::Source).holds(SOURCE),
];

const GENERATOR: Def = one("generator", Value::Plain)
    .not_blank()
    .with(&[may("uri", Value::Reference), may("version", Value::Text)]);

const FEED_CHILDREN: &[Def] = &[
    entry(),
    ID,
    construct("title").not_blank(),
    UPDATED,
    LINK,
    person("author"),
    person("contributor"),
    CATEGORY,
    construct("subtitle").not_blank(),
    construct("rights").not_blank(),
    GENERATOR,
    one("icon", Value::Reference),
    one("logo", Value::Reference),
];

const SOURCE: &[Def] = &[
    ID,
    construct("title").not_blank(),
    UPDATED,
    LINK,
    person("author"),
    person("contributor"),
    CATEGORY,
    construct("subtitle").not_blank(),
    construct("rights").not_blank(),
    GENERATOR,
    one("icon", Value::Reference),
    one("logo", Value::Reference),
];

/// Elements of Atom that may stand in an RSS channel or item, where feed readers understand them.
pub(super) static IN_RSS: &[Extension] = &[
    at(CHANNEL | ITEM, LINK),
    at(CHANNEL | ITEM, person("author")),
    at(CHANNEL | ITEM, person("contributor")),
    at(CHANNEL | ITEM, ID),
    at(CHANNEL | ITEM, UPDATED),
    at(CHANNEL | ITEM, CATEGORY),
    at(CHANNEL | ITEM, construct("title")),
    at(CHANNEL | ITEM, construct("rights")),
    at(ITEM, one("published", Value::Rfc3339)),
    at(ITEM, construct("summary")),
    at(ITEM, CONTENT),
    at(ITEM, one("source", Value::Free).is(Place::Free)),
    at(CHANNEL, construct("subtitle")),
    at(CHANNEL, GENERATOR),
    at(CHANNEL, one("icon", Value::Reference)),
    at(CHANNEL, one("logo", Value::Reference)),
];
