//! The structure of the RSS versions that are based on RDF: 1.0, 1.1 and 0.90.

use super::{AttributeDef, Container, ElementDef, RequiredChild, Value, child, many, one, optional_rdf, required_rdf};
use crate::check::rules::rdf::{ELEMENT_MISSING, check_about};
use crate::feed::namespace::Ns;

const fn need(ns: Ns, name: &'static str, class: &'static str) -> RequiredChild {
    child(ns, name, &ELEMENT_MISSING, class)
}

// RSS 1.0 section 5: a URL in `rdf:about` identifies each channel, image, item and text input.
const ABOUT: &[AttributeDef] = &[required_rdf("about", Value::CheckedBy(check_about))];
const RESOURCE: &[AttributeDef] = &[required_rdf("resource", Value::Reference)];

const fn text_input(name: &'static str) -> ElementDef {
    one(name, Value::Elements)
        .container(Container::TextInput)
        .attributes(ABOUT)
        .children(TEXT_INPUT)
}

const TEXT_INPUT: &[ElementDef] = &[
    one("title", Value::PlainText).not_empty(),
    one("description", Value::PlainText).not_empty(),
    one("name", Value::Text),
    one("link", Value::Reference),
];

/// The root element of RSS 1.0.
pub(in crate::check) static RSS10: ElementDef = one("RDF", Value::Elements)
    .container(Container::Root)
    .children(&[
        one("channel", Value::Elements)
            .container(Container::Channel)
            .attributes(ABOUT)
            .children(&[
                one("title", Value::PlainText).not_empty(),
                one("link", Value::Address),
                one("description", Value::PlainText).not_empty(),
                // These are only references: in RSS 1.0, images, text inputs and items are siblings of the channel.
                one("image", Value::Any)
                    .attributes(RESOURCE)
                    .container(Container::Opaque),
                one("items", Value::Any).container(Container::Opaque),
                one("textinput", Value::Any)
                    .attributes(RESOURCE)
                    .container(Container::Opaque),
            ])
            .requires(&[
                need(Ns::RSS10, "title", "MissingTitle"),
                need(Ns::RSS10, "link", "MissingLink"),
                need(Ns::RSS10, "description", "MissingDescription"),
                need(Ns::RSS10, "items", "MissingElement"),
            ]),
        one("image", Value::Elements)
            .container(Container::Image)
            .attributes(ABOUT)
            .children(&[
                one("title", Value::PlainText).not_empty(),
                one("link", Value::Address),
                one("url", Value::Address),
            ])
            .requires(&[
                need(Ns::RSS10, "title", "MissingTitle"),
                need(Ns::RSS10, "link", "MissingLink"),
                need(Ns::RSS10, "url", "MissingElement"),
            ]),
        many("item", Value::Elements)
            .container(Container::Item)
            .attributes(ABOUT)
            .children(&[
                one("title", Value::PlainText).not_empty(),
                one("link", Value::Address),
                one("description", Value::Html),
            ])
            .requires(&[
                // The W3C validator has separate classes for the title and link of a channel or an image, but not for
                // those of an item.
                need(Ns::RSS10, "title", "MissingElement"),
                need(Ns::RSS10, "link", "MissingElement"),
            ]),
        // RSS 1.0 writes `textinput` in lowercase, unlike RSS 2.0.
        text_input("textinput"),
    ])
    .requires(&[need(Ns::RSS10, "channel", "MissingElement")]);

/// The root element of RSS 0.90, which does not use `rdf:about`.
pub(in crate::check) static RSS09: ElementDef = one("RDF", Value::Elements)
    .container(Container::Root)
    .children(&[
        one("channel", Value::Elements)
            .container(Container::Channel)
            .children(&[
                one("title", Value::PlainText).not_empty(),
                one("link", Value::Address),
                one("description", Value::PlainText).not_empty(),
            ])
            .requires(&[
                need(Ns::RSS09, "title", "MissingTitle"),
                need(Ns::RSS09, "link", "MissingLink"),
                need(Ns::RSS09, "description", "MissingDescription"),
            ]),
        one("image", Value::Any).container(Container::Opaque),
        many("item", Value::Elements).container(Container::Item).children(&[
            one("title", Value::PlainText).not_empty(),
            one("link", Value::Address),
            one("description", Value::Html),
        ]),
        one("textinput", Value::Any).container(Container::Opaque),
    ])
    .requires(&[need(Ns::RSS09, "channel", "MissingElement")]);

/// The root element of RSS 1.1.
pub(in crate::check) static RSS11: ElementDef = one("Channel", Value::Elements)
    .container(Container::Channel)
    .attributes(&[optional_rdf("about", Value::CheckedBy(check_about))])
    .children(&[
        one("title", Value::PlainText).not_empty(),
        one("link", Value::Address),
        one("description", Value::PlainText).not_empty(),
        one("language", Value::Language),
        one("image", Value::Any).container(Container::Opaque),
        // In RSS 1.1, the channel is the root element and contains its items. `rdf:parseType="Collection"` turns the
        // items into an RDF list.
        one("items", Value::Elements)
            .attributes(&[optional_rdf("parseType", Value::Text)])
            .children(&[many("item", Value::Elements)
                .container(Container::Item)
                .attributes(&[optional_rdf("about", Value::CheckedBy(check_about))])
                .children(&[
                    one("title", Value::PlainText).not_empty(),
                    one("link", Value::Address),
                    one("description", Value::Html),
                ])
                .requires(&[
                    need(Ns::RSS11, "title", "MissingElement"),
                    need(Ns::RSS11, "link", "MissingElement"),
                ])]),
    ])
    .requires(&[
        need(Ns::RSS11, "title", "MissingTitle"),
        need(Ns::RSS11, "link", "MissingLink"),
        need(Ns::RSS11, "description", "MissingDescription"),
        need(Ns::RSS11, "items", "MissingElement"),
    ]);
