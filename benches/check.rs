//! The cost of validating a feed, as a ratio to a bare quick-xml pass over the same bytes: `cargo bench --bench check`.
//!
//! The feeds are generated: 10,000 items with summaries (5 MB), with full HTML content in CDATA sections and escaped
//! (65 MB each), and 500 feeds of ten entries, a mix of RSS and Atom. The bare pass reads every event and does nothing
//! with it. CPU time is for the work alone: the bytes are in memory, and each run is a separate process. The table
//! shows the median of several runs. Memory is the peak of the whole process, also as a ratio to the input. Results on
//! a busy machine vary by a tenth, so the table is a report, not a test.
//!
//! Where the time goes, and why each step is needed:
//!
//! - UTF-8 is validated in a separate pass: XML is text, and every range must be on character boundaries.
//! - One more pass over all bytes, sixteen at a time, finds the first character that XML forbids, and tells whether
//!   there are carriage returns, so that no later step looks for them. quick-xml looks for neither.
//! - The reader looks for `<`, `&` and `]]>` in text, and compares names and prefixes. quick-xml looks only for `<`, and
//!   accepts about a third of the documents that are not well-formed.
//! - The tree stores every element and text with its range, because rules compare distant elements (the guids of a
//!   channel, the links of an entry) and findings have a line and column. It is most of the memory besides the input: 40
//!   bytes for an element with the text in it.
//! - Names are stored once and compared by number. Comparing them as text costs a fifth of the total.
//! - Escaped text is copied once with its references resolved: HTML in it is checked as a browser sees it.
//! - HTML is split into tags as browsers do it, and every attribute that can contain an address or a script is checked.
//! - Dates, addresses and language tags are parsed by their grammars, because readers fail on mistakes in them.
//! - Ids, links and dates of all entries are compared, by sorted hashes of their text.
//!
//! The program `feedwright` needs another 8 to 10 MB, nearly all of it code.

#![allow(clippy::print_stdout, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

mod cost;

use feedwright::check::Options;

const RUNS: usize = 9;
const ITEMS: usize = 10_000;

/// What the items of a generated feed contain.
#[derive(Clone, Copy)]
enum Content {
    Summary,
    CData,
    Escaped,
}

fn main() {
    let arguments = cost::arguments();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["pass", folder] => measure(Path::new(folder), pass),
        ["check", folder] => measure(Path::new(folder), check),
        _ => compare(),
    }
}

/// Runs both tasks alternately on each set of feeds, each in a separate process, and prints the table.
fn compare() {
    println!("| feeds | size, MB | bare pass, CPU ms | check, CPU ms | ratio | peak memory, MB | ratio to the size |");
    println!("|---|---|---|---|---|---|---|");
    for (name, folder) in generate() {
        let size: u64 = files(&folder)
            .iter()
            .map(|path| path.metadata().expect("metadata").len())
            .sum();
        let mut passes = Vec::new();
        let mut checks = Vec::new();
        for _ in 0..RUNS {
            passes.push(cost::child("pass", &folder));
            checks.push(cost::child("check", &folder));
        }
        let (pass, _) = cost::median(passes);
        let (check, memory) = cost::median(checks);
        let size = size as f64 / 1e6;
        println!(
            "| {name} | {size:.1} | {pass:.1} | {check:.1} | {:.2} | {memory:.1} | {:.2} |",
            check / pass,
            memory / size
        );
    }
}

/// Runs a task on each file of a folder and prints its cost.
fn measure(folder: &Path, task: fn(&[u8])) {
    let mut spent = 0.0;
    for path in files(folder) {
        let bytes = fs::read(path).expect("read");
        let start = cost::cpu();
        task(&bytes);
        spent += cost::cpu() - start;
    }
    println!("{spent} {}", cost::peak() / 1e6);
}

fn pass(bytes: &[u8]) {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    while !matches!(reader.read_event().expect("an event"), quick_xml::events::Event::Eof) {}
}

