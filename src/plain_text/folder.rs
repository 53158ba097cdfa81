//! What the plain texts of one folder have in common: lines that recur are furniture, segments that recur in first
//! lines are the site's name, and headlines stand where most of the folder's headlines stand.
//!
//! Each text teaches a [`Lesson`], a folder keeps a [`Sample`](super::Sample) of them, and a [`Folder`] is what they add
//! up to.

use std::collections::{BTreeMap, HashSet};

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use super::{
    Layout, Line, TitleGuess,
    form::{self, Form, Scan},
    title,
};
use crate::text::cut;

/// What one text can teach its folder: some hundred numbers, whatever its length.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// A hash of its lines, so that copies of a text teach once.
    text: u64,
    /// Hashes of the lines and segments that other texts may have too, each once.
    parts: Vec<u32>,
    /// On which of its lines the headline stands, if that is sure.
    place: Option<usize>,
}

/// What a folder's texts have in common.
#[derive(Debug, Clone)]
pub struct Folder {
    recurring: HashSet<u32>,
    place: Option<usize>,
}

const PLACES: usize = title::HEAD_LINES;
/// Lines from the top and from the end in which furniture stands.
const EDGE: usize = 40;
/// Longer lines are paragraphs of the article.
const MAX_UNITS: usize = 1_000;
/// A line recurs if a twentieth of the folder has it, and never fewer texts than this: two may quote each other.
const LEAST_TEXTS: usize = 3;
const SHARE: usize = 20;
/// Lines from the top in which headlines carry the site's name.
const NAMED: usize = 10;
/// So many headlines must agree on a place, and so large a share of those that are sure.
const AGREE: usize = 5;
const AGREE_SHARE: f32 = 0.6;
/// A guess teaches the place from this confidence on: 89 of 100 such guesses are right (text_news, by weights of other
/// pages).
const SURE: f32 = 0.8;
/// `Ingredients` heads a part of every recipe: so few words between two paragraphs are a heading, whoever has them too.
const HEADING_WORDS: usize = 4;

/// What is looked up: a line and a segment of a line are different things.
#[derive(Debug, Clone, Copy)]
enum What {
    Line = 1,
    Opening = 2,
    Closing = 3,
}

const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", "｜", "_"];

impl Lesson {
    /// What a text teaches, of which the folder is not known yet.
    pub fn of(layout: &Layout) -> Self {
        let mut hasher = Xxh3::new();
        for line in &layout.lines {
            hasher.update(line.text.as_bytes());
            hasher.update(b"\n");
        }
        let mut parts = Vec::new();
        for (i, line) in edges(&layout.lines) {
            parts.extend(key(&line.text, cut::units(&line.text)).map(|key| salted(key, What::Line)));
            if i < NAMED {
                parts.extend(ends(&line.text).map(|(what, part)| salted(form::key_of(part), what)));
            }
        }
        // A line that stands twice in one text is still one text that has it.
        parts.sort_unstable();
        parts.dedup();
        let sure = layout.titles.first().filter(|guess| guess.confidence >= SURE);
        let line_of = |guess: &TitleGuess| layout.lines.binary_search_by_key(&guess.line, |line| line.line).ok();
        Lesson {
            text: hasher.digest(),
            parts,
            place: sure.and_then(line_of).filter(|place| *place < PLACES),
        }
    }
}

impl Folder {
    /// What these texts have in common, in whatever order; `None` if they are too few to tell.
    pub fn of<'a>(lessons: impl IntoIterator<Item = &'a Lesson>) -> Option<Self> {
        let mut texts = HashSet::new();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        let mut places = [0; PLACES];
        for lesson in lessons {
            if !texts.insert(lesson.text) {
                continue;
            }
            for part in &lesson.parts {
                *counts.entry(*part).or_default() += 1;
            }
            if let Some(count) = lesson.place.and_then(|place| places.get_mut(place)) {
                *count += 1;
            }
        }
        let enough = LEAST_TEXTS.max(texts.len() / SHARE);
        let sure: usize = places.iter().sum();
        let agrees = |count: &usize| *count >= AGREE && *count as f32 >= AGREE_SHARE * sure as f32;
        (texts.len() >= LEAST_TEXTS).then(|| Folder {
            recurring: counts
                .into_iter()
                .filter_map(|(part, count)| (count >= enough).then_some(part))
                .collect(),
            place: places.iter().position(agrees),
        })
    }

    fn recurs(&self, key: u64, what: What) -> bool {
        key != 0 && self.recurring.contains(&salted(key, what))
    }

    /// Takes lines that recur in the folder for furniture, whatever they look like.
    ///
    /// Versions of one article share their paragraphs: where most of a text recurs, its paragraphs are no furniture.
    pub(super) fn mark(&self, lines: &[Line], scans: &mut [Scan]) {
        let recurring: Vec<usize> = edges(lines)
            .filter(|(i, line)| {
                let scan = &scans[*i];
                let key = if scan.key == 0 {
                    key(&line.text, scan.shape.units)
                } else {
                    Some(scan.key)
                };
                key.is_some_and(|key| self.recurs(key, What::Line))
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
                Form::Date | Form::Byline | Form::Breadcrumb | Form::Related | Form::ImageName | Form::Button => {}
                Form::Prose if is_version => {}
                // A line with a date is no two articles' own, but the dates of an article are not the folder's to change.
                _ if !scan.dates.is_empty() => {}
                Form::Short if scan.shape.words <= HEADING_WORDS && (first..last).contains(&i) => {}
                _ => {
                    scan.form = Form::Tail;
                    scan.recurs = true;
                }
            }
        }
    }

    /// Whether most of the folder's headlines stand on this line.
    pub(super) fn is_title_place(&self, index: usize) -> bool {
        self.place == Some(index)
    }

    /// Cuts the site's name off a headline, and tells it.
    pub(super) fn cut_site_name(&self, guess: &mut TitleGuess) -> Option<String> {
        let found = ends(&guess.text).find(|(what, part)| self.recurs(form::key_of(part), *what));
        let (what, part) = found?;
        let name = part.to_owned();
        let rest = match what {
            What::Opening => guess.text.strip_prefix(&*name),
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
fn edges(lines: &[Line]) -> impl Iterator<Item = (usize, &Line)> {
    let foot = lines.len().saturating_sub(EDGE);
    lines.iter().enumerate().filter(move |(i, _)| *i < EDGE || *i >= foot)
}

/// The key of a line that is no paragraph of the article by its length.
fn key(text: &str, units: usize) -> Option<u64> {
    (units <= MAX_UNITS).then(|| form::key_of(text)).filter(|key| *key != 0)
}

/// The parts of a line before its first and after its last separator.
fn ends(text: &str) -> impl Iterator<Item = (What, &str)> {
    let opening = SEPARATORS
        .iter()
        .filter_map(|s| text.find(s))
        .min()
        .map(|at| (What::Opening, &text[..at]));
    let closing = SEPARATORS
        .iter()
        .filter_map(|s| text.rfind(s).map(|at| at + s.len()))
        .max()
        .map(|at| (What::Closing, &text[at..]));
    [closing, opening]
        .into_iter()
        .flatten()
        .filter(|(_, part)| !part.trim().is_empty())
}

/// 32 bits of a hash: of 30,000 parts of a folder's texts two are taken for one once in ten folders, and it takes three.
fn salted(key: u64, what: What) -> u32 {
    xxh3_64_with_seed(&key.to_le_bytes(), what as u64) as u32
}
