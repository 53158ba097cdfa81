//! What a page shows: headlines, dates, authors, tags.

use crate::{
    html::{
        is_block, text_of,
        tree::{Element, NodeId, Step},
    },
    text::collapse,
};

use super::{
    Byline, BylinePlace, Declared, Headline, Page, PageTime, TimePlace,
    head::{has_word, line_of},
    hints,
    survey::{Facts, Survey},
};

const MAX_HEADLINES: usize = 80;
const MAX_TIMES: usize = 160;
const MAX_BYLINES: usize = 40;
const MAX_TAGS: usize = 40;

/// No headline, date or name that is longer counts, in characters without blanks.
const LONGEST_HEADLINE: u32 = 400;
const LONGEST_DATE: u32 = 120;
const LONGEST_NAME: u32 = 160;
const LONGEST_LABELED: u32 = 90;

pub(super) fn read(survey: &Survey<'_>, page: &mut Page) {
    let headline = main_headline(survey);
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
            page.times.extend(as_time(survey, id, element, facts, distance));
        }
        if page.bylines.len() < MAX_BYLINES {
            page.bylines.extend(as_byline(survey, id, element, facts, distance));
        }
        if page.tags.len() < MAX_TAGS && element.name() == "a" && has_word(element, "rel", "tag") {
            page.tags.push(Declared {
                text: line_of(survey, id),
                line: survey.line(id),
            });
        }
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
    best(&|e, f| e.name() == "h1" && (f.in_article || f.hints & hints::TITLE != 0))
        .or_else(|| best(&|e, _| has_word(e, "itemprop", "headline")))
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
    let itemprop = has_word(element, "itemprop", "headline") || has_word(element, "itemprop", "name");
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
        is_link: facts.linked * 10 >= facts.text * 9,
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
    let is_aside = |inner: NodeId| survey.facts(inner).hints & (hints::KICKER | hints::DATE | hints::AUTHOR) != 0;
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

fn as_time(survey: &Survey<'_>, id: NodeId, element: &Element, facts: Facts, distance: u32) -> Option<PageTime> {
    let property = element
        .attribute("itemprop")
        .filter(|p| p.contains("date") || p.contains("Date"))
        .or_else(|| {
            element
                .attribute("property")
                .filter(|p| p.contains("date") || p.contains("published"))
        })
        .or_else(|| element.attribute("pubdate").map(|_| "pubdate"));
    let place = match element.name() {
        "time" => TimePlace::Element,
        _ if property.is_some() => TimePlace::Property,
        _ if facts.hints & hints::DATE != 0 => TimePlace::Class,
        _ => TimePlace::Text,
    };
    let datetime = [
        "datetime",
        "content",
        "data-datetime",
        "data-date",
        "data-time",
        "data-timestamp",
    ]
    .into_iter()
    .find_map(|name| element.attribute(name))
    .or_else(|| {
        element
            .attribute("title")
            .filter(|_| element.name() == "abbr" || place == TimePlace::Class)
    })
    .filter(|value| value.bytes().any(|b| b.is_ascii_digit()) && value.len() <= 80);
    if facts.text > LONGEST_DATE || (datetime.is_none() && facts.text < 5) {
        return None;
    }
    if place == TimePlace::Text && !holds_year(survey, id) {
        return None;
    }
    let text = line_of(survey, id);
    let shows_date = match place {
        TimePlace::Text => true,
        _ => text.chars().any(char::is_numeric),
    };
    if datetime.is_none() && !shows_date {
        return None;
    }
    Some(PageTime {
        updated: says_updated(survey, id, element, facts, property, &text),
        text,
        datetime: datetime.map(collapse),
        line: survey.line(id),
        itemprop: property.map(str::to_owned),
        in_furniture: facts.in_furniture,
        distance,
        place,
    })
}

fn says_updated(
    survey: &Survey<'_>,
    id: NodeId,
    element: &Element,
    facts: Facts,
    property: Option<&str>,
    text: &str,
) -> bool {
    // WordPress marks the published date `updated` too where a post was never changed.
    let by_class = facts.hints & hints::UPDATED != 0
        && !element.attribute("class").is_some_and(|c| {
            c.split_ascii_whitespace()
                .any(|w| matches!(w, "published" | "entry-date"))
        });
    let by_parent = survey
        .tree
        .parent(id)
        .is_some_and(|up| survey.facts(up).hints & hints::UPDATED != 0 && survey.facts(up).text <= LONGEST_DATE);
    let before = survey
        .tree
        .previous_sibling(id)
        .and_then(|sibling| survey.tree.text(sibling).map(|t| t.to_lowercase()));
    let label = |s: &str| {
        [
            "updated",
            "modified",
            "edited",
            "aktualisiert",
            "geändert",
            "stand:",
            "update:",
            "mis à jour",
            "modifié",
            "actualizado",
            "atualizado",
            "aggiornato",
            "bijgewerkt",
            "обновлено",
            "更新",
            "zaktualizowano",
            "aktualizováno",
        ]
        .iter()
        .any(|w| s.contains(w))
    };
    by_class
        || by_parent
        || property
            .is_some_and(|p| p.to_ascii_lowercase().contains("modif") || p.to_ascii_lowercase().contains("update"))
        || label(&text.to_lowercase())
        || before.is_some_and(|before| before.chars().count() <= 60 && label(&before))
}

