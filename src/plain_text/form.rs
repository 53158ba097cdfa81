//! What a line says about itself, without its neighbors.

use std::ops::Range;

use super::{
    credit,
    dates::{self, Span},
    phrases::{self, Hits, Word},
    shape::{End, Shape, is_unspaced},
};

/// What a line is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph.
    Prose,
    /// A short sentence.
    Sentence,
    /// A few words: a headline, a label, an entry of a list.
    Short,
    /// A date and next to nothing else.
    Date,
    /// A byline, perhaps with a date.
    Byline,
    /// Ends or opens with the credit of a picture, or stands where captions stand.
    Credit,
    /// The name of an image file.
    ImageName,
    /// Sections with separators.
    Breadcrumb,
    /// "See also".
    Related,
    /// A button, a menu entry.
    Button,
    /// The page's foot, comment forms, notices.
    Tail,
    /// A note of the editors.
    Note,
    /// No words: numbers, rules, addresses.
    Wordless,
}

/// A line with everything that can be seen in it alone.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) shape: Shape,
    pub(super) form: Form,
    /// Where dates may stand; empty in long lines.
    pub(super) dates: Vec<Span>,
    /// A hash of its letters and digits, for finding repetitions; 0 for long lines.
    pub(super) key: u64,
    /// The last part of a breadcrumb.
    pub(super) crumb: Option<Range<usize>>,
    /// Its neighbors, not its own words, make it a caption.
    pub(super) is_caption_by_place: bool,
    /// Other texts of the folder have it too.
    pub(super) recurs: bool,
    pub(super) updated: bool,
    pub(super) published: bool,
}

/// A line longer than this is running text: neither byline nor date line is looked for.
pub(super) const LABEL_UNITS: usize = 240;
/// Phrases are looked for in so many characters of a line's beginning.
pub(super) const OPENING_CHARS: usize = 64;
const IMAGE_ENDINGS: &[&str] = &[
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff", ".heic",
];
const STRONG_SEPARATORS: &[char] = &['»', '›', '→', '▸', '>', '❯', '＞', '⟩', '▶', '≫'];
const WEAK_SEPARATORS: &[char] = &['/', '|', '•', '·', '\\', '／', '｜', '-', '–'];

/// Sees one line.
pub(super) fn scan(text: &str) -> Scan {
    let shape = Shape::of(text);
    let mut scan = Scan {
        shape,
        form: Form::Short,
        dates: Vec::new(),
        key: 0,
        crumb: None,
        is_caption_by_place: false,
        recurs: false,
        updated: false,
        published: false,
    };
    let folded = fold(text, OPENING_CHARS);
    let opening = folded.trim_start_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '©' | '【' | '（' | '(' | '※' | '▲' | '△' | '▼' | '<' | '[' | '+')
    });
    let hits = phrases::opening(opening);
    let hits = if hits.is_empty() {
        phrases::opening(opening.trim_start_matches(['(', '[', '【', '<']))
    } else {
        hits
    };
    if shape.units <= LABEL_UNITS {
        scan.key = key_of(text);
        scan.dates = dates::spans(text);
        scan.updated = hits.has(Word::Updated);
        scan.published = hits.has(Word::Published);
    }
    scan.form = form_of(text, opening, &hits, &mut scan);
    scan
}

fn form_of(text: &str, opening: &str, hits: &Hits, scan: &mut Scan) -> Form {
    let shape = scan.shape;
    if is_image_name(text, &shape) {
        return Form::ImageName;
    }
    if is_address(text) || shape.letters == 0 && scan.dates.is_empty() {
        return Form::Wordless;
    }
    if shape.units > LABEL_UNITS {
        return match () {
            () if hits.len(Word::Tail) >= 10 => Form::Tail,
            () if hits.has(Word::Note) => Form::Note,
            () if credit::start(text, &shape, opening, hits).is_some() => Form::Credit,
            () => Form::Prose,
        };
    }
    if is_date_line(text, hits, scan) {
        return Form::Date;
    }
    if is_buttons(opening) || is_reading_time(opening, &shape) || is_arrow(text) {
        return Form::Button;
    }
    if let Some(last) = breadcrumb(text, &shape, hits) {
        scan.crumb = Some(last);
        return Form::Breadcrumb;
    }
    if hits.has(Word::Related) || hits.has(Word::Site) {
        return if hits.has(Word::Site) {
            Form::Tail
        } else {
            Form::Related
        };
    }
    if is_byline(text, opening, hits, scan) {
        return Form::Byline;
    }
    let credit = credit::start(text, &shape, opening, hits);
    if hits.has(Word::Tail)
        && (shape.units <= 140 || hits.len(Word::Tail) >= 10)
        && !(text.starts_with('©') && credit.is_some())
    {
        return Form::Tail;
    }
    if credit.is_some() {
        return Form::Credit;
    }
    if hits.has(Word::Note) {
        return Form::Note;
    }
    match () {
        () if shape.is_prose() => Form::Prose,
        () if shape.is_sentence() => Form::Sentence,
        () => Form::Short,
    }
}

