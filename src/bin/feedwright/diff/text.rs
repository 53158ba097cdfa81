//! Changes for people: counts first, then a line for each of the first entries.

use feedwright::compare::{Changes, Kind, format_names};

use super::Compared;
use crate::print::{LINES, lines, printable};

/// What changes in each feed; feeds with the same changes share the lines.
pub(crate) fn text(compared: &[Compared], is_verbose: bool) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for feed in compared {
        let changes = feed.changes();
        if changes.are_none() {
            continue;
        }
        let told = told(&changes, if is_verbose { usize::MAX } else { LINES });
        match groups.iter_mut().find(|(other, _)| *other == told) {
            Some((_, feeds)) => feeds.push(feed.name.clone()),
            None => groups.push((told, vec![feed.name.clone()])),
        }
    }
    if groups.is_empty() {
        return "nothing changes for subscribers\n".to_owned();
    }
    let of_group = |(told, feeds): &(String, Vec<String>)| format!("{}: {told}", printable(&format_names(feeds)));
    groups.iter().map(of_group).collect()
}

/// `2 new, 1 gone`, and the lines.
fn told(changes: &Changes<'_>, limit: usize) -> String {
    let kinds = Kind::ALL.map(|kind| (kind, changes.lines(kind)));
    let kinds: Vec<_> = kinds.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    let counts: Vec<String> = kinds
        .iter()
        .map(|(kind, lines)| format!("{} {}", lines.len(), kind.as_str()))
        .collect();
    let mut text = counts.join(", ") + "\n";
    for (_, all) in &kinds {
        text += &lines(all, limit);
    }
    text
}
