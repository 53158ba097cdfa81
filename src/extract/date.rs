//! The published and updated dates. A date is never invented: a value without a day is rejected.

mod page;
mod text;

use super::{
    Evidence, Target, defaults,
    evidence::{CandidateSet, Derived, GUESS, Origin, OriginKind},
    file_name,
    keys::{MatchedKey, display_value, is_empty},
    plain,
};
use crate::{
    article::Kind,
    finding::{Finding, Location, article},
    front_matter::Value,
    source::git::Commits,
    text::language::Language,
    time::{
        WrittenDate,
        written::{self, DateContext},
    },
};

/// Which of the two dates to derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DateField {
    Published,
    Updated,
}

/// When readers could first see the article.
pub fn published(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<WrittenDate>> {
    let mut found = CandidateSet::new();
    from_keys(evidence, Target::Published, &mut found, findings);
    from_addresses(evidence, &mut found);
    from_body(evidence, DateField::Published, &mut found);
    // The first commit is used only if the article has no other date: a commit never overrides a date that a person
    // wrote.
    let first = || from_git(evidence, "first commit", |commits| Some(&commits.first));
    let published = decide(found).or_else(first);
    // An unreadable date and an empty date violate the same rule, so the empty date is reported only if no unreadable
    // date was reported.
    if published.is_none() && !has_invalid_date(findings) {
        findings.extend(empty_date(evidence));
    }
    if published.is_none() {
        let message = "the article has no date";
        findings.push(
            Finding::new(&article::DATE_MISSING, Location::file(), message)
                .help("add a date to the front matter: `date: 2026-03-01`"),
        );
    }
    published
}

/// The date of the last significant change, if it is later than the published date.
pub fn updated(
    evidence: &Evidence<'_>,
    published: Option<&Derived<WrittenDate>>,
    findings: &mut Vec<Finding>,
) -> Option<Derived<WrittenDate>> {
    let mut found = CandidateSet::new();
    from_keys(evidence, Target::Updated, &mut found, findings);
    from_body(evidence, DateField::Updated, &mut found);
    let is_committed = published.is_some_and(|published| published.origin.kind == OriginKind::Git);
    // The last commit is used only if the published date is from Git too. For an article with a written date, the last
    // commit is not evidence of an update: it may have changed many files at once.
    let last = || from_git(evidence, "last commit", |commits| commits.last.as_ref());
    let updated = decide(found).or_else(|| is_committed.then(last).flatten())?;
    let is_later = published.is_none_or(|published| {
        (updated.value.date, updated.value.time) > (published.value.date, published.value.time)
    });
    if let Some(published) = published
        && updated.value.date < published.value.date
        && updated.origin.kind == OriginKind::FrontMatter
    {
        let location = Location::line(updated.origin.line);
        let message = format!(
            "the updated date ({}) is earlier than the published date ({})",
            updated.value.date, published.value.date
        );
        let help = "correct one of the dates; until then, the updated date is ignored";
        findings.push(Finding::new(&article::DATE_DOUBTFUL, location, message).help(help));
    }
    is_later.then_some(updated)
}

fn has_invalid_date(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.rule.id == article::DATE_INVALID.id)
}

/// Reports an empty date key, or an impossible date in the file name.
///
/// The article is not published until the date is fixed. Otherwise, the date of its entry would change when the author
/// adds a valid date.
fn empty_date(evidence: &Evidence<'_>) -> Option<Finding> {
    let keys = evidence.keys_for(Target::Published);
    let is_blank = |key: &&MatchedKey<'_>| {
        let is_map = matches!(key.value, Value::Map(fields) if !fields.is_empty());
        key.note.is_none() && (is_map || is_empty(key.value))
    };
    if let Some(key) = keys.iter().find(is_blank) {
        let message = match key.value {
            Value::Map(_) => format!("`{}` contains keys, not a date", key.path),
            _ => format!("`{}` is empty", key.path),
        };
        return Some(invalid_at(key.location(), message).help(HELP));
    }
    let day = file_name::impossible_day(&evidence.article.path)?;
    let message = format!("`{day}` in the file name is not a valid date");
    Some(invalid_at(Location::file(), message).help("rename the file, or add a date to the front matter"))
}

