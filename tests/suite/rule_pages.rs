//! Every `check` rule has a page. Its bad example violates exactly that rule, and its good example violates none.
//!
//! An example is a complete document, or a fragment that the test puts into a minimal valid feed. The options after the
//! language of its code fence tell how:
//!
//! - `in=item`: where the fragment goes (`item`, `channel`, `podcast`, `entry` or `feed`)
//! - `without=guid`: the default element to leave out
//! - `repeat=5`: repeat the fragment, with `NN` replaced by the number of the copy
//! - `deep=300`: repeat the fragment, which opens an element without closing it
//! - `fill=300`: replace `FILL` with that many characters
//! - `profile=w3c`: check with that profile
//! - `escapes`: replace `\xfc` with that byte
//!
//! Several documents under one heading are feeds of one site; with the option `previous`, the first is the previous
//! version of the second.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use feedwright::check::{self, Options, Outline, Profile, Report};

struct Example<'p> {
    language: &'p str,
    options: Vec<&'p str>,
    text: &'p str,
}

impl<'p> Example<'p> {
    /// The code blocks under a heading.
    fn all_under(page: &'p str, heading: &str) -> Vec<Self> {
        let section = page
            .split(&format!("\n## {heading}\n"))
            .nth(1)
            .unwrap_or_else(|| panic!("the page has no heading {heading}"));
        let section = section.split("\n## ").next().unwrap_or(section);
        let examples: Vec<Self> = section
            .split("\n```")
            .skip(1)
            .step_by(2)
            .map(|fenced| {
                let (info, text) = fenced.split_once('\n').unwrap_or((fenced, ""));
                let mut words = info.split(' ');
                Example {
                    language: words.next().unwrap_or(""),
                    options: words.collect(),
                    text,
                }
            })
            .collect();
        assert!(!examples.is_empty(), "no example under {heading}");
        examples
    }

    /// The value of an option.
    fn value(&self, name: &str) -> Option<&'p str> {
        self.options
            .iter()
            .find_map(|option| option.strip_prefix(name)?.strip_prefix('='))
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.value(name).map(|number| number.parse().unwrap())
    }

    /// The example as a document.
    fn document(&self) -> Vec<u8> {
        let mut text = self.text.to_owned();
        if let Some(count) = self.number("repeat") {
            text = (1..=count)
                .map(|number| self.text.replace("NN", &format!("{number:02}")))
                .rev()
                .collect();
        }
        if let Some(count) = self.number("deep") {
            text = text.repeat(count);
        }
        if let Some(count) = self.number("fill") {
            text = text.replace("FILL", &"word ".repeat(count / 5));
        }
        let document = match (self.language, self.value("in")) {
            ("html", _) => rss(
                "",
                &format!("<content:encoded><![CDATA[{text}]]></content:encoded>"),
                None,
            ),
            ("xml", Some("item")) => rss("", &text, self.value("without")),
            ("xml", Some("channel")) => rss(&text, "", self.value("without")),
            ("xml", Some("podcast")) => rss(&podcast(&text, self.value("without")), "", None),
            ("xml", Some("entry")) => atom("", &text, self.value("without")),
            ("xml", Some("feed")) => atom(&text, "", self.value("without")),
            ("json", Some("item")) => json("", &text, self.value("without")),
            ("json", Some("feed")) => json(&text, "", self.value("without")),
            _ => text,
        };
        if self.options.contains(&"escapes") {
            return document
                .replace("\\xfc", "\u{1}")
                .bytes()
                .map(|byte| if byte == 1 { 0xFC } else { byte })
                .collect();
        }
        document.into_bytes()
    }

    fn check_options(&self) -> Options {
        Options {
            profile: match self.value("profile") {
                Some("w3c") => Profile::W3c,
                _ => Profile::Feedwright,
            },
            include_outline: true,
            ..Options::default()
        }
    }
}

