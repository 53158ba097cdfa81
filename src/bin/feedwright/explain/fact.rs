//! Every field of the metadata in one shape, for both ways of printing it.

use feedwright::{
    article::{Article, Kind},
    extract::{
        Author, EnclosureSource, Metadata, Picture,
        evidence::{Derived, Loser, Origin},
    },
    front_matter::Dialect,
};
use serde_json::{Map, Value, json};

/// A field, with its value if it has one.
pub(super) struct Fact<'a> {
    pub(super) field: &'static str,
    /// Whether its absence is worth telling.
    pub(super) is_expected: bool,
    pub(super) told: Option<Told<'a>>,
}

/// A value, and why it is that one.
pub(super) struct Told<'a> {
    /// The value for people.
    pub(super) text: String,
    /// The value for programs.
    pub(super) json: Value,
    /// What belongs to the value: an image's credit and licence.
    pub(super) details: Vec<(&'static str, &'a str)>,
    pub(super) confidence: f64,
    pub(super) origin: &'a Origin,
    pub(super) raw: &'a str,
    pub(super) confirmed_by: &'a [Origin],
    pub(super) notes: &'a [String],
    pub(super) losers: &'a [Loser],
}

/// The fields in the order in which they are told.
pub(super) fn facts(metadata: &Metadata) -> Vec<Fact<'_>> {
    let m = metadata;
    vec![
        expected(
            "title",
            m.title.as_ref().map(|d| told(d, d.value.clone(), json!(d.value))),
        ),
        expected("published", m.published.as_ref().map(|d| displayed(d, &d.value))),
        optional("updated", m.updated.as_ref().map(|d| displayed(d, &d.value))),
        expected(
            "summary",
            m.summary.as_ref().map(|d| told(d, d.value.clone(), json!(d.value))),
        ),
        expected("authors", m.authors.as_ref().map(authors)),
        expected("language", m.language.as_ref().map(|d| displayed(d, &d.value))),
        expected("image", m.image.as_ref().map(image)),
        expected(
            "categories",
            m.categories
                .as_ref()
                .map(|d| told(d, d.value.join(", "), json!(d.value))),
        ),
        expected(
            "link",
            m.link.as_ref().map(|d| told(d, d.value.clone(), json!(d.value))),
        ),
        optional("id", m.id.as_ref().map(|d| told(d, d.value.clone(), json!(d.value)))),
        optional(
            "draft",
            m.draft.as_ref().map(|d| told(d, yes_or_no(d.value), json!(d.value))),
        ),
        optional("expires", m.expires.as_ref().map(|d| displayed(d, &d.value))),
        optional("enclosures", m.enclosures.as_ref().map(enclosures)),
    ]
}

fn expected<'a>(field: &'static str, told: Option<Told<'a>>) -> Fact<'a> {
    Fact {
        field,
        is_expected: true,
        told,
    }
}

fn optional<'a>(field: &'static str, told: Option<Told<'a>>) -> Fact<'a> {
    Fact {
        field,
        is_expected: false,
        told,
    }
}

fn told<T>(derived: &Derived<T>, text: String, json: Value) -> Told<'_> {
    Told {
        text,
        json,
        details: Vec::new(),
        // Three decimals are more than anybody measured.
        confidence: (f64::from(derived.confidence) * 1000.0).round() / 1000.0,
        origin: &derived.origin,
        raw: &derived.raw,
        confirmed_by: &derived.confirmed_by,
        notes: &derived.notes,
        losers: &derived.losers,
    }
}

fn displayed<'a, T>(derived: &'a Derived<T>, value: &impl ToString) -> Told<'a> {
    let text = value.to_string();
    let json = json!(text);
    told(derived, text, json)
}

fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

fn authors(derived: &Derived<Vec<Author>>) -> Told<'_> {
    let names: Vec<String> = derived
        .value
        .iter()
        .map(|author| match author.email.as_ref().or(author.url.as_ref()) {
            Some(more) => format!("{} <{more}>", author.name),
            None => author.name.clone(),
        })
        .collect();
    let objects = derived.value.iter().map(|author| {
        object([
            ("name", json!(author.name)),
            ("email", json!(author.email)),
            ("uri", json!(author.url)),
        ])
    });
    told(derived, names.join(", "), objects.collect())
}

fn image(derived: &Derived<Picture>) -> Told<'_> {
    let picture = &derived.value;
    let details = [
        ("alt", &picture.alt),
        ("caption", &picture.caption),
        ("credit", &picture.credit),
        ("credit_url", &picture.credit_url),
        ("license", &picture.license),
        ("license_url", &picture.license_url),
    ];
    let url = ("url", json!(picture.src));
    let json = object([url].into_iter().chain(details.map(|(key, value)| (key, json!(value)))));
    let mut told = told(derived, picture.src.clone(), json);
    told.details = details
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
        .collect();
    told
}

fn enclosures(derived: &Derived<Vec<EnclosureSource>>) -> Told<'_> {
    let addresses: Vec<&str> = derived.value.iter().map(|enclosure| enclosure.src.as_str()).collect();
    let objects = derived.value.iter().map(|enclosure| {
        object([
            ("url", json!(enclosure.src)),
            ("length", json!(enclosure.length)),
            ("type", json!(enclosure.media_type)),
            ("title", json!(enclosure.title)),
        ])
    });
    told(derived, addresses.join(", "), objects.collect())
}

/// An object without the keys that have no value.
fn object(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(pairs.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

/// What an article is: `Markdown, YAML front matter`.
pub(super) fn kind(article: &Article<'_>) -> String {
    let body = match article.kind {
        Kind::Markdown => "Markdown",
        Kind::Html => "HTML",
        Kind::PlainText => "plain text",
    };
    let front_matter = match article.front_matter.dialect {
        Dialect::None => return body.to_owned(),
        Dialect::Yaml => "YAML",
        Dialect::Toml => "TOML",
        Dialect::Json => "JSON",
        Dialect::Header => "`Key: value`",
        Dialect::Other(name) => name,
    };
    format!("{body}, {front_matter} front matter")
}
