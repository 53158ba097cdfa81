//! The small extensions: Dublin Core, syndication, slash, threads, history, places, licences and the rest.

use super::{Def, Place, Value, atom, many, may, media, must, once_for_w3c, one, podcasts, rdf_must};
use crate::check::namespace::Ns;
use crate::check::rules::{extension, places};

/// An element of an extension, and the containers it may stand in.
pub(in crate::check) struct Extension {
    pub(in crate::check) places: u32,
    pub(in crate::check) def: Def,
}

pub(super) const fn at(places: u32, def: Def) -> Extension {
    Extension { places, def }
}

pub(super) const CHANNEL: u32 = Place::Channel as u32;
pub(super) const ITEM: u32 = Place::Item as u32;
pub(super) const FEED: u32 = Place::Feed as u32 | Place::Source as u32;
pub(super) const ENTRY: u32 = Place::Entry as u32;
const TOP: u32 = CHANNEL | FEED;
const EACH: u32 = ITEM | ENTRY;
const BOTH: u32 = TOP | EACH;
const ANY: u32 = u32::MAX;

/// The elements of a namespace; `None` where they are not checked.
pub(in crate::check) fn of(ns: Ns) -> Option<&'static [Extension]> {
    Some(match ns {
        Ns::ATOM => atom::IN_RSS,
        Ns::DC => DC,
        Ns::DCTERMS => DCTERMS,
        Ns::CONTENT => CONTENT,
        Ns::SY => SY,
        Ns::SLASH => SLASH,
        Ns::THR => THR,
        Ns::HISTORY => HISTORY,
        Ns::GEORSS => GEORSS,
        Ns::GEO => GEO,
        Ns::GEOURL => GEOURL,
        Ns::ICBM => ICBM,
        Ns::CREATIVE_COMMONS => CREATIVE_COMMONS,
        Ns::CC => CC,
        Ns::WFW => WFW,
        Ns::FEEDBURNER => FEEDBURNER,
        Ns::ADMIN => ADMIN,
        Ns::BLOG_CHANNEL => BLOG_CHANNEL,
        Ns::AG => AG,
        Ns::EV => EV,
        Ns::TRACKBACK => TRACKBACK,
        Ns::CP => CP,
        Ns::ACCESS => ACCESS,
        Ns::CONVERSATIONS => CONVERSATIONS,
        Ns::XHTML => XHTML,
        Ns::APP => APP,
        Ns::ITUNES => podcasts::ITUNES,
        Ns::PODCAST | Ns::PODCAST_GITHUB => podcasts::PODCAST,
        Ns::MEDIA => media::MEDIA,
        _ => return None,
    })
}

static DC: &[Extension] = &[
    at(ANY, once_for_w3c("title", Value::Text)),
    at(ANY, many("creator", Value::Text)),
    at(ANY, many("subject", Value::Text)),
    at(ANY, once_for_w3c("description", Value::Text)),
    at(ANY, many("publisher", Value::Text)),
    at(ANY, many("contributor", Value::Text)),
    at(ITEM, many("date", Value::W3cdtf)),
    at(ANY, once_for_w3c("date", Value::W3cdtf)),
    at(ANY, once_for_w3c("type", Value::Text)),
    at(ANY, once_for_w3c("format", Value::Text)),
    at(ANY, many("identifier", Value::Text)),
    at(ANY, once_for_w3c("source", Value::Text)),
    at(ANY, once_for_w3c("language", Value::Language)),
    at(ANY, many("relation", Value::Text)),
    at(ANY, many("coverage", Value::Text)),
    at(ANY, once_for_w3c("rights", Value::Plain)),
];

