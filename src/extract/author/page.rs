//! The authors of an HTML page: structured data, metas and bylines, without the site's own name.

use serde_json::Value;

use super::{add, byline, of_text};
use crate::{
    article::html::{BylinePlace, Page},
    extract::{
        Author,
        evidence::{Found, Kind, Origin},
        json_ld::{Graph, Subject},
        page_meta,
        site::SiteNames,
    },
};

/// Structured data names a person as such.
const PERSON_LD: f32 = 0.85;
const SITE_AS_PERSON: f32 = 0.6;
/// A name without a type, or an organization.
const NAME_LD: f32 = 0.7;
const METAS: &[(&str, f32)] = &[
    ("parsely-author", 0.8),
    ("citation_author", 0.85),
    ("bepress_citation_author", 0.85),
    ("sailthru.author", 0.8),
    ("cxenseparse:author", 0.75),
    ("author", 0.75),
    ("byl", 0.75),
    ("dc.creator", 0.7),
    ("dc:creator", 0.7),
    ("dcterms.creator", 0.7),
    ("article:author", 0.7),
    ("og:article:author", 0.7),
    ("og:author", 0.7),
    ("creator", 0.6),
];
/// Elements that name the author, by what makes them so; far from the headline they name the authors of others.
const PROPERTY: f32 = 0.85;
const RELATION: f32 = 0.8;
const CLASS: f32 = 0.76;
const TEXT: f32 = 0.7;
/// Pages with more list other articles.
const MOST_BYLINES: usize = 12;
/// Elements away from the headline; comments and lists of other articles are farther.
const NEAR: u32 = 100;
/// A theme may call the box below its headline furniture.
const IN_FURNITURE: f32 = 0.8;

/// Adds the candidates of a page.
pub(super) fn from_page(page: &Page, found: &mut Found<Vec<Author>>) {
    let graph = Graph::of(page);
    let site = SiteNames::of(page, &graph);
    for node in graph.about(Subject::Article).chain(graph.about(Subject::Page)).take(6) {
        let Some(value) = node.fields.get("author").or_else(|| node.fields.get("creator")) else {
            continue;
        };
        let (authors, weight, raw) = of_ld(value, &graph, &site);
        let origin = Origin::new(Kind::StructuredData, "author", node.line);
        keep(authors, origin, &raw, weight, found);
    }
    for (name, weight) in METAS {
        let mut authors = Vec::new();
        let mut line = 0;
        let mut raws = Vec::new();
        for meta in page_meta(page, name).take(20) {
            line = if line == 0 { meta.line } else { line };
            raws.push(meta.content.as_str());
            named(&meta.content, &site)
                .into_iter()
                .for_each(|author| add(author, &mut authors));
        }
        if !raws.is_empty() {
            keep(
                authors,
                Origin::new(Kind::Head, *name, line),
                &raws.join("; "),
                *weight,
                found,
            );
        }
    }
    let nobody = SiteNames::default();
    for byline in page.bylines.iter().take(MOST_BYLINES) {
        let (weight, site) = match byline.place {
            // A blog may be called after the person who writes it, and these places name nobody else.
            BylinePlace::Property => (PROPERTY, &nobody),
            BylinePlace::Relation => (RELATION, &nobody),
            BylinePlace::Class => (CLASS, &site),
            BylinePlace::Text => (TEXT, &site),
        };
        let mut weight = weight - 0.2 * f32::min(byline.distance as f32, 400.0) / 400.0;
        if byline.in_furniture {
            let says_so = byline.place == BylinePlace::Relation || byline::says_by(&byline.text);
            if !says_so || byline.distance > NEAR {
                continue;
            }
            weight *= IN_FURNITURE;
        }
        let names = named(byline::names(&byline.text), site);
        let origin = Origin::new(Kind::Visible, "byline", byline.line);
        keep(names, origin, &byline.text, weight, found);
    }
}

fn keep(authors: Vec<Author>, origin: Origin, raw: &str, weight: f32, found: &mut Found<Vec<Author>>) {
    if authors.is_empty() {
        found.refuse(origin, raw, "names no person");
    } else {
        found.add(authors, origin, raw, weight);
    }
}

fn of_ld(value: &Value, graph: &Graph<'_>, site: &SiteNames) -> (Vec<Author>, f32, String) {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let nobody = SiteNames::default();
    let mut people = Vec::new();
    let mut others = Vec::new();
    let mut raws = Vec::new();
    for item in items.iter().take(20) {
        let is_person = has_type(item, "Person");
        let (name, is_person) = name_of(item, graph, is_person);
        let Some(name) = name else { continue };
        raws.push(name.to_owned());
        let list = if is_person { &mut people } else { &mut others };
        // A blog may be called after the person who writes it.
        let site = if is_person { &nobody } else { site };
        named(name, site).into_iter().for_each(|author| add(author, list));
    }
    // A site that calls itself a person gives way to whoever the byline names.
    if people.iter().all(|author| site.is_site(&author.name)) && !people.is_empty() {
        return (people, SITE_AS_PERSON, raws.join("; "));
    }
    if people.is_empty() {
        (others, NAME_LD, raws.join("; "))
    } else {
        (people, PERSON_LD, raws.join("; "))
    }
}

/// The name of an author node, or of the node that it refers to, and whether that is a person.
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
            // A graph with one person means that one.
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

/// The people that a text names.
fn named(raw: &str, site: &SiteNames) -> Vec<Author> {
    let raw = raw.trim();
    if raw.chars().count() > 300 || raw.contains("://") && !raw.contains(' ') {
        return Vec::new();
    }
    of_text(raw)
        .into_iter()
        .filter(|author| !site.is_site(&author.name) && is_person(&author.name))
        .collect()
}

/// Names of offices and of nobody.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "editor",
    "editorial",
    "editorial team",
    "editorial staff",
    "staff",
    "staff writer",
    "newsroom",
    "redaktion",
    "die redaktion",
    "redacción",
    "redaccion",
    "rédaction",
    "la rédaction",
    "redazione",
    "redakcja",
    "редакция",
    "webmaster",
    "user",
    "super user",
    "root",
    "guest",
    "gast",
    "gastautor",
    "anonymous",
    "anonym",
    "unknown",
    "unknown author",
    "none",
    "null",
    "author",
    "autor",
    "autoren",
    "team",
    "press release",
    "presse",
    "pressestelle",
    "by",
    "von",
    "quelle",
    "source",
    "stand",
    "name",
    "webdesk",
    "web desk",
    "news desk",
    "agencies",
    "afp",
    "dpa",
    "reuters",
    "ap",
    "epd",
    "kna",
    "sid",
    "onlineredaktion",
    "online-redaktion",
];

/// What companies and offices have in their names.
const OFFICES: &[&str] = &[
    "gmbh",
    "co. kg",
    " kg ",
    "e. v.",
    "e.v.",
    " inc",
    " ltd",
    " llc",
    "verlag",
    "ministerium",
    "redaktion",
    "universität",
    "university",
    "institut",
    "verein",
    "stiftung",
    "presse",
    "news",
    ".com",
    ".de",
    ".org",
    ".net",
    "www.",
    "team",
    "http",
];

pub(super) fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    !NOBODY.contains(&lower.as_str())
        && !OFFICES.iter().any(|mark| lower.contains(mark))
        // A handle may hold a figure, a name does not.
        && (words == 1 || !name.chars().any(|c| c.is_ascii_digit()))
        && !name.starts_with('@')
        && !name.ends_with([':', '?', '!'])
        && words <= 6
        && name.chars().count() <= 60
        && name.chars().count() >= 2
}
