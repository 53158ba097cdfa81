//! One walk over the tree: for each element its hints, how much text is in it, and whether it is furniture.

use crate::html::{
    is_block, is_unread,
    tree::{Element, NodeId, ROOT, Step, Tree},
};

use super::{
    head,
    hints::{self, Hints},
};

/// What is known of a node.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// What its names hint at.
    pub(super) hints: Hints,
    /// How many characters of text are in it, blanks not counted.
    pub(super) text: u32,
    /// How many of them are in links.
    pub(super) linked: u32,
    /// How many are in running text: long lines outside of links and furniture.
    pub(super) prose: u32,
    /// Its place in document order.
    pub(super) order: u32,
    /// Whether it is or stands in furniture.
    pub(super) in_furniture: bool,
    /// Whether the furniture that it stands in is the article's own foot, where many blogs name author and date.
    pub(super) in_foot: bool,
    /// Whether it is or stands in comments or legal notices.
    pub(super) in_foreign: bool,
    /// Whether it stands in `article`, `main` or the like.
    pub(super) in_article: bool,
    /// Whether it holds an `h1`.
    pub(super) has_h1: bool,
    /// Whether it shows something that is not text: a picture, a film, a line.
    pub(super) has_media: bool,
    /// Whether its text is never read: scripts, styles, what is hidden.
    pub(super) is_unread: bool,
}

/// What is believed about furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// What elements are, and what classes and ids say.
    Names,
    /// What elements are; classes and ids only of what is foreign to it.
    Elements,
}

/// A tree and the facts about its nodes.
pub(super) struct Survey<'t> {
    pub(super) tree: &'t Tree,
    facts: Vec<Facts>,
    /// The elements that are read, in document order.
    pub(super) elements: Vec<NodeId>,
    /// The line of the file before the first of the page.
    lines_before: u32,
}

impl<'t> Survey<'t> {
    pub(super) fn of(tree: &'t Tree, first_line: u32) -> Self {
        let mut survey = Survey {
            tree,
            facts: vec![Facts::default(); tree.len()],
            elements: Vec::new(),
            lines_before: first_line.saturating_sub(1),
        };
        survey.measure();
        survey.mark_furniture(Trust::Names);
        survey.measure_prose();
        // A page with much text and nothing but furniture has names that mislead.
        let whole = survey.facts(ROOT);
        if whole.prose * 8 < whole.text - whole.linked && whole.prose < 400 {
            survey.mark_furniture(Trust::Elements);
            survey.measure_prose();
        }
        survey
    }

    pub(super) fn facts(&self, id: NodeId) -> Facts {
        self.facts.get(id as usize).copied().unwrap_or_default()
    }

    /// The line of the file that a node stands on.
    pub(super) fn line(&self, id: NodeId) -> u32 {
        self.tree.line(id).saturating_add(self.lines_before)
    }

