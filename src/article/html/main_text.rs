//! The main text of a page: which element holds it, and what in it is text, picture or furniture.

use crate::{
    html::{
        candidates, is_block, picture_source, text_of,
        tree::{Element, NodeId, ROOT, Step},
    },
    text::collapse,
};

use super::{
    Page, Paragraph, Picture,
    head::has_word,
    hints,
    survey::{Facts, Survey},
};

const MAX_PARAGRAPHS: usize = 12;
const MAX_IMAGES: usize = 16;

pub(super) fn read(survey: &Survey<'_>, page: &mut Page) {
    let main = if page.is_whole {
        main_element(survey)
    } else {
        body(survey)
    };
    let mut writer = Writer {
        survey,
        main: survey.facts(main),
        first_prose: first_prose(survey, main),
        is_whole: page.is_whole,
        started: false,
        out: String::new(),
        run: Run::default(),
        paragraphs: Vec::new(),
    };
    if page.is_whole {
        for lead in leads(survey, main) {
            writer.write_lead(lead);
        }
    }
    writer.write(main);
    page.content = writer.out.trim().to_owned();
    page.paragraphs = writer.paragraphs;
    page.images = pictures(survey, scope(survey, main));
}

fn body(survey: &Survey<'_>) -> NodeId {
    let is_body = |&id: &NodeId| survey.tree.element(id).is_some_and(|e| e.name() == "body");
    survey.elements.iter().copied().find(is_body).unwrap_or(ROOT)
}

/// The element that holds the main text: one that says so and holds a fair share of the prose, else the smallest that
/// holds nearly all of it.
fn main_element(survey: &Survey<'_>) -> NodeId {
    let whole = survey.facts(ROOT).prose;
    let says_so: [fn(&Element, Facts) -> bool; 3] = [
        |_, facts| facts.hints & hints::CONTENT != 0,
        |element, _| element.name() == "article",
        |element, _| element.name() == "main" || element.attribute("role") == Some("main"),
    ];
    let declared = says_so.iter().find_map(|says_so| {
        let mut best: Option<(NodeId, u32)> = None;
        for &id in &survey.elements {
            let facts = survey.facts(id);
            let is_one =
                !facts.in_furniture && !facts.is_unread && survey.tree.element(id).is_some_and(|e| says_so(e, facts));
            if is_one && best.is_none_or(|(_, prose)| facts.prose > prose) {
                best = Some((id, facts.prose));
            }
        }
        best.filter(|&(_, prose)| prose > 0 && prose * 100 >= whole * 40)
    });
    if let Some((id, _)) = declared {
        return id;
    }
    let mut at = body(survey);
    loop {
        let enough = survey.facts(at).prose * 85 / 100;
        let next = survey
            .tree
            .children(at)
            .find(|&child| survey.facts(child).prose > enough);
        match next {
            Some(child) => at = child,
            None => return at,
        }
    }
}

/// The element whose pictures belong to the main text: that of the text, and what is around it without much more text.
fn scope(survey: &Survey<'_>, main: NodeId) -> NodeId {
    let limit = survey.facts(main).prose / 10 * 13;
    survey
        .ancestors(main)
        .take_while(|(id, element)| !matches!(element.name(), "body" | "html") && survey.facts(*id).prose <= limit)
        .last()
        .map_or(main, |(id, _)| id)
}

/// The paragraphs before the main text that call themselves its opening.
fn leads(survey: &Survey<'_>, main: NodeId) -> Vec<NodeId> {
    let top = survey
        .ancestors(main)
        .take_while(|(_, element)| !matches!(element.name(), "body" | "html"))
        .take(6)
        .last();
    let Some((top, _)) = top else { return Vec::new() };
    let mut leads = Vec::new();
    let mut walk = survey.tree.walk(top);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if id == main || leads.len() == 2 {
            break;
        }
        let Some(element) = survey.tree.element(id) else {
            continue;
        };
        let facts = survey.facts(id);
        let names_itself = facts.hints & hints::LEAD != 0 || has_word(element, "itemprop", "description");
        if facts.in_furniture || facts.is_unread {
            walk.skip_children();
        } else if names_itself
            && !facts.has_h1
            && is_block(element.name())
            && (60..=1_200).contains(&facts.text)
            && facts.linked * 2 < facts.text
        {
            leads.push(id);
            walk.skip_children();
        }
    }
    leads
}

