//! OPML 2.0 and 1.0: lists of subscriptions, and other outlines.

use crate::check::field::{Field, excerpt};
use crate::check::grammar::{date, mail, number};
use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::{Document, Element};
use crate::finding::{Severity, rules};

use super::structure::{ATTRIBUTE_UNKNOWN, ELEMENT_UNKNOWN, TEXT_UNEXPECTED};
use super::{addresses, dates, persons, values};

rules! { "opml":
    VERSION_MISSING = "opml-version-missing",      Error,   "the `opml` element has no version",                 "OPML 2.0, opml", "MissingAttribute";
    VERSION_UNKNOWN = "opml-version-unknown",      Error,   "the OPML version does not exist",                   "OPML 2.0, opml", "InvalidOPMLVersion";
    PART_MISSING    = "opml-part-missing",         Error,   "the document lacks a head, a body or an outline",   "OPML 2.0", "MissingElement";
    TEXT_MISSING    = "opml-text-missing",         Error,   "the outline has no text",                           "OPML 2.0, text", "MissingAttribute";
    FEED_MISSING    = "opml-feed-address-missing", Warning, "the subscription has no feed URL",                  "OPML 2.0, Subscription lists", "MissingXmlURL";
    TITLE_MISSING   = "opml-title-missing",        Advice,  "the subscription has no title",                     "OPML 2.0, Subscription lists", "MissingTitleAttr";
    URL_MISSING     = "opml-link-address-missing", Warning, "the link has no URL",                               "OPML 2.0, Inclusion", "MissingUrlAttr";
    TYPE_UNKNOWN    = "opml-type-unknown",         Advice,  "the outline type is uncommon",                      "OPML 2.0, type", "InvalidOutlineType";
    TYPE_MISSING    = "opml-type-missing",         Advice,  "the subscription has no type",                      "OPML 2.0, Subscription lists", "MissingOutlineType";
    FEED_VERSION    = "opml-feed-version-unknown", Advice,  "OPML does not define this value of `version`",      "OPML 2.0, version", "InvalidOutlineVersion";
    EXPANSION       = "opml-expansion-invalid",    Warning, "the expansion state is not a list of line numbers", "OPML 2.0, expansionState", "InvalidExpansionState";
    DOCUMENT_OLD    = "opml-document-old",         Warning, "the document is an `outlineDocument`, a predecessor of OPML", "OPML 1.0", "ObsoleteVersion";
}

/// The elements of `head`.
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

/// The attributes of `outline`: first those in the specification, then those that programs add.
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
        // NetNewsWire exports version 1.1.
        Some("1.0" | "1.1" | "2.0") => {}
        Some(other) => {
            report
                .add(
                    &VERSION_UNKNOWN,
                    root.range(),
                    format!("there is no OPML version `{}`", excerpt(other)),
                )
                .help("write `<opml version=\"2.0\">`")
                .about(root);
        }
    }
    for child in root.children().filter(|child| child.ns() == Ns::NONE) {
        match child.name() {
            "head" => check_head(&child, report),
            "body" => check_body(document, &child, report),
            _ => report_unknown(&child, report),
        }
    }
    // In a document with a syntax error, the missing part may come after the error.
    if document.complete {
        for name in ["head", "body"] {
            if root.child(Ns::NONE, name).is_none() {
                report_missing(root, name, report);
            }
        }
    }
}

/// Reports a document whose root element has the name that was used before OPML 1.0.
pub(super) fn check_old(root: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &DOCUMENT_OLD,
            root.range(),
            "the root element is `outlineDocument`, the name that was used before OPML 1.0",
        )
        .help("write `<opml version=\"2.0\">`")
        .about(root);
}

fn report_unknown(element: &Element<'_>, report: &mut Collector) {
    let parent = element.parent().map_or("", |parent| parent.qualified());
    report
        .add(
            &ELEMENT_UNKNOWN,
            element.range(),
            format!("`{}` is not allowed in `{parent}`", element.qualified()),
        )
        .help("remove it, or give it its own namespace")
        .about(element);
}

fn report_missing(parent: &Element<'_>, name: &str, report: &mut Collector) {
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
            report_unknown(&element, report);
            continue;
        }
        let text = element.text();
        let field = Field::from_element(&element, &text);
        match element.name() {
            "dateCreated" | "dateModified" => dates::check_rfc822(&field, report),
            "ownerEmail" if !mail::is_address(text.trim()) && !text.trim().is_empty() => {
                field
                    .mismatch(report, &persons::MAIL_INVALID, "an e-mail address")
                    .help("write only the address: `jo@example.org`")
                    .class("InvalidContact");
            }
            "ownerId" | "docs" if !text.trim().is_empty() => {
                addresses::check_absolute(&field, report);
            }
            "expansionState" => {
                let is_list =
                    text.trim().is_empty() || text.split(',').all(|line| number::integer(line.trim()).is_some());
                if !is_list {
                    field
                        .mismatch(report, &EXPANSION, "a list of line numbers")
                        .help("write line numbers separated by commas");
                }
            }
            "vertScrollState" | "windowTop" | "windowLeft" | "windowBottom" | "windowRight" => {
                values::check_integer(&field, i64::MIN, "InvalidInteger", report);
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
                "`body` contains text, but may contain only outlines",
            )
            .about(body);
    }
    if document.complete && body.child(Ns::NONE, "outline").is_none() {
        report_missing(body, "outline", report);
    }
    for element in body.descendants().filter(|element| element.ns() == Ns::NONE) {
        if element.name() == "outline" {
            check_outline(&element, report);
        } else {
            report_unknown(&element, report);
        }
    }
}

