//! OPML 2.0 and 1.0: lists of feeds, and outlines.

use crate::check::document::{Document, Element};
use crate::check::grammar::{date, mail, number};
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::{Severity, rules};

use super::structure::{ATTRIBUTE_UNKNOWN, ELEMENT_UNKNOWN, TEXT_UNEXPECTED};
use super::values::{TRUE_FALSE_INVALID, attribute_spot, element_spot};
use super::{addresses, dates, persons};

rules! { "opml":
    VERSION_MISSING  = "opml-version-missing",        Error,   "no version",                                  "OPML 2.0, opml", "MissingAttribute";
    VERSION_UNKNOWN  = "opml-version-unknown",        Error,   "a version that there is not",                 "OPML 2.0, opml", "InvalidOPMLVersion";
    PART_MISSING     = "opml-part-missing",           Error,   "no head, no body or no outline",              "OPML 2.0", "MissingElement";
    TEXT_MISSING     = "opml-text-missing",           Error,   "an outline without text",                     "OPML 2.0, text", "MissingAttribute";
    FEED_MISSING     = "opml-feed-address-missing",   Warning, "a subscription without the feed's address",   "OPML 2.0, Subscription lists", "MissingXmlURL";
    TITLE_MISSING    = "opml-title-missing",          Advice,  "a subscription without a title",              "OPML 2.0, Subscription lists", "MissingTitleAttr";
    URL_MISSING      = "opml-link-address-missing",   Warning, "a link without an address",                   "OPML 2.0, Inclusion", "MissingUrlAttr";
    TYPE_UNKNOWN     = "opml-type-unknown",           Advice,  "a type of outline that readers do not know",  "OPML 2.0, type", "InvalidOutlineType";
    TYPE_MISSING     = "opml-type-missing",           Advice,  "a subscription that does not say it is one",  "OPML 2.0, Subscription lists", "MissingOutlineType";
    FEED_VERSION     = "opml-feed-version-unknown",   Advice,  "a kind of feed that OPML does not list",      "OPML 2.0, version", "InvalidOutlineVersion";
    EXPANSION        = "opml-expansion-invalid",      Warning, "not a list of line numbers",                  "OPML 2.0, expansionState", "InvalidExpansionState";
    DOCUMENT_OLD     = "opml-document-old",           Warning, "the format that OPML replaced",               "OPML 1.0", "ObsoleteVersion";
}

const HEAD: &[&str] = &[
    "title",
    "dateCreated",
    "dateModified",
    "ownerName",
    "ownerEmail",
    "ownerId",
    "docs",
    "expansionState",
    "vertScrollState",
    "windowTop",
    "windowLeft",
    "windowBottom",
    "windowRight",
    "cloud",
    "directoryName",
    "urlPublic",
    "urlUpdate",
    "urlRedirect",
    "urlTwitter",
    "urlBlog",
];

const OUTLINE: &[&str] = &[
    "text",
    "type",
    "isComment",
    "isBreakpoint",
    "created",
    "category",
    "xmlUrl",
    "description",
    "htmlUrl",
    "language",
    "title",
    "version",
    "url",
    "htmlurl",
    "name",
    "count",
    "icon",
];

/// Checks a document whose root is `opml`.
pub(super) fn check(document: &Document<'_>, root: &Element<'_>, report: &mut Collector) {
    match root.value("version") {
        None => {
            report
                .add(&VERSION_MISSING, root.range(), "`opml` has no `version`")
                .help("write `<opml version=\"2.0\">`")
                .about(root)
                .attribute("version");
        }
        Some("1.0" | "1.1" | "2.0") => {}
        Some(other) => {
            report
                .add(
                    &VERSION_UNKNOWN,
                    root.range(),
                    format!("there is no OPML `{}`", super::values::shown(other)),
                )
                .help("write `<opml version=\"2.0\">`")
                .about(root);
        }
    }
    for child in root.children().filter(|child| child.ns() == Ns::NONE) {
        match child.name() {
            "head" => check_head(&child, report),
            "body" => check_body(document, &child, report),
            _ => unknown(&child, report),
        }
    }
    if document.complete {
        for name in ["head", "body"] {
            if root.child(Ns::NONE, name).is_none() {
                part_missing(root, name, report);
            }
        }
    }
}

/// Checks the format that OPML replaced.
pub(super) fn check_old(root: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &DOCUMENT_OLD,
            root.range(),
            "`outlineDocument` is what OPML was before it had its name",
        )
        .help("write `<opml version=\"2.0\">`")
        .about(root);
}

fn unknown(element: &Element<'_>, report: &mut Collector) {
    let around = element.parent().map_or("", |parent| parent.qualified());
    report
        .add(
            &ELEMENT_UNKNOWN,
            element.range(),
            format!("`{around}` has no `{}`", element.qualified()),
        )
        .help("remove it, or give it a namespace of its own")
        .about(element);
}

fn part_missing(parent: &Element<'_>, name: &str, report: &mut Collector) {
    report
        .add(
            &PART_MISSING,
            parent.range(),
            format!("`{}` has no `{name}`", parent.qualified()),
        )
        .help(format!("add `<{name}>`"))
        .missing(parent, name);
}

