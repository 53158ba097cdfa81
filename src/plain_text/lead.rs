//! Finds the lead: the first paragraph of the body, as opposed to the deks, captions and notices around it.

use std::collections::HashSet;

use super::{
    Line,
    form::{Form, Scan},
    shape::End,
    title,
    weights::LeadFeature,
};

/// The number of lines below the headline that are searched for the lead. If none of these lines qualifies, the lead is
/// the first paragraph of the text.
const LEAD_LINES: usize = 60;

/// The minimum length, in [`cut::units`](crate::text::cut::units), of a line that this module treats as a paragraph.
/// Many leads do not end with a period, so such a line need not end with one.
const MIN_PARAGRAPH: usize = 60;

/// The number of paragraph-length lines, from the top, that are searched for a news agency's dateline. Such a dateline
/// is evidence that its line is the lead.
///
/// Of 580 labeled texts scraped from news pages, 27 have such a dateline in these lines, and in 22 of the 27, the body
/// starts with the dateline. No body starts with such a dateline further down.
const AGENCY_LINES: usize = 3;

/// A line that may be the lead.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) index: usize,
    pub(super) features: Vec<LeadFeature>,
}

/// The index of the lead: the line at which the body starts.
pub(super) fn find(lines: &[Line], scans: &[Scan], title: Option<usize>) -> Option<usize> {
    let sum = |candidate: &Candidate| candidate.features.iter().map(|feature| feature.weight()).sum::<f32>();
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

/// Collects the lines that may be the lead, with their features.
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
        // A copy of the headline is not the lead, even if it is as long as a paragraph.
        if !may_be_lead(scan) || scan.key != 0 && scan.key == title_key {
            continue;
        }
        let mut features = Vec::with_capacity(12);
        if scan.form == Form::Prose {
            paragraphs += 1;
            features.push(
                [
                    LeadFeature::First,
                    LeadFeature::Second,
                    LeadFeature::Third,
                    LeadFeature::Later,
                ][(paragraphs - 1usize).min(3)],
            );
        }
        if scan.shape.units >= MIN_PARAGRAPH {
            long_lines += 1;
            features.push(
                [
                    LeadFeature::FirstLong,
                    LeadFeature::SecondLong,
                    LeadFeature::ThirdLong,
                    LeadFeature::LaterLong,
                ][(long_lines - 1usize).min(3)],
            );
            if long_lines == 1 && title.is_none() {
                features.push(LeadFeature::OpensUntitled);
            }
        }
        own_features(scan, &mut features);
        if let Some(place) = dateline(&lines[i].text) {
            features.push(LeadFeature::Dateline);
            if scan.shape.units >= MIN_PARAGRAPH && long_lines <= AGENCY_LINES && names_agency(place) {
                features.push(LeadFeature::AgencyDateline);
            }
        }
        neighbor_features(scans, i, title, &mut features);
        let shared = title::words(&lines[i].text)
            .into_iter()
            .collect::<HashSet<_>>()
            .intersection(&title_words)
            .count();
        if shared > 0 && shared * 5 >= title_words.len() * 2 {
            features.push(LeadFeature::SharesTitle);
        }
        out.push(Candidate { index: i, features });
        if paragraphs >= 6 {
            break;
        }
    }
    out
}

fn may_be_lead(scan: &Scan) -> bool {
    let is_long = scan.shape.units >= 40;
    match scan.form {
        Form::Prose => true,
        Form::Sentence | Form::Note => is_long,
        Form::Short => scan.shape.words >= 7 && is_long,
        // Credits, captions and notices are not candidates. The labeled texts contain 87 such lines that are long
        // enough, but only 1 of them is the lead.
        _ => false,
    }
}

fn own_features(scan: &Scan, out: &mut Vec<LeadFeature>) {
    let shape = &scan.shape;
    match shape.units {
        0..MIN_PARAGRAPH => out.push(LeadFeature::Under60),
        MIN_PARAGRAPH..120 => {}
        120..250 => out.push(LeadFeature::Under250),
        _ => out.push(LeadFeature::Long),
    }
    if shape.inner_stops == 0 {
        out.push(LeadFeature::OneSentence);
    }
    match shape.end {
        End::Open => out.push(LeadFeature::EndsOpen),
        End::Clause => out.push(LeadFeature::EndsClause),
        End::Question | End::Stop | End::Ellipsis => {}
    }
    if shape.starts_lower {
        out.push(LeadFeature::StartsLower);
    }
}

