//! Determines the facts about each element in the tree: its hints, how much text it contains, and whether it is
//! boilerplate.
//!
//! Each pass visits every node a constant number of times, so the total time is linear in the size of the page, however
//! deeply the elements are nested.

use crate::{
    html::{
        is_block, is_not_displayed, text_of,
        tree::{Element, NodeId, ROOT, Step, Tree},
    },
    text::collapse,
};

use super::hints::{self, Hints};

/// What is known about a node. Most facts are known only for elements; for a text node, only `text` and `linked` are
/// known.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// The hints from the element's class, id, role and itemprop.
    pub(super) hints: Hints,
    /// The length of the element's text, as counted by [`length`].
    pub(super) text: u32,
    /// How much of the text is inside links.
    pub(super) linked: u32,
    /// How much of the text is running text: long blocks that are neither links nor boilerplate.
    pub(super) prose: u32,
    /// The number of elements that precede this element in document order.
    pub(super) order: u32,
    /// Whether the element is boilerplate or inside boilerplate.
    pub(super) in_boilerplate: bool,
    /// Whether the element is in the article's footer. The footer is boilerplate, but many blogs give the author and
    /// date there.
    pub(super) in_article_footer: bool,
    /// Whether the element is inside readers' comments or a cookie notice.
    pub(super) in_comment_or_notice: bool,
    /// Whether the element is inside an `article` or `main` element, or an equivalent.
    pub(super) in_article: bool,
    /// Whether the element contains an `h1`.
    pub(super) has_h1: bool,
    /// Whether the element shows something other than text, such as a picture, a video or a horizontal rule.
    pub(super) has_media: bool,
    /// Whether the element's text is never shown, as in scripts, styles and hidden elements.
    pub(super) is_unread: bool,
}

/// The criteria that identify boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BoilerplateBy {
    /// Element names (`nav`, `aside`), and all classes and ids that suggest boilerplate.
    ElementsAndNames,
    /// Element names, and only those classes and ids that mark readers' comments or cookie notices.
    Elements,
}

/// A tree and the facts about its nodes.
pub(super) struct Analysis<'t> {
    pub(super) tree: &'t Tree,
    facts: Vec<Facts>,
    /// All elements in document order, except those inside elements whose text is never shown.
    pub(super) elements: Vec<NodeId>,
    /// The number of lines that precede the page in its file.
    lines_before: u32,
}

impl<'t> Analysis<'t> {
    pub(super) fn new(tree: &'t Tree, first_line: u32) -> Self {
        let mut analysis = Analysis {
            tree,
            facts: vec![Facts::default(); tree.len()],
            elements: Vec::new(),
            lines_before: first_line.saturating_sub(1),
        };
        analysis.measure();
        analysis.mark_boilerplate(BoilerplateBy::ElementsAndNames);
        analysis.measure_prose();
        // Some themes give the whole page a class such as `sidebar` or `menu`. If nearly all text would count as
        // boilerplate, the classes and ids are misleading, so a second attempt ignores them.
        let whole = analysis.facts(ROOT);
        if whole.prose * 8 < whole.text - whole.linked && whole.prose < 400 {
            analysis.mark_boilerplate(BoilerplateBy::Elements);
            analysis.measure_prose();
        }
        analysis
    }

    pub(super) fn facts(&self, id: NodeId) -> Facts {
        self.facts.get(id as usize).copied().unwrap_or_default()
    }

    /// The node's line in the file.
    pub(super) fn line(&self, id: NodeId) -> u32 {
        self.tree.line(id).saturating_add(self.lines_before)
    }

    /// The element's text, on one line.
    pub(super) fn text_line(&self, id: NodeId) -> String {
        collapse(&text_of(self.tree, id))
    }

