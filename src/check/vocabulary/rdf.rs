//! RSS in RDF: 1.0, 1.1 and 0.90, as far as their structure goes.

use super::{Attribute, Def, Need, Place, Value, many, one, rdf_may, rdf_must};
use crate::check::namespace::Ns;
use crate::check::rules::rdf::{ELEMENT_MISSING, check_about};
use crate::finding::Rule;

const fn need(ns: Ns, name: &'static str, class: &'static str) -> Need {
    const RULE: &Rule = &ELEMENT_MISSING;
    Need {
        ns,
        name,
        rule: RULE,
        class,
    }
}

const ABOUT: &[Attribute] = &[rdf_must("about", Value::By(check_about))];
const RESOURCE: &[Attribute] = &[rdf_must("resource", Value::Reference)];

const fn text_input(name: &'static str) -> Def {
    one(name, Value::Elements)
        .is(Place::TextInput)
        .with(ABOUT)
        .holds(TEXT_INPUT)
}

const TEXT_INPUT: &[Def] = &[
    one("title", Value::Plain).not_blank(),
    one("description", Value::Plain).not_blank(),
    one("name", Value::Text),
    one("link", Value::Reference),
];

/// The root of RSS 1.0.
pub(in crate::check) static RSS10: Def = one("RDF", Value::Elements)
    .is(Place::Root)
    .holds(&[
        one("channel", Value::Elements)
            .is(Place::Channel)
            .with(ABOUT)
            .holds(&[
                one("title", Value::Plain).not_blank(),
                one("link", Value::Address),
                one("description", Value::Plain).not_blank(),
                one("image", Value::Free).with(RESOURCE).is(Place::Free),
                one("items", Value::Free).is(Place::Free),
                one("textinput", Value::Free).with(RESOURCE).is(Place::Free),
            ])
            .needs(&[
                need(Ns::RSS10, "title", "MissingTitle"),
                need(Ns::RSS10, "link", "MissingLink"),
                need(Ns::RSS10, "description", "MissingDescription"),
                need(Ns::RSS10, "items", "MissingElement"),
            ]),
        one("image", Value::Elements)
            .is(Place::Image)
            .with(ABOUT)
            .holds(&[
                one("title", Value::Plain).not_blank(),
                one("link", Value::Address),
                one("url", Value::Address),
            ])
            .needs(&[
                need(Ns::RSS10, "title", "MissingTitle"),
                need(Ns::RSS10, "link", "MissingLink"),
                need(Ns::RSS10, "url", "MissingElement"),
            ]),
        many("item", Value::Elements)
            .is(Place::Item)
            .with(ABOUT)
            .holds(&[
                one("title", Value::Plain).not_blank(),
                one("link", Value::Address),
                one("description", Value::Html),
            ])
            .needs(&[
                need(Ns::RSS10, "title", "MissingElement"),
                need(Ns::RSS10, "link", "MissingElement"),
            ]),
        text_input("textinput"),
    ])
    .needs(&[need(Ns::RSS10, "channel", "MissingElement")]);

/// The root of RSS 0.90, which has no `about`.
pub(in crate::check) static RSS09: Def = one("RDF", Value::Elements)
    .is(Place::Root)
    .holds(&[
        one("channel", Value::Elements)
            .is(Place::Channel)
            .holds(&[
                one("title", Value::Plain).not_blank(),
                one("link", Value::Address),
                one("description", Value::Plain).not_blank(),
            ])
            .needs(&[
                need(Ns::RSS09, "title", "MissingTitle"),
                need(Ns::RSS09, "link", "MissingLink"),
                need(Ns::RSS09, "description", "MissingDescription"),
            ]),
        one("image", Value::Free).is(Place::Free),
        many("item", Value::Elements).is(Place::Item).holds(&[
            one("title", Value::Plain).not_blank(),
            one("link", Value::Address),
            one("description", Value::Html),
        ]),
        one("textinput", Value::Free).is(Place::Free),
    ])
    .needs(&[need(Ns::RSS09, "channel", "MissingElement")]);

/// The root of RSS 1.1.
pub(in crate::check) static RSS11: Def = one("Channel", Value::Elements)
    .is(Place::Channel)
    .with(&[rdf_may("about", Value::By(check_about))])
    .holds(&[
        one("title", Value::Plain).not_blank(),
        one("link", Value::Address),
        one("description", Value::Plain).not_blank(),
        one("language", Value::Language),
        one("image", Value::Free).is(Place::Free),
        one("items", Value::Elements)
            .with(&[rdf_may("parseType", Value::Text)])
            .holds(&[many("item", Value::Elements)
                .is(Place::Item)
                .with(&[rdf_may("about", Value::By(check_about))])
                .holds(&[
                    one("title", Value::Plain).not_blank(),
                    one("link", Value::Address),
                    one("description", Value::Html),
                ])
                .needs(&[
                    need(Ns::RSS11, "title", "MissingElement"),
                    need(Ns::RSS11, "link", "MissingElement"),
                ])]),
    ])
    .needs(&[
        need(Ns::RSS11, "title", "MissingTitle"),
        need(Ns::RSS11, "link", "MissingLink"),
        need(Ns::RSS11, "description", "MissingDescription"),
        need(Ns::RSS11, "items", "MissingElement"),
    ]);
