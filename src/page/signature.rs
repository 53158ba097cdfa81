//! The lines at the head of an article that name author and date and say nothing else: `By Jane Roe · 3 May 2026`.

use crate::{
    html::{
        is_block,
        tree::{NodeId, Step},
    },
    plain_text,
    text::{collapse, squash},
};

use super::{BylinePlace, Page, bylines::opens_with_label, frame::Frame, head::line_of, hints, json_ld};

/// No such line is longer, in characters.
const LONGEST: usize = 100;
/// No article has more of them.
const MAX_LINES: usize = 8;
/// How much of the head is looked at, in steps of the walk.
const MAX_STEPS: usize = 2_000;

/// The elements before the first text that hold nothing but author and date, or links.
pub(super) fn below_headline(frame: &Frame<'_>, main: NodeId, page: &Page) -> Vec<NodeId> {
    let survey = frame.survey;
    let known = known_authors(page);
    let names = Names::Known(&known);
    let mut lines = Vec::new();
    // Lists of links are the site's above the headline, and the article's below it.
    let mut menus = Vec::new();
    let mut walk = survey.tree.walk(main);
    // The first step enters the main text itself.
    walk.next();
    for _ in 0..MAX_STEPS {
        let Some(step) = walk.next() else { break };
        let Step::Enter(id) = step else { continue };
        let facts = survey.facts(id);
        let Some(element) = survey.tree.element(id) else {
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
            || (facts.hints & (hints::TITLE | hints::KICKER | hints::LEAD) != 0 && !holds_blocks(frame, id))
            || frame.is_left_out(id, element);
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
        // `text` leaves out blanks, so it is no longer than the line.
        let is_line = facts.text as usize <= LONGEST && is_signature(&line_of(survey, id), names);
        if is_line && lines.len() < MAX_LINES {
            lines.push(id);
            walk.skip_children();
        } else if !holds_blocks(frame, id) {
            return lines;
        }
    }
    // Nothing follows: such lines are all that there is.
    Vec::new()
}

fn holds_blocks(frame: &Frame<'_>, id: NodeId) -> bool {
    let tree = frame.survey.tree;
    tree.walk(id).skip(1).take(64).any(|step| match step {
        Step::Enter(inner) => tree
            .element(inner)
            .is_some_and(|e| is_block(e.name()) || matches!(e.name(), "td" | "th")),
        Step::Leave(_) => false,
    })
}

/// The authors that the page declares or marks, without blanks and punctuation.
fn known_authors(page: &Page) -> Vec<String> {
    let declared = page
        .metas
        .iter()
        .filter(|meta| meta.name.ends_with("author") || meta.name.ends_with("creator"))
        .map(|meta| &meta.content);
    // A byline by its text alone may be a sentence: `By Monday we know`.
    let marked = page
        .bylines
        .iter()
        .filter(|byline| byline.place != BylinePlace::Text)
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

/// What may be taken for a name that no label introduces.
#[derive(Debug, Clone, Copy)]
pub(super) enum Names<'a> {
    /// The authors that are known: `Town Hall, 3 May` may be what the article says.
    Known(&'a [String]),
    /// Whatever has capitals, because the class of the line speaks of authors.
    Any,
}

/// Whether a line names author, date or reading time and says nothing else.
pub(super) fn is_signature(line: &str, names: Names<'_>) -> bool {
    if line.len() > 4 * LONGEST || line.chars().count() > LONGEST {
        return false;
    }
    let mut rest = String::new();
    let mut from = 0;
    let dates: Vec<_> = plain_text::date_spans(line).collect();
    for date in &dates {
        rest.push_str(line.get(from..date.start).unwrap_or_default());
        rest.push('|');
        from = date.end;
    }
    rest.push_str(line.get(from..).unwrap_or_default());
    let rest = rest.replace(" - ", "|");
    let mut is_named = !dates.is_empty();
    let mut has_author = matches!(names, Names::Any);
    let mut may_be_names = 0;
    for part in rest.split(['|', '•', '·', '—', '–', '/', '(', ')', ',', ';']) {
        let part = trim(part);
        let is_of_date = || plain_text::is_date_label(part) || is_clock(part) || is_weekday(part);
        if part.is_empty() || (!dates.is_empty() && is_of_date()) {
            continue;
        }
        let is_known = matches!(names, Names::Known(known) if known.contains(&squash(part)));
        if is_known || (opens_with_label(part) && after_label(part).is_some_and(looks_like_names)) {
            has_author = true;
            is_named = true;
        } else if is_reading_time(part) {
            // Nothing else is told in minutes below a headline.
            has_author = true;
            is_named = true;
        } else if looks_like_names(part) {
            may_be_names += 1;
        } else {
            return false;
        }
    }
    is_named && (may_be_names == 0 || (has_author && may_be_names <= 2))
}

fn is_weekday(part: &str) -> bool {
    const SHORT: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so",
    ];
    let part = part.to_lowercase();
    SHORT.contains(&part.as_str())
        || (!part.contains(' ')
            && (5..=10).contains(&part.len())
            && ([
                "sday", "nday", "iday", "urday", "stag", "ntag", "itag", "rdi", "ndi", "udi", "edi",
            ]
            .iter()
            .any(|end| part.ends_with(end))
                || matches!(part.as_str(), "mittwoch" | "dimanche")))
}

/// A part without what joins it to the date: `By Jane Roe on`.
fn trim(part: &str) -> &str {
    let part = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | ':' | '：'));
    [" on", " am", " le", " el", " il", " op", " den", " at"]
        .iter()
        .find_map(|word| part.strip_suffix(word))
        .filter(|&short| !plain_text::is_date_label(part) && !short.is_empty())
        .unwrap_or(part)
}

