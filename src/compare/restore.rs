//! Reads complete entries back from a feed that Feedwright published, for articles that are now unreadable or have
//! errors.
//!
//! This module reads exactly what `render` writes. A test restores entries from every format, renders them again and
//! compares the bytes.

use std::collections::BTreeMap;

use atom_syndication as atom;
use rss::{Channel, Item};
use serde_json::Value;

use super::read::{Unreadable, format_error, from_chrono, keep_atom_updated, parse_date, text_member};
use crate::{
    html::{self, Level},
    model::{Category, Email, Enclosure, Entry, Image, MediaType, Person},
    text::{PlainText, language::Language},
    url::{Id, Url},
};

/// Reads the entries with these ids. Rendered again in the same format, they give the same bytes.
///
/// # Errors
/// The bytes are not a feed.
pub fn restore(bytes: &[u8], ids: &[Id], level: Level) -> Result<Vec<Entry>, Unreadable> {
    let text = String::from_utf8_lossy(bytes);
    // An Atom feed contains the URI of an id, and the other formats contain its name.
    let faces = ids.iter().flat_map(|id| id.all_names().map(move |face| (face, id)));
    let faces: BTreeMap<&str, &Id> = faces.collect();
    let wanted = |face: &str| faces.get(face).map(|id| (*id).clone());
    if text.trim_start().starts_with('{') {
        let document: Value = serde_json::from_str(&text).map_err(|error| Unreadable(format_error(&error)))?;
        let items = document.get("items").and_then(Value::as_array);
        let items = items.into_iter().flatten();
        let found = items.filter_map(|item| from_json(item, wanted(text_member(item, "id")?)?, level));
        return Ok(found.collect());
    }
    match atom::Feed::read_from(text.as_bytes()) {
        Ok(feed) => {
            let found = feed
                .entries
                .iter()
                .filter_map(|entry| from_atom(entry, wanted(entry.id())?, level));
            Ok(found.collect())
        }
        Err(atom::Error::InvalidStartTag) => {
            let channel = Channel::read_from(keep_atom_updated(&text).as_bytes());
            let channel = channel.map_err(|error| Unreadable(format_error(&error)))?;
            let found = channel
                .items
                .iter()
                .filter_map(|item| from_rss(item, wanted(&item.guid()?.value)?, &text, level));
            Ok(found.collect())
        }
        Err(error) => Err(Unreadable(format_error(&error))),
    }
}

fn from_rss(item: &Item, id: Id, text: &str, level: Level) -> Option<Entry> {
    let link = Url::parse(item.link()?)?;
    let published = parse_date(item.pub_date()?)?;
    let updated = item.extensions().values().find_map(|elements| elements.get("updated"));
    let updated = updated.and_then(|elements| parse_date(elements.first()?.value()?));
    // If there is a `content:encoded`, the description is the summary. Otherwise, it is either the content or the
    // summary.
    let description = item.description().unwrap_or_default();
    let (summary, content) = match item.content() {
        Some(content) => (PlainText::new(&html::to_text(description)), Some(content)),
        // Summaries are escaped as HTML, so only content has a `<`.
        None if description.contains('<') => (None, Some(description)),
        None => (PlainText::new(&html::to_text(description)), None),
    };
    let core = item.dublin_core_ext();
    let categories = item.categories().iter().filter_map(|category| {
        Some(Category {
            term: PlainText::new(&category.name)?,
            scheme: category.domain.as_deref().and_then(Url::parse),
        })
    });
    let enclosure = item.enclosure().and_then(|enclosure| {
        Some(Enclosure {
            url: Url::parse(&enclosure.url)?,
            // RSS writes 0 for an unknown length.
            length: enclosure.length.parse().ok().filter(|length| *length > 0),
            media_type: MediaType::new(&enclosure.mime_type)?,
            title: None,
        })
    });
    let media = item
        .extensions()
        .get("media")
        .and_then(|media| media.get("content")?.first());
    Some(Entry {
        id,
        title: PlainText::new(item.title()?)?,
        published,
        updated: updated.unwrap_or(published),
        summary,
        // Only `clean` can create an `Html`, and cleaning HTML that is already clean does not change it.
        content: content.map(|content| html::clean_to(level, &restore_line_feed(content, text), &link).html),
        authors: core.map_or_else(Vec::new, |core| persons(core.creators())),
        categories: categories.collect(),
        image: media.and_then(|content| {
            let child = |name: &str| content.children.get(name).and_then(|found| found.first());
            let value = |name: &str| child(name).and_then(|child| PlainText::new(child.value()?));
            Some(Image {
                url: Url::parse(content.attrs.get("url")?)?,
                media_type: content.attrs.get("type").and_then(|kind| MediaType::new(kind)),
                alt: value("description"),
                caption: value("title"),
                credit: value("credit"),
                license: value("license"),
                license_url: child("license").and_then(|license| Url::parse(license.attrs.get("href")?)),
            })
        }),
        enclosures: enclosure.into_iter().collect(),
        // RSS has no language for items.
        language: None,
        rights: core.and_then(|core| PlainText::new(core.rights().first()?)),
        link,
    })
}

