//! Candidates for a field, and the one function that picks among them.

mod decide;

pub use decide::decide;

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
    /// The history that Git keeps of the file.
    Git,
    /// What the configuration says of the article's folder.
    Configuration,
    /// Cut from other text, because nothing names the field.
    Derived,
}

impl Kind {
    /// The name of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Kind::FrontMatter => "front-matter",
            Kind::StructuredData => "structured-data",
            Kind::Head => "head",
            Kind::Visible => "visible",
            Kind::FileName => "file-name",
            Kind::Git => "git",
            Kind::Configuration => "configuration",
            Kind::Derived => "derived",
        }
    }
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

/// The candidates for one field while they are collected, and the readings that were refused.
#[derive(Debug)]
pub(super) struct Found<T> {
    pub(super) candidates: Vec<Candidate<T>>,
    pub(super) losers: Vec<Loser>,
}

impl<T: Clone> Found<T> {
    pub(super) fn new() -> Self {
        Found {
            candidates: Vec::new(),
            losers: Vec::new(),
        }
    }

    /// Adds a candidate; its notes can be pushed to what is returned.
    pub(super) fn add(&mut self, value: T, origin: Origin, raw: &str, weight: f32) {
        self.candidates.push(Candidate {
            value,
            origin,
            raw: raw.to_owned(),
            weight,
            notes: Vec::new(),
        });
    }

    /// Adds a remark on the last candidate.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        if let Some(last) = self.candidates.last_mut() {
            last.notes.push(note.into());
        }
    }

    /// Keeps a reading that cannot be a value.
    pub(super) fn refuse(&mut self, origin: Origin, raw: &str, why: impl Into<String>) {
        self.losers.push(Loser {
            raw: raw.to_owned(),
            origin,
            why: why.into(),
        });
    }

    /// Candidates are the same where `key` says the same of them; it is asked once for each.
    pub(super) fn decide<K: PartialEq>(self, key: impl Fn(&T) -> K) -> Option<Derived<T>> {
        decide(self.candidates, self.losers, key)
    }
}

impl Origin {
    pub(super) fn new(kind: Kind, key: impl Into<String>, line: u32) -> Self {
        Origin {
            kind,
            key: key.into(),
            line,
        }
    }
}
