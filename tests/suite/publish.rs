//! What a build promises, checked on whole sites.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
};

use serde_json::Value;

use crate::site::{CONFIG, NOW, Site, copy, root, shared, stderr};

/// Reports the first line that differs rather than whole feeds.
#[track_caller]
fn assert_same(actual: &[String], expected: &[String], message: &str) {
    for (actual, expected) in actual.iter().zip(expected) {
        let difference = actual
            .lines()
            .zip(expected.lines())
            .find(|(actual, expected)| actual != expected);
        assert!(actual == expected, "{message}; the first difference: {difference:#?}");
    }
}

#[test]
fn the_committed_feeds_are_up_to_date() {
    let site = Site::copy_of_repository();
    let before = site.published();
    fs::remove_dir_all(site.folder.join("feeds")).unwrap();
    site.build(0);
    assert_same(
        &site.published(),
        &before,
        "run `cargo run -- build` and commit feeds/ and feedwright.ledger",
    );
}

#[test]
fn a_lost_ledger_does_not_change_the_ids_of_dated_articles() {
    let site = Site::copy_of_repository();
    let before = site.each("id");
    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    let config = site.read("feedwright.yaml");
    assert!(
        config.contains("id_authority"),
        "the example site configures its authority"
    );
    site.build(0);
    let after = site.each("id");
    let kept = after.iter().filter(|id| before.contains(id)).count();
    assert!(kept * 10 >= before.len() * 9, "{kept} of {} ids kept", before.len());
}

#[test]
fn an_unchanged_build_touches_no_file() {
    let site = Site::copy_of_repository();
    site.build(0);
    let files = [
        "feeds/rss.xml",
        "feeds/atom.xml",
        "feeds/feed.json",
        "feedwright.ledger",
    ];
    let state = || {
        files.map(|path| {
            fs::metadata(site.folder.join(path))
                .map(|m| (m.ino(), m.mtime(), m.mtime_nsec()))
                .unwrap()
        })
    };
    let before = state();
    site.build(0);
    assert_eq!(state(), before);
}

#[test]
fn bytes_do_not_depend_on_time_zone_locale_or_directory_order() {
    let first = Site::copy_of_repository();
    fs::remove_dir_all(first.folder.join("feeds")).unwrap();
    first.build(0);
    let second = Site::copy_of_repository();
    fs::remove_dir_all(second.folder.join("feeds")).unwrap();
    fs::remove_dir_all(second.folder.join("input")).unwrap();
    copy(&root().join("input"), &second.folder.join("input"), true);
    let mut command = second.command(&["build", "--now", NOW]);
    let output = command
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "C")
        .env("LC_ALL", "tr_TR.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_same(
        &first.published(),
        &second.published(),
        "the bytes depend on where the build ran",
    );
}

const ARTICLE: &str =
    "---\ntitle: Spring\ndate: 2026-03-01T09:00:00+01:00\n---\n\nThe first warm day brought everyone out.\n";

