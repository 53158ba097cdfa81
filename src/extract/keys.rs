//! Determines which front matter key sets which metadata field.
//!
//! Every key is looked up once: by its full name, then as a key in a known map (`seo.title`), then without a known
//! prefix (`page_title`). A key that looks misspelled is used only if it is not the exact name of another field, and
//! only if no other key has a value for the field that it seems to mean.

mod index;
mod table;

use std::{borrow::Cow, cell::OnceCell};

use index::{AliasIndex, picture_detail};

use crate::{
    finding::Location,
    front_matter::{Field, FrontMatter, Value},
    text::squash,
};

/// The field that a front matter key sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
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
    /// A path or slug, which provides the last part of the permalink and, on some sites, the date.
    Path,
    Draft,
    Id,
    Enclosure,
    EnclosureLength,
    EnclosureType,
}

impl Target {
    /// Parses a field name from the configuration's `aliases`.
    fn from_setting(field: &str) -> Option<Self> {
        Some(match field {
            "title" => Target::Title,
            "published" => Target::Published,
            "updated" => Target::Updated,
            "expires" => Target::Expires,
            "summary" => Target::Summary,
            "author" | "authors" => Target::Author,
            "image" => Target::Image,
            "category" | "categories" => Target::Tags,
            "language" => Target::Language,
            "link" => Target::Link,
            "draft" => Target::Draft,
            "id" => Target::Id,
            "enclosure" | "enclosures" => Target::Enclosure,
            _ => return None,
        })
    }
}

/// A front matter key that sets a field.
#[derive(Debug, Clone)]
pub(super) struct MatchedKey<'a> {
    pub(super) target: Target,
    /// The probability that a key of this kind, such as a nested or a misspelled key, means the field. See [`EXACT`]
    /// and the constants below it.
    pub(super) weight: f32,
    /// The position of the key's name in the field's row of [`table::ALIASES`]. Among keys with the same weight, the
    /// one with the lowest rank is preferred.
    pub(super) rank: u16,
    /// The key as written, preceded by the keys of the enclosing maps: `seo.title`.
    pub(super) path: Cow<'a, str>,
    pub(super) value: &'a Value,
    pub(super) line: u32,
    column: u32,
    /// A note that the key is misspelled or has a prefix; `None` for all other keys.
    pub(super) note: Option<&'static str>,
}

impl MatchedKey<'_> {
    /// The location of the value, for a finding. The value is used as the excerpt, because the original line is no
    /// longer available.
    pub(super) fn location(&self) -> Location {
        let text = display_value(self.value);
        let first = text.lines().next().unwrap_or_default();
        // The column is unknown if the value does not start on the key's line, or if that line is very long.
        if self.column <= 1 {
            return Location::line(self.line);
        }
        let mut location = Location::within_line(first, 0..first.len(), self.line);
        location.column = self.column;
        location.excerpt_column = self.column;
        location
    }

    /// The first part of the key, which shows which picture the key describes: `figure` for `figure_author`, `cover`
    /// for `cover.src`. Empty for keys such as `alt`.
    pub(super) fn stem(&self) -> String {
        let key = squash(&self.path);
        table::STEMS
            .iter()
            .filter(|stem| key.starts_with(**stem))
            // The longest match is used, because `headerimage` also starts with `header`.
            .max_by_key(|stem| stem.len())
            .map_or_else(String::new, |stem| (*stem).to_owned())
    }
}

