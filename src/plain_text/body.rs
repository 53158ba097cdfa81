//! The body between head and foot: the lead, the dek, and what each line is.

use std::collections::HashSet;

use super::{
    Caption, DateLabel, DatePlace, DateSpot, LEAST_GUESS, Layout, Line, Role, TitleGuess, byline, credit,
    end::{COMMAS, body_end, is_full_sentence},
    form::{self, Form, Scan},
    lead,
    phrases::{self, Word},
    shape::End,
    title::{self, BodyWords},
};

/// From this confidence on, a guess is taken as the headline when lines are classed.
const IS_TITLE: f32 = 0.5;
/// Lines of the foot in which a date is looked for.
const FOOT_LINES: usize = 12;
/// Header lines may stand between dek and body; where the dek was taken for the lead they are this near.
const NEAR_LEAD: usize = 3;
/// Date lines of a page's head, where comments and lists of other pages have not begun.
const HEAD_LINES: usize = 30;
/// Spots kept; a page with more lists other pages.
const MAX_SPOTS: usize = 24;

/// Gives each line its role, and picks lead, dek, bylines, dates and captions.
pub(super) fn assign(mut lines: Vec<Line>, scans: &[Scan], titles: Vec<TitleGuess>, words: &BodyWords) -> Layout {
    let from = |least: f32| {
        let guess = titles.first().filter(|guess| guess.confidence >= least)?;
        lines.binary_search_by_key(&guess.line, |line| line.line).ok()
    };
    let title = from(IS_TITLE);
    // The body starts below a line that readers are shown as the title, sure or not.
    let lead = lead::find(&lines, scans, from(LEAST_GUESS));
    let deks = deks(scans, &lines, title, lead, words);
    let start = lead.unwrap_or(lines.len());
    let end = body_end(&lines, scans, start);
    classify(&mut lines, scans, title, &deks, start, end);
    let mut layout = Layout {
        titles,
        lead,
        dek: deks.iter().min().copied(),
        bylines: byline::find(&lines, scans, start, end),
        dates: dates(&lines, scans, start, end),
        captions: captions(&lines, scans),
        site_name: site_name(&lines, scans),
        lines,
    };
    for byline in &layout.bylines {
        if let Some(line) = layout
            .lines
            .get_mut(byline.index)
            .filter(|line| line.role != Role::Date)
        {
            line.role = Role::Byline;
        }
    }
    layout
}

/// Lines between headline and lead that say what the body says: the deks. Without a headline, all above the lead.
fn deks(scans: &[Scan], lines: &[Line], title: Option<usize>, lead: Option<usize>, body: &BodyWords) -> HashSet<usize> {
    let Some(lead) = lead else { return HashSet::new() };
    let from = title.filter(|title| *title < lead).map_or(0, |title| title + 1);
    let title_key = title.map_or(0, |title| scans[title].key);
    let says_what_the_body_says = |i: usize| {
        // A paragraph above the lead is itself among the paragraphs that were counted.
        let own = u32::from(scans[i].form == Form::Prose);
        let words: HashSet<u64> = title::words(&lines[i].text).into_iter().collect();
        let shared = words
            .iter()
            .filter(|word| body.get(word).is_some_and(|count| *count > own))
            .count();
        shared >= 2 && shared * 10 >= words.len() * 3
    };
    (from..lead)
        .filter(|&i| {
            let scan = &scans[i];
            let fits = match scan.form {
                Form::Prose => true,
                Form::Sentence => scan.shape.words >= 5,
                // Without a headline to stand below, a line without a full stop is more likely a kicker or a menu.
                Form::Short => {
                    title.is_some() && scan.shape.words >= 8 && scan.shape.units >= 40 && scan.shape.end != End::Clause
                }
                _ => false,
            };
            fits && (scan.key == 0 || scan.key != title_key)
                && !lines[i].text.contains(" | ")
                && says_what_the_body_says(i)
        })
        .collect()
}

