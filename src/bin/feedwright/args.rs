//! The command line: every option with its help text. The manual page and the completions are generated from it.

mod check;
mod diff;
mod import;

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, Styles, TypedValueParser},
};
use clap_complete::Shell;
use feedwright::{
    publish::{Field, Guard},
    time::Timestamp,
};

pub(crate) use check::{Check, CheckFormat, FailOn, Profile};
pub(crate) use diff::{Diff, DiffFormat};
pub(crate) use import::Import;

const STYLES: Styles = Styles::styled()
    .header(Style::new().bold())
    .usage(Style::new().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

const EXAMPLES: &str = "\
Examples:
  feedwright init                     write a configuration for this folder
  feedwright build                    build the feeds
  feedwright diff                     show what the next build would change
  feedwright explain input/spring.md  show where the title and date come from
  feedwright check public/rss.xml     validate a feed from any generator
  feedwright rule rss-guid-missing    explain a finding";

/// The meaning of the program's exit codes.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   done, but `build` skipped an article, `check` found errors,
      `diff` found changes, or `import` skipped an entry
  2   invalid command line or configuration
  3   a guard refused to replace the published feeds
  4   a file could not be read or written
  70  a bug in Feedwright
  75  another build is running
If the exit code is 2 or higher, no published file was changed.";

/// Build and validate RSS, Atom and JSON feeds
///
/// Feedwright builds feeds from a folder of articles, and validates feeds from any generator.
#[derive(Debug, Parser)]
#[command(name = "feedwright", version, styles = STYLES, max_term_width = 100)]
#[command(after_long_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
#[command(propagate_version = false, infer_subcommands = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command accepts.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Print only errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print all findings, and do not shorten lists or values
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// When to use colors; respects NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub(crate) color: Color,
    /// Use this configuration file [default: feedwright.yaml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Reject inputs and outputs outside the configuration's folder
    #[arg(long, global = true)]
    pub(crate) sandbox: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Build(Build),
    Explain(Explain),
    Check(Check),
    Rule(Rule),
    Diff(Diff),
    Import(Import),
    Init(Init),
    /// Print the JSON Schema of feedwright.yaml, for editors
    Schema,
    /// Print a completion script for a shell
    Completions {
        /// The shell to print the script for
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Build feeds from a folder of articles
///
/// The configuration is the file given with `--config`. Without `--config`, it is INPUT/feedwright.yaml if that file
/// exists, or else ./feedwright.yaml. Options override the configuration. If there is no configuration, `--url` is
/// required.
///
/// Findings are printed to standard error. On a terminal, the summary lists every feed. Otherwise it lists only the
/// changed feeds, so a scheduled build with nothing to report prints nothing.
#[derive(Debug, Args)]
#[command(after_long_help = EXIT_CODES)]
pub(crate) struct Build {
    /// The folder that contains feedwright.yaml, or a file or folder to read instead of the configured input
    pub(crate) input: Option<PathBuf>,
    /// Write the feeds to this folder [default: feeds]. Also write the ledger to this folder if INPUT replaces the
    /// configured articles, or if the configured output folder is another folder that contains feeds
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The site's absolute address, such as https://example.org/
    #[arg(short, long)]
    pub(crate) url: Option<String>,
    /// The site's title [default: the host name of its address]
    #[arg(short, long)]
    pub(crate) title: Option<String>,
    /// The file that records ids and dates [default: feedwright.ledger next to the configuration]
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// Report what would be written, without writing anything
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    /// Show what changes for subscribers, as `feedwright diff` does
    #[arg(long)]
    pub(crate) diff: bool,
    /// Publish nothing if an article has an error
    #[arg(long)]
    pub(crate) strict: bool,
    /// Publish nothing if any entry has only a guess for one of these fields
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = field())]
    pub(crate) fail_on_guess: Vec<Field>,
    /// If another build of this site is running, wait for it to finish
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) clock: Clock,
    #[command(flatten)]
    pub(crate) overrides: Overrides,
}

