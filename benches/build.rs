//! The cost of a build, relative to just reading the same files: `cargo bench --bench build [-- 1000 10000]`.
//!
//! Generates articles of about 5 KB (YAML front matter, Markdown body) in one folder per year, and builds three feeds
//! of the newest 50. CPU time is for the whole process, the median of several runs with a warm page cache; memory is
//! the peak. The baseline only opens and reads every file, with the same number of threads.

#![allow(clippy::print_stdout, missing_docs)]

use std::{
    fmt::Write as _,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

mod cost;

use feedwright::{config::Config, publish, time::Timestamp};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const RUNS: usize = 5;

fn main() {
    let arguments = cost::arguments();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["read", folder] => measure(|| read(Path::new(folder))),
        ["build", folder] => measure(|| build(Path::new(folder))),
        ref sizes => {
            let sizes: Vec<usize> = sizes.iter().filter_map(|size| size.parse().ok()).collect();
            compare(if sizes.is_empty() { &SIZES } else { &sizes });
        }
    }
}

/// Runs the baseline, a first build and an unchanged build, each in a separate process, and prints a table.
fn compare(sizes: &[usize]) {
    println!("| articles | read only, CPU ms | first build, ratio | unchanged build, ratio | peak memory, MB |");
    println!("|---|---|---|---|---|");
    for &size in sizes {
        let site = generate(size);
        let read = runs(|| cost::child("read", &site));
        let first = runs(|| {
            let _ = fs::remove_dir_all(site.join("feeds"));
            let _ = fs::remove_file(site.join("feedwright.ledger"));
            cost::child("build", &site)
        });
        let again = runs(|| cost::child("build", &site));
        let ratio = |cost: (f64, f64)| cost.0 / read.0;
        println!(
            "| {size} | {:.1} | {:.2} | {:.2} | {:.0} |",
            read.0,
            ratio(first),
            ratio(again),
            first.1.max(again.1)
        );
    }
}

fn runs(mut run: impl FnMut() -> (f64, f64)) -> (f64, f64) {
    cost::median((0..RUNS).map(|_| run()).collect())
}

/// Runs a task and prints its cost.
fn measure(task: impl FnOnce()) {
    task();
    println!("{} {}", cost::cpu(), cost::peak() / 1024.0 / 1024.0);
}

fn read(site: &Path) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    ignore::WalkBuilder::new(site.join("input"))
        .standard_filters(false)
        .threads(threads)
        .build_parallel()
        .run(|| {
            let mut buffer = Vec::with_capacity(64 * 1024);
            Box::new(move |entry| {
                if let Ok(entry) = entry
                    && entry.file_type().is_some_and(|kind| kind.is_file())
                {
                    buffer.clear();
                    let mut file = fs::File::open(entry.path()).expect("open");
                    file.read_to_end(&mut buffer).expect("read");
                    std::hint::black_box(&buffer);
                }
                ignore::WalkState::Continue
            })
        });
}

fn build(site: &Path) {
    let config = Config::load(&site.join("feedwright.yaml")).expect("configuration");
    let now = Timestamp::parse_rfc3339("2026-11-21T00:00:00Z").expect("instant");
    let options = publish::Options {
        now,
        write: true,
        strict: false,
        fail_on_guess: Vec::new(),
        allowed: Vec::new(),
        compare: false,
        wait: false,
    };
    let publication = publish::publish(&config, &options, &|_| {}).expect("build");
    assert_eq!(publication.feeds[0].entries, 50);
}

/// A site with `size` articles, generated once and kept in the target folder.
fn generate(size: usize) -> PathBuf {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{size}"));
    if site.join("feedwright.yaml").exists() {
        return site;
    }
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for number in 0..size {
        let (year, month, day) = (2000 + number % 25, 1 + number / 25 % 12, 1 + number / 300 % 28);
        let folder = site.join("input").join(year.to_string());
        fs::create_dir_all(&folder).expect("folder");
        let mut text = String::with_capacity(6000);
        write!(
            text,
            "---\ntitle: \"Letter {number} from the harbor\"\ndate: {year}-{month:02}-{day:02}T{:02}:{:02}:00Z\n\
             description: What the tide left on the quay, part {number}\nauthor: Ada Finch\n\
             tags: [harbor, tide]\nslug: letter-{number}\ndraft: false\n---\n\n",
            number % 24,
            number % 60
        )
        .expect("write");
        while text.len() < 5000 {
            paragraph(&mut text, &mut seed);
        }
        fs::write(folder.join(format!("letter-{number}.md")), text).expect("article");
    }
    let config = "site:\n  title: The Harbor Letters\n  url: https://letters.example/\nfeeds:\n  \
                  - {path: rss.xml, limit: {entries: 50}}\n  - {path: atom.xml, limit: {entries: 50}}\n  \
                  - {path: feed.json, limit: {entries: 50}}\n";
    fs::write(site.join("feedwright.yaml"), config).expect("configuration");
    site
}

fn paragraph(text: &mut String, seed: &mut u64) {
    const WORDS: [&str; 24] = [
        "the",
        "tide",
        "left",
        "a",
        "crate",
        "of",
        "oranges",
        "on",
        "quay",
        "and",
        "gulls",
        "argued",
        "until",
        "dusk",
        "while",
        "boats",
        "came",
        "home",
        "with",
        "**little**",
        "to",
        "show",
        "[for it](/log)",
        "again",
    ];
    for word in 0..80 {
        // xorshift: the same articles on every machine.
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        text.push_str(WORDS[(*seed % 24) as usize]);
        text.push(if word % 12 == 11 { '.' } else { ' ' });
        if word % 12 == 11 {
            text.push(' ');
        }
    }
    text.push_str("\n\n");
}
