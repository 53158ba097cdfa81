//! The ids of entries whose articles are copied or rejected, and of entries whose ledger is old or lost.

use std::{collections::BTreeSet, fs};

use crate::site::{CONFIG, NOW, Site, stderr};

/// A program may rename a file by copying it first and deleting the original later, with a build in between.
#[test]
fn a_copy_is_not_published_and_gets_the_id_when_the_original_is_gone() {
    let long = "The harbor wall shows itself twice a month, and nobody has written down when. ".repeat(12);
    for (head, copies) in [
        ("date: 2026-10-01\n", 0),
        ("", 0),
        ("link: /copy/\n", 1),
        ("title: Copy\n", 1),
    ] {
        let site = Site::new();
        let (first, copy) = match head {
            "date: 2026-10-01\n" | "" => (head, head),
            _ => ("", head),
        };
        let title = if copy.starts_with("title") { "" } else { "title: Wall\n" };
        site.write("input/wall.md", format!("---\ntitle: Wall\n{first}---\n\n{long}\n"));
        site.build(0);
        let ids = site.each("id");
        site.write("input/copy.md", format!("---\n{title}{copy}---\n\n{long}\n"));
        let output = site.build(0);
        assert!(
            stderr(&output).contains("article-text-duplicate"),
            "{}",
            stderr(&output)
        );
        assert_eq!(site.each("id").len(), 1 + copies, "{head}");
        if copies == 0 {
            fs::remove_file(site.folder.join("input/wall.md")).unwrap();
            site.build(0);
            assert_eq!(site.each("id"), ids, "{head}");
        }
    }
}

/// Two feeds may contain the same article from different folders.
#[test]
fn a_copy_for_another_feed_is_published() {
    let long = "The harbor wall shows itself twice a month, and nobody has written down when. ".repeat(12);
    let site = Site::new();
    let feeds = "feeds: [{path: feed.json, select: {folders: [a]}}, {path: b.json, select: {folders: [b]}}]\n";
    site.write("feedwright.yaml", format!("{CONFIG}{feeds}"));
    for path in ["input/a/wall.md", "input/b/wall.md"] {
        site.write(path, format!("---\ntitle: Wall\ndate: 2026-10-01\n---\n\n{long}\n"));
    }
    site.build(0);
    assert_eq!(site.entries().len(), 1);
    assert!(site.read("feeds/b.json").contains("https://example.org/b/wall/"));
}

#[test]
fn a_declared_id_is_the_same_under_a_new_authority() {
    let site = Site::new();
    site.write(
        "input/a.md",
        "---\ntitle: A\ndate: 2026-10-01\nid: post-1\n---\n\nSome words.\n",
    );
    site.build(0);
    let ids = site.each("id");
    let authority = CONFIG.replace("site:\n", "site:\n  id_authority: 'example.org,2020'\n");
    site.write("feedwright.yaml", authority);
    site.build(0);
    fs::rename(site.folder.join("input/a.md"), site.folder.join("input/b.md")).unwrap();
    site.build(0);
    assert_eq!(site.each("id"), ids);
}

/// An undated article that cannot be published must not get a record, or it would compete with the published one.
#[test]
fn an_article_rejected_for_its_address_gets_no_id() {
    let site = Site::new();
    let text = "---\ntitle: About\nlink: /about/\n---\n\nSome words about us.\n";
    site.write("input/a.md", text);
    site.build(0);
    let ids = site.each("id");
    site.write("input/about.md", text);
    site.build(1);
    fs::remove_file(site.folder.join("input/a.md")).unwrap();
    site.build(0);
    assert_eq!(site.each("id"), ids);
}

#[test]
fn a_lost_ledger_continues_the_numbers_of_ids() {
    let site = Site::new();
    site.write(
        "feedwright.yaml",
        format!("{CONFIG}feeds: [{{path: feed.json, limit: {{entries: 2}}}}]\n"),
    );
    let issue = |number: u32| {
        let words = format!("What happened in week {number}. ").repeat(30);
        format!("---\ntitle: Issue {number}\ndate: 2026-10-{number:02}\n---\n\n{words}\n")
    };
    let mut ids = BTreeSet::new();
    for number in 1..=8 {
        if number > 1 {
            let path = |name: &str| site.folder.join("input").join(name);
            fs::rename(path("latest.md"), path(&format!("{}.md", number - 1))).unwrap();
        }
        if number == 5 {
            fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
            site.build(0);
        }
        site.write("input/latest.md", issue(number));
        site.build(0);
        let newest = site.each("id").swap_remove(0);
        assert!(ids.insert(newest.clone()), "issue {number} has an old id: {newest}");
    }
}

