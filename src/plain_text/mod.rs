//! Determines the role of each line in plain text scraped from web pages: title, lead, prose or boilerplate.
//!
//! Each line is classified first by itself (`shape`, `form`), then in the context of its neighbors (`context`, `title`,
//! `lead`, `body`), and then by comparison with the other articles in its folder (`folder`). The shape of a line is
//! evidence in any language; lists of phrases (`phrases`) are additional evidence in about thirty languages. The
//! weights of the evidence are fitted to labeled texts (`weights`).

mod body;
mod body_end;
mod byline;
mod context;
mod credit;
mod dates;
mod folder;
mod form;
mod lead;
mod markup;
mod phrases;
mod sample;
mod shape;
#[cfg(test)]
mod tests;
mod title;
mod weights;

use phrases::Cue;

pub use folder::{FolderPatterns, Observation};
pub use markup::to_html;
pub use sample::{MAX_TEXTS_PER_FOLDER, Sample, sample_rank};

/// The minimum confidence at which a guess becomes the title. If no guess reaches it, a title made from the lead is
/// more useful to readers.
///
/// In cross-validation on 580 labeled texts scraped from news pages, 40% of the guesses with a confidence from 0.22 to
/// 0.3 are right, but only 19% of those with a confidence from 0.18 to 0.22.
pub const MIN_TITLE_CONFIDENCE: f32 = 0.22;

/// The role of each line in a plain-text article.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// All lines that are not blank.
    pub lines: Vec<Line>,
    /// Up to four lines that may be the headline, best first.
    pub titles: Vec<TitleGuess>,
    /// The index in `lines` of the body's first paragraph.
    pub lead: Option<usize>,
    /// The index in `lines` of the dek (or standfirst): one or two sentences between the headline and the body.
    pub dek: Option<usize>,
    /// Lines that name the author, in the order of the text.
    pub bylines: Vec<Byline>,
    /// Possible published dates, the most likely first.
    ///
    /// They are only strings that look like dates. [`time`](crate::time) decides whether they are valid.
    pub dates: Vec<DateCandidate>,
    /// Picture captions and credits, in the order of the text.
    pub captions: Vec<Caption>,
    /// The site's name, if the footer or the headlines in the folder contain it.
    pub site_name: Option<String>,
}

/// A line in scraped text.
#[derive(Debug, Clone)]
pub struct Line {
    /// The line's text, with white space collapsed.
    pub text: String,
    /// The line number in the file.
    pub line: u32,
    /// The line's role in the text.
    pub role: Role,
}

/// The role of a line in scraped text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The headline, or a copy of it.
    Title,
    /// One or two sentences between the headline and the body.
    Dek,
    /// A paragraph of the body.
    Prose,
    /// A heading inside the body.
    Subheading,
    /// The name of the author.
    Byline,
    /// The published or updated date.
    Date,
    /// A picture caption or credit.
    Caption,
    /// The name of an image file.
    ImageName,
    /// `Home » Section » Title`.
    Breadcrumb,
    /// `See also`, or a link to another article.
    Related,
    /// Buttons, menus, comment forms, footers, copyright lines.
    Boilerplate,
}

/// A line that may be the headline.
#[derive(Debug, Clone)]
pub struct TitleGuess {
    /// The headline.
    pub text: String,
    /// The number of the headline's line in the file.
    pub line: u32,
    /// The estimated probability that the line is the headline, from 0 to 1.
    pub confidence: f32,
    /// The strongest evidence for and against the guess, in words.
    pub reasons: Vec<&'static str>,
}

/// A line that names the article's author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// The index of the line in `lines`.
    pub index: usize,
    /// The line without its label (`By`) and its date. It may contain several names, and also roles such as `editor`.
    pub names: String,
}

/// A part of a line that looks like a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateCandidate {
    /// The index of the line in `lines`.
    pub index: usize,
    /// The date as written, including its time of day.
    pub text: String,
    /// The label before the date, if there is one.
    pub label: Option<DateLabel>,
    /// The position of the date in the text.
    pub position: DatePosition,
}

/// The label of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLabel {
    /// `Published`.
    Published,
    /// `Updated`.
    Updated,
}

/// The position of a date in the text. The variants are ordered by how likely a date at that position is to be the
/// article's date, most likely first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePosition {
    /// Above the body, on a separate line or on a line with a byline.
    Head,
    /// At the start of the lead: `PARIS, Dec. 9, 2024 (Agency) —`.
    Dateline,
    /// Above the body, as part of a longer line.
    HeadText,
    /// On a separate line, near the top of the body or below the body.
    Foot,
}

