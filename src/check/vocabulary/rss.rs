//! RSS 2.0 and 0.9x.

use super::{Def, Need, Place, Value, many, may, must, need, one};
use crate::check::rules::{rss, rss_values};

/// The root.
pub(in crate::check) static RSS: Def = one("rss", Value::Elements)
    .is(Place::Root)
    .with(&[may("version", Value::Text)])
    .holds(&[one("channel", Value::Elements)
        .is(Place::Channel)
        .holds(CHANNEL)
        .needs(&[
            need("title", &rss::TITLE_MISSING, "MissingTitle"),
            need("link", &rss::LINK_MISSING, "MissingLink"),
            need("description", &rss::DESCRIPTION_MISSING, "MissingDescription"),
        ])])
    .needs(&[need("channel", &rss::CHANNEL_MISSING, "MissingElement")]);

const CATEGORY: Def = many("category", Value::Plain)
    .not_blank()
    .with(&[may("domain", Value::Text)]);

const CHANNEL: &[Def] = &[
    many("item", Value::Elements).is(Place::Item).holds(ITEM),
    one("title", Value::Plain).not_blank(),
    one("link", Value::Address).not_blank(),
    one("description", Value::Plain).not_blank(),
    one("language", Value::Language),
    one("copyright", Value::Plain).not_blank(),
    one("managingEditor", Value::Person),
    one("webMaster", Value::Person),
    one("pubDate", Value::Rfc822),
    one("lastBuildDate", Value::Rfc822),
    CATEGORY,
    one("generator", Value::Plain).not_blank(),
    one("docs", Value::Address),
    one("cloud", Value::Empty).with(&[
        must("domain", Value::Text),
        must("port", Value::By(rss_values::check_cloud_port)),
        must("path", Value::Text),
        must("registerProcedure", Value::Text),
        must("protocol", Value::Text),
    ]),
    one("ttl", Value::Positive).not_blank(),
    one("image", Value::Elements)
        .is(Place::Image)
        .holds(IMAGE)
        .needs(IMAGE_NEEDS),
    one("rating", Value::Text),
    one("textInput", Value::Elements)
        .is(Place::TextInput)
        .holds(TEXT_INPUT)
        .needs(TEXT_INPUT_NEEDS),
    one("skipHours", Value::Elements).holds(HOURS).needs(HOURS_NEEDS),
    one("skipDays", Value::Elements).holds(DAYS).needs(DAYS_NEEDS),
];

const HOURS: &[Def] = &[many("hour", Value::By(rss_values::check_hour))];
const HOURS_NEEDS: &[Need] = &[need("hour", &rss::SKIP_EMPTY, "MissingElement")];
const DAYS: &[Def] = &[many("day", Value::By(rss_values::check_day))];
const DAYS_NEEDS: &[Need] = &[need("day", &rss::SKIP_EMPTY, "MissingElement")];

const IMAGE_NEEDS: &[Need] = &[
    need("title", &rss::IMAGE_INCOMPLETE, "MissingTitle"),
    need("link", &rss::IMAGE_INCOMPLETE, "MissingLink"),
    need("url", &rss::IMAGE_INCOMPLETE, "MissingElement"),
];

const TEXT_INPUT_NEEDS: &[Need] = &[
    need("title", &rss::TEXT_INPUT_INCOMPLETE, "MissingTitle"),
    need("link", &rss::TEXT_INPUT_INCOMPLETE, "MissingLink"),
    need("description", &rss::TEXT_INPUT_INCOMPLETE, "MissingDescription"),
    need("name", &rss::TEXT_INPUT_INCOMPLETE, "MissingElement"),
];

const IMAGE: &[Def] = &[
    one("url", Value::Address),
    one("title", Value::Plain).not_blank(),
    one("link", Value::Address),
    one("width", Value::By(rss_values::check_width)),
    one("height", Value::By(rss_values::check_height)),
    one("description", Value::Plain).not_blank(),
];

const TEXT_INPUT: &[Def] = &[
    one("title", Value::Plain).not_blank(),
    one("description", Value::Plain).not_blank(),
    one("name", Value::By(rss_values::check_form_name)),
    one("link", Value::Address),
];

const ITEM: &[Def] = &[
    one("title", Value::Plain).not_blank(),
    one("link", Value::Address),
    one("description", Value::Html),
    one("author", Value::Person),
    CATEGORY,
    one("comments", Value::Address),
    many("enclosure", Value::Empty).with(&[
        must("url", Value::HttpAddress),
        must("length", Value::By(rss_values::check_enclosure_length)),
        must("type", Value::By(rss_values::check_enclosure_type)),
    ]),
    one("guid", Value::Guid).with(&[may("isPermaLink", Value::By(rss_values::check_is_permalink))]),
    one("pubDate", Value::Rfc822),
    one("source", Value::Plain)
        .not_blank()
        .with(&[must("url", Value::Address)]),
];