/// The maximum length of a dateline, in characters.
const DATELINE_CHARS: usize = 60;
/// Strings that mark the end of a dateline. Chinese and Korean agencies use a fixed phrase instead of a dash:
/// `北京12月9日电`, `… 기자]`.
const DATELINE_ENDS: &[&str] = &[
    " — ", " – ", " - ", " -- ", "— ", ". – ", ". -", "). ", "日电", "日電", "記者", "기자]",
];

/// The place at the start of a line with a dateline, followed by the agency if the dateline names one: `PARIS (Agency)`
/// in `PARIS (Agency) — …`, `Berlin/Bonn` in `Berlin/Bonn - …`.
fn dateline(text: &str) -> Option<&str> {
    let end = text.char_indices().nth(DATELINE_CHARS).map_or(text.len(), |(at, _)| at);
    let opening = &text[..end];
    let at = DATELINE_ENDS.iter().filter_map(|d| opening.find(d)).min()?;
    let place = &opening[..at];
    let first = place.trim_start_matches('(').chars().next()?;
    let words = place.split(' ').count();
    // A place has up to three words (`New York City`) and may be followed by an agency or a country.
    let is_place = words <= 3 || place.contains([',', '(', '/']) && words <= 8;
    (!first.is_lowercase() && is_place).then_some(place)
}

/// Whether the text before the dash is from a news agency's dateline: a place in capitals (`PARIS`), or a place with
/// the agency's name (`Berlin (dpa`). The `Well` in `Well – ` is only the start of a sentence.
fn names_agency(place: &str) -> bool {
    let word = place.trim_start_matches(['(', '"', '„', '“']);
    let word = word.split([' ', ',', '/', '.']).next().unwrap_or_default();
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    place.contains('(') || letters().count() >= 3 && letters().all(char::is_uppercase)
}

fn neighbor_features(scans: &[Scan], i: usize, title: Option<usize>, out: &mut Vec<LeadFeature>) {
    let after = |n: usize| scans.get(i + n).map(|scan| scan.form);
    match after(1) {
        Some(Form::Prose) => out.push(LeadFeature::BeforeParagraph),
        Some(Form::Sentence) => out.push(LeadFeature::BeforeSentence),
        Some(Form::Date) => out.push(LeadFeature::BeforeDate),
        Some(Form::Byline) => out.push(LeadFeature::BeforeByline),
        Some(Form::Credit | Form::ImageName) => out.push(LeadFeature::BeforePicture),
        _ => {}
    }
    let below = || scans[i + 1..].iter().take(7).map(|scan| scan.form);
    if below().any(|form| matches!(form, Form::Date | Form::Byline))
        && below().filter(|form| *form == Form::Prose).count() < 5
    {
        out.push(LeadFeature::DateOrBylineBelow);
    }
    let soon = below().take(3).filter(|form| *form == Form::Prose).count();
    if soon >= 2 {
        out.push(LeadFeature::BodyFollows);
    }
    if !below().any(|form| form == Form::Prose) {
        out.push(LeadFeature::NoParagraphSoon);
    }
    let before = i.checked_sub(1);
    match before.map(|p| scans[p].form) {
        None => out.push(LeadFeature::OpensText),
        _ if before == title => out.push(LeadFeature::BelowTitle),
        Some(Form::Date | Form::Byline) => {}
        Some(Form::Credit | Form::ImageName) => out.push(LeadFeature::AfterPicture),
        Some(Form::Button | Form::Wordless | Form::Footer) => out.push(LeadFeature::AfterButton),
        Some(Form::Prose) => out.push(LeadFeature::AfterParagraph),
        Some(Form::Sentence) => out.push(LeadFeature::AfterSentence),
        Some(_) => out.push(LeadFeature::AfterShort),
    }
}
