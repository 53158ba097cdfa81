//! The pipeline from the input folder to the written feeds. This file can be read from top to bottom.

mod abandoned;
pub(crate) mod authority;
mod change_summary;
mod collisions;
mod copies;
mod eligibility;
mod entries;
mod files;
mod guard;
mod guess;
pub(crate) mod identify;
mod invalid;
mod isolate;
pub(crate) mod ledger_or_feeds;
mod published;
mod read_back;
mod records;
mod refuse;
mod retain;
pub(crate) mod shortlist;
pub(crate) mod survey;
mod taken;

use std::path::PathBuf;

pub use guard::Guard;
pub use guess::Field;

use crate::{
    compare::Generation,
    config::Config,
    error::Error,
    extract,
    finding::Finding,
    ledger::Ledger,
    model::Entry,
    output::{self, Lock, Outcome},
    render::Format,
    source::git::History,
    time::Timestamp,
};
use invalid::{LeftOut, invalid_entries};
use ledger_or_feeds::Before;
use refuse::{refuse_empty, refuse_guesses, refuse_skipped};
use survey::Survey;

/// How to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// The current time. Articles with a later date are held back, and this time becomes the date of new undated
    /// articles.
    pub now: Timestamp,
    /// Whether to write the feeds and the ledger. If not, the outcomes say what would happen.
    pub write: bool,
    /// Whether the build is refused if any article has an error.
    pub strict: bool,
    /// Fields that must not be guessed: the build is refused if one of them is a guess in any published article.
    pub fail_on_guess: Vec<Field>,
    /// The guards that are disabled for this build.
    pub allowed: Vec<Guard>,
    /// Whether to wait for another build to finish. If not, a lock held by another build is an error.
    pub wait: bool,
    /// Whether to fill [`Published::generations`], which shows what changes for subscribers.
    pub compare: bool,
}

/// The result of a build.
#[derive(Debug)]
pub struct Publication {
    /// How many articles were found.
    pub articles: usize,
    /// How many articles were skipped because of an error.
    pub skipped: usize,
    /// How many articles are drafts.
    pub drafts: usize,
    /// How many articles have a future date.
    pub scheduled: usize,
    /// How many articles have expired.
    pub expired: usize,
    /// The feeds in the order of the configuration.
    pub feeds: Vec<Published>,
    /// Published feeds that the configuration no longer contains, each with its number of entries. The files still
    /// exist, but builds no longer write them.
    pub abandoned: Vec<(PathBuf, usize)>,
    /// The articles that have findings, each with the path to open. Sorted by path.
    pub findings: Vec<(PathBuf, Vec<Finding>)>,
}

/// One feed of a build.
#[derive(Debug)]
pub struct Published {
    /// The path of the feed file.
    pub path: PathBuf,
    /// The format.
    pub format: Format,
    /// The number of entries.
    pub entries: usize,
    /// The size in bytes.
    pub bytes: usize,
    /// What happened to the file, or would happen in a dry run.
    pub outcome: Outcome,
    /// The published feed and the new one, if [`Options::compare`] is set.
    pub generations: Option<(Generation, Generation)>,
}

