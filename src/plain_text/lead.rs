//! The lead: the paragraph that opens the body, told from deks, captions and notices around it.

use std::collections::HashSet;

use super::{
    Line,
    evidence::Lead,
    form::{Form, Scan},
    shape::End,
    title,
};

/// So many lines below the headline are weighed; a lead further down is the first paragraph there is.
const LEAD_LINES: usize = 60;

/// A line with so many units counts as a paragraph here, whatever it ends with: deks and leads without a full stop.
const LEAST_PARAGRAPH: usize = 60;

/// An agency's dateline opens the body in 22 of the 27 texts that have one among so many long lines, further down in none.
const NAMED_LINES: usize = 3;

/// A line that may be the lead, with the evidence.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) index: usize,
    pub(super) evidence: Vec<Lead>,
}

/// The line that opens the body.
pub(super) fn find(lines: &[Line], scans: &[Scan], title: Option<usize>) -> Option<usize> {
    let sum = |candidate: &Candidate| candidate.evidence.iter().map(|e| e.weight()).sum::<f32>();
    let mut best: Option<(f32, usize)> = None;
    for candidate in candidates(lines, scans, title) {
        let score = sum(&candidate);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, candidate.index));
        }
    }
    let paragraph = || (0..scans.len()).find(|i| scans[*i].form == Form::Prose);
    best.map(|(_, index)| index).or_else(paragraph)
}

pub(super) fn candidates(lines: &[Line], scans: &[Scan], title: Option<usize>) -> Vec<Candidate> {
    let from = title.map_or(0, |title| title + 1);
    let end = scans.len().min(from + LEAD_LINES);
    let title_key = title.map_or(0, |title| scans[title].key);
    let title_words: HashSet<u64> = title
        .map(|title| title::words(&lines[title].text).into_iter().collect())
        .unwrap_or_default();
    let mut out = Vec::new();
    let (mut paragraphs, mut long_lines) = (0, 0);
    for i in from..end {
        let scan = &scans[i];
        let long = scan.shape.units >= 40;
        let may = match scan.form {
            Form::Prose => true,
            Form::Sentence | Form::Note => long,
            Form::Short => scan.shape.words >= 7 && long,
            // Of 87 credits, captions and notices of this length one was the lead.
            _ => false,
        };
        if !may || scan.key != 0 && scan.key == title_key {
            continue;
        }
        let mut e = Vec::with_capacity(12);
        if scan.form == Form::Prose {
            paragraphs += 1;
            e.push([Lead::First, Lead::Second, Lead::Third, Lead::Later][(paragraphs - 1usize).min(3)]);
        }
        if scan.shape.units >= LEAST_PARAGRAPH {
            long_lines += 1;
            e.push([Lead::FirstLong, Lead::SecondLong, Lead::ThirdLong, Lead::LaterLong][(long_lines - 1usize).min(3)]);
            if long_lines == 1 && title.is_none() {
                e.push(Lead::OpensUntitled);
            }
        }
        own_evidence(scan, &mut e);
        if let Some(place) = dateline(&lines[i].text) {
            e.push(Lead::Dateline);
            if scan.shape.units >= LEAST_PARAGRAPH && long_lines <= NAMED_LINES && names_agency(place) {
                e.push(Lead::NamedDateline);
            }
        }
        neighbor_evidence(scans, i, title, &mut e);
        let shared = title::words(&lines[i].text)
            .into_iter()
            .collect::<HashSet<_>>()
            .intersection(&title_words)
            .count();
        if shared > 0 && shared * 5 >= title_words.len() * 2 {
            e.push(Lead::SharesTitle);
        }
        out.push(Candidate { index: i, evidence: e });
        if paragraphs >= 6 {
            break;
        }
    }
    out
}

fn own_evidence(scan: &Scan, e: &mut Vec<Lead>) {
    let shape = &scan.shape;
    match shape.units {
        0..LEAST_PARAGRAPH => e.push(Lead::Under60),
        LEAST_PARAGRAPH..120 => {}
        120..250 => e.push(Lead::Under250),
        _ => e.push(Lead::Long),
    }
    if shape.inner_stops == 0 {
        e.push(Lead::OneSentence);
    }
    match shape.end {
        End::Open => e.push(Lead::EndsOpen),
        End::Clause => e.push(Lead::EndsClause),
        End::Question | End::Stop | End::Ellipsis => {}
    }
    if shape.starts_lower {
        e.push(Lead::LowerOpening);
    }
}

/// Characters in which a dateline ends.
const DATELINE: usize = 60;
const DATELINE_ENDS: &[&str] = &[
    " — ", " – ", " - ", " -- ", "— ", ". – ", ". -", "). ", "日电", "日電", "記者", "기자]",
];

/// The place in `PARIS (Agency) — …`, `Berlin/Bonn - …`, `(Leipzig) - …`: what stands before a dash or an early stop.
fn dateline(text: &str) -> Option<&str> {
    let end = text.char_indices().nth(DATELINE).map_or(text.len(), |(at, _)| at);
    let opening = &text[..end];
    let at = DATELINE_ENDS.iter().filter_map(|d| opening.find(d)).min()?;
    let place = &opening[..at];
    let first = place.trim_start_matches('(').chars().next()?;
    let words = place.split(' ').count();
    let is_place = words <= 3 || place.contains([',', '(', '/']) && words <= 8;
    (!first.is_lowercase() && is_place).then_some(place)
}

/// `PARIS`, `Berlin (dpa`: capitals or an agency, where `Well – ` is only the opening of a sentence.
fn names_agency(place: &str) -> bool {
    let word = place.trim_start_matches(['(', '"', '„', '“']);
    let word = word.split([' ', ',', '/', '.']).next().unwrap_or_default();
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    place.contains('(') || letters().count() >= 3 && letters().all(char::is_uppercase)
}

fn neighbor_evidence(scans: &[Scan], i: usize, title: Option<usize>, e: &mut Vec<Lead>) {
    let after = |n: usize| scans.get(i + n).map(|scan| scan.form);
    match after(1) {
        Some(Form::Prose) => e.push(Lead::BeforeParagraph),
        Some(Form::Sentence) => e.push(Lead::BeforeSentence),
        Some(Form::Date) => e.push(Lead::BeforeDate),
        Some(Form::Byline) => e.push(Lead::BeforeByline),
        Some(Form::Credit | Form::ImageName) => e.push(Lead::BeforePicture),
        _ => {}
    }
    let below = || scans[i + 1..].iter().take(7).map(|scan| scan.form);
    if below().any(|form| matches!(form, Form::Date | Form::Byline))
        && below().filter(|form| *form == Form::Prose).count() < 5
    {
        e.push(Lead::HeaderBelow);
    }
    let soon = below().take(3).filter(|form| *form == Form::Prose).count();
    if soon >= 2 {
        e.push(Lead::BodyFollows);
    }
    if !below().any(|form| form == Form::Prose) {
        e.push(Lead::Lonely);
    }
    let before = i.checked_sub(1);
    match before.map(|p| scans[p].form) {
        None => e.push(Lead::OpensText),
        _ if before == title => e.push(Lead::BelowTitle),
        Some(Form::Date | Form::Byline) => {}
        Some(Form::Credit | Form::ImageName) => e.push(Lead::AfterPicture),
        Some(Form::Button | Form::Wordless | Form::Tail) => e.push(Lead::AfterButton),
        Some(Form::Prose) => e.push(Lead::AfterParagraph),
        Some(Form::Sentence) => e.push(Lead::AfterSentence),
        Some(_) => e.push(Lead::AfterShort),
    }
}
