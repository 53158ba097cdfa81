//! The authors of a Markdown body and of a scraped text: its bylines, else a name that shares a short line near the top with a date.

use super::{byline, of_text, person};
use crate::{
    body::Paragraph,
    extract::{
        Author,
        evidence::{Found, Kind, Origin},
    },
    markdown::Outline,
    page::is_metadata_line,
    plain_text::{Layout, Line, Role},
    time::written::{self, DateContext},
};

/// A line above the body that names people names all who wrote it in 77 of 87 texts (text_news).
const BYLINE_ABOVE: f32 = 0.89;

pub(super) fn from_layout(layout: &Layout, found: &mut Found<Vec<Author>>) {
    for (at, byline) in layout.bylines.iter().take(4).enumerate() {
        let Some(line) = layout.lines.get(byline.index) else {
            continue;
        };
        let origin = Origin::new(Kind::Visible, "byline", line.line);
        let authors: Vec<Author> = of_text(byline::names(&byline.names))
            .into_iter()
            .filter(|author| person::is_person(&author.name))
            .collect();
        if authors.is_empty() {
            found.refuse(origin, &line.text, "names no person");
        } else {
            found.add(authors, origin, &line.text, BYLINE_ABOVE - 0.05 * at as f32);
        }
    }
    if found.candidates.is_empty() {
        from_lines(&layout.lines, found);
    }
}

/// Paragraphs of a Markdown body that may be its byline: one before it may be a subtitle.
const MOST_BEFORE: usize = 2;

/// The byline above a Markdown body: `*By Ann Lee · 3 May 2025*`, `_Posted on 2024-05-03 by Ann Lee_`.
pub(super) fn from_outline(outline: &Outline, found: &mut Found<Vec<Author>>) {
    let byline = |paragraph: &&Paragraph| is_metadata_line(&paragraph.text) && byline::says_by(&paragraph.text);
    let Some(line) = outline.paragraphs.iter().take(MOST_BEFORE).find(byline) else {
        return;
    };
    let authors: Vec<Author> = of_text(byline::names(&line.text))
        .into_iter()
        .filter(|author| person::is_person(&author.name))
        .collect();
    let origin = Origin::new(Kind::Visible, "byline", line.line);
    if authors.is_empty() {
        found.refuse(origin, &line.text, "names no person");
    } else {
        found.add(authors, origin, &line.text, BYLINE_ABOVE);
    }
}

/// A name that shares its line with a date: right in 6 of 9 texts (text_news).
const BESIDE_A_DATE: f32 = 0.67;
/// Lines looked at, and how long one may be.
const MOST_LINES: usize = 16;
const LONGEST_LINE: usize = 120;

fn from_lines(lines: &[Line], found: &mut Found<Vec<Author>>) {
    for line in lines
        .iter()
        .take(MOST_LINES)
        .filter(|line| line.text.chars().count() <= LONGEST_LINE)
    {
        if matches!(line.role, Role::Caption | Role::Related | Role::Title) {
            continue;
        }
        let date = written::find(&line.text, &DateContext::default())
            .first()
            .map(|date| date.range.clone());
        let Some(names) = byline::names_in_line(&line.text, date) else {
            continue;
        };
        let authors: Vec<Author> = of_text(names)
            .into_iter()
            .filter(|author| person::is_person(&author.name))
            .collect();
        if !authors.is_empty() {
            found.add(
                authors,
                Origin::new(Kind::Visible, "line", line.line),
                &line.text,
                BESIDE_A_DATE,
            );
            return;
        }
    }
}
