//! Hostile feeds of `../shared`, by their manifest: the right verdict, in time, in memory, without a crash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// CPU seconds that no feed may take. The manifest allows two; a build without optimization takes more.
const MOST_SECONDS: u64 = 20;
const MOST_KILOBYTES: u64 = 200 * 1024;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/hostile");
    folder.join("manifest.tsv").is_file().then_some(folder)
}

/// The severities found in a file, or how the program ended.
fn judge(path: &Path) -> Result<Vec<String>, String> {
    // The shell's limits make taking more a failed allocation or a signal, which is a crash.
    let output = Command::new("sh")
        .arg("-c")
        .arg("ulimit -v \"$2\" && ulimit -t \"$3\"; exec \"$0\" check --format jsonl --now 2026-11-21T00:00:00Z \"$1\"")
        .arg(env!("CARGO_BIN_EXE_feedwright"))
        .arg(path)
        .arg(MOST_KILOBYTES.to_string())
        .arg(MOST_SECONDS.to_string())
        .output()
        .unwrap();
    if !matches!(output.status.code(), Some(0 | 1)) {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{}: {said}", output.status));
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
fn hostile_feeds_are_judged_right_in_time_and_memory() {
    let Some(folder) = folder() else {
        eprintln!("skipped: the hostile feeds of ../shared are not here");
        return;
    };
    let manifest = fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in manifest.lines().filter(|line| line.starts_with("feeds/")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (file, expected) = (columns[0], columns[5]);
        let found = judge(&folder.join(file));
        count += 1;
        let has_error = |found: &[String]| found.iter().any(|severity| severity == "error");
        let is_right = found.as_ref().is_ok_and(|found| match expected {
            "error" => has_error(found),
            "ok" => !has_error(found),
            "warn" => !has_error(found) && !found.is_empty(),
            "error/warn" => !found.is_empty(),
            other => panic!("{file}: unknown verdict {other}"),
        });
        if !is_right {
            wrong.push(format!("{file} ({}): {expected}, found {found:?}", columns[4]));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
