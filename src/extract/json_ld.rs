//! The JSON-LD in a page: the nodes that describe the page, including those nested in `@graph` or `mainEntity`, and the
//! nodes that they refer to by `@id`.

use serde_json::{Map, Value};

use crate::page::Page;

/// A node at the top level, or nested in `@graph`, `mainEntity` or `mainEntityOfPage`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) fields: &'a Map<String, Value>,
    pub(super) line: u32,
    pub(super) subject: Subject,
}

/// What a node is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// An article, post, report, recipe or review.
    Article,
    /// The web page that contains the article.
    Page,
    /// The site.
    Site,
    Person,
    Organization,
    /// The breadcrumbs that lead to the page.
    Breadcrumb,
    Other,
}

/// All nodes of a page that are at the top level or nested as described for [`Node`].
#[derive(Debug, Default)]
pub(super) struct Graph<'a> {
    pub(super) nodes: Vec<Node<'a>>,
}

/// The maximum number of nodes. Further nodes are ignored; a page with an article has far fewer nodes.
const MAX_NODES: usize = 400;

impl<'a> Graph<'a> {
    pub(super) fn new(page: &'a Page) -> Self {
        let mut graph = Graph::default();
        // The blocks are reversed, so that they are popped in document order.
        let mut pending: Vec<(&Value, u32)> = page.json_ld.iter().rev().map(|(value, line)| (value, *line)).collect();
        while let Some((value, line)) = pending.pop() {
            if graph.nodes.len() >= MAX_NODES {
                break;
            }
            match value {
                Value::Array(items) => pending.extend(items.iter().take(MAX_NODES).rev().map(|item| (item, line))),
                Value::Object(fields) => {
                    if let Some(subject) = subject_of(fields) {
                        graph.nodes.push(Node { fields, line, subject });
                    }
                    let inner = ["mainEntityOfPage", "mainEntity", "@graph"];
                    pending.extend(
                        inner
                            .iter()
                            .filter_map(|key| fields.get(*key))
                            .map(|value| (value, line)),
                    );
                }
                _ => {}
            }
        }
        graph
    }

    /// The nodes about a subject, in order.
    pub(super) fn about(&self, subject: Subject) -> impl Iterator<Item = Node<'a>> {
        self.nodes.iter().copied().filter(move |node| node.subject == subject)
    }

    /// The value itself, or the `name` of the node that its `@id` refers to.
    pub(super) fn resolve(&self, value: &'a Value) -> &'a Value {
        let Some(id) = value.get("@id").and_then(Value::as_str) else {
            return value;
        };
        // The value already contains a name or an address, so the reference need not be followed.
        if value.get("name").is_some() || value.get("url").is_some() {
            return value;
        }
        let known = self
            .nodes
            .iter()
            .find(|node| node.fields.get("@id").and_then(Value::as_str) == Some(id));
        // A reference to an unknown node is returned unchanged; callers read its fields like those of any other value.
        known.and_then(|node| node.fields.get("name")).unwrap_or(value)
    }
}

fn subject_of(fields: &Map<String, Value>) -> Option<Subject> {
    let types: Vec<&str> = match fields.get("@type")? {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).take(8).collect(),
        _ => return None,
    };
    // A type may be written as an address: `https://schema.org/Article`.
    let is = |test: fn(&str) -> bool| types.iter().any(|name| test(name.rsplit('/').next().unwrap_or(name)));
    Some(
        if is(|name| {
            // schema.org has many types for articles, such as `NewsArticle`, `LiveBlogPosting` and
            // `OpinionNewsArticle`, so the ends of the names are compared.
            name.ends_with("Article")
                || name.ends_with("Posting")
                || name.ends_with("Report")
                || matches!(
                    name,
                    "Recipe" | "Review" | "Book" | "CreativeWork" | "Article" | "TechArticle" | "HowTo"
                )
        }) {
            Subject::Article
        } else if is(|name| name.ends_with("Page")) {
            Subject::Page
        } else if is(|name| name == "WebSite") {
            Subject::Site
        } else if is(|name| name == "Person") {
            Subject::Person
        } else if is(|name| name.ends_with("Organization") || name == "Corporation") {
            Subject::Organization
        } else if is(|name| name == "BreadcrumbList") {
            Subject::Breadcrumb
        } else {
            Subject::Other
        },
    )
}

/// The text of a value: a string, an object's `name`, `@value`, `url` or `@id`, or the first text in a list.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        Value::Object(fields) => ["name", "@value", "url", "@id"]
            .iter()
            .find_map(|key| fields.get(*key).and_then(Value::as_str)),
        Value::Array(items) => items.iter().find_map(|item| match item {
            // Nested lists are not supported, so the recursion ends after one step, however deeply a hostile block is
            // nested.
            Value::Array(_) => None,
            item => text(item),
        }),
        _ => None,
    }
}
