//! Every rule of `check` has a page, whose bad example breaks exactly that rule and whose good one none.
//!
//! An example is a whole document, or a part that is put into the smallest clean feed: the words after the language of
//! its fence say where (`in=item`), what it stands in for (`without=guid`), how often it is repeated (`repeat=5`, with
//! `NN` for the number), nested (`deep=300`) or filled (`fill=300`, for `FILL`), and by which profile it is judged.
//! Where an example is several documents, they are of one site, or the first is the `previous` state of the second.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use feedwright::check::{self, Options, Outline, Profile, Report};

struct Example<'p> {
    language: &'p str,
    words: Vec<&'p str>,
    text: &'p str,
}

impl<'p> Example<'p> {
    /// The documents under a heading.
    fn all(page: &'p str, heading: &str) -> Vec<Self> {
        let section = page
            .split(&format!("\n## {heading}\n"))
            .nth(1)
            .unwrap_or_else(|| panic!("no {heading}"));
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
                    words: words.collect(),
                    text,
                }
            })
            .collect();
        assert!(!examples.is_empty(), "no example under {heading}");
        examples
    }

    fn word(&self, name: &str) -> Option<&'p str> {
        self.words
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.word(name).map(|number| number.parse().unwrap())
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
        let document = match (self.language, self.word("in")) {
            ("html", _) => rss(
                "",
                &format!("<content:encoded><![CDATA[{text}]]></content:encoded>"),
                None,
            ),
            ("xml", Some("item")) => rss("", &text, self.word("without")),
            ("xml", Some("channel")) => rss(&text, "", self.word("without")),
            ("xml", Some("podcast")) => rss(&podcast(&text, self.word("without")), "", None),
            ("xml", Some("entry")) => atom("", &text, self.word("without")),
            ("xml", Some("feed")) => atom(&text, "", self.word("without")),
            ("json", Some("item")) => json("", &text, self.word("without")),
            ("json", Some("feed")) => json(&text, "", self.word("without")),
            _ => text,
        };
        if self.words.contains(&"escapes") {
            return document
                .replace("\\xfc", "\u{1}")
                .bytes()
                .map(|byte| if byte == 1 { 0xFC } else { byte })
                .collect();
        }
        document.into_bytes()
    }

    fn options(&self) -> Options {
        Options {
            profile: match self.word("profile") {
                Some("w3c") => Profile::W3c,
                _ => Profile::Feedwright,
            },
            include_outline: true,
            ..Options::default()
        }
    }
}

/// The ids of the rules that examples break, each by itself and all together.
fn broken(examples: &[Example<'_>]) -> BTreeSet<String> {
    let mut reports: Vec<Report> = examples
        .iter()
        .map(|example| check::check(&example.document(), &example.options()))
        .collect();
    let outlines: Vec<Option<Outline>> = reports.iter().map(|report| report.outline.clone()).collect();
    let mut found = Vec::new();
    if let [Some(old), Some(new)] = &outlines[..]
        && examples[0].words.contains(&"previous")
    {
        found.push((1, check::check_against_previous(old, new)));
    } else if let [Some(first), Some(second)] = &outlines[..] {
        found.extend((0..).zip(check::check_together(&[("one", first), ("two", second)])));
    }
    for (at, violations) in found {
        reports[at].add(violations, &examples[at].document(), &examples[at].options());
    }
    let findings = reports.iter().flat_map(|report| &report.findings);
    findings.map(|finding| finding.rule.id.to_owned()).collect()
}

/// The names of the elements at the top of a fragment.
fn names(fragment: &str) -> BTreeSet<&str> {
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

/// The defaults that a fragment does not bring itself, and the fragment.
fn filled(defaults: &[(&str, &str)], fragment: &str, without: Option<&str>) -> String {
    let own = names(fragment);
    let mut text: String = defaults
        .iter()
        .filter(|(name, _)| !own.contains(name) && Some(*name) != without)
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
    let item = filled(
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
    let own = names(channel);
    let mut channel = filled(
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
    if !own.contains("item") && without != Some("item") {
        channel.push_str(&item);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" {NAMESPACES}><channel>{channel}</channel></rss>"
    )
}

fn podcast(channel: &str, without: Option<&str>) -> String {
    filled(
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
    let entry = filled(
        &[
            ("title", "<title>Spring</title>"),
            ("id", "<id>https://example.org/spring</id>"),
            ("link", "<link href=\"https://example.org/spring\"/>"),
            ("updated", "<updated>2026-03-01T09:00:00Z</updated>"),
            ("summary", "<summary>It came early.</summary>"),
        ],
        entry,
        // A link of another kind stands beside the entry's own.
        without.filter(|_| !entry.is_empty()),
    );
    let link = "<link href=\"https://example.org/spring\"/>";
    let has_alternate = entry.contains(link) || entry.contains("<link href") || without == Some("link");
    let entry = format!("<entry>{}{entry}</entry>", if has_alternate { "" } else { link });
    let own = names(feed);
    let mut feed_text = filled(
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
    if !own.contains("entry") {
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
fn a_bad_example_breaks_exactly_its_rule_and_a_good_one_none() {
    let mut wrong = Vec::new();
    for rule in check::rules() {
        let bad = broken(&Example::all(rule.page, "Bad"));
        if bad != BTreeSet::from([rule.id.to_owned()]) {
            wrong.push(format!("{}: the bad example breaks {bad:?}", rule.id));
        }
        let good = broken(&Example::all(rule.page, "Good"));
        if !good.is_empty() {
            wrong.push(format!("{}: the good example breaks {good:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_belongs_to_a_rule_and_opens_with_its_id() {
    let ids: BTreeSet<&str> = check::rules().iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), check::rules().len(), "two rules have one id");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    for subject in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
    {
        let pages = fs::read_dir(subject).unwrap().map(|entry| entry.unwrap().path());
        // Beside the pages a large subject keeps parts of its code.
        for page in pages.filter(|path| path.extension().is_none_or(|extension| extension != "rs")) {
            let id = page.file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(ids.contains(id.as_str()), "{} belongs to no rule", page.display());
            assert!(
                fs::read_to_string(&page).unwrap().starts_with(&format!("# {id}\n")),
                "{}",
                page.display()
            );
        }
    }
}
