//! The metadata fields in a common form for text and JSON output.

use feedwright::{
    article::{Article, Kind},
    extract::{
        Author, EnclosureSource, Metadata, Picture,
        evidence::{Derived, Loser, Origin},
    },
    front_matter::Dialect,
};
use serde_json::{Map, Value, json};

/// A field of the metadata.
pub(super) struct Field<'a> {
    pub(super) name: &'static str,
    /// Whether the text output shows the field even if it has no value.
    pub(super) is_expected: bool,
    pub(super) value: Option<FieldValue<'a>>,
}

/// The value of a field, with its origin and the other candidates.
pub(super) struct FieldValue<'a> {
    /// The value in the text output.
    pub(super) text: String,
    /// The value in the JSON output.
    pub(super) json: Value,
    /// Additional properties, such as the credit and license of an image.
    pub(super) details: Vec<(&'static str, &'a str)>,
    pub(super) confidence: f64,
    pub(super) origin: &'a Origin,
    pub(super) raw: &'a str,
    pub(super) confirmed_by: &'a [Origin],
    pub(super) notes: &'a [String],
    pub(super) losers: &'a [Loser],
}

/// The fields, in output order.
pub(super) fn fields(metadata: &Metadata) -> Vec<Field<'_>> {
    let m = metadata;
    vec![
        expected(
            "title",
            m.title
                .as_ref()
                .map(|d| field_value(d, d.value.clone(), json!(d.value))),
        ),
        expected("published", m.published.as_ref().map(|d| displayed_value(d, &d.value))),
        optional("updated", m.updated.as_ref().map(|d| displayed_value(d, &d.value))),
        expected(
            "summary",
            m.summary
                .as_ref()
                .map(|d| field_value(d, d.value.clone(), json!(d.value))),
        ),
        expected("authors", m.authors.as_ref().map(authors)),
        expected("language", m.language.as_ref().map(|d| displayed_value(d, &d.value))),
        expected("image", m.image.as_ref().map(image)),
        expected(
            "categories",
            m.categories
                .as_ref()
                .map(|d| field_value(d, d.value.join(", "), json!(d.value))),
        ),
        expected(
            "link",
            m.link.as_ref().map(|d| field_value(d, d.value.clone(), json!(d.value))),
        ),
        optional(
            "id",
            m.id.as_ref().map(|d| field_value(d, d.value.clone(), json!(d.value))),
        ),
        optional(
            "draft",
            m.draft
                .as_ref()
                .map(|d| field_value(d, yes_or_no(d.value), json!(d.value))),
        ),
        optional("expires", m.expires.as_ref().map(|d| displayed_value(d, &d.value))),
        optional("enclosures", m.enclosures.as_ref().map(enclosures)),
    ]
}

fn expected<'a>(name: &'static str, value: Option<FieldValue<'a>>) -> Field<'a> {
    Field {
        name,
        is_expected: true,
        value,
    }
}

fn optional<'a>(name: &'static str, value: Option<FieldValue<'a>>) -> Field<'a> {
    Field {
        name,
        is_expected: false,
        value,
    }
}

fn field_value<T>(derived: &Derived<T>, text: String, json: Value) -> FieldValue<'_> {
    FieldValue {
        text,
        json,
        details: Vec::new(),
        // The weights have at most three decimal places. More digits would only show the rounding error of `f32`.
        confidence: (f64::from(derived.confidence) * 1000.0).round() / 1000.0,
        origin: &derived.origin,
        raw: &derived.raw,
        confirmed_by: &derived.confirmed_by,
        notes: &derived.notes,
        losers: &derived.losers,
    }
}

fn displayed_value<'a, T>(derived: &'a Derived<T>, value: &impl ToString) -> FieldValue<'a> {
    let text = value.to_string();
    let json = json!(text);
    field_value(derived, text, json)
}

fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

fn authors(derived: &Derived<Vec<Author>>) -> FieldValue<'_> {
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
    field_value(derived, names.join(", "), objects.collect())
}

fn image(derived: &Derived<Picture>) -> FieldValue<'_> {
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
    let mut value = field_value(derived, picture.src.clone(), json);
    value.details = details
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
        .collect();
    value
}

fn enclosures(derived: &Derived<Vec<EnclosureSource>>) -> FieldValue<'_> {
    let addresses: Vec<&str> = derived.value.iter().map(|enclosure| enclosure.src.as_str()).collect();
    let objects = derived.value.iter().map(|enclosure| {
        object([
            ("url", json!(enclosure.src)),
            ("length", json!(enclosure.length)),
            ("type", json!(enclosure.media_type)),
            ("title", json!(enclosure.title)),
        ])
    });
    field_value(derived, addresses.join(", "), objects.collect())
}

/// A JSON object with the pairs that have a value.
fn object(pairs: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(pairs.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

/// Formats an article's kind: `Markdown, YAML front matter`.
pub(super) fn format_kind(article: &Article<'_>) -> String {
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