/// The first characters in lower case, each as many bytes as before, so that positions hold in both.
pub(super) fn fold(text: &str, chars: usize) -> String {
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
            _ => c,
        }
    };
    text.chars().take(chars).map(lower).collect()
}

/// A hash of the letters and digits of a line; 0 if it has none.
pub(super) fn key_of(text: &str) -> u64 {
    let squashed: String = if text.is_ascii() {
        text.bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| char::from(b.to_ascii_lowercase()))
            .collect()
    } else {
        crate::text::squash(text)
    };
    if squashed.is_empty() {
        0
    } else {
        xxhash_rust::xxh3::xxh3_64(squashed.as_bytes()).max(1)
    }
}

fn is_image_name(text: &str, shape: &Shape) -> bool {
    if shape.units > 160 || text.split(' ').count() > 4 {
        return false;
    }
    let end = text
        .get(text.len().saturating_sub(5)..)
        .unwrap_or_default()
        .to_ascii_lowercase();
    IMAGE_ENDINGS.iter().any(|ending| end.ends_with(ending))
}

fn is_address(text: &str) -> bool {
    !text.contains(' ')
        && (text.contains("://") || text.starts_with("www.") || text.contains('@') && text.contains('.'))
        || text == "[email protected]"
}

/// A date and little else: a label, a weekday, a place; behind a label or separators also names and counters.
fn is_date_line(text: &str, hits: &Hits, scan: &Scan) -> bool {
    let (Some(first), Some(last)) = (scan.dates.first(), scan.dates.last()) else {
        return false;
    };
    if scan.shape.units > 160 || scan.shape.end == End::Stop && scan.shape.words > 6 {
        return false;
    }
    let covered: usize = scan.dates.iter().map(|span| words_in(&text[span.bytes.clone()])).sum();
    let label = hits
        .len(Word::Published)
        .max(hits.len(Word::Updated))
        .min(first.bytes.start);
    let rest = words_in(text).saturating_sub(covered + text.get(..label).map_or(0, words_in));
    let at_edge = first.bytes.start == 0 || last.bytes.end == text.len();
    let has_separators = text.contains(" | ") || text.contains(" • ") || text.contains(" · ") || text.contains(" — ");
    let names_somebody = || {
        text.split(' ').any(|word| {
            matches!(
                &*fold(word, 8),
                "by" | "von" | "par" | "por" | "di" | "door" | "av" | "af"
            )
        })
    };
    rest <= match () {
        () if label > 0 || at_edge && rest <= 8 && (names_somebody() || follows_label(&text[..first.bytes.start])) => 8,
        () if at_edge && has_separators => 8,
        () if at_edge => 3,
        () => 2,
    }
}

/// `Jane Doe, The Harbor News Published `: a date follows.
fn follows_label(before: &str) -> bool {
    let folded = fold(before, LABEL_UNITS);
    let starts = folded.match_indices(' ').map(|(at, _)| at + 1);
    let mut labels = starts.map(|at| folded[at..].trim_end_matches([' ', ':', ',']));
    labels.any(|last| {
        let hits = phrases::opening(last);
        !last.is_empty() && hits.len(Word::Published).max(hits.len(Word::Updated)) == last.len()
    })
}

pub(super) fn words_in(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| {
            if word.chars().any(is_unspaced) {
                word.chars().count().div_ceil(2)
            } else {
                1
            }
        })
        .sum()
}

