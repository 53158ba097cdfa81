//! What is read at the top of a file: cases in `tests/data/front_matter`, each an article and what it says.

use std::fmt::Write;

use feedwright::{
    article::Article,
    front_matter::{Field, Value},
};

/// The article of a case, as it was read.
fn describe(name: &str, text: &str) -> String {
    let article = Article::parse(name, text.as_bytes());
    let mut out = format!("{:?}, {:?}\n", article.front_matter.dialect, article.kind);
    for field in &article.front_matter.fields {
        let _ = writeln!(out, "{}:{} {}", field.line, field.column, pair(field));
    }
    let first = article.body.lines().next().unwrap_or_default();
    let _ = writeln!(out, "{}:1 body: {first}", article.body_line);
    for finding in &article.findings {
        let place = &finding.location;
        let severity = finding.severity.as_str();
        let _ = writeln!(
            out,
            "{}:{} {severity}[{}]: {}",
            place.line, place.column, finding.rule.id, finding.message
        );
    }
    out
}

fn pair(field: &Field) -> String {
    format!("{} = {}", field.key, show(&field.value))
}

/// Text in quotes where it stood in quotes.
fn show(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Scalar { text, quoted: true } => format!("{text:?}"),
        Value::Scalar { text, quoted: false } => text.clone(),
        Value::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" | ")),
        Value::Map(fields) => format!("{{{}}}", fields.iter().map(pair).collect::<Vec<_>>().join(" | ")),
    }
}

#[test]
fn front_matter_is_read_as_in_the_cases() {
    let mut paths: Vec<_> = std::fs::read_dir("tests/data/front_matter")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in &paths {
        let case = std::fs::read_to_string(path).unwrap();
        let (text, expected) = case.split_once("=== read\n").unwrap();
        let read = describe(path.file_name().unwrap().to_str().unwrap(), text);
        if read != expected {
            wrong.push(format!("{}\n{read}--- expected\n{expected}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(paths.len() > 50);
}
