//! The dates that a page shows, and those that stand behind what it shows.

use crate::{
    html::{
        is_block,
        tree::{Element, NodeId, Step},
    },
    plain_text,
    text::collapse,
};

use super::{
    PageTime, TimePlace,
    head::line_of,
    hints,
    survey::{Facts, Survey},
};

/// No date is longer, in characters without blanks.
const LONGEST_DATE: u32 = 120;
/// The last line of a post says where it was filed and when: `Written on 3 May 2026 by … and filed under …`.
const LONGEST_FOOT: u32 = 300;

/// Reads an element as a date.
pub(super) fn as_time(
    survey: &Survey<'_>,
    id: NodeId,
    element: &Element,
    facts: Facts,
    distance: u32,
) -> Option<PageTime> {
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
    let longest = if facts.in_foot { LONGEST_FOOT } else { LONGEST_DATE };
    if facts.text > longest || (datetime.is_none() && facts.text < 5) {
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
    if (datetime.is_none() && !shows_date) || is_of_today(&text) {
        return None;
    }
    Some(PageTime {
        updated: says_updated(survey, id, element, facts, property, &text),
        opens: opens_with_date(&text),
        text,
        datetime: datetime.map(collapse),
        line: survey.line(id),
        itemprop: property.map(str::to_owned),
        in_furniture: facts.in_furniture && !facts.in_foot,
        distance,
        place,
    })
}

/// Whether a text opens with a date, or with a label such as `Published` and a date.
fn opens_with_date(text: &str) -> bool {
    let Some(date) = plain_text::date_spans(text).next() else {
        return false;
    };
    let before = text
        .get(..date.start)
        .unwrap_or_default()
        .trim_end_matches([':', ' ', '：']);
    let label = before.rsplit(['|', '·', '•', '/', '–']).next().unwrap_or_default();
    label.trim().is_empty() || plain_text::is_date_label(label.trim())
}

/// Whether a text tells the reader what day it is: the clock of a forum.
fn is_of_today(text: &str) -> bool {
    const TODAY: &[&str] = &[
        "aktuelles datum",
        "aktuelle zeit",
        "heute ist",
        "current date",
        "current time",
        "it is currently",
        "the time now is",
        "today is",
        "la date/heure actuelle",
        "date et heure actuelles",
        "fecha y hora actual",
        "fecha actual",
        "data e ora attuali",
        "data atual",
        "текущее время",
        "сейчас",
    ];
    let start: String = text.chars().take(30).flat_map(char::to_lowercase).collect();
    TODAY.iter().any(|today| start.starts_with(today))
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
        || label(&before_second_date(text).to_lowercase())
        || before.is_some_and(|before| before.chars().count() <= 60 && label(&before))
}

/// What is said about the first date of a text: `Written 3 May 2026 / Updated 5 May 2026` is of the third.
fn before_second_date(text: &str) -> &str {
    let mut dates = plain_text::date_spans(text);
    match (dates.next(), dates.next()) {
        (Some(first), Some(_)) => text.get(..first.end).unwrap_or(text),
        _ => text,
    }
}

/// Whether a text that stands in the element itself names a year; or a block has a number of its own, and the year
/// in a part of its line: `3. <a>Mai 2026</a>`.
fn holds_year(survey: &Survey<'_>, id: NodeId) -> bool {
    let own = || {
        survey
            .tree
            .children(id)
            .take(64)
            .filter_map(|child| survey.tree.text(child))
    };
    if own().any(has_year) {
        return true;
    }
    let is_line = survey.tree.element(id).is_some_and(|e| is_block(e.name()));
    is_line
        && own().any(|text| text.contains(|c: char| c.is_ascii_digit()))
        && survey.tree.walk(id).take(64).any(|step| match step {
            Step::Enter(inner) => survey.tree.text(inner).is_some_and(has_year),
            Step::Leave(_) => false,
        })
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
