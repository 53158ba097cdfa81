//! The guards: what a build may not do to subscribers unless a person says so, for this one build.

use std::collections::BTreeMap;

use super::{Options, files::Rendered, past::is_ours, survey::Survey};
use crate::{
    compare::{self, Changes, Generation, Kind, Seen, names},
    compose::identity::is_announced_again,
    config::Config,
    error::Error,
    ledger::Ledger,
    output,
};

/// What a guard keeps from happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// A feed that loses many entries at once.
    Shrink,
    /// A feed without entries.
    Empty,
    /// Entries that change their date of publication.
    Redate,
    /// Entries that change their id, or ids that come to another entry.
    Reid,
    /// A feed that gets many new entries at once.
    Flood,
    /// Another address of the site.
    Move,
    /// Many articles with errors.
    Failed,
    /// Replacing a file that Feedwright did not write.
    Foreign,
}

impl Guard {
    /// Every guard.
    pub const ALL: [Guard; 8] = [
        Guard::Shrink,
        Guard::Empty,
        Guard::Redate,
        Guard::Reid,
        Guard::Flood,
        Guard::Move,
        Guard::Failed,
        Guard::Foreign,
    ];

    /// The option that lets it happen in one build.
    pub fn option(self) -> &'static str {
        match self {
            Guard::Shrink => "--allow-shrink",
            Guard::Empty => "--allow-empty",
            Guard::Redate => "--allow-redate",
            Guard::Reid => "--allow-reid",
            Guard::Flood => "--allow-flood",
            Guard::Move => "--allow-move",
            Guard::Failed => "--allow-failed",
            Guard::Foreign => "--adopt",
        }
    }
}

/// So few entries may always go or change their date: a person's work of a day.
const FEW: usize = 2;
/// So many lines of changes are shown.
const MOST_LINES: usize = 20;
/// So many feeds, or groups of feeds with the same changes, share these lines equally; further ones are counted.
const LEAST_GROUPS: usize = 5;

/// A guard that refuses, and what it refuses, with the feeds that it is about.
struct Breach {
    guard: Guard,
    feeds: Vec<String>,
    what: String,
}

/// Compares what would be published with what is.
///
/// # Errors
/// What a guard refuses and no option allows.
pub(super) fn check(
    before: &Ledger,
    after: &Ledger,
    files: &[Rendered],
    survey: &mut Survey,
    config: &Config,
    options: &Options,
) -> Result<(), Error> {
    let mut breaches: Vec<Breach> = site_wide(before, survey, config).collect();
    let mut lines: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for file in files {
        let old = Generation::remembered(before, &file.feed);
        let mut new = Generation::remembered(after, &file.feed);
        new.reach = file.reach;
        let mut changes = compare::changes(&old, &new);
        changes
            .reidentified
            .retain(|pair| !is_announced_again(&pair.old.id, &pair.new.id));
        let name = file.path.display().to_string();
        let found = of_feed(&old, &new, &changes, before, file, config);
        for (guard, what) in found.into_iter().chain(foreign(file, before)?) {
            let same = breaches.iter_mut().find(|it| it.guard == guard && it.what == what);
            match same {
                Some(breach) => breach.feeds.push(name.clone()),
                None => breaches.push(Breach {
                    guard,
                    feeds: vec![name.clone()],
                    what,
                }),
            }
        }
        lines.entry(shown(&changes)).or_default().push(name);
    }
    breaches.retain(|breach| !options.allowed.contains(&breach.guard));
    breaches.sort_by_key(|breach| breach.guard);
    if breaches.is_empty() {
        return Ok(());
    }
    Err(Error::Refused {
        message: message(&breaches),
        help: help(&breaches),
        changes: in_few_lines(lines),
        findings: std::mem::take(&mut survey.findings).into_iter().collect(),
    })
}

/// What subscribers would lose if nothing were published.
pub(super) fn all_lost(before: &Ledger, config: &Config) -> Vec<String> {
    let mut lines: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for feed in &config.feeds {
        let old = Generation::remembered(before, &feed.path);
        let name = config.output.join(&feed.path).display().to_string();
        lines
            .entry(shown(&compare::changes(&old, &Generation::default())))
            .or_default()
            .push(name);
    }
    in_few_lines(lines)
}

/// What concerns the whole site; nothing on a first build.
fn site_wide(before: &Ledger, survey: &Survey, config: &Config) -> impl Iterator<Item = Breach> + use<> {
    let is_published = config.feeds.iter().any(|feed| before.knows_feed(&feed.path));
    let url = config.site.url.as_str();
    let moved = before.site.as_ref().filter(|site| is_published && *site != url);
    let moved = moved.map(|site| {
        (
            Guard::Move,
            format!("the site's address would change from {site} to {url}"),
        )
    });
    let (failed, all) = (survey.skipped(), survey.articles);
    let limit = config.guards.failed;
    // What was accepted once, or with the first build, is no accident until it gets worse.
    let is_worse = is_published && failed > before.failed && are_too_many(failed, all, limit);
    let failed = is_worse.then(|| {
        let share = percent(failed, all);
        let what = format!("{failed} of {all} articles have errors ({share} %; the limit is {limit} %)");
        (Guard::Failed, what)
    });
    let feeds = Vec::new();
    moved.into_iter().chain(failed).map(move |(guard, what)| Breach {
        guard,
        what,
        feeds: feeds.clone(),
    })
}

/// Whether so many articles with errors are too many. One harms only itself, however few there are.
fn are_too_many(failed: usize, all: usize, limit: u32) -> bool {
    failed > 1 && failed * 100 > limit as usize * all
}

