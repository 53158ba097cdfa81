//! Finds the table of an extension by its namespace, and defines the tables of the smaller extensions: Dublin Core,
//! syndication, Slash, threads, feed history, locations, licenses and others.

use super::{
    ANYWHERE, CHANNEL, CHANNEL_OR_FEED, Container, ENTRY, Extension, ITEM, ITEM_OR_ENTRY, Value, atom, many, media,
    once_for_w3c, one, optional, optional_rdf, podcasts, required, required_rdf, within,
};
use crate::check::rules::{coordinates, extension_values};
use crate::feed::namespace::Ns;

const BOTH: u32 = CHANNEL_OR_FEED | ITEM_OR_ENTRY;

/// The elements of an extension; `None` if they are not checked.
pub(in crate::check) fn find(ns: Ns) -> Option<&'static [Extension]> {
    Some(match ns {
        // This applies only to RSS: in an Atom document, `rules::walk` finds Atom elements in the tables of the format
        // itself.
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

// Dublin Core describes any resource, so its elements are allowed anywhere. All of them may be repeated, as they are in
// PubMed's feeds, but the W3C validator allows only some of them to be repeated.
static DC: &[Extension] = &[
    within(ANYWHERE, once_for_w3c("title", Value::Text)),
    within(ANYWHERE, many("creator", Value::Text)),
    within(ANYWHERE, many("subject", Value::Text)),
    within(ANYWHERE, once_for_w3c("description", Value::Text)),
    within(ANYWHERE, many("publisher", Value::Text)),
    within(ANYWHERE, many("contributor", Value::Text)),
    // The W3C validator accepts several dates in an item, but not elsewhere.
    within(ITEM, many("date", Value::W3cdtf)),
    within(ANYWHERE, once_for_w3c("date", Value::W3cdtf)),
    within(ANYWHERE, once_for_w3c("type", Value::Text)),
    within(ANYWHERE, once_for_w3c("format", Value::Text)),
    within(ANYWHERE, many("identifier", Value::Text)),
    within(ANYWHERE, once_for_w3c("source", Value::Text)),
    within(ANYWHERE, once_for_w3c("language", Value::Language)),
    within(ANYWHERE, many("relation", Value::Text)),
    within(ANYWHERE, many("coverage", Value::Text)),
    within(ANYWHERE, once_for_w3c("rights", Value::PlainText)),
];

// In RDF, the value of most terms is a resource (an attribute or nested elements). Elsewhere, the value is text. Most
// terms therefore accept any value. The only values whose syntax is checked are the dates that the W3C validator also
// checks.
static DCTERMS: &[Extension] = &[
    within(ANYWHERE, once_for_w3c("abstract", Value::Text)),
    within(ANYWHERE, many("accessRights", Value::Any)),
    within(ANYWHERE, many("accrualMethod", Value::Any)),
    within(ANYWHERE, many("accrualPeriodicity", Value::Any)),
    within(ANYWHERE, many("accrualPolicy", Value::Any)),
    within(ANYWHERE, many("alternative", Value::Any)),
    within(ANYWHERE, many("audience", Value::Any)),
    within(ANYWHERE, many("available", Value::Any)),
    within(ANYWHERE, many("bibliographicCitation", Value::Any)),
    within(ANYWHERE, many("conformsTo", Value::Any)),
    within(ANYWHERE, many("contributor", Value::Any)),
    within(ANYWHERE, many("coverage", Value::Any)),
    within(ANYWHERE, once_for_w3c("created", Value::W3cdtf)),
    within(ANYWHERE, many("creator", Value::Any)),
    within(ANYWHERE, many("date", Value::Any)),
    within(ANYWHERE, many("dateAccepted", Value::Any)),
    within(ANYWHERE, many("dateCopyrighted", Value::Any)),
    within(ANYWHERE, many("dateSubmitted", Value::Any)),
    within(ANYWHERE, many("description", Value::Any)),
    within(ANYWHERE, many("educationLevel", Value::Any)),
    within(ANYWHERE, many("extent", Value::Any)),
    within(ANYWHERE, many("format", Value::Any)),
    within(ANYWHERE, many("hasFormat", Value::Any)),
    within(ANYWHERE, many("hasPart", Value::Any)),
    within(ANYWHERE, many("hasVersion", Value::Any)),
    within(ANYWHERE, many("identifier", Value::Any)),
    within(ANYWHERE, many("instructionalMethod", Value::Any)),
    within(ANYWHERE, many("isFormatOf", Value::Any)),
    within(ANYWHERE, many("isPartOf", Value::Any)),
    within(ANYWHERE, many("isReferencedBy", Value::Any)),
    within(ANYWHERE, many("isReplacedBy", Value::Any)),
    within(ANYWHERE, many("isRequiredBy", Value::Any)),
    within(ANYWHERE, once_for_w3c("issued", Value::W3cdtf)),
    within(ANYWHERE, many("isVersionOf", Value::Any)),
    within(ANYWHERE, many("language", Value::Any)),
    within(ANYWHERE, many("license", Value::Any)),
    within(ANYWHERE, many("mediator", Value::Any)),
    within(ANYWHERE, many("medium", Value::Any)),
    within(ANYWHERE, once_for_w3c("modified", Value::W3cdtf)),
    within(ANYWHERE, many("provenance", Value::Any)),
    within(ANYWHERE, many("publisher", Value::Any)),
    within(ANYWHERE, many("references", Value::Any)),
    within(ANYWHERE, many("relation", Value::Any)),
    within(ANYWHERE, many("replaces", Value::Any)),
    within(ANYWHERE, many("requires", Value::Any)),
    within(ANYWHERE, many("rights", Value::Any)),
    within(ANYWHERE, many("rightsHolder", Value::Any)),
    within(ANYWHERE, many("source", Value::Any)),
    within(ANYWHERE, many("spatial", Value::Any)),
    within(ANYWHERE, many("subject", Value::Any)),
    within(ANYWHERE, once_for_w3c("tableOfContents", Value::Text)),
    within(ANYWHERE, many("temporal", Value::Any)),
    within(ANYWHERE, many("title", Value::Any)),
    within(ANYWHERE, many("type", Value::Any)),
    within(ANYWHERE, many("valid", Value::Any)),
];

static CONTENT: &[Extension] = &[
    within(ITEM | ENTRY, one("encoded", Value::Html)),
    // In the first version of the module, the content was wrapped in RDF inside `content:items`. Readers look for
    // `content:encoded` instead.
    within(ITEM | CHANNEL, many("items", Value::Any).container(Container::Opaque)),
];

static SY: &[Extension] = &[
    within(
        CHANNEL_OR_FEED,
        one(
            "updatePeriod",
            Value::OneOf(
                &["hourly", "daily", "weekly", "monthly", "yearly"],
                "InvalidUpdatePeriod",
            ),
        ),
    ),
    within(CHANNEL_OR_FEED, one("updateFrequency", Value::Positive)),
    within(CHANNEL_OR_FEED, one("updateBase", Value::W3cdtf)),
];

static SLASH: &[Extension] = &[
    within(ITEM_OR_ENTRY, one("section", Value::Text)),
    within(ITEM_OR_ENTRY, one("department", Value::Text)),
    within(ITEM_OR_ENTRY, one("comments", Value::NonNegative)),
    within(
        ITEM_OR_ENTRY,
        one("hit_parade", Value::CheckedBy(extension_values::check_integer_list)),
    ),
];

static THR: &[Extension] = &[
    within(
        ANYWHERE,
        many("in-reply-to", Value::Any)
            .container(Container::Opaque)
            .attributes(&[
                // `ref` is the id of another entry (RFC 4685 section 3), and an id cannot be relative. `href` and
                // `source` are URLs, which may be relative.
                required("ref", Value::Address),
                optional("href", Value::Reference),
                optional("source", Value::Reference),
                optional("type", Value::MediaType),
            ]),
    ),
    within(ITEM_OR_ENTRY, one("total", Value::NonNegative)),
];

// RFC 5005 sections 2 and 4: these elements are empty, and each of them applies to the whole feed.
static HISTORY: &[Extension] = &[
    within(CHANNEL_OR_FEED, one("archive", Value::Empty)),
    within(CHANNEL_OR_FEED, one("complete", Value::Empty)),
];

static GEORSS: &[Extension] = &[
    within(ANYWHERE, many("where", Value::Any).container(Container::Opaque)),
    within(ANYWHERE, many("point", Value::CheckedBy(coordinates::check_point))),
    within(ANYWHERE, many("line", Value::CheckedBy(coordinates::check_points))),
    within(ANYWHERE, many("polygon", Value::CheckedBy(coordinates::check_points))),
    // GeoRSS Simple defines `box` and `circle`, but the W3C validator does not know them.
    within(ANYWHERE, many("box", Value::CheckedBy(coordinates::check_points))),
    // A circle is a point and a radius. `check_points` would reject circles, because they have an odd number of values.
    within(ANYWHERE, many("circle", Value::Text)),
    // GeoRSS Simple writes these names in lowercase, but the W3C validator accepts only mixed case, so both forms are
    // allowed.
    within(ANYWHERE, many("featuretypetag", Value::Text)),
    within(ANYWHERE, many("relationshiptag", Value::Text)),
    within(ANYWHERE, many("featurename", Value::Text)),
    within(ANYWHERE, many("featureTypeTag", Value::Text)),
    within(ANYWHERE, many("relationshipTag", Value::Text)),
    within(ANYWHERE, many("featureName", Value::Text)),
    within(ANYWHERE, many("elev", Value::Decimal)),
    within(ANYWHERE, many("floor", Value::Decimal)),
    within(ANYWHERE, many("radius", Value::Decimal)),
];

static GEO: &[Extension] = &[
    within(ANYWHERE, many("Point", Value::Any).container(Container::Opaque)),
    within(ANYWHERE, many("lat", Value::Latitude)),
    within(ANYWHERE, many("long", Value::Longitude)),
    within(ANYWHERE, many("alt", Value::Decimal)),
    within(ANYWHERE, many("location", Value::Any)),
];

static GEOURL: &[Extension] = &[
    within(ANYWHERE, many("latitude", Value::Latitude)),
    within(ANYWHERE, many("longitude", Value::Longitude)),
];

static ICBM: &[Extension] = &[
    within(ANYWHERE, many("latitude", Value::Latitude)),
    within(ANYWHERE, many("longitude", Value::Longitude)),
];

static CREATIVE_COMMONS: &[Extension] = &[within(ANYWHERE, many("license", Value::Address))];

static CC: &[Extension] = &[
    within(ANYWHERE, many("license", Value::Any)),
    // These two elements contain RDF that describes the license and the work.
    within(ANYWHERE, many("License", Value::Any).container(Container::Opaque)),
    within(ANYWHERE, many("Work", Value::Any).container(Container::Opaque)),
];

static WFW: &[Extension] = &[
    within(ITEM_OR_ENTRY, one("comment", Value::Address)),
    within(ITEM_OR_ENTRY, one("commentRss", Value::Address)),
    within(
        ITEM_OR_ENTRY,
        // `commentRSS` is a common misspelling of `commentRss`. This row exists so that it is reported as a
        // misspelling, not as an unknown element.
        one("commentRSS", Value::CheckedBy(extension_values::check_comment_rss)),
    ),
];

static FEEDBURNER: &[Extension] = &[
    within(BOTH, one("awareness", Value::Address)),
    within(
        CHANNEL_OR_FEED,
        one("info", Value::Empty).attributes(&[optional("uri", Value::Reference)]),
    ),
    within(CHANNEL_OR_FEED, one("browserFriendly", Value::PlainText)),
    within(CHANNEL_OR_FEED, one("emailServiceId", Value::Text)),
    within(CHANNEL_OR_FEED, one("feedburnerHostname", Value::Address)),
    within(
        BOTH,
        many("feedFlare", Value::PlainText).attributes(&[
            required("href", Value::Reference),
            required("src", Value::CheckedBy(extension_values::check_flare_source)),
        ]),
    ),
    within(ITEM_OR_ENTRY, one("origLink", Value::Address)),
    within(ITEM_OR_ENTRY, one("origEnclosureLink", Value::Address)),
    within(CHANNEL_OR_FEED, one("timezoneOffset", Value::Text)),
];

static ADMIN: &[Extension] = &[
    within(
        CHANNEL_OR_FEED,
        // Both elements of this extension are empty, even in RSS 2.0: the value is in `rdf:resource`.
        one("generatorAgent", Value::Empty).attributes(&[required_rdf("resource", Value::Reference)]),
    ),
    within(
        CHANNEL_OR_FEED,
        one("errorReportsTo", Value::Empty).attributes(&[required_rdf("resource", Value::Reference)]),
    ),
];

static BLOG_CHANNEL: &[Extension] = &[
    within(CHANNEL_OR_FEED, one("blogRoll", Value::Address)),
    within(CHANNEL_OR_FEED, one("mySubscriptions", Value::Address)),
    within(CHANNEL_OR_FEED, one("blink", Value::Address)),
    within(CHANNEL_OR_FEED, one("changes", Value::Address)),
];

static AG: &[Extension] = &[
    within(ITEM_OR_ENTRY, one("source", Value::Text)),
    within(ITEM_OR_ENTRY, one("sourceURL", Value::Address)),
    within(
        ITEM_OR_ENTRY,
        one("timestamp", Value::CheckedBy(extension_values::check_date_time)),
    ),
];

static EV: &[Extension] = &[
    within(
        ITEM_OR_ENTRY,
        one("startdate", Value::CheckedBy(extension_values::check_event_date)),
    ),
    within(
        ITEM_OR_ENTRY,
        one("enddate", Value::CheckedBy(extension_values::check_event_date)),
    ),
    within(ITEM_OR_ENTRY, many("location", Value::Any)),
    within(ITEM_OR_ENTRY, many("organizer", Value::Any)),
    within(ITEM_OR_ENTRY, many("type", Value::Any)),
];

static TRACKBACK: &[Extension] = &[
    within(
        ITEM_OR_ENTRY,
        // In RSS 1.0, the URL is in `rdf:resource`, which is required. In RSS 2.0, the URL is the text of the element.
        // The check handles both cases.
        one("ping", Value::CheckedBy(extension_values::check_trackback))
            .attributes(&[optional_rdf("resource", Value::Reference)]),
    ),
    within(
        ITEM_OR_ENTRY,
        many("about", Value::CheckedBy(extension_values::check_trackback))
            .attributes(&[optional_rdf("resource", Value::Reference)]),
    ),
];

static CP: &[Extension] = &[within(
    CHANNEL_OR_FEED,
    one("server", Value::Any).attributes(&[required_rdf("resource", Value::Reference)]),
)];

static ACCESS: &[Extension] = &[within(
    BOTH,
    many("restriction", Value::Empty).attributes(&[required(
        "relationship",
        Value::OneOf(&["allow", "deny"], "InvalidAccessRestrictionRel"),
    )]),
)];

static CONVERSATIONS: &[Extension] = &[
    within(BOTH, many("introMilliseconds", Value::NonNegative)),
    within(BOTH, many("image", Value::Any)),
    within(BOTH, many("interviewer", Value::Any)),
    within(BOTH, many("mainOnly", Value::Any)),
    within(BOTH, many("photographer", Value::Any)),
    within(BOTH, many("photographerName", Value::Any)),
    within(BOTH, many("postOperations", Value::Any)),
    within(BOTH, many("producer", Value::Any)),
    within(BOTH, many("producerName", Value::Any)),
    within(BOTH, many("ratingAverage", Value::Decimal)),
    within(BOTH, many("ratingCount", Value::NonNegative)),
    within(BOTH, many("ratingDate", Value::Any)),
    within(BOTH, many("ratingIndividualURL", Value::Any)),
    within(BOTH, many("ratingWithTitlesURL", Value::Any)),
    within(BOTH, many("seriesProducer", Value::Any)),
    within(BOTH, many("showTitle", Value::Any)),
    within(BOTH, many("speaker", Value::Any)),
    within(BOTH, many("speakerName", Value::Any)),
    within(BOTH, many("topic", Value::Any)),
    within(BOTH, many("topicName", Value::Any)),
    within(BOTH, many("episodeNumber", Value::Any)),
    within(BOTH, many("engineer", Value::Any)),
    within(BOTH, many("engineerName", Value::Any)),
    within(BOTH, many("editor", Value::Any)),
    within(BOTH, many("editorName", Value::Any)),
];

/// XHTML elements that occur next to a format's own elements. RSS allows them as an extension.
static XHTML: &[Extension] = &[
    within(ITEM, one("body", Value::Xhtml).container(Container::Opaque)),
    within(ANYWHERE, many("div", Value::Xhtml).container(Container::Opaque)),
    within(
        CHANNEL_OR_FEED | ENTRY | ITEM,
        // FeedBurner's NoIndex option adds this element with `noindex`, so that search engines do not list the feed.
        many("meta", Value::Empty).attributes(&[
            required("name", Value::OneOf(&["robots"], "InvalidMetaName")),
            required("content", Value::CheckedBy(extension_values::check_robots)),
        ]),
    ),
];

static APP: &[Extension] = &[
    // AtomPub defines these two elements: RFC 5023 sections 10.2 and 13.1.1.
    within(ENTRY, one("edited", Value::Rfc3339)),
    within(ENTRY, one("control", Value::Any).container(Container::Opaque)),
];
