//! Whether two entries are the same: an entry keeps its id, and a new article never inherits one.

use std::collections::BTreeSet;

use feedwright::identity::{self, Addresses, Candidate, Evidence, Properties, Text};

use crate::site::{Site, stderr};

const LONG: &str = "The harbor was quiet in the morning, and the tide had left its usual line of weed and \
                    bottles along the quay. Nobody was in a hurry. The ferry came in half an hour late, as it does \
                    in that month, and the gulls went for the bread of the school class that waited for it. In the \
                    afternoon the wind turned, the flags of the yacht club changed their side, and by the evening \
                    the rain was there that the radio had promised for two days, so the market closed early, and \
                    the stalls were folded and carried into the old fish hall behind the church.";

/// A site whose articles are written, removed and moved between builds.
struct Story {
    site: Site,
    day: u32,
    seen: BTreeSet<String>,
}

impl Story {
    fn new() -> Self {
        let site = Site::new();
        site.write(
            "feedwright.yaml",
            "site: {title: T, url: https://example.org/, time_zone: UTC}\nfeeds: [feed.json]\n",
        );
        // So that a single article more or less is not a large share of the feed.
        for number in 1..=9 {
            site.write(
                &format!("input/other-{number}.md"),
                format!("---\ntitle: Other {number}\ndate: 2026-01-0{number}\n---\n\nOther words, number {number}.\n"),
            );
        }
        let mut story = Story {
            site,
            day: 1,
            seen: BTreeSet::new(),
        };
        story.build();
        story
    }

    fn write(&self, path: &str, front_matter: &str, body: &str) {
        self.site.write(
            &format!("input/{path}"),
            format!("---\n{front_matter}\n---\n\n{body}\n"),
        );
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.site.folder.join("input").join(path)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        let folder = self.site.folder.join("input");
        std::fs::create_dir_all(folder.join(to).parent().unwrap()).unwrap();
        std::fs::rename(folder.join(from), folder.join(to)).unwrap();
    }

    /// Builds on the next day. Returns the titles of the entries that no subscriber has seen yet, in alphabetical order.
    fn build(&mut self) -> Vec<String> {
        self.build_with(&[])
    }

