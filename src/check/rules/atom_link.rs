//! `link` of Atom, in feeds, entries and RSS: RFC 4287 section 4.2.7.

use crate::check::document::Element;
use crate::check::grammar::{address, media_type};
use crate::check::link::relation;
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::rules;

use super::addresses;
use super::values::attribute_spot;

rules! { "atom_link":
    HREF_MISSING       = "atom-link-href-missing",       Error,   "a link without an address",                        "RFC 4287 section 4.2.7.1", "MissingHref";
    NOT_EMPTY          = "atom-link-not-empty",          Advice,  "a link with something inside",                     "RFC 4287 section 4.2.7", "AtomLinkNotEmpty";
    REL_UNKNOWN        = "atom-link-relation-unknown",   Advice,  "a relation that no one has registered",            "RFC 8288 section 2.1", "UnregisteredAtomLinkRel";
    ALTERNATE_TWICE    = "atom-link-alternate-duplicate", Error,  "two alternates of one type and language",          "RFC 4287 section 4.1.1", "DuplicateAtomLink";
    SELF_RELATIVE      = "feed-self-relative",           Warning, "a self link that is relative",                     "RFC 4287 section 4.1.1", "RelativeSelf";
    SELF_TYPE          = "feed-self-type",               Warning, "a self link to something that is no feed",         "RFC 4287 section 4.1.1", "SelfNotAtom";
    SELF_MISSING       = "feed-self-missing",            Advice,  "no link to the feed itself",                       "RFC 4287 section 4.1.1; RSS Advisory Board profile, atom:link", "MissingSelf";
    HUB_WITHOUT_SELF   = "feed-hub-without-self",        Warning, "a hub that no one can subscribe to",               "WebSub section 4";
    SAME_DOCUMENT      = "atom-link-same-document",      Advice,  "an address that means the document itself",        "RFC 3986 section 4.4", "SameDocumentReference";
}

/// The registered relations, and those that feeds have agreed on.
const RELATIONS: &[&str] = &[
    "about",
    "acl",
    "alternate",
    "amphtml",
    "appendix",
    "archives",
    "author",
    "blocked-by",
    "bookmark",
    "canonical",
    "chapter",
    "cite-as",
    "collection",
    "contents",
    "convertedfrom",
    "copyright",
    "create-form",
    "current",
    "describedby",
    "describes",
    "disclosure",
    "dns-prefetch",
    "duplicate",
    "edit",
    "edit-form",
    "edit-media",
    "enclosure",
    "external",
    "first",
    "glossary",
    "help",
    "hosts",
    "hub",
    "icon",
    "index",
    "intervalafter",
    "item",
    "last",
    "latest-version",
    "license",
    "linkset",
    "lrdd",
    "manifest",
    "me",
    "memento",
    "monitor",
    "monitor-group",
    "next",
    "next-archive",
    "nofollow",
    "noopener",
    "noreferrer",
    "opener",
    "original",
    "p3pv1",
    "payment",
    "pingback",
    "preconnect",
    "predecessor-version",
    "prefetch",
    "preload",
    "prev",
    "prev-archive",
    "preview",
    "previous",
    "privacy-policy",
    "profile",
    "publication",
    "related",
    "replies",
    "restconf",
    "ruleinput",
    "search",
    "section",
    "self",
    "service",
    "service-desc",
    "service-doc",
    "service-meta",
    "sponsored",
    "start",
    "status",
    "stylesheet",
    "subsection",
    "successor-version",
    "sunset",
    "tag",
    "terms-of-service",
    "timegate",
    "timemap",
    "type",
    "ugc",
    "up",
    "version-history",
    "via",
    "webmention",
    "working-copy",
    "working-copy-of",
    "salmon",
    "mentioned",
    "schema.org",
    "http://schemas.google.com/g/2005#feed",
];

/// What the W3C validator knows.
const RELATIONS_OF_W3C: &[&str] = &[
    "alternate",
    "appendix",
    "bookmark",
    "chapter",
    "contents",
    "copyright",
    "current",
    "describedby",
    "edit",
    "edit-media",
    "enclosure",
    "first",
    "glossary",
    "help",
    "hub",
    "index",
    "last",
    "license",
    "next",
    "next-archive",
    "payment",
    "prev",
    "prev-archive",
    "previous",
    "related",
    "replies",
    "search",
    "section",
    "self",
    "service",
    "start",
    "stylesheet",
    "subsection",
    "up",
    "via",
    "acl",
    "canonical-human",
    "edit-profile",
    "edituri",
];

