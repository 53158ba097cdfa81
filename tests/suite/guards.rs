//! Guards, retained entries and dates on whole sites: the numbers at which a build is refused, and the entries that
//! stay.

use std::fs;

use feedwright::url::Id;

use crate::site::{CONFIG, NOW, Site, root, stderr};

/// An article with a number and a date in 2026.
fn article(number: usize) -> String {
    let (month, day) = (1 + number / 28, 1 + number % 28);
    format!("---\ntitle: Note {number}\ndate: 2026-{month:02}-{day:02}\n---\n\nSome words, and the number {number}.\n")
}

fn site(articles: usize, more: &str) -> Site {
    let site = Site::new();
    let feeds = "feeds: [{path: feed.json, limit: {entries: 100}}, {path: rss.xml, limit: {entries: 100}}]\n";
    site.write("feedwright.yaml", format!("{CONFIG}{feeds}{more}"));
    for number in 0..articles {
        site.write(&format!("input/{number}.md"), article(number));
    }
    site.build(0);
    site
}

fn bytes(site: &Site) -> Vec<String> {
    ["feeds/feed.json", "feeds/rss.xml", "feedwright.ledger"]
        .map(|path| site.read(path))
        .into()
}

/// The build must be refused without changing a byte, and allowed with the option that the message names.
#[track_caller]
fn assert_refused(site: &Site, option: &str, message: &str) {
    let before = bytes(site);
    let output = site.build(3);
    assert_eq!(bytes(site), before);
    let text = stderr(&output);
    assert!(
        text.contains(message) && text.contains(&format!("`{option}`")),
        "{text}"
    );
    assert!(text.lines().count() <= 22 || text.contains("error["), "{text}");
    let output = site.run(&["build", "--now", NOW, option]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", stderr(&output));
    let output = site.run(&["build", "--now", NOW]);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "the next build needs no option: {}",
        stderr(&output)
    );
}

#[test]
fn a_feed_may_lose_a_share_of_its_entries_and_always_two() {
    for (articles, lost, limit, is_refused) in [
        (4, 2, "30%", false),
        (10, 3, "30%", false),
        (10, 4, "30%", true),
        (20, 6, "30%", false),
        (20, 7, "30%", true),
        (20, 7, "35%", false),
        (20, 3, "0%", true),
        (5, 4, "100%", false),
    ] {
        let site = site(articles, &format!("guards: {{shrink: {limit}}}\n"));
        for number in 0..lost {
            fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap();
        }
        if is_refused {
            assert_refused(
                &site,
                "--allow-shrink",
                &format!("would lose {lost} of {articles} entries"),
            );
        } else {
            site.build(0);
        }
        assert_eq!(site.entries().len(), articles - lost);
    }
}

#[test]
fn new_entries_do_not_make_up_for_lost_ones() {
    let site = site(6, "");
    for number in 0..3 {
        fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap();
        site.write(&format!("input/{}.md", 50 + number), article(50 + number));
    }
    assert_refused(&site, "--allow-shrink", "would lose 3 of 6 entries");
}

#[test]
fn entries_dropped_by_the_limit_are_not_lost() {
    let site = Site::new();
    site.write(
        "feedwright.yaml",
        format!("{CONFIG}feeds: [{{path: feed.json, limit: {{entries: 5}}}}]\n"),
    );
    for number in 0..5 {
        site.write(&format!("input/{number}.md"), article(number));
    }
    site.build(0);
    for number in 5..9 {
        site.write(&format!("input/{number}.md"), article(number));
    }
    site.build(0);
    // Entries that come back because newer ones were removed are not new either.
    for number in 7..9 {
        fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap();
    }
    site.build(0);
    assert_eq!(site.each("title"), ["Note 6", "Note 5", "Note 4", "Note 3", "Note 2"]);
}

#[test]
fn a_share_of_the_dates_may_change_and_always_two() {
    for (articles, redated, is_refused) in [(4, 2, false), (10, 3, true), (20, 4, false), (20, 5, true)] {
        let site = site(articles, "");
        for number in 0..redated {
            site.write(&format!("input/{number}.md"), article(number).replace("2026-", "2025-"));
        }
        if is_refused {
            assert_refused(
                &site,
                "--allow-redate",
                &format!("would change the date of {redated} of {articles} entries"),
            );
        } else {
            site.build(0);
        }
    }
    let site = site(6, "");
    site.write(
        "feedwright.yaml",
        site.read("feedwright.yaml").replace("Europe/Berlin", "Asia/Tokyo"),
    );
    assert_refused(&site, "--allow-redate", "would change the date of 6 of 6 entries");
}

