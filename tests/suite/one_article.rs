//! One article affects only itself: whatever it contains, the others are published.

use std::fs;

use feedwright::{
    Error,
    config::Config,
    finding::{Finding, Severity},
    ledger::Ledger,
    publish::{self, Options, Publication},
    time::Timestamp,
    url::Id,
};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    render::any_feed::{self, any_text},
    site::{NOW, Site, stderr},
};

/// Values of front matter and settings that are invalid in a feed, or close to it.
const ODD_VALUES: &[&str] = &[
    "https://matrix.to/#/#ann:example.org",
    "https://my_blog.example.org/a_b",
    "https://a..example/",
    "https://example.org/[a]?b[]=c#d[e]",
    "https://[::1]:8080/#a#b",
    "https://bücher.example/日本#x#y",
    "https://user:p#w@example.org/#a#b",
    "/a#b#c",
    "picture.png#xywh=1,1#2",
    "a b%zz{c}|d^e`f\\g",
    "%",
    "//other_host.example/#/#",
    "mailto:root@localhost",
    "javascript:alert(1)",
    "root@localhost",
    "Taro <taro.@docomo.ne.jp>",
    "a..b@docomo.ne.jp",
    "ada@exam#ple.org",
    "ada@example.org.",
    "grüße@bücher.example",
    "tag:example.org,26:x",
    "urn:uuid:123",
    "urn:x:1",
    "post 17#a#b",
    "18446744073709551615",
    "9223372036854775808",
    "99999999999999999999999",
    "-1",
    "audio/mp'eg",
    "audio/mpeg; codecs=\u{FFFE}",
    "2026-01-02T03:04:05+15:00",
    "2026-01-02T03:04:05-15:59",
    "Sun, 01 Mar 2026 09:00:00 +1545",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "zh-CHS-Hans",
    "cn-Hant",
    "en-abc-def-ghi-jkl",
    "x-klingon",
    "\u{FFFE}\u{1}",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(ODD_VALUES).prop_map(str::to_owned),
        1 => any_text(),
        1 => any_feed::url().prop_map(|url| url.to_string()),
        1 => "[a-z]{1,5}[#%.@_ /:-][a-z]{1,5}[#%.@_ /:-][a-z.]{0,5}",
    ]
}

/// An article whose front matter and text have a value at every place that gets into a feed.
fn article() -> impl Strategy<Value = String> {
    let values = prop::collection::vec(prop_oneof![value().prop_map(Some), Just(None)], 18);
    (values, "[A-Z][a-z]{3,8}").prop_map(|(values, title)| {
        let at = |index: usize| values[index].clone();
        let front_matter = json!({
            "title": title,
            "date": at(0).unwrap_or_else(|| "2026-01-01".to_owned()),
            "updated": at(1),
            "author": {"name": at(2).unwrap_or_else(|| "Ann".to_owned()), "email": at(3), "url": at(4)},
            "link": at(5),
            "image": {"url": at(6), "alt": at(7), "credit": at(8), "license": at(9), "license_url": at(10)},
            "enclosure": {
                "url": at(11).unwrap_or_else(|| "a.mp3".to_owned()),
                "length": at(12),
                "type": at(13).unwrap_or_else(|| "audio/mpeg".to_owned()),
            },
            "id": at(14),
            "lang": at(15),
            "tags": [at(16)],
        });
        let body = at(17).unwrap_or_default();
        format!("---\n{front_matter}\n---\n\nWords. [a](<{body}>) ![b](<{body}>) <a href=\"{body}\">c</a> {body}\n")
    })
}

/// A configuration in which a few settings have odd values.
fn configuration() -> impl Strategy<Value = String> {
    let setting = |usual: &'static str| prop_oneof![6 => Just(usual.to_owned()), 1 => value()];
    let host = prop::sample::select(&[
        "https://example.org/",
        "https://example.org/blog/",
        "https://my_blog.example.org/",
        "https://a..example/",
        "https://bücher.example/",
        "http://[::1]/",
        "http://localhost:8000/",
    ]);
    let names = prop_oneof![
        3 => Just("news.atom".to_owned()),
        1 => "[a-z#%?\\[\\]{}|^ é日\"<>&']{1,6}\\.atom",
    ];
    let site = (
        host,
        setting("/icon.png"),
        setting("logo.png"),
        setting("en"),
        setting("https://ann.example/"),
    );
    let rest = (
        setting("ann@example.org"),
        setting("{path}/"),
        setting("https://feeds.example.org/"),
        names,
    );
    (site, rest).prop_map(
        |((url, icon, logo, language, person), (email, link, output_url, name))| {
            json!({
                "site": {
                    "title": "T",
                    "url": url,
                    "icon": icon,
                    "logo": logo,
                    "language": language,
                    "authors": [{"name": "Ann", "url": person, "email": email}],
                },
                "link": link,
                "output_url": output_url,
                "feeds": ["rss.xml", "feed.json", name],
            })
            .to_string()
        },
    )
}

fn options(write: bool) -> Options {
    Options {
        now: Timestamp::parse_rfc3339(NOW).unwrap(),
        write,
        strict: false,
        fail_on_guess: Vec::new(),
        allowed: publish::Guard::ALL.to_vec(),
        wait: false,
        compare: false,
    }
}

