//! Judges feeds from their bytes. Shares no code with the writing side: the judge does not use the defendant's.
//!
//! [`check`] decides by looking whether a document is XML or JSON, reads it with a strict reader of its own, and lets
//! every rule look at it. It takes bytes of any kind and gives findings; it does not fail.

mod document;
mod encoding;
mod grammar;
mod html;
mod json;
mod levels;
mod namespace;
mod outline;
mod report;
mod rules;
mod vocabulary;
mod w3c;

use crate::finding::{Finding, Rule};
pub use levels::{Level, Levels};
pub use outline::Outline;
pub use report::Breaches;
use report::Collector;

/// How to judge.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The present, in seconds since 1970-01-01T00:00:00Z, for rules about future dates; `None` leaves those out.
    pub now: Option<i64>,
    /// Whose severities, and whose selection of rules.
    pub profile: Profile,
    /// The levels of single rules, which win over the profile's.
    pub levels: Levels,
    /// Whether the report keeps what is compared with other feeds.
    pub keeps_outline: bool,
}

/// Whose severities, and whose selection of rules.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// Ours: an error is what a specification forbids or readers reject.
    #[default]
    Feedwright,
    /// The W3C feed validator's: its messages, at its severities.
    W3c,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RSS 2.0 or 0.9x.
    Rss,
    /// RSS 1.0, 1.1 or 0.90: the ones in RDF.
    Rdf,
    /// An Atom feed.
    Atom,
    /// An Atom entry on its own.
    AtomEntry,
    /// JSON Feed.
    Json,
    /// OPML.
    Opml,
}

impl Format {
    /// Its name, as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Rss => "RSS",
            Format::Rdf => "RSS 1.0",
            Format::Atom => "Atom",
            Format::AtomEntry => "Atom entry",
            Format::Json => "JSON Feed",
            Format::Opml => "OPML",
        }
    }
}

/// What is wrong with one document.
#[derive(Debug, Default)]
pub struct Report {
    /// In the order of the document.
    pub findings: Vec<Finding>,
    /// What the document is, if that could be told.
    pub format: Option<Format>,
    /// How many findings were left out because there were more than [`Report::MAX_FINDINGS`].
    pub omitted: usize,
    /// What is compared with other feeds, if the document is a feed and it was asked for.
    pub outline: Option<Outline>,
}

impl Report {
    /// The most findings that one report holds.
    pub const MAX_FINDINGS: usize = 10_000;

    /// Adds what was found by comparing the document, whose bytes these are, with others.
    pub fn add(&mut self, breaches: Breaches, bytes: &[u8], options: &Options) {
        let text = encoding::decode(bytes).text;
        let found = Collector::of(breaches, options).finish(&text, None);
        self.findings.extend(found.findings);
        self.omitted += found.omitted;
        self.findings
            .sort_by_key(|finding| (finding.location.line, finding.location.column));
    }
}

/// Judges a document: RSS, Atom, JSON Feed or OPML, decided by looking.
pub fn check(bytes: &[u8], options: &Options) -> Report {
    let decoded = encoding::decode(bytes);
    let text = decoded.text.clone();
    let mut collector = Collector::new(options.clone());
    let format = rules::run(bytes, decoded, &mut collector);
    collector.finish(&text, format)
}

/// Judges a feed by the one that was published before it; the breaches are in the new one.
pub fn check_against_previous(old: &Outline, new: &Outline) -> Breaches {
    let mut collector = Collector::new(Options::default());
    rules::previous::check(old, new, &mut collector);
    collector.into_breaches()
}

/// Judges feeds by those before them that belong to the same site; each comes with its name, and gets its own breaches.
pub fn check_together(feeds: &[(&str, &Outline)]) -> Vec<Breaches> {
    let mut collectors: Vec<Collector> = feeds.iter().map(|_| Collector::new(Options::default())).collect();
    rules::site::check(feeds, &mut collectors);
    collectors.into_iter().map(Collector::into_breaches).collect()
}

/// Every rule of `check`, in the order of the documentation.
pub fn rules() -> Vec<&'static Rule> {
    rules::all()
}

/// The rule of an id, or of an id that it had once.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::named(id)
}

/// The rules that are applied under [`Profile::W3c`] alone.
pub fn w3c_only() -> &'static [&'static Rule] {
    rules::w3c_only()
}
