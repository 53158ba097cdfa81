//! Checks the site as a whole: its address, the number of articles with errors, and the clock.

use super::{Guard, Refusal, percent};
use crate::{
    config::Config,
    ledger::Ledger,
    publish::{Options, survey::Survey},
    time::Timestamp,
};

/// Checks the site's address, the number of articles with errors, and the clock. A first build has nothing to lose, so
/// it always passes these checks.
pub(super) fn check_site(
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
    let (failed, all) = (survey.failed, survey.articles);
    // This guard protects against a template or conversion that breaks many articles at once. A single broken article
    // is only skipped.
    let limit = config.guards.failed;
    // If the last build was over the limit but was not refused, this build is refused only if even more articles have
    // errors.
    let is_worse = is_published && failed > before.accepted_failures && are_too_many(failed, all, limit);
    let failed = is_worse.then(|| {
        let share = percent(failed, all);
        let description = format!("{failed} of {all} articles have errors ({share}%; the limit is {limit}%)");
        (Guard::Failed, description)
    });
    let clock = check_clock(before, now).filter(|_| is_published);
    let clock = clock.map(|description| (Guard::Clock, description));
    moved
        .into_iter()
        .chain(failed)
        .chain(clock)
        .map(|(guard, description)| Refusal {
            guard,
            description,
            feeds: Vec::new(),
        })
}

/// How many seconds the clock may be behind the time of an earlier build. The clocks of different machines disagree
/// by a few minutes at most.
const CLOCK_TOLERANCE: i64 = 60 * 60;

/// Three years, in seconds. If more time has passed since the last change, the clock is assumed to be wrong.
const LONG_PAUSE: i64 = 3 * 365 * 24 * 60 * 60;

/// The current time, or the time of the last build if the clock is behind it by no more than the tolerance. Otherwise,
/// entries published in the last few minutes would count as scheduled and disappear from the feeds.
pub(in crate::publish) fn not_before_last_build(now: Timestamp, before: &Ledger) -> Timestamp {
    let latest = before
        .latest_build()
        .filter(|latest| latest.unix() - now.unix() <= CLOCK_TOLERANCE);
    latest.map_or(now, |latest| latest.max(now))
}

/// The clock time that a person last confirmed with `--allow-clock`. Without it, every build of a site that has not
/// changed for years would be refused until the site changes.
pub(in crate::publish) fn confirmed_clock(before: &Ledger, options: &Options) -> Option<Timestamp> {
    let is_confirmed = options.allowed.contains(&Guard::Clock) && check_clock(before, options.now).is_some();
    if is_confirmed {
        Some(options.now)
    } else {
        before.confirmed_clock
    }
}

/// Compares the clock with the ledger. If the clock is ahead, a build publishes scheduled articles too early and gives
/// undated articles future dates, which keep these articles at the top of the list in every reader. What has been
/// published cannot be taken back.
fn check_clock(before: &Ledger, now: Timestamp) -> Option<String> {
    let latest = before.latest_build()?;
    let ahead = now.unix() - latest.unix();
    if ahead < -CLOCK_TOLERANCE {
        let (now, latest) = (now.rfc3339(), latest.rfc3339());
        return Some(format!(
            "the current time, {now}, is before {latest}, the time of an earlier build, so the clock is wrong now or was wrong then"
        ));
    }
    (ahead > LONG_PAUSE).then(|| {
        let (now, latest) = (now.rfc3339(), latest.rfc3339());
        format!("the current time, {now}, is more than three years after the last change, {latest}")
    })
}

/// Whether too many articles have errors. A single broken article is never too many, however small the site.
fn are_too_many(failed: usize, all: usize, limit: u32) -> bool {
    failed > 1 && failed * 100 > limit as usize * all
}

/// The value for [`Ledger::accepted_failures`]: the number of articles with errors if that is too many, otherwise 0.
pub(in crate::publish) fn accepted_failures(survey: &Survey, config: &Config) -> usize {
    let (failed, all) = (survey.failed, survey.articles);
    if are_too_many(failed, all, config.guards.failed) {
        failed
    } else {
        0
    }
}
