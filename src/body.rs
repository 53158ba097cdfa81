//! The parts of an article's body that metadata is derived from. They are the same for all formats.

/// A paragraph of prose.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// The plain text, on one line.
    pub text: String,
    /// The line in the file.
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
    /// The line in the file.
    pub line: u32,
}
