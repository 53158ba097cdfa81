//! The elements of a page that name an author.

use crate::{
    html::tree::{Element, NodeId, Step},
    text::collapse,
};

use super::{
    Byline, BylinePlace,
    head::{has_word, line_of},
    hints, signature,
    survey::{Facts, Survey},
};

/// No byline is longer, in characters without blanks; shorter yet where only a label makes it one.
const LONGEST_NAME: u32 = 160;
const LONGEST_LABELED: u32 = 90;

/// Reads an element as a byline.
pub(super) fn as_byline(
    survey: &Survey<'_>,
    id: NodeId,
    element: &Element,
    facts: Facts,
    distance: u32,
) -> Option<Byline> {
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
    if facts.in_foreign {
        return None;
    }
    let mut names = names_in(survey, id, place);
    if names.is_empty() && facts.text > LONGEST_LABELED {
        names.extend(heading_of_box(survey, id));
    }
    if names.is_empty() && (facts.text < 2 || facts.text > LONGEST_NAME) {
        return None;
    }
    let whole = if facts.text <= LONGEST_NAME {
        line_of(survey, id)
    } else {
        String::new()
    };
    let (whole, names) = match place {
        // A label alone: the name is beside it.
        BylinePlace::Text if is_bare_label(&whole) => beside(survey, id)?,
        _ => (whole, names),
    };
    let text = if names.is_empty() {
        whole.clone()
    } else {
        names.join(", ")
    };
    (!text.is_empty()).then(|| Byline {
        text,
        whole,
        is_marked: !names.is_empty(),
        line: survey.line(id),
        place,
        in_furniture: facts.in_furniture && !facts.in_foot,
        distance,
    })
}

/// The heading of a box about the author, where it is a name.
fn heading_of_box(survey: &Survey<'_>, id: NodeId) -> Option<String> {
    let steps = survey.tree.walk(id).take(64);
    let headings = steps.filter_map(|step| match step {
        Step::Enter(inner) => survey.tree.element(inner).map(|element| (inner, element)),
        Step::Leave(_) => None,
    });
    headings
        .filter(|(inner, element)| {
            matches!(element.name(), "h2" | "h3" | "h4" | "h5" | "h6")
                && (3..=LONGEST_LABELED).contains(&survey.facts(*inner).text)
        })
        .map(|(inner, _)| line_of(survey, inner))
        .find(|line| signature::is_full_name(line))
}

/// Whether the first text in an element is a label that introduces a name.
fn is_labeled(survey: &Survey<'_>, id: NodeId) -> bool {
    let first = survey
        .tree
        .children(id)
        .take(8)
        .find(|&child| survey.facts(child).text > 0);
    first
        .and_then(|child| survey.tree.text(child))
        .is_some_and(opens_with_label)
}

/// Whether a text opens with a label that introduces a name.
pub(super) fn opens_with_label(text: &str) -> bool {
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
        "autoren" => colon || rest.trim_start().starts_with(char::is_uppercase),
        "author" | "authors" | "autorin" | "auteur" | "autora" | "autore" | "text" | "words" | "redaktion"
        | "verfasser" | "автор" | "作者" | "文" | "記者" | "记者" => colon,
        // `Ein Artikel von Jane Roe`: a picture is by someone else.
        _ if names_a_text(text) => true,
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

/// `An article by`, `Eine Kolumne von`: a kind of text, and a word that leads to who wrote it.
fn names_a_text(text: &str) -> bool {
    const TEXTS: &[&str] = &[
        "article",
        "artikel",
        "beitrag",
        "gastbeitrag",
        "kolumne",
        "column",
        "kommentar",
        "interview",
        "essay",
        "bericht",
        "report",
        "reportage",
        "analyse",
        "analysis",
        "story",
        "opinion",
        "chronique",
        "tribune",
        "artículo",
        "columna",
        "articolo",
        "artigo",
    ];
    const BY: &[&str] = &[" by ", " von ", " par ", " por ", " di ", " de "];
    if !BY.iter().any(|word| text.contains(word)) {
        return false;
    }
    let mut words = text.split_whitespace().take(4).skip_while(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "an" | "a" | "ein" | "eine" | "un" | "une" | "el" | "la" | "der" | "die" | "das"
        )
    });
    words
        .next()
        .is_some_and(|word| TEXTS.contains(&word.to_lowercase().as_str()))
        && words.next().is_some_and(|word| BY.iter().any(|by| by.trim() == word))
}

/// Whether nothing but a label is shown.
fn is_bare_label(whole: &str) -> bool {
    let label = whole.trim_end_matches([':', '：', ' ']).to_lowercase();
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

/// The text around a label, and the names in it.
fn beside(survey: &Survey<'_>, label: NodeId) -> Option<(String, Vec<String>)> {
    let parent = survey.tree.parent(label)?;
    let facts = survey.facts(parent);
    let own = survey.facts(label).text;
    (facts.text > own + 1 && facts.text <= LONGEST_LABELED)
        .then(|| (line_of(survey, parent), names_in(survey, parent, BylinePlace::Text)))
}

/// The parts of a byline that say of themselves that they are the name.
fn names_in(survey: &Survey<'_>, id: NodeId, place: BylinePlace) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut walk = survey.tree.walk(id);
    for _ in 0..96 {
        let Some(step) = walk.next() else { break };
        let Step::Enter(inner) = step else { continue };
        let Some(element) = survey.tree.element(inner) else {
            continue;
        };
        let facts = survey.facts(inner);
        if facts.is_unread || !is_name(element, place) || facts.text > LONGEST_LABELED {
            continue;
        }
        let name = match element.attribute("content") {
            Some(content) => collapse(content),
            None => line_of(survey, inner),
        };
        if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !names.contains(&name) && names.len() < 8 {
            names.push(name);
        }
        walk.skip_children();
    }
    names
}

fn is_name(element: &Element, place: BylinePlace) -> bool {
    let is_named = |class: &str| {
        class
            .split_ascii_whitespace()
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
    (place == BylinePlace::Property && has_word(element, "itemprop", "name"))
        || element.attribute("class").is_some_and(is_named)
        || (element.name() == "a"
            && (has_word(element, "rel", "author") || element.attribute("href").is_some_and(is_profile)))
}
