//! Changes as human-readable text: counts, then one line per entry, up to a limit.

use feedwright::compare::{Changes, Kind, format_names};

use super::Comparison;
use crate::print::{MAX_LINES, format_list, printable};

/// Formats the changes to each feed. Feeds with the same changes are shown together.
pub(crate) fn format_text(comparisons: &[Comparison], is_verbose: bool) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for feed in comparisons {
        let changes = feed.changes();
        if changes.are_none() {
            continue;
        }
        let text = format_changes(&changes, if is_verbose { usize::MAX } else { MAX_LINES });
        // Most sites publish the same entries as RSS, Atom and JSON, so the changes to these feeds are listed once.
        match groups.iter_mut().find(|(other, _)| *other == text) {
            Some((_, feeds)) => feeds.push(feed.name.clone()),
            None => groups.push((text, vec![feed.name.clone()])),
        }
    }
    if groups.is_empty() {
        return "nothing changes for subscribers\n".to_owned();
    }
    let format_group = |(text, feeds): &(String, Vec<String>)| format!("{}: {text}", printable(&format_names(feeds)));
    groups.iter().map(format_group).collect()
}

/// Formats the counts, such as `2 new, 1 removed`, followed by one line per entry, up to a limit for each kind of
/// change.
fn format_changes(changes: &Changes<'_>, limit: usize) -> String {
    let kinds = Kind::ALL.map(|kind| (kind, changes.lines(kind)));
    let kinds: Vec<_> = kinds.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    let counts: Vec<String> = kinds
        .iter()
        .map(|(kind, lines)| format!("{} {}", lines.len(), kind.as_str()))
        .collect();
    let mut text = counts.join(", ") + "\n";
    for (_, all) in &kinds {
        text += &format_list(all, limit);
    }
    text
}
