//! Atom links in Atom feeds and entries and in RSS channels: RFC 4287 section 4.2.7.

use crate::check::field::Field;
use crate::check::grammar::{address, media_type};
use crate::check::report::Collector;
use crate::feed::link::relation;
use crate::feed::namespace::Ns;
use crate::feed::xml::Element;
use crate::finding::rules;

use super::addresses;

rules! { "atom_link":
    HREF_MISSING     = "atom-link-href-missing",        Error,   "the link has no `href`",                              "RFC 4287 section 4.2.7.1", "MissingHref";
    NOT_EMPTY        = "atom-link-not-empty",           Advice,  "the link contains text",                              "RFC 4287 section 4.2.7", "AtomLinkNotEmpty";
    REL_UNKNOWN      = "atom-link-relation-unknown",    Advice,  "the link relation is not registered",                 "RFC 8288 section 2.1", "UnregisteredAtomLinkRel";
    ALTERNATE_TWICE  = "atom-link-alternate-duplicate", Error,   "two alternate links have the same type and language", "RFC 4287 section 4.1.1", "DuplicateAtomLink";
    SELF_RELATIVE    = "feed-self-relative",            Warning, "the self link is a relative URL",                     "RFC 4287 section 4.1.1", "RelativeSelf";
    SELF_TYPE        = "feed-self-type",                Warning, "the self link does not point to a feed",              "RFC 4287 section 4.1.1", "SelfNotAtom";
    SELF_MISSING     = "feed-self-missing",             Advice,  "the feed has no self link",                           "RFC 4287 section 4.1.1; RSS Advisory Board profile, atom:link", "MissingSelf";
    HUB_WITHOUT_SELF = "feed-hub-without-self",         Warning, "the feed has a hub but no self link",                 "WebSub section 4";
    SAME_DOCUMENT    = "atom-link-same-document",       Advice,  "the link points to the base URL itself",              "RFC 3986 section 4.4", "SameDocumentReference";
}

/// The maximum number of links that are checked per feed or entry. Each link is compared with all previous ones, so
/// without a limit the check would take quadratic time.
pub(super) const MAX_LINKS: usize = 1000;

/// The relations that IANA has registered, and a few that feeds use without registration.
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
    // These relations are not registered, but feeds use them.
    "salmon",
    "mentioned",
    "schema.org",
    "http://schemas.google.com/g/2005#feed",
];

/// The relations that the W3C validator accepts.
const W3C_RELATIONS: &[&str] = &[
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
pub(in crate::check) fn check_rel(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text;
    // RFC 4287 section 4.2.7.2: a registered name may also be written as a URL with this prefix.
    let relation = text
        .strip_prefix("http://www.iana.org/assignments/relation/")
        .unwrap_or(text);
    // The W3C validator's list dates from 2006 and lacks `canonical`, `author`, `icon` and `webmention`.
    let list = if report.is_w3c() { W3C_RELATIONS } else { RELATIONS };
    // RFC 8288 section 2.1.1: registered names are case-insensitive.
    let is_registered = list.iter().any(|registered| registered.eq_ignore_ascii_case(relation));
    // A relation that is not registered must be a URL (RFC 8288 section 2.1.2).
    let is_address = address::scheme(text).is_some() && address::absolute(text).is_ok();
    if !is_registered && !is_address {
        field
            .add(
                report,
                &REL_UNKNOWN,
                format!("the relation `{}` is not registered", field.excerpt()),
            )
            .help("use a registered relation, or a URL on your own site");
    }
}

/// Checks the URL of a link.
pub(in crate::check) fn check_href(field: &Field<'_, '_>, report: &mut Collector) {
    let text = field.text;
    let is_self = relation(field.element) == "self";
    addresses::report_invalid(field, address::reference(text), report);
    addresses::check_meaning(field, text, report);
    let is_relative = address::scheme(text).is_none();
    let base = base(field.element);
    // With `xml:base`, a reader can resolve the URL even if it does not know where the feed came from.
    if is_self && is_relative && base.is_none() {
        field
            .add(
                report,
                &SELF_RELATIVE,
                format!("the self link is `{}`, a relative URL", field.excerpt()),
            )
            .help("write the full URL: a reader that received the feed as a file cannot resolve a relative URL");
        return;
    }
    // If the base URL ends with a slash, `.` refers to the base URL itself, as an empty URL does.
    if let Some(base) = base.filter(|_| is_relative && matches!(text, "" | "." | "./")) {
        let is_folder = address::path(base).ends_with('/');
        if text.is_empty() || is_folder {
            field
                .add(
                    report,
                    &SAME_DOCUMENT,
                    format!("`{text}` refers to the base URL `{base}`, but some readers resolve it to the feed's URL"),
                )
                .help("write the full URL");
        }
    }
}

/// The `xml:base` that applies to an element.
fn base<'d>(element: &Element<'d>) -> Option<&'d str> {
    let mut ancestor = Some(*element);
    while let Some(current) = ancestor {
        if let Some(base) = current.attribute_in(Ns::XML, "base") {
            return Some(base.value());
        }
        ancestor = current.parent();
    }
    None
}

