//! Parses attribute values according to their types, and writes them in canonical form.

use std::collections::BTreeSet;

use crate::{
    html::{
        address,
        policy::{self, Value},
    },
    url::Url,
};

/// The value to write, or `None` if the attribute is removed. `targets` are the ids that links in the fragment point
/// to.
pub(super) fn read(kind: Value, raw: &str, base: &Url, targets: &BTreeSet<String>) -> Option<String> {
    let trimmed = raw.trim();
    match kind {
        Value::Text => Some(crate::text::collapse(raw)),
        Value::Flag => Some(String::new()),
        Value::Number => number(trimmed),
        Value::Word(words) => words
            .iter()
            // In an `ol`, `type="a"` and `type="A"` number the items differently. In longer words, case does not
            // matter.
            .find(|w| **w == trimmed || (w.len() > 1 && w.eq_ignore_ascii_case(trimmed)))
            .map(|w| (*w).to_owned()),
        Value::Language => is_language(trimmed).then(|| trimmed.to_owned()),
        Value::MediaType => is_media_type(trimmed).then(|| trimmed.to_owned()),
        Value::Relations => words(trimmed, |w| policy::RELATIONS.contains(&w)),
        Value::Classes => words(trimmed, |w| w.starts_with("language-") || w.starts_with("footnote")),
        Value::Link => address::link(raw, base),
        Value::Resource => address::resource(raw, base),
        Value::SourceSet => address::source_set(raw, base),
        // A reader may show several entries on one page. There, an id that no link points to is useless and could
        // conflict with an id in another entry.
        Value::Id => (targets.contains(trimmed) && !trimmed.contains(char::is_whitespace)).then(|| trimmed.to_owned()),
    }
}

pub(super) fn number(raw: &str) -> Option<String> {
    // Real pages contain `width="640px"` and `width="640.5"`.
    let digits = raw.strip_suffix("px").unwrap_or(raw).trim();
    let digits = digits.split('.').next().unwrap_or_default();
    let value: i32 = digits.parse().ok()?;
    // The `value` of a list item may be negative. 65534 is the maximum number of rows that a cell may span (HTML
    // section 4.9.11).
    Some(value.clamp(-9_999, 65_534).to_string())
}

fn is_language(raw: &str) -> bool {
    // RFC 5646 section 4.4.1 recommends allowing at least 35 characters.
    (2..=35).contains(&raw.len()) && raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_media_type(raw: &str) -> bool {
    raw.contains('/')
        && raw.len() <= 100
        && raw
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"/+-._;= ,".contains(&b))
}

fn words(raw: &str, is_allowed: impl Fn(&str) -> bool) -> Option<String> {
    let kept: Vec<&str> = raw
        .split_ascii_whitespace()
        .filter(|w| is_allowed(w) && w.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+#.".contains(&b)))
        .take(8)
        .collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}
