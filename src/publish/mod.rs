//! The pipeline, read top to bottom: from the input folder to written feeds.

mod entries;
mod files;
mod guard;
mod guess;
mod hold;
pub mod import;
mod memory;
mod past;
mod standing;
mod survey;
mod twins;
mod window;

use std::path::PathBuf;

pub use guard::Guard;
pub use guess::Field;

use crate::{
    compare::Generation,
    config::Config,
    error::Error,
    extract,
    finding::{Finding, article as rules},
    ledger::Ledger,
    output::{self, Lock, Outcome},
    render::Format,
    source::git::History,
    time::Timestamp,
};

/// How to run a build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The present: later articles are held back, and undated ones are first seen now.
    pub now: Timestamp,
    /// Whether feeds and ledger are written; otherwise the outcome says what would happen.
    pub write: bool,
    /// Whether one article with an error refuses the whole build.
    pub strict: bool,
    /// Fields that must not be a guess in any published article; one that is refuses the whole build.
    pub fail_on_guess: Vec<Field>,
    /// What the guards let happen in this build.
    pub allowed: Vec<Guard>,
    /// Whether to wait for another build to end; otherwise it is an error.
    pub wait: bool,
    /// Whether to tell what subscribers see of it: [`Published::generations`].
    pub compare: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct Publication {
    /// Articles that were found.
    pub articles: usize,
    /// Articles that were left out because of an error.
    pub skipped: usize,
    /// Articles that are drafts.
    pub drafts: usize,
    /// Articles whose date lies in the future.
    pub scheduled: usize,
    /// Articles whose time has passed.
    pub expired: usize,
    /// The feeds, in the order of the configuration.
    pub feeds: Vec<Published>,
    /// What is wrong with articles: by path as it can be opened, in order; each not empty.
    pub findings: Vec<(PathBuf, Vec<Finding>)>,
}

/// One feed of a build.
#[derive(Debug)]
pub struct Published {
    /// Its file.
    pub path: PathBuf,
    /// Its format.
    pub format: Format,
    /// How many entries it holds.
    pub entries: usize,
    /// Its size.
    pub bytes: usize,
    /// What happened to the file, or would happen.
    pub outcome: Outcome,
    /// The feed as it was published and as it is now, if that was asked for.
    pub generations: Option<(Generation, Generation)>,
}

/// Builds every feed of a configuration. `progress` is called with the number of articles read so far, from any thread.
///
/// # Errors
/// What stops the program; then every published byte is as it was.
pub fn publish(config: &Config, options: &Options, progress: &(dyn Fn(usize) + Sync)) -> Result<Publication, Error> {
    // A build that is refused leaves no folder behind, so one that is not there yet is locked when all is ready.
    let is_there = output::is_there(&config.output);
    let early = (options.write && is_there)
        .then(|| lock(config, options.wait))
        .transpose()?;
    let before = past::ledger(config)?;
    let mut ledger = before.clone();
    // discover, read, and as much of extract as selection needs
    let history = history(config)?;
    let context = context(config, history.as_ref());
    let mut survey = survey::survey(config, &context, &ledger, options.now, progress)?;
    // extract and compose
    let entries = entries::compose(&mut survey, &mut ledger, config, &context, options)?;
    let held = hold::hold(&mut survey, &entries, &mut ledger, config, options.now)?;
    let published = entries.len() + held.values().map(Vec::len).max().unwrap_or(0);
    refuse_if_asked(&mut survey, published, &before, config, options)?;
    // select and render
    let files = files::render(&survey, &entries, &held, &mut ledger, config, options.now);
    ledger.failed = guard::accepted(&survey, config);
    files::judge(&files, options.now)?;
    guard::check(&before, &ledger, &files, &mut survey, config, options)?;
    let late = (options.write && !is_there)
        .then(|| lock(config, options.wait))
        .transpose()?;
    if late.is_some() && past::ledger(config)? != before {
        // Another first build was faster: what it published counts.
        drop(late);
        return publish(config, options, progress);
    }
    let generations = files.iter().filter(|_| options.compare);
    let generations = generations.map(|file| files::generations(file, &before, &ledger));
    let generations = generations.collect::<Result<Vec<_>, _>>()?;
    let outcomes = files::write(&files, &ledger, config, early.or(late).as_ref())?;
    Ok(report(survey, &files, &outcomes, generations))
}

