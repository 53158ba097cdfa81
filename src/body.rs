//! Types for the parts of an article's body from which metadata is derived. All body formats use the same types.

/// A paragraph of prose.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// The plain text, on one line.
    pub text: String,
    /// The line in the file, counted from 1.
    pub line: u32,
}

/// A picture in a body.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The address as written.
    pub src: String,
    /// The alternative text.
    pub alt: String,
    /// The caption, from `figcaption` or a `title` attribute.
    pub caption: Option<String>,
    /// The width in pixels, if stated.
    pub width: Option<u32>,
    /// The line in the file, counted from 1.
    pub line: u32,
}
