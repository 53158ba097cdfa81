//! Generates feeds with any content that the model can represent.

use std::collections::BTreeSet;

use feedwright::{
    html::{self, Html},
    model::{ByteLength, Category, Email, Enclosure, Entry, Feed, Image, MediaType, Person},
    text::{PlainText, language::Language},
    time::Timestamp,
    url::{Id, Url},
};
use proptest::prelude::*;

/// Any Unicode text, with many pieces that break writers: markup, `]]>`, character references, control characters.
pub(crate) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[ -~]{0,12}",
        "\\PC{1,8}",
        prop::sample::select(vec![
            "]]>",
            "]]",
            ">",
            "&",
            "<b>",
            "</title>",
            "&amp;",
            "&#0;",
            "&#13;",
            "&#xB;",
            "&#xFFFF;",
            "<!--",
            "-->",
            "<?x?>",
            "'",
            "\"",
            "\u{b}",
            "\u{0}",
            "\u{FFFE}",
            "\u{85}",
            "\r\n",
            "\t",
            "\u{2028}",
            "\u{202E}",
            "👩‍🚀",
            "+00:00</updated>",
            "%s",
            "\\u0000",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn plain_text() -> impl Strategy<Value = PlainText> {
    any_text().prop_filter_map("not empty", |text| PlainText::new(&text))
}

/// Any address that [`Url`] accepts, with many pieces that are invalid somewhere in an address.
pub(crate) fn url() -> impl Strategy<Value = Url> {
    let host = prop_oneof![
        "[a-z]{1,8}\\.example",
        "[a-zA-Z0-9_.~{}^`|%é日-]{1,12}",
        prop::sample::select(HOSTS).prop_map(str::to_owned),
    ];
    let piece = prop_oneof![any_text(), prop::sample::select(ADDRESS_PIECES).prop_map(str::to_owned)];
    let tail = prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat());
    let base = Url::parse("https://example.org/a/b?c#d").unwrap();
    let absolute = (host, tail.clone()).prop_filter_map("an address", |(host, tail)| {
        Url::parse(&format!("https://{host}{tail}"))
    });
    let relative = tail.prop_filter_map("a reference", move |tail| base.join(&tail));
    prop_oneof![absolute, relative]
}

const HOSTS: &[&str] = &[
    "my_blog.example.org",
    "a..b.example",
    "-a.example",
    "example.org.",
    "user:password@example.org",
    "[2001:db8::1]",
    "[::1]:80",
    "192.0.2.1",
    "0x7f.1",
    "xn--bcher-kva.example",
    "bücher.example",
    "example.org:0",
    "example.org:65535",
    "example.org:",
];

const ADDRESS_PIECES: &[&str] = &[
    "/",
    "//",
    "?",
    "#",
    "##",
    "#/#",
    "[",
    "]",
    "%",
    "%zz",
    "%2",
    "%23",
    "{",
    "}",
    "|",
    "^",
    "`",
    "\\",
    "..",
    "@",
    ":",
    "é",
    "日",
    "\u{A0}",
    "\u{FFFD}",
    "\u{E000}",
    "?a=[1]&b={2}",
];

fn content() -> impl Strategy<Value = Html> {
    (any_text(), url())
        .prop_map(|(text, base)| html::clean(&format!("<p>{text}</p><a href='/x?a=1&b=2'>{text}</a>"), &base).html)
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let instant = (Timestamp::EARLIEST..4_102_444_800).prop_filter_map("in range", Timestamp::from_unix);
    let written =
        (Timestamp::EARLIEST..4_102_444_800, -23 * 4..=23 * 4).prop_filter_map("in range", |(seconds, quarters)| {
            let offset = chrono::FixedOffset::east_opt(quarters * 15 * 60)?;
            Timestamp::parse_rfc3339(
                &chrono::DateTime::from_timestamp(seconds, 0)?
                    .with_timezone(&offset)
                    .to_rfc3339(),
            )
        });
    prop_oneof![instant, written]
}

fn language() -> impl Strategy<Value = Language> {
    let primary = prop::sample::select(vec!["en", "de", "zh", "cn", "jp", "yue", "Deutsch", "x", "i", "sgn"]);
    let subtag = prop_oneof![
        prop::sample::select(vec![
            "CHS", "cht", "Hans", "uk", "US", "419", "abc", "1996", "x", "u", "rozaj", "co"
        ])
        .prop_map(str::to_owned),
        "[a-z0-9]{1,9}",
    ];
    let written = (primary, prop::collection::vec(subtag, 0..5)).prop_map(|(primary, subtags)| {
        let subtags: String = subtags.iter().map(|subtag| format!("-{subtag}")).collect();
        format!("{primary}{subtags}")
    });
    prop_oneof![
        prop::sample::select(vec!["en", "de-CH", "zh-Hant", "ar", "ja"]).prop_map(str::to_owned),
        written,
        "[a-z]{2}",
        "[a-zA-Z_.@-]{2,12}",
    ]
    .prop_filter_map("a tag", |raw| Language::new(&raw))
}

fn email() -> impl Strategy<Value = Email> {
    let part = prop_oneof![
        "[a-z&]{1,8}",
        "[a-z.]{1,6}",
        "[ -~]{1,6}",
        "\\PC{1,4}",
        prop::sample::select(vec![
            "localhost",
            "example.org",
            "example..org",
            "-a.example",
            "[192.0.2.1]",
            "\u{FFFE}.é"
        ])
        .prop_map(str::to_owned),
    ];
    let any = (part.clone(), part).prop_map(|(local, domain)| format!("{local}@{domain}"));
    prop_oneof![any, "[a-z&]{1,8}@[a-z]{1,8}\\.example"].prop_filter_map("an address", |raw| Email::new(&raw))
}

fn media_type() -> impl Strategy<Value = MediaType> {
    prop_oneof![
        prop::sample::select(vec!["audio/mpeg", "application/epub+zip", "Audio/MPEG; codecs=mp3"])
            .prop_map(str::to_owned),
        "[a-zA-Z0-9!#$%&'*+.^_`|~ -]{1,6}/[a-zA-Z0-9!#$%&'*+.^_`|~; -]{1,6}",
    ]
    .prop_filter_map("a media type", |raw| MediaType::new(&raw))
}

fn person() -> impl Strategy<Value = Person> {
    let email = prop::option::of(email());
    (plain_text(), email, prop::option::of(url())).prop_map(|(name, email, url)| Person { name, email, url })
}

fn image() -> impl Strategy<Value = Image> {
    let text = || prop::option::of(plain_text());
    (
        url(),
        any::<bool>(),
        text(),
        text(),
        text(),
        text(),
        prop::option::of(url()),
    )
        .prop_map(|(url, typed, alt, caption, credit, license, license_url)| Image {
            url,
            media_type: typed.then(|| MediaType::new("image/webp")).flatten(),
            alt,
            caption,
            credit,
            license,
            license_url,
        })
}

fn enclosure() -> impl Strategy<Value = Enclosure> {
    let length = prop_oneof![any::<u64>(), 0..=4096u64, Just(i64::MAX as u64)];
    (
        url(),
        prop::option::of(length),
        media_type(),
        prop::option::of(plain_text()),
    )
        .prop_map(|(url, length, media_type, title)| Enclosure {
            url,
            length: length.and_then(ByteLength::new),
            media_type,
            title,
        })
}

prop_compose! {
    fn category()(term in plain_text(), scheme in prop::option::of(url())) -> Category {
        Category { term, scheme }
    }
}

prop_compose! {
    fn entry()(
        (link, is_permalink, key) in (url(), any::<bool>(), "[a-z0-9]{20}"),
        (title, name) in (plain_text(), prop::option::of("[ -~é日]{1,20}")),
        (published, updated) in (timestamp(), timestamp()),
        summary in prop::option::of(plain_text()),
        content in prop::option::of(content()),
        authors in prop::collection::vec(person(), 0..3),
        categories in prop::collection::vec(category(), 0..3),
        image in prop::option::of(image()),
        enclosures in prop::collection::vec(enclosure(), 0..3),
        language in prop::option::of(language()),
        rights in prop::option::of(plain_text()),
    ) -> Entry {
        let tag = Id::new(&format!("tag:example.org,2026-11-21:{key}")).unwrap();
        let id = if is_permalink { Id::new(link.as_str()).unwrap_or(tag) } else { tag };
        // As for an imported id.
        let id = name.and_then(|name| id.clone().with_name(&name)).unwrap_or(id);
        Entry {
            id, link, title, published, updated: updated.max(published), summary, content, authors, categories, image,
            enclosures, language, rights,
        }
    }
}

prop_compose! {
    pub(super) fn feed()(
        title in plain_text(),
        (description, rights) in (prop::option::of(plain_text()), prop::option::of(plain_text())),
        (home, self_link) in (url(), url()),
        (icon, logo) in (prop::option::of(url()), prop::option::of(url())),
        language in prop::option::of(language()),
        authors in prop::collection::vec(person(), 1..3),
        full_content in any::<bool>(),
        updated in timestamp(),
        entries in prop::collection::vec(entry(), 0..3),
    ) -> Feed {
        let id = Id::new("tag:example.org,2026-11-21:feed").unwrap();
        // On a site, ids are unique.
        let mut ids = BTreeSet::new();
        let mut entries: Vec<Entry> = entries;
        entries.retain(|entry| ids.insert(entry.id.name().to_lowercase()));
        Feed {
            id, title, description, home, self_link, language, authors, rights, icon, logo, full_content, updated, entries,
        }
    }
}
