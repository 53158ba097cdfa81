//! Podcasts: Apple's `itunes` elements as currently documented, and Podcasting 2.0.

use super::{
    AttributeDef, CHANNEL_OR_FEED, Container, ElementDef, Extension, ITEM_OR_ENTRY, Value, child, many, one, optional,
    required, within,
};
use crate::check::rules::{itunes, podcast};
use crate::feed::namespace::Ns;

// A Podcasting 2.0 live item can contain the same elements as an ordinary item.
const EPISODE: u32 = ITEM_OR_ENTRY | Container::LiveItem as u32;
const BOTH: u32 = CHANNEL_OR_FEED | EPISODE;

const IMAGE: ElementDef =
    one("image", Value::Any).attributes(&[required("href", Value::HttpAddress), optional("url", Value::Text)]);

/// Apple's elements.
pub(super) static ITUNES: &[Extension] = &[
    within(BOTH, one("author", Value::PlainText)),
    within(BOTH, one("block", Value::CheckedBy(itunes::check_block))),
    within(
        BOTH,
        many("category", Value::Elements)
            .attributes(&[required("text", Value::CheckedBy(itunes::check_category))])
            // Apple's categories have two levels, so a subcategory cannot contain another category.
            .children(&[many("category", Value::Empty)
                .attributes(&[required("text", Value::CheckedBy(itunes::check_category))])]),
    ),
    within(BOTH, IMAGE),
    within(BOTH, one("explicit", Value::CheckedBy(itunes::check_explicit))),
    within(BOTH, one("keywords", Value::CheckedBy(itunes::check_keywords))),
    // Apple truncates values that exceed these limits, or rejects the feed. The W3C validator has the same limits.
    within(BOTH, one("subtitle", Value::UpTo(255, &Value::PlainText))),
    within(BOTH, one("summary", Value::UpTo(4000, &Value::Text))),
    within(BOTH, one("title", Value::PlainText)),
    within(BOTH, one("link", Value::Text)),
    within(BOTH, one("pubDate", Value::Text)),
    // Apple documents `order`, `complete`, `applepodcastsverify` and the `title` of a channel, but the W3C validator
    // does not know them.
    within(BOTH, one("order", Value::Text)),
    within(EPISODE, one("duration", Value::CheckedBy(itunes::check_duration))),
    within(EPISODE, one("episode", Value::CheckedBy(itunes::check_episode))),
    // Apple defines the season as a non-zero integer.
    within(EPISODE, one("season", Value::Positive)),
    within(
        EPISODE,
        one(
            "episodeType",
            Value::OneOf(&["full", "trailer", "bonus"], "InvalidItunesEpisodeType"),
        ),
    ),
    within(EPISODE, one("isClosedCaptioned", Value::Text)),
    within(
        CHANNEL_OR_FEED,
        // Directories verify by e-mail who owns a podcast, so they cannot use an owner without an e-mail address.
        one("owner", Value::Elements)
            .children(&[
                one("name", Value::PlainText),
                one("email", Value::CheckedBy(itunes::check_owner_mail)),
            ])
            .requires(&[child(
                Ns::ITUNES,
                "email",
                &itunes::OWNER_WITHOUT_MAIL,
                "MissingElement",
            )]),
    ),
    within(CHANNEL_OR_FEED, one("type", Value::CheckedBy(itunes::check_type))),
    within(CHANNEL_OR_FEED, one("new-feed-url", Value::HttpAddress)),
    within(CHANNEL_OR_FEED, one("new_feed_url", Value::HttpAddress)),
    within(CHANNEL_OR_FEED, one("complete", Value::Text)),
    within(CHANNEL_OR_FEED, one("applepodcastsverify", Value::Text)),
];