#[test]
fn a_feed_of_twenty_entries_gets_up_to_twenty_new_ones() {
    for (articles, new, is_refused) in [(19, 30, false), (20, 20, false), (20, 21, true), (40, 21, true)] {
        let site = site(articles, "");
        for number in articles..articles + new {
            site.write(&format!("input/{number}.md"), article(number));
        }
        if is_refused {
            assert_refused(&site, "--allow-flood", &format!("would get {new} new entries at once"));
        } else {
            site.build(0);
        }
    }
}

#[test]
fn many_articles_with_errors_are_refused_but_never_a_single_one() {
    for (articles, broken, limit, is_refused) in [
        (4, 1, "0%", false),
        (20, 2, "10%", false),
        (20, 3, "10%", true),
        (20, 3, "15%", false),
    ] {
        let site = site(articles, &format!("guards: {{failed: {limit}}}\n"));
        for number in 0..broken {
            site.write(
                &format!("input/{number}.md"),
                article(number).replace("date: ", "date: some "),
            );
        }
        if is_refused {
            assert_refused(
                &site,
                "--allow-failed",
                &format!("{broken} of {articles} articles have errors"),
            );
        } else {
            site.build(1);
        }
        assert_eq!(
            site.entries().len(),
            articles,
            "entries of broken articles are retained"
        );
    }
}

