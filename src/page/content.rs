//! Writes a page's main text, as HTML and as plain-text paragraphs.

use crate::{
    html::{
        escape, is_block,
        tree::{Element, NodeId, Step},
    },
    text::collapse,
};

use super::{Paragraph, exclusions::Exclusions};

const MAX_PARAGRAPHS: usize = 12;

/// A run of at least this many characters is certainly body text. The headline, byline and date are above the first
/// such run.
const BODY_TEXT: usize = 80;

/// A run of text between two block boundaries.
#[derive(Default)]
struct Run {
    text: String,
    line: u32,
    /// The number of bytes in `text` that are inside links.
    linked: usize,
    /// The number of times that the walk has entered or left a `br` since the last text.
    breaks: u32,
}

pub(super) struct Writer<'s> {
    exclusions: Exclusions<'s>,
    /// Whether a run of body text has been written.
    started: bool,
    /// The main text as HTML.
    pub(super) out: String,
    run: Run,
    /// The first paragraphs of the main text.
    pub(super) paragraphs: Vec<Paragraph>,
}

impl<'s> Writer<'s> {
    pub(super) fn new(exclusions: Exclusions<'s>) -> Self {
        Writer {
            exclusions,
            started: false,
            out: String::new(),
            run: Run::default(),
            paragraphs: Vec::new(),
        }
    }

    /// Writes an opening paragraph that precedes the element with the main text.
    pub(super) fn write_lead(&mut self, lead: NodeId) {
        let is_div = self
            .exclusions
            .analysis
            .tree
            .element(lead)
            .is_some_and(|e| e.name() == "div");
        let (start, end) = if is_div { ("<div>", "</div>") } else { ("<p>", "</p>") };
        self.out.push_str(start);
        self.write(lead);
        self.out.push_str(end);
    }

    /// Writes the content of an element.
    pub(super) fn write(&mut self, top: NodeId) {
        let tree = self.exclusions.analysis.tree;
        let mut walk = tree.walk(top);
        let mut links = 0_usize;
        // The number of open elements whose text is not prose, such as headings, lists, captions and quotations.
        let mut non_prose = 0_usize;
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if let Some(text) = tree.text(id) {
                        self.text(id, text, links > 0);
                        continue;
                    }
                    let Some(element) = tree.element(id) else { continue };
                    if self.exclusions.excludes(id, element) {
                        self.boundary(element.name(), non_prose);
                        walk.skip_children();
                        continue;
                    }
                    self.boundary(element.name(), non_prose);
                    self.open(element);
                    links += usize::from(element.name() == "a");
                    non_prose += usize::from(is_non_prose(element.name()));
                }
                Step::Leave(id) => {
                    let Some(element) = tree.element(id) else { continue };
                    if self.exclusions.excludes(id, element) {
                        continue;
                    }
                    self.boundary(element.name(), non_prose);
                    self.close(element);
                    links -= usize::from(element.name() == "a");
                    non_prose -= usize::from(is_non_prose(element.name()));
                }
            }
        }
        self.flush(non_prose);
    }

    fn text(&mut self, id: NodeId, text: &str, is_linked: bool) {
        escape(text, &mut self.out);
        // Further paragraphs are not needed; from here on, only the HTML is written.
        if self.paragraphs.len() >= MAX_PARAGRAPHS && self.started {
            return;
        }
        if self.run.text.trim_start().is_empty() {
            self.run.line = self.exclusions.analysis.line(id);
        }
        self.run.text.push_str(text);
        self.run.linked += if is_linked { text.trim().len() } else { 0 };
        if !text.trim().is_empty() {
            self.run.breaks = 0;
        }
    }

    /// Ends the run of text where a block starts or ends, or at two line breaks.
    fn boundary(&mut self, name: &str, non_prose: usize) {
        if name == "br" {
            self.run.text.push(' ');
            // Old pages separate paragraphs with two `br` elements. Each `br` is counted twice, when the walk enters it
            // and when the walk leaves it, so the count reaches 3 when the walk enters the second `br`.
            self.run.breaks += 1;
            if self.run.breaks >= 3 {
                self.flush(non_prose);
            }
        } else if is_block(name) || matches!(name, "td" | "th") {
            self.flush(non_prose);
        }
    }

    fn flush(&mut self, non_prose: usize) {
        let run = std::mem::take(&mut self.run);
        let text = collapse(&run.text);
        // A run that consists mostly of links is a menu, not a paragraph.
        if text.is_empty() || non_prose > 0 || run.linked * 2 > text.len() {
            return;
        }
        self.started |= text.chars().count() >= BODY_TEXT;
        if self.paragraphs.len() < MAX_PARAGRAPHS {
            self.paragraphs.push(Paragraph { text, line: run.line });
        }
    }

    fn open(&mut self, element: &Element) {
        self.out.push('<');
        self.out.push_str(element.name());
        for (name, value) in element.attributes() {
            // The parser accepts almost any character in an attribute name, even `<`. Attributes with such names are
            // omitted, because they would break the tag when the HTML is parsed again.
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
        // HTML ignores a line break right after these start tags, so an extra line break is written to preserve one at
        // the start of the text.
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

fn is_non_prose(name: &str) -> bool {
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
