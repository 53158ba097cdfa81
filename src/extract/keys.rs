//! Which front matter keys speak of which field: each key is looked at once, by exact name, then inside of maps,
//! then without a prefix; a misspelt key is taken only when nothing else claims it and the field has no other.

mod known;
mod table;

use std::{borrow::Cow, cell::OnceCell};

use known::Known;

use crate::{
    finding::Location,
    front_matter::{Field, FrontMatter, Value},
    text::squash,
};

/// What a key can speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Name {
    Title,
    Published,
    Updated,
    Expires,
    Summary,
    Author,
    Image,
    ImageAlt,
    ImageCaption,
    ImageCredit,
    ImageCreditUrl,
    ImageLicense,
    ImageLicenseUrl,
    Tags,
    Language,
    Link,
    /// A path or slug that holds an address' last part, and at some sites the date.
    Path,
    Draft,
    Id,
    Enclosure,
    EnclosureLength,
    EnclosureType,
}

impl Name {
    /// The name that the configuration uses for a field.
    fn of_setting(field: &str) -> Option<Self> {
        Some(match field {
            "title" => Name::Title,
            "published" => Name::Published,
            "updated" => Name::Updated,
            "expires" => Name::Expires,
            "summary" => Name::Summary,
            "author" | "authors" => Name::Author,
            "image" => Name::Image,
            "category" | "categories" => Name::Tags,
            "language" => Name::Language,
            "link" => Name::Link,
            "draft" => Name::Draft,
            "id" => Name::Id,
            "enclosure" | "enclosures" => Name::Enclosure,
            _ => return None,
        })
    }
}

/// A key that speaks of a field.
#[derive(Debug, Clone)]
pub(super) struct Claim<'a> {
    pub(super) name: Name,
    /// How often such a key means this field.
    pub(super) weight: f32,
    /// Its place in the table of names: lower is preferred among keys of equal weight.
    rank: u16,
    /// The key as written, with the keys of the maps around it: `seo.title`.
    pub(super) key: Cow<'a, str>,
    pub(super) value: &'a Value,
    pub(super) line: u32,
    column: u32,
    /// What is worth telling about the key: it was misspelt, or had a prefix.
    pub(super) note: Option<&'static str>,
}

impl Claim<'_> {
    /// The place of the value, for a finding. What was written there stands in for the line itself.
    pub(super) fn location(&self) -> Location {
        let text = written(self.value);
        let first = text.lines().next().unwrap_or_default();
        let mut place = Location::within_line(first, 0..first.len(), self.line);
        if self.column > 1 {
            place.column = self.column;
            place.excerpt_column = self.column;
        } else {
            place = Location::line(self.line);
        }
        place
    }

    /// The squashed key without the part that says what it holds: `figure` of `figure_author`, `cover` of `cover.src`.
    pub(super) fn stem(&self) -> String {
        let key = squash(&self.key);
        table::STEMS
            .iter()
            .filter(|stem| key.starts_with(**stem))
            .max_by_key(|stem| stem.len())
            .map_or_else(String::new, |stem| (*stem).to_owned())
    }
}

