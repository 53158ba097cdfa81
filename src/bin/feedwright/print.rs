//! The terminal: standard output for results, standard error for findings, errors and progress.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    panic::PanicHookInfo,
    path::Path,
};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use feedwright::{
    Error,
    finding::{Finding, Place, Severity},
};

use crate::args::{Color, Global};

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

    /// Prints a remark. A closed standard error is no reason to stop.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Prints what stops the program, and gives its exit code.
    pub(crate) fn error(&mut self, error: &Error) -> u8 {
        let place = match error {
            Error::Config {
                path: Some(path),
                position,
                ..
            } => Some((path, position.and_then(|position| place_in(path, position)))),
            _ => None,
        };
        let path = place.as_ref().map(|(path, _)| path.display().to_string());
        let file = Place::file();
        let mut elements = Vec::new();
        if let (Some(path), Some((_, place))) = (&path, &place) {
            elements.extend(excerpt(path, place.as_ref().unwrap_or(&file)));
        }
        let renderer = Renderer::styled().term_width(self.width);
        let help = error.help();
        // Without a place to hang it on, the help is a line of its own.
        let loose = help
            .filter(|_| elements.is_empty())
            .map(|help| Level::HELP.secondary_title(help));
        if let (None, Some(help)) = (&loose, help) {
            elements.push(Level::HELP.message(help).into());
        }
        let title = Level::ERROR.primary_title(error.to_string());
        self.note(&format!("{}\n", renderer.render(&[title.elements(elements)])));
        if let Some(help) = loose {
            self.note(&format!("{}\n", renderer.render(&[Group::with_title(help)])));
        }
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

/// A finding about an article, with its whole line: a value without its key tells little.
pub(crate) fn article_finding(path: &str, finding: &Finding, width: usize) -> String {
    match whole_line(path, &finding.place) {
        Some(place) => {
            let mut finding = finding.clone();
            finding.place = place;
            self::finding(path, &finding, width)
        }
        None => self::finding(path, finding, width),
    }
}

/// A finding as rustc would print it.
pub(crate) fn finding(path: &str, finding: &Finding, width: usize) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let mut elements = excerpt(path, &finding.place);
    if let Some(help) = &finding.help {
        elements.push(Level::HELP.message(help).into());
    }
    let report = [level
        .primary_title(&*finding.message)
        .id(finding.rule.id)
        .elements(elements)];
    Renderer::styled().term_width(width).render(&report) + "\n"
}

/// The place with its whole line from the file, where only a part of it was kept.
fn whole_line(path: &str, place: &Place) -> Option<Place> {
    if place.line == 0 || !(2..=MAX_PADDING).contains(&place.excerpt_column) {
        return None;
    }
    let line = read_line(Path::new(path), place.line)?;
    let skipped = place.excerpt_column as usize - 1;
    let (at, _) = line.char_indices().nth(skipped)?;
    if line.chars().count() > Place::WINDOW || !line[at..].starts_with(&place.excerpt) {
        return None;
    }
    Some(Place {
        excerpt: line,
        excerpt_column: 1,
        ..place.clone()
    })
}

/// A line of a small file.
fn read_line(path: &Path, number: u32) -> Option<String> {
    if fs::metadata(path).ok()?.len() > 1 << 20 {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let line = text
        .trim_start_matches('\u{FEFF}')
        .lines()
        .nth(number.checked_sub(1)? as usize);
    line.map(str::to_owned)
}

/// Beyond this column a line is not shown: padding it would cost more than it tells.
const MAX_PADDING: u32 = 10_000;

/// The place of a finding: its line with the stretch underlined, if it has one.
fn excerpt<'a>(path: &'a str, place: &'a Place) -> Vec<Element<'a>> {
    if place.line == 0 {
        return vec![Origin::path(path).into()];
    }
    let origin = Origin::path(path)
        .line(place.line as usize)
        .char_column(place.column as usize);
    if place.excerpt.trim().is_empty() || place.excerpt_column > MAX_PADDING {
        return vec![origin.into()];
    }
    // The renderer counts columns from the start of the line and shows only what surrounds the stretch.
    let padding = place.excerpt_column.saturating_sub(1) as usize;
    let line = " ".repeat(padding) + &place.excerpt;
    let byte_of = |column: u32| {
        let found = line.char_indices().nth(column.saturating_sub(1) as usize);
        found.map_or(line.len(), |(at, _)| at)
    };
    let span = byte_of(place.column)..byte_of(place.column.saturating_add(place.length.max(1)));
    let snippet = Snippet::source(line)
        .path(path)
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(span));
    vec![snippet.into()]
}

/// The word at a position of a file, to be underlined.
fn place_in(path: &Path, (line, column): (u32, u32)) -> Option<Place> {
    let line_text = &read_line(path, line)?;
    let start = line_text
        .char_indices()
        .nth(column.checked_sub(1)? as usize)
        .map_or(line_text.len(), |(at, _)| at);
    let rest = &line_text[start..];
    let rest = rest.split_once(" #").map_or(rest, |(value, _)| value);
    let rest = rest.split_once(": ").map_or(rest, |(key, _)| key).trim_end();
    let length = rest.strip_suffix(':').unwrap_or(rest).len();
    Some(Place::within(line_text, start..start + length, line))
}

/// A text that cannot move the cursor: control characters are shown as U+FFFD.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect()
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