/// Builds every feed of a configuration and writes what changed.
///
/// Any thread may call `progress`, which gets the number of articles read so far.
///
/// # Errors
/// Returns an error if the build cannot finish or is refused. In that case, no published file has been changed.
pub fn publish(config: &Config, options: &Options, progress: &(dyn Fn(usize) + Sync)) -> Result<Publication, Error> {
    config.check_paths()?;
    // The lock is taken before the ledger is read, so that no other build can publish until this build has written the
    // ledger. If there is no output folder yet, as in a first build, there is nothing to lock. In that case, the folder
    // is created and locked only when the feeds are ready to be written, because a refused build must not leave a
    // folder behind.
    let has_folder = output::folder_exists(&config.output);
    let mut lock = None;
    // A dry run takes no lock: it writes nothing, not even the lock file.
    if options.write && has_folder {
        lock = Some(lock_output(config, options.wait)?);
    }
    let load = || {
        let mut before = ledger_or_feeds::load(config)?;
        if options.allowed.contains(&Guard::Clock) {
            before.ledger.take_back_dates(options.now);
        }
        Ok::<_, Error>(before)
    };
    let mut before = load()?;
    let options = &Options {
        now: guard::not_before_last_build(options.now, &before.ledger),
        ..options.clone()
    };
    let mut build = Build::run(config, options, &before, progress)?;
    if options.write && !has_folder {
        lock = Some(lock_output(config, options.wait)?);
        // If another first build has published in the meantime, this build starts over with the published ids, now
        // under the lock. tests/faults/crowd.py lets a hundred first builds compete.
        let current = load()?;
        if current.ledger != before.ledger {
            before = current;
            build = Build::run(config, options, &before, progress)?;
        }
    }
    // This must come before the write, which replaces the published files.
    let generations = build.generations(&before, options)?;
    let outcomes = files::write(&build.files, &build.ledger, config, lock.as_ref())?;
    Ok(build.into_publication(&outcomes, generations))
}

/// Locks the output folder and the ledger. Creates the output folder if it does not exist.
pub(crate) fn lock_output(config: &Config, wait: bool) -> Result<Lock, Error> {
    let lock = match wait {
        true => Lock::wait(&config.output),
        false => Lock::acquire(&config.output),
    };
    lock?.with_ledger(&config.ledger, wait)
}

/// What the stages do differently when they run again.
#[derive(Default)]
struct Corrections {
    /// The entries that would make a feed invalid. This should never happen; see `invalid`.
    left_out: LeftOut,
    /// The value of [`Survey::failed`], which is determined in the first round; `None` until then.
    failed: Option<usize>,
    /// The number of articles that each shortlist contains in addition to the feed's limit, to replace articles that
    /// cannot be published.
    spare: usize,
}

/// A complete build that has passed all checks but is not yet written.
struct Build {
    survey: Survey,
    files: Vec<files::Rendered>,
    ledger: Ledger,
    abandoned: Vec<(PathBuf, usize)>,
}

