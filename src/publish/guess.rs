//! Finds guessed values, for sites that do not accept guesses for some fields (`--fail-on-guess`).

use crate::{
    extract::{
        Metadata,
        evidence::{Derived, GUESS},
    },
    finding::{Finding, Location, article as rules},
};

/// A field for which guesses can be rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title. A title taken from the file name is a guess.
    Title,
    /// The publication date. The day of the first build and the file's modification time are guesses.
    Date,
    /// The summary.
    Summary,
    /// The authors.
    Authors,
    /// The language.
    Language,
    /// The main picture.
    Image,
    /// The categories.
    Categories,
    /// The permalink.
    Link,
}

impl Field {
    /// All fields with their names.
    pub const NAMED: [(&'static str, Field); 8] = [
        ("title", Field::Title),
        ("date", Field::Date),
        ("summary", Field::Summary),
        ("authors", Field::Authors),
        ("language", Field::Language),
        ("image", Field::Image),
        ("categories", Field::Categories),
        ("link", Field::Link),
    ];

    /// The name of the field.
    pub fn name(self) -> &'static str {
        let named = Field::NAMED.iter().find(|(_, field)| *field == self);
        named.map_or("", |(name, _)| *name)
    }
}

/// Returns one finding for each guessed field.
///
/// A missing field counts as a guess only if a substitute would be published. This applies to the title and the date,
/// which every entry must have.
pub(super) fn guesses(fields: &[Field], metadata: &Metadata) -> Vec<Finding> {
    let found = fields.iter().filter_map(|field| {
        let (state, substitute) = match field {
            Field::Title => (state_of(&metadata.title), Some("the file name")),
            Field::Date => (
                state_of(&metadata.published),
                Some("the file's modification time or the time of the first build"),
            ),
            Field::Summary => (state_of(&metadata.summary), None),
            Field::Authors => (state_of(&metadata.authors), None),
            Field::Language => (state_of(&metadata.language), None),
            Field::Image => (state_of(&metadata.image), None),
            Field::Categories => (state_of(&metadata.categories), None),
            Field::Link => (state_of(&metadata.link), None),
        };
        let name = field.name();
        match (state, substitute) {
            (State::Known, _) | (State::Missing, None) => None,
            (State::Guess(location, why), _) => Some((name, location, format!("`{name}` is a guess: {why}"))),
            (State::Missing, Some(substitute)) => {
                let message =
                    format!("`{name}` is a guess: no value was found in the article, so {substitute} is used");
                Some((name, Location::file(), message))
            }
        }
    });
    found
        .map(|(name, location, message)| {
            let help = format!("add `{name}:` to the front matter");
            Finding::new(&rules::GUESS, location, message).help(help)
        })
        .collect()
}

/// Whether a field has a value, and whether the value is a guess.
enum State {
    Known,
    Missing,
    Guess(Location, String),
}

fn state_of<T>(derived: &Option<Derived<T>>) -> State {
    let Some(derived) = derived else {
        return State::Missing;
    };
    if derived.confidence >= GUESS {
        return State::Known;
    }
    let origin = &derived.origin;
    let location = Location::line(origin.line);
    let from = match (origin.key.as_str(), origin.kind) {
        ("", kind) => kind.name(),
        (key, _) => key,
    };
    State::Guess(location, format!("confidence {:.2}, from `{from}`", derived.confidence))
}
