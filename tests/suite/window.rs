//! Guards add up the changes made by several builds within a window, so that many small losses are refused like a
//! single bad build.

use std::{fs, process::Output};

use crate::site::{CONFIG, Site, stderr};

/// A site whose articles are dated one per day from January 2026 on. Its first build is at noon on November 1.
struct Days {
    site: Site,
    /// Minutes since the first build.
    minutes: i64,
}

fn article(number: i64, year: i64) -> String {
    let (month, day) = (1 + number / 28, 1 + number % 28);
    let words = format!("Words about the number {number}, which no other article has.");
    format!("---\ntitle: Note {number}\ndate: {year}-{month:02}-{day:02}\n---\n\n{words}\n")
}

impl Days {
    fn new(articles: i64, more: &str) -> Self {
        let site = Site::new();
        let feeds = "feeds: [{path: feed.json, limit: {entries: 1000}}, {path: rss.xml, limit: {entries: 1000}}]\n";
        site.write("feedwright.yaml", format!("{CONFIG}{feeds}{more}"));
        let mut days = Days { site, minutes: 0 };
        (0..articles).for_each(|number| days.write(number, 2026));
        days.build(0, 0, &[]);
        days
    }

    fn write(&mut self, number: i64, year: i64) {
        self.site.write(&format!("input/{number}.md"), article(number, year));
    }

    fn remove(&mut self, number: i64) {
        fs::remove_file(self.site.folder.join(format!("input/{number}.md"))).unwrap();
    }

