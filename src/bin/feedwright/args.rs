//! The command line: every option with its help, from which man page and completions are made too.

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
  feedwright init                             write a configuration for the folder you are in
  feedwright build                            make its feeds
  feedwright explain input/spring.md          see where title, date and summary come from
  feedwright check public/rss.xml             judge a feed of any generator
  feedwright rule rss-guid-missing            read what a finding means
  feedwright diff                             see what subscribers will see of the next build";

/// What the program's exit code says.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0   done
  1   done, with findings: an article was skipped, `check` found errors, `diff` found a change,
      or `import` left an entry
  2   the command line or the configuration cannot be used
  3   a guard refused to replace what is published
  4   reading or writing failed
  70  a bug in Feedwright
  75  another build holds the lock
With 2 or more, every published file is as it was.";

/// Turns a folder of articles into RSS, Atom and JSON feeds that every reader takes, and judges anyone's feeds.
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

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Print only errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print all there is to say
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// Use colors; NO_COLOR and CLICOLOR_FORCE are honored
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub(crate) color: Color,
    /// Read this configuration
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
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
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Build the feeds of a folder of articles
///
/// The configuration is `--config`, or else INPUT/feedwright.yaml, or else ./feedwright.yaml; options given here
/// win over it. Without any, `--url` is needed.
///
/// On a terminal, the summary has a line for each feed; elsewhere only for each feed that changed, so that a
/// scheduled build is silent when all is well. Findings go to standard error.
#[derive(Debug, Args)]
#[command(after_long_help = EXIT_CODES)]
pub(crate) struct Build {
    /// A folder with feedwright.yaml; or articles: a folder or a file, instead of the configured ones
    pub(crate) input: Option<PathBuf>,
    /// Write the feeds here; and the ledger too, unless the articles are the configured ones [default: feeds]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The site's absolute address, the start of every permalink
    #[arg(short, long)]
    pub(crate) url: Option<String>,
    /// The site's title [default: the host]
    #[arg(short, long)]
    pub(crate) title: Option<String>,
    /// The file that remembers ids and dates [default: feedwright.ledger beside the configuration]
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// Write nothing; say what would be written
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
    /// Show what subscribers will see of it, as `feedwright diff` does
    #[arg(long)]
    pub(crate) diff: bool,
    /// Publish nothing if an article has an error
    #[arg(long)]
    pub(crate) strict: bool,
    /// Publish nothing if one of these fields is a guess in an entry
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = field())]
    pub(crate) fail_on_guess: Vec<Field>,
    /// Wait for another build of the same folder to end
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) clock: Clock,
    #[command(flatten)]
    pub(crate) overrides: Overrides,
}

/// What the guards let happen in one build. The configuration cannot say it: a scheduled build would say it for ever.
#[derive(Debug, Args)]
#[command(next_help_heading = "What a guard refused, for this one build")]
pub(crate) struct Overrides {
    /// Let feeds lose many entries
    #[arg(long)]
    allow_shrink: bool,
    /// Let feeds be empty
    #[arg(long)]
    allow_empty: bool,
    /// Let many entries change their date of publication
    #[arg(long)]
    allow_redate: bool,
    /// Let entries change their ids: subscribers see them once more
    #[arg(long)]
    allow_reid: bool,
    /// Let feeds get many new entries
    #[arg(long)]
    allow_flood: bool,
    /// Let the site have another address
    #[arg(long)]
    allow_move: bool,
    /// Let many articles have errors
    #[arg(long)]
    allow_failed: bool,
    /// Replace files that Feedwright did not write
    #[arg(long)]
    adopt: bool,
}

impl Overrides {
    /// The guards that are told to let things happen.
    pub(crate) fn allowed(&self) -> Vec<Guard> {
        let told = [
            (self.allow_shrink, Guard::Shrink),
            (self.allow_empty, Guard::Empty),
            (self.allow_redate, Guard::Redate),
            (self.allow_reid, Guard::Reid),
            (self.allow_flood, Guard::Flood),
            (self.allow_move, Guard::Move),
            (self.allow_failed, Guard::Failed),
            (self.adopt, Guard::Foreign),
        ];
        told.into_iter()
            .filter(|(is_told, _)| *is_told)
            .map(|(_, guard)| guard)
            .collect()
    }
}

/// Reads the name of a field, and lists all where it is none.
fn field() -> impl TypedValueParser<Value = Field> {
    PossibleValuesParser::new(Field::NAMED.map(|(name, _)| name)).try_map(|given| {
        let named = Field::NAMED.iter().find(|(name, _)| *name == given);
        named.map(|(_, field)| *field).ok_or("no such field")
    })
}

/// The present, for commands that need one.
#[derive(Debug, Args)]
pub(crate) struct Clock {
    /// Take this instant for the present [default: SOURCE_DATE_EPOCH, or else the clock]
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    pub(crate) now: Option<Timestamp>,
}

/// Show where each field of an article comes from, and what it was preferred to
///
/// Works without a configuration; ./feedwright.yaml is used where there is one.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Files, or folders of articles
    #[arg(required = true, value_name = "ARTICLE")]
    pub(crate) articles: Vec<PathBuf>,
    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people
    Text,
    /// One array
    Json,
    /// One object on each line
    Jsonl,
}

/// Print a rule's page; without an id, list all rules
#[derive(Debug, Args)]
pub(crate) struct Rule {
    /// The id of a rule, such as article-date-invalid
    pub(crate) id: Option<String>,
    /// Print all pages as one HTML file
    #[arg(long, conflicts_with = "id")]
    pub(crate) html: bool,
}

fn instant(text: &str) -> Result<Timestamp, &'static str> {
    Timestamp::parse_rfc3339(text).ok_or("write it like 2026-03-01T09:00:00Z")
}

/// Write a commented configuration from what is found in a folder
///
/// Looks at the articles, and at the configuration of a site generator (Hugo, Jekyll, Zola, mdBook, npm) for title
/// and address. A configuration that exists is never replaced without `--force`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// Replace a configuration that exists
    #[arg(long)]
    pub(crate) force: bool,
}
