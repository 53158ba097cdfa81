//! Finds the dates in an article's visible text: above and below the body of a scraped text, and at the start of the
//! body of a scraped text or Markdown article.

use super::DateField;
use crate::{
    extract::{
        Evidence,
        evidence::{CandidateSet, GUESS, Origin, OriginKind},
        language::language_for_dates,
    },
    page::is_metadata_line,
    plain_text::{DateLabel, DatePosition, Layout, Line, Role},
    time::{
        WrittenDate,
        written::{self, DateContext},
    },
};

/// The maximum number of dates that are considered. Further dates usually belong to comments or to lists of other
/// articles.
const MAX_DATES: usize = 12;

/// Adds the candidates from a scraped text.
pub(super) fn from_layout(evidence: &Evidence<'_>, field: DateField, found: &mut CandidateSet<WrittenDate>) {
    let layout = evidence.article.layout();
    let mut context = super::date_context(evidence);
    let language;
    // The language is detected only if it is needed to read a date such as `03/04/2024`, because detecting it takes
    // longer than all other steps.
    if context.language.is_none() && context.order.is_none() && has_ambiguous_date(layout) {
        language = language_for_dates(evidence);
        context.language = language.as_deref();
    }
    for (at, spot) in layout.dates.iter().take(MAX_DATES).enumerate() {
        let wanted = match (spot.label, field) {
            // In 6 of 9 texts, the date labeled as updated is also the day of publication.
            (Some(DateLabel::Updated), DateField::Published) => 0.67,
            (Some(DateLabel::Updated), DateField::Updated) => 1.0,
            (_, DateField::Updated) => continue,
            _ => 1.0,
        };
        // If there are several dates of the same kind, the first is usually the published date, so each later date has
        // a lower weight.
        let weight = wanted * weight(spot.position, spot.label.is_some()) - 0.01 * at as f32;
        let line = layout.lines.get(spot.index).map_or(0, |line| line.line);
        let origin = Origin::new(OriginKind::Visible, key(spot.position), line);
        match written::parse(&spot.text, &context) {
            Ok(reading) => {
                found.add(reading.date, origin, &spot.text, weight);
                reading.notes.iter().for_each(|note| found.note(*note));
            }
            // The day is used even if the time is unreadable: `22 January 2020 @ 18:13`.
            Err(refused) => match written::find(&spot.text, &context).first() {
                Some(first) => found.add(first.reading.date, origin, &spot.text, weight),
                None => found.reject(origin, &spot.text, refused.0),
            },
        }
    }
    if field == DateField::Published && found.candidates.iter().all(|candidate| candidate.weight < GUESS) {
        from_lines(&layout.lines, &context, found);
    }
}

/// Whether a date candidate or a line near the top may contain a numeric date that can be read in two ways.
fn has_ambiguous_date(layout: &Layout) -> bool {
    let slashed = |text: &str| {
        text.as_bytes()
            .windows(4)
            .any(|w| w[0].is_ascii_digit() && matches!(w[1], b'/' | b'-' | b'.') && w[2].is_ascii_digit())
    };
    let spots = layout.dates.iter().take(MAX_DATES).any(|spot| slashed(&spot.text));
    spots
        || layout
            .lines
            .iter()
            .take(MAX_LINES)
            .any(|line| line.text.len() <= 2 * MAX_LINE && slashed(&line.text))
}

/// The number of lines that are searched for a date.
const MAX_LINES: usize = 16;
/// The maximum length of a searched line, in characters. The dates in a longer line are part of the running text.
const MAX_LINE: usize = 120;

