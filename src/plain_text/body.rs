//! Assigns a role to each line once the headline is known: the dek above the lead, the body, and the boilerplate around
//! them.

use std::collections::HashSet;

use super::{
    Caption, DateCandidate, DateLabel, DatePosition, Layout, Line, MIN_TITLE_CONFIDENCE, Role, TitleGuess,
    body_end::{COMMAS, body_end, is_full_sentence},
    byline, credit,
    form::{Form, Scan},
    lead,
    phrases::{self, Cue},
    shape::End,
    title::{self, BodyWords},
};

/// The minimum confidence at which a guessed headline gets the role [`Role::Title`].
const TITLE_CONFIDENCE: f32 = 0.5;
/// The number of lines to search for a date directly below the body, and again at the end of the text.
const FOOT_LINES: usize = 12;
/// A date at most this many lines below the lead is still treated like a date above the body. The supposed lead may be
/// a dek, with the date and the byline below it.
const NEAR_LEAD: usize = 3;
/// The number of lines at the start of a text that are assumed not to belong to readers' comments or to a list of other
/// articles.
const HEAD_LINES: usize = 30;
/// The maximum number of dates that are returned. A page with more dates is a list of other pages.
const MAX_DATES: usize = 24;

/// Assigns a role to each line, and finds the lead, dek, bylines, dates and captions.
pub(super) fn assign(mut lines: Vec<Line>, scans: &[Scan], titles: Vec<TitleGuess>, words: &BodyWords) -> Layout {
    let guess_from = |least: f32| {
        let guess = titles.first().filter(|guess| guess.confidence >= least)?;
        lines.binary_search_by_key(&guess.line, |line| line.line).ok()
    };
    let title = guess_from(TITLE_CONFIDENCE);
    // A line that is shown as the title is not part of the body, even if the guess is uncertain.
    let lead = lead::find(&lines, scans, guess_from(MIN_TITLE_CONFIDENCE));
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
            // A date line that also names the author keeps its role.
            .filter(|line| line.role != Role::Date)
        {
            line.role = Role::Byline;
        }
    }
    layout
}

/// The deks: lines between the headline and the lead that share words with the body. Without a headline, all lines
/// above the lead are considered.
fn deks(scans: &[Scan], lines: &[Line], title: Option<usize>, lead: Option<usize>, body: &BodyWords) -> HashSet<usize> {
    let Some(lead) = lead else { return HashSet::new() };
    let from = title.filter(|title| *title < lead).map_or(0, |title| title + 1);
    let title_key = title.map_or(0, |title| scans[title].key);
    let shares_words = |i: usize| {
        // If the line is a paragraph, its own words were counted as body words too, so one occurrence is not enough.
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
                // Without a headline above it, a short line is more likely a kicker or a menu than a dek.
                Form::Short => {
                    title.is_some() && scan.shape.words >= 8 && scan.shape.units >= 40 && scan.shape.end != End::Clause
                }
                _ => false,
            };
            fits && (scan.key == 0 || scan.key != title_key) && !lines[i].text.contains(" | ") && shares_words(i)
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
            // The first line of the body is content, even if it starts like a note or ends without a period.
            Form::Short | Form::Note | Form::Footer if i == start => Role::Prose,
            Form::ImageName => Role::ImageName,
            Form::Breadcrumb => Role::Breadcrumb,
            Form::Related => {
                // A line that consists only of `See also` is the heading of a list of links. If the line also contains
                // a link, no list follows.
                in_related = scan.shape.words <= 4;
                Role::Related
            }
            Form::Date => Role::Date,
            Form::Byline if !in_body || scan.shape.units < 80 => Role::Byline,
            Form::Credit => Role::Caption,
            Form::Button | Form::Footer | Form::Note | Form::Wordless => Role::Boilerplate,
            Form::Prose | Form::Sentence if in_body => Role::Prose,
            // A sentence above the headline is a picture caption; a sentence below the headline belongs to the article.
            Form::Prose | Form::Sentence if i < start && title.is_some_and(|title| i < title) => Role::Caption,
            // All other sentences above the lead are content. Boilerplate that was identified by its words or by the
            // folder's patterns is never `Prose` or `Sentence`.
            Form::Prose | Form::Sentence if i < start && start < scans.len() => Role::Prose,
            Form::Prose | Form::Sentence if i < start => Role::Boilerplate,
            Form::Short if i < start && is_opening(lines, scans, title, i, start) => Role::Prose,
            _ if in_related => Role::Related,
            // In the body, a headline with a date below it belongs to another article.
            Form::Short
                if in_body
                    && !is_full_sentence(scan)
                    && scans.get(i + 1).is_some_and(|next| next.form == Form::Date) =>
            {
                Role::Related
            }
            Form::Short if in_body => short_in_body(scans, i, end),
            Form::Byline => Role::Prose,
            _ => Role::Boilerplate,
        };
    }
}