    /// The node's ancestor elements, nearest first.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &'t Element)> {
        let tree = self.tree;
        std::iter::successors(tree.parent(id), |&up| tree.parent(up))
            .filter_map(|up| tree.element(up).map(|element| (up, element)))
    }

    /// Determines each element's hints, its position in document order and its amount of text.
    fn measure(&mut self) {
        let tree = self.tree;
        let mut walk = tree.walk(ROOT);
        let mut links = 0;
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(id) => {
                    if let Some(text) = tree.text(id) {
                        let length = length(text);
                        if let Some(parent) = tree.parent(id) {
                            let facts = &mut self.facts[parent as usize];
                            facts.text += length;
                            facts.linked += if links > 0 { length } else { 0 };
                        }
                        let facts = &mut self.facts[id as usize];
                        facts.text = length;
                        facts.linked = if links > 0 { length } else { 0 };
                    } else if let Some(element) = tree.element(id) {
                        let order = self.elements.len() as u32;
                        self.elements.push(id);
                        let facts = &mut self.facts[id as usize];
                        facts.order = order;
                        facts.hints = own_hints(element);
                        facts.has_h1 = element.name() == "h1";
                        facts.has_media = is_media(element.name());
                        // Browsers do not display `head`, but it must be read, because its elements declare metadata.
                        facts.is_unread = is_not_displayed(element) && element.name() != "head"
                            || element.attribute("hidden").is_some();
                        links += u32::from(element.name() == "a");
                        if facts.is_unread {
                            walk.skip_children();
                        }
                    }
                }
                Step::Leave(id) => {
                    let facts = self.facts[id as usize];
                    if tree.element(id).is_some_and(|e| e.name() == "a") {
                        links -= 1;
                    }
                    if let Some(parent) = tree.parent(id) {
                        let up = &mut self.facts[parent as usize];
                        up.text += facts.text;
                        up.linked += facts.linked;
                        up.has_h1 |= facts.has_h1;
                        up.has_media |= facts.has_media;
                    }
                }
            }
        }
    }

    /// Determines which nodes are in boilerplate and which are in the article.
    fn mark_boilerplate(&mut self, by: BoilerplateBy) {
        let whole = self.facts[ROOT as usize];
        for i in 0..self.elements.len() {
            let id = self.elements[i];
            let Some(element) = self.tree.element(id) else { continue };
            // Parents precede their children in document order, so the parent's facts are already final.
            let above = self.tree.parent(id).map(|p| self.facts(p)).unwrap_or_default();
            let own = self.facts(id);
            let is_boilerplate = is_boilerplate(element, own, above, whole, by);
            let facts = &mut self.facts[id as usize];
            facts.in_boilerplate = above.in_boilerplate || is_boilerplate;
            facts.in_comment_or_notice =
                above.in_comment_or_notice || (is_boilerplate && own.hints & hints::COMMENT_OR_NOTICE != 0);
            facts.in_article_footer = if above.in_boilerplate {
                above.in_article_footer && (!is_boilerplate || is_article_footer(element))
            } else {
                is_boilerplate && is_article_footer(element) && (above.in_article || element.name() != "footer")
            };
            facts.in_article = above.in_article || is_article(element);
            facts.is_unread |= above.is_unread;
        }
    }

    /// Determines how much running text each element contains.
    fn measure_prose(&mut self) {
        for facts in &mut self.facts {
            facts.prose = 0;
        }
        for i in 0..self.elements.len() {
            let id = self.elements[i];
            let facts = self.facts(id);
            if facts.in_boilerplate || facts.is_unread {
                continue;
            }
            let Some(element) = self.tree.element(id) else { continue };
            if !is_cell_or_block(element.name()) {
                continue;
            }
            // A short `div` is more likely than a short `p` to be a label or a menu entry, so it needs more text to
            // count.
            let own = self.own_text(id);
            let needed = if matches!(element.name(), "p" | "blockquote" | "pre") {
                20
            } else {
                60
            };
            // Text that consists mostly of links is a menu or a list of articles.
            if own.text >= needed && own.linked * 2 < own.text {
                self.facts[id as usize].prose += own.text - own.linked;
            }
        }
        // Iterates backwards, so that each element's total is complete before it is added to the parent's total.
        for i in (0..self.elements.len()).rev() {
            let id = self.elements[i];
            let prose = self.facts(id).prose;
            if let Some(parent) = self.tree.parent(id) {
                self.facts[parent as usize].prose += prose;
            }
        }
    }

    /// The amount of text in a block, without the text of nested blocks. Because nested blocks are skipped, all calls
    /// together take linear time.
    fn own_text(&self, id: NodeId) -> Facts {
        let mut own = Facts::default();
        let mut walk = self.tree.walk(id);
        while let Some(step) = walk.next() {
            let Step::Enter(inner) = step else { continue };
            let facts = self.facts(inner);
            match self.tree.element(inner) {
                None => {
                    own.text += facts.text;
                    own.linked += facts.linked;
                }
                Some(e) if is_cell_or_block(e.name()) || facts.is_unread => walk.skip_children(),
                Some(_) => {}
            }
        }
        own
    }
}

