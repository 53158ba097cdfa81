//! The terminal: standard output for results, standard error for findings, errors and progress.

use std::{
    borrow::Cow,
    io::{self, IsTerminal, Write},
    panic::PanicHookInfo,
};

use anstyle::{AnsiColor, Style};
use feedwright::{Error, finding::Severity};

use crate::{
    args::{Color, Global},
    diagnostic,
};

/// The program's output streams, and how much to print to them.
pub(crate) struct Terminal {
    out: anstream::Stdout,
    err: anstream::Stderr,
    /// The width for wrapping output, in columns.
    pub(crate) width: usize,
    /// Whether to print only errors: `--quiet`.
    pub(crate) is_quiet: bool,
    /// Whether to print everything: `--verbose`.
    pub(crate) is_verbose: bool,
    /// Whether standard output is a terminal.
    pub(crate) is_interactive: bool,
    /// Whether a GitHub runner reads the output and executes the commands in it.
    is_github: bool,
}

/// The default width, used if neither `COLUMNS` nor the terminal provides a width.
const DEFAULT_WIDTH: usize = 100;

/// The minimum width. Tables and excerpts that fit in fewer columns would be unreadable, so a narrower terminal has to
/// wrap their lines.
const MIN_WIDTH: usize = 40;

impl Terminal {
    /// Creates the streams for this process. The options and the environment determine whether colors are used.
    pub(crate) fn new(global: &Global) -> Self {
        match global.color {
            // anstream decides whether to use colors: it respects NO_COLOR and CLICOLOR_FORCE, and checks whether the
            // stream is a terminal.
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the program reads its environment"
        )]
        let (columns, is_github) = (
            std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()),
            std::env::var_os("GITHUB_ACTIONS").is_some(),
        );
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Terminal {
            out: anstream::stdout(),
            err: anstream::stderr(),
            // `COLUMNS` takes precedence over the terminal's width, because the tests and the reference pages set it to
            // get the same output in every terminal.
            width: columns.or_else(measured).unwrap_or(DEFAULT_WIDTH).max(MIN_WIDTH),
            is_quiet: global.quiet,
            is_verbose: global.verbose,
            is_interactive: io::stdout().is_terminal(),
            is_github,
        }
    }

    /// Prints a result as human-readable text.
    pub(crate) fn out(&mut self, text: &str) -> Result<(), Error> {
        let text = self.without_commands(text);
        self.out
            .write_all(text.as_bytes())
            // Rust ignores errors when it flushes standard output at exit. Flush now, so that a full disk is reported.
            .and_then(|()| self.out.flush())
            .map_err(Error::io("write", "standard output".as_ref()))
    }

    /// Prints a result for programs, byte for byte. This is faster than [`out`](Self::out), which searches the text for
    /// styles.
    pub(crate) fn out_plain(&mut self, text: &str) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .map_err(Error::io("write", "standard output".as_ref()))
    }

    /// Prints to standard error. Errors are ignored, so that a build does not fail if standard error is closed.
    pub(crate) fn note(&mut self, text: &str) {
        let text = self.without_commands(text);
        let _ = self.err.write_all(text.as_bytes());
    }

    fn without_commands<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.is_github {
            without_commands(text)
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Prints an error, and returns its exit code. If the error is that the reader of a pipe has closed the pipe, as
    /// `head` does, prints nothing and returns 0.
    pub(crate) fn error(&mut self, error: &Error) -> u8 {
        if matches!(error, Error::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe) {
            return 0;
        }
        self.note(&diagnostic::format_error(error, self.width));
        error.exit_code()
    }
}

/// Prints a panic with the information that a bug report needs.
pub(crate) fn bug(panic: &PanicHookInfo<'_>) {
    // `eprintln!` panics if standard error is closed, and a panic in a panic hook aborts the process.
    let _ = writeln!(
        io::stderr(),
        "feedwright {}: bug: {panic}\n  help: please report this bug, including the command and its input; the published files are intact",
        env!("CARGO_PKG_VERSION"),
    );
}

/// Escapes each character that could control a terminal or change the appearance of a log. For example, a line feed
/// becomes `\n`, and U+202E becomes `\u{202e}`.
///
/// File names and values may come from other people. In these strings, a line feed could forge a line of output, an
/// escape sequence could control the terminal, and a bidirectional override could change the order in which text is
/// displayed.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let escape = |c: char| match is_unprintable(c) {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    Cow::Owned(text.chars().map(escape).collect())
}

/// Like [`printable`], but replaces each of these characters with a single U+FFFD, so that columns stay the same. Tabs
/// are kept.
pub(crate) fn printable_line(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '\t' => c,
            _ if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}

/// Whether the character is a control character, a line or paragraph separator, or a character that changes the
/// direction of text.
fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Makes a GitHub runner ignore commands in the text: `::` at the start of a line, and `##[` anywhere in a line.
///
/// Otherwise, a file name or a value could forge annotations, or suppress later annotations.
fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let break_line = |line: &str| {
        let line = line.replace("##[", "## [");
        // The runner ignores white space before the colons, and may also ignore escape sequences that style the text.
        let start = anstream::adapter::strip_str(&line).to_string();
        match start.trim_start().starts_with("::") {
            true => line.replacen("::", ": :", 1),
            false => line,
        }
    };
    Cow::Owned(text.split_inclusive('\n').map(break_line).collect())
}

/// The maximum number of lines in a list without `--verbose`.
pub(crate) const MAX_LINES: usize = 10;

/// Formats a list: up to `limit` indented lines, followed by the number of omitted lines.
pub(crate) fn format_list(all: &[String], limit: usize) -> String {
    // If only one line would be omitted, print it: the line `… and 1 more` would take as much space.
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

/// Formats a number of bytes: `12.3 kB`.
pub(crate) fn format_size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// Formats a number with its noun: `1 article`, `2 articles`. For an irregular plural, `noun` contains both forms:
/// `entry|entries`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match noun.split_once('|') {
        Some((singular, _)) if number == 1 => format!("1 {singular}"),
        Some((_, plural)) => format!("{number} {plural}"),
        None if number == 1 => format!("1 {noun}"),
        None => format!("{number} {noun}s"),
    }
}

/// The style in which a severity's name is printed.
pub(crate) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Advice => AnsiColor::Green,
    }
    .on_default()
}
