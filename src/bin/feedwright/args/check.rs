//! The command line of `check`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use feedwright::{check::Level, finding};

use super::Clock;

/// Judge feeds of any generator: RSS, Atom, JSON Feed and OPML
///
/// Findings go to standard output: errors and warnings, advice with `--verbose`. `feedwright rule ID` explains one.
///
/// Feeds of one site that are given together must agree in ids, dates and titles.
///
/// Levels of rules and files to leave out can stand in the section `check` of `--config`, or of ./feedwright.yaml;
/// options given here win over it.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files; globs, which need quotes; folders, for the feeds in them; or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to print findings
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: CheckFormat,
    /// Whose severities, and whose selection of rules
    #[arg(long, value_name = "PROFILE", default_value = "default")]
    pub(crate) profile: Profile,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Compare with what was published before: a file with a file, a folder with a folder
    #[arg(long, value_name = "OLD")]
    pub(crate) previous: Option<PathBuf>,
    /// Make breaches of a rule `error`, `warning` or `advice`, or turn it `off`; with `GLOB:` in the files that match
    #[arg(long = "rule", value_name = "[GLOB:]ID=LEVEL", value_parser = chosen_level)]
    pub(crate) rules: Vec<ChosenLevel>,
    /// Leave out the files that match
    #[arg(long, value_name = "GLOB")]
    pub(crate) ignore: Vec<String>,
    #[command(flatten)]
    pub(crate) clock: Clock,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people, with the lines that findings are about
    Text,
    /// One object on each line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// Annotations for GitHub Actions
    Github,
    /// A line for each feed and for each rule
    Summary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// An error is what a specification forbids or readers reject
    Default,
    /// The messages of the W3C feed validator, at its severities
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
pub(crate) struct ChosenLevel {
    pub(crate) glob: Option<String>,
    pub(crate) rule: &'static finding::Rule,
    pub(crate) level: Level,
}

/// Reads `rss-guid-missing=off` or `archive/**:rss-guid-missing=off`.
fn chosen_level(text: &str) -> Result<ChosenLevel, String> {
    let Some((place, level)) = text.rsplit_once('=') else {
        return Err("write it like rss-guid-missing=off".to_owned());
    };
    let (glob, id) = match place.rsplit_once(':') {
        Some((glob, id)) => (Some(glob.to_owned()), id),
        None => (None, place),
    };
    let Some(level) = Level::from_name(level) else {
        return Err(format!("`{level}` is not a level: take off, advice, warning or error"));
    };
    let rule = crate::rule::of_feeds(id).map_err(|(message, help)| format!("{message}; {help}"))?;
    Ok(ChosenLevel { glob, rule, level })
}
