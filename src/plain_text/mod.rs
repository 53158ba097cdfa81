//! Plain text as scraped from pages: which lines are title, lead and prose, and which are furniture.
//!
//! Each line is seen by itself first (`shape`, `form`), then with its neighbors (`title`, `body`). The shape of lines
//! decides in any language; lists of words (`phrases`) are one kind of evidence.

mod body;
mod byline;
mod context;
mod credit;
mod dates;
mod end;
mod evidence;
mod folder;
mod form;
mod lead;
mod markup;
mod phrases;
mod sample;
mod shape;
mod title;

pub use folder::{Folder, Lesson};
pub use markup::to_html;
pub use sample::{Sample, TEXTS_OF_FOLDER, rank};

/// A guess below this is wrong so often that a title made of the lead serves readers better: of those from 0.22 to 0.3
/// 40 of 100 are the headline, of those from 0.18 to 0.22 there are 19 (text_news, by weights of other pages).
pub const LEAST_GUESS: f32 = 0.22;

/// What each line of a plain text is.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The lines that are not blank.
    pub lines: Vec<Line>,
    /// Headlines that the text may have, best first, with the evidence for each.
    pub titles: Vec<TitleGuess>,
    /// The paragraph that opens the body, as an index into `lines`.
    pub lead: Option<usize>,
    /// The sentence or two between headline and body, as an index into `lines`.
    pub dek: Option<usize>,
    /// Lines that name who wrote it, in order.
    pub bylines: Vec<Byline>,
    /// Where dates may stand, the likeliest first. Their shape says so; whether they are dates is not decided here.
    pub dates: Vec<DateSpot>,
    /// Captions and credits of pictures, in order.
    pub captions: Vec<Caption>,
    /// The name of the site, where a line of the page's foot tells it.
    pub site_name: Option<String>,
}

/// A line.
#[derive(Debug, Clone)]
pub struct Line {
    /// White space collapsed.
    pub text: String,
    /// Its line in the file.
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
    /// Who wrote it.
    Byline,
    /// When it was published or updated.
    Date,
    /// A caption or the credit of a picture.
    Caption,
    /// The name of an image file.
    ImageName,
    /// Home » Section » Title.
    Breadcrumb,
    /// "See also" and other links to other articles.
    Related,
    /// Buttons, menus, comment forms, footers, copyright lines.
    Furniture,
}

/// A line that may be the headline.
#[derive(Debug, Clone)]
pub struct TitleGuess {
    /// The headline.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
    /// From 0 to 1: how sure the shape of the text makes it.
    pub confidence: f32,
    /// The evidence for and against, in words.
    pub because: Vec<&'static str>,
}

/// A line that names who wrote the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// Its index in `lines`.
    pub index: usize,
    /// The line without the words that open it (`By`) and without its date; names and roles are not told apart.
    pub names: String,
}

/// A place that has the shape of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateSpot {
    /// Its index in `lines`.
    pub index: usize,
    /// The date as written, with its time of day.
    pub text: String,
    /// The words before it, if they say which date it is.
    pub label: Option<DateLabel>,
    /// What kind of line it stands in.
    pub place: DatePlace,
}

/// Which date a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateLabel {
    /// `Published`.
    Published,
    /// `Updated`.
    Updated,
}

/// Where a date stands; the first are the likeliest to be the article's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePlace {
    /// A line of its own, or with a byline, above the body.
    Head,
    /// The opening of the lead: `PARIS, Dec. 9, 2024 (Agency) —`.
    Dateline,
    /// Among other words above the body.
    HeadText,
    /// A line of its own in the body, near its top, or below it.
    Foot,
}

/// The caption of a picture, and its credit split off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Its index in `lines`.
    pub index: usize,
    /// What the picture shows.
    pub text: Option<String>,
    /// Who made the picture, without the word that announces it.
    pub credit: Option<String>,
}

/// Reads what a body holds; `first_line` is the line of the file that it starts on.
///
/// Headlines are looked for in the first forty lines that are not blank.
pub fn layout(body: &str, first_line: u32) -> Layout {
    let (lines, scans) = scan(body, first_line);
    lay_out(lines, &scans, None)
}

/// The same with what the other texts of the folder teach.
///
/// They have no say in the dates: a build has to date an article before it has read all of its folder.
pub fn layout_in(body: &str, first_line: u32, folder: &Folder) -> Layout {
    let (lines, mut scans) = scan(body, first_line);
    let dates = lay_out(lines.clone(), &scans, None).dates;
    folder.mark(&lines, &mut scans);
    Layout {
        dates,
        ..lay_out(lines, &scans, Some(folder))
    }
}

fn lay_out(lines: Vec<Line>, scans: &[form::Scan], folder: Option<&Folder>) -> Layout {
    let words = title::body_words(&lines, scans);
    let mut titles = title::guesses(&lines, scans, &words, folder);
    let names = titles
        .iter_mut()
        .map(|guess| folder.and_then(|folder| folder.cut_site_name(guess)));
    let site_name = names.fold(None, Option::or);
    let mut layout = body::assign(lines, scans, titles, &words);
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
            // Soft hyphens and zero-width blanks are hints for breaking lines; they make equal words differ.
            if text.contains(['\u{AD}', '\u{200B}']) {
                text.retain(|c| !matches!(c, '\u{AD}' | '\u{200B}'));
                text = crate::text::collapse(&text);
            }
            (!text.is_empty()).then_some(Line {
                text,
                line,
                role: Role::Furniture,
            })
        })
        .collect()
}

/// The value of a decimal digit of any script that scraped dates are written in.
fn decimal(c: char) -> Option<u32> {
    const ZEROS: [u32; 9] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xBE6, 0xE50, 0xFF10];
    let code = u32::from(c);
    ZEROS
        .into_iter()
        .find(|zero| (*zero..zero + 10).contains(&code))
        .map(|zero| code - zero)
}

/// Where dates may stand in one line.
pub(super) fn date_spans(line: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    dates::spans(line).into_iter().map(|span| span.bytes)
}

/// Whether a text is nothing but what introduces a date: `Published on`.
pub(super) fn is_date_label(text: &str) -> bool {
    let folded = form::fold(text, form::OPENING_CHARS);
    let hits = phrases::opening(&folded);
    text.len() == folded.len()
        && [phrases::Word::Published, phrases::Word::Updated]
            .iter()
            .any(|&word| hits.len(word) == text.len())
}
