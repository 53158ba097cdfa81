//! `check` on any input: it never panics, its locations are inside the document, and its result is deterministic.

use feedwright::check::{self, Format, Options, Profile};
use proptest::prelude::*;

fn validate(bytes: &[u8], profile: Profile) -> check::Report {
    check::check(
        bytes,
        &Options {
            now: Some(1_800_000_000),
            profile,
            ..Options::default()
        },
    )
}

#[test]
fn the_format_is_detected_from_the_root_element() {
    for (text, format) in [
        ("<rss version='2.0'><channel/></rss>", Some(Format::Rss)),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", Some(Format::Atom)),
        ("<entry xmlns='http://www.w3.org/2005/Atom'/>", Some(Format::AtomEntry)),
        (" {\"items\": []}", Some(Format::Json)),
        ("<opml version='2.0'/>", Some(Format::Opml)),
        ("<html/>", None),
        ("hello", None),
        ("", None),
    ] {
        assert_eq!(validate(text.as_bytes(), Profile::Feedwright).format, format, "{text}");
    }
}

#[test]
fn columns_count_characters() {
    let text = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel>\r\n<title>Ünï</title><b:x/></channel></rss>";
    let report = validate(text.as_bytes(), Profile::Feedwright);
    let location = &report.findings[0].location;
    assert_eq!(
        (
            report.findings[0].rule.id,
            location.line,
            location.column,
            location.length
        ),
        ("xml-prefix-undeclared", 3, 19, 4)
    );
    assert!(location.excerpt.starts_with("<title>Ünï</title><b:x/>"));
}

#[test]
fn locations_in_escaped_html_are_those_of_the_document() {
    let text = "<rss version=\"2.0\"><channel><item><description>&lt;p&gt;&amp;amp; &#x20AC;&lt;script&gt;</description></item></channel></rss>";
    let report = validate(text.as_bytes(), Profile::Feedwright);
    let finding = report
        .findings
        .iter()
        .find(|finding| finding.rule.id == "html-element-unsafe")
        .unwrap();
    assert_eq!(finding.location.column as usize, text.find("&lt;script").unwrap() + 1);
}

#[test]
fn html_is_checked_in_json_as_in_xml() {
    let html =
        "<p onclick=x>\u{e9} <a href=/b>c</a><img data-src=https://e.org/d.png><iframe src=javascript:e></iframe></i>";
    let expected = [
        "html-event-handler",
        "html-address-relative",
        "html-image-lazy",
        "html-element-unsafe",
        "html-address-unsafe",
        "html-invalid",
    ];
    let string = html.replace('\u{e9}', "\\u00e9").replace("</", "<\\/");
    for text in [
        format!(
            "<rss version=\"2.0\"><channel><item><description><![CDATA[{html}]]></description></item></channel></rss>"
        ),
        format!("{{\"items\": [{{\"id\": \"1\", \"content_html\": \"{string}\"}}]}}"),
    ] {
        let report = validate(text.as_bytes(), Profile::Feedwright);
        let found = report
            .findings
            .iter()
            .filter(|finding| finding.rule.id.starts_with("html-"));
        let (rules, columns): (Vec<_>, Vec<_>) = found
            .map(|finding| (finding.rule.id, finding.location.column as usize - 1))
            .unzip();
        assert_eq!(rules, expected, "{text}");
        let characters = |part: &str| text[..text.find(part).unwrap()].chars().count();
        assert_eq!(columns[0], characters("onclick"), "{text}");
        assert_eq!(columns[1], characters("href=/b"), "{text}");
        assert_eq!(columns[3], characters("<iframe"), "{text}");
    }
}

#[test]
fn a_page_of_any_length_is_not_a_fragment() {
    for length in 2020..2060 {
        let page = format!("&lt;html&gt;{}{}&lt;/html&gt;", "x".repeat(length), "é".repeat(50));
        let text = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"text/html\">{page}</content></entry></feed>"
        );
        let report = validate(text.as_bytes(), Profile::Feedwright);
        let found = report
            .findings
            .iter()
            .any(|finding| finding.rule.id == "atom-html-fragment");
        assert!(!found, "{length}");
    }
}

const PARTS: &[&str] = &[
    "<rss version=\"2.0\">",
    "<channel>",
    "</channel>",
    "</rss>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<guid>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    "<entry>",
    "<content type=\"xhtml\">",
    "<link href=\"",
    "\"/>",
    "&amp;",
    "&#x41;",
    "&#",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"&b;c\">]>",
    "&b;",
    "<?xml version=\"1.0\"?>",
    "{\"items\":[",
    "]}",
    "{\"id\":",
    "\"\\ud800\"",
    ",",
    "é",
    "\u{FEFF}",
    "\u{0}",
    "xmlns:a=\"b\"",
    "<a:b",
    " ",
    "\n",
    "\r\n",
    "x",
    "<pubDate>",
    "Sun, 01 Mar 2026 09:00:00 +0100",
    "</pubDate>",
    "&lt;p onclick=",
    "&lt;/p&gt;",
    "%zz",
    "tag:a,2026:b",
];

proptest! {
    #[test]
    fn random_feeds_are_checked_with_the_same_result_twice(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60),
    ) {
        let text = parts.concat();
        for profile in [Profile::Feedwright, Profile::W3c] {
            let report = validate(text.as_bytes(), profile);
            let lines = text.split('\n').count();
            for finding in &report.findings {
                prop_assert!(finding.location.line as usize <= lines);
            }
            prop_assert_eq!(format!("{report:?}"), format!("{:?}", validate(text.as_bytes(), profile)));
        }
    }

    #[test]
    fn random_feeds_are_compared(
        one in proptest::collection::vec(proptest::sample::select(PARTS), 0..60),
        two in proptest::collection::vec(proptest::sample::select(PARTS), 0..60),
    ) {
        let options = Options { include_outline: true, ..Options::default() };
        let texts = [one, two].map(|parts| format!("<rss version=\"2.0\"><channel><link>http://a/</link>{}", parts.concat()));
        let mut reports = texts.each_ref().map(|text| check::check(text.as_bytes(), &options));
        if let [Some(old), Some(new)] = reports.each_ref().map(|report| report.outline.clone()) {
            let mut together = check::check_together(&[("one", &old), ("two", &new)]);
            let since_previous = check::check_against_previous(&old, &new);
            for violations in [since_previous].into_iter().chain(together.pop()) {
                reports[1].add(violations, texts[1].as_bytes(), &options);
            }
            prop_assert!(check::check_against_previous(&old, &old).is_empty());
        }
        prop_assert!(reports[1].findings.is_sorted_by_key(|finding| (finding.location.line, finding.location.column)));
    }

    #[test]
    fn random_bytes_are_checked(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        validate(&bytes, Profile::Feedwright);
    }
}
