//! A body in parts that mean alone what they mean in the whole: who looks for what stands at the start need not parse
//! all of it. The definitions of links and footnotes stand anywhere, so each part is given them.

use memchr::memmem;

use super::prepare::{self, Fence, Prepared};

/// A part has at least so many bytes, if there are so many: each costs the setting-up of a parser.
const LEAST: usize = 2048;

/// The body in parts, as plain Markdown.
pub(super) struct Parts<'a> {
    body: &'a str,
    /// Where the next part starts.
    from: usize,
    definitions: String,
}

/// One part.
pub(super) struct Part {
    /// Its text, followed by the definitions.
    pub(super) text: String,
    /// The length of the text without the definitions.
    pub(super) length: usize,
    /// How many lines of the body it takes.
    pub(super) lines: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn of(body: &'a str) -> Self {
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
        // To read long definitions with every part would take longer than to read all at once.
        let is_worth = self.definitions.len() <= LEAST;
        let mut least = if is_worth { LEAST } else { usize::MAX };
        let (end, text) = loop {
            let end = end(rest, least);
            let Prepared { text, is_whole } = prepare::start(rest, end);
            if is_whole || end == rest.len() {
                break (end, text);
            }
            least = 2 * end;
        };
        let is_all = end == self.body.len();
        self.from += end;
        let length = text.len();
        let mut text = text.into_owned();
        if !is_all && text.contains('[') {
            text.push_str(&self.definitions);
        }
        let lines = memchr::memchr_iter(b'\n', &rest.as_bytes()[..end]).count();
        Some(Part { text, length, lines })
    }
}

/// The end of the first part: below a blank line, where a line starts that closes every list, quote and footnote, and
/// that is no code.
fn end(text: &str, least: usize) -> usize {
    let mut lines = Lines::default();
    let mut at = 0;
    let mut is_below_blank = false;
    for line in text.split_inclusive('\n') {
        if is_below_blank && at >= least && !lines.is_inside() && starts_block(line) {
            return at;
        }
        lines.see(line);
        at += line.len();
        is_below_blank = line.trim_ascii().is_empty();
    }
    text.len()
}

fn starts_block(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphabetic() || c == '#')
}

/// What a line stands in that does not end at a blank line: fenced code, or raw HTML of the kinds 1 to 5 (CommonMark 4.6).
#[derive(Default)]
struct Lines {
    fence: Option<Fence>,
    html: Option<&'static str>,
}

impl Lines {
    fn is_inside(&self) -> bool {
        self.fence.is_some() || self.html.is_some()
    }

    fn see(&mut self, line: &str) {
        if !self.is_inside() && line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return;
        }
        if let Some(end) = self.html {
            self.html = (!contains(line, end)).then_some(end);
        } else if let Some(fence) = self.fence {
            self.fence = (!prepare::closes(line, fence)).then_some(fence);
        } else if let Some(fence) = prepare::opens(line) {
            self.fence = Some(fence);
        } else {
            self.html = html_end(line);
        }
    }
}

/// What ends the raw HTML that a line starts and does not end.
fn html_end(line: &str) -> Option<&'static str> {
    const BLOCKS: &[(&str, &str)] = &[
        ("<!--", "-->"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
        ("<?", "?>"),
        ("<![CDATA[", "]]>"),
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
    memmem::find(line.as_bytes(), end.as_bytes()).is_some() || end.len() > 3 && line.to_ascii_lowercase().contains(end)
}

/// The definitions of links and footnotes of a body, so that they can stand below any part of it.
fn definitions(body: &str) -> String {
    let mut found = String::new();
    if memmem::find(body.as_bytes(), b"]:").is_none() {
        return found;
    }
    let mut inside = Lines::default();
    let (mut may_define, mut goes_on) = (true, false);
    for line in body.lines() {
        let text = line.trim_start_matches(' ');
        let is_definition = line.len() - text.len() < 4 && !inside.is_inside() && may_define;
        inside.see(line);
        if goes_on {
            found.push_str(text);
            found.push('\n');
        } else if let Some(label) = label(text).filter(|_| is_definition) {
            if label.starts_with('^') {
                found.push_str(&format!("\n[{label}]: .\n\n"));
            } else {
                found.push_str(text);
                found.push('\n');
                goes_on = text[label.len() + 3..].trim().is_empty();
                continue;
            }
        } else {
            may_define = text.trim_ascii().is_empty();
        }
        goes_on = false;
    }
    if !found.is_empty() {
        found.insert_str(0, "\n\n");
    }
    prepare::prepare(&found).into_owned()
}

/// The label that a line defines.
fn label(text: &str) -> Option<&str> {
    let (label, _) = text.strip_prefix('[')?.split_once("]:")?;
    (!label.trim().is_empty() && !label.contains(['[', ']'])).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(body: &str) -> Vec<String> {
        Parts::of(body)
            .map(|part| part.text[..part.length].to_owned())
            .collect()
    }

    #[test]
    fn a_part_ends_where_nothing_is_open() {
        let long = "word ".repeat(LEAST / 5 + 1);
        let part = format!("{long}\n\n");
        for (next, is_apart) in [
            ("Text\n", true),
            ("# Heading\n", true),
            ("漢字\n", true),
            ("- an item\n", false),
            ("    code\n", false),
            ("> a quote\n", false),
            ("\nText\n", true),
        ] {
            assert_eq!(parts(&format!("{part}{next}")).len() == 2, is_apart, "{next}");
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
    fn definitions_are_known_to_every_part() {
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
