//! Classifies a line by itself, without looking at its neighbors.

use std::ops::Range;

use super::{
    credit,
    dates::{self, Span},
    phrases::{self, Cue, Cues, OPENING_CHARS, Opening, fold},
    shape::{End, Shape, words_in},
};

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph.
    Prose,
    /// A short sentence.
    Sentence,
    /// A few words: a headline, a label, a list item.
    Short,
    /// A date and little else.
    Date,
    /// A byline, possibly with a date.
    Byline,
    /// A line that starts or ends with a picture credit, or a line at a position where a caption is expected.
    Credit,
    /// The name of an image file.
    ImageName,
    /// The path to the page, with separators between the sections: `Home » News » Title`.
    Breadcrumb,
    /// A link to another article: `See also`.
    Related,
    /// A button or a menu entry.
    Button,
    /// The page's footer, a comment form, or a notice to the visitor.
    Footer,
    /// An editor's note.
    Note,
    /// A line without words, such as a number, a row of dashes or a URL.
    Wordless,
}

/// What is known about a line. [`scan`] looks only at the line itself; `context` and `folder` then correct the result.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) shape: Shape,
    pub(super) form: Form,
    /// The parts that look like dates; empty for long lines.
    pub(super) dates: Vec<Span>,
    /// A hash of the letters and digits, used to find repeated lines; 0 for long lines.
    pub(super) key: u64,
    /// The byte range of the last part, if the line is a breadcrumb.
    pub(super) crumb: Option<Range<usize>>,
    /// Whether the line counts as a caption only because of its neighbors.
    pub(super) is_caption_by_position: bool,
    /// Whether the line is boilerplate because other articles in the folder also contain it.
    pub(super) is_recurring: bool,
    /// Whether the line starts with a label such as `Updated`.
    pub(super) has_updated_label: bool,
    /// Whether the line starts with a label such as `Published`.
    pub(super) has_published_label: bool,
}

/// The maximum length of a byline or a date line, in `cut::units`. A longer line is running text.
pub(super) const MAX_LABEL_UNITS: usize = 240;
const IMAGE_ENDINGS: &[&str] = &[
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff", ".heic",
];
const STRONG_SEPARATORS: &[char] = &['»', '›', '→', '▸', '>', '❯', '＞', '⟩', '▶', '≫'];
const WEAK_SEPARATORS: &[char] = &['/', '|', '•', '·', '\\', '／', '｜', '-', '–'];

/// Classifies one line.
pub(super) fn scan(text: &str) -> Scan {
    let shape = Shape::new(text);
    let mut scan = Scan {
        shape,
        form: Form::Short,
        dates: Vec::new(),
        key: 0,
        crumb: None,
        is_caption_by_position: false,
        is_recurring: false,
        has_updated_label: false,
        has_published_label: false,
    };
    let folded = fold(text, OPENING_CHARS);
    let opening = Opening::new(&folded);
    // A date in running text is usually the date of an event rather than the article's date, so long lines are not
    // searched for dates.
    if shape.units <= MAX_LABEL_UNITS {
        scan.key = key_of(text);
        scan.dates = dates::spans(text);
        scan.has_updated_label = opening.cues.has(Cue::Updated);
        scan.has_published_label = opening.cues.has(Cue::Published);
    }
    scan.form = form_of(text, &opening, &mut scan);
    scan
}