impl Build {
    /// Runs, in order, every stage that does not write files.
    fn run(
        config: &Config,
        options: &Options,
        before: &Before,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Build, Error> {
        let (published, before) = (before, &before.ledger);
        let history = history(config)?;
        let context = context(config, history.as_ref());
        // Discover, read and select. Every article is read once, and several are read in parallel. Only articles that a
        // feed may contain are kept. The stages run again if they have left a place in a full feed empty, because of a
        // duplicate, for example; this is rare.
        let mut corrections = Corrections::default();
        let (mut survey, files, mut ledger) = loop {
            let spare = corrections.spare;
            let mut survey = survey::survey(config, &context, before, options.now, spare, progress)?;
            let valid = render_valid(&mut survey, &mut corrections, published, config, &context, options)?;
            if let Some((files, ledger)) = valid {
                break (survey, files, ledger);
            }
        };
        ledger.retire_ids(before);
        ledger.move_links(before);
        let abandoned = abandoned::find(before, config);
        ledger.outputs = abandoned.outputs;
        // The number of broken articles is recorded even for a first build, because an archive may contain many from
        // the start. No guard refuses a first build because of broken articles. A guard refuses a later build for this
        // reason only if the build has more broken articles than the recorded number.
        ledger.accepted_failures = guard::accepted_failures(&survey, config);
        ledger.confirmed_clock = guard::confirmed_clock(before, options);
        ledger.recent = guard::check(published, &ledger, &files, &mut survey, config, options)?;
        Ok(Build {
            survey,
            files,
            ledger,
            abandoned: abandoned.feeds,
        })
    }

    /// The published and the new generation of each feed; empty unless the options ask for them.
    fn generations(&self, before: &Before, options: &Options) -> Result<Vec<(Generation, Generation)>, Error> {
        let files = self.files.iter().filter(|_| options.compare);
        files
            .map(|file| files::generations(file, &self.survey, before, &self.ledger))
            .collect()
    }

    fn into_publication(self, outcomes: &[Outcome], generations: Vec<(Generation, Generation)>) -> Publication {
        let mut generations = generations.into_iter();
        let feeds = self.files.iter().zip(outcomes).map(|(file, outcome)| Published {
            path: file.path.clone(),
            format: file.format,
            entries: file.ids.len(),
            bytes: file.bytes.len(),
            outcome: *outcome,
            generations: generations.next(),
        });
        let survey = self.survey;
        Publication {
            articles: survey.articles,
            skipped: survey.skipped(),
            drafts: survey.drafts,
            scheduled: survey.scheduled,
            expired: survey.expired,
            feeds: feeds.collect(),
            abandoned: self.abandoned,
            findings: survey.findings.into_iter().collect(),
        }
    }
}

/// Runs the stages from extracting to validating. Returns the valid feeds and the ledger. If a full feed would get too
/// few entries or an entry would make a feed invalid, adds this to `corrections` and returns `None`.
fn render_valid(
    survey: &mut Survey,
    corrections: &mut Corrections,
    Before {
        ledger: before, feeds, ..
    }: &Before,
    config: &Config,
    context: &extract::Context<'_>,
    options: &Options,
) -> Result<Option<(Vec<files::Rendered>, Ledger)>, Error> {
    // The stages change a copy of the ledger, which the guards compare with the original. If the build is refused, the
    // copy is discarded.
    let mut ledger = before.clone();
    let now = options.now;
    // Extract the other metadata, find each article's record, and compose entries.
    let entries = entries::compose(survey, &corrections.left_out, &mut ledger, config, context, options)?;
    // This must come after composing, which can find errors in more articles.
    let left_out = &corrections.left_out.retained;
    let retained = retain::retain(survey, left_out, &entries, feeds, &mut ledger, config, now);
    survey.failed = *corrections.failed.get_or_insert(survey.skipped());
    let missing = files::missing(survey, &entries, &retained, config, corrections.spare);
    if missing > 0 {
        // The number at least doubles, so that a folder full of duplicates takes few rounds.
        corrections.spare += missing.max(corrections.spare);
        return Ok(None);
    }
    // The feeds retain mostly the same entries, so the highest count is used instead of the sum. The resulting total
    // need not be exact: it is used only in messages, and to determine whether there is anything to publish.
    let published = entries.len() + retained.values().map(Vec::len).max().unwrap_or(0);
    refuse_guesses(survey, published)?;
    refuse_skipped(survey, options)?;
    refuse_empty(survey, published, before, config, options)?;
    let sources = files::Sources {
        survey,
        entries: &entries,
        retained: &retained,
        config,
        now,
    };
    // Render each feed within its limits.
    let files = sources.render(&mut ledger);
    // This must come before the guards, so that an invalid feed is reported even if a guard would refuse the build.
    let rebuild = |file: &files::Rendered| sources.rebuild(file, &ledger);
    let is_published = |entry: &Entry| {
        let mut records = before.records.values();
        records.any(|record| record.id == entry.id && record.last_published.is_some())
    };
    let invalid = invalid_entries(&files, rebuild, is_published, now)?;
    if invalid.is_empty() {
        return Ok(Some((files, ledger)));
    }
    corrections.left_out.add(invalid, &entries)?;
    Ok(None)
}

/// Reads the Git history of the input folders, if [`Config::git_dates`] is set.
///
/// # Errors
/// Returns an error in the same cases as [`History::read`].
pub fn history(config: &Config) -> Result<Option<History>, Error> {
    config.git_dates.then(|| History::read(&config.input.paths)).transpose()
}

/// What the extractor needs from the configuration.
pub fn context<'a>(config: &'a Config, history: Option<&'a History>) -> extract::Context<'a> {
    extract::Context {
        site: Some(&config.site.url),
        aliases: &config.aliases,
        defaults: &config.defaults,
        history,
        ..extract::Context::default()
    }
}
