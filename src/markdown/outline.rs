//! Reads the outline of a Markdown body in one pass over its start.

use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{
    Heading, Outline, excerpt,
    parts::{Part, Parts},
    raw_html,
};
use crate::{
    body::{Paragraph, Picture},
    html,
    text::collapse,
};

/// The maximum number of paragraphs to read.
const MAX_PARAGRAPHS: usize = 12;
/// The maximum number of images to read.
const MAX_IMAGES: usize = 16;

/// The maximum number of bytes to read from a body. The start is enough, because a summary comes from the first
/// paragraphs.
const MAX_BYTES: usize = 64 * 1024;

pub(super) fn outline(body: &str, first_line: u32) -> Outline {
    let start = start(body);
    let excerpt_line = excerpt::marker_line(start).map(|line| line + first_line);
    // If only the start of the body is read, the definition of a label may be missing. In that case, `[text][label]`
    // counts as a link even without a definition.
    let is_cut = start.len() < body.len();
    let mut reader = Reader::default();
    let mut first_line = first_line;
    for part in Parts::new(start) {
        reader.part(&part, first_line, is_cut);
        if reader.out.paragraphs.len() >= MAX_PARAGRAPHS {
            break;
        }
        first_line = first_line.saturating_add(u32::try_from(part.lines).unwrap_or(u32::MAX));
    }
    reader.finish(excerpt_line)
}

/// The whole body or, if it is too long, its start up to a blank line.
fn start(body: &str) -> &str {
    if body.len() <= MAX_BYTES {
        return body;
    }
    let window = crate::text::start_of(body, MAX_BYTES);
    // A cut inside a block could change the meaning of the block.
    window.rfind("\n\n").map_or(window, |at| &window[..at])
}

#[derive(Default)]
struct Reader {
    out: Outline,
    block: TextBlock,
    /// Blocks of raw HTML, each with its line.
    html: Vec<(String, u32)>,
    /// Whether anything other than images and comments was read.
    has_prose: bool,
    /// The number of open lists, quotes, tables and code blocks.
    containers: usize,
}

/// Converts byte offsets to line numbers. The offsets must be passed in ascending order.
struct LineCounter<'a> {
    text: &'a str,
    /// The last byte offset that was converted, and its line number.
    counted: (usize, u32),
}

impl LineCounter<'_> {
    fn line(&mut self, at: usize) -> u32 {
        let (from, line) = self.counted;
        if at > from {
            let passed = self.text.as_bytes().get(from..at).unwrap_or_default();
            let lines = memchr::memchr_iter(b'\n', passed).count();
            self.counted = (at, line + u32::try_from(lines).unwrap_or(0));
        }
        self.counted.1
    }
}

/// The paragraph or heading that is being read.
#[derive(Default)]
struct TextBlock {
    text: String,
    line: u32,
    /// The address, title and line of the image that is being read, and the byte offset in `text` at which its
    /// alternative text starts.
    image: Option<(String, Option<String>, u32, usize)>,
    has_image: bool,
    is_open: bool,
    /// The name of the open raw HTML element whose text is not prose, if there is one.
    hidden: Option<&'static str>,
}

/// Elements whose text browsers do not display as prose.
const HIDDEN: &[&str] = &["script", "style", "template", "noscript", "textarea"];

