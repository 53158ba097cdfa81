//! Recognizes lines that contain only metadata: an author, a date, a reading time, or several of these, as in `By Jane
//! Roe · 3 May 2026`.

use crate::{
    plain_text,
    text::{collapse, squash},
};

/// The maximum length of a metadata line, in characters.
pub(super) const LONGEST: usize = 100;

/// Which words count as names if no label precedes them.
#[derive(Debug, Clone, Copy)]
pub(super) enum UnlabeledNames<'a> {
    /// Only the names of these authors, in the form returned by [`squash`]. Other capitalized words may be part of the
    /// article, as in `Town Hall, 3 May`.
    Only(&'a [String]),
    /// Any capitalized words, because the line's class already says that the line contains an author or a date.
    Any,
}

/// Whether a line contains only metadata: an author, a date, a reading time, or several of these.
///
/// The line is split at its dates and at separators. Each part between them must be a label, a weekday, a time of day,
/// a reading time, or a name.
pub(super) fn is_metadata_line(line: &str, names: UnlabeledNames<'_>) -> bool {
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
    // A hyphen is a separator only if there are spaces around it, because names can contain hyphens.
    let rest = rest.replace(" - ", "|");
    let mut has_metadata = !dates.is_empty();
    let mut has_author = matches!(names, UnlabeledNames::Any);
    let mut unlabeled_names = 0;
    for part in rest.split(['|', '•', '·', '—', '–', '/', '(', ')', ',', ';']) {
        let part = trim(part);
        let belongs_to_date = || plain_text::is_date_label(part) || is_clock(part) || is_weekday(part);
        if part.is_empty() || (!dates.is_empty() && belongs_to_date()) {
            continue;
        }
        let is_author = matches!(names, UnlabeledNames::Only(authors) if authors.contains(&squash(part)));
        if is_author || (opens_with_label(part) && after_label(part).is_some_and(looks_like_names)) {
            has_author = true;
            has_metadata = true;
        } else if is_reading_time(part) {
            // An unlabeled name on the same line as a reading time is certainly an author.
            has_author = true;
            has_metadata = true;
        } else if looks_like_names(part) {
            unlabeled_names += 1;
        } else {
            return false;
        }
    }
    has_metadata && (unlabeled_names == 0 || (has_author && unlabeled_names <= 2))
}

fn is_weekday(part: &str) -> bool {
    const SHORT: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so",
    ];
    let part = part.to_lowercase();
    SHORT.contains(&part.as_str())
        || (!part.contains(' ')
            && (5..=10).contains(&part.len())
            // The endings of the English, German and French names of weekdays, except `mittwoch` and `dimanche`.
            && ([
                "sday", "nday", "iday", "urday", "stag", "ntag", "itag", "rdi", "ndi", "udi", "edi",
            ]
            .iter()
            .any(|end| part.ends_with(end))
                || matches!(part.as_str(), "mittwoch" | "dimanche")))
}

/// Removes punctuation from both ends, and then a preposition at the end that introduces a date, such as the `on` in
/// `By Jane Roe on`.
fn trim(part: &str) -> &str {
    let part = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | ':' | '：'));
    [" on", " am", " le", " el", " il", " op", " den", " at"]
        .iter()
        .find_map(|word| part.strip_suffix(word))
        .filter(|&short| !plain_text::is_date_label(part) && !short.is_empty())
        .unwrap_or(part)
}

/// Whether the part is a time of day: `at 10:15 am`.
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

/// Whether the text starts with a label that introduces a name.
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
            // These words can also start a sentence, so they are labels only before a colon, a capitalized word or a
            // handle, or at the end of the text.
            colon || follows.is_none() || rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '@')
        }
        "autoren" => colon || rest.trim_start().starts_with(char::is_uppercase),
        // These words start sentences more often than those above, so they are labels only if a colon follows.
        "author" | "authors" | "autorin" | "auteur" | "autora" | "autore" | "text" | "words" | "redaktion"
        | "verfasser" | "автор" | "作者" | "文" | "記者" | "记者" => colon,
        // Matches `Ein Artikel von Jane Roe`, but not `Ein Bild von Jane Roe`, which names a photographer.
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

/// Whether the string starts with a word for a kind of text, such as "article", followed by a word for "by": `An
/// article by`, `Eine Kolumne von`.
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

/// The text after `By`, `Author:` or `Written by`.
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

/// Whether the line consists of two to four capitalized words, like most people's full names.
pub(super) fn is_full_name(line: &str) -> bool {
    (2..=4).contains(&line.split_whitespace().count()) && looks_like_names(line) && !line.contains(['/', '&'])
}

/// Whether the text consists of one to six words: capitalized names, and particles and conjunctions between them.
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

/// Whether the part is a reading time: `4 min read`, `Reading time: 3 minutes`.
fn is_reading_time(part: &str) -> bool {
    let part = collapse(&part.to_lowercase().replace(['-', '‑'], " "));
    let mut words = part
        .split(' ')
        .skip_while(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    let count = words.next().map_or(0, str::len);
    // Below a headline, only reading times are given in minutes, so the words around the number do not matter.
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
    fn a_metadata_line_consists_of_author_and_date_only() {
        let authors = [squash("ada fenwick")];
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
            assert_eq!(
                is_metadata_line(line, UnlabeledNames::Only(&authors)),
                expected,
                "{line}"
            );
        }
        assert!(is_metadata_line("Jory Pell, 3 May 2026", UnlabeledNames::Any));
        assert!(!is_metadata_line("Jory Pell has left the town", UnlabeledNames::Any));
    }
}
