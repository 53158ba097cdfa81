//! An object on a line for each finding.

use feedwright::{check::Profile, finding::Finding};
use serde_json::{Value, json};

use super::super::Run;

pub(super) fn told(run: &Run) -> String {
    let mut text = String::new();
    for judged in &run.judged {
        let name = judged.document.name();
        for finding in &judged.report.findings {
            text += &object(&name, finding, run.profile).to_string();
            text.push('\n');
        }
    }
    text
}

fn object(file: &str, finding: &Finding, profile: Profile) -> Value {
    let place = &finding.location;
    let mut object = json!({
        "file": file,
        "rule": finding.rule.id,
        "severity": finding.severity.as_str(),
        "line": place.line,
        "column": place.column,
        "end": place.column.saturating_add(place.length),
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
