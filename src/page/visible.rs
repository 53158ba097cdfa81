//! Collects what a page shows: headlines, dates, bylines and tags.

use crate::{
    html::{
        is_block,
        tree::{Element, NodeId, Step},
    },
    text::collapse,
};

use super::{
    Declared, Headline, Page,
    analysis::{Analysis, Facts},
    bylines, hints, times,
};

// Limits that protect against hostile pages and long overview pages.
const MAX_HEADLINES: usize = 80;
const MAX_TIMES: usize = 160;
const MAX_BYLINES: usize = 40;
const MAX_TAGS: usize = 40;

/// The maximum length of a headline, in characters, not counting white space.
const LONGEST_HEADLINE: u32 = 400;

pub(super) fn read(analysis: &Analysis<'_>, page: &mut Page) {
    let headline = main_headline_order(analysis);
    let mut categories = Vec::new();
    for &id in &analysis.elements {
        let facts = analysis.facts(id);
        let Some(element) = analysis.tree.element(id) else {
            continue;
        };
        if facts.is_unread || !element.is_html() || matches!(element.name(), "html" | "head" | "body" | "meta" | "link")
        {
            continue;
        }
        let distance = facts.order.abs_diff(headline);
        if page.headlines.len() < MAX_HEADLINES {
            page.headlines.extend(as_headline(analysis, id, element, facts));
        }
        if page.times.len() < MAX_TIMES {
            page.times
                .extend(times::as_time(analysis, id, element, facts, distance));
        }
        if page.bylines.len() < MAX_BYLINES {
            page.bylines
                .extend(bylines::as_byline(analysis, id, element, facts, distance));
        }
        if element.name() == "a" && element.has_word("rel", "tag") && page.tags.len() + categories.len() < MAX_TAGS {
            let tags = match element.has_word("rel", "category") {
                true => &mut categories,
                false => &mut page.tags,
            };
            tags.push(Declared {
                text: analysis.text_line(id),
                line: analysis.line(id),
            });
        }
    }
    // WordPress marks a site's sections with `rel="category tag"`. These section names are used only if the page has no
    // other tags.
    if page.tags.is_empty() {
        page.tags = categories;
    }
}

/// The position of the main headline, from which distances are measured; see [`Facts::order`].
fn main_headline_order(analysis: &Analysis<'_>) -> u32 {
    let first = |is: &dyn Fn(&Element, Facts) -> bool| {
        analysis.elements.iter().copied().find(|&id| {
            let facts = analysis.facts(id);
            !facts.in_boilerplate
                && !facts.is_unread
                && facts.text > 0
                && analysis.tree.element(id).is_some_and(|e| is(e, facts))
        })
    };
    let is_marked = |f: Facts| f.in_article || f.hints & hints::TITLE != 0;
    // A headline that is a link is usually the site's banner.
    let is_link = |f: Facts| f.linked * 10 >= f.text * 9;
    // The most reliable evidence is tried first. If the wrong headline were chosen, dates and names that belong to
    // other articles would seem to be near the headline.
    first(&|e, f| e.name() == "h1" && is_marked(f) && !is_link(f))
        .or_else(|| first(&|e, _| e.has_word("itemprop", "headline")))
        .or_else(|| first(&|e, f| e.name() == "h1" && (!is_link(f) || f.in_article)))
        .or_else(|| first(&|e, f| matches!(e.name(), "h2" | "h3") && f.hints & hints::TITLE != 0 && f.in_article))
        .or_else(|| first(&|e, _| e.name() == "h1"))
        .or_else(|| first(&|e, _| e.name() == "h2"))
        .map_or(0, |id| analysis.facts(id).order)
}

fn as_headline(analysis: &Analysis<'_>, id: NodeId, element: &Element, facts: Facts) -> Option<Headline> {
    let level = match element.name() {
        "h1" => 1,
        "h2" => 2,
        "h3" => 3,
        "h4" => 4,
        _ => 0,
    };
    let is_link = facts.linked * 10 >= facts.text * 9;
    // Menus use `itemprop=name` for their entries too.
    let itemprop = element.has_word("itemprop", "headline")
        || (element.has_word("itemprop", "name") && !facts.in_boilerplate && !is_link);
    let title_class = facts.hints & hints::TITLE != 0;
    let is_headline = matches!(level, 1..=3) || itemprop || title_class;
    if !is_headline || facts.text == 0 || facts.text > LONGEST_HEADLINE {
        return None;
    }
    // A box around a headline may also have a title-like class, but is not a headline itself.
    if level == 0 && contains_headings(analysis, id) {
        return None;
    }
    let full_text = analysis.text_line(id);
    let text = without_kickers(analysis, id).unwrap_or_else(|| full_text.clone());
    Some(Headline {
        text,
        full_text,
        level,
        line: analysis.line(id),
        itemprop,
        title_class,
        in_article: facts.in_article,
        in_boilerplate: facts.in_boilerplate,
        is_link,
    })
}

/// Whether an element contains paragraphs, `ul` lists or other headlines. The number of steps is limited. Otherwise,
/// the total time for all calls could be quadratic on a page of nested boxes.
fn contains_headings(analysis: &Analysis<'_>, id: NodeId) -> bool {
    analysis.tree.walk(id).take(400).any(|step| {
        matches!(step, Step::Enter(inner) if analysis.tree.element(inner).is_some_and(|e| {
            matches!(e.name(), "h1" | "h2" | "h3" | "h4" | "p" | "ul") || analysis.facts(inner).hints & hints::TITLE != 0
        }))
    })
}

/// The text of a headline without the parts whose class marks them as a kicker, a subtitle, a date or an author.
/// Returns `None` if there are no such parts, or if no text is left without them.
fn without_kickers(analysis: &Analysis<'_>, id: NodeId) -> Option<String> {
    let is_other = |inner: NodeId| {
        analysis.facts(inner).hints & (hints::KICKER | hints::DATE | hints::AUTHOR | hints::ACCESSORY) != 0
    };
    let mut text = String::new();
    let mut changed = false;
    let mut walk = analysis.tree.walk(id);
    while let Some(step) = walk.next() {
        let (Step::Enter(inner) | Step::Leave(inner)) = step;
        if let Some(piece) = analysis.tree.text(inner) {
            text.push_str(piece);
        } else if let Some(element) = analysis.tree.element(inner) {
            if analysis.facts(inner).is_unread {
                walk.skip_children();
            // Themes based on Bootstrap use `small` for a heading's subtitle.
            } else if is_other(inner) || element.name() == "small" {
                changed |= matches!(step, Step::Enter(_));
                walk.skip_children();
            } else if is_block(element.name()) || element.name() == "br" {
                text.push(' ');
            }
        }
    }
    let text = collapse(&text);
    // If no text is left, the classes are misleading, so the caller uses the full text.
    (changed && !text.is_empty()).then_some(text)
}
