//! JUnit XML as Jenkins and GitLab read it: one test suite per feed, with one test per rule that the feed violates.
//!
//! A test contains all findings for its rule, because GitLab keeps only one test per name. The test fails if one of its
//! findings makes `check` exit with code 1.

use std::fmt::Write;

use feedwright::finding::Finding;

use super::super::{Checked, Run};

/// A rule that a feed violates, with its findings.
struct Test<'r> {
    rule: &'static str,
    findings: Vec<&'r Finding>,
    is_failure: bool,
}

pub(super) fn render(run: &Run) -> String {
    let suites: Vec<(&Checked, Vec<Test<'_>>)> = run
        .documents
        .iter()
        .map(|checked| (checked, tests(run, checked)))
        .collect();
    let failed = |tests: &[Test<'_>]| tests.iter().filter(|test| test.is_failure).count();
    let tests: usize = suites.iter().map(|(_, tests)| tests.len()).sum();
    let failures: usize = suites.iter().map(|(_, tests)| failed(tests)).sum();
    let errors = run.failures.len();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        text,
        "<testsuites name=\"feedwright check\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\">",
        tests + errors
    );
    for (checked, tests) in &suites {
        let name = escape(&checked.document.name());
        let _ = writeln!(
            text,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\" time=\"0\">",
            tests.len(),
            failed(tests)
        );
        for test in tests {
            text += &format_case(&name, test);
        }
        text += "  </testsuite>\n";
    }
    // A document that could not be read is an error in JUnit's terms: its tests did not run, so none of them failed.
    if errors > 0 {
        text += &format_failures(run);
    }
    text + "</testsuites>\n"
}

/// The tests for a feed, in the order of their first findings. A feed without findings has one test, which passes.
fn tests<'r>(run: &Run, checked: &'r Checked) -> Vec<Test<'r>> {
    let mut tests: Vec<Test<'r>> = Vec::new();
    for finding in &checked.report.findings {
        let rule = finding.rule.id;
        let is_failure = run.is_failure(finding);
        match tests.iter_mut().find(|test| test.rule == rule) {
            Some(test) => {
                test.findings.push(finding);
                test.is_failure |= is_failure;
            }
            None => tests.push(Test {
                rule,
                findings: vec![finding],
                is_failure,
            }),
        }
    }
    if tests.is_empty() {
        tests.push(Test {
            rule: "all rules",
            findings: Vec::new(),
            is_failure: false,
        });
    }
    tests
}

fn format_case(file: &str, test: &Test<'_>) -> String {
    let start = format!("    <testcase classname=\"{file}\" name=\"{}\" time=\"0\"", test.rule);
    let Some(first) = test.findings.first() else {
        return start + "/>\n";
    };
    let mut lines = String::new();
    for finding in &test.findings {
        let at = &finding.location;
        let _ = writeln!(
            lines,
            "{file}:{}:{}: {}: {}",
            at.line,
            at.column,
            finding.severity.as_str(),
            escape(&finding.message)
        );
        if let Some(help) = &finding.help {
            let _ = writeln!(lines, "  help: {}", escape(help));
        }
    }
    if test.is_failure {
        let severity = first.severity.as_str();
        let message = escape(&first.message);
        format!(
            "{start}>\n      <failure type=\"{severity}\" message=\"{message}\">{lines}</failure>\n    </testcase>\n"
        )
    } else {
        format!("{start}>\n      <system-out>{lines}</system-out>\n    </testcase>\n")
    }
}

fn format_failures(run: &Run) -> String {
    let number = run.failures.len();
    let mut text = format!(
        "  <testsuite name=\"feedwright\" tests=\"{number}\" failures=\"0\" errors=\"{number}\" skipped=\"0\" time=\"0\">\n"
    );
    for failure in &run.failures {
        let message = escape(&failure.to_string());
        let _ = writeln!(
            text,
            "    <testcase classname=\"feedwright\" name=\"{message}\" time=\"0\"><error type=\"error\" message=\"{message}\"/></testcase>"
        );
    }
    text + "  </testsuite>\n"
}

/// Escapes markup characters, and writes U+FFFD in place of characters that XML does not allow.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // In an attribute, XML parsers replace a literal line feed with a space (XML 1.0 section 3.3.3).
            '\n' => escaped.push_str("&#10;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            c if c.is_control() => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}