#[test]
fn a_ledger_from_before_an_article_was_reannounced_does_not_bring_back_its_first_id() {
    let site = Site::new();
    let article = |head: &str| format!("---\ntitle: Bell\ndate: 2026-10-01\n{head}---\n\nSome words about the bell.\n");
    site.write("input/a.md", article(""));
    site.build(0);
    let (old, first) = (site.read("feedwright.ledger"), site.each("id"));
    site.write("input/a.md", article("reannounce: second\n"));
    site.build(0);
    let second = site.each("id");
    assert_ne!(first, second);
    // Removing the key changes nothing, and neither does the old ledger.
    site.write("input/a.md", article(""));
    site.build(0);
    site.write("feedwright.ledger", old);
    site.build(0);
    assert_eq!(site.each("id"), second);
    // Nor does a new article at the path get the first id.
    site.write("input/b.md", article(""));
    site.write(
        "input/a.md",
        "---\ntitle: Whistle\ndate: 2026-10-20\n---\n\nQuite different words.\n",
    );
    site.build(0);
    assert!(!site.each("id").contains(&first[0]));
}

/// Imported ids contain the authority of other people, under which no new id may be made (RFC 4151 section 2.1).
#[test]
fn a_lost_ledger_takes_the_authority_of_the_site_from_the_feeds() {
    for feeds in ["[atom.xml, feed.json]", "[feed.json, rss.xml]"] {
        let site = Site::new();
        site.write("feedwright.yaml", format!("{CONFIG}feeds: {feeds}\n"));
        let article = |number: u32, head: &str| {
            format!("---\ntitle: Note {number}\ndate: 2026-10-{number:02}\n{head}---\n\nThe words of {number}.\n")
        };
        site.write(
            "input/1.md",
            article(1, "id: 'tag:blogger.example,1999:blog-1.post-2'\n"),
        );
        site.write("input/2.md", article(2, "id: post-17\n"));
        site.build(0);
        fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
        site.write("input/3.md", article(3, ""));
        site.build(0);
        let newest = site.each("id").swap_remove(0);
        assert!(newest.starts_with("tag:example.org,"), "{feeds}: {newest}");
    }
}

/// After an entry has left the feeds, the title of a daily column does not show that its article is still the same.
#[test]
fn a_daily_title_at_an_old_path_gives_no_id() {
    let site = Site::new();
    site.write(
        "feedwright.yaml",
        format!("{CONFIG}feeds: [{{path: feed.json, limit: {{entries: 2}}}}]\n"),
    );
    let menu = |path: &str, day: u32| {
        let text = format!("---\ntitle: Menu of the day\ndate: 2026-10-{day:02}\n---\n\nWe serve dish {day}.\n");
        site.write(path, text);
    };
    menu("input/today.md", 1);
    site.build(0);
    let first = site.each("id");
    for day in 2..=4 {
        menu(&format!("input/{day}.md"), day);
        site.build(0);
    }
    menu("input/today.md", 5);
    site.build(0);
    assert!(!site.each("id").contains(&first[0]));
}

