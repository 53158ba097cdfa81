//! What the plain texts of one folder have in common: lines that recur are furniture, segments that recur in first
//! lines are the site's name, and headlines stand where most of the folder's headlines stand.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{
    Line, TitleGuess,
    form::{self, Form, Scan},
    title,
};

/// What a folder's texts have in common.
///
/// Its memory is bounded: 2 MiB of counters and 8 bytes per text, for at most 200,000 different texts; further ones
/// teach nothing. Within that bound the order of the texts makes no difference.
#[derive(Debug, Clone)]
pub struct Folder {
    texts: HashSet<u64>,
    /// Two rows of a count-min sketch: a count is never too low, and too high only where two lines collide in both.
    counts: Vec<u16>,
    /// How many confident headlines stood on which line.
    places: [u32; PLACES],
}

const MAX_TEXTS: usize = 200_000;
const ROW: usize = 1 << 19;
const PLACES: usize = title::HEAD_LINES;
/// Lines from the top and from the end in which furniture stands.
const EDGE: usize = 40;
/// Longer lines are paragraphs of the article.
const MAX_UNITS: usize = 1_000;
/// A line recurs if a twentieth of the folder has it, within these bounds.
const RECURS: std::ops::RangeInclusive<u32> = 3..=200;
/// Lines from the top in which headlines carry the site's name.
const NAMED: usize = 10;
/// So many headlines must agree on a place, and so large a share of those that are sure.
const AGREE: u32 = 5;
const AGREE_SHARE: f32 = 0.6;
/// A guess teaches the place from this confidence on: 92 of 100 such guesses are right (text_news).
const SURE: f32 = 0.8;

/// Where counters are looked up: a line and a segment of a line are different things.
#[derive(Debug, Clone, Copy)]
enum What {
    Line = 1,
    Opening = 2,
    Closing = 3,
}

const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", "｜", "_"];

impl Folder {
    /// Learns from the bodies of a folder's plain texts. Copies of a text teach once.
    pub fn learn<T: AsRef<str>>(bodies: impl IntoIterator<Item = T>) -> Self {
        let mut folder = Folder {
            texts: HashSet::new(),
            counts: vec![0; ROW * 2],
            places: [0; PLACES],
        };
        for body in bodies {
            folder.add(body.as_ref());
        }
        folder
    }

    fn add(&mut self, body: &str) {
        if self.texts.len() >= MAX_TEXTS || !self.texts.insert(form::key_of_all(body)) {
            return;
        }
        let (lines, scans) = super::scan(body, 1);
        let words = title::body_words(&lines, &scans);
        let sure = title::guesses(&lines, &scans, &words, None)
            .into_iter()
            .next()
            .filter(|guess| guess.confidence >= SURE);
        if let Some(place) = sure.and_then(|guess| lines.iter().position(|line| line.line == guess.line)) {
            self.places[place.min(PLACES - 1)] += 1;
        }
        // A line that stands twice in one text is still one text that has it.
        let mut seen = HashSet::new();
        for (i, line) in edges(&lines) {
            if let Some(key) = key(line, &scans[i]) {
                seen.insert(salted(key, What::Line));
            }
            if i < NAMED {
                seen.extend(ends(&line.text).map(|(what, part)| salted(form::key_of(part), what)));
            }
        }
        for key in seen {
            for slot in slots(key) {
                self.counts[slot] = self.counts[slot].saturating_add(1);
            }
        }
    }

    fn recurs(&self, key: u64, what: What) -> bool {
        let texts = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let enough = (texts / 20).clamp(*RECURS.start(), *RECURS.end());
        let count = slots(salted(key, what))
            .map(|slot| self.counts[slot])
            .into_iter()
            .min()
            .unwrap_or(0);
        key != 0 && u32::from(count) >= enough
    }

    /// Takes lines that recur in the folder for furniture, whatever they look like.
    ///
    /// Versions of one article share their paragraphs: where most of a text recurs, its paragraphs are no furniture.
    pub(super) fn mark(&self, lines: &[Line], scans: &mut [Scan]) {
        let recurring: Vec<usize> = edges(lines)
            .filter(|(i, line)| key(line, &scans[*i]).is_some_and(|key| self.recurs(key, What::Line)))
            .map(|(i, _)| i)
            .collect();
        let paragraphs = |at: &mut dyn Iterator<Item = usize>| at.filter(|i| scans[*i].form == Form::Prose).count();
        let is_version = paragraphs(&mut recurring.iter().copied()) * 2 > paragraphs(&mut (0..scans.len()));
        for i in recurring {
            let scan = &mut scans[i];
            match scan.form {
                Form::Date | Form::Byline | Form::Breadcrumb | Form::Related | Form::ImageName | Form::Button => {}
                Form::Prose if is_version => {}
                _ => {
                    scan.form = Form::Tail;
                    scan.recurs = true;
                }
            }
        }
    }

    /// Whether most of the folder's headlines stand on this line.
    pub(super) fn is_title_place(&self, index: usize) -> bool {
        let total: u32 = self.places.iter().sum();
        let here = self.places.get(index).copied().unwrap_or(0);
        here >= AGREE && here as f32 >= AGREE_SHARE * total as f32
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

fn key(line: &Line, scan: &Scan) -> Option<u64> {
    match scan.key {
        0 if scan.shape.units <= MAX_UNITS => Some(form::key_of(&line.text)).filter(|key| *key != 0),
        0 => None,
        key => Some(key),
    }
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

fn salted(key: u64, what: What) -> u64 {
    xxh3_64_with_seed(&key.to_le_bytes(), what as u64)
}

fn slots(key: u64) -> [usize; 2] {
    let mask = ROW as u64 - 1;
    [(key & mask) as usize, ROW + ((key >> 32) & mask) as usize]
}
