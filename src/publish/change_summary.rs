//! Summarizes the changes of a refused build: at most twenty lines, whatever the number of feeds and entries.
//!
//! Cron mails the message, and a person decides by it.

use std::collections::BTreeMap;

use crate::compare::{Changes, Kind, format_names};

const MAX_LINES: usize = 20;
/// This many groups of feeds share the lines equally; further groups are only counted.
const SHARING_GROUPS: usize = 5;
/// A group needs a heading, one change, and the number of the other changes.
const MIN_GROUP_LINES: usize = 3;

/// The lines of changes, with the names of the feeds that have exactly these changes.
///
/// A site usually has the same feed in three formats, so they share their lines.
#[derive(Default)]
pub(super) struct ChangesByFeed(BTreeMap<Vec<String>, Vec<String>>);

impl ChangesByFeed {
    pub(super) fn add(&mut self, feed: String, changes: &Changes<'_>) {
        self.0.entry(guarded_lines(changes)).or_default().push(feed);
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        let mut out = Vec::new();
        let mut groups: Vec<_> = self.0.into_iter().filter(|(changes, _)| !changes.is_empty()).collect();
        // Smaller groups first, so that larger ones can use the lines that they leave.
        groups.sort_by_key(|(changes, _)| changes.len());
        let number = groups.len();
        for (at, (changes, feeds)) in groups.iter().enumerate() {
            let available = (MAX_LINES - out.len()) / (number - at).min(SHARING_GROUPS);
            if available < MIN_GROUP_LINES {
                let feeds: usize = groups.iter().skip(at).map(|(_, feeds)| feeds.len()).sum();
                out.push(format!("… and changes in {feeds} more feeds"));
                break;
            }
            out.push(format!("{}:", format_names(feeds)));
            let (fitting, all) = (available - 1, changes.len());
            let listed = if all > fitting { fitting - 1 } else { all };
            out.extend(changes.iter().take(listed).map(|change| format!("  {change}")));
            if all > listed {
                out.push(format!("  … and {} more", all - listed));
            }
        }
        out
    }
}

/// One line for each change that a guard may refuse, the most harmful first.
fn guarded_lines(changes: &Changes<'_>) -> Vec<String> {
    let kinds = Kind::ALL.into_iter();
    let guarded = kinds.filter(|kind| !matches!(kind, Kind::SlidOut | Kind::Retitled | Kind::Edited));
    guarded.flat_map(|kind| changes.lines(kind)).collect()
}
