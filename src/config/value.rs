//! The single values of the file: each is read into its type where it stands, so that a fault has its line and column.

use std::{fmt, marker::PhantomData};

use chrono::NaiveTime;
use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, MapAccess, SeqAccess, Visitor, value},
};

use super::{Config, Content, fault::Fault};
use crate::{
    model::Email,
    render::Format,
    text::{PlainText, language::Language, nearest},
    time::Zone,
    url::Url,
};

/// Declares types of values that are written as text, each with the function that reads it.
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
    Line(PlainText) = read_line, "a text";
    Address(Url) = read_address, "an absolute http(s) address", { "type": "string", "format": "uri", "pattern": "^https?://" };
    SiteAddress(Url) = read_site_address, "an absolute http(s) address", { "type": "string", "format": "uri", "pattern": "^https?://" };
    Reference(String) = read_reference, "an address", { "type": "string", "format": "uri-reference" };
    Mail(Email) = read_email, "an e-mail address", { "type": "string", "format": "email" };
    Tag(Language) = read_language, "a language tag such as `en` or `pt-BR`";
    ZoneName(Zone) = read_zone, "a time zone such as `Europe/Berlin`";
    TimeOfDay(NaiveTime) = read_time_of_day, "a time of day such as `09:00`", { "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$" };
    Authority(String) = read_authority, "an authority and a date such as `example.org,2026`", { "type": "string", "pattern": "^[^,]+,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" };
    LinkPattern(String) = read_link_pattern, "a pattern such as `{path}/`";
    FeedPath(String) = read_feed_path, "a file name such as `rss.xml`";
    FolderPath(String) = read_folder, "a folder";
    Glob(String) = read_glob, "a glob such as `**/*.md`";
    Key(String) = read_key, "a front matter key";
    FormatName(Format) = read_format, "`rss`, `atom` or `json`", { "type": "string", "enum": ["rss", "atom", "json"] };
    ContentName(Content) = read_content, "`full` or `summary`", { "type": "string", "enum": ["full", "summary"] };
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

/// A value that may stand alone or in a list.
#[derive(Debug, Clone)]
pub(super) struct OneOrMany<T>(pub(super) Vec<T>);

// Not derived: that would ask for `T: Default`.
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

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list; a number needs quotes here")
    }

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

/// A value that is written short, as a text or a list, or long, as a mapping.
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
        f.write_str("a text or a mapping; a number needs quotes here")
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

fn read_line(raw: &str) -> Result<PlainText, Fault> {
    PlainText::new(raw).ok_or_else(|| Fault::new("the text is empty", "write something, or leave the key out"))
}

pub(super) fn read_address(raw: &str) -> Result<Url, Fault> {
    Url::parse(raw).ok_or_else(|| {
        if raw.trim().is_empty() {
            return Fault::new("the address is empty", "write it like `https://example.org/`");
        }
        let bare = raw.trim().trim_start_matches("//");
        let help = match Url::parse(&format!("https://{bare}")) {
            Some(url) if !raw.contains("://") && url.host().contains('.') => format!("write it as `{url}`"),
            _ => "write it like `https://example.org/`".to_owned(),
        };
        Fault::new(format!("`{raw}` is not an absolute http(s) address"), help)
    })
}

pub(super) fn read_site_address(raw: &str) -> Result<Url, Fault> {
    let url = read_address(raw)?;
    if url.as_str().contains(['?', '#']) {
        return Err(Fault::new(
            format!("`{raw}` has a query or a fragment, so it cannot be the start of other addresses"),
            "leave out what starts with `?` or `#`",
        ));
    }
    if url.path().ends_with('/') {
        return Ok(url);
    }
    read_address(&format!("{url}/"))
}

fn read_reference(raw: &str) -> Result<String, Fault> {
    // Any base shows whether the reference can be resolved.
    let resolved = Url::parse("https://example.org/").and_then(|base| base.join(raw));
    if raw.trim().is_empty() || resolved.is_none() {
        let help = "write it like `/icon.png` or `https://example.org/icon.png`";
        return Err(Fault::new(format!("`{raw}` is not an http(s) address"), help));
    }
    Ok(raw.trim().to_owned())
}

fn read_email(raw: &str) -> Result<Email, Fault> {
    Email::new(raw).ok_or_else(|| {
        let help = "write it like `ada@example.org`, without the name";
        Fault::new(format!("`{raw}` is not an e-mail address"), help)
    })
}

fn read_language(raw: &str) -> Result<Language, Fault> {
    Language::new(raw).ok_or_else(|| {
        let help = "write it like `en`, `de-AT` or `zh-Hant`";
        Fault::new(format!("`{raw}` is not a language tag"), help)
    })
}

fn read_zone(raw: &str) -> Result<Zone, Fault> {
    Zone::named(raw.trim()).ok_or_else(|| {
        let names = Zone::names();
        let city = nearest(raw, names.iter().map(String::as_str));
        // `Berlin` alone is nearer to the last part of the name than to the whole.
        let help = match city.or_else(|| zone_of_city(raw, &names)) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "write the name of the IANA database, such as `Europe/Berlin` or `UTC`".to_owned(),
        };
        Fault::new(format!("`{raw}` is not a time zone"), help)
    })
}

