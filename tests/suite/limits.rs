//! What a feed contains if it has a limit: articles that cannot be published take no place, and expired entries are not
//! lost.

use crate::site::{CONFIG, Site, stderr};

fn site(feed: &str) -> Site {
    let site = Site::new();
    site.write(
        "feedwright.yaml",
        format!("{CONFIG}feeds: [{{path: feed.json, limit: {{{feed}}}}}]\nguards: {{failed: 100%}}\n"),
    );
    site
}

/// An article of October 2026 with the lines `head` in its front matter.
fn write(site: &Site, path: &str, day: u32, head: &str) {
    let text =
        format!("---\ntitle: Note {day}\ndate: 2026-10-{day:02}\n{head}---\n\nSome words, and the number {day}.\n");
    site.write(&format!("input/{path}"), text);
}

#[track_caller]
fn build(site: &Site, now: &str, code: i32) -> String {
    let output = site.run(&["build", "--now", now]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

#[test]
fn an_article_that_cannot_be_published_takes_no_place() {
    let now = "2026-11-01T12:00:00Z";
    // Nine copies in one folder, then more copies than the feed has entries.
    for copies in [9, 25] {
        let site = site("entries: 10");
        for day in 1..=28 {
            write(&site, &format!("{day}.md"), day, &format!("link: /note-{day}/\n"));
        }
        build(&site, now, 0);
        let ids = site.each("id");
        for day in 29 - copies..=28 {
            let head = format!("link: /note-{day}/\ntags: [backup]\n");
            write(&site, &format!("backup/{day}.md"), day, &head);
        }
        let text = build(&site, now, 1);
        assert!(text.contains("article-link-duplicate"), "{text}");
        assert_eq!(site.each("id"), ids, "{copies} copies");
    }
    // New articles with an error that is found only when their entries are composed.
    let site = site("entries: 10");
    for day in 1..=12 {
        write(&site, &format!("{day}.md"), day, "");
    }
    for day in 13..=28 {
        write(&site, &format!("{day}.md"), day, "link: 'https://[half'\n");
    }
    let text = build(&site, now, 1);
    assert!(text.contains("article-link-invalid"), "{text}");
    let titles: Vec<String> = (3..=12).rev().map(|day| format!("Note {day}")).collect();
    assert_eq!(site.each("title"), titles);
}

#[test]
fn entries_leave_a_feed_when_they_expire() {
    let site = site("entries: 30");
    for day in 1..=10 {
        let head = if day <= 4 { "expires: 2026-11-10\n" } else { "" };
        write(&site, &format!("{day}.md"), day, head);
    }
    build(&site, "2026-11-01T12:00:00Z", 0);
    build(&site, "2026-11-10T12:00:00Z", 0);
    assert_eq!(site.entries().len(), 6);
    // Months later, a wrong clock is more likely.
    for day in 5..=8 {
        write(&site, &format!("{day}.md"), day, "expires: 2026-11-20\n");
    }
    let text = build(&site, "2027-02-01T12:00:00Z", 3);
    assert!(text.contains("would lose 4 of 6 entries"), "{text}");
}

#[test]
fn a_feed_with_an_age_limit_keeps_its_newest_entry() {
    let site = site("age_days: 30");
    for day in 1..=3 {
        write(&site, &format!("{day}.md"), day, "");
    }
    for (now, entries) in [
        ("2026-10-31T12:00:00Z", 2),
        ("2026-11-01T12:00:00Z", 1),
        ("2026-11-02T12:00:00Z", 1),
        ("2026-11-30T12:00:00Z", 1),
    ] {
        build(&site, now, 0);
        assert_eq!(site.entries().len(), entries, "{now}");
    }
    // If all entries become too old at once, the clock is probably wrong.
    for day in 11..=20 {
        site.write(
            &format!("input/{day}.md"),
            format!("---\ntitle: New {day}\ndate: 2026-12-01\n---\n\nNew words: {day}.\n"),
        );
    }
    build(&site, "2026-12-02T12:00:00Z", 0);
    let text = build(&site, "2027-01-20T12:00:00Z", 3);
    assert!(text.contains("would lose"), "{text}");
}

/// The newest article that is too old cannot be published.
#[test]
fn a_feed_with_an_age_limit_keeps_the_newest_entry_that_can_be_published() {
    let site = site("age_days: 30");
    for day in 1..=3 {
        write(&site, &format!("{day}.md"), day, "");
    }
    build(&site, "2026-10-04T12:00:00Z", 0);
    for now in ["2026-11-01T12:00:00Z", "2026-11-02T12:00:00Z", "2026-11-20T12:00:00Z"] {
        build(&site, now, 0);
    }
    write(&site, "4.md", 4, "link: 'https://[half'\n");
    build(&site, "2026-11-21T12:00:00Z", 1);
    assert_eq!(site.each("title"), ["Note 3"]);
}
