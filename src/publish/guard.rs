//! The guards: they refuse changes that would harm subscribers until a person allows them for one build.
//!
//! Feeds can lose all their entries, dates or ids by accident. In a shallow clone, for example, every date becomes the
//! day of the build. What readers have already fetched cannot be taken back, so a person must confirm such a change
//! first. A command-line option allows it for one build. There is no setting for it, because scheduled builds would
//! then allow it forever.

use super::{Options, change_summary::ChangesByFeed, files::Rendered, ledger_or_feeds::is_ours, survey::Survey};
use crate::{
    compare::{self, Changes, FeedEntry, Generation, format_names},
    compose::id::is_reannounced,
    config::{Config, Guards},
    error::Error,
    ledger::Ledger,
    output,
    time::Timestamp,
};

/// A kind of change that is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// A feed loses many entries at once.
    Shrink,
    /// A feed loses all its entries.
    Empty,
    /// The publication dates of many entries change.
    Redate,
    /// An entry changes its id, or an id is reused for a different entry.
    Reid,
    /// A feed gets many new entries at once.
    Flood,
    /// The titles or texts of many entries change at once.
    Rewrite,
    /// The site's address changes.
    Move,
    /// Many articles have errors.
    Failed,
    /// The current time is before an earlier build, or years after the last change.
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
}

/// This many entries may always be removed or redated, whatever their share: in a feed of five entries, changing two is
/// an ordinary day's work.
const ALWAYS_ALLOWED: usize = 2;

/// A feed with fewer entries than this is too young to be flooded.
const FEW: usize = 5;

/// A refused change, with the feeds it affects. `{}` in the description is replaced with the feeds' names.
struct Refusal {
    guard: Guard,
    feeds: Vec<String>,
    description: String,
}

