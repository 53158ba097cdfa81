//! Podcasts: Apple's itunes elements as documented today, and Podcasting 2.0.

use super::extensions::{CHANNEL, ENTRY, Extension, FEED, ITEM, at};
use super::{Def, Place, Value, many, may, must, one};
use crate::check::rules::{itunes, podcast};

const LIVE: u32 = Place::LiveItem as u32;
const TOP: u32 = CHANNEL | FEED;
const EACH: u32 = ITEM | LIVE | ENTRY;
const BOTH: u32 = TOP | EACH;

const IMAGE: Def = one("image", Value::Free).with(&[must("href", Value::HttpAddress), may("url", Value::Text)]);

/// Apple's elements.
pub(super) static ITUNES: &[Extension] = &[
    at(BOTH, one("author", Value::Plain)),
    at(BOTH, one("block", Value::By(itunes::check_block))),
    at(
        BOTH,
        many("category", Value::Elements)
            .with(&[must("text", Value::By(itunes::check_category))])
            .holds(&[many("category", Value::Empty).with(&[must("text", Value::By(itunes::check_category))])]),
    ),
    at(BOTH, IMAGE),
    at(BOTH, one("explicit", Value::By(itunes::check_explicit))),
    at(BOTH, one("keywords", Value::By(itunes::check_keywords))),
    at(BOTH, one("subtitle", Value::UpTo(255, &Value::Plain))),
    at(BOTH, one("summary", Value::UpTo(4000, &Value::Text))),
    at(BOTH, one("title", Value::Plain)),
    at(BOTH, one("link", Value::Text)),
    at(BOTH, one("pubDate", Value::Text)),
    at(BOTH, one("order", Value::Text)),
    at(EACH, one("duration", Value::By(itunes::check_duration))),
    at(EACH, one("episode", Value::By(itunes::check_episode))),
    at(EACH, one("season", Value::Positive)),
    at(
        EACH,
        one(
            "episodeType",
            Value::OneOf(&["full", "trailer", "bonus"], "InvalidItunesEpisodeType"),
        ),
    ),
    at(EACH, one("isClosedCaptioned", Value::Text)),
    at(
        TOP,
        one("owner", Value::Elements)
            .holds(&[
                one("name", Value::Plain),
                one("email", Value::By(itunes::check_owner_mail)),
            ])
            .needs(&[super::Need {
                ns: crate::check::namespace::Ns::ITUNES,
                name: "email",
                rule: &itunes::OWNER_WITHOUT_MAIL,
                class: "MissingElement",
            }]),
    ),
    at(TOP, one("type", Value::By(itunes::check_type))),
    at(TOP, one("new-feed-url", Value::HttpAddress)),
    at(TOP, one("new_feed_url", Value::HttpAddress)),
    at(TOP, one("complete", Value::Text)),
    at(TOP, one("applepodcastsverify", Value::Text)),
];

