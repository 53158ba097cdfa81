//! The types of the values in the configuration file. Values are parsed while the YAML is read, so errors have a line
//! and a column.

use std::{collections::BTreeSet, fmt, marker::PhantomData};

use chrono::NaiveTime;
use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, MapAccess, SeqAccess, Visitor, value},
};

use super::{Content, fault::Fault, read};
use crate::{
    check::Level,
    finding::Rule,
    html,
    model::Email,
    render::Format,
    text::{PlainText, language::Language},
    time::Zone,
    url::Url,
};

/// Declares the types of values that are written as text. Each type is declared with the function that parses the text.
macro_rules! text_values {
    ($($(#[$doc:meta])* $name:ident($type:ty) = $read:path, $expecting:literal $(, $schema:tt)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) struct $name(pub(super) $type);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(TextVisitor { expecting: $expecting, read: $read }).map($name)
            }
        }

        #[cfg(feature = "cli")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                #[allow(unused_mut, unused_assignments)]
                let mut schema = schemars::json_schema!({ "type": "string" });
                $(schema = schemars::json_schema!($schema);)?
                schema
            }
        }
    )*};
}

text_values! {
    // A title such as `1984` is a number in YAML, so the schema allows numbers.
    Line(PlainText) = read::line, "text", { "type": ["string", "number"] };
    Address(Url) = read::address, "an absolute http(s) address", { "type": "string", "format": "uri", "pattern": "^https?://" };
    SiteAddress(Url) = read::site_address, "an absolute http(s) address", { "type": "string", "format": "uri", "pattern": "^https?://" };
    Reference(String) = read::reference, "an address", { "type": "string", "format": "uri-reference" };
    Mail(Email) = read::email, "an e-mail address", { "type": "string", "format": "email" };
    Tag(Language) = read::language, "a language tag such as `en` or `pt-BR`";
    ZoneName(Zone) = read::zone, "a time zone such as `Europe/Berlin`";
    TimeOfDay(NaiveTime) = read::time_of_day, "a time of day such as `09:00`", { "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$" };
    Authority(String) = read::authority, "an authority and a date such as `example.org,2026`", { "type": "string", "pattern": "^[^,]+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" };
    LinkPattern(String) = read::link_pattern, "a pattern such as `{path}/`";
    FeedPath(String) = read::feed_path, "a file name such as `rss.xml`";
    FolderPath(String) = read::folder, "a folder";
    Glob(String) = read::glob, "a glob such as `**/*.md`";
    Key(String) = read::key, "a front matter key";
    FormatName(Format) = read::format, "`rss`, `atom` or `json`", { "type": "string", "enum": ["rss", "atom", "json"] };
    RuleId(&'static Rule) = read::rule, "the id of a rule such as `rss-guid-missing`";
    LevelName(Level) = read::level, "`off`, `advice`, `warning` or `error`", { "type": "string", "enum": ["off", "advice", "warning", "error"] };
    // `30` without the percent sign is a number in YAML, so the schema allows numbers.
    Percent(u32) = read::percent, "a percentage such as `30%`", { "type": ["string", "number"], "pattern": "^(100|[0-9]{1,2}) ?%?$", "minimum": 0, "maximum": 100 };
    Days(u32) = read::days, "a number of days", { "type": "integer", "minimum": 1, "maximum": (read::MAX_DAYS) };
    Hours(u32) = read::hours, "a number of hours", { "type": "integer", "minimum": 1, "maximum": (read::MAX_HOURS) };
    HtmlLevel(html::Level) = read::html_level, "`strict`, `standard` or `trusted`", { "type": "string", "enum": ["strict", "standard", "trusted"] };
    ContentName(Content) = read::content, "`full` or `summary`", { "type": "string", "enum": ["full", "summary"] };
}

struct TextVisitor<T> {
    expecting: &'static str,
    read: fn(&str) -> Result<T, Fault>,
}

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(Fault::pack)
    }
}

/// A value, or a list of values.
#[derive(Debug, Clone)]
pub(super) struct OneOrMany<T>(pub(super) Vec<T>);

// Deriving `Default` would require `T: Default`.
impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        OneOrMany(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

// `deserialize_any` parses an unquoted number and discards its text: `1.10` would become `1.1`. Therefore, a value that
// may also be a list cannot be an unquoted number. Other values are read with `deserialize_str`, which returns the text
// of a number.
struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a list; a number must be in quotes here")
    }

    // A key without a value, such as `exclude:`, is null in YAML. It means an empty list.
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(OneOrMany::default())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::deserialize(text.into_deserializer()).map(|one| OneOrMany(vec![one]))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(value::MapAccessDeserializer::new(map)).map(|one| OneOrMany(vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(value::SeqAccessDeserializer::new(seq)).map(OneOrMany)
    }
}

/// A mapping whose keys are chosen by the user. The pairs are in the order of the file.
#[derive(Debug, Clone)]
pub(super) struct Pairs<K, V>(pub(super) Vec<(K, V)>);

impl<K, V> Default for Pairs<K, V> {
    fn default() -> Self {
        Pairs(Vec::new())
    }
}

impl AsRef<str> for RuleId {
    fn as_ref(&self) -> &str {
        self.0.id
    }
}

impl AsRef<str> for Glob {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de, K: Deserialize<'de> + AsRef<str>, V: Deserialize<'de>> Deserialize<'de> for Pairs<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsVisitor(PhantomData))
    }
}

struct PairsVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + AsRef<str>, V: Deserialize<'de>> Visitor<'de> for PairsVisitor<K, V> {
    type Value = Pairs<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping: indented lines of `key: value`")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Pairs::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs: Vec<(K, V)> = Vec::new();
        let mut names = BTreeSet::new();
        while let Some((key, value)) = map.next_entry::<K, V>()? {
            // Serde rejects duplicate keys only in structs, so check for duplicate keys here. A rule's former id counts
            // as its current id.
            if !names.insert(key.as_ref().to_owned()) {
                let message = format!("duplicate key `{}`", key.as_ref());
                return Err(Fault::new(message, "remove one of them").pack());
            }
            pairs.push((key, value));
        }
        Ok(Pairs(pairs))
    }
}

/// A value in its short form (text or a list) or in its long form (a mapping).
#[derive(Debug, Clone)]
pub(super) enum Written<S, L> {
    Short(S),
    Long(L),
}

impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Deserialize<'de> for Written<S, L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrittenVisitor(PhantomData))
    }
}

struct WrittenVisitor<S, L>(PhantomData<(S, L)>);

impl<'de, S: Deserialize<'de>, L: Deserialize<'de>> Visitor<'de> for WrittenVisitor<S, L> {
    type Value = Written<S, L>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a mapping; a number must be in quotes here")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        S::deserialize(text.into_deserializer()).map(Written::Short)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
        S::deserialize(value::SeqAccessDeserializer::new(seq)).map(Written::Short)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        L::deserialize(value::MapAccessDeserializer::new(map)).map(Written::Long)
    }
}
