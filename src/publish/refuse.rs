//! Refuses builds for reasons that have nothing to do with what subscribers have: guesses, broken articles, no articles.

use super::{Options, guard, guard::Guard, survey::Survey};
use crate::{
    config::Config,
    error::Error,
    finding::{Finding, article as rules},
    ledger::Ledger,
};

/// Refuses a build with guesses that `--fail-on-guess` does not allow.
pub(super) fn refuse_guesses(survey: &mut Survey, entries: usize) -> Result<(), Error> {
    let is_guess = |finding: &Finding| finding.rule.id == rules::GUESS.id;
    let guesses = survey
        .findings
        .values()
        .filter(|findings| findings.iter().any(is_guess));
    let guesses = guesses.count();
    if guesses == 0 {
        return Ok(());
    }
    let message =
        format!("{guesses} of {entries} entries have a guessed field, which `--fail-on-guess` does not allow");
    let help = "add the guessed fields to the front matter; `feedwright explain FILE` shows where each value was found";
    Err(refused(survey, message, help.to_owned(), Vec::new()))
}

/// With `--strict`, refuses a build in which an article has errors.
pub(super) fn refuse_skipped(survey: &mut Survey, options: &Options) -> Result<(), Error> {
    let skipped = survey.skipped();
    if !options.strict || skipped == 0 {
        return Ok(());
    }
    let message = format!("{skipped} of {} articles cannot be published", survey.articles);
    let help = "fix these articles, or build without `--strict` to publish the others";
    Err(refused(survey, message, help.to_owned(), Vec::new()))
}

/// Refuses to publish if there are no entries for any feed, unless all published feeds are already empty.
pub(super) fn refuse_empty(
    survey: &mut Survey,
    entries: usize,
    before: &Ledger,
    config: &Config,
    options: &Options,
) -> Result<(), Error> {
    // Once a site has been emptied with `--allow-empty`, later builds do not need the option. A first build without
    // entries always needs it, because the ledger has no site yet.
    let is_empty_already = before.site.is_some() && before.has_no_entries();
    if entries > 0 || is_empty_already || options.allowed.contains(&Guard::Empty) {
        return Ok(());
    }
    let skipped = survey.skipped();
    let public = survey.articles - (skipped + survey.drafts + survey.scheduled + survey.expired).min(survey.articles);
    let (message, help) = if public > 0 {
        let message = format!("no feed includes any articles, although {public} could be published");
        let help = "check `select` and `limit` of the feeds in the configuration: no article matches the folders, \
                    categories, authors, languages or globs";
        (message, help)
    } else {
        let message = format!(
            "no articles to publish: {} found, {skipped} with errors, {} drafts, {} scheduled, {} expired",
            survey.articles, survey.drafts, survey.scheduled, survey.expired
        );
        let help = "articles are .md, .txt and .html files in the input folders; `feedwright explain FILE` shows what \
                    Feedwright reads from a file";
        (message, help)
    };
    let help = format!(
        "{help}; to publish empty feeds, build once with `{}`",
        Guard::Empty.option()
    );
    Err(refused(survey, message, help, guard::all_removed(before, config)))
}

/// The error for a refused build. It contains the findings so far, because they often explain why the build is refused.
fn refused(survey: &mut Survey, message: String, help: String, changes: Vec<String>) -> Error {
    Error::Refused {
        message,
        help,
        changes,
        findings: std::mem::take(&mut survey.findings).into_iter().collect(),
    }
}
