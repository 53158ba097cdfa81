//! Finds the menus above the headline, and the lines above the article's text that contain only metadata, such as the
//! author and the date.

use crate::{
    html::{
        is_block,
        tree::{NodeId, Step},
    },
    text::squash,
};

use super::{
    BylineKind, Page,
    exclusions::Exclusions,
    hints, json_ld,
    metadata_line::{LONGEST, UnlabeledNames, is_metadata_line},
};

/// The maximum number of lines to find, and also the maximum number of menus. No real article has more of either.
const MAX_LINES: usize = 8;
/// The maximum number of steps that the walk takes to find the start of the article's text.
const MAX_STEPS: usize = 2_000;

/// The elements before the article's text that contain either only metadata, such as the author and the date, or only
/// links.
///
/// The result is empty if no text follows, because in that case, these elements are the whole article.
pub(super) fn find(exclusions: &Exclusions<'_>, main: NodeId, page: &Page) -> Vec<NodeId> {
    let analysis = exclusions.analysis;
    let authors = declared_authors(page);
    let names = UnlabeledNames::Only(&authors);
    let mut lines = Vec::new();
    // A list of links above the headline is one of the site's menus; a list of links below the headline is part of the
    // article. Therefore, menus are added to `lines` only when the walk reaches the headline.
    let mut menus = Vec::new();
    let mut walk = analysis.tree.walk(main);
    // Skips the step that enters the main element itself.
    walk.next();
    for _ in 0..MAX_STEPS {
        let Some(step) = walk.next() else { break };
        let Step::Enter(id) = step else { continue };
        let facts = analysis.facts(id);
        let Some(element) = analysis.tree.element(id) else {
            if facts.text > 0 {
                return lines;
            }
            continue;
        };
        if element.name() == "h1" {
            lines.append(&mut menus);
        }
        let is_beside_text = facts.text == 0
            || matches!(element.name(), "h1" | "h2" | "h3" | "figure")
            || (facts.hints & (hints::TITLE | hints::KICKER | hints::LEAD) != 0 && !contains_blocks(exclusions, id))
            || exclusions.excludes(id, element);
        let is_menu = matches!(element.name(), "ul" | "ol") && facts.text > 0 && facts.linked == facts.text;
        if is_menu && menus.len() < MAX_LINES {
            menus.push(id);
            walk.skip_children();
            continue;
        }
        if is_beside_text {
            walk.skip_children();
            continue;
        }
        // The cheap test comes first. `facts.text` does not include spaces, so it is at most the length of the line,
        // except in CJK text, where each character counts as two.
        let is_line = facts.text as usize <= LONGEST && is_metadata_line(&analysis.text_line(id), names);
        if is_line && lines.len() < MAX_LINES {
            lines.push(id);
            walk.skip_children();
        } else if !contains_blocks(exclusions, id) {
            return lines;
        }
    }
    Vec::new()
}

fn contains_blocks(exclusions: &Exclusions<'_>, id: NodeId) -> bool {
    let tree = exclusions.analysis.tree;
    tree.walk(id).skip(1).take(64).any(|step| match step {
        Step::Enter(inner) => tree
            .element(inner)
            .is_some_and(|e| is_block(e.name()) || matches!(e.name(), "td" | "th")),
        Step::Leave(_) => false,
    })
}

/// The authors that the page declares or marks up, reduced to letters and digits for comparison.
fn declared_authors(page: &Page) -> Vec<String> {
    let declared = page
        .metas
        .iter()
        .filter(|meta| meta.name.ends_with("author") || meta.name.ends_with("creator"))
        .map(|meta| &meta.content);
    // Bylines identified only by their text are left out, because they may be sentences: `By Monday we know`.
    let marked = page
        .bylines
        .iter()
        .filter(|byline| byline.kind != BylineKind::Text)
        .map(|byline| &byline.text);
    let mut structured = Vec::new();
    for (value, _) in &page.json_ld {
        json_ld::authors(value, &mut structured);
    }
    declared
        .chain(marked)
        .map(String::as_str)
        .chain(structured)
        .map(squash)
        .filter(|name| !name.is_empty())
        .collect()
}
