//! Finds the headline. The candidates are lines near the top; they compete with each other and with the result "no
//! headline".

use std::collections::{HashMap, HashSet};

use super::{
    Line, TitleGuess,
    form::{self, Form, Scan},
    shape::{End, Shape, is_unspaced},
    weights::{TITLE_FEATURES, TitleFeature},
};

/// The number of lines at the top that are searched for the headline.
///
/// In the labeled texts (see `weights`), all 405 headlines are among the first five lines. Text from complete pages
/// starts with menus, but even there, few headlines are below the fortieth line.
pub(super) const HEAD_LINES: usize = 40;
/// The maximum number of paragraphs above a headline. Such a paragraph may be a caption or a notice to the visitor.
const PROSE_ABOVE: usize = 2;
/// A headline is compared with at most this many words of the body.
const BODY_WORDS: usize = 20_000;
/// The maximum number of guesses returned.
const MAX_GUESSES: usize = 4;

/// `explain` shows only features whose weight has at least this absolute value.
const MIN_REASON: f32 = 0.3;

/// A line that may be the headline.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) index: usize,
    pub(super) features: Vec<TitleFeature>,
}

/// All candidates in a text, and the features of the whole text that are evidence for or against "no headline".
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) lines: Vec<Candidate>,
    pub(super) none: Vec<TitleFeature>,
}

/// The most likely headlines, best first. The confidences of all candidates and of "no headline" add up to 1.
///
/// `usual_line` is the index of the line that contains the headline in most of the folder's articles, if there is such
/// a line.
pub(super) fn guesses(lines: &[Line], scans: &[Scan], body: &BodyWords, usual_line: Option<usize>) -> Vec<TitleGuess> {
    let candidates = candidates(lines, scans, body, usual_line);
    // The scores are log odds, so a candidate's confidence is the exponential of its score, divided by the sum of the
    // exponentials of all scores.
    let none = sum(&candidates.none).exp();
    let scores: Vec<f32> = candidates.lines.iter().map(|c| sum(&c.features).exp()).collect();
    let total = none + scores.iter().sum::<f32>();
    let mut ranked: Vec<(f32, &Candidate)> = scores.into_iter().zip(&candidates.lines).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = HashSet::new();
    ranked
        .into_iter()
        // A credit, a notice or any other line whose form is rare for headlines is accepted only if its probability is
        // at least one half.
        .filter(|(score, candidate)| *score >= total / 2.0 || !is_unlikely_form(&scans[candidate.index]))
        // Of several copies of a line, only the one with the highest probability is kept.
        .filter(|(_, candidate)| seen.insert(scans[candidate.index].key))
        .take(MAX_GUESSES)
        .map(|(score, candidate)| TitleGuess {
            text: lines[candidate.index].text.clone(),
            line: lines[candidate.index].line,
            confidence: score / total,
            reasons: TITLE_FEATURES
                .iter()
                .filter(|(feature, weight, _)| weight.abs() >= MIN_REASON && candidate.features.contains(feature))
                .map(|(_, _, words)| *words)
                .collect(),
        })
        .collect()
}

/// Whether the line has a form that is rare for headlines.
pub(super) fn is_unlikely_form(scan: &Scan) -> bool {
    matches!(
        scan.form,
        Form::Credit | Form::Byline | Form::Related | Form::Footer | Form::Note
    )
}

fn sum(features: &[TitleFeature]) -> f32 {
    features.iter().map(|feature| feature.weight()).sum()
}

