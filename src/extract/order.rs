//! Whether the day or the month comes first in dates such as `03/04/2024`.
//!
//! Such a date is ambiguous by itself, and a guess would be wrong half of the time. But the dates in one folder are
//! usually written in the same way, so a `31/12/2024` in the folder proves that the day comes first.

use super::{
    Context, Evidence, Target, date,
    evidence::{Derived, OriginKind},
};
use crate::{
    article::Kind,
    finding::{Finding, Location, article},
    time::{
        WrittenDate,
        written::{self, DateContext, DateOrder, proven_order},
    },
};

/// Dates in one folder that prove whether the day or the month is written first.
#[derive(Debug, Default)]
pub struct FolderOrder {
    day_first: Option<ProvingDate>,
    month_first: Option<ProvingDate>,
}

/// An article's file name, and a date in the article that can be read in only one order.
///
/// If several dates prove the same order, the pair that sorts first is kept: articles are read in parallel, and
/// findings must not depend on which article is read first.
type ProvingDate = (String, String);

/// A date that proves a day-month order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The order of day and month that the date proves.
    pub order: DateOrder,
    /// The date as written.
    pub raw: String,
}

/// A date whose day and month can be read in either order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The date as written.
    pub raw: String,
    /// The line of the date.
    pub line: u32,
}

impl FolderOrder {
    /// Adds the proof from an article in the folder.
    pub fn add(&mut self, path: &str, proof: Proof) {
        let kept = match proof.order {
            DateOrder::DayFirst => &mut self.day_first,
            DateOrder::MonthFirst => &mut self.month_first,
        };
        // All articles are in the same folder, so the file name is enough to identify the article in a finding.
        let name = path.rsplit('/').next().unwrap_or(path);
        let new = (name.to_owned(), proof.raw);
        if kept.as_ref().is_none_or(|kept| new < *kept) {
            *kept = Some(new);
        }
    }

    /// The order, if at least one date proves it and no other date contradicts it.
    pub fn proven(&self) -> Option<DateOrder> {
        match (&self.day_first, &self.month_first) {
            (Some(_), None) => Some(DateOrder::DayFirst),
            (None, Some(_)) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// A finding that states which date determined how an ambiguous date was read, or that the dates in the folder
    /// contradict each other. `None` if no date proves an order.
    pub fn finding(&self, undecided: &Undecided) -> Option<Finding> {
        let raw = undecided.raw.trim();
        let message = match (&self.day_first, &self.month_first) {
            (Some((path, proof)), None) => {
                format!(
                    "`{raw}` is read with the day first, because of `{}` in `{path}`",
                    proof.trim()
                )
            }
            (None, Some((path, proof))) => {
                format!(
                    "`{raw}` is read with the month first, because of `{}` in `{path}`",
                    proof.trim()
                )
            }
            (Some(day), Some(month)) => format!(
                "`{raw}` is ambiguous: `{}` in `{}` contradicts `{}` in `{}`",
                day.1.trim(),
                day.0,
                month.1.trim(),
                month.0
            ),
            (None, None) => return None,
        };
        let location = Location::line(undecided.line);
        Some(Finding::new(&article::DATE_ORDER, location, message).help("write the date as 2026-03-01"))
    }
}

/// The fields whose dates are considered.
const DATES: [Target; 3] = [Target::Published, Target::Updated, Target::Expires];

/// The day-month order that an article's dates prove, if any. `published` is the date derived for the article.
pub fn proof(evidence: &Evidence<'_>, published: Option<&Derived<WrittenDate>>) -> Option<Proof> {
    let proof_in = |raw: &str| {
        // Most dates start with the year and prove no order, so parsing them would waste time.
        let starts_with_year = raw.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
        let order = if starts_with_year { None } else { proven_order(raw) };
        order.map(|order| Proof {
            order,
            raw: raw.to_owned(),
        })
    };
    let in_keys = DATES.iter().find_map(|name| {
        let keys = evidence.keys_for(*name);
        keys.iter().find_map(|key| proof_in(date::scalar(key.value)?.0))
    });
    in_keys.or_else(|| {
        let published = published?;
        let losers = published.losers.iter().map(|loser| (&loser.origin, &loser.raw));
        let mut all = std::iter::once((&published.origin, &published.raw)).chain(losers);
        all.find_map(|(origin, raw)| proof_in(raw).filter(|_| origin.kind != OriginKind::FileName))
    })
}

/// An article's first date that cannot be read unless the day-month order is known. `published` is the date derived
/// without knowing the order.
pub fn undecided(evidence: &Evidence<'_>, published: Option<&Derived<WrittenDate>>) -> Option<Undecided> {
    let context = date::date_context(evidence);
    // Either order works here, because this only tests whether the date is readable once the order is known.
    let ordered = DateContext {
        order: Some(DateOrder::DayFirst),
        ..context
    };
    let in_keys = DATES.iter().find_map(|name| {
        let keys = evidence.keys_for(*name);
        keys.iter().find_map(|key| {
            let (raw, _) = date::scalar(key.value)?;
            let decides = written::parse(raw, &context).is_err() && written::parse(raw, &ordered).is_ok();
            decides.then(|| Undecided {
                raw: raw.to_owned(),
                line: key.line,
            })
        })
    });
    let is_dated = published.is_some_and(|published| published.origin.kind != OriginKind::Git);
    if in_keys.is_some() || is_dated || evidence.article.kind == Kind::Markdown {
        return in_keys;
    }
    // The body may contain a date that can be read only if the order is known.
    let with_order = Context {
        date_order: Some(DateOrder::DayFirst),
        ..*evidence.context
    };
    let again = date::published(&Evidence::new(evidence.article, &with_order), &mut Vec::new())?;
    (again.origin.kind != OriginKind::Git).then_some(Undecided {
        line: again.origin.line,
        raw: again.raw,
    })
}