/// A run of text between two block boundaries.
#[derive(Default)]
struct Run {
    text: String,
    line: u32,
    linked: usize,
    breaks: u32,
}

struct Writer<'s> {
    survey: &'s Survey<'s>,
    main: Facts,
    /// The place of its first long paragraph.
    first_prose: u32,
    is_whole: bool,
    /// Whether running text has been met: before it stand headline, byline and date.
    started: bool,
    out: String,
    run: Run,
    paragraphs: Vec<Paragraph>,
}

impl Writer<'_> {
    /// Writes a paragraph that stands before the main text.
    fn write_lead(&mut self, lead: NodeId) {
        let is_div = self.survey.tree.element(lead).is_some_and(|e| e.name() == "div");
        let (start, end) = if is_div { ("<div>", "</div>") } else { ("<p>", "</p>") };
        self.out.push_str(start);
        self.write(lead);
        self.out.push_str(end);
    }

    /// Writes what is inside of an element.
    fn write(&mut self, top: NodeId) {
        let tree = self.survey.tree;
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
                    if self.is_left_out(id, element) {
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
                    if self.is_left_out(id, element) {
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
            self.run.line = self.survey.line(id);
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

    /// Whether an element inside the main text is not part of it. The answer for an element is the same when it is
    /// entered and left, for what it was left out for does not change in between.
    fn is_left_out(&self, id: NodeId, element: &Element) -> bool {
        let facts = self.survey.facts(id);
        if facts.is_unread && !matches!(element.name(), "iframe" | "object") {
            return true;
        }
        if !element.is_html() && element.name() == "svg" {
            return true;
        }
        if !self.is_whole {
            return matches!(element.name(), "link" | "meta" | "base");
        }
        if matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6") && self.is_orphan(id) {
            return true;
        }
        let is_small = facts.prose * 3 < self.main.prose.max(1);
        let is_attached = facts.hints & hints::ATTACHED != 0 || is_control(element.name());
        facts.in_furniture
            || (is_small
                && (is_attached || is_list_of_links(element, facts) || self.is_list_of_tags(id, element, facts)))
            || self.is_heading_matter(element, facts)
    }

    /// Whether a heading has lost all that stood below it.
    fn is_orphan(&self, heading: NodeId) -> bool {
        let tree = self.survey.tree;
        let mut has_lost = false;
        for id in std::iter::successors(tree.next_sibling(heading), |&id| tree.next_sibling(id)) {
            match tree.element(id) {
                None if self.survey.facts(id).text == 0 => {}
                None => return false,
                Some(e) if matches!(e.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => return has_lost,
                Some(e) if self.is_left_out(id, e) => has_lost |= self.survey.facts(id).text > 0,
                Some(_) => return false,
            }
        }
        has_lost
    }

    fn is_list_of_tags(&self, id: NodeId, element: &Element, facts: Facts) -> bool {
        facts.linked > 0
            && facts.linked * 10 >= facts.text * 8
            && is_block(element.name())
            && self.survey.tree.walk(id).take(12).any(|step| {
                matches!(step, Step::Enter(inner) if self.survey.tree.element(inner).is_some_and(|e| has_word(e, "rel", "tag")))
            })
    }

    /// Headline, byline and date at the head of the main text.
    fn is_heading_matter(&self, element: &Element, facts: Facts) -> bool {
        let is_headline = element.name() == "h1"
            || (matches!(element.name(), "h2" | "h3") && facts.hints & hints::TITLE != 0 && facts.in_article)
            || has_word(element, "itemprop", "headline");
        let is_byline = facts.hints & (hints::AUTHOR | hints::DATE) != 0
            && facts.text <= 160
            && facts.prose == 0
            && !matches!(element.name(), "figure" | "img" | "a" | "blockquote");
        is_byline || (is_headline && facts.order < self.first_prose)
    }
}

fn first_prose(survey: &Survey<'_>, main: NodeId) -> u32 {
    survey
        .tree
        .walk(main)
        .find_map(|step| match step {
            Step::Enter(id) => {
                let facts = survey.facts(id);
                (facts.prose >= 80 && survey.tree.element(id)?.name() == "p").then_some(facts.order)
            }
            Step::Leave(_) => None,
        })
        .unwrap_or(u32::MAX)
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

fn is_control(name: &str) -> bool {
    matches!(
        name,
        "form" | "button" | "input" | "select" | "textarea" | "label" | "fieldset" | "link" | "meta" | "base"
    )
}

fn is_list_of_links(element: &Element, facts: Facts) -> bool {
    matches!(element.name(), "div" | "ul" | "ol" | "section" | "table" | "dl" | "p")
        && facts.linked >= 60
        && facts.linked * 10 >= facts.text * 8
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

fn pictures(survey: &Survey<'_>, scope: NodeId) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    let mut walk = survey.tree.walk(scope);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let Some(element) = survey.tree.element(id) else {
            continue;
        };
        let facts = survey.facts(id);
        if facts.in_furniture || facts.is_unread || facts.hints & hints::ATTACHED != 0 {
            walk.skip_children();
        } else if matches!(element.name(), "img" | "amp-img")
            && let Some(picture) = picture(survey, id, element)
            && pictures.iter().all(|other| other.src != picture.src)
        {
            pictures.push(picture);
            if pictures.len() == MAX_IMAGES {
                break;
            }
        }
    }
    pictures
}

fn picture(survey: &Survey<'_>, id: NodeId, element: &Element) -> Option<Picture> {
    let source = picture_source(element);
    let largest = source.srcset.and_then(largest);
    let src = largest.map(|(address, _)| address).or(source.src)?.trim();
    let pixels = |name: &str| -> Option<u32> { element.attribute(name)?.trim().trim_end_matches("px").parse().ok() };
    let width = largest.and_then(|(_, width)| width).or_else(|| pixels("width"));
    if src.is_empty()
        || src.starts_with("data:")
        || width.is_some_and(|w| w <= 1)
        || pixels("height").is_some_and(|h| h <= 1)
    {
        return None;
    }
    let title = element.attribute("title").map(collapse).filter(|t| !t.is_empty());
    Some(Picture {
        src: src.to_owned(),
        alt: element.attribute("alt").map(collapse).unwrap_or_default(),
        caption: caption(survey, id).or(title),
        width,
        line: survey.line(id),
    })
}

/// The largest candidate of a `srcset` that is not larger than a screen, with its width.
fn largest(set: &str) -> Option<(&str, Option<u32>)> {
    candidates(set)
        .filter_map(|(address, descriptor)| {
            let width: u32 = descriptor.strip_suffix('w')?.parse().ok()?;
            (width <= 2_600).then_some((address, Some(width)))
        })
        .max_by_key(|&(_, width)| width)
}

/// The caption of the figure that a picture stands in.
fn caption(survey: &Survey<'_>, id: NodeId) -> Option<String> {
    let is_caption = |e: &Element| {
        e.name() == "figcaption"
            || e.attribute("class").is_some_and(|c| {
                c.split_ascii_whitespace()
                    .any(|w| matches!(w, "wp-caption-text" | "caption" | "image-caption"))
            })
    };
    let (figure, _) = survey.ancestors(id).take(5).find(|(_, e)| {
        e.name() == "figure"
            || e.attribute("class")
                .is_some_and(|c| c.split_ascii_whitespace().any(|w| w == "wp-caption"))
    })?;
    let caption = survey.tree.walk(figure).take(64).find_map(|step| match step {
        Step::Enter(inner) => survey.tree.element(inner).filter(|e| is_caption(e)).map(|_| inner),
        Step::Leave(_) => None,
    })?;
    let text = collapse(&text_of(survey.tree, caption));
    (!text.is_empty()).then_some(text)
}