/// Collects the candidates and their features.
pub(super) fn candidates(lines: &[Line], scans: &[Scan], body: &BodyWords, usual_line: Option<usize>) -> Candidates {
    let head = head_end(scans);
    let lead = scans.iter().position(|scan| scan.form == Form::Prose);
    let lead_words: HashSet<u64> = lead
        .map(|at| words(&lines[at].text).into_iter().collect())
        .unwrap_or_default();
    let copies = copies(scans);
    let mut candidates = Candidates::default();
    let mut rank = 0;
    let longest = (0..head)
        // Only short lines are compared, because a paragraph above the headline would always be the longest line.
        .filter(|&i| scans[i].form == Form::Short && may_be_headline(&scans[i]))
        .map(|i| scans[i].shape.units)
        .max()
        .unwrap_or(0);
    let shared = shared_words(&lines[..head], scans, body);
    let most_shared = shared.iter().copied().max().unwrap_or(0);
    for i in 0..head {
        if !may_be_headline(&scans[i]) {
            continue;
        }
        let mut features = Vec::with_capacity(24);
        let is_title_like =
            matches!(scans[i].form, Form::Short | Form::Sentence | Form::Prose) && scans[i].shape.words >= 3;
        if is_title_like {
            rank += 1;
            features.push(
                [
                    TitleFeature::First,
                    TitleFeature::Second,
                    TitleFeature::Third,
                    TitleFeature::Later,
                ][(rank - 1usize).min(3)],
            );
        }
        shape_features(&scans[i], &mut features);
        text_features(&lines[i].text, &scans[i].shape, &mut features);
        overlap_features(&lines[i].text, body, &lead_words, &mut features);
        neighbor_features(scans, i, &mut features);
        if scans[i].shape.units == longest {
            features.push(TitleFeature::Longest);
        }
        copy_features(lines, scans, &copies, i, &mut features);
        if scans[i].is_recurring {
            features.push(TitleFeature::Recurring);
        }
        if usual_line == Some(i) {
            features.push(TitleFeature::UsualLine);
        }
        // A single shared word may be a coincidence.
        if shared[i] >= 2 && shared[i] == most_shared {
            features.push(TitleFeature::MostShared);
        }
        if features.contains(&TitleFeature::HeadlineLength)
            && scans[i].form == Form::Short
            && !features.contains(&TitleFeature::EndsWithColon)
        {
            features.push(TitleFeature::Complete);
        }
        candidates.lines.push(Candidate { index: i, features });
    }
    candidates.none = none_features(scans, lead, rank);
    candidates
}

/// For each line, the number of its words that also occur in the body, or 0 if the line is not short or cannot be the
/// headline.
fn shared_words(lines: &[Line], scans: &[Scan], body: &BodyWords) -> Vec<usize> {
    let shared = |(line, scan): (&Line, &Scan)| {
        if scan.form != Form::Short || !may_be_headline(scan) {
            return 0;
        }
        words(&line.text).iter().filter(|word| body.contains_key(word)).count()
    };
    lines.iter().zip(scans).map(shared).collect()
}

/// The index of the line before which the search for the headline ends: the third paragraph or the forty-first line,
/// whichever comes first.
fn head_end(scans: &[Scan]) -> usize {
    let mut prose = 0;
    for (i, scan) in scans.iter().enumerate().take(HEAD_LINES) {
        if scan.form == Form::Prose {
            prose += 1;
            if prose > PROSE_ABOVE {
                return i;
            }
        }
    }
    scans.len().min(HEAD_LINES)
}

fn may_be_headline(scan: &Scan) -> bool {
    scan.shape.is_headline_sized()
        && !matches!(
            scan.form,
            Form::ImageName | Form::Wordless | Form::Date | Form::Button | Form::Breadcrumb
        )
}

