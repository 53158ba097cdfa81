//! One feed that uses every element of every format.

use feedwright::{
    html,
    model::{ByteLength, Category, Email, Enclosure, Entry, Feed, Image, MediaType, Person},
    text::{PlainText, language::Language},
    time::Timestamp,
    url::{Id, Url},
};

fn text(raw: &str) -> PlainText {
    PlainText::new(raw).unwrap()
}

fn url(raw: &str) -> Url {
    Url::parse(raw).unwrap()
}

fn instant(raw: &str) -> Timestamp {
    Timestamp::parse_rfc3339(raw).unwrap()
}

fn person(name: &str) -> Person {
    Person {
        name: text(name),
        email: None,
        url: None,
    }
}

pub(super) fn feed() -> Feed {
    Feed {
        id: Id::new("tag:example.org,2026:feed").unwrap(),
        title: text("Bread & Butter"),
        description: Some(text("What we bake, and why it is < 3 days old")),
        home: url("https://example.org/"),
        self_link: url("https://example.org/feeds/all?x=1&y=2"),
        language: Language::new("en"),
        authors: vec![Person {
            email: Email::new("ada@example.org"),
            url: Some(url("https://example.org/ada")),
            ..person("Ada")
        }],
        rights: Some(text("© 2026 Ada")),
        icon: Some(url("https://example.org/icon.png")),
        logo: Some(url("https://example.org/logo.png")),
        full_content: true,
        updated: instant("2026-03-02T08:00:00Z"),
        entries: vec![rich_entry(), plain_entry()],
    }
}

fn rich_entry() -> Entry {
    Entry {
        id: Id::new("tag:example.org,2026:rich").unwrap(),
        link: url("https://example.org/brötchen?a=1&b=2"),
        title: text("Brötchen & <br>: \"the\" recipe ]]> 😀"),
        published: instant("2026-03-01T09:00:00+01:00"),
        updated: instant("2026-03-02T08:00:00Z"),
        summary: Some(text("Flour & water, 1 < 2")),
        content: Some(
            html::clean(
                "<p>Flour &amp; <a href=\"/water?a=1&amp;b=2\">water</a>, 1 &lt; 2 ]]&gt;</p>",
                &url("https://example.org/"),
            )
            .html,
        ),
        authors: vec![
            Person {
                url: Some(url("https://example.org/bob")),
                ..person("Bob Böll")
            },
            person("Ada"),
        ],
        categories: vec![
            Category {
                term: text("bread & rolls"),
                scheme: Some(url("https://example.org/tags")),
            },
            Category {
                term: text("spring"),
                scheme: None,
            },
        ],
        image: Some(Image {
            url: url("https://example.org/roll.webp?w=1&h=2"),
            media_type: MediaType::new("image/webp"),
            alt: Some(text("A roll < a loaf")),
            caption: Some(text("Fresh & warm")),
            credit: Some(text("Cy")),
            license: Some(text("CC BY 4.0")),
            license_url: Some(url("https://creativecommons.org/licenses/by/4.0/")),
        }),
        enclosures: vec![
            Enclosure {
                url: url("https://example.org/crunch.mp3?a=1&b=2"),
                length: ByteLength::new(12345),
                media_type: MediaType::new("audio/mpeg").unwrap(),
                title: Some(text("The \"crunch\" & more")),
            },
            Enclosure {
                url: url("https://example.org/recipe.pdf"),
                length: None,
                media_type: MediaType::new("application/pdf").unwrap(),
                title: None,
            },
        ],
        language: Language::new("de-CH"),
        rights: Some(text("CC BY 4.0, Bob")),
    }
}

/// An entry with only what is required. Its id is its address, as on sites that used addresses as ids before.
fn plain_entry() -> Entry {
    Entry {
        id: Id::new("https://example.org/plain").unwrap(),
        link: url("https://example.org/plain"),
        title: text("Plain"),
        published: instant("2026-02-01T00:00:00Z"),
        updated: instant("2026-02-01T00:00:00Z"),
        summary: None,
        content: Some(html::clean("<p>Only content.</p>", &url("https://example.org/")).html),
        authors: Vec::new(),
        categories: Vec::new(),
        image: Some(Image {
            url: url("https://example.org/plain.jpg"),
            media_type: None,
            alt: None,
            caption: None,
            credit: None,
            license: None,
            license_url: None,
        }),
        enclosures: vec![Enclosure {
            url: url("https://example.org/plain.mp3"),
            length: None,
            media_type: MediaType::new("audio/mpeg").unwrap(),
            title: None,
        }],
        language: None,
        rights: None,
    }
}
