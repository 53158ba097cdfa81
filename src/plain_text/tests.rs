//! Prints the features of labeled texts. `tests/weights/refit.py` fits the weights to these features.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    MIN_TITLE_CONFIDENCE, lead, scan, title,
    weights::{LEAD_FEATURES, TITLE_FEATURES},
};
use crate::text::squash;

/// Prints one JSON object per line: first an object with the weights in both tables, then, for each text, an object
/// with its candidates.
#[test]
#[ignore = "run by tests/weights/refit.py; requires the environment variable LABELED_TEXTS"]
fn print_features() {
    let folder = std::env::var_os("LABELED_TEXTS").expect("LABELED_TEXTS should name a folder");
    let folder = Path::new(&folder);
    // Ends the line that the test harness has started.
    println!();
    println!(
        "{}",
        json!({
            "title": TITLE_FEATURES.iter().map(|(feature, weight, _)| (format!("{feature:?}"), weight)).collect::<Vec<_>>(),
            "lead": LEAD_FEATURES.iter().map(|(feature, weight, _)| (format!("{feature:?}"), weight)).collect::<Vec<_>>(),
        })
    );
    let truth = fs::read_to_string(folder.join("truth.jsonl")).expect("the folder should contain truth.jsonl");
    for row in truth.lines() {
        let row: Value = serde_json::from_str(row).expect("each line of truth.jsonl should be a JSON object");
        let file = row["file"].as_str().expect("`file` should be the name of a text file");
        let bytes = fs::read(folder.join(file)).expect("the labeled text should exist");
        println!("{}", features(file, &String::from_utf8_lossy(&bytes), &row));
    }
}

fn features(file: &str, text: &str, row: &Value) -> Value {
    let (lines, scans) = scan(text, 1);
    let body = title::body_words(&lines, &scans);
    let candidates = title::candidates(&lines, &scans, &body, None);
    let headline = (row["title_in"] == "line").then(|| squash(row["title_real"].as_str().unwrap_or_default()));
    let titles: Vec<Value> = candidates
        .lines
        .iter()
        .map(|candidate| {
            json!({
                "features": names(&candidate.features),
                "is_right": headline.as_ref().is_some_and(|headline| *headline == squash(&lines[candidate.index].text)),
                "is_unlikely": title::is_unlikely_form(&scans[candidate.index]),
            })
        })
        .collect();
    // The search for the lead starts below the line that the program shows as the title, even if that line is not the
    // headline.
    let guess = title::guesses(&lines, &scans, &body, None).into_iter().next();
    let guess = guess
        .filter(|guess| guess.confidence >= MIN_TITLE_CONFIDENCE)
        .and_then(|guess| lines.iter().position(|line| line.line == guess.line));
    let lead = squash(row["lead"].as_str().unwrap_or_default());
    let leads: Vec<Value> = lead::candidates(&lines, &scans, guess)
        .iter()
        .map(|candidate| {
            json!({
                "features": names(&candidate.features),
                "is_right": !lead.is_empty() && lead == squash(&lines[candidate.index].text),
            })
        })
        .collect();
    json!({
        "file": file,
        "has_headline": headline.is_some(),
        "titles": titles,
        "none": names(&candidates.none),
        "leads": leads,
    })
}

fn names<F: std::fmt::Debug>(features: &[F]) -> Vec<String> {
    features.iter().map(|feature| format!("{feature:?}")).collect()
}
