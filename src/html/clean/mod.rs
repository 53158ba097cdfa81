//! Writes, from a tree, only what the policy lets pass.

mod picture;
mod trusted;
mod value;
mod writer;

pub(crate) use picture::picture_source;

use super::{
    Level, parse,
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

/// Text as HTML and XML both read it; what XML cannot hold is left out.
fn escape(text: &str, out: &mut String) {
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text.as_bytes()[at..].iter().position(|byte| may_need_escape(*byte)) {
        at += next;
        let Some(c) = text[at..].chars().next() else { break };
        let start = at;
        at += c.len_utf8();
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\r' => "\n",
            _ if is_xml_char(c) && !matches!(c, '\u{7F}'..='\u{9F}') => continue,
            _ => "",
        };
        out.push_str(&text[from..start]);
        out.push_str(replacement);
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Whether a byte starts a character that is escaped or left out, or may do so: C1 controls, U+FFFE, U+FFFF.
fn may_need_escape(byte: u8) -> bool {
    matches!(
        byte,
        0..=0x08 | 0x0B..=0x1F | b'&' | b'<' | b'>' | b'"' | 0x7F | 0xC2 | 0xEF
    )
}

/// Text as it stands, without what XML cannot hold.
fn keep_xml_chars(text: &str, out: &mut String) {
    out.extend(text.chars().filter(|&c| is_xml_char(c) && c != '\r'));
}
