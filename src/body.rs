//! The parts of an article's body that metadata is derived from, whatever the format of the body.

/// A paragraph of prose.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its plain text on one line.
    pub text: String,
    /// Its line in the file.
    pub line: u32,
}

/// A picture in a body.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its address as written.
    pub src: String,
    /// Its alternative text.
    pub alt: String,
    /// Its caption, from `figcaption` or a `title` attribute.
    pub caption: Option<String>,
    /// Its width in pixels, if stated.
    pub width: Option<u32>,
    /// Its line in the file.
    pub line: u32,
}
