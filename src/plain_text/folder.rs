//! Finds what the plain-text articles in one folder have in common.
//!
//! Articles scraped from one site share their boilerplate, so a line that recurs is boilerplate, no matter what it
//! looks like. A part that recurs at the start or end of lines near the top is the site's name. In addition, most
//! articles from one site have their headline on the same line, counted from the top.
//!
//! Each article yields an [`Observation`]. A [`Sample`](super::Sample) keeps a bounded number of observations, and
//! [`FolderPatterns`] are derived from them.

use std::collections::{BTreeMap, HashSet};

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use super::{
    Layout, Line, TitleGuess,
    form::{self, Form, Scan},
    title,
};
use crate::text::cut;

/// What one article contributes to the patterns of its folder: about a hundred numbers at most, no matter how long the
/// article is.
#[derive(Debug, Clone)]
pub struct Observation {
    /// A hash of all lines, used to count identical articles only once.
    text: u64,
    /// Hashes of lines and parts of lines that may also occur in other articles, without duplicates.
    parts: Vec<u32>,
    /// The index of the line with the headline, if the headline is certain.
    title_line: Option<usize>,
}

/// What the articles in a folder have in common.
#[derive(Debug, Clone)]
pub struct FolderPatterns {
    recurring: HashSet<u32>,
    title_line: Option<usize>,
}

/// The number of lines at each end of an article that may be boilerplate. The lines between them are not compared with
/// other articles.
const EDGE_LINES: usize = 40;
/// The maximum length of a boilerplate line, in [`cut::units`]. A longer line is a paragraph of the article.
const MAX_UNITS: usize = 1_000;
/// The number of articles that must contain a line before the line counts as recurring. Two articles are not enough:
/// one may quote the other.
const MIN_TEXTS: usize = 3;
/// In a large folder, a line counts as recurring only if at least one in this many articles contains it.
const TEXTS_PER_RECURRENCE: usize = 20;
/// The number of lines at the top that are searched for the site's name.
const SITE_NAME_LINES: usize = 10;
/// A line counts as the folder's usual line for headlines only if at least this many articles have their headline on
/// it. Only articles whose headline is certain are counted.
const MIN_AGREEING: usize = 5;
/// Of the articles whose headline is certain, the minimum share that must have their headline on that line.
const MIN_AGREEING_SHARE: f32 = 0.6;
/// The minimum confidence at which an article's headline counts as certain.
///
/// In cross-validation on 580 labeled texts scraped from news pages, 89% of the guesses with at least this confidence
/// are right.
const CERTAIN: f32 = 0.8;
/// The maximum number of words in a heading. A short line between two paragraphs is a heading even if it recurs: for
/// example, every recipe has a section named `Ingredients`.
const MAX_HEADING_WORDS: usize = 4;

/// What was hashed: a whole line, or only its start or end. These three kinds are counted separately, even if their
/// words are equal.
#[derive(Debug, Clone, Copy)]
enum Part {
    Line = 1,
    /// The part of a line before its first separator.
    Start = 2,
    /// The part of a line after its last separator.
    End = 3,
}

/// Separators between a headline and the site's name.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", "｜", "_"];

impl Observation {
    /// Creates the observation for an article from its layout. The layout must have been determined without the other
    /// articles in the folder.
    pub fn new(layout: &Layout) -> Self {
        let mut hasher = Xxh3::new();
        for line in &layout.lines {
            hasher.update(line.text.as_bytes());
            hasher.update(b"\n");
        }
        let mut parts = Vec::new();
        for (i, line) in edge_lines(&layout.lines) {
            parts.extend(key(&line.text, cut::units(&line.text)).map(|key| salted(key, Part::Line)));
            if i < SITE_NAME_LINES {
                parts.extend(ends(&line.text).map(|(part, text)| salted(form::key_of(text), part)));
            }
        }
        // A line that occurs more than once in an article is counted only once.
        parts.sort_unstable();
        parts.dedup();
        let certain = layout.titles.first().filter(|guess| guess.confidence >= CERTAIN);
        let line_of = |guess: &TitleGuess| layout.lines.binary_search_by_key(&guess.line, |line| line.line).ok();
        Observation {
            text: hasher.digest(),
            parts,
            title_line: certain.and_then(line_of).filter(|line| *line < title::HEAD_LINES),
        }
    }
}

