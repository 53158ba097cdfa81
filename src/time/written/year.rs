//! Reads the year that follows a day and a month, and determines its calendar and century.

use super::{
    reader::{Reader, Scope},
    reasons::{NOTE_CENTURY, NOTE_SECOND},
    words,
};

/// A year, the token after the year, and a remark on the year.
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
                    // `14-Dec-24` has the form of dates in RFC 850 (RFC 9110, section 5.6.7), but `Dec 14-24` is a
                    // range of days.
                    Some('-' | '/') => at > 1 && tokens.word_at(at - 2).is_some(),
                    _ => false,
                };
                // `March 1, 9:30` has no year, and in prose, `14 December 24 people` does not contain a year either.
                let is_other = self.is_time(at) || (self.scope == Scope::Prose && !is_marked);
                (!is_other).then(|| (full_year(value as u32), at + 1, Some(NOTE_CENTURY)))
            }
            // Text that was scraped from WordPress sites may contain the dates of publication and update without a
            // space between them: `10. Februar 20199. Februar 2019`.
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

    /// Whether the month before a year is written in Thai or Lao letters.
    fn is_thai(&self, at: usize) -> bool {
        (1..=3).any(|back| {
            let word = at.checked_sub(back).and_then(|at| self.tokens.word_at(at));
            word.is_some_and(|word| word.starts_with(|c| matches!(c, '\u{E00}'..='\u{EFF}')))
        })
    }

    /// Converts a year to the Gregorian calendar if it is a year of the Buddhist Era, which Thailand uses.
    pub(super) fn gregorian(&self, year: u32, is_buddhist: bool) -> u32 {
        // Thai sites also use Gregorian years. The years that occur in articles do not overlap between the two
        // calendars, so the number shows which calendar is meant.
        if (2400..2800).contains(&year) && (is_buddhist || self.language_is(&["th"])) {
            year - 543
        } else {
            year
        }
    }
}

/// Adds the century to a two-digit year, as POSIX specifies for `%y` in `strptime`: 69 to 99 are in the 20th century,
/// and 00 to 68 are in the 21st.
pub(super) fn full_year(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}
