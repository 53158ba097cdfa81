//! The command line of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use feedwright::{check::Level, finding};

use super::Clock;

/// Validate RSS, Atom, JSON Feed and OPML files from any generator
///
/// Errors and warnings are printed to standard output, advice only with `--verbose`. `feedwright rule ID` explains a
/// finding.
///
/// If several feeds of one site are given, their entries must have the same ids, dates and titles in each of them.
///
/// The section `check` of the configuration can set levels of rules and files to skip. Options override it.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, folders of feeds, quoted globs such as 'public/**/*.xml', or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Output format
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: CheckFormat,
    /// Which rules apply, and with which severities
    #[arg(long, value_name = "PROFILE", default_value = "default")]
    pub(crate) profile: Profile,
    /// Exit with 1 if there are findings of this severity or above
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Compare with the previously published feed: a file with a file, or a folder with a folder
    #[arg(long, value_name = "OLD")]
    pub(crate) previous: Option<PathBuf>,
    /// Set the level of a rule to `error`, `warning`, `advice` or `off`, for all files or those that match GLOB
    #[arg(long = "rule", value_name = "[GLOB:]ID=LEVEL", value_parser = parse_level)]
    pub(crate) rules: Vec<RuleLevel>,
    /// Skip the files that match
    #[arg(long, value_name = "GLOB")]
    pub(crate) ignore: Vec<String>,
    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: each finding with its line of the file
    Text,
    /// A JSON object for each finding, one per line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// Annotations for GitHub Actions
    Github,
    /// Counts for each feed and each rule
    Summary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// All rules; an error is what a specification forbids or readers reject
    Default,
    /// The rules of the W3C feed validator, with its severities
    W3c,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Never,
}

/// The level of a rule, in the files that a glob matches.
#[derive(Debug, Clone)]
pub(crate) struct RuleLevel {
    pub(crate) glob: Option<String>,
    pub(crate) rule: &'static finding::Rule,
    pub(crate) level: Level,
}

/// Parses `rss-guid-missing=off` or `archive/**:rss-guid-missing=off`.
fn parse_level(text: &str) -> Result<RuleLevel, String> {
    let Some((rule, level)) = text.rsplit_once('=') else {
        return Err("write it like rss-guid-missing=off".to_owned());
    };
    // The last colon separates them, because a glob may contain colons and an id cannot.
    let (glob, id) = match rule.rsplit_once(':') {
        Some((glob, id)) => (Some(glob.to_owned()), id),
        None => (None, rule),
    };
    let Some(level) = Level::from_name(level) else {
        return Err(format!("`{level}` is not a level; use off, advice, warning or error"));
    };
    let rule = crate::rule::find_feed_rule(id).map_err(|(message, help)| format!("{message}; {help}"))?;
    Ok(RuleLevel { glob, rule, level })
}