#[test]
fn an_id_survives_a_rename_a_new_title_an_edit_and_a_move_of_the_site() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.write("input/undated.txt", "A letter without a date\n\nThe tide came in and nobody had written down when it did so, though all agree it did.\n");
    site.build(0);
    let mut ids = site.each("id");
    let dates = site.each("date_published");
    ids.sort();

    fs::create_dir(site.folder.join("input/2026")).unwrap();
    fs::rename(
        site.folder.join("input/spring.md"),
        site.folder.join("input/2026/first.md"),
    )
    .unwrap();
    fs::rename(
        site.folder.join("input/undated.txt"),
        site.folder.join("input/letter.txt"),
    )
    .unwrap();
    let rerun = |now: &str| {
        let output = site.run(&["build", "--now", now]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let mut after = site.each("id");
        after.sort();
        assert_eq!(after, ids);
        let mut days = site.each("date_published");
        let mut before = dates.clone();
        days.sort();
        before.sort();
        assert_eq!(days, before);
    };
    rerun("2026-11-22T12:00:00Z");
    site.write("input/2026/first.md", ARTICLE.replace("Spring", "Early spring"));
    rerun("2026-11-23T12:00:00Z");
    site.write("input/2026/first.md", ARTICLE.replace("warm", "really warm"));
    rerun("2026-11-24T12:00:00Z");
    site.write(
        "feedwright.yaml",
        site.read("feedwright.yaml")
            .replace("https://example.org", "http://www.example.net"),
    );
    let output = site.run(&["build", "--now", "2026-11-25T12:00:00Z"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let output = site.run(&["build", "--now", "2026-11-25T12:00:00Z", "--allow-move"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    rerun("2026-11-26T12:00:00Z");
}

#[test]
fn an_edit_changes_updated_but_not_published() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.build(0);
    assert_eq!(site.each("date_modified"), site.each("date_published"));
    site.write("input/spring.md", ARTICLE.replace("warm", "really warm"));
    let output = site.run(&["build", "--now", "2026-12-01T00:00:00Z"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(site.each("date_published"), ["2026-03-01T08:00:00Z"]);
    assert_eq!(site.each("date_modified"), ["2026-12-01T00:00:00Z"]);
}

#[test]
fn file_times_are_dates_only_if_configured() {
    let site = Site::new();
    site.write(
        "input/note.md",
        "# A note\n\nIt says nothing of when it was written, and nobody asked.\n",
    );
    let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000);
    fs::File::options()
        .write(true)
        .open(site.folder.join("input/note.md"))
        .unwrap()
        .set_modified(old)
        .unwrap();
    site.build(0);
    assert_eq!(site.each("date_published"), [NOW]);

    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    site.write(
        "feedwright.yaml",
        format!("{}dates: {{from_file_time: true}}\n", crate::site::CONFIG),
    );
    site.build(0);
    assert_eq!(site.each("date_published"), ["2023-11-14T22:13:20Z"]);
}

#[test]
fn articles_with_the_same_name_in_two_input_folders_stay_separate() {
    let site = Site::new();
    site.write(
        "feedwright.yaml",
        format!("{}input: [notes, letters]\n", crate::site::CONFIG),
    );
    site.write("notes/spring.md", ARTICLE);
    site.write("letters/spring.md", ARTICLE.replace("Spring", "Dear spring"));
    site.build(0);
    assert_eq!(
        site.each("url"),
        [
            "https://example.org/letters/spring/",
            "https://example.org/notes/spring/"
        ]
    );
    let ids = site.each("id");
    fs::rename(site.folder.join("notes/spring.md"), site.folder.join("notes/first.md")).unwrap();
    site.build(0);
    let mut after = site.each("id");
    after.sort();
    let mut before = ids.clone();
    before.sort();
    assert_eq!(after, before);
}

#[test]
fn a_title_without_text_and_a_text_of_short_lines_are_published() {
    let site = Site::new();
    site.write("input/title.md", "---\ntitle: Only a title\ndate: 2026-01-02\n---\n");
    site.write("input/poem.txt", "Low tide\n\nmud\nand gulls\nand mud\n");
    site.write("input/nothing.md", " \n");
    let output = site.build(1);
    let messages = stderr(&output);
    assert!(
        messages.contains("article-text-missing") && messages.contains("article-empty"),
        "{messages}"
    );
    let mut contents = site.each("content_html");
    contents.sort();
    assert_eq!(site.each("summary").last().unwrap(), "Only a title");
    assert!(contents[1].contains("<p>and gulls</p>"), "{contents:?}");
}

#[test]
fn the_html_level_decides_which_elements_stay() {
    let article = "---\ntitle: Fog\ndate: 2026-01-02\n---\n\n<p>A bell</p>\n\n<img src=\"/bell.png\" alt=\"The bell\">\n\n\
                   <script>ring()</script>\n";
    for (level, picture, script) in [
        ("strict", false, false),
        ("standard", true, false),
        ("trusted", true, true),
    ] {
        let site = Site::new();
        site.write("feedwright.yaml", format!("{CONFIG}html: {level}\n"));
        site.write("input/fog.md", article);
        let messages = stderr(&site.build(0));
        let content = &site.each("content_html")[0];
        assert!(content.contains("A bell"), "{level}: {content}");
        assert_eq!(content.contains("<img"), picture, "{level}: {content}");
        assert_eq!(content.contains("<script"), script, "{level}: {content}");
        assert_eq!(messages.contains("`html: trusted`"), script, "{level}: {messages}");
    }
}

#[test]
fn of_two_articles_with_one_id_the_recorded_one_is_published() {
    let site = Site::new();
    let article = |text: &str| format!("---\ntitle: {text}\nid: same\ndate: 2026-01-02\n---\n\n{text} is the text.\n");
    site.write("input/b.md", article("First"));
    site.build(0);
    site.write("input/a.md", article("Second"));
    let output = site.build(1);
    assert_eq!(site.each("title"), ["First"]);
    assert!(stderr(&output).contains("article-id-duplicate"), "{}", stderr(&output));
}

#[test]
fn of_two_articles_with_one_address_the_recorded_one_is_published() {
    let site = Site::new();
    let article = |text: &str| format!("---\ntitle: {text}\nslug: fog\ndate: 2026-01-02\n---\n\n{text} is the text.\n");
    site.write("input/b.md", article("First"));
    site.build(0);
    site.write("input/a.md", article("Second"));
    let output = site.build(1);
    assert_eq!(site.each("title"), ["First"]);
    assert!(
        stderr(&output).contains("article-link-duplicate"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn an_article_that_takes_a_published_address_is_dropped_even_if_it_is_recorded() {
    let site = Site::new();
    let article = |link: &str, text: &str| {
        format!("---\ntitle: {text}\nlink: {link}\ndate: 2026-01-02\n---\n\n{text} is the text.\n")
    };
    site.write("input/a.md", article("/a/", "First"));
    site.write("input/b.md", article("/b/", "Second"));
    site.build(0);
    site.write("input/b.md", article("/a/", "Second"));
    let output = site.build(1);
    let message = stderr(&output);
    assert!(message.contains("`a.md` has the same address"), "{message}");
    assert!(site.each("title").contains(&"First".to_owned()), "{message}");
}

/// Only where file names are case-sensitive can all four files exist.
#[cfg(target_os = "linux")]
#[test]
fn file_names_that_are_equal_on_other_systems_are_reported() {
    let site = Site::new();
    for (number, name) in ["Tide", "tide", "cafe\u{301}", "caf\u{e9}"].iter().enumerate() {
        let article = format!("---\ntitle: Tide\ndate: 2026-01-02\n---\n\nThe water is {number} feet high.\n");
        site.write(&format!("input/{name}.md"), article);
    }
    let messages = stderr(&site.build(0));
    let similar = messages.matches("warning[article-link-similar]").count();
    assert_eq!(similar, 2, "{messages}");
}

#[test]
fn a_selection_that_matches_nothing_is_reported() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.write(
        "feedwright.yaml",
        format!(
            "{}feeds:\n  - {{path: rss.xml, select: {{folders: [nope]}}}}\n",
            crate::site::CONFIG
        ),
    );
    let output = site.build(3);
    assert!(
        stderr(&output).contains("no feed includes any articles, although 1 could"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_date_before_1970_is_reported() {
    let site = Site::new();
    site.write(
        "input/old.md",
        ARTICLE.replace("2026-03-01T09:00:00+01:00", "1960-01-01"),
    );
    let output = site.build(0);
    assert_eq!(site.each("date_published"), ["1970-01-02T00:00:00Z"]);
    assert!(
        stderr(&output).contains("`1960-01-01` is published as 1970-01-02"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_preview_in_another_folder_does_not_touch_the_ledger() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.build(0);
    let ids = site.each("id");
    fs::rename(site.folder.join("input/spring.md"), site.folder.join("input/first.md")).unwrap();
    let before = site.published();
    let output = site.run(&["build", "-o", "preview", "--now", NOW]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(site.read("preview/feed.json").contains(&ids[0]));
    assert!(site.read("preview/feedwright.ledger").contains("first.md"));
    assert_eq!(site.published(), before);
    // What a preview allows is not allowed for the next scheduled build.
    fs::remove_file(site.folder.join("input/first.md")).unwrap();
    let output = site.run(&["build", "-o", "preview", "--now", NOW, "--allow-empty"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    site.build(3);
    assert_eq!(site.published(), before);
    site.write("input/spring.md", ARTICLE);

    // As long as nothing has been published to the configured folder, the other folder is the one that readers use.
    let other = Site::new();
    other.write("input/spring.md", ARTICLE);
    let output = other.run(&["build", "-o", "public", "--now", NOW]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(other.read("feedwright.ledger").contains("spring.md"));
    assert!(!other.folder.join("public/feedwright.ledger").exists());

    let output = site.run(&["build", "input", "-o", "elsewhere", "--now", NOW]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(site.folder.join("elsewhere/feedwright.ledger").exists());
}

#[test]
fn drafts_future_and_expired_articles_are_held_back() {
    let site = Site::new();
    site.write("input/public.md", ARTICLE);
    site.write(
        "input/draft.md",
        ARTICLE.replace("title: Spring", "title: Draft\ndraft: true"),
    );
    site.write("input/future.md", ARTICLE.replace("2026-03-01", "2099-03-01"));
    site.write(
        "input/expired.md",
        ARTICLE.replace("title: Spring", "title: Old\nexpiryDate: 2026-04-01"),
    );
    site.build(0);
    assert_eq!(site.each("title"), ["Spring"]);
}

#[test]
fn a_broken_article_is_reported_and_affects_no_other() {
    let good = Site::new();
    good.write("input/good.md", ARTICLE);
    good.build(0);

    let site = Site::new();
    site.write("input/good.md", ARTICLE);
    site.write(
        "input/unclosed.md",
        "---\ntitle: Never closed\ndate: 2026-01-01\n\nText.\n",
    );
    site.write("input/when.md", "---\ntitle: When\ndate: yesterday\n---\n\nText.\n");
    let output = site.build(1);
    let messages = stderr(&output);
    for expected in [
        "unclosed.md:1",
        "article-front-matter-unclosed",
        "when.md:3:7",
        "article-date-invalid",
        "`yesterday`",
    ] {
        assert!(messages.contains(expected), "{expected} is missing from\n{messages}");
    }
    assert_same(
        &good.published()[..3],
        &site.published()[..3],
        "the broken articles changed the feeds",
    );

    let strict = site.run(&["build", "--strict", "--now", NOW]);
    assert_eq!(strict.status.code(), Some(3), "{}", stderr(&strict));
}

#[test]
fn characters_that_xml_forbids_are_reported_and_removed() {
    let site = Site::new();
    site.write("input/good.md", ARTICLE);
    site.write(
        "input/odd.md",
        b"---\ntitle: \"Odd \x0b & ]]> <b>title</b>\"\ndate: 2026-02-01\n---\n\nA\x0bB ]]> & \xff end of a line of text.\n".as_slice(),
    );
    let output = site.run(&["build", "--now", NOW]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    let messages = stderr(&output);
    assert!(messages.contains("odd.md:"), "{messages}");
    assert!(messages.contains("U+000B"), "{messages}");
    assert!(messages.contains("article-encoding-invalid"), "{messages}");
    for path in ["feeds/rss.xml", "feeds/atom.xml"] {
        let text = site.read(path);
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    assert!(site.each("title").contains(&"Spring".to_owned()));
}

#[test]
fn a_build_without_articles_is_refused_and_changes_nothing() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.build(0);
    let before = site.published();
    fs::remove_file(site.folder.join("input/spring.md")).unwrap();
    site.build(3);
    assert_eq!(site.published(), before);
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    let output = site.run(&["build", "--dry-run", "--now", NOW]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!site.folder.join("feeds").exists());
    assert!(!site.folder.join("feedwright.ledger").exists());
}

#[test]
fn feeds_are_readable_for_a_server_and_keep_their_mode() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.build(0);
    let rss = site.folder.join("feeds/rss.xml");
    let mode = || fs::metadata(&rss).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode() & 0o600, 0o600);
    assert_eq!(mode() & 0o111, 0);
    fs::set_permissions(&rss, fs::Permissions::from_mode(0o640)).unwrap();
    let before = fs::metadata(&rss).unwrap().mtime();
    site.write("input/spring.md", ARTICLE.replace("warm", "hot"));
    site.build(0);
    assert_eq!(mode(), 0o640);
    assert!(
        fs::metadata(&rss).unwrap().mtime() > before,
        "a server distinguishes versions by whole seconds"
    );
}

#[test]
fn a_build_that_finds_the_lock_taken_exits_with_75() {
    let site = Site::new();
    site.write("input/spring.md", ARTICLE);
    site.build(0);
    let lock = fs::File::open(site.folder.join("feeds/.feedwright.lock")).unwrap();
    lock.lock().unwrap();
    site.write("input/spring.md", ARTICLE.replace("warm", "hot"));
    let before = site.published();
    site.build(75);
    assert_eq!(site.published(), before);
}

#[test]
fn limits_and_selections_decide_what_a_feed_contains() {
    let site = Site::new();
    for day in 1..=9 {
        let category = if day % 2 == 0 { "tea" } else { "bread" };
        let text = ARTICLE
            .replace("2026-03-01", &format!("2026-03-0{day}"))
            .replace("title:", &format!("tags: [{category}]\ntitle:"));
        site.write(
            &format!("input/{}/day{day}.md", if day < 5 { "early" } else { "late" }),
            text,
        );
    }
    let feeds = "feeds:\n  - feed.json\n  - {path: three.json, format: json, limit: {entries: 3}}\n  \
                 - {path: tea.json, format: json, select: {categories: [Tea]}}\n  \
                 - {path: early.json, format: json, select: {folders: [early]}}\n  \
                 - {path: glob.json, format: json, select: {globs: ['late/day[89].md']}}\n  \
                 - {path: small.json, format: json, limit: {bytes: 2500}}\n  \
                 - {path: young.json, format: json, limit: {age_days: 260}}\n";
    site.write("feedwright.yaml", format!("{}{feeds}", crate::site::CONFIG));
    site.build(0);
    let count = |name: &str| {
        let text = site.read(&format!("feeds/{name}.json"));
        let feed: Value = serde_json::from_str(&text).unwrap();
        (feed["items"].as_array().unwrap().len(), text.len())
    };
    let counts = ["feed", "three", "tea", "early", "glob", "young"].map(|name| count(name).0);
    assert_eq!(counts, [9, 3, 4, 4, 2, 3]);
    let (entries, bytes) = count("small");
    assert!(
        (1..9).contains(&entries) && bytes <= 2500,
        "{entries} entries, {bytes} bytes"
    );
}

#[test]
fn the_five_real_articles_become_five_correct_entries() {
    let Some(articles) = shared("articles") else { return };
    let truth: Value = serde_json::from_str(&fs::read_to_string(articles.join("truth.json")).unwrap()).unwrap();
    let site = Site::new();
    fs::remove_dir(site.folder.join("input")).unwrap();
    copy(&articles, &site.folder.join("input"), false);
    site.build(0);
    let entries = site.entries();
    assert_eq!(entries.len(), 5);
    for (file, expected) in truth
        .as_object()
        .unwrap()
        .iter()
        .filter(|(file, _)| file.ends_with(".txt"))
    {
        let accepted = |field: &str| {
            let field = &expected[field];
            let others = field["accept"].as_array().cloned().unwrap_or_default();
            std::iter::once(field["value"].clone())
                .chain(others)
                .filter(Value::is_string)
                .collect::<Vec<_>>()
        };
        let titles = accepted("title");
        let entry = entries
            .iter()
            .find(|entry| titles.contains(&entry["title"]))
            .unwrap_or_else(|| panic!("{file}: no entry with one of {titles:?}"));
        assert!(
            accepted("summary").contains(&entry["summary"]),
            "{file}: {}",
            entry["summary"]
        );
        let content = entry["content_html"].as_str().unwrap();
        for boilerplate in [
            "See also",
            "Leave a Reply",
            "Above photo",
            "About The Author",
            "Home »",
            "img_1593",
        ] {
            assert!(
                !content.contains(boilerplate),
                "{file}: {boilerplate} is in the content"
            );
        }
    }
    let dated = entries
        .iter()
        .find(|entry| entry["image"].is_string())
        .expect("an entry with an image");
    assert_eq!(
        dated["date_published"], "2024-12-14T07:00:00Z",
        "08:00 in the time zone of the site"
    );
    assert!(
        dated["url"]
            .as_str()
            .unwrap()
            .starts_with("https://mhtntimes.com/articles/")
    );
    let rss = site.read("feeds/rss.xml");
    for part in [
        "Syria Rebel",
        "FMT",
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ] {
        assert!(rss.contains(part), "{part}");
    }
}

#[test]
fn an_independent_reader_sees_the_same_entries_in_all_three_formats() {
    let site = Site::copy_of_repository();
    site.build(0);
    let read = |path: &str| {
        let feed = feed_rs::parser::parse(site.read(path).as_bytes()).unwrap();
        let properties = |entry: &feed_rs::model::Entry| {
            let title = entry
                .title
                .as_ref()
                .map(|title| title.content.clone())
                .unwrap_or_default();
            (
                entry.id.clone(),
                title,
                entry.published.map(|date| date.timestamp()),
                entry.links[0].href.clone(),
            )
        };
        feed.entries.iter().map(properties).collect::<Vec<_>>()
    };
    let rss = read("feeds/rss.xml");
    assert!(rss.len() >= 20);
    assert_eq!(rss, read("feeds/atom.xml"));
    assert_eq!(rss, read("feeds/feed.json"));
    let output = site.run(&["check", "feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn an_entry_gets_the_defaults_of_its_folder() {
    let site = Site::new();
    let defaults = "defaults:\n  - { folder: de, language: de, authors: Bo Keel, categories: [Gezeiten] }\n";
    site.write("feedwright.yaml", format!("{CONFIG}{defaults}"));
    site.write("input/de/spring.md", ARTICLE);
    site.build(0);
    let entry = &site.entries()[0];
    assert_eq!(entry["language"], "de");
    assert_eq!(entry["authors"][0]["name"], "Bo Keel");
    assert_eq!(entry["tags"][0], "Gezeiten");
}

#[test]
fn the_dates_of_a_folder_decide_the_order_of_day_and_month_in_any_reading_order() {
    let site = Site::new();
    let article = |date: &str, more: &str| format!("---\ntitle: Spring\ndate: {date}\n{more}---\n\nA warm day.\n");
    for (folder, proof) in [("de", "13/04/2026"), ("us", "04/13/2026")] {
        site.write(&format!("input/{folder}/first.md"), article("03/04/2026", ""));
        site.write(&format!("input/{folder}/proof.md"), article(proof, ""));
        site.write(&format!("input/{folder}/third.md"), article("03/05/2026", ""));
        site.write(
            &format!("input/{folder}/gone.md"),
            article("2026-01-01", "expires: 05/12/2026\n"),
        );
    }
    let output = site.run(&["build", "--now", "2026-07-01T00:00:00Z"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let dates = site.entries().into_iter().map(|entry| {
        let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let address = text("url").replace("https://example.org/", "");
        (address, text("date_published")[..10].to_owned())
    });
    // Midnight at the site is the evening before in UTC.
    let expected = [
        ("us/first/", "2026-03-03"),
        ("us/third/", "2026-03-04"),
        ("de/first/", "2026-04-02"),
        ("de/proof/", "2026-04-12"),
        ("us/proof/", "2026-04-12"),
        ("de/third/", "2026-05-02"),
        ("de/gone/", "2025-12-31"),
    ];
    let mut dates: Vec<_> = dates.collect();
    let mut expected = expected
        .map(|(address, date)| (address.to_owned(), date.to_owned()))
        .to_vec();
    dates.sort();
    expected.sort();
    assert_eq!(dates, expected);
}
