//! What stands inside the main text and is no part of it: headline, byline, buttons, tags, lists of related pages.

use crate::html::{
    is_block,
    tree::{Element, NodeId, Step},
};

use super::{
    head::{has_word, line_of},
    hints,
    signature::{self, Names},
    survey::{Facts, Survey},
};

/// The main text of a page, as that around which the rest is a frame.
pub(super) struct Frame<'s> {
    pub(super) survey: &'s Survey<'s>,
    main: Facts,
    /// The place of its first long paragraph.
    first_prose: u32,
    /// Whether there is a frame at all: the HTML of a body alone is all main text.
    is_whole: bool,
    /// The lines at its head that name author and date.
    pub(super) heading_lines: Vec<NodeId>,
}

impl<'s> Frame<'s> {
    pub(super) fn new(survey: &'s Survey<'s>, main: NodeId, is_whole: bool) -> Self {
        Frame {
            survey,
            main: survey.facts(main),
            first_prose: first_prose(survey, main),
            is_whole,
            heading_lines: Vec::new(),
        }
    }

    /// Whether an element inside the main text is not part of it. The answer for an element is the same when it is
    /// entered and left, for what it was left out for does not change in between.
    pub(super) fn is_left_out(&self, id: NodeId, element: &Element) -> bool {
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
        // An empty anchor may be the target of a footnote.
        if facts.text == 0 && !facts.has_media && element.name() != "a" {
            return true;
        }
        if matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6") && self.is_orphan(id) {
            return true;
        }
        let is_small = facts.prose * 3 < self.main.prose.max(1);
        let is_attached = facts.hints & hints::ATTACHED != 0 || is_control(element.name());
        facts.in_furniture
            || (is_small
                && (is_attached || is_list_of_links(element, facts) || self.is_list_of_tags(id, element, facts)))
            || (is_form(element, facts) && facts.text * 2 < self.main.text)
            || self.heading_lines.contains(&id)
            || self.is_heading_matter(id, element, facts)
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
    fn is_heading_matter(&self, id: NodeId, element: &Element, facts: Facts) -> bool {
        let is_headline = element.name() == "h1"
            || (matches!(element.name(), "h2" | "h3") && facts.hints & hints::TITLE != 0 && facts.in_article)
            || has_word(element, "itemprop", "headline");
        let is_byline = facts.hints & (hints::AUTHOR | hints::DATE) != 0
            && facts.text <= 160
            && (facts.prose == 0 || signature::is_signature(&line_of(self.survey, id), Names::Any))
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

/// A form, as against a page that is wrapped in one.
fn is_form(element: &Element, facts: Facts) -> bool {
    element.name() == "form" && !facts.has_h1
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