    /// The elements above a node, nearest first.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &'t Element)> {
        let tree = self.tree;
        std::iter::successors(tree.parent(id), |&up| tree.parent(up))
            .filter_map(|up| tree.element(up).map(|element| (up, element)))
    }

    /// Hints, order, and how much text is in each element.
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
                        facts.is_unread =
                            is_unread(element) && element.name() != "head" || element.attribute("hidden").is_some();
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

    /// Whether each node stands in furniture, and whether in the article.
    fn mark_furniture(&mut self, trust: Trust) {
        let whole = self.facts[ROOT as usize];
        for i in 0..self.elements.len() {
            let id = self.elements[i];
            let Some(element) = self.tree.element(id) else { continue };
            let above = self.tree.parent(id).map(|p| self.facts(p)).unwrap_or_default();
            let own = self.facts(id);
            let is_furniture = is_furniture(element, own, above, whole, trust);
            let facts = &mut self.facts[id as usize];
            facts.in_furniture = above.in_furniture || is_furniture;
            facts.in_foreign = above.in_foreign || (is_furniture && own.hints & hints::FOREIGN != 0);
            facts.in_foot = if above.in_furniture {
                above.in_foot && (!is_furniture || is_foot(element))
            } else {
                is_furniture && is_foot(element) && (above.in_article || element.name() != "footer")
            };
            facts.in_article = above.in_article || is_article(element);
            facts.is_unread |= above.is_unread;
        }
    }

    /// How much running text is in each element.
    fn measure_prose(&mut self) {
        for facts in &mut self.facts {
            facts.prose = 0;
        }
        for i in 0..self.elements.len() {
            let id = self.elements[i];
            let facts = self.facts(id);
            if facts.in_furniture || facts.is_unread {
                continue;
            }
            let Some(element) = self.tree.element(id) else { continue };
            if !is_cell_or_block(element.name()) {
                continue;
            }
            // The text that stands in the block itself, and not in a block inside of it.
            let own = self.own_text(id);
            let needed = if matches!(element.name(), "p" | "blockquote" | "pre") {
                20
            } else {
                60
            };
            if own.text >= needed && own.linked * 2 < own.text {
                self.facts[id as usize].prose += own.text - own.linked;
            }
        }
        for i in (0..self.elements.len()).rev() {
            let id = self.elements[i];
            let prose = self.facts(id).prose;
            if let Some(parent) = self.tree.parent(id) {
                self.facts[parent as usize].prose += prose;
            }
        }
    }

    /// The text of a block outside of the blocks inside of it. All calls together read each node once.
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

/// How many characters a text has, blanks not counted; a CJK character counts two, as it says as much.
fn length(text: &str) -> u32 {
    text.chars()
        .map(|c| match c {
            _ if c.is_whitespace() => 0,
            '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}' => 2,
            _ => 1,
        })
        .sum()
}

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

/// Pages of the nineties keep their text in cells.
fn is_cell_or_block(name: &str) -> bool {
    is_block(name) || matches!(name, "td" | "th")
}

fn own_hints(element: &Element) -> Hints {
    let of = |name| element.attribute(name).map_or(0, hints::of);
    let mut all = of("class") | of("id");
    if let Some(role) = element.attribute("role") {
        all |= match role {
            "navigation" | "contentinfo" | "complementary" | "search" | "dialog" | "alertdialog" | "menu"
            | "banner" | "menubar" => hints::FURNITURE,
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
        || head::has_word(element, "class", "hentry")
        || head::has_word(element, "class", "h-entry")
        || element
            .attribute("itemtype")
            .is_some_and(|t| t.contains("Article") || t.contains("BlogPosting"))
}

/// The last line of a post, as against the last of a page.
fn is_foot(element: &Element) -> bool {
    let is_named = |class: &str| {
        class.split_ascii_whitespace().any(|word| {
            // `post-footer-line` is a line of it.
            ["post-footer", "entry-footer", "entry-meta"]
                .iter()
                .any(|name| word.starts_with(name))
        })
    };
    element.name() == "footer" || element.attribute("class").is_some_and(is_named)
}

fn is_furniture(element: &Element, own: Facts, above: Facts, whole: Facts, trust: Trust) -> bool {
    let by_name = match element.name() {
        "html" | "body" | "main" => return false,
        "nav" | "footer" | "aside" | "dialog" | "menu" => true,
        "header" => !above.in_article && !own.has_h1,
        _ => false,
    };
    let trusted = match trust {
        Trust::Names => hints::FURNITURE,
        Trust::Elements => hints::FOREIGN,
    };
    if !by_name && own.hints & trusted == 0 {
        return false;
    }
    // The head of an article may be named after the head of the page.
    if !by_name && own.has_h1 && (above.in_article || element.name() == "article") {
        return false;
    }
    // A layout's class speaks of its parts: `with-sidebar`. Comments can be longer than what they are about.
    let is_most = |part: u32| (own.text - own.linked) * 100 >= (whole.text - whole.linked) * part;
    let is_article = match own.has_h1 {
        // A masthead holds the site's name and little else.
        true => is_most(15),
        false => own.hints & hints::FOREIGN == 0 && is_most(50),
    };
    !is_article
}
