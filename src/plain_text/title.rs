//! The headline: every line near the top that could be one is weighed against the others and against "none".

use std::collections::{HashMap, HashSet};

use super::{
    Folder, Line, TitleGuess,
    evidence::{TITLE, Title},
    form::{Form, Scan},
    shape::{End, Shape, is_unspaced},
};

/// Only so many lines from the top are weighed: of 405 headlines none stood below the fifth, of real pages few below the fortieth.
pub(super) const HEAD_LINES: usize = 40;
/// Paragraphs that may stand above a headline (a caption, a notice to the visitor).
const PROSE_ABOVE: usize = 2;
/// Words of the body that a headline is compared with.
const BODY_WORDS: usize = 20_000;
/// Guesses that are returned.
const GUESSES: usize = 4;

/// A line that may be the headline, with the evidence.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) index: usize,
    pub(super) evidence: Vec<Title>,
}

/// The candidates of a text, and the evidence that it has no headline at all.
#[derive(Debug, Default)]
pub(super) struct Ballot {
    pub(super) candidates: Vec<Candidate>,
    pub(super) none: Vec<Title>,
}

/// Guesses, best first. A confidence is the share of the vote, so that all of them and "none" add up to 1.
pub(super) fn guesses(lines: &[Line], scans: &[Scan], body: &BodyWords, folder: Option<&Folder>) -> Vec<TitleGuess> {
    let ballot = ballot(lines, scans, body, folder);
    let none = sum(&ballot.none).exp();
    let scores: Vec<f32> = ballot.candidates.iter().map(|c| sum(&c.evidence).exp()).collect();
    let total = none + scores.iter().sum::<f32>();
    let mut ranked: Vec<(f32, &Candidate)> = scores.into_iter().zip(&ballot.candidates).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = HashSet::new();
    ranked
        .into_iter()
        // Where no line convinces, a credit or a notice is not even a guess.
        .filter(|(score, candidate)| *score >= total / 2.0 || !is_no_headline(&scans[candidate.index]))
        .filter(|(_, candidate)| seen.insert(scans[candidate.index].key))
        .take(GUESSES)
        .map(|(score, candidate)| TitleGuess {
            text: lines[candidate.index].text.clone(),
            line: lines[candidate.index].line,
            confidence: score / total,
            because: TITLE
                .iter()
                .filter(|(evidence, weight, _)| weight.abs() >= 0.3 && candidate.evidence.contains(evidence))
                .map(|(_, _, words)| *words)
                .collect(),
        })
        .collect()
}

fn is_no_headline(scan: &Scan) -> bool {
    matches!(
        scan.form,
        Form::Credit | Form::Byline | Form::Related | Form::Tail | Form::Note
    )
}

fn sum(evidence: &[Title]) -> f32 {
    evidence.iter().map(|e| e.weight()).sum()
}

pub(super) fn ballot(lines: &[Line], scans: &[Scan], body: &BodyWords, folder: Option<&Folder>) -> Ballot {
    let head = head_end(scans);
    let lead = scans.iter().position(|scan| scan.form == Form::Prose);
    let lead_words: HashSet<u64> = lead
        .map(|at| words(&lines[at].text).into_iter().collect())
        .unwrap_or_default();
    let copies = copies(scans);
    let mut ballot = Ballot::default();
    let mut rank = 0;
    let longest = (0..head)
        .filter(|&i| scans[i].form == Form::Short && may_be_headline(&scans[i]))
        .map(|i| scans[i].shape.units)
        .max()
        .unwrap_or(0);
    let shared: Vec<usize> = (0..head)
        .map(|i| {
            if may_be_headline(&scans[i]) && scans[i].form == Form::Short {
                words(&lines[i].text)
                    .iter()
                    .filter(|word| body.contains_key(word))
                    .count()
            } else {
                0
            }
        })
        .collect();
    let most = shared.iter().copied().max().unwrap_or(0);
    for i in 0..head {
        if !may_be_headline(&scans[i]) {
            continue;
        }
        let mut e = Vec::with_capacity(24);
        let title_like =
            matches!(scans[i].form, Form::Short | Form::Sentence | Form::Prose) && scans[i].shape.words >= 3;
        if title_like {
            rank += 1;
            e.push([Title::First, Title::Second, Title::Third, Title::Later][(rank - 1usize).min(3)]);
        }
        shape_evidence(&scans[i], &mut e);
        text_evidence(&lines[i].text, &scans[i].shape, &mut e);
        overlap_evidence(&lines[i].text, body, &lead_words, &mut e);
        neighbor_evidence(scans, i, &mut e);
        if scans[i].shape.units == longest {
            e.push(Title::Longest);
        }
        copy_evidence(lines, scans, &copies, i, &mut e);
        if scans[i].recurs {
            e.push(Title::Recurs);
        }
        if folder.is_some_and(|folder| folder.is_title_place(i)) {
            e.push(Title::FoldersPlace);
        }
        if shared[i] >= 2 && shared[i] == most {
            e.push(Title::MostShared);
        }
        if e.contains(&Title::HeadlineLength) && scans[i].form == Form::Short && !e.contains(&Title::EndsWithColon) {
            e.push(Title::Complete);
        }
        ballot.candidates.push(Candidate { index: i, evidence: e });
    }
    ballot.none = none_evidence(scans, lead, rank);
    ballot
}

