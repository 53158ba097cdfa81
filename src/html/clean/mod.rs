//! Cleans an HTML fragment: writes only the parts that the chosen level allows.

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

/// The maximum number of times that the result is parsed and written again.
const MAX_ROUNDS: usize = 6;

/// Cleans a fragment, and then cleans the result repeatedly until it no longer changes.
///
/// A parser moves or closes elements that are not allowed where they are. If parsing still changed the result, a reader
/// would build a tree that is different from the tree that was checked here. Mutation attacks exploit such differences.
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
    // If the tree were kept, two trees of a large fragment would be in memory at the same time.
    drop(tree);
    for _ in 0..MAX_ROUNDS {
        // Whatever a later round removes was added by the parser's repairs and not by the author, so it is not
        // reported.
        let again = write(&parse::fragment(&html), &mut Vec::new());
        if again == html {
            return (html, removed);
        }
        html = again;
    }
    // Even after all rounds, parsing changes the HTML, so readers would build a tree that has not been checked.
    // Therefore, only the text is published.
    removed.push("markup that parsers interpret differently".to_owned());
    let text = text_of(&parse::fragment(&html), ROOT);
    let mut out = String::new();
    for line in text.lines() {
        out.push_str("<p>");
        escape(line, &mut out);
        out.push_str("</p>");
    }
    (out, removed)
}

/// Appends text without escaping it, but leaves out carriage returns and the characters that XML cannot represent.
fn push_xml_chars(text: &str, out: &mut String) {
    out.extend(text.chars().filter(|&c| is_xml_char(c) && c != '\r'));
}
