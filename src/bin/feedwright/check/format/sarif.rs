//! SARIF 2.1.0, for code scanning: one run, with one result per finding and the page of each violated rule.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Component, Path},
};

use feedwright::finding::{Finding, Rule, Severity};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::super::Run;

/// The base for relative paths: the folder in which the command ran. GitHub requires this name.
const ROOT: &str = "%SRCROOT%";

pub(super) fn render(run: &Run) -> String {
    // The rules are sorted by id so that the order of the rules and each `ruleIndex` are the same in every run.
    let rules: BTreeMap<&str, &Rule> = run.findings().map(|found| (found.rule.id, found.rule)).collect();
    let indexes: HashMap<&str, usize> = rules.keys().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut results = Vec::new();
    for checked in &run.documents {
        // Findings with the same hash are numbered, so that every fingerprint is unique.
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for finding in &checked.report.findings {
            let number = counts.entry(fingerprint(finding)).or_default();
            *number += 1;
            let index = indexes.get(finding.rule.id).copied().unwrap_or(0);
            results.push(result(finding, index, &checked.document.path, *number));
        }
    }
    let notifications: Vec<Value> = run
        .failures
        .iter()
        .map(|error| json!({ "level": "error", "message": { "text": plain(&error.to_string()) } }))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "Feedwright",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
                }
            },
            "invocations": [{
                "executionSuccessful": run.failures.is_empty(),
                "exitCode": run.exit_code(),
                "toolExecutionNotifications": notifications,
            }],
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "The folder in which the command ran." } }
            },
            // Our columns count characters, not UTF-16 code units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }]
    });
    format!("{log:#}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// Describes a rule. The object contains the rule's whole page, so it does not need a `helpUri`.
fn descriptor(rule: &Rule) -> Value {
    let page = rule.page.trim();
    let body = page.split_once('\n').map_or("", |(_, body)| body).trim();
    let reason = body.split("\n## ").next().unwrap_or(body).trim().replace('\n', " ");
    json!({
        "id": rule.id,
        "shortDescription": { "text": sentence(rule.title) },
        "fullDescription": { "text": reason },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": ["feed"], "specification": rule.spec },
    })
}

fn result(finding: &Finding, rule: usize, path: &Path, number: usize) -> Value {
    let mut text = sentence(&finding.message);
    if let Some(help) = &finding.help {
        text = format!("{text}\n{}", sentence(help));
    }
    let mut physical = json!({ "artifactLocation": artifact_location(path) });
    let at = &finding.location;
    if at.line > 0 {
        physical["region"] = json!({
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.line,
            "endColumn": at.column.saturating_add(at.length),
        });
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(element) = &finding.element {
        let attribute = finding.attribute.as_ref().map(|name| format!("/@{name}"));
        let parent = finding.parent.as_ref().map(|name| format!("{name}/"));
        location["logicalLocations"] = json!([{
            "name": element,
            "fullyQualifiedName": format!("{}{element}{}", parent.unwrap_or_default(), attribute.unwrap_or_default()),
            "kind": "element",
        }]);
    }
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": plain(&text) },
        "locations": [location],
        // GitHub looks for the fingerprint under this name.
        "partialFingerprints": { "primaryLocationLineHash": format!("{:016x}:{number}", fingerprint(finding)) },
    })
}

/// A hash of the rule, the message and the text around the location.
///
/// It does not include the line number, so GitHub still recognizes a finding after lines are added above it.
fn fingerprint(finding: &Finding) -> u64 {
    let parts = [
        finding.rule.id,
        &finding.message,
        // The excerpt is trimmed so that a finding keeps its fingerprint if only the indentation of its line changes.
        finding.location.excerpt.trim(),
        finding.parent.as_deref().unwrap_or(""),
        finding.element.as_deref().unwrap_or(""),
        finding.attribute.as_deref().unwrap_or(""),
    ];
    xxh3_64(parts.join("\0").as_bytes())
}

/// Capitalizes a string and ends it with a period, because SARIF asks for sentences.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", characters.as_str())
}

/// Escapes a plain-text message, in which braces mark placeholders and brackets mark links (SARIF 2.1.0 sections
/// 3.11.5 and 3.11.6).
fn plain(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    // Brackets are escaped only if the text could contain a link: `[text](0)`.
    if text.contains("](") {
        text.replace('[', "\\[").replace(']', "\\]")
    } else {
        text
    }
}

/// The artifact location for a path: a `file:` URI if the path is absolute, otherwise a URI relative to [`ROOT`].
fn artifact_location(path: &Path) -> Value {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(percent_encode(part.as_encoded_bytes())),
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Prefix(prefix) => parts.push(percent_encode(prefix.as_os_str().as_encoded_bytes())),
            Component::RootDir | Component::CurDir => {}
        }
    }
    let uri = parts.join("/");
    if path.is_absolute() {
        json!({ "uri": format!("file:///{uri}") })
    } else {
        json!({ "uri": uri, "uriBaseId": ROOT })
    }
}

/// Encodes everything except unreserved characters (RFC 3986 section 2.3) as `%XX`.
fn percent_encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text += &format!("%{byte:02X}");
        }
    }
    text
}