/// The lines above the third paragraph that follows another.
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

fn shape_evidence(scan: &Scan, e: &mut Vec<Title>) {
    let shape = &scan.shape;
    e.push(match shape.words {
        0..=1 => Title::OneWord,
        2 => Title::TwoWords,
        3 => Title::ThreeWords,
        4..=5 => Title::FewWords,
        6..=16 => Title::HeadlineLength,
        17..=24 => Title::Long,
        _ => Title::VeryLong,
    });
    match shape.end {
        End::Stop => e.push(Title::EndsWithStop),
        End::Question => e.push(Title::EndsWithQuestion),
        End::Clause => e.push(Title::EndsWithColon),
        End::Ellipsis => e.push(Title::EndsWithEllipsis),
        End::Open => {}
    }
    if shape.inner_stops > 0 {
        e.push(Title::SeveralSentences);
    }
    if shape.all_caps {
        e.push(if shape.words <= 3 {
            Title::ShortCapitals
        } else {
            Title::Capitals
        });
    }
    if shape.starts_lower {
        e.push(Title::StartsLower);
    }
    if shape.commas >= 2 && shape.words <= shape.commas * 3 {
        e.push(Title::List);
    }
    if shape.lower == 0
        && (2..=4).contains(&shape.upper)
        && shape.words == shape.upper
        && shape.digits == 0
        && shape.end == End::Open
    {
        e.push(Title::NameLike);
    }
    if shape.digits > 0 {
        e.push(Title::Digits);
    }
    if !scan.dates.is_empty() {
        e.push(Title::HoldsDate);
    }
    match scan.form {
        Form::Prose => e.push(Title::IsParagraph),
        Form::Byline => e.push(Title::IsByline),
        Form::Credit => e.push(Title::IsCredit),
        Form::Related => e.push(Title::IsRelated),
        Form::Tail | Form::Note => e.push(Title::IsNotice),
        _ => {}
    }
}

fn text_evidence(text: &str, shape: &Shape, e: &mut Vec<Title>) {
    if text.contains(": ")
        || text.contains(" – ")
        || text.contains(" - ")
        || text.contains(" — ")
        || text.contains('：')
        || text.contains(" : ")
    {
        e.push(Title::InnerColon);
    }
    if text.contains(['“', '„', '»', '«', '"', '「', '《', '‘']) && shape.words > 2 {
        e.push(Title::Quotes);
    }
    if text.contains(" | ") || text.contains(" • ") || text.contains(" · ") || text.contains(" / ") {
        e.push(Title::Separators);
    }
    let first = text.chars().next().unwrap_or(' ');
    if matches!(first, '•' | '-' | '–' | '*' | '+' | '#' | '(' | '>' | '@' | '/')
        || first.is_numeric() && text.trim_start_matches(char::is_numeric).starts_with(['.', ')'])
    {
        e.push(Title::ListItem);
    }
}

fn overlap_evidence(text: &str, body: &BodyWords, lead: &HashSet<u64>, e: &mut Vec<Title>) {
    let own: HashSet<u64> = words(text).into_iter().collect();
    if own.is_empty() {
        e.push(Title::NoContentWords);
        return;
    }
    let share = |found: usize| found as f32 / own.len() as f32;
    let in_body = share(own.iter().filter(|word| body.contains_key(word)).count());
    e.push(match in_body {
        s if s <= 0.0 => Title::NoOverlap,
        s if s < 0.34 => Title::LowOverlap,
        s if s < 0.67 => Title::SomeOverlap,
        s if s < 0.9 => Title::HighOverlap,
        _ => Title::FullOverlap,
    });
    if share(own.iter().filter(|word| lead.contains(word)).count()) >= 0.4 {
        e.push(Title::OverlapWithLead);
    }
}