/// Restores the content's final line feed, which the `rss` crate trims.
fn restore_line_feed(content: &str, text: &str) -> String {
    let ended = format!("{content}\n");
    if text.contains(&format!("{ended}]]>")) {
        ended
    } else {
        content.to_owned()
    }
}

fn persons(names: &[String]) -> Vec<Person> {
    // In RSS, `render` writes only the names of authors.
    let person = |name: &String| {
        Some(Person {
            name: PlainText::new(name)?,
            email: None,
            url: None,
        })
    };
    names.iter().filter_map(person).collect()
}

fn from_atom(entry: &atom::Entry, id: Id, level: Level) -> Option<Entry> {
    let link_of = |rel: &str| entry.links().iter().find(|link| link.rel() == rel);
    let link = Url::parse(link_of("alternate")?.href())?;
    let updated = from_chrono(entry.updated())?;
    let text = |text: &atom::Text| PlainText::new(text.as_str());
    // The Atom crate cannot write `xml:lang` on an entry, so `render` writes it on the title.
    let language = entry.title().lang.as_deref().and_then(Language::new);
    let authors = entry.authors().iter().filter_map(|author| {
        Some(Person {
            name: PlainText::new(author.name())?,
            email: author.email().and_then(Email::new),
            url: author.uri().and_then(Url::parse),
        })
    });
    let categories = entry.categories().iter().filter_map(|category| {
        Some(Category {
            term: PlainText::new(category.term())?,
            scheme: category.scheme().and_then(Url::parse),
        })
    });
    let enclosures = entry.links().iter().filter(|link| link.rel() == "enclosure");
    let enclosures = enclosures.filter_map(|link| {
        Some(Enclosure {
            url: Url::parse(link.href())?,
            length: link.length().and_then(|length| length.parse().ok()),
            media_type: MediaType::new(link.mime_type()?)?,
            title: link.title().and_then(PlainText::new),
        })
    });
    let media = entry
        .extensions()
        .get("media")
        .and_then(|media| media.get("content")?.first());
    let content = entry.content().and_then(|content| content.value());
    Some(Entry {
        id,
        title: text(entry.title())?,
        published: entry.published().and_then(from_chrono).unwrap_or(updated),
        updated,
        summary: entry.summary().and_then(text),
        content: content.map(|content| html::clean_to(level, content, &link).html),
        authors: authors.collect(),
        categories: categories.collect(),
        image: media.and_then(|content| {
            let child = |name: &str| content.children().get(name).and_then(|found| found.first());
            let value = |name: &str| child(name).and_then(|child| PlainText::new(child.value()?));
            Some(Image {
                url: Url::parse(content.attrs().get("url")?)?,
                media_type: content.attrs().get("type").and_then(|kind| MediaType::new(kind)),
                alt: value("description"),
                caption: value("title"),
                credit: value("credit"),
                license: value("license"),
                license_url: child("license").and_then(|license| Url::parse(license.attrs().get("href")?)),
            })
        }),
        enclosures: enclosures.collect(),
        language,
        rights: entry.rights().and_then(text),
        link,
    })
}

fn from_json(item: &Value, id: Id, level: Level) -> Option<Entry> {
    let text = |member: &str| text_member(item, member);
    let link = Url::parse(text("url")?)?;
    let published = parse_date(text("date_published")?)?;
    let list = |member: &str| item.get(member).and_then(Value::as_array).into_iter().flatten();
    let authors = list("authors").filter_map(|author| {
        Some(Person {
            name: PlainText::new(text_member(author, "name")?)?,
            email: None,
            url: text_member(author, "url").and_then(Url::parse),
        })
    });
    let terms = list("tags").filter_map(|tag| PlainText::new(tag.as_str()?));
    let enclosures = list("attachments").filter_map(|attachment| {
        Some(Enclosure {
            url: Url::parse(text_member(attachment, "url")?)?,
            length: attachment.get("size_in_bytes").and_then(Value::as_u64),
            media_type: MediaType::new(text_member(attachment, "mime_type")?)?,
            title: text_member(attachment, "title").and_then(PlainText::new),
        })
    });
    let image = text("image").and_then(Url::parse);
    Some(Entry {
        id,
        title: PlainText::new(text("title")?)?,
        published,
        updated: text("date_modified").and_then(parse_date).unwrap_or(published),
        summary: text("summary").and_then(PlainText::new),
        content: text("content_html").map(|content| html::clean_to(level, content, &link).html),
        authors: authors.collect(),
        categories: terms.map(|term| Category { term, scheme: None }).collect(),
        image: image.map(|url| Image {
            // JSON Feed has only the address of the picture.
            media_type: MediaType::of_path(url.path()),
            url,
            alt: None,
            caption: None,
            credit: None,
            license: None,
            license_url: None,
        }),
        enclosures: enclosures.collect(),
        language: text("language").and_then(Language::new),
        rights: None,
        link,
    })
}