fn shape_features(scan: &Scan, out: &mut Vec<TitleFeature>) {
    let shape = &scan.shape;
    out.push(match shape.words {
        0..=1 => TitleFeature::OneWord,
        2 => TitleFeature::TwoWords,
        3 => TitleFeature::ThreeWords,
        4..=5 => TitleFeature::FewWords,
        6..=16 => TitleFeature::HeadlineLength,
        17..=24 => TitleFeature::Long,
        _ => TitleFeature::VeryLong,
    });
    match shape.end {
        End::Stop => out.push(TitleFeature::EndsWithStop),
        End::Question => out.push(TitleFeature::EndsWithQuestion),
        End::Clause => out.push(TitleFeature::EndsWithColon),
        End::Ellipsis => out.push(TitleFeature::EndsWithEllipsis),
        End::Open => {}
    }
    if shape.inner_stops > 0 {
        out.push(TitleFeature::SeveralSentences);
    }
    if shape.all_caps {
        out.push(if shape.words <= 3 {
            TitleFeature::ShortCapitals
        } else {
            TitleFeature::Capitals
        });
    }
    if shape.starts_lower {
        out.push(TitleFeature::StartsLower);
    }
    if shape.commas >= 2 && shape.words <= shape.commas * 3 {
        out.push(TitleFeature::List);
    }
    if shape.lower == 0
        && (2..=4).contains(&shape.upper)
        && shape.words == shape.upper
        && shape.digits == 0
        && shape.end == End::Open
    {
        out.push(TitleFeature::NameLike);
    }
    if shape.digits > 0 {
        out.push(TitleFeature::Digits);
    }
    if !scan.dates.is_empty() {
        out.push(TitleFeature::ContainsDate);
    }
    match scan.form {
        Form::Prose => out.push(TitleFeature::IsParagraph),
        Form::Byline => out.push(TitleFeature::IsByline),
        Form::Credit => out.push(TitleFeature::IsCredit),
        Form::Related => out.push(TitleFeature::IsRelated),
        Form::Footer | Form::Note => out.push(TitleFeature::IsNotice),
        _ => {}
    }
}

fn text_features(text: &str, shape: &Shape, out: &mut Vec<TitleFeature>) {
    if text.contains(": ")
        || text.contains(" – ")
        || text.contains(" - ")
        || text.contains(" — ")
        || text.contains('：')
        || text.contains(" : ")
    {
        out.push(TitleFeature::InnerColon);
    }
    if text.contains(['“', '„', '»', '«', '"', '「', '《', '‘']) && shape.words > 2 {
        out.push(TitleFeature::Quotes);
    }
    if text.contains(" | ") || text.contains(" • ") || text.contains(" · ") || text.contains(" / ") {
        out.push(TitleFeature::Separators);
    }
    let first = text.chars().next().unwrap_or(' ');
    if matches!(first, '•' | '-' | '–' | '*' | '+' | '#' | '(' | '>' | '@' | '/')
        || first.is_numeric() && text.trim_start_matches(char::is_numeric).starts_with(['.', ')'])
    {
        out.push(TitleFeature::ListItem);
    }
}

fn overlap_features(text: &str, body: &BodyWords, lead: &HashSet<u64>, out: &mut Vec<TitleFeature>) {
    let own: HashSet<u64> = words(text).into_iter().collect();
    if own.is_empty() {
        out.push(TitleFeature::NoContentWords);
        return;
    }
    let share = |found: usize| found as f32 / own.len() as f32;
    let in_body = share(own.iter().filter(|word| body.contains_key(word)).count());
    // Each range of this share has its own feature, because a higher share is not always better evidence: `FullOverlap`
    // has less weight than `HighOverlap`.
    out.push(match in_body {
        s if s <= 0.0 => TitleFeature::NoOverlap,
        s if s < 0.34 => TitleFeature::LowOverlap,
        s if s < 0.67 => TitleFeature::SomeOverlap,
        s if s < 0.9 => TitleFeature::HighOverlap,
        _ => TitleFeature::FullOverlap,
    });
    if share(own.iter().filter(|word| lead.contains(word)).count()) >= 0.4 {
        out.push(TitleFeature::OverlapWithLead);
    }
}

