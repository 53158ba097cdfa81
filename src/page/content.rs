//! Writes the main text, as HTML and as paragraphs.

use crate::{
    html::{
        is_block,
        tree::{Element, NodeId, Step},
    },
    text::collapse,
};

use super::{Paragraph, frame::Frame};

const MAX_PARAGRAPHS: usize = 12;

/// A run of text between two block boundaries.
#[derive(Default)]
struct Run {
    text: String,
    line: u32,
    linked: usize,
    breaks: u32,
}

pub(super) struct Writer<'s> {
    frame: Frame<'s>,
    /// Whether running text has been met: before it stand headline, byline and date.
    started: bool,
    /// The main text as HTML.
    pub(super) out: String,
    run: Run,
    /// Its first paragraphs.
    pub(super) paragraphs: Vec<Paragraph>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(frame: Frame<'s>) -> Self {
        Writer {
            frame,
            started: false,
            out: String::new(),
            run: Run::default(),
            paragraphs: Vec::new(),
        }
    }

    /// Writes a paragraph that stands before the main text.
    pub(super) fn write_lead(&mut self, lead: NodeId) {
        let is_div = self.frame.survey.tree.element(lead).is_some_and(|e| e.name() == "div");
        let (start, end) = if is_div { ("<div>", "</div>") } else { ("<p>", "</p>") };
        self.out.push_str(start);
        self.write(lead);
        self.out.push_str(end);
    }

    /// Writes what is inside of an element.
    pub(super) fn write(&mut self, top: NodeId) {
        let tree = self.frame.survey.tree;
        let mut walk = tree.walk(top);
        let mut links = 0_usize;
        // How many elements are open whose text is no prose: headings, lists, captions, quotations.
        let mut apart = 0_usize;
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if let Some(text) = tree.text(id) {
                        self.text(id, text, links > 0);
                        continue;
                    }
                    let Some(element) = tree.element(id) else { continue };
                    if self.frame.is_left_out(id, element) {
                        self.boundary(element.name(), apart);
                        walk.skip_children();
                        continue;
                    }
                    self.boundary(element.name(), apart);
                    self.open(element);
                    links += usize::from(element.name() == "a");
                    apart += usize::from(stands_apart(element.name()));
                }
                Step::Leave(id) => {
                    let Some(element) = tree.element(id) else { continue };
                    if self.frame.is_left_out(id, element) {
                        continue;
                    }
                    self.boundary(element.name(), apart);
                    self.close(element);
                    links -= usize::from(element.name() == "a");
                    apart -= usize::from(stands_apart(element.name()));
                }
            }
        }
        self.flush(apart);
    }

    fn text(&mut self, id: NodeId, text: &str, is_linked: bool) {
        escape(text, &mut self.out);
        if self.paragraphs.len() >= MAX_PARAGRAPHS && self.started {
            return;
        }
        if self.run.text.trim_start().is_empty() {
            self.run.line = self.frame.survey.line(id);
        }
        self.run.text.push_str(text);
        self.run.linked += if is_linked { text.trim().len() } else { 0 };
        if !text.trim().is_empty() {
            self.run.breaks = 0;
        }
    }

    /// Ends the run of text at a block, and at two line breaks.
    fn boundary(&mut self, name: &str, apart: usize) {
        if name == "br" {
            self.run.text.push(' ');
            // Each `br` is entered and left.
            self.run.breaks += 1;
            if self.run.breaks >= 3 {
                self.flush(apart);
            }
        } else if is_block(name) || matches!(name, "td" | "th") {
            self.flush(apart);
        }
    }

    fn flush(&mut self, apart: usize) {
        let run = std::mem::take(&mut self.run);
        let text = collapse(&run.text);
        if text.is_empty() || apart > 0 || run.linked * 2 > text.len() {
            return;
        }
        self.started |= text.chars().count() >= 80;
        if self.paragraphs.len() < MAX_PARAGRAPHS {
            self.paragraphs.push(Paragraph { text, line: run.line });
        }
    }

    fn open(&mut self, element: &Element) {
        self.out.push('<');
        self.out.push_str(element.name());
        for (name, value) in element.attributes() {
            // Names like these could end the tag early.
            if name
                .bytes()
                .any(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':'))
            {
                continue;
            }
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        if matches!(element.name(), "pre" | "listing") {
            self.out.push('\n');
        }
    }

    fn close(&mut self, element: &Element) {
        if !is_void(element.name()) {
            self.out.push_str("</");
            self.out.push_str(element.name());
            self.out.push('>');
        }
    }
}

fn stands_apart(name: &str) -> bool {
    matches!(
        name,
        "h1" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "figcaption"
            | "caption"
            | "figure"
            | "blockquote"
            | "pre"
            | "dt"
            | "dd"
            | "th"
            | "summary"
            | "iframe"
            | "object"
            | "math"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(replacement);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