/// Formats a value for a finding: scalars as written, lists and maps in brackets.
pub(super) fn display_value(value: &Value) -> String {
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

/// The front matter keys of one article, matched to the fields that they set.
#[derive(Debug, Default)]
pub(super) struct Keys<'a> {
    matched: Vec<MatchedKey<'a>>,
    /// Top-level keys that set no field, each with its squashed name.
    unmatched: Vec<(String, &'a Field)>,
    /// The unmatched keys that are probably misspelled, each with the field that it was meant to set. Computed only
    /// when needed: when a field is looked up and no matched key has a value for it.
    misspelled: OnceCell<Vec<(Target, u16, &'a Field)>>,
}

// If several keys in an article set the same field, these weights determine which key is used. They were set by hand so
// that the right key wins in a set of labeled Markdown posts from 29 real sites; only the shares for `PREFIXED` and
// `MISSPELLED` were measured. If `explain` shows that keys are often matched to the wrong field, lower all of the
// weights.

/// A key that is exactly a known name for the field.
const EXACT: f32 = 0.95;
/// A key from the configuration, which is preferred over all others.
const CONFIGURED: f32 = EXACT + 0.02;
/// A key in a map that groups the article's fields (`extra`, `params`, `seo`).
const NESTED: f32 = 0.9;
/// A name that is meant for a specific platform or for another purpose. It is usable if there is no better key.
const SECONDARY: f32 = 0.8;
/// `page_x`: 85% of such keys mean `x`.
const PREFIXED: f32 = 0.85;
/// A key that is one typo away from a known name: three in four such keys mean that name.
const MISSPELLED: f32 = 0.75;

/// Nested maps are searched to this depth. `seo.og.title` has a depth of 2.
const MAX_DEPTH: usize = 3;
/// The maximum number of keys. Further keys are ignored; real front matter never has so many.
const MAX_KEYS: usize = 1000;

/// A map whose keys have not been looked up yet.
#[derive(Clone)]
struct Parent<'a> {
    /// The depth of the map's keys.
    depth: usize,
    path: String,
    squashed: String,
    field: &'a Field,
}

impl<'a> Keys<'a> {
    /// Looks up every key; `aliases` contains (field, key) pairs from the configuration.
    pub(super) fn new(front_matter: &'a FrontMatter, aliases: &[(String, String)]) -> Self {
        let mut keys = Keys::default();
        let mut parents: Vec<Parent<'a>> = Vec::new();
        let mut count = 0;
        for field in &front_matter.fields {
            keys.look_up(field, None, aliases, &mut parents);
            count += 1;
            if count > MAX_KEYS {
                break;
            }
        }
        // `parents` is used as a queue, not as a stack, so that keys with the same rank keep their order in the file.
        let mut at = 0;
        while let Some(parent) = parents.get(at).cloned() {
            at += 1;
            if let Value::Map(children) = &parent.field.value {
                for child in children.iter().take(MAX_KEYS) {
                    keys.look_up(child, Some(&parent), aliases, &mut parents);
                }
            }
            count += 1;
            if count > MAX_KEYS {
                break;
            }
        }
        // The sort is stable, so keys with the same weight and rank keep the order in which they were looked up.
        keys.matched
            .sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.rank.cmp(&b.rank)));
        keys
    }

    /// Records which fields a key sets, and queues its value if the value is a map.
    fn look_up(
        &mut self,
        field: &'a Field,
        parent: Option<&Parent<'a>>,
        aliases: &[(String, String)],
        parents: &mut Vec<Parent<'a>>,
    ) {
        let index = AliasIndex::get();
        let own = squash(&field.key);
        let (depth, path, joined) = match parent {
            None => (0, Cow::Borrowed(field.key.as_str()), None),
            Some(parent) => (
                parent.depth,
                Cow::Owned(format!("{}.{}", parent.path, field.key)),
                Some(format!("{}{own}", parent.squashed)),
            ),
        };
        let full = joined.as_ref().unwrap_or(&own);
        if matches!(field.value, Value::Map(_)) && depth < MAX_DEPTH {
            parents.push(Parent {
                depth: depth + 1,
                path: path.to_string(),
                squashed: full.clone(),
                field,
            });
        }
        let key = |target, weight, rank, note| MatchedKey {
            target,
            weight,
            rank,
            path: path.clone(),
            value: &field.value,
            line: field.line,
            column: field.column,
            note,
        };
        let matched_before = self.matched.len();
        for (setting, alias) in aliases {
            if let Some(target) = Target::from_setting(setting)
                && squash(alias) == *full
            {
                self.matched.push(key(target, CONFIGURED, 0, None));
            }
        }
        // A name may match two fields: `published` is a date or a flag, depending on its value.
        let exact = index.names(full).iter();
        self.matched
            .extend(exact.map(|&(target, rank, weight)| key(target, weight, rank, None)));
        if self.matched.len() > matched_before {
            return;
        }
        // Maps that describe a picture are checked before other maps: `photo.author` is the photographer, but
        // `extra.author` is the author.
        if let Some(target) = picture_detail(full) {
            self.matched.push(key(target, EXACT, 0, None));
            return;
        }
        if parent.is_some_and(|parent| index.parents.contains(&parent.squashed)) {
            let nested = index.names(&own).iter();
            self.matched
                .extend(nested.map(|&(target, rank, weight)| key(target, weight.min(NESTED), rank, None)));
        } else if depth == 0
            && let Some(rest) = without_prefix(&field.key)
        {
            let note = Some("the key has a prefix");
            let rest = squash(rest);
            let prefixed = index.names(&rest).iter();
            self.matched
                .extend(prefixed.map(|&(target, rank, weight)| key(target, weight.min(PREFIXED), rank, note)));
        }
        if self.matched.len() == matched_before && depth == 0 {
            self.unmatched.push((own, field));
        }
    }

    /// The first value that is text and not blank. The keys that set the field are searched in order of preference.
    pub(super) fn first_text(&self, target: Target) -> Option<&'a str> {
        let mut keys = self.matched.iter().filter(|key| key.target == target);
        keys.find_map(|key| key.value.text().map(str::trim).filter(|text| !text.is_empty()))
    }

    /// The keys that set a field, in order of preference. Misspelled keys are included only if no other key has a
    /// value.
    pub(super) fn matching(&self, target: Target) -> Vec<MatchedKey<'a>> {
        let matched = self.matched.iter().filter(|key| key.target == target);
        let mut found: Vec<MatchedKey<'a>> = matched.cloned().collect();
        if found.iter().any(|key| !is_empty(key.value)) || self.unmatched.is_empty() {
            return found;
        }
        let misspelled = self.misspelled().iter().filter(|(meant, ..)| *meant == target);
        found.extend(misspelled.map(|&(target, rank, field)| MatchedKey {
            target,
            weight: MISSPELLED,
            rank,
            path: Cow::Borrowed(&field.key),
            value: &field.value,
            line: field.line,
            column: field.column,
            note: Some("the key is misspelled"),
        }));
        found
    }

    fn misspelled(&self) -> &[(Target, u16, &'a Field)] {
        self.misspelled.get_or_init(|| {
            let meant = |(squashed, field): &(String, &'a Field)| {
                let field = *field;
                let names = AliasIndex::get().misspelled(squashed).into_iter();
                names.map(move |(target, rank)| (target, rank, field))
            };
            self.unmatched.iter().flat_map(meant).collect()
        })
    }
}