fn neighbor_features(scans: &[Scan], i: usize, out: &mut Vec<TitleFeature>) {
    let next = scans.get(i + 1);
    match next.map(|scan| scan.form) {
        Some(Form::Byline) => out.push(TitleFeature::BeforeByline),
        Some(Form::Date) => out.push(TitleFeature::BeforeDate),
        Some(Form::Credit | Form::ImageName) => out.push(TitleFeature::BeforePicture),
        Some(Form::Button) => out.push(TitleFeature::BeforeButton),
        // If there is also a paragraph above the line, the code after this `match` adds the feature `HeadsSection`. If
        // `BeforeParagraph` were also added, the paragraph that follows would count twice.
        Some(Form::Prose) if scans[..i].iter().any(|scan| scan.form == Form::Prose) => {}
        Some(Form::Prose) => out.push(TitleFeature::BeforeParagraph),
        Some(Form::Sentence) => out.push(TitleFeature::BeforeSentence),
        Some(Form::Short) if next.is_some_and(|n| n.shape.units < 40) => out.push(TitleFeature::BeforeShort),
        Some(Form::Short) => out.push(TitleFeature::BeforeHeadline),
        Some(_) => out.push(TitleFeature::BeforeOther),
        None => out.push(TitleFeature::IsLast),
    }
    // A line with a paragraph somewhere above it and a paragraph or sentence right below it is treated as a section
    // heading.
    let below_body = scans[..i].iter().any(|scan| scan.form == Form::Prose);
    if below_body && matches!(next.map(|scan| scan.form), Some(Form::Prose | Form::Sentence)) {
        out.push(TitleFeature::HeadsSection);
    }
    if !below_body && next.is_some_and(|next| next.shape.units * 5 >= scans[i].shape.units * 7) {
        out.push(TitleFeature::BeforeLonger);
    }
    if scans[i].shape.words >= 4 && i.checked_sub(1).is_some_and(|p| scans[p].shape.words <= 3) {
        out.push(TitleFeature::AfterShort);
    }
    match i.checked_sub(1).map(|p| scans[p].form) {
        None => out.push(TitleFeature::AtTop),
        Some(Form::Date | Form::Byline) => out.push(TitleFeature::AfterDate),
        Some(Form::Breadcrumb) => out.push(TitleFeature::AfterBreadcrumb),
        Some(Form::Prose) => out.push(TitleFeature::AfterParagraph),
        Some(Form::Related) => out.push(TitleFeature::AfterRelated),
        Some(Form::Button) => out.push(TitleFeature::AfterButton),
        Some(Form::Credit) if scans[i - 1].is_caption_by_position => out.push(TitleFeature::BelowCaption),
        Some(Form::Credit | Form::ImageName) => out.push(TitleFeature::AfterPicture),
        Some(_) => {}
    }
    let is_small = |at: Option<usize>| {
        at.and_then(|at| scans.get(at))
            .is_some_and(|s| s.shape.words <= 3 && s.shape.words > 0)
    };
    if scans[i].shape.words <= 3 && is_small(i.checked_sub(1)) && is_small(Some(i + 1)) {
        out.push(TitleFeature::InMenu);
    }
    // A subtitle, a picture or buttons may be between the headline and the date or byline.
    if scans[i + 1..]
        .iter()
        .take(4)
        .any(|scan| matches!(scan.form, Form::Date | Form::Byline))
    {
        out.push(TitleFeature::DateSoonAfter);
    }
    match scans[i + 1..].iter().position(|scan| scan.form == Form::Prose) {
        _ if below_body => {}
        Some(0) => {}
        Some(1..=2) => out.push(TitleFeature::Distance2),
        Some(3..=6) => out.push(TitleFeature::Distance6),
        Some(7..=14) => out.push(TitleFeature::Distance14),
        _ => out.push(TitleFeature::DistanceFar),
    }
    let above = scans[..i].iter().filter(|scan| scan.form == Form::Prose).count();
    if above > 0 {
        out.push(if above == 1 {
            TitleFeature::OneParagraphAbove
        } else {
            TitleFeature::ParagraphsAbove
        });
    }
}