fn form_of(text: &str, opening: &Opening<'_>, scan: &mut Scan) -> Form {
    let shape = scan.shape;
    let cues = &opening.cues;
    // The tests are ordered from the most to the least reliable. Dates and buttons are recognized by the whole line,
    // bylines and footers only by their first words. Lines that pass none of the tests are distinguished only by their
    // length, punctuation and capitals.
    if is_image_name(text, &shape) {
        return Form::ImageName;
    }
    if is_address(text) || shape.letters == 0 && scan.dates.is_empty() {
        return Form::Wordless;
    }
    if shape.units > MAX_LABEL_UNITS {
        // A paragraph may also start with a word such as `Copyright`, so a long line is a footer only if it starts with
        // a long phrase.
        return match () {
            () if cues.len(Cue::Footer) >= 10 => Form::Footer,
            () if cues.has(Cue::Note) => Form::Note,
            () if credit::start(text, &shape, opening).is_some() => Form::Credit,
            () => Form::Prose,
        };
    }
    // Date lines are checked before bylines, because a line such as `Jane Doe | 3 May 2026` contains both a name and a
    // date. The module `byline` also finds names in date lines.
    if is_date_line(text, opening, scan) {
        return Form::Date;
    }
    if is_buttons(opening.text) || is_reading_time(opening.text, &shape) || is_arrow(text) {
        return Form::Button;
    }
    if let Some(last) = breadcrumb(text, &shape, cues) {
        scan.crumb = Some(last);
        return Form::Breadcrumb;
    }
    if cues.has(Cue::Related) || cues.has(Cue::Site) {
        return if cues.has(Cue::Site) {
            Form::Footer
        } else {
            Form::Related
        };
    }
    if is_byline(text, opening, scan) {
        return Form::Byline;
    }
    let credit = credit::start(text, &shape, opening);
    // `© Jane Doe` is a credit, but `© 2026 Harbor News` is a footer.
    if cues.has(Cue::Footer)
        && (shape.units <= 140 || cues.len(Cue::Footer) >= 10)
        && !(text.starts_with('©') && credit.is_some())
    {
        return Form::Footer;
    }
    if credit.is_some() {
        return Form::Credit;
    }
    if cues.has(Cue::Note) {
        return Form::Note;
    }
    match () {
        () if shape.is_prose() => Form::Prose,
        () if shape.is_sentence() => Form::Sentence,
        () => Form::Short,
    }
}

