//! Hostile feeds from `../shared`: `check` finds what the manifest expects, within limits of time and memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// CPU seconds per feed. The manifest allows two, but a build without optimization needs more.
const MAX_SECONDS: u64 = 20;
const MAX_KILOBYTES: u64 = 200 * 1024;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/hostile");
    folder.join("manifest.tsv").is_file().then_some(folder)
}

/// The severities of the findings in a file, or how the program failed.
fn severities(path: &Path) -> Result<Vec<String>, String> {
    // With the limits of the shell, exceeding them is a failed allocation or a signal, both of which are crashes.
    let output = Command::new("sh")
        .arg("-c")
        .arg("ulimit -v \"$2\" && ulimit -t \"$3\"; exec \"$0\" check --format jsonl --now 2026-11-21T00:00:00Z \"$1\"")
        .arg(env!("CARGO_BIN_EXE_feedwright"))
        .arg(path)
        .arg(MAX_KILOBYTES.to_string())
        .arg(MAX_SECONDS.to_string())
        .output()
        .unwrap();
    if !matches!(output.status.code(), Some(0 | 1)) {
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{}: {message}", output.status));
    }
    Ok(String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(finding["line"].is_u64() && finding["column"].is_u64(), "{line}");
            finding["severity"].as_str().unwrap().to_owned()
        })
        .collect())
}

#[test]
fn hostile_feeds_have_the_expected_findings_in_time_and_memory() {
    let Some(folder) = folder() else {
        eprintln!("skipped: there is no ../shared/cases/hostile");
        return;
    };
    let manifest = fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in manifest.lines().filter(|line| line.starts_with("feeds/")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (file, expected) = (columns[0], columns[5]);
        let found = severities(&folder.join(file));
        count += 1;
        let has_error = |found: &[String]| found.iter().any(|severity| severity == "error");
        let is_right = found.as_ref().is_ok_and(|found| match expected {
            "error" => has_error(found),
            "ok" => !has_error(found),
            "warn" => !has_error(found) && !found.is_empty(),
            "error/warn" => !found.is_empty(),
            other => panic!("{file}: unknown expectation {other}"),
        });
        if !is_right {
            wrong.push(format!("{file} ({}): {expected}, found {found:?}", columns[4]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