#[test]
fn an_option_turns_off_only_its_own_guard() {
    let site = site(10, "");
    for number in 0..5 {
        fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap();
    }
    site.write(
        "feedwright.yaml",
        site.read("feedwright.yaml").replace("example.org", "example.net"),
    );
    let before = bytes(&site);
    for options in [
        &["--allow-shrink"][..],
        &["--allow-move"],
        &["--allow-empty", "--adopt", "--allow-reid"],
    ] {
        let output = site.run(&[&["build", "--now", NOW], options].concat());
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert_eq!(bytes(&site), before);
    }
    let output = site.run(&["build", "--now", NOW, "--allow-move", "--allow-shrink"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn no_guard_refuses_a_first_build() {
    let site = Site::new();
    for number in 0..60 {
        let text = article(number);
        let text = if number % 2 == 0 {
            text.replace("date: ", "date: some ")
        } else {
            text
        };
        site.write(&format!("input/{number}.md"), text);
    }
    site.build(1);
}

#[test]
fn guards_work_without_the_published_feeds() {
    let site = site(10, "");
    fs::remove_dir_all(site.folder.join("feeds")).unwrap();
    for number in 0..5 {
        fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap();
    }
    let output = site.build(3);
    assert!(
        stderr(&output).contains("would lose 5 of 10 entries"),
        "{}",
        stderr(&output)
    );
    assert!(!site.folder.join("feeds").exists());
}

#[test]
fn a_lost_ledger_is_rebuilt_from_the_feeds_with_ids_and_dates() {
    let site = site(10, "");
    site.write(
        "input/undated.md",
        "# Undated\n\nNobody wrote down when that was, and now it is late.\n",
    );
    site.write("input/8.md", article(8).replace("title:", "id: my-own\ntitle:"));
    let output = site.run(&["build", "--now", "2026-11-22T12:00:00Z", "--allow-reid"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let before = (site.read("feeds/feed.json"), site.read("feeds/rss.xml"));
    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    // On a different day, new ids would differ. One file is renamed as well.
    fs::rename(site.folder.join("input/3.md"), site.folder.join("input/third.md")).unwrap();
    let output = site.run(&["build", "--now", "2026-12-24T12:00:00Z"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let after = (site.read("feeds/feed.json"), site.read("feeds/rss.xml"));
    let moved = |text: &str| text.replace("/3/", "/third/");
    assert_eq!(after, (moved(&before.0), moved(&before.1)));
    let ledger = site.read("feedwright.ledger");
    assert!(
        !ledger.contains("\n//"),
        "each entry is matched with its article: {ledger}"
    );

    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    for number in 4..9 {
        fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap();
    }
    let output = site.build(3);
    assert!(
        stderr(&output).contains("would lose 5 of 11 entries"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_lost_ledger_and_unreadable_feeds_are_refused() {
    let site = site(3, "");
    for (damage, code) in [("", 0), ("\n", 0), ("<rss>", 3), ("{\"items\": [{\"id\": 1", 3)] {
        fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
        let name = if damage.starts_with('{') {
            "feed.json"
        } else {
            "rss.xml"
        };
        site.write(&format!("feeds/{name}"), damage);
        let output = site.run(&["build", "--now", NOW]);
        assert_eq!(output.status.code(), Some(code), "{damage}: {}", stderr(&output));
        let output = site.run(&["build", "--now", NOW, "--adopt"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    // Feedwright's own feed may be cut off, too.
    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    let feed = site.read("feeds/rss.xml");
    site.write("feeds/rss.xml", &feed[..feed.len() / 2]);
    let output = site.build(3);
    assert!(stderr(&output).contains("there is no ledger at"), "{}", stderr(&output));
}

#[test]
fn a_retained_entry_stays_the_same_in_every_format() {
    let site = Site::copy_of_repository();
    let config = site.read("feedwright.yaml");
    site.write("feedwright.yaml", format!("{config}guards: {{failed: 100%}}\n"));
    site.build(0);
    let before = site.published();
    let mut broken = 0;
    let mut folders = vec![site.folder.join("input")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if matches!(extension, "md" | "markdown" | "txt" | "html") {
                fs::write(path, "\u{0}\u{1}\u{2}").unwrap();
                broken += 1;
            }
        }
    }
    assert!(broken > 30);
    let output = site.run(&["build", "--now", "2026-11-22T12:00:00Z"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    for (name, (before, after)) in ["rss", "atom", "json"].iter().zip(before.iter().zip(site.published())) {
        for (before, after) in before.lines().zip(after.lines()) {
            assert_eq!(before, after, "{name}");
        }
    }
}

#[test]
fn an_unreadable_folder_does_not_count_as_empty() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let site = Site::new();
    for number in 0..4 {
        site.write(&format!("input/news/deep/{number}.md"), article(number));
    }
    site.write("input/other.md", article(20));
    site.build(0);
    let before = bytes_of_feeds(&site);
    fs::set_permissions(site.folder.join("input/news"), fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = site.command(&["build", "--now", "2026-11-22T12:00:00Z"]);
    if fs::read_dir(site.folder.join("input/news")).is_ok() {
        // Root can read everything, so a different user, who has access to the rest of the site, must run the build.
        let (nobody, all) = (65_534, fs::Permissions::from_mode(0o777));
        for path in ["", "feeds", "input"] {
            fs::set_permissions(site.folder.join(path), all.clone()).unwrap();
        }
        for name in fs::read_dir(site.folder.join("feeds")).unwrap() {
            fs::set_permissions(name.unwrap().path(), all.clone()).unwrap();
        }
        fs::set_permissions(site.folder.join("feedwright.ledger"), all).unwrap();
        command.uid(nobody).gid(nobody);
    }
    let Ok(output) = command.output() else {
        eprintln!("skipped: cannot run the program as another user here");
        return;
    };
    fs::set_permissions(site.folder.join("input/news"), fs::Permissions::from_mode(0o755)).unwrap();
    let message = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains("article-unreadable") && message.contains("4 entries keep their last published version"),
        "{message}"
    );
    assert_eq!(bytes_of_feeds(&site), before);
}

fn bytes_of_feeds(site: &Site) -> Vec<String> {
    site.published().into_iter().take(3).collect()
}

#[test]
fn the_entry_of_a_deleted_article_is_not_retained() {
    let site = site(5, "");
    fs::remove_file(site.folder.join("input/2.md")).unwrap();
    site.build(0);
    assert_eq!(site.entries().len(), 4);
}

const SPRING: &str = "---\ntitle: It's spring\ndate: 2026-03-01\n---\n\nThe *first* warm day -- \"at last\"...\n";

#[test]
fn updated_changes_only_with_the_words_of_title_or_text() {
    let first = "2026-02-28T23:00:00Z";
    for (change, expected) in [
        (SPRING.to_owned(), first),
        (SPRING.replace("*first*", "__first__"), first),
        (SPRING.replace("first* warm", "first*\nwarm"), first),
        (SPRING.replace(" -- ", " — ").replace("...", "…"), first),
        (SPRING.replace("It's", "It’s").replace('"', "“"), first),
        (SPRING.replace("date:", "tags: [weather]\ndate:"), first),
        (SPRING.replace("warm", "really warm"), "2026-12-01T00:00:00Z"),
        (SPRING.replace("spring", "summer"), "2026-12-01T00:00:00Z"),
        (
            SPRING.replace("warm", "warmer").replace("date:", "minor: true\ndate:"),
            first,
        ),
        (
            SPRING
                .replace("warm", "warmer")
                .replace("date:", "updated: 2026-05-01\ndate:"),
            "2026-04-30T22:00:00Z",
        ),
    ] {
        let site = Site::new();
        site.write("input/spring.md", SPRING);
        site.build(0);
        site.write("input/spring.md", &change);
        let output = site.run(&["build", "--now", "2026-12-01T00:00:00Z"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(site.each("date_modified"), [expected], "{change}");
        assert_eq!(site.each("date_published"), [first]);
        let output = site.run(&["build", "--now", "2026-12-02T00:00:00Z"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(site.each("date_modified"), [expected], "a second build: {change}");
    }
}

#[test]
fn the_date_of_a_feed_never_goes_back() {
    let site = site(5, "");
    site.write("input/4.md", article(4).replace("words", "other words"));
    site.build(0);
    let date = |site: &Site| {
        let rss = site.read("feeds/rss.xml");
        rss.split("<lastBuildDate>")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned()
    };
    let before = date(&site);
    assert_eq!(before, "Sat, 21 Nov 2026 12:00:00 GMT");
    fs::remove_file(site.folder.join("input/4.md")).unwrap();
    site.build(0);
    assert_eq!((site.entries().len(), date(&site)), (4, before.clone()));
    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    for _ in 0..2 {
        site.build(0);
        assert_eq!(date(&site), before, "not even without the ledger");
    }
}

#[test]
fn a_build_with_wait_runs_after_the_one_that_has_the_lock() {
    let site = site(3, "");
    let lock = feedwright::output::Lock::acquire(&site.folder.join("feeds")).unwrap();
    site.build(75);
    site.write("input/3.md", article(3));
    let waiting = site
        .command(&["build", "--quiet", "--wait", "--now", NOW])
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(site.entries().len(), 3);
    drop(lock);
    assert!(waiting.wait_with_output().unwrap().status.success());
    assert_eq!(site.entries().len(), 4);
}

#[test]
fn all_entries_of_the_repositorys_feeds_can_be_restored() {
    for name in ["rss.xml", "atom.xml", "feed.json"] {
        let bytes = fs::read(root().join("feeds").join(name)).unwrap();
        let generation = feedwright::compare::read(&bytes).unwrap();
        let ids = generation.entries.iter().filter_map(|entry| Id::new(&entry.id));
        let ids: Vec<Id> = ids.collect();
        let entries = feedwright::compare::restore(&bytes, &ids, feedwright::html::Level::Standard).unwrap();
        assert_eq!(entries.len(), generation.entries.len(), "{name}");
    }
}

/// What disappears because a setting or the clock has changed counts as lost.
#[test]
fn a_lower_limit_a_large_entry_or_a_wrong_clock_is_refused() {
    let notes = |site: &Site| {
        for number in 1..=28 {
            site.write(
                &format!("input/{number}.md"),
                format!("---\ntitle: Note {number}\ndate: 2026-10-{number:02}\n---\n\nSome words, and the number {number}.\n"),
            );
        }
    };
    let with_limit = |limit: &str| format!("{CONFIG}feeds: [{{path: feed.json, limit: {{{limit}}}}}]\n");
    let refused = |site: &Site, now: &str| {
        let output = site.run(&["build", "--now", now]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        let message = stderr(&output);
        let expected = ["would lose", "no feed includes any articles"];
        assert!(expected.iter().any(|it| message.contains(it)), "{message}");
    };
    let site = Site::new();
    notes(&site);
    site.write("feedwright.yaml", with_limit("entries: 30"));
    site.build(0);
    site.write("feedwright.yaml", with_limit("entries: 3"));
    refused(&site, NOW);

    let site = Site::new();
    notes(&site);
    site.write("feedwright.yaml", with_limit("entries: 30, bytes: 60000"));
    site.build(0);
    let words = "word ".repeat(20_000);
    site.write(
        "input/large.md",
        format!("---\ntitle: Large\ndate: 2026-11-01\n---\n\n{words}\n"),
    );
    refused(&site, NOW);

    let site = Site::new();
    notes(&site);
    site.write("feedwright.yaml", with_limit("age_days: 60"));
    site.build(0);
    refused(&site, "2029-01-01T00:00:00Z");
    // A week later, some entries have become too old, as they should.
    let output = site.run(&["build", "--now", "2026-12-12T12:00:00Z"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(site.entries().len(), 15);
}

/// Texts that a sync has garbled, or a conversion has replaced with an error message.
#[test]
fn many_texts_that_change_at_once_are_refused() {
    let site = Site::new();
    let note = |number: usize, text: &str| {
        let text = format!("---\ntitle: Note {number}\ndate: 2026-10-{number:02}\n---\n\n{text}\n");
        site.write(&format!("input/{number}.md"), text);
    };
    for number in 1..=8 {
        note(number, "Grüße über Straßen.");
    }
    site.build(0);
    for number in 1..=5 {
        note(number, "GrÃ¼Ãe Ã¼ber StraÃen.");
    }
    let output = site.build(3);
    assert!(
        stderr(&output).contains("would change the title or text of 5 of 8 entries"),
        "{}",
        stderr(&output)
    );
    let output = site.run(&["build", "--now", NOW, "--allow-rewrite"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

/// A setting can remove the texts too, while the articles stay the same.
#[test]
fn contents_replaced_by_summaries_are_refused() {
    for feed in ["rss.xml", "atom.xml", "feed.json"] {
        let site = Site::new();
        let config = |content: &str| format!("{CONFIG}feeds: [{{path: {feed}, content: {content}}}]\n");
        for number in 1..=6 {
            let words = format!("Words about the number {number}. ").repeat(40);
            let text = format!("---\ntitle: Note {number}\ndate: 2026-10-{number:02}\n---\n\n{words}\n\n{words}\n");
            site.write(&format!("input/{number}.md"), text);
        }
        site.write("feedwright.yaml", config("full"));
        site.build(0);
        site.write("feedwright.yaml", config("summary"));
        let output = site.build(3);
        let expected = "would change the title or text of 6 of 6 entries";
        assert!(stderr(&output).contains(expected), "{feed}: {}", stderr(&output));
        let output = site.run(&["build", "--now", NOW, "--allow-rewrite"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        site.build(0);
        // The full text may come back.
        site.write("feedwright.yaml", config("full"));
        site.build(0);
    }
}

/// To readers, a reannounced entry is new.
#[test]
fn many_reannounced_entries_are_a_flood() {
    let site = Site::new();
    for again in ["", "reannounce: x\n"] {
        for number in 1..=28 {
            let text =
                format!("---\ntitle: Note {number}\ndate: 2026-10-{number:02}\n{again}---\n\nThe number {number}.\n");
            site.write(&format!("input/{number}.md"), text);
        }
        let output = site.run(&["build", "--now", NOW]);
        let message = stderr(&output);
        match again {
            "" => assert_eq!(output.status.code(), Some(0), "{message}"),
            _ => assert!(message.contains("would get 28 new entries at once"), "{message}"),
        }
    }
}

/// A ledger from a backup, or from one side of a merge, does not know what was published since.
#[test]
fn an_old_ledger_beside_newer_feeds_keeps_ids_and_dates() {
    let site = Site::new();
    let note = |name: &str| {
        let text = format!("---\ntitle: Note {name}\n---\n\nWords of note {name}, and nothing else.\n");
        site.write(&format!("input/{name}.md"), text);
    };
    let build = |now: &str| {
        let output = site.run(&["build", "--now", now]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    };
    for number in 10..20 {
        note(&format!("n{number}"));
    }
    build("2026-11-01T00:00:00Z");
    let backup = site.read("feedwright.ledger");
    for number in 1..=5 {
        note(&format!("x{number}"));
    }
    build("2026-11-10T00:00:00Z");
    for number in 1..=3 {
        fs::create_dir_all(site.folder.join("input/moved")).unwrap();
        let name = format!("x{number}.md");
        fs::rename(
            site.folder.join("input").join(&name),
            site.folder.join("input/moved").join(&name),
        )
        .unwrap();
    }
    build("2026-11-11T00:00:00Z");
    let entries = |member: &str| {
        let mut values = site.each(member);
        values.sort();
        values
    };
    let before = (entries("id"), entries("date_published"));
    site.write("feedwright.ledger", backup);
    build("2026-11-20T00:00:00Z");
    assert_eq!((entries("id"), entries("date_published")), before);
    // The ledger is complete again.
    let ledger = site.read("feedwright.ledger");
    build("2026-11-21T00:00:00Z");
    assert_eq!(site.read("feedwright.ledger"), ledger);
    assert!(ledger.contains("moved/x1.md") && !ledger.contains("\n//"));
}

/// An id that is part of another one must not hide that the other one is missing from the ledger.
#[test]
fn an_old_ledger_is_noticed_even_if_its_ids_are_part_of_the_published_ones() {
    for (feed, written) in [
        ("feed.json", ":12\","),
        ("rss.xml", ":12</guid>"),
        ("atom.xml", ":12</id>"),
    ] {
        let site = Site::new();
        let feeds = format!("feeds: [{{path: {feed}, limit: {{entries: 2}}}}]\n");
        site.write("feedwright.yaml", format!("{CONFIG}{feeds}"));
        let build = |now: &str| {
            let output = site.run(&["build", "--now", now]);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            site.read(&format!("feeds/{feed}"))
        };
        let note = |id: &str| {
            let text = format!("---\ntitle: Note {id}\nid: \"{id}\"\n---\n\nWords of note {id}, and nothing else.\n");
            site.write(&format!("input/n{id}.md"), text);
        };
        note("1");
        build("2026-11-01T00:00:00Z");
        note("2");
        build("2026-11-02T00:00:00Z");
        let backup = site.read("feedwright.ledger");
        note("12");
        let published = build("2026-11-10T00:00:00Z");
        assert!(published.contains(written), "{published}");
        site.write("feedwright.ledger", backup);
        assert_eq!(build("2026-11-20T00:00:00Z"), published);
    }
}

/// What is published under a wrong clock cannot be taken back.
#[test]
fn a_clock_that_is_far_from_earlier_builds_is_refused() {
    let site = site(5, "");
    site.write("input/undated.md", "# Undated\n\nNobody wrote down when that was.\n");
    let build = |now: &str, options: &[&str]| {
        let output = site.run(&[&["build", "--now", now], options].concat());
        (output.status.code().unwrap(), stderr(&output))
    };
    let (code, message) = build("2036-01-01T00:00:00Z", &[]);
    assert!(
        code == 3 && message.contains("more than three years after the last change"),
        "{code} {message}"
    );
    // The clock was allowed, and turns out to be wrong after all.
    assert_eq!(build("2036-01-01T00:00:00Z", &["--allow-clock"]).0, 0);
    let (code, message) = build("2026-12-01T00:00:00Z", &[]);
    assert!(
        code == 3 && message.contains("is before 2036-01-01T00:00:00Z"),
        "{code} {message}"
    );
    assert_eq!(build("2026-12-01T00:00:00Z", &["--allow-clock"]).0, 0);
    assert!(
        site.each("date_published")
            .iter()
            .all(|date| date.as_str() < "2026-12-02")
    );
    assert!(!site.read("feeds/rss.xml").contains("2036"));
    // Clocks of different machines may differ a little.
    assert_eq!(build("2026-11-30T23:30:00Z", &[]).0, 0);
}

/// Its subscribers would never notice that the file no longer changes.
#[test]
fn a_feed_that_left_the_configuration_is_reported_until_its_file_is_gone() {
    let site = Site::new();
    site.write("input/a.md", article(1));
    let config = |feed: &str| {
        site.write(
            "feedwright.yaml",
            format!("{CONFIG}feeds: [feed.json, {{path: {feed}, format: rss}}]\n"),
        )
    };
    config("rss.xml");
    assert_eq!(stderr(&site.build(0)), "");
    config("index.xml");
    for _ in 0..2 {
        let message = stderr(&site.build(0));
        assert!(
            message.contains("feeds/rss.xml was published with 1 entry, but is no longer"),
            "{message}"
        );
    }
    fs::remove_file(site.folder.join("feeds/rss.xml")).unwrap();
    assert_eq!(stderr(&site.build(0)), "");
}

#[test]
fn feeds_in_a_former_output_folder_are_reported_until_they_are_gone() {
    let site = site(3, "");
    let config = site.read("feedwright.yaml");
    let warning = |code| {
        stderr(&site.build(code))
            .matches("is no longer in the configuration")
            .count()
    };
    assert_eq!(warning(0), 0);
    site.write("feedwright.yaml", format!("{config}output: public/news\n"));
    assert_eq!(warning(0), 2, "both feeds in `feeds` are frozen");
    site.write("input/new.md", article(40));
    assert_eq!(warning(0), 2);
    assert!(site.read("feedwright.ledger").contains("\noutput\tfeeds\t"));
    // A file that another program wrote is not reported.
    site.write(
        "feeds/rss.xml",
        "<rss version=\"2.0\"><channel><title>Other</title></channel></rss>",
    );
    assert_eq!(warning(0), 1);
    // The command line may name any folder.
    let output = site.run(&["build", "--now", NOW, "-o", "preview"]);
    assert!(!stderr(&output).contains("no longer"), "{}", stderr(&output));
    fs::remove_dir_all(site.folder.join("feeds")).unwrap();
    assert_eq!(warning(0), 0);
    assert!(!site.read("feedwright.ledger").contains("\noutput\tfeeds\t"));
    // Back to the default folder.
    site.write("feedwright.yaml", config);
    assert_eq!(warning(0), 2);
    fs::remove_dir_all(site.folder.join("public")).unwrap();
    assert_eq!(warning(0), 0);
    assert!(!site.read("feedwright.ledger").contains("\noutput\t"));
}

#[test]
fn a_clock_that_is_minutes_behind_schedules_nothing() {
    let site = site(5, "");
    let build = |now: &str| {
        let output = site.run(&["build", "--now", now]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        site.entries().len()
    };
    for number in 0..3 {
        site.write(
            &format!("input/new-{number}.md"),
            format!("---\ntitle: New {number}\ndate: 2026-12-01T11:5{number}:00Z\n---\n\nNews {number}.\n"),
        );
    }
    assert_eq!(build("2026-12-01T12:00:00Z"), 8);
    assert_eq!(build("2026-12-01T11:40:00Z"), 8);
}

#[test]
fn a_clock_that_was_confirmed_is_not_doubted_again() {
    let site = site(5, "");
    let build = |now: &str, options: &[&str]| site.run(&[&["build", "--now", now], options].concat()).status.code();
    assert_eq!(build("2031-01-01T00:00:00Z", &[]), Some(3));
    assert_eq!(build("2031-01-01T00:00:00Z", &["--allow-clock"]), Some(0));
    assert_eq!(build("2031-01-02T00:00:00Z", &[]), Some(0));
}

#[test]
fn a_lost_ledger_does_not_put_an_undated_archive_on_top() {
    let site = Site::new();
    site.write(
        "feedwright.yaml",
        format!("{CONFIG}feeds: [{{path: feed.json, limit: {{entries: 5}}}}]\n"),
    );
    for number in 0..12 {
        let text = format!("# Note {number}\n\nNobody wrote down when note {number} was written.\n");
        site.write(&format!("input/{number:02}.md"), text);
        let output = site.run(&["build", "--now", &format!("2026-11-{:02}T12:00:00Z", 1 + number)]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    let output = site.run(&["build", "--now", "2026-11-20T12:00:00Z"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("the ledger was lost"), "{}", stderr(&output));
}

#[test]
fn every_preview_starts_from_the_configured_ledger() {
    let site = site(10, "");
    (0..5).for_each(|number| fs::remove_file(site.folder.join(format!("input/{number}.md"))).unwrap());
    let preview = |options: &[&str]| {
        let output = site.run(&[&["build", "--now", NOW, "-o", "preview"], options].concat());
        output.status.code()
    };
    assert_eq!(preview(&["--allow-shrink"]), Some(0));
    assert_eq!(preview(&[]), Some(3));
    site.build(3);
}

/// A preview shows the entries of broken articles as the published feeds contain them, and the ids that the next build
/// reads back from these feeds after the ledger is lost.
#[test]
fn a_preview_reads_the_published_feeds() {
    let site = site(5, "");
    site.write("input/2.md", "---\ntitle: [half\n---\n");
    let preview = |code: i32| {
        let output = site.run(&["build", "--now", NOW, "--output", "preview"]);
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        site.read("preview/feed.json").replace("/preview/", "/feeds/")
    };
    let shown = preview(1);
    site.build(1);
    assert_eq!(shown, site.read("feeds/feed.json"));
    assert_eq!(site.entries().len(), 5);
    // The ledger of the earlier preview does not help.
    fs::remove_file(site.folder.join("feedwright.ledger")).unwrap();
    site.write("input/2.md", article(2));
    let shown = preview(0);
    site.build(0);
    assert_eq!(shown, site.read("feeds/feed.json"));
}