/// Compares the new feeds with the published ones.
///
/// # Errors
/// A guard refuses a change that no option allows.
pub(super) fn check(
    before: &Ledger,
    after: &Ledger,
    files: &[Rendered],
    survey: &mut Survey,
    config: &Config,
    options: &Options,
) -> Result<(), Error> {
    let mut refusals: Vec<Refusal> = check_site(before, survey, config, options.now).collect();
    let mut summary = ChangesByFeed::default();
    for file in files {
        let old = Generation::from_ledger(before, &file.feed);
        let mut new = Generation::from_ledger(after, &file.feed);
        // The ledger does not contain the feed's limits. Without the cutoff, every entry pushed out by a newer one
        // would count as lost.
        (new.cutoff, new.too_old) = (file.cutoff, file.too_old);
        let mut changes = compare::changes(&old, &new);
        // The author asked for a new id with `reannounce`. To readers, such an entry is new.
        let (announced, reidentified): (Vec<_>, Vec<_>) = std::mem::take(&mut changes.reidentified)
            .into_iter()
            .partition(|pair| is_reannounced(&pair.old.id, &pair.new.id));
        changes.reidentified = reidentified;
        let name = file.path.display().to_string();
        let feed = FeedChanges {
            old: &old,
            new: &new,
            changes: &changes,
            announced: announced.len(),
            guards: &config.guards,
        };
        let found = feed.check(before, file);
        for (guard, description) in found.into_iter().chain(check_file(file, before)?) {
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
    // Sorted by guard, because `help` removes repeated options only if they are adjacent.
    refusals.sort_by_key(|refusal| refusal.guard);
    if refusals.is_empty() {
        return Ok(());
    }
    Err(Error::Refused {
        message: message(&refusals),
        help: help(&refusals),
        changes: summary.into_lines(),
        findings: std::mem::take(&mut survey.findings).into_iter().collect(),
    })
}

/// Summarizes a build that would publish nothing, so every entry would be lost.
pub(super) fn all_removed(before: &Ledger, config: &Config) -> Vec<String> {
    let mut summary = ChangesByFeed::default();
    for feed in &config.feeds {
        let old = Generation::from_ledger(before, &feed.path);
        let name = config.output.join(&feed.path).display().to_string();
        summary.add(name, &compare::changes(&old, &Generation::default()));
    }
    summary.into_lines()
}

/// Checks for changes to the whole site. A first build has nothing to lose, so it always passes.
fn check_site(
    before: &Ledger,
    survey: &Survey,
    config: &Config,
    now: Timestamp,
) -> impl Iterator<Item = Refusal> + use<> {
    let is_published = config.feeds.iter().any(|feed| before.has_feed(&feed.path));
    let url = config.site.url.as_str();
    let moved = before.site.as_ref().filter(|site| is_published && *site != url);
    let moved = moved.map(|site| {
        (
            Guard::Move,
            format!("the site's address would change from {site} to {url}"),
        )
    });
    let (failed, all) = (survey.skipped(), survey.articles);
    // Protects against a template or conversion that breaks many articles at once. A single broken article is only
    // skipped.
    let limit = config.guards.failed;
    // A number of failures that an earlier build accepted is not refused again unless it grows.
    let is_worse = is_published && failed > before.accepted_failures && are_too_many(failed, all, limit);
    let failed = is_worse.then(|| {
        let share = percent(failed, all);
        let description = format!("{failed} of {all} articles have errors ({share}%; the limit is {limit}%)");
        (Guard::Failed, description)
    });
    let clock = check_clock(before, now).filter(|_| is_published);
    let clock = clock.map(|description| (Guard::Clock, description));
    let feeds = Vec::new();
    moved
        .into_iter()
        .chain(failed)
        .chain(clock)
        .map(move |(guard, description)| Refusal {
            guard,
            description,
            feeds: feeds.clone(),
        })
}

/// How far the clock may be behind an earlier build, in seconds: machines disagree by a few minutes at most.
const CLOCK_TOLERANCE: i64 = 60 * 60;

/// How long nothing may have changed before the clock is doubted, in seconds: three years.
const LONG_PAUSE: i64 = 3 * 365 * 24 * 60 * 60;

/// Compares the clock with the ledger. A build under a clock that runs ahead gives articles dates in the future, which
/// keeps them at the top of every reader, and publishes scheduled articles. What it has published cannot be taken back.
fn check_clock(before: &Ledger, now: Timestamp) -> Option<String> {
    let latest = before.latest_build()?;
    let ahead = now.unix() - latest.unix();
    if ahead < -CLOCK_TOLERANCE {
        let (now, latest) = (now.rfc3339(), latest.rfc3339());
        return Some(format!(
            "the current time, {now}, is before {latest}, when an earlier build ran, so the clock is or was wrong"
        ));
    }
    (ahead > LONG_PAUSE).then(|| {
        let (now, latest) = (now.rfc3339(), latest.rfc3339());
        format!("the current time, {now}, is more than three years after the last change, {latest}")
    })
}

/// Whether too many articles have errors. A single broken article never stops the build, however small the site.
fn are_too_many(failed: usize, all: usize, limit: u32) -> bool {
    failed > 1 && failed * 100 > limit as usize * all
}

/// The number of articles with errors, if it is over the limit, for [`Ledger::accepted_failures`]; else 0.
pub(super) fn accepted_failures(survey: &Survey, config: &Config) -> usize {
    let (failed, all) = (survey.skipped(), survey.articles);
    if are_too_many(failed, all, config.guards.failed) {
        failed
    } else {
        0
    }
}

fn percent(part: usize, whole: usize) -> usize {
    // Rounded up, because a share just over the limit must not be printed as the limit itself.
    (part * 100).div_ceil(whole.max(1))
}

/// What changes in one feed. `{}` in a description is a placeholder for the feed's name.
struct FeedChanges<'a> {
    old: &'a Generation,
    new: &'a Generation,
    changes: &'a Changes<'a>,
    /// The number of entries that got a new id with `reannounce`.
    announced: usize,
    guards: &'a Guards,
}

impl FeedChanges<'_> {
    fn check(&self, before: &Ledger, file: &Rendered) -> Vec<(Guard, String)> {
        // An older entry that comes back because a newer one was removed is not new to readers.
        let was_in_feed = |entry: &&&FeedEntry| {
            let record = entry.article.as_ref().and_then(|path| before.records.get(path));
            let last = record.and_then(|record| record.last_published.as_ref());
            last.is_some_and(|last| last.feeds.contains_key(&file.feed))
        };
        let added = self.changes.added.len() - self.changes.added.iter().filter(was_in_feed).count();
        let checks = [
            self.losses(),
            self.dates(),
            self.texts(),
            self.additions(added + self.announced),
        ];
        checks.into_iter().flatten().chain(self.ids()).collect()
    }

    fn losses(&self) -> Option<(Guard, String)> {
        let (gone, all) = (self.changes.removed.len(), self.old.entries.len());
        // Two guards, so that `--allow-shrink` does not allow an empty feed. An unmounted disk or a half-finished
        // `rsync` causes both, and the next good build would show every entry as new.
        if self.new.entries.is_empty() && all > 0 {
            return Some((Guard::Empty, format!("{{}} would lose all {all} entries")));
        }
        let limit = self.guards.shrink;
        let share = exceeded_share(gone, all, limit)?;
        let description = format!("{{}} would lose {gone} of {all} entries ({share}%; the limit is {limit}%)");
        Some((Guard::Shrink, description))
    }

    /// Many dates change at once if they come from an unstable source, such as file times or a shallow clone. Readers
    /// sort entries by date, so old entries would hide the new ones.
    fn dates(&self) -> Option<(Guard, String)> {
        let (redated, kept) = (self.changes.redated.len(), self.changes.kept.len());
        let limit = self.guards.redate;
        let share = exceeded_share(redated, kept, limit)?;
        let description =
            format!("{{}} would change the date of {redated} of {kept} entries ({share}%; the limit is {limit}%)");
        Some((Guard::Redate, description))
    }

    /// Many texts change at once if a sync garbles them, or a conversion replaces them with an error message.
    fn texts(&self) -> Option<(Guard, String)> {
        let (edited, kept) = (self.changes.edited.len(), self.changes.kept.len());
        let limit = self.guards.rewrite;
        let share = exceeded_share(edited, kept, limit)?;
        let description = format!(
            "{{}} would change the title or text of {edited} of {kept} entries ({share}%; the limit is {limit}%)"
        );
        Some((Guard::Rewrite, description))
    }

    fn additions(&self, added: usize) -> Option<(Guard, String)> {
        let (all, limit) = (self.old.entries.len(), self.guards.flood);
        // Only established feeds are protected: a new feed may get many entries at once when the archive is added.
        if added > limit && all >= limit {
            let description = format!("{{}} would get {added} new entries at once (the limit is {limit})");
            return Some((Guard::Flood, description));
        }
        // A feed with fewer entries than the limit is flooded if hardly anything in it is known to subscribers. A site
        // with a higher limit than the default publishes that much.
        let entries = self.new.entries.len();
        let is_replaced = added >= FEW && all >= FEW && added * 10 >= entries * 9;
        let is_protected = limit <= Guards::default().flood;
        (is_replaced && is_protected).then(|| {
            (
                Guard::Flood,
                format!("{{}} would get {added} new entries at once, out of {entries}"),
            )
        })
    }

    /// Even one changed id does harm, so there is no limit: seven of the eight readers that we tried show the entry
    /// twice.
    fn ids(&self) -> impl Iterator<Item = (Guard, String)> + use<> {
        let changed = match self.changes.reidentified.len() {
            0 => None,
            1 => Some("{} would change the id of 1 entry, and readers would show it again as unread".to_owned()),
            number => Some(format!(
                "{{}} would change the ids of {number} entries, and readers would show them again as unread"
            )),
        };
        let reused = match self.changes.reused.len() {
            0 => None,
            1 => Some("{} would reuse 1 id for a different entry, which readers would hide or overwrite".to_owned()),
            number => Some(format!(
                "{{}} would reuse {number} ids for different entries, which readers would hide or overwrite"
            )),
        };
        [changed, reused]
            .into_iter()
            .flatten()
            .map(|description| (Guard::Reid, description))
    }
}

