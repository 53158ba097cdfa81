//! Compares each value of a rendered feed, as a strict parser reads it, with the model.

use feedwright::{
    html::Html,
    model::{ByteLength, Email, Entry, Feed, Image, MediaType, Person},
    render::Format,
    text::{PlainText, language::Language},
    url::Url,
};
use roxmltree::{Document, Node};

use super::rendered;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const MEDIA: &str = "http://search.yahoo.com/mrss/";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

fn all<'a>(node: Node<'a, 'a>, namespace: &str, name: &str) -> Vec<Node<'a, 'a>> {
    let wanted = |child: &Node<'a, 'a>| {
        child.tag_name().name() == name && child.tag_name().namespace().unwrap_or_default() == namespace
    };
    node.children().filter(wanted).collect()
}

fn one<'a>(node: Node<'a, 'a>, namespace: &str, name: &str) -> Option<Node<'a, 'a>> {
    let found = all(node, namespace, name);
    assert!(found.len() < 2, "{name} appears {} times", found.len());
    found.first().copied()
}

/// The text of the only child with this name.
fn text<'a>(node: Node<'a, 'a>, namespace: &str, name: &str) -> Option<&'a str> {
    one(node, namespace, name).map(|child| child.text().unwrap_or_default())
}

fn texts<'a>(node: Node<'a, 'a>, namespace: &str, name: &str) -> Vec<&'a str> {
    let children = all(node, namespace, name);
    children
        .into_iter()
        .map(|child| child.text().unwrap_or_default())
        .collect()
}

fn str_of(text: &Option<PlainText>) -> Option<&str> {
    text.as_ref().map(PlainText::as_str)
}

fn names<'a>(feed: &'a Feed, entry: &'a Entry) -> Vec<&'a str> {
    let authors = if entry.authors.is_empty() {
        &feed.authors
    } else {
        &entry.authors
    };
    authors.iter().map(|author| author.name.as_str()).collect()
}

fn shown<'a>(feed: &Feed, entry: &'a Entry) -> Option<&'a str> {
    let content = entry
        .content
        .as_ref()
        .map(Html::as_str)
        .filter(|html| !html.is_empty())?;
    (feed.full_content || entry.summary.is_none()).then_some(content)
}

/// Reverses the escaping of plain text.
fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn assert_media(feed_node: Node<'_, '_>, image: Option<&Image>) {
    let content = one(feed_node, MEDIA, "content");
    assert_eq!(content.is_some(), image.is_some());
    let (Some(content), Some(image)) = (content, image) else {
        return;
    };
    assert_eq!(content.attribute("url"), Some(image.url.as_str()));
    assert_eq!(content.attribute("medium"), Some("image"));
    assert_eq!(
        content.attribute("type"),
        image.media_type.as_ref().map(MediaType::as_str)
    );
    assert_eq!(text(content, MEDIA, "title"), str_of(&image.caption));
    assert_eq!(text(content, MEDIA, "description"), str_of(&image.alt));
    assert_eq!(text(content, MEDIA, "credit"), str_of(&image.credit));
    let address = image.license_url.as_ref().map(Url::as_str);
    assert_eq!(text(content, MEDIA, "license"), str_of(&image.license).or(address));
    assert_eq!(
        one(content, MEDIA, "license").and_then(|it| it.attribute("href")),
        address
    );
}

pub(super) fn assert_rss(feed: &Feed) {
    let xml = rendered(feed, Format::Rss);
    assert!(
        xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\""),
        "{xml}"
    );
    let document = Document::parse(&xml).unwrap();
    let channel = one(document.root_element(), "", "channel").unwrap();
    assert_eq!(text(channel, "", "title"), Some(feed.title.as_str()));
    assert_eq!(text(channel, "", "link"), Some(feed.home.as_str()));
    assert_eq!(
        text(channel, "", "description"),
        str_of(&feed.description).or(Some(feed.title.as_str()))
    );
    assert_eq!(text(channel, "", "copyright"), str_of(&feed.rights));
    assert_eq!(text(channel, "", "lastBuildDate"), Some(feed.updated.rfc822().as_str()));
    assert_eq!(
        one(channel, ATOM, "link").unwrap().attribute("href"),
        Some(feed.self_link.as_str())
    );
    if let Some(image) = one(channel, "", "image") {
        assert_eq!(text(image, "", "url"), feed.logo.as_ref().map(Url::as_str));
        assert_eq!(text(image, "", "title"), text(channel, "", "title"));
        assert_eq!(text(image, "", "link"), text(channel, "", "link"));
    }
    let items = all(channel, "", "item");
    assert_eq!(items.len(), feed.entries.len());
    for (item, entry) in items.into_iter().zip(&feed.entries) {
        assert_rss_item(feed, item, entry);
    }
}

