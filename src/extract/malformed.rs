//! Reports values that a key does not support, such as a list of titles, because any interpretation of such a value
//! would be a guess.

use std::borrow::Cow;

use super::{
    Evidence, Target,
    keys::{MatchedKey, display_value},
    language::parse_language,
};
use crate::{
    finding::{Finding, article},
    front_matter::Value,
    text::squash,
};

/// A field, the function that checks its value, and the fix. The function returns what is wrong with the value.
type Check = (Target, fn(&MatchedKey<'_>) -> Option<&'static str>, &'static str);

const CHECKS: [Check; 4] = [
    (
        Target::Title,
        check_title,
        "write a single string, and quote it if it contains characters that are special in YAML",
    ),
    (
        Target::Id,
        check_id,
        "write an id that fits on one line and never changes, or remove the key",
    ),
    (
        Target::Path,
        check_path,
        "write only the last part of the address, using letters, digits and `-`",
    ),
    (
        Target::Tags,
        check_categories,
        "write a plain list: `[weather, harbor]`",
    ),
];

/// Reports unsupported values, at most one per field.
pub(super) fn values(evidence: &Evidence<'_>) -> Vec<Finding> {
    let finding = |(target, check, help): &Check| {
        let keys = evidence.keys_for(*target);
        let (key, what) = keys
            .iter()
            // A misspelled or prefixed key may mean something else, so its value is not checked.
            .filter(|key| key.note.is_none())
            .find_map(|key| Some((key, check(key)?)))?;
        let message = format!(
            "`{}` {what}: `{}`",
            key.path,
            // The value may contain line breaks and control characters, which must not reach the terminal.
            display_value(key.value).trim().escape_debug()
        );
        Some(Finding::new(&article::VALUE_INVALID, key.location(), message).help(*help))
    };
    CHECKS.iter().filter_map(finding).collect()
}

fn check_title(key: &MatchedKey<'_>) -> Option<&'static str> {
    match key.value {
        Value::List(items) if items.len() > 1 => Some("has several values"),
        // A title in several languages is also a map, with languages as keys.
        Value::Map(fields) if !fields.is_empty() && squash(&key.path) == "title" => {
            let is_language = |key: &str| key == "title" || parse_language(key).is_some();
            let is_text = fields.iter().any(|field| field.value.text().is_some());
            (is_text && !fields.iter().any(|field| is_language(&field.key)))
                .then_some("contains keys instead of a title")
        }
        _ => None,
    }
}

fn check_id(key: &MatchedKey<'_>) -> Option<&'static str> {
    match key.value {
        Value::Scalar { text, quoted: true } if text.is_empty() => Some("is empty"),
        Value::Scalar { text, .. } if text.trim().contains(char::is_control) => {
            Some("contains a line break or a control character")
        }
        _ => None,
    }
}

fn check_path(key: &MatchedKey<'_>) -> Option<&'static str> {
    let text = key.value.text()?;
    if text.contains(char::is_control) {
        return Some("contains a control character");
    }
    let plain = decoded(text);
    let leads_out = plain.split(['/', '\\']).any(|part| part == "..");
    leads_out.then_some("leads outside its folder")
}

/// Decodes percent-encoded `.`, `/` and `\`, even if they were encoded twice.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let lower = text.to_ascii_lowercase();
    Cow::Owned(
        // `%25` is replaced first, so that `%252e` also becomes `.`: a proxy may decode an address once before the
        // server decodes it again.
        lower
            .replace("%25", "%")
            .replace("%2f", "/")
            .replace("%2e", ".")
            .replace("%5c", "\\"),
    )
}

fn check_categories(key: &MatchedKey<'_>) -> Option<&'static str> {
    match key.value {
        Value::List(items) if items.iter().any(|item| matches!(item, Value::List(_))) => Some("contains a nested list"),
        _ => None,
    }
}