impl FolderPatterns {
    /// Counts what the articles have in common. The order of the articles does not matter. Returns `None` if there are
    /// fewer than three different articles.
    pub fn from_observations<'a>(observations: impl IntoIterator<Item = &'a Observation>) -> Option<Self> {
        let mut texts = HashSet::new();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut title_lines = [0; title::HEAD_LINES];
        for observation in observations {
            // If identical articles were counted separately, all their paragraphs would recur.
            if !texts.insert(observation.text) {
                continue;
            }
            for part in &observation.parts {
                *counts.entry(*part).or_default() += 1;
            }
            if let Some(count) = observation.title_line.and_then(|line| title_lines.get_mut(line)) {
                *count += 1;
            }
        }
        let enough = MIN_TEXTS.max(texts.len() / TEXTS_PER_RECURRENCE);
        let certain: usize = title_lines.iter().sum();
        let agrees = |count: &usize| *count >= MIN_AGREEING && *count as f32 >= MIN_AGREEING_SHARE * certain as f32;
        (texts.len() >= MIN_TEXTS).then(|| FolderPatterns {
            recurring: counts
                .into_iter()
                .filter_map(|(part, count)| (count >= enough).then_some(part))
                .collect(),
            title_line: title_lines.iter().position(agrees),
        })
    }

    fn recurs(&self, key: u64, part: Part) -> bool {
        key != 0 && self.recurring.contains(&salted(key, part))
    }

    /// Marks lines as boilerplate if they recur in the folder.
    ///
    /// If most of the article's paragraphs recur, the folder contains several versions of the article, so paragraphs
    /// are not marked.
    pub(super) fn mark_recurring(&self, lines: &[Line], scans: &mut [Scan]) {
        let recurring: Vec<usize> = edge_lines(lines)
            .filter(|(i, line)| {
                let scan = &scans[*i];
                // `form::scan` computes no key for a long line, but a site's notice may be as long as a paragraph, so
                // the key is computed here.
                let key = if scan.key == 0 {
                    key(&line.text, scan.shape.units)
                } else {
                    Some(scan.key)
                };
                key.is_some_and(|key| self.recurs(key, Part::Line))
            })
            .map(|(i, _)| i)
            .collect();
        let is_prose = |scan: &Scan| scan.form == Form::Prose;
        let first = scans.iter().position(is_prose).unwrap_or(scans.len());
        let last = scans.iter().rposition(is_prose).unwrap_or(0);
        let paragraphs = |at: &mut dyn Iterator<Item = usize>| at.filter(|i| scans[*i].form == Form::Prose).count();
        let is_version = paragraphs(&mut recurring.iter().copied()) * 2 > paragraphs(&mut (0..scans.len()));
        for i in recurring {
            let scan = &mut scans[i];
            match scan.form {
                // A line with one of these forms is not marked as boilerplate even if it recurs. A byline, for example,
                // recurs if its author writes often.
                Form::Date | Form::Byline | Form::Breadcrumb | Form::Related | Form::ImageName | Form::Button => {}
                Form::Prose if is_version => {}
                // Lines with dates are not marked, because an article's date must not change once the build has read
                // the whole folder; see `layout_in_folder`.
                _ if !scan.dates.is_empty() => {}
                Form::Short if scan.shape.words <= MAX_HEADING_WORDS && (first..last).contains(&i) => {}
                _ => {
                    scan.form = Form::Footer;
                    scan.is_recurring = true;
                }
            }
        }
    }

    /// The index of the line that contains the headline in most of the folder's articles.
    pub(super) fn title_line(&self) -> Option<usize> {
        self.title_line
    }

    /// Removes the site's name from a headline and returns the name. Returns `None` if the headline does not contain
    /// it.
    pub(super) fn cut_site_name(&self, guess: &mut TitleGuess) -> Option<String> {
        let found = ends(&guess.text).find(|(part, text)| self.recurs(form::key_of(text), *part));
        let (part, name) = found?;
        let name = name.to_owned();
        let rest = match part {
            Part::Start => guess.text.strip_prefix(&*name),
            _ => guess.text.strip_suffix(&*name),
        }?;
        let rest = rest.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | '·' | '•' | ':' | '»' | '｜' | '_')
        });
        if rest.is_empty() {
            return None;
        }
        guess.text = rest.to_owned();
        Some(name)
    }
}

/// The lines at the top and at the end of an article.
fn edge_lines(lines: &[Line]) -> impl Iterator<Item = (usize, &Line)> {
    let end = lines.len().saturating_sub(EDGE_LINES);
    lines
        .iter()
        .enumerate()
        .filter(move |(i, _)| *i < EDGE_LINES || *i >= end)
}

/// A hash of the line, or `None` if the line is too long to be boilerplate or contains no letters or digits.
fn key(text: &str, units: usize) -> Option<u64> {
    (units <= MAX_UNITS).then(|| form::key_of(text)).filter(|key| *key != 0)
}

/// The parts of a line before its first separator and after its last separator.
fn ends(text: &str) -> impl Iterator<Item = (Part, &str)> {
    let start = SEPARATORS
        .iter()
        .filter_map(|s| text.find(s))
        .min()
        .map(|at| (Part::Start, &text[..at]));
    let end = SEPARATORS
        .iter()
        .filter_map(|s| text.rfind(s).map(|at| at + s.len()))
        .max()
        .map(|at| (Part::End, &text[at..]));
    // Most sites write their name after the headline, so the end is tried first.
    [end, start]
        .into_iter()
        .flatten()
        .filter(|(_, text)| !text.trim().is_empty())
}

/// Returns 32 bits of a hash of the key and the kind of part. With 64 bits, an observation would need twice as much
/// memory.
///
/// In a folder with 30,000 different parts, the probability that at least two hashes collide is one in ten. A collision
/// matters only if it makes a part seem to occur in three articles.
fn salted(key: u64, part: Part) -> u32 {
    xxh3_64_with_seed(&key.to_le_bytes(), part as u64) as u32
}
