//! Measures the speed of extraction on one core, and its ratio to a baseline: `cargo bench --bench extract [--
//! FOLDER…]`.
//!
//! Reads the articles in `input/` and in the given folders into memory. Without arguments, it uses the folders in
//! `../shared/cases/extract`, a set of labeled articles outside the repository, if that exists. Each article is
//! decoded, parsed and extracted completely, as in `explain`. The time is the CPU time of a single thread, the median
//! of several rounds. The baseline is the time that a library needs for the least possible work: pulldown-cmark to
//! parse the Markdown, html5ever to find the tags, and chrono to parse a date in a given format.

#![allow(clippy::print_stdout, missing_docs)]

mod cost;

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
};

use chrono::DateTime;
use feedwright::{
    article::{Article, Kind},
    extract::{self, Context},
    time::written::{self, DateContext},
};
use html5ever::{
    TokenizerResult,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use pulldown_cmark::{Options, Parser};

const ROUNDS: usize = 7;
/// In seconds; in shorter rounds, the clock's resolution would distort the result.
const MIN_ROUND: f64 = 0.1;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = cost::arguments().into_iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        let cases = fs::read_dir(root.join("../shared/cases/extract"));
        folders.extend(cases.into_iter().flatten().flatten().map(|entry| entry.path()));
        folders.sort();
    }
    folders.insert(0, root.join("input"));
    println!("| articles | number | KB each | per second and core | MB/s | times the baseline |");
    println!("|---|---|---|---|---|---|");
    for folder in &folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let files = Files::below(folder);
        files.report(&format!("{name}, Markdown"), Kind::Markdown, parse_markdown);
        files.report(&format!("{name}, HTML"), Kind::Html, find_tags);
        // There is no parser for plain text: the baseline is a pass over its characters.
        files.report(&format!("{name}, plain text"), Kind::PlainText, |text| {
            black_box(text.chars().filter(|c| c.is_alphanumeric()).count());
        });
    }
    report_dates();
}

/// Articles in memory: path, bytes and kind.
struct Files(Vec<(String, Vec<u8>, Kind)>);

impl Files {
    fn below(folder: &Path) -> Files {
        let walk = ignore::WalkBuilder::new(folder).sort_by_file_path(Path::cmp).build();
        let is_article = |path: &Path| {
            let extension = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .to_ascii_lowercase();
            ["md", "markdown", "mdx", "html", "htm", "txt"].contains(&extension.as_str())
        };
        let paths = walk.flatten().map(|entry| entry.into_path());
        let files = paths.filter(|path| is_article(path) && path.is_file()).map(|path| {
            let bytes = fs::read(&path).expect("a readable file");
            let relative = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            let kind = Article::parse(&relative, &bytes).kind;
            (relative, bytes, kind)
        });
        Files(files.collect())
    }

    /// Prints the row for articles of one kind. `baseline` receives their bodies.
    fn report(&self, name: &str, kind: Kind, baseline: impl Fn(&str)) {
        let files: Vec<_> = self.0.iter().filter(|(_, _, other)| *other == kind).collect();
        if files.is_empty() {
            return;
        }
        let articles: Vec<_> = files
            .iter()
            .map(|(path, bytes, _)| Article::parse(path, bytes))
            .collect();
        let whole = seconds(|| {
            for (path, bytes, _) in &files {
                let article = Article::parse(path, bytes);
                black_box(extract::metadata(&article, &Context::default()));
            }
        });
        let least = seconds(|| articles.iter().for_each(|article| baseline(&article.body)));
        let bytes: usize = files.iter().map(|(_, bytes, _)| bytes.len()).sum();
        row(name, files.len(), bytes, whole, least);
    }
}

fn row(name: &str, number: usize, bytes: usize, whole: f64, least: f64) {
    println!(
        "| {name} | {number} | {:.1} | {:.0} | {:.0} | {:.1} |",
        bytes as f64 / number as f64 / 1e3,
        number as f64 / whole,
        bytes as f64 / whole / 1e6,
        whole / least
    );
}

fn parse_markdown(body: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(body, options).for_each(|event| {
        black_box(event);
    });
}

/// Ignores all tokens.
struct Discard;

impl TokenSink for Discard {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        black_box(token);
        TokenSinkResult::Continue
    }
}

fn find_tags(body: &str) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(body));
    let tokenizer = Tokenizer::new(Discard, TokenizerOpts::default());
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    tokenizer.end();
}

/// Dates in the formats that occur in front matter and bylines.
const DATES: [&str; 12] = [
    "2024-12-14",
    "2024-12-14T08:00:00+01:00",
    "2024-12-14 08:00:00",
    "2024-12-14 08:00:00 +0100",
    "Sat, 14 Dec 2024 08:00:00 +0100",
    "Dec 14, 2024  08:00",
    "14 December 2024",
    "14. Dezember 2024",
    "samedi 14 décembre 2024 à 08h00",
    "2024年12月14日",
    "14/12/2024",
    "1734160000",
];

fn report_dates() {
    let context = DateContext::default();
    let bytes = DATES.iter().map(|date| date.len()).sum();
    let whole = seconds(|| {
        for date in DATES {
            black_box(written::parse(black_box(date), &context)).expect("a date");
        }
    });
    let least = seconds(|| {
        for _ in DATES {
            black_box(DateTime::parse_from_rfc3339(black_box("2024-12-14T08:00:00+01:00"))).expect("a date");
        }
    });
    row("dates", DATES.len(), bytes, whole, least);
}

/// A task's CPU time in seconds, the median of several rounds.
fn seconds(task: impl Fn()) -> f64 {
    let timed = |times: usize| {
        let before = cost::cpu() / 1e3;
        (0..times).for_each(|_| task());
        (cost::cpu() / 1e3 - before) / times as f64
    };
    // The first run warms the caches and determines the number of runs per round.
    let once = timed(1).max(1e-9);
    let times = (MIN_ROUND / once).ceil() as usize;
    let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| timed(times)).collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}