/// Podcasting 2.0.
pub(super) static PODCAST: &[Extension] = &[
    at(
        TOP,
        one("locked", Value::OneOf(&["yes", "no"], "")).with(&[may("owner", Value::Mail)]),
    ),
    at(TOP, one("guid", Value::By(podcast::check_guid))),
    at(
        EACH,
        many("transcript", Value::Empty).with(&[
            must("url", Value::HttpAddress),
            must("type", Value::MediaType),
            may("language", Value::Language),
            may("rel", Value::OneOf(&["captions"], "")),
        ]),
    ),
    at(
        EACH,
        one("chapters", Value::Empty).with(&[must("url", Value::HttpAddress), must("type", Value::MediaType)]),
    ),
    at(
        EACH,
        many("soundbite", Value::Text).with(&[must("startTime", Value::Decimal), must("duration", Value::Decimal)]),
    ),
    at(
        BOTH,
        many("person", Value::Plain).not_blank().with(&[
            may("role", Value::Text),
            may("group", Value::Text),
            may("img", Value::Address),
            may("href", Value::Address),
        ]),
    ),
    at(
        BOTH,
        many("location", Value::Plain).with(&[
            may("geo", Value::By(podcast::check_geo)),
            may("osm", Value::Text),
            may("rel", Value::Text),
            may("country", Value::Text),
        ]),
    ),
    at(
        EACH,
        one("season", Value::NonNegative).with(&[may("name", Value::Text)]),
    ),
    at(
        EACH,
        one("episode", Value::Decimal).with(&[may("display", Value::Text)]),
    ),
    at(BOTH, one("license", Value::Text).with(&[may("url", Value::Address)])),
    at(TOP, many("trailer", Value::Plain).with(TRAILER)),
    at(
        EACH,
        many("alternateEnclosure", Value::Elements)
            .is(Place::Free)
            .with(ALTERNATE_ENCLOSURE),
    ),
    at(
        BOTH,
        many("value", Value::Free).is(Place::Free).with(&[
            must("type", Value::Text),
            must("method", Value::Text),
            may("suggested", Value::Decimal),
        ]),
    ),
    at(TOP, one("medium", Value::By(podcast::check_medium))),
    at(BOTH, many("images", Value::Empty).with(&[must("srcset", Value::Text)])),
    at(BOTH, many("image", Value::Free)),
    at(TOP, many("liveItem", Value::Free).is(Place::Free).with(LIVE_ITEM)),
    at(
        BOTH,
        many("contentLink", Value::Text).with(&[must("href", Value::Address)]),
    ),
    at(
        BOTH,
        many("socialInteract", Value::Free).with(&[
            may("uri", Value::Address),
            must("protocol", Value::Text),
            may("accountId", Value::Text),
            may("accountUrl", Value::Address),
            may("priority", Value::NonNegative),
        ]),
    ),
    at(
        TOP,
        many("block", Value::OneOf(&["yes", "no"], "")).with(&[may("id", Value::Text)]),
    ),
    at(
        BOTH,
        many("txt", Value::UpTo(4000, &Value::Text)).with(&[may("purpose", Value::Text)]),
    ),
    at(BOTH, many("remoteItem", Value::Empty).with(REMOTE_ITEM)),
    at(TOP, one("podroll", Value::Free).is(Place::Free)),
    at(
        TOP,
        one("updateFrequency", Value::Text).with(&[
            may("complete", Value::TrueFalse),
            may("dtstart", Value::Text),
            may("rrule", Value::Text),
        ]),
    ),
    at(
        TOP,
        one("podping", Value::Empty).with(&[may("usesPodping", Value::TrueFalse)]),
    ),
    at(TOP, many("funding", Value::Plain).with(&[must("url", Value::Address)])),
    at(TOP, many("publisher", Value::Free).is(Place::Free)),
    at(BOTH, many("chat", Value::Free).is(Place::Free)),
];

const TRAILER: &[super::Attribute] = &[
    must("pubdate", Value::Rfc822),
    must("url", Value::HttpAddress),
    may("length", Value::NonNegative),
    may("type", Value::MediaType),
    may("season", Value::Positive),
];

const ALTERNATE_ENCLOSURE: &[super::Attribute] = &[
    must("type", Value::MediaType),
    may("length", Value::NonNegative),
    may("bitrate", Value::Decimal),
    may("height", Value::NonNegative),
    may("lang", Value::Language),
    may("title", Value::Text),
    may("rel", Value::Text),
    may("codecs", Value::Text),
    may("default", Value::TrueFalse),
];

const LIVE_ITEM: &[super::Attribute] = &[
    must("status", Value::OneOf(&["pending", "live", "ended"], "")),
    must("start", Value::Rfc3339),
    may("end", Value::Rfc3339),
];

const REMOTE_ITEM: &[super::Attribute] = &[
    must("feedGuid", Value::By(podcast::check_guid)),
    may("feedUrl", Value::HttpAddress),
    may("itemGuid", Value::Text),
    may("medium", Value::By(podcast::check_medium)),
    may("title", Value::Text),
];