fn assert_rss_item(feed: &Feed, item: Node<'_, '_>, entry: &Entry) {
    let guid = one(item, "", "guid").unwrap();
    assert_eq!(guid.text(), Some(entry.id.name()));
    let is_permalink = guid.attribute("isPermaLink").is_none_or(|it| it == "true");
    assert_eq!(is_permalink, entry.id.name() == entry.link.as_str());
    assert_eq!(text(item, "", "title"), Some(entry.title.as_str()));
    assert_eq!(text(item, "", "link"), Some(entry.link.as_str()));
    let published = chrono::DateTime::parse_from_rfc2822(text(item, "", "pubDate").unwrap()).unwrap();
    assert_eq!(published.timestamp(), entry.published.unix());
    assert_eq!(text(item, ATOM, "updated"), Some(entry.updated.rfc3339().as_str()));
    assert_eq!(texts(item, DC, "creator"), names(feed, entry));
    assert_eq!(text(item, DC, "rights"), str_of(&entry.rights));
    match &entry.summary {
        Some(summary) => {
            assert_eq!(
                text(item, "", "description").map(unescaped).as_deref(),
                Some(summary.as_str())
            );
            assert_eq!(text(item, CONTENT, "encoded"), shown(feed, entry));
        }
        None => {
            assert_eq!(text(item, "", "description"), shown(feed, entry));
            assert_eq!(text(item, CONTENT, "encoded"), None);
        }
    }
    let categories: Vec<_> = all(item, "", "category")
        .iter()
        .map(|it| (it.text().unwrap(), it.attribute("domain")))
        .collect();
    let expected: Vec<_> = entry
        .categories
        .iter()
        .map(|it| (it.term.as_str(), it.scheme.as_ref().map(Url::as_str)))
        .collect();
    assert_eq!(categories, expected);
    let enclosure = one(item, "", "enclosure");
    assert_eq!(enclosure.is_some(), !entry.enclosures.is_empty());
    if let (Some(node), Some(enclosure)) = (enclosure, entry.enclosures.first()) {
        assert_eq!(node.attribute("url"), Some(enclosure.url.as_str()));
        assert_eq!(
            node.attribute("length"),
            Some(enclosure.length.map_or(0, ByteLength::get).to_string().as_str())
        );
        assert_eq!(node.attribute("type"), Some(enclosure.media_type.as_str()));
    }
    assert_media(item, entry.image.as_ref());
}

fn assert_people(node: Node<'_, '_>, people: &[Person]) {
    let authors = all(node, ATOM, "author");
    assert_eq!(authors.len(), people.len());
    for (author, person) in authors.into_iter().zip(people) {
        assert_eq!(text(author, ATOM, "name"), Some(person.name.as_str()));
        assert_eq!(text(author, ATOM, "email"), person.email.as_ref().map(Email::as_str));
        assert_eq!(text(author, ATOM, "uri"), person.url.as_ref().map(Url::as_str));
    }
}

fn links<'a>(node: Node<'a, 'a>, rel: &str) -> Vec<Node<'a, 'a>> {
    let links = all(node, ATOM, "link");
    links
        .into_iter()
        .filter(|link| link.attribute("rel") == Some(rel))
        .collect()
}

pub(super) fn assert_atom(feed: &Feed) {
    let xml = rendered(feed, Format::Atom);
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""));
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(text(root, ATOM, "id"), Some(feed.id.as_str()));
    assert_eq!(text(root, ATOM, "title"), Some(feed.title.as_str()));
    assert_eq!(text(root, ATOM, "subtitle"), str_of(&feed.description));
    assert_eq!(text(root, ATOM, "rights"), str_of(&feed.rights));
    assert_eq!(text(root, ATOM, "updated"), Some(feed.updated.rfc3339().as_str()));
    assert_eq!(text(root, ATOM, "icon"), feed.icon.as_ref().map(Url::as_str));
    assert_eq!(text(root, ATOM, "logo"), feed.logo.as_ref().map(Url::as_str));
    assert_eq!(links(root, "self")[0].attribute("href"), Some(feed.self_link.as_str()));
    assert_eq!(links(root, "alternate")[0].attribute("href"), Some(feed.home.as_str()));
    assert_eq!(
        root.attribute((XML, "lang")),
        feed.language.as_ref().map(Language::as_str)
    );
    assert_people(root, &feed.authors);
    let entries = all(root, ATOM, "entry");
    assert_eq!(entries.len(), feed.entries.len());
    for (node, entry) in entries.into_iter().zip(&feed.entries) {
        assert_atom_entry(feed, node, entry);
    }
}