/// `at 10:15 am`: the time of day beside a date.
fn is_clock(part: &str) -> bool {
    let is_time = |word: &str| {
        word.contains([':', '.', 'h'])
            && word
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'h'))
    };
    const BESIDE: &[&str] = &[
        "at", "um", "à", "a", "las", "kl", "uhr", "am", "pm", "a.m", "p.m", "gmt", "utc",
    ];
    part.split(' ').any(is_time)
        && part
            .split(' ')
            .all(|word| is_time(word) || BESIDE.contains(&word.to_lowercase().as_str()))
}

/// What stands after `By`, `Author:` or `Written by`.
fn after_label(part: &str) -> Option<&str> {
    let (first, rest) = part.split_once([' ', '\u{A0}', ':', '：'])?;
    let rest = rest.trim_start_matches([' ', ':', '：']);
    let is_participle = matches!(
        first.to_lowercase().as_str(),
        "written" | "posted" | "geschrieben" | "verfasst" | "veröffentlicht" | "publié" | "escrito" | "scritto"
    );
    match is_participle {
        true => rest.split_once(' ').map(|(_, names)| names),
        false => Some(rest),
    }
}

/// Whether a line is two to four words with capitals, as most people's names are.
pub(super) fn is_full_name(line: &str) -> bool {
    (2..=4).contains(&line.split_whitespace().count()) && looks_like_names(line) && !line.contains(['/', '&'])
}

/// One to six words with capitals, and the small words between them.
fn looks_like_names(text: &str) -> bool {
    const BETWEEN: &[&str] = &[
        "and", "und", "et", "y", "e", "en", "och", "og", "i", "&", "von", "van", "de", "der", "den", "da", "di", "del",
        "la", "le", "du", "dos", "zu", "bin", "al", "for", "für",
    ];
    let mut words = 0;
    let is_all_names = text.split_whitespace().all(|word| {
        words += 1;
        let is_capital = word.starts_with(|c: char| c == '@' || (c.is_alphabetic() && !c.is_lowercase()));
        (is_capital || (words > 1 && BETWEEN.contains(&word)))
            && !word.contains(|c: char| c.is_numeric() || "!?:".contains(c))
    });
    is_all_names && (1..=6).contains(&words)
}

/// `4 min read`, `Reading time: 3 minutes`.
fn is_reading_time(part: &str) -> bool {
    let part = collapse(&part.to_lowercase().replace(['-', '‑'], " "));
    let mut words = part
        .split(' ')
        .skip_while(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    let count = words.next().map_or(0, str::len);
    (1..=3).contains(&count)
        && part.split(' ').count() <= 5
        && words.next().is_some_and(|unit| {
            ["min", "мин", "хв", "dakika", "perc"]
                .iter()
                .any(|m| unit.starts_with(m))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_names_author_and_date_and_nothing_else() {
        let known = [squash("ada fenwick")];
        for (line, expected) in [
            ("By Someone", true),
            ("Published: March 3, 2026", true),
            ("By Jory Pell · 30 May 2026", true),
            ("Ada Fenwick, · 3 minutes", true),
            ("Ada Fenwick", true),
            ("Jory Pell", false),
            ("Jory Pell, 3 May 2026", false),
            ("Town Hall, 3 May 2026", false),
            ("Tuesday, 3 May 2026", true),
            ("Closed, 3 May 2026", false),
            ("By Jory Pell, Harbor Desk, 3 May 2026", true),
            ("Written by Jory Pell on 3 May 2026", true),
            ("Von Jory Pell und Ida Moe | 3. Mai 2026", true),
            ("Updated on 3 May 2026 at 10:15", true),
            ("4 min read", true),
            ("Posted 3 May 2026", true),
            ("Aktualisiert am 03.05.2026 um 10:15 Uhr", true),
            ("By Monday we know.", false),
            ("By the river.", false),
            ("The shop opens on 3 May 2026", false),
            ("Closed.", false),
            ("3 minutes is all that it takes to get there", false),
            ("3", false),
            ("", false),
        ] {
            assert_eq!(is_signature(line, Names::Known(&known)), expected, "{line}");
        }
        assert!(is_signature("Jory Pell, 3 May 2026", Names::Any));
        assert!(!is_signature("Jory Pell has left the town", Names::Any));
    }
}
