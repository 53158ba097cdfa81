//! Candidates for a field, and [`decide`], which chooses among them.

mod decide;

pub use decide::decide;

use super::keys::MatchedKey;

/// A value found for a field.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    /// The parsed value.
    pub value: T,
    /// Where the value was found.
    pub origin: Origin,
    /// The text that the value was parsed from.
    pub raw: String,
    /// The probability that a value from this origin is right, from 0 to 1.
    ///
    /// If there are enough labeled articles, this is the measured share of right values, and the comment on the
    /// constant that defines the weight gives the counts. `tests/weights/origins.py` repeats the measurement.
    pub weight: f32,
    /// The order of preference among front matter keys with the same weight: the key with the lower rank is preferred.
    /// The rank is 0 for all other origins.
    pub rank: u16,
    /// Remarks about how the text was read, such as `the scheme was followed by only one slash`.
    pub notes: Vec<String>,
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The kind of origin.
    pub kind: OriginKind,
    /// The key, meta name, property or element: `page_date`, `og:title`, `h1`. Empty if the kind alone identifies the
    /// origin.
    pub key: String,
    /// The line in the file, counted from 1; 0 if the value is not in the file's text but, for example, in the file
    /// name.
    pub line: u32,
}

/// Kinds of origins. Equal values confirm each other only if they have origins of different kinds, because origins of
/// the same kind are seldom independent: a template that writes a wrong title to `og:title` also writes it to
/// `twitter:title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OriginKind {
    /// A front matter key. It takes precedence over every other kind.
    FrontMatter,
    /// Structured data: JSON-LD, microdata.
    StructuredData,
    /// `meta`, `title` and `link` elements in the page's `head`.
    Head,
    /// Visible text: headings, bylines, dates, paragraphs.
    Visible,
    /// The page's address, or the file's path.
    FileName,
    /// The file's Git history.
    Git,
    /// The configuration for the article's folder.
    Configuration,
    /// Derived from other text, because no origin declares the field.
    Derived,
}

impl OriginKind {
    /// The kind's name in JSON.
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

/// The value of a field, its origin, and the candidates that were rejected.
#[derive(Debug, Clone)]
pub struct Derived<T> {
    /// The value.
    pub value: T,
    /// Where the value was found.
    pub origin: Origin,
    /// The text that the value was parsed from.
    pub raw: String,
    /// The probability that the value is right, from 0 to 1.
    ///
    /// A front matter key that clearly names the field gives 0.95. For most other origins, the confidence is lower
    /// unless several kinds agree. A value whose confidence is below [`GUESS`] is a guess. If no origin declares the
    /// field and the value is derived from other text, the confidence is below 0.3.
    pub confidence: f32,
    /// The origins of other kinds that give the same value and therefore confirm it. Only the best origin of each kind
    /// is listed.
    pub confirmed_by: Vec<Origin>,
    /// Remarks about how the text was read.
    pub notes: Vec<String>,
    /// The rejected values, and why each of them was rejected.
    pub losers: Vec<Loser>,
}

impl<T> Derived<T> {
    /// Whether the value was derived from the file's path or the page's address, and therefore adds no information to
    /// them.
    pub fn is_file_name(&self) -> bool {
        self.origin.kind == OriginKind::FileName
    }

    /// Whether the value was derived from other text, because nothing declares the field.
    pub fn is_from_text(&self) -> bool {
        self.origin.kind == OriginKind::Derived
    }
}

/// A rejected candidate.
#[derive(Debug, Clone)]
pub struct Loser {
    /// The text of the candidate.
    pub raw: String,
    /// Where the candidate was found.
    pub origin: Origin,
    /// Why the candidate was rejected.
    pub why: String,
}

/// A value whose confidence is below this limit is reported as a guess, and `--fail-on-guess` prevents its publication.
/// The limit is one half, because a value with a lower confidence is more likely to be wrong than right.
pub const GUESS: f32 = 0.5;

/// The candidates that have been collected for one field, and the text that could not be read as a value.
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

    /// Adds the value of a front matter key. `weight` is the key's own weight, or a lower weight if the value itself is
    /// doubtful.
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

    /// Adds a remark to the most recently added candidate.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        if let Some(last) = self.candidates.last_mut() {
            last.notes.push(note.into());
        }
    }

    /// Records text that is not a valid value for the field.
    pub(super) fn reject(&mut self, origin: Origin, raw: &str, why: impl Into<String>) {
        self.losers.push(Loser {
            raw: raw.to_owned(),
            origin,
            why: why.into(),
        });
    }

    /// Whether one of the candidates is from front matter.
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