/// The length of the text in characters, not counting white space. A CJK character counts as two, because it carries
/// about twice as much meaning.
fn length(text: &str) -> u32 {
    text.chars()
        .map(|c| match c {
            _ if c.is_whitespace() => 0,
            '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}' => 2,
            _ => 1,
        })
        .sum()
}

/// Whether an element has a purpose even without text, and must therefore not be removed as empty. An empty table cell,
/// for example, keeps the following cells in their columns.
fn is_media(name: &str) -> bool {
    matches!(
        name,
        "img"
            | "amp-img"
            | "picture"
            | "video"
            | "audio"
            | "iframe"
            | "embed"
            | "object"
            | "math"
            | "hr"
            | "br"
            | "wbr"
            | "source"
            | "track"
            | "col"
            | "td"
            | "th"
    )
}

/// Whether an element separates its text from the text around it. Table cells count too, because old pages put their
/// text in tables.
fn is_cell_or_block(name: &str) -> bool {
    is_block(name) || matches!(name, "td" | "th")
}

fn own_hints(element: &Element) -> Hints {
    let of = |name| element.attribute(name).map_or(0, hints::from_names);
    let mut all = of("class") | of("id");
    if let Some(role) = element.attribute("role") {
        all |= match role {
            "navigation" | "contentinfo" | "complementary" | "search" | "dialog" | "alertdialog" | "menu"
            | "banner" | "menubar" => hints::BOILERPLATE,
            _ => 0,
        };
    }
    if element
        .attribute("itemprop")
        .is_some_and(|p| p.split_ascii_whitespace().any(|p| p == "articleBody"))
    {
        all |= hints::CONTENT;
    }
    all
}

fn is_article(element: &Element) -> bool {
    matches!(element.name(), "article" | "main")
        || matches!(element.attribute("role"), Some("main" | "article"))
        // Microformat classes, which WordPress and its themes use.
        || element.has_word("class", "hentry")
        || element.has_word("class", "h-entry")
        || element
            .attribute("itemtype")
            .is_some_and(|t| t.contains("Article") || t.contains("BlogPosting"))
}

/// Whether an element is an article's footer, as opposed to the page's footer.
fn is_article_footer(element: &Element) -> bool {
    let is_named = |class: &str| {
        class.split_ascii_whitespace().any(|word| {
            // Compare only the start of the class, because themes number the lines in the footer:
            // `post-footer-line-1`.
            ["post-footer", "entry-footer", "entry-meta"]
                .iter()
                .any(|name| word.starts_with(name))
        })
    };
    element.name() == "footer" || element.attribute("class").is_some_and(is_named)
}

fn is_boilerplate(element: &Element, own: Facts, above: Facts, whole: Facts, by: BoilerplateBy) -> bool {
    let by_name = match element.name() {
        // The classes of `body` describe the whole page (`sidebar-right`), so they do not mark boilerplate.
        "html" | "body" | "main" => return false,
        "nav" | "footer" | "aside" | "dialog" | "menu" => true,
        // An article's header contains its headline; a page's header contains menus.
        "header" => !above.in_article && !own.has_h1,
        _ => false,
    };
    let trusted = match by {
        BoilerplateBy::ElementsAndNames => hints::BOILERPLATE,
        BoilerplateBy::Elements => hints::COMMENT_OR_NOTICE,
    };
    if !by_name && own.hints & trusted == 0 {
        return false;
    }
    // Some themes give the article's header the same class as the page's header.
    if !by_name && own.has_h1 && (above.in_article || element.name() == "article") {
        return false;
    }
    // An element with most of the page's text is the article, even if its class suggests otherwise: the class of a
    // wrapper often mentions only one of the wrapper's parts (`sidebar-layout`). Readers' comments are an exception,
    // because they can be longer than the article.
    let is_most = |part: u32| (own.text - own.linked) * 100 >= (whole.text - whole.linked) * part;
    let is_article = match own.has_h1 {
        // The page's header can contain an `h1` too, but contains little text apart from the site's name.
        true => is_most(15),
        false => own.hints & hints::COMMENT_OR_NOTICE == 0 && is_most(50),
    };
    !is_article
}
