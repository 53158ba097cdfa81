//! The outline and HTML of Markdown bodies: each file in `tests/data/markdown` is an article with the title `Tides`, the
//! line `=== outline`, its outline, the line `=== html`, and its HTML. To add a case, add a file.

use std::{fmt::Write, fs};

use feedwright::article::Article;

use crate::snapshot::{Snapshots, cases, files};

fn format_outline(article: &Article<'_>) -> String {
    let mut out = String::new();
    let outline = article.outline();
    for heading in &outline.headings {
        let leading = if heading.is_leading { ", leading" } else { "" };
        let _ = writeln!(out, "{}: h{}{leading}: {}", heading.line, heading.level, heading.text);
    }
    for paragraph in &outline.paragraphs {
        let _ = writeln!(out, "{}: {}", paragraph.line, paragraph.text);
    }
    if let Some(excerpt) = outline.excerpt {
        let _ = writeln!(out, "excerpt: {excerpt}");
    }
    for image in &outline.images {
        let _ = write!(out, "{}: image {} “{}”", image.line, image.src, image.alt);
        if let Some(caption) = &image.caption {
            let _ = write!(out, " caption “{caption}”");
        }
        if let Some(width) = image.width {
            let _ = write!(out, " width {width}");
        }
        out.push('\n');
    }
    out
}

#[test]
fn markdown_cases() {
    let mut snapshots = Snapshots::default();
    let paths = files(&cases("markdown"), "md");
    for path in &paths {
        let case = fs::read_to_string(path).unwrap();
        let (text, _) = case.split_once("=== outline\n").unwrap();
        let article = Article::parse("case.md", text.as_bytes());
        let (outline, html) = (format_outline(&article), article.content("Tides").unwrap());
        snapshots.compare(path, &format!("{text}=== outline\n{outline}=== html\n{html}"));
    }
    snapshots.finish();
    assert!(paths.len() > 15);
}

#[test]
fn bodies_that_would_take_too_long_are_rejected() {
    let quotes = format!("{}deep\n", "> ".repeat(500));
    let items = format!("text\n\n{}deep\n", "- ".repeat(500));
    let numbers = format!("{}deep\n", "1. ".repeat(500));
    for text in [quotes, items, numbers] {
        let article = Article::parse("a.md", text.as_bytes());
        assert_eq!(article.findings[0].rule.id, "article-limit-exceeded");
    }
    // Each row has one cell, and the HTML fills in the others.
    let columns = 2_000;
    let table = format!(
        "|{}\n|{}\n{}",
        "a|".repeat(columns),
        "-|".repeat(columns),
        "|b|\n".repeat(3_000)
    );
    let error = Article::parse("a.md", table.as_bytes()).content("").err();
    assert_eq!(error.map(|finding| finding.rule.id), Some("article-limit-exceeded"));
}
