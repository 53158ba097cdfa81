//! The headline: every line near the top that could be one is weighed against the others and against "none".

use std::collections::{HashMap, HashSet};

use super::{
    Line, TitleGuess,
    evidence::{EVIDENCE, Evidence},
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
    pub(super) evidence: Vec<Evidence>,
}

/// The candidates of a text, and the evidence that it has no headline at all.
#[derive(Debug, Default)]
pub(super) struct Ballot {
    pub(super) candidates: Vec<Candidate>,
    pub(super) none: Vec<Evidence>,
}

/// Guesses, best first. A confidence is the share of the vote, so that all of them and "none" add up to 1.
pub(super) fn guesses(lines: &[Line], scans: &[Scan]) -> Vec<TitleGuess> {
    let ballot = ballot(lines, scans);
    let none = sum(&ballot.none).exp();
    let scores: Vec<f32> = ballot.candidates.iter().map(|c| sum(&c.evidence).exp()).collect();
    let total = none + scores.iter().sum::<f32>();
    let mut ranked: Vec<(f32, &Candidate)> = scores.into_iter().zip(&ballot.candidates).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut seen = HashSet::new();
    ranked
        .into_iter()
        .filter(|(_, candidate)| seen.insert(scans[candidate.index].key))
        .take(GUESSES)
        .map(|(score, candidate)| TitleGuess {
            text: lines[candidate.index].text.clone(),
            line: lines[candidate.index].line,
            confidence: score / total,
            because: EVIDENCE
                .iter()
                .filter(|(evidence, weight, _)| weight.abs() >= 0.3 && candidate.evidence.contains(evidence))
                .map(|(_, _, words)| *words)
                .collect(),
        })
        .collect()
}

fn sum(evidence: &[Evidence]) -> f32 {
    evidence.iter().map(|e| EVIDENCE[*e as usize].1).sum()
}