fn lock(config: &Config, wait: bool) -> Result<Lock, Error> {
    if wait {
        Lock::wait(&config.output)
    } else {
        Lock::acquire(&config.output)
    }
}

/// Git's history of the input folders, if the configuration lets it date articles.
///
/// # Errors
/// As [`History::read`].
pub fn history(config: &Config) -> Result<Option<History>, Error> {
    config.git_dates.then(|| History::read(&config.input.paths)).transpose()
}

/// What a configuration tells the extractor.
pub fn context<'a>(config: &'a Config, history: Option<&'a History>) -> extract::Context<'a> {
    extract::Context {
        site: Some(&config.site.url),
        aliases: &config.aliases,
        defaults: &config.defaults,
        history,
        ..extract::Context::default()
    }
}

/// An empty feed, or one with a hole that the publisher asked to be told of, is not published.
fn refuse_if_asked(
    survey: &mut survey::Survey,
    entries: usize,
    before: &Ledger,
    config: &Config,
    options: &Options,
) -> Result<(), Error> {
    let is_guess = |finding: &Finding| finding.rule.id == rules::GUESS.id;
    let guesses = survey
        .findings
        .values()
        .filter(|findings| findings.iter().any(is_guess));
    let guesses = guesses.count();
    if guesses > 0 {
        return Err(Error::Refused {
            message: format!("{guesses} of {entries} entries rest on a guess where `--fail-on-guess` allows none"),
            help: "state what is missing; `feedwright explain FILE` shows what was found".to_owned(),
            changes: Vec::new(),
            findings: std::mem::take(&mut survey.findings).into_iter().collect(),
        });
    }
    let skipped = survey.skipped();
    if options.strict && skipped > 0 {
        return Err(Error::Refused {
            message: format!("{skipped} of {} articles cannot be published", survey.articles),
            help: "mend them, or build without `--strict` to publish the others".to_owned(),
            changes: Vec::new(),
            findings: std::mem::take(&mut survey.findings).into_iter().collect(),
        });
    }
    let is_empty_already = before.site.is_some() && before.holds_nothing();
    if entries > 0 || is_empty_already || options.allowed.contains(&Guard::Empty) {
        return Ok(());
    }
    let public = survey.articles - (skipped + survey.drafts + survey.scheduled + survey.expired).min(survey.articles);
    let (message, help) = if public > 0 {
        let message = format!("no feed takes an article, though {public} could be published");
        let help = "look at `select` and `limit` of the feeds in the configuration: folders, categories, authors, \
                    languages and globs must be those of articles";
        (message, help)
    } else {
        let message = format!(
            "no article to publish: {} found, {skipped} with errors, {} drafts, {} scheduled, {} expired",
            survey.articles, survey.drafts, survey.scheduled, survey.expired
        );
        let help = "articles are .md, .txt and .html files below the input folders; `feedwright explain FILE` shows \
                    what is read from one";
        (message, help)
    };
    Err(Error::Refused {
        message,
        help: format!(
            "{help}; if feeds without entries are meant, build once with `{}`",
            Guard::Empty.option()
        ),
        changes: guard::all_lost(before, config),
        findings: std::mem::take(&mut survey.findings).into_iter().collect(),
    })
}

fn report(
    survey: survey::Survey,
    files: &[files::Rendered],
    outcomes: &[Outcome],
    generations: Vec<(Generation, Generation)>,
) -> Publication {
    let mut generations = generations.into_iter();
    let feeds = files.iter().zip(outcomes).map(|(file, outcome)| Published {
        path: file.path.clone(),
        format: file.format,
        entries: file.ids.len(),
        bytes: file.bytes.len(),
        outcome: *outcome,
        generations: generations.next(),
    });
    Publication {
        articles: survey.articles,
        skipped: survey.skipped(),
        drafts: survey.drafts,
        scheduled: survey.scheduled,
        expired: survey.expired,
        feeds: feeds.collect(),
        findings: survey.findings.into_iter().collect(),
    }
}