fn neighbor_evidence(scans: &[Scan], i: usize, e: &mut Vec<Title>) {
    let next = scans.get(i + 1);
    match next.map(|scan| scan.form) {
        Some(Form::Byline) => e.push(Title::BeforeByline),
        Some(Form::Date) => e.push(Title::BeforeDate),
        Some(Form::Credit | Form::ImageName) => e.push(Title::BeforePicture),
        Some(Form::Button) => e.push(Title::BeforeButton),
        Some(Form::Prose) if scans[..i].iter().any(|scan| scan.form == Form::Prose) => {}
        Some(Form::Prose) => e.push(Title::BeforeParagraph),
        Some(Form::Sentence) => e.push(Title::BeforeSentence),
        Some(Form::Short) if next.is_some_and(|n| n.shape.units < 40) => e.push(Title::BeforeShort),
        Some(Form::Short) => e.push(Title::BeforeHeadline),
        Some(_) => e.push(Title::BeforeOther),
        None => e.push(Title::IsLast),
    }
    // A paragraph above makes of a line above a paragraph the heading of a section.
    let below_body = scans[..i].iter().any(|scan| scan.form == Form::Prose);
    if below_body && matches!(next.map(|scan| scan.form), Some(Form::Prose | Form::Sentence)) {
        e.push(Title::HeadsSection);
    }
    if !below_body && next.is_some_and(|next| next.shape.units * 5 >= scans[i].shape.units * 7) {
        e.push(Title::BeforeLonger);
    }
    if scans[i].shape.words >= 4 && i.checked_sub(1).is_some_and(|p| scans[p].shape.words <= 3) {
        e.push(Title::AfterShort);
    }
    match i.checked_sub(1).map(|p| scans[p].form) {
        None => e.push(Title::AtTop),
        Some(Form::Date | Form::Byline) => e.push(Title::AfterDate),
        Some(Form::Breadcrumb) => e.push(Title::AfterBreadcrumb),
        Some(Form::Prose) => e.push(Title::AfterParagraph),
        Some(Form::Related) => e.push(Title::AfterRelated),
        Some(Form::Button) => e.push(Title::AfterButton),
        Some(Form::Credit) if scans[i - 1].is_caption_by_place => e.push(Title::BelowCaption),
        Some(Form::Credit | Form::ImageName) => e.push(Title::AfterPicture),
        Some(_) => {}
    }
    let is_small = |at: Option<usize>| {
        at.and_then(|at| scans.get(at))
            .is_some_and(|s| s.shape.words <= 3 && s.shape.words > 0)
    };
    if scans[i].shape.words <= 3 && is_small(i.checked_sub(1)) && is_small(Some(i + 1)) {
        e.push(Title::InMenu);
    }
    // A text can hold the date and the byline that follow a headline some lines further down.
    if scans[i + 1..]
        .iter()
        .take(4)
        .any(|scan| matches!(scan.form, Form::Date | Form::Byline))
    {
        e.push(Title::DateSoonAfter);
    }
    match scans[i + 1..].iter().position(|scan| scan.form == Form::Prose) {
        _ if below_body => {}
        Some(0) => {}
        Some(1..=2) => e.push(Title::Distance2),
        Some(3..=6) => e.push(Title::Distance6),
        Some(7..=14) => e.push(Title::Distance14),
        _ => e.push(Title::DistanceFar),
    }
    let above = scans[..i].iter().filter(|scan| scan.form == Form::Prose).count();
    if above > 0 {
        e.push(if above == 1 {
            Title::OneParagraphAbove
        } else {
            Title::ParagraphsAbove
        });
    }
}

fn copy_evidence(lines: &[Line], scans: &[Scan], copies: &HashMap<u64, u32>, i: usize, e: &mut Vec<Title>) {
    let key = scans[i].key;
    let words = scans[i].shape.words;
    if key != 0 && copies.get(&key).is_some_and(|count| *count > 1) {
        e.push(if words >= 4 {
            Title::Repeated
        } else {
            Title::ShortRepeated
        });
    }
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
        if super::form::key_of(last) == key && key != 0 {
            e.push(Title::BreadcrumbEnd);
            break;
        }
    }
    let text = &lines[i].text;
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
        e.push(Title::InsideOther);
    }
}

fn none_evidence(scans: &[Scan], lead: Option<usize>, title_like: usize) -> Vec<Title> {
    let mut e = vec![Title::None];
    let above = lead.map_or(0, |lead| {
        scans[..lead]
            .iter()
            .filter(|scan| scan.form == Form::Short && scan.shape.words >= 3)
            .count()
    });
    match lead {
        Some(0) => e.push(Title::NoneParagraphFirst),
        Some(_) if above == 0 => e.push(Title::NoneNothingAbove),
        Some(_) if above == 1 => e.push(Title::NoneOneAbove),
        Some(_) => {}
        None => e.push(Title::NoneNoParagraph),
    }
    if title_like == 0 {
        e.push(Title::NoneNoCandidate);
    }
    if matches!(
        scans.first().map(|s| s.form),
        Some(Form::Credit | Form::ImageName | Form::Byline | Form::Date)
    ) {
        e.push(if above == 0 {
            Title::NoneStartsInside
        } else {
            Title::NoneStartsAbove
        });
    }
    e
}

fn copies(scans: &[Scan]) -> HashMap<u64, u32> {
    let mut copies = HashMap::new();
    for scan in scans.iter().filter(|scan| scan.key != 0) {
        *copies.entry(scan.key).or_insert(0) += 1;
    }
    copies
}

/// The words of the paragraphs, by their hash, with the number of times each stands there.
pub(super) type BodyWords = HashMap<u64, u32>;

/// Counts the words of the paragraphs.
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

/// Hashes of the words that carry meaning: four letters or more, by their first six, so that most inflected forms
/// are equal; pairs of characters in scripts without blanks.
pub(super) fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len() / 8);
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36F}')) {
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

/// FNV-1a over characters: a word is too short for a hash of blocks.
fn hash(chars: &[char]) -> u64 {
    chars.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| {
        (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3)
    })
}
