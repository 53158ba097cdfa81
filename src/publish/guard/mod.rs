//! The guards. They refuse changes that would harm subscribers, unless a person allows these changes for one build.
//!
//! Feeds can lose all their entries, dates or ids by accident. For example, if the dates are the modification times of
//! files, a fresh clone changes every date. What readers have already fetched cannot be taken back, so a person must
//! confirm such a change first. For each kind of change, a command-line option allows it for one build. There are no
//! such settings in the configuration, because with them, scheduled builds would allow these changes forever.

mod feed;
mod site;
mod window;

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::{
    Options, change_summary::ChangesByFeed, files::Rendered, ledger_or_feeds::Before, published::PublishedFeeds,
    survey::Survey,
};
use crate::{
    compare::{self, Generation, format_names},
    compose::id::is_reannounced,
    config::Config,
    error::Error,
    ledger::{Ledger, RecentChanges},
    render::Format,
    time::Timestamp,
};
use feed::FeedChanges;
use site::check_site;
pub(super) use site::{accepted_failures, confirmed_clock, not_before_last_build};
use window::Window;

/// A kind of change that a build refuses unless an option allows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// A feed loses many entries.
    Shrink,
    /// A feed loses all its entries.
    Empty,
    /// The publication dates of many entries change.
    Redate,
    /// An entry changes its id, or an id is reused for a different entry.
    Reid,
    /// A feed gets many new entries.
    Flood,
    /// The titles or texts of many entries change.
    Rewrite,
    /// The site's address changes.
    Move,
    /// Many articles have errors.
    Failed,
    /// The current time is before the time of an earlier build, or years after the last change.
    Clock,
    /// A file that Feedwright did not write is replaced.
    Foreign,
}

impl Guard {
    /// Every guard.
    pub const ALL: [Guard; 10] = [
        Guard::Shrink,
        Guard::Empty,
        Guard::Redate,
        Guard::Reid,
        Guard::Flood,
        Guard::Rewrite,
        Guard::Move,
        Guard::Failed,
        Guard::Clock,
        Guard::Foreign,
    ];

    /// The option that allows the change for one build.
    pub fn option(self) -> &'static str {
        match self {
            Guard::Shrink => "--allow-shrink",
            Guard::Empty => "--allow-empty",
            Guard::Redate => "--allow-redate",
            Guard::Reid => "--allow-reid",
            Guard::Flood => "--allow-flood",
            Guard::Rewrite => "--allow-rewrite",
            Guard::Move => "--allow-move",
            Guard::Failed => "--allow-failed",
            Guard::Clock => "--allow-clock",
            Guard::Foreign => "--adopt",
        }
    }

    /// Whether the guard protects entries that subscribers already have.
    fn protects_subscribers(self) -> bool {
        match self {
            Guard::Shrink | Guard::Redate | Guard::Reid | Guard::Flood | Guard::Rewrite | Guard::Move => true,
            // Starting over does not help if a feed would be empty, articles have errors, or the clock is wrong.
            Guard::Empty | Guard::Failed | Guard::Clock | Guard::Foreign => false,
        }
    }
}

/// A refused change, with the feeds it affects. `{}` in the description is replaced with the feeds' names.
struct Refusal {
    guard: Guard,
    feeds: Vec<String>,
    description: String,
}

/// Compares the new feeds with the published ones. Returns the recent changes to record in the ledger.
///
/// # Errors
/// Returns an error if a guard refuses a change that no option allows.
pub(super) fn check(
    before: &Before,
    after: &Ledger,
    files: &[Rendered],
    survey: &mut Survey,
    config: &Config,
    options: &Options,
) -> Result<BTreeSet<RecentChanges>, Error> {
    let (published, replaced, is_rebuilt) = (&before.feeds, before.replaced(), before.is_rebuilt);
    let before = &before.ledger;
    let window = Window::new(before, options.now, &config.guards);
    let mut builds = BTreeMap::new();
    let mut refusals: Vec<Refusal> = check_site(before, survey, config, options.now).collect();
    let mut summary = ChangesByFeed::default();
    for file in files {
        let old = Generation::from_ledger(before, &file.feed);
        let mut new = Generation::from_ledger(after, &file.feed);
        file.explain_missing(survey, &mut new);
        let mut changes = compare::changes(&old, &new);
        // The ledger contains the texts of the articles, so it does not show that a feed now contains only summaries.
        if loses_content(file, published, &old) {
            changes.edited.clone_from(&changes.kept);
        }
        // If the author asked for a new id with `reannounce`, the entry is new to readers, so it is counted as a new
        // entry.
        let (announced, reidentified): (Vec<_>, Vec<_>) = std::mem::take(&mut changes.reidentified)
            .into_iter()
            .partition(|pair| is_reannounced(&pair.old.id, &pair.new.id));
        changes.reidentified = reidentified;
        let name = file.path.display().to_string();
        let feed = FeedChanges {
            feed: &file.feed,
            old: &old,
            new: &new,
            changes: &changes,
            announced: announced.len(),
            guards: &config.guards,
            window: &window,
            is_rebuilt,
        };
        let totals = feed.totals();
        let found = feed.check(&totals);
        let allowed = found
            .iter()
            .map(|(guard, _)| *guard)
            .filter(|guard| options.allowed.contains(guard));
        builds.insert(file.feed.clone(), (feed.lasting(&totals), allowed.collect()));
        for (guard, description) in found.into_iter().chain(check_file(file, replaced, before)) {
            // Feeds with the same problem share one sentence.
            let same = refusals
                .iter_mut()
                .find(|it| it.guard == guard && it.description == description);
            match same {
                Some(refusal) => refusal.feeds.push(name.clone()),
                None => refusals.push(Refusal {
                    guard,
                    feeds: vec![name.clone()],
                    description,
                }),
            }
        }
        summary.add(name, &changes);
    }
    refusals.retain(|refusal| !options.allowed.contains(&refusal.guard));
    // The refusals are sorted by guard, because `help` removes repeated options only if they are adjacent.
    refusals.sort_by_key(|refusal| refusal.guard);
    if refusals.is_empty() {
        return Ok(window.recorded(&builds));
    }
    Err(Error::Refused {
        message: message(&refusals),
        help: help(&refusals, is_new_site(before, options.now), config),
        changes: summary.into_lines(),
        findings: std::mem::take(&mut survey.findings).into_iter().collect(),
    })
}