/// Whether the short line above the lead belongs to the body because it is a short sentence, a greeting (`Dear all,`),
/// or the only line above the lead apart from the headline.
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

fn dates(lines: &[Line], scans: &[Scan], start: usize, end: usize) -> Vec<DateCandidate> {
    let mut dates: Vec<DateCandidate> = Vec::new();
    for (index, scan) in scans.iter().enumerate().filter(|(_, scan)| !scan.dates.is_empty()) {
        let is_own_line = matches!(scan.form, Form::Date | Form::Byline | Form::Button);
        let position = match () {
            () if index < start && is_own_line => DatePosition::Head,
            () if index < start => DatePosition::HeadText,
            // The line identified as the lead may itself be a date with a few more words.
            () if index <= start + NEAR_LEAD && (is_own_line || index == start && scan.shape.units <= 120) => {
                DatePosition::Head
            }
            () if index < HEAD_LINES && (is_own_line || scan.has_published_label || scan.has_updated_label) => {
                DatePosition::Foot
            }
            () if index >= end
                && (index < end + FOOT_LINES || index + FOOT_LINES >= lines.len())
                && (is_own_line || scan.has_published_label || scan.has_updated_label) =>
            {
                DatePosition::Foot
            }
            () => continue,
        };
        dates.extend(scan.dates.iter().map(|span| DateCandidate {
            index,
            text: lines[index].text[span.bytes.clone()].to_owned(),
            label: label(&lines[index].text[..span.bytes.start], scan),
            position,
        }));
    }
    if let Some(line) = lines.get(start) {
        dates.extend(dateline(&line.text).map(|text| DateCandidate {
            index: start,
            text,
            label: None,
            position: DatePosition::Dateline,
        }));
    }
    dates.sort_by_key(|date| (date.position, date.index));
    dates.truncate(MAX_DATES);
    dates
}

/// The label of a date, determined from the words before the date.
fn label(before: &str, scan: &Scan) -> Option<DateLabel> {
    let folded = phrases::fold(before, usize::MAX);
    // The label may follow other words: `Jane Doe, The Harbor News | Updated`.
    let says = |cue: Cue| {
        let mut rest = folded.as_str();
        loop {
            if phrases::cues(rest).has(cue) {
                return true;
            }
            match rest.find([' ', '|', ',', '(']) {
                Some(at) => rest = rest[at + 1..].trim_start(),
                None => return false,
            }
        }
    };
    match () {
        // If both labels precede the date, it is unclear which label belongs to the date, so the date does not count as
        // an update.
        () if scan.has_updated_label && !scan.has_published_label || says(Cue::Updated) && !says(Cue::Published) => {
            Some(DateLabel::Updated)
        }
        () if scan.has_published_label || says(Cue::Published) => Some(DateLabel::Published),
        () => None,
    }
}

/// The date in a dateline: `PARIS, Dec. 9, 2024 (Agency) — The …`. The date must be among the first words of the lead,
/// and a dash must follow the date.
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
        let folded = phrases::fold(&line.text, 48);
        let length = phrases::cues(&folded).len(Cue::Site);
        let name = line.text.get(length..)?.trim();
        (length > 0 && !name.is_empty()).then(|| name.to_owned())
    };
    lines
        .iter()
        .zip(scans)
        .filter(|(_, scan)| scan.form == Form::Footer)
        .find_map(named)
}
