//! Finds the element that contains a page's main text.

use crate::html::{
    is_block,
    tree::{Element, NodeId, ROOT, Step},
};

use super::{
    Page,
    analysis::{Analysis, Facts},
    content::Writer,
    exclusions::Exclusions,
    header_lines, hints, pictures,
};

/// On a page with less running text than this, an element's share of the text is not meaningful. The length is counted
/// as in [`Facts::text`].
const LITTLE_PROSE: u32 = 500;

pub(super) fn read(analysis: &Analysis<'_>, page: &mut Page) {
    let main = if page.is_whole {
        main_element(analysis)
    } else {
        body(analysis)
    };
    let mut exclusions = Exclusions::new(analysis, main, page.is_whole);
    if page.is_whole {
        exclusions.header_lines = header_lines::find(&exclusions, main, page);
    }
    let mut writer = Writer::new(exclusions);
    if page.is_whole {
        for lead in leads(analysis, main) {
            writer.write_lead(lead);
        }
    }
    writer.write(main);
    page.content = writer.out.trim().to_owned();
    page.paragraphs = writer.paragraphs;
    page.images = pictures::read(analysis, main);
}

fn body(analysis: &Analysis<'_>) -> NodeId {
    let is_body = |&id: &NodeId| analysis.tree.element(id).is_some_and(|e| e.name() == "body");
    analysis.elements.iter().copied().find(is_body).unwrap_or(ROOT)
}

/// The element with the main text.
///
/// An element whose class or element name marks it as the main text (`article`, `main`) is chosen if it contains at
/// least 40% of the running text. An element with less text may be a teaser for another article: teasers use the same
/// class and element names. If no element is chosen, the search starts at `body`. It descends into the child that
/// contains more than 85% of its parent's running text, and stops if there is no such child, if the child is a single
/// paragraph, or if there may be article text next to the child.
fn main_element(analysis: &Analysis<'_>) -> NodeId {
    let whole = analysis.facts(ROOT).prose;
    let is_declared: [fn(&Element, Facts) -> bool; 3] = [
        // The narrowest kind of element comes first: an `article` may also contain a byline and buttons, and `main` may
        // also contain a list of other articles.
        |_, facts| facts.hints & hints::CONTENT != 0,
        |element, _| element.name() == "article",
        |element, _| element.name() == "main" || element.attribute("role") == Some("main"),
    ];
    let declared = is_declared.iter().find_map(|is_declared| {
        let mut best: Option<(NodeId, u32)> = None;
        for &id in &analysis.elements {
            let facts = analysis.facts(id);
            let is_declared_here = !facts.in_boilerplate
                && !facts.is_unread
                && analysis
                    .tree
                    .element(id)
                    .is_some_and(|e| !is_paragraph(e) && is_declared(e, facts));
            if is_declared_here && best.is_none_or(|(_, prose)| facts.prose > prose) {
                best = Some((id, facts.prose));
            }
        }
        best.filter(|&(_, prose)| prose > 0 && prose * 100 >= whole * 40)
    });
    if let Some((id, _)) = declared {
        return id;
    }
    let mut at = body(analysis);
    loop {
        let nearly_all = analysis.facts(at).prose * 85 / 100;
        let next = analysis
            .tree
            .children(at)
            .find(|&child| analysis.facts(child).prose > nearly_all);
        match next {
            Some(child)
                if !analysis.tree.element(child).is_some_and(is_paragraph)
                    && !would_lose_text(analysis, at, child, whole) =>
            {
                at = child;
            }
            _ => return at,
        }
    }
}

/// Whether `parent` may contain article text next to `child`. Usually, only paragraphs count as article text. If the
/// page has little running text (`whole` is its length), everything that does not look like boilerplate counts.
fn would_lose_text(analysis: &Analysis<'_>, parent: NodeId, child: NodeId, whole: u32) -> bool {
    analysis.tree.children(parent).filter(|&id| id != child).any(|id| {
        let facts = analysis.facts(id);
        let Some(element) = analysis.tree.element(id) else {
            return whole < LITTLE_PROSE && facts.text > facts.linked;
        };
        let is_text = !facts.in_boilerplate
            && !facts.is_unread
            && facts.hints & hints::ACCESSORY == 0
            && facts.linked * 2 < facts.text
            && !matches!(element.name(), "h1" | "form" | "header");
        is_text && (whole < LITTLE_PROSE || (is_paragraph(element) && facts.prose > 0))
    })
}

/// Whether an element is a single block of text, such as a paragraph, a heading or a list item. Such an element is
/// never the main element, even if its class suggests that it is: some themes give each paragraph a class such as
/// `bodytext`.
fn is_paragraph(element: &Element) -> bool {
    matches!(
        element.name(),
        "p" | "pre" | "blockquote" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    )
}

/// Up to two paragraphs before the main text that are marked up as the article's opening. News sites often show the
/// opening above the picture, outside the element with the other paragraphs.
fn leads(analysis: &Analysis<'_>, main: NodeId) -> Vec<NodeId> {
    let top = analysis
        .ancestors(main)
        .take_while(|(_, element)| !matches!(element.name(), "body" | "html"))
        .take(6)
        .last();
    let Some((top, _)) = top else { return Vec::new() };
    let mut leads = Vec::new();
    let mut walk = analysis.tree.walk(top);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if id == main || leads.len() == 2 {
            break;
        }
        let Some(element) = analysis.tree.element(id) else {
            continue;
        };
        let facts = analysis.facts(id);
        let is_lead = facts.hints & hints::LEAD != 0 || element.has_word("itemprop", "description");
        // A teaser in a sidebar may also have a class such as `intro`.
        if facts.in_boilerplate || facts.is_unread {
            walk.skip_children();
        } else if is_lead
            && !facts.has_h1
            && is_block(element.name())
            // An element with less text is a label, and an element with more text contains more than the opening.
            && (60..=1_200).contains(&facts.text)
            && facts.linked * 2 < facts.text
        {
            leads.push(id);
            walk.skip_children();
        }
    }
    leads
}