fn classify(lines: &mut [Line], scans: &[Scan], title: Option<usize>, deks: &HashSet<usize>, start: usize, end: usize) {
    let title_key = title.map_or(0, |title| scans[title].key);
    let mut in_related = false;
    for i in 0..lines.len() {
        let scan = &scans[i];
        let in_body = (start..end).contains(&i);
        if matches!(scan.form, Form::Prose | Form::Sentence) || is_full_sentence(scan) {
            in_related = false;
        }
        lines[i].role = match scan.form {
            _ if title == Some(i) || title_key != 0 && scan.key == title_key => Role::Title,
            _ if deks.contains(&i) => Role::Dek,
            // What opens the body is the author's, though it opens as a note does or ends without a full stop.
            Form::Short | Form::Note | Form::Tail if i == start => Role::Prose,
            Form::ImageName => Role::ImageName,
            Form::Breadcrumb => Role::Breadcrumb,
            Form::Related => {
                // The words alone head a list of links; with a link behind them they are the whole of it.
                in_related = scan.shape.words <= 4;
                Role::Related
            }
            Form::Date => Role::Date,
            Form::Byline if !in_body || scan.shape.units < 80 => Role::Byline,
            Form::Credit => Role::Caption,
            Form::Button | Form::Tail | Form::Note | Form::Wordless => Role::Furniture,
            Form::Prose | Form::Sentence if in_body => Role::Prose,
            // A sentence above the headline tells what a picture shows; below it, it belongs to the article.
            Form::Prose | Form::Sentence if i < start && title.is_some_and(|title| i < title) => Role::Caption,
            // What ends as a sentence is the author's, unless its words or the folder say otherwise.
            Form::Prose | Form::Sentence if i < start && start < scans.len() => Role::Prose,
            Form::Prose | Form::Sentence if i < start => Role::Furniture,
            Form::Short if i < start && is_opening(lines, scans, title, i, start) => Role::Prose,
            _ if in_related => Role::Related,
            // A headline with a date in the body belongs to another article.
            Form::Short
                if in_body
                    && !is_full_sentence(scan)
                    && scans.get(i + 1).is_some_and(|next| next.form == Form::Date) =>
            {
                Role::Related
            }
            Form::Short if in_body => short_in_body(scans, i, end),
            Form::Byline => Role::Prose,
            _ => Role::Furniture,
        };
    }
}

/// A short line above the lead that belongs to it: a short sentence, `Dear all,`, or the only line above it but for
/// the headline.
fn is_opening(lines: &[Line], scans: &[Scan], title: Option<usize>, i: usize, start: usize) -> bool {
    let Some(next) = scans.get(i + 1).filter(|_| start < scans.len()) else {
        return false;
    };
    let shape = &scans[i].shape;
    let is_like_a_name = (2..=4).contains(&shape.words) && shape.upper == shape.words;
    let is_only_one = i + 1 == start && (i == 0 || i == 1 && title == Some(0) && !is_like_a_name);
    let ends = match shape.end {
        End::Stop | End::Question | End::Ellipsis => true,
        End::Clause if lines[i].text.ends_with(COMMAS) => next.form == Form::Prose || next.shape.end == End::Stop,
        End::Clause | End::Open => false,
    };
    title.is_none_or(|title| title < i) && (ends || is_only_one)
}

fn short_in_body(scans: &[Scan], i: usize, end: usize) -> Role {
    let next = scans[i + 1..end]
        .iter()
        .find(|scan| !matches!(scan.form, Form::Credit | Form::ImageName | Form::Button));
    let heads = next.is_some_and(|scan| matches!(scan.form, Form::Prose | Form::Sentence));
    let shape = &scans[i].shape;
    if heads && shape.words <= 16 && matches!(shape.end, End::Open | End::Question) && !shape.starts_lower {
        Role::Subheading
    } else {
        Role::Prose
    }
}

