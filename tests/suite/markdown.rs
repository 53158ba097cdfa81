//! What a Markdown body holds and how it becomes HTML: cases in `tests/data/markdown`, each an article whose title is
//! `Tides`, its outline, and its HTML.

use std::fmt::Write;

use feedwright::article::Article;

fn outline(article: &Article<'_>) -> String {
    let mut out = String::new();
    let outline = article.outline();
    for heading in &outline.headings {
        let leading = if heading.leading { ", leading" } else { "" };
        let _ = writeln!(out, "{}: h{}{leading}: {}", heading.line, heading.level, heading.text);
    }
    for paragraph in &outline.paragraphs {
        let _ = writeln!(out, "{}: {}", paragraph.line, paragraph.text);
    }
    if let Some(excerpt) = outline.excerpt {
        let _ = writeln!(out, "excerpt: {excerpt}");
    }
    for picture in &outline.images {
        let _ = write!(out, "{}: picture {} “{}”", picture.line, picture.src, picture.alt);
        if let Some(caption) = &picture.caption {
            let _ = write!(out, " caption “{caption}”");
        }
        if let Some(width) = picture.width {
            let _ = write!(out, " width {width}");
        }
        out.push('\n');
    }
    out
}

#[test]
fn bodies_are_read_and_rendered_as_in_the_cases() {
    let mut paths: Vec<_> = std::fs::read_dir("tests/data/markdown")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in &paths {
        let case = std::fs::read_to_string(path).unwrap();
        let (text, rest) = case.split_once("=== outline\n").unwrap();
        let (expected_outline, expected_html) = rest.split_once("=== html\n").unwrap();
        let article = Article::parse("case.md", text.as_bytes());
        let (outline, html) = (outline(&article), article.content("Tides").unwrap());
        if outline != expected_outline || html != expected_html {
            wrong.push(format!("{}\n{outline}=== html\n{html}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(paths.len() > 15);
}

#[test]
fn what_would_cost_too_much_is_refused() {
    let quotes = format!("{}deep\n", "> ".repeat(500));
    let items = format!("text\n\n{}deep\n", "- ".repeat(500));
    let numbers = format!("{}deep\n", "1. ".repeat(500));
    for text in [quotes, items, numbers] {
        let article = Article::parse("a.md", text.as_bytes());
        assert_eq!(article.findings[0].rule.id, "article-limit-exceeded");
    }
    // Rows of one cell in a table of many columns.
    let columns = 2_000;
    let table = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(columns),
        "-|".repeat(columns),
        "|b|\n".repeat(3_000)
    );
    let refused = Article::parse("a.md", table.as_bytes()).content("").err();
    assert_eq!(refused.map(|finding| finding.rule.id), Some("article-limit-exceeded"));
}