    fn build_with(&mut self, options: &[&str]) -> Vec<String> {
        self.day += 1;
        let now = format!("2026-11-{:02}T12:00:00Z", self.day);
        let output = self.site.run(&[&["build", "--now", &now], options].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let entries = self.site.entries();
        let new = entries
            .iter()
            .filter(|entry| self.seen.insert(entry["id"].as_str().unwrap().to_owned()));
        let mut titles: Vec<String> = new.map(|entry| entry["title"].as_str().unwrap().to_owned()).collect();
        titles.sort();
        titles
    }
}

impl Story {
    /// The id of the entry with this title.
    fn id(&self, title: &str) -> String {
        let entries = self.site.entries();
        let entry = entries.iter().find(|entry| entry["title"] == title);
        entry.unwrap_or_else(|| panic!("{title}: {entries:?}"))["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// A new article replaces an old one that is deleted in the same build. Every subscriber must see it.
#[test]
fn a_new_article_does_not_inherit_the_id_of_a_deleted_one() {
    let boilerplate = "Subscribe in your app, rate us there, and tell your friends: this podcast lives on you.";
    // The front matter and the body of the article of a week.
    type Article<'a> = &'a dyn Fn(u32) -> (String, String);
    let kinds: [(&str, Article<'_>); 9] = [
        ("a link blog without text", &|week| {
            (
                format!("title: Link {week}\ndate: 2026-02-0{week}\nlink: https://else{week}.example/story"),
                String::new(),
            )
        }),
        ("a link blog that links to home pages", &|week| {
            (
                format!("title: Found {week}\ndate: 2026-02-0{week}\nlink: https://else{week}.example/"),
                format!("Found it, {week}."),
            )
        }),
        ("a link blog about one site", &|week| {
            (
                format!("title: Found {week}\ndate: 2026-02-0{week}\nlink: https://else.example/"),
                format!("Found it, {week}."),
            )
        }),
        ("a photo blog with titles", &|week| {
            (
                format!("title: Photo {week}\ndate: 2026-02-0{week}"),
                "![](p.jpg)".to_owned(),
            )
        }),
        ("a photo of the day", &|week| {
            (
                format!("title: Photo of the day\ndate: 2026-02-0{week}"),
                "![](p.jpg)".to_owned(),
            )
        }),
        ("a podcast with a boilerplate text", &|week| {
            (
                format!("title: Episode {week}\ndate: 2026-02-0{week}"),
                boilerplate.to_owned(),
            )
        }),
        ("a menu of the day", &|week| {
            (
                format!("title: Menu of the day\ndate: 2026-02-0{week}"),
                format!("Soup number {week}."),
            )
        }),
        ("a one-page site", &|week| {
            (
                format!("title: Status {week}\ndate: 2026-02-0{week}\nlink: https://example.org/#status-{week}"),
                format!("Words {week}."),
            )
        }),
        ("undated notes", &|week| {
            (format!("title: Note {week}"), "See link.".to_owned())
        }),
    ];
    for (kind, article) in kinds {
        let mut story = Story::new();
        for week in 1..=6 {
            let (front_matter, body) = article(week);
            story.write(&format!("{week}.md"), &front_matter, &body);
            if week > 1 {
                story.remove(&format!("{}.md", week - 1));
            }
            assert_eq!(story.build().len(), 1, "{kind}, week {week}");
        }
    }
}

/// The same articles, all renamed in one build, keep their ids.
#[test]
fn articles_with_the_same_text_keep_their_ids_when_they_are_renamed() {
    for body in ["", "See link.", LONG] {
        let mut story = Story::new();
        for number in 1..=4 {
            story.write(
                &format!("{number}.md"),
                &format!("title: Title {number}\ndate: 2026-02-0{number}"),
                body,
            );
        }
        assert_eq!(story.build().len(), 4);
        for number in 1..=4 {
            story.rename(&format!("{number}.md"), &format!("new/{}.md", 9 - number));
        }
        assert_eq!(story.build(), [""; 0], "{body}");
    }
}

/// `latest.md` is filed away and written anew. Only the new issue is new.
#[test]
fn an_article_that_is_filed_away_keeps_its_id() {
    type Edit<'a> = &'a dyn Fn(&str) -> String;
    let edits: [(&str, Edit<'_>); 3] = [
        ("unchanged", &str::to_owned),
        ("a word added", &|text| text.replacen(' ', " (archived) ", 1)),
        ("rewritten", &|_| {
            "An old issue, of which only this line is left.".to_owned()
        }),
    ];
    for (edit, apply) in edits {
        for titles in [["Issue 12", "Issue 13"], ["Newsletter", "Newsletter"]] {
            let mut story = Story::new();
            let text = |number: u32| {
                format!("Issue {number} tells of boats, gulls and the sea, and of a ferry that was late.")
            };
            story.write(
                "latest.md",
                &format!("title: {}\ndate: 2026-02-01", titles[0]),
                &text(12),
            );
            story.build();
            story.write(
                "issue-12.md",
                &format!("title: {}\ndate: 2026-02-01", titles[0]),
                &apply(&text(12)),
            );
            story.write(
                "latest.md",
                &format!("title: {}\ndate: 2026-02-08", titles[1]),
                &text(13),
            );
            assert_eq!(story.build(), [titles[1]], "{edit}");
            // And once more, with an article too old for the feed's limit in between.
            story.write(
                "issue-13.md",
                &format!("title: {}\ndate: 2026-02-08", titles[1]),
                &apply(&text(13)),
            );
            story.write(
                "latest.md",
                &format!("title: {}\ndate: 2026-02-15", titles[1]),
                &text(14),
            );
            assert_eq!(story.build(), [titles[1]], "{edit}");
        }
    }
}

#[test]
fn files_that_swap_their_names_keep_their_ids() {
    for edit in ["", " And one sentence more."] {
        let mut story = Story::new();
        let text = |name: &str| format!("{name} has words of its own, which no other article on this site has.{edit}");
        story.write(
            "a.md",
            "title: Apples\ndate: 2026-02-01",
            &text("Apples").replace(edit, ""),
        );
        story.write(
            "b.md",
            "title: Bread\ndate: 2026-02-02",
            &text("Bread").replace(edit, ""),
        );
        story.build();
        story.write("b.md", "title: Apples\ndate: 2026-02-01", &text("Apples"));
        story.write("a.md", "title: Bread\ndate: 2026-02-02", &text("Bread"));
        assert_eq!(story.build(), [""; 0], "{edit}");
        let ids = story.site.entries();
        let link = |title: &str| ids.iter().find(|entry| entry["title"] == title).unwrap()["url"].clone();
        assert_eq!(link("Apples"), "https://example.org/b/");
    }
}

#[test]
fn a_second_input_folder_keeps_all_ids() {
    let mut story = Story::new();
    story.write("undated.md", "title: A note", "Some words of the note.");
    story.build();
    story.site.write(
        "more/x.md",
        "---\ntitle: More\ndate: 2026-02-02\n---\n\nWords of more.\n",
    );
    let config = story.site.read("feedwright.yaml");
    story
        .site
        .write("feedwright.yaml", format!("{config}input: [input, more]\n"));
    assert_eq!(story.build(), ["More"]);
    story.site.write("feedwright.yaml", config);
    // The only article of the second folder is gone; all others are found under their old paths again.
    assert_eq!(story.build(), [""; 0]);
}

/// An article may change in one or two respects at a time.
#[test]
fn an_article_that_is_moved_and_changed_keeps_its_id() {
    let changes: [(&str, &str, &str); 6] = [
        ("moved", "title: Spring\ndate: 2026-02-01", LONG),
        ("retitled", "title: Late spring\ndate: 2026-02-01", LONG),
        ("redated", "title: Spring\ndate: 2026-02-05", LONG),
        (
            "edited",
            "title: Spring\ndate: 2026-02-01",
            "Quite other words are in here now.",
        ),
        (
            "linked",
            "title: Spring\ndate: 2026-02-01\nlink: /spring-of-that-year/",
            LONG,
        ),
        ("undated", "title: Spring", LONG),
    ];
    for (change, front_matter, body) in changes {
        let mut story = Story::new();
        story.write("spring.md", "title: Spring\ndate: 2026-02-01", LONG);
        story.build();
        story.remove("spring.md");
        story.write("2026/first.md", front_matter, body);
        assert_eq!(story.build(), [""; 0], "{change}");
    }
    for (change, front_matter, body) in [
        ("retitled and redated", "title: Autumn\ndate: 2026-02-05", LONG),
        (
            "retitled and rewritten",
            "title: Autumn\ndate: 2026-02-01",
            "Quite other words are in here now.",
        ),
        (
            "redated and rewritten",
            "title: Spring\ndate: 2026-02-05",
            "Quite other words are in here now.",
        ),
    ] {
        let mut story = Story::new();
        story.write("spring.md", "title: Spring\ndate: 2026-02-01", LONG);
        story.build();
        story.remove("spring.md");
        story.write("2026/first.md", front_matter, body);
        assert_eq!(story.build().len(), 1, "{change}");
    }
}

#[test]
fn a_copy_of_an_article_is_a_new_article() {
    let mut story = Story::new();
    story.write("a.md", "title: Spring\ndate: 2026-02-01", LONG);
    story.build();
    story.write("b.md", "title: Summer\ndate: 2026-02-01", LONG);
    assert_eq!(story.build(), ["Summer"]);
    // The copy of an older state does not take the id of the article that was edited meanwhile.
    story.write("a-old.md", "title: Spring\ndate: 2026-02-01", LONG);
    story.write(
        "a.md",
        "title: Spring\ndate: 2026-02-01",
        "New words have replaced all the old ones.",
    );
    assert_eq!(story.build(), ["Spring"]);
}

const BOILERPLATE: &str = "Subscribe in your app, support us, and tell your friends about this podcast, please.";

#[test]
fn an_episode_with_the_title_and_text_of_a_deleted_one_is_new() {
    let mut story = Story::new();
    story.write("monday.md", "title: The daily talk\ndate: 2026-02-02", BOILERPLATE);
    story.build();
    story.remove("monday.md");
    story.write("tuesday.md", "title: The daily talk\ndate: 2026-02-03", BOILERPLATE);
    assert_eq!(story.build(), ["The daily talk"]);
}

#[test]
fn an_episode_less_than_a_day_after_the_deleted_one_is_new() {
    let mut story = Story::new();
    for (day, time) in [(2, "06:00:00Z"), (3, "05:55:00Z"), (4, "05:50:00Z")] {
        story.write(
            &format!("{day}.md"),
            &format!("title: The daily talk\ndate: 2026-02-0{day}T{time}"),
            BOILERPLATE,
        );
        assert_eq!(story.build(), ["The daily talk"], "{day}");
        story.remove(&format!("{day}.md"));
    }
    // The same in one file, and the old episode is filed away.
    story.write(
        "latest.md",
        "title: The daily talk\ndate: 2026-02-05T05:45:00Z",
        BOILERPLATE,
    );
    assert_eq!(story.build(), ["The daily talk"]);
    story.rename("latest.md", "archive/5.md");
    story.write(
        "latest.md",
        "title: The daily talk\ndate: 2026-02-06T05:40:00Z",
        BOILERPLATE,
    );
    assert_eq!(story.build(), ["The daily talk"]);
}

#[test]
fn a_new_article_at_the_path_of_one_that_left_the_feed_is_new() {
    let mut story = Story::new();
    story.write(
        "party.md",
        "title: The spring party\ndate: 2026-03-01",
        "There was cake, and it rained.",
    );
    story.build();
    story.remove("party.md");
    story.build();
    story.write(
        "party.md",
        "title: A wedding on the quay\ndate: 2026-09-01",
        "The band missed the ferry.",
    );
    assert_eq!(story.build(), ["A wedding on the quay"]);
}

#[test]
fn a_new_post_about_a_page_does_not_inherit_the_id_of_a_deleted_one_that_moved() {
    let mut story = Story::new();
    let link = "link: https://else.example/page";
    story.write(
        "a.md",
        &format!("title: First\ndate: 2026-03-01\n{link}"),
        "A short note.",
    );
    story.build();
    story.remove("a.md");
    story.write(
        "a.md",
        "title: Other\ndate: 2026-04-01\nlink: https://other.example/",
        "Another note.",
    );
    story.build_with(&["--allow-reid"]);
    story.write(
        "b.md",
        &format!("title: Second\ndate: 2026-05-01\n{link}"),
        "Not the same note.",
    );
    assert_eq!(story.build(), ["Second"]);
}

#[test]
fn undated_files_that_swap_their_names_never_exchange_their_ids() {
    for edit in ["", " Corrected."] {
        let mut story = Story::new();
        story.write("a.md", "title: Anchors", "All about anchors.");
        story.write("b.md", "title: Buoys", "All about buoys.");
        story.build();
        let ids = [story.id("Anchors"), story.id("Buoys")];
        story.write("a.md", "title: Buoys", &format!("All about buoys.{edit}"));
        story.write("b.md", "title: Anchors", &format!("All about anchors.{edit}"));
        story.build_with(&["--allow-flood", "--allow-shrink"]);
        assert_ne!(story.id("Anchors"), ids[1], "{edit}");
        assert_ne!(story.id("Buoys"), ids[0], "{edit}");
    }
}

#[test]
fn another_file_cannot_claim_an_id_that_feedwright_made() {
    let mut story = Story::new();
    story.write("a.md", "title: Anchors\ndate: 2026-03-01", "All about anchors.");
    story.build();
    let id = story.id("Anchors");
    story.write(
        "evil.md",
        &format!("title: Anchors\ndate: 2026-03-01\nid: {id}"),
        "Buy this.",
    );
    let output = story.site.run(&["build", "--now", "2026-11-05T12:00:00Z"]);
    assert!(stderr(&output).contains("article-id-duplicate"), "{}", stderr(&output));
    let entry = story
        .site
        .entries()
        .into_iter()
        .find(|entry| entry["id"] == id.as_str());
    assert!(entry.unwrap()["content_html"].as_str().unwrap().contains("anchors"));
}

#[test]
fn an_episode_that_was_filed_away_keeps_its_id_although_the_next_one_has_its_title_and_text() {
    let mut story = Story::new();
    story.write("latest.md", "title: The daily talk\ndate: 2026-02-02", BOILERPLATE);
    story.build();
    let old = story.id("The daily talk");
    story.rename("latest.md", "archive/monday.md");
    story.write("latest.md", "title: The daily talk\ndate: 2026-02-03", BOILERPLATE);
    assert_eq!(story.build(), ["The daily talk"]);
    let monday = story
        .site
        .entries()
        .into_iter()
        .find(|entry| entry["id"] == old.as_str());
    assert_eq!(monday.unwrap()["date_published"], "2026-02-02T00:00:00Z");
}

#[test]
fn a_declared_id_outweighs_the_path() {
    let mut story = Story::new();
    story.write("menu.md", "title: Menu\ndate: 2026-02-02\nid: menu-1", "Soup.");
    story.build();
    story.rename("menu.md", "archive/menu-1.md");
    story.write("menu.md", "title: Menu\ndate: 2026-02-02", "Soup.");
    assert_eq!(story.build(), ["Menu"]);
}

#[test]
fn an_id_from_before_an_article_was_reannounced_is_never_given_to_another_article() {
    for (change, options) in [("reannounce: again", &[][..]), ("id: my-own", &["--allow-reid"])] {
        let mut story = Story::new();
        story.write("a.md", "title: Spring\ndate: 2026-02-02", LONG);
        story.build();
        story.write("a.md", &format!("title: Spring\ndate: 2026-02-02\n{change}"), LONG);
        story.build_with(options);
        story.rename("a.md", "b.md");
        story.write("a.md", "title: Summer\ndate: 2026-06-02", "Nobody has read this yet.");
        // The old id would be made from the path `a.md` again.
        assert_eq!(story.build(), ["Summer"], "{change}");
        let ledger = story.site.read("feedwright.ledger");
        assert!(ledger.contains("\nretired\t"), "{ledger}");
    }
}

/// A feed with room for two entries, so that no other article is among the articles whose metadata is known.
fn crowded() -> Story {
    let mut story = Story::new();
    story.site.write(
        "feedwright.yaml",
        "site: {title: T, url: https://example.org/, time_zone: UTC}\nfeeds: [{path: feed.json, limit: {entries: 2}}]\n",
    );
    story.build_with(&["--allow-shrink"]);
    story
}

#[test]
fn an_undated_article_that_is_moved_and_edited_keeps_its_date_even_if_no_feed_contains_it() {
    let mut story = crowded();
    story.write(
        "old.md",
        "title: Without a date\nlink: /undated/",
        "The first words of it.",
    );
    story.build();
    for number in 1..=2 {
        story.build();
        story.write(
            &format!("new-{number}.md"),
            &format!("title: New {number}"),
            "News of today.",
        );
        story.build();
    }
    story.remove("old.md");
    story.write(
        "moved/old.md",
        "title: Without a date\nlink: /undated/",
        "These words are others.",
    );
    assert_eq!(story.build(), [""; 0]);
    assert_eq!(story.build(), [""; 0]);
}

#[test]
fn an_undated_episode_is_new_even_if_the_old_one_is_not_in_the_feed_any_more() {
    let mut story = crowded();
    story.write("latest.md", "title: Episode 1", BOILERPLATE);
    story.build();
    for number in 1..=2 {
        story.write(
            &format!("new-{number}.md"),
            &format!("title: New {number}"),
            "News of today.",
        );
        story.build();
    }
    story.rename("latest.md", "archive/1.md");
    story.write("latest.md", "title: Episode 2", BOILERPLATE);
    story.build();
    // The first build finds out that it is new, and the second one publishes it.
    story.build();
    assert!(
        story.site.each("title").contains(&"Episode 2".to_owned()),
        "{:?}",
        story.site.each("title")
    );
}

#[test]
fn files_that_swap_their_names_keep_their_ids_even_if_one_of_them_is_not_in_the_feed() {
    let mut story = crowded();
    story.write("a.md", "title: Anchor\ndate: 2026-03-01", "All about anchors.");
    story.build();
    let anchor = story.id("Anchor");
    story.write("b.md", "title: Buoy\ndate: 2026-03-02", "All about buoys.");
    story.write("c.md", "title: Compass\ndate: 2026-03-03", "All about compasses.");
    story.build();
    story.rename("a.md", "x.md");
    story.rename("b.md", "a.md");
    story.rename("x.md", "b.md");
    assert_eq!(story.build(), [""; 0]);
    for name in ["a.md", "c.md"] {
        story.remove(name);
    }
    story.build_with(&["--allow-shrink"]);
    assert_eq!(story.id("Anchor"), anchor);
}

/// Two old entries and two new files that are all alike: nothing shows which is which.
#[test]
fn an_article_that_fits_several_entries_gets_a_new_id_and_a_finding() {
    let mut story = Story::new();
    let menu = |meal: &str| format!("For {meal}, there is soup.");
    story.write("lunch.md", "title: Menu\ndate: 2026-02-01", &menu("lunch"));
    story.write("dinner.md", "title: Menu\ndate: 2026-02-01", &menu("dinner"));
    story.build();
    for (from, to) in [("lunch", "1"), ("dinner", "2")] {
        story.remove(&format!("{from}.md"));
        story.write(
            &format!("archive/{to}.md"),
            "title: Menu\ndate: 2026-02-01",
            &menu(&format!("{from} on Sunday")),
        );
    }
    let output = story.site.run(&["build", "--now", "2026-11-04T12:00:00Z"]);
    let message = stderr(&output);
    assert_eq!(
        message.matches("warning[article-identity-unclear]").count(),
        2,
        "{message}"
    );
    assert_eq!(story.build(), ["Menu", "Menu"]);
}

fn properties(title: &str, published: Option<i64>, link: Option<&str>, text: Option<Text>) -> Properties<'static> {
    Properties {
        id: None,
        title: Properties::title(title),
        published,
        link: link.map(str::to_owned),
        text,
    }
}

#[test]
fn a_tie_is_not_decided() {
    let evidence = |old: &Properties<'_>, new: &Properties<'_>| Evidence::new(old, new, 0);
    let same = properties("Menu", Some(0), None, None);
    let candidate = |old, new| Candidate {
        old,
        new,
        is_same_place: false,
        evidence: evidence(&same, &same),
    };
    // Two old and two new entries that are all alike.
    let all = [candidate(0, 0), candidate(0, 1), candidate(1, 0), candidate(1, 1)];
    let assignment = identity::assign(all);
    assert!(assignment.old_by_new.is_empty());
    assert_eq!(assignment.tied, BTreeSet::from([0, 1]));
    // A place decides.
    let here = Candidate {
        is_same_place: true,
        ..candidate(0, 0)
    };
    let assignment = identity::assign([here, candidate(0, 1), candidate(1, 0), candidate(1, 1)]);
    assert_eq!(assignment.old_by_new, [(0, 0), (1, 1)].into());
    let reversed = identity::assign([candidate(1, 1), candidate(1, 0), candidate(0, 1), here]);
    assert_eq!(reversed, assignment);
}

#[test]
fn addresses_count_whole_except_for_the_hosts_of_the_site() {
    let addresses = Addresses::new(["https://www.example.org/", "http://old.example/blog/"]);
    for (one, other, is_same) in [
        ("https://example.org/a/", "http://www.example.org/a", true),
        ("https://old.example/a", "https://example.org/a/", true),
        ("https://example.org/#a", "https://example.org/#b", false),
        ("https://example.org/a?b", "https://example.org/a", false),
        ("https://boats.example/", "https://tea.example/", false),
        ("https://boats.example", "http://www.boats.example/", true),
        ("https://example.org/", "https://boats.example/", false),
        ("https://example.org/A", "https://example.org/a", false),
    ] {
        assert_eq!(
            addresses.normalize(one) == addresses.normalize(other),
            is_same,
            "{one} {other}"
        );
    }
}
