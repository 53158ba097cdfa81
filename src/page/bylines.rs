//! Finds the elements on a page that name an author.

use crate::{
    html::tree::{Element, NodeId, Step},
    text::collapse,
};

use super::{
    Byline, BylineKind,
    analysis::{Analysis, Facts},
    hints, metadata_line,
};

/// The maximum length of a byline without marked-up names, counted as in [`Facts::text`].
const LONGEST_BYLINE: u32 = 160;
/// The same limit for a single name, and for an element that is identified as a byline only by a label such as `By`.
const LONGEST_NAME: u32 = 90;

/// Reads an element as a byline. Returns `None` if the element is not a byline. `distance` is the element's distance
/// from the headline.
pub(super) fn as_byline(
    analysis: &Analysis<'_>,
    id: NodeId,
    element: &Element,
    facts: Facts,
    distance: u32,
) -> Option<Byline> {
    // An element can match several kinds, so the kinds are tested from the most to the least reliable.
    let kind = if element.has_word("itemprop", "author") || element.has_word("itemprop", "creator") {
        BylineKind::Property
    } else if element.has_word("rel", "author") {
        BylineKind::Relation
    } else if facts.hints & hints::AUTHOR != 0 {
        BylineKind::Class
    } else if facts.text <= LONGEST_NAME && !facts.in_boilerplate && is_labeled(analysis, id) {
        BylineKind::Text
    } else {
        return None;
    };
    // Authors of comments are marked up in the same way as authors of articles.
    if facts.in_comment_or_notice {
        return None;
    }
    let mut names = names_in(analysis, id, kind);
    if names.is_empty() && facts.text > LONGEST_NAME {
        names.extend(heading_of_box(analysis, id));
    }
    if names.is_empty() && (facts.text < 2 || facts.text > LONGEST_BYLINE) {
        return None;
    }
    let full_text = if facts.text <= LONGEST_BYLINE {
        analysis.text_line(id)
    } else {
        String::new()
    };
    let (full_text, names) = match kind {
        // `<div><span>By</span> Jane Roe</div>`: the label's element does not contain the name, so its parent element
        // is read.
        BylineKind::Text if is_bare_label(&full_text) => beside(analysis, id)?,
        _ => (full_text, names),
    };
    let text = if names.is_empty() {
        full_text.clone()
    } else {
        names.join(", ")
    };
    (!text.is_empty()).then(|| Byline {
        text,
        full_text,
        is_marked: !names.is_empty(),
        line: analysis.line(id),
        kind,
        in_boilerplate: facts.in_boilerplate && !facts.in_article_footer,
        distance,
    })
}

/// The heading of a box about the author, if that heading is a name.
fn heading_of_box(analysis: &Analysis<'_>, id: NodeId) -> Option<String> {
    let steps = analysis.tree.walk(id).take(64);
    let headings = steps.filter_map(|step| match step {
        Step::Enter(inner) => analysis.tree.element(inner).map(|element| (inner, element)),
        Step::Leave(_) => None,
    });
    headings
        .filter(|(inner, element)| {
            matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6")
                && (3..=LONGEST_NAME).contains(&analysis.facts(*inner).text)
        })
        .map(|(inner, _)| analysis.text_line(inner))
        .find(|line| metadata_line::is_full_name(line))
}

/// Whether the element's text starts with a label that introduces a name.
fn is_labeled(analysis: &Analysis<'_>, id: NodeId) -> bool {
    let first = analysis
        .tree
        .children(id)
        .take(8)
        .find(|&child| analysis.facts(child).text > 0);
    first
        .and_then(|child| analysis.tree.text(child))
        .is_some_and(metadata_line::opens_with_label)
}

/// Whether the text is only a label: `By`, `Text:`, `Written by`.
fn is_bare_label(text: &str) -> bool {
    let label = text.trim_end_matches([':', '：', ' ']).to_lowercase();
    let last = label.rsplit(' ').next().unwrap_or_default();
    const LABELS: &[&str] = &[
        "by",
        "von",
        "par",
        "por",
        "di",
        "door",
        "av",
        "af",
        "przez",
        "od",
        "от",
        "autor",
        "author",
        "auteur",
        "автор",
        "作者",
        "text",
        "words",
    ];
    label.split(' ').count() <= 2 && LABELS.contains(&last)
}

/// The text of the element that contains a label's element, and the names that are marked up in that text.
fn beside(analysis: &Analysis<'_>, label: NodeId) -> Option<(String, Vec<String>)> {
    let parent = analysis.tree.parent(label)?;
    let facts = analysis.facts(parent);
    let own = analysis.facts(label).text;
    (facts.text > own + 1 && facts.text <= LONGEST_NAME)
        .then(|| (analysis.text_line(parent), names_in(analysis, parent, BylineKind::Text)))
}

/// The marked-up names in a byline. The walk is bounded, so that the total time for all bylines is linear.
fn names_in(analysis: &Analysis<'_>, id: NodeId, kind: BylineKind) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut walk = analysis.tree.walk(id);
    for _ in 0..96 {
        let Some(step) = walk.next() else { break };
        let Step::Enter(inner) = step else { continue };
        let Some(element) = analysis.tree.element(inner) else {
            continue;
        };
        let facts = analysis.facts(inner);
        if facts.is_unread || !is_marked_name(element, kind) || facts.text > LONGEST_NAME {
            continue;
        }
        let name = match element.attribute("content") {
            Some(content) => collapse(content),
            None => analysis.text_line(inner),
        };
        if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !names.contains(&name) && names.len() < 8 {
            names.push(name);
        }
        walk.skip_children();
    }
    names
}

fn is_marked_name(element: &Element, kind: BylineKind) -> bool {
    let is_named = |class: &str| {
        class
            .split_ascii_whitespace()
            // The class `fn` marks the name in an hCard, the microformat for people.
            .any(|w| matches!(w, "fn" | "author-name" | "author__name" | "byline-name" | "authorname"))
    };
    let is_profile = |href: &str| {
        let href = href.to_ascii_lowercase();
        [
            "/author",
            "/autor",
            "/auteur",
            "/profile",
            "/profil",
            "/user/",
            "/users/",
            "/people/",
            "/redaktion/",
            "/by/",
        ]
        .iter()
        .any(|part| href.contains(part))
    };
    (kind == BylineKind::Property && element.has_word("itemprop", "name"))
        || element.attribute("class").is_some_and(is_named)
        || (element.name() == "a"
            && (element.has_word("rel", "author") || element.attribute("href").is_some_and(is_profile)))
}
