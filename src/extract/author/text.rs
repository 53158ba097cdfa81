//! The authors of scraped texts and Markdown bodies, from bylines. If a scraped text has no byline, a name next to a
//! date in a short line near the top is used instead.

use super::{byline, parse_names, person};
use crate::{
    body::Paragraph,
    extract::{
        Author,
        evidence::{CandidateSet, Origin, OriginKind},
    },
    markdown::Outline,
    page::is_metadata_line,
    plain_text::{Layout, Line, Role},
    time::written::{self, DateContext},
};

/// Of 580 labeled texts from news pages, 143 contain their authors' names, and 87 of these have a byline above the
/// body. The byline names exactly the right authors in 77 of the 87. If a scraper kept different lines of a page, the
/// share would be different.
const BYLINE_ABOVE: f32 = 0.89;

pub(super) fn from_layout(layout: &Layout, found: &mut CandidateSet<Vec<Author>>) {
    for (at, byline) in layout.bylines.iter().take(4).enumerate() {
        let Some(line) = layout.lines.get(byline.index) else {
            continue;
        };
        let origin = Origin::new(OriginKind::Visible, "byline", line.line);
        let authors: Vec<Author> = parse_names(byline::names(&byline.names))
            .into_iter()
            .filter(|author| person::is_person(&author.name))
            .collect();
        if authors.is_empty() {
            found.reject(origin, &line.text, "does not name a person");
        } else {
            // If there are several bylines, the first usually belongs to this article, and the others to comments or
            // other pages. Each byline therefore has a lower weight than the one before it.
            found.add(authors, origin, &line.text, BYLINE_ABOVE - 0.05 * at as f32);
        }
    }
    if found.candidates.is_empty() {
        from_lines(&layout.lines, found);
    }
}

/// The number of paragraphs that are searched for a byline. The second paragraph is included because the first may be a
/// subtitle.
const MAX_PARAGRAPHS: usize = 2;

/// Adds the authors from the byline above a Markdown body: `*By Ann Lee · 3 May 2025*`, `_Posted on 2024-05-03 by Ann
/// Lee_`.
pub(super) fn from_outline(outline: &Outline, found: &mut CandidateSet<Vec<Author>>) {
    let byline = |paragraph: &&Paragraph| is_metadata_line(&paragraph.text) && byline::says_by(&paragraph.text);
    let Some(line) = outline.paragraphs.iter().take(MAX_PARAGRAPHS).find(byline) else {
        return;
    };
    let authors: Vec<Author> = parse_names(byline::names(&line.text))
        .into_iter()
        .filter(|author| person::is_person(&author.name))
        .collect();
    let origin = Origin::new(OriginKind::Visible, "byline", line.line);
    if authors.is_empty() {
        found.reject(origin, &line.text, "does not name a person");
    } else {
        found.add(authors, origin, &line.text, BYLINE_ABOVE);
    }
}

/// A name next to a date, or in a line with a date: right in 6 of 9 texts. The texts are from the labeled set described
/// at [`BYLINE_ABOVE`].
const BESIDE_A_DATE: f32 = 0.67;
/// The number of lines that are searched.
const MAX_LINES: usize = 16;
/// The maximum length of a line, in characters. A longer line is running text.
const MAX_LINE: usize = 120;

fn from_lines(lines: &[Line], found: &mut CandidateSet<Vec<Author>>) {
    for line in lines
        .iter()
        .take(MAX_LINES)
        .filter(|line| line.text.chars().count() <= MAX_LINE)
    {
        // A name in such a line belongs to a photographer or to the author of another article, or is part of the title.
        if matches!(line.role, Role::Caption | Role::Related | Role::Title) {
            continue;
        }
        // Only the position of the date is used, so the language does not matter: it affects only the order of day and
        // month.
        let date = written::find(&line.text, &DateContext::default())
            .first()
            .map(|date| date.range.clone());
        let Some(names) = byline::names_in_line(&line.text, date) else {
            continue;
        };
        let authors: Vec<Author> = parse_names(names)
            .into_iter()
            .filter(|author| person::is_person(&author.name))
            .collect();
        if !authors.is_empty() {
            found.add(
                authors,
                Origin::new(OriginKind::Visible, "line", line.line),
                &line.text,
                BESIDE_A_DATE,
            );
            return;
        }
    }
}