/// Checks a link as a whole.
pub(super) fn check(link: &Element<'_>, report: &mut Collector) {
    if link.attribute("href").is_none() {
        report
            .add(&HREF_MISSING, link.range(), "the link has no `href`")
            .help("write `<link href=\"https://…\"/>`: in Atom, the URL is in an attribute")
            .about(link)
            .attribute("href");
    }
    if !link.text().trim().is_empty() || report.is_w3c() && link.texts().next().is_some() {
        report
            .add(&NOT_EMPTY, link.text_range(), "the link contains text")
            .help("put the URL in the `href` attribute")
            .about(link);
    }
    let is_self = relation(link) == "self";
    let kind = link.value("type").map(media_type::essence);
    if let Some(kind) = kind.filter(|_| is_self) {
        // Any XML type is accepted, because the declared type often differs from the feed's actual type: for example,
        // Transistor's RSS feeds declare Atom's type.
        let is_feed = kind.ends_with("xml") || kind.contains("json");
        if !is_feed {
            report
                .add(
                    &SELF_TYPE,
                    link.range(),
                    format!("the self link has the type `{kind}`, which is not a feed type"),
                )
                .help("use `self` for the feed's URL, and `alternate` for the page's URL")
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
        .take(MAX_LINKS)
    {
        check(&link, report);
        if relation(&link) != "alternate" {
            continue;
        }
        let key = (
            link.value("type").unwrap_or("").to_ascii_lowercase(),
            link.value("hreflang").unwrap_or(""),
        );
        // RFC 4287 sections 4.1.1 and 4.1.2: each alternate link must have its own combination of type and language.
        if alternates.contains(&key) {
            report
                .add(
                    &ALTERNATE_TWICE,
                    link.range(),
                    format!(
                        "`{}` has another alternate link with the same type and language",
                        container.qualified()
                    ),
                )
                .help("remove one of the links, or give each link a different `type` or `hreflang`")
                .about(&link);
        } else {
            alternates.push(key);
        }
    }
}

/// Checks that a feed has a self link; `class` is the W3C validator's message class for a missing self link.
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
                "the feed has a hub but no self link, so readers cannot subscribe",
            )
            .help("add `<link rel=\"self\" href=\"…\"/>` with the feed's URL")
            .about(&hub);
    }
    // If the feed has a hub, the finding above already reports the missing self link.
    if hub.is_none() || report.is_w3c() {
        report
            .add(
                &SELF_MISSING,
                container.range(),
                format!("`{}` has no self link", container.qualified()),
            )
            .help("add `<link rel=\"self\" href=\"…\"/>` (in RSS: `<atom:link …>`) with the feed's URL")
            .class(class)
            .about(container);
    }
}
