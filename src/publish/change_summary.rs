//! Summarizes the changes in a refused build in at most twenty lines, however many feeds and entries there are.
//!
//! Cron mails this message to the person who decides whether to allow the changes.

use std::collections::BTreeMap;

use crate::compare::{Changes, Kind, format_names};

const MAX_LINES: usize = 20;
/// The remaining lines are divided among at most this many groups of feeds. If a group's share is too small, the feeds
/// in this group and in all later groups are only counted.
const SHARING_GROUPS: usize = 5;
/// The minimum number of lines for a group: a heading, one change, and a line with the number of other changes.
const MIN_GROUP_LINES: usize = 3;

/// The changes as lines of text. Each set of lines is stored with the names of all feeds that have exactly these
/// changes.
///
/// A site usually has the same feed in three formats, which share one set of lines.
#[derive(Default)]
pub(super) struct ChangesByFeed(BTreeMap<Vec<String>, Vec<String>>);

impl ChangesByFeed {
    pub(super) fn add(&mut self, feed: String, changes: &Changes<'_>) {
        self.0.entry(guarded_lines(changes)).or_default().push(feed);
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        let mut out = Vec::new();
        let mut groups: Vec<_> = self.0.into_iter().filter(|(changes, _)| !changes.is_empty()).collect();
        // Groups with fewer changes come first, so that groups with more changes can use the lines that are left over.
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
