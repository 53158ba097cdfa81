//! Splits a body into parts. Parsing the parts one after the other gives the same result as parsing the whole body.
//!
//! The outline needs only the first paragraphs, so most of a long body is never parsed. Link and footnote definitions
//! may be anywhere in the body, so they are appended to each part. A property test in `outline` compares the outline
//! that is read from the parts with the outline of the whole body.

use memchr::memmem;

use super::{
    code::{Fence, closes_fence, opens_fence},
    prepare::{self, Prepared},
};

/// The minimum size of a part, in bytes. Smaller parts would make parsing slower, because a parser must be set up for
/// each part.
const MIN_BYTES: usize = 2048;

/// An iterator that splits a body into parts and converts each part to plain Markdown.
pub(super) struct Parts<'a> {
    body: &'a str,
    /// The byte offset at which the next part starts.
    from: usize,
    /// The definitions of links and footnotes in the body.
    definitions: String,
}

/// A part of a body.
pub(super) struct Part {
    /// The text, followed by the definitions.
    pub(super) text: String,
    /// The length of the text without the definitions.
    pub(super) length: usize,
    /// The number of lines that the part occupies in the body.
    pub(super) lines: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Parts {
            body,
            from: 0,
            definitions: definitions(body),
        }
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let rest = self.body.get(self.from..).filter(|rest| !rest.is_empty())?;
        // Parsing long definitions again for each part would take longer than parsing the whole body at once.
        let is_faster = self.definitions.len() <= MIN_BYTES;
        let mut min_bytes = if is_faster { MIN_BYTES } else { usize::MAX };
        let (end, text) = loop {
            let end = end_of_part(rest, min_bytes);
            let Prepared { text, is_complete } = prepare::prepare_start(rest, end);
            if is_complete || end == rest.len() {
                break (end, text);
            }
            // Try again with twice the size. Because the size doubles, the total time stays linear even if a tag or
            // import is never closed.
            min_bytes = 2 * end;
        };
        let is_last = end == self.body.len();
        self.from += end;
        let length = text.len();
        let mut text = text.into_owned();
        // If the whole body is a single part, the part already contains the definitions.
        if !is_last && text.contains('[') {
            text.push_str(&self.definitions);
        }
        let lines = memchr::memchr_iter(b'\n', &rest.as_bytes()[..end]).count();
        Some(Part { text, length, lines })
    }
}

/// The byte offset at which the first part ends. The line at this offset follows a blank line, starts with a letter or
/// `#`, and is outside code and raw HTML. Such a line closes every list, quote and footnote.
fn end_of_part(text: &str, min_bytes: usize) -> usize {
    let mut open = OpenBlock::default();
    let mut at = 0;
    let mut follows_blank = false;
    for line in text.split_inclusive('\n') {
        if follows_blank && at >= min_bytes && !open.is_open() && starts_block(line) {
            return at;
        }
        open.update(line);
        at += line.len();
        follows_blank = line.trim_ascii().is_empty();
    }
    text.len()
}

fn starts_block(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphabetic() || c == '#')
}

/// The open block, if it does not end at a blank line: fenced code, or an HTML block of kinds 1 to 5 (CommonMark 0.31,
/// section 4.6).
#[derive(Default)]
struct OpenBlock {
    fence: Option<Fence>,
    /// The text that ends the raw HTML.
    html: Option<&'static str>,
}

impl OpenBlock {
    fn is_open(&self) -> bool {
        self.fence.is_some() || self.html.is_some()
    }

    /// Updates the state for the next line.
    fn update(&mut self, line: &str) {
        // Most lines are prose, which does not open a block.
        if !self.is_open() && line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return;
        }
        if let Some(end) = self.html {
            self.html = (!contains(line, end)).then_some(end);
        } else if let Some(fence) = self.fence {
            self.fence = (!closes_fence(line, fence)).then_some(fence);
        } else if let Some(fence) = opens_fence(line) {
            self.fence = Some(fence);
        } else {
            self.html = html_end(line);
        }
    }
}

