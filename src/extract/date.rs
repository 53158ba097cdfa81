//! When an article was published and updated. No day is ever invented: what does not name one is refused.

mod page;
mod text;

use page::Which;

use super::{
    Evidence, Name, defaults,
    evidence::{Derived, Found, GUESS, Kind, Origin},
    file_name,
    keys::{Claim, is_empty, written},
    plain,
};
use crate::{
    article::Kind as Body,
    finding::{Finding, Location, article},
    front_matter::Value,
    source::git::Commits,
    text::language::Language,
    time::{
        WrittenDate,
        written::{self, DateContext},
    },
};

/// When readers could first see the article.
pub fn published(evidence: &Evidence<'_>, findings: &mut Vec<Finding>) -> Option<Derived<WrittenDate>> {
    let mut found = Found::new();
    from_keys(evidence, Name::Published, &mut found, findings);
    from_addresses(evidence, &mut found);
    from_body(evidence, Which::Published, &mut found);
    let first = || committed(evidence, "first commit", |commits| Some(&commits.first));
    let published = decide(found).or_else(first);
    if published.is_none() && !is_told(findings) {
        findings.extend(unsaid(evidence));
    }
    if published.is_none() {
        let message = "nothing in the article says when it was published";
        findings.push(
            Finding::new(&article::DATE_MISSING, Location::file(), message)
                .help("add a date to the front matter: `date: 2026-03-01`"),
        );
    }
    published
}

/// The last change worth telling readers about, if it is later than the publication.
pub fn updated(
    evidence: &Evidence<'_>,
    published: Option<&Derived<WrittenDate>>,
    findings: &mut Vec<Finding>,
) -> Option<Derived<WrittenDate>> {
    let mut found = Found::new();
    from_keys(evidence, Name::Updated, &mut found, findings);
    from_body(evidence, Which::Updated, &mut found);
    let is_committed = published.is_some_and(|published| published.origin.kind == Kind::Git);
    let last = || committed(evidence, "last commit", |commits| commits.last.as_ref());
    let updated = decide(found).or_else(|| is_committed.then(last).flatten())?;
    let is_later = published.is_none_or(|published| {
        (updated.value.date, updated.value.time) > (published.value.date, published.value.time)
    });
    if let Some(published) = published
        && updated.value.date < published.value.date
        && updated.origin.kind == Kind::FrontMatter
    {
        let place = Location::line(updated.origin.line);
        let message = format!(
            "updated on {}, before it was published on {}",
            updated.value.date, published.value.date
        );
        let help = "correct one of the two; until then the article counts as never updated";
        findings.push(Finding::new(&article::DATE_DOUBTFUL, place, message).help(help));
    }
    is_later.then_some(updated)
}

fn is_told(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.rule.id == article::DATE_INVALID.id)
}

/// A place that is made for the date and does not say it: what fills it in later would bring the article as new.
fn unsaid(evidence: &Evidence<'_>) -> Option<Finding> {
    let claims = evidence.claims(Name::Published);
    let is_blank = |claim: &&Claim<'_>| {
        let is_map = matches!(claim.value, Value::Map(fields) if !fields.is_empty());
        claim.note.is_none() && (is_map || is_empty(claim.value))
    };
    if let Some(claim) = claims.iter().find(is_blank) {
        let message = match claim.value {
            Value::Map(_) => format!("`{}` holds keys where a date should be", claim.key),
            _ => format!("`{}` is empty", claim.key),
        };
        return Some(invalid_at(claim.location(), message).help(HOW));
    }
    let day = file_name::impossible_day(&evidence.article.path)?;
    let message = format!("`{day}` in the name of the file is no day of the calendar");
    Some(invalid_at(Location::file(), message).help("rename the file, or add a date to the front matter"))
}

fn invalid_at(place: Location, message: String) -> Finding {
    Finding::new(&article::DATE_INVALID, place, message)
}

/// How to write a date.
const HOW: &str = "write it as 2026-03-01 or 2026-03-01T09:00:00+01:00";

/// The first commit of a file is late where the article was written elsewhere, and early where it lay unpublished.
const COMMITTED: f32 = 0.6;

/// A date that Git knows, for an article without a date of its own.
fn committed(
    evidence: &Evidence<'_>,
    key: &str,
    of: impl Fn(&Commits) -> Option<&String>,
) -> Option<Derived<WrittenDate>> {
    let raw = of(evidence.context.history?.of(&evidence.article.path)?)?;
    let date = written::parse(raw, &DateContext::default()).ok()?.date;
    let mut found = Found::new();
    found.add(date, Origin::new(Kind::Git, key, 0), raw, COMMITTED);
    found.decide(|date| date.date)
}

/// Looks into the body, unless a key of the front matter has said it all.
fn from_body(evidence: &Evidence<'_>, which: Which, found: &mut Found<WrittenDate>) {
    if has_key(found) {
        return;
    }
    match evidence.article.kind {
        Body::Html => page::from_page(evidence, which, found),
        Body::PlainText => text::from_layout(evidence, which, found),
        Body::Markdown if which == Which::Published && found.candidates.is_empty() => {
            text::from_outline(evidence, found);
        }
        Body::Markdown => {}
    }
}