fn assert_atom_entry(feed: &Feed, node: Node<'_, '_>, entry: &Entry) {
    assert_eq!(text(node, ATOM, "id"), Some(entry.id.as_str()));
    assert_eq!(text(node, ATOM, "title"), Some(entry.title.as_str()));
    assert_eq!(
        one(node, ATOM, "title").unwrap().attribute("type").unwrap_or("text"),
        "text"
    );
    assert_eq!(text(node, ATOM, "updated"), Some(entry.updated.rfc3339().as_str()));
    assert_eq!(text(node, ATOM, "published"), Some(entry.published.rfc3339().as_str()));
    assert_eq!(text(node, ATOM, "summary"), str_of(&entry.summary));
    assert_eq!(text(node, ATOM, "rights"), str_of(&entry.rights));
    assert_eq!(text(node, ATOM, "content"), shown(feed, entry));
    if let Some(content) = one(node, ATOM, "content") {
        assert_eq!(content.attribute("type"), Some("html"));
    }
    for name in ["title", "summary", "content"] {
        let Some(construct) = one(node, ATOM, name) else {
            continue;
        };
        let language = construct.ancestors().find_map(|it| it.attribute((XML, "lang")));
        let expected = entry.language.as_ref().or(feed.language.as_ref());
        assert_eq!(language, expected.map(Language::as_str));
    }
    let authors = if entry.authors.is_empty() {
        &feed.authors
    } else {
        &entry.authors
    };
    assert_people(node, authors);
    assert_eq!(links(node, "alternate")[0].attribute("href"), Some(entry.link.as_str()));
    let enclosures = links(node, "enclosure");
    assert_eq!(enclosures.len(), entry.enclosures.len());
    for (link, enclosure) in enclosures.into_iter().zip(&entry.enclosures) {
        assert_eq!(link.attribute("href"), Some(enclosure.url.as_str()));
        assert_eq!(link.attribute("type"), Some(enclosure.media_type.as_str()));
        assert_eq!(link.attribute("title"), str_of(&enclosure.title));
        assert_eq!(
            link.attribute("length"),
            enclosure.length.map(|it| it.get().to_string()).as_deref()
        );
    }
    assert_media(node, entry.image.as_ref());
}

pub(super) fn assert_json(feed: &Feed) {
    let json: serde_json::Value = serde_json::from_str(&rendered(feed, Format::Json)).unwrap();
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["title"], feed.title.as_str());
    assert_eq!(json["home_page_url"], feed.home.as_str());
    assert_eq!(json["feed_url"], feed.self_link.as_str());
    assert_eq!(json["description"].as_str(), str_of(&feed.description));
    assert_eq!(json["icon"].as_str(), feed.logo.as_ref().map(Url::as_str));
    assert_eq!(json["favicon"].as_str(), feed.icon.as_ref().map(Url::as_str));
    assert_eq!(json["language"].as_str(), feed.language.as_ref().map(Language::as_str));
    let items = json["items"].as_array().unwrap();
    assert_eq!(items.len(), feed.entries.len());
    for (item, entry) in items.iter().zip(&feed.entries) {
        assert_eq!(item["id"], entry.id.name());
        assert_eq!(item["url"], entry.link.as_str());
        assert_eq!(item["title"], entry.title.as_str());
        assert_eq!(item["summary"].as_str(), str_of(&entry.summary));
        assert_eq!(item["content_html"].as_str(), shown(feed, entry));
        assert_ne!(
            item["content_html"].is_string(),
            item["content_text"].is_string(),
            "an item has exactly one of the two"
        );
        assert_eq!(item["image"].as_str(), entry.image.as_ref().map(|it| it.url.as_str()));
        assert_eq!(item["date_published"], entry.published.rfc3339());
        assert_eq!(item["date_modified"], entry.updated.rfc3339());
        let authors: Vec<_> = item["authors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["name"].as_str().unwrap())
            .collect();
        assert_eq!(authors, names(feed, entry));
        let tags: Vec<_> = item["tags"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| it.as_str().unwrap())
            .collect();
        assert_eq!(
            tags,
            entry.categories.iter().map(|it| it.term.as_str()).collect::<Vec<_>>()
        );
        let attachments = item["attachments"].as_array().into_iter().flatten();
        let attachments: Vec<_> = attachments
            .map(|it| (it["url"].as_str(), it["size_in_bytes"].as_u64()))
            .collect();
        let expected: Vec<_> = entry
            .enclosures
            .iter()
            .map(|it| (Some(it.url.as_str()), it.length.map(ByteLength::get)))
            .collect();
        assert_eq!(attachments, expected);
    }
}
