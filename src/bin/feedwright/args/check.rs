//! The command line of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use feedwright::{check::Level, finding};

use super::Clock;

/// Validate RSS, Atom, JSON Feed and OPML files from any generator
///
/// Errors and warnings are printed to standard output. Advice is printed only with `--verbose`. `feedwright rule ID`
/// explains a finding.
///
/// If you give several feeds of one site, `check` also verifies that each entry has the same id, date and title in all
/// of them.
///
/// The `check` section of the configuration can set rule levels and list files to skip. `--rule` overrides these
/// levels, and `--ignore` skips additional files.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, folders of feeds, quoted globs such as 'public/**/*.xml', or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Output format
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: CheckFormat,
    /// The rules to apply, and their severities
    #[arg(long, value_name = "PROFILE", default_value = "default")]
    pub(crate) profile: Profile,
    /// Exit with code 1 if there is a finding of this severity or higher
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Compare with the previous version: a file if PATH is a file, or a folder if PATH is a folder
    #[arg(long, value_name = "OLD")]
    pub(crate) previous: Option<PathBuf>,
    /// Set a rule's level to `error`, `warning`, `advice` or `off`, for all files or only for files that match GLOB
    #[arg(long = "rule", value_name = "[GLOB:]ID=LEVEL", value_parser = parse_level)]
    pub(crate) rules: Vec<RuleLevel>,
    /// Skip files that match GLOB
    #[arg(long, value_name = "GLOB")]
    pub(crate) ignore: Vec<String>,
    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Human-readable text: each finding with its source line
    Text,
    /// JSON Lines, one object per finding
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// Annotations for GitHub Actions
    Github,
    /// The number of findings for each feed and for each rule
    Summary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// All rules; an error is something that a specification forbids or that readers reject
    Default,
    /// The W3C feed validator's rules, with its severities
    W3c,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Never,
}

/// A rule level, for all files or for the files that a glob matches.
#[derive(Debug, Clone)]
pub(crate) struct RuleLevel {
    pub(crate) glob: Option<String>,
    pub(crate) rule: &'static finding::Rule,
    pub(crate) level: Level,
}

/// Parses `rss-guid-missing=off` or `archive/**:rss-guid-missing=off`.
fn parse_level(text: &str) -> Result<RuleLevel, String> {
    let Some((rule, level)) = text.rsplit_once('=') else {
        return Err("write a value such as rss-guid-missing=off".to_owned());
    };
    // Split at the last colon, because a glob may contain colons and an id cannot.
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
