//! Elements that the format does not have where they stand. Their rules are those of [`structure`](super::structure).

use crate::check::document::Element;
use crate::check::namespace::Ns;
use crate::check::report::Collector;
use crate::finding::Severity;

use super::structure::{ELEMENT_UNKNOWN, WITHOUT_NAMESPACE};

/// Notes an element that the format does not have here.
pub(super) fn unknown(element: &Element<'_>, parent: &Element<'_>, core: Ns, report: &mut Collector) {
    let name = element.qualified();
    let class = match (core, element.name()) {
        (Ns::NONE, "blink") => "NoBlink",
        _ => "UndefinedElement",
    };
    let found = report.add(
        &ELEMENT_UNKNOWN,
        element.range(),
        format!("`{}` has no `{name}`", parent.qualified()),
    );
    found.class(class).about(element);
    if is_passed_over(element, parent, core) {
        found.severity(Severity::Warning);
    }
    let known = [
        "pubDate",
        "lastBuildDate",
        "textInput",
        "managingEditor",
        "webMaster",
        "skipHours",
        "skipDays",
    ];
    match known
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name) && core == Ns::NONE)
    {
        Some(known) => found.help(format!("it is written `{known}`")),
        None => found.help("remove it, or give it a namespace of its own"),
    };
}

/// Elements of RSS and Atom for what stands in channels, items, feeds and entries.
const PARTS: [(Ns, &[&str]); 2] = [
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

/// Whether every reader takes an element that the format does not have there: one that it has elsewhere, as in YouTube's
/// and Spotify's feeds; whatever GitLab adds to a person; and all that Jira says in RSS 0.92.
fn is_passed_over(element: &Element<'_>, parent: &Element<'_>, core: Ns) -> bool {
    let is_part = PARTS
        .iter()
        .any(|(ns, names)| *ns == core && names.contains(&element.name()));
    let is_of_person = core == Ns::ATOM && matches!(parent.name(), "author" | "contributor");
    let is_old = core == Ns::NONE && element.document().root().is_some_and(|root| super::rss::is_old(&root));
    is_part || is_of_person || is_old
}

/// Notes an element without a namespace inside of one that has one.
pub(super) fn no_namespace(element: &Element<'_>, parent: &Element<'_>, core: Ns, report: &mut Collector) {
    let found = report.add(
        &WITHOUT_NAMESPACE,
        element.range(),
        format!(
            "`{}` in `{}` belongs to no namespace",
            element.qualified(),
            parent.qualified()
        ),
    );
    found
        .help("declare the namespace it belongs to, and use its prefix")
        .about(element);
    if core == Ns::NONE {
        found.class("NotInANamespace");
    } else if core == Ns::ATOM {
        found.class("MissingNamespace").severity(Severity::Error);
    }
}