/// Summarizes what would change if a build published nothing: every entry would be lost.
pub(super) fn all_removed(before: &Ledger, config: &Config) -> Vec<String> {
    let mut summary = ChangesByFeed::default();
    for feed in &config.feeds {
        let old = Generation::from_ledger(before, &feed.path);
        let name = config.output.join(&feed.path).display().to_string();
        summary.add(name, &compare::changes(&old, &Generation::default()));
    }
    summary.into_lines()
}

/// Checks whether the file that would be replaced is one of Feedwright's own.
fn check_file(file: &Rendered, replaced: &PublishedFeeds, before: &Ledger) -> Option<(Guard, String)> {
    let present = replaced.get(&file.feed)?;
    // A file that already contains these bytes would not change, so it does not matter which program wrote it.
    let is_foreign = present.bytes() != file.bytes && !present.is_blank() && !present.is_ours(before);
    let description = "the build would replace {}, which Feedwright did not write";
    is_foreign.then(|| (Guard::Foreign, description.to_owned()))
}

/// Whether a feed that contained most of its entries in full would now contain mostly summaries, because the setting
/// `content` was changed.
fn loses_content(file: &Rendered, published: &PublishedFeeds, old: &Generation) -> bool {
    let content: &[u8] = match file.format {
        Format::Rss => b"<content:encoded>",
        Format::Atom => b"<content ",
        Format::Json => b"\"content_html\":",
    };
    let count = |bytes| memmem::find_iter(bytes, content).count();
    let published = published.get(&file.feed).filter(|_| !file.has_full_content);
    // An entry without a summary keeps its content, so the count need not be 0.
    published.is_some_and(|feed| 2 * count(feed.bytes()) > old.entries.len() && 4 * count(&file.bytes) < file.ids.len())
}

fn message(refusals: &[Refusal]) -> String {
    let descriptions = refusals
        .iter()
        .map(|refusal| refusal.description.replace("{}", &format_names(&refusal.feeds)));
    descriptions.collect::<Vec<_>>().join("; ")
}

/// Whether the first build was less than a day ago.
fn is_new_site(before: &Ledger, now: Timestamp) -> bool {
    const DAY: i64 = 24 * 60 * 60;
    before
        .first_build()
        .is_some_and(|first| now.unix() - first.unix() < DAY)
}

fn help(refusals: &[Refusal], is_new_site: bool, config: &Config) -> String {
    let mut options: Vec<&str> = refusals.iter().map(|refusal| refusal.guard.option()).collect();
    options.dedup();
    let options = options.join(" ");
    let mut help = format!("nothing was written; to publish these changes, build once with `{options}`");
    let has = |guard| refusals.iter().any(|refusal| refusal.guard == guard);
    if has(Guard::Flood) {
        help.push_str("; if the site often publishes this much, raise `guards.flood` in the configuration");
    }
    if has(Guard::Clock) {
        help.push_str("; first make sure that this machine's clock is correct");
    }
    if has(Guard::Foreign) {
        help.push_str("; to keep the ids in a feed that would be replaced, run `feedwright import` with it first");
    }
    // Without the feeds and the ledger, the next build is a first build, which these guards do not refuse.
    let is_about_subscribers = refusals.iter().all(|refusal| refusal.guard.protects_subscribers());
    if is_new_site && is_about_subscribers {
        let ledger = config.ledger.file_name().unwrap_or_default().display();
        help.push_str(&format!(
            "; if nobody has subscribed to this new site yet, you can start over: delete the feeds and `{ledger}`"
        ));
    }
    help
}

fn percent(part: usize, whole: usize) -> usize {
    // Rounded up, because a share just over the limit must not be printed as the limit itself.
    (part * 100).div_ceil(whole.max(1))
}
