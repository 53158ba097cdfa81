//! Finds the dates that a page shows, and the machine-readable dates in attributes.

use crate::{
    html::{
        is_block,
        tree::{Element, NodeId, Step},
    },
    plain_text,
    text::collapse,
};

use super::{
    PageTime, TimeKind,
    analysis::{Analysis, Facts},
    hints,
};

/// An element whose text is longer than this is not a date. The length is counted as in [`Facts::text`].
const LONGEST_DATE: u32 = 120;
/// The limit for an element inside an article's footer, where the element often contains more than the date: `Written
/// on 3 May 2026 by … and filed under …`.
const LONGEST_FOOT: u32 = 300;

/// Reads the date from an element. Returns `None` if the element is not a date. `distance` is the element's distance
/// from the headline.
pub(super) fn as_time(
    analysis: &Analysis<'_>,
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
    let kind = match element.name() {
        "time" => TimeKind::Element,
        _ if property.is_some() => TimeKind::Property,
        _ if facts.hints & hints::DATE != 0 => TimeKind::Class,
        _ => TimeKind::Text,
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
            // Microformats put the machine-readable date in the `title` of an `abbr` element: `<abbr
            // title="2026-05-03">`.
            .filter(|_| element.name() == "abbr" || kind == TimeKind::Class)
    })
    .filter(|value| value.bytes().any(|b| b.is_ascii_digit()) && value.len() <= 80);
    let longest = if facts.in_article_footer {
        LONGEST_FOOT
    } else {
        LONGEST_DATE
    };
    if facts.text > longest || (datetime.is_none() && facts.text < 5) {
        return None;
    }
    // This function is called for every element on the page, so a cheap test comes before the search for dates.
    if kind == TimeKind::Text && !contains_year(analysis, id) {
        return None;
    }
    let text = analysis.text_line(id);
    let shows_date = match kind {
        TimeKind::Text => true,
        // Labels and icons next to a date may have a date-like class too, but contain no digits.
        _ => text.chars().any(char::is_numeric),
    };
    if (datetime.is_none() && !shows_date) || shows_current_date(&text) {
        return None;
    }
    Some(PageTime {
        updated: says_updated(analysis, id, element, facts, property, &text),
        opens: opens_with_date(&text),
        text,
        datetime: datetime.map(collapse),
        line: analysis.line(id),
        itemprop: property.map(str::to_owned),
        in_boilerplate: facts.in_boilerplate && !facts.in_article_footer,
        distance,
        kind,
    })
}

/// Whether the text starts with a date, or with a label such as `Published` followed by a date.
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

/// Whether the text shows the current date, as on many forums. Such a date is the day on which the page was saved, not
/// the article's date.
fn shows_current_date(text: &str) -> bool {
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
    analysis: &Analysis<'_>,
    id: NodeId,
    element: &Element,
    facts: Facts,
    property: Option<&str>,
    text: &str,
) -> bool {
    // If an article was never updated, WordPress themes give its published date both classes: `entry-date published
    // updated`.
    let by_class = facts.hints & hints::UPDATED != 0
        && !element.attribute("class").is_some_and(|c| {
            c.split_ascii_whitespace()
                .any(|w| matches!(w, "published" | "entry-date"))
        });
    // A class such as `updated` may also be on the parent element, which then contains both the label and the date: `<p
    // class="updated">Last change: <time>…`.
    let by_parent = analysis
        .tree
        .parent(id)
        .is_some_and(|up| analysis.facts(up).hints & hints::UPDATED != 0 && analysis.facts(up).text <= LONGEST_DATE);
    // The label may also be text before the element: `Updated: <time>…`.
    let before = analysis
        .tree
        .previous_sibling(id)
        .and_then(|sibling| analysis.tree.text(sibling).map(|t| t.to_lowercase()));
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

/// Returns the text up to the end of its first date if it contains several dates, and otherwise the whole text. For
/// example, returns `Written 3 May 2026` for `Written 3 May 2026 / Updated 5 May 2026`.
fn before_second_date(text: &str) -> &str {
    let mut dates = plain_text::date_spans(text);
    match (dates.next(), dates.next()) {
        (Some(first), Some(_)) => text.get(..first.end).unwrap_or(text),
        _ => text,
    }
}

/// Whether the text directly inside an element contains a year. For a block, it is enough if this text contains a digit
/// and an element inside the block contains the year: `3. <a>Mai 2026</a>`.
fn contains_year(analysis: &Analysis<'_>, id: NodeId) -> bool {
    let own = || {
        analysis
            .tree
            .children(id)
            .take(64)
            .filter_map(|child| analysis.tree.text(child))
    };
    if own().any(has_year) {
        return true;
    }
    let is_line = analysis.tree.element(id).is_some_and(|e| is_block(e.name()));
    is_line
        && own().any(|text| text.contains(|c: char| c.is_ascii_digit()))
        && analysis.tree.walk(id).take(64).any(|step| match step {
            Step::Enter(inner) => analysis.tree.text(inner).is_some_and(has_year),
            Step::Leave(_) => false,
        })
}

/// Whether the text contains a year: four digits that start with `19` or `20`, two digits at the end of a date
/// (`3.5.26`), or the character `年` ("year").
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
