//! Media RSS 1.5.

use super::extensions::{CHANNEL, ENTRY, Extension, FEED, ITEM, at};
use super::{Attribute, Def, Place, Value, many, may, must, one};
use crate::check::rules::media;

const TYPED: &[Attribute] = &[may("type", Value::By(media::check_text_type))];
const SIZED: &[Attribute] = &[
    must("url", Value::Reference),
    may("height", Value::Positive),
    may("width", Value::Positive),
    may("time", Value::By(media::check_play_time)),
];

const CONTENT: Def = many("content", Value::Elements).is(Place::MediaContent).with(&[
    may("url", Value::Address),
    may("fileSize", Value::Positive),
    may("type", Value::By(media::check_media_type)),
    may(
        "medium",
        Value::OneOf(
            &["image", "audio", "video", "document", "executable"],
            "InvalidMediaMedium",
        ),
    ),
    may("isDefault", Value::TrueFalse),
    may(
        "expression",
        Value::OneOf(&["sample", "full", "nonstop"], "InvalidMediaExpression"),
    ),
    may("bitrate", Value::Decimal),
    may("framerate", Value::Decimal),
    may("samplingrate", Value::Decimal),
    may("channels", Value::Decimal),
    may("duration", Value::Decimal),
    may("height", Value::Positive),
    may("width", Value::Positive),
    may("lang", Value::Language),
]);

const GROUP: Def = many("group", Value::Elements).is(Place::MediaGroup);

const ANYWHERE: u32 =
    CHANNEL | ITEM | FEED | ENTRY | Place::MediaContent as u32 | Place::MediaGroup as u32 | Place::LiveItem as u32;

/// The elements of Media RSS. What describes a medium may stand at any level, from the feed to the single file.
pub(super) static MEDIA: &[Extension] = &[
    at(ITEM | ENTRY | CHANNEL | FEED | Place::MediaGroup as u32, CONTENT),
    at(ITEM | ENTRY, GROUP),
    at(ANYWHERE, one("location", Value::Free).is(Place::Free)),
    at(ANYWHERE, many("tags", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("adult", Value::By(media::check_adult))),
    at(
        ANYWHERE,
        many("rating", Value::By(media::check_rating)).with(&[may("scheme", Value::By(media::check_scheme))]),
    ),
    at(ANYWHERE, one("title", Value::By(media::check_text)).with(TYPED)),
    at(ANYWHERE, one("description", Value::By(media::check_text)).with(TYPED)),
    at(ANYWHERE, one("keywords", Value::Plain)),
    at(ANYWHERE, many("thumbnail", Value::Empty).with(SIZED)),
    at(
        ANYWHERE,
        many("category", Value::Plain).with(&[may("scheme", Value::Address), may("label", Value::Plain)]),
    ),
    at(
        ANYWHERE,
        many("hash", Value::By(media::check_hash)).with(&[may("algo", Value::Text)]),
    ),
    at(
        ANYWHERE,
        one("player", Value::Empty).with(&[
            must("url", Value::Address),
            may("height", Value::Positive),
            may("width", Value::Positive),
        ]),
    ),
    at(
        ANYWHERE,
        many("credit", Value::Plain).with(&[
            may("role", Value::By(media::check_role)),
            may("scheme", Value::By(media::check_scheme)),
        ]),
    ),
    at(
        ANYWHERE,
        one("copyright", Value::Plain).with(&[may("url", Value::Address)]),
    ),
    at(
        ANYWHERE,
        many("text", Value::By(media::check_text)).with(&[
            may("type", Value::By(media::check_text_type)),
            may("lang", Value::Language),
            may("start", Value::By(media::check_play_time)),
            may("end", Value::By(media::check_play_time)),
        ]),
    ),
    at(
        ANYWHERE,
        many("restriction", Value::By(media::check_restriction)).with(&[
            must(
                "relationship",
                Value::OneOf(&["allow", "deny"], "InvalidMediaRestrictionRel"),
            ),
            may(
                "type",
                Value::OneOf(&["country", "uri", "sharing"], "InvalidMediaRestrictionType"),
            ),
        ]),
    ),
    at(ANYWHERE, one("community", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("comments", Value::Free).is(Place::Free)),
    at(ANYWHERE, many("embed", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("responses", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("backLinks", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("status", Value::Free).is(Place::Free)),
    at(ANYWHERE, many("price", Value::Free).is(Place::Free)),
    at(ANYWHERE, many("license", Value::Free).is(Place::Free)),
    at(ANYWHERE, many("subTitle", Value::Free).is(Place::Free)),
    at(ANYWHERE, many("peerLink", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("rights", Value::Free).is(Place::Free)),
    at(ANYWHERE, one("scenes", Value::Free).is(Place::Free)),
];