/// Options that turn off guards for one build.
///
/// The configuration has no such settings: they would turn off the guards for every scheduled build.
#[derive(Debug, Args)]
#[command(next_help_heading = "Guard overrides, for this build only")]
pub(crate) struct Overrides {
    /// Allow feeds to lose many entries
    #[arg(long)]
    allow_shrink: bool,
    /// Allow feeds without entries
    #[arg(long)]
    allow_empty: bool,
    /// Allow the publication dates of many entries to change
    #[arg(long)]
    allow_redate: bool,
    /// Allow entry ids to change; readers will show these entries as unread again
    #[arg(long)]
    allow_reid: bool,
    /// Allow many new entries at once
    #[arg(long)]
    allow_flood: bool,
    /// Allow the titles or texts of many entries to change
    #[arg(long)]
    allow_rewrite: bool,
    /// Allow the site's address to change
    #[arg(long)]
    allow_move: bool,
    /// Allow many articles to have errors
    #[arg(long)]
    allow_failed: bool,
    /// Allow the current time to be far from the times of earlier builds, and replace future dates that those builds
    /// set
    #[arg(long)]
    allow_clock: bool,
    /// Allow replacing files that Feedwright did not write
    #[arg(long)]
    adopt: bool,
}

impl Overrides {
    /// The guards that are turned off.
    pub(crate) fn allowed(&self) -> Vec<Guard> {
        let options = [
            (self.allow_shrink, Guard::Shrink),
            (self.allow_empty, Guard::Empty),
            (self.allow_redate, Guard::Redate),
            (self.allow_reid, Guard::Reid),
            (self.allow_flood, Guard::Flood),
            (self.allow_rewrite, Guard::Rewrite),
            (self.allow_move, Guard::Move),
            (self.allow_failed, Guard::Failed),
            (self.allow_clock, Guard::Clock),
            (self.adopt, Guard::Foreign),
        ];
        options
            .into_iter()
            .filter(|(is_given, _)| *is_given)
            .map(|(_, guard)| guard)
            .collect()
    }
}

/// Parses a field name. If the name is unknown, clap lists the valid names.
fn field() -> impl TypedValueParser<Value = Field> {
    PossibleValuesParser::new(Field::NAMED.map(|(name, _)| name)).try_map(|given| {
        let named = Field::NAMED.iter().find(|(name, _)| *name == given);
        named.map(|(_, field)| *field).ok_or("no such field")
    })
}

/// The current time, for commands that need it.
#[derive(Debug, Args)]
pub(crate) struct Clock {
    /// Use this as the current time [default: SOURCE_DATE_EPOCH, or the system clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(crate) now: Option<Timestamp>,
}

/// Show where an article's fields come from
///
/// Prints each field's value, origin and confidence, and the other candidates with the reason why each was rejected.
///
/// Works without a configuration, but uses ./feedwright.yaml if it exists.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Articles, or folders of articles
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<PathBuf>,
    /// Output format
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// A human-readable table
    Text,
    /// A JSON array with one object per article
    Json,
    /// JSON Lines, one object per article
    Jsonl,
}

/// Explain a rule, or list all rules
#[derive(Debug, Args)]
pub(crate) struct Rule {
    /// A rule id, such as article-date-invalid; omit it to list all rules
    pub(crate) id: Option<String>,
    /// Print all rule pages as one HTML page
    #[arg(long, conflicts_with = "id")]
    pub(crate) html: bool,
}

fn instant(text: &str) -> Result<Timestamp, &'static str> {
    Timestamp::parse_rfc3339(text).ok_or("write a value such as 2026-03-01T09:00:00Z")
}

/// Write a commented configuration for the articles in a folder
///
/// The title, address, language and other settings are read from the articles, and from the configuration of Hugo,
/// Jekyll, Zola, mdBook or npm if there is one. In a Git repository, a line is added to .gitattributes, so that Git
/// merges the ledger without conflicts.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The site's folder
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Replace an existing configuration, and an existing Git merge setting for the ledger
    #[arg(long)]
    pub(crate) force: bool,
}
