//! Compares the W3C profile with the results of the W3C validator, and checks hostile feeds, if the shared cases exist.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use feedwright::check::{self, Options, Profile};
use feedwright::finding::Severity;

/// 2026-11-21. Some cases have dates in the future of this day.
const NOW: i64 = 1_795_219_200;

fn cases() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no ../shared/cases");
    None
}

/// The rows of a table, as maps from column name to value.
fn table(path: &Path) -> Vec<HashMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let row = |line: &str| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(line.split('\t').map(str::to_owned))
            .collect()
    };
    lines.filter(|line| !line.is_empty()).map(row).collect()
}

fn has_error(bytes: &[u8], profile: Profile) -> bool {
    let options = Options {
        now: Some(NOW),
        profile,
        ..Options::default()
    };
    check::check(bytes, &options)
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}

#[test]
fn the_w3c_profile_agrees_with_the_w3c_validator() {
    let Some(folder) = cases().map(|folder| folder.join("w3c")) else {
        return;
    };
    let (mut agreed, mut all, mut false_alarms, mut valid) = (0u32, 0u32, 0u32, 0u32);
    for row in table(&folder.join("manifest.tsv")) {
        let Ok(bytes) = fs::read(folder.join(&row["path"])) else {
            continue;
        };
        let is_invalid = has_error(&bytes, Profile::W3c);
        let expected = row["verdict_oracle"] == "invalid";
        all += 1;
        agreed += u32::from(is_invalid == expected);
        valid += u32::from(!expected);
        false_alarms += u32::from(is_invalid && !expected);
    }
    assert!(f64::from(agreed) >= 0.98 * f64::from(all), "{agreed} of {all} agree");
    assert!(
        f64::from(false_alarms) <= 0.01 * f64::from(valid),
        "{false_alarms} of {valid} valid documents are rejected"
    );
}

#[test]
fn hostile_feeds_are_rejected_and_unusual_ones_are_accepted() {
    let Some(folder) = cases().map(|folder| folder.join("hostile")) else {
        return;
    };
    let mut wrong = Vec::new();
    for row in table(&folder.join("manifest.tsv"))
        .iter()
        .filter(|row| row["file"].starts_with("feeds/"))
    {
        let Ok(bytes) = fs::read(folder.join(&row["file"])) else {
            continue;
        };
        let is_rejected = has_error(&bytes, Profile::Feedwright);
        let is_right = match row["expect"].as_str() {
            "error" => is_rejected,
            "ok" | "warn" => !is_rejected,
            _ => true,
        };
        if !is_right {
            wrong.push(row["file"].clone());
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
