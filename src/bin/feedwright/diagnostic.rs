//! Formats errors and findings like rustc: message, location, source line with the range underlined, help.

use std::{fs, path::Path};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use feedwright::{
    Error,
    finding::{Finding, Location, Severity},
};

use crate::print::{printable, printable_line};

/// Precedes an excerpt that starts in the middle of a line.
const ELLIPSIS: &str = "… ";

/// Formats an error.
pub(crate) fn format_error(error: &Error, width: usize) -> String {
    let message = error.to_string();
    let (path, position) = match error {
        Error::Config {
            path: Some(path),
            position,
            ..
        } => (path, *position),
        Error::Damaged { path, line, .. } => (path, Some((*line, 1))),
        // If the error has no location, the help is printed on a separate line.
        _ => {
            let render_group = |group| Renderer::styled().term_width(width).render(&[group]) + "\n";
            let title = render_group(Group::with_title(Level::ERROR.primary_title(printable(&message))));
            let help = error
                .help()
                .map(|help| Group::with_title(Level::HELP.secondary_title(printable(help))));
            return title + &help.map(render_group).unwrap_or_default();
        }
    };
    let location = position
        .and_then(|position| word_at(path, position))
        .unwrap_or_default();
    render(
        (Level::ERROR, None),
        &message,
        (&path.display().to_string(), &location),
        error.help(),
        width,
    )
}

/// Formats a finding about a feed.
pub(crate) fn format_finding(path: &str, finding: &Finding, width: usize) -> String {
    format_at(path, finding, &finding.location, width)
}

/// Formats a finding about an article, with the whole line if possible, because a value alone does not show its key.
pub(crate) fn format_article_finding(path: &str, finding: &Finding, width: usize) -> String {
    let location = whole_line(path, &finding.location);
    format_at(path, finding, location.as_ref().unwrap_or(&finding.location), width)
}

fn format_at(path: &str, finding: &Finding, location: &Location, width: usize) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let id = Some(finding.rule.id);
    render(
        (level, id),
        &finding.message,
        (path, location),
        finding.help.as_deref(),
        width,
    )
}

fn render(
    (level, id): (Level<'_>, Option<&str>),
    message: &str,
    (path, location): (&str, &Location),
    help: Option<&str>,
    width: usize,
) -> String {
    let (path, message) = (&*printable(path), printable(message));
    let help = help.map(printable);
    let mut elements = vec![excerpt(path, location)];
    elements.extend(help.map(|help| Level::HELP.message(help).into()));
    let mut title = level.primary_title(message);
    if let Some(id) = id {
        title = title.id(id);
    }
    let text = Renderer::styled().term_width(width).render(&[title.elements(elements)]) + "\n";
    if location.excerpt_column <= 1 {
        return text;
    }
    // The renderer counts columns from the start of the excerpt, so the column that it prints is replaced with the
    // column in the whole line.
    let rendered = format!("{path}:{}:{}", location.line, column_in_excerpt(location) + 1);
    text.replacen(&rendered, &format!("{path}:{}:{}", location.line, location.column), 1)
}

/// The source line of a location, with the range underlined.
fn excerpt<'a>(path: &'a str, location: &Location) -> Element<'a> {
    // Line 0 means the whole file.
    if location.line == 0 {
        return Origin::path(path).into();
    }
    // There is nothing to underline in an empty line.
    if location.excerpt.trim().is_empty() {
        let origin = Origin::path(path).line(location.line as usize);
        return origin.char_column(location.column as usize).into();
    }
    let cut = if location.excerpt_column > 1 { ELLIPSIS } else { "" };
    let line = format!("{cut}{}", printable_line(&location.excerpt));
    let start = column_in_excerpt(location);
    let byte_of = |character: usize| line.char_indices().nth(character).map_or(line.len(), |(at, _)| at);
    let span = byte_of(start)..byte_of(start + location.length.max(1) as usize);
    Snippet::source(line)
        .path(path)
        .line_start(location.line as usize)
        .annotation(AnnotationKind::Primary.span(span))
        .into()
}

/// The number of characters before the range in its excerpt, including the ellipsis.
fn column_in_excerpt(location: &Location) -> usize {
    let cut = if location.excerpt_column > 1 {
        ELLIPSIS.chars().count()
    } else {
        0
    };
    location.column.saturating_sub(location.excerpt_column.max(1)) as usize + cut
}

/// The location with the whole line as its excerpt. The line is read from the file.
///
/// `None` if the excerpt already starts at the beginning of the line, if the line is too long, or if the file no longer
/// contains the excerpt at that location.
fn whole_line(path: &str, location: &Location) -> Option<Location> {
    if location.line == 0 || location.excerpt_column < 2 {
        return None;
    }
    let line = read_line(Path::new(path), location.line)?;
    let (at, _) = line.char_indices().nth(location.excerpt_column as usize - 1)?;
    // If the value is quoted, the column points to the opening quote, but the excerpt is the value without quotes.
    let quoted = line[at..].strip_prefix(['"', '\'']);
    let is_quoted = quoted.is_some_and(|value| value.starts_with(&location.excerpt));
    if line.chars().count() > Location::WINDOW || !(is_quoted || line[at..].starts_with(&location.excerpt)) {
        return None;
    }
    Some(Location {
        excerpt: line,
        excerpt_column: 1,
        length: location.length + 2 * u32::from(is_quoted),
        ..location.clone()
    })
}

/// The key or value to underline at a position in a YAML file.
fn word_at(path: &Path, (line, column): (u32, u32)) -> Option<Location> {
    let line_text = &read_line(path, line)?;
    let start = line_text
        .char_indices()
        .nth(column.checked_sub(1)? as usize)
        .map_or(line_text.len(), |(at, _)| at);
    let rest = &line_text[start..];
    // Do not underline a comment. If the position points to a key, do not underline its value.
    let rest = rest.split_once(" #").map_or(rest, |(value, _)| value);
    let rest = rest.split_once(": ").map_or(rest, |(key, _)| key).trim_end();
    let length = rest.strip_suffix(':').unwrap_or(rest).len();
    Some(Location::within_line(line_text, start..start + length, line))
}

/// Reads one line from a file, unless the file is larger than 1 MiB.
fn read_line(path: &Path, number: u32) -> Option<String> {
    if fs::metadata(path).ok()?.len() > 1 << 20 {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    // The byte order mark does not count as a column.
    let text = text.trim_start_matches('\u{FEFF}');
    text.lines().nth(number.checked_sub(1)? as usize).map(str::to_owned)
}