/// The ids of the rules that the examples violate, checked one by one and together.
fn violations(examples: &[Example<'_>]) -> BTreeSet<String> {
    let mut reports: Vec<Report> = examples
        .iter()
        .map(|example| check::check(&example.document(), &example.check_options()))
        .collect();
    let outlines: Vec<Option<Outline>> = reports.iter().map(|report| report.outline.clone()).collect();
    let mut found = Vec::new();
    if let [Some(old), Some(new)] = &outlines[..]
        && examples[0].options.contains(&"previous")
    {
        found.push((1, check::check_against_previous(old, new)));
    } else if let [Some(first), Some(second)] = &outlines[..] {
        found.extend((0..).zip(check::check_together(&[("one", first), ("two", second)])));
    }
    for (at, violations) in found {
        reports[at].add(violations, &examples[at].document(), &examples[at].check_options());
    }
    let findings = reports.iter().flat_map(|report| &report.findings);
    findings.map(|finding| finding.rule.id.to_owned()).collect()
}

/// The names of the top-level elements of a fragment.
fn top_level_names(fragment: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut depth = 0i32;
    for tag in fragment.split('<').skip(1) {
        let end = tag.find('>').unwrap_or(tag.len());
        if tag.starts_with('/') {
            depth -= 1;
            continue;
        }
        if depth == 0 {
            names.insert(tag.split([' ', '>', '/', '\n']).next().unwrap_or(""));
        }
        depth += i32::from(!tag[..end].ends_with('/'));
    }
    names
}

/// A fragment after the default elements that it does not contain itself.
fn with_defaults(defaults: &[(&str, &str)], fragment: &str, without: Option<&str>) -> String {
    let present = top_level_names(fragment);
    let mut text: String = defaults
        .iter()
        .filter(|(name, _)| !present.contains(name) && Some(*name) != without)
        .map(|(_, element)| *element)
        .collect();
    text.push_str(fragment);
    text
}

fn rss(channel: &str, item: &str, without: Option<&str>) -> String {
    const NAMESPACES: &str = r#"xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:georss="http://www.georss.org/georss"
 xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:ag="http://purl.org/rss/1.0/modules/aggregation/"
 xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:xhtml="http://www.w3.org/1999/xhtml""#;
    let item = with_defaults(
        &[
            ("title", "<title>Spring</title>"),
            ("link", "<link>https://example.org/spring</link>"),
            ("description", "<description>It came early</description>"),
            ("guid", "<guid>https://example.org/spring</guid>"),
            ("pubDate", "<pubDate>Sun, 01 Mar 2026 09:00:00 +0100</pubDate>"),
        ],
        item,
        without,
    );
    let item = format!("<item>{item}</item>");
    let present = top_level_names(channel);
    let mut channel = with_defaults(
        &[
            ("title", "<title>Harbor news</title>"),
            ("link", "<link>https://example.org/</link>"),
            ("description", "<description>News of a harbor town</description>"),
            ("language", "<language>en</language>"),
            (
                "atom:link",
                "<atom:link rel=\"self\" href=\"https://example.org/rss.xml\"/>",
            ),
        ],
        channel,
        without.filter(|_| !channel.is_empty()),
    );
    if !present.contains("item") && without != Some("item") {
        channel.push_str(&item);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" {NAMESPACES}><channel>{channel}</channel></rss>"
    )
}

fn podcast(channel: &str, without: Option<&str>) -> String {
    with_defaults(
        &[
            ("itunes:image", "<itunes:image href=\"https://example.org/cover.jpg\"/>"),
            ("itunes:category", "<itunes:category text=\"Leisure\"/>"),
            ("itunes:explicit", "<itunes:explicit>false</itunes:explicit>"),
            (
                "itunes:owner",
                "<itunes:owner><itunes:email>jo@example.org</itunes:email></itunes:owner>",
            ),
            (
                "item",
                "<item><title>Spring</title><link>https://example.org/spring</link><guid>https://example.org/spring</guid>\
                 <pubDate>Sun, 01 Mar 2026 09:00:00 +0100</pubDate>\
                 <enclosure url=\"https://example.org/a.mp3\" length=\"1200\" type=\"audio/mpeg\"/></item>",
            ),
        ],
        channel,
        without,
    )
}

fn atom(feed: &str, entry: &str, without: Option<&str>) -> String {
    let entry = with_defaults(
        &[
            ("title", "<title>Spring</title>"),
            ("id", "<id>https://example.org/spring</id>"),
            ("link", "<link href=\"https://example.org/spring\"/>"),
            ("updated", "<updated>2026-03-01T09:00:00Z</updated>"),
            ("summary", "<summary>It came early.</summary>"),
        ],
        entry,
        // A link with a different relation is added to the entry's default link.
        without.filter(|_| !entry.is_empty()),
    );
    let link = "<link href=\"https://example.org/spring\"/>";
    let has_alternate = entry.contains(link) || entry.contains("<link href") || without == Some("link");
    let entry = format!("<entry>{}{entry}</entry>", if has_alternate { "" } else { link });
    let present = top_level_names(feed);
    let mut feed_text = with_defaults(
        &[
            ("title", "<title>Harbor news</title>"),
            ("id", "<id>https://example.org/</id>"),
            ("updated", "<updated>2026-03-01T09:00:00Z</updated>"),
            ("author", "<author><name>Jo</name></author>"),
        ],
        "",
        None,
    );
    if !feed.contains("rel=\"self\"") && without != Some("link") || feed.is_empty() {
        feed_text.push_str("<link rel=\"self\" href=\"https://example.org/atom.xml\"/>");
    }
    feed_text.push_str(feed);
    if !present.contains("entry") {
        feed_text.push_str(&entry);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" \
         xmlns:fh=\"http://purl.org/syndication/history/1.0\" xmlns:thr=\"http://purl.org/syndication/thread/1.0\">{feed_text}</feed>"
    )
}

fn json(feed: &str, item: &str, without: Option<&str>) -> String {
    let members = |defaults: &[(&str, &str)], own: &str| {
        let mut members: Vec<String> = defaults
            .iter()
            .filter(|(name, _)| !own.contains(&format!("\"{name}\":")) && Some(*name) != without)
            .map(|(name, value)| format!("\"{name}\": \"{value}\""))
            .collect();
        members.extend(Some(own.to_owned()).filter(|own| !own.is_empty()));
        members.join(", ")
    };
    let item = members(
        &[("id", "https://example.org/spring"), ("content_text", "It came early.")],
        item,
    );
    let feed = members(
        &[
            ("version", "https://jsonfeed.org/version/1.1"),
            ("title", "Harbor news"),
            ("feed_url", "https://example.org/feed.json"),
        ],
        feed,
    );
    format!("{{{feed}, \"items\": [{{{item}}}]}}")
}

#[test]
fn the_bad_example_violates_exactly_its_rule_and_the_good_example_none() {
    let mut wrong = Vec::new();
    for rule in check::rules() {
        let bad = violations(&Example::all_under(rule.page, "Bad"));
        if bad != BTreeSet::from([rule.id.to_owned()]) {
            wrong.push(format!("{}: the bad example violates {bad:?}", rule.id));
        }
        let good = violations(&Example::all_under(rule.page, "Good"));
        if !good.is_empty() {
            wrong.push(format!("{}: the good example violates {good:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_belongs_to_a_rule_and_starts_with_its_id() {
    let ids: BTreeSet<&str> = check::rules().iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), check::rules().len(), "two rules have the same id");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    for subject in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        let pages = fs::read_dir(subject).unwrap().map(|entry| entry.unwrap().path());
        // The folder of a large subject also contains parts of its code.
        for page in pages.filter(|path| path.extension().is_none_or(|extension| extension != "rs")) {
            let id = page.file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(ids.contains(id.as_str()), "there is no rule for {}", page.display());
            assert!(
                fs::read_to_string(&page).unwrap().starts_with(&format!("# {id}\n")),
                "{}",
                page.display()
            );
        }
    }
}