/// Checks the relation of a link.
pub(in crate::check) fn check_rel(element: &Element<'_>, text: &str, report: &mut Collector) {
    let relation = text
        .strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(text);
    let list = if report.is_w3c() { RELATIONS_OF_W3C } else { RELATIONS };
    let is_known = list.iter().any(|known| known.eq_ignore_ascii_case(relation));
    let is_address = address::scheme(text).is_some() && address::absolute(text).is_ok();
    if !is_known
        && !is_address
        && let Some(spot) = attribute_spot(element, "rel")
    {
        spot.add(
            report,
            &REL_UNKNOWN,
            format!("the relation `{}` is not registered", spot.shown()),
        )
        .help("use a registered relation, or an address of your own");
    }
}

/// Checks the address of a link.
pub(in crate::check) fn check_href(element: &Element<'_>, text: &str, report: &mut Collector) {
    let Some(spot) = attribute_spot(element, "href") else {
        return;
    };
    let is_self = relation(element) == "self";
    addresses::report_wrong(&spot, address::reference(text), report);
    addresses::check_meaning(&spot, text, report);
    let is_relative = address::scheme(text).is_none();
    let base = base(element);
    if is_self && is_relative && base.is_none() {
        spot.add(report, &SELF_RELATIVE, format!("the self link is `{}`", spot.shown()))
            .help("write the whole address: a reader that has the feed as a file cannot know it otherwise");
        return;
    }
    // `.` in the folder that xml:base names is the folder itself, whatever document it was in.
    if let Some(base) = base.filter(|_| is_relative && matches!(text, "" | "." | "./")) {
        let is_folder = address::path(base).ends_with('/');
        if text.is_empty() || is_folder {
            spot.add(
                report,
                &SAME_DOCUMENT,
                format!("`{text}` means `{base}` itself, which some readers take for the feed"),
            )
            .help("write the whole address");
        }
    }
}

/// The `xml:base` that holds here.
fn base<'d>(element: &Element<'d>) -> Option<&'d str> {
    let mut around = Some(*element);
    while let Some(current) = around {
        if let Some(base) = current.attribute_in(Ns::XML, "base") {
            return Some(base.value());
        }
        around = current.parent();
    }
    None
}

/// Checks a link as a whole.
pub(super) fn check(link: &Element<'_>, report: &mut Collector) {
    if link.attribute("href").is_none() {
        report
            .add(&HREF_MISSING, link.range(), "a link without `href`")
            .help("write `<link href=\"https://…\"/>`; in Atom the address is an attribute")
            .about(link)
            .attribute("href");
    }
    if !link.text().trim().is_empty() || report.is_w3c() && link.texts().next().is_some() {
        report
            .add(&NOT_EMPTY, link.text_range(), "text in a link")
            .help("in Atom the address is the attribute `href`")
            .about(link);
    }
    let is_self = relation(link) == "self";
    let kind = link.value("type").map(media_type::essence);
    if let Some(kind) = kind.filter(|_| is_self) {
        let is_feed = kind.ends_with("xml") || kind.contains("json");
        if !is_feed {
            report
                .add(&SELF_TYPE, link.range(), format!("the self link is of type `{kind}`"))
                .help("`self` is the feed's own address; the page's is `alternate`")
                .about(link);
        }
    }
}

/// Checks the links of a feed or an entry together.
pub(super) fn check_all(container: &Element<'_>, report: &mut Collector) {
    let mut alternates: Vec<(String, &str)> = Vec::new();
    for link in container
        .children()
        .filter(|child| child.is(Ns::ATOM, "link"))
        .take(1000)
    {
        check(&link, report);
        if relation(&link) != "alternate" {
            continue;
        }
        let key = (
            link.value("type").unwrap_or("").to_ascii_lowercase(),
            link.value("hreflang").unwrap_or(""),
        );
        if alternates.contains(&key) {
            report
                .add(
                    &ALTERNATE_TWICE,
                    link.range(),
                    format!("another alternate of `{}`", container.qualified()),
                )
                .help("keep one, or tell them apart by `type` and `hreflang`")
                .about(&link);
        } else {
            alternates.push(key);
        }
    }
}

/// Checks what a whole feed says about its own address.
pub(super) fn check_self(container: &Element<'_>, class: &'static str, report: &mut Collector) {
    let links = || container.children().filter(|child| child.is(Ns::ATOM, "link"));
    let has_self = links().any(|link| relation(&link) == "self");
    let hub = links().find(|link| relation(link) == "hub");
    if has_self {
        return;
    }
    if let Some(hub) = hub {
        report
            .add(
                &HUB_WITHOUT_SELF,
                hub.range(),
                "a hub, and no self link to subscribe to",
            )
            .help("add `<link rel=\"self\" href=\"…\"/>` with the feed's own address")
            .about(&hub);
    }
    if hub.is_none() || report.is_w3c() {
        report
            .add(
                &SELF_MISSING,
                container.range(),
                format!("`{}` has no self link", container.qualified()),
            )
            .help("add `<link rel=\"self\" href=\"…\"/>` (in RSS: `<atom:link …>`) with the feed's own address")
            .class(class)
            .about(container);
    }
}
