//! The authors of an HTML page: structured data, `meta` elements and bylines, without the site's name.

use serde_json::Value;

use super::{
    add, byline, parse_names,
    person::{ORGANIZATION_MARKERS, is_office, is_person},
};
use crate::{
    extract::{
        Author,
        evidence::{CandidateSet, Origin, OriginKind},
        json_ld::{Graph, Subject},
        page_meta,
        site::SiteNames,
    },
    page::{Byline, BylineKind, Page},
    text::collapse,
};

// A weight is the share of pages on which the origin names exactly the right authors. The shares were counted on the
// 182 pages whose authors are known, out of 498 labeled HTML pages; `40 of 44` means that the origin is right on 40 of
// the 44 pages that have it. A `meta` name that occurs on fewer than 5 pages has the weight of the most similar origin.
// On a set with more pages by agencies and editorial offices, the weights would be lower, because the authors of those
// pages are seldom people.

/// Structured data that names a `Person`: right on 40 of 44 pages.
const PERSON_LD: f32 = 0.909;
/// Structured data that names the site as a `Person`: right on 5 of 7 pages.
const SITE_AS_PERSON: f32 = 0.714;
/// Structured data with a name that has no type, or with an organization that is not the site: right on 10 of 10
/// pages. The weight was set by hand, below that of a `Person`.
const NAME_LD: f32 = 0.9;
const METAS: &[(&str, f32)] = &[
    // 27 of 32
    ("author", 0.844),
    // Each of these names occurs on fewer than 5 pages. Together, they are right on 5 of 5 pages. Like JSON-LD, these
    // elements are written for programs.
    ("parsely-author", 0.909),
    ("citation_author", 0.909),
    ("bepress_citation_author", 0.909),
    ("sailthru.author", 0.909),
    ("cxenseparse:author", 0.909),
    ("article:author", 0.909),
    ("og:article:author", 0.909),
    ("og:author", 0.909),
    // This name occurs on none of the pages.
    ("byl", 0.844),
    // Together, these names are right on 2 of 3 pages. In these elements, libraries and public offices name themselves
    // as the author.
    ("dc.creator", 0.7),
    ("dc:creator", 0.7),
    ("dcterms.creator", 0.7),
    ("creator", 0.7),
];

/// The weight of a byline. It depends on the markup that identifies the byline, and on the distance from the headline:
/// fewer than 50 elements (near), 50 to 149 (apart), or more (far). Distant bylines often name the authors of other
/// articles or of comments.
fn byline_weight(byline: &Byline) -> f32 {
    let (near, apart, far) = match (byline.kind, byline.is_marked) {
        // Right on 9 of 9 pages (near), 2 of 2 (apart) and 3 of 5 (far).
        (BylineKind::Property, _) => (0.95, 0.95, 0.6),
        // Right on 34 of 37 pages (near), 6 of 7 (apart) and 3 of 3 (far).
        (BylineKind::Relation, _) => (0.919, 0.857, 0.857),
        // Right on 62 of 65 pages (near), 11 of 16 (apart) and 5 of 11 (far).
        (BylineKind::Class, true) => (0.954, 0.688, 0.455),
        // Right on 17 of 26 pages (near), 3 of 15 (apart) and 1 of 7 (far).
        (BylineKind::Class, false) => (0.654, 0.2, 0.143),
        // Right on 23 of 23 pages (near), 2 of 3 (apart) and 1 of 4 (far).
        (BylineKind::Text, true) => (0.95, 0.667, 0.25),
        // Right on 7 of 14 pages, with all distances combined.
        (BylineKind::Text, false) => (0.5, 0.5, 0.5),
    };
    match byline.distance {
        ..50 => near,
        50..150 => apart,
        _ => far,
    }
}
/// Labels for the author. If `twitter:label1` has one of these values, `twitter:data1` contains the author. The same
/// applies to `twitter:label2` and `twitter:data2`.
const WRITTEN_BY: &[&str] = &[
    "written by",
    "verfasst von",
    "geschrieben von",
    "écrit par",
    "escrito por",
    "scritto da",
    "geschreven door",
    "skrevet av",
    "skrivet av",
    "napisane przez",
    "автор",
    "作者",
    "執筆者",
    "par",
    "por",
    "von",
    "by",
];
/// The author in `twitter:data1` or `twitter:data2`, if its label is in [`WRITTEN_BY`]: right on 18 of 22 pages with
/// such a label.
const LABELED: f32 = 0.818;
/// An editorial office as the author: right on 7 of 9 pages that do not name a person.
const OFFICE: f32 = 0.778;
/// The maximum number of bylines that are read. A page with more bylines contains a list of other articles.
const MAX_BYLINES: usize = 24;
/// The maximum distance, in elements, between the headline and a byline in boilerplate. Comments and lists of other
/// articles are farther away.
const NEAR: u32 = 100;
/// A factor for a byline in boilerplate near the headline. In some themes, the box below the headline has a class that
/// looks like boilerplate. Only two labeled pages contain such a byline. It is right on both, but two pages are too few
/// for a measurement, so the factor was set by hand.
const IN_BOILERPLATE: f32 = 0.8;

