//! RSS 2.0 and 0.9x.

use super::{Container, ElementDef, RequiredChild, Value, child, many, one, optional, required};
use crate::check::rules::{rss, rss_values};
use crate::feed::namespace::Ns;
use crate::finding::Rule;

const fn need(name: &'static str, rule: &'static Rule, class: &'static str) -> RequiredChild {
    child(Ns::NONE, name, rule, class)
}

/// The root element.
pub(in crate::check) static RSS: ElementDef = one("rss", Value::Elements)
    .container(Container::Root)
    // RSS requires `version`. It is optional in this table, because a separate rule reports a missing version.
    .attributes(&[optional("version", Value::Text)])
    .children(&[one("channel", Value::Elements)
        .container(Container::Channel)
        .children(CHANNEL)
        .requires(&[
            need("title", &rss::TITLE_MISSING, "MissingTitle"),
            need("link", &rss::LINK_MISSING, "MissingLink"),
            need("description", &rss::DESCRIPTION_MISSING, "MissingDescription"),
        ])])
    .requires(&[need("channel", &rss::CHANNEL_MISSING, "MissingElement")]);

const CATEGORY: ElementDef = many("category", Value::PlainText)
    .not_empty()
    // RSS 2.0 defines the domain as a string that identifies a taxonomy, so the domain need not be a URL.
    .attributes(&[optional("domain", Value::Text)]);

const CHANNEL: &[ElementDef] = &[
    many("item", Value::Elements).container(Container::Item).children(ITEM),
    one("title", Value::PlainText).not_empty(),
    one("link", Value::Address).not_empty(),
    one("description", Value::PlainText).not_empty(),
    one("language", Value::Language),
    one("copyright", Value::PlainText).not_empty(),
    one("managingEditor", Value::Person),
    one("webMaster", Value::Person),
    one("pubDate", Value::Rfc822),
    one("lastBuildDate", Value::Rfc822),
    CATEGORY,
    one("generator", Value::PlainText).not_empty(),
    one("docs", Value::Address),
    one("cloud", Value::Empty).attributes(&[
        required("domain", Value::Text),
        required("port", Value::CheckedBy(rss_values::check_cloud_port)),
        required("path", Value::Text),
        required("registerProcedure", Value::Text),
        required("protocol", Value::Text),
    ]),
    one("ttl", Value::Positive).not_empty(),
    one("image", Value::Elements)
        .container(Container::Image)
        .children(IMAGE)
        .requires(IMAGE_NEEDS),
    // A rating is a PICS label. PICS has a grammar of its own, which is not checked.
    one("rating", Value::Text),
    one("textInput", Value::Elements)
        .container(Container::TextInput)
        .children(TEXT_INPUT)
        .requires(TEXT_INPUT_NEEDS),
    one("skipHours", Value::Elements).children(HOURS).requires(HOURS_NEEDS),
    one("skipDays", Value::Elements).children(DAYS).requires(DAYS_NEEDS),
];

// The functions that check the values also report repeated values and lists that contain too many values.
const HOURS: &[ElementDef] = &[many("hour", Value::CheckedBy(rss_values::check_hour))];
const HOURS_NEEDS: &[RequiredChild] = &[need("hour", &rss::SKIP_EMPTY, "MissingElement")];
const DAYS: &[ElementDef] = &[many("day", Value::CheckedBy(rss_values::check_day))];
const DAYS_NEEDS: &[RequiredChild] = &[need("day", &rss::SKIP_EMPTY, "MissingElement")];

const IMAGE_NEEDS: &[RequiredChild] = &[
    need("title", &rss::IMAGE_INCOMPLETE, "MissingTitle"),
    need("link", &rss::IMAGE_INCOMPLETE, "MissingLink"),
    need("url", &rss::IMAGE_INCOMPLETE, "MissingElement"),
];

const TEXT_INPUT_NEEDS: &[RequiredChild] = &[
    need("title", &rss::TEXT_INPUT_INCOMPLETE, "MissingTitle"),
    need("link", &rss::TEXT_INPUT_INCOMPLETE, "MissingLink"),
    need("description", &rss::TEXT_INPUT_INCOMPLETE, "MissingDescription"),
    need("name", &rss::TEXT_INPUT_INCOMPLETE, "MissingElement"),
];

const IMAGE: &[ElementDef] = &[
    one("url", Value::Address),
    one("title", Value::PlainText).not_empty(),
    one("link", Value::Address),
    one("width", Value::CheckedBy(rss_values::check_width)),
    one("height", Value::CheckedBy(rss_values::check_height)),
    one("description", Value::PlainText).not_empty(),
];

const TEXT_INPUT: &[ElementDef] = &[
    one("title", Value::PlainText).not_empty(),
    one("description", Value::PlainText).not_empty(),
    one("name", Value::CheckedBy(rss_values::check_form_name)),
    one("link", Value::Address),
];

const ITEM: &[ElementDef] = &[
    one("title", Value::PlainText).not_empty(),
    one("link", Value::Address),
    // RSS 2.0 allows escaped HTML only in the description of an item.
    one("description", Value::Html),
    one("author", Value::Person),
    CATEGORY,
    one("comments", Value::Address),
    // RSS 2.0 does not say how many enclosures an item may have. A separate rule recommends one.
    many("enclosure", Value::Empty).attributes(&[
        required("url", Value::HttpAddress),
        required("length", Value::CheckedBy(rss_values::check_enclosure_length)),
        required("type", Value::CheckedBy(rss_values::check_enclosure_type)),
    ]),
    // `not_empty` is deliberately not called here: a separate rule reports an empty guid, because readers treat all
    // items with an empty guid as the same item.
    one("guid", Value::Guid).attributes(&[optional(
        "isPermaLink",
        Value::CheckedBy(rss_values::check_is_permalink),
    )]),
    one("pubDate", Value::Rfc822),
    one("source", Value::PlainText)
        .not_empty()
        .attributes(&[required("url", Value::Address)]),
];