/// A value as it may be shown: scalars as written, the rest in brackets.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Scalar { text, .. } => text.clone(),
        Value::List(items) => {
            let items: Vec<&str> = items.iter().take(20).filter_map(Value::text).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .take(20)
                .map(|field| format!("{}: {}", field.key, field.value.text().unwrap_or("…")))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

/// The keys of one article's front matter, sorted by what they speak of.
#[derive(Debug, Default)]
pub(super) struct Keys<'a> {
    claims: Vec<Claim<'a>>,
    unclaimed: Vec<(String, &'a Field)>,
    /// What the unclaimed keys may be meant for; looked for when a field has no other.
    misspelt: OnceCell<Vec<(Name, u16, &'a Field)>>,
}

/// An exact name is what its author meant.
const EXACT: f32 = 0.95;
/// In a map of the dialect's own (`extra`, `params`, `seo`).
const NESTED: f32 = 0.9;
/// A second choice: right when alone, but meant for a platform or another purpose.
const SECOND: f32 = 0.8;
/// `page_x`: right in all but 15 of 100 keys.
const PREFIXED: f32 = 0.85;
/// One typing error away: right in three of four.
const MISSPELT: f32 = 0.75;

/// Maps are looked into so deep: `seo.og.title`.
const DEPTH: usize = 3;
/// More keys than any honest front matter has; the rest is not looked at.
const MOST_KEYS: usize = 1000;

impl<'a> Keys<'a> {
    pub(super) fn of(front_matter: &'a FrontMatter, aliases: &[(String, String)]) -> Self {
        let mut keys = Keys::default();
        let known = Known::get();
        let mut todo: Vec<(usize, String, String, &'a Field)> = Vec::new();
        let mut seen = 0;
        for field in &front_matter.fields {
            keys.classify(known, aliases, &mut todo, 0, "", "", field);
            seen += 1;
            if seen > MOST_KEYS {
                break;
            }
        }
        // A stack would take the last map first: the queue keeps the order of the file.
        let mut at = 0;
        while let Some((depth, path, squashed, field)) = todo.get(at).cloned() {
            at += 1;
            if let Value::Map(children) = &field.value {
                for child in children.iter().take(MOST_KEYS) {
                    keys.classify(known, aliases, &mut todo, depth, &path, &squashed, child);
                }
            }
            seen += 1;
            if seen > MOST_KEYS {
                break;
            }
        }
        keys.claims
            .sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.rank.cmp(&b.rank)));
        keys
    }

    #[expect(clippy::too_many_arguments, reason = "the state of a walk that must not recurse")]
    fn classify(
        &mut self,
        known: &Known,
        aliases: &[(String, String)],
        todo: &mut Vec<(usize, String, String, &'a Field)>,
        depth: usize,
        path: &str,
        squashed_path: &str,
        field: &'a Field,
    ) {
        let own = squash(&field.key);
        let (key, joined) = if depth == 0 {
            (Cow::Borrowed(field.key.as_str()), None)
        } else {
            (
                Cow::Owned(format!("{path}.{}", field.key)),
                Some(format!("{squashed_path}{own}")),
            )
        };
        let full = joined.as_ref().unwrap_or(&own);
        if matches!(field.value, Value::Map(_)) && depth < DEPTH {
            todo.push((depth + 1, key.to_string(), full.clone(), field));
        }
        let claims_before = self.claims.len();
        for (setting, alias) in aliases {
            if let Some(name) = Name::of_setting(setting)
                && squash(alias) == *full
            {
                self.claim(name, EXACT + 0.02, 0, &key, field, None);
            }
        }
        for &(name, rank, weight) in known.names(full) {
            self.claim(name, weight, rank, &key, field, None);
        }
        if self.claims.len() > claims_before {
            return;
        }
        if let Some(name) = Known::detail(full) {
            self.claim(name, EXACT, 0, &key, field, None);
            return;
        }
        let in_known_map = depth > 0 && known.parents.contains(squashed_path);
        if in_known_map {
            for &(name, rank, weight) in known.names(&own) {
                self.claim(name, weight.min(NESTED), rank, &key, field, None);
            }
        } else if depth == 0
            && let Some(rest) = without_prefix(&field.key)
        {
            for &(name, rank, weight) in known.names(&squash(rest)) {
                self.claim(
                    name,
                    weight.min(PREFIXED),
                    rank,
                    &key,
                    field,
                    Some("the key has a prefix"),
                );
            }
        }
        if self.claims.len() == claims_before && depth == 0 {
            self.unclaimed.push((own, field));
        }
    }

    #[expect(clippy::ptr_arg, reason = "a key that is borrowed stays borrowed")]
    fn claim(
        &mut self,
        name: Name,
        weight: f32,
        rank: u16,
        key: &Cow<'a, str>,
        field: &'a Field,
        note: Option<&'static str>,
    ) {
        self.claims.push(Claim {
            name,
            weight,
            rank,
            key: key.clone(),
            value: &field.value,
            line: field.line,
            column: field.column,
            note,
        });
    }

    /// The text of the preferred key of a field.
    pub(super) fn first_text(&self, name: Name) -> Option<&'a str> {
        let mut claims = self.claims.iter().filter(|claim| claim.name == name);
        claims.find_map(|claim| claim.value.text().map(str::trim).filter(|text| !text.is_empty()))
    }

    /// The keys that speak of a field, the preferred one first; misspelt ones only if there is no other.
    pub(super) fn of_name(&self, name: Name) -> Vec<Claim<'a>> {
        let found: Vec<Claim<'a>> = self.claims.iter().filter(|claim| claim.name == name).cloned().collect();
        if found.iter().any(|claim| !is_empty(claim.value)) || self.unclaimed.is_empty() {
            return found;
        }
        let mut found = found;
        let misspelt = self.misspelt().iter().filter(|(alike, ..)| *alike == name);
        found.extend(misspelt.map(|&(name, rank, field)| Claim {
            name,
            weight: MISSPELT,
            rank,
            key: Cow::Borrowed(&field.key),
            value: &field.value,
            line: field.line,
            column: field.column,
            note: Some("the key is misspelt"),
        }));
        found
    }

    fn misspelt(&self) -> &[(Name, u16, &'a Field)] {
        self.misspelt.get_or_init(|| {
            let alike = |(squashed, field): &(String, &'a Field)| {
                let field = *field;
                let names = Known::get().misspelt(squashed).into_iter();
                names.map(move |(name, rank)| (name, rank, field))
            };
            self.unclaimed.iter().flat_map(alike).collect()
        })
    }
}

/// Whether a value says nothing: null, blank, an empty list or map.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Scalar { text, .. } => text.trim().is_empty(),
        Value::List(items) => items.iter().all(|item| matches!(item, Value::Null)),
        Value::Map(fields) => fields.is_empty(),
    }
}