/// Adds the candidates from a page.
pub(super) fn from_page(page: &Page, found: &mut CandidateSet<Vec<Author>>) {
    let graph = Graph::new(page);
    let site = SiteNames::new(page, &graph);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(6) {
        let Some(value) = node.fields.get("author").or_else(|| node.fields.get("creator")) else {
            continue;
        };
        let (authors, weight, raw) = from_json_ld(value, &graph, &site);
        let origin = Origin::new(OriginKind::StructuredData, "author", node.line);
        add_or_reject(authors, origin, &raw, weight, found);
    }
    for (name, weight) in METAS {
        let mut authors = Vec::new();
        let mut line = 0;
        let mut raws = Vec::new();
        for meta in page_meta(page, name).take(20) {
            line = if line == 0 { meta.line } else { line };
            raws.push(meta.content.as_str());
            people_in_meta(&meta.content, &site)
                .into_iter()
                .for_each(|author| add(author, &mut authors));
        }
        if !raws.is_empty() {
            add_or_reject(
                authors,
                Origin::new(OriginKind::Head, *name, line),
                &raws.join("; "),
                *weight,
                found,
            );
        }
    }
    labeled(page, &site, found);
    for byline in page.bylines.iter().take(MAX_BYLINES) {
        let mut weight = byline_weight(byline);
        if byline.in_boilerplate {
            let says_so = byline.kind == BylineKind::Relation || byline::says_by(&byline.full_text);
            if !says_so || byline.distance > NEAR {
                continue;
            }
            weight *= IN_BOILERPLATE;
        }
        let trust = match byline.kind {
            // This markup is used only for people, and a blog may be named after its author, so even the site's name is
            // accepted.
            BylineKind::Property | BylineKind::Relation => Trust::Person,
            _ if byline.is_marked => Trust::Marked,
            _ => Trust::Text,
        };
        let text = match byline.is_marked {
            true => &byline.text,
            false => byline::names(&byline.text),
        };
        let names = people_in(text, &site, trust);
        let origin = Origin::new(OriginKind::Visible, "byline", byline.line);
        add_or_reject(names, origin, &byline.text, weight, found);
    }
    if found.candidates.is_empty() {
        offices(page, &graph, &site, found);
    }
}

/// Adds the author from a pair of `meta` elements that SEO plugins write for link previews: one contains `Written by`,
/// the other `Jane Roe`.
fn labeled(page: &Page, site: &SiteNames, found: &mut CandidateSet<Vec<Author>>) {
    for (label, value) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
        let (Some(label), Some(value)) = (page_meta(page, label).next(), page_meta(page, value).next()) else {
            continue;
        };
        let lower = label.content.to_lowercase();
        if WRITTEN_BY.iter().any(|written| lower == *written) {
            let origin = Origin::new(OriginKind::Head, "twitter:data", value.line);
            add_or_reject(
                people_in(&value.content, site, Trust::Marked),
                origin,
                &value.content,
                LABELED,
                found,
            );
        }
    }
}

/// Adds the editorial office that the page names as its author: `Harbor desk team`.
fn offices(page: &Page, graph: &Graph<'_>, site: &SiteNames, found: &mut CandidateSet<Vec<Author>>) {
    let declared = graph.about(Subject::Article).filter_map(|node| {
        let author = node.fields.get("author")?;
        let author = author.get(0).unwrap_or(author);
        Some((
            name_of(author, graph, false).0?,
            OriginKind::StructuredData,
            "author",
            node.line,
        ))
    });
    let metas = page_meta(page, "author").map(|meta| (meta.content.as_str(), OriginKind::Head, "author", meta.line));
    let marked = page
        .bylines
        .iter()
        .take(MAX_BYLINES)
        .filter(|byline| byline.is_marked && !byline.in_boilerplate);
    let bylines = marked.map(|byline| (byline.text.as_str(), OriginKind::Visible, "byline", byline.line));
    for (name, kind, key, line) in declared.chain(metas).chain(bylines).take(MAX_BYLINES) {
        let name = collapse(name);
        if is_office(&name) && !site.is_named(&name) {
            let author = Author {
                name: name.clone(),
                email: None,
                url: None,
            };
            found.add(vec![author], Origin::new(kind, key, line), &name, OFFICE);
        }
    }
}