fn zone_of_city<'a>(raw: &str, names: &'a [String]) -> Option<&'a str> {
    let city = nearest(raw, names.iter().filter_map(|name| name.rsplit('/').next()))?;
    names
        .iter()
        .find(|name| name.rsplit('/').next() == Some(city))
        .map(String::as_str)
}

fn read_time_of_day(raw: &str) -> Result<NaiveTime, Fault> {
    NaiveTime::parse_from_str(raw.trim(), "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(raw.trim(), "%H:%M:%S"))
        .map_err(|_| {
            let help = "write hours and minutes, such as `\"09:00\"`";
            Fault::new(format!("`{raw}` is not a time of day"), help)
        })
}

/// RFC 4151 section 2.1: a domain name or e-mail address, and a day on which it was the author's.
fn read_authority(raw: &str) -> Result<String, Fault> {
    let is_date = |date: &str| {
        let full = match date.len() {
            4 => format!("{date}-01-01"),
            7 => format!("{date}-01"),
            _ => date.to_owned(),
        };
        full.len() == 10 && chrono::NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok()
    };
    let is_name = |name: &str| {
        name.contains('.')
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._@".contains(&b))
            && name.bytes().filter(|b| *b == b'@').count() <= 1
    };
    match raw.trim().split_once(',') {
        Some((name, date)) if is_name(name) && is_date(date) => Ok(raw.trim().to_owned()),
        _ => Err(Fault::new(
            format!("`{raw}` is not an authority for ids"),
            "write a domain in lower case and a date on which it was yours: `example.org,2026`",
        )),
    }
}

fn read_link_pattern(raw: &str) -> Result<String, Fault> {
    let help = || {
        let fields: Vec<String> = Config::LINK_FIELDS
            .iter()
            .map(|field| format!("`{{{field}}}`"))
            .collect();
        format!("fields are {}", fields.join(", "))
    };
    let mut sample = String::new();
    let mut rest = raw.trim();
    while let Some(at) = rest.find(['{', '}']) {
        sample.push_str(&rest[..at]);
        let field = rest[at..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let Some((field, after)) = field else {
            return Err(Fault::new(format!("a brace in `{raw}` has no partner"), help()));
        };
        if !Config::LINK_FIELDS.contains(&field) {
            let mut fault = Fault::unknown(format!("unknown field `{{{field}}}`"), field, &Config::LINK_FIELDS);
            if !fault.help.starts_with("did you mean") {
                fault.help = help();
            }
            return Err(fault);
        }
        sample.push('1');
        rest = after;
    }
    if sample.is_empty() {
        let message = format!("`{raw}` names no field, so every article would have the same address");
        return Err(Fault::new(message, help()));
    }
    sample.push_str(rest);
    read_reference(&sample)?;
    Ok(raw.trim().to_owned())
}

fn read_feed_path(raw: &str) -> Result<String, Fault> {
    let path = raw.trim().trim_start_matches("./");
    if path.starts_with('/') || path.contains(['\\', ':']) || path.split('/').any(|part| part == "..") {
        return Err(Fault::new(
            format!("the feed `{raw}` would leave the output folder"),
            "write a path below it, with `/`; `output` says where that folder is",
        ));
    }
    let is_file = path
        .split('/')
        .all(|part| !part.is_empty() && part != "." && !part.chars().any(char::is_control));
    if !is_file {
        let help = "write a file name such as `rss.xml` or `de/atom.xml`";
        return Err(Fault::new(format!("`{raw}` is not a file name"), help));
    }
    Ok(path.to_owned())
}

fn read_folder(raw: &str) -> Result<String, Fault> {
    if raw.trim().is_empty() {
        return Err(Fault::new(
            "the folder has no name",
            "write `.` for the configuration's own folder",
        ));
    }
    Ok(raw.trim().to_owned())
}

fn read_glob(raw: &str) -> Result<String, Fault> {
    match globset::Glob::new(raw) {
        Ok(_) if !raw.trim().is_empty() => Ok(raw.to_owned()),
        Ok(_) => Err(Fault::new("the glob is empty", "write it like `news/**/*.md`")),
        Err(error) => Err(Fault::new(
            format!("`{raw}` is not a glob: {}", error.kind()),
            "write it like `news/**/*.md` or `*.{md,txt}`",
        )),
    }
}

fn read_key(raw: &str) -> Result<String, Fault> {
    if raw.trim().is_empty() {
        return Err(Fault::new(
            "the key is empty",
            "write the key as it stands in front matter",
        ));
    }
    Ok(raw.trim().to_owned())
}

fn read_format(raw: &str) -> Result<Format, Fault> {
    match raw {
        "rss" => Ok(Format::Rss),
        "atom" => Ok(Format::Atom),
        "json" => Ok(Format::Json),
        _ => {
            let message = format!("`{raw}` is not a feed format");
            Err(Fault::unknown(message, raw, &["rss", "atom", "json"]))
        }
    }
}

fn read_content(raw: &str) -> Result<Content, Fault> {
    match raw {
        "full" => Ok(Content::Full),
        "summary" => Ok(Content::Summary),
        _ => {
            let message = format!("`{raw}` is not an amount of content");
            Err(Fault::unknown(message, raw, &["full", "summary"]))
        }
    }
}