fn check_head(head: &Element<'_>, report: &mut Collector) {
    for element in head.children().filter(|child| child.ns() == Ns::NONE) {
        if !HEAD.contains(&element.name()) {
            unknown(&element, report);
            continue;
        }
        let text = element.text();
        let spot = element_spot(&element, &text);
        match element.name() {
            "dateCreated" | "dateModified" => dates::check_rfc822(&spot, report),
            "ownerEmail" if !mail::is_address(text.trim()) && !text.trim().is_empty() => {
                spot.add(
                    report,
                    &persons::MAIL_INVALID,
                    format!("`ownerEmail` is `{}`", spot.shown()),
                )
                .help("write the address alone: `jo@example.org`")
                .class("InvalidContact");
            }
            "ownerId" | "docs" if !text.trim().is_empty() => {
                addresses::check_absolute(&spot, report);
            }
            "expansionState" => {
                let is_list =
                    text.trim().is_empty() || text.split(',').all(|line| number::integer(line.trim()).is_some());
                if !is_list {
                    spot.add(report, &EXPANSION, format!("`expansionState` is `{}`", spot.shown()))
                        .help("write line numbers with commas between them");
                }
            }
            "vertScrollState" | "windowTop" | "windowLeft" | "windowBottom" | "windowRight" => {
                super::values::check_integer(&spot, i64::MIN, "InvalidInteger", report);
            }
            _ => {}
        }
    }
}

fn check_body(document: &Document<'_>, body: &Element<'_>, report: &mut Collector) {
    if let Some(text) = body.texts().find(|text| !text.value.trim().is_empty()) {
        report
            .add(
                &TEXT_UNEXPECTED,
                text.range(),
                "text in `body`, which holds only outlines",
            )
            .about(body);
    }
    if document.complete && body.child(Ns::NONE, "outline").is_none() {
        part_missing(body, "outline", report);
    }
    for element in body.descendants().filter(|element| element.ns() == Ns::NONE) {
        if element.name() == "outline" {
            check_outline(&element, report);
        } else {
            unknown(&element, report);
        }
    }
}

fn check_outline(outline: &Element<'_>, report: &mut Collector) {
    if outline.value("text").is_none() {
        let found = report.add(&TEXT_MISSING, outline.range(), "the outline has no `text`");
        found
            .help("add it: it is what readers show")
            .about(outline)
            .attribute("text");
        if outline.value("title").is_some() {
            found.severity(Severity::Warning);
        }
    }
    for attribute in outline.attributes().filter(|attribute| attribute.ns() == Ns::NONE) {
        let name = attribute.name();
        if !OUTLINE.contains(&name)
            && outline
                .value("type")
                .is_none_or(|kind| matches!(kind, "rss" | "link" | "include"))
        {
            report
                .add(
                    &ATTRIBUTE_UNKNOWN,
                    attribute.range(),
                    format!("`outline` has no attribute `{name}`"),
                )
                .help("check its spelling and case: `xmlUrl`, `htmlUrl`")
                .about(outline)
                .attribute(name);
        }
        if matches!(name, "isComment" | "isBreakpoint")
            && !matches!(attribute.value(), "true" | "false")
            && let Some(spot) = attribute_spot(
                outline,
                if name == "isComment" {
                    "isComment"
                } else {
                    "isBreakpoint"
                },
            )
        {
            spot.add(
                report,
                &TRUE_FALSE_INVALID,
                format!("{} is `{}`", spot.name(), spot.shown()),
            )
            .help("write `true` or `false`");
        }
        if name == "created"
            && date::rfc822(attribute.value().trim()).is_none()
            && let Some(spot) = attribute_spot(outline, "created")
        {
            dates::check_rfc822(&spot, report);
        }
    }
    check_kind(outline, report);
}

fn check_kind(outline: &Element<'_>, report: &mut Collector) {
    let has = |name: &str| outline.attribute(name).is_some();
    match outline.value("type").map(str::to_ascii_lowercase).as_deref() {
        Some("rss" | "atom" | "feed") => {
            if !has("xmlUrl") {
                report
                    .add(&FEED_MISSING, outline.range(), "a subscription without `xmlUrl`")
                    .help("add the address of the feed")
                    .about(outline)
                    .attribute("xmlUrl");
            }
            if !has("title") {
                report
                    .add(&TITLE_MISSING, outline.range(), "a subscription without `title`")
                    .help("add the title of the feed; some readers show it rather than `text`")
                    .about(outline)
                    .attribute("title");
            }
            let known = ["RSS", "RSS1", "RSS2", "scriptingNews", "ATOM", "RSS0.92"];
            let list = if report.is_w3c() { &known[..4] } else { &known[..] };
            if let Some(version) = outline
                .value("version")
                .filter(|version| !list.iter().any(|known| known.eq_ignore_ascii_case(version)))
            {
                report
                    .add(
                        &FEED_VERSION,
                        outline.range(),
                        format!("the feed's kind is `{}`", super::values::shown(version)),
                    )
                    .help("write `RSS2`, `RSS1`, `RSS` or `scriptingNews`, or leave it out")
                    .about(outline)
                    .attribute("version");
            }
        }
        Some("link" | "include") => {
            if !has("url") {
                report
                    .add(&URL_MISSING, outline.range(), "a link without `url`")
                    .help("add the address it leads to")
                    .about(outline)
                    .attribute("url");
            }
        }
        Some(kind) => {
            // OPML lets programs add types; only these three mean something elsewhere.
            if !matches!(kind, "outline" | "thingy" | "blogpost") && report.is_w3c() {
                report
                    .add(
                        &TYPE_UNKNOWN,
                        outline.range(),
                        format!("the outline's type is `{}`", super::values::shown(kind)),
                    )
                    .help("readers know `rss`, `link` and `include`")
                    .about(outline)
                    .attribute("type");
            }
        }
        None => {
            if has("xmlUrl") {
                report
                    .add(&TYPE_MISSING, outline.range(), "`xmlUrl`, and no `type`")
                    .help("write `type=\"rss\"`")
                    .about(outline)
                    .attribute("type");
            }
        }
    }
}