/// The share in percent, if it is over the limit.
fn exceeded_share(part: usize, whole: usize, limit: u32) -> Option<usize> {
    (part > ALWAYS_ALLOWED && part * 100 > limit as usize * whole).then(|| percent(part, whole))
}

/// Checks whether the file that would be replaced is one of Feedwright's own.
fn check_file(file: &Rendered, before: &Ledger) -> Result<Option<(Guard, String)>, Error> {
    let present = output::read(&file.path)?;
    // A file that already has these bytes is not replaced, whoever wrote it.
    let is_foreign = present.is_some_and(|present| present != file.bytes && !is_ours(&present, before));
    Ok(is_foreign.then(|| {
        (
            Guard::Foreign,
            "the build would replace {}, which Feedwright did not write".to_owned(),
        )
    }))
}

fn message(refusals: &[Refusal]) -> String {
    let descriptions = refusals
        .iter()
        .map(|refusal| refusal.description.replace("{}", &format_names(&refusal.feeds)));
    descriptions.collect::<Vec<_>>().join("; ")
}

fn help(refusals: &[Refusal]) -> String {
    let mut options: Vec<&str> = refusals.iter().map(|refusal| refusal.guard.option()).collect();
    options.dedup();
    let options = options.join(" ");
    format!("nothing was written; to publish these changes, build once with `{options}`")
}
