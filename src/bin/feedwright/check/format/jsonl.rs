//! JSON Lines, one object per finding.

use feedwright::{check::Profile, finding::Finding};
use serde_json::{Value, json};

use super::super::Run;

pub(super) fn render(run: &Run) -> String {
    let mut text = String::new();
    for checked in &run.documents {
        let name = checked.document.name();
        for finding in &checked.report.findings {
            text += &object(&name, finding, run.profile).to_string();
            text.push('\n');
        }
    }
    text
}

fn object(file: &str, finding: &Finding, profile: Profile) -> Value {
    let at = &finding.location;
    let mut object = json!({
        "file": file,
        "rule": finding.rule.id,
        "severity": finding.severity.as_str(),
        "line": at.line,
        "column": at.column,
        "end": at.column.saturating_add(at.length),
        "message": finding.message,
        "help": finding.help,
        "element": finding.element,
        "parent": finding.parent,
        "attr": finding.attribute,
        "spec": finding.rule.spec,
    });
    if profile == Profile::W3c {
        object["w3c"] = finding.w3c.into();
    }
    object
}
