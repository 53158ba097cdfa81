//! Written dates: the table of date strings beside the repository, our own cases, and properties.

use feedwright::time::written::{DateContext, parse};

/// Runs the table of date strings that lies beside the repository, where it does.
#[test]
fn reads_the_table_of_date_strings() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/cases/extract/tables/date_examples.jsonl"
    );
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("skipped: there is no {path}");
        return;
    };
    let mut wrong = Vec::new();
    for line in table.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let input = row["input"].as_str().unwrap();
        let context = row["context"].as_str().unwrap();
        let context = DateContext {
            language: Some(context.strip_prefix("lang=").unwrap_or(context)).filter(|tag| !tag.is_empty()),
            order: None,
        };
        // A month or a year alone is evidence, and not a date.
        let expected = row["expected"].as_str().filter(|expected| expected.len() > 7);
        let got = parse(input, &context);
        if got.as_ref().ok().map(|reading| reading.date.to_string()).as_deref() != expected {
            wrong.push(format!("{input:?}: {got:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
