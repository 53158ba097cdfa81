//! The main text of a page: which element holds it.

use crate::html::{
    is_block,
    tree::{Element, NodeId, ROOT, Step},
};

use super::{
    Page,
    content::Writer,
    frame::Frame,
    head::has_word,
    hints, pictures, signature,
    survey::{Facts, Survey},
};

/// With less running text than this, in characters without blanks, the share that an element holds says nothing.
const LITTLE_PROSE: u32 = 500;

pub(super) fn read(survey: &Survey<'_>, page: &mut Page) {
    let main = if page.is_whole {
        main_element(survey)
    } else {
        body(survey)
    };
    let mut frame = Frame::new(survey, main, page.is_whole);
    if page.is_whole {
        frame.heading_lines = signature::below_headline(&frame, main, page);
    }
    let mut writer = Writer::new(frame);
    if page.is_whole {
        for lead in leads(survey, main) {
            writer.write_lead(lead);
        }
    }
    writer.write(main);
    page.content = writer.out.trim().to_owned();
    page.paragraphs = writer.paragraphs;
    page.images = pictures::read(survey, main);
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
            let is_one = !facts.in_furniture
                && !facts.is_unread
                && survey
                    .tree
                    .element(id)
                    .is_some_and(|e| !is_paragraph(e) && says_so(e, facts));
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
            Some(child)
                if !survey.tree.element(child).is_some_and(is_paragraph) && !loses_text(survey, at, child, whole) =>
            {
                at = child;
            }
            _ => return at,
        }
    }
}

/// Whether text of the article may stand beside an element: paragraphs, and where there is little text, all that is
/// not known for furniture.
fn loses_text(survey: &Survey<'_>, parent: NodeId, child: NodeId, whole: u32) -> bool {
    survey.tree.children(parent).filter(|&id| id != child).any(|id| {
        let facts = survey.facts(id);
        let Some(element) = survey.tree.element(id) else {
            return whole < LITTLE_PROSE && facts.text > facts.linked;
        };
        let is_text = !facts.in_furniture
            && !facts.is_unread
            && facts.hints & hints::ATTACHED == 0
            && facts.linked * 2 < facts.text
            && !matches!(element.name(), "h1" | "form" | "header");
        is_text && (whole < LITTLE_PROSE || (is_paragraph(element) && facts.prose > 0))
    })
}

/// Elements that hold one paragraph, however they are named.
fn is_paragraph(element: &Element) -> bool {
    matches!(
        element.name(),
        "p" | "pre" | "blockquote" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    )
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
