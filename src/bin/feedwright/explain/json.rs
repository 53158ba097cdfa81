//! An explained article as JSON.

use feedwright::{
    extract::evidence::{Loser, Origin},
    finding::Finding,
};
use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeStruct},
};

use super::{
    Explained,
    field::{FieldValue, fields},
};

/// Serializes `file`, `kind`, every field (null if it has no value) and `findings`.
impl Serialize for Explained {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("file", &self.file)?;
        object.serialize_entry("kind", &self.kind)?;
        for field in fields(&self.metadata) {
            object.serialize_entry(field.name, &field.value)?;
        }
        let findings: Vec<FindingJson<'_>> = self.findings.iter().map(finding).collect();
        object.serialize_entry("findings", &findings)?;
        object.end()
    }
}

impl Serialize for FieldValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let confirmed_by: Vec<OriginJson<'_>> = self.confirmed_by.iter().map(origin).collect();
        let losers: Vec<LoserJson<'_>> = self.losers.iter().map(loser).collect();
        let mut object = serializer.serialize_struct("FieldValue", 7)?;
        object.serialize_field("value", &self.json)?;
        object.serialize_field("confidence", &self.confidence)?;
        object.serialize_field("origin", &origin(self.origin))?;
        object.serialize_field("raw", self.raw)?;
        object.serialize_field("notes", self.notes)?;
        object.serialize_field("confirmed_by", &confirmed_by)?;
        object.serialize_field("losers", &losers)?;
        object.end()
    }
}

#[derive(Serialize)]
struct OriginJson<'a> {
    kind: &'static str,
    key: &'a str,
    line: u32,
}

fn origin(origin: &Origin) -> OriginJson<'_> {
    OriginJson {
        kind: origin.kind.name(),
        key: &origin.key,
        line: origin.line,
    }
}

#[derive(Serialize)]
struct LoserJson<'a> {
    raw: &'a str,
    origin: OriginJson<'a>,
    why: &'a str,
}

fn loser(loser: &Loser) -> LoserJson<'_> {
    LoserJson {
        raw: &loser.raw,
        origin: origin(&loser.origin),
        why: &loser.why,
    }
}

#[derive(Serialize)]
struct FindingJson<'a> {
    rule: &'static str,
    severity: &'static str,
    line: u32,
    column: u32,
    message: &'a str,
    help: Option<&'a str>,
}

fn finding(finding: &Finding) -> FindingJson<'_> {
    FindingJson {
        rule: finding.rule.id,
        severity: finding.severity.as_str(),
        line: finding.location.line,
        column: finding.location.column,
        message: &finding.message,
        help: finding.help.as_deref(),
    }
}
