//! Candidates for a field, and [`decide`], which chooses among them.

mod decide;

pub use decide::decide;

use super::keys::MatchedKey;

/// A value found for a field.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    /// The value, parsed.
    pub value: T,
    /// Where the value was found.
    pub origin: Origin,
    /// The text that the value was parsed from.
    pub raw: String,
    /// How likely a value from this origin is right, from 0 to 1.
    ///
    /// Wherever labeled articles allow, this is the measured share of right values, with the counts beside the
    /// constant. `tests/weights/origins.py` measures the shares anew.
    pub weight: f32,
    /// Order of preference among front matter keys of the same weight: lower is preferred. 0 for all other origins.
    pub rank: u16,
    /// Remarks on how the text was read: `the scheme had one slash`.
    pub notes: Vec<String>,
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The kind of origin.
    pub kind: OriginKind,
    /// The key, meta name, property or element: `page_date`, `og:title`, `h1`. Empty if the kind says enough.
    pub key: String,
    /// The line of the file, 1-based; 0 if there is none (a file name).
    pub line: u32,
}

/// Kinds of origins. Equal values confirm each other only if their kinds differ, because origins of one kind are
/// seldom independent: a template that writes a wrong `og:title` writes the same into `twitter:title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginKind {
    /// A front matter key. It takes precedence over every other kind.
    FrontMatter,
    /// Structured data: JSON-LD, microdata.
    StructuredData,
    /// `meta`, `title` and `link` elements of the head.
    Head,
    /// Visible text: headings, bylines, dates, paragraphs.
    Visible,
    /// The address of the page, or the path of the file.
    FileName,
    /// The Git history of the file.
    Git,
    /// The configuration for the article's folder.
    Configuration,
    /// Cut from other text, because no origin names the field.
    Derived,
}

impl OriginKind {
    /// The name of the kind in JSON.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::FrontMatter => "front-matter",
            OriginKind::StructuredData => "structured-data",
            OriginKind::Head => "head",
            OriginKind::Visible => "visible",
            OriginKind::FileName => "file-name",
            OriginKind::Git => "git",
            OriginKind::Configuration => "configuration",
            OriginKind::Derived => "derived",
        }
    }
}

/// The value of a field, where it came from, and the values that were rejected for it.
#[derive(Debug, Clone)]
pub struct Derived<T> {
    /// The value.
    pub value: T,
    /// Where the value was found.
    pub origin: Origin,
    /// The text that the value was parsed from.
    pub raw: String,
    /// How likely the value is right, from 0 to 1.
    ///
    /// An exact front matter key gives 0.95, and other origins come near only if several kinds agree. A value below
    /// [`GUESS`] is a guess; one that was cut from other text is below 0.3.
    pub confidence: f32,
    /// Other kinds of origins with the same value, one origin for each kind.
    pub confirmed_by: Vec<Origin>,
    /// Remarks on how the text was read.
    pub notes: Vec<String>,
    /// The rejected values, and why each was rejected.
    pub losers: Vec<Loser>,
}

/// A rejected candidate.
#[derive(Debug, Clone)]
pub struct Loser {
    /// The text of the candidate.
    pub raw: String,
    /// Where the candidate was found.
    pub origin: Origin,
    /// Why it was rejected.
    pub why: String,
}

/// A value with a lower confidence is a guess: it is reported as such, and `--fail-on-guess` refuses to publish it.
pub const GUESS: f32 = 0.5;

/// The candidates for one field while they are collected, and the texts that could not be read as a value.
#[derive(Debug)]
pub(super) struct CandidateSet<T> {
    pub(super) candidates: Vec<Candidate<T>>,
    pub(super) losers: Vec<Loser>,
}

impl<T: Clone> CandidateSet<T> {
    pub(super) fn new() -> Self {
        CandidateSet {
            candidates: Vec::new(),
            losers: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, value: T, origin: Origin, raw: &str, weight: f32) {
        self.candidates.push(Candidate {
            value,
            origin,
            raw: raw.to_owned(),
            weight,
            rank: 0,
            notes: Vec::new(),
        });
    }

    /// Adds the value of a front matter key. Its `weight` is that of the key unless the value itself is doubtful.
    pub(super) fn add_key(&mut self, value: T, key: &MatchedKey<'_>, raw: &str, weight: f32) {
        self.candidates.push(Candidate {
            value,
            origin: Origin::front_matter(key),
            raw: raw.to_owned(),
            weight,
            rank: key.rank,
            notes: Vec::new(),
        });
    }

    /// Adds a remark to the candidate that was added last.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        if let Some(last) = self.candidates.last_mut() {
            last.notes.push(note.into());
        }
    }

    /// Records a text that cannot be a value of the field.
    pub(super) fn reject(&mut self, origin: Origin, raw: &str, why: impl Into<String>) {
        self.losers.push(Loser {
            raw: raw.to_owned(),
            origin,
            why: why.into(),
        });
    }

    /// Whether a front matter key gives the field a value.
    pub(super) fn has_front_matter(&self) -> bool {
        self.candidates
            .iter()
            .any(|candidate| candidate.origin.kind == OriginKind::FrontMatter)
    }

    /// Chooses the value; see [`decide`].
    pub(super) fn decide<K: PartialEq>(self, key: impl Fn(&T) -> K) -> Option<Derived<T>> {
        decide(self.candidates, self.losers, key)
    }
}

impl Origin {
    pub(super) fn new(kind: OriginKind, key: impl Into<String>, line: u32) -> Self {
        Origin {
            kind,
            key: key.into(),
            line,
        }
    }

    pub(super) fn front_matter(key: &MatchedKey<'_>) -> Self {
        Origin::new(OriginKind::FrontMatter, key.path.clone(), key.line)
    }
}