fn add_or_reject(authors: Vec<Author>, origin: Origin, raw: &str, weight: f32, found: &mut CandidateSet<Vec<Author>>) {
    if authors.is_empty() {
        found.reject(origin, raw, "does not name a person");
    } else {
        found.add(authors, origin, raw, weight);
    }
}

fn from_json_ld(value: &Value, graph: &Graph<'_>, site: &SiteNames) -> (Vec<Author>, f32, String) {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let mut people = Vec::new();
    let mut others = Vec::new();
    let mut raws = Vec::new();
    for item in items.iter().take(20) {
        let is_person = has_type(item, "Person");
        let (name, is_person) = name_of(item, graph, is_person);
        let Some(name) = name else { continue };
        raws.push(name.to_owned());
        let list = if is_person { &mut people } else { &mut others };
        let trust = if is_person { Trust::Person } else { Trust::Text };
        people_in(name, site, trust)
            .into_iter()
            .for_each(|author| add(author, list));
    }
    // If the site itself is the only author that is declared as a person, the lower weight lets a byline take
    // precedence.
    if people.iter().all(|author| site.is_site(&author.name)) && !people.is_empty() {
        return (people, SITE_AS_PERSON, raws.join("; "));
    }
    if people.is_empty() {
        (others, NAME_LD, raws.join("; "))
    } else {
        (people, PERSON_LD, raws.join("; "))
    }
}

/// The name in an author node, or in the node that the author node refers to, and whether the name is known to be a
/// person's.
fn name_of<'a>(item: &'a Value, graph: &Graph<'a>, is_person: bool) -> (Option<&'a str>, bool) {
    let as_text = item.as_str();
    if let Some(name) = as_text.filter(|name| !name.contains("://")) {
        return (Some(name), false);
    }
    if let Some(name) = item.get("name") {
        let name = name.as_str().or_else(|| name.get(0).and_then(Value::as_str));
        return (name, is_person);
    }
    let id = as_text.or_else(|| item.get("@id").and_then(Value::as_str));
    let known = graph
        .nodes
        .iter()
        .find(|node| id.is_some() && node.fields.get("@id").and_then(Value::as_str) == id)
        .or_else(|| {
            // If the referenced node is missing and the graph contains exactly one person, that person is the author.
            let mut people = graph.about(Subject::Person);
            people
                .next()
                .filter(|_| people.next().is_none())
                .and_then(|only| graph.nodes.iter().find(|node| std::ptr::eq(node.fields, only.fields)))
        });
    match known {
        Some(node) => (
            node.fields.get("name").and_then(Value::as_str),
            node.subject == Subject::Person,
        ),
        None => (None, false),
    }
}

fn has_type(item: &Value, wanted: &str) -> bool {
    match item.get("@type") {
        Some(Value::String(one)) => one == wanted,
        Some(Value::Array(many)) => many.iter().any(|one| one.as_str() == Some(wanted)),
        _ => false,
    }
}

/// How certain it is that a string consists of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Plain text, which may contain the site's name.
    Text,
    /// A string that is marked up as a name. It may resemble the site's name, but must not be identical to it.
    Marked,
    /// A string that is marked up as a person. It is kept even if it is identical to the site's name.
    Person,
}

/// The people named in a string.
fn people_in(raw: &str, site: &SiteNames, trust: Trust) -> Vec<Author> {
    let raw = raw.trim();
    if raw.chars().count() > 300 || raw.contains("://") && !raw.contains(' ') {
        return Vec::new();
    }
    let is_site = |name: &str| match trust {
        Trust::Text => site.is_site(name),
        Trust::Marked => site.is_named(name),
        Trust::Person => false,
    };
    parse_names(raw)
        .into_iter()
        .filter(|author| !is_site(&author.name) && is_person(&author.name))
        .collect()
}

/// The people named in a `meta` element; empty if the element contains a publisher and its location, as in `Harbor
/// News, Wrenmouth, England`.
fn people_in_meta(raw: &str, site: &SiteNames) -> Vec<Author> {
    let first = raw.split(',').next().unwrap_or_default();
    if raw.contains(',')
        && (site.is_site(first)
            || ORGANIZATION_MARKERS
                .iter()
                .any(|marker| first.to_lowercase().contains(marker)))
    {
        return Vec::new();
    }
    people_in(raw, site, Trust::Text)
}
