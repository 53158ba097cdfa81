//! What the configuration says of the articles of a folder: it counts where an article says nothing itself.

use super::{
    Author, Evidence,
    evidence::{Derived, Found, GUESS, Kind, Loser, Origin},
};
use crate::text::language::Language;

/// The values of articles below a folder that name none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Defaults {
    /// The folder, relative to the input folder, without `/` at its ends; empty for all articles.
    pub folder: String,
    /// Their language.
    pub language: Option<Language>,
    /// Their authors; empty says nothing.
    pub authors: Vec<Author>,
    /// Their categories; empty says nothing.
    pub categories: Vec<String>,
}

/// Somebody who knows the folder wrote it down, but not of this article.
const CONFIGURED: f32 = 0.6;

/// The value of the deepest folder around the article that has one, if the article gives at most a guess.
pub(super) fn unless_known<T: Clone>(
    known: Option<Derived<T>>,
    evidence: &Evidence<'_>,
    value: impl Fn(&Defaults) -> Option<(T, String)>,
) -> Option<Derived<T>> {
    if known.as_ref().is_some_and(|known| known.confidence >= GUESS) {
        return known;
    }
    let Some((folder, (value, raw))) = deepest(evidence, value) else {
        return known;
    };
    let mut found = Found::new();
    if let Some(guess) = known {
        found.losers = guess.losers;
        found.losers.push(Loser {
            raw: guess.raw,
            origin: guess.origin,
            why: "it is only a guess".to_owned(),
        });
    }
    found.add(value, Origin::new(Kind::Configuration, folder, 0), &raw, CONFIGURED);
    found.decide(|_| ())
}

/// The language that the configuration gives the article's folder.
pub(super) fn language<'a>(evidence: &Evidence<'a>) -> Option<&'a Language> {
    deepest(evidence, |defaults| defaults.language.as_ref()).map(|(_, language)| language)
}

fn deepest<'a, T>(evidence: &Evidence<'a>, value: impl Fn(&'a Defaults) -> Option<T>) -> Option<(&'a str, T)> {
    let around = evidence.context.defaults.iter().filter(|defaults| {
        let rest = evidence.article.path.strip_prefix(&defaults.folder);
        rest.is_some_and(|rest| defaults.folder.is_empty() || rest.starts_with('/'))
    });
    around
        .filter_map(|defaults| Some((defaults.folder.as_str(), value(defaults)?)))
        .max_by_key(|(folder, _)| folder.len())
}
