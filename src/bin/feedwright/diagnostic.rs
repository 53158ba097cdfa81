//! What is wrong in a file, shown as rustc would: message, place, the line with the stretch underlined, the way out.

use std::{fs, path::Path};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use feedwright::{
    Error,
    finding::{Finding, Location, Severity},
};

/// What precedes an excerpt that starts inside of its line.
const CUT: &str = "… ";

/// What stops the program.
pub(crate) fn error(error: &Error, width: usize) -> String {
    let message = error.to_string();
    let (path, position) = match error {
        Error::Config {
            path: Some(path),
            position,
            ..
        } => (path, *position),
        Error::Damaged { path, line, .. } => (path, Some((*line, 1))),
        // Without a place to hang it on, the help is a line of its own.
        _ => {
            let render = |group| Renderer::styled().term_width(width).render(&[group]) + "\n";
            let title = render(Group::with_title(Level::ERROR.primary_title(message)));
            let help = error
                .help()
                .map(|help| Group::with_title(Level::HELP.secondary_title(help)));
            return title + &help.map(render).unwrap_or_default();
        }
    };
    let place = position
        .and_then(|position| word_at(path, position))
        .unwrap_or_default();
    shown(
        (Level::ERROR, None),
        &message,
        (&path.display().to_string(), &place),
        error.help(),
        width,
    )
}

/// A finding about a feed.
pub(crate) fn finding(path: &str, finding: &Finding, width: usize) -> String {
    of_finding(path, finding, &finding.location, width)
}

/// A finding about an article, with its whole line: a value without its key tells little.
pub(crate) fn article_finding(path: &str, finding: &Finding, width: usize) -> String {
    let place = whole_line(path, &finding.location);
    of_finding(path, finding, place.as_ref().unwrap_or(&finding.location), width)
}

fn of_finding(path: &str, finding: &Finding, place: &Location, width: usize) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name("advice"),
    };
    let id = Some(finding.rule.id);
    shown(
        (level, id),
        &finding.message,
        (path, place),
        finding.help.as_deref(),
        width,
    )
}

fn shown(
    (level, id): (Level<'_>, Option<&str>),
    message: &str,
    (path, place): (&str, &Location),
    help: Option<&str>,
    width: usize,
) -> String {
    let mut elements = vec![excerpt(path, place)];
    elements.extend(help.map(|help| Level::HELP.message(help).into()));
    let mut title = level.primary_title(message);
    if let Some(id) = id {
        title = title.id(id);
    }
    let text = Renderer::styled().term_width(width).render(&[title.elements(elements)]) + "\n";
    if place.excerpt_column <= 1 {
        return text;
    }
    // The renderer counts columns from the start of what it is given.
    let counted = format!("{path}:{}:{}", place.line, column_in_excerpt(place) + 1);
    text.replacen(&counted, &format!("{path}:{}:{}", place.line, place.column), 1)
}

/// The line of a place, with its stretch underlined.
fn excerpt<'a>(path: &'a str, place: &'a Location) -> Element<'a> {
    if place.line == 0 {
        return Origin::path(path).into();
    }
    if place.excerpt.trim().is_empty() {
        let origin = Origin::path(path).line(place.line as usize);
        return origin.char_column(place.column as usize).into();
    }
    let cut = if place.excerpt_column > 1 { CUT } else { "" };
    let line = format!("{cut}{}", place.excerpt);
    let start = column_in_excerpt(place);
    let byte_of = |character: usize| line.char_indices().nth(character).map_or(line.len(), |(at, _)| at);
    let span = byte_of(start)..byte_of(start + place.length.max(1) as usize);
    Snippet::source(line)
        .path(path)
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(span))
        .into()
}

/// How many characters precede the stretch in its excerpt.
fn column_in_excerpt(place: &Location) -> usize {
    let cut = if place.excerpt_column > 1 {
        CUT.chars().count()
    } else {
        0
    };
    place.column.saturating_sub(place.excerpt_column.max(1)) as usize + cut
}

/// The place with its whole line from the file, where only a part of it was kept.
fn whole_line(path: &str, place: &Location) -> Option<Location> {
    if place.line == 0 || place.excerpt_column < 2 {
        return None;
    }
    let line = read_line(Path::new(path), place.line)?;
    let (at, _) = line.char_indices().nth(place.excerpt_column as usize - 1)?;
    // A value stands in its quotes.
    let quoted = line[at..].strip_prefix(['"', '\'']);
    let is_quoted = quoted.is_some_and(|value| value.starts_with(&place.excerpt));
    if line.chars().count() > Location::WINDOW || !(is_quoted || line[at..].starts_with(&place.excerpt)) {
        return None;
    }
    Some(Location {
        excerpt: line,
        excerpt_column: 1,
        length: place.length + 2 * u32::from(is_quoted),
        ..place.clone()
    })
}

/// The word at a position of a file, to be underlined.
fn word_at(path: &Path, (line, column): (u32, u32)) -> Option<Location> {
    let line_text = &read_line(path, line)?;
    let start = line_text
        .char_indices()
        .nth(column.checked_sub(1)? as usize)
        .map_or(line_text.len(), |(at, _)| at);
    let rest = &line_text[start..];
    let rest = rest.split_once(" #").map_or(rest, |(value, _)| value);
    let rest = rest.split_once(": ").map_or(rest, |(key, _)| key).trim_end();
    let length = rest.strip_suffix(':').unwrap_or(rest).len();
    Some(Location::within_line(line_text, start..start + length, line))
}

/// A line of a small file.
fn read_line(path: &Path, number: u32) -> Option<String> {
    if fs::metadata(path).ok()?.len() > 1 << 20 {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim_start_matches('\u{FEFF}');
    text.lines().nth(number.checked_sub(1)? as usize).map(str::to_owned)
}
