//! Writes, from a tree, only what the policy lets pass.

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

/// How often what was written may change when it is read again.
const MAX_ROUNDS: usize = 6;

/// Reads and writes until nothing changes anymore: a parser may move what stands where HTML does not allow it, and
/// what every later reader sees must be what was judged here.
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
        let again = write(&parse::fragment(&html), &mut Vec::new());
        if again == html {
            return (html, removed);
        }
        html = again;
    }
    removed.push("markup that no two parsers read alike".to_owned());
    let text = text_of(&parse::fragment(&html), ROOT);
    let mut out = String::new();
    for line in text.lines() {
        out.push_str("<p>");
        escape(line, &mut out);
        out.push_str("</p>");
    }
    (out, removed)
}

/// Text as it stands, without what XML cannot hold.
fn keep_xml_chars(text: &str, out: &mut String) {
    out.extend(text.chars().filter(|&c| is_xml_char(c) && c != '\r'));
}
