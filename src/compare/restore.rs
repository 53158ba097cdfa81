//! Reads complete entries back from a feed that Feedwright published, for articles that are now unreadable or have
//! errors.
//!
//! This module reads exactly what `render` writes. A test restores entries from every format, renders them again and
//! compares the bytes.

use std::{borrow::Cow, collections::BTreeMap};

use super::read::parse_date;
use crate::{
    feed::{
        self, Document, TextKind, Unreadable, encoding,
        json::{Member, Value, member},
        link::with_relation,
        namespace::Ns,
        xml::Element,
    },
    html::{self, Level},
    model::{ByteLength, Category, Email, Enclosure, Entry, Image, MediaType, Person},
    text::{PlainText, language::Language},
    url::{Id, Url},
};

/// Reads the entries with these ids. Rendering them again in the same format gives the same bytes.
///
/// # Errors
/// Returns an error if the bytes are not a feed.
pub fn restore(bytes: &[u8], ids: &[Id], level: Level) -> Result<Vec<Entry>, Unreadable> {
    // An entry's id is a URI in Atom, but may be a different name in RSS and JSON Feed, so the map contains both.
    let faces = ids.iter().flat_map(|id| id.all_names().map(move |face| (face, id)));
    let faces: BTreeMap<&str, &Id> = faces.collect();
    let decoded = encoding::decode(bytes);
    let document = Document::read(&decoded.text)?;
    let entries = document.feed()?.entries();
    let found = entries.iter().filter_map(|published| {
        let (face, _) = published.id()?;
        let id = *faces.get(&*face)?;
        entry(published, id.clone(), level)
    });
    Ok(found.collect())
}

fn entry(published: &feed::Entry<'_>, id: Id, level: Level) -> Option<Entry> {
    let link = Url::parse(&published.link()?.0)?;
    let updated = published.updated(parse_date).map(|(date, _)| date);
    let date = published.published(parse_date).map(|(date, _)| date);
    let date = date.or(updated)?;
    let (summary, content) = texts(published);
    let details = match published {
        feed::Entry::Rss(item) => rss_details(item),
        feed::Entry::Atom(entry) => atom_details(entry),
        feed::Entry::Json(item) => json_details(item),
    };
    Some(Entry {
        id,
        title: PlainText::new(&published.title()?.value)?,
        published: date,
        updated: updated.unwrap_or(date),
        summary,
        // Only the functions that clean HTML can create an `Html`. Cleaning does not change HTML that is already clean.
        content: content.map(|content| html::clean_to(level, &content, &link).html),
        authors: details.authors,
        categories: details.categories,
        image: details.image,
        enclosures: details.enclosures,
        language: details.language,
        rights: details.rights,
        link,
    })
}

/// The summary, and the content as HTML.
fn texts<'d>(published: &feed::Entry<'d>) -> (Option<PlainText>, Option<Cow<'d, str>>) {
    let summary = published.summary().map(|text| text.value);
    // The plain-text content that `render` writes to a JSON Feed is only a copy of the summary or title.
    let content = published.content().filter(|text| text.kind == TextKind::Html);
    let content = content.map(|text| text.value);
    match (published, summary, content) {
        // In RSS, `description` contains the content if there is no summary. A summary is escaped as HTML, so only
        // content can contain a `<`.
        (feed::Entry::Rss(_), Some(description), None) if description.contains('<') => (None, Some(description)),
        (feed::Entry::Rss(_), summary, content) => {
            let summary = summary.and_then(|summary| PlainText::new(&html::to_text(&summary)));
            (summary, content)
        }
        (_, summary, content) => (summary.and_then(|summary| PlainText::new(&summary)), content),
    }
}

/// The fields that [`feed::Entry`] does not contain, because they are needed only to restore an entry.
struct Details {
    authors: Vec<Person>,
    categories: Vec<Category>,
    image: Option<Image>,
    enclosures: Vec<Enclosure>,
    language: Option<Language>,
    rights: Option<PlainText>,
}

fn rss_details(item: &Element<'_>) -> Details {
    let authors = children(item, Ns::DC, "creator").filter_map(|creator| {
        // In RSS, `render` writes only the names of authors.
        Some(Person {
            name: text(Some(creator))?,
            email: None,
            url: None,
        })
    });
    let categories = children(item, Ns::NONE, "category").filter_map(|category| {
        Some(Category {
            term: text(Some(category))?,
            scheme: category.value("domain").and_then(Url::parse),
        })
    });
    let enclosures = children(item, Ns::NONE, "enclosure").filter_map(|enclosure| {
        Some(Enclosure {
            url: Url::parse(enclosure.value("url")?)?,
            // In RSS, a length of 0 means that the length is unknown.
            length: length(enclosure.value("length")).filter(|length| length.get() > 0),
            media_type: MediaType::new(enclosure.value("type")?)?,
            title: None,
        })
    });
    Details {
        authors: authors.collect(),
        categories: categories.collect(),
        image: media_image(item),
        enclosures: enclosures.collect(),
        // RSS has no element for the language of an item.
        language: None,
        rights: text(item.child(Ns::DC, "rights")),
    }
}