/// Whether a text that stands in the element itself names a year.
fn holds_year(survey: &Survey<'_>, id: NodeId) -> bool {
    survey
        .tree
        .children(id)
        .take(64)
        .any(|child| survey.tree.text(child).is_some_and(has_year))
}

/// Whether a text names a year: four digits, or a date's last two.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits_at = |i: usize, n: usize| bytes.get(i..i + n).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let four = |i: usize| digits_at(i, 4) && matches!(bytes.get(i..i + 2), Some(b"19" | b"20"));
    let two = |i: usize| {
        matches!(bytes.get(i), Some(b'.' | b'/' | b'-'))
            && digits_at(i + 1, 2)
            && !digits_at(i + 1, 3)
            && i > 0
            && digits_at(i - 1, 1)
    };
    (0..bytes.len()).any(|i| four(i) || two(i)) || text.contains('年')
}

fn as_byline(survey: &Survey<'_>, id: NodeId, element: &Element, facts: Facts, distance: u32) -> Option<Byline> {
    let place = if has_word(element, "itemprop", "author") || has_word(element, "itemprop", "creator") {
        BylinePlace::Property
    } else if has_word(element, "rel", "author") {
        BylinePlace::Relation
    } else if facts.hints & hints::AUTHOR != 0 {
        BylinePlace::Class
    } else if facts.text <= LONGEST_LABELED && !facts.in_furniture && is_labeled(survey, id) {
        BylinePlace::Text
    } else {
        return None;
    };
    let named = (place == BylinePlace::Property).then(|| name_in(survey, id)).flatten();
    if named.is_none() && (facts.text < 2 || facts.text > LONGEST_NAME) {
        return None;
    }
    let text = named.unwrap_or_else(|| line_of(survey, id));
    (!text.is_empty()).then(|| Byline {
        text,
        line: survey.line(id),
        place,
        in_furniture: facts.in_furniture,
        distance,
    })
}

/// Whether the first text in an element is a label that introduces a name.
fn is_labeled(survey: &Survey<'_>, id: NodeId) -> bool {
    let first = survey
        .tree
        .children(id)
        .take(8)
        .find(|&child| survey.facts(child).text > 0);
    let Some(text) = first.and_then(|child| survey.tree.text(child)) else {
        return false;
    };
    let text = text
        .trim_start()
        .trim_start_matches(['|', '–', '—', '-', '(', '•', '/'])
        .trim_start();
    let end = text.find([' ', '\u{A0}', ':', '：', '\n']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let follows = rest.trim_start().chars().next();
    let colon = matches!(follows, Some(':' | '：'));
    match word.to_lowercase().as_str() {
        "by" | "von" | "par" | "por" | "di" | "door" | "av" | "af" | "przez" | "od" | "autor" | "от" => {
            colon || follows.is_none() || rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '@')
        }
        "author" | "authors" | "autoren" | "autorin" | "auteur" | "autora" | "autore" | "text" | "words"
        | "redaktion" | "verfasser" | "автор" | "作者" | "文" | "記者" | "记者" | "source" | "quelle" => {
            colon
        }
        "written" | "posted" | "geschrieben" | "verfasst" | "veröffentlicht" | "publié" | "escrito" | "scritto" => {
            [" by ", " von ", " par ", " por ", " da "]
                .iter()
                .any(|w| rest.to_lowercase().contains(w))
                || rest.trim_end().ends_with(" by")
                || rest.trim_end().ends_with(" von")
        }
        _ => false,
    }
}

/// The `itemprop=name` inside of a microdata person.
fn name_in(survey: &Survey<'_>, id: NodeId) -> Option<String> {
    survey.tree.walk(id).take(64).find_map(|step| {
        let Step::Enter(inner) = step else { return None };
        let element = survey.tree.element(inner).filter(|e| has_word(e, "itemprop", "name"))?;
        let name = match element.attribute("content") {
            Some(content) => collapse(content),
            None => collapse(&text_of(survey.tree, inner)),
        };
        (!name.is_empty() && name.len() <= 2 * LONGEST_NAME as usize).then_some(name)
    })
}
