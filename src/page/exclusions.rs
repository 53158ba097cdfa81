//! Finds elements inside the main text that are not part of the text, such as headlines, bylines, buttons, tags and
//! lists of related pages.

use crate::html::{
    is_block,
    tree::{Element, NodeId, Step},
};

use super::{
    analysis::{Analysis, Facts},
    hints,
    metadata_line::{UnlabeledNames, is_metadata_line},
};

/// Decides which elements inside the main text are excluded.
pub(super) struct Exclusions<'s> {
    pub(super) analysis: &'s Analysis<'s>,
    main: Facts,
    /// The position of the first paragraph of running text; see [`Facts::order`].
    first_prose: u32,
    /// Whether the file is a complete page. If it contains only the HTML of an article's body, there is no headline,
    /// byline or menu to exclude.
    is_whole: bool,
    /// The elements above the text that contain only the author and the date, or only a menu; see `header_lines`.
    pub(super) header_lines: Vec<NodeId>,
}

impl<'s> Exclusions<'s> {
    pub(super) fn new(analysis: &'s Analysis<'s>, main: NodeId, is_whole: bool) -> Self {
        Exclusions {
            analysis,
            main: analysis.facts(main),
            first_prose: first_prose(analysis, main),
            is_whole,
            header_lines: Vec::new(),
        }
    }

    /// Whether an element inside the main text is excluded.
    ///
    /// As long as `header_lines` does not change, the answer is the same when a walk enters the element and when it
    /// leaves the element.
    pub(super) fn excludes(&self, id: NodeId, element: &Element) -> bool {
        let facts = self.analysis.facts(id);
        // An `iframe` or `object` has no text, but may show a video. Whether it is safe is decided later, when the HTML
        // is cleaned.
        if facts.is_unread && !matches!(element.name(), "iframe" | "object") {
            return true;
        }
        if !element.is_html() && element.name() == "svg" {
            return true;
        }
        if !self.is_whole {
            return matches!(element.name(), "link" | "meta" | "base");
        }
        // An `a` without text may be the target of a link, such as a link to a footnote.
        if facts.text == 0 && !facts.has_media && element.name() != "a" {
            return true;
        }
        if matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6") && self.heads_nothing(id) {
            return true;
        }
        // A class such as `tags` is misleading on the box around the whole article, so it counts only on elements that
        // contain a small part of the text.
        let is_small = facts.prose * 3 < self.main.prose.max(1);
        let is_accessory = facts.hints & hints::ACCESSORY != 0 || is_control(element.name());
        facts.in_boilerplate
            || (is_small
                && (is_accessory || is_list_of_links(element, facts) || self.is_list_of_tags(id, element, facts)))
            || (is_form(element, facts) && facts.text * 2 < self.main.text)
            || self.header_lines.contains(&id)
            || self.is_article_header(id, element, facts)
    }

    /// Whether everything between a heading and the next heading is excluded.
    fn heads_nothing(&self, heading: NodeId) -> bool {
        let tree = self.analysis.tree;
        // A heading with nothing below it is not excluded, because it may be the last line of the text.
        let mut has_excluded_text = false;
        for id in std::iter::successors(tree.next_sibling(heading), |&id| tree.next_sibling(id)) {
            match tree.element(id) {
                None if self.analysis.facts(id).text == 0 => {}
                None => return false,
                Some(e) if matches!(e.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => return has_excluded_text,
                Some(e) if self.excludes(id, e) => has_excluded_text |= self.analysis.facts(id).text > 0,
                Some(_) => return false,
            }
        }
        has_excluded_text
    }

    fn is_list_of_tags(&self, id: NodeId, element: &Element, facts: Facts) -> bool {
        facts.linked > 0
            && facts.linked * 10 >= facts.text * 8
            && is_block(element.name())
            && self.analysis.tree.walk(id).take(12).any(|step| {
                matches!(step, Step::Enter(inner) if self.analysis.tree.element(inner).is_some_and(|e| e.has_word("rel", "tag")))
            })
    }

    /// Whether an element is a headline, byline or date. In a feed, the title, author and date have their own fields.
    fn is_article_header(&self, id: NodeId, element: &Element, facts: Facts) -> bool {
        let is_headline = element.name() == "h1"
            || (matches!(element.name(), "h2" | "h3") && facts.hints & hints::TITLE != 0 && facts.in_article)
            || element.has_word("itemprop", "headline");
        let is_byline = facts.hints & (hints::AUTHOR | hints::DATE) != 0
            && facts.text <= 160
            && (facts.prose == 0 || is_metadata_line(&self.analysis.text_line(id), UnlabeledNames::Any))
            && !matches!(element.name(), "figure" | "img" | "a" | "blockquote");
        // A heading below the first paragraph belongs to a section of the article.
        is_byline || (is_headline && facts.order < self.first_prose)
    }
}

fn first_prose(analysis: &Analysis<'_>, main: NodeId) -> u32 {
    analysis
        .tree
        .walk(main)
        .find_map(|step| match step {
            Step::Enter(id) => {
                let facts = analysis.facts(id);
                (facts.prose >= 80 && analysis.tree.element(id)?.name() == "p").then_some(facts.order)
            }
            Step::Leave(_) => None,
        })
        .unwrap_or(u32::MAX)
}

/// Whether an element is a form. A form that contains the headline does not count, because ASP.NET wraps the whole page
/// in a form.
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