fn atom_details(entry: &Element<'_>) -> Details {
    let authors = children(entry, Ns::ATOM, "author").filter_map(|author| {
        let text = |name: &str| author.child(Ns::ATOM, name).map(|child| child.text());
        Some(Person {
            name: PlainText::new(&text("name")?)?,
            email: text("email").and_then(|email| Email::new(&email)),
            url: text("uri").and_then(|uri| Url::parse(&uri)),
        })
    });
    let categories = children(entry, Ns::ATOM, "category").filter_map(|category| {
        Some(Category {
            term: PlainText::new(category.value("term")?)?,
            scheme: category.value("scheme").and_then(Url::parse),
        })
    });
    let enclosures = with_relation(entry, Ns::ATOM, "enclosure").filter_map(|link| {
        Some(Enclosure {
            url: Url::parse(link.value("href")?)?,
            length: length(link.value("length")),
            media_type: MediaType::new(link.value("type")?)?,
            title: link.value("title").and_then(PlainText::new),
        })
    });
    // The Atom crate cannot write `xml:lang` on an entry, so `render` writes it on the title.
    let title = entry.child(Ns::ATOM, "title");
    let language = title.and_then(|title| title.attribute_in(Ns::XML, "lang"));
    Details {
        authors: authors.collect(),
        categories: categories.collect(),
        image: media_image(entry),
        enclosures: enclosures.collect(),
        language: language.and_then(|language| Language::new(language.value())),
        rights: text(entry.child(Ns::ATOM, "rights")),
    }
}

fn json_details(item: &[Member<'_>]) -> Details {
    let list = |name: &str| member(item, name).and_then(Value::as_array).unwrap_or_default();
    let objects = |name: &str| list(name).iter().filter_map(Value::as_object);
    let authors = objects("authors").filter_map(|author| {
        Some(Person {
            name: PlainText::new(string(author, "name")?)?,
            email: None,
            url: string(author, "url").and_then(Url::parse),
        })
    });
    let terms = list("tags").iter().filter_map(|tag| PlainText::new(tag.as_str()?));
    let enclosures = objects("attachments").filter_map(|attachment| {
        let size = member(attachment, "size_in_bytes").and_then(Value::as_number);
        Some(Enclosure {
            url: Url::parse(string(attachment, "url")?)?,
            length: length(size),
            media_type: MediaType::new(string(attachment, "mime_type")?)?,
            title: string(attachment, "title").and_then(PlainText::new),
        })
    });
    let image = string(item, "image").and_then(Url::parse);
    Details {
        authors: authors.collect(),
        categories: terms.map(|term| Category { term, scheme: None }).collect(),
        image: image.map(|url| Image {
            // In JSON Feed, a picture has only an address.
            media_type: MediaType::of_path(url.path()),
            url,
            alt: None,
            caption: None,
            credit: None,
            license: None,
            license_url: None,
        }),
        enclosures: enclosures.collect(),
        language: string(item, "language").and_then(Language::new),
        rights: None,
    }
}

/// The picture of an RSS item or an Atom entry.
fn media_image(entry: &Element<'_>) -> Option<Image> {
    let content = entry.child(Ns::MEDIA, "content")?;
    let child = |name: &str| content.child(Ns::MEDIA, name);
    Some(Image {
        url: Url::parse(content.value("url")?)?,
        media_type: content.value("type").and_then(MediaType::new),
        alt: text(child("description")),
        caption: text(child("title")),
        credit: text(child("credit")),
        license: text(child("license")),
        license_url: child("license").and_then(|license| Url::parse(license.value("href")?)),
    })
}

fn children<'d>(entry: &Element<'d>, ns: Ns, name: &str) -> impl Iterator<Item = Element<'d>> {
    entry.children().filter(move |child| child.is(ns, name))
}

fn text(element: Option<Element<'_>>) -> Option<PlainText> {
    PlainText::new(&element?.text())
}

fn string<'v>(object: &'v [Member<'_>], name: &str) -> Option<&'v str> {
    member(object, name)?.as_str()
}

fn length(digits: Option<&str>) -> Option<ByteLength> {
    ByteLength::new(digits?.parse().ok()?)
}
