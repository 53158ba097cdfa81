use feedwright::check::{Options, Profile, check};
fn main() {
    let mut profile = Profile::W3c;
    let mut quiet = false;
    let now = std::process::Command::new("date")
        .arg("+%s")
        .output()
        .ok()
        .and_then(|o| String::from_utf8(o.stdout).ok())
        .and_then(|s| s.trim().parse().ok());
    for path in std::env::args().skip(1) {
        if path == "--default" {
            profile = Profile::Feedwright;
            continue;
        }
        if path == "--quiet" {
            quiet = true;
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let report = check(&bytes, &Options { now, profile });
        if quiet {
            let mut m = std::collections::BTreeMap::new();
            for f in &report.findings {
                *m.entry(f.rule.id).or_insert(0) += 1;
            }
            eprintln!("{path} {m:?} {}", report.omitted);
            continue;
        }
        for f in &report.findings {
            println!(
                "{}",
                serde_json::json!({"file": path, "rule": f.rule.id, "severity": f.severity.as_str(), "line": f.place.line, "column": f.place.column,
              "message": f.message, "element": f.element, "parent": f.parent, "attr": f.attribute, "w3c": f.w3c, "excerpt": f.place.excerpt})
            );
        }
    }
}
