//! Elements, attributes and text that the format does not allow where they occur, elements that are empty or occur too
//! often, and required attributes that are missing.
//!
//! The [`walk`](super::walk) finds them; this file reports them.

use crate::check::report::Collector;
use crate::feed::namespace::Ns;
use crate::feed::xml::{Attribute, Element};
use crate::finding::{Rule, Severity, rules};

use super::rss;

rules! { "structure":
    ELEMENT_UNKNOWN     = "feed-element-unknown",           Error,   "the format does not allow this element here",                      "RSS 2.0, RFC 4287, OPML 2.0", "UndefinedElement";
    ELEMENT_DUPLICATE   = "feed-element-duplicate",         Error,   "an element occurs more often than allowed",                        "RSS 2.0, RFC 4287 section 4", "DuplicateElement";
    ELEMENT_EMPTY       = "feed-element-empty",             Advice,  "an element is empty",                                              "RFC 4287 section 4.1.1.1", "NotBlank";
    ATTRIBUTE_MISSING   = "feed-attribute-missing",         Error,   "a required attribute is missing",                                  "RSS 2.0, RFC 4287", "MissingAttribute";
    ATTRIBUTE_UNKNOWN   = "feed-attribute-unknown",         Warning, "the format does not allow this attribute here",                    "RSS 2.0, RFC 4287", "UnexpectedAttribute";
    ATTRIBUTE_FOREIGN   = "rss-attribute-foreign",          Advice,  "an RSS element has an extension attribute",                        "RSS 2.0, \"Extending RSS\"", "UseOfExtensionAttr";
    TEXT_UNEXPECTED     = "feed-text-unexpected",           Error,   "the format does not allow text here",                               "RSS 2.0, RFC 4287", "UnexpectedText";
    EXTENSION_UNKNOWN   = "extension-element-unknown",      Warning, "the extension does not define this element",                       "the extension's specification", "UndefinedElement";
    EXTENSION_MISPLACED = "extension-element-misplaced",    Warning, "an extension element has no meaning here",                         "the extension's specification", "UndefinedElement";
    EXTENSION_DUPLICATE = "extension-element-duplicate",    Warning, "an extension element occurs more often than allowed",              "the extension's specification", "DuplicateElement";
    WITHOUT_NAMESPACE   = "feed-element-without-namespace", Warning, "an element without a namespace is inside an element that has one", "RSS 2.0, \"Extending RSS\"; RFC 4287 section 6", "UndeterminableVocabulary";
}

/// Reports an element that is in the format's namespace but is not allowed in its parent.
pub(super) fn report_unknown(element: &Element<'_>, parent: &Element<'_>, core: Ns, report: &mut Collector) {
    let name = element.qualified();
    let class = match (core, element.name()) {
        // The W3C validator has a separate message class for `blink`.
        (Ns::NONE, "blink") => "NoBlink",
        _ => "UndefinedElement",
    };
    let found = report.add(
        &ELEMENT_UNKNOWN,
        element.range(),
        format!("`{name}` is not allowed in `{}`", parent.qualified()),
    );
    found.class(class).about(element);
    if is_ignored_by_readers(element, parent, core) {
        found.severity(Severity::Warning);
    }
    // The RSS elements whose names contain uppercase letters.
    let right_case = [
        "pubDate",
        "lastBuildDate",
        "textInput",
        "managingEditor",
        "webMaster",
        "skipHours",
        "skipDays",
    ]
    .iter()
    .find(|right| right.eq_ignore_ascii_case(name) && core == Ns::NONE);
    match right_case {
        Some(right) => found.help(format!("write `{right}`: names are case-sensitive")),
        None => found.help("remove it, or put it in an extension namespace"),
    };
}

/// The elements of RSS channels and items, and of Atom feeds and entries.
const CORE_ELEMENTS: [(Ns, &[&str]); 2] = [
    (
        Ns::NONE,
        &[
            "author",
            "category",
            "comments",
            "copyright",
            "description",
            "docs",
            "enclosure",
            "generator",
            "guid",
            "image",
            "language",
            "lastBuildDate",
            "link",
            "managingEditor",
            "pubDate",
            "source",
            "title",
            "ttl",
            "webMaster",
        ],
    ),
    (
        Ns::ATOM,
        &[
            "author",
            "category",
            "content",
            "contributor",
            "generator",
            "icon",
            "id",
            "link",
            "logo",
            "published",
            "rights",
            "source",
            "subtitle",
            "summary",
            "title",
            "updated",
        ],
    ),
];