fn errors(publication: &Publication) -> Vec<&Finding> {
    let findings = publication.findings.iter().flat_map(|(_, findings)| findings);
    findings.filter(|finding| finding.severity == Severity::Error).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_article_and_no_configuration_makes_a_feed_invalid(
        articles in prop::collection::vec(article(), 1..4),
        configuration in configuration(),
    ) {
        let site = Site::new();
        site.write("input/good.md", "---\ntitle: Good\ndate: 2026-01-01\n---\n\nWords.\n");
        for (number, article) in articles.iter().enumerate() {
            site.write(&format!("input/{number}.md"), article);
        }
        let file = site.folder.join("feedwright.yaml");
        let config = match Config::from_text(&configuration, &file, &site.folder) {
            Ok(config) => config,
            Err(Error::Config { path, position, .. }) => {
                prop_assert!(path.is_some() && position.is_some(), "an error of the configuration has a line");
                return Ok(());
            }
            Err(error) => return Err(TestCaseError::fail(format!("{error:?}"))),
        };
        let publication = publish::publish(&config, &options(false), &|_| {});
        let publication = publication.map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        let internal: Vec<_> =
            errors(&publication).into_iter().filter(|finding| finding.rule.id == "article-internal-error").collect();
        prop_assert!(internal.is_empty(), "{:?}", internal);
        prop_assert!(publication.feeds.iter().all(|feed| feed.entries > 0));
    }
}

/// A site with three published articles. The entry of `a.md` has a different id in RSS and JSON Feed, as after an import.
fn site_with_an_imported_id() -> Site {
    let site = Site::new();
    for (name, day) in [("a", 3), ("b", 2), ("c", 1)] {
        site.write(
            &format!("input/{name}.md"),
            format!("---\ntitle: Title {name}\ndate: 2026-01-0{day}\n---\n\nThe words of {name}.\n"),
        );
    }
    site.build(0);
    let path = site.folder.join("feedwright.ledger");
    let mut ledger = Ledger::load(&path).unwrap().unwrap();
    let record = ledger.records.get_mut("a.md").unwrap();
    let id: Id = record.id.clone();
    record.id = id.with_name("https://old.example/?p=1").unwrap();
    fs::write(&path, ledger.to_text()).unwrap();
    site.run(&["build", "--now", NOW, "--allow-reid"]);
    assert!(site.each("id").contains(&"https://old.example/?p=1".to_owned()));
    site
}

fn feeds(site: &Site) -> [String; 3] {
    ["feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json"].map(|feed| site.read(feed))
}

#[test]
fn an_article_with_an_invalid_imported_id_can_be_reannounced() {
    let site = site_with_an_imported_id();
    let path = site.folder.join("feedwright.ledger");
    let mut ledger = Ledger::load(&path).unwrap().unwrap();
    ledger.records.get_mut("b.md").unwrap().id = Id::from_published("Märchen").unwrap();
    fs::write(&path, ledger.to_text()).unwrap();
    let text = site.read("input/b.md").replace("title: ", "reannounce: again\ntitle: ");
    site.write("input/b.md", text);
    site.build(0);
    assert!(
        site.each("id").contains(&"Märchen#again-again".to_owned()),
        "{:?}",
        site.each("id")
    );
}

const SAME_ID: &str = "---\ntitle: Title X\ndate: 2026-01-04\nid: https://old.example/?p=1\n---\n\nOther words.\n";

#[test]
fn a_new_article_that_makes_a_feed_invalid_is_left_out_of_all_feeds() {
    let site = site_with_an_imported_id();
    let before = site.published();
    site.write("input/x.md", SAME_ID);
    let output = site.build(1);
    assert!(stderr(&output).contains("input/x.md"), "{}", stderr(&output));
    assert_eq!(site.each("title"), ["Title a", "Title b", "Title c"]);
    assert_eq!(site.published(), before, "no feed contains it");
    site.build(1);
    site.write("input/x.md", SAME_ID.replace("id: ", "origin: "));
    site.build(0);
    assert_eq!(site.each("title"), ["Title X", "Title a", "Title b", "Title c"]);
}

#[test]
fn an_article_that_makes_a_feed_invalid_keeps_its_published_entry() {
    let site = site_with_an_imported_id();
    let before = feeds(&site);
    site.write("input/b.md", SAME_ID);
    let output = site.build(1);
    assert!(stderr(&output).contains("article-held"), "{}", stderr(&output));
    assert_eq!(site.each("title"), ["Title a", "Title b", "Title c"]);
    assert_eq!(feeds(&site), before);
}

#[test]
fn an_email_address_that_no_feed_can_contain_is_reported_and_left_out() {
    let site = Site::new();
    site.write(
        "input/a.md",
        "---\ntitle: A\ndate: 2026-01-01\nauthor: {name: Ann, email: root@localhost}\n---\n\nWords.\n",
    );
    let output = site.build(0);
    assert!(
        stderr(&output).contains("`root@localhost` cannot be published as an e-mail address"),
        "{}",
        stderr(&output)
    );
    let feeds = feeds(&site);
    assert!(feeds.iter().all(|feed| feed.contains("Ann") && !feed.contains("root@")));
}

#[test]
fn a_build_works_where_no_thread_can_be_started() {
    let site = Site::new();
    site.write("input/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\n\nWords.\n");
    for arguments in [
        &["build", "--now", NOW][..],
        &["explain", "input/a.md", "input/a.md"],
        &["check", "feeds"],
    ] {
        let mut command = site.command(arguments);
        // No address space has room for such a stack, so the system refuses every thread, as a limit on processes does.
        let output = command
            .env("RUST_MIN_STACK", (1_u64 << 50).to_string())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(site.each("title"), ["A"]);
}