fn invalid_at(location: Location, message: String) -> Finding {
    Finding::new(&article::DATE_INVALID, location, message)
}

/// The fix for an invalid date.
const HELP: &str = "write it as 2026-03-01 or 2026-03-01T09:00:00+01:00";

/// The weight of the date of a commit. It was set by hand, because the labeled articles have no Git history. The first
/// commit is later than the publication if the article was first published elsewhere, and earlier if the article was
/// committed long before it was published.
const IN_GIT: f32 = 0.6;

/// The date of a commit, for an article that has no other date.
fn from_git(
    evidence: &Evidence<'_>,
    key: &str,
    instant: impl Fn(&Commits) -> Option<&String>,
) -> Option<Derived<WrittenDate>> {
    let raw = instant(evidence.context.history?.commits(&evidence.article.path)?)?;
    let date = written::parse(raw, &DateContext::default()).ok()?.date;
    let mut found = CandidateSet::new();
    found.add(date, Origin::new(OriginKind::Git, key, 0), raw, IN_GIT);
    found.decide(|date| date.date)
}

/// Adds the candidates from the body, unless front matter has a date.
fn from_body(evidence: &Evidence<'_>, field: DateField, found: &mut CandidateSet<WrittenDate>) {
    if found.has_front_matter() {
        return;
    }
    match evidence.article.kind {
        Kind::Html => page::from_page(evidence, field, found),
        Kind::PlainText => text::from_layout(evidence, field, found),
        Kind::Markdown if field == DateField::Published && found.candidates.is_empty() => {
            text::from_outline(evidence, found);
        }
        Kind::Markdown => {}
    }
}

/// Chooses the day. If another origin gives the same day with a time, the value with the time is used, because feed
/// readers sort entries by time.
fn decide(found: CandidateSet<WrittenDate>) -> Option<Derived<WrittenDate>> {
    let precision = |date: &WrittenDate| (date.time.is_some(), date.offset.is_some());
    let precise: Vec<_> = found
        .candidates
        .iter()
        .filter(|candidate| candidate.weight >= GUESS && candidate.value.time.is_some())
        .map(|candidate| (candidate.value, candidate.origin.clone(), candidate.raw.clone()))
        .collect();
    let mut decided = found
        .decide(|date| date.date)
        // A date that is only a guess is not used: feed readers sort entries by date, and a published date cannot be
        // withdrawn.
        .filter(|decided| decided.confidence >= GUESS)?;
    // A front matter date is published as written, even if another origin gives a time for the same day.
    if decided.origin.kind == OriginKind::FrontMatter {
        return Some(decided);
    }
    let best = precise
        .into_iter()
        .filter(|(date, _, _)| date.date == decided.value.date && precision(date) > precision(&decided.value))
        .reduce(|best, other| {
            if precision(&other.0) > precision(&best.0) {
                other
            } else {
                best
            }
        });
    if let Some((date, origin, raw)) = best {
        decided.confirmed_by.retain(|confirmed| *confirmed != origin);
        decided
            .confirmed_by
            .insert(0, std::mem::replace(&mut decided.origin, origin));
        (decided.value, decided.raw) = (date, raw);
    }
    Some(decided)
}

/// Adds the dates from front matter keys, and reports unreadable and doubtful dates.
pub(super) fn from_keys(
    evidence: &Evidence<'_>,
    target: Target,
    found: &mut CandidateSet<WrittenDate>,
    findings: &mut Vec<Finding>,
) {
    let mut unreadable = Vec::new();
    for key in evidence.keys_for(target) {
        let Some((raw, quoted)) = scalar(key.value) else {
            continue;
        };
        if raw.trim().is_empty() || is_flag(raw, quoted) {
            continue;
        }
        match written::parse(raw, &date_context(evidence)) {
            Ok(reading) => {
                found.add_key(reading.date, &key, raw, key.weight);
                reading.notes.iter().for_each(|note| found.note(*note));
                findings.extend(reading.notes.iter().filter_map(|note| doubtful(&key, note)));
                key.note.iter().for_each(|note| found.note(*note));
            }
            Err(refused) => {
                found.reject(Origin::front_matter(&key), raw, refused.0);
                unreadable.push((key, refused.0));
            }
        }
    }
    // An unreadable date is reported only if no other key gives a date.
    if found.candidates.is_empty()
        && let Some((key, why)) = unreadable.first()
    {
        findings.push(invalid(key, why));
    }
}