fn check(bytes: &[u8]) {
    let options = Options {
        // 2026-11-21, which is after every date in the feeds.
        now: Some(1_795_219_200),
        ..Options::default()
    };
    let report = feedwright::check::check(bytes, &options);
    let error = report
        .findings
        .iter()
        .find(|finding| finding.severity.as_str() == "error");
    assert!(error.is_none(), "{error:?}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("folder")
        .map(|entry| entry.expect("entry").path())
        .collect();
    files.sort();
    files
}

/// Each set of feeds with its name. They are generated once, in a folder in `target`.
fn generate() -> Vec<(&'static str, PathBuf)> {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-check");
    let sets = [
        ("summaries", Content::Summary),
        ("full content, CDATA", Content::CData),
        ("full content, escaped", Content::Escaped),
    ];
    let mut folders = Vec::new();
    for (name, content) in sets {
        let folder = base.join(name.replace([' ', ','], "-"));
        fs::create_dir_all(&folder).expect("folder");
        let mut seed = 0x9E37_79B9_7F4A_7C15;
        write_once(&folder.join("feed.xml"), || rss(ITEMS, content, &mut seed));
        folders.push((name, folder));
    }
    let folder = base.join("small");
    fs::create_dir_all(&folder).expect("folder");
    let mut seed = 0x2545_F491_4F6C_DD1D;
    for number in 0..500 {
        let text = match number % 4 {
            0 => rss(10, Content::Summary, &mut seed),
            1 => rss(10, Content::CData, &mut seed),
            2 => atom(10, &mut seed),
            _ => rss(10, Content::Escaped, &mut seed),
        };
        write_once(&folder.join(format!("{number:03}.xml")), || text);
    }
    folders.push(("500 small feeds", folder));
    folders
}

fn write_once(path: &Path, text: impl FnOnce() -> String) {
    if !path.exists() {
        fs::write(path, text()).expect("feed");
    }
}

fn rss(items: usize, content: Content, seed: &mut u64) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <channel>\n<title>Harbor news</title>\n<link>https://example.org/</link>\n<description>News</description>\n\
         <language>en</language>\n\
         <atom:link rel=\"self\" href=\"https://example.org/rss.xml\" type=\"application/rss+xml\"/>\n",
    );
    for number in 0..items {
        let back = number as u64;
        let (day, hour) = (28 - back / 24 % 28, 23 - back % 24);
        let year = 2025 - back / (24 * 28) / 12;
        let month = 11 - back / (24 * 28) % 12;
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        writeln!(
            text,
            "<item>\n<title>{} {number}</title>\n<link>https://example.org/2026/{number}</link>\n\
             <guid isPermaLink=\"true\">https://example.org/2026/{number}</guid>\n\
             <pubDate>{day:02} {} {year} {hour:02}:00:00 +0000</pubDate>\n<dc:creator>Jo Doe</dc:creator>\n\
             <category>News</category>\n<description>{}</description>",
            words(4, seed),
            MONTHS[month as usize % 12],
            words(32, seed)
        )
        .expect("write");
        match content {
            Content::Summary => {}
            Content::CData => {
                writeln!(text, "<content:encoded><![CDATA[{}]]></content:encoded>", html(seed)).expect("write")
            }
            Content::Escaped => {
                let escaped = html(seed)
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;");
                writeln!(text, "<content:encoded>{escaped}</content:encoded>").expect("write");
            }
        }
        text.push_str("</item>\n");
    }
    text.push_str("</channel>\n</rss>\n");
    text
}

fn atom(entries: usize, seed: &mut u64) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
         <id>tag:example.org,2020:feed</id>\n<title>Harbor news</title>\n<updated>2026-03-01T00:00:00Z</updated>\n\
         <link rel=\"self\" href=\"https://example.org/atom.xml\"/>\n<link href=\"https://example.org/\"/>\n\
         <author><name>Jo Doe</name></author>\n",
    );
    for number in 0..entries {
        writeln!(
            text,
            "<entry>\n<id>tag:example.org,2026:{number}</id>\n<title>{} {number}</title>\n\
             <link href=\"https://example.org/2026/{number}\"/>\n<updated>2026-02-{:02}T08:{:02}:00Z</updated>\n\
             <summary>{}</summary>\n\
             <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div></content>\n</entry>",
            words(4, seed),
            28 - number % 28,
            number % 60,
            words(32, seed),
            html(seed)
        )
        .expect("write");
    }
    text.push_str("</feed>\n");
    text
}

/// An article of about 6 KB.
fn html(seed: &mut u64) -> String {
    let mut html = format!("<h2>{}</h2>", words(3, seed));
    while html.len() < 5_900 {
        write!(
            html,
            "<p>{} <a href=\"https://example.org/{}\">{}</a> {} <em>{}</em> {} &amp; {}</p>",
            words(40, seed),
            words(1, seed),
            words(3, seed),
            words(20, seed),
            words(2, seed),
            words(10, seed),
            words(4, seed)
        )
        .expect("write");
        if html.len() % 3 == 0 {
            write!(
                html,
                "<ul><li>{}</li><li>{}</li></ul><p><img src=\"https://example.org/{}.jpg\" alt=\"{}\" width=\"640\"/></p>",
                words(5, seed),
                words(5, seed),
                words(1, seed),
                words(2, seed)
            )
            .expect("write");
        }
    }
    html
}

fn words(count: usize, seed: &mut u64) -> String {
    const WORDS: [&str; 24] = [
        "the", "tide", "left", "boat", "crate", "of", "oranges", "on", "quay", "and", "gulls", "argued", "until",
        "dusk", "while", "lantern", "came", "home", "with", "little", "to", "show", "meadow", "again",
    ];
    let mut text = String::new();
    for word in 0..count {
        // xorshift: produces the same feeds on every machine.
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        if word > 0 {
            text.push(' ');
        }
        text.push_str(WORDS[(*seed % 24) as usize]);
    }
    text
}
