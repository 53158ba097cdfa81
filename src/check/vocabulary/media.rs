//! Media RSS 1.5.

use super::{
    AttributeDef, CHANNEL, Container, ENTRY, ElementDef, Extension, FEED, ITEM, Value, many, one, optional, required,
    within,
};
use crate::check::rules::media;

const TYPED: &[AttributeDef] = &[optional("type", Value::CheckedBy(media::check_text_type))];
const SIZED: &[AttributeDef] = &[
    required("url", Value::Reference),
    optional("height", Value::Positive),
    optional("width", Value::Positive),
    optional("time", Value::CheckedBy(media::check_play_time)),
];

const CONTENT: ElementDef = many("content", Value::Elements)
    .container(Container::MediaContent)
    .attributes(&[
        // `url` is optional, because a `media:player` may take the place of the file.
        optional("url", Value::Address),
        optional("fileSize", Value::Positive),
        optional("type", Value::CheckedBy(media::check_media_type)),
        optional(
            "medium",
            Value::OneOf(
                &["image", "audio", "video", "document", "executable"],
                "InvalidMediaMedium",
            ),
        ),
        optional("isDefault", Value::TrueFalse),
        optional(
            "expression",
            Value::OneOf(&["sample", "full", "nonstop"], "InvalidMediaExpression"),
        ),
        // These are decimals because of values such as 29.97 frames per second or a sampling rate of 44.1 kHz.
        optional("bitrate", Value::Decimal),
        optional("framerate", Value::Decimal),
        optional("samplingrate", Value::Decimal),
        optional("channels", Value::Decimal),
        optional("duration", Value::Decimal),
        optional("height", Value::Positive),
        optional("width", Value::Positive),
        optional("lang", Value::Language),
    ]);

const GROUP: ElementDef = many("group", Value::Elements).container(Container::MediaGroup);

const DESCRIBED: u32 = CHANNEL
    | ITEM
    | FEED
    | ENTRY
    | Container::MediaContent as u32
    | Container::MediaGroup as u32
    | Container::LiveItem as u32;

/// The elements of Media RSS. Elements that describe a media file are allowed at every level, from the feed down to a
/// single `media:content`. They apply to all files below that level.
pub(super) static MEDIA: &[Extension] = &[
    within(ITEM | ENTRY | CHANNEL | FEED | Container::MediaGroup as u32, CONTENT),
    within(ITEM | ENTRY, GROUP),
    // `location` contains GeoRSS elements.
    within(DESCRIBED, one("location", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, many("tags", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("adult", Value::CheckedBy(media::check_adult))),
    within(
        DESCRIBED,
        many("rating", Value::CheckedBy(media::check_rating))
            .attributes(&[optional("scheme", Value::CheckedBy(media::check_scheme))]),
    ),
    within(
        DESCRIBED,
        one("title", Value::CheckedBy(media::check_text)).attributes(TYPED),
    ),
    within(
        DESCRIBED,
        one("description", Value::CheckedBy(media::check_text)).attributes(TYPED),
    ),
    within(DESCRIBED, one("keywords", Value::PlainText)),
    within(DESCRIBED, many("thumbnail", Value::Empty).attributes(SIZED)),
    within(
        DESCRIBED,
        many("category", Value::PlainText)
            .attributes(&[optional("scheme", Value::Address), optional("label", Value::PlainText)]),
    ),
    within(
        DESCRIBED,
        // `algo` may be any text here, because the check of the hash also rejects unknown algorithms.
        many("hash", Value::CheckedBy(media::check_hash)).attributes(&[optional("algo", Value::Text)]),
    ),
    within(
        DESCRIBED,
        one("player", Value::Empty).attributes(&[
            required("url", Value::Address),
            optional("height", Value::Positive),
            optional("width", Value::Positive),
        ]),
    ),
    within(
        DESCRIBED,
        many("credit", Value::PlainText).attributes(&[
            optional("role", Value::CheckedBy(media::check_role)),
            optional("scheme", Value::CheckedBy(media::check_scheme)),
        ]),
    ),
    within(
        DESCRIBED,
        one("copyright", Value::PlainText).attributes(&[optional("url", Value::Address)]),
    ),
    within(
        DESCRIBED,
        many("text", Value::CheckedBy(media::check_text)).attributes(&[
            optional("type", Value::CheckedBy(media::check_text_type)),
            optional("lang", Value::Language),
            optional("start", Value::CheckedBy(media::check_play_time)),
            optional("end", Value::CheckedBy(media::check_play_time)),
        ]),
    ),
    within(
        DESCRIBED,
        many("restriction", Value::CheckedBy(media::check_restriction)).attributes(&[
            required(
                "relationship",
                Value::OneOf(&["allow", "deny"], "InvalidMediaRestrictionRel"),
            ),
            optional(
                "type",
                // Version 1.5 added `sharing`, which the W3C validator does not know.
                Value::OneOf(&["country", "uri", "sharing"], "InvalidMediaRestrictionType"),
            ),
        ]),
    ),
    // Version 1.5 added these elements. YouTube and PeerTube use them, but the W3C validator does not know them.
    within(DESCRIBED, one("community", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("comments", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, many("embed", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("responses", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("backLinks", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("status", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, many("price", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, many("license", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, many("subTitle", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, many("peerLink", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("rights", Value::Any).container(Container::Opaque)),
    within(DESCRIBED, one("scenes", Value::Any).container(Container::Opaque)),
];