/// What follows a known prefix that ends visibly, at a separator or an upper-case letter: `data` of `metadata` does not.
fn without_prefix(key: &str) -> Option<&str> {
    table::PREFIXES.iter().find_map(|prefix| {
        let head = key.get(..prefix.len())?;
        let rest = key.get(prefix.len()..)?;
        let ends = rest.starts_with(['_', '-', ':', '.', ' ']) || rest.starts_with(char::is_uppercase);
        (ends && head.eq_ignore_ascii_case(prefix)).then_some(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(key: &str, value: Value) -> Field {
        Field {
            key: key.to_owned(),
            value,
            line: 1,
            column: 1,
        }
    }

    fn scalar(text: &str) -> Value {
        Value::Scalar {
            text: text.to_owned(),
            quoted: false,
        }
    }

    fn named(key: &str) -> Vec<Name> {
        let front_matter = FrontMatter {
            fields: vec![field(key, scalar("x"))],
            ..FrontMatter::default()
        };
        let keys = Keys::of(&front_matter, &[]);
        let all = [
            Name::Title,
            Name::Published,
            Name::Updated,
            Name::Summary,
            Name::Author,
            Name::Image,
            Name::ImageAlt,
            Name::ImageCaption,
            Name::ImageCredit,
            Name::ImageLicenseUrl,
            Name::Draft,
            Name::Link,
        ];
        all.into_iter().filter(|name| !keys.of_name(*name).is_empty()).collect()
    }

    #[test]
    fn keys_speak_of_fields() {
        let cases: &[(&str, &[Name])] = &[
            ("title", &[Name::Title]),
            ("Page Title", &[Name::Title]),
            ("tittle", &[Name::Title]),
            ("twitter_tittle", &[Name::Title]),
            ("descripton", &[Name::Summary]),
            ("date-modified", &[Name::Updated]),
            ("published", &[Name::Published, Name::Draft]),
            ("figure_author", &[Name::ImageCredit]),
            ("figure_license_url", &[Name::ImageLicenseUrl]),
            ("figure_p", &[Name::ImageCaption]),
            ("bannerCredit", &[Name::ImageCredit]),
            ("newsAuthor", &[Name::Author]),
            ("metadata", &[]),
            ("date_extracted", &[]),
            ("event_date", &[]),
            ("标题", &[Name::Title]),
            ("blog_url", &[Name::Link]),
        ];
        for (key, names) in cases {
            assert_eq!(&named(key), names, "{key}");
        }
    }

    #[test]
    fn maps_are_looked_into() {
        let inner = Value::Map(vec![field("author", scalar("Jane"))]);
        let photo = Value::Map(vec![field("author", scalar("Ann"))]);
        let front_matter = FrontMatter {
            fields: vec![field("extra", inner), field("photo", photo)],
            ..FrontMatter::default()
        };
        let keys = Keys::of(&front_matter, &[]);
        assert_eq!(keys.of_name(Name::Author).len(), 1);
        assert_eq!(keys.of_name(Name::Author)[0].key, "extra.author");
        assert_eq!(keys.of_name(Name::ImageCredit)[0].key, "photo.author");
    }
}