pub(super) fn ballot(lines: &[Line], scans: &[Scan]) -> Ballot {
    let head = head_end(scans);
    let lead = scans.iter().position(|scan| scan.form == Form::Prose);
    let body = body_words(lines, scans);
    let lead_words: HashSet<u64> = lead.map(|at| words(&lines[at].text).collect()).unwrap_or_default();
    let copies = copies(scans);
    let mut ballot = Ballot::default();
    let mut rank = 0;
    let longest = (0..head)
        .filter(|&i| may_be_headline(&scans[i]))
        .map(|i| scans[i].shape.units)
        .max()
        .unwrap_or(0);
    for i in 0..head {
        if !may_be_headline(&scans[i]) {
            continue;
        }
        let mut e = Vec::with_capacity(24);
        let title_like =
            matches!(scans[i].form, Form::Short | Form::Sentence | Form::Prose) && scans[i].shape.words >= 3;
        if title_like {
            rank += 1;
            e.push([Evidence::First, Evidence::Second, Evidence::Third, Evidence::Later][(rank - 1usize).min(3)]);
        }
        shape_evidence(&scans[i], &mut e);
        text_evidence(&lines[i].text, &scans[i].shape, &mut e);
        overlap_evidence(&lines[i].text, &body, &lead_words, &mut e);
        neighbor_evidence(scans, i, &mut e);
        if scans[i].shape.units == longest {
            e.push(Evidence::Longest);
        }
        copy_evidence(lines, scans, &copies, i, &mut e);
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

fn shape_evidence(scan: &Scan, e: &mut Vec<Evidence>) {
    let shape = &scan.shape;
    e.push(match shape.words {
        0..=1 => Evidence::OneWord,
        2 => Evidence::TwoWords,
        3 => Evidence::ThreeWords,
        4..=5 => Evidence::FewWords,
        6..=16 => Evidence::HeadlineLength,
        17..=24 => Evidence::Long,
        _ => Evidence::VeryLong,
    });
    match shape.end {
        End::Stop => e.push(Evidence::EndsWithStop),
        End::Question => e.push(Evidence::EndsWithQuestion),
        End::Clause => e.push(Evidence::EndsWithColon),
        End::Ellipsis => e.push(Evidence::EndsWithEllipsis),
        End::Open => {}
    }
    if shape.inner_stops > 0 {
        e.push(Evidence::SeveralSentences);
    }
    if shape.all_caps {
        e.push(if shape.words <= 3 {
            Evidence::ShortCapitals
        } else {
            Evidence::Capitals
        });
    }
    if shape.starts_lower {
        e.push(Evidence::StartsLower);
    }
    if shape.commas >= 2 && shape.words <= shape.commas * 3 {
        e.push(Evidence::List);
    }
    if shape.lower == 0
        && (2..=4).contains(&shape.upper)
        && shape.words == shape.upper
        && shape.digits == 0
        && shape.end == End::Open
    {
        e.push(Evidence::NameLike);
    }
    if shape.digits > 0 {
        e.push(Evidence::Digits);
    }
    if !scan.dates.is_empty() {
        e.push(Evidence::HoldsDate);
    }
    match scan.form {
        Form::Prose => e.push(Evidence::IsParagraph),
        Form::Byline => e.push(Evidence::IsByline),
        Form::Credit => e.push(Evidence::IsCredit),
        Form::Related => e.push(Evidence::IsRelated),
        Form::Tail | Form::Note => e.push(Evidence::IsNotice),
        _ => {}
    }
}

fn text_evidence(text: &str, shape: &Shape, e: &mut Vec<Evidence>) {
    if text.contains(": ")
        || text.contains(" – ")
        || text.contains(" - ")
        || text.contains(" — ")
        || text.contains('：')
        || text.contains(" : ")
    {
        e.push(Evidence::InnerColon);
    }
    if text.contains(['“', '„', '»', '«', '"', '「', '《', '‘']) && shape.words > 2 {
        e.push(Evidence::Quotes);
    }
    if text.contains(" | ") || text.contains(" • ") || text.contains(" · ") || text.contains(" / ") {
        e.push(Evidence::Separators);
    }
    let first = text.chars().next().unwrap_or(' ');
    if matches!(first, '•' | '-' | '–' | '*' | '+' | '#' | '(' | '>' | '@' | '/')
        || first.is_numeric() && text.trim_start_matches(char::is_numeric).starts_with(['.', ')'])
    {
        e.push(Evidence::ListItem);
    }
}

fn overlap_evidence(text: &str, body: &HashMap<u64, u32>, lead: &HashSet<u64>, e: &mut Vec<Evidence>) {
    let own: HashSet<u64> = words(text).collect();
    if own.is_empty() {
        e.push(Evidence::NoContentWords);
        return;
    }
    let share = |found: usize| found as f32 / own.len() as f32;
    let in_body = share(own.iter().filter(|word| body.contains_key(word)).count());
    e.push(match in_body {
        s if s <= 0.0 => Evidence::NoOverlap,
        s if s < 0.34 => Evidence::LowOverlap,
        s if s < 0.67 => Evidence::SomeOverlap,
        s if s < 0.9 => Evidence::HighOverlap,
        _ => Evidence::FullOverlap,
    });
    if share(own.iter().filter(|word| lead.contains(word)).count()) >= 0.4 {
        e.push(Evidence::OverlapWithLead);
    }
}

fn neighbor_evidence(scans: &[Scan], i: usize, e: &mut Vec<Evidence>) {
    let next = scans.get(i + 1);
    match next.map(|scan| scan.form) {
        Some(Form::Byline) => e.push(Evidence::BeforeByline),
        Some(Form::Date) => e.push(Evidence::BeforeDate),
        Some(Form::Credit | Form::ImageName) => e.push(Evidence::BeforePicture),
        Some(Form::Button) => e.push(Evidence::BeforeButton),
        Some(Form::Prose) => e.push(Evidence::BeforeParagraph),
        Some(Form::Sentence) => e.push(Evidence::BeforeSentence),
        Some(Form::Short) if next.is_some_and(|n| n.shape.units < 40) => e.push(Evidence::BeforeShort),
        Some(Form::Short) => e.push(Evidence::BeforeHeadline),
        Some(_) => e.push(Evidence::BeforeOther),
        None => e.push(Evidence::IsLast),
    }
    match i.checked_sub(1).map(|p| scans[p].form) {
        None => e.push(Evidence::AtTop),
        Some(Form::Date | Form::Byline) => e.push(Evidence::AfterDate),
        Some(Form::Breadcrumb) => e.push(Evidence::AfterBreadcrumb),
        Some(Form::Prose) => e.push(Evidence::AfterParagraph),
        Some(Form::Related) => e.push(Evidence::AfterRelated),
        Some(Form::Button) => e.push(Evidence::AfterButton),
        Some(Form::Credit | Form::ImageName) => e.push(Evidence::AfterPicture),
        Some(_) => {}
    }
    let is_small = |at: Option<usize>| {
        at.and_then(|at| scans.get(at))
            .is_some_and(|s| s.shape.words <= 3 && s.shape.words > 0)
    };
    if scans[i].shape.words <= 3 && is_small(i.checked_sub(1)) && is_small(Some(i + 1)) {
        e.push(Evidence::InMenu);
    }
    // A text can hold the date and the byline that follow a headline some lines further down.
    if scans[i + 1..]
        .iter()
        .take(4)
        .any(|scan| matches!(scan.form, Form::Date | Form::Byline))
    {
        e.push(Evidence::DateSoonAfter);
    }
    match scans[i + 1..].iter().position(|scan| scan.form == Form::Prose) {
        Some(0) => e.push(Evidence::Distance0),
        Some(1..=2) => e.push(Evidence::Distance2),
        Some(3..=6) => e.push(Evidence::Distance6),
        Some(7..=14) => e.push(Evidence::Distance14),
        _ => e.push(Evidence::DistanceFar),
    }
    let above = scans[..i].iter().filter(|scan| scan.form == Form::Prose).count();
    if above > 0 {
        e.push(if above == 1 {
            Evidence::OneParagraphAbove
        } else {
            Evidence::ParagraphsAbove
        });
    }
}

fn copy_evidence(lines: &[Line], scans: &[Scan], copies: &HashMap<u64, u32>, i: usize, e: &mut Vec<Evidence>) {
    let key = scans[i].key;
    let words = scans[i].shape.words;
    if key != 0 && copies.get(&key).is_some_and(|count| *count > 1) {
        e.push(if words >= 4 {
            Evidence::Repeated
        } else {
            Evidence::ShortRepeated
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
            e.push(Evidence::BreadcrumbEnd);
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
        e.push(Evidence::InsideOther);
    }
}

fn none_evidence(scans: &[Scan], lead: Option<usize>, title_like: usize) -> Vec<Evidence> {
    let mut e = vec![Evidence::None];
    let above = lead.map_or(0, |lead| {
        scans[..lead]
            .iter()
            .filter(|scan| scan.form == Form::Short && scan.shape.words >= 3)
            .count()
    });
    match lead {
        Some(0) => e.push(Evidence::NoneParagraphFirst),
        Some(_) if above == 0 => e.push(Evidence::NoneNothingAbove),
        Some(_) if above == 1 => e.push(Evidence::NoneOneAbove),
        Some(_) => {}
        None => e.push(Evidence::NoneNoParagraph),
    }
    if title_like == 0 {
        e.push(Evidence::NoneNoCandidate);
    }
    if matches!(
        scans.first().map(|s| s.form),
        Some(Form::Credit | Form::ImageName | Form::Byline | Form::Date)
    ) {
        e.push(Evidence::NoneStartsInside);
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

fn body_words(lines: &[Line], scans: &[Scan]) -> HashMap<u64, u32> {
    let mut body = HashMap::new();
    let mut left = BODY_WORDS;
    for (line, _) in lines.iter().zip(scans).filter(|(_, scan)| scan.form == Form::Prose) {
        for word in words(&line.text).take(left) {
            left -= 1;
            *body.entry(word).or_insert(0) += 1;
        }
    }
    body
}

/// Hashes of the words that carry meaning: four letters or more, by their first six, so that most inflected forms
/// are equal; pairs of characters in scripts without blanks.
fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}'))
        .flat_map(|word| {
            let chars: Vec<char> = word
                .chars()
                .filter(|c| *c != '\u{AD}')
                .flat_map(char::to_lowercase)
                .collect();
            let dense = chars.first().is_some_and(|c| is_unspaced(*c));
            let length = if dense { 2 } else { 6 };
            let hashes: Vec<u64> = if dense {
                chars.windows(length).map(hash).collect()
            } else if chars.len() >= 4 {
                vec![hash(&chars[..chars.len().min(length)])]
            } else {
                Vec::new()
            };
            hashes
        })
}

fn hash(chars: &[char]) -> u64 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for c in chars {
        hasher.update(&(*c as u32).to_le_bytes());
    }
    hasher.digest()
}