    /// Builds this many minutes after the last build, and asserts the exit code.
    #[track_caller]
    fn build(&mut self, minutes: i64, code: i32, options: &[&str]) -> Output {
        self.minutes += minutes;
        let minutes = 12 * 60 + self.minutes;
        let (day, hour, minute) = (1 + minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
        let now = format!("2026-11-{day:02}T{hour:02}:{minute:02}:00Z");
        let output = self.site.run(&[&["build", "--now", &now], options].concat());
        assert_eq!(output.status.code(), Some(code), "{now}: {}", stderr(&output));
        output
    }

    #[track_caller]
    fn refused(&mut self, minutes: i64, message: &str) {
        let before = self.site.read("feedwright.ledger");
        let output = self.build(minutes, 3, &[]);
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert_eq!(self.site.read("feedwright.ledger"), before);
    }
}

#[test]
fn entries_that_vanish_one_by_one_are_lost_together() {
    let mut days = Days::new(20, "");
    for number in 0..6 {
        days.remove(number);
        days.build(10, 0, &[]);
    }
    days.remove(6);
    days.refused(10, "would lose 7 of 20 entries within 24 hours (35%; the limit is 30%)");
    // A day later, the losses before do not count any more.
    days.build(24 * 60, 0, &[]);
}

#[test]
fn losses_of_different_days_do_not_add_up() {
    let mut days = Days::new(20, "");
    for number in 0..15 {
        days.remove(number);
        days.build(13 * 60, 0, &[]);
    }
}

#[test]
fn an_entry_that_comes_back_is_not_lost() {
    let mut days = Days::new(10, "");
    for _ in 0..5 {
        for number in [1, 2, 3] {
            days.remove(number);
        }
        days.build(10, 0, &[]);
        for number in [1, 2, 3] {
            days.write(number, 2026);
        }
        days.build(10, 0, &[]);
    }
    days.remove(4);
    days.build(10, 0, &[]);
}

#[test]
fn the_oldest_entries_may_go_as_new_ones_come() {
    let mut days = Days::new(8, "");
    for number in 0..3 {
        days.remove(number);
        days.write(8 + number, 2026);
        // A build at the same minute.
        days.build(0, 0, &[]);
    }
    // Newer entries may not.
    for number in [9, 10] {
        days.remove(number);
        days.write(8 + number, 2026);
        days.build(10, 0, &[]);
    }
    days.remove(8);
    days.refused(10, "would lose 3 of 8 entries within 24 hours");
}

#[test]
fn builds_within_the_same_second_add_up() {
    let mut days = Days::new(20, "");
    for number in (20..40).step_by(5) {
        (number..number + 5).for_each(|number| days.write(number, 2026));
        days.build(0, 0, &[]);
    }
    days.write(40, 2026);
    days.refused(0, "would get 21 new entries within 24 hours");
}

#[test]
fn an_entry_that_changes_while_it_is_missing_counts_as_changed() {
    let mut days = Days::new(20, "");
    for number in 0..4 {
        days.remove(number);
        days.build(10, 0, &[]);
        days.write(number, 2025);
        days.build(10, 0, &[]);
    }
    days.remove(4);
    days.build(10, 0, &[]);
    days.write(4, 2025);
    days.refused(10, "would change the date of 5 of 20 entries within 24 hours");
}

#[test]
fn the_corrections_of_a_days_own_news_are_no_rewrite() {
    let mut days = Days::new(20, "");
    for number in 0..15 {
        let text = |words: &str| format!("# News {number}\n\n{words}, number {number} of the day.\n");
        days.site
            .write(&format!("input/news-{number}.md"), text("What happened"));
        days.build(10, 0, &[]);
        days.site
            .write(&format!("input/news-{number}.md"), text("What really happened"));
        days.build(10, 0, &[]);
    }
}

#[test]
fn new_entries_of_several_builds_are_a_flood_together() {
    let mut days = Days::new(20, "");
    for number in 20..40 {
        days.write(number, 2026);
        days.build(30, 0, &[]);
    }
    days.write(40, 2026);
    days.refused(30, "would get 21 new entries within 24 hours (the limit is 20)");
}

#[test]
fn a_feed_that_was_small_at_the_start_of_the_window_may_grow() {
    let mut days = Days::new(4, "");
    for number in (4..60).step_by(7) {
        (number..number + 7).for_each(|number| days.write(number, 2026));
        days.build(10, 0, &[]);
    }
}

#[test]
fn a_small_feed_is_not_replaced_bit_by_bit() {
    let mut days = Days::new(8, "");
    let config = days.site.read("feedwright.yaml").replace("1000", "8");
    days.site.write("feedwright.yaml", config);
    for number in 8..15 {
        days.write(number, 2026);
        days.build(10, 0, &[]);
    }
    days.write(15, 2026);
    days.refused(10, "would get 8 new entries within 24 hours, out of 8 in total");
}

#[test]
fn a_site_may_publish_twice_as_much_as_usual() {
    for (per_day, new, is_refused) in [(15, 30, false), (15, 31, true), (2, 20, false), (2, 21, true)] {
        let mut days = Days::new(20, "");
        for day in 1..=31 {
            for number in 0..per_day {
                let head = format!("title: News {number} of day {day}\ndate: 2026-10-{day:02}T06:00:00Z");
                let text = format!("---\n{head}\n---\n\nWhat happened on day {day} in case {number}.\n");
                days.site.write(&format!("input/{day}-{number}.md"), text);
            }
        }
        days.build(0, 0, &["--allow-flood"]);
        for number in 0..new {
            let text = format!("# New {number}\n\nWhat happened today in case {number}.\n");
            days.site.write(&format!("input/new-{number}.md"), text);
            match is_refused && number == new - 1 {
                true => days.refused(10, &format!("would get {new} new entries within 24 hours")),
                false => drop(days.build(10, 0, &[])),
            }
        }
    }
}

#[test]
fn dates_that_change_one_by_one_are_redated_together() {
    let mut days = Days::new(20, "");
    // The same entry counts once.
    for year in [2025, 2024, 2023, 2022, 2021] {
        days.write(0, year);
        days.build(10, 0, &[]);
    }
    for number in 1..4 {
        days.write(number, 2025);
        days.build(10, 0, &[]);
    }
    days.write(4, 2025);
    days.refused(
        10,
        "would change the date of 5 of 20 entries within 24 hours (25%; the limit is 20%)",
    );
}

#[test]
fn texts_that_change_one_by_one_are_rewritten_together() {
    let mut days = Days::new(10, "guards: {rewrite: 30%}\n");
    let rewrite = |days: &Days, number: i64, text: &str| {
        let new = article(number, 2026).replace("Words", text);
        days.site.write(&format!("input/{number}.md"), new);
    };
    for text in ["Some words", "Other words", "Many words", "Few words"] {
        rewrite(&days, 0, text);
        days.build(10, 0, &[]);
    }
    for number in 1..3 {
        rewrite(&days, number, "Better words");
        days.build(10, 0, &[]);
    }
    rewrite(&days, 3, "Better words");
    days.refused(
        10,
        "would change the title or text of 4 of 10 entries within 24 hours (40%; the limit is 30%)",
    );
}

#[test]
fn what_was_allowed_once_does_not_count_any_more() {
    let mut days = Days::new(20, "");
    (0..6).for_each(|number| days.remove(number));
    days.build(10, 0, &[]);
    days.remove(6);
    days.refused(10, "would lose 7 of 20 entries");
    days.build(0, 0, &["--allow-shrink"]);
    days.remove(7);
    days.build(10, 0, &[]);
    // An option that was not needed allows nothing.
    days.remove(8);
    days.build(10, 0, &["--allow-shrink"]);
    days.remove(9);
    days.remove(10);
    days.refused(10, "would lose 4 of 13 entries");
}

#[test]
fn a_dry_run_and_a_preview_do_not_count() {
    let mut days = Days::new(10, "");
    (0..3).for_each(|number| days.remove(number));
    let before = days.site.read("feedwright.ledger");
    days.build(10, 0, &["--dry-run"]);
    days.build(10, 0, &["-o", "preview"]);
    assert_eq!(days.site.read("feedwright.ledger"), before);
    days.build(10, 0, &[]);
}

#[test]
fn the_length_of_the_window_is_a_setting() {
    let mut days = Days::new(10, "guards: {window_hours: 1}\n");
    for number in 0..6 {
        days.remove(number);
        days.build(31, 0, &[]);
    }
    let mut days = Days::new(10, "guards: {window_hours: 72}\n");
    for number in 0..3 {
        days.remove(number);
        days.build(23 * 60, 0, &[]);
    }
    days.remove(3);
    days.refused(60, "would lose 4 of 10 entries within 72 hours");
}

#[test]
fn builds_without_changes_leave_the_ledger_as_it_is() {
    let mut days = Days::new(10, "");
    days.remove(0);
    days.build(10, 0, &[]);
    let before = days.site.read("feedwright.ledger");
    assert_eq!(
        before.matches("\nrecent\t").count(),
        1,
        "both feeds share a line: {before}"
    );
    days.build(10, 0, &[]);
    days.build(48 * 60, 0, &[]);
    assert_eq!(days.site.read("feedwright.ledger"), before);
    // The next change drops the changes that are out of the window.
    days.remove(1);
    days.build(10, 0, &[]);
    let after = days.site.read("feedwright.ledger");
    assert_eq!(after.matches("\nrecent\t").count(), 1, "{after}");
}

#[test]
fn the_changes_of_both_branches_of_a_merge_count() {
    let mut days = Days::new(20, "");
    let base = days.site.read("feedwright.ledger");
    let changes = |days: &Days| -> Vec<String> {
        let ledger = days.site.read("feedwright.ledger");
        ledger
            .lines()
            .filter(|line| line.starts_with("recent\t"))
            .map(str::to_owned)
            .collect()
    };
    let feeds = ["feeds/feed.json", "feeds/rss.xml"].map(|path| (path, days.site.read(path)));
    (0..2).for_each(|number| days.write(number, 2025));
    days.build(10, 0, &[]);
    let ours = changes(&days);
    days.site.write("feedwright.ledger", &base);
    for (path, text) in feeds {
        days.site.write(path, text);
    }
    (0..2).for_each(|number| days.write(number, 2026));
    (2..4).for_each(|number| days.write(number, 2025));
    days.build(10, 0, &[]);
    let merged = format!("{}{}\n", days.site.read("feedwright.ledger"), ours.join("\n"));
    days.site.write("feedwright.ledger", merged);
    days.write(4, 2025);
    days.refused(10, "would change the date of 5 of 20 entries within 24 hours");
}

#[test]
fn a_refusal_on_the_first_day_says_how_to_start_over() {
    let mut days = Days::new(10, "");
    (0..4).for_each(|number| days.remove(number));
    let advice = "you can start over: delete the feeds and `feedwright.ledger`";
    let output = days.build(5, 3, &[]);
    assert!(stderr(&output).contains(advice), "{}", stderr(&output));
    let output = days.build(24 * 60, 3, &[]);
    assert!(!stderr(&output).contains(advice), "{}", stderr(&output));
    // Following the advice works.
    for path in ["feeds/feed.json", "feeds/rss.xml", "feedwright.ledger"] {
        fs::remove_file(days.site.folder.join(path)).unwrap();
    }
    days.build(5, 0, &[]);
}

#[test]
fn the_feeds_of_a_site_that_was_just_imported_have_subscribers() {
    let mut days = Days::new(10, "");
    fs::remove_file(days.site.folder.join("feedwright.ledger")).unwrap();
    fs::rename(days.site.folder.join("feeds/rss.xml"), days.site.folder.join("old.xml")).unwrap();
    fs::remove_file(days.site.folder.join("feeds/feed.json")).unwrap();
    let output = days.site.run(&["import", "old.xml", "--now", "2026-11-01T13:00:00Z"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    days.build(60, 0, &[]);
    (0..4).for_each(|number| days.remove(number));
    let output = days.build(5, 3, &[]);
    assert!(!stderr(&output).contains("start over"), "{}", stderr(&output));
}
