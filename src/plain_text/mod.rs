//! Plain text scraped from web pages: which lines are title, lead and prose, and which are boilerplate.
//!
//! Each line is classified by itself first (`shape`, `form`), then with its neighbors (`context`, `title`, `lead`,
//! `body`), then with the other texts of its folder (`folder`). The shape of lines works in any language; lists of
//! words (`phrases`) are additional evidence. The weights of the evidence are fitted to labeled texts (`weights`).

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

/// The confidence from which a guess is shown as the title. Below it, a title made of the lead serves readers better.
///
/// Measured on 580 labeled texts scraped from news pages, each scored by weights that were fitted to the others: with a
/// confidence from 0.22 to 0.3, 40 of 100 guesses are the headline, from 0.18 to 0.22 only 19.
pub const MIN_TITLE_CONFIDENCE: f32 = 0.22;

/// What each line of a plain text is.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// All lines that are not blank.
    pub lines: Vec<Line>,
    /// The lines that may be the headline, best first. At most four.
    pub titles: Vec<TitleGuess>,
    /// The paragraph with which the body starts, as an index into `lines`.
    pub lead: Option<usize>,
    /// The sentence or two between headline and body (the dek, also known as standfirst), as an index into `lines`.
    pub dek: Option<usize>,
    /// Lines that name the author, in the order of the text.
    pub bylines: Vec<Byline>,
    /// Possible publication dates, the likeliest first.
    ///
    /// They only have the shape of a date. Whether they are valid is decided by [`time`](crate::time).
    pub dates: Vec<DateCandidate>,
    /// Captions and credits of pictures, in the order of the text.
    pub captions: Vec<Caption>,
    /// The name of the site, if the footer or the headlines of the folder contain it.
    pub site_name: Option<String>,
}

/// A line of a scraped text.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its text, with white space collapsed.
    pub text: String,
    /// Its number in the file.
    pub line: u32,
    /// What it is.
    pub role: Role,
}

/// What a line of a scraped text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The headline, or a copy of it.
    Title,
    /// A sentence or two between headline and body.
    Dek,
    /// A paragraph of the body.
    Prose,
    /// A heading inside the body.
    Subheading,
    /// The name of the author.
    Byline,
    /// The date of publication or update.
    Date,
    /// A caption or the credit of a picture.
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
    /// Its line in the file.
    pub line: u32,
    /// An estimate of the probability that it is the headline, from 0 to 1.
    pub confidence: f32,
    /// The strongest evidence for and against it, in words.
    pub reasons: Vec<&'static str>,
}

/// A line that names the author of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// Its index in `lines`.
    pub index: usize,
    /// The line without its label (`By`) and its date. Names and roles are not separated.
    pub names: String,
}

/// A part of a line that has the shape of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateCandidate {
    /// Its index in `lines`.
    pub index: usize,
    /// The date as written, with its time of day.
    pub text: String,
    /// What the words before it say about it.
    pub label: Option<DateLabel>,
    /// Where it is in the text.
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

/// The position of a date. The variants are ordered by how likely such a date is that of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePosition {
    /// A line of its own, or with a byline, above the body.
    Head,
    /// At the start of the lead: `PARIS, Dec. 9, 2024 (Agency) —`.
    Dateline,
    /// Within other text above the body.
    HeadText,
    /// A line of its own near the top of the body, or below the body.
    Foot,
}

/// The caption of a picture, separated from its credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Its index in `lines`.
    pub index: usize,
    /// What the picture shows.
    pub text: Option<String>,
    /// Who made the picture, without the label (`Photo:`).
    pub credit: Option<String>,
}

/// Determines what each line of a text is. The text starts on line `first_line` of its file.
///
/// Headlines are looked for in the first forty lines that are not blank.
pub fn layout(body: &str, first_line: u32) -> Layout {
    let (lines, scans) = scan(body, first_line);
    assemble(lines, &scans, None)
}

/// Does the same as [`layout`], with the patterns of the other texts of the folder.
///
/// The dates are those of [`layout`]: a build has to date an article before it has read the whole folder.
pub fn layout_in_folder(body: &str, first_line: u32, folder: &FolderPatterns) -> Layout {
    let (lines, mut scans) = scan(body, first_line);
    // The positions of dates depend on the lead, and the lead on the lines that recur, so the dates need a layout
    // without the folder.
    let dates = assemble(lines.clone(), &scans, None).dates;
    folder.mark_recurring(&lines, &mut scans);
    Layout {
        dates,
        ..assemble(lines, &scans, Some(folder))
    }
}

fn assemble(lines: Vec<Line>, scans: &[form::Scan], folder: Option<&FolderPatterns>) -> Layout {
    // The headline is found first: the lead is looked for below it, and the roles of all lines depend on both.
    let words = title::body_words(&lines, scans);
    let mut titles = title::guesses(&lines, scans, &words, folder.and_then(FolderPatterns::title_line));
    let names = titles
        .iter_mut()
        .map(|guess| folder.and_then(|folder| folder.cut_site_name(guess)));
    // Not `find_map`, which would stop at the first name: every guess has to lose the name of the site.
    let site_name = names.fold(None, Option::or);
    let mut layout = body::assign(lines, scans, titles, &words);
    // The footer names the site outright. What headlines have in common is only probably its name.
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
            // Soft hyphens and zero-width spaces only say where a line may be broken, but make equal words differ.
            if text.contains(['\u{AD}', '\u{200B}']) {
                text.retain(|c| !matches!(c, '\u{AD}' | '\u{200B}'));
                text = crate::text::collapse(&text);
            }
            (!text.is_empty()).then_some(Line {
                text,
                line,
                // Until `body::assign` gives each line its role.
                role: Role::Boilerplate,
            })
        })
        .collect()
}

/// The value of a decimal digit: ASCII, Arabic, Persian, Devanagari, Bengali, Gurmukhi, Tamil, Thai or full-width.
fn digit_value(c: char) -> Option<u32> {
    // `char::to_digit` reads only ASCII, but Arabic, Hindi or Thai pages write dates in their own digits.
    const ZEROS: [u32; 9] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xBE6, 0xE50, 0xFF10];
    let code = u32::from(c);
    ZEROS
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&code))
        .map(|zero| code - zero)
}

/// The byte ranges of a line that have the shape of a date.
pub(super) fn date_spans(line: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    dates::spans(line).into_iter().map(|span| span.bytes)
}

/// Whether a text consists only of a label for a date: `Published on`.
pub(super) fn is_date_label(text: &str) -> bool {
    let folded = phrases::fold(text, phrases::OPENING_CHARS);
    let cues = phrases::cues(&folded);
    // `fold` cuts a longer text, so this also requires that the text is short enough for a label.
    text.len() == folded.len()
        && [Cue::Published, Cue::Updated]
            .iter()
            .any(|&cue| cues.len(cue) == text.len())
}
