//! The pages of the rules for articles: each says why, and its bad example breaks the rule while its good one does not.

use feedwright::{
    article::Article,
    extract::{self, Context},
    finding::{Rule, article::RULES},
};

/// The code block of a section, with its language.
fn example<'a>(rule: &'a Rule, section: &str) -> (&'a str, &'a str) {
    let (_, rest) = rule
        .page
        .split_once(&format!("\n## {section}\n\n```"))
        .unwrap_or_else(|| panic!("{}: no `## {section}` with an example", rule.id));
    let (language, rest) = rest.split_once('\n').unwrap();
    (language, rest.split_once("```").unwrap().0)
}

/// Whether an article as read and extracted breaks the rule.
fn is_broken(rule: &Rule, extension: &str, text: &str) -> bool {
    let article = Article::parse(&format!("a.{extension}"), text.as_bytes());
    let metadata = extract::metadata(&article, &Context::default());
    let mut findings = article.findings.iter().chain(&metadata.findings);
    findings.any(|finding| finding.rule.id == rule.id)
}

#[test]
fn every_page_says_why_and_shows_it() {
    for rule in RULES {
        let (title, rest) = rule.page.split_once("\n\n").unwrap();
        assert_eq!(title, format!("# {}", rule.id));
        assert!(rest.find("\n## ").is_some_and(|why| why > 80), "{}: why?", rule.id);
        // Some faults do not fit on a page: permissions, bytes, several files. They are shown as plain text.
        let (language, bad) = example(rule, "Bad");
        let (good_language, good) = example(rule, "Good");
        assert_eq!(language, good_language, "{}", rule.id);
        if language != "text" {
            assert!(is_broken(rule, language, bad), "{}: the bad example is good", rule.id);
            assert!(!is_broken(rule, language, good), "{}: the good example is bad", rule.id);
        }
    }
}
