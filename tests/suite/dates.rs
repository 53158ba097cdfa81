//! Written dates: the table in `tests/data/dates`, two tables outside the repository, and properties.

use feedwright::time::written::{DateContext, DateOrder, date_in_path, find, parse, proven_order};
use proptest::prelude::*;

/// Each line of the table has three columns, separated by tabs: a text, the context (a language, `day-first` or
/// `month-first`), and the date, or `!` and a part of the reason why the text is not a date.
#[test]
fn reads_dates_and_rejects_other_texts() {
    let table = include_str!("../data/dates/written.tsv");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [input, context, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}");
        };
        let order = match context {
            "day-first" => Some(DateOrder::DayFirst),
            "month-first" => Some(DateOrder::MonthFirst),
            _ => None,
        };
        let language = Some(context).filter(|context| order.is_none() && !context.is_empty());
        let got = parse(input, &DateContext { language, order });
        let fits = match (&got, expected.strip_prefix("! ")) {
            (Ok(reading), None) => reading.date.to_string() == expected,
            (Err(rejected), Some(reason)) => rejected.0.contains(reason),
            _ => false,
        };
        if !fits {
            wrong.push(format!("{input:?} ({context}): {got:?}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Date strings from real sites, in a table outside the repository. Skipped if the table does not exist.
#[test]
fn reads_the_table_of_date_strings() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/cases/extract/tables/date_examples.jsonl"
    );
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("skipped: there is no {path}");
        return;
    };
    let mut wrong = Vec::new();
    for line in table.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let input = row["input"].as_str().unwrap();
        let context = row["context"].as_str().unwrap();
        let context = DateContext {
            language: Some(context.strip_prefix("lang=").unwrap_or(context)).filter(|tag| !tag.is_empty()),
            order: None,
        };
        // A month or a year alone is not a date.
        let expected = row["expected"].as_str().filter(|expected| expected.len() > 7);
        let got = parse(input, &context);
        if got.as_ref().ok().map(|reading| reading.date.to_string()).as_deref() != expected {
            wrong.push(format!("{input:?}: {got:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every month name in 72 locales, next to a day and a year, in text in that language. The table is outside the
/// repository. Skipped if the table does not exist.
#[test]
fn reads_the_names_of_months_in_72_locales() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/cases/extract/tables/months.json"
    );
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("skipped: there is no {path}");
        return;
    };
    let table: serde_json::Value = serde_json::from_str(&table).unwrap();
    let mut wrong = Vec::new();
    for (name, months) in table.as_object().unwrap() {
        for (month, languages) in months.as_object().unwrap() {
            let language = languages[0].as_str().filter(|&tag| tag != "*");
            let context = DateContext { language, order: None };
            let month: u32 = month.parse().unwrap();
            // A numbered month such as `12月` is a month only between year and day.
            let text = if name.ends_with('月') {
                format!("2024年{name}14日")
            } else {
                format!("14 {name} 2024")
            };
            let expected = format!("2024-{month:02}-14");
            let got = parse(&text, &context).map(|reading| reading.date.to_string());
            if got.as_deref() != Ok(expected.as_str()) {
                wrong.push(format!("{text} ({language:?}): {got:?}, expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The text with every date in brackets, and the dates.
fn marked(text: &str, context: &DateContext<'_>) -> (String, Vec<String>) {
    let (mut out, mut dates, mut at) = (String::new(), Vec::new(), 0);
    for found in find(text, context) {
        out += &format!("{}[{}]", &text[at..found.range.start], &text[found.range.clone()]);
        dates.push(found.reading.date.to_string());
        at = found.range.end;
    }
    (out + &text[at..], dates)
}

#[test]
fn finds_full_dates_in_texts() {
    let table: &[(&str, &[&str])] = &[
        ("By Jane Doe, [December 14, 2024] in News", &["2024-12-14"]),
        (
            "Jane Doe | [Saturday, December 14, 2024, 8:05 PM ET] | 5 min",
            &["2024-12-14T20:05:00-05:00"],
        ),
        ("PARIS, [Dec. 14, 2024] (Agency) — The sun rose.", &["2024-12-14"]),
        (
            "Updated on [2024-12-14T08:00:00Z], first on [2024-12-10].",
            &["2024-12-14T08:00:00Z", "2024-12-10"],
        ),
        (
            "Von Jane Doe, [14. Dezember 2024 um 8.05 Uhr].",
            &["2024-12-14T08:05:00"],
        ),
        ("Berlin, [14.12.2024], 3 Teilnehmer", &["2024-12-14"]),
        ("文/李明 [2024年12月14日 08:00] 北京", &["2024-12-14T08:00:00"]),
        ("발행 [2024. 12. 14] 홍길동", &["2024-12-14"]),
        ("نشر في [14 ديسمبر 2024] الساعة", &["2024-12-14"]),
        ("Le [samedi 14 décembre 2024 à 8h05], à Paris", &["2024-12-14T08:05:00"]),
        (
            "From [3 May 2023] to [5 June 2024] it rained.",
            &["2023-05-03", "2024-06-05"],
        ),
        ("On 14 December 24 people came.", &[]),
        ("In December 2024 and on 9 December it rained.", &[]),
        ("Version 1.12.2024.5, host 10.12.20.24, call +49 30 12-14-20 24.", &[]),
        ("The score was 3-2-1, then 14/12/24.", &["2024-12-14"]),
        ("Order 20241214 and ISBN 978-3-16-148410-0", &[]),
        ("On 03/04/2024 nobody knew.", &[]),
        ("", &[]),
    ];
    for (expected, dates) in table {
        let text = expected.replace(['[', ']'], "");
        let (got, found) = marked(&text, &DateContext::default());
        assert_eq!(found, *dates, "{text}");
        if !found.is_empty() && expected.contains('[') {
            assert_eq!(got, *expected);
        }
    }
}

#[test]
fn finds_the_day_in_a_path() {
    let table = [
        ("2024-12-14-spring.md", Some(("2024-12-14", "2024-12-14"))),
        ("posts/2024-12-14-spring.md", Some(("2024-12-14", "2024-12-14"))),
        ("20241214 spring.md", Some(("2024-12-14", "20241214"))),
        ("202412140830 note.md", Some(("2024-12-14", "202412140830"))),
        ("2024/12/14/spring/index.html", Some(("2024-12-14", "2024/12/14"))),
        ("2024/12-14-spring.md", Some(("2024-12-14", "2024/12-14"))),
        ("https://x.org/2024/2/4/a", Some(("2024-02-04", "2024/2/4"))),
        ("2024_12_14.md", Some(("2024-12-14", "2024_12_14"))),
        ("spring-2024-12-14.md", Some(("2024-12-14", "2024-12-14"))),
        (
            "2019/2024-12-14-ten-years-after-2014-12-14.md",
            Some(("2024-12-14", "2024-12-14")),
        ),
        ("2024-12-spring.md", None),
        ("2024/12/spring.md", None),
        ("1776-07-04.md", None),
        ("2024-13-14.md", None),
        ("2024-02-30.md", None),
        ("2024-12-141.md", None),
        ("12024-12-14.md", None),
        ("v2024.12.14.5.md", None),
        ("8f20241214ab.md", None),
        ("uploads/2019/05/a.png", None),
        ("", None),
    ];
    for (path, expected) in table {
        let got = date_in_path(path).map(|(date, range)| (date.to_string(), &path[range]));
        let got = got.as_ref().map(|(date, text)| (date.as_str(), *text));
        assert_eq!(got, expected, "{path}");
    }
}

#[test]
fn a_date_with_a_number_above_twelve_proves_the_order() {
    let table = [
        ("posted 31/12/2024 by Jane", Some(DateOrder::DayFirst)),
        ("12/31/2024", Some(DateOrder::MonthFirst)),
        ("31-12-2024", Some(DateOrder::DayFirst)),
        ("01/02/2024, then 13/02/2024", Some(DateOrder::DayFirst)),
        ("01/02/2024", None),
        ("31.12.2024", None),
        ("31/02/2024", None),
        ("2024/12/31", None),
        ("31/12/24", None),
        ("30/40/2024", None),
    ];
    for (text, expected) in table {
        assert_eq!(proven_order(text), expected, "{text}");
    }
}

#[test]
fn doubtful_dates_have_notes() {
    let table: &[(&str, &[&str])] = &[
        ("2024-12-14", &[]),
        (
            "Fri, 14 Dec 2024 08:00:00 +0000",
            &["the weekday does not match the date"],
        ),
        (
            "2019-22-08",
            &["read as year, day, month, because the second number is not a month"],
        ),
        ("14.12.24", &["the year has two digits, so its century is assumed"]),
        (
            "Updated: 14 December 2024",
            &["the date is labeled as the date of an update"],
        ),
        ("14 December 2024 by Jane", &["the words after the date are ignored"]),
        ("14 December 2024 | 15 December 2024", &["a second date follows it"]),
        ("14 December 2024 08:00 AST", &["its time zone is unknown or ambiguous"]),
        (
            "Some words: 14 December 2024",
            &["the words before the date are ignored"],
        ),
    ];
    for (text, notes) in table {
        assert_eq!(parse(text, &DateContext::default()).unwrap().notes, *notes, "{text}");
    }
}

#[test]
fn a_text_longer_than_any_date_is_rejected() {
    let long = format!("2024-12-14{}", " ".repeat(250));
    assert!(
        parse(&long, &DateContext::default()).is_ok(),
        "spaces around the date do not count"
    );
    let long = format!("2024-12-14 by {}", "Jane ".repeat(60));
    assert_eq!(
        parse(&long, &DateContext::default()).unwrap_err().0,
        "it is longer than any date"
    );
}

/// Pieces of dates, so that random texts resemble dates.
const PIECES: &str = "(2024|12|14|0|7|31|99|[0-9]{1,5}|-|/|:|\\.|,| |\\+|T|Z|W|AM|p\\.m\\.|Dec|décembre|декабря|月|日|年|令和|十二|tháng|Sat|Uhr|GMT|Europe/Paris|\\(|\\)|\\[|Published|by|th|от|พ\\.ศ\\.|٣|\u{200F}|\\PC){0,14}";

proptest! {
    #[test]
    fn no_text_causes_a_panic_and_every_date_parses_back_as_itself(text in PIECES) {
        let contexts = [
            DateContext::default(),
            DateContext { language: Some("en-US"), order: None },
            DateContext { language: Some("th"), order: Some(DateOrder::DayFirst) },
        ];
        for context in contexts {
            if let Ok(reading) = parse(&text, &context) {
                let again = parse(&reading.date.to_string(), &DateContext::default());
                prop_assert_eq!(again.map(|again| again.date), Ok(reading.date), "{}", text);
            }
            for found in find(&text, &context) {
                prop_assert!(text.get(found.range.clone()).is_some_and(|part| !part.is_empty()));
                let again = parse(&found.reading.date.to_string(), &DateContext::default());
                prop_assert_eq!(again.map(|again| again.date), Ok(found.reading.date), "{}", text);
            }
        }
        if let Some((_, range)) = date_in_path(&text) {
            prop_assert!(text.get(range).is_some());
        }
    }

    /// Every format that chrono writes is parsed.
    #[test]
    fn parses_dates_written_by_chrono(seconds in -30_000_000_000i64..200_000_000_000, minutes in -840i32..=840) {
        let offset = chrono::FixedOffset::east_opt(minutes * 60).unwrap();
        let instant = chrono::DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&offset);
        let midnight = instant.time() == chrono::NaiveTime::MIN;
        prop_assume!(seconds != 0 && !(midnight && [1900, 1970].contains(&chrono::Datelike::year(&instant))));
        let formats = ["%Y-%m-%dT%H:%M:%S%:z", "%a, %d %b %Y %H:%M:%S %z", "%A, %B %-d, %Y, %I:%M:%S %p %:z", "%G-W%V-%uT%H%M%S%z", "%Y-%jT%H:%M:%S%:z", "%d.%m.%Y %H:%M:%S %z", "%Y%m%dT%H%M%S%z", "%Y年%m月%d日 %H時%M分%S秒 %:z", "%-d. %B %Y %H:%M:%S UTC%:z"];
        for format in formats {
            let text = instant.format(format).to_string();
            let reading = parse(&text, &DateContext::default());
            let got = reading.as_ref().map(|reading| {
                (reading.date.date.and_time(reading.date.time.unwrap_or_default()), reading.date.offset)
            });
            prop_assert_eq!(got, Ok((instant.naive_local(), Some(offset))), "{}", text);
            prop_assert!(reading.is_ok_and(|reading| reading.notes.is_empty()), "{}", text);
        }
    }
}