fn dates(lines: &[Line], scans: &[Scan], start: usize, end: usize) -> Vec<DateSpot> {
    let mut spots: Vec<DateSpot> = Vec::new();
    for (index, scan) in scans.iter().enumerate().filter(|(_, scan)| !scan.dates.is_empty()) {
        let alone = matches!(scan.form, Form::Date | Form::Byline | Form::Button);
        let place = match () {
            () if index < start && alone => DatePlace::Head,
            () if index < start => DatePlace::HeadText,
            () if index <= start + NEAR_LEAD && (alone || index == start && scan.shape.units <= 120) => DatePlace::Head,
            () if index < HEAD_LINES && (alone || scan.published || scan.updated) => DatePlace::Foot,
            () if index >= end
                && index + FOOT_LINES >= lines.len().min(end + FOOT_LINES)
                && (alone || scan.published || scan.updated) =>
            {
                DatePlace::Foot
            }
            () => continue,
        };
        spots.extend(scan.dates.iter().map(|span| DateSpot {
            index,
            text: lines[index].text[span.bytes.clone()].to_owned(),
            label: label(&lines[index].text[..span.bytes.start], scan),
            place,
        }));
    }
    if let Some(line) = lines.get(start) {
        spots.extend(dateline(&line.text).map(|text| DateSpot {
            index: start,
            text,
            label: None,
            place: DatePlace::Dateline,
        }));
    }
    spots.sort_by_key(|spot| (spot.place, spot.index));
    spots.truncate(MAX_SPOTS);
    spots
}

/// What the words right before a date call it.
fn label(before: &str, scan: &Scan) -> Option<DateLabel> {
    let folded = form::fold(before, usize::MAX);
    let says = |word: Word| {
        let mut rest = folded.as_str();
        loop {
            if phrases::opening(rest).has(word) {
                return true;
            }
            match rest.find([' ', '|', ',', '(']) {
                Some(at) => rest = rest[at + 1..].trim_start(),
                None => return false,
            }
        }
    };
    match () {
        () if scan.updated && !scan.published || says(Word::Updated) && !says(Word::Published) => {
            Some(DateLabel::Updated)
        }
        () if scan.published || says(Word::Published) => Some(DateLabel::Published),
        () => None,
    }
}

/// The date in `PARIS, Dec. 9, 2024 (Agency) — The …`: before a dash, within the first words of the lead.
fn dateline(lead: &str) -> Option<String> {
    let opening: String = lead.chars().take(90).collect();
    let dash = opening.find(['—', '–', '-', '電', '电', '―', ':'])?;
    let span = super::dates::spans(&opening).into_iter().next()?;
    let head = &opening[..opening.len().min(dash.max(span.bytes.end))];
    let after = opening[span.bytes.end..].find(['—', '–', '-', '電', '电', '―', ':', ')'])?;
    (after <= 40 && head.split(' ').count() <= 12).then(|| opening[span.bytes].to_owned())
}

fn captions(lines: &[Line], scans: &[Scan]) -> Vec<Caption> {
    let is_caption = |(_, (line, _)): &(usize, (&Line, &Scan))| line.role == Role::Caption;
    lines
        .iter()
        .zip(scans)
        .enumerate()
        .filter(is_caption)
        .map(|(index, (line, scan))| {
            let (text, credit) = credit::split(&line.text, &scan.shape);
            Caption { index, text, credit }
        })
        .collect()
}

fn site_name(lines: &[Line], scans: &[Scan]) -> Option<String> {
    let named = |(line, _): (&Line, &Scan)| {
        let folded = form::fold(&line.text, 48);
        let length = phrases::opening(&folded).len(Word::Site);
        let name = line.text.get(length..)?.trim();
        (length > 0 && !name.is_empty()).then(|| name.to_owned())
    };
    lines
        .iter()
        .zip(scans)
        .filter(|(_, scan)| scan.form == Form::Tail)
        .find_map(named)
}
