//! An explained article for programs.

use feedwright::{
    extract::evidence::{Loser, Origin},
    finding::Finding,
};
use serde_json::{Map, Value, json};

use super::{
    Explained,
    fact::{Told, facts},
};

/// The article as one JSON object: `file`, `kind`, each field or null, `findings`.
pub(super) fn object(explained: &Explained) -> Value {
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(explained.file));
    object.insert("kind".to_owned(), json!(explained.kind));
    for fact in facts(&explained.metadata) {
        object.insert(
            fact.field.to_owned(),
            fact.told.map_or(Value::Null, |told| value(&told)),
        );
    }
    object.insert("findings".to_owned(), explained.findings.iter().map(finding).collect());
    Value::Object(object)
}

fn value(told: &Told<'_>) -> Value {
    json!({
        "value": told.json,
        "confidence": told.confidence,
        "origin": origin(told.origin),
        "raw": told.raw,
        "notes": told.notes,
        "confirmed_by": told.confirmed_by.iter().map(origin).collect::<Value>(),
        "losers": told.losers.iter().map(loser).collect::<Value>(),
    })
}

fn origin(origin: &Origin) -> Value {
    json!({ "kind": origin.kind.name(), "key": origin.key, "line": origin.line })
}

fn loser(loser: &Loser) -> Value {
    json!({ "raw": loser.raw, "origin": origin(&loser.origin), "why": loser.why })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id,
        "severity": finding.severity.as_str(),
        "line": finding.place.line,
        "column": finding.place.column,
        "message": finding.message,
        "help": finding.help,
    })
}