/// How many articles have errors if they are too many, so that the next build knows that it was accepted.
pub(super) fn accepted(survey: &Survey, config: &Config) -> usize {
    let (failed, all) = (survey.skipped(), survey.articles);
    if are_too_many(failed, all, config.guards.failed) {
        failed
    } else {
        0
    }
}

fn percent(part: usize, whole: usize) -> usize {
    (part * 100).div_ceil(whole.max(1))
}

/// What concerns one feed; `{}` stands for its name.
fn of_feed(
    old: &Generation,
    new: &Generation,
    changes: &Changes<'_>,
    before: &Ledger,
    file: &Rendered,
    config: &Config,
) -> Vec<(Guard, String)> {
    let guards = &config.guards;
    let mut found = Vec::new();
    let is_too_many = |part: usize, whole: usize, limit: u32| part > FEW && part * 100 > limit as usize * whole;
    let (gone, all) = (changes.removed.len(), old.entries.len());
    if new.entries.is_empty() && all > 0 {
        found.push((Guard::Empty, format!("{{}} would lose all of its entries ({all})")));
    } else if is_too_many(gone, all, guards.shrink) {
        let (share, limit) = (percent(gone, all), guards.shrink);
        let what = format!("{{}} would lose {gone} of {all} entries ({share} %; the limit is {limit} %)");
        found.push((Guard::Shrink, what));
    }
    let (redated, kept) = (changes.redated.len(), changes.kept.len());
    if is_too_many(redated, kept, guards.redate) {
        let (share, limit) = (percent(redated, kept), guards.redate);
        let what = format!("{{}} would date {redated} of {kept} entries anew ({share} %; the limit is {limit} %)");
        found.push((Guard::Redate, what));
    }
    let reidentified = changes.reidentified.len();
    if reidentified > 0 {
        let entries = if reidentified == 1 {
            "1 entry"
        } else {
            &*format!("{reidentified} entries")
        };
        let what = format!("{{}} would show {entries} under another id, unread once more");
        found.push((Guard::Reid, what));
    }
    let reused = changes.reused.len();
    if reused > 0 {
        let ids = if reused == 1 { "1 id" } else { &*format!("{reused} ids") };
        let what = format!("{{}} would give {ids} to other entries, which readers then hide or overwrite");
        found.push((Guard::Reid, what));
    }
    // What slid out and comes back, because a newer entry was removed, is known to readers.
    let was_there = |seen: &&&Seen| {
        let record = seen.article.as_ref().and_then(|path| before.records.get(path));
        let shown = record.and_then(|record| record.shown.as_ref());
        shown.is_some_and(|shown| shown.feeds.contains_key(&file.feed))
    };
    let new_ones = changes.added.len() - changes.added.iter().filter(was_there).count();
    if new_ones > guards.flood && all >= guards.flood {
        let limit = guards.flood;
        let what = format!("{{}} would get {new_ones} new entries at once (the limit is {limit})");
        found.push((Guard::Flood, what));
    }
    found
}

/// A file that would be replaced and is not ours.
fn foreign(file: &Rendered, before: &Ledger) -> Result<Option<(Guard, String)>, Error> {
    let present = output::read(&file.path)?;
    let is_foreign = present.is_some_and(|present| present != file.bytes && !is_ours(&present, before));
    Ok(is_foreign.then(|| {
        (
            Guard::Foreign,
            "{} was not written by Feedwright and would be replaced".to_owned(),
        )
    }))
}

fn message(breaches: &[Breach]) -> String {
    let told = breaches
        .iter()
        .map(|breach| breach.what.replace("{}", &names(&breach.feeds)));
    told.collect::<Vec<_>>().join("; ")
}

fn help(breaches: &[Breach]) -> String {
    let mut options: Vec<&str> = breaches.iter().map(|breach| breach.guard.option()).collect();
    options.dedup();
    let options = options.join(" ");
    format!("nothing was changed; if all of it is meant, build once with `{options}`")
}

/// A line for each change that a guard may refuse, those that hurt most first.
fn shown(changes: &Changes<'_>) -> Vec<String> {
    let kinds = Kind::ALL.into_iter();
    let guarded = kinds.filter(|kind| !matches!(kind, Kind::SlidOut | Kind::Retitled | Kind::Edited));
    guarded.flat_map(|kind| changes.lines(kind)).collect()
}

/// At most twenty lines; feeds with the same changes share them.
fn in_few_lines(lines: BTreeMap<Vec<String>, Vec<String>>) -> Vec<String> {
    let mut out = Vec::new();
    let mut groups: Vec<_> = lines.into_iter().filter(|(changes, _)| !changes.is_empty()).collect();
    // The smaller first: what they leave is room for the larger.
    groups.sort_by_key(|(changes, _)| changes.len());
    let number = groups.len();
    for (at, (changes, feeds)) in groups.into_iter().enumerate() {
        let room = (MOST_LINES - out.len()) / (number - at).min(LEAST_GROUPS);
        if room < 3 {
            out.push(format!("… and changes in {} more", number - at));
            break;
        }
        out.push(format!("{}:", names(&feeds)));
        let (fitting, all) = (room - 1, changes.len());
        let shown = if all > fitting { fitting - 1 } else { all };
        out.extend(changes.into_iter().take(shown).map(|change| format!("  {change}")));
        if all > shown {
            out.push(format!("  … and {} more", all - shown));
        }
    }
    out
}