/// A picture caption, separated from its credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// The index of the line in `lines`.
    pub index: usize,
    /// What the picture shows.
    pub text: Option<String>,
    /// Who made the picture, without the label (`Photo:`).
    pub credit: Option<String>,
}

/// Determines the role of each line in a text that starts on line `first_line` of its file.
///
/// Only the first forty lines that are not blank are searched for the headline.
pub fn layout(body: &str, first_line: u32) -> Layout {
    let (lines, scans) = scan(body, first_line);
    assemble(lines, &scans, None)
}

/// Does the same as [`layout`], but also uses patterns from the other articles in the folder.
///
/// The dates are the same as those from [`layout`], because a build needs an article's date before it has read the
/// whole folder.
pub fn layout_in_folder(body: &str, first_line: u32, folder: &FolderPatterns) -> Layout {
    let (lines, mut scans) = scan(body, first_line);
    // The positions of dates depend on the lead, and the lead depends on recurring lines. Therefore, the dates are
    // taken from a layout that was determined without the folder's patterns. The lines of that layout can be reused,
    // because all roles are assigned again.
    let Layout { dates, lines, .. } = assemble(lines, &scans, None);
    folder.mark_recurring(&lines, &mut scans);
    Layout {
        dates,
        ..assemble(lines, &scans, Some(folder))
    }
}

fn assemble(lines: Vec<Line>, scans: &[form::Scan], folder: Option<&FolderPatterns>) -> Layout {
    // The headline is found first, because the search for the lead starts below the headline, and the roles of all
    // lines depend on both.
    let words = title::body_words(&lines, scans);
    let mut titles = title::guesses(&lines, scans, &words, folder.and_then(FolderPatterns::title_line));
    let names = titles
        .iter_mut()
        .map(|guess| folder.and_then(|folder| folder.cut_site_name(guess)));
    // `find_map` would stop at the first name, but the site's name must be removed from every guess.
    let site_name = names.fold(None, Option::or);
    let mut layout = body::assign(lines, scans, titles, &words);
    // The name in a footer phrase takes precedence, because the phrase names the site explicitly. A part that several
    // headlines have in common may be something else.
    layout.site_name = layout.site_name.or(site_name);
    layout
}

fn scan(body: &str, first_line: u32) -> (Vec<Line>, Vec<form::Scan>) {
    let lines = lines(body, first_line);
    let scans = context::scan(&lines);
    (lines, scans)
}

fn lines(body: &str, first_line: u32) -> Vec<Line> {
    body.split('\n')
        .zip(first_line..)
        .filter_map(|(raw, line)| {
            let mut text = crate::text::collapse(raw);
            // Soft hyphens and zero-width spaces only mark possible line breaks, but they would make equal words
            // differ.
            if text.contains(['\u{AD}', '\u{200B}']) {
                text.retain(|c| !matches!(c, '\u{AD}' | '\u{200B}'));
                text = crate::text::collapse(&text);
            }
            (!text.is_empty()).then_some(Line {
                text,
                line,
                // A placeholder until `body::assign` sets the role of each line.
                role: Role::Boilerplate,
            })
        })
        .collect()
}

/// The value of a decimal digit, which may be ASCII, Arabic, Persian, Devanagari, Bengali, Gurmukhi, Tamil, Thai or
/// full-width.
fn digit_value(c: char) -> Option<u32> {
    // `char::to_digit` supports only ASCII, but some Arabic, Hindi and Thai pages use the digits of their own scripts.
    const ZEROS: [u32; 9] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xBE6, 0xE50, 0xFF10];
    let code = u32::from(c);
    ZEROS
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&code))
        .map(|zero| code - zero)
}

/// The byte ranges of the parts of a line that look like dates.
pub(super) fn date_spans(line: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    dates::spans(line).into_iter().map(|span| span.bytes)
}

/// Whether the text consists only of a label for a date, such as `Published on`.
pub(super) fn is_date_label(text: &str) -> bool {
    let folded = phrases::fold(text, phrases::OPENING_CHARS);
    let cues = phrases::cues(&folded);
    // `fold` truncates a text that is too long for a label, so the two lengths then differ.
    text.len() == folded.len()
        && [Cue::Published, Cue::Updated]
            .iter()
            .any(|&cue| cues.len(cue) == text.len())
}