/// Whether readers ignore an element that is not allowed in its parent. They ignore misplaced elements that the format
/// allows elsewhere (YouTube and Spotify feeds contain some), and all unknown elements in a person construct (GitLab
/// adds some) or in RSS 0.9x (Jira adds some).
fn is_ignored_by_readers(element: &Element<'_>, parent: &Element<'_>, core: Ns) -> bool {
    let is_core_element = CORE_ELEMENTS
        .iter()
        .any(|(ns, names)| *ns == core && names.contains(&element.name()));
    let is_in_person = core == Ns::ATOM && matches!(parent.name(), "author" | "contributor");
    let is_old = core == Ns::NONE && element.document().root().is_some_and(|root| rss::is_old(&root));
    is_core_element || is_in_person || is_old
}

/// Reports an element without a namespace inside an element that has one.
pub(super) fn report_without_namespace(element: &Element<'_>, parent: &Element<'_>, core: Ns, report: &mut Collector) {
    let found = report.add(
        &WITHOUT_NAMESPACE,
        element.range(),
        format!("`{}` in `{}` has no namespace", element.qualified(), parent.qualified()),
    );
    found
        .help("declare its namespace, and add the prefix to its name")
        .about(element);
    if core == Ns::NONE {
        found.class("NotInANamespace");
    } else if core == Ns::ATOM {
        found.class("MissingNamespace").severity(Severity::Error);
    }
}

/// Reports a child of an element that may contain only text.
pub(super) fn report_element_in_text(element: &Element<'_>, child: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &ELEMENT_UNKNOWN,
            child.range(),
            format!(
                "`{}` is inside `{}`, which may contain only text",
                child.qualified(),
                element.qualified()
            ),
        )
        .help("escape markup, as in `&lt;b&gt;`, or put it in a CDATA section")
        .about(child);
}

/// Reports an element that has already occurred in the same parent; `rule` is [`ELEMENT_DUPLICATE`] or
/// [`EXTENSION_DUPLICATE`].
pub(super) fn report_duplicate(element: &Element<'_>, rule: &'static Rule, report: &mut Collector) {
    report
        .add(
            rule,
            element.range(),
            format!("`{}` occurs more than once", element.qualified()),
        )
        .help("remove one, because some readers use the first and others the last")
        .about(element);
}

/// Reports an element that must not be empty.
pub(super) fn report_empty(element: &Element<'_>, report: &mut Collector) {
    report
        .add(
            &ELEMENT_EMPTY,
            element.range(),
            format!("`{}` is empty", element.qualified()),
        )
        .help("add content, or remove the element")
        .about(element);
}

/// Reports a required attribute that is missing.
pub(super) fn report_missing_attribute(element: &Element<'_>, name: &str, report: &mut Collector) {
    report
        .add(
            &ATTRIBUTE_MISSING,
            element.range(),
            format!("`{}` has no `{name}`", element.qualified()),
        )
        .help(format!("add `{name}=\"…\"`"))
        .about(element)
        .attribute(name);
}

/// Reports an attribute that has no namespace and is not allowed on the element.
pub(super) fn report_unknown_attribute(element: &Element<'_>, attribute: &Attribute<'_>, report: &mut Collector) {
    report
        .add(
            &ATTRIBUTE_UNKNOWN,
            attribute.range(),
            format!(
                "unknown attribute `{}` on `{}`",
                attribute.qualified(),
                element.qualified()
            ),
        )
        .help("check its spelling and case, or remove it")
        .about(element)
        .attribute(attribute.qualified());
}

/// Checks an extension attribute on an RSS element.
///
/// The RSS Advisory Board's edition of the specification allows such attributes. Harvard's edition does not mention
/// them, so the W3C validator reports them if `docs` points to that edition.
pub(super) fn check_foreign_attribute(element: &Element<'_>, attribute: &Attribute<'_>, report: &mut Collector) {
    if !report.is_w3c() {
        return;
    }
    let root = element.document().root();
    let channel = root.and_then(|root| root.child(Ns::NONE, "channel"));
    let docs = channel.and_then(|channel| channel.child(Ns::NONE, "docs"));
    if docs.is_some_and(|docs| docs.text().contains("harvard.edu")) {
        report
            .add(
                &ATTRIBUTE_FOREIGN,
                attribute.range(),
                format!(
                    "`{}` is an extension attribute on an RSS element",
                    attribute.qualified()
                ),
            )
            .help("use an extension element instead: readers ignore the attribute")
            .about(element)
            .attribute(attribute.qualified());
    }
}

/// Reports text in an element that may contain only child elements, or that must be empty.
pub(super) fn check_no_text(element: &Element<'_>, report: &mut Collector) {
    let Some(text) = element.texts().find(|text| !text.value.trim().is_empty()) else {
        return;
    };
    let range = text.range();
    let raw = element.document().text().get(range.clone()).unwrap_or("");
    // The finding starts at the text itself, because the white space before it may contain many line breaks.
    let start = range.start + (raw.len() - raw.trim_start().len());
    report
        .add(
            &TEXT_UNEXPECTED,
            start..range.start + raw.trim_end().len(),
            format!("`{}` must not contain text", element.qualified()),
        )
        .help("move the text into the right element, or remove it")
        .about(element);
}
