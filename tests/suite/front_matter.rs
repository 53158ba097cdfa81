//! How front matter is read: each file in `tests/data/front_matter` is an article, the line `=== read`, and what is read
//! from the article. To add a case, add a file.

use std::{fmt::Write, fs};

use feedwright::{
    article::Article,
    front_matter::{Field, Value},
};

use crate::snapshot::{Snapshots, cases};

/// The syntax and kind, each field as `line:column key = value`, the first line of the body, and the findings.
fn describe(name: &str, text: &str) -> String {
    let article = Article::parse(name, text.as_bytes());
    let mut out = format!("{:?}, {:?}\n", article.front_matter.dialect, article.kind);
    for field in &article.front_matter.fields {
        let _ = writeln!(out, "{}:{} {}", field.line, field.column, format_field(field));
    }
    let first = article.body.lines().next().unwrap_or_default();
    let _ = writeln!(out, "{}:1 body: {first}", article.body_line);
    for finding in &article.findings {
        let location = &finding.location;
        let severity = finding.severity.as_str();
        let _ = writeln!(
            out,
            "{}:{} {severity}[{}]: {}",
            location.line, location.column, finding.rule.id, finding.message
        );
    }
    out
}

fn format_field(field: &Field) -> String {
    format!("{} = {}", field.key, format_value(&field.value))
}

/// A value that was in quotes is printed in quotes.
fn format_value(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Scalar { text, quoted: true } => format!("{text:?}"),
        Value::Scalar { text, quoted: false } => text.clone(),
        Value::List(items) => format!("[{}]", items.iter().map(format_value).collect::<Vec<_>>().join(" | ")),
        Value::Map(fields) => format!(
            "{{{}}}",
            fields.iter().map(format_field).collect::<Vec<_>>().join(" | ")
        ),
    }
}

#[test]
fn front_matter_cases() {
    let mut snapshots = Snapshots::default();
    let mut paths: Vec<_> = fs::read_dir(cases("front_matter"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in &paths {
        let case = fs::read_to_string(path).unwrap();
        let (text, _) = case.split_once("=== read\n").unwrap();
        let read = describe(path.file_name().unwrap().to_str().unwrap(), text);
        snapshots.compare(path, &format!("{text}=== read\n{read}"));
    }
    snapshots.finish();
    assert!(paths.len() > 50);
}
