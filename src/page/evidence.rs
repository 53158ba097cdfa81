//! What a page shows: headlines, dates, authors, tags.

use crate::{
    html::{
        is_block,
        tree::{Element, NodeId, Step},
    },
    text::collapse,
};

use super::{
    Declared, Headline, Page, bylines,
    head::{has_word, line_of},
    hints,
    survey::{Facts, Survey},
    times,
};

const MAX_HEADLINES: usize = 80;
const MAX_TIMES: usize = 160;
const MAX_BYLINES: usize = 40;
const MAX_TAGS: usize = 40;

/// No headline is longer, in characters without blanks.
const LONGEST_HEADLINE: u32 = 400;

pub(super) fn read(survey: &Survey<'_>, page: &mut Page) {
    let headline = main_headline(survey);
    let mut categories = Vec::new();
    for &id in &survey.elements {
        let facts = survey.facts(id);
        let Some(element) = survey.tree.element(id) else {
            continue;
        };
        if facts.is_unread || !element.is_html() || matches!(element.name(), "html" | "head" | "body" | "meta" | "link")
        {
            continue;
        }
        let distance = facts.order.abs_diff(headline);
        if page.headlines.len() < MAX_HEADLINES {
            page.headlines.extend(as_headline(survey, id, element, facts));
        }
        if page.times.len() < MAX_TIMES {
            page.times.extend(times::as_time(survey, id, element, facts, distance));
        }
        if page.bylines.len() < MAX_BYLINES {
            page.bylines
                .extend(bylines::as_byline(survey, id, element, facts, distance));
        }
        if element.name() == "a" && has_word(element, "rel", "tag") && page.tags.len() + categories.len() < MAX_TAGS {
            let tags = match has_word(element, "rel", "category") {
                true => &mut categories,
                false => &mut page.tags,
            };
            tags.push(Declared {
                text: line_of(survey, id),
                line: survey.line(id),
            });
        }
    }
    // WordPress calls the sections of a site so too.
    if page.tags.is_empty() {
        page.tags = categories;
    }
}

/// The place of the headline that distances are measured from.
fn main_headline(survey: &Survey<'_>) -> u32 {
    let best = |is: &dyn Fn(&Element, Facts) -> bool| {
        survey.elements.iter().copied().find(|&id| {
            let facts = survey.facts(id);
            !facts.in_furniture
                && !facts.is_unread
                && facts.text > 0
                && survey.tree.element(id).is_some_and(|e| is(e, facts))
        })
    };
    let is_marked = |f: Facts| f.in_article || f.hints & hints::TITLE != 0;
    // A linked one is the site's banner more often than not.
    let is_link = |f: Facts| f.linked * 10 >= f.text * 9;
    best(&|e, f| e.name() == "h1" && is_marked(f) && !is_link(f))
        .or_else(|| best(&|e, _| has_word(e, "itemprop", "headline")))
        .or_else(|| best(&|e, f| e.name() == "h1" && (!is_link(f) || f.in_article)))
        .or_else(|| best(&|e, f| matches!(e.name(), "h2" | "h3") && f.hints & hints::TITLE != 0 && f.in_article))
        .or_else(|| best(&|e, _| e.name() == "h1"))
        .or_else(|| best(&|e, _| e.name() == "h2"))
        .map_or(0, |id| survey.facts(id).order)
}

fn as_headline(survey: &Survey<'_>, id: NodeId, element: &Element, facts: Facts) -> Option<Headline> {
    let level = match element.name() {
        "h1" => 1,
        "h2" => 2,
        "h3" => 3,
        "h4" => 4,
        _ => 0,
    };
    let is_link = facts.linked * 10 >= facts.text * 9;
    // Menus name their entries too.
    let itemprop = has_word(element, "itemprop", "headline")
        || (has_word(element, "itemprop", "name") && !facts.in_furniture && !is_link);
    let title_class = facts.hints & hints::TITLE != 0;
    let is_one = matches!(level, 1..=3) || itemprop || title_class;
    if !is_one || facts.text == 0 || facts.text > LONGEST_HEADLINE {
        return None;
    }
    // A box around a headline is none.
    if level == 0 && holds_headings(survey, id) {
        return None;
    }
    let whole = line_of(survey, id);
    let text = without_kickers(survey, id).unwrap_or_else(|| whole.clone());
    Some(Headline {
        text,
        whole,
        level,
        line: survey.line(id),
        itemprop,
        title_class,
        in_article: facts.in_article,
        in_furniture: facts.in_furniture,
        is_link,
    })
}

/// Bounded by the length of a headline, so all calls together stay linear in practice and in the worst case.
fn holds_headings(survey: &Survey<'_>, id: NodeId) -> bool {
    survey.tree.walk(id).take(400).any(|step| {
        matches!(step, Step::Enter(inner) if survey.tree.element(inner).is_some_and(|e| {
            matches!(e.name(), "h1" | "h2" | "h3" | "h4" | "p" | "ul") || survey.facts(inner).hints & hints::TITLE != 0
        }))
    })
}

/// The text without the parts that name themselves kicker, subtitle, date or author; `None` if nothing changes.
fn without_kickers(survey: &Survey<'_>, id: NodeId) -> Option<String> {
    let is_aside = |inner: NodeId| {
        survey.facts(inner).hints & (hints::KICKER | hints::DATE | hints::AUTHOR | hints::ATTACHED) != 0
    };
    let mut text = String::new();
    let mut changed = false;
    let mut walk = survey.tree.walk(id);
    while let Some(step) = walk.next() {
        let (Step::Enter(inner) | Step::Leave(inner)) = step;
        if let Some(piece) = survey.tree.text(inner) {
            text.push_str(piece);
        } else if let Some(element) = survey.tree.element(inner) {
            if survey.facts(inner).is_unread {
                walk.skip_children();
            } else if is_aside(inner) || element.name() == "small" {
                changed |= matches!(step, Step::Enter(_));
                walk.skip_children();
            } else if is_block(element.name()) || element.name() == "br" {
                text.push(' ');
            }
        }
    }
    let text = collapse(&text);
    (changed && !text.is_empty()).then_some(text)
}
