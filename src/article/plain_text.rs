//! Plain text as scraped from pages: which lines are title, lead and prose, and which are furniture.

/// What each line of a plain text is.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// The lines that are not blank.
    pub lines: Vec<Line>,
    /// Headlines that the text may have, best first, with the evidence for each.
    pub titles: Vec<TitleGuess>,
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

/// Reads what a body holds; `first_line` is the line of the file that it starts on.
pub fn layout(_body: &str, _first_line: u32) -> Layout {
    Layout::default()
}

/// The dek and the body as raw HTML paragraphs, furniture left out.
pub fn to_html(_layout: &Layout) -> String {
    String::new()
}