/// Picks the day; among the places that name it, one that tells the time as well is worth more to a reader.
fn decide(found: Found<WrittenDate>) -> Option<Derived<WrittenDate>> {
    let precision = |date: &WrittenDate| (date.time.is_some(), date.offset.is_some());
    let precise: Vec<_> = found
        .candidates
        .iter()
        .filter(|candidate| candidate.weight >= GUESS && candidate.value.time.is_some())
        .map(|candidate| (candidate.value, candidate.origin.clone(), candidate.raw.clone()))
        .collect();
    let mut decided = found
        .decide(|date| date.date)
        .filter(|decided| decided.confidence >= GUESS)?;
    if decided.origin.kind == Kind::FrontMatter {
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

fn has_key(found: &Found<WrittenDate>) -> bool {
    found
        .candidates
        .iter()
        .any(|candidate| candidate.origin.kind == Kind::FrontMatter)
}

/// The date that a key of the front matter gives, with a finding for what cannot be read.
pub(super) fn from_keys(
    evidence: &Evidence<'_>,
    name: Name,
    found: &mut Found<WrittenDate>,
    findings: &mut Vec<Finding>,
) {
    let mut unreadable = Vec::new();
    for claim in evidence.claims(name) {
        let Some((raw, quoted)) = scalar(claim.value) else {
            continue;
        };
        if raw.trim().is_empty() || is_flag(raw, quoted) {
            continue;
        }
        let origin = Origin::new(Kind::FrontMatter, claim.key.clone(), claim.line);
        match written::parse(raw, &date_context(evidence)) {
            Ok(reading) => {
                found.add(reading.date, origin, raw, claim.weight);
                reading.notes.iter().for_each(|note| found.note(*note));
                findings.extend(reading.notes.iter().filter_map(|note| doubt(&claim, note)));
                claim.note.iter().for_each(|note| found.note(*note));
            }
            Err(refused) => {
                found.refuse(origin, raw, refused.0);
                unreadable.push((claim, refused.0));
            }
        }
    }
    // A second key that cannot be read does no harm beside one that can.
    if found.candidates.is_empty()
        && let Some((claim, why)) = unreadable.first()
    {
        findings.push(invalid(claim, why));
    }
}

fn invalid(claim: &Claim<'_>, why: &str) -> Finding {
    let raw = written(claim.value);
    let message = if plain::is_template(&raw) {
        format!("`{}` is a template that was never filled in", raw.trim())
    } else {
        format!("`{}` is not a date: {why}", raw.trim())
    };
    invalid_at(claim.location(), message).help(HOW)
}

/// A date that was read, though something in it does not fit.
fn doubt(claim: &Claim<'_>, note: &'static str) -> Option<Finding> {
    let raw = written(claim.value);
    let raw = raw.trim();
    match note {
        // There is one reading, and yet a typing error is as likely: nobody can take back a wrong date.
        written::NOTE_YDM => Some(invalid_at(claim.location(), format!("`{raw}` has no such month")).help(HOW)),
        written::NOTE_WEEKDAY | written::NOTE_GAP | written::NOTE_FOLD => Some(
            Finding::new(&article::DATE_DOUBTFUL, claim.location(), format!("`{raw}`: {note}"))
                .help("write it as 2026-03-01T09:00:00+01:00"),
        ),
        _ => None,
    }
}

/// The first scalar of a value: some write `date: [2024-12-14]`.
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

/// Jekyll, WordPress and dev.to write `published: true` where others write a date.
pub(super) fn is_flag(raw: &str, quoted: bool) -> bool {
    let raw = raw.trim();
    ["true", "false", "yes", "no", "on", "off"]
        .iter()
        .any(|flag| raw.eq_ignore_ascii_case(flag))
        || (!quoted && matches!(raw, "0" | "1" | "y" | "n" | "Y" | "N"))
}

/// What decides between day and month first: the language that the article declares, and the folder's other dates.
pub(super) fn date_context<'a>(evidence: &'a Evidence<'_>) -> DateContext<'a> {
    let declared = evidence.keys.first_text(Name::Language).or_else(|| {
        let page = (evidence.article.kind == Body::Html).then(|| evidence.article.page())?;
        page.lang.as_ref().map(|lang| lang.text.as_str())
    });
    let configured = || defaults::language(evidence).map(Language::as_str);
    DateContext {
        language: declared.or_else(configured),
        order: evidence.context.date_order,
    }
}

/// In a Markdown folder the file name is right for 98 of 100 posts that have a date there (md_stripped).
const IN_FILE_NAME: f32 = 0.85;
/// An address is made of the date by the site's own rule (95.9 of 100 pages that have one there).
const IN_ADDRESS: f32 = 0.9;

fn from_addresses(evidence: &Evidence<'_>, found: &mut Found<WrittenDate>) {
    for name in [Name::Path, Name::Link] {
        for claim in evidence.claims(name) {
            let Some(raw) = claim.value.text() else { continue };
            if let Some(date) = file_name::date_in_address(raw) {
                let origin = Origin::new(Kind::FileName, claim.key.clone(), claim.line);
                found.add(date, origin, raw, IN_ADDRESS);
            }
        }
    }
    let path = &evidence.article.path;
    if let Some(date) = file_name::date(path) {
        found.add(date, Origin::new(Kind::FileName, "", 0), path, IN_FILE_NAME);
    }
}
