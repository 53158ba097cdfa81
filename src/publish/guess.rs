//! What a publisher may demand: that fields of published articles are known and not guessed.

use crate::{
    extract::{
        Metadata,
        evidence::{Derived, GUESS},
    },
    finding::{Finding, Location, article as rules},
};

/// A field that may be demanded to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The title; a file's name in its place is a guess.
    Title,
    /// The date of publication; a day on which the ledger first saw the article, or its file's time, is a guess.
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
    /// All fields, with their names.
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

/// A finding for each of the fields that is a guess. What the article lacks and no feed stands in for is none.
pub(super) fn guesses(fields: &[Field], metadata: &Metadata) -> Vec<Finding> {
    let found = fields.iter().filter_map(|field| {
        let (guess, stand_in) = match field {
            Field::Title => (of(&metadata.title), Some("the name of the file")),
            Field::Date => (
                of(&metadata.published),
                Some("the time of the file, or the day on which it was first seen,"),
            ),
            Field::Summary => (of(&metadata.summary), None),
            Field::Authors => (of(&metadata.authors), None),
            Field::Language => (of(&metadata.language), None),
            Field::Image => (of(&metadata.image), None),
            Field::Categories => (of(&metadata.categories), None),
            Field::Link => (of(&metadata.link), None),
        };
        let name = field.name();
        match (guess, stand_in) {
            (Sight::Known, _) | (Sight::Nothing, None) => None,
            (Sight::Guess(place, why), _) => Some((name, place, format!("the {name} is a guess: {why}"))),
            (Sight::Nothing, Some(stand_in)) => {
                let message = format!("the {name} is a guess: {stand_in} would stand for it");
                Some((name, Location::file(), message))
            }
        }
    });
    found
        .map(|(name, place, message)| {
            let help = format!("state it in the front matter, as `{name}:`");
            Finding::new(&rules::GUESS, place, message).help(help)
        })
        .collect()
}

/// How well a field is known.
enum Sight {
    Known,
    Nothing,
    Guess(Location, String),
}

fn of<T>(derived: &Option<Derived<T>>) -> Sight {
    let Some(derived) = derived else { return Sight::Nothing };
    if derived.confidence >= GUESS {
        return Sight::Known;
    }
    let origin = &derived.origin;
    let place = Location::line(origin.line);
    let from = match (origin.key.as_str(), origin.kind) {
        ("", kind) => kind.name(),
        (key, _) => key,
    };
    Sight::Guess(place, format!("confidence {:.2}, from `{from}`", derived.confidence))
}
