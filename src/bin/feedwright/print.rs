//! The terminal: standard output for results, standard error for findings, errors and progress.

use std::{
    io::{self, IsTerminal, Write},
    panic::PanicHookInfo,
};

use anstyle::{AnsiColor, Style};
use feedwright::{Error, finding::Severity};

use crate::{
    args::{Color, Global},
    diagnostic,
};

/// Where a run is seen, and how much it says.
pub(crate) struct Terminal {
    out: anstream::Stdout,
    err: anstream::Stderr,
    /// The columns that a line may take.
    pub(crate) width: usize,
    /// Whether only errors are to be said.
    pub(crate) is_quiet: bool,
    /// Whether all is to be said.
    pub(crate) is_verbose: bool,
    /// Whether a person reads standard output.
    pub(crate) is_interactive: bool,
}

/// The width where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;

impl Terminal {
    /// The terminal of this process.
    pub(crate) fn new(global: &Global) -> Self {
        match global.color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the program reads its environment"
        )]
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Terminal {
            out: anstream::stdout(),
            err: anstream::stderr(),
            width: columns.or_else(measured).unwrap_or(DEFAULT_WIDTH).max(40),
            is_quiet: global.quiet,
            is_verbose: global.verbose,
            is_interactive: io::stdout().is_terminal(),
        }
    }

    /// Prints a result.
    pub(crate) fn out(&mut self, text: &str) -> Result<(), Error> {
        self.out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush())
            .map_err(Error::io("write", "standard output".as_ref()))
    }

    /// Prints a result that has no styles, so that none need be looked for.
    pub(crate) fn out_plain(&mut self, text: &str) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(Error::io("write", "standard output".as_ref()))
    }

    /// Prints a remark. A closed standard error is no reason to stop.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Prints what stops the program, and gives its exit code.
    pub(crate) fn error(&mut self, error: &Error) -> u8 {
        self.note(&diagnostic::error(error, self.width));
        error.exit_code()
    }
}

/// Prints what a panic leaves: enough for a report.
pub(crate) fn bug(panic: &PanicHookInfo<'_>) {
    let _ = writeln!(
        io::stderr(),
        "feedwright {}: bug: {panic}\n  help: please report these lines with the command and the file; every published file is whole",
        env!("CARGO_PKG_VERSION"),
    );
}

/// A text that cannot move the cursor: control characters are shown as U+FFFD.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect()
}

/// So many lines of a kind are shown; more tell nobody more.
pub(crate) const LINES: usize = 10;

/// Lines of a list, indented, and how many more there are than the limit.
pub(crate) fn lines(all: &[String], limit: usize) -> String {
    // One line is as long as what would count it.
    let shown = if all.len() > limit.saturating_add(1) {
        limit
    } else {
        all.len()
    };
    let mut text: String = all
        .iter()
        .take(shown)
        .map(|line| format!("  {}\n", printable(line)))
        .collect();
    if all.len() > shown {
        text += &format!("  … and {} more\n", all.len() - shown);
    }
    text
}

/// A number of bytes for people.
pub(crate) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// `1 article`, `2 articles`; `noun` may name both: `entry|entries`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match noun.split_once('|') {
        Some((one, _)) if number == 1 => format!("1 {one}"),
        Some((_, many)) => format!("{number} {many}"),
        None if number == 1 => format!("1 {noun}"),
        None => format!("{number} {noun}s"),
    }
}

/// The color that a severity is told in.
pub(crate) fn color(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Advice => AnsiColor::Green,
    }
    .on_default()
}
