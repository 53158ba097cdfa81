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
    let mut paragraphs = 0;
    for i in from..end {
        let scan = &scans[i];
        let long = scan.shape.units >= 40;
        let may = match scan.form {
            Form::Prose => true,
            Form::Sentence | Form::Note | Form::Tail => long,
            Form::Short => scan.shape.words >= 7 && long,
            Form::Credit => scan.shape.units >= 90,
            _ => false,
        };
        if !may || scan.key != 0 && scan.key == title_key {
            continue;
        }
        let mut e = Vec::with_capacity(12);
        if scan.form == Form::Prose {
            paragraphs += 1;
        }
        e.push(match (scan.form, paragraphs) {
            (Form::Prose, 1) => Lead::First,
            (Form::Prose, 2) => Lead::Second,
            (Form::Prose, 3) => Lead::Third,
            (Form::Prose, _) => Lead::Later,
            (Form::Sentence, _) => Lead::Sentence,
            (Form::Credit, _) => Lead::Credit,
            (Form::Note | Form::Tail, _) => Lead::Notice,
            _ => Lead::Short,
        });
        own_evidence(&lines[i].text, scan, &mut e);
        neighbor_evidence(scans, i, title, &mut e);
        let shared = title::words(&lines[i].text)
            .into_iter()
            .collect::<HashSet<_>>()
            .intersection(&title_words)
            .count();
        if shared > 0 && shared * 5 >= title_words.len() * 2 {
            e.push(Lead::SharesTitle);
        }
        if scan.key != 0 && scans[i + 1..end].iter().any(|other| other.key == scan.key) {
            e.push(Lead::Same);
        }
        out.push(Candidate { index: i, evidence: e });
        if paragraphs >= 6 {
            break;
        }
    }
    out
}

fn own_evidence(text: &str, scan: &Scan, e: &mut Vec<Lead>) {
    let shape = &scan.shape;
    e.push(match shape.units {
        0..60 => Lead::Under60,
        60..120 => Lead::Under120,
        120..250 => Lead::Under250,
        _ => Lead::Long,
    });
    if shape.inner_stops == 0 {
        e.push(Lead::OneSentence);
    }
    match shape.end {
        End::Open => e.push(Lead::EndsOpen),
        End::Clause => e.push(Lead::EndsClause),
        End::Question => e.push(Lead::EndsQuestion),
        End::Stop | End::Ellipsis => {}
    }
    if shape.starts_lower {
        e.push(Lead::LowerOpening);
    }
    if text.starts_with(['"', '“', '„', '»', '«', '「', '‘', '\'']) {
        e.push(Lead::Quote);
    }
    if has_dateline(text) {
        e.push(Lead::Dateline);
    }
}

/// `PARIS (Agency) —`, `Berlin/Bonn.`, `(Leipzig) -`: a place, then a dash or an early stop.
fn has_dateline(text: &str) -> bool {
    let opening: String = text.chars().take(60).collect();
    let dash = [
        " — ", " – ", " - ", " -- ", "— ", ". – ", ". -", "日电", "日電", "記者", "기자]",
    ]
    .iter()
    .filter_map(|d| opening.find(d))
    .min();
    dash.is_some_and(|at| {
        let place = &opening[..at];
        let first_word_is_name = place
            .trim_start_matches('(')
            .chars()
            .next()
            .is_some_and(|c| !c.is_lowercase());
        first_word_is_name
            && (place.split(' ').count() <= 3 || place.contains([',', '(', '/']) && place.split(' ').count() <= 8)
    })
}

fn neighbor_evidence(scans: &[Scan], i: usize, title: Option<usize>, e: &mut Vec<Lead>) {
    let after = |n: usize| scans.get(i + n).map(|scan| scan.form);
    match after(1) {
        Some(Form::Prose) => e.push(Lead::BeforeParagraph),
        Some(Form::Sentence) => e.push(Lead::BeforeSentence),
        Some(Form::Date) => e.push(Lead::BeforeDate),
        Some(Form::Byline) => e.push(Lead::BeforeByline),
        Some(Form::Credit | Form::ImageName) => e.push(Lead::BeforePicture),
        Some(Form::Button | Form::Wordless) => e.push(Lead::BeforeButton),
        Some(Form::Short) => e.push(Lead::BeforeShort),
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
        Some(Form::Date | Form::Byline) => e.push(Lead::AfterDate),
        Some(Form::Credit | Form::ImageName) => e.push(Lead::AfterPicture),
        Some(Form::Button | Form::Wordless | Form::Tail) => e.push(Lead::AfterButton),
        Some(Form::Prose) => e.push(Lead::AfterParagraph),
        Some(Form::Sentence) => e.push(Lead::AfterSentence),
        Some(_) => e.push(Lead::AfterShort),
    }
}
