//! RSS 2.0, written with the `rss` crate. The output follows the specification and the RSS Advisory Board's Best
//! Practices Profile.

use rss::{
    Category, Channel, Enclosure, Guid, Image, Item,
    extension::{Extension, ExtensionMap, atom::AtomExtension, atom::Link, dublincore::DublinCoreExtension},
};

use super::{Format, GENERATOR, authors, content_in, escape, media};
use crate::{
    model::{self, ByteLength, Entry, Feed},
    time::Timestamp,
};

const DOCS: &str = "https://www.rssboard.org/rss-specification";
/// One hour, in minutes.
const TTL: &str = "60";

pub(super) fn render(feed: &Feed) -> Vec<u8> {
    // Writing to memory cannot fail.
    channel(feed).pretty_write_to(Vec::new(), b' ', 2).unwrap_or_default()
}

fn channel(feed: &Feed) -> Channel {
    Channel {
        title: feed.title.to_string(),
        link: feed.home.to_string(),
        // RSS requires the channel to have a description, so a feed without a description uses its title.
        description: feed.description.as_ref().unwrap_or(&feed.title).to_string(),
        language: feed.language.as_ref().map(ToString::to_string),
        copyright: feed.rights.as_ref().map(ToString::to_string),
        managing_editor: managing_editor(feed),
        // The time of the last update rather than of the build: the same articles must produce the same bytes, so that
        // web servers can answer 304 (Not Modified).
        last_build_date: Some(feed.updated.rfc822()),
        generator: Some(GENERATOR.to_owned()),
        docs: Some(DOCS.to_owned()),
        ttl: Some(TTL.to_owned()),
        image: image(feed),
        atom_ext: Some(self_link(feed)),
        items: feed.entries.iter().map(|entry| item(feed, entry)).collect(),
        namespaces: namespaces(feed),
        ..Channel::default()
    }
}

/// The value of `managingEditor`, such as `ada@example.org (Ada Lovelace)`. The element requires an e-mail address, so
/// it is omitted if no author has one.
fn managing_editor(feed: &Feed) -> Option<String> {
    feed.authors.iter().find_map(|author| {
        let email = author.email.as_ref()?.as_str();
        Some(format!("{email} ({})", author.name))
    })
}

/// The channel's image. Its title and link must be the same as the channel's.
fn image(feed: &Feed) -> Option<Image> {
    feed.logo.as_ref().map(|logo| Image {
        url: logo.to_string(),
        title: feed.title.to_string(),
        link: feed.home.to_string(),
        ..Image::default()
    })
}

fn self_link(feed: &Feed) -> AtomExtension {
    AtomExtension {
        // The Best Practices Profile recommends that a feed contain its own address in `atom:link`.
        links: vec![Link {
            href: feed.self_link.to_string(),
            rel: "self".to_owned(),
            mime_type: Some(Format::Rss.media_type().to_owned()),
            ..Link::default()
        }],
    }
}

/// The namespaces to declare in addition to `atom`, `content` and `dc`, which the crate itself declares.
fn namespaces(feed: &Feed) -> std::collections::BTreeMap<String, String> {
    let has_image = feed.entries.iter().any(|entry| entry.image.is_some());
    let media = has_image.then(|| (media::PREFIX.to_owned(), media::NAMESPACE.to_owned()));
    media.into_iter().collect()
}

fn item(feed: &Feed, entry: &Entry) -> Item {
    let content = content_in(feed, entry).map(|html| html.as_str().to_owned());
    let (description, content) = match &entry.summary {
        // `description` is HTML, so a plain-text summary is escaped as HTML before the crate escapes it as XML.
        Some(summary) => (Some(escape(summary.as_str())), content),
        // Every reader shows `description`, so it contains the content if there is no summary.
        None => (content, None),
    };
    Item {
        title: Some(entry.title.to_string()),
        link: Some(entry.link.to_string()),
        description,
        categories: entry.categories.iter().map(category).collect(),
        enclosure: entry.enclosures.first().map(enclosure),
        guid: Some(guid(entry)),
        pub_date: Some(entry.published.rfc822()),
        content,
        extensions: extensions(entry),
        dublin_core_ext: Some(dublin_core(feed, entry)),
        ..Item::default()
    }
}

fn category(category: &model::Category) -> Category {
    Category {
        name: category.term.to_string(),
        domain: category.scheme.as_ref().map(ToString::to_string),
    }
}

/// The Best Practices Profile recommends at most one enclosure per item, and a length of 0 if the length is unknown.
fn enclosure(enclosure: &model::Enclosure) -> Enclosure {
    Enclosure {
        url: enclosure.url.to_string(),
        length: enclosure.length.map_or(0, ByteLength::get).to_string(),
        mime_type: enclosure.media_type.as_str().to_owned(),
    }
}

fn guid(entry: &Entry) -> Guid {
    Guid {
        value: entry.id.name().to_owned(),
        // In RSS, a guid is the address of a page unless `isPermaLink` is `false`, but most ids are not addresses.
        permalink: entry.id.name() == entry.link.as_str(),
    }
}

/// Author names are written as `dc:creator`, because `author` requires an e-mail address, which nine of 29 clients show
/// as part of the name.
fn dublin_core(feed: &Feed, entry: &Entry) -> DublinCoreExtension {
    DublinCoreExtension {
        creators: authors(feed, entry)
            .iter()
            .map(|author| author.name.to_string())
            .collect(),
        rights: entry.rights.iter().map(ToString::to_string).collect(),
        ..DublinCoreExtension::default()
    }
}

fn extensions(entry: &Entry) -> ExtensionMap {
    let mut map = ExtensionMap::new();
    let updated = ("updated".to_owned(), vec![atom_updated(entry.updated)]);
    map.insert("atom".to_owned(), [updated].into());
    if let Some(image) = &entry.image {
        let content = media::content(image);
        let media = (content.local_name.to_owned(), vec![media_element(content)]);
        map.insert(media::PREFIX.to_owned(), [media].into());
    }
    map
}

/// RSS has no element for the last change of an item; the Best Practices Profile recommends `atom:updated`.
fn atom_updated(updated: Timestamp) -> Extension {
    Extension {
        name: "atom:updated".to_owned(),
        value: Some(updated.rfc3339()),
        ..Extension::default()
    }
}

fn media_element(element: media::Element) -> Extension {
    let mut extension = Extension {
        name: format!("{}:{}", media::PREFIX, element.local_name),
        // An element without children always gets a value, which may be empty. With `None`, the pretty printer would
        // write a line break inside the element.
        value: element.children.is_empty().then_some(element.text),
        attrs: element
            .attributes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
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