/// An entry comes back, moved and edited, after the site has moved twice while no feed contained the entry.
#[test]
fn an_entry_is_recognized_after_two_moves_of_the_site() {
    let site = Site::new();
    let config = |host: &str| site.write("feedwright.yaml", CONFIG.replace("example.org", host));
    let build = || {
        let output = site.run(&["build", "--now", NOW, "--allow-move"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    };
    let umbrella = |path: &str, text: &str, more: &str| {
        let head = format!("title: Umbrella\ndate: 2026-10-20\nlink: /umbrella/\n{more}");
        site.write(path, format!("---\n{head}---\n\n{text}\n"));
    };
    site.write(
        "input/other.md",
        "---\ntitle: Other\ndate: 2026-10-01\n---\n\nOther words.\n",
    );
    umbrella("input/u.md", "Short.", "");
    build();
    let ids = site.each("id");
    umbrella("input/u.md", "Short.", "draft: true\n");
    for host in ["b.example", "c.example"] {
        config(host);
        build();
    }
    fs::remove_file(site.folder.join("input/u.md")).unwrap();
    umbrella("input/v.md", "Short, corrected.", "");
    build();
    assert_eq!(site.each("id"), ids);
}

/// A site with one feed of two entries.
fn small_site() -> Site {
    let site = Site::new();
    let feeds = "feeds: [{path: feed.json, limit: {entries: 2}}, {path: atom.xml, limit: {entries: 2}}]\n";
    site.write("feedwright.yaml", format!("{CONFIG}{feeds}"));
    site
}

fn note(site: &Site, day: u32) {
    let text = format!("---\ntitle: Note {day}\ndate: 2026-10-{day:02}\n---\n\nThe words of note {day}.\n");
    site.write(&format!("input/{day}.md"), text);
}

/// An article is copied as a template, and the line with the id is forgotten.
#[test]
fn a_declared_id_belongs_to_its_article_even_outside_the_feeds() {
    let site = small_site();
    let article =
        |title: &str, day: u32| format!("---\ntitle: {title}\ndate: 2026-10-{day:02}\nid: post-1\n---\n\n{title}.\n");
    site.write("input/old.md", article("Old", 1));
    site.build(0);
    let old = site.each("id");
    for day in [2, 3] {
        note(&site, day);
    }
    site.build(0);
    site.write("input/new.md", article("New", 4));
    assert!(stderr(&site.build(1)).contains("article-id-duplicate"));
    assert!(!site.each("id").contains(&old[0]));
    // The id may move with its article, or to an article that replaces it.
    fs::remove_file(site.folder.join("input/old.md")).unwrap();
    assert!(stderr(&site.build(3)).contains("would reuse 1 id"));
}

#[test]
fn an_article_at_the_path_of_an_earlier_one_keeps_its_own_id() {
    let site = Site::new();
    site.write(
        "input/other.md",
        "---\ntitle: Other\ndate: 2026-10-01\n---\n\nOther words.\n",
    );
    site.write("input/now.md", "---\ntitle: First\n---\n\nThe first words.\n");
    site.build(0);
    fs::remove_file(site.folder.join("input/now.md")).unwrap();
    site.build(0);
    site.write("input/now.md", "---\ntitle: Second\n---\n\nThe second words.\n");
    site.build(0);
    let ids = site.each("id");
    site.write("input/now.md", "---\ntitle: Third\n---\n\nAll of it rewritten.\n");
    site.build(0);
    assert_eq!(site.each("id"), ids);
}

#[test]
fn the_links_of_a_site_that_moves_below_its_old_address_are_recorded_as_published() {
    let site = Site::new();
    note(&site, 1);
    site.build(0);
    site.write("feedwright.yaml", CONFIG.replace("example.org/", "example.org/blog/"));
    let output = site.run(&["build", "--now", NOW, "--allow-move"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let ledger = site.read("feedwright.ledger");
    assert!(ledger.contains("\thttps://example.org/blog/1/\t"), "{ledger}");
    site.build(0);
    assert_eq!(site.read("feedwright.ledger"), ledger);
}

#[test]
fn an_edit_while_an_article_is_in_no_feed_counts_when_it_comes_back() {
    let site = small_site();
    site.write("input/undated.md", "Some words that nobody has read yet.\n");
    let build = |now: &str| {
        let output = site.run(&["build", "--now", now]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    };
    build("2026-10-01T12:00:00Z");
    for day in [2, 3] {
        note(&site, day);
    }
    build("2026-10-04T12:00:00Z");
    assert!(!site.read("feeds/atom.xml").contains("nobody has read"));
    site.write("input/undated.md", "Some words that everybody has read by now.\n");
    build("2026-10-05T12:00:00Z");
    fs::remove_file(site.folder.join("input/3.md")).unwrap();
    build("2026-10-06T12:00:00Z");
    assert!(
        site.read("feeds/atom.xml")
            .contains("<updated>2026-10-06T12:00:00Z</updated>")
    );
}

/// The date of a feed is looked for in the feed's own element, not in those of its entries.
#[test]
fn an_outdated_ledger_is_noticed_beside_any_single_feed() {
    for feed in ["atom.xml", "feed.json", "rss.xml"] {
        let site = Site::new();
        site.write("feedwright.yaml", format!("{CONFIG}feeds: [{feed}]\n"));
        for day in [1, 2] {
            note(&site, day);
        }
        site.build(0);
        let old = site.read("feedwright.ledger");
        site.write(
            "input/2.md",
            "---\ntitle: Note 2\ndate: 2026-10-02\n---\n\nCorrected.\n",
        );
        site.build(0);
        let published = site.read(&format!("feeds/{feed}"));
        site.write("feedwright.ledger", old);
        let output = site.run(&["build", "--now", "2026-12-01T12:00:00Z"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(site.read(&format!("feeds/{feed}")), published);
    }
}

#[test]
fn an_article_that_is_renamed_and_broken_keeps_its_entry() {
    let site = Site::new();
    for day in [1, 2] {
        note(&site, day);
    }
    site.build(0);
    let ids = site.each("id");
    fs::remove_file(site.folder.join("input/2.md")).unwrap();
    let broken = "---\ntitle: Note 2\ndate: 2026-10-02\nlink: 'https://[half'\n---\n\nThe words of note 2.\n";
    site.write("input/two.md", broken);
    site.build(1);
    assert_eq!(site.each("id"), ids);
}

/// A daily podcast that keeps few episodes and links to its page from all of them.
#[test]
fn an_episode_does_not_inherit_by_the_title_and_link_of_the_show() {
    let site = Site::new();
    let episode = |day: u32| {
        let head = format!("title: Daily news\ndate: 2026-10-{day:02}\nlink: https://podcast.example/show");
        site.write(&format!("input/{day}.md"), format!("---\n{head}\n---\n\nThe news.\n"));
    };
    (1..=8).for_each(episode);
    site.build(0);
    let mut ids: BTreeSet<String> = site.each("id").into_iter().collect();
    for day in 9..=11 {
        fs::remove_file(site.folder.join(format!("input/{}.md", day - 8))).unwrap();
        episode(day);
        site.build(0);
        assert!(ids.insert(site.each("id").swap_remove(0)), "day {day}");
    }
}

#[test]
fn a_retired_id_cannot_be_declared_again() {
    let site = Site::new();
    let article = |title: &str, id: &str| format!("---\ntitle: {title}\ndate: 2026-10-01\nid: {id}\n---\n\n{title}.\n");
    site.write("input/a.md", article("Alpha", "x-1"));
    site.build(0);
    let first = site.each("id");
    site.write("input/a.md", article("Alpha", "y-1"));
    let output = site.run(&["build", "--now", NOW, "--allow-reid"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    site.write("input/b.md", article("Beta", "x-1"));
    let text = stderr(&site.build(1));
    assert!(text.contains("an earlier entry was published under this id"), "{text}");
    assert!(!site.each("id").contains(&first[0]));
}

/// An author replaces an article, and keeps the old one as a draft.
#[test]
fn a_declared_id_may_leave_a_draft() {
    for head in ["id: x-1\ndraft: true\n", "draft: true\n"] {
        let site = Site::new();
        note(&site, 1);
        site.write(
            "input/a.md",
            "---\ntitle: Alpha\ndate: 2026-10-02\nid: x-1\n---\n\nAlpha.\n",
        );
        site.build(0);
        let ids = site.each("id");
        site.write(
            "input/a.md",
            format!("---\ntitle: Alpha\ndate: 2026-10-02\n{head}---\n\nAlpha.\n"),
        );
        site.write(
            "input/b.md",
            "---\ntitle: Alpha\ndate: 2026-10-02\nid: x-1\n---\n\nBetter.\n",
        );
        site.build(0);
        assert_eq!(site.each("id"), ids, "{head}");
        assert!(site.read("feeds/feed.json").contains("Better."), "{head}");
    }
}

#[test]
fn an_article_that_declares_the_id_of_another_one_keeps_its_own_entry_for_a_while() {
    let site = Site::new();
    let article = |title: &str, id: &str| format!("---\ntitle: {title}\ndate: 2026-10-01\nid: {id}\n---\n\n{title}.\n");
    site.write("input/a.md", article("Alpha", "x-1"));
    site.write("input/b.md", article("Beta", "x-2"));
    site.build(0);
    let ids = site.each("id");
    site.write("input/b.md", article("Beta", "x-1"));
    let text = stderr(&site.build(1));
    assert!(
        text.contains("article-id-duplicate") && text.contains("article-held"),
        "{text}"
    );
    assert_eq!(site.each("id"), ids);
}
