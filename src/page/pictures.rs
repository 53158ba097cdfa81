//! Finds the pictures in a page's main text.

use crate::{
    html::{
        candidates, picture_source, text_of,
        tree::{Element, NodeId, Step},
    },
    text::collapse,
};

use super::{Picture, analysis::Analysis, hints};

const MAX_IMAGES: usize = 16;

/// Up to sixteen pictures in the main text or right next to it.
pub(super) fn read(analysis: &Analysis<'_>, main: NodeId) -> Vec<Picture> {
    pictures(analysis, scope(analysis, main))
}

/// The element whose pictures belong to the article: the largest element around the main text that contains at most 1.3
/// times as much running text as the main text.
///
/// On many pages, the main picture is not inside the element with the main text, but between the headline and that
/// element.
fn scope(analysis: &Analysis<'_>, main: NodeId) -> NodeId {
    // The extra 0.3 allows for a subtitle or a first paragraph outside the main text. An element with even more running
    // text contains other articles.
    let limit = analysis.facts(main).prose / 10 * 13;
    analysis
        .ancestors(main)
        .take_while(|(id, element)| !matches!(element.name(), "body" | "html") && analysis.facts(*id).prose <= limit)
        .last()
        .map_or(main, |(id, _)| id)
}

fn pictures(analysis: &Analysis<'_>, scope: NodeId) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    let mut walk = analysis.tree.walk(scope);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let Some(element) = analysis.tree.element(id) else {
            continue;
        };
        let facts = analysis.facts(id);
        if facts.in_boilerplate || facts.is_unread || facts.hints & hints::ACCESSORY != 0 {
            walk.skip_children();
        } else if matches!(element.name(), "img" | "amp-img")
            && let Some(picture) = picture(analysis, id, element)
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

fn picture(analysis: &Analysis<'_>, id: NodeId, element: &Element) -> Option<Picture> {
    let source = picture_source(element);
    let largest = source.srcset.and_then(largest);
    let src = largest.map(|(address, _)| address).or(source.src)?.trim();
    let pixels = |name: &str| -> Option<u32> { element.attribute(name)?.trim().trim_end_matches("px").parse().ok() };
    let width = largest.and_then(|(_, width)| width).or_else(|| pixels("width"));
    // Skips tracking pixels, which are one pixel wide or high, and `data:` images, which are placeholders for pictures
    // that are loaded when they come into view.
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
        caption: caption(analysis, id).or(title),
        width,
        line: analysis.line(id),
    })
}

/// The address and width of the widest picture in a `srcset`, not counting pictures that are more than 2,600 pixels
/// wide. Such pictures are wider than most screens.
fn largest(set: &str) -> Option<(&str, Option<u32>)> {
    candidates(set)
        .filter_map(|(address, descriptor)| {
            // A density descriptor (`2x`) does not state the width, so the candidate is skipped.
            let width: u32 = descriptor.strip_suffix('w')?.parse().ok()?;
            (width <= 2_600).then_some((address, Some(width)))
        })
        .max_by_key(|&(_, width)| width)
}

/// The caption of the figure that contains a picture.
fn caption(analysis: &Analysis<'_>, id: NodeId) -> Option<String> {
    let is_caption = |e: &Element| {
        e.name() == "figcaption"
            || e.attribute("class").is_some_and(|c| {
                c.split_ascii_whitespace()
                    .any(|w| matches!(w, "wp-caption-text" | "caption" | "image-caption"))
            })
    };
    let (figure, _) = analysis.ancestors(id).take(5).find(|(_, e)| {
        e.name() == "figure"
            || e.attribute("class")
                .is_some_and(|c| c.split_ascii_whitespace().any(|w| w == "wp-caption"))
    })?;
    let caption = analysis.tree.walk(figure).take(64).find_map(|step| match step {
        Step::Enter(inner) => analysis.tree.element(inner).filter(|e| is_caption(e)).map(|_| inner),
        Step::Leave(_) => None,
    })?;
    let text = collapse(&text_of(analysis.tree, caption));
    (!text.is_empty()).then_some(text)
}