/// Adds a date from the first short line near the top that contains a likely date.
fn from_lines(lines: &[Line], context: &DateContext<'_>, found: &mut CandidateSet<WrittenDate>) {
    for line in lines
        .iter()
        .take(MAX_LINES)
        .filter(|line| line.text.chars().count() <= MAX_LINE)
    {
        let dates = written::find(&line.text, context);
        let Some(first) = dates.first() else { continue };
        let weight = match line.role {
            // In 7 of 11 texts without a better date, the date in such a line is the day of publication. Dates in lines
            // with other roles are too rare to measure.
            Role::Date => 0.64,
            Role::Byline => 0.6,
            Role::Related | Role::Caption => continue,
            // The date makes up at least half of the line.
            _ if 2 * first.range.len() >= line.text.len() => 0.58,
            _ if first.range.start == 0 => 0.55,
            _ => continue,
        };
        let origin = Origin::new(OriginKind::Visible, "line", line.line);
        found.add(first.reading.date, origin, &line.text, weight);
        return;
    }
}

/// The weight of a date at this position, based on how often dates at this position are the day of publication:
/// `57 of 61` means that 57 of the 61 dates are the day of publication. The counts are from the 283 texts that contain
/// their day of publication, out of 580 labeled texts from news pages. They would be different with a scraper that
/// keeps different lines of a page.
///
/// A label (`Published:`) raises the weight even where the counts do not justify it, so that one labeled date wins over
/// several unlabeled dates.
fn weight(place: DatePosition, is_labeled: bool) -> f32 {
    match (place, is_labeled) {
        // 57 of 61
        (DatePosition::Head, true) => 0.97,
        // 200 of 211
        (DatePosition::Head, false) => 0.92,
        // 4 of 4
        (DatePosition::Dateline, _) => 0.8,
        // 3 of 3
        (DatePosition::HeadText, true) => 0.85,
        // 27 of 35
        (DatePosition::HeadText, false) => 0.77,
        // 5 of 6, counting only the texts without a date above the body.
        (DatePosition::Foot, true) => 0.65,
        // 0 of 55
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

/// The weight of a date at the very start of a Markdown body: `2013.09.30, Version 0.10.20`. It was set by hand,
/// because such dates are too rare to measure.
const OPENING: f32 = 0.65;
/// The maximum length of a heading or paragraph that starts with such a date, in characters. The dates in a longer
/// paragraph are part of the running text.
const MAX_OPENING: usize = 60;

/// The weight of a date in the byline of a Markdown body. It was set by hand, and is lower than the weight of a labeled
/// date line above the body of a scraped text.
const IN_BYLINE: f32 = 0.8;
/// The number of paragraphs that are searched. The byline is the first paragraph, or the second if the first is a
/// subtitle.
const MAX_PARAGRAPHS: usize = 2;

/// Adds the date at the very start of a Markdown body, or the date in its byline: `*By Ann Lee · 3 May 2025*`.
pub(super) fn from_outline(evidence: &Evidence<'_>, found: &mut CandidateSet<WrittenDate>) {
    let outline = evidence.article.outline();
    let heading = outline
        .headings
        .first()
        .filter(|heading| heading.is_leading)
        .map(|heading| (&heading.text, heading.line));
    let paragraphs = outline.paragraphs.iter().take(MAX_PARAGRAPHS);
    let context = super::date_context(evidence);
    for (at, (text, line)) in heading
        .into_iter()
        .chain(paragraphs.map(|paragraph| (&paragraph.text, paragraph.line)))
        .enumerate()
    {
        let opens = at < 1 + usize::from(heading.is_some()) && text.chars().count() <= MAX_OPENING;
        let is_byline = is_metadata_line(text);
        if !opens && !is_byline {
            continue;
        }
        let dates = written::find(text, &context);
        // If there are several dates, nothing shows which one is the published date.
        let [only] = dates.as_slice() else { continue };
        let (key, weight) = match only.range.start {
            _ if is_byline => ("byline", IN_BYLINE),
            0 => ("opening", OPENING),
            _ => continue,
        };
        found.add(
            only.reading.date,
            Origin::new(OriginKind::Visible, key, line),
            text,
            weight,
        );
        return;
    }
}
