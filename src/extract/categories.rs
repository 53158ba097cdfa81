//! Categories: what the article lists under tags, keywords, topics and sections, in that order. None is invented.

use super::{
    Evidence, Name,
    evidence::{Derived, Found, Kind, Origin},
    keys::written,
    plain,
};
use crate::{article::front_matter::Value, text::collapse};

/// More than any reader shows; a page with more lists its whole site.
const MOST: usize = 100;

/// The article's categories, each once, in the order and spelling of the first place.
pub fn categories(evidence: &Evidence<'_>) -> Option<Derived<Vec<String>>> {
    let mut all: Vec<String> = Vec::new();
    let mut first: Option<(Origin, f32)> = None;
    let mut raws = Vec::new();
    let mut confirmed_by = Vec::new();
    for claim in evidence.claims(Name::Tags) {
        let before = all.len();
        add_value(claim.value, &mut all);
        if all.len() == before {
            continue;
        }
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        raws.push(written(claim.value));
        match &first {
            None => first = Some((origin, claim.weight)),
            // Tags and categories add to each other: both are what the article is filed under.
            Some(_) => confirmed_by.push(origin),
        }
    }
    let (origin, weight) = first?;
    let mut found = Found::new();
    found.add(all, origin, &raws.join("; "), weight);
    let mut derived = found.decide(|a, b| a == b)?;
    derived.confirmed_by = confirmed_by;
    Some(derived)
}

fn add_value(value: &Value, all: &mut Vec<String>) {
    let mut todo = vec![value];
    let mut steps = 0;
    while let Some(value) = todo.pop() {
        steps += 1;
        if steps > 10 * MOST {
            break;
        }
        match value {
            Value::Null => {}
            Value::Scalar { text, .. } => split(text).into_iter().for_each(|name| add(name, all)),
            Value::List(items) => todo.extend(items.iter().rev()),
            Value::Map(fields) => {
                let name = |key: &str| matches!(key.to_ascii_lowercase().as_str(), "name" | "title" | "label" | "term");
                match fields.iter().find(|field| name(&field.key)) {
                    Some(field) => todo.push(&field.value),
                    None => todo.extend(fields.iter().rev().map(|field| &field.value)),
                }
            }
        }
    }
}

/// A string that lists several: by commas, semicolons, Org's colons, or as `#a #b/c`.
pub(super) fn split(text: &str) -> Vec<&str> {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    if text.starts_with('#') {
        return text.split([' ', ',']).map(|tag| tag.trim_start_matches('#')).collect();
    }
    if let Some(inner) = text.strip_prefix(':').and_then(|t| t.strip_suffix(':')) {
        return inner.split(':').collect();
    }
    text.split([',', ';', '、', '，', '；']).collect()
}

pub(super) fn add(name: &str, all: &mut Vec<String>) {
    let name = collapse(name.trim().trim_matches(['"', '\'']));
    let lower = name.to_lowercase();
    let is_known = all.iter().any(|known| known.to_lowercase() == lower);
    if !name.is_empty() && !is_known && !plain::is_placeholder(&name) && all.len() < MOST {
        all.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn lists_are_written_in_many_ways() {
        let cases: &[(&str, &[&str])] = &[
            ("a, b", &["a", " b"]),
            ("#a #b/c", &["a", "b/c"]),
            (":a:b:", &["a", "b"]),
            ("[a,b]", &["a", "b"]),
            ("旅行、雪", &["旅行", "雪"]),
            ("machine learning", &["machine learning"]),
        ];
        for (text, expected) in cases {
            assert_eq!(&split(text), expected, "{text}");
        }
    }
}
