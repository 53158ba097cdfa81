//! What the plain texts of one folder have in common.
//!
//! Texts scraped from one site share their boilerplate, so lines that recur are boilerplate, whatever they look like.
//! Parts that recur at the ends of first lines are the name of the site. And the headline of a text is usually on the
//! same line.
//!
//! Each text yields an [`Observation`]. A [`Sample`](super::Sample) keeps a bounded number of them, and from these
//! [`FolderPatterns`] are counted.

use std::collections::{BTreeMap, HashSet};

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use super::{
    Layout, Line, TitleGuess,
    form::{self, Form, Scan},
    title,
};
use crate::text::cut;

/// What one text contributes to the patterns of its folder: some hundred numbers, whatever its length.
#[derive(Debug, Clone)]
pub struct Observation {
    /// A hash of its lines, so that copies of a text count once.
    text: u64,
    /// Hashes of the lines and parts of lines that other texts may contain too, each once.
    parts: Vec<u32>,
    /// The index of the line with the headline, if it was found with certainty.
    title_line: Option<usize>,
}

/// What the texts of a folder have in common.
#[derive(Debug, Clone)]
pub struct FolderPatterns {
    recurring: HashSet<u32>,
    title_line: Option<usize>,
}

/// The number of lines at the top and at the end of a text that may be boilerplate.
const EDGE_LINES: usize = 40;
/// A longer line is a paragraph of the article.
const MAX_UNITS: usize = 1_000;
/// The number of texts that must contain a line to make it a recurring one. Two texts may quote each other.
const MIN_TEXTS: usize = 3;
/// In a large folder, one text in this many must contain it.
const TEXTS_PER_RECURRENCE: usize = 20;
/// The number of lines at the top in which the name of the site is looked for.
const SITE_NAME_LINES: usize = 10;
/// The usual line for headlines needs this many texts that agree, and this share of all texts with a certain headline.
const MIN_AGREEING: usize = 5;
const MIN_AGREEING_SHARE: f32 = 0.6;
/// The confidence from which a guess counts as a certain headline.
///
/// On 580 labeled texts scraped from news pages, each scored by weights that were fitted to the others, 89 of 100 such
/// guesses are right.
const CERTAIN: f32 = 0.8;
/// So few words between two paragraphs are a heading, even if they recur: every recipe has a section `Ingredients`.
const MAX_HEADING_WORDS: usize = 4;

/// What a hash is of: the same text counts separately as a whole line and as a part of one.
#[derive(Debug, Clone, Copy)]
enum Part {
    Line = 1,
    /// The part of a line before its first separator.
    Start = 2,
    /// The part of a line after its last separator.
    End = 3,
}

/// Separators between a headline and the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", "｜", "_"];

impl Observation {
    /// Observes a text whose layout was determined without its folder.
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
        // A line that occurs twice in a text still counts as one text.
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
    /// Counts what texts have in common, whatever their order; `None` if there are fewer than three different texts.
    pub fn from_observations<'a>(observations: impl IntoIterator<Item = &'a Observation>) -> Option<Self> {
        let mut texts = HashSet::new();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut title_lines = [0; title::HEAD_LINES];
        for observation in observations {
            // Copies of one text would make all its paragraphs recur.
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

    /// Marks the lines that recur in the folder as boilerplate.
    ///
    /// Paragraphs are exempt if most paragraphs of the text recur: then the folder contains several versions of it.
    pub(super) fn mark_recurring(&self, lines: &[Line], scans: &mut [Scan]) {
        let recurring: Vec<usize> = edge_lines(lines)
            .filter(|(i, line)| {
                let scan = &scans[*i];
                // Long lines were scanned without a key, but a notice of the site may be as long as a paragraph.
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
                // These forms say what the line is. That a byline recurs only means that one author writes often.
                Form::Date | Form::Byline | Form::Breadcrumb | Form::Related | Form::ImageName | Form::Button => {}
                Form::Prose if is_version => {}
                // A build must not change a date when it knows the folder, see `layout_in_folder`.
                _ if !scan.dates.is_empty() => {}
                Form::Short if scan.shape.words <= MAX_HEADING_WORDS && (first..last).contains(&i) => {}
                _ => {
                    scan.form = Form::Footer;
                    scan.is_recurring = true;
                }
            }
        }
    }

    /// The index of the line on which most headlines of the folder are.
    pub(super) fn title_line(&self) -> Option<usize> {
        self.title_line
    }

    /// Removes the name of the site from a headline, and returns the name.
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

/// The first and the last lines of a text.
fn edge_lines(lines: &[Line]) -> impl Iterator<Item = (usize, &Line)> {
    let end = lines.len().saturating_sub(EDGE_LINES);
    lines
        .iter()
        .enumerate()
        .filter(move |(i, _)| *i < EDGE_LINES || *i >= end)
}

/// A hash of a line that is short enough for boilerplate.
fn key(text: &str, units: usize) -> Option<u64> {
    (units <= MAX_UNITS).then(|| form::key_of(text)).filter(|key| *key != 0)
}

/// The parts of a line before its first and after its last separator.
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

/// 32 bits of a hash, to halve the memory of an observation.
///
/// In a folder with 30,000 different parts, the chance that any two of them collide is one in ten, and a collision
/// matters only if it makes a part reach three texts.
fn salted(key: u64, part: Part) -> u32 {
    xxh3_64_with_seed(&key.to_le_bytes(), part as u64) as u32
}