fn check_outline(outline: &Element<'_>, report: &mut Collector) {
    if outline.value("text").is_none() {
        let found = report.add(&TEXT_MISSING, outline.range(), "the outline has no `text`");
        found
            .help("add `text=\"…\"`, which readers show")
            .about(outline)
            .attribute("text");
        // Some readers show `title` instead, so this is only a warning.
        if outline.value("title").is_some() {
            found.severity(Severity::Warning);
        }
    }
    for attribute in outline.attributes().filter(|attribute| attribute.ns() == Ns::NONE) {
        let name = attribute.name();
        // Programs may define their own outline types with their own attributes, so unknown attributes are not reported
        // for these types.
        if !OUTLINE.contains(&name)
            && outline
                .value("type")
                .is_none_or(|kind| matches!(kind, "rss" | "link" | "include"))
        {
            report
                .add(
                    &ATTRIBUTE_UNKNOWN,
                    attribute.range(),
                    format!("unknown attribute `{name}` on `outline`"),
                )
                .help("check its spelling and case: valid names include `xmlUrl` and `htmlUrl`")
                .about(outline)
                .attribute(name);
        }
        let field = Field::from_attribute(outline, &attribute);
        match name {
            "isComment" | "isBreakpoint" => values::check_true_false(&field, report),
            "created" if date::rfc822(field.text.trim()).is_none() => dates::check_rfc822(&field, report),
            _ => {}
        }
    }
    check_type(outline, report);
}

fn check_type(outline: &Element<'_>, report: &mut Collector) {
    let has = |name: &str| outline.attribute(name).is_some();
    match outline.value("type").map(str::to_ascii_lowercase).as_deref() {
        Some("rss" | "atom" | "feed") => {
            if !has("xmlUrl") {
                report
                    .add(&FEED_MISSING, outline.range(), "the subscription has no `xmlUrl`")
                    .help("add `xmlUrl` with the feed's URL")
                    .about(outline)
                    .attribute("xmlUrl");
            }
            if !has("title") {
                report
                    .add(&TITLE_MISSING, outline.range(), "the subscription has no `title`")
                    .help("add the feed's title: some readers show it instead of `text`")
                    .about(outline)
                    .attribute("title");
            }
            // The W3C validator accepts only the first four values, but subscription lists also contain `ATOM` and
            // `RSS0.92`.
            let kinds = ["RSS", "RSS1", "RSS2", "scriptingNews", "ATOM", "RSS0.92"];
            let list = if report.is_w3c() { &kinds[..4] } else { &kinds[..] };
            if let Some(version) = outline
                .value("version")
                .filter(|version| !list.iter().any(|kind| kind.eq_ignore_ascii_case(version)))
            {
                report
                    .add(
                        &FEED_VERSION,
                        outline.range(),
                        format!(
                            "the feed's `version` is `{}`, which OPML does not define",
                            excerpt(version)
                        ),
                    )
                    .help("write `RSS2`, `RSS1`, `RSS` or `scriptingNews`, or remove the attribute")
                    .about(outline)
                    .attribute("version");
            }
        }
        Some("link" | "include") => {
            if !has("url") {
                report
                    .add(&URL_MISSING, outline.range(), "the link has no `url`")
                    .help("add `url` with the URL that the link points to")
                    .about(outline)
                    .attribute("url");
            }
        }
        Some(kind) => {
            // OPML lets programs define their own types, so other types are reported only under the W3C profile.
            if !matches!(kind, "outline" | "thingy" | "blogpost") && report.is_w3c() {
                report
                    .add(
                        &TYPE_UNKNOWN,
                        outline.range(),
                        format!("`{}` is not a common outline type", excerpt(kind)),
                    )
                    .help("use `rss`, `link` or `include` if one of them fits")
                    .about(outline)
                    .attribute("type");
            }
        }
        None => {
            if has("xmlUrl") {
                report
                    .add(
                        &TYPE_MISSING,
                        outline.range(),
                        "the outline has `xmlUrl`, but no `type`",
                    )
                    .help("add `type=\"rss\"`")
                    .about(outline)
                    .attribute("type");
            }
        }
    }
}
