//! Converts byte ranges to lines and columns, in one pass over the text.

use std::ops::Range;

use crate::finding::Location;

/// A position in the text that only moves forward, so that lines and characters are counted only once for all findings.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// The byte offset up to which lines and characters have been counted.
    at: usize,
    line: u32,
    line_start: usize,
    /// The number of characters between `line_start` and `at`.
    characters: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Lines {
            text,
            at: 0,
            line: 1,
            line_start: 0,
            characters: 0,
        }
    }

    /// The location of a range. Callers must pass ranges in ascending order.
    pub(crate) fn location(&mut self, range: Range<usize>) -> Location {
        let start = boundary(self.text, range.start);
        self.advance(start);
        let bytes = self.text.as_bytes();
        // Search for the end of the line only as far as the excerpt can reach, because the whole file may be one line.
        // A character has at most four bytes.
        let window_end = boundary(self.text, start + 4 * Location::WINDOW);
        let line_end = memchr::memchr(b'\n', &bytes[start..window_end]).map_or(window_end, |length| start + length);
        // Only one line is shown, so a range that spans several lines is underlined only up to the end of its first
        // line.
        let end = boundary(self.text, range.end.clamp(start, line_end));
        let length = self.text[start..end].chars().count().max(1);
        let before = self.text[self.line_start..start]
            .chars()
            .rev()
            .take(Location::WINDOW)
            .count();
        // The part before the range is measured in bytes, because counting the characters of a long line again for each
        // finding would take quadratic time.
        let is_short = start - self.line_start <= Location::WINDOW
            && self.text[start..line_end].chars().count() + before <= Location::WINDOW;
        // A short line is shown in full. If the line is long, at most a quarter of the excerpt precedes the range.
        let excerpt_before = if is_short {
            before
        } else {
            before.min(Location::WINDOW / 4)
        };
        let excerpt_start = self.text[..start]
            .char_indices()
            .rev()
            .take(excerpt_before)
            .last()
            .map_or(start, |(at, _)| at);
        let excerpt: String = self.text[excerpt_start..line_end]
            .chars()
            .take(Location::WINDOW)
            .collect();
        Location {
            line: self.line,
            column: number(self.characters + 1),
            length: number(length),
            // A carriage return would move the cursor of a terminal back to the start of the line.
            excerpt: excerpt.trim_end_matches('\r').to_owned(),
            excerpt_column: number(self.characters - excerpt_before.min(self.characters) + 1),
        }
    }

    fn advance(&mut self, to: usize) {
        let passed = &self.text[self.at..to];
        let newlines = memchr::memchr_iter(b'\n', passed.as_bytes());
        let mut last = None;
        for at in newlines {
            self.line = self.line.saturating_add(1);
            last = Some(at);
        }
        match last {
            Some(last) => {
                self.line_start = self.at + last + 1;
                self.characters = self.text[self.line_start..to].chars().count();
            }
            None => self.characters += passed.chars().count(),
        }
        self.at = to;
    }
}

/// The last character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
