//! Which of day and month comes first in `03/04/2024`: other dates of the article's folder prove it, or nothing does.

use super::{
    Context, Evidence, Name, date,
    evidence::{Derived, Kind},
};
use crate::{
    article::Kind as Body,
    finding::{Finding, Location, article},
    time::{
        WrittenDate,
        written::{self, DateContext, DateOrder, proven_order},
    },
};

/// What the dates of one folder prove.
#[derive(Debug, Default)]
pub struct FolderOrder {
    day_first: Option<Witness>,
    month_first: Option<Witness>,
}

/// A date that can be read in one order only, by the name of its article. The least is kept, whichever was read first.
type Witness = (String, String);

/// A date that proves an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The order.
    pub order: DateOrder,
    /// The date as written.
    pub raw: String,
}

/// A date that can be read in either order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecided {
    /// The date as written.
    pub raw: String,
    /// The line that it stands on.
    pub line: u32,
}

impl FolderOrder {
    /// Takes in what an article of the folder proves.
    pub fn learn(&mut self, path: &str, proof: Proof) {
        let witness = match proof.order {
            DateOrder::DayFirst => &mut self.day_first,
            DateOrder::MonthFirst => &mut self.month_first,
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let new = (name.to_owned(), proof.raw);
        if witness.as_ref().is_none_or(|known| new < *known) {
            *witness = Some(new);
        }
    }

    /// The order that some dates prove and none disproves.
    pub fn decided(&self) -> Option<DateOrder> {
        match (&self.day_first, &self.month_first) {
            (Some(_), None) => Some(DateOrder::DayFirst),
            (None, Some(_)) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Says what decided how a date was read, or that the folder contradicts itself; `None` if it proves nothing.
    pub fn finding(&self, undecided: &Undecided) -> Option<Finding> {
        let raw = undecided.raw.trim();
        let message = match (&self.day_first, &self.month_first) {
            (Some((path, proof)), None) => {
                format!(
                    "`{raw}` is read with the day first, as `{}` in `{path}` proves",
                    proof.trim()
                )
            }
            (None, Some((path, proof))) => {
                format!(
                    "`{raw}` is read with the month first, as `{}` in `{path}` proves",
                    proof.trim()
                )
            }
            (Some(day), Some(month)) => format!(
                "`{raw}` stays undecided: the folder has `{}` in `{}` and `{}` in `{}`",
                day.1.trim(),
                day.0,
                month.1.trim(),
                month.0
            ),
            (None, None) => return None,
        };
        let place = Location::line(undecided.line);
        Some(Finding::new(&article::DATE_ORDER, place, message).help("write the date as 2026-03-01"))
    }
}

const DATES: [Name; 3] = [Name::Published, Name::Updated, Name::Expires];

/// What the dates of an article prove; `published` is what was found for it.
pub fn proof(evidence: &Evidence<'_>, published: Option<&Derived<WrittenDate>>) -> Option<Proof> {
    let of = |raw: &str| {
        // Most dates start with the year, and prove nothing.
        let starts_with_year = raw.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
        let order = if starts_with_year { None } else { proven_order(raw) };
        order.map(|order| Proof {
            order,
            raw: raw.to_owned(),
        })
    };
    let in_keys = DATES.iter().find_map(|name| {
        let claims = evidence.claims(*name);
        claims.iter().find_map(|claim| of(date::scalar(claim.value)?.0))
    });
    in_keys.or_else(|| {
        let published = published?;
        let losers = published.losers.iter().map(|loser| (&loser.origin, &loser.raw));
        let mut all = std::iter::once((&published.origin, &published.raw)).chain(losers);
        all.find_map(|(origin, raw)| of(raw).filter(|_| origin.kind != Kind::FileName))
    })
}

/// The first date of an article that only an order would decide; `published` is what was found without one.
pub fn undecided(evidence: &Evidence<'_>, published: Option<&Derived<WrittenDate>>) -> Option<Undecided> {
    let context = date::date_context(evidence);
    let ordered = DateContext {
        order: Some(DateOrder::DayFirst),
        ..context
    };
    let in_keys = DATES.iter().find_map(|name| {
        let claims = evidence.claims(*name);
        claims.iter().find_map(|claim| {
            let (raw, _) = date::scalar(claim.value)?;
            let decides = written::parse(raw, &context).is_err() && written::parse(raw, &ordered).is_ok();
            decides.then(|| Undecided {
                raw: raw.to_owned(),
                line: claim.line,
            })
        })
    });
    let is_dated = published.is_some_and(|published| published.origin.kind != Kind::Git);
    if in_keys.is_some() || is_dated || evidence.article.kind == Body::Markdown {
        return in_keys;
    }
    // A body without a date may hold one in a form that is not read without an order.
    let with_order = Context {
        date_order: Some(DateOrder::DayFirst),
        ..*evidence.context
    };
    let again = date::published(&Evidence::of(evidence.article, &with_order), &mut Vec::new())?;
    (again.origin.kind != Kind::Git).then_some(Undecided {
        line: again.origin.line,
        raw: again.raw,
    })
}