impl Reader {
    /// Reads a part, but stops as soon as there are enough paragraphs.
    fn part(&mut self, part: &Part, first_line: u32, is_cut: bool) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        let accept_any_label = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
            (is_cut && link.link_type == LinkType::ReferenceUnknown).then(|| ("".into(), "".into()))
        };
        let mut lines = LineCounter {
            text: &part.text,
            counted: (0, first_line),
        };
        let parser = Parser::new_with_broken_link_callback(&part.text, options, Some(accept_any_label));
        for (event, range) in parser.into_offset_iter() {
            // From this length on, the text consists of the appended definitions of links and footnotes, which do not
            // belong to this part of the body.
            if range.start >= part.length {
                break;
            }
            self.event(event, range.start, &mut lines);
            if self.out.paragraphs.len() >= MAX_PARAGRAPHS {
                break;
            }
        }
    }

    fn event(&mut self, event: Event<'_>, at: usize, lines: &mut LineCounter<'_>) {
        match event {
            Event::Start(Tag::Paragraph) => self.open(lines.line(at)),
            Event::Start(Tag::Heading { .. }) => self.open(lines.line(at)),
            Event::End(TagEnd::Paragraph) => self.close_paragraph(),
            Event::End(TagEnd::Heading(level)) => self.close_heading(level),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) | Tag::FootnoteDefinition(_)) => {
                self.containers += 1;
                self.has_prose = true;
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table | TagEnd::FootnoteDefinition) => {
                self.containers = self.containers.saturating_sub(1);
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.containers += 1;
                self.has_prose = true;
            }
            Event::End(TagEnd::CodeBlock) => self.containers = self.containers.saturating_sub(1),
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let line = lines.line(at);
                let caption = Some(title.into_string()).filter(|title| !title.trim().is_empty());
                self.block.has_image = true;
                self.block.image = Some((dest_url.into_string(), caption, line, self.block.text.len()));
            }
            Event::End(TagEnd::Image) => self.close_image(),
            Event::Text(text) | Event::Code(text) if self.block.is_open && self.block.hidden.is_none() => {
                self.block.text.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.block.text.push(' '),
            Event::InlineHtml(tag) => self.inline_html(&tag, lines.line(at)),
            Event::Start(Tag::HtmlBlock) => {
                self.html.push((String::new(), lines.line(at)));
            }
            Event::Html(part) => {
                if let Some((block, _)) = self.html.last_mut() {
                    block.push_str(&part);
                }
            }
            Event::End(TagEnd::HtmlBlock) => self.close_html(),
            _ => {}
        }
    }

    fn open(&mut self, line: u32) {
        self.block = TextBlock {
            line,
            is_open: true,
            ..TextBlock::default()
        };
    }

    fn close_paragraph(&mut self) {
        let block = std::mem::take(&mut self.block);
        let text = collapse(&block.text);
        if text.is_empty() {
            // A badge or a picture may precede the title.
            self.has_prose |= !block.has_image;
            return;
        }
        self.has_prose = true;
        if self.containers == 0 {
            self.out.paragraphs.push(Paragraph { text, line: block.line });
        }
    }

    fn close_heading(&mut self, level: HeadingLevel) {
        let block = std::mem::take(&mut self.block);
        self.push_heading(level as u8, &block.text, block.line);
    }

    fn push_heading(&mut self, level: u8, text: &str, line: u32) {
        let text = collapse(text);
        if text.is_empty() || self.containers > 0 {
            return;
        }
        let is_leading = !self.has_prose && self.out.headings.is_empty();
        self.out.headings.push(Heading {
            level,
            text,
            line,
            is_leading,
        });
        self.has_prose = true;
    }

    fn close_image(&mut self) {
        let Some((src, caption, line, from)) = self.block.image.take() else {
            return;
        };
        let alt = collapse(self.block.text.get(from..).unwrap_or_default());
        // The alternative text of an image is not part of the paragraph.
        self.block.text.truncate(from);
        self.push_image(Picture {
            src,
            alt,
            caption,
            width: None,
            line,
        });
    }

    fn push_image(&mut self, image: Picture) {
        if self.out.images.len() < MAX_IMAGES && !image.src.trim().is_empty() {
            self.out.images.push(image);
        }
    }

    fn inline_html(&mut self, tag: &str, line: u32) {
        if let Some(hidden) = self.block.hidden {
            if is_tag(tag, "</", hidden) {
                self.block.hidden = None;
            }
            return;
        }
        self.block.hidden = HIDDEN.iter().copied().find(|name| is_tag(tag, "<", name));
        if let Some(image) = raw_html::images(tag, line).into_iter().next() {
            self.block.has_image = true;
            self.push_image(image);
        } else if tag.starts_with("<br") {
            self.block.text.push(' ');
        }
    }

    fn close_html(&mut self) {
        let Some((block, line)) = self.html.pop() else {
            return;
        };
        for image in raw_html::images(&block, line) {
            self.push_image(image);
        }
        if let Some((level, text)) = raw_html::heading(&block) {
            self.push_heading(level, &text, line);
        } else {
            let start = block.trim_start();
            self.has_prose |= !start.starts_with("<!--") && !block.contains("<img");
        }
        // Keep the block in case the body has no Markdown paragraphs and its prose is in raw HTML.
        self.html.push((block, line));
    }

    fn finish(mut self, excerpt_line: Option<u32>) -> Outline {
        // If there are no Markdown paragraphs, the prose is in raw HTML.
        if self.out.paragraphs.is_empty() {
            let headings = &self.out.headings;
            let prose = self.html.iter().flat_map(|(block, line)| prose_of(block, *line));
            self.out.paragraphs = prose
                // The text of a raw HTML heading is not a paragraph.
                .filter(|paragraph| headings.iter().all(|heading| heading.text != paragraph.text))
                .take(MAX_PARAGRAPHS)
                .collect();
        }
        self.out.excerpt = excerpt_line.map(|line| {
            self.out
                .paragraphs
                .iter()
                .filter(|paragraph| paragraph.line < line)
                .count()
        });
        self.out
    }
}

