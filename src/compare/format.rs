//! Formats changes as text, one line per change, for guard messages and for `feedwright diff`.

use super::{Changes, FeedEntry, Pair};
use crate::text::normalize;

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An entry is gone.
    Removed,
    /// An entry's id changed, so readers show the entry as unread again.
    Reidentified,
    /// An id is reused for a different entry.
    Reused,
    /// The publication date changed.
    Redated,
    /// An entry is new.
    Added,
    /// An entry is gone because newer entries took its place, or because it expired.
    SlidOut,
    /// The title changed.
    Retitled,
    /// The text changed, but the title did not.
    Edited,
}

impl Kind {
    /// All kinds, the most harmful to subscribers first.
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

    /// The words after a count, as in `2 removed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Removed => "removed",
            Kind::Reidentified => "with a new id",
            Kind::Reused => "with a reused id",
            Kind::Redated => "redated",
            Kind::Added => "new",
            Kind::SlidOut => "dropped by a limit or expired",
            Kind::Retitled => "retitled",
            Kind::Edited => "edited",
        }
    }

    /// The first character of each line of this kind.
    fn prefix(self) -> char {
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
    /// Whether an edited entry has a different title; if not, only its text changed.
    pub fn is_retitled(pair: &Pair<'_>) -> bool {
        normalize(&pair.old.title) != normalize(&pair.new.title)
    }

    /// The entries with this kind of change. An entry that is gone is returned in its old state, and any other entry in
    /// its new state. If an entry is in both generations, its old state is the second part of the pair.
    pub fn entries_with(&self, kind: Kind) -> Vec<(&'a FeedEntry, Option<&'a FeedEntry>)> {
        let singles = |entries: &[&'a FeedEntry]| entries.iter().map(|entry| (*entry, None)).collect();
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

    /// One line for each change of this kind.
    pub fn lines(&self, kind: Kind) -> Vec<String> {
        let line = |(entry, old): (&FeedEntry, Option<&FeedEntry>)| {
            let (prefix, name, day) = (kind.prefix(), format_name(entry), format_day(entry));
            match (kind, old) {
                (Kind::Reidentified, Some(old)) => format!("{prefix} {} is now {}: {name}", old.id, entry.id),
                (Kind::Reused, Some(old)) => format!("{prefix} {}: {} is now {name}", old.id, format_name(old)),
                (Kind::Redated, Some(old)) => format!("{prefix} {}  {name}", format_redated(old, entry)),
                (Kind::Retitled, Some(old)) => format!("{prefix} {day}  {} is now {name}", format_name(old)),
                (Kind::SlidOut, _) => format!("{prefix} {day}  {name} (dropped by a limit or expired)"),
                _ => format!("{prefix} {day}  {name}"),
            }
        };
        self.entries_with(kind).into_iter().map(line).collect()
    }
}

fn format_name(entry: &FeedEntry) -> &str {
    let link = || entry.link.as_deref().unwrap_or(&entry.id);
    if entry.title.is_empty() { link() } else { &entry.title }
}

fn format_day(entry: &FeedEntry) -> String {
    entry
        .published
        // The text is padded to the width of a date, so that the titles line up.
        .map_or("no date   ".to_owned(), |at| at.rfc3339()[..10].to_owned())
}

/// The old and the new day, or the exact old and new times if the day did not change.
fn format_redated(old: &FeedEntry, new: &FeedEntry) -> String {
    let (mut before, mut after) = (format_day(old), format_day(new));
    if before == after {
        let time = |entry: &FeedEntry| entry.published.map(|at| at.rfc3339()).unwrap_or_default();
        (before, after) = (time(old), time(new));
    }
    format!("{before} is now {after}")
}

/// Lists feeds: `a`, `a and b`, `a, b and c`, `a and 3 other feeds`.
pub fn format_names(feeds: &[String]) -> String {
    match feeds {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if feeds.len() <= 3 => format!("{} and {last}", first.join(", ")),
        [first, others @ ..] => format!("{first} and {} other feeds", others.len()),
    }
}
