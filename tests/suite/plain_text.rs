//! Scraped plain text: the role of each line of the cases in `tests/data/plain_text`, and accuracy on labeled texts
//! where these are available.

use std::{fs, path::Path};

use feedwright::{
    plain_text::{DatePosition, FolderPatterns, Layout, Observation, layout, layout_in_folder, to_html},
    text::squash,
};
use proptest::prelude::*;

/// A text in which each line starts with its expected role: `title: A headline`.
struct Case {
    name: String,
    text: String,
    roles: Vec<String>,
}

fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/plain_text")
        .join(folder);
    let mut cases: Vec<Case> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| case(&path))
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!cases.is_empty(), "no cases in {}", folder.display());
    cases
}

fn case(path: &Path) -> Case {
    let (mut text, mut roles) = (String::new(), Vec::new());
    for line in fs::read_to_string(path).expect("a case in UTF-8").lines() {
        if !line.is_empty() {
            let (role, line) = line.split_once(": ").expect("a role before each line");
            roles.push(role.to_owned());
            text.push_str(line);
        }
        text.push('\n');
    }
    Case {
        name: path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        text,
        roles,
    }
}

fn roles(layout: &Layout) -> Vec<String> {
    layout
        .lines
        .iter()
        .map(|line| format!("{:?}", line.role).to_lowercase())
        .collect()
}

fn layout_of_case(name: &str) -> Layout {
    let case = cases("").into_iter().find(|case| case.name == name).expect(name);
    layout(&case.text, 1)
}

