//! The dates of texts without markup: lines above the body that hold one, and the opening of a Markdown body.

use super::Which;
use crate::{
    extract::{
        Evidence,
        evidence::{Found, GUESS, Kind, Origin},
    },
    page::is_metadata_line,
    plain_text::{DateLabel, DatePosition, Layout, Line, Role},
    time::{
        WrittenDate,
        written::{self, DateContext},
    },
};

/// Spots beyond these belong to comments and lists.
const MOST_SPOTS: usize = 12;

/// Adds the candidates of a scraped text.
pub(super) fn from_layout(evidence: &Evidence<'_>, which: Which, found: &mut Found<WrittenDate>) {
    let layout = evidence.article.layout();
    let mut context = super::date_context(evidence);
    let language;
    // Only `03/04/2024` needs to know the language, and detecting it costs more than all the rest.
    if context.language.is_none() && context.order.is_none() && holds_slashed_date(layout) {
        language = super::super::language::of_text(evidence);
        context.language = language.as_deref();
    }
    for (at, spot) in layout.dates.iter().take(MOST_SPOTS).enumerate() {
        let wanted = match (spot.label, which) {
            // The publication too in 6 of 9 heads (text_news).
            (Some(DateLabel::Updated), Which::Published) => 0.67,
            (Some(DateLabel::Updated), Which::Updated) => 1.0,
            (_, Which::Updated) => continue,
            _ => 1.0,
        };
        // Of two dates in equal places the first is the publication.
        let weight = wanted * weight(spot.position, spot.label.is_some()) - 0.01 * at as f32;
        let line = layout.lines.get(spot.index).map_or(0, |line| line.line);
        let origin = Origin::new(Kind::Visible, key(spot.position), line);
        match written::parse(&spot.text, &context) {
            Ok(reading) => {
                found.add(reading.date, origin, &spot.text, weight);
                reading.notes.iter().for_each(|note| found.note(*note));
            }
            // A time that is written oddly does not spoil the day: `22 January 2020 @ 18:13`.
            Err(refused) => match written::find(&spot.text, &context).first() {
                Some(first) => found.add(first.reading.date, origin, &spot.text, weight),
                None => found.refuse(origin, &spot.text, refused.0),
            },
        }
    }
    if which == Which::Published && found.candidates.iter().all(|candidate| candidate.weight < GUESS) {
        from_lines(&layout.lines, &context, found);
    }
}

/// Whether a spot or a line near the top has a date in figures that may be read in two ways.
fn holds_slashed_date(layout: &Layout) -> bool {
    let slashed = |text: &str| {
        text.as_bytes()
            .windows(4)
            .any(|w| w[0].is_ascii_digit() && matches!(w[1], b'/' | b'-' | b'.') && w[2].is_ascii_digit())
    };
    let spots = layout.dates.iter().take(MOST_SPOTS).any(|spot| slashed(&spot.text));
    spots
        || layout
            .lines
            .iter()
            .take(MOST_LINES)
            .any(|line| line.text.len() <= 2 * LONGEST_LINE && slashed(&line.text))
}

/// Lines looked at, and how long one may be: a paragraph tells of dates instead of bearing one.
const MOST_LINES: usize = 16;
const LONGEST_LINE: usize = 120;

/// The first short line near the top that holds a date, whatever else it is.
fn from_lines(lines: &[Line], context: &DateContext<'_>, found: &mut Found<WrittenDate>) {
    for line in lines
        .iter()
        .take(MOST_LINES)
        .filter(|line| line.text.chars().count() <= LONGEST_LINE)
    {
        let dates = written::find(&line.text, context);
        let Some(first) = dates.first() else { continue };
        let weight = match line.role {
            // The article's own in 7 of 11 texts where nothing better was found; the others are too rare to count.
            Role::Date => 0.64,
            Role::Byline => 0.6,
            Role::Related | Role::Caption => continue,
            // Half of the line is the date.
            _ if 2 * first.range.len() >= line.text.len() => 0.58,
            _ if first.range.start == 0 => 0.55,
            _ => continue,
        };
        let origin = Origin::new(Kind::Visible, "line", line.line);
        found.add(first.reading.date, origin, &line.text, weight);
        return;
    }
}

/// How often a date in such a place is the article's own (text_news): 57 of 61, 200 of 211, 4 of 4, 3 of 3, 27 of 35;
/// below the body 5 of 6 where nothing above says another date, and none of 55 without a label. Where the counts are
/// small or close, a label goes first, past several dates without one.
fn weight(place: DatePosition, labelled: bool) -> f32 {
    match (place, labelled) {
        (DatePosition::Head, true) => 0.97,
        (DatePosition::Head, false) => 0.92,
        (DatePosition::Dateline, _) => 0.8,
        (DatePosition::HeadText, true) => 0.85,
        (DatePosition::HeadText, false) => 0.77,
        (DatePosition::Foot, true) => 0.65,
        (DatePosition::Foot, false) => 0.2,
    }
}

fn key(place: DatePosition) -> &'static str {
    match place {
        DatePosition::Head => "date line",
        DatePosition::Dateline => "dateline",
        DatePosition::HeadText => "line above the body",
        DatePosition::Foot => "line below the body",
    }
}

/// A body may open with its date: `2013.09.30, Version 0.10.20`.
const OPENING: f32 = 0.65;
/// A longer paragraph tells of a date instead of bearing one.
const LONGEST_OPENING: usize = 60;

/// A byline above the body says when, as a labeled line above a scraped text does.
const IN_BYLINE: f32 = 0.8;
/// Paragraphs that may be a byline: one before it may be a subtitle.
const MOST_BEFORE: usize = 2;

/// Adds the date that opens a Markdown body, or stands in its byline: `*By Ann Lee · 3 May 2025*`.
pub(super) fn from_outline(evidence: &Evidence<'_>, found: &mut Found<WrittenDate>) {
    let outline = evidence.article.outline();
    let heading = outline
        .headings
        .first()
        .filter(|heading| heading.leading)
        .map(|heading| (&heading.text, heading.line));
    let paragraphs = outline.paragraphs.iter().take(MOST_BEFORE);
    let context = super::date_context(evidence);
    for (at, (text, line)) in heading
        .into_iter()
        .chain(paragraphs.map(|paragraph| (&paragraph.text, paragraph.line)))
        .enumerate()
    {
        let opens = at < 1 + usize::from(heading.is_some()) && text.chars().count() <= LONGEST_OPENING;
        let is_byline = is_metadata_line(text);
        if !opens && !is_byline {
            continue;
        }
        let dates = written::find(text, &context);
        let [only] = dates.as_slice() else { continue };
        let (key, weight) = match only.range.start {
            _ if is_byline => ("byline", IN_BYLINE),
            0 => ("opening", OPENING),
            _ => continue,
        };
        found.add(only.reading.date, Origin::new(Kind::Visible, key, line), text, weight);
        return;
    }
}