/// A hash of the letters and digits in a line, or 0 if the line has none.
pub(super) fn key_of(text: &str) -> u64 {
    let squashed = crate::text::squash(text);
    if squashed.is_empty() {
        0
    } else {
        // 0 means "no key", so a hash of 0 is replaced with 1.
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
        // Cloudflare replaces e-mail addresses with this text. The addresses are restored only by a script on the page.
        || text == "[email protected]"
}

/// Whether the line contains a date and little else, such as a label, a weekday or a place. After a label or between
/// separators, names and counters are also allowed: `3 May 2026 | Jane Doe | 4 comments`.
fn is_date_line(text: &str, opening: &Opening<'_>, scan: &Scan) -> bool {
    let (Some(first), Some(last)) = (scan.dates.first(), scan.dates.last()) else {
        return false;
    };
    // A line that ends with a period and has more than a few words is a sentence about what happened on that day.
    if scan.shape.units > 160 || scan.shape.end == End::Stop && scan.shape.words > 6 {
        return false;
    }
    let covered: usize = scan.dates.iter().map(|span| words_in(&text[span.bytes.clone()])).sum();
    let label = opening
        .end(Cue::Published)
        .max(opening.end(Cue::Updated))
        .min(first.bytes.start);
    let rest = words_in(text).saturating_sub(covered + text.get(..label).map_or(0, words_in));
    let at_edge = first.bytes.start == 0 || last.bytes.end == text.len();
    let has_separators = text.contains(" | ") || text.contains(" • ") || text.contains(" · ") || text.contains(" — ");
    let has_byline_word = || {
        text.split(' ').any(|word| {
            matches!(
                &*fold(word, 8),
                "by" | "von" | "par" | "por" | "di" | "door" | "av" | "af"
            )
        })
    };
    // The stronger the evidence for a date line (a label, a word such as `by`, separators), the more additional words
    // the line may contain.
    rest <= match () {
        () if label > 0
            || at_edge && rest <= 8 && (has_byline_word() || ends_with_label(&text[..first.bytes.start])) =>
        {
            8
        }
        () if at_edge && has_separators => 8,
        () if at_edge => 3,
        () => 2,
    }
}

/// Whether the text before a date ends with a label: `Jane Doe, The Harbor News Published `.
fn ends_with_label(before: &str) -> bool {
    let folded = fold(before, MAX_LABEL_UNITS);
    let starts = folded.match_indices(' ').map(|(at, _)| at + 1);
    let mut labels = starts.map(|at| folded[at..].trim_end_matches([' ', ':', ',']));
    labels.any(|last| {
        let cues = phrases::cues(last);
        !last.is_empty() && cues.len(Cue::Published).max(cues.len(Cue::Updated)) == last.len()
    })
}

/// Whether the line consists only of buttons, counters and symbols: `2 comments`, `Facebook Twitter`.
fn is_buttons(folded: &str) -> bool {
    let mut rest = folded;
    for _ in 0..6 {
        rest = rest.trim_matches(|c: char| !c.is_alphabetic() || c.is_numeric());
        if rest.is_empty() {
            return true;
        }
        let length = phrases::cues(rest).len(Cue::Button);
        if length == 0 {
            return false;
        }
        rest = &rest[length..];
    }
    rest.trim().is_empty()
}

/// Whether the line is a reading time: `4 min read`, `Lesezeit: 3 Minuten`, `約5分`.
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

/// Whether the line is a link to the next or previous article. In a line that contains both `«` and `»`, the guillemets
/// are quotation marks, so the line is not a link.
fn is_arrow(text: &str) -> bool {
    const ARROWS: &[char] = &['←', '→', '«', '»', '⟵', '⟶', '‹', '›', '➔', '►', '▶'];
    let quoted = text.contains('«') && text.contains('»');
    !quoted && (text.starts_with(ARROWS) || text.ends_with(ARROWS))
}

/// The byte range of the last part of a breadcrumb: `Title` in `Home » Section » Title`. Returns `None` if the line is
/// not a breadcrumb.
fn breadcrumb(text: &str, shape: &Shape, cues: &Cues) -> Option<Range<usize>> {
    if matches!(shape.end, End::Stop | End::Ellipsis) && !cues.has(Cue::Home) || shape.units > MAX_LABEL_UNITS {
        return None;
    }
    // In a line of HTML, `>` is not a separator.
    if text.contains("</") && text.matches('<').count() >= text.matches('>').count() {
        return None;
    }
    let quoted = text.contains('«');
    let strong = |c: char| STRONG_SEPARATORS.contains(&c) && !(quoted && c == '»');
    let home = cues.has(Cue::Home);
    // `/`, `|` and `-` may also separate a headline from the site's name, so they count as separators here only if the
    // line starts with a word such as `Home`.
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
        // No section name is this long, so the line is a sentence that contains an arrow.
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

/// Whether the line consists of a phrase such as `By` followed by names: `By Jane Doe`, `Von Jane Doe, Berlin`, `記者李明`.
fn is_byline(text: &str, opening: &Opening<'_>, scan: &Scan) -> bool {
    if !opening.cues.has(Cue::Byline) || scan.shape.units > 160 {
        return false;
    }
    let (_, rest) = opening.split(Cue::Byline);
    let words = scan.shape.words;
    // After a colon, and in scripts without spaces between words (which have no capitals), only the length of the line
    // can show whether names follow.
    if scan.shape.unspaced || rest.starts_with([':', '：', '/', '＝', '=']) {
        return words <= 14;
    }
    let has_date = !scan.dates.is_empty();
    // In a script that has capitals, names are capitalized, whereas a headline that starts with `By` or `Von` also
    // contains lowercase words, such as a verb.
    let cased = scan.shape.lower + scan.shape.upper > 0;
    let small = scan.shape.lower.saturating_sub(usize::from(scan.shape.starts_lower));
    words >= 2
        && words <= if has_date { 16 } else { 9 }
        && !rest.trim_start().is_empty()
        && (!cased || small <= if has_date { 4 } else { 1 + words / 4 })
        && text.get(opening.end(Cue::Byline)..).is_some_and(starts_with_name)
}

fn starts_with_name(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase() && !c.is_numeric())
}