/// Nothing but buttons, counters and marks: `2 comments`, `Facebook Twitter`.
fn is_buttons(folded: &str) -> bool {
    let mut rest = folded;
    for _ in 0..6 {
        rest = rest.trim_matches(|c: char| !c.is_alphabetic() || c.is_numeric());
        if rest.is_empty() {
            return true;
        }
        let length = phrases::opening(rest).len(Word::Button);
        if length == 0 {
            return false;
        }
        rest = &rest[length..];
    }
    rest.trim().is_empty()
}

/// `4 min read`, `Lesezeit: 3 Minuten`, `約5分`.
fn is_reading_time(folded: &str, shape: &Shape) -> bool {
    const MINUTES: &[&str] = &[
        "min",
        "мин",
        "хв",
        "λεπτ",
        "دقيق",
        "دقائق",
        "דקות",
        "phút",
        "dakika",
        "perc",
        "分钟",
        "分鐘",
        "分で",
        "분",
        "मिनट",
    ];
    shape.words <= 6
        && (1..=3).contains(&shape.digits)
        && MINUTES.iter().any(|minutes| {
            folded.find(minutes).is_some_and(|at| {
                folded[..at]
                    .trim_end_matches([' ', '-', '‑'])
                    .chars()
                    .next_back()
                    .is_some_and(char::is_numeric)
            })
        })
}

/// A link to the next or the previous page.
fn is_arrow(text: &str) -> bool {
    const ARROWS: &[char] = &['←', '→', '«', '»', '⟵', '⟶', '‹', '›', '➔', '►', '▶'];
    let quoted = text.contains('«') && text.contains('»');
    !quoted && (text.starts_with(ARROWS) || text.ends_with(ARROWS))
}

/// The last part of `Home » Section » Title`.
fn breadcrumb(text: &str, shape: &Shape, hits: &Hits) -> Option<Range<usize>> {
    if matches!(shape.end, End::Stop | End::Ellipsis) && !hits.has(Word::Home) || shape.units > LABEL_UNITS {
        return None;
    }
    // Every `>` closes a tag.
    if text.contains("</") && text.matches('<').count() >= text.matches('>').count() {
        return None;
    }
    let quoted = text.contains('«');
    let strong = |c: char| STRONG_SEPARATORS.contains(&c) && !(quoted && c == '»');
    let home = hits.has(Word::Home);
    let separator = |c: char| strong(c) || home && (WEAK_SEPARATORS.contains(&c) || c == ':');
    let mut parts = 0;
    let mut last = 0..text.len();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| separator(*c)) {
        let spaced = text[..at].ends_with(' ')
            || text[at + c.len_utf8()..].starts_with(' ')
            || home && strong(c)
            || c == ':' && parts == 0;
        if !spaced {
            continue;
        }
        if words_in(&text[start..at]) > 14 {
            return None;
        }
        parts += 1;
        start = at + c.len_utf8();
        last = start..text.len();
    }
    let first_is_short = parts > 0 && (home || words_in(text.split(separator).next().unwrap_or_default()) <= 4);
    first_is_short.then(|| {
        let part = &text[last.clone()];
        let lead = part.len() - part.trim_start().len();
        last.start + lead..last.end
    })
}

/// `By Jane Doe`, `Von Jane Doe, Berlin`, `記者李明`: the phrase, then names.
fn is_byline(text: &str, opening: &str, hits: &Hits, scan: &Scan) -> bool {
    let length = hits.len(Word::By);
    if length == 0 || scan.shape.units > 160 {
        return false;
    }
    let rest = &opening[length..];
    let words = scan.shape.words;
    if scan.shape.unspaced || rest.starts_with([':', '：', '/', '＝', '=']) {
        return words <= 14;
    }
    let has_date = !scan.dates.is_empty();
    // A name is capitalized where the script has capitals; a headline that opens with `By` or `Von` has verbs.
    let cased = scan.shape.lower + scan.shape.upper > 0;
    let small = scan.shape.lower.saturating_sub(usize::from(scan.shape.starts_lower));
    words >= 2
        && words <= if has_date { 16 } else { 9 }
        && !rest.trim_start().is_empty()
        && (!cased || small <= if has_date { 4 } else { 1 + words / 4 })
        && after_phrase_is_name(text, length)
}

fn after_phrase_is_name(text: &str, length: usize) -> bool {
    let Some(rest) = text.get(length..) else { return false };
    rest.trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && !c.is_numeric())
}
