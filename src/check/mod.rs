//! Validates feeds: takes the bytes of a finished feed and returns findings. The validator shares no code with the
//! writer, so that it does not repeat the writer's mistakes.
//!
//! [`check`] detects whether a document is XML or JSON, reads it with a strict reader for that syntax, and applies the
//! rules to it. [`check`] accepts any bytes and never fails: everything that is wrong with the document is reported as
//! a finding.

mod field;
mod grammar;
mod html;
mod levels;
mod outline;
mod report;
mod rules;
mod same_entry;
mod vocabulary;
mod w3c;

use crate::feed::encoding;
use crate::finding::{Finding, Rule};
pub use levels::{Level, Levels};
pub use outline::Outline;
use report::Collector;
pub use report::Violations;

/// How to validate a document.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The current time, in seconds since 1970-01-01T00:00:00Z, for rules about future dates. If it is `None`, these
    /// rules are skipped.
    pub now: Option<i64>,
    /// Which rules apply, and with which severities.
    pub profile: Profile,
    /// The levels of individual rules, which take precedence over the profile.
    pub levels: Levels,
    /// Whether the report includes an [`Outline`], which is needed to compare the feed with others.
    pub include_outline: bool,
}

/// Which rules apply, and with which severities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// Feedwright's profile: an error is something that a specification forbids or that readers reject.
    #[default]
    Feedwright,
    /// The W3C feed validator's profile: only the violations that the W3C validator reports, with the severities that
    /// it uses.
    W3c,
}

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RSS 2.0 or 0.9x.
    Rss,
    /// RSS 1.0, 1.1 or 0.90, which are based on RDF.
    Rdf,
    /// An Atom feed.
    Atom,
    /// An Atom entry document.
    AtomEntry,
    /// JSON Feed.
    Json,
    /// OPML.
    Opml,
}

impl Format {
    /// The format's usual name.
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

/// The result of validating one document.
#[derive(Debug, Default)]
pub struct Report {
    /// The violations, in document order.
    pub findings: Vec<Finding>,
    /// The format, if it was recognized.
    pub format: Option<Format>,
    /// How many findings were left out because there were more than [`Report::MAX_FINDINGS`].
    pub omitted: usize,
    /// The values that are compared with those of other feeds, if the document is a feed and
    /// [`Options::include_outline`] is set.
    pub outline: Option<Outline>,
}

impl Report {
    /// The maximum number of findings in a report.
    pub const MAX_FINDINGS: usize = 10_000;

    /// Adds the violations that were found by comparing the document with others; `bytes` is the content of the
    /// document.
    pub fn add(&mut self, violations: Violations, bytes: &[u8], options: &Options) {
        // The bytes are decoded again: if each report kept the text of its document, reports on many feeds would need a
        // lot of memory.
        let text = encoding::decode(bytes).text;
        let added = Collector::with_violations(violations, options).finish(&text, None);
        self.findings.extend(added.findings);
        self.omitted += added.omitted;
        self.findings
            .sort_by_key(|finding| (finding.location.line, finding.location.column));
    }
}

/// Validates a document. The content determines whether it is RSS, Atom, JSON Feed or OPML.
pub fn check(bytes: &[u8], options: &Options) -> Report {
    let decoded = encoding::decode(bytes);
    // The rules consume the decoded text, but `finish` needs it afterwards to compute lines and columns. The text of a
    // UTF-8 document is borrowed from `bytes`, so cloning it copies nothing.
    let text = decoded.text.clone();
    let mut collector = Collector::new(options.clone());
    let format = rules::run(bytes, decoded, &mut collector);
    collector.finish(&text, format)
}

/// Compares a feed with its previously published version; returns the violations in the new version.
pub fn check_against_previous(old: &Outline, new: &Outline) -> Violations {
    // `Report::add` applies the user's levels and profile to these violations later, so all of them are collected here.
    let mut collector = Collector::new(Options::default());
    rules::previous::check(old, new, &mut collector);
    collector.into_violations()
}

/// Compares the feeds of one site, each given with its name. Returns the violations in each feed, in the order of
/// `feeds`.
pub fn check_together(feeds: &[(&str, &Outline)]) -> Vec<Violations> {
    let mut collectors: Vec<Collector> = feeds.iter().map(|_| Collector::new(Options::default())).collect();
    rules::site::check(feeds, &mut collectors);
    collectors.into_iter().map(Collector::into_violations).collect()
}

/// All feed rules, in the order in which the documentation lists them.
pub fn rules() -> Vec<&'static Rule> {
    rules::all()
}

/// The feed rule whose current or former id is `id`.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules::find(id)
}

/// The rules that only [`Profile::W3c`] applies.
pub fn w3c_only() -> &'static [&'static Rule] {
    rules::w3c_only()
}
