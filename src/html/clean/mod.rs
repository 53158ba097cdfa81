//! Writes only the parts of a tree that the policy allows.

mod picture;
mod trusted;
mod value;
mod writer;

pub(crate) use picture::picture_source;

use super::{
    Level, escape, parse,
    plain::text_of,
    tree::{ROOT, Tree},
};
use crate::{text::is_xml_char, url::Url};

/// The maximum number of rounds of writing and parsing.
const MAX_ROUNDS: usize = 6;

/// Writes the fragment, reads the result and writes it again until the result no longer changes.
///
/// A parser moves and closes elements that are not allowed where they are. If parsing still changed the result, a
/// reader would see a different tree than the one that was checked here. Mutation attacks work this way.
pub(super) fn clean(fragment: &str, base: &Url, level: Level) -> (String, Vec<String>) {
    let tree = parse::fragment(fragment);
    let mut removed = Vec::new();
    let write = |tree: &Tree, removed: &mut Vec<String>| match level {
        Level::Trusted => trusted::write(tree, base),
        Level::Strict | Level::Standard => writer::write(tree, base, level, removed),
    };
    let mut html = write(&tree, &mut removed);
    if let Some(limit) = tree.limit {
        removed.push(limit.to_owned());
    }
    for _ in 0..MAX_ROUNDS {
        // What later rounds remove comes from the parser's repairs and not from the author, so it is not reported.
        let again = write(&parse::fragment(&html), &mut Vec::new());
        if again == html {
            return (html, removed);
        }
        html = again;
    }
    // The tree that readers would see has not been checked, so only the text is published.
    removed.push("markup that parsers read in different ways".to_owned());
    let text = text_of(&parse::fragment(&html), ROOT);
    let mut out = String::new();
    for line in text.lines() {
        out.push_str("<p>");
        escape(line, &mut out);
        out.push_str("</p>");
    }
    (out, removed)
}

/// Appends text without escaping, and without the characters that XML cannot represent.
fn push_xml_chars(text: &str, out: &mut String) {
    out.extend(text.chars().filter(|&c| is_xml_char(c) && c != '\r'));
}
