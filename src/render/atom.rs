//! Atom 1.0 (RFC 4287), written with the `atom_syndication` crate.

use atom_syndication::{
    Category, Content, Entry, Feed, Generator, Link, Person, Text, WriteConfig,
    extension::{Extension, ExtensionMap},
};
use memchr::memmem;

use super::{Format, GENERATOR, authors, content_in, escape, media};
use crate::{
    model,
    text::{PlainText, language::Language},
    url::Url,
};

pub(super) fn render(feed: &model::Feed) -> Vec<u8> {
    // The XML declaration is written here, because the crate would write one without an encoding.
    let declaration = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec();
    let config = WriteConfig {
        write_document_declaration: false,
        indent_size: Some(2),
    };
    // Writing to memory cannot fail.
    with_z(
        &document(feed)
            .write_with_config(declaration, config)
            .unwrap_or_default(),
    )
}

/// Replaces the offset `+00:00` in dates with `Z`. elfeed ignores every offset except `Z`, and newsboat and gPodder
/// ignore some offsets.
///
/// The crate writes every date with `+00:00`. It escapes every `<` in text and attributes, so the end tags `</updated>`
/// and `</published>` can only follow a date.
fn with_z(xml: &[u8]) -> Vec<u8> {
    const ZERO: &[u8] = b"+00:00";
    let mut out = Vec::with_capacity(xml.len());
    let mut copied = 0;
    for at in memmem::find_iter(xml, ZERO) {
        let rest = &xml[at + ZERO.len()..];
        if rest.starts_with(b"</updated>") || rest.starts_with(b"</published>") {
            out.extend_from_slice(&xml[copied..at]);
            out.push(b'Z');
            copied = at + ZERO.len();
        }
    }
    out.extend_from_slice(&xml[copied..]);
    out
}

fn document(feed: &model::Feed) -> Feed {
    Feed {
        title: text(&feed.title, None),
        id: feed.id.to_string(),
        updated: feed.updated.to_chrono_utc(),
        authors: feed.authors.iter().map(person).collect(),
        generator: Some(Generator {
            value: GENERATOR.to_owned(),
            ..Generator::default()
        }),
        icon: feed.icon.as_ref().map(ToString::to_string),
        // RFC 4287, section 4.1.1: a feed should have a link with the relation `self`.
        links: vec![link("alternate", &feed.home), self_link(feed)],
        logo: feed.logo.as_ref().map(ToString::to_string),
        rights: feed.rights.as_ref().map(|it| text(it, None)),
        subtitle: feed.description.as_ref().map(|it| text(it, None)),
        entries: feed.entries.iter().map(|it| entry(feed, it)).collect(),
        namespaces: namespaces(feed),
        lang: feed.language.as_ref().map(ToString::to_string),
        ..Feed::default()
    }
}

fn self_link(feed: &model::Feed) -> Link {
    Link {
        mime_type: Some(Format::Atom.media_type().to_owned()),
        ..link("self", &feed.self_link)
    }
}

fn namespaces(feed: &model::Feed) -> std::collections::BTreeMap<String, String> {
    let has_image = feed.entries.iter().any(|entry| entry.image.is_some());
    let media = has_image.then(|| (media::PREFIX.to_owned(), media::NAMESPACE.to_owned()));
    media.into_iter().collect()
}

fn entry(feed: &model::Feed, entry: &model::Entry) -> Entry {
    // The crate cannot write `xml:lang` on an entry, so the attribute is written on the title, summary and content
    // instead.
    let language = entry.language.as_ref().filter(|it| Some(*it) != feed.language.as_ref());
    Entry {
        title: text(&entry.title, language),
        id: entry.id.to_string(),
        updated: entry.updated.to_chrono_utc(),
        authors: authors(feed, entry).iter().map(person).collect(),
        categories: entry.categories.iter().map(category).collect(),
        links: links(entry),
        // Thunderbird shows `updated` as the date; nearly all other clients show `published`.
        published: Some(entry.published.to_chrono_utc()),
        rights: entry.rights.as_ref().map(|it| text(it, None)),
        summary: entry.summary.as_ref().map(|it| text(it, language)),
        content: content_in(feed, entry).map(|html| Content {
            value: Some(html.as_str().to_owned()),
            // The type is never `xhtml`, which 9 of 29 clients show as empty or broken, and never `text`, which
            // Miniflux and most libraries read as HTML.
            content_type: Some("html".to_owned()),
            lang: language.map(ToString::to_string),
            ..Content::default()
        }),
        extensions: extensions(entry),
        ..Entry::default()
    }
}

/// A text construct that contains plain text, so it needs no `type` attribute. Markup is never used, because
/// Thunderbird creates a broken folder for a feed whose title contains markup.
fn text(text: &PlainText, language: Option<&Language>) -> Text {
    Text {
        lang: language.map(ToString::to_string),
        ..Text::plain(text.as_str())
    }
}

fn person(person: &model::Person) -> Person {
    Person {
        name: person.name.to_string(),
        email: person.email.as_ref().map(|it| it.as_str().to_owned()),
        uri: person.url.as_ref().map(ToString::to_string),
        ..Person::default()
    }
}

fn category(category: &model::Category) -> Category {
    Category {
        term: category.term.to_string(),
        scheme: category.scheme.as_ref().map(ToString::to_string),
        label: None,
    }
}

fn links(entry: &model::Entry) -> Vec<Link> {
    let enclosures = entry.enclosures.iter().map(|it| Link {
        mime_type: Some(it.media_type.as_str().to_owned()),
        title: it.title.as_ref().map(ToString::to_string),
        length: it.length.map(|length| length.get().to_string()),
        ..link("enclosure", &it.url)
    });
    std::iter::once(link("alternate", &entry.link))
        .chain(enclosures)
        .collect()
}

fn link(rel: &str, href: &Url) -> Link {
    Link {
        href: href.to_string(),
        rel: rel.to_owned(),
        ..Link::default()
    }
}

fn extensions(entry: &model::Entry) -> ExtensionMap {
    let media = entry.image.as_ref().map(|image| {
        let content = media::content(image);
        let elements = (content.local_name.to_owned(), vec![media_element(content)]);
        (media::PREFIX.to_owned(), [elements].into())
    });
    media.into_iter().collect()
}

fn media_element(element: media::Element) -> Extension {
    let attributes = element.attributes.iter();
    let mut extension = Extension {
        name: format!("{}:{}", media::PREFIX, element.local_name),
        // An element without children always gets a value, which may be empty. With `None`, the pretty printer would
        // write a line break inside the element.
        value: element.children.is_empty().then_some(element.text),
        // The crate does not escape extension attributes, although it escapes all others.
        attrs: attributes
            .map(|(name, value)| ((*name).to_owned(), escape(value).replace('"', "&quot;")))
            .collect(),
        ..Extension::default()
    };
    for child in element.children {
        extension
            .children
            .entry(child.local_name.to_owned())
            .or_default()
            .push(media_element(child));
    }
    extension
}