/// Whether the value is null, blank, or an empty list or map.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Scalar { text, .. } => text.trim().is_empty(),
        Value::List(items) => items.iter().all(|item| matches!(item, Value::Null)),
        Value::Map(fields) => fields.is_empty(),
    }
}

/// The key with its known prefix removed, if the prefix is followed by a separator or an uppercase letter.
///
/// Without this condition, `metadata` would become `data`, and `newsletter` would become `letter`.
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

    fn targets(key: &str) -> Vec<Target> {
        let front_matter = FrontMatter {
            fields: vec![field(key, scalar("x"))],
            ..FrontMatter::default()
        };
        let keys = Keys::new(&front_matter, &[]);
        let all = [
            Target::Title,
            Target::Published,
            Target::Updated,
            Target::Summary,
            Target::Author,
            Target::Image,
            Target::ImageAlt,
            Target::ImageCaption,
            Target::ImageCredit,
            Target::ImageLicenseUrl,
            Target::Draft,
            Target::Link,
        ];
        all.into_iter()
            .filter(|target| !keys.matching(*target).is_empty())
            .collect()
    }

    #[test]
    fn keys_set_fields() {
        let cases: &[(&str, &[Target])] = &[
            ("title", &[Target::Title]),
            ("Page Title", &[Target::Title]),
            ("tittle", &[Target::Title]),
            ("twitter_tittle", &[Target::Title]),
            ("descripton", &[Target::Summary]),
            ("date-modified", &[Target::Updated]),
            ("published", &[Target::Published, Target::Draft]),
            ("figure_author", &[Target::ImageCredit]),
            ("figure_license_url", &[Target::ImageLicenseUrl]),
            ("figure_p", &[Target::ImageCaption]),
            ("bannerCredit", &[Target::ImageCredit]),
            ("newsAuthor", &[Target::Author]),
            ("metadata", &[]),
            ("date_extracted", &[]),
            ("event_date", &[]),
            ("标题", &[Target::Title]),
            ("blog_url", &[Target::Link]),
        ];
        for (key, expected) in cases {
            assert_eq!(&targets(key), expected, "{key}");
        }
    }

    #[test]
    fn keys_in_known_maps_set_fields() {
        let inner = Value::Map(vec![field("author", scalar("Jane"))]);
        let photo = Value::Map(vec![field("author", scalar("Ann"))]);
        let front_matter = FrontMatter {
            fields: vec![field("extra", inner), field("photo", photo)],
            ..FrontMatter::default()
        };
        let keys = Keys::new(&front_matter, &[]);
        assert_eq!(keys.matching(Target::Author).len(), 1);
        assert_eq!(keys.matching(Target::Author)[0].path, "extra.author");
        assert_eq!(keys.matching(Target::ImageCredit)[0].path, "photo.author");
    }
}
