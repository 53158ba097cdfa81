//! Changes as one JSON object.

use feedwright::compare::{FeedEntry, Kind};
use serde_json::{Map, Value, json};

use super::Comparison;

/// Formats an object with the members `changed` and `feeds`. Each feed has a list of entries for each kind of change.
pub(super) fn format_json(comparisons: &[Comparison]) -> String {
    let feeds: Vec<Value> = comparisons.iter().map(feed).collect();
    let is_changed = comparisons.iter().any(|feed| !feed.changes().are_none());
    format!("{:#}\n", json!({ "changed": is_changed, "feeds": feeds }))
}

fn feed(comparison: &Comparison) -> Value {
    let changes = comparison.changes();
    let mut object = Map::new();
    object.insert("feed".to_owned(), json!(comparison.name));
    for kind in Kind::ALL {
        let entries = changes.entries_with(kind).into_iter().map(|(after, before)| {
            let mut object = entry(after);
            if let Some(before) = before {
                object.insert("before".to_owned(), Value::Object(entry(before)));
            }
            Value::Object(object)
        });
        object.insert(member(kind).to_owned(), entries.collect());
    }
    Value::Object(object)
}

fn member(kind: Kind) -> &'static str {
    // Scripts read these names, so the names must stay the same even if the wording of the text output changes.
    match kind {
        Kind::Removed => "gone",
        Kind::Reidentified => "shown_again",
        Kind::Reused => "reused_ids",
        Kind::Redated => "redated",
        Kind::Added => "new",
        Kind::SlidOut => "slid_out",
        Kind::Retitled => "retitled",
        Kind::Edited => "edited",
    }
}

fn entry(entry: &FeedEntry) -> Map<String, Value> {
    let date = |date: Option<feedwright::time::Timestamp>| date.map(|date| date.rfc3339());
    let members = [
        ("id", json!(entry.id)),
        ("link", json!(entry.link)),
        ("title", json!(entry.title)),
        ("published", json!(date(entry.published))),
        ("updated", json!(date(entry.updated))),
        ("article", json!(entry.article)),
    ];
    members
        .map(|(member, value)| (member.to_owned(), value))
        .into_iter()
        .collect()
}
