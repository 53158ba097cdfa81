//! The year after a day and a month, and its calendar and century.

use super::{
    reader::{Reader, Scope},
    reasons::{NOTE_CENTURY, NOTE_SECOND},
    words,
};

/// The year after day and month, the token after it, and a remark on it.
type YearMatch = (u32, usize, Option<&'static str>);

impl Reader<'_> {
    pub(super) fn year(&mut self, at: usize) -> Option<YearMatch> {
        let tokens = self.tokens;
        let at = self.after_separators(at, 4);
        let (value, digits) = tokens.number(at)?;
        let buddhist_before = (1..=2).any(|back| {
            let word = at.checked_sub(back).and_then(|at| tokens.word_at(at));
            word.is_some_and(|word| words::BUDDHIST.contains(&word))
        });
        let buddhist_after = tokens
            .word_at(at + 1)
            .is_some_and(|word| words::BUDDHIST.contains(&word));
        match digits {
            4 if value >= 1000 => Some((
                self.gregorian(value as u32, buddhist_before || buddhist_after || self.is_thai(at)),
                at + 1 + usize::from(buddhist_after),
                None,
            )),
            2 => {
                let is_marked = match tokens.symbol(at - 1) {
                    Some('\'') => true,
                    // 14-Dec-24 is the form of RFC 850 (RFC 9110, section 5.6.7), but Dec 14-24 is a range.
                    Some('-' | '/') => at > 1 && tokens.word_at(at - 2).is_some(),
                    _ => false,
                };
                // `March 1, 9:30` has no year, and in prose `14 December 24 people` has none either.
                let is_other = self.is_time(at) || (self.scope == Scope::Prose && !is_marked);
                (!is_other).then(|| (full_year(value as u32), at + 1, Some(NOTE_CENTURY)))
            }
            // The dates of publication and update, pasted together without a space: `10. Februar 20199. Februar 2019`.
            // Texts scraped from WordPress sites have them.
            5 | 6 => {
                let (year, day) = if digits == 5 {
                    (value / 10, value % 10)
                } else {
                    (value / 100, value % 100)
                };
                let is_day = (1..=31).contains(&day) && self.month(self.after_separators(at + 1, 2)).is_some();
                let end = if self.scope == Scope::Whole {
                    tokens.len()
                } else {
                    at + 1
                };
                is_day.then_some((year as u32, end, Some(NOTE_SECOND)))
            }
            _ => None,
        }
    }

    /// Whether the month before a year is in Thai or Lao letters.
    fn is_thai(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            let word = at.checked_sub(back).and_then(|at| self.tokens.word_at(at));
            word.is_some_and(|word| word.starts_with(|c| matches!(c, '\u{E00}'..='\u{EFF}')))
        })
    }

    /// Converts a year that may be of the Buddhist Era, which Thailand uses, to the Gregorian calendar.
    pub(super) fn gregorian(&self, year: u32, is_buddhist: bool) -> u32 {
        // Thai sites also write Gregorian years. The years that articles use in the two calendars do not overlap, so
        // the number decides.
        if (2400..2800).contains(&year) && (is_buddhist || self.language_is(&["th"])) {
            year - 543
        } else {
            year
        }
    }
}

/// POSIX (`strptime`, `%y`): 69 to 99 are in the 20th century, 00 to 68 in the 21st.
pub(super) fn full_year(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}