fn copy_features(lines: &[Line], scans: &[Scan], copies: &HashMap<u64, u32>, i: usize, out: &mut Vec<TitleFeature>) {
    let key = scans[i].key;
    let words = scans[i].shape.words;
    if key != 0 && copies.get(&key).is_some_and(|count| *count > 1) {
        out.push(if words >= 4 {
            TitleFeature::Repeated
        } else {
            TitleFeature::ShortRepeated
        });
    }
    // On many sites, the breadcrumb ends with the page's title.
    let crumbs = scans
        .iter()
        .zip(lines)
        .take(HEAD_LINES)
        .filter(|(scan, _)| scan.form == Form::Breadcrumb);
    for (scan, line) in crumbs {
        let last = scan
            .crumb
            .clone()
            .and_then(|range| line.text.get(range))
            .unwrap_or_default();
        if form::key_of(last) == key && key != 0 {
            out.push(TitleFeature::BreadcrumbEnd);
            break;
        }
    }
    let text = &lines[i].text;
    // Only short lines near the top are searched, because in a long body, any phrase may recur by chance.
    let inside = words >= 3
        && lines
            .iter()
            .zip(scans)
            .take(HEAD_LINES)
            .enumerate()
            .any(|(at, (line, scan))| {
                at != i && scan.shape.units <= 300 && line.text.len() > text.len() && line.text.contains(text.as_str())
            });
    if inside {
        out.push(TitleFeature::InsideOther);
    }
}

fn none_features(scans: &[Scan], lead: Option<usize>, title_like_lines: usize) -> Vec<TitleFeature> {
    let mut out = vec![TitleFeature::None];
    let above = lead.map_or(0, |lead| {
        scans[..lead]
            .iter()
            .filter(|scan| scan.form == Form::Short && scan.shape.words >= 3)
            .count()
    });
    match lead {
        Some(0) => out.push(TitleFeature::NoneParagraphFirst),
        Some(_) if above == 0 => out.push(TitleFeature::NoneNothingAbove),
        Some(_) if above == 1 => out.push(TitleFeature::NoneOneAbove),
        Some(_) => {}
        None => out.push(TitleFeature::NoneNoParagraph),
    }
    if title_like_lines == 0 {
        out.push(TitleFeature::NoneNoCandidate);
    }
    if matches!(
        scans.first().map(|s| s.form),
        Some(Form::Credit | Form::ImageName | Form::Byline | Form::Date)
    ) {
        out.push(if above == 0 {
            TitleFeature::NoneStartsInside
        } else {
            TitleFeature::NoneStartsAbove
        });
    }
    out
}

fn copies(scans: &[Scan]) -> HashMap<u64, u32> {
    let mut copies = HashMap::new();
    for scan in scans.iter().filter(|scan| scan.key != 0) {
        *copies.entry(scan.key).or_insert(0) += 1;
    }
    copies
}

/// The hashes of the words in the paragraphs, each with the number of times that the word occurs.
pub(super) type BodyWords = HashMap<u64, u32>;

/// Counts the words in the paragraphs, up to a total of [`BODY_WORDS`].
pub(super) fn body_words(lines: &[Line], scans: &[Scan]) -> BodyWords {
    let mut body = HashMap::new();
    let mut left = BODY_WORDS;
    for (line, _) in lines.iter().zip(scans).filter(|(_, scan)| scan.form == Form::Prose) {
        if left == 0 {
            break;
        }
        for word in words(&line.text).into_iter().take(left) {
            left -= 1;
            *body.entry(word).or_insert(0) += 1;
        }
    }
    body
}

/// Returns hashes of the words with four or more letters, because these words carry most of the meaning.
///
/// Only the first six letters are hashed, so most inflected forms of a word have the same hash. In scripts without
/// spaces, each pair of characters counts as a word.
pub(super) fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len() / 8);
    // A combining mark is part of its word: `é` may consist of two characters.
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36F}')) {
        // Chinese text has no spaces between words, so pairs of adjacent characters are used instead of words.
        let dense = word.chars().next().is_some_and(is_unspaced);
        let mut chars = ['\0'; 6];
        let mut length = 0;
        for c in word.chars() {
            let lower = c.to_lowercase().next().unwrap_or(c);
            if dense {
                if length > 0 {
                    out.push(hash(&[chars[0], lower]));
                }
                (chars[0], length) = (lower, 1);
            } else if length < chars.len() {
                chars[length] = lower;
                length += 1;
            } else {
                break;
            }
        }
        if !dense && length >= 4 {
            out.push(hash(&chars[..length]));
        }
    }
    out
}

/// Hashes characters with FNV-1a. For six characters, a hash function that works on blocks is not faster.
fn hash(chars: &[char]) -> u64 {
    chars.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3)
    })
}
