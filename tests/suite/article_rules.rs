//! The rule pages for articles. Each page explains its rule, the bad example violates the rule, and the good example
//! does not.

use feedwright::{
    article::Article,
    extract::{self, Context},
    finding::{Rule, article::RULES},
};

/// The language and the text of the code block in a section.
fn example<'a>(rule: &'a Rule, section: &str) -> (&'a str, &'a str) {
    let (_, rest) = rule
        .page
        .split_once(&format!("\n## {section}\n\n```"))
        .unwrap_or_else(|| panic!("{}: no `## {section}` with an example", rule.id));
    let (language, rest) = rest.split_once('\n').unwrap();
    (language, rest.split_once("```").unwrap().0)
}

/// Whether an article with this text violates the rule.
fn violates(rule: &Rule, extension: &str, text: &str) -> bool {
    let article = Article::parse(&format!("a.{extension}"), text.as_bytes());
    let metadata = extract::metadata(&article, &Context::default());
    let mut findings = article.findings.iter().chain(&metadata.findings);
    findings.any(|finding| finding.rule.id == rule.id)
}

#[test]
fn every_page_explains_the_rule_and_its_examples_are_right() {
    for rule in RULES {
        let (title, rest) = rule.page.split_once("\n\n").unwrap();
        assert_eq!(title, format!("# {}", rule.id));
        assert!(
            rest.find("\n## ").is_some_and(|why| why > 80),
            "{}: the explanation is missing or too short",
            rule.id
        );
        // Some violations are not in the text of a single article, but in permissions, encodings or several files.
        // Their examples are plain text and are not run.
        let (language, bad) = example(rule, "Bad");
        let (good_language, good) = example(rule, "Good");
        assert_eq!(language, good_language, "{}", rule.id);
        if language != "text" {
            assert!(
                violates(rule, language, bad),
                "{}: the bad example does not violate the rule",
                rule.id
            );
            assert!(
                !violates(rule, language, good),
                "{}: the good example violates the rule",
                rule.id
            );
        }
    }
}