/// Whether `tag` is an HTML tag with this name. `open` is `<` for a start tag and `</` for an end tag.
fn is_tag(tag: &str, open: &str, name: &str) -> bool {
    tag.strip_prefix(open).is_some_and(|rest| {
        let has_name = rest
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name));
        has_name && !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
    })
}

/// The paragraphs in a block of raw HTML.
fn prose_of(block: &str, line: u32) -> Vec<Paragraph> {
    html::to_text(block)
        .lines()
        .map(collapse)
        .filter(|text| !text.is_empty())
        .map(|text| Paragraph { text, line })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::prepare, *};

    /// The outline of a body that is parsed as a whole.
    fn outline_of_whole(body: &str) -> Outline {
        let text = prepare::prepare(body).into_owned();
        let part = Part {
            length: text.len(),
            lines: 0,
            text,
        };
        let mut reader = Reader::default();
        reader.part(&part, 1, false);
        reader.finish(excerpt::marker_line(body).map(|line| line + 1))
    }

    fn block() -> impl Strategy<Value = String> {
        let block = prop::sample::select(vec![
            "Text with [a] and [b][a] and ![c][d], and a note[^1].",
            "## Heading",
            "Heading\n---",
            "- item\n\n  more\n- item",
            "1. item\n\n    code",
            "> quote\nlazy",
            "    code\n\n    code",
            "```\ncode\n\nText in code\n```",
            "~~~ rust\n# no heading\n\nText\n~~~",
            "<!-- comment\n\nText in it\n-->",
            "<pre>\na\n\nText in it\n</pre>",
            "<div>\n\nText\n\n</div>",
            "<h2>Raw heading</h2>\n<img src=\"x.png\" alt=\"x\">",
            "{% include x\n\nText in a tag %}",
            "{{< figure src=\"y\" >}}",
            "%% comment\n\nText in it %%",
            "| a | b |\n|---|---|\n| c | [a] |",
            "[a]: /a",
            "[d]: /d.png \"title\"",
            "[^1]: Note\n\n    more of it",
            "***",
            "<!--more-->",
            "![picture](/p.png)",
        ]);
        (block, 0..3_usize).prop_map(|(block, times)| {
            let padding = "Some words to fill a line of text, and then another line.\n".repeat(8);
            match times {
                0 => format!("{block}\n\n"),
                1 => format!("{block}\n\n- {padding}\n"),
                _ => format!("{block}\n\n# {}\n\n", padding.replace('\n', " ")),
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn parts_have_the_same_outline_as_the_whole(blocks in prop::collection::vec(block(), 0..24)) {
            let body = blocks.concat();
            prop_assert_eq!(format!("{:?}", outline(&body, 1)), format!("{:?}", outline_of_whole(&body)));
        }
    }
}
