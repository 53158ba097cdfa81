//! Articles that consist of very many short parts take little memory.

use std::process::Command;

use crate::site::{NOW, Site};

/// Address space, of which a program uses only a part: at most 200 MB here.
const MAX_KILOBYTES: u64 = 384 * 1024;
/// A build without optimization is slow, and other tests run at the same time.
const MAX_SECONDS: u64 = 120;
const BYTES: usize = 5_000_000;

/// Articles that once took up to 1.5 GB: the command, the name, the start, and the part that is repeated.
const ARTICLES: &[(&str, &str, &str, &str)] = &[
    ("build", "lines.txt", "Title\n\n", "a\n"),
    ("explain", "lines.txt", "Title\n\n", "a b\n"),
    ("build", "open.html", "", "<b><p>"),
    (
        "explain",
        "values.html",
        "<script type=\"application/ld+json\">[",
        "{\"\":0},",
    ),
    ("build", "emphasis.md", "---\ntitle: T\n---\n", "*a*"),
    ("build", "cells.md", "---\ntitle: T\n---\n|a|b|\n|-|-|\n", "|a|b|\n"),
    ("build", "addresses.md", "---\ntitle: T\n---\n", "www.a.b "),
];

#[test]
fn an_article_of_many_short_parts_takes_little_memory() {
    for (command, name, start, part) in ARTICLES {
        let site = Site::new();
        let path = format!("input/{name}");
        site.write(&path, format!("{start}{}", part.repeat(BYTES / part.len())));
        let arguments = match *command {
            "build" => vec!["build", "--now", NOW],
            command => vec![command, &path],
        };
        // With the limits of the shell, exceeding them is a failed allocation or a signal, both of which are crashes.
        let output = Command::new("sh")
            .args([
                "-c",
                "ulimit -v \"$1\" && ulimit -t \"$2\"; shift 2; exec \"$0\" \"$@\"",
            ])
            .arg(env!("CARGO_BIN_EXE_feedwright"))
            .args([MAX_KILOBYTES.to_string(), MAX_SECONDS.to_string()])
            .args(arguments)
            .current_dir(&site.folder)
            .output()
            .unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        let status = output.status;
        assert!(
            matches!(status.code(), Some(0 | 1 | 3)),
            "{command} {name}: {status}: {message}"
        );
    }
}

/// Beyond the limit, an article of ordinary length is still complete, and the finding says what was left out.
#[test]
fn only_the_part_beyond_a_limit_is_left_out() {
    for (name, part, is_cut) in [
        ("a.txt", "The tide.\n", false),
        ("b.txt", "The tide.\n", true),
        ("a.md", "The *tide*\n\n", false),
        ("b.md", "The *tide*\n\n", true),
        ("a.html", "<p>The <i>tide</i> came</p>\n", false),
    ] {
        let site = Site::new();
        let lines = if is_cut { 130_000 } else { 99_000 };
        let count = lines / part.lines().count();
        let text = format!("{}Last words.\n", part.repeat(count));
        site.write(&format!("input/{name}"), text);
        let output = site.run(&["build", "--now", NOW]);
        assert_eq!(output.status.code(), Some(0));
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(message.contains("article-limit-exceeded"), is_cut, "{name}: {message}");
        assert_eq!(site.read("feeds/feed.json").contains("Last words."), !is_cut, "{name}");
    }
}
