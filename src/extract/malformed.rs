//! Values of a kind that their keys cannot take. Whatever is made of one is a guess at what was meant.

use std::borrow::Cow;

use super::{
    Evidence, Name,
    keys::{Claim, written},
};
use crate::{
    finding::{Finding, article},
    front_matter::Value,
    text::squash,
};

/// A field, what its value must not be, and the way out.
type Fault = (Name, fn(&Claim<'_>) -> Option<&'static str>, &'static str);

const FAULTS: [Fault; 4] = [
    (
        Name::Title,
        of_title,
        "write one text, in quotes where it holds signs of YAML",
    ),
    (
        Name::Id,
        of_id,
        "write one line that stays the same for ever, or leave the key out",
    ),
    (
        Name::Path,
        of_path,
        "write the last part of the address: letters, digits and `-`",
    ),
    (Name::Tags, of_categories, "write a plain list: `[weather, harbor]`"),
];

/// What is wrong with the kind of a value; each field is told of once.
pub(super) fn values(evidence: &Evidence<'_>) -> Vec<Finding> {
    let fault_of = |(name, fault, help): &Fault| {
        let claims = evidence.claims(*name);
        let (claim, what) = claims
            .iter()
            .filter(|claim| claim.note.is_none())
            .find_map(|claim| Some((claim, fault(claim)?)))?;
        let message = format!(
            "`{}` {what}: `{}`",
            claim.key,
            written(claim.value).trim().escape_debug()
        );
        Some(Finding::new(&article::VALUE_INVALID, claim.location(), message).help(*help))
    };
    FAULTS.iter().filter_map(fault_of).collect()
}

fn of_title(claim: &Claim<'_>) -> Option<&'static str> {
    match claim.value {
        Value::List(items) if items.len() > 1 => Some("holds several values"),
        // A title in several languages is a map as well: its keys are those of languages.
        Value::Map(fields) if !fields.is_empty() && squash(&claim.key) == "title" => {
            let is_named = |key: &str| key == "title" || super::language::named(key).is_some();
            let is_text = fields.iter().any(|field| field.value.text().is_some());
            (is_text && !fields.iter().any(|field| is_named(&field.key)))
                .then_some("holds keys where a title should be")
        }
        _ => None,
    }
}

fn of_id(claim: &Claim<'_>) -> Option<&'static str> {
    match claim.value {
        Value::Scalar { text, quoted: true } if text.is_empty() => Some("is empty"),
        Value::Scalar { text, .. } if text.trim().contains(char::is_control) => {
            Some("holds a line break or control character")
        }
        _ => None,
    }
}

fn of_path(claim: &Claim<'_>) -> Option<&'static str> {
    let text = claim.value.text()?;
    if text.contains(char::is_control) {
        return Some("holds a control character");
    }
    let plain = decoded(text);
    let climbs = plain.split(['/', '\\']).any(|part| part == "..");
    climbs.then_some("climbs out of its folder")
}

/// With the escapes that write a dot or a slash resolved.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let lower = text.to_ascii_lowercase();
    Cow::Owned(
        lower
            .replace("%25", "%")
            .replace("%2f", "/")
            .replace("%2e", ".")
            .replace("%5c", "\\"),
    )
}

fn of_categories(claim: &Claim<'_>) -> Option<&'static str> {
    match claim.value {
        Value::List(items) if items.iter().any(|item| matches!(item, Value::List(_))) => {
            Some("holds lists inside of a list")
        }
        _ => None,
    }
}
