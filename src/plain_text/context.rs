//! Recognizes lines by their neighbors: breadcrumbs without separators, captions without a credit.

use std::collections::HashSet;

use super::{
    Line,
    form::{self, Form, MAX_LABEL_UNITS, Scan},
    phrases::{self, Cue, OPENING_CHARS, fold},
    shape::End,
    title,
};

/// The number of lines at the top that are searched for breadcrumbs. Breadcrumbs are above the headline.
const BREADCRUMB_LINES: usize = 40;
/// The number of paragraphs that are searched for the words of a headline.
const PARAGRAPHS: usize = 12;

/// Classifies each line by itself, and then corrects the results where the neighboring lines contradict them.
pub(super) fn scan(lines: &[Line]) -> Vec<Scan> {
    let mut scans: Vec<Scan> = lines.iter().map(|line| form::scan(&line.text)).collect();
    find_bare_breadcrumbs(lines, &mut scans);
    if let Some(caption) = caption_above_headline(lines, &scans) {
        scans[caption].form = Form::Credit;
        scans[caption].is_caption_by_position = true;
    }
    scans
}

/// Finds breadcrumbs without separators, such as `Home News Title`. They start with a word for the home page and end
/// with a title that also occurs on a line of its own.
fn find_bare_breadcrumbs(lines: &[Line], scans: &mut [Scan]) {
    for i in 0..lines.len().min(BREADCRUMB_LINES) {
        let text = lines[i].text.as_str();
        let opens = || phrases::cues(&fold(text, OPENING_CHARS)).has(Cue::Home);
        if scans[i].form == Form::Breadcrumb || scans[i].shape.units > MAX_LABEL_UNITS || !opens() {
            continue;
        }
        let title = lines.iter().zip(&*scans).take(BREADCRUMB_LINES).find(|(line, scan)| {
            // A single word is not enough. Otherwise, the menu `Home News` would count as a breadcrumb if one of the
            // lines is `News`.
            scan.shape.words >= 2 && line.text.len() < text.len() && text.ends_with(line.text.as_str())
        });
        if let Some((title, _)) = title {
            scans[i].crumb = Some(text.len() - title.text.len()..text.len());
            scans[i].form = Form::Breadcrumb;
        }
    }
}

/// Finds a picture caption above the headline.
///
/// On some news pages, the picture comes first. Text scraped from such a page starts with the caption, a single
/// sentence. The line below the caption is the only one that looks like a headline, and words from that line occur in
/// the following paragraphs.
fn caption_above_headline(lines: &[Line], scans: &[Scan]) -> Option<usize> {
    let caption = scans
        .iter()
        .take(3)
        .position(|scan| matches!(scan.form, Form::Prose | Form::Sentence))?;
    let is_one_sentence =
        |scan: &Scan| scan.shape.inner_stops == 0 && scan.shape.units <= 200 && scan.shape.end == End::Stop;
    let (headline, lead) = (scans.get(caption + 1)?, scans.get(caption + 2)?);
    let shape = &headline.shape;
    let fits = is_one_sentence(&scans[caption])
        && headline.form == Form::Short
        && shape.end == End::Open
        && (8..=24).contains(&shape.words)
        && lead.form == Form::Prose
        && lead.shape.units * 5 >= shape.units * 7;
    // If the text has subheadings, the supposed headline is one of them, and the sentence above it is the lead.
    if !fits || has_subheadings(&scans[caption + 2..]) {
        return None;
    }
    let own: HashSet<u64> = title::words(&lines[caption + 1].text).into_iter().collect();
    let body: HashSet<u64> = lines[caption + 2..]
        .iter()
        .take(PARAGRAPHS)
        .flat_map(|line| title::words(&line.text))
        .collect();
    (own.intersection(&body).count() * 5 >= own.len() * 3).then_some(caption)
}

fn has_subheadings(scans: &[Scan]) -> bool {
    scans.windows(2).any(|pair| {
        pair[0].form == Form::Short
            && pair[0].shape.words >= 3
            && pair[0].shape.end == End::Open
            && pair[1].form == Form::Prose
    })
}
