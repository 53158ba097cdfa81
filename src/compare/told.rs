//! Changes in words: a line for each, as guards and people want them.

use super::{Changes, Pair, Seen};
use crate::text::essence;

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An entry is gone.
    Removed,
    /// An entry has another id, and is unread once more.
    Reidentified,
    /// An id came to another entry.
    Reused,
    /// An entry was published at another time.
    Redated,
    /// An entry is new.
    Added,
    /// An entry gave way to newer ones.
    SlidOut,
    /// An entry has another title.
    Retitled,
    /// The text of an entry says something else.
    Edited,
}

impl Kind {
    /// Every kind, those that hurt most first.
    pub const ALL: [Kind; 8] = [
        Kind::Removed,
        Kind::Reidentified,
        Kind::Reused,
        Kind::Redated,
        Kind::Added,
        Kind::SlidOut,
        Kind::Retitled,
        Kind::Edited,
    ];

    /// What became of an entry, as in `2 gone`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Removed => "gone",
            Kind::Reidentified => "shown once more",
            Kind::Reused => "under the id of another",
            Kind::Redated => "dated anew",
            Kind::Added => "new",
            Kind::SlidOut => "slid out by limit",
            Kind::Retitled => "retitled",
            Kind::Edited => "edited",
        }
    }

    /// How a line of this kind begins.
    fn sign(self) -> char {
        match self {
            Kind::Removed | Kind::SlidOut => '-',
            Kind::Reidentified | Kind::Reused => '!',
            Kind::Redated => '~',
            Kind::Added => '+',
            Kind::Retitled | Kind::Edited => '*',
        }
    }
}

impl<'a> Changes<'a> {
    /// The kept entries with another title; those of `edited` without them have another text alone.
    pub fn is_retitled(pair: &Pair<'_>) -> bool {
        essence(&pair.old.title) != essence(&pair.new.title)
    }

    /// The entries of a kind: as they are, or as they were if they are gone; and as they were where that tells more.
    pub fn of(&self, kind: Kind) -> Vec<(&'a Seen, Option<&'a Seen>)> {
        let singles = |entries: &[&'a Seen]| entries.iter().map(|seen| (*seen, None)).collect();
        let pairs = |pairs: &[Pair<'a>]| pairs.iter().map(|pair| (pair.new, Some(pair.old))).collect();
        let edited = |is_retitled: bool| -> Vec<Pair<'a>> {
            let edited = self.edited.iter().copied();
            edited.filter(|pair| Self::is_retitled(pair) == is_retitled).collect()
        };
        match kind {
            Kind::Removed => singles(&self.removed),
            Kind::SlidOut => singles(&self.slid_out),
            Kind::Added => singles(&self.added),
            Kind::Reidentified => pairs(&self.reidentified),
            Kind::Reused => pairs(&self.reused),
            Kind::Redated => pairs(&self.redated),
            Kind::Retitled => pairs(&edited(true)),
            Kind::Edited => pairs(&edited(false)),
        }
    }

    /// A line for each change of a kind.
    pub fn lines(&self, kind: Kind) -> Vec<String> {
        let line = |(seen, old): (&Seen, Option<&Seen>)| {
            let (sign, name, day) = (kind.sign(), name_of(seen), day_of(seen));
            match (kind, old) {
                (Kind::Reidentified, Some(old)) => format!("{sign} {} is now {}: {name}", old.id, seen.id),
                (Kind::Reused, Some(old)) => format!("{sign} {}: {} is now {name}", old.id, name_of(old)),
                (Kind::Redated, Some(old)) => format!("{sign} {}  {name}", redated(old, seen)),
                (Kind::Retitled, Some(old)) => format!("{sign} {day}  {} is now {name}", name_of(old)),
                (Kind::SlidOut, _) => format!("{sign} {day}  {name} (slid out)"),
                _ => format!("{sign} {day}  {name}"),
            }
        };
        self.of(kind).into_iter().map(line).collect()
    }
}

fn name_of(seen: &Seen) -> &str {
    let link = || seen.link.as_deref().unwrap_or(&seen.id);
    if seen.title.is_empty() { link() } else { &seen.title }
}

fn day_of(seen: &Seen) -> String {
    seen.published
        .map_or("no date   ".to_owned(), |at| at.rfc3339()[..10].to_owned())
}

fn redated(old: &Seen, new: &Seen) -> String {
    let (mut before, mut after) = (day_of(old), day_of(new));
    if before == after {
        let time = |seen: &Seen| seen.published.map(|at| at.rfc3339()).unwrap_or_default();
        (before, after) = (time(old), time(new));
    }
    format!("{before} is now {after}")
}

/// `a`, `a and b`, `a, b and c`, `a and 3 other feeds`.
pub fn names(feeds: &[String]) -> String {
    match feeds {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if feeds.len() <= 3 => format!("{} and {last}", first.join(", ")),
        [first, others @ ..] => format!("{first} and {} other feeds", others.len()),
    }
}