static DCTERMS: &[Extension] = &[
    at(ANY, once_for_w3c("abstract", Value::Text)),
    at(ANY, many("accessRights", Value::Free)),
    at(ANY, many("accrualMethod", Value::Free)),
    at(ANY, many("accrualPeriodicity", Value::Free)),
    at(ANY, many("accrualPolicy", Value::Free)),
    at(ANY, many("alternative", Value::Free)),
    at(ANY, many("audience", Value::Free)),
    at(ANY, many("available", Value::Free)),
    at(ANY, many("bibliographicCitation", Value::Free)),
    at(ANY, many("conformsTo", Value::Free)),
    at(ANY, many("contributor", Value::Free)),
    at(ANY, many("coverage", Value::Free)),
    at(ANY, once_for_w3c("created", Value::W3cdtf)),
    at(ANY, many("creator", Value::Free)),
    at(ANY, many("date", Value::Free)),
    at(ANY, many("dateAccepted", Value::Free)),
    at(ANY, many("dateCopyrighted", Value::Free)),
    at(ANY, many("dateSubmitted", Value::Free)),
    at(ANY, many("description", Value::Free)),
    at(ANY, many("educationLevel", Value::Free)),
    at(ANY, many("extent", Value::Free)),
    at(ANY, many("format", Value::Free)),
    at(ANY, many("hasFormat", Value::Free)),
    at(ANY, many("hasPart", Value::Free)),
    at(ANY, many("hasVersion", Value::Free)),
    at(ANY, many("identifier", Value::Free)),
    at(ANY, many("instructionalMethod", Value::Free)),
    at(ANY, many("isFormatOf", Value::Free)),
    at(ANY, many("isPartOf", Value::Free)),
    at(ANY, many("isReferencedBy", Value::Free)),
    at(ANY, many("isReplacedBy", Value::Free)),
    at(ANY, many("isRequiredBy", Value::Free)),
    at(ANY, once_for_w3c("issued", Value::W3cdtf)),
    at(ANY, many("isVersionOf", Value::Free)),
    at(ANY, many("language", Value::Free)),
    at(ANY, many("license", Value::Free)),
    at(ANY, many("mediator", Value::Free)),
    at(ANY, many("medium", Value::Free)),
    at(ANY, once_for_w3c("modified", Value::W3cdtf)),
    at(ANY, many("provenance", Value::Free)),
    at(ANY, many("publisher", Value::Free)),
    at(ANY, many("references", Value::Free)),
    at(ANY, many("relation", Value::Free)),
    at(ANY, many("replaces", Value::Free)),
    at(ANY, many("requires", Value::Free)),
    at(ANY, many("rights", Value::Free)),
    at(ANY, many("rightsHolder", Value::Free)),
    at(ANY, many("source", Value::Free)),
    at(ANY, many("spatial", Value::Free)),
    at(ANY, many("subject", Value::Free)),
    at(ANY, once_for_w3c("tableOfContents", Value::Text)),
    at(ANY, many("temporal", Value::Free)),
    at(ANY, many("title", Value::Free)),
    at(ANY, many("type", Value::Free)),
    at(ANY, many("valid", Value::Free)),
];

static CONTENT: &[Extension] = &[
    at(ITEM | ENTRY, one("encoded", Value::Html)),
    at(ITEM | CHANNEL, many("items", Value::Free).is(Place::Free)),
];

static SY: &[Extension] = &[
    at(
        TOP,
        one(
            "updatePeriod",
            Value::OneOf(
                &["hourly", "daily", "weekly", "monthly", "yearly"],
                "InvalidUpdatePeriod",
            ),
        ),
    ),
    at(TOP, one("updateFrequency", Value::Positive)),
    at(TOP, one("updateBase", Value::W3cdtf)),
];

static SLASH: &[Extension] = &[
    at(EACH, one("section", Value::Text)),
    at(EACH, one("department", Value::Text)),
    at(EACH, one("comments", Value::NonNegative)),
    at(EACH, one("hit_parade", Value::By(extension::check_integer_list))),
];

static THR: &[Extension] = &[
    at(
        ANY,
        many("in-reply-to", Value::Free).is(Place::Free).with(&[
            must("ref", Value::Address),
            may("href", Value::Reference),
            may("source", Value::Reference),
            may("type", Value::MediaType),
        ]),
    ),
    at(EACH, one("total", Value::NonNegative)),
];

static HISTORY: &[Extension] = &[
    at(TOP, one("archive", Value::Empty)),
    at(TOP, one("complete", Value::Empty)),
];

static GEORSS: &[Extension] = &[
    at(ANY, many("where", Value::Free).is(Place::Free)),
    at(ANY, many("point", Value::By(places::check_point))),
    at(ANY, many("line", Value::By(places::check_points))),
    at(ANY, many("polygon", Value::By(places::check_points))),
    at(ANY, many("box", Value::By(places::check_points))),
    at(ANY, many("circle", Value::Text)),
    at(ANY, many("featuretypetag", Value::Text)),
    at(ANY, many("relationshiptag", Value::Text)),
    at(ANY, many("featurename", Value::Text)),
    at(ANY, many("featureTypeTag", Value::Text)),
    at(ANY, many("relationshipTag", Value::Text)),
    at(ANY, many("featureName", Value::Text)),
    at(ANY, many("elev", Value::Decimal)),
    at(ANY, many("floor", Value::Decimal)),
    at(ANY, many("radius", Value::Decimal)),
];

static GEO: &[Extension] = &[
    at(ANY, many("Point", Value::Free).is(Place::Free)),
    at(ANY, many("lat", Value::Latitude)),
    at(ANY, many("long", Value::Longitude)),
    at(ANY, many("alt", Value::Decimal)),
    at(ANY, many("location", Value::Free)),
];

static GEOURL: &[Extension] = &[
    at(ANY, many("latitude", Value::Latitude)),
    at(ANY, many("longitude", Value::Longitude)),
];

static ICBM: &[Extension] = &[
    at(ANY, many("latitude", Value::Latitude)),
    at(ANY, many("longitude", Value::Longitude)),
];

static CREATIVE_COMMONS: &[Extension] = &[at(ANY, many("license", Value::Address))];

static CC: &[Extension] = &[
    at(ANY, many("license", Value::Free)),
    at(ANY, many("License", Value::Free).is(Place::Free)),
    at(ANY, many("Work", Value::Free).is(Place::Free)),
];