/// Podcasting 2.0.
pub(super) static PODCAST: &[Extension] = &[
    within(
        CHANNEL_OR_FEED,
        // The W3C validator does not check Podcasting 2.0, so the elements in this table have no message class.
        one("locked", Value::OneOf(&["yes", "no"], "")).attributes(&[optional("owner", Value::Mail)]),
    ),
    within(CHANNEL_OR_FEED, one("guid", Value::CheckedBy(podcast::check_guid))),
    within(
        EPISODE,
        many("transcript", Value::Empty).attributes(&[
            required("url", Value::HttpAddress),
            required("type", Value::MediaType),
            optional("language", Value::Language),
            optional("rel", Value::OneOf(&["captions"], "")),
        ]),
    ),
    within(
        EPISODE,
        one("chapters", Value::Empty)
            .attributes(&[required("url", Value::HttpAddress), required("type", Value::MediaType)]),
    ),
    within(
        EPISODE,
        many("soundbite", Value::Text).attributes(&[
            required("startTime", Value::Decimal),
            required("duration", Value::Decimal),
        ]),
    ),
    within(
        BOTH,
        // Podcasting 2.0 does not allow a person without a name.
        many("person", Value::PlainText).not_empty().attributes(&[
            optional("role", Value::Text),
            optional("group", Value::Text),
            optional("img", Value::Address),
            optional("href", Value::Address),
        ]),
    ),
    within(
        BOTH,
        many("location", Value::PlainText).attributes(&[
            optional("geo", Value::CheckedBy(podcast::check_geo)),
            optional("osm", Value::Text),
            optional("rel", Value::Text),
            optional("country", Value::Text),
        ]),
    ),
    within(
        EPISODE,
        one("season", Value::NonNegative).attributes(&[optional("name", Value::Text)]),
    ),
    within(
        EPISODE,
        // Unlike Apple's episode numbers, these may be decimals, such as `315.5`.
        one("episode", Value::Decimal).attributes(&[optional("display", Value::Text)]),
    ),
    within(
        BOTH,
        one("license", Value::Text).attributes(&[optional("url", Value::Address)]),
    ),
    within(CHANNEL_OR_FEED, many("trailer", Value::PlainText).attributes(TRAILER)),
    within(
        EPISODE,
        many("alternateEnclosure", Value::Elements)
            .container(Container::Opaque)
            .attributes(ALTERNATE_ENCLOSURE),
    ),
    within(
        BOTH,
        many("value", Value::Any).container(Container::Opaque).attributes(&[
            required("type", Value::Text),
            required("method", Value::Text),
            optional("suggested", Value::Decimal),
        ]),
    ),
    within(CHANNEL_OR_FEED, one("medium", Value::CheckedBy(podcast::check_medium))),
    within(
        BOTH,
        many("images", Value::Empty).attributes(&[required("srcset", Value::Text)]),
    ),
    // `image` replaced `images`, which is deprecated.
    within(BOTH, many("image", Value::Any)),
    within(
        CHANNEL_OR_FEED,
        many("liveItem", Value::Any)
            .container(Container::Opaque)
            .attributes(LIVE_ITEM),
    ),
    within(
        BOTH,
        many("contentLink", Value::Text).attributes(&[required("href", Value::Address)]),
    ),
    within(
        BOTH,
        many("socialInteract", Value::Any).attributes(&[
            // `uri` is optional, because a feed that disables comments has `protocol="disabled"` and no URI.
            optional("uri", Value::Address),
            required("protocol", Value::Text),
            optional("accountId", Value::Text),
            optional("accountUrl", Value::Address),
            optional("priority", Value::NonNegative),
        ]),
    ),
    within(
        CHANNEL_OR_FEED,
        many("block", Value::OneOf(&["yes", "no"], "")).attributes(&[optional("id", Value::Text)]),
    ),
    within(
        BOTH,
        many("txt", Value::UpTo(4000, &Value::Text)).attributes(&[optional("purpose", Value::Text)]),
    ),
    within(BOTH, many("remoteItem", Value::Empty).attributes(REMOTE_ITEM)),
    within(CHANNEL_OR_FEED, one("podroll", Value::Any).container(Container::Opaque)),
    within(
        CHANNEL_OR_FEED,
        // The text is meant for people. Programs read the attributes.
        one("updateFrequency", Value::Text).attributes(&[
            optional("complete", Value::TrueFalse),
            optional("dtstart", Value::Text),
            optional("rrule", Value::Text),
        ]),
    ),
    within(
        CHANNEL_OR_FEED,
        one("podping", Value::Empty).attributes(&[optional("usesPodping", Value::TrueFalse)]),
    ),
    within(
        CHANNEL_OR_FEED,
        many("funding", Value::PlainText).attributes(&[required("url", Value::Address)]),
    ),
    within(
        CHANNEL_OR_FEED,
        many("publisher", Value::Any).container(Container::Opaque),
    ),
    within(BOTH, many("chat", Value::Any).container(Container::Opaque)),
];

const TRAILER: &[AttributeDef] = &[
    required("pubdate", Value::Rfc822),
    required("url", Value::HttpAddress),
    optional("length", Value::NonNegative),
    optional("type", Value::MediaType),
    optional("season", Value::Positive),
];

// There is no `url` attribute, because the URLs are in the `podcast:source` children.
const ALTERNATE_ENCLOSURE: &[AttributeDef] = &[
    required("type", Value::MediaType),
    optional("length", Value::NonNegative),
    optional("bitrate", Value::Decimal),
    optional("height", Value::NonNegative),
    optional("lang", Value::Language),
    optional("title", Value::Text),
    optional("rel", Value::Text),
    optional("codecs", Value::Text),
    optional("default", Value::TrueFalse),
];

const LIVE_ITEM: &[AttributeDef] = &[
    required("status", Value::OneOf(&["pending", "live", "ended"], "")),
    // Unlike the `pubdate` of a trailer, these are ISO 8601 dates.
    required("start", Value::Rfc3339),
    optional("end", Value::Rfc3339),
];

const REMOTE_ITEM: &[AttributeDef] = &[
    required("feedGuid", Value::CheckedBy(podcast::check_guid)),
    // `feedUrl` is optional, because the guid identifies the podcast even after its URL changes.
    optional("feedUrl", Value::HttpAddress),
    optional("itemGuid", Value::Text),
    optional("medium", Value::CheckedBy(podcast::check_medium)),
    optional("title", Value::Text),
];