#[test]
fn every_line_has_its_expected_role() {
    let mut wrong = Vec::new();
    for case in cases("") {
        let layout = layout(&case.text, 1);
        for ((line, have), want) in layout.lines.iter().zip(roles(&layout)).zip(&case.roles) {
            if have != *want {
                wrong.push(format!(
                    "{}:{}: expected {want}, found {have}: {}",
                    case.name, line.line, line.text
                ));
            }
        }
        let is_sure = layout.titles.first().is_some_and(|guess| guess.confidence >= 0.5);
        if is_sure != case.roles.iter().any(|role| role == "title") {
            wrong.push(format!(
                "{}: title claimed: {is_sure}: {:?}",
                case.name,
                layout.titles.first()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The patterns of a folder with these texts.
fn patterns<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> FolderPatterns {
    let observations: Vec<Observation> = texts
        .into_iter()
        .map(|text| Observation::new(&layout(text.as_ref(), 1)))
        .collect();
    FolderPatterns::from_observations(&observations).expect("at least three texts")
}

#[test]
fn lines_that_recur_in_a_folder_are_boilerplate() {
    let cases = cases("folder_of_one_site");
    let forwards = patterns(cases.iter().map(|case| &case.text));
    let backwards = patterns(cases.iter().rev().map(|case| &case.text));
    for case in &cases {
        let layout = layout_in_folder(&case.text, 1, &forwards);
        assert_eq!(roles(&layout), case.roles, "{}", case.name);
        assert_eq!(
            roles(&layout_in_folder(&case.text, 1, &backwards)),
            case.roles,
            "{}",
            case.name
        );
    }
}

#[test]
fn site_name_at_the_end_of_headlines_is_removed() {
    let cases = cases("folder_of_one_site");
    let texts: Vec<String> = cases
        .iter()
        .map(|case| {
            let title = &layout(&case.text, 1).titles[0].text.clone();
            case.text.replacen(title.as_str(), &format!("{title} | Lake Post"), 1)
        })
        .collect();
    let folder = patterns(&texts);
    for text in &texts {
        let layout = layout_in_folder(text, 1, &folder);
        assert!(
            !layout.titles[0].text.contains("Lake Post"),
            "{}",
            layout.titles[0].text
        );
        assert_eq!(layout.site_name.as_deref(), Some("Lake Post"));
    }
}

#[test]
fn versions_of_an_article_are_not_boilerplate() {
    let text = cases("")
        .into_iter()
        .find(|case| case.name == "menu_above_title")
        .expect("the case")
        .text;
    let versions: Vec<String> = (0..5)
        .map(|n| format!("{text}\nCorrection number {n} was made in the second paragraph today.\n"))
        .collect();
    let folder = patterns(&versions);
    let layout = layout_in_folder(&versions[0], 1, &folder);
    assert!(
        layout
            .lead
            .is_some_and(|lead| layout.lines[lead].text.starts_with("The choir")),
        "{:?}",
        roles(&layout)
    );
}

#[test]
fn credits_are_separated_from_captions() {
    let layout = layout_of_case("no_title_agency_right_after_caption");
    let caption = &layout.captions[0];
    assert_eq!(caption.credit.as_deref(), Some("Reuters"));
    assert!(
        caption.text.as_deref().is_some_and(|text| text.ends_with("pupils")),
        "{caption:?}"
    );
    assert_eq!(
        layout_of_case("no_title_credit_first").captions[0].credit.as_deref(),
        Some("Getty")
    );
}

#[test]
fn dates_and_names_are_found() {
    for (name, date, place, names) in [
        (
            "breadcrumb_title_dek_image_name_and_footer",
            "March 3, 2025 at 4:15 p.m",
            DatePosition::Head,
            Some("Jonas Feld"),
        ),
        (
            "german_kicker_title_byline",
            "12. März 2025, 14:30 Uhr",
            DatePosition::Head,
            Some("Anna Lindner"),
        ),
        (
            "french_title_with_date",
            "4 juin 2024 à 9h15",
            DatePosition::Head,
            Some("Lucie Morel"),
        ),
        (
            "chinese_title_reporter_and_footer",
            "2025年3月8日 09:30",
            DatePosition::Head,
            Some("林小雨"),
        ),
        (
            "russian_title_with_byline",
            "5 мая 2024, 13:43",
            DatePosition::Head,
            Some("Ирина Белова"),
        ),
        (
            "korean_title_and_reporter",
            "2024.11.09 08:30",
            DatePosition::Head,
            Some("김하늘"),
        ),
        (
            "dateline_at_start_of_lead",
            "Nov. 4, 2024",
            DatePosition::Dateline,
            None,
        ),
    ] {
        let layout = layout_of_case(name);
        assert_eq!(
            layout.dates.first().map(|date| (date.text.as_str(), date.position)),
            Some((date, place)),
            "{name}"
        );
        assert_eq!(
            layout.bylines.first().map(|byline| byline.names.as_str()),
            names,
            "{name}"
        );
    }
}

#[test]
fn below_the_body_a_date_is_near_its_end_or_that_of_the_text() {
    let prose =
        "On Monday the ribbon was cut at noon, and a long line of cars went over the river for the first time.\n";
    // Dates in the first thirty lines count anyway.
    let body = prose.repeat(32);
    let links = |count: usize| "Ferry to the island\n".repeat(count);
    for (above, below, is_found) in [(5, 30, true), (30, 5, true), (30, 30, false)] {
        let text = format!("{body}{}3 May 2026\n{}", links(above), links(below));
        assert_eq!(!layout(&text, 1).dates.is_empty(), is_found, "{above} {below}");
    }
}

/// The first byline of a text with a line above a paragraph.
fn names_in(line: &str) -> Option<String> {
    let layout = layout(
        &format!(
            "Mayor opens bridge again\n\n{line}\n\nOn Monday the ribbon was cut at noon, and a long line of cars went over \
             the river for the first time.\n"
        ),
        1,
    );
    layout.bylines.first().map(|byline| byline.names.clone())
}

#[test]
fn a_byline_may_be_in_brackets() {
    for line in [
        "【By Jane Doe】",
        "[By Jane Doe]",
        "(By Jane Doe)",
        "<By Jane Doe>",
        "【([By Jane Doe",
    ] {
        assert_eq!(names_in(line).as_deref(), Some("Jane Doe"), "{line}");
    }
    // A credit in such brackets is read the same way.
    for line in ["【Photo】", "【写真：山田太郎】", "[é", "【Photo: Jane Doe"] {
        assert_eq!(names_in(line), None, "{line}");
    }
}

#[test]
fn a_bullet_or_an_icon_before_a_byline_is_skipped() {
    for line in [
        "• By Jane Doe",
        "•By Jane Doe",
        "▪ By Jane Doe",
        "▪By Jane Doe",
        "✍️ Von Jane Doe",
        "— By Jane Doe",
    ] {
        assert_eq!(names_in(line).as_deref(), Some("Jane Doe"), "{line}");
    }
    assert_eq!(names_in("• By the way"), None);
    assert_eq!(names_in("文/李明").as_deref(), Some("李明"));
    assert_eq!(names_in("AUTOR/IN"), None);
}

#[test]
fn html_contains_the_article_without_boilerplate() {
    let html = to_html(
        &layout(
            "Sun & rain\n\nIt rained <hard> on Monday, and on Tuesday the sun & the wind dried the streets of the whole town again.\n\nRead more\n\nOn Wednesday the sun & the rain came back together, and a double rainbow stood over the hills for an hour.\n",
            1,
        ),
        "Sun & rain",
    );
    assert_eq!(
        html,
        "<p>It rained &lt;hard&gt; on Monday, and on Tuesday the sun &amp; the wind dried the streets of the whole town again.</p>\n\
         <p>On Wednesday the sun &amp; the rain came back together, and a double rainbow stood over the hills for an hour.</p>\n"
    );
}

#[test]
fn first_line_that_is_not_the_title_stays_in_the_content() {
    let prose = "On Monday the ribbon was cut at noon, and a long line of cars went over the river for the first time.";
    let opens_with =
        |text: &str, title: &str, line: &str| to_html(&layout(text, 1), title).starts_with(&format!("<p>{line}</p>"));
    for line in ["Mayor opens bridge again", "Cars go over the river again", "Dear all"] {
        for text in [
            format!("{line}\n\n{prose}\n\n{prose}\n"),
            format!("{line}\n\nIt is open.\n"),
        ] {
            assert!(opens_with(&text, "Note", line), "{text}");
            assert!(!opens_with(&text, line, line), "{text}");
        }
    }
    let without_stop = prose.trim_end_matches('.');
    assert!(opens_with(prose, without_stop, prose), "a title derived from the lead");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Arbitrary characters, with punctuation of many scripts, digits, and phrases that the classifier looks for.
    #[test]
    fn any_text_has_a_layout(pieces in proptest::collection::vec(
        prop_oneof![
            "[ -~]{0,12}", "\\PC{0,6}", "[0-9./:,年月日-]{1,12}", Just("\n".to_owned()), Just("©".to_owned()), Just("[Getty]".to_owned()),
            Just("By ".to_owned()), Just("Photo: ".to_owned()), Just("Home » ".to_owned()), Just("İstanbul ".to_owned()), Just("20199. März ".to_owned()),
            Just("A long enough sentence that tells what happened in the town on that day, with a full stop. ".to_owned()),
        ], 0..60))
    {
        let text = pieces.concat();
        let folder = patterns([text.as_str(), "A", "B"]);
        let layout = layout_in_folder(&text, 1, &folder);
        prop_assert!(layout.lines.iter().all(|line| !line.text.is_empty()));
        to_html(&layout, "");
    }

    /// Short lines, in which brackets, bullets, labels and names are next to each other in any order.
    #[test]
    fn any_label_in_any_brackets_has_a_layout(lines in proptest::collection::vec(
        proptest::collection::vec(
            prop_oneof![
                proptest::sample::select(&[
                    "(", ")", "[", "]", "【", "】", "（", "）", "<", ">", "「", "＜", "|", "/", "／", " - ", ": ", "：", ",",
                ][..]),
                proptest::sample::select(&["• ", "•", "▪", "▲", "※", "©", "➤ ", "📷", "…", " ", "\u{AD}", "\u{200B}", "\u{301}", "\u{3099}", "\u{20DD}"][..]),
                proptest::sample::select(&[
                    "By", "BY ", "von ", "Von", "Par ", "Posted by", "Autor(a): ", "文/", "【記者", "記者", "작성자", "글=", "Автор", "Από",
                    "Photo", "Photo:", "photo by ", "(c)", "写真", "图为", "▲사진", "Foto: ", "courtesy of ", "/AFP", "Getty Images",
                    "Published ", "Updated: ", "更新", "Share", "comments", "Home", "Siehe auch", "4 min read", "Discover more from ",
                ][..]),
                proptest::sample::select(&["Jane Doe", "李明", "山田", "김하늘", "Ö", "é", "e\u{301}", "İ", "ß", "ǅ", "Ω;", "\u{37E}", "3 May 2026", "2024年12月9日", "५", "a.jpg"][..]),
            ],
            0..8,
        ), 1..6))
    {
        let text: Vec<String> = lines.iter().map(|line| line.concat()).collect();
        let text = text.join("\n");
        let folder = patterns([text.as_str(), text.as_str(), "A", "B"]);
        to_html(&layout_in_folder(&text, 1, &folder), "");
    }
}

#[test]
#[allow(clippy::disallowed_methods)] // This test measures time.
fn long_texts_take_linear_time() {
    let seconds = |text: &str| {
        let start = std::time::Instant::now();
        to_html(&layout(text, 1), "");
        start.elapsed().as_secs_f64()
    };
    let paragraph =
        "A long enough sentence that tells what happened in the town on that day, and why it matters to its people.\n";
    for unit in [paragraph, "By Photo: Home » 2024. ", "a", "1.", "Share\n", "("] {
        let small = seconds(&unit.repeat((1 << 15) / unit.len()));
        let large = seconds(&unit.repeat((1 << 18) / unit.len()));
        // The text is eight times as long; the constant allows for pauses on a busy machine.
        assert!(large < small * 32.0 + 0.5, "{unit:?}: {small} s, {large} s");
    }
}

/// The labeled texts are not part of the repository, because they are copies of other people's pages.
#[test]
fn labeled_texts_reach_the_accuracy_of_the_fit() {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/extract/text_news");
    let Ok(truth) = fs::read_to_string(set.join("truth.jsonl")) else {
        eprintln!("skipped: the labeled texts are not available");
        return;
    };
    let (mut titled, mut right, mut untitled, mut silent) = (0, 0, 0, 0);
    for row in truth.lines() {
        let row: serde_json::Value = serde_json::from_str(row).expect("a row of JSON");
        let bytes = fs::read(set.join(row["file"].as_str().expect("a file name"))).expect("the page");
        let layout = layout(&String::from_utf8_lossy(&bytes), 1);
        let best = layout.titles.first();
        if row["title_in"] == "line" {
            titled += 1;
            let want = squash(row["title_real"].as_str().unwrap_or_default());
            right += u32::from(best.is_some_and(|guess| squash(&guess.text) == want));
        } else {
            untitled += 1;
            silent += u32::from(best.is_none_or(|guess| guess.confidence < 0.5));
        }
    }
    assert!(right * 100 >= titled * 87, "headlines: {right} of {titled}");
    assert!(
        silent * 100 >= untitled * 75,
        "no headline claimed: {silent} of {untitled}"
    );
}