static WFW: &[Extension] = &[
    at(EACH, one("comment", Value::Address)),
    at(EACH, one("commentRss", Value::Address)),
    at(EACH, one("commentRSS", Value::By(extension::check_comment_rss))),
];

static FEEDBURNER: &[Extension] = &[
    at(BOTH, one("awareness", Value::Address)),
    at(TOP, one("info", Value::Empty).with(&[may("uri", Value::Reference)])),
    at(TOP, one("browserFriendly", Value::Plain)),
    at(TOP, one("emailServiceId", Value::Text)),
    at(TOP, one("feedburnerHostname", Value::Address)),
    at(
        BOTH,
        many("feedFlare", Value::Plain).with(&[
            must("href", Value::Reference),
            must("src", Value::By(extension::check_flare_source)),
        ]),
    ),
    at(EACH, one("origLink", Value::Address)),
    at(EACH, one("origEnclosureLink", Value::Address)),
    at(TOP, one("timezoneOffset", Value::Text)),
];

static ADMIN: &[Extension] = &[
    at(
        TOP,
        one("generatorAgent", Value::Empty).with(&[rdf_must("resource", Value::Reference)]),
    ),
    at(
        TOP,
        one("errorReportsTo", Value::Empty).with(&[rdf_must("resource", Value::Reference)]),
    ),
];

static BLOG_CHANNEL: &[Extension] = &[
    at(TOP, one("blogRoll", Value::Address)),
    at(TOP, one("mySubscriptions", Value::Address)),
    at(TOP, one("blink", Value::Address)),
    at(TOP, one("changes", Value::Address)),
];

static AG: &[Extension] = &[
    at(EACH, one("source", Value::Text)),
    at(EACH, one("sourceURL", Value::Address)),
    at(EACH, one("timestamp", Value::By(extension::check_date_time))),
];

static EV: &[Extension] = &[
    at(EACH, one("startdate", Value::By(extension::check_event_date))),
    at(EACH, one("enddate", Value::By(extension::check_event_date))),
    at(EACH, many("location", Value::Free)),
    at(EACH, many("organizer", Value::Free)),
    at(EACH, many("type", Value::Free)),
];

static TRACKBACK: &[Extension] = &[
    at(
        EACH,
        one("ping", Value::By(extension::check_trackback)).with(&[super::rdf_may("resource", Value::Reference)]),
    ),
    at(
        EACH,
        many("about", Value::By(extension::check_trackback)).with(&[super::rdf_may("resource", Value::Reference)]),
    ),
];

static CP: &[Extension] = &[at(
    TOP,
    one("server", Value::Free).with(&[rdf_must("resource", Value::Reference)]),
)];

static ACCESS: &[Extension] = &[at(
    BOTH,
    many("restriction", Value::Empty).with(&[must(
        "relationship",
        Value::OneOf(&["allow", "deny"], "InvalidAccessRestrictionRel"),
    )]),
)];

static CONVERSATIONS: &[Extension] = &[
    at(BOTH, many("introMilliseconds", Value::NonNegative)),
    at(BOTH, many("image", Value::Free)),
    at(BOTH, many("interviewer", Value::Free)),
    at(BOTH, many("mainOnly", Value::Free)),
    at(BOTH, many("photographer", Value::Free)),
    at(BOTH, many("photographerName", Value::Free)),
    at(BOTH, many("postOperations", Value::Free)),
    at(BOTH, many("producer", Value::Free)),
    at(BOTH, many("producerName", Value::Free)),
    at(BOTH, many("ratingAverage", Value::Decimal)),
    at(BOTH, many("ratingCount", Value::NonNegative)),
    at(BOTH, many("ratingDate", Value::Free)),
    at(BOTH, many("ratingIndividualURL", Value::Free)),
    at(BOTH, many("ratingWithTitlesURL", Value::Free)),
    at(BOTH, many("seriesProducer", Value::Free)),
    at(BOTH, many("showTitle", Value::Free)),
    at(BOTH, many("speaker", Value::Free)),
    at(BOTH, many("speakerName", Value::Free)),
    at(BOTH, many("topic", Value::Free)),
    at(BOTH, many("topicName", Value::Free)),
    at(BOTH, many("episodeNumber", Value::Free)),
    at(BOTH, many("engineer", Value::Free)),
    at(BOTH, many("engineerName", Value::Free)),
    at(BOTH, many("editor", Value::Free)),
    at(BOTH, many("editorName", Value::Free)),
];

static XHTML: &[Extension] = &[
    at(ITEM, one("body", Value::By(extension::check_xhtml)).is(Place::Free)),
    at(ANY, many("div", Value::By(extension::check_xhtml)).is(Place::Free)),
    at(
        TOP | ENTRY | ITEM,
        many("meta", Value::Empty).with(&[
            must("name", Value::OneOf(&["robots"], "InvalidMetaName")),
            must("content", Value::By(extension::check_robots)),
        ]),
    ),
];

static APP: &[Extension] = &[
    at(ENTRY, one("edited", Value::Rfc3339)),
    at(ENTRY, one("control", Value::Free).is(Place::Free)),
];