fn invalid(key: &MatchedKey<'_>, why: &str) -> Finding {
    let raw = display_value(key.value);
    let message = if plain::is_template(&raw) {
        format!("`{}` is a template placeholder that was not filled in", raw.trim())
    } else {
        format!("`{}` is not a date: {why}", raw.trim())
    };
    invalid_at(key.location(), message).help(HELP)
}

/// Returns a finding if `note`, which says how the date was read, means that the date may be wrong. Returns `None` if
/// the note is harmless.
fn doubtful(key: &MatchedKey<'_>, note: &'static str) -> Option<Finding> {
    let raw = display_value(key.value);
    let raw = raw.trim();
    match note {
        // The day and the month may be swapped, or one of them may be mistyped. A published date cannot be withdrawn,
        // so the author must decide.
        written::NOTE_YDM => Some(
            invalid_at(
                key.location(),
                format!("`{raw}` is not a date: the second number is not a month"),
            )
            .help(HELP),
        ),
        written::NOTE_WEEKDAY | written::NOTE_GAP | written::NOTE_FOLD => Some(
            Finding::new(&article::DATE_DOUBTFUL, key.location(), format!("`{raw}`: {note}"))
                .help("write it as 2026-03-01T09:00:00+01:00"),
        ),
        _ => None,
    }
}

/// The first scalar in a value, and whether the scalar was quoted. Some authors write `date: [2024-12-14]`.
pub(super) fn scalar(value: &Value) -> Option<(&str, bool)> {
    match value {
        Value::Scalar { text, quoted } => Some((text, *quoted)),
        Value::List(items) => items.iter().find(|item| !is_empty(item)).and_then(|item| match item {
            Value::Scalar { text, quoted } => Some((text.as_str(), *quoted)),
            _ => None,
        }),
        _ => None,
    }
}

/// Whether the value is a flag rather than a date. In Jekyll, WordPress and dev.to, `published` is a flag; in other
/// generators, it is a date.
pub(super) fn is_flag(raw: &str, quoted: bool) -> bool {
    let raw = raw.trim();
    ["true", "false", "yes", "no", "on", "off"]
        .iter()
        .any(|flag| raw.eq_ignore_ascii_case(flag))
        // In YAML 1.1, `y` and `n` without quotation marks are booleans.
        || (!quoted && matches!(raw, "0" | "1" | "y" | "n" | "Y" | "N"))
}

/// The evidence for whether the day or the month comes first: the declared language, and the other dates in the folder.
pub(super) fn date_context<'a>(evidence: &'a Evidence<'_>) -> DateContext<'a> {
    let declared = evidence.keys.first_text(Target::Language).or_else(|| {
        let page = (evidence.article.kind == Kind::Html).then(|| evidence.article.page())?;
        page.lang.as_ref().map(|lang| lang.text.as_str())
    });
    let configured = || defaults::language(evidence).map(Language::as_str);
    DateContext {
        language: declared.or_else(configured),
        order: evidence.context.date_order,
    }
}

/// In Markdown articles from 29 real sites, 98% of the dates in file names are the day of publication. The weight was
/// set by hand, to a value below this share.
const IN_FILE_NAME: f32 = 0.85;
/// Site generators put the day of publication in the address. On the labeled HTML pages with a date in the address,
/// this date is right in 95.9% of cases.
const IN_ADDRESS: f32 = 0.9;

fn from_addresses(evidence: &Evidence<'_>, found: &mut CandidateSet<WrittenDate>) {
    for name in [Target::Path, Target::Link] {
        for key in evidence.keys_for(name) {
            let Some(raw) = key.value.text() else { continue };
            if let Some(date) = file_name::date_in_address(raw) {
                let origin = Origin::new(OriginKind::FileName, key.path.clone(), key.line);
                found.add(date, origin, raw, IN_ADDRESS);
            }
        }
    }
    let path = &evidence.article.path;
    if let Some(date) = file_name::date(path) {
        found.add(date, Origin::new(OriginKind::FileName, "", 0), path, IN_FILE_NAME);
    }
}