/// If a line opens a raw HTML block without closing it, returns the text that ends the block.
fn html_end(line: &str) -> Option<&'static str> {
    const BLOCKS: &[(&str, &str)] = &[
        ("<!--", "-->"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
        ("<?", "?>"),
        ("<![CDATA[", "]]>"),
        // This entry comes after `<!--` and `<![CDATA[`, which start with the same characters.
        ("<!", ">"),
    ];
    let text = line.trim_start_matches([' ', '>', '\t', '-', '*', '+']);
    if !text.starts_with('<') {
        return None;
    }
    let opens = |(open, _): &&(&str, &str)| {
        let start = text.get(..open.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(open))
    };
    let (open, end) = BLOCKS.iter().find(opens)?;
    (!contains(&text[open.len()..], end)).then_some(*end)
}

fn contains(line: &str, end: &str) -> bool {
    // Strings of more than three bytes are end tags, whose case does not matter.
    memmem::find(line.as_bytes(), end.as_bytes()).is_some() || end.len() > 3 && line.to_ascii_lowercase().contains(end)
}

/// The link and footnote definitions in a body, to append to its parts. The text of footnotes is not needed.
fn definitions(body: &str) -> String {
    let mut found = String::new();
    if memmem::find(body.as_bytes(), b"]:").is_none() {
        return found;
    }
    let mut open = OpenBlock::default();
    let (mut may_define, mut continues) = (true, false);
    for line in body.lines() {
        let text = line.trim_start_matches(' ');
        // A line that is indented by four spaces is code, and a definition cannot interrupt a paragraph (CommonMark
        // 0.31, sections 4.4 and 4.7).
        let is_definition = line.len() - text.len() < 4 && !open.is_open() && may_define;
        open.update(line);
        if continues {
            found.push_str(text);
            found.push('\n');
        } else if let Some(label) = label(text).filter(|_| is_definition) {
            // Without a definition, `[^1]` would be read as text. The content of the definition does not matter.
            if label.starts_with('^') {
                found.push_str(&format!("\n[{label}]: .\n\n"));
            } else {
                found.push_str(text);
                found.push('\n');
                // The address may be on the next line.
                continues = text[label.len() + 3..].trim().is_empty();
                continue;
            }
        } else {
            may_define = text.trim_ascii().is_empty();
        }
        continues = false;
    }
    if !found.is_empty() {
        found.insert_str(0, "\n\n");
    }
    prepare::prepare(&found).into_owned()
}

/// The label of a definition.
fn label(text: &str) -> Option<&str> {
    let (label, _) = text.strip_prefix('[')?.split_once("]:")?;
    (!label.trim().is_empty() && !label.contains(['[', ']'])).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: &str) -> Vec<String> {
        Parts::new(body)
            .map(|part| part.text[..part.length].to_owned())
            .collect()
    }

    #[test]
    fn a_part_ends_where_no_block_is_open() {
        let long = "word ".repeat(MIN_BYTES / 5 + 1);
        let part = format!("{long}\n\n");
        for (next, is_new_part) in [
            ("Text\n", true),
            ("# Heading\n", true),
            ("漢字\n", true),
            ("- an item\n", false),
            ("    code\n", false),
            ("> a quote\n", false),
            ("\nText\n", true),
        ] {
            assert_eq!(parts(&format!("{part}{next}")).len() == 2, is_new_part, "{next}");
        }
        for (open, close) in [
            ("```\n", "```\n"),
            ("- ~~~ sh\n", "  ~~~\n"),
            ("<!-- \n", "-->\n"),
            ("<PRE>\n", "</PRE>\n"),
            ("{{< figure\n", ">}}\n"),
        ] {
            assert_eq!(parts(&format!("{open}{part}Text\n")).len(), 1, "{open}");
            assert_eq!(parts(&format!("{open}{part}{close}\nText\n")).len(), 2, "{open}");
        }
    }

    #[test]
    fn definitions_are_found() {
        for (body, expected) in [
            ("a [b]\n\n[b]: /b\n[c]:\n  /c\n", "\n\n[b]: /b\n[c]:\n/c\n"),
            ("a[^1]\n\n[^1]: Text\n    more\n", "\n\n\n[^1]: .\n\n"),
            ("```\n\n[b]: /b\n```\n", ""),
            ("a\n[b]: /b\n", ""),
            ("    [b]: /b\n", ""),
            ("a", ""),
        ] {
            assert_eq!(definitions(body), expected, "{body}");
        }
    }
}
