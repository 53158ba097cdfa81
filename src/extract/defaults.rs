//! Configured values for the articles in a folder. They apply to the fields for which an article gives no value, or
//! only a guess.

use super::{
    Author, Evidence,
    evidence::{CandidateSet, Derived, GUESS, Loser, Origin, OriginKind},
};
use crate::text::language::Language;

/// The configured values for the articles in a folder and its subfolders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Defaults {
    /// The folder, relative to the input folder, without a leading or trailing `/`. An empty path means all articles.
    pub folder: String,
    /// The articles' language.
    pub language: Option<Language>,
    /// The articles' authors; empty if not configured.
    pub authors: Vec<Author>,
    /// The articles' categories; empty if not configured.
    pub categories: Vec<String>,
}

/// The weight of a configured value. The weight was chosen by hand. It is above the limit for a guess, because the
/// value was written by a person who knows the folder, but only slightly, because the value was not written for this
/// particular article.
const CONFIGURED: f32 = 0.6;

/// Returns the derived value, unless there is none or it is only a guess. In these cases, returns the configured value
/// of the innermost folder that has one; if no folder has a value, returns `derived` unchanged.
pub(super) fn or_default<T: Clone>(
    derived: Option<Derived<T>>,
    evidence: &Evidence<'_>,
    value: impl Fn(&Defaults) -> Option<(T, String)>,
) -> Option<Derived<T>> {
    if derived.as_ref().is_some_and(|derived| derived.confidence >= GUESS) {
        return derived;
    }
    let Some((folder, (value, raw))) = innermost(evidence, value) else {
        return derived;
    };
    let mut found = CandidateSet::new();
    if let Some(guess) = derived {
        found.losers = guess.losers;
        found.losers.push(Loser {
            raw: guess.raw,
            origin: guess.origin,
            why: "only a guess".to_owned(),
        });
    }
    found.add(
        value,
        Origin::new(OriginKind::Configuration, folder, 0),
        &raw,
        CONFIGURED,
    );
    found.decide(|_| ())
}

/// The configured language of the innermost folder that contains the article and has a language.
pub(super) fn language<'a>(evidence: &Evidence<'a>) -> Option<&'a Language> {
    innermost(evidence, |defaults| defaults.language.as_ref()).map(|(_, language)| language)
}

fn innermost<'a, T>(evidence: &Evidence<'a>, value: impl Fn(&'a Defaults) -> Option<T>) -> Option<(&'a str, T)> {
    let around = evidence.context.defaults.iter().filter(|defaults| {
        let rest = evidence.article.path.strip_prefix(&defaults.folder);
        // The folder `news` does not contain `newsletter/a.md`.
        rest.is_some_and(|rest| defaults.folder.is_empty() || rest.starts_with('/'))
    });
    around
        .filter_map(|defaults| Some((defaults.folder.as_str(), value(defaults)?)))
        // All of these folders contain the article, so the folder with the longest path is the innermost.
        .max_by_key(|(folder, _)| folder.len())
}
